# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every message that the page about errors quotes, provoked: the page quotes the modules."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.variables import mistakes
from tests.cases.case import Args
from tests.cases.inprocess import call, connections
from tests.cases.mistakes import CLINIC
from tests.cases.variables import filled_in, trust_as_template
from tests.emulator.server import Emulator
from tests.tools.tree import ROOT

PAGE = ROOT / "docs" / "troubleshooting.md"
AGENT = {"extension": "101", "name": "Eva"}
TWO = ["101", "102"]
LIMITS = {"extensions": [{"number": "200", "queue": {"max_wait_time": 400}}]}

(HOLIDAYS,) = [one for one in CLINIC["extensions"][-1]["intervals"] if one["name"] == "Public holidays"]

Provocation = Callable[[Emulator, Path], dict[str, Any]]


def says(pbx: Emulator, module: str, args: Args, check: bool = False) -> dict[str, Any]:
    return call(pbx, module, args, check)


def undone(pbx: Emulator, folder: Path) -> dict[str, Any]:
    undo, redo = str(folder / "undo.json"), str(folder / "redo.json")
    says(pbx, "pbx_tenant", {"extensions": [{"number": "101", "label": "Eva"}], "undo_file": undo})
    says(pbx, "pbx_tenant", {"undo_from": undo, "undo_file": redo})
    return says(pbx, "pbx_tenant", {"undo_from": redo}, check=True)


def agent(**args: Any) -> Provocation:
    return lambda pbx, folder: says(pbx, "pbx_agent", {**AGENT, **args})


def faulty(fault: Args, **args: Any) -> Provocation:
    def provoke(pbx: Emulator, folder: Path) -> dict[str, Any]:
        pbx.fault(**fault)
        return says(pbx, "pbx_agent", {**AGENT, "rate_limit_wait": 0, "api_timeout": 0.1, **args})

    return provoke


def document(check: bool = False, **args: Any) -> Provocation:
    return lambda pbx, folder: says(pbx, "pbx_tenant", args, check)


def unreachable(pbx: Emulator, folder: Path) -> dict[str, Any]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api/ver1.0"
    return says(pbx, "pbx_agent", {**AGENT, "api_url": address})


def untrusted(pbx: Emulator, folder: Path) -> dict[str, Any]:
    with Emulator(seed="bare", tls=True) as safe:
        return says(safe, "pbx_agent", AGENT)


def used_up(pbx: Emulator, folder: Path, limit: int = 16, before: int = 2) -> dict[str, Any]:
    pbx.fault("hourly_limit", limit=limit, reset=600)
    for dummy in range(before):
        says(pbx, "pbx_agent_info", {"extension_id": pbx.extension_id("101")})
    rules = [{"action": "play_silence", "silence_time": number} for number in range(100, 900, 100)]
    option = {"extension": "300", "ivr_context": "main", "digits": "9", "rules": rules, "rate_limit_wait": 0}
    return says(pbx, "pbx_ivr_option", option)


def lost(pbx: Emulator, fault: Args, there: list[Args], **args: Any) -> dict[str, Any]:
    """The result of a creation whose answer is lost, when the PBX then lists these agents."""
    pbx.fault(**fault, method="POST")
    pbx.fault("json", method="GET", path="/extension/*/agent/", nth=2, count=0, body=there)
    return says(pbx, "pbx_agent", {**AGENT, **args})


def strange_order(pbx: Emulator, folder: Path) -> dict[str, Any]:
    rules = [{"type": "voicemail", "call_status": status} for status in ("busy", "any")]
    program = {"extensions": [{"number": "102", "incom_rules": rules}]}
    says(pbx, "pbx_tenant", program)
    pbx.fault("json", method="GET", path="*/order/", body={"rules_ids": ["1", "99"]})
    return says(pbx, "pbx_tenant", program)


def other_start(pbx: Emulator, folder: Path) -> dict[str, Any]:
    pbx.set_dialect(option_default_rule="visible")
    option = {"extension": "300", "ivr_context": "main", "digits": "9", "rules": [{"action": "voicemail"}]}
    return says(pbx, "pbx_ivr_option", option)


