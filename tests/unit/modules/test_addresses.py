# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses carry secrets, and are shown without them; two of them can still be told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._model.addresses import NAMES
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import Mask, is_masked, secrets_of
from tests.cases.inprocess import call
from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible

Args = dict[str, Any]

MASK = Mask("key")
HOOK = "https://bot:canary-77@hooks.example.com/services/T0/B0/CANARY?token=canary-q"
OTHER = "https://bot:canary-78@hooks.example.com/services/T0/B0/CANARY?token=canary-q"


def shown(masked: str) -> str:
    """The visible part of a masked address, without the digest."""
    base, mark, digest = masked.rpartition("#")
    return base if mark and len(digest) == 8 else masked


@pytest.mark.parametrize(
    ("address", "base"),
    [
        (HOOK, "https://***@hooks.example.com/services/***?token=***"),
        ("https://crm.example.com/call.php?token=QSECRET", "https://crm.example.com/call.php?token=***"),
        ("HTTPS://h.example:8443/a/b", "HTTPS://h.example:8443/a/***"),
        ("http://[::1]:80/a/b/?x", "http://[::1]:80/a/***?***"),
        ("https://h/a?k=v&empty=&x;y=z", "https://h/a?k=***&empty=&***;y=***"),
        ("https://h/a?U0VDUkVUCg==", "https://h/a?***"),
        ("https://h/a?U0VDUkU=", "https://h/a?***"),
        ("https://api.telegram.org/bot123456:SECRET/sendMessage", "https://api.telegram.org/***/***"),
        ("https://h/key=SECRET", "https://h/***"),
        ("https://h/5f4dcc3b5aa765d61d8327deb882cf99", "https://h/***"),
        ("https://u%3ASECRET@h/a", "https://***@h/a"),
        ("https://[2001:db8::1%25eth0]/a/SECRET", "https://***"),
        ("https://h:SECRET/a", "https://***"),
        ("https://h//SECRET", "https://h//***"),
        ("https://h/a;s=SECRET", "https://h/a;***"),
        ("https://h/a%2FSECRET", "https://h/***"),
        ("https://h/a#SECRET", "https://h/a#***"),
        ("https://SECRET@h", "https://***@h"),
        ("https://bot:SE/CRET@h/x", "https://***"),
        ("https://bot:5/SECRET@h", "https://bot:5/***"),
        (r"https://h\SECRET/x", "https://***"),
        ("h.example.com/a/SECRET", "h.example.com/a/***"),
        ("https://h .example.com/SECRET", "https://***"),
        ("/hook/SECRET", "***"),
        ("SECRET@h", "***@h"),
    ],
)
def test_s5_what_is_shown_of_an_address(address: str, base: str) -> None:
    masked = MASK.address(address)
    assert shown(masked) == base
    assert masked != base
    assert is_masked(masked)
    assert MASK.address(masked) == masked == MASK.text(masked)
    assert MASK.address(address) != Mask("other").address(address)
    assert address in set(secrets_of(address))


@pytest.mark.parametrize(
    "address", ["", "none", "https://h", "https://h/", "https://h/a", "https://h/a/", "h.example.com", "http://h/a?b="]
)
def test_s5_what_hides_nothing_stays_as_it_is(address: str) -> None:
    assert MASK.address(address) == address == MASK.text(address)
    assert list(secrets_of(address)) == []
    assert not is_masked(address)


@pytest.mark.parametrize("address", ["/", "a b", "***", "#1"])
def test_s5_what_is_too_short_eats_nothing_else(address: str) -> None:
    mask = Mask("key")
    mask.note(address)
    assert mask.text(f"a b/c {address}") == f"a b/c {address}"
    assert list(secrets_of(address)) == []


@given(st.text(st.sampled_from("aS:/?#@&=;%2f\\.[] \n'\"*\x1b"), max_size=16), st.text(max_size=8))
def test_s5_no_address_comes_through(tail: str, odd: str) -> None:
    for address in (f"https://{tail}", tail, f"https://h/a/{odd}", odd):
        masked = MASK.address(address)
        assert masked == address or is_masked(masked)
        assert MASK.address(masked) == masked


