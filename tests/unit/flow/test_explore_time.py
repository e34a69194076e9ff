# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a call is another one: changes of intervals, and pieces of time that agree with calls at every second."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget, BudgetReached
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.conditions import condition
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore import (
    changes,
    common,
    day_classes,
    pieces,
    spans,
)
from ansible_collections.telops.pbx.plugins.module_utils._flow.schedule import Schedule
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._flow.zone import DAY, zone
from tests.unit.flow.calling import ended, instant, menu, phone, plan
from tests.unit.flow.exploring import EXAMPLES, call_of, drawn

HOURS = {"start_time": "09:00:00", "end_time": "18:00:00"}
OPEN = [{"name": "Open", "timezone": "Europe/Berlin", "conditions": [HOURS]}]
# A day in Berlin, the conditions, the assumptions, and the times of changes, in UTC.
EDGES = [
    ("an end is part of it", "2026-11-24", [HOURS], {}, "24 08:00:00, 24 17:00:01"),
    ("or is not", "2026-11-24", [HOURS], {"interval_end": "exclusive"}, "24 08:00:00, 24 17:00:00"),
    ("two that follow one another", "2026-11-24",
     [{"start_time": "09:00", "end_time": "12:00"}, {"start_time": "12:00:01", "end_time": "13:00"}], {},
     "24 08:00:00, 24 12:00:01"),
    ("a weekday begins and ends at midnight", "2026-11-24", [{"start_dow": 4, "end_dow": 4}], {}, "24 23:00:00"),
    ("the whole day", "2026-11-24", [{"start_time": "00:00:00", "end_time": "23:59:59"}], {}, ""),
    ("a gap of a second", "2026-11-24", [{"start_time": "00:00:00", "end_time": "23:59:59"}],
     {"interval_end": "exclusive"}, "24 22:59:59, 24 23:00:00"),
    ("an hour that is there twice", "2026-10-25", [{"start_time": "02:15:00", "end_time": "02:29:59"}], {},
     "25 00:15:00, 25 00:30:00, 25 01:15:00, 25 01:30:00"),
    ("both of them as one", "2026-10-25", [{"start_time": "02:00:00", "end_time": "02:59:59"}], {},
     "25 00:00:00, 25 02:00:00"),
    ("an end within the doubled hour", "2026-10-25", [{"start_time": "01:00:00", "end_time": "02:29:59"}], {},
     "24 23:00:00, 25 00:30:00, 25 01:00:00, 25 01:30:00"),
    ("an hour that is not there", "2026-03-29", [{"start_time": "02:00:00", "end_time": "02:59:59"}], {}, ""),
    ("an end that is not there", "2026-03-29", [{"start_time": "01:00:00", "end_time": "02:29:59"}], {},
     "29 00:00:00, 29 01:00:00"),
    ("a date in both folds", "2026-10-25",
     [{"start_datetime": "2026-10-25 02:30:00", "end_datetime": "2026-10-25 12:00:00"}], {},
     "25 00:30:00, 25 01:00:00, 25 01:30:00, 25 11:00:01"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "day", "conditions", "assume", "expected"), EDGES)
def test_an_interval_changes(
    what: str, day: str, conditions: list[dict[str, Any]], assume: dict[str, Any], expected: str
) -> None:
    """From the second after midnight to the next midnight."""
    schedule = Schedule(zone("Europe/Berlin"), [condition(one) for one in conditions], "")
    begin = instant(f"{day} 00:00")
    found = changes(schedule, Assumptions.of(assume).reading, begin, instant(f"{day} 23:59:59") + 2)
    assert ", ".join(f"{datetime.fromtimestamp(one, UTC):%d %H:%M:%S}" for one in found) == expected, what


def day_in_berlin(known: Any, call: Call, begin: str, end: str, **assume: Any) -> list[tuple[str, str]]:
    """The pieces of a day in Berlin: when each begins, and how its calls end."""
    start = instant(begin)
    found = pieces(known, call, World(), Assumptions.of(assume), start, instant(end))
    return [(f"{datetime.fromtimestamp(one, UTC):%H:%M:%S}", ended(answer)) for one, dummy, answer in found]


def test_ringing_moves_the_edge() -> None:
    """The first rule rings 102 for 20 s, who does not answer; only then the hours are asked."""
    ring = {"type": "transfer", "transfer_dst": "102", "transfer_timeout": 20, "final": False}
    rules = [ring, {"type": "busy", "interval": "Open"}, {"type": "hangup"}]
    known = plan({"intervals": OPEN, "extensions": [phone("101", *rules), phone("102", hangup_timeout=60)]})
    silent = World.of({"phones": {"102": {"does": "no_answer"}}})
    begin, end = instant("2026-11-24 00:00"), instant("2026-11-25 00:00")
    found = [
        (one, ended(answer)) for one, dummy, answer in pieces(known, Call("101"), silent, Assumptions(), begin, end)
    ]
    assert found == [
        (begin, "hangup no_answer @20000"),
        (instant("2026-11-24 08:59:40"), "hangup busy @20000"),
        (instant("2026-11-24 17:59:41"), "hangup no_answer @20000"),
    ]
    at_once = [
        one
        for one, *dummy in pieces(
            known, Call("101"), silent, Assumptions.of({"interval_clock": "call_start"}), begin, end
        )
    ]
    assert at_once == [begin, instant("2026-11-24 09:00:00"), instant("2026-11-24 18:00:01")]


