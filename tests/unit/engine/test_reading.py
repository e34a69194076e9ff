# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The current state: which lists are read for it, which object an id picks, and the overlay of a preview."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from ansible_collections.telops.pbx.plugins.module_utils import _entry
from ansible_collections.telops.pbx.plugins.module_utils._engine.engine import Engine
from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.planner import Planner
from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.tenant import TenantPlanner
from tests.cases.files import GOODBYE, HELLO
from tests.cases.inprocess import call, calls
from tests.emulator.server import Emulator

ROW = {"extension": "200", "agent": "102/Eva"}
Task = tuple[str, dict[str, Any]]


def previews(pbx: Emulator, memory: Path, *tasks: Task) -> list[dict[str, Any]]:
    """The results of one preview of several tasks, which writes nothing."""
    found = calls(pbx, tasks, memory)
    assert pbx.writes() == []
    return found


def reads(pbx: Emulator) -> list[tuple[str, dict[str, list[str]]]]:
    return [(entry["path"], entry["query"]) for entry in pbx.log() if entry["method"] == "GET"]


@pytest.mark.parametrize(
    ("module", "args", "returned"),
    [
        ("pbx_sound_info", {"extension": "101", "id": "3002"}, "sounds"),
        ("pbx_extension_group_info", {"id": "601"}, "extension_groups"),
        ("pbx_ivr_option_info", {"extension": "300", "ivr_context": "main", "digits": "start"}, "ivr_options"),
    ],
)
def test_an_id_picks_one_where_no_request_does(pbx: Emulator, module: str, args: dict[str, Any], returned: str) -> None:
    call(pbx, "pbx_ivr_context", {"extension": "300", "name": "main"})
    for name in ("Sales", "Support"):
        call(pbx, "pbx_extension_group", {"name": name})
    [identity] = [value for name, value in args.items() if name in ("id", "digits")]
    others = {name: value for name, value in args.items() if name not in ("id", "digits")}
    assert len(call(pbx, module, others)[returned]) > 1
    [found] = call(pbx, module, args)[returned]
    assert identity in (str(found.get("id")), found.get("digits"))


def test_a_limit_counts_what_is_wanted(pbx: Emulator) -> None:
    pbx.set_dialect(page_cap="50")
    for number in range(700, 760):
        pbx.insert("extension", number=str(number), type="phone", status="active")
    found = call(pbx, "pbx_extension_info", {"number": ["758", "759"], "limit": 1})["extensions"]
    assert [one["number"] for one in found] == ["758"]


def test_a_preview_knows_the_agents_that_earlier_tasks_would_have_left(pbx: Emulator, tmp_path: Path) -> None:
    call(pbx, "pbx_agent", {"extension": "102", "name": "Eva"})
    call(pbx, "pbx_agent", {"extension": "103", "name": "Max"})
    pbx.clear_log()
    found = previews(
        pbx,
        tmp_path / "memory",
        ("pbx_agent", {"extension": "101", "name": "Zoe"}),
        ("pbx_phone", {"extension": "101", "hangup_timeout": 9}),
        ("pbx_queue_agent", {"extension": "200", "agent": "101/Zoe"}),
        ("pbx_agent", {"extension": "102", "name": "Eva", "state": "absent"}),
        ("pbx_queue_agent", ROW),
        ("pbx_queue_agent", {"extension": "200", "agent": "103/Max"}),
    )
    assert found[2]["plan"][0]["path"] == "/extension/5013/queue/agents/local/"
    assert found[2]["plan"][0]["body"]["agent_id"] == "<agent 101/Zoe>"
    assert 'there is no agent "102/Eva"' in found[4]["msg"]
    assert found[5]["changed"]


@pytest.mark.parametrize("position", ["last", "first"])
def test_a_preview_puts_new_rules_where_the_pbx_does(pbx: Emulator, tmp_path: Path, position: str) -> None:
    dialect = {"new_rule_position": position}
    pbx.set_dialect(**dialect)
    place = {"extension": "101", "dialect": dialect}
    tasks: list[Task] = [("pbx_incom_rule", {**place, "name": name, "type": "busy"}) for name in ("a", "b", "c")]
    tasks.append(("pbx_incom_rule_info", place))
    preview = previews(pbx, tmp_path / "memory", *tasks)[-1]
    real = calls(pbx, tasks)[-1]
    names = [[one["name"] for one in result["incom_rules"]] for result in (preview, real)]
    assert names == [["a", "b", "c"] if position == "last" else ["c", "b", "a"]] * 2


