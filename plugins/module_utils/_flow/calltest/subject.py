# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A tenant on which calls are tried: its call plan, and the names that tests may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..._model.nouns import NOUNS
from ..._state.snapshot import Key, Snapshot
from ..compile import NO_LENGTHS, call_plan
from ..explore_plan import menu_rules
from ..guards import Guards
from ..menus import Menu, Webhook
from ..plan import CallPlan, Conference, Queue
from ..raw import InputProblem
from ..schedule import Schedule
from ..zone import Zone

# The key, in place of the number of an extension, of the intervals of the tenant itself.
TENANT = ""


@dataclass(frozen=True)
class Subject:
    """A tenant.

    intervals: by the number of the extension that has them, TENANT for the tenant's own, and by name; None for one that
    cannot be judged. agents: by number/name. silent: the queues in which a caller hears nothing. rules: the names of
    rules by place. sounds: titles. whole: all of the tenant is known, so that a name that is not here is wrong.
    """

    plan: CallPlan
    intervals: Mapping[str, Mapping[str, Schedule | None]]
    agents: tuple[str, ...]
    silent: frozenset[str]
    rules: Mapping[str, str]
    sounds: frozenset[str]
    whole: bool

    @classmethod
    def of(cls, state: Snapshot, sounds: Mapping[str, int] = NO_LENGTHS) -> Subject:
        """sounds: lengths in milliseconds by title, where they are known."""
        plan = call_plan(state, sounds)
        guards = Guards(state, {})
        intervals: dict[str, Mapping[str, Schedule | None]] = {}
        agents: list[str] = []
        rules: dict[str, str] = {}
        titles = {item.name for noun in ("sound", "tenant_sound") for item in state.all(noun)} | set(sounds)
        for key, items in state.lists.items():
            if key.noun in ("interval", "tenant_interval"):
                intervals[key.place[0] if key.place else TENANT] = guards.schedules(key)
            elif key.noun == "agent":
                agents += [f"{key.place[0]}/{item.name}" for item in items]
            elif key.noun in ("incom_rule", "ivr_rule"):
                rules.update({item.where: item.name for item in items if item.name})
            titles.update(
                str(item.values[field.name])
                for field in NOUNS[key.noun].fields
                if field.refers_to == "sound"
                for item in items
                if item.values.get(field.name)
            )
        numbers = plan.numbers
        whole = numbers.extensions_whole and numbers.dids_whole and not any(e.unknown for e in plan.extensions.values())
        return cls(plan, intervals, tuple(agents), _silent(state, plan), rules, frozenset(titles), whole)

    @cached_property
    def zone(self) -> Zone | None:
        """The time zone of all intervals, if they have the same."""
        zones = {schedule.zone.name: schedule.zone for schedule in self.schedules}
        return next(iter(zones.values())) if len(zones) == 1 else None

    @cached_property
    def schedules(self) -> tuple[Schedule, ...]:
        """All intervals, of those that say the same the first one."""
        found: dict[tuple[object, ...], Schedule] = {}
        for named in self.intervals.values():
            for schedule in named.values():
                if schedule is not None:
                    found.setdefault(_said(schedule), schedule)
        return tuple(found.values())

    @cached_property
    def queues(self) -> Mapping[str, Queue]:
        return {number: one.own for number, one in self.plan.extensions.items() if isinstance(one.own, Queue)}

    @cached_property
    def pins(self) -> frozenset[str]:
        """The PINs of all conferences, which must not be shown."""
        rooms = (extension.own for extension in self.plan.extensions.values())
        return frozenset(pin for room in rooms if isinstance(room, Conference) for pin in room.pins)

    def of_type(self, kind: str) -> tuple[str, ...]:
        """The numbers of the extensions of a type."""
        return self._by_type.get(kind, ())

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for number, extension in self.plan.extensions.items():
            found.setdefault(extension.type, []).append(number)
        return {kind: tuple(numbers) for kind, numbers in found.items()}

    @cached_property
    def menus(self) -> tuple[str, ...]:
        """The contexts of all menus, by name and by number/name."""
        return tuple(
            name
            for number, extension in self.plan.extensions.items()
            if isinstance(extension.own, Menu)
            for context in extension.own.contexts
            for name in (context, f"{number}/{context}")
        )

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The webhooks that menus ask."""
        actions = (rule.action for rule in menu_rules(self.plan))
        return tuple(sorted({action.url for action in actions if isinstance(action, Webhook)}))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The control codes that switch rules."""
        rules = (rule for extension in self.plan.extensions.values() for rule in extension.rules)
        return tuple(sorted({rule.code for rule in rules if rule.code}))

    @cached_property
    def rule_names(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.rules.values())))

    def interval(self, name: str, to: str, place: str) -> Schedule:
        """The interval that a name means in a test of calls to a number. Raises InputProblem."""
        reached = self.plan.numbers.dids.get(to, to)
        found = self._seen_from(reached, name) or self._among_all(name, place) or self._of_number(name)
        if not found:
            known = sorted({one for named in self.intervals.values() for one in named})
            listed = f"there are: {', '.join(known)}" if known else "there is none at all"
            raise InputProblem(place, f"there is no interval {name}; {listed}")
        schedule = self.intervals[found[0]][found[1]]
        if schedule is None:
            raise InputProblem(place, f"the interval {name} cannot be judged; its time zone or a condition is wrong")
        return schedule

    def _seen_from(self, number: str, name: str) -> tuple[str, str] | None:
        return next(((one, name) for one in (number, TENANT) if name in self.intervals.get(one, ())), None)

    def _among_all(self, name: str, place: str) -> tuple[str, str] | None:
        holders = [holder for holder, named in self.intervals.items() if name in named]
        different = {schedule and _said(schedule) for schedule in (self.intervals[one][name] for one in holders)}
        if len(different) > 1:
            listed = ", ".join(f"{holder}/{name}" for holder in holders)
            raise InputProblem(place, f"several intervals {name} differ; name one of {listed}")
        return (holders[0], name) if holders else None

    def _of_number(self, name: str) -> tuple[str, str] | None:
        number, slash, rest = name.partition("/")
        return self._seen_from(number, rest) if slash and number in self.plan.extensions else None


def _said(schedule: Schedule) -> tuple[object, ...]:
    return schedule.zone.name, schedule.conditions


def _silent(state: Snapshot, plan: CallPlan) -> frozenset[str]:
    """Queues whose callers are to hear music, and there is none."""
    found = []
    for number in plan.extensions:
        settings = state.settings(*Key("queue", (number,)))
        if settings and settings.value("sound_type") == "music" and settings.value("sound") in (None, ""):
            found.append(number)
    return frozenset(found)
