# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small tenants and edits of them by chance, and calls that are tried one after the other, without any exploration."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from random import Random
from typing import Any, TypeVar

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call, Caller, Press
from ansible_collections.telops.pbx.plugins.module_utils._flow.explore_worlds import world_of
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.impact import Impact, impact
from ansible_collections.telops.pbx.plugins.module_utils._flow.plan import CallPlan
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Snapshot
from tests.unit.flow.calling import instant

Thing = dict[str, Any]
T = TypeVar("T")

# Two weeks with a change of the clock in Berlin, and a year with all holidays.
FIRST, LAST = instant("2026-10-19 00:00"), instant("2026-11-02 00:00")
YEAR_END = instant("2027-10-19 00:00")
DIDS = ("7495001", "7495002")
PHONES = ("101", "102")
MENUS = ("301", "302")
INTERVALS = ("Hours", "Lunch", "Holidays", "Shift")
CALLERS = (Caller(), Caller("+4930555123"), Caller("79161234567"), Caller("4912"), Caller(anonymous=True))
PATTERNS = ("^7", r"^\+?49")
ASKS = ("", "1", "2", "3", "9", "0", "12", "*", "123")
PATIENCE = 300_000
ASSUME = Assumptions()


def snapshot(document: Thing) -> Snapshot:
    root, dummy = parse(document)
    return of_document(root, complete=True)