def test_a_preview_lists_what_earlier_tasks_would_have_made_of_a_new_extension(pbx: Emulator, tmp_path: Path) -> None:
    new = {"extension": "150"}
    found = previews(
        pbx,
        tmp_path / "memory",
        ("pbx_extension", {"number": "150", "type": "phone"}),
        ("pbx_agent_info", new),
        ("pbx_agent", {**new, "name": "Zoe"}),
        ("pbx_agent_info", new),
        ("pbx_incom_rule", {**new, "name": "Night", "type": "busy"}),
        ("pbx_incom_rule_info", new),
    )
    assert found[1]["agents"] == []
    assert [one["name"] for one in found[3]["agents"]] == ["Zoe"]
    assert [one["name"] for one in found[5]["incom_rules"]] == ["Night"]


def test_agents_that_do_not_tell_their_phone_are_those_of_the_phone_that_listed_them(pbx: Emulator) -> None:
    pbx.fault("status", method="GET", path="/client/@me/agent/local/", status=403, count=0)
    pbx.fault("json", method="GET", path="/extension/*/agent/", body=[], count=0)
    pbx.clear_faults()
    pbx.fault("status", method="GET", path="/client/@me/agent/local/", status=403, count=0)
    pbx.fault("json", method="GET", path="/extension/5002/agent/", body=[{"id": 701, "name": "Eva"}], count=0)
    preview = call(pbx, "pbx_queue_agent", ROW, check=True)
    assert (preview.get("msg"), preview["plan"][0]["body"]["agent_id"]) == (None, 701)
    assert 'there is no agent "101/Eva"' in call(pbx, "pbx_queue_agent", {**ROW, "agent": "101/Eva"})["msg"]


def test_any_extension_reads_a_sound(pbx: Emulator) -> None:
    tune = {"title": "Tune", "file": HELLO}
    call(pbx, "pbx_sound", tune)
    pbx.clear_log()
    assert call(pbx, "pbx_sound", {**tune, "file": GOODBYE}, check=True)["changed"]
    assert ("/client/@me/extension/", {"page": ["1"], "per_page": ["1"]}) in reads(pbx)
    assert sum(path == "/client/@me/extension/" for path, _query in reads(pbx)) == 1


def test_extensions_that_have_been_read_are_not_asked_for_again_to_read_a_sound(pbx: Emulator) -> None:
    call(pbx, "pbx_sound", {"title": "Tune", "file": HELLO})
    pbx.clear_log()
    document = {"sounds": [{"title": "Tune", "file": GOODBYE}], "extensions": [{"number": "101", "label": "Desk"}]}
    assert call(pbx, "pbx_tenant", document, check=True)["changed"]
    asked = [query for path, query in reads(pbx) if path == "/client/@me/extension/"]
    assert [query["page"] for query in asked] == [["1"], ["2"]]
    assert {*asked[0]["per_page"], *asked[1]["per_page"]} == {"100"}


def test_the_rules_of_an_option_are_returned_as_they_are(pbx: Emulator) -> None:
    option = {"extension": "300", "ivr_context": "main", "digits": "1"}
    call(pbx, "pbx_ivr_context", {"extension": "300", "name": "main"})

    def silences(*times: int) -> dict[str, Any]:
        return {
            **option,
            "rules": [{"name": f"r{time // 100}", "action": "play_silence", "silence_time": time} for time in times],
        }

    first = call(pbx, "pbx_ivr_option", silences(100, 200))["ivr_option"]["rules"]
    assert [(one["name"], one["silence_time"]) for one in first] == [("r1", 100), ("r2", 200)]
    changed = silences(100, 250, 300)
    preview = call(pbx, "pbx_ivr_option", changed, check=True)["ivr_option"]["rules"]
    real = call(pbx, "pbx_ivr_option", changed)["ivr_option"]["rules"]
    for found in (preview, real):
        assert [(one["name"], one["silence_time"]) for one in found] == [("r1", 100), ("r2", 250), ("r3", 300)]
    assert [one["id"] for one in real[:2]] == [one["id"] for one in first] == [one["id"] for one in preview[:2]]
    assert real[2]["id"] not in [one["id"] for one in first]
    assert preview[2]["id"] == "<IVR rule r3>"


