# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants by chance in which callers meet nothing that is wrong: phones, queues, menus, and hours in a time zone."""

from __future__ import annotations

from random import Random
from typing import Any

Thing = dict[str, Any]

SOUNDS = ("Welcome", "Menu", "Closed", "Hold music", "Please wait")
ZONES = ("Europe/Berlin", "Europe/Lisbon", "America/New_York", "UTC")


def clean(seed: int) -> Thing:
    """A tenant without a finding of severity E or W."""
    return _Clean(seed).tenant()


class _Clean:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - a test wants the same choices again
        self._phones = [str(101 + index) for index in range(self._from(4, 9))]
        self._queues = [str(201 + index) for index in range(self._from(1, 3))]
        self._zone = self._one(*ZONES)

    def _one(self, *values: Any) -> Any:
        return self._random.choice(values)

    def _from(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def tenant(self) -> Thing:
        extensions = [self._phone(number) for number in self._phones]
        extensions += [self._queue(number) for number in self._queues]
        extensions.append(self._menu())
        extensions.append({"number": "401", "type": "fax", "fax": {"fax_mailto": "fax@example.com"}})
        extensions.append({"number": "501", "type": "conference", "conference": {"pin": "4711"}})
        dids = ["301", self._phones[0], self._queues[0], "401"]
        return {
            "sounds": [{"title": title, "file": f"{index}.wav"} for index, title in enumerate(SOUNDS)],
            "intervals": [self._hours(), self._holidays()],
            "dids": [{"name": f"7495000{number}", "extension": number} for number in dids],
            "extensions": extensions,
        }

    def _hours(self) -> Thing:
        opens, closes = self._from(7, 9), self._from(16, 20)
        conditions = [{"start_dow": 2, "end_dow": 6, "start_time": f"{opens:02}:00:00", "end_time": f"{closes}:59:59"}]
        if self._one(True, False):
            conditions.append({"start_dow": 7, "end_dow": 7, "start_time": "10:00:00", "end_time": "13:59:59"})
        return {"name": "Hours", "timezone": self._zone, "conditions": conditions}

    def _holidays(self) -> Thing:
        conditions: list[Thing] = [{"month": 12, "start_mday": 24, "end_mday": 26}]
        if self._one(True, False):
            conditions.append({"month": 1, "start_mday": 1, "end_mday": 1})
        return {"name": "Holidays", "timezone": self._zone, "conditions": conditions}

    def _phone(self, number: str) -> Thing:
        phone = {"hangup_timeout": self._from(10, 30), "vm_enabled": True, "vm_mailto": f"{number}@example.com"}
        rules: list[Thing] = []
        if self._one(True, False):
            other = self._one(*(one for one in self._phones if one != number))
            rules = [
                {"type": "voicemail", "interval": "Holidays"},
                {"type": "simple_transfer", "transfer_dst": other, "transfer_timeout": 20, "call_status": "no_answer",
                 "final": False},
                {"type": "voicemail"},
            ]  # fmt: skip
        return {
            "number": number,
            "type": "phone",
            "phone": phone,
            "agents": [{"name": "Agent", "call_timeout": self._from(10, 20)}],
            "incom_rules": rules,
        }

    def _queue(self, number: str) -> Thing:
        queue: Thing = {
            "strategy": self._one("round-robin", "top-down", "ring-all", "longest-idle-agent"),
            "sound_type": "music",
            "sound": "Hold music",
            "max_wait_time": self._from(60, 300),
            "vm_enabled": True,
            "vm_mailto": f"{number}@example.com",
        }
        if self._one(True, False):
            queue |= {"exit_key": "0", "exit_transfer_dst": self._one(*self._phones)}
        if self._one(True, False):
            queue["start_sound"] = "Please wait"
        if self._one(True, False):
            queue |= {"exit_with_no_av_agents": True, "no_agent_timeout_transfer_dst": self._one(*self._phones)}
        members = self._random.sample(self._phones, self._from(2, 4))
        listed = [{"agent": f"{one}/Agent", "level": 1, "position": index + 1} for index, one in enumerate(members)]
        return {"number": number, "type": "queue", "queue": queue, "queue_agents": listed, "incom_rules": []}

    def _menu(self) -> Thing:
        options: Thing = {
            "start": [_play("Welcome"), _play("Menu")],
            "1": [self._to(self._queues[0], final=True)],
            "2": self._called(self._one(*self._phones)),
            "3": [_jump("more")],
            "timeout": self._called(self._one(*self._phones)),
            "invalid": [_jump("open")],
        }
        if len(self._queues) > 1:
            options["4"] = [self._to(self._queues[1], final=True)]
        if len(self._queues) > 2:
            options["5"] = [self._to(self._queues[2], final=True)]
        more: Thing = {
            "start": [_play("Menu")],
            "1": self._called(self._one(*self._phones)),
            "2": [self._to("501", final=True)],
            "3": self._called(" ".join(self._random.sample(self._phones, 2)), action="simple_transfer"),
            "9": [_jump("open")],
            "timeout": [{"action": "voicemail"}],
            "invalid": [_jump("more")],
        }
        closed = {
            "start": [_play("Closed")],
            "timeout": [{"action": "voicemail"}],
            "invalid": [{"action": "voicemail"}],
        }
        clock = {
            "start": [
                {**_jump("closed"), "interval": "Holidays"},
                {**_jump("open"), "interval": "Hours"},
                _jump("closed"),
            ],
            "timeout": [{"action": "voicemail"}],
            "invalid": [{"action": "voicemail"}],
        }
        contexts = {"clock": clock, "open": options, "more": more, "closed": closed}
        ivr = {
            "entry_context": "clock",
            "vm_enabled": True,
            "vm_mailto": "desk@example.com",
            "contexts": [
                {
                    "name": name,
                    "digit_len": 1,
                    "timeout": self._from(4, 8) * 1000,
                    "options": [{"digits": digits, "rules": rules} for digits, rules in found.items()],
                }
                for name, found in contexts.items()
            ],
        }
        return {"number": "301", "type": "ivr", "ivr": ivr, "incom_rules": []}

    def _called(self, number: str, action: str = "transfer") -> list[Thing]:
        return [{**self._to(number), "action": action}, {"action": "voicemail"}]

    @staticmethod
    def _to(number: str, final: bool = False) -> Thing:
        return {"action": "transfer", "transfer_dst": number, "transfer_timeout": 90, "final": final}


def _play(sound: str) -> Thing:
    return {"action": "play_sound", "sound": sound}


def _jump(context: str) -> Thing:
    return {"action": "jump_to_context", "context": context, "context_option": "start"}
