# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An export is complete or says that it is not, and drift never takes an unread list for an empty one: every request of
either, answered in every wrong way."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.cases.inprocess import about, call, connections
from tests.emulator.server import Emulator

HOURS = {"timezone": "UTC", "conditions": [{"start_dow": 2, "end_dow": 3}]}
USER = {"name": "x", "email": "x@example.com", "password": "correct horse battery"}
# Two of each kind, so that a half of them is something else than none.
DOCUMENT: dict[str, Any] = {
    "extension_groups": [{"name": "North"}, {"name": "South"}],
    "dial_rules": [{"dial_rules": [{"match_exp": f"^{digit}", "repl_exp": "1"}]} for digit in "01"],
    "intervals": [{"name": "Day", **HOURS}, {"name": "Night", **HOURS}],
    "dids": [{"name": "74950000101", "extension": "300"}, {"name": "74950000102", "extension": "200"}],
    "extensions": [
        {"number": "101", "type": "phone", "extension_group": "North", "phone": {"vm_greeting": "Welcome"},
         "ani": "74950000101", "agents": [{"name": "Anna"}, {"name": "Ben"}],
         "intervals": [{"name": "Own", **HOURS}, {"name": "Other", **HOURS}],
         "users": [{"login": "anna", **USER}, {"login": "ben", **USER}],
         "events": [{"event_type": "dial-in", "url": f"https://{name}.invalid/x", "method": "GET"} for name in "ab"],
         "mail_notifications": [{"event_type": "call_failed_mail", "mail": f"{name}@example.com"} for name in "ab"],
         "incom_rules": [{"type": "busy", "interval": "Day", "name": "One"}, {"type": "voicemail", "name": "Two"}]},
        {"number": "200", "type": "queue", "queue": {"max_wait_time": 30},
         "queue_agents": [{"agent": "101/Anna"}, {"agent": "101/Ben", "level": 2}]},
        {"number": "300", "type": "ivr", "ivr": {"entry_context": "main", "contexts": [
            {"name": "main", "options": [
                {"digits": "1", "rules": [{"action": "play_sound", "sound": "Welcome"}, {"action": "voicemail"}]},
                {"digits": "2", "rules": [{"action": "jump_to_context", "context": "night"}]}]},
            {"name": "night", "options": [{"digits": "start", "rules": [{"action": "voicemail"}]}]}]}},
    ],
}  # fmt: skip


class Tenant:
    """A PBX with that tenant, its export, and the answers to a GET. only: a part of the paths to try."""

    only = ""

    def __init__(self, pbx: Emulator) -> None:
        self.pbx = pbx
        made = call(pbx, "pbx_tenant", DOCUMENT)
        assert made.get("msg") is None
        self.truth = self.export()["tenant"]

    def export(self) -> dict[str, Any]:
        return call(self.pbx, "pbx_tenant_info", {})

    def drift(self) -> dict[str, Any]:
        return call(self.pbx, "pbx_tenant", {**self.truth, "update_password": "on_create"}, check=True)

    def asked(self) -> list[str]:
        """The paths of all requests since the log was cleared, each once."""
        return list(dict.fromkeys(entry["path"] for entry in self.pbx.log() if entry["method"] == "GET"))

    def answer(self, path: str) -> Any:
        """The decoded answer to a request; None where the PBX refuses the request."""
        headers = {"Authorization": f"Bearer {self.pbx.access_token}", "Accept-Encoding": "gzip"}
        answer = requests.get(f"{self.pbx.url}{path}", headers=headers, timeout=10)
        return answer.json() if answer.ok else None


@pytest.fixture(scope="module", params=["menus at once", "menus one by one"])
def tenant(request: pytest.FixtureRequest) -> Iterator[Tenant]:
    with Emulator(seed="new") as running, connections():
        if request.param == "menus one by one":
            running.set_dialect(scheme="absent")
        found = Tenant(running)
        found.only = "/ivr/" if request.param == "menus one by one" else ""
        yield found


# With more examples, every request is answered in every way; otherwise one of each kind, with one refusal in turn.
ALL = int(os.environ.get("PBX_TEST_EXAMPLES", "12")) >= 100
REFUSALS: list[tuple[str, dict[str, Any]]] = [
    *((f"{status}", {"kind": "status", "status": status}) for status in (403, 404, 500)),
    ("half of the JSON", {"kind": "invalid_json"}),
]