DOCUMENT: dict[str, Any] = {
    "sounds": [{"title": "Tune"}],
    "intervals": [{"name": "Holidays", "timezone": "UTC", "conditions": [{"month": 12}]}],
    "extensions": [
        {"number": "101", "phone": {"vm_greeting": "Welcome"}, "agents": [{"name": "Eva", "agent_sound": "Menu"}]},
        {"number": "102", "incom_rules": [{"name": "Night", "type": "busy", "interval": "Holidays"}]},
        {
            "number": "103",
            "intervals": [
                {"name": "Lunch", "timezone": "UTC", "conditions": [{"start_time": "12:00", "end_time": "13:00"}]}
            ],
            "incom_rules": [{"name": "Noon", "type": "busy", "interval": "Lunch"}],
        },
        {"number": "200", "queue_agents": [{"agent": "101/Eva"}]},
        {
            "number": "300",
            "ivr": {
                "entry_context": "main",
                "contexts": [
                    {
                        "name": "main",
                        "options": [
                            {
                                "digits": "1",
                                "rules": [{"action": "play_sound", "sound": "Welcome"}, {"action": "hangup"}],
                            }
                        ],
                    }
                ],
            },
        },
    ],
}


@pytest.mark.parametrize(
    ("document", "dialect"),
    [
        (DOCUMENT, {}),
        (DOCUMENT, {"scheme": "absent"}),
        ({"dids": [{"name": "74950000101", "extension": "101"}]}, {}),
        ({"extensions": [{"number": "101", "extension_group": "Sales"}]}, {}),
        ({"extensions": [{"number": "101", "dial_rule": "801"}]}, {}),
    ],
    ids=["all", "no scheme", "extension", "group", "dial rule"],
)
def test_all_that_a_document_needs_is_read_before_it_is_planned(
    pbx: Emulator, monkeypatch: pytest.MonkeyPatch, document: dict[str, Any], dialect: dict[str, str]
) -> None:
    call(pbx, "pbx_sound", {"title": "Tune", "file": HELLO})
    call(pbx, "pbx_extension_group", {"name": "Sales"})
    call(pbx, "pbx_dial_rule", {"dial_rules": [{"match_exp": "^8", "repl_exp": "7"}]})
    assert call(pbx, "pbx_tenant", document).get("msg") is None
    pbx.set_dialect(**dialect)
    counted: list[int] = []
    real = TenantPlanner.plan

    def plan(self: TenantPlanner, *args: Any) -> None:
        counted.append(len(pbx.log()))
        real(self, *args)
        counted.append(len(pbx.log()))

    monkeypatch.setattr(TenantPlanner, "plan", plan)
    pbx.clear_log()
    assert call(pbx, "pbx_tenant", document)["changed"] is False
    assert counted[0] == counted[1] == len(pbx.log())
    assert [one for one in reads(pbx) if reads(pbx).count(one) > 1] == []


def test_nothing_is_read_that_a_document_does_not_need(pbx: Emulator) -> None:
    document = {"extensions": [{"number": "101", "agents": [{"name": "Eva", "agent_sound": None}]}]}
    call(pbx, "pbx_tenant", document)
    pbx.clear_log()
    assert call(pbx, "pbx_tenant", document)["changed"] is False
    assert {path for path, _query in reads(pbx)} == {"/client/@me/extension/", "/extension/5001/agent/"}


def test_what_a_document_changes_is_counted_by_kind(pbx: Emulator) -> None:
    document = {
        "extensions": [
            {"number": "101", "agents": [{"name": "Eva"}, {"name": "Max"}], "phone": {"hangup_timeout": 9}},
            {"number": "102", "incom_rules": [{"name": name, "type": "busy"} for name in ("a", "b", "c")]},
        ]
    }
    assert call(pbx, "pbx_tenant", document)["counts"] == {
        "agent": {"created": 2, "changed": 0, "deleted": 0},
        # Their order is written, too.
        "incom_rule": {"created": 3, "changed": 1, "deleted": 0},
        "phone": {"created": 0, "changed": 1, "deleted": 0},
    }
    document["extensions"][0]["agents"] = []
    document["extensions"][1]["incom_rules"] = [{"name": name, "type": "busy"} for name in ("b", "a")]
    free = {"max_deletes": 9, "max_delete_share": 100}
    assert call(pbx, "pbx_tenant", {**document, **free})["counts"] == {
        "agent": {"created": 0, "changed": 0, "deleted": 2},
        "incom_rule": {"created": 0, "changed": 1, "deleted": 1},
    }


