# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where classes of faults begin and end: cases next to each other, of which one is a fault and the other is not."""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.catalogue import CHECKS
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.interval_uses import judged
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.judge import judge
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.times import always, never
from tests.unit.flow.test_checks import subject

Thing = dict[str, Any]

# PBX_TEST_EXAMPLES=700 tries more intervals.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "40"))

LEAP = {"month": 2, "start_mday": 29, "end_mday": 29}
DECEMBER = {"start_datetime": "2026-12-01 00:00:00", "end_datetime": "2026-12-31 23:59:59"}
# Every other day from one day on, and every other day from the day after it on.
EVEN, ODD = ({"sched_start_date": day, "sched_active_days": 1, "sched_skip_days": 1} for day in
             ("2026-11-01", "2026-11-02"))  # fmt: skip


def _times(start: str, end: str, **more: Any) -> Thing:
    return {"start_time": start, "end_time": end, **more}


def _until(day: str) -> Thing:
    return {"start_datetime": f"{day} 00:00:00", "end_datetime": f"{day} 23:59:59"}


def _found(code: str, document: Thing) -> bool:
    report = judge(subject(document), checks=[CHECKS[code]])
    assert report.incomplete == ()
    return bool(report.findings)


@pytest.mark.parametrize(
    ("code", "conditions", "found"),
    [
        ("T01", [], True),
        ("T01", [LEAP], False),
        ("T01", [{**LEAP, "start_dow": 3, "end_dow": 3}], False),
        ("T01", [{"month": 2, "start_mday": 30, "end_mday": 30}], True),
        ("T01", [_until("2026-11-23")], True),
        ("T01", [_until("2026-11-25")], False),
        ("T01", [_until("2036-11-25")], False),
        ("T01", [{"start_datetime": "2027-03-28 02:10:00", "end_datetime": "2027-03-28 02:50:00"}], True),
        ("T01", [{"sched_start_date": "2031-01-01", "sched_active_days": 1, "sched_skip_days": 900}], False),
        ("T02", [{}], True),
        ("T02", [EVEN, ODD], True),
        ("T02", [EVEN], False),
        ("T02", [{"start_dow": 2, "end_dow": 7}, {"start_dow": 1, "end_dow": 1}], True),
        ("T02", [{"month": month} for month in range(1, 13)], True),
        ("T02", [{"start_mday": 1, "end_mday": 28}, {"start_mday": 30, "end_mday": 31}], False),
        ("T02", [_times("00:00:00", "12:00:00"), _times("12:00:01", "24:00:00")], True),
        ("T02", [_until("2026-11-24") | {"end_datetime": "2036-01-01 00:00:00"}], False),
        ("T03", [{"start_mday": 28, "end_mday": 3}], True),
        ("T03", [{"start_dow": 6, "end_dow": 2}], False),
        ("T03", [_times("22:00:00", "06:00:00"), {}], False),
        ("T06", [_times("02:00:00", "02:59:59", start_dow=2, end_dow=6)], False),
        ("T06", [_times("01:59:00", "02:30:00")], False),
        ("T06", [{"start_datetime": "2027-03-28 02:10:00", "end_datetime": "2027-03-28 02:50:00"}], True),
        ("T07", [_times("01:00:00", "05:00:00")], False),
        ("T07", [_times("02:30:00", "05:00:00")], True),
        ("T07", [_times("02:00:00", "02:59:59")], True),
        ("T08", [_times("08:00:00", "11:59:58"), _times("12:00:00", "18:00:00")], True),
        ("T08", [_times("08:00:00", "11:59:59"), _times("12:00:00", "18:00:00")], False),
        ("T09", [_until("2027-02-21")], True),
        ("T09", [_until("2027-02-22")], False),
        ("T09", [_until("2026-12-24"), {"month": 12, "start_mday": 24, "end_mday": 24}], False),
        ("T11", [{"start_dow": 1, "end_dow": 7}], False),
        ("T11", [{"start_dow": 1, "end_dow": 6}], True),
        ("T12", [{"month": 4, "start_mday": 1, "end_mday": 31}], False),
        ("T12", [{"month": 4, "start_mday": 24, "end_mday": 31}], True),
        ("T13", [{**DECEMBER, "month": 12}], False),
        ("T13", [{**DECEMBER, "month": 11}], True),
        ("T14", [{"sched_start_date": "2026-11-24", "sched_active_days": 1, "sched_skip_days": 1}], False),
    ],
)  # fmt: skip
def test_intervals(code: str, conditions: list[Thing], found: bool) -> None:
    phone = {"number": "101", "type": "phone", "incom_rules": [{"type": "voicemail", "interval": "It"}]}
    interval = {"name": "It", "timezone": "Europe/Berlin", "conditions": conditions}
    assert _found(code, {"intervals": [interval], "extensions": [phone]}) == found