def wrong(tenant: Tenant, paths: list[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every wrong way of answering every request: the path, its name, and the fault."""
    kinds: set[str] = set()
    for number, path in enumerate(path for path in paths if tenant.only in path):
        kind = re.sub("[0-9]+", "#", path)
        if kind in kinds and not ALL:
            continue
        kinds.add(kind)
        answer = tenant.answer(path)
        for name, fault in REFUSALS if ALL else [REFUSALS[number % len(REFUSALS)]]:
            yield path, name, fault
        if answer != []:
            yield path, "an empty list", {"kind": "json", "body": []}
        if isinstance(answer, list) and len(answer) > 1:
            yield path, "half a page", {"kind": "json", "body": answer[: len(answer) // 2]}
            yield path, "another order", {"kind": "json", "body": answer[::-1]}
        if isinstance(answer, dict) and len(answer.get("rules_ids", [])) > 1:
            for name, ids in (("no", []), ("half an", answer["rules_ids"][:1]), ("another", answer["rules_ids"][::-1])):
                yield path, f"{name} order", {"kind": "json", "body": {"rules_ids": ids}}


# A list that is answered with less than there is, in good order and as the list of a tenant that has no more, cannot be
# told from the truth, unless an object that is there refers to a missing one.
PLAUSIBLE = ("an empty list", "half a page")


def lacks(found: Any, truth: Any) -> bool:
    """Whether an export says nothing that is not true, and less than all."""
    if isinstance(found, dict) and isinstance(truth, dict):
        return all(name in truth and lacks(value, truth[name]) for name, value in found.items())
    if isinstance(found, list) and isinstance(truth, list):
        return all(any(lacks(one, other) for other in truth) for one in found)
    return bool(found == truth)


def test_complete_or_it_says_so(tenant: Tenant) -> None:
    tenant.pbx.clear_log()
    tenant.export()
    for path, name, fault in wrong(tenant, tenant.asked()):
        tenant.pbx.fault(**fault, method="GET", path=path, count=0)
        result = tenant.export()
        tenant.pbx.clear_faults()
        with about(f"{name} at {path}"):
            if result.get("failed"):
                assert "\n" not in result["msg"]
            elif not result["complete"]:
                assert result["unresolved"]
                assert lacks(result["tenant"], tenant.truth)
            elif name in PLAUSIBLE:
                assert lacks(result["tenant"], tenant.truth)
            elif name == "another order" and path.endswith("/order/"):
                assert result["tenant"] != tenant.truth
            else:
                assert result["tenant"] == tenant.truth


# Lists that repeat the content of other lists, which a run reads where these are refused.
SAID_ELSEWHERE = re.compile(r"/client/@me/(sound|agent/local|user/extension)/|/extension/[0-9]+/ivr/scheme/")


def test_drift_never_says_that_nothing_differs(tenant: Tenant) -> None:
    tenant.pbx.clear_log()
    assert (tenant.drift().get("msg"), tenant.drift()["plan"]) == (None, [])
    for path, name, fault in wrong(tenant, tenant.asked()):
        tenant.pbx.fault(**fault, method="GET", path=path, count=0)
        result = tenant.drift()
        tenant.pbx.clear_faults()
        if not result.get("failed") and result["plan"] == []:
            with about(f"{name} at {path}"):
                assert name == "another order" or SAID_ELSEWHERE.fullmatch(path)


REFUSED = ["users", "mail_notifications", "events", "agents", "incom_rules", "phone", "ani", "intervals"]


@pytest.mark.parametrize("tenant", ["menus at once"], indirect=True)
@pytest.mark.parametrize(("section", "status"), list(zip(REFUSED, itertools.cycle([403, 404, 500]))))
def test_r5_one_refused_list_inside_an_extension(tenant: Tenant, section: str, status: int) -> None:
    """The rest is exported, the section is named, and the result says that it is incomplete."""
    paths = {"users": "user/extension", "ani": "ani", "phone": "phone"}
    inside = paths.get(section, section.removesuffix("s"))
    for path in (f"/extension/*/{inside}/", f"/client/@me/{inside}/", "/client/@me/agent/local/"):
        tenant.pbx.fault("status", method="GET", path=path, status=status, count=0)
    result = tenant.export()
    tenant.pbx.clear_faults()
    assert result.get("msg") is None
    assert result["complete"] is False
    named = [(one["object"], one["field"]) for one in result["unresolved"]]
    assert ('extension "101"', section) in named
    assert [one for one in result["warnings"] if one.startswith(f'extension "101": {section} could not be read')]
    phone, truth = result["tenant"]["extensions"][0], tenant.truth["extensions"][0]
    assert section not in phone
    left_out = {field for title, field in named if title == 'extension "101"'} | {"incom_rules", "extension_group"}
    assert {name: value for name, value in truth.items() if name not in left_out} == {
        name: value for name, value in phone.items() if name not in left_out
    }
