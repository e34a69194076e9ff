# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls to the demo's clinic, as callers experience them."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.plan import CallPlan
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from tests.cases.mistakes import CLINIC
from tests.unit.flow.calling import ended, instant, plan

MAIN, WEBER = "74950000101", "74950000102"
MORNING, NIGHT = "2026-11-24 10:00", "2026-11-24 23:00"
HOOK = "https://crm.example.com/pbx/cancel"
OUT = {name: {"status": "logged_out"} for name in ("101/Anna", "102/Ben", "111/Clara", "110/Dora")}


@pytest.fixture(scope="module")
def clinic() -> CallPlan:
    return plan(CLINIC)


def called(clinic: CallPlan, to: str, at: str, world: dict[str, Any] | None = None, **call: Any) -> Answer:
    return simulate(clinic, Call.of({"to": to, "at": instant(at), **call}), World.of(world or {}))


def heard(answer: Answer) -> list[str]:
    return [event.details["title"] for event in answer.trace if event.event == "sound"]


def test_nothing_of_it_cannot_be_simulated(clinic: CallPlan) -> None:
    assert clinic.problems == {}


def test_one_key_and_silence_lead_to_the_appointments(clinic: CallPlan) -> None:
    # Welcome 5, Menu 5, keys 2, Menu 5, silence 6, then Anna's phone 5.
    assert ended(called(clinic, MAIN, MORNING, press=["1"])) == "answered 101/Anna 200 @28000"


def test_new_years_eve(clinic: CallPlan) -> None:
    answer = called(clinic, MAIN, "2026-12-31 20:00")
    # Closed 5, Emergency 5, silence 8, greeting 5.
    assert ended(answer) == "voicemail 300 @23000"
    assert heard(answer) == ["Closed", "Emergency", "Voicemail greeting"]


@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-26", "2027-01-01", "2027-03-29"])
def test_nobody_reaches_the_queue_on_a_holiday(clinic: CallPlan, day: str) -> None:
    for keys in ([], ["1"], ["1", "1"], ["*", "1"]):
        answer = called(clinic, MAIN, f"{day} 10:00", press=keys)
        assert not [event for event in answer.trace if event.event == "queue"]


def test_a_doctor_who_does_not_answer_has_a_mailbox(clinic: CallPlan) -> None:
    assert ended(called(clinic, WEBER, MORNING, {"phones": {"103": {"does": "no_answer"}}})) == "voicemail 103 @35000"


def test_a_busy_doctors_callers_go_to_the_reception_in_opening_hours(clinic: CallPlan) -> None:
    busy = {"phones": {"103": {"does": "busy"}}}
    assert ended(called(clinic, "103", MORNING, busy)) == "answered 101 @5000"
    assert ended(called(clinic, "103", NIGHT, busy)) == "voicemail 103 @5000"
    assert ended(called(clinic, "103", "2026-12-24 10:00", busy)) == "voicemail 103 @5000"


def test_nobody_waits_on_the_sunday_of_the_clock_change(clinic: CallPlan) -> None:
    start = instant("2026-10-25 00:00")
    for quarter in range(100):
        answer = simulate(clinic, Call(MAIN, at=start + quarter * 900))
        assert not [event for event in answer.trace if event.event == "queue"]


def test_night_mode_as_switched_from_a_phone(clinic: CallPlan) -> None:
    answer = called(clinic, MAIN, NIGHT, {"codes": ["*91"]})
    assert [place.rsplit(" > ", 1)[-1] for place in answer.fired] == ['incom_rules[0] "Night mode"']
    # The phone on duty is screened.
    assert ended(answer) == "answered 112 @5000"


def test_a_supplier_is_known_by_his_number(clinic: CallPlan) -> None:
    assert ended(called(clinic, MAIN, MORNING, **{"from": {"number": "+4930555123"}})) == "answered 111 @5000"


def test_who_presses_nothing_is_helped_within_a_minute(clinic: CallPlan) -> None:
    # Welcome 5, Menu 5, silence 6, the reception 5.
    assert ended(called(clinic, MAIN, MORNING)) == "answered 101 @21000"


def test_without_agents_nobody_is_left_waiting(clinic: CallPlan) -> None:
    answer = called(clinic, MAIN, MORNING, {"agents": OUT}, press=["1", "1"])
    assert [event.details["ms"] for event in answer.trace if event.event == "leave"] == [0]
    assert answer.outcome.as_dict()["class"] == "voicemail"
    assert answer.outcome.extension == "200"


def test_the_second_level_helps_after_40_s_if_the_first_is_busy(clinic: CallPlan) -> None:
    busy = {"phones": {"101": {"does": "busy"}, "102": {"does": "busy"}}}
    assert ended(called(clinic, "200", MORNING, busy)) == "answered 111/Clara 200 @45000"


def test_and_if_it_merely_does_not_answer(clinic: CallPlan) -> None:
    """Who has not answered is not rung again before the second level has its turn."""
    silent = {"phones": {"101": {"does": "no_answer"}, "102": {"does": "no_answer"}}}
    assert ended(called(clinic, "200", MORNING, silent)) == "answered 111/Clara 200 @45000"


def test_the_webhook_decides_and_what_if_it_fails(clinic: CallPlan) -> None:
    keys = ["1", "2", "12345678"]
    jump = {"webhooks": {HOOK: [[{"jump": {"context": "day", "option": "start"}}]]}}
    answer = called(clinic, MAIN, MORNING, jump, press=keys)
    menus = [event.details["context"] for event in answer.trace if event.event == "menu"]
    assert menus == ["main", "day", "day", "appointments", "appointments", "day", "day", "day"]
    failed = called(clinic, MAIN, MORNING, {"webhooks": {HOOK: ["error"]}}, press=keys)
    assert failed.outcome.queue == "200"