def test_never_and_always_agree_with_samples() -> None:
    """Every three hours of two years, of intervals by chance."""
    random = Random(7)  # noqa: S311 - a test wants the same choices again
    said = set()
    for dummy in range(EXAMPLES):
        conditions = [_condition(random) for dummy2 in range(random.randint(1, 5))]
        interval = {"name": "It", "timezone": random.choice(["Europe/Berlin", "UTC"]), "conditions": conditions}
        one = subject({"intervals": [interval], "extensions": []})
        [found] = judged(one)
        read = one.assume.reading
        samples = {found.schedule.active(one.now + hours * 3600, read) for hours in range(0, 2 * 365 * 24, 3)}
        answers = (never(found.schedule, read, one.now), always(found.schedule, read, one.now))
        assert answers == (samples == {False}, samples == {True}), conditions
        said.add(answers)
    assert len(said) == 3


def _condition(random: Random) -> Thing:
    found: Thing = {}
    parts: list[list[Thing]] = [
        [{"month": random.randint(1, 12)}],
        [{"start_mday": random.randint(1, 31), "end_mday": random.randint(1, 31)}],
        [{"start_dow": random.randint(1, 7), "end_dow": random.randint(1, 7)}],
        [_times("00:00:00", "23:59:59"), _times("08:00:00", "18:00:00"), _times("22:00:00", "06:00:00")],
        [EVEN, ODD, {"sched_start_date": "2027-05-05", "sched_active_days": 2, "sched_skip_days": 5}],
    ]
    for part in parts:
        if random.random() < 0.3:
            found |= random.choice(part)
    return found


@pytest.mark.parametrize(
    ("code", "pattern", "found"),
    [
        ("C01", "^+49", True),
        ("C01", "49(", True),
        ("C01", "(?R)", False),
        ("C02", r"\d", False),
        ("C02", "^$", True),
        ("C02", "(?!)", False),
        ("C03", "49|30", False),
        ("C03", "101", True),
        ("C04", "^101$", False),
        ("C04", "^0", False),
        ("C04", "49$", False),
        ("C04", r"^(\+|)7", False),
        ("C04", "^7", True),
    ],
)
def test_patterns(code: str, pattern: str, found: bool) -> None:
    rule = {"type": "voicemail", "caller_id_action": "matches", "caller_id": pattern}
    assert _found(code, {"extensions": [{"number": "101", "type": "phone", "incom_rules": [rule]}]}) == found


