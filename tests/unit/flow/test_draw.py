# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pictures of call flows: every call stays within the picture, and changes are marked where they are."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.compile import call_plan
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.build import picture
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.lines import edge_lines, node_lines
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.picture import Name, Picture, compared, noticed
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore import Exploration, spans
from tests.cases.mistakes import CLINIC
from tests.unit.flow.calling import instant, menu, phone, queue
from tests.unit.flow.chance import Chance, tenant
from tests.unit.flow.drawing import snapshot

MAIN, WEBER = ("number", "74950000101"), ("number", "74950000102")
BEGIN = instant("2026-11-24 10:00")


def edges(shown: Picture) -> dict[tuple[str, str], str]:
    """The label of each way, by the first lines of its ends."""
    called = {one.name: node_lines(one)[0] for one in shown.nodes}
    return {(called[one.source], called[one.target]): " ".join(edge_lines(one)) for one in shown.edges}


def drawn(*extensions: dict[str, Any], opened: bool = False, **more: Any) -> dict[tuple[str, str], str]:
    return edges(picture(snapshot({"extensions": list(extensions), **more}), opened=opened))


def states(shown: Picture) -> dict[str, str]:
    return {one.lines[0]: one.state for one in shown.nodes if one.state}


# -- the drawn parts


def test_a_number_leads_through_hours_and_menus_to_people() -> None:
    found = edges(picture(snapshot(CLINIC), [MAIN]))
    assert found["74950000101", "300 Main menu"] == ""
    assert found["Hours", "300 menu day"] == "Opening hours"
    assert found["Hours", "300 menu closed"] == "Public holidays; otherwise"
    assert found["300 menu day", "300 menu appointments"] == "1"
    assert found["300 menu day", "101 Reception"] == "0; 9; nothing pressed"
    assert found["300 menu appointments", "200 Appointments"] == "1; 2; nothing pressed"
    assert found["200 Appointments", "111 Office"] == "level 2 after 40 s: Clara"
    assert found["111 Office", "Voicemail of 111 Office"] == "if nobody answers"
    assert not any("Dr. Novak" in name for pair in found for name in pair)


def test_hours_are_told_in_words() -> None:
    shown = picture(snapshot(CLINIC), [WEBER])
    hours = next(one for one in shown.nodes if one.kind == "hours")
    assert hours.lines[1] == "Public holidays: 1 to 2 January, 24 to 26 December, 2027-03-26 to 2027-03-29"
    assert hours.lines[2] == "Opening hours: Monday to Friday 08:00 to 12:30, Monday to Thursday 14:00 to 18:00"


def test_keys_without_an_option_hang_up() -> None:
    rules = [{"action": "transfer", "transfer_dst": "101"}]
    found = drawn(phone("101"), menu("300", {"main": {"start": [{"action": "play_sound"}], "1": rules}}))
    assert found["300 menu main", "Hang up"] == "nothing pressed; other keys"


def test_a_menu_that_never_waits_has_no_keys() -> None:
    rules = [{"action": "transfer", "transfer_dst": "101"}]
    found = drawn(phone("101"), menu("300", {"main": {"start": rules, "1": [{"action": "voicemail"}]}}))
    assert list(found) == [("300", "300 menu main"), ("300 menu main", "101")]


def test_an_option_that_leads_to_itself_ends() -> None:
    jump = {"action": "jump_to_context", "context": "main", "context_option": "1"}
    found = drawn(menu("300", {"main": {"start": [{"action": "play_sound"}], "1": [jump], "invalid": [jump]}}))
    assert found["300 menu main", "300 menu main"] == "1; other keys"


def test_numbers_that_lead_nowhere_are_named() -> None:
    found = drawn(phone("101"), dids=[{"name": "74950", "extension": "999"}, {"name": "74951"}])
    assert set(found) == {("74950", "999 is not there"), ("74951", "74951 is not there")}


def test_opened_it_has_every_rule_in_its_order() -> None:
    first = {"name": "First", "type": "transfer", "transfer_dst": "102", "final": False}
    second = {"name": "Second", "type": "voicemail", "caller_id_action": "anonymous"}
    found = drawn(phone("101", first, second), phone("102"), opened=True)
    assert list(found) == [
        ("101", "First"),
        ("First", "102"),
        ("First", "Second"),
        ("Second", "Voicemail of 101"),
        ("Second", "101 itself"),
    ]
    assert found["First", "Second"] == "if nobody answers"


def test_what_is_called_without_its_rules_is_another_thing() -> None:
    rule = {"type": "voicemail"}
    found = drawn(
        phone("101", {"type": "simple_transfer", "transfer_dst": "200 102"}),
        phone("102", rule),
        {**queue("200", "102/B", vm_enabled=True), "incom_rules": [rule]},
    )
    assert ("101", "200 itself") in found
    assert ("101", "102") in found
    assert ("200", "200 itself") not in found