@pytest.mark.parametrize(
    "sentence", ['event "hangup {}": no', "{}, or {}.", "{{'url': '{}'}}", "({})", "is '{}'; leave it"]
)
@pytest.mark.parametrize(
    "address", [HOOK, "https://h.example/a/b'SECRET", "https://h.example/a b?t=SECRET", "h/a/SECRET"]
)
def test_s5_texts_are_masked_whatever_stands_around(sentence: str, address: str) -> None:
    mask = Mask("key")
    mask.note(address)
    text = sentence.format(address, address)
    assert mask.text(text) == sentence.format(mask.address(address), mask.address(address))


def test_s5_json_in_a_text_is_masked_too() -> None:
    escaped = HOOK.replace("/", "\\/")
    assert MASK.text(f'{{"url":"{escaped}"}}') == f'{{"url":"{MASK.address(HOOK)}"}}'


def test_s5_the_address_of_the_api_is_no_secret() -> None:
    api = "https://pbx.example.com/api/ver1.0"
    assert Mask("key", (api,)).text(f"check api_url ({api}).") == f"check api_url ({api})."


def test_s5_every_address_is_declared_as_one() -> None:
    """By its name; the addresses of a PBX's own files are asked for, and no webhook."""
    named = {
        option
        for binding in MODULES.values()
        for option in binding.options()
        if option.endswith("url") and option not in ("storage_url", "api_url")
    }
    assert named == NAMES == {"url", "call_interactive_url"}


EVENT = {"event_type": "hangup", "method": "POST"}
RULE = {"action": "call_interactive", "call_interactive_url": HOOK}
DOCUMENT: Args = {
    "extensions": [
        {"number": "101", "events": [{**EVENT, "url": HOOK}, {**EVENT, "url": OTHER}]},
        {
            "number": "300",
            "ivr": {
                "entry_context": "main",
                "contexts": [{"name": "main", "options": [{"digits": "1", "rules": [RULE, {"action": "hangup"}]}]}],
            },
        },
    ]
}
EMPTY: Args = {
    "extensions": [{"number": "101", "events": []}, {"number": "300", "ivr": {"entry_context": None, "contexts": []}}]
}
OPTION = {"extension": "300", "ivr_context": "main", "option_digits": "1"}


def hooks(pbx: Emulator, extension: str = "101") -> set[str]:
    return {event["url"] for event in call(pbx, "pbx_event_info", {"extension": extension})["events"]}


def leaks(told: Any) -> bool:
    return "canary" in json.dumps(told, ensure_ascii=False).lower()


def test_s5_webhooks_come_and_go_without_their_secrets(pbx: Emulator, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    saved = {"plan_file": str(plan)}
    previews = [call(pbx, "pbx_tenant", {**DOCUMENT, **saved}, check=True) for dummy in range(2)]
    assert all(previews[0][part] == previews[1][part] for part in ("plan", "diff"))
    titles = {step["object"] for step in previews[0]["plan"] if step["kind"] == "event"}
    assert len(titles) == 2
    assert not leaks([previews, plan.read_text(encoding="utf-8"), [title.lower() for title in titles]])
    real = call(pbx, "pbx_tenant", {**DOCUMENT, **saved})
    assert real["plan"] == previews[0]["plan"]
    assert real["diff"] == previews[0]["diff"]
    assert hooks(pbx) == {HOOK, OTHER}
    assert not call(pbx, "pbx_tenant", DOCUMENT)["changed"]
    results = [
        call(pbx, "pbx_tenant", {**DOCUMENT, **saved}),
        call(pbx, "pbx_event", {"extension": "101", **EVENT, "url": HOOK, "method": "GET"}, check=True),
        call(pbx, "pbx_event", {"extension": "101", **EVENT, "url": HOOK, "method": "GET"}),
        call(pbx, "pbx_event", {"extension": "101", "id": 4711, **EVENT, "url": HOOK}),
        call(pbx, "pbx_event", {"extension": "101", "all": True, "state": "absent"}, check=True),
        call(pbx, "pbx_ivr_rule", {**OPTION, "name": "ask", **RULE}),
        call(pbx, "pbx_ivr_rule", {**OPTION, "name": "ask", **RULE, "call_interactive_timeout": 9}),
        call(pbx, "pbx_ivr_option", {"extension": "300", "ivr_context": "main", "digits": "2", "rules": [RULE]}),
        call(pbx, "pbx_tenant", {**EMPTY, "max_deletes": 0}),
        call(pbx, "pbx_tenant", {**EMPTY, "protect": ["*"]}),
        call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "events": [{"url": HOOK, "no": 1}, HOOK]}]}),
        call(pbx, "pbx_tenant", EMPTY, check=True),
        call(pbx, "pbx_tenant", EMPTY),
    ]
    failed = [number for number, one in enumerate(results) if one.get("failed")]
    assert failed == [0, 3, 8, 9, 10]
    assert [one for one in results if leaks(one)] == []


