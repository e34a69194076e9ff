# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The effects of steps on the lists that were read."""

from __future__ import annotations

from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._state.objects import Item, TenantObjects
from ansible_collections.telops.pbx.plugins.module_utils._state.overlay import Effect, Effects, overlay
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Pending, Place

AGENT, RULE = NOUNS["agent"], NOUNS["incom_rule"]
HOME, OTHER = (Place((("extension", identity),)) for identity in (1, 2))
ADA, BOB, EVA = (
    Item(AGENT, place, identity, {"name": name, "wrap_up_time": 5})
    for place, identity, name in ((HOME, 10, "Ada"), (HOME, 11, "Bob"), (OTHER, 12, "Eva"))
)


def effect(action: str, identity: int | Pending | None = None, place: Place = HOME, **values: object) -> Effect:
    return Effect(action, "agent", place, identity, values)


def names(found: list[Item]) -> list[str]:
    return [item.name for item in found]


def test_an_emptied_list_holds_what_comes_after_it() -> None:
    new = effect("create", Pending("agent", "Ida"), name="Ida")
    assert Effects([effect("empty")], False).on_list(AGENT, HOME, [ADA, BOB]) == []
    assert names(Effects([effect("empty"), new], False).on_list(AGENT, HOME, [ADA, BOB])) == ["Ida"]
    assert Effects([new, effect("empty")], False).on_list(AGENT, HOME, [ADA, BOB]) == []


def test_only_the_list_of_its_place_is_emptied() -> None:
    emptied = Effects([effect("empty")], False)
    assert names(emptied.on_all(AGENT, [ADA, BOB, EVA])) == ["Eva"]
    assert names(emptied.on_list(AGENT, OTHER, [EVA])) == ["Eva"]


def test_an_object_is_changed_where_it_stands_and_left_as_it_was_for_others() -> None:
    (changed, other) = Effects([effect("update", 10, wrap_up_time=9)], False).on_list(AGENT, HOME, [ADA, BOB])
    assert (changed.values["wrap_up_time"], changed.changed, other) == (9, True, BOB)
    assert (ADA.values["wrap_up_time"], ADA.changed) == (5, False)


def test_a_deleted_object_is_gone_for_good() -> None:
    effects = Effects([effect("delete", 10), effect("update", 10, wrap_up_time=9)], False)
    assert names(effects.on_list(AGENT, HOME, [ADA, BOB])) == ["Bob"]
    assert effects.deleted_ids(AGENT, HOME) == {10}


def test_new_rules_land_at_the_end_or_at_the_beginning_the_last_one_first() -> None:
    old = Item(RULE, HOME, 7, {"name": "old"})
    new = [Effect("create", "incom_rule", HOME, Pending("incom_rule", name), {"name": name}) for name in ("a", "b")]
    assert names(Effects(new, False).on_list(RULE, HOME, [old])) == ["old", "a", "b"]
    assert names(Effects(new, True).on_list(RULE, HOME, [old])) == ["b", "a", "old"]


def test_an_order_puts_first_what_it_names() -> None:
    order = Effects([Effect("order", "incom_rule", HOME, None, {"rules": [3, 1, 9]})], False)
    assert order.on_order(RULE, HOME, [1, 2, 3]) == [3, 1, 2]


PHONES = [
    Item(NOUNS["extension"], Place(), identity, {"number": f"10{identity}", "type": "phone"}) for identity in (1, 2)
]
QUEUE = Item(NOUNS["extension"], Place(), 3, {"number": "200", "type": "queue"})


def test_a_list_of_all_extensions_is_a_list_of_each_that_can_have_one() -> None:
    objects = TenantObjects({("extension", Place()): [*PHONES, QUEUE], ("agent", Place()): [ADA, BOB]})
    lists = {place: names(list(found)) for (noun, place), found in objects.by_place().items() if noun == "agent"}
    assert lists == {HOME: ["Ada", "Bob"], OTHER: []}


def test_a_list_that_was_read_by_itself_comes_before_that_of_all_extensions() -> None:
    """It may have been read later."""
    objects = TenantObjects(
        {("extension", Place()): PHONES, ("agent", HOME): [ADA], ("agent", Place()): [ADA, BOB, EVA]}
    )
    lists = {place: names(list(found)) for (noun, place), found in objects.by_place().items() if noun == "agent"}
    assert lists == {HOME: ["Ada"], OTHER: ["Eva"]}


