# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An answer about another object than the one that was written stops the run, whatever the object is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases import CASES
from tests.cases.case import Case, Step
from tests.cases.inprocess import call, prepared
from tests.emulator.server import Emulator


def noun_of(case: Case) -> Noun | None:
    """The noun of a module that is about one object, otherwise None."""
    noun = getattr(MODULES[case.module], "noun", None)
    return noun if noun in NOUNS.values() and not case.module.endswith(("_order", "_scheme")) else None


def steps(method: str) -> list[Any]:
    """The first step of each module whose first write has this method, with those before it."""
    found = {}
    for case in CASES.values():
        noun = noun_of(case)
        for n, step in enumerate(case.steps):
            own = noun and step.writes and step.writes[0].method == method and (method == "POST" or noun.updatable)
            if own and case.module not in found:
                found[case.module] = pytest.param(case, noun, case.steps[:n], step, id=case.module)
    return list(found.values())


def others(field: Field, value: Any) -> list[Any]:
    """Other values of a field, if it can have any."""
    if field.type == "list":
        return [[{"match_exp": "^00", "repl_exp": "+"}]]
    if field.choices:
        return [one for one in field.choices if one != value][:1]
    return [{"short_number": "101", "int": 987654}.get(field.type, "7" if field.name == "digits" else f"not {value}")]


def key_of(noun: Noun) -> tuple[str, ...]:
    return (noun.variant,) if noun.ordered else noun.key


def taken(pbx: Emulator, case: Case, before: tuple[Step, ...]) -> None:
    prepared(pbx, case)
    for step in before:
        assert not call(pbx, case.module, case.args(step.args)).get("failed")
    pbx.clear_log()


def refused(pbx: Emulator, case: Case, step: Step) -> str:
    """The message of a step that stops behind its first write."""
    result = call(pbx, case.module, case.args(step.args))
    assert (result["failed"], result["changed"], len(pbx.writes())) == (True, True, 1), result["msg"]
    assert len(result["done"]) == 1
    return str(result["msg"])


@pytest.mark.parametrize(("case", "noun", "before", "step"), steps("POST"))
def test_w2_a_creation_that_is_answered_with_another_key(
    pbx: Emulator, case: Case, noun: Noun, before: tuple[Step, ...], step: Step
) -> None:
    body = step.writes[0].body
    keys = [noun.by_name[name] for name in key_of(noun)]
    for field, value in [(one, value) for one in keys for value in others(one, body[one.sent_as])]:
        pbx.reset(seed="bare")
        taken(pbx, case, before)
        pbx.fault("json", method="POST", applied=True, body={**body, "id": 4711, field.answered_as: value})
        assert "the PBX answered about another object (" in refused(pbx, case, step)


@pytest.mark.parametrize(("case", "noun", "before", "step"), steps("PUT"))
def test_w2_an_update_that_is_answered_with_another_id(
    pbx: Emulator, case: Case, noun: Noun, before: tuple[Step, ...], step: Step
) -> None:
    taken(pbx, case, before)
    name = "extension_id" if noun.singleton else noun.identity
    pbx.fault("json", method="PUT", applied=True, body={name: 987654})
    assert f"the PBX answered about another object ({name} 987654)" in refused(pbx, case, step)


def test_w2_every_noun_is_tried() -> None:
    modules = {f"pbx_{name}" for name, noun in NOUNS.items() if noun.writable} | {"pbx_sound"}
    # The other side of a queue has no module of its own.
    modules -= {"pbx_queue_agent_remote", "pbx_tenant_sound"}
    assert {one.id for one in (*steps("POST"), *steps("PUT"))} == modules


def test_w2_a_content_that_is_answered_with_another_sound(pbx: Emulator) -> None:
    case = CASES["pbx_sound"]
    taken(pbx, case, case.steps[:1])
    pbx.fault("json", method="POST", applied=True, body={"id": 3001, "title": "Hold music"})
    assert "the PBX answered about another object (id 3001)" in refused(pbx, case, case.steps[1])


def test_w2_nothing_is_written_into_the_extension_that_was_answered(pbx: Emulator) -> None:
    document = {
        "extensions": [{"number": "190", "type": "phone", "agents": [{"name": "Eva"}], "phone": {"geo_list": "DE"}}]
    }
    pbx.fault(
        "json", method="POST", path="/client/*", applied=True, body={"id": 5001, "name": "000*101", "type": "phone"}
    )
    result = call(pbx, "pbx_tenant", document)
    assert result["msg"].startswith(
        'extension "190": the PBX answered about another object (extension "101", id 5001), so that nothing more is '
        'sent; compare both on the PBX before the next run\nDone before: create extension "190".'
    )
    assert [entry["path"] for entry in pbx.writes()] == ["/client/@me/extension/"]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"id": 701, "name": "Eva"}, "id 701, which was there before"),
        ({"id": "701", "name": "Eva"}, "id 701, which was there before"),
        ({"id": 709, "name": "Ben"}, 'agent "Ben", id 709'),
        ({"name": "Ben"}, 'agent "Ben"'),
        ({"id": 709, "name": "Eva", "extension_id": 5001}, "extension_id 5001"),
        # A value that a server may store in another form does not make another object.
        ({"id": 709, "name": "eva ", "extension_id": "5002"}, None),
        ({"id": "709", "name": "Eva", "extension_id": None}, None),
        ({"id": 709}, None),
    ],
    ids=str,
)
def test_w2_what_shows_that_it_is_another_object(pbx: Emulator, answer: dict[str, Any], says: str | None) -> None:
    call(pbx, "pbx_agent", {"extension": "102", "name": "Ada"})
    pbx.fault("json", method="POST", body=answer)
    result = call(pbx, "pbx_agent", {"extension": "102", "name": "Eva"})
    assert (f"another object ({says})" in result["msg"]) if says else (result.get("msg") is None)


