# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants by chance that hold something of everything, and large changes of them, for long runs and for undo.

They fit a tenant of the seed ``new``, and each document says all of its tenant, so that it goes with ``PURGE``.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from random import Random
from typing import Any

from tests.cases.files import GOODBYE, HELLO
from tests.emulator.seed import DIDS, SOUNDS

Thing = dict[str, Any]

PURGE = [
    "agents", "contexts", "dial_rules", "events", "extension_groups", "extensions", "intervals", "mail_notifications",
    "options", "queue_agents", "sounds",
]  # fmt: skip
# No guard refuses a change here, since each one is intended.
FREE: Thing = {"purge": PURGE, "max_delete_share": 100, "live_traffic": "allow"}
PHONES = [str(101 + index) for index in range(8)]
QUEUES = ["201", "202"]
MENUS = ["301", "302"]
DIAL_RULES = [[{"match_exp": "^00", "repl_exp": "+"}], [{"match_exp": "^9([0-9]{7})$", "repl_exp": "8812\\1"}]]
DIAL_RULE_NAMES = ["^00 -> +", "^9([0-9]{7})$ -> 8812\\1"]
# Those of the seed without the last ones, and two of the tenant's own.
TITLES = [*SOUNDS[:5], "Summer", "Winter"]


class Changes:
    """Draws from a seed. phones: how many a tenant may have."""

    def __init__(self, seed: int, phones: int = len(PHONES)) -> None:
        self._most = phones
        self.random = Random(seed)  # noqa: S311 - a test wants the same choices again

    def one(self, *values: Any) -> Any:
        return self.random.choice(values)

    def some(self, values: Sequence[Any], least: int = 0) -> list[Any]:
        """Some of the values, in their order."""
        count = self.random.randint(least, len(values))
        chosen = set(self.random.sample(range(len(values)), count))
        return [value for index, value in enumerate(values) if index in chosen]

    def tenant(self) -> Thing:
        phones = self.some(PHONES[: self._most], min(3, self._most))
        numbers = [*phones, *self.some(QUEUES, 1), *self.some(MENUS, 1), *self.some(["401", "501"])]
        groups = self.some(["Sales", "Service"])
        hours = self.some(["Hours", "Holidays"], 1)
        rules = self.some(range(2))
        titles = self.some(TITLES, 4)
        self._titles, self._numbers, self._phones, self._hours = titles, numbers, phones, hours
        extensions = [self._extension(number, groups, [DIAL_RULE_NAMES[one] for one in rules]) for number in numbers]
        agents = [f"{one['number']}/{agent['name']}" for one in extensions for agent in one.get("agents", ())]
        for one in extensions:
            if one["type"] == "queue":
                one["queue_agents"] = [
                    {"agent": agent, "level": self.one(1, 2), "position": self.one(1, 2, 3)}
                    for agent in self.some(agents)
                ]
        return {
            "sounds": [{"title": title, "file": self.one(HELLO, GOODBYE)} for title in titles],
            "extension_groups": [{"name": name, "extra_params": self.one('{"a": 1}', '{"a": 2}')} for name in groups],
            "intervals": [self._interval(name) for name in hours],
            "dial_rules": [{"dial_rules": DIAL_RULES[one]} for one in rules],
            "extensions": extensions,
            "dids": [
                {"name": did, "extension": self.one(None, *numbers), "comment": self.one("a", "b")} for did in DIDS
            ],
        }

    def changed(self, before: Thing) -> Thing:
        """The tenant with a few parts from another one, all of whose references are still there."""
        after, other = copy.deepcopy(before), self.tenant()
        # Objects that the sections refer to have to exist for both documents.
        for section, key in (
            ("sounds", "title"), ("extension_groups", "name"), ("intervals", "name"), ("dial_rules", "dial_rules")
        ):  # fmt: skip
            there = [one[key] for one in after[section]]
            after[section] += [one for one in other[section] if one[key] not in there]
            self._redrawn(after[section], other[section], key)
        for one in other["extensions"]:
            if self.one(True, False):
                kept = [this for this in after["extensions"] if this["number"] != one["number"]]
                after["extensions"] = [*kept, one]
        phones = [one["number"] for one in after["extensions"] if one["type"] == "phone"]
        gone = self.one(*phones)
        # The last phone stays, or a long row of changes would come to a tenant without any.
        if self.one(True, False) and len(after["extensions"]) > 5 and len(phones) > 1:
            after["extensions"] = [one for one in after["extensions"] if one["number"] != gone]
        return _without_dangling(after)

    def _redrawn(self, section: list[Thing], others: list[Thing], key: str) -> None:
        for index, one in enumerate(section):
            found = [other for other in others if other[key] == one[key]]
            if found and self.one(True, False):
                section[index] = found[0]

    def _interval(self, name: str) -> Thing:
        opens = self.one("08:00:00", "09:00:00")
        conditions = [{"start_dow": 2, "end_dow": self.one(5, 6), "start_time": opens, "end_time": "18:00:00"}]
        return {"name": name, "timezone": self.one("UTC", "Europe/Berlin"), "conditions": conditions}

    def _extension(self, number: str, groups: Sequence[str], dial_rules: Sequence[str]) -> Thing:
        kind = {"1": "phone", "2": "queue", "3": "ivr", "4": "fax", "5": "conference"}[number[0]]
        own = [self._interval(name) for name in self.some(["Lunch"])]
        usable = [*self._hours, *(one["name"] for one in own)]
        found: Thing = {
            "number": number,
            "type": kind,
            "label": self.one("Anna", "Berta", "Clara"),
            "extension_group": self.one(None, *groups),
            "dial_rule": self.one(None, *dial_rules),
            "intervals": own,
            "events": [
                {
                    "event_type": "hangup",
                    "url": f"https://crm.invalid/{name}?key=s3cret",
                    "method": self.one("GET", "POST"),
                }
                for name in self.some("ab")
            ],
            "mail_notifications": [
                {"event_type": "call_failed_mail", "mail": f"{name}@pbx.invalid"} for name in self.some("ab")
            ],
        }
        if kind != "ivr":
            found["incom_rules"] = [self._incom_rule(usable) for dummy in range(self.one(0, 1, 2, 3))]
        return {**found, **getattr(self, f"_{kind}")(number, usable)}

    def _phone(self, number: str, usable: Sequence[str]) -> Thing:
        phone = {
            "hangup_timeout": self.one(10, 20, 30),
            "vm_enabled": self.one(True, False),
            "hold_music": self.one(None, *self._titles),
            "conference_pin": self.one("4711", "4712"),
        }
        agents = [{"name": f"Agent {number}", "wrap_up_time": self.one(5, 10)}] if self.one(True, True, False) else []
        return {"phone": phone, "agents": agents, "ani": self.one(*DIDS)}

    def _queue(self, number: str, usable: Sequence[str]) -> Thing:
        music = self.one({"sound_type": "ring"}, {"sound_type": "music", "sound": self.one(*self._titles)})
        return {"queue": {"strategy": self.one("ring-all", "random"), "max_wait_time": self.one(60, 90), **music}}

    def _fax(self, number: str, usable: Sequence[str]) -> Thing:
        return {"fax": {"fax_mailto": self.one("a@pbx.invalid", "b@pbx.invalid")}}

    def _conference(self, number: str, usable: Sequence[str]) -> Thing:
        return {"conference": {"pin": self.one("1234", "5678"), "max_members": self.one(5, 9)}}

    def _ivr(self, number: str, usable: Sequence[str]) -> Thing:
        menus = ["main", *self.some(["night"])]
        contexts = [
            {
                "name": name,
                "timeout": self.one(3, 5),
                "options": [
                    *_with_timeout(
                        [
                            {"digits": one, "rules": [self._rule(usable, menus) for dummy in range(self.one(1, 2, 3))]}
                            for one in ["start", *self.some(["1", "2", "timeout"])]
                        ]
                    ),
                    # Callers can always leave.
                    {"digits": "0", "rules": [{"action": "transfer", "transfer_dst": self._phones[0]}]},
                ],
            }
            for name in menus
        ]
        settings = {"entry_context": "main", "lifetime": 60, "lifetime_exp_action": "hangup"}
        return {"ivr": {**settings, "contexts": contexts}}

    def _rule(self, usable: Sequence[str], menus: Sequence[str]) -> Thing:
        does = self.one(
            {"action": "play_sound", "sound": self.one(*self._titles)},
            {"action": "transfer", "transfer_dst": self.one(*self._numbers)},
            {"action": "jump_to_context", "context": self.one(*menus), "context_option": "start"},
            {"action": "play_silence", "silence_time": self.one(5, 10)},
            {"action": "voicemail"},
        )
        return {**does, "interval": self.one(None, self.one(*usable))}

    def _incom_rule(self, usable: Sequence[str]) -> Thing:
        does = self.one(
            {"type": "transfer", "transfer_dst": self.one(*self._numbers)},
            {"type": "playfile", "playfile_sound": self.one(*self._titles)},
            {"type": "busy"},
            {"type": "cascade", "cascade_numbers": [{"delay": 0, "number": self.one(*self._numbers)}]},
        )
        return {**does, "interval": self.one(None, self.one(*usable))}