@pytest.mark.parametrize(
    ("code", "queue", "agents", "found"),
    [
        ("Q04", {"exit_key": "0"}, {}, False),
        ("Q04", {"exit_key": "0", "disable_answer": True}, {}, True),
        ("Q04", {"max_wait_time_with_no_agent": 30}, {}, False),
        ("Q05", {"max_wait_time": 50, "tier_rule_wait_second": 60}, {}, False),
        ("Q05", {"max_wait_time": 50, "tier_rule_wait_second": 25, "tier_rules_apply": True,
                 "tier_rule_wait_multiply_level": True}, {}, True),
        ("Q06", {"strategy": "random"}, {}, True),
        ("Q06", {"strategy": "random"}, {"no_answer_delay_time": 90}, False),
        ("Q06", {"max_wait_time": 25}, {}, False),
        ("Q07", {"exit_key": "00", "exit_transfer_dst": "103"}, {}, True),
        ("Q07", {"exit_key": "#", "exit_transfer_dst": "103"}, {}, False),
        ("Q07", {"exit_key": "#", "exit_transfer_dst": "103", "disable_answer": True}, {}, True),
        ("Q08", {"exit_with_no_av_agents": True, "no_agent_timeout_transfer_dst": "103"}, {}, False),
        ("Q08", {"no_agent_timeout_transfer_dst": "103"}, {}, True),
        ("Q08", {"agent_hangup_transfer_dst": "103", "agent_hangup_action": "quality_rate"}, {}, True),
        ("Q09", {"max_wait_time": 50, "timeout_transfer_dst": "103"}, {}, False),
        ("Q11", {"max_wait_time": 60, "strategy": "ring-all"}, {"call_timeout": 0}, False),
        ("Q11", {"max_wait_time": 60}, {"call_timeout": 0}, True),
        ("Q12", {"tier_rules_apply": True}, {}, False),
        ("Q13", {"sound_type": "ring", "sound": None}, {}, False),
        ("Q14", {"max_wait_time": 50, "timeout_transfer_dst": "103 101"}, {}, True),
    ],
)  # fmt: skip
def test_queues(code: str, queue: Thing, agents: Thing, found: bool) -> None:
    """A queue of two levels, with two agents in the first and one in the second; the first level rings for 20 s."""
    members = [{"agent": "101/A", "level": 1}, {"agent": "104/D", "level": 1}, {"agent": "102/B", "level": 2}]
    settings = {"sound_type": "music", "sound": "Hold", **queue}
    document = {
        "extensions": [
            *(
                {"number": number, "type": "phone", "phone": {"vm_enabled": False},
                 "agents": [{"name": name, "call_timeout": 20, **agents}], "incom_rules": []}
                for number, name in (("101", "A"), ("102", "B"), ("103", "C"), ("104", "D"))
            ),
            {"number": "200", "type": "queue", "queue": settings, "queue_agents": members, "incom_rules": []},
        ]
    }  # fmt: skip
    assert _found(code, document) == found


@pytest.mark.parametrize(
    ("code", "rules", "found"),
    [
        ("V04", [{"type": "cascade", "cascade_numbers": [{"delay": 0, "number": "101"}]}], False),
        ("V04", [{"type": "transfer", "transfer_dst": "102"}], True),
        ("V06", [{"type": "cascade", "cascade_numbers": [{"delay": 70, "number": "102"}]}], False),
        ("V07", [{"type": "transfer", "transfer_dst": "+491701234567"}], False),
        ("V07", [{"type": "transfer", "transfer_dst": "102 *8102"}], False),
        ("T04", [{"type": "voicemail", "interval": "Day"}, {"type": "voicemail", "interval": "Night"}], False),
        ("T05", [{"type": "voicemail", "interval": "Day"}, {"type": "hangup", "interval": "Dates"}], False),
        ("T05", [{"type": "voicemail", "interval": "Day"}, {"type": "hangup", "interval": "Night"}], True),
        ("T05", [{"type": "voicemail", "interval": "Day"}, {"type": "voicemail", "interval": "Night"}], False),
        ("T05", [{"type": "voicemail", "interval": "Day", "caller_id_action": "anonymous"},
                 {"type": "hangup", "interval": "Night", "caller_id_action": "matches", "caller_id": "^7"}], False),
        ("T05", [{"type": "voicemail", "interval": "Day"}, {"type": "hangup", "interval": "Night", "enabled": False}],
         False),
    ],
)  # fmt: skip
def test_rules_of_a_phone(code: str, rules: list[Thing], found: bool) -> None:
    document = {
        "intervals": [
            {"name": "Day", "timezone": "UTC", "conditions": [_times("08:00:00", "19:59:59")]},
            {"name": "Night", "timezone": "UTC", "conditions": [_times("18:00:00", "23:59:59")]},
            {"name": "Dates", "timezone": "UTC", "conditions": [DECEMBER]},
        ],
        "extensions": [
            {"number": "101", "type": "phone", "phone": {"vm_enabled": True}, "incom_rules": rules},
            {"number": "102", "type": "phone", "phone": {"vm_enabled": True}, "incom_rules": []},
        ],
    }
    assert _found(code, document) == found


SAY = {"action": "play_sound", "sound": "Menu"}
AGAIN = {"action": "jump_to_context", "context": "main"}
TRY = {"action": "transfer", "transfer_dst": "102", "final": False}
MESSAGE = {"action": "voicemail"}


