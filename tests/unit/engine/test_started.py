# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The assumed rules of new options (semantics.md section 9 (6)): a run reports a wrong assumption, and corrects it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._engine.read import recent
from tests.cases import CASES
from tests.cases.inprocess import call, fits, planned, prepared, sent
from tests.emulator.server import Emulator

MAIN = 'extension "300" > IVR context "main"'


def option(digits: str, *times: int) -> dict[str, Any]:
    return {"digits": digits, "rules": [{"action": "play_silence", "silence_time": time} for time in times]}


def menu(*options: dict[str, Any]) -> dict[str, Any]:
    context = {"name": "main", "options": list(options)}
    return {"extensions": [{"number": "300", "ivr": {"entry_context": "main", "contexts": [context]}}]}


DOCUMENT = menu(option("1", 100, 200), option("2", 300), option("3", 400, 500, 600))


def silences(pbx: Emulator) -> dict[str, list[int | None]]:
    """By option, how long each of its rules is silent; a hangup is not at all."""
    ivr = next(one for one in pbx.state()["extensions"] if one["number"] == "300")
    options = [found for context in ivr["contexts"] for found in context["options"] if found["digits"] in "123"]
    return {found["digits"]: [rule.get("silence_time") for rule in found["rules"]] for found in options}


def run(pbx: Emulator, assumed: str) -> dict[str, Any]:
    return call(pbx, "pbx_tenant", {**DOCUMENT, "dialect": {"option_default_rule": assumed}})


@pytest.mark.parametrize(
    ("starts", "assumed", "found", "expected"), [("visible", "hidden", 1, 0), ("hidden", "visible", 0, 1)]
)
def test_a_wrong_assumption_is_told_and_put_right(
    pbx: Emulator, starts: str, assumed: str, found: int, expected: int
) -> None:
    pbx.set_dialect(option_default_rule=starts)
    result = run(pbx, assumed)
    assert result.get("msg") is None
    told = [warning for warning in result["warnings"] if "started with" in warning]
    assert told == [
        f'{MAIN} > IVR option "1" and 2 more started with {found} {"rule" if found == 1 else "rules"} instead of '
        f"{expected}, so their rules were planned again; set dialect option_default_rule to {starts} to have the "
        "preview say so beforehand"
    ]
    assert silences(pbx) == {"1": [100, 200], "2": [300], "3": [400, 500, 600]}
    # Steps that are planned again keep their place: all objects that others refer to exist before anything is deleted.
    phases = [request.method for request in sent(pbx) if request.method != "GET"]
    assert "DELETE" not in phases[: len(phases) - phases[::-1].index("PUT") - 1]
    assert fits(planned(result), [request for request in sent(pbx) if request.method != "GET"])
    pbx.clear_log()
    again = run(pbx, starts)
    assert (again["changed"], pbx.writes()) == (False, [])


@pytest.mark.parametrize("starts", ["visible", "hidden"])
def test_a_right_assumption_needs_no_word(pbx: Emulator, starts: str) -> None:
    pbx.set_dialect(option_default_rule=starts)
    preview = call(pbx, "pbx_tenant", {**DOCUMENT, "dialect": {"option_default_rule": starts}}, check=True)
    pbx.clear_log()
    result = run(pbx, starts)
    assert [warning for warning in result["warnings"] if "started with" in warning] == []
    assert silences(pbx) == {"1": [100, 200], "2": [300], "3": [400, 500, 600]}
    assert fits(planned(preview), [request for request in sent(pbx) if request.method != "GET"])


@pytest.mark.parametrize(("assumed", "orders"), [("unknown", 1), ("last", 0), ("first", 1)])
def test_an_order_is_sent_unless_new_rules_are_known_to_come_last(pbx: Emulator, assumed: str, orders: int) -> None:
    pbx.set_dialect(new_rule_position="first" if assumed == "first" else "last")
    options = {"dialect": {"new_rule_position": assumed}}
    for times in ((100,), (100, 200)):
        pbx.clear_log()
        result = call(pbx, "pbx_tenant", {**menu(option("1", *times)), **options})
        assert result.get("msg") is None
    assert silences(pbx) == {"1": [100, 200]}
    assert len([entry for entry in pbx.writes() if entry["path"].endswith("/order/")]) == orders


JUMP = {"action": "jump_to_context", "context": "second", "context_option": "start"}
FORWARD = [
    {"name": "main", "options": [{"digits": "start", "rules": [JUMP]}, {"digits": "1", "rules": []}]},
    {"name": "second", "options": [{"digits": "start", "rules": [{"action": "voicemail"}]}]},
]
WEEK = {"start_dow": 2, "end_dow": 6}
INTERVALS = [{"name": "Open", "timezone": "UTC", "conditions": [WEEK]}]