def other_tenant(pbx: Emulator, folder: Path) -> dict[str, Any]:
    token = pbx.add_client(seed="bare")["access_token"]
    return says(pbx, "pbx_agent", {"extension_id": pbx.extension_id("101"), "name": "Eva", "access_token": token})


def same_name(pbx: Emulator, folder: Path) -> dict[str, Any]:
    for number in TWO:
        says(pbx, "pbx_agent", {**AGENT, "extension": number})
    return says(pbx, "pbx_queue_agent", {"extension": "200", "agent": "Eva"})


def waiting(pbx: Emulator, folder: Path) -> dict[str, Any]:
    pbx.insert("queue_member", pbx.extension_id("200"), state="Waiting")
    return says(pbx, "pbx_tenant", LIMITS)


def outdated(pbx: Emulator, folder: Path) -> dict[str, Any]:
    plan = {**LIMITS, "plan_file": str(folder / "limits.json")}
    says(pbx, "pbx_tenant", plan, check=True)
    says(pbx, "pbx_queue", {"extension": "200", "max_wait_time": 120})
    return says(pbx, "pbx_tenant", plan)


def of_another_tenant(pbx: Emulator, folder: Path) -> dict[str, Any]:
    plan = {**LIMITS, "plan_file": str(folder / "limits.json")}
    other = {"access_token": pbx.add_client(seed="bare")["access_token"]}
    says(pbx, "pbx_tenant", {**plan, **other}, check=True)
    return says(pbx, "pbx_tenant", plan)


def with_other_credentials(pbx: Emulator, folder: Path) -> dict[str, Any]:
    room = {"extensions": [{"number": "500", "conference": {"pin": "482911"}}]}
    plan = {**room, "plan_file": str(folder / "limits.json")}
    says(pbx, "pbx_tenant", plan, check=True)
    app = {"app_id": pbx.app_id, "app_secret": pbx.app_secret, "access_token": None}
    return says(pbx, "pbx_tenant", {**plan, **app})


def unread(pbx: Emulator, folder: Path) -> dict[str, Any]:
    for path in ("/client/@me/user/extension/", "/extension/5001/user/extension/"):
        pbx.fault("status", method="GET", path=path, status=403, count=0)
    return says(pbx, "pbx_tenant_info", {"extensions": ["101"], "sections": ["users"]})


def lacking_order(pbx: Emulator, folder: Path) -> dict[str, Any]:
    rules = {"extensions": [{"number": "101", "incom_rules": [{"type": "busy", "name": "A"}, {"type": "hangup"}]}]}
    says(pbx, "pbx_tenant", rules)
    path = "/extension/5001/incom_rule/order/"
    rules_ids = [rule["id"] for rule in says(pbx, "pbx_incom_rule_info", {"extension": "101"})["incom_rules"]]
    pbx.fault("json", method="GET", path=path, body={"rules_ids": rules_ids[:1]})
    return says(pbx, "pbx_tenant", rules)


def over(pbx: Emulator, folder: Path, text: str) -> dict[str, Any]:
    (folder / "pbx_extensions.yml").write_text(text, encoding="utf-8")
    return says(pbx, "pbx_tenant_info", {"extensions": ["101"], "sections": ["extensions"], "path": str(folder)})


def no_plan(pbx: Emulator, folder: Path, text: str = "") -> dict[str, Any]:
    if text:
        (folder / "limits.json").write_text(text, encoding="utf-8")
    return says(pbx, "pbx_tenant", {**LIMITS, "plan_file": str(folder / "limits.json")})


def kept(pbx: Emulator, folder: Path) -> dict[str, Any]:
    place = pbx.extension_id("101")
    pbx.insert("interval", place, name="Night", timezone="Old/Zone", conditions=[{"month": 1}], extension_id=place)
    return says(pbx, "pbx_interval", {"extension": "101", "name": "Night", "timezone": "Old/Zone"})


