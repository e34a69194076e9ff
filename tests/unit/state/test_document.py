# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant document as a snapshot: its objects, their places, and their known values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.document import PLACEHOLDER, parse
from ansible_collections.telops.pbx.plugins.module_utils._model.field import UNSET
from ansible_collections.telops.pbx.plugins.module_utils._state.document import document_of, of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Key, Snapshot
from ansible_collections.telops.pbx.plugins.module_utils._text.secret import Secret
from tests.cases.mistakes import CLINIC

MENU: dict[str, Any] = {
    "dids": [{"name": "74950000101", "extension": 300}],
    "intervals": [{"name": "Night", "timezone": "UTC", "conditions": [{"start_dow": 1, "end_dow": 7, "month": 0}]}],
    "extensions": [
        {"number": "000*101", "type": "phone", "phone": {"password": PLACEHOLDER, "hangup_timeout": "20"}},
        {
            "number": 300,
            "type": "ivr",
            "incom_rules": [{"name": "One", "type": "hangup"}, {"type": "busy"}],
            "ivr": {
                "entry_context": "main",
                "sleep_time": None,
                "contexts": [
                    {"name": "main", "options": [{"digits": "1", "rules": [{"action": "voicemail"}]}, {"digits": "2"}]}
                ],
            },
        },
    ],
}


def snapshot(document: dict[str, Any], complete: bool = True, purged: Collection[str] = ()) -> Snapshot:
    root, dummy = parse(document)
    return of_document(root, complete, purged)


def test_objects_are_found_by_noun_place_and_name() -> None:
    state = snapshot(MENU)
    assert [item.name for item in state.all("extension")] == ["101", "300"]
    assert [item.name for item in state.all("incom_rule", ("300",))] == ["One", ""]
    assert [item.values["action"] for item in state.all("ivr_rule", ("300", "main", "1"))] == ["voicemail"]
    assert state.all("ivr_rule", ("300", "main", "2")) == ()
    assert state.find("ivr_context", ("300",), "main") is state.all("ivr_context", ("300",))[0]
    assert state.find("ivr_context", ("300",), "other") is None
    assert state.settings("phone", ("300",)) is None


def test_values_have_one_spelling() -> None:
    state = snapshot(MENU)
    phone, did = state.settings("phone", ("101",)), state.all("did")[0]
    assert phone
    assert (phone.values["hangup_timeout"], did.values["extension"]) == (20, "300")
    # 0 is "not set" in a condition.
    assert state.all("tenant_interval")[0].values["conditions"] == ({"start_dow": 1, "end_dow": 7},)


def test_an_object_tells_its_place_in_the_document() -> None:
    rule = snapshot(MENU).all("ivr_rule", ("300", "main", "1"))[0]
    assert rule.where == 'extensions[1] "300" > ivr > contexts[0] "main" > options[0] "1" > rules[0]'
    assert rule.key == Key("ivr_rule", ("300", "main", "1"))


def test_numbers_of_a_cascade_keep_the_order_of_the_document() -> None:
    numbers = [{"delay": 5, "number": "9"}, {"delay": 0, "number": "1"}]
    rule = {"type": "cascade", "cascade_numbers": numbers}
    state = snapshot({"extensions": [{"number": "101", "type": "phone", "incom_rules": [rule]}]})
    assert [one["number"] for one in state.all("incom_rule", ("101",))[0].values["cascade_numbers"]] == ["9", "1"]


def test_in_a_complete_document_what_is_left_out_is_not_there() -> None:
    state = snapshot(MENU)
    assert state.knows("did")
    assert state.knows("incom_rule", ("101",))
    assert state.knows("ivr_rule", ("300", "main", "2"))
    phone, menu = state.settings("phone", ("101",)), state.settings("ivr", ("300",))
    assert phone
    assert menu
    assert (phone.value("vm_enabled"), menu.value("sleep_time")) == (None, None)
    # A password is set, and nobody is told its value.
    assert phone.value("password") is UNSET