def test_w2_the_second_of_two_is_not_answered_with_the_first(pbx: Emulator) -> None:
    rules = [{"type": "voicemail", "call_status": "busy"}, {"type": "voicemail"}]
    pbx.fault("json", method="POST", nth=2, path="*/incom_rule/", applied=True, body={"id": 1, "type": "voicemail"})
    result = call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "incom_rules": rules}]})
    assert "id 1, which was there before" in result["msg"]


@pytest.mark.parametrize("answered", ["agent", "extension"])
@pytest.mark.parametrize("write", ["create", "update"])
def test_w2_a_queue_may_answer_the_extension_of_its_agent(pbx: Emulator, answered: str, write: str) -> None:
    """Which of the two it answers is not documented (semantics.md section 9 (18)); any other agent is another one."""
    for extension, name in (("101", "Ada"), ("102", "Eva")):
        call(pbx, "pbx_agent", {"extension": extension, "name": name})
    pbx.set_dialect(queue_agent_ref=answered)
    row = {"extension": "200", "agent": "102/Eva"}
    if write == "update":
        assert call(pbx, "pbx_queue_agent", row)["changed"]
    assert call(pbx, "pbx_queue_agent", {**row, "level": 2}).get("msg") is None
    method = "PUT" if write == "update" else "POST"
    pbx.fault("json", method=method, body={"agent_id": 701 if answered == "agent" else 5001, "level": 3})
    result = call(
        pbx, "pbx_queue_agent", {"extension": "200", "agent": "102/Eva" if write == "update" else "101/Ada", "level": 3}
    )
    assert ("another object" in result.get("msg", "")) is (write == "update")


# Orders


ORDER = "/extension/5001/incom_rule/order/"
RULES = [{"type": "voicemail", "call_status": status} for status in ("busy", "no_answer", "any")]
PROGRAM = {"extensions": [{"number": "101", "incom_rules": RULES}]}


@pytest.fixture
def ordered(pbx: Emulator) -> Emulator:
    assert call(pbx, "pbx_tenant", PROGRAM)["changed"]
    pbx.clear_log()
    return pbx


@pytest.mark.parametrize("ids", [["1", "2", "3"], [1, 2, 3], ["1", 2, " 3"]], ids=str)
def test_o5_ids_as_text_are_numbers(ordered: Emulator, ids: list[Any]) -> None:
    ordered.fault("json", method="GET", path=ORDER, body={"rules_ids": ids})
    result = call(ordered, "pbx_tenant", PROGRAM)
    assert (result.get("msg"), result["changed"], result["warnings"]) == (None, False, [])


def test_o5_a_wrong_order_as_text_is_seen(ordered: Emulator) -> None:
    ordered.fault("json", method="GET", path=ORDER, body={"rules_ids": ["3", "2", "1"]})
    ordered.fault("json", method="PUT", path=ORDER, body={"rules_ids": ["1", "2", "3"]})
    result = call(ordered, "pbx_tenant", PROGRAM)
    assert (result.get("msg"), result["changed"], result["warnings"]) == (None, True, [])
    assert [entry["body"] for entry in ordered.writes()] == [{"rules_ids": [1, 2, 3]}]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            {"rules_ids": ["1", "2", "3", "99"]},
            "the order names incoming rule 99, which the list of incoming rules does",
        ),
        ({"rules_ids": [1, 2, "three"]}, "the order names incoming rule three, which the list of incoming rules does"),
        ({"rules_ids": [1, 2, None]}, "rules_ids should be a list of ids, and is [1, 2, null]"),
        ({"rules_ids": [[1]]}, "rules_ids should be a list of ids, and is [[1]]"),
        ({"rules_ids": [1, 2, True]}, "rules_ids should be a list of ids, and is [1, 2, true]"),
        ({"rules_ids": 3}, "rules_ids should be a list of ids, and is 3"),
        ({"rules_ids": "1,2,3"}, "rules_ids should be a list of ids, and is '1,2,3'"),
    ],
    ids=str,
)
def test_o5_an_id_that_fits_no_rule(ordered: Emulator, answer: dict[str, Any], says: str) -> None:
    ordered.fault("json", method="GET", path=ORDER, body=answer)
    result = call(ordered, "pbx_tenant", PROGRAM)
    assert f"GET {ORDER}: {says}" in result["msg"]
    assert ordered.writes() == []


@pytest.mark.parametrize(
    ("ids", "warns", "fails"),
    [(["3", "1", "2"], False, False), (["1", "2", "3"], True, False), ([8, 9], False, True), ([], True, False)],
    ids=str,
)
def test_o5_the_answer_to_an_order(ordered: Emulator, ids: list[Any], warns: bool, fails: bool) -> None:
    ordered.fault("json", method="PUT", path=ORDER, body={"rules_ids": ids})
    result = call(ordered, "pbx_incom_rule_order", {"extension": "101", "rules": ["3", "1", "2"]})
    assert bool(result.get("failed")) is fails
    assert bool(result.get("warnings")) is warns


def test_o5_a_preview_knows_which_rules_would_be_gone(ordered: Emulator, tmp_path: Path) -> None:
    tasks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("pbx_incom_rule", {"extension": "101", "id": "2", "state": "absent"}),
        ("pbx_incom_rule_order", {"extension": "101", "rules": ["3", "1"]}),
    )
    for module, args in tasks:
        result = call(ordered, module, args, check=True, memory=str(tmp_path))
        assert (result.get("msg"), result["changed"]) == (None, True)