def no_interval(pbx: Emulator, folder: Path, check: bool = False) -> dict[str, Any]:
    rule = {"extension": "101", "name": "Night", "type": "voicemail", "interval": "Working ours"}
    says(
        pbx,
        "pbx_interval",
        {"extension": "101", "name": "Working hours", "timezone": "Europe/Berlin", "conditions": []},
    )
    return says(pbx, "pbx_incom_rule", rule, check)


def many(pbx: Emulator, folder: Path) -> dict[str, Any]:
    told = [{"event_type": "call_failed_mail", "mail": f"{name}@clinic.example.com"} for name in "abcdefghij"]
    says(pbx, "pbx_tenant", {"extensions": [{"number": "101", "mail_notifications": told}]})
    return says(
        pbx,
        "pbx_tenant",
        {"extensions": [{"number": "101", "mail_notifications": told[:2]}], "purge": ["mail_notifications"]},
    )


def host(**variables: Any) -> Provocation:
    """A provocation of the roles' messages about a host with these variables."""
    return lambda pbx, folder: {"failed": True, "msg": "\n".join(mistakes("tenant", variables))}


def host_with(name: str, template: str) -> Provocation:
    """A provocation of the message about a host whose variable is a template."""

    def provoked(pbx: Emulator, folder: Path) -> dict[str, Any]:
        variables = {"pbx_extensions": [], name: trust_as_template(template)}
        said = filled_in("{{ query('telops.pbx.host_mistakes', 'tenant') }}", variables)
        return {"failed": True, "msg": "\n".join(said)}

    return provoked