def _with_timeout(options: list[Thing]) -> list[Thing]:
    """The options, and an empty one that each menu has: if it were not declared, its rules could keep an interval that
    another document deletes."""
    if any(one["digits"] == "timeout" for one in options):
        return options
    return [*options, {"digits": "timeout", "rules": []}]


def _without_dangling(document: Thing) -> Thing:
    """Calls go on to extensions that are there, and queues have agents who are."""
    numbers = [one["number"] for one in document["extensions"]]
    agents = [f"{one['number']}/{agent['name']}" for one in document["extensions"] for agent in one.get("agents", ())]

    def mended(value: Any) -> Any:
        if isinstance(value, list):
            return [mended(one) for one in value]
        if not isinstance(value, dict):
            return value
        return {name: numbers[0] if _gone(name, part, numbers) else mended(part) for name, part in value.items()}

    found = {name: mended(value) for name, value in document.items()}
    for one in found["extensions"]:
        if "queue_agents" in one:
            one["queue_agents"] = [row for row in one["queue_agents"] if row["agent"] in agents]
    return found


def _gone(name: str, value: Any, numbers: Sequence[str]) -> bool:
    of_cascade = name == "number" and isinstance(value, str)
    return (name in ("transfer_dst", "extension") or of_cascade) and value is not None and value not in numbers
