# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Conditions over midnight hold in the evening of their days, and in the morning of the days after."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._flow.conditions import Day, Reading, condition
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns.interval import (
    condition_problems,
    over_midnight,
    split_nights,
)
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

NIGHT = {"start_time": "22:00:00", "end_time": "06:00:00"}
EVENING, MORNING = ("22:00:00", "23:59:59"), ("00:00:00", "06:00:00")


def days(start: tuple[str, str], **parts: Any) -> dict[str, Any]:
    return {**parts, "start_time": start[0], "end_time": start[1]}


DAYS = st.one_of(
    st.just({}),
    st.builds(lambda a, b: {"start_dow": a, "end_dow": b}, st.integers(1, 7), st.integers(1, 7)),
    st.builds(
        lambda month, a, b: {"month": month, "start_mday": min(a, b), "end_mday": max(a, b)},
        st.integers(1, 12), st.integers(1, 27), st.integers(1, 27),
    ),
    st.builds(
        lambda a, b: {"sched_start_date": "2026-12-31", "sched_active_days": a, "sched_skip_days": b},
        st.integers(1, 3), st.integers(1, 3),
    ),
)  # fmt: skip


@given(DAYS, DAYS, st.integers(20_450, 20_900), st.sampled_from([0, 3600, 21_600, 21_601, 43_200, 79_199, 79_200]))
def test_the_two_hold_when_the_night_does(one: Any, other: Any, day: int, second: int) -> None:
    night = {**one, **other, **NIGHT}
    parts = over_midnight(night)
    assert [problem for part in parts for problem in condition_problems(part)] == []
    begins = condition({**one, **other, "start_time": "00:00:00", "end_time": "23:59:59"})
    evening = second >= 79_200 and begins.holds_on(Day.of(day), Reading())
    morning = second <= 21_600 and begins.holds_on(Day.of(day - 1), Reading())

    def holds(part: dict[str, Any]) -> bool:
        read = condition(part)
        within = any(first <= second < last for first, last in read.spans(day, Reading()))
        return within and read.holds_on(Day.of(day), Reading())

    assert any(map(holds, parts)) is (evening or morning)


@pytest.mark.parametrize(
    "parts",
    [
        {"month": 7},
        {"start_mday": 1, "end_mday": 5},
        {"month": 12, "start_mday": 24, "end_mday": 31},
        {"month": 2, "start_mday": 28, "end_mday": 28},
    ],
)
def test_a_night_into_another_month_is_left_to_people(parts: dict[str, Any]) -> None:
    assert over_midnight({**parts, **NIGHT}) == [{**parts, **NIGHT}]
    assert any("write two conditions" in problem for problem in condition_problems({**parts, **NIGHT}))


def test_a_night_until_midnight_is_one_condition() -> None:
    night = {"start_dow": 6, "end_dow": 6, "start_time": "22:00:00", "end_time": "00:00:00"}
    assert over_midnight(night) == [days(EVENING, start_dow=6, end_dow=6)]


def test_what_the_pbx_holds_is_kept() -> None:
    other = {"start_dow": 1, "end_dow": 1}
    declared = {"conditions": [NIGHT, other]}
    assert split_nights(declared, {"conditions": [NIGHT]}) == declared
    split = split_nights(declared, {"conditions": [other]})
    # The places of conditions stay, since sentences name them.
    assert split == {"conditions": [days(EVENING), other, days(MORNING)]}


def interval(conditions: Any, name: str = "Night") -> dict[str, Any]:
    return {"extension": "101", "name": name, "timezone": "UTC", "conditions": conditions}


FRIDAY = {"start_dow": "fri", "end_dow": "Friday", "start_time": "22:00", "end_time": "06:00"}
SPLIT = [days(EVENING, start_dow=6, end_dow=6), days(MORNING, start_dow=7, end_dow=7)]


def test_a_task_and_a_document_write_two_conditions(pbx: Emulator) -> None:
    done = call(pbx, "pbx_interval", interval([FRIDAY]))
    assert [step["body"]["conditions"] for step in done["plan"]] == [SPLIT]
    document = {"extensions": [{"number": "101", "intervals": [{**interval([FRIDAY]), "extension": None}]}]}
    document["extensions"][0]["intervals"][0].pop("extension")
    for module, args in (("pbx_interval", interval([FRIDAY])), ("pbx_tenant", document)):
        again = call(pbx, module, args)
        assert (again.get("msg"), again["changed"]) == (None, False)


def test_a_night_that_people_have_entered_by_hand_is_kept_with_a_warning(pbx: Emulator) -> None:
    held = {"start_dow": 6, "end_dow": 6, "start_time": "22:00:00", "end_time": "06:00:00"}
    pbx.insert("interval", pbx.extension_id("101"), name="Night", timezone="UTC", conditions=[held])
    kept = call(pbx, "pbx_interval", interval([FRIDAY]))
    assert (kept.get("msg"), kept["changed"]) == (None, False)
    assert ["it is so on the PBX, and stays" in one for one in kept["warnings"]] == [True]
    other = {"start_dow": "sun", "end_dow": "sun"}
    more = call(pbx, "pbx_interval", interval([FRIDAY, other]), check=True)
    assert [step["body"]["conditions"] for step in more["plan"]] == [[held, {"start_dow": 1, "end_dow": 1}]]


def test_a_document_without_a_pbx_is_taken_literally_wherever_calls_are_followed(pbx: Emulator) -> None:
    conditions = [{"start_time": "22:00", "end_time": "06:00"}]
    night = {"name": "Night", "timezone": "UTC", "conditions": conditions}
    rule = {"type": "transfer", "transfer_dst": "102", "interval": "Night"}
    document = {"extensions": [
        {"number": "101", "type": "phone", "intervals": [night], "incom_rules": [rule]},
        {"number": "102", "type": "phone"},
    ]}  # fmt: skip
    checked = call(pbx, "pbx_flow_check", {"offline": True, **document})
    assert "T03" in [finding["check"] for finding in checked["findings"]]
    split = {**night, "conditions": [days(EVENING), days(MORNING)]}
    after = {"extensions": [{**document["extensions"][0], "intervals": [split]}, document["extensions"][1]]}
    changed = call(pbx, "pbx_flow_impact", {"before": document, "after": after, "numbers": ["101"]})
    assert changed["impact"] != []
    same = call(pbx, "pbx_flow_impact", {"before": document, "after": document, "numbers": ["101"]})
    assert same["impact"] == []