# Which message stands in the page under which heading.
PROVOKED: dict[str, Provocation] = {
    "about another object": faulty({"kind": "json", "method": "POST", "body": {"id": 9, "name": "Ben"}}),
    "and it was not sent again": lambda pbx, folder: lost(pbx, {"kind": "timeout", "ms": 400}, [], api_timeout=0.1),
    "undo cannot bring back": lambda pbx, folder: says(
        pbx,
        "pbx_tenant",
        {
            "extensions": [{"number": number, "phone": {"password": "another-s3cret-1"}} for number in TWO],
            "undo_file": str(folder / "undo.json"),
        },
        check=True,
    ),
    "waiting in the queue of": waiting,
    "was written before an undo": undone,
    "Connection refused": unreachable,
    "could not be read, so that the export is incomplete": unread,
    "begins or ends with a blank": agent(name="Eva "),
    "did you mean": document(extensions=[{"number": "101", "type": "phone", "lable": "Anna"}]),
    "does not name": lacking_order,
    "digits belong as text": document(extensions=[{"number": 0o101, "type": "phone"}]),
    "failed on the server with 500": faulty({"kind": "status", "status": 500}),
    "found nothing": lambda pbx, folder: says(pbx, "pbx_agent", {"extension_id": 9999, "name": "Eva"}),
    "holds no plan": lambda pbx, folder: no_plan(pbx, folder, "[1]"),
    "in another spelling": lambda pbx, folder: lost(pbx, {"kind": "status", "status": 504}, [{"id": 9, "name": "Evá"}]),
    "is encrypted with ansible-vault": lambda pbx, folder: over(pbx, folder, "$ANSIBLE_VAULT;1.1;AES256"),
    "is no time zone": document(intervals=[{"name": "Night", "timezone": "Europe/Berlni", "conditions": []}]),
    "is none of the numbers of this tenant": document(extensions=[{"number": "101", "ani": "+74950000101"}]),
    "is not JSON": faulty({"kind": "html"}),
    "is not unique": same_name,
    "is nothing that can be dialled": lambda pbx, folder: says(
        pbx, "pbx_queue", {"extension": "200", "exit_transfer_dst": "+7 495 123-45-67"}
    ),
    "it is so on the PBX, and stays": kept,
    "is there, and is no file": lambda pbx, folder: says(
        pbx, "pbx_tenant", {**LIMITS, "plan_file": str(folder)}, check=True
    ),
    "it is unknown whether this took effect": faulty({"kind": "status", "method": "POST", "status": 500}),
    "max_delete_share": many,
    "max_deletes": document(
        extensions=[{"number": "101", "agents": []}, {"number": "102", "agents": []}], purge=["agents"], max_deletes=1
    ),
    "needs more than one hour's limit": lambda pbx, folder: used_up(pbx, folder, limit=8, before=0),
    "no answer within": faulty({"kind": "timeout", "count": 0, "ms": 400}),
    "no trusted TLS connection": untrusted,
    "nothing has this id": lambda pbx, folder: says(pbx, "pbx_phone", {"extension": "101", "hold_music": 0}),
    "nothing is declared for this host": host(),
    "nothing takes the variable": host(pbx_extensions=[], pbx_protects=["*"]),
    "has no value, because": host_with("pbx_protect", "{{ vips }}"),
    "on an IVR, the PBX refuses some types of events": lambda pbx, folder: says(
        pbx,
        "pbx_event",
        {"extension": "300", "event_type": "dial-in", "url": "https://crm.example.com/", "method": "GET"},
        check=True,
    ),
    "plan_file is a plan for another tenant": of_another_tenant,
    "plan_file is not there": no_plan,
    "plan_file is outdated": outdated,
    "plan_file was made with other credentials": with_other_credentials,
    "protect holds": document(extensions=[{"number": "101", "agents": []}], purge=["agents"], protect=["*/Anna"]),
    "POST /oauth/token gave no token": agent(access_token=None, app_id="emulator", app_secret="not-the-secret"),
    "protects nothing": document(extensions=[], protect=[""]),
    "rules were planned again": other_start,
    "stands for the id that a preview expects": lambda pbx, folder: says(
        pbx, "pbx_phone", {"extension_id": "<extension 190>", "hangup_timeout": 30}
    ),
    "the order names": strange_order,
    "The preview goes on as if an earlier task had created it": lambda pbx, folder: no_interval(
        pbx, folder, check=True
    ),
    "there are no credentials": agent(access_token=None),
    "access_token and app_id are both set": agent(app_id="emulator", app_secret="secret"),
    "there is no interval": no_interval,
    "these credentials belong to the tenant": document(expect_client_id=300, extensions=[]),
    "this host is an extension": host(pbx_tenant="north", pbx_number="101", pbx_id=5001, pbx_type="phone"),
    "this run needs more requests": used_up,
    "was denied": other_tenant,
    "was refused with 401": agent(access_token="not-a-token"),
    "was refused with 429": faulty({"kind": "rate_limit"}),
    "where text belongs": document(extensions=[{"number": "101", "label": False}]),
    "which would be deleted": document(
        extensions=[{"number": "300", "intervals": [HOLIDAYS]}], purge=["intervals"], max_delete_share=100
    ),
    "would lose": lambda pbx, folder: over(
        pbx, folder, "pbx_extensions: [{number: '101', users: [{login: anna, password: canary}]}]"
    ),
}


@pytest.fixture
def pbx(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """The clinic of the demo, and repeats without the pauses between them."""
    monkeypatch.setattr(client_module, "BACKOFF", 0.0)
    with connections():
        assert not call(emulator, "pbx_tenant", CLINIC).get("failed")
        emulator.clear_log()
        yield emulator


def sections() -> dict[str, str]:
    """The messages by the headings above them."""
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"^### ([^\n]+)\n\n```text\n(.*?)\n```\n", text, re.MULTILINE | re.DOTALL))


def test_the_page_is_in_order_and_complete() -> None:
    headings = re.findall("^### (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == sorted(PROVOKED, key=str.casefold)
    assert list(sections()) == headings


@pytest.mark.parametrize("heading", PROVOKED)
def test_the_message_is_what_the_modules_say(pbx: Emulator, tmp_path: Path, heading: str) -> None:
    result = PROVOKED[heading](pbx, tmp_path)
    said = result["msg"] if result.get("failed") else "\n".join(result["warnings"])
    said = re.sub(r"127\.0\.0\.1:\d+", "pbx.example.com", said.replace(str(tmp_path), "/plans"))
    assert said == sections()[heading]
