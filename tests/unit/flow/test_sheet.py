# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who answers when: a call in each minute has the outcome that the sheet gives for it."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call, Press
from ansible_collections.telops.pbx.plugins.module_utils._flow.compile import call_plan
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.sheet import PATIENCE, Day, Row, Sheet, sheet
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.sheet_forms import columns, html, markdown
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.sheet_words import Ending, Telling
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.words import Names
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_worlds import NOBODY, world_of
from ansible_collections.telops.pbx.plugins.module_utils._flow.raw import InputProblem
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from tests.cases.mistakes import CLINIC
from tests.unit.flow.calling import menu, phone
from tests.unit.flow.chance import Chance, tenant
from tests.unit.flow.drawing import snapshot

TODAY = date(2026, 11, 24)
STEP = 307 if os.environ.get("PBX_TEST_EXAMPLES") else 6007
BERLIN = ZoneInfo("Europe/Berlin")
# A Tuesday, a Friday, a weekend, holidays, both changes of the clock.
DAYS = [TODAY + timedelta(days) for days in (0, 3, 4, 30, 38)] + [date(2027, 3, 28), date(2027, 10, 31)]


@pytest.fixture(scope="module")
def clinic() -> Sheet:
    return sheet(snapshot(CLINIC), TODAY)


def day_of(row: Row, day: date) -> Day:
    return next((found for first, last, found in row.others if first <= day <= last), row.week[day.weekday()])


def minutes(day: date) -> Iterator[tuple[int, int]]:
    """Moments of a local day, other ones of each hour: the instant, and the second of the day."""
    start = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    instant, end = int(start.timestamp()), int((start + timedelta(1)).timestamp())
    while instant < end:
        local = datetime.fromtimestamp(instant, BERLIN)
        yield instant, (local.hour * 60 + local.minute) * 60 + local.second
        instant += STEP


@pytest.mark.parametrize("seed", [None, 3])
def test_every_minute_is_what_a_call_comes_to(seed: int | None) -> None:
    document = CLINIC if seed is None else tenant(Chance(seed))
    state = snapshot(document)
    plan = call_plan(state)
    telling = Telling(plan, Names(state))
    found = sheet(state, TODAY, timezone="Europe/Berlin")
    assert found.rows
    for row in found.rows[:8]:
        press = (Press(row.key),) if row.key else ()
        for day in DAYS:
            pieces = day_of(row, day)
            for instant, second in minutes(day):
                told = {piece.ending for piece in pieces if piece.begin <= second < piece.end}
                call = Call(row.number, at=instant, press=press, hang_up_after=PATIENCE)
                fair, nobody = simulate(plan, call), simulate(plan, call, world_of(NOBODY, World()))
                # On the day of a clock change an hour has passed twice. Within a minute of an edge, either is right.
                near = any(abs(second - edge) < 75 for piece in pieces for edge in (piece.begin, piece.end))
                assert telling.ending(fair, nobody) in told or None in told or near, (row.number, row.key, day, second)


def test_the_clinic(clinic: Sheet) -> None:
    assert clinic.zone == "Europe/Berlin"
    assert [len(one) for one in columns(clinic)] == [4, 1, 2]
    first = clinic.rows[0]
    assert (first.number, first.leads, first.key) == ("74950000101", "300 Main menu", "")
    closed = Ending("voicemail of 300 Main menu", ("menu closed of 300 Main menu", "voicemail of 300 Main menu"))
    assert [(piece.begin // 60, piece.ending == closed) for piece in first.week[4]] == [
        (0, True),
        (480, False),
        (750, True),
    ]
    holidays = [(str(begin), str(end)) for begin, end, dummy in first.others]
    assert holidays[0] == ("2026-12-24", "2026-12-25")
    assert ("2027-03-29", "2027-03-29") in holidays
    keys = [row.key for row in clinic.rows if row.number == "74950000101"]
    assert keys == ["", "*", "0", "1", "2", "3", "9"]


def test_levels_and_queues_are_told(clinic: Sheet) -> None:
    billing = next(row for row in clinic.rows if row.key == "3").week[0][1].ending
    assert billing is not None
    assert billing.short == "queue 201 Billing questions"
    assert "queue 201 Billing questions, level 1: Dora (110); level 2 after 60 s: Clara (111)" in billing.steps


def test_moving_an_hour_moves_the_sheet(clinic: Sheet) -> None:
    document = copy.deepcopy(CLINIC)
    for one in document["extensions"]:
        for interval in one.get("intervals", ()):
            if interval["name"] == "Opening hours":
                interval["conditions"] = [{**interval["conditions"][0], "start_time": "09:00:00"}]
    moved = sheet(snapshot(document), TODAY)
    assert moved.rows[0].week[0][1].begin == 9 * 3600
    assert [len(one) for one in columns(moved)] == [5, 2]


def test_without_intervals_no_time_matters() -> None:
    found = sheet(snapshot({"extensions": [phone("101"), phone("102", vm_enabled=True)]}), TODAY)
    assert found.zone == ""
    assert [row.number for row in found.rows] == ["101", "102"]
    assert "| 101 | presses nothing | **A** 101 |  |" in markdown(found)
    assert "- **B** 102 rings, then voicemail of 102" in markdown(found)


def test_several_zones_need_one_to_write_in() -> None:
    document = {
        "intervals": [
            {"name": name, "timezone": name, "conditions": [{"start_dow": 2, "end_dow": 6}]}
            for name in ("Europe/Berlin", "Asia/Tokyo")
        ],
        "extensions": [
            phone("101", *({"type": "voicemail", "interval": name} for name in ("Europe/Berlin", "Asia/Tokyo")))
        ],
    }
    with pytest.raises(InputProblem, match="several time zones \\(Asia/Tokyo, Europe/Berlin\\)"):
        sheet(snapshot(document), TODAY)
    assert sheet(snapshot(document), TODAY, timezone="Asia/Tokyo").zone == "Asia/Tokyo"
    with pytest.raises(InputProblem, match="no time zone"):
        sheet(snapshot(document), TODAY, timezone="Mars")


def test_no_name_is_markup() -> None:
    label = "<b>|*x*`[a](b)"
    options = {"start": [{"action": "play_sound"}], "1": [{"action": "transfer", "transfer_dst": "101"}]}
    document = {"extensions": [{**phone("101"), "label": label}, {**menu("300", {"m": options}), "label": label}]}
    found = sheet(snapshot(document), TODAY)
    assert r"\<b\>\|\*x\*\`\[a\](b)" in markdown(found)
    assert all(line.replace(r"\|", "").count("|") == 5 for line in markdown(found).splitlines() if line.startswith("|"))
    page = "".join(html(found))
    assert "<b>|" not in page
    assert "&lt;b&gt;|*x*`[a](b)" in page