class Chance:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a test wants the same choices again

    def one(self, *values: Any) -> Any:
        return self.random.choice(values)

    def odds(self, share: float) -> bool:
        return self.random.random() < share

    def few(self, values: Iterable[T], most: int) -> list[T]:
        found = list(values)
        return found if len(found) <= most else self.random.sample(found, most)

    # -- a tenant

    def tenant(self) -> Thing:
        extensions = [self.phone(number) for number in PHONES]
        extensions += [self.menu(number) for number in MENUS]
        extensions.append(self.queue())
        return {
            "intervals": [self.interval(name) for name in INTERVALS],
            "extensions": extensions,
            "dids": [{"name": did, "extension": self.one("301", "301", "302", "302", "101", "201")} for did in DIDS],
        }

    def interval(self, name: str) -> Thing:
        time = self.one(9, 10, 12, 13)
        kinds: list[Thing] = [
            {"start_dow": 2, "end_dow": 6, "start_time": f"{time:02}:00:00", "end_time": f"{time + 5:02}:30:00"},
            {"start_time": "02:15:00", "end_time": "02:45:00"},
            {"month": self.one(10, 12), "start_mday": 24, "end_mday": 26},
            {"start_datetime": "2026-10-25 01:30:00", "end_datetime": "2026-10-25 03:10:00"},
            {"sched_start_date": "2026-10-20", "sched_active_days": 1, "sched_skip_days": self.one(1, 2)},
            {"start_dow": 7, "end_dow": 1},
        ]
        found = [self.one(*kinds[:1], *kinds) for dummy in range(self.one(1, 1, 2))]
        return {"name": name, "timezone": self.one("Europe/Berlin", "Europe/Berlin", "UTC"), "conditions": found}

    def guard(self) -> Thing:
        found: Thing = {}
        if self.odds(0.4):
            found["interval"] = self.one(*INTERVALS)
        if self.odds(0.15):
            found["caller_id_action"] = self.one("matches", "not_matches")
            found["caller_id"] = self.one(*PATTERNS)
        elif self.odds(0.08):
            found["caller_id_action"] = "anonymous"
        return found

    def phone(self, number: str) -> Thing:
        settings = {"hangup_timeout": self.one(10, 20), "vm_enabled": self.odds(0.6)}
        rules = [self.incom_rule() for dummy in range(self.one(0, 1, 2))]
        agents = [{"name": "A", "call_timeout": 10}]
        return {"number": number, "type": "phone", "phone": settings, "incom_rules": rules, "agents": agents}

    def incom_rule(self) -> Thing:
        rule: Thing = {
            "name": self.one("One", "Two"),
            "type": self.one("transfer", "voicemail", "busy"),
            **self.guard(),
        }
        if rule["type"] == "transfer":
            rule |= {"transfer_dst": self.to(), "transfer_timeout": self.one(10, 20), "final": self.odds(0.5)}
            rule |= {"call_status": self.one("any", "any", "busy", "no_answer")}
        return rule

    def to(self) -> str:
        return str(self.one(*PHONES, "201", "+49301", "302", "101 102"))

    def queue(self) -> Thing:
        agents = [{"agent": f"{number}/A", "level": 1, "position": at} for at, number in enumerate(PHONES)]
        settings = {
            "max_wait_time": self.one(20, 60),
            "timeout_transfer_dst": self.one("101", "102"),
            "exit_with_no_av_agents": self.odds(0.5),
            "vm_enabled": self.odds(0.5),
            "start_sound": self.one(None, "Hold"),
        }
        return {"number": "201", "type": "queue", "queue": settings, "queue_agents": agents}

    def menu(self, number: str) -> Thing:
        contexts = []
        for name in ("main", "more"):
            options = [
                {"digits": digits, "rules": [self.rule() for dummy in range(self.one(1, 1, 2))]}
                for digits in ("start", *self.random.sample(["1", "2", "3", "timeout", "invalid"], self.one(2, 3)))
            ]
            context = {"name": name, "timeout": self.one(5000, 8000), "digit_len": self.one(1, 1, 2)}
            contexts.append({**context, "options": options})
        settings = {"entry_context": "main", "vm_enabled": self.odds(0.5), "contexts": contexts}
        if self.odds(0.3):
            settings["lifetime"] = 40
        return {"number": number, "type": "ivr", "ivr": settings}

    def rule(self) -> Thing:
        action = self.one("play_sound", "play_sound", "transfer", "jump_to_context", "voicemail", "hangup")
        rule: Thing = {"action": action, **self.guard()}
        if action == "play_sound":
            rule["sound"] = self.one("Welcome", "Closed", "News")
        elif action == "transfer":
            rule |= {"transfer_dst": self.to(), "transfer_timeout": 15, "final": self.odds(0.6)}
        elif action == "jump_to_context":
            rule |= {"context": self.one("main", "more"), "context_option": self.one("start", "timeout")}
        return rule

    # -- an edit

    def edited(self, document: Thing) -> Thing:
        """The document with one to three edits."""
        found = copy.deepcopy(document)
        for dummy in range(self.one(1, 1, 1, 2, 3)):
            self.one(self._rules, self._rules, self._interval_of, self._setting, self._did, self._agent)(found)
        return found

    def _lists(self, document: Thing) -> list[tuple[list[Thing], Any]]:
        found: list[tuple[list[Thing], Any]] = []
        for one in document["extensions"]:
            if one["type"] == "phone":
                found.append((one["incom_rules"], self.incom_rule))
            for context in one.get("ivr", {}).get("contexts", ()):
                found += [(option["rules"], self.rule) for option in context["options"]]
        return found

    def _rules(self, document: Thing) -> None:
        rules, new = self.one(*self._lists(document))
        at = self.random.randrange(len(rules) + 1)
        kind = self.one("add", "remove", "change", "swap")
        if kind == "remove" and len(rules) > 1:
            del rules[at - 1]
        elif kind == "change" and rules:
            rules[at - 1] = new()
        elif kind == "swap" and len(rules) > 1:
            rules.reverse()
        else:
            rules.insert(at, new())

    def _interval_of(self, document: Thing) -> None:
        at = self.random.randrange(len(INTERVALS))
        document["intervals"][at] = self.interval(INTERVALS[at])

    def _setting(self, document: Thing) -> None:
        one = self.one(*document["extensions"])
        fresh = {"phone": self.phone, "ivr": self.menu}.get(one["type"], lambda dummy: self.queue())(one["number"])
        for name in (one["type"],):
            kept = one[name].get("contexts")
            one[name] = fresh[name] | ({"contexts": kept} if kept else {})

    def _did(self, document: Thing) -> None:
        one, other = document["dids"]
        if self.odds(0.3):
            one["extension"], other["extension"] = other["extension"], one["extension"]
        else:
            self.one(one, other)["extension"] = self.one("301", "302", "101", "201")

    def _agent(self, document: Thing) -> None:
        # An edit before this one may have taken the last.
        del document["extensions"][-1]["queue_agents"][-1:]


def compared(before: Thing, after: Thing, end: int = YEAR_END, most: int = 5_000, **options: Any) -> Impact:
    return impact(snapshot(before), snapshot(after), FIRST, end, budget=Budget(most), **options)


def tried(plan: CallPlan, to: str, caller: Caller, keys: tuple[str, ...], word: str, at: int) -> Answer:
    press = tuple(Press(one) for one in keys)
    return simulate(plan, Call(to, caller, at, press, hang_up_after=PATIENCE), world_of(word, World()), ASSUME)


def noticed(before: Answer, after: Answer) -> bool:
    """Whether a caller can tell two answers apart: by the end of the call, or by the people and sounds on the way."""
    return _met(before) != _met(after)


def _met(answer: Answer) -> Any:
    end = {name: value for name, value in answer.outcome.as_dict().items() if name not in ("at", "told")}
    # A title, who rings, a number; a context and an option, whosever they are.
    told = {"sound": slice(2, 3), "ring": slice(2, 3), "queue": slice(2, 3), "menu": slice(3, 5)}
    return end, [(event[1], *event[told[event[1]]]) for event in answer.raw if event[1] in told]