def test_addresses_show_their_host_only() -> None:
    hook = {"action": "call_interactive", "call_interactive_url": "https://user:pw@crm.example.com/secret?token=abc"}
    for opened in (False, True):
        found = drawn(menu("300", {"main": {"start": [hook]}}), opened=opened)
        assert ("300 menu main" if not opened else "asks crm.example.com", "Webhook crm.example.com") in found
        assert "secret" not in str(found)
        assert "pw" not in str(found)


# -- every call stays within the picture


def passed(shown: Picture, tried: Any) -> Iterator[Name]:
    """The places on the way of a call, by the names that pictures have for them."""
    for event in tried.answer.trace:
        details = event.details
        if event.event == "extension":
            own, whole = ("own", details["number"]), ("extension", details["number"])
            yield own if own in {one.name for one in shown.nodes} else whole
        elif event.event == "menu":
            yield ("menu", details["extension"], details["context"])
        elif event.event == "queue":
            yield ("extension", details["number"]), ("own", details["number"])  # type: ignore[misc]
        elif event.event == "voicemail":
            yield ("voicemail", details["extension"])
        elif event.event == "ring" and details["who"].startswith(("+", "*")):
            yield ("outside", details["who"])


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_no_call_leaves_its_picture(seed: int, opened: bool) -> None:
    document = tenant(Chance(seed))
    for one in document["extensions"]:
        for context in (one.get("ivr") or {}).get("contexts", ()):
            # A picture has one node for all numbers that are dialled as they come.
            context["allow_any_dial"] = False
            for option in context["options"]:
                option["rules"] = [one for one in option["rules"] if one["action"] != "transfer_from_variable"]
    state = snapshot(document)
    plan = call_plan(state)
    begin, end = spans(plan, BEGIN)[0]
    tried_any = 0
    for number in plan.numbers.dids:
        shown = picture(state, [("number", number)], opened)
        there = {one.name for one in shown.nodes}
        exploration = Exploration(plan, Assumptions.of({}))
        for tried in islice(exploration.calls(number, [(begin, min(end, begin + 86400))], 2, ("fair", "nobody")), 150):
            tried_any += 1
            for name in passed(shown, tried):
                names = name if isinstance(name[0], tuple) else (name,)
                assert there & set(names), (number, names, tried.call, sorted(there))
    assert tried_any


# -- changes


def test_a_change_is_marked_where_it_is() -> None:
    after = copy.deepcopy(CLINIC)
    menu_of = next(one for one in after["extensions"] if one["number"] == "300")
    day = next(one for one in menu_of["ivr"]["contexts"] if one["name"] == "day")
    one = next(option for option in day["options"] if option["digits"] == "3")
    one["rules"] = [{"action": "transfer", "transfer_dst": "106"}]
    shown = compared(picture(snapshot(CLINIC), [MAIN]), picture(snapshot(after), [MAIN]))
    found = states(shown)
    assert found["300 menu day"] == "changed"
    assert found["201 Billing questions"] == "gone"
    assert set(found.values()) == {"changed", "gone"}
    marked = {(one.source[-1], one.target[-1]): one.state for one in shown.edges if one.state}
    assert marked["day", "106"] == "new"
    assert marked["day", "201"] == "gone"


def test_a_moved_interval_marks_the_hours() -> None:
    after = copy.deepcopy(CLINIC)
    doctor = next(one for one in after["extensions"] if one["number"] == "103")
    doctor["intervals"] = copy.deepcopy(doctor["intervals"])
    doctor["intervals"][0]["conditions"][0]["end_time"] = "12:00:00"
    shown = compared(picture(snapshot(CLINIC), [WEBER]), picture(snapshot(after), [WEBER]))
    assert states(shown) == {"Hours": "changed"}


def test_equal_states_have_no_marks() -> None:
    for opened in (False, True):
        same = picture(snapshot(CLINIC), opened=opened)
        assert compared(same, picture(snapshot(copy.deepcopy(CLINIC)), opened=opened)).states == []


def test_in_opened_pictures_a_new_rule_in_front_changes_no_other() -> None:
    rule = {"name": "Old", "type": "voicemail"}
    new = {"name": "New", "type": "transfer", "transfer_dst": "102", "final": False}
    before = picture(snapshot({"extensions": [phone("101", rule), phone("102")]}), opened=True)
    after = picture(snapshot({"extensions": [phone("101", new, rule), phone("102")]}), opened=True)
    assert states(compared(before, after)) == {"New": "new", "102": "new"}


def test_lines_of_an_impact_are_marked() -> None:
    shown = picture(snapshot(CLINIC), [WEBER], opened=True)
    rule = next(one for one in shown.nodes if one.lines[0] == "Reception when busy")
    place = next(one for one in rule.places if "incom_rules" in one)
    assert states(noticed(shown, [place])) == {"Reception when busy": "noticed"}