def test_s5_a_run_that_dies_tells_no_address(pbx: Emulator) -> None:
    pbx.fault("status", method="POST", path="*/event/", nth=2, status=400, body={"message": f"no {HOOK} {HOOK[30:]}"})
    result = call(pbx, "pbx_tenant", DOCUMENT)
    assert result["failed"]
    assert len(result["done"]) >= 1
    assert not leaks(result)


def test_s5_what_only_reads_hands_addresses_back(pbx: Emulator) -> None:
    """Otherwise a tenant could not be made like another one."""
    assert call(pbx, "pbx_tenant", DOCUMENT)["changed"]
    assert hooks(pbx) == {HOOK, OTHER}
    document = call(pbx, "pbx_tenant_info", {"extensions": ["101"]})["tenant"]
    assert {event["url"] for event in document["extensions"][0]["events"]} == {HOOK, OTHER}


@pytest.mark.parametrize("fast", ["1", "0"], ids=["function", "process"])
def test_s5_what_only_reads_is_shown_without_its_secrets(emulator: Emulator, ansible: Ansible, fast: str) -> None:
    """Later tasks have the whole addresses, and the screen has not, however much it is to tell."""
    assert call(emulator, "pbx_tenant", DOCUMENT)["changed"]
    readings = [
        {"telops.pbx.pbx_event_info": {"extension": "{{ item }}"}, "loop": ["101"]},
        {"telops.pbx.pbx_event_info": {"extension": "101", "url": [HOOK]}, "register": "found"},
        {"telops.pbx.pbx_event_info": {"extension": "101", "url": [HOOK + "x"]}},
        {"telops.pbx.pbx_ivr_scheme_info": {"extension": "300"}},
        {"telops.pbx.pbx_tenant_info": {}},
        {"telops.pbx.pbx_event": {**EVENT, "extension": "102", "url": "{{ found.events[0].url }}", "method": "GET"}},
    ]
    defaults = {"group/telops.pbx.pbx": {"api_url": emulator.url, "access_token": emulator.access_token}}
    run = ansible.tasks(*readings, module_defaults=defaults, args=["-vvvv"], env={"PBX_FAST_PATH": fast})
    assert run.rc == 0, run.output
    assert [line for line in run.output.splitlines() if leaks(line)] == []
    assert "the result, with secrets hidden" in run.output
    assert hooks(emulator, "102") == {HOOK}


def test_s5_a_masked_address_is_not_sent(pbx: Emulator) -> None:
    given = {"extension": "101", **EVENT}
    made = call(pbx, "pbx_event", {**given, "url": HOOK})["event"]["url"]
    for state in ("present", "absent"):
        result = call(pbx, "pbx_event", {**given, "url": made, "state": state})
        assert result["msg"] == (
            f'extension "101" > event "hangup {made}": url is an address with its secrets hidden, as it is shown; '
            "write the whole address"
        )


def test_s5_several_events_of_one_name_are_told_without_their_secrets(pbx: Emulator) -> None:
    extension = pbx.extension_id("101")
    for dummy in range(2):
        pbx.insert("event", extension, **EVENT, url=HOOK)
    told = call(pbx, "pbx_tenant_info", {"extensions": ["101"]})["unresolved"]
    assert told
    assert not leaks(told)


def test_s5_an_export_keeps_addresses_for_its_owner_and_says_so(pbx: Emulator, tmp_path: Path) -> None:
    assert call(pbx, "pbx_tenant", DOCUMENT)["changed"]
    results = [call(pbx, "pbx_tenant_info", {"path": str(tmp_path / "north")}) for dummy in range(2)]
    assert [one["changed"] for one in results] == [True, False]
    assert not leaks([results[0]["diff"], results[0]["unresolved"]])
    file = tmp_path / "north" / "pbx_extensions.yml"
    head, text = file.read_text(encoding="utf-8").split("\n", 2)[1:]
    assert head.startswith("# Holds addresses that may carry secrets")
    assert HOOK in text
    assert file.stat().st_mode & 0o777 == 0o600
    assert not any("Holds" in other.read_text(encoding="utf-8") for other in file.parent.iterdir() if other != file)