@pytest.mark.parametrize(
    ("code", "one", "menu", "found"),
    [
        # Who is not answered listens in the same menu again, with or without a jump.
        ("L07", [TRY], {}, True),
        ("L07", [TRY, AGAIN], {}, True),
        ("L07", [TRY, MESSAGE], {}, False),
        ("L07", [TRY], {"lifetime": 90}, False),
        # A lifetime that callers outstay only by pressing keys is one all the same.
        ("R05", [MESSAGE], {"lifetime": 60, "lifetime_exp_transfer_dst": "109"}, True),
        ("L02", [MESSAGE], {"lifetime": 60, "lifetime_exp_transfer_dst": "300"}, True),
        ("R05", [MESSAGE], {"lifetime": 60, "lifetime_exp_transfer_dst": "102"}, False),
        # A menu that hangs up for another reason too, without a word.
        ("H01", [{**TRY, "final": True}], {}, True),
    ],
)
def test_rules_of_a_menu(code: str, one: list[Thing], menu: Thing, found: bool) -> None:
    options = {"start": [SAY], "1": one, "timeout": [], "invalid": [AGAIN]}
    document = {
        "extensions": [
            {"number": "102", "type": "phone", "phone": {"vm_enabled": False}, "incom_rules": []},
            {
                "number": "300",
                "type": "ivr",
                "incom_rules": [],
                "ivr": {
                    "entry_context": "main", "vm_enabled": True, "lifetime_exp_action": "transfer", **menu,
                    "contexts": [{"name": "main", "digit_len": 1, "options": [
                        {"digits": digits, "rules": rules} for digits, rules in options.items()]}],
                },
            },
        ]
    }  # fmt: skip
    assert _found(code, document) == found


BUSY, GONE = ({"type": "voicemail", "call_status": status} for status in ("busy", "no_answer"))
TO_102 = {"type": "transfer", "transfer_dst": "102"}


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        # Rules alike in conditions are duplicates, also where they have none.
        ([{"type": "voicemail"}, TO_102], {"U13"}),
        ([{"type": "voicemail"}, {**TO_102, "call_status": "busy"}], {"U01"}),
        # Together they take every call that the phone itself has not answered.
        ([BUSY, GONE, TO_102], {"U02"}),
        ([BUSY, TO_102], set()),
        ([GONE, {**TO_102, "final": False}, BUSY], set()),
    ],
)
def test_rules_behind_others(rules: list[Thing], codes: set[str]) -> None:
    document = {
        "extensions": [
            {"number": "101", "type": "phone", "phone": {"vm_enabled": True}, "incom_rules": rules},
            {"number": "102", "type": "phone", "phone": {"vm_enabled": False}, "incom_rules": []},
        ]
    }
    found = judge(subject(document), checks=[CHECKS[code] for code in ("U13", "U01", "U02", "U04", "U08", "U09")])
    assert {one.check.code for one in found.findings} == codes


def test_who_can_dial_some_extensions_comes_to_no_longer_ones() -> None:
    menu = {"entry_context": "main", "contexts": [{"name": "main", "digit_len": 3, "allow_any_dial": True}]}
    document = {
        "dids": [{"name": "7495001", "extension": "300"}],
        "extensions": [
            {"number": "300", "type": "ivr", "ivr": menu, "incom_rules": []},
            {"number": "400", "type": "fax", "incom_rules": []},
            {"number": "4000", "type": "fax", "incom_rules": []},
        ],
    }
    report = judge(subject(document), checks=[CHECKS["U11"]])
    assert [one.place for one in report.findings] == ['extensions[2] "4000"']


def test_one_list_alone_explains_a_class_away() -> None:
    """A queue that lets its callers go without a word has two faults, which are mended apart."""
    document = yaml.safe_load(CHECKS["Q09"].example)
    found = {one.check.code for one in judge(subject(document)).findings}
    assert {"Q09", "H01"} <= found


@pytest.mark.parametrize("code", sorted(CHECKS)[::8])
def test_of_a_part_of_a_document_nothing_else_is_found(code: str) -> None:
    document = yaml.safe_load(CHECKS[code].example)
    whole, part = (
        {(one.check.code, one.place) for one in judge(subject(document, complete)).findings}
        for complete in (True, False)
    )
    assert part <= whole


def test_addresses_with_a_user_are_found_also_in_webhooks_of_extensions() -> None:
    event = {"event_type": "hangup", "url": "https://bot:secret@example.com/x", "method": "POST"}
    document = {"extensions": [{"number": "101", "type": "phone", "events": [event], "incom_rules": []}]}
    report = judge(subject(document), checks=[CHECKS["S01"]])
    assert [one.message for one in report.findings] == ["the address of the webhook holds a user or a password"]