def test_what_a_caller_would_meet_after_he_has_left_makes_no_piece() -> None:
    round_and_round = {"main": {"start": [{"action": "play_sound", "sound": "Hello", "interval": "Open"}],
                                "timeout": [{"action": "jump_to_context", "context": "main"}]}}  # fmt: skip
    known = plan({"intervals": OPEN, "extensions": [menu("300", round_and_round)]})
    found = day_in_berlin(known, Call("300", hang_up_after=12_000), "2026-11-24 08:00", "2026-11-24 12:00")
    # The hours are asked at 0, 5 and 10 s where nothing is played, and at 0, and 10 s where it is.
    assert [one for one, dummy in found] == ["07:00:00", "07:59:50", "07:59:55", "08:00:00"]
    assert {end for dummy, end in found} == {"abandoned menu @12000"}


def test_a_budget_is_never_used_up_in_silence() -> None:
    known = plan({"intervals": OPEN, "extensions": [phone("101", {"type": "busy", "interval": "Open"})]})
    begin = instant("2026-11-24 00:00")
    found = pieces(known, Call("101"), World(), Assumptions(), begin, begin + 9 * DAY, Budget(4))
    met = [next(found) for dummy in range(4)]
    assert met[-1][1] == instant("2026-11-25 18:00:01")
    with pytest.raises(
        BudgetReached, match="not all times of calls to 101 were tried: the budget of 4 simulated calls"
    ):
        next(found)


def test_two_plans_over_common_pieces() -> None:
    answers = [(0, 10, "a"), (10, 30, "b")], [(0, 5, "c"), (5, 10, "d"), (10, 30, "e")]
    found = list(common(iter(answers[0]), iter(answers[1])))  # type: ignore[arg-type]
    assert found == [(0, 5, "a", "c"), (5, 10, "a", "d"), (10, 30, "b", "e")]


def test_days_that_are_alike() -> None:
    """In UTC, summer hours begin earlier. For an hour that a clock change touches, both days stand alone."""
    read = Assumptions().reading
    weekdays = Schedule(zone("Europe/Berlin"), [condition({**HOURS, "start_dow": 2, "end_dow": 6})], "")
    night = Schedule(zone("Europe/Berlin"), [condition({"start_time": "02:15:00", "end_time": "02:29:59"})], "")
    begin = instant("2026-11-24 10:00")
    # 52 weekends; 31 weeks of summer.
    assert sorted(map(len, day_classes([weekdays], read, begin, 365))) == [104, 106, 155]
    assert sorted(map(len, day_classes([night], read, begin, 365))) == [1, 1, 147, 216]
    assert len(day_classes([weekdays, night], read, begin, 365)) == 6


def test_times_that_are_worth_to_be_tried() -> None:
    dates = {"start_datetime": "2027-02-01 12:00:00", "end_datetime": "2027-02-20 12:00:00"}
    holiday = {"month": 12, "start_mday": 24, "end_mday": 26}
    conditions = [dates, holiday, HOURS]
    intervals = [{"name": "Open", "timezone": "Europe/Berlin", "conditions": conditions}]
    known = plan({"intervals": intervals, "extensions": [phone("101", {"type": "busy", "interval": "Open"})]})
    begin = instant("2026-11-24 10:00")
    days = [[f"{datetime.fromtimestamp(one, UTC):%m-%d}" for one in span] for span in spans(known, begin)]
    assert days == [
        ["11-24", "12-08"],
        ["12-23", "12-28"],
        ["01-31", "02-03"],
        ["02-19", "02-22"],
        ["03-27", "03-30"],
        ["10-30", "11-02"],
    ]


def same(one: Answer, other: Answer) -> bool:
    return one.outcome == other.outcome and one.trace == other.trace


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_pieces_agree_with_calls_at_every_second(seed: int) -> None:
    """Every quarter of an hour over two weeks in which clocks change, and each second around each edge."""
    draw, known, world, assume = drawn(seed)
    begin = instant("2026-10-20 00:00")
    end = begin + 14 * DAY
    call = call_of(draw)
    while (found := list(pieces(known, call, world, assume, begin, end))) and len(found) < 3 and draw.maybe(0.97):
        call = call_of(draw)
    assert [one for one, *dummy in found[1:]] == [last for dummy, last, dummy_answer in found[:-1]]
    assert (found[0][0], found[-1][1]) == (begin, end)
    places = iter(found)
    first, last, answer = next(places)
    around = {edge + near for edge, *dummy in found[:60] for near in (-2, -1, 0, 1)}
    tried = [at for at in sorted({*range(begin, end, 900), *around}) if begin <= at < end]
    for at in tried:
        while at >= last:
            first, last, answer = next(places)
        met = simulate(known, _at(call, at), world, assume)
        assert same(met, answer), f"tenant {seed}, {call}: at {at}, in the piece from {first}"


def _at(call: Call, at: int) -> Call:
    return Call(call.to, call.caller, at, call.press, call.impatient, call.hang_up_after, call.agent_hangs_up)
