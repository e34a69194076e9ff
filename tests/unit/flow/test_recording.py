# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recorded call tests: they hold on the tenant that they were recorded from, and on nothing that behaves otherwise."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random
from typing import Any

import yaml

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call, Caller, Press
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.met import Met
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.moments import Clock
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.recording import record
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.subject import Subject
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.trying import try_tests
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_worlds import WORLDS, world_of
from ansible_collections.telops.pbx.plugins.module_utils._flow.raw import InputProblem
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from tests.cases.inprocess import call
from tests.cases.mistakes import CLINIC
from tests.emulator.server import Emulator
from tests.unit.flow.mutants import Mutants
from tests.unit.flow.trying import MASK, TODAY, report, subject

# PBX_TEST_EXAMPLES=500 takes the clinic of the demo, and 500 mutants: a minute.
MANY = int(os.environ.get("PBX_TEST_EXAMPLES", "0"))
OPEN = [{"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "17:00:00"}]
MENU = {
    "name": "main",
    "timeout": 4000,
    "digit_len": 1,
    "options": [
        {"digits": "start", "rules": [{"action": "play_sound", "sound": "Welcome"}]},
        {
            "digits": "1",
            "rules": [{"action": "transfer", "transfer_dst": "200", "final": False}, {"action": "voicemail"}],
        },
        {"digits": "2", "rules": [{"action": "transfer", "transfer_dst": "101", "transfer_timeout": 15}]},
        {"digits": "timeout", "rules": [{"action": "hangup"}]},
        {"digits": "invalid", "rules": [{"action": "jump_to_context", "context": "main", "context_option": "start"}]},
    ],
}
OFFICE: dict[str, Any] = {
    "intervals": [{"name": "Open", "timezone": "Europe/Berlin", "conditions": OPEN}],
    "extensions": [
        {
            "number": "101",
            "type": "phone",
            "phone": {"hangup_timeout": 20},
            "agents": [{"name": "Ann"}],
            "incom_rules": [],
        },
        {
            "number": "102",
            "type": "phone",
            "phone": {"hangup_timeout": 25, "vm_enabled": True},
            "agents": [{"name": "Bob", "call_timeout": 12}],
            "incom_rules": [
                {
                    "type": "transfer",
                    "transfer_dst": "101",
                    "transfer_timeout": 9,
                    "call_status": "busy",
                    "final": False,
                }
            ],
        },
        {
            "number": "200",
            "type": "queue",
            "queue": {"strategy": "top-down", "max_wait_time": 40, "timeout_transfer_dst": "102"},
            "queue_agents": [
                {"agent": "101/Ann", "level": 1, "position": 1},
                {"agent": "102/Bob", "level": 1, "position": 2},
            ],
            "incom_rules": [{"type": "transfer", "transfer_dst": "102", "transfer_timeout": 9, "interval": "Open"}],
        },
        {
            "number": "300",
            "type": "ivr",
            "ivr": {"entry_context": "main", "vm_enabled": True, "contexts": [MENU]},
            "incom_rules": [],
        },
    ],
    "dids": [{"name": "74950000101", "extension": "300"}],
}


def recorded(on: Subject) -> dict[str, Any]:
    recording = record(on, Clock(on.zone, TODAY), Assumptions(), Budget(500_000))
    assert (recording.incomplete, recording.unknown) == ("", ())
    # As it comes back from a file.
    tests: dict[str, Any] = yaml.safe_load(yaml.safe_dump(recording.tests))
    return tests


class Probes:
    """Calls by chance, which know nothing of the recorded ones."""

    def __init__(self, on: Subject, many: int) -> None:
        chance = Random(7)  # noqa: S311 - the same calls again
        keys = ["", "1", "2", "3", "9", "0", "*", *on.plan.extensions]
        callers = [Caller(), Caller("+4930555123"), Caller(anonymous=True)]
        self._calls = [
            Call(
                chance.choice([*on.plan.numbers.dids, *on.plan.extensions]),
                chance.choice(callers),
                1795478400 + chance.randrange(365 * 86400),
                tuple(Press(chance.choice(keys)) for dummy in range(chance.choice([0, 0, 1, 1, 2, 3]))),
                hang_up_after=300_000,
            )
            for dummy in range(many)
        ]
        self._worlds = [world_of(chance.choice(WORLDS[:-1]), World()) for dummy in self._calls]
        self._before = self._seen(on)

    def tell_apart(self, on: Subject) -> bool:
        return self._seen(on) != self._before

    def _seen(self, on: Subject) -> list[Any]:
        return [simulate(on.plan, one, world).experience for one, world in zip(self._calls, self._worlds, strict=True)]


def test_recorded_tests_hold_and_kill_what_behaves_otherwise() -> None:
    document = json.loads(json.dumps(CLINIC if MANY else OFFICE))
    on = subject(document)
    tests = recorded(on)
    assert report(tests, on).message == ""
    names = [test["name"] for test in tests["calls"]]
    assert len(set(names)) == len(names) > 10
    assert "74950000101, press 2, 101 does not answer: hangup no_answer" in names or MANY
    mutants, probes = Mutants(document, 1), Probes(on, 1500 if MANY else 150)
    wanted = MANY or 30
    killed = changed = 0
    while changed < wanted:
        other = subject(mutants.one())
        if probes.tell_apart(other):
            changed += 1
            killed += kills(tests, other)
    assert killed >= 0.95 * wanted, f"{killed} of {wanted}"


def kills(tests: dict[str, Any], other: Subject) -> bool:
    try:
        return bool(report(tests, other).failed)
    except InputProblem:
        return True


def test_coverage_names_what_no_test_has_met() -> None:
    on = subject(OFFICE)
    met = Met(on)
    one = [{"call": "200", "at": "2026-11-24 09:00", "phones": {"101": "no_answer"}}, {"call": "101"}]
    try_tests(one, on, TODAY, MASK, watch=met.see)
    begin, end = Clock(None, TODAY).year
    found = met.coverage(begin, end, Assumptions())
    assert found["queue_exits"]["missed"] == [
        'extensions[2] "200" > queue: answered',
        'extensions[2] "200" > queue: timeout',
    ]
    assert 'extensions[2] "200" > incom_rules[0]' not in found["rules"]["missed"]
    assert 'intervals[0] "Open": begins Tuesday 09:00:00' not in found["interval_edges"]["missed"]
    assert 'intervals[0] "Open": is over Tuesday 17:00:01' in found["interval_edges"]["missed"]
    assert (found["options"]["total"], found["options"]["met"]) == (5, 0)
    try_tests(recorded(on), on, TODAY, MASK, watch=met.see)
    assert [kind["missed"] for kind in met.coverage(begin, end, Assumptions()).values()] == [[], [], [], []]


def test_a_pin_is_not_written_down() -> None:
    room = {"number": "500", "type": "conference", "conference": {"pin": "48151623"}, "incom_rules": []}
    tests = recorded(subject({"extensions": [room], "dids": []}))
    assert {one["expect"]["hangup"] for one in tests["calls"]} == {"rejected_pin"}
    assert "48151623" not in str(tests)


def test_the_module_writes_them_down(pbx: Emulator, tmp_path: Path) -> None:
    path = tmp_path / "pbx_call_tests.yml"
    args = {**OFFICE, "offline": True, "today": "2026-11-24", "record": str(path)}
    assert (call(pbx, "pbx_call_test", args, check=True)["changed"], path.exists()) == (True, False)
    first = call(pbx, "pbx_call_test", args)
    assert (first["changed"], call(pbx, "pbx_call_test", args)["changed"]) == (True, False)
    tests = yaml.safe_load(path.read_text(encoding="utf-8"))["pbx_call_tests"]
    assert len(tests["calls"]) == first["recorded"]["tests"]
    again = {**OFFICE, "offline": True, "today": "2026-11-24", "tests": tests, "coverage": True}
    result = call(pbx, "pbx_call_test", again)
    assert not result.get("failed"), result["msg"]
    assert result["coverage"]["rules"]["missed"] == []