def forward(number: str, **more: Any) -> dict[str, Any]:
    """Menus that jump forward, in an extension that is there or not yet."""
    rules = [{**JUMP, "interval": "Open"}, {"action": "voicemail"}]
    contexts = [{**FORWARD[0], "options": [*FORWARD[0]["options"], {"digits": "2", "rules": rules}]}, FORWARD[1]]
    ivr = {"entry_context": "main", "contexts": contexts}
    return {"extensions": [{"number": number, **more, "intervals": INTERVALS, "ivr": ivr}]}


def actions(pbx: Emulator, number: str) -> dict[str, list[str]]:
    ivr = next(one for one in pbx.state()["extensions"] if one["number"] == number)
    return {
        f"{context['name']} {option['digits']}": [rule["action"] for rule in option["rules"]]
        for context in ivr["contexts"]
        for option in context["options"]
        if option["digits"] not in ("timeout", "invalid")
    }


@pytest.mark.parametrize("starts", ["visible", "hidden"])
@pytest.mark.parametrize("document", [forward("300"), forward("390", type="ivr")], ids=["there", "new"])
def test_o2_menus_that_jump_forward_converge_in_one_run(pbx: Emulator, document: dict[str, Any], starts: str) -> None:
    pbx.set_dialect(option_default_rule=starts)
    assumed = {"visible": "hidden", "hidden": "visible"}[starts]
    result = call(pbx, "pbx_tenant", {**document, "dialect": {"option_default_rule": assumed}})
    assert result.get("msg") is None
    [warning] = [warning for warning in result["warnings"] if "started with" in warning]
    assert f"set dialect option_default_rule to {starts}" in warning
    assert actions(pbx, document["extensions"][0]["number"]) == {
        "main start": ["jump_to_context"],
        "main 1": [],
        "main 2": ["jump_to_context", "voicemail"],
        "second start": ["voicemail"],
    }
    pbx.clear_log()
    again = call(pbx, "pbx_tenant", {**document, "dialect": {"option_default_rule": starts}})
    assert (again["changed"], again["warnings"], pbx.writes()) == (False, [], [])


def test_o2_planning_anew_asks_for_nothing_besides(pbx: Emulator) -> None:
    """It knows the targets of the rules, also where reads lag so that a list would not tell yet."""
    pbx.set_dialect(option_default_rule="visible")
    assert call(pbx, "pbx_tenant", forward("390", type="ivr")).get("msg") is None
    reads = [entry["path"] for entry in pbx.log() if entry["method"] == "GET"]
    assert [path for path in reads if path.endswith(("/context/", "/interval/", "/options/"))] == []


def test_o2_what_else_lives_in_an_extension_is_written_although_its_rules_are_planned_anew(pbx: Emulator) -> None:
    """Rules of a new extension live beside its agents, which are not planned anew."""
    document = {
        "extensions": [
            {"number": "190", "type": "phone", "incom_rules": [{"type": "hangup"}], "agents": [{"name": "Eva"}],
             "events": [{"event_type": "hangup", "url": "https://h.invalid", "method": "GET"}]}
        ]
    }  # fmt: skip
    rule = {"id": 77, "type": "voicemail"}
    pbx.fault("json", method="GET", path="/extension/5018/incom_rule/", body=[rule])
    pbx.fault("json", method="PUT", path="/extension/5018/incom_rule/order/", body={"rules_ids": [1, 77]})
    pbx.fault("json", method="DELETE", path="/extension/5018/incom_rule/77")
    result = call(pbx, "pbx_tenant", document)
    assert result.get("msg") is None
    [warning] = result["warnings"]
    assert warning == 'extension "190" started with 1 rule instead of 0, so its rules were planned again'
    made = next(one for one in pbx.state()["extensions"] if one["number"] == "190")
    assert [len(made[name]) for name in ("agents", "incom_rules", "events")] == [1, 1, 1]


# A PBX whose reads lag behind its writes


def test_o4_what_this_run_has_made_is_asked_for_again(pbx: Emulator, naps: list[float]) -> None:
    """A new extension with its settings, a new IVR with its menus: none is to be seen at once."""
    pbx.fault("lag", method="POST", count=0, reads=2)
    document = forward("390", type="ivr")
    document["extensions"].append({"number": "190", "type": "phone", "phone": {"hangup_timeout": 30}})
    assert call(pbx, "pbx_tenant", document).get("msg") is None
    assert naps
    assert set(naps) == {0.25, 0.5}
    pbx.clear_faults()
    assert call(pbx, "pbx_tenant", document)["changed"] is False