def test_in_a_part_of_a_document_only_programs_and_empty_lists_are_known_whole() -> None:
    state = snapshot({**MENU, "sounds": []}, complete=False)
    assert state.knows("incom_rule", ("300",))
    assert Key("incom_rule", ("300",)) in state.ordered
    assert not state.knows("incom_rule", ("101",))
    assert Key("incom_rule", ("101",)) not in state.ordered
    assert not state.knows("extension")
    assert state.knows("tenant_sound")
    assert state.knows("ivr_rule", ("300", "main", "1"))
    assert not state.knows("ivr_rule", ("300", "main", "2"))
    phone = state.settings("phone", ("101",))
    assert phone
    assert (phone.value("vm_enabled"), phone.value("hangup_timeout")) == (UNSET, 20)
    # A rule of a declared program says all that it does.
    assert state.all("incom_rule", ("300",))[0].value("interval") is None


def test_a_purged_section_is_known_whole() -> None:
    state = snapshot(MENU, complete=False, purged=["extensions"])
    assert state.knows("extension")
    assert not state.knows("did")


def test_a_snapshot_cannot_be_changed() -> None:
    state = snapshot(MENU)
    conditions = state.all("tenant_interval")[0].values["conditions"]
    for change in (
        lambda: state.lists.__setitem__(Key("did", ()), ()),  # type: ignore[attr-defined]
        lambda: state.all("did")[0].values.__setitem__("name", "1"),  # type: ignore[attr-defined]
        lambda: conditions[0].__setitem__("start_dow", 2),
    ):
        with pytest.raises((TypeError, AttributeError)):
            change()


def test_two_snapshots_of_one_document_are_equal() -> None:
    assert snapshot(MENU) == snapshot(MENU)
    assert snapshot(MENU) != snapshot(MENU, complete=False)


def test_the_clinic() -> None:
    state = snapshot(CLINIC)
    assert len(state.all("extension")) == 15
    assert [item.name for item in state.all("queue_agent", ("200",))] == ["101/Anna", "102/Ben", "111/Clara"]


def with_item(state: Snapshot, key: Key, **changes: Any) -> Snapshot:
    """The snapshot with another first object in one list."""
    first, *others = state.lists[key]
    return replace(state, lists={**state.lists, key: (replace(first, **changes), *others)})


def menus(state: Snapshot) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document_of(state)["extensions"][1]["ivr"]["contexts"][0]["options"]
    return found


def test_a_snapshot_is_a_document_again() -> None:
    document = document_of(snapshot(MENU))
    assert document["extensions"][0]["phone"] == {"password": PLACEHOLDER, "hangup_timeout": 20}
    assert document_of(snapshot(document)) == document
    known = snapshot(MENU)
    phone = known.lists["phone", ("101",)][0]
    secret = with_item(known, phone.key, values={**phone.values, "password": Secret("canary")}, hidden=())
    assert document_of(secret) == document


def test_settings_of_one_field_are_its_value_and_an_object_may_be_named_by_two() -> None:
    hook = {"event_type": "hangup", "url": "https://crm.example.com/hook", "method": "GET"}
    mail = {"event_type": "missed call", "mail": ""}
    phone = {"number": "101", "type": "phone", "ani": "74950000101", "events": [hook], "mail_notifications": [mail]}
    state = snapshot({"extensions": [phone]})
    assert [item.name for item in state.all("event", ("101",))] == ["hangup https://crm.example.com/hook"]
    assert [item.name for item in state.all("mail_notification", ("101",))] == ["missed call"]
    assert state.settings("ani", ("101",)) == replace(state.lists["ani", ("101",)][0], name="")
    assert document_of(state)["extensions"][0]["ani"] == "74950000101"


def test_only_a_program_that_is_known_whole_and_can_be_said_is_written() -> None:
    rules = Key("ivr_rule", ("300", "main", "1"))
    whole, part = snapshot(MENU), snapshot(MENU, complete=False)
    said = {"digits": "1", "rules": [{"action": "voicemail"}]}
    assert menus(whole) == [said, {"digits": "2", "rules": []}]
    assert menus(part) == [said, {"digits": "2"}]
    assert menus(with_item(whole, rules, hidden=("context",))) == [{"digits": "1"}, {"digits": "2", "rules": []}]
    # Some of its rules are known, and not that there are no others.
    assert menus(replace(part, known=frozenset())) == [said, {"digits": "2"}]


def test_a_value_without_sense_is_unset() -> None:
    state = snapshot({"extensions": [{"number": "101", "type": "phone", "phone": {"hangup_timeout": "soon"}}]})
    phone = state.settings("phone", ("101",))
    assert phone
    assert phone.values == {}