def test_the_secrets_of_a_document_are_kept_out_of_messages(pbx: Emulator) -> None:
    rooms = [{"number": "500", "conference": {"pin": "48151623"}}, {"number": "101", "phone": {"password": "canary"}}]
    call(pbx, "pbx_tenant", {"extensions": rooms})
    client = next(iter(_entry.run.CLIENTS.values()))
    assert {"48151623", "canary"} <= client.secrets
    assert not client.secrets & {"500", "101", ""}


# A queue may answer the id of an agent, or that of the agent's phone (semantics.md section 9 (18)); and an id of the
# one may be an id of the other.
AGENTS = [{"id": 5002, "name": "Ada", "extension_id": 5001}, {"id": 7, "name": "Eva", "extension_id": 5002}]
ROWS = "/extension/5013/queue/agents/local/"


@pytest.mark.parametrize(
    ("told", "ids", "agents"),
    [
        ("auto", [5002], {5002}),
        ("auto", [5002, 5001], {7, 5002}),
        ("auto", [7, 5002], {7, 5002}),
        ("agent", [5002, 5001], {5002}),
        ("extension", [5002], {7}),
        ("extension", [5002, 5999], {7}),
        ("auto", [], set()),
    ],
)
def test_whose_ids_a_queue_answers(pbx: Emulator, told: str, ids: list[int], agents: set[int]) -> None:
    pbx.fault("json", method="GET", path="/client/@me/agent/local/", body=AGENTS, count=0)
    rows = [{"agent_id": identity, "level": 1, "position": 1} for identity in ids]
    pbx.fault("json", method="GET", path=ROWS, body=rows, count=0)
    args = {"extension": "200", "dialect": {"queue_agent_ref": told}, "state": "absent"}
    results = {one: call(pbx, "pbx_queue_agent", {**args, "agent": str(one)}, check=True) for one in (7, 5002)}
    assert {one for one, result in results.items() if result["changed"]} == agents
    for one in agents:
        [step] = results[one]["plan"]
        assert step["path"] == f"{ROWS}{one}"


def test_a_row_of_a_phone_without_an_agent_keeps_its_id(pbx: Emulator) -> None:
    pbx.fault("json", method="GET", path="/client/@me/agent/local/", body=AGENTS, count=0)
    pbx.fault("json", method="GET", path=ROWS, body=[{"agent_id": 5999, "level": 1, "position": 1}], count=0)
    document = {"extensions": [{"number": "200", "queue_agents": []}], "dialect": {"queue_agent_ref": "extension"}}
    [step] = call(pbx, "pbx_tenant", {**document, "max_delete_share": 100}, check=True)["plan"]
    assert (step["method"], step["path"]) == ("DELETE", f"{ROWS}5999")


def test_a_preview_of_a_whole_ivr(pbx: Emulator, tmp_path: Path) -> None:
    rules = [{"name": name, "action": "play_silence", "silence_time": 100} for name in ("a", "b", "c")]
    one = {"extension": "300", "ivr_context": "main", "digits": "1"}
    call(pbx, "pbx_ivr_context", {"extension": "300", "name": "main"})
    call(pbx, "pbx_ivr_option", {**one, "rules": rules})
    pbx.clear_log()
    found = previews(
        pbx,
        tmp_path / "memory",
        ("pbx_ivr_context", {"extension": "300", "name": "new"}),
        ("pbx_ivr_option", {**one, "rules": [rules[2], rules[0], rules[1]]}),
        ("pbx_ivr_scheme_info", {"extension": "300"}),
        ("pbx_ivr_rule_info", {"extension": "300", "ivr_context": "main", "option_digits": "1"}),
    )
    menus = found[2]["ivr_scheme"]["contexts"]
    assert [menu["name"] for menu in menus] == ["main", "new"]
    for listed in (menus[0]["options"][0]["rules"], found[3]["ivr_rules"]):
        assert [rule["name"] for rule in listed] == ["c", "a", "b"]


def test_nothing_is_asked_about_an_ivr_that_an_earlier_task_would_create(pbx: Emulator, tmp_path: Path) -> None:
    created, found = previews(
        pbx,
        tmp_path / "memory",
        ("pbx_extension", {"number": "310", "type": "ivr"}),
        ("pbx_ivr_scheme_info", {"extension": "310"}),
    )
    assert found["ivr_scheme"]["contexts"] == []
    # The list of extensions has told to which client the memory belongs.
    assert found["requests"] == created["requests"]