def test_o4_patience_ends_within_two_seconds(pbx: Emulator, naps: list[float]) -> None:
    pbx.fault("lag", method="POST", count=0, reads=9)
    result = call(pbx, "pbx_tenant", {"extensions": [{"number": "190", "type": "phone", "phone": {"geo_list": "DE"}}]})
    assert result["msg"].startswith("GET /extension/5018/phone/ found nothing")
    assert naps == [0.25, 0.5, 1.0]


def test_o4_what_an_earlier_task_has_made_is_asked_for_again(
    pbx: Emulator, naps: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path)
    made = call(pbx, "pbx_extension", {"number": "190", "type": "phone"}, memory=folder)["extension"]["id"]
    settings = f"/extension/{made}/phone/"
    pbx.fault("status", method="GET", path=settings, status=404)
    result = call(pbx, "pbx_phone", {"extension_id": made, "hangup_timeout": 30}, memory=folder)
    assert (result.get("msg"), result["changed"], naps) == (None, True, [0.25])
    pbx.fault("status", method="GET", path=settings, status=404, count=0)
    lasting = call(pbx, "pbx_phone", {"extension_id": made, "hangup_timeout": 32}, memory=folder)
    assert lasting["msg"].startswith(f"GET {settings} found nothing")
    assert naps == [0.25, 0.25, 0.5, 1.0]
    del naps[:]
    assert call(pbx, "pbx_phone", {"extension": "191", "hangup_timeout": 30}, memory=folder)["failed"]
    monkeypatch.setattr(recent, "SPAN", 0)
    assert call(pbx, "pbx_phone", {"extension_id": made, "hangup_timeout": 32}, memory=folder)["failed"]
    assert naps == []


def test_o4_nothing_else_is_waited_for(pbx: Emulator, naps: list[float]) -> None:
    assert "found nothing" in call(pbx, "pbx_phone", {"extension_id": 9999, "geo_list": "DE"})["msg"]
    pbx.fault("status", method="PUT", status=404)
    assert "found nothing" in call(pbx, "pbx_phone", {"extension_id": 5001, "geo_list": "DE"})["msg"]
    assert naps == []


# The budget


BUDGETS = {
    "phones": {"extensions": [
        {"number": f"19{n}", "type": "phone", "phone": {"geo_list": "DE"}, "incom_rules": [{"type": "voicemail"}]}
        for n in range(3)
    ]},
    "menus": forward("390", type="ivr"),
    "menus of an IVR that is there": forward("300"),
    "agents": {"extensions": [{"number": "101", "agents": [{"name": "Eva"}]}]},
}  # fmt: skip


@pytest.mark.parametrize("starts", ["visible", "hidden"])
@pytest.mark.parametrize("document", BUDGETS.values(), ids=BUDGETS)
def test_o6_the_requests_of_the_run_itself_are_counted(pbx: Emulator, document: dict[str, Any], starts: str) -> None:
    """With one request less than the run needs, it does not start; with just as many, it is done."""
    task = {**document, "dialect": {"option_default_rule": starts}, "rate_limit_wait": 0}
    pbx.set_dialect(option_default_rule=starts)
    assert call(pbx, "pbx_tenant", task).get("msg") is None
    needed = len(pbx.log())
    for limit in (needed - 1, needed):
        pbx.reset(seed="bare")
        pbx.set_dialect(option_default_rule=starts)
        pbx.fault("hourly_limit", limit=limit, reset=600)
        result = call(pbx, "pbx_tenant", task)
        assert bool(result.get("failed")) is (limit < needed)
        assert limit >= needed or ("needs more than one hour's limit" in result["msg"] and not pbx.writes())


@pytest.mark.parametrize(("left", "done"), [(2, False), (3, True)])
def test_o6_what_is_asked_after_an_operation_counts(pbx: Emulator, left: int, done: bool) -> None:
    case = CASES["pbx_conference_control"]
    prepared(pbx, case)
    pbx.fault("hourly_limit", limit=left + 1, reset=600)
    task = {**case.args({"lock": True, "show": ["count", "run_time"]}), "rate_limit_wait": 0}
    result = call(pbx, case.module, task)
    assert (result.get("failed"), len(pbx.writes())) == ((None, 1) if done else (True, 0))
