# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which steps wait for which, told by plans alone."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._engine.apply.graph import Graph
from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.steps import Plan, Step
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS, ORDER_OF_CREATION, STAGES
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Pending, Place

TENANT = Place()
IVR = Place((("extension", 300),), ('extension "300"',))
MENU = IVR.inside(NOUNS["ivr_context"], 1, "main")


def option(digits: str) -> Place:
    return MENU.inside(NOUNS["ivr_option"], digits, digits)


def step(action: str, noun: str, place: Place = TENANT, identity: int | None = None, **values: Any) -> Step:
    creates = Pending(noun, str(values.get("name")), place.ids) if action == "create" else None
    return Step(
        action, NOUNS[noun], place, str(values.get("name", identity)), values, values, identity, creates=creates
    )


def waits(*steps: Step) -> list[set[int]]:
    graph = Graph(Plan(list(steps)).ordered())
    return [graph.waits_for(at) for at in range(len(steps))]


def test_stages_are_kinds_in_the_order_of_creation() -> None:
    assert list(STAGES) == sorted(STAGES, key=ORDER_OF_CREATION.index)
    assert STAGES[0] == ORDER_OF_CREATION[0]


def test_what_has_nothing_to_do_with_one_another_goes_at_the_same_time() -> None:
    phones = [Place((("extension", number),)) for number in (101, 102, 103)]
    assert waits(*(step("update", "phone", place) for place in phones)) == [set(), set(), set()]
    settings = [step("update", "phone", phones[0]), step("create", "agent", phones[0], name="Anna")]
    assert waits(*settings) == [set(), set()]


def test_one_stage_waits_for_all_of_the_one_before() -> None:
    menus = [step("create", "ivr_context", IVR, name=name) for name in ("a", "b")]
    rest = [step("create", "ivr_option", MENU, name="1"), step("update", "ivr", IVR), step("update", "did", identity=5)]
    assert waits(*menus, *rest) == [set(), set(), {0, 1}, {2}, {3}]


def test_a_program_is_written_one_by_one_and_two_at_the_same_time() -> None:
    rules = [step("create", "ivr_rule", option(digits), name=name) for digits in "12" for name in ("a", "b")]
    order = [step("order", "ivr_rule", option("1"))]
    assert waits(*rules, *order) == [set(), {0}, set(), {2}, {1}]


def test_what_ceases_goes_last_and_the_other_way_round() -> None:
    gone = [step("delete", "ivr_context", IVR, 2), step("delete", "ivr_context", IVR, 3)]
    rules = [step("delete", "ivr_rule", option("1"), 7), step("delete", "ivr_rule", option("2"), 8)]
    steps = Plan([*gone, step("update", "did", identity=5), *rules]).ordered()
    assert [one.noun.name for one in steps] == ["did", "ivr_rule", "ivr_rule", "ivr_context", "ivr_context"]
    # The rules of a menu may lead to another one that goes as well.
    assert waits(*steps) == [set(), {0}, {0}, {1, 2}, {1, 2, 3}]


def test_what_is_created_in_one_stage_is_waited_for_by_what_names_it() -> None:
    menu = step("create", "interval", IVR, name="a")
    user = Step("update", NOUNS["phone"], IVR, "", {"interval": menu.creates}, {})
    inside = step("update", "agent", IVR.inside(NOUNS["interval"], menu.creates or "", "a"))
    plan = [menu, inside, user]
    graph = Graph(plan)
    assert [graph.waits_for(at) for at in range(3)] == [set(), {0}, {0}]


@given(
    st.lists(
        st.builds(
            step,
            st.sampled_from(["create", "update", "delete"]),
            st.sampled_from(sorted(NOUNS)),
            st.sampled_from([TENANT, IVR, MENU, option("1"), option("2")]),
            st.integers(1, 3),
            name=st.sampled_from("ab"),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_every_order_that_a_graph_allows_respects_it(steps: list[Step], chance: Random) -> None:
    plan = Plan(steps).ordered()
    graph, under_way, finished = Graph(plan), set[int](), list[int]()
    while len(finished) < len(plan):
        while (at := graph.take()) is not None:
            assert graph.waits_for(at) <= set(finished)
            under_way.add(at)
        done = chance.choice(sorted(under_way))
        under_way.remove(done)
        finished.append(done)
        graph.finish(done)
    assert graph.take() is None
    assert graph.depth <= len(plan)
    if plan:
        assert graph.depth >= 1


@given(st.lists(st.builds(step, st.just("create"), st.sampled_from(sorted(NOUNS)), st.just(IVR)), max_size=8))
def test_one_by_one_it_is_the_plan(steps: list[Step]) -> None:
    plan = Plan(steps).ordered()
    graph = Graph(plan)
    for at in range(len(plan)):
        assert graph.take() == at
        graph.finish(at)