def test_a_new_object_is_known_to_hold_nothing_but_what_comes_with_it() -> None:
    """A new menu has options by itself, and is not known to have no others."""
    phone, ivr = Pending("extension", "103"), Pending("extension", "300")
    menu = Pending("ivr_context", "main", (("extension", ivr),))
    home = Place((("extension", ivr),))
    steps = [
        Effect("create", "extension", Place(), phone, {"number": "103", "type": "phone"}),
        Effect("create", "extension", Place(), ivr, {"number": "300", "type": "ivr"}),
        Effect("create", "ivr_context", home, menu, {"name": "main"}),
    ]
    after = overlay(TenantObjects(), steps, False)
    empty = {(noun, place.get("extension")) for (noun, place), found in after.lists.items() if not found}
    assert {("agent", phone), ("ivr_context", phone), ("agent", ivr)} & empty == {("agent", phone)}
    assert names(after.all(NOUNS["ivr_context"], home)) == ["main"]
    assert not after.has(NOUNS["ivr_option"], Place((*home.ids, ("ivr_context", menu))))


def test_the_contents_of_a_deleted_object_go_with_it() -> None:
    objects = TenantObjects({("extension", Place()): PHONES, ("agent", HOME): [ADA], ("agent", OTHER): [EVA]})
    after = overlay(objects, [Effect("delete", "extension", Place(), 1)], False)
    assert [after.has(AGENT, place) for place in (HOME, OTHER)] == [False, True]


def test_an_agent_who_is_deleted_leaves_the_queues() -> None:
    home = Place((("extension", 3),))
    rows = [Item(NOUNS["queue_agent"], home, 20 + agent.id, {"agent": agent.id}) for agent in (ADA, BOB)]
    hooks = [Item(NOUNS["event"], HOME, 30, {"event_type": "hangup"})]
    objects = TenantObjects(
        {("extension", Place()): [*PHONES, QUEUE], ("agent", HOME): [ADA, BOB], ("queue_agent", home): rows}
    )
    objects.lists["event", HOME] = hooks
    after = overlay(objects, [effect("delete", 10)], False)
    assert [row.values["agent"] for row in after.all(NOUNS["queue_agent"], home)] == [11]
    assert after.all(NOUNS["event"], HOME) == hooks
    assert len(rows) == 2


def test_the_rules_of_a_list_run_as_they_did_without_those_that_are_gone_and_before_those_that_are_new() -> None:
    new = Pending("incom_rule", "new")
    rules = [Item(RULE, HOME, identity, {"name": str(identity)}) for identity in (1, 2, 3)]
    objects = TenantObjects({("extension", Place()): PHONES, ("incom_rule", HOME): rules}, orders={HOME: [3, 2, 1]})
    steps = [
        Effect("delete", "incom_rule", HOME, 2, {}),
        Effect("create", "incom_rule", HOME, new, {"name": "new"}),
    ]
    assert overlay(objects, steps, False).orders == {HOME: [3, 1, new]}


def test_the_order_of_rules_is_known_where_it_was_read_or_is_set_or_leaves_no_choice() -> None:
    rules = {
        place: [Item(RULE, place, identity, {}) for identity in identities]
        for place, identities in ((HOME, (1, 2)), (OTHER, (3, 4)), (Place((("extension", 3),)), (5,)))
    }
    objects = TenantObjects({("incom_rule", place): items for place, items in rules.items()})
    steps = [Effect("order", "incom_rule", HOME, None, {"rules": [2, 1]})]
    assert overlay(objects, steps, False).orders == {HOME: [2, 1], Place((("extension", 3),)): [5]}


def test_what_is_new_is_in_a_list_that_was_not_read_and_settings_are_in_none() -> None:
    steps = [
        effect("create", Pending("agent", "Ida"), name="Ida"),
        Effect("update", "phone", HOME, None, {"vm_enabled": True}),
    ]
    after = overlay(TenantObjects(), steps, False)
    assert {key: names(list(items)) for key, items in after.lists.items()} == {("agent", HOME): ["Ida"]}
    assert after.settings["phone", HOME].values == {"vm_enabled": True}
