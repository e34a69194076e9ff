# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ``--diff`` of each kind of change: only the fields that change, with names for ids and no secret.

A reference that is only cleared stays an id: its name would cost a request.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cases.inprocess import HIDDEN, call
from tests.emulator.server import Emulator

Args = dict[str, Any]

ANNA = {"extension": "101", "name": "Anna", "agent_sound": "Welcome", "wrap_up_time": 10}
HANGUP = {"extension": "101", "event_type": "hangup", "method": "GET"}
MENU = {"extension": "300", "name": "main"}
OPTION = {"extension": "300", "ivr_context": "main", "digits": "1"}
PLAY = {"name": "greet", "action": "play_sound", "sound": "Welcome"}
LEAVE = {"action": "voicemail"}


@dataclass(frozen=True)
class Change:
    """The objects of a PBX, the call that changes them, and the one difference: the title, the old and the new text."""

    name: str
    has: tuple[tuple[str, Args], ...]
    module: str
    args: Args
    title: str
    before: str
    after: str


CHANGES = (
    Change(
        "create",
        (),
        "pbx_agent",
        ANNA,
        'extension "101" > agent "Anna"',
        "",
        "name: Anna\nagent_sound: Welcome\nwrap_up_time: 10\n",
    ),
    Change(
        "update",
        (("pbx_agent", ANNA),),
        "pbx_agent",
        {"extension": "101", "name": "Anna", "agent_sound": "Menu", "wrap_up_time": 10},
        'extension "101" > agent "101/Anna"',
        "agent_sound: Welcome\n",
        "agent_sound: Menu\n",
    ),
    Change(
        "clear",
        (("pbx_agent", ANNA),),
        "pbx_agent",
        {"extension": "101", "name": "Anna", "unset": ["agent_sound"]},
        'extension "101" > agent "101/Anna"',
        "agent_sound: id 3001\n",
        "",
    ),
    Change(
        "delete",
        (("pbx_extension", {"number": "150", "type": "phone", "label": ""}),),
        "pbx_extension",
        {"number": "150", "state": "absent"},
        'extension "150"',
        'number: "150"\ntype: phone\nstatus: active\nani_rfc3325: false\n',
        "",
    ),
    Change(
        "delete all",
        tuple(("pbx_event", {**HANGUP, "url": f"https://crm.invalid/{name}"}) for name in "ab"),
        "pbx_event",
        {"extension": "101", "all": True, "state": "absent"},
        'extension "101" > all events',
        'events:\n  - "hangup https://crm.invalid/a"\n  - "hangup https://crm.invalid/b"\n',
        "",
    ),
    Change(
        "a secret",
        (),
        "pbx_phone",
        {"extension": "101", "password": "canary-4711"},
        'extension "101" > phone',
        "",
        f'password: "{HIDDEN} (changed)"\n',
    ),
    Change(
        "a secret that is not new",
        (("pbx_conference", {"extension": "500", "pin": "482911"}),),
        "pbx_conference",
        {"extension": "500", "pin": "482912"},
        'extension "500" > conference',
        f'pin: "{HIDDEN}"\n',
        f'pin: "{HIDDEN} (changed)"\n',
    ),
    Change(
        "a program",
        (("pbx_ivr_context", MENU), ("pbx_ivr_option", {**OPTION, "rules": [PLAY]})),
        "pbx_ivr_option",
        {**OPTION, "rules": [LEAVE, PLAY]},
        'extension "300" > IVR context "main" > IVR option "1"',
        "rules:\n  - {name: greet, action: play_sound, sound: Welcome}\n",
        "rules:\n  - {action: voicemail}\n  - {name: greet, action: play_sound, sound: Welcome}\n",
    ),
    Change(
        "an order",
        tuple(("pbx_incom_rule", {"extension": "102", "name": name, "type": "busy"}) for name in ("day", "night")),
        "pbx_incom_rule_order",
        {"extension": "102", "rules": ["night"]},
        'extension "102" > order of incoming rules',
        "rules:\n  - day\n  - night\n",
        "rules:\n  - night\n  - day\n",
    ),
    Change(
        "a program that says less than is there",
        (("pbx_ivr_context", MENU), ("pbx_ivr_option", {**OPTION, "rules": [{**PLAY, "sound_type": "background"}]})),
        "pbx_ivr_option",
        {**OPTION, "rules": [LEAVE, PLAY]},
        'extension "300" > IVR context "main" > IVR option "1"',
        "rules:\n  - {name: greet, action: play_sound, sound: Welcome, sound_type: background}\n",
        "rules:\n  - {action: voicemail}\n"
        "  - {name: greet, action: play_sound, sound: Welcome, sound_type: background}\n",
    ),
)


@pytest.mark.parametrize("check", [False, True], ids=["real", "check"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_a_diff_tells_the_change_and_nothing_else(pbx: Emulator, change: Change, check: bool) -> None:
    for module, args in change.has:
        made = call(pbx, module, args)
        assert not made.get("failed"), made["msg"]
    result = call(pbx, change.module, change.args, check=check)
    title, before, after = change.title, change.before, change.after
    assert result["diff"] == [{"before_header": title, "after_header": title, "before": before, "after": after}]


def test_conditions_are_told_in_words_that_lose_nothing(pbx: Emulator) -> None:
    week = {"start_dow": "mon", "end_dow": "fri", "start_time": "08:00", "end_time": "18:00"}
    night = {"start_dow": "sat", "end_dow": "sat", "start_time": "22:00", "end_time": "02:00"}
    interval = {"name": "Hours", "timezone": "UTC", "conditions": [week]}
    call(pbx, "pbx_tenant_interval", interval)
    [diff] = call(pbx, "pbx_tenant_interval", {**interval, "conditions": [week, night]}, check=True)["diff"]
    assert diff["before"].splitlines() == ["conditions:", '  - "Monday to Friday 08:00 to 18:00"']
    assert diff["after"].splitlines()[1:] == [
        '  - "Monday to Friday 08:00 to 18:00"',
        '  - "Saturday 22:00 to 23:59:59"',
        '  - "Sunday 00:00 to 02:00"',
    ]


def test_an_export_tells_conditions_in_words_too(pbx: Emulator, tmp_path: Path) -> None:
    days = {"start_dow": "sat", "end_dow": "sun"}
    call(pbx, "pbx_tenant_interval", {"name": "Weekend", "timezone": "UTC", "conditions": [days]})
    call(pbx, "pbx_tenant_info", {"path": str(tmp_path)})
    assert "# when: Saturday to Sunday" in (tmp_path / "pbx_intervals.yml").read_text(encoding="utf-8")