@pytest.mark.parametrize("default_rule", ["hidden", "visible"])
def test_a_preview_knows_what_a_new_option_starts_with(pbx: Emulator, tmp_path: Path, default_rule: str) -> None:
    dialect = {"option_default_rule": default_rule}
    pbx.set_dialect(**dialect)
    place = {"extension": "300", "ivr_context": "main", "dialect": dialect}
    tasks: list[Task] = [
        ("pbx_ivr_context", {"extension": "300", "name": "main", "dialect": dialect}),
        ("pbx_ivr_option", {**place, "digits": "1"}),
        ("pbx_ivr_rule_info", {**place, "option_digits": "1"}),
        ("pbx_ivr_option_info", place),
    ]
    preview = previews(pbx, tmp_path / "memory", *tasks)
    real = calls(pbx, tasks)
    for results in (preview, real):
        assert [rule["action"] for rule in results[2]["ivr_rules"]] == ["hangup"] * (default_rule == "visible")
        assert sorted(one["digits"] for one in results[3]["ivr_options"]) == ["1", "invalid", "start", "timeout"]


def broken(answer: dict[str, Any], *path: Any, by: Any) -> dict[str, Any]:
    """An answer in which one part is another, or is missing."""
    found: dict[str, Any] = copy.deepcopy(answer)
    part: Any = found
    for step in path[:-1]:
        part = part[step]
    if by is None:
        del part[path[-1]]
    else:
        part[path[-1]] = by
    return found


@pytest.mark.parametrize(
    "change",
    [
        (("contexts",), None),
        (("contexts",), {}),
        (("contexts",), "main"),
        (("contexts", 0), "main"),
        (("contexts", 0, "name"), None),
        (("contexts", 0, "options"), None),
        (("contexts", 0, "options"), {}),
        (("contexts", 0, "options", -1), "1"),
        (("contexts", 0, "options", -1, "rules"), None),
        (("contexts", 0, "options", -1, "rules"), "hangup"),
        (("contexts", 0, "options", -1, "rules", 0), "hangup"),
        (("contexts", 0, "options", -1, "rules", 0, "action"), None),
    ],
    ids=str,
)
def test_a_scheme_of_another_shape_is_not_believed(pbx: Emulator, change: tuple[tuple[Any, ...], Any]) -> None:
    place = {"extension": "300"}
    call(pbx, "pbx_ivr_context", {**place, "name": "main"})
    for digits in ("1", "2"):
        call(pbx, "pbx_ivr_option", {**place, "ivr_context": "main", "digits": digits, "rules": [{"action": "hangup"}]})
    whole = call(pbx, "pbx_ivr_scheme_info", place)
    answer = requests.get(
        f"{pbx.url}/extension/5015/ivr/scheme/", headers={"Authorization": f"Bearer {pbx.access_token}"}, timeout=9
    ).json()
    pbx.fault("json", method="GET", path="*/ivr/scheme/", body=broken(answer, *change[0], by=change[1]), count=0)
    pbx.clear_log()
    found = call(pbx, "pbx_ivr_scheme_info", place)
    assert (found.get("msg"), found["ivr_scheme"]) == (None, whole["ivr_scheme"])
    assert "/extension/5015/ivr/context/" in [path for path, _query in reads(pbx)]


@pytest.mark.parametrize(
    ("module", "args"),
    [
        ("pbx_agent", {"extension": "101", "name": "Eva"}),
        ("pbx_incom_rule", {"extension": "101", "name": "Night", "type": "hangup", "interval": "Lunch"}),
        ("pbx_did", {"name": "74950000101", "extension": "101"}),
        ("pbx_agent", {"extension": "101", "name": "Nobody", "state": "absent"}),
        ("pbx_tenant", {"extensions": [{"number": "101", "agents": [{"name": "Eva", "agent_sound": None}]}]}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_planning_sends_no_request(
    pbx: Emulator, monkeypatch: pytest.MonkeyPatch, module: str, args: dict[str, Any]
) -> None:
    planned: list[int] = []
    real = Engine._plan

    def plan(self: Engine, make: Callable[[Planner], object]) -> object:
        def watched(planner: Planner) -> object:
            before = len(pbx.log())
            try:
                return make(planner)
            finally:
                planned.append(len(pbx.log()) - before)

        return real(self, watched)

    monkeypatch.setattr(Engine, "_plan", plan)
    call(pbx, module, args)
    assert planned
    assert set(planned) == {0}
