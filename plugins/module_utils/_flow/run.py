# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One call on its way: its events so far, and the values that it reads outside of the call plan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Protocol

from .answer import HANGUP, Outcome, RawEvent, Read
from .assumptions import Assumptions
from .call import Call, Press, Shown
from .guards import ANONYMOUS, MATCHES
from .looks import Asked, Looks
from .menus import Guard
from .plan import CallPlan
from .schedule import ACTIVE
from .world import World
from .zone import DAY

NEVER = 1 << 60

# The result of a part of a call: taken by somebody, over for good, or failed with one of two statuses.
ANSWERED, OVER, BUSY, NO_ANSWER = "answered", "over", "busy", "no_answer"

# The time when it was certain; one of the words above; and a value: for ANSWERED the name of a part of the simulation
# with its arguments, for OVER the outcome.
Result = tuple[int, str, Any]

_SILENCE = Press()
# A hangup is told when something audible ended at most so many milliseconds before.
_TOLD = 10_000


class Endless(Exception):
    """Nothing will ever happen any more, or a limit is reached. where: circle or queue."""

    def __init__(self, t: int, where: str) -> None:
        super().__init__()
        self.t = t
        self.where = where


class Unknown(Exception):
    """The call needs something that is not known."""

    def __init__(self, t: int, place: str) -> None:
        super().__init__()
        self.t = t
        self.place = place


class Visited(Protocol):
    """A visit to a menu, as far as Asked wants to know."""

    @property
    def so_far(self) -> tuple[Any, ...] | None:
        """The values that decide the rest of the call, beside context, keys and time; None if there may be others."""


class Run:
    """One call. events: so far. steps: rules run and options entered. legs: destinations that were called.
    longest: after that, the call is over, whatever would come.

    patience: when the caller hangs up. gone: the first moment at which nothing of the call can happen any more.
    """

    __slots__ = (
        "_next", "assume", "call", "caller", "events", "gone", "legs", "longest", "looks", "most_steps", "notes",
        "patience", "plan", "random", "reads", "requests", "steps", "used", "variables", "world",
    )  # fmt: skip

    def __init__(self, plan: CallPlan, call: Call, world: World, assume: Assumptions, looks: Looks | None) -> None:
        self.plan = plan
        self.call = call
        self.world = world
        self.assume = assume
        self.events: list[RawEvent] = []
        self.used: set[str] = set()
        self.notes: set[str] = set()
        self.random = False
        self.steps = 0
        self.legs = 0
        self.most_steps = assume.max_steps
        self.patience = NEVER if call.hang_up_after is None else call.hang_up_after
        self.gone = self.patience + 1
        # Nothing matters any more when the caller has left: menus can go round for hours.
        longest = assume.max_seconds * 1000
        self.longest = longest if longest < self.patience else self.patience
        self.caller = call.caller.shown
        self.variables = world.variables
        self.reads: list[Read] = []
        self.looks = looks
        self.requests: dict[str, int] | None = None
        self._next = 0

    def looked(self, kind: str, name: str, t: int) -> None:
        """Note that the call has looked at a part of the world."""
        if self.looks is not None:
            self.looks.parts.setdefault((kind, name), t)

    def step(self, t: int) -> None:
        """Count a rule or an option. Raises Endless."""
        self.steps += 1
        if self.steps > self.most_steps or t > self.longest:
            raise Endless(t, "circle")

    def ask(self, t: int, kind: str, about: Any, visit: Visited | None = None) -> Press:
        """The next response of the caller, now that the PBX listens.

        about: decides which input is accepted. visit: of a menu.
        """
        presses, index = self.call.press, self._next
        if self.looks is not None:
            self.looks.asks.append(Asked(index, t, kind, about, visit.so_far if visit else None))
        self._next += 1
        if index >= len(presses):
            return _SILENCE
        item = presses[index]
        return item._replace(after=0) if self.call.impatient and item.after else item

    def coming(self, t: int, kind: str, about: Any) -> Press:
        """The response of the caller at the next ask, which the PBX would already take now."""
        presses = self.call.press
        if self.looks is not None:
            self.looks.asks.append(Asked(self._next, t, kind, about))
        return presses[self._next] if self._next < len(presses) else _SILENCE

    def sound(self, t: int, title: str, kind: str = "foreground", until: int = NEVER) -> int:
        """Play a sound, at most until a time; return when it is over. Without a title, there is none."""
        if not title:
            return t
        length = self.world.sounds.get(title)
        if length is None:
            length = self.plan.sounds.get(title)
            if length is None:
                length = self.assume.sound_seconds * 1000
        end = t + length
        if end > until:
            end = until
        self.events.append((t, "sound", title, end - t, kind))
        return end

    def hang_up(self, t: int, cause: str = "normal") -> Result:
        """The PBX ends the call, which is no part of one any more."""
        told = self._told(t)
        self.events.append((t, "hangup", cause))
        return t, OVER, Outcome(HANGUP, t, "", "", "", cause, told)

    def _told(self, t: int) -> bool:
        """Whether something audible ended shortly before."""
        for event in reversed(self.events):
            if event[1] in ("sound", "digits"):
                start, length = event[0], event[3]
                if length > 0:
                    return bool(t - (start + length) <= _TOLD)
        return False

    def active(self, guard: Guard, t: int) -> bool:
        """Whether the interval of a rule is active."""
        at, schedule, assume = self.call.at, guard.schedule, self.assume
        if at is None:
            raise Unknown(t, "call: at")
        if schedule is None:
            raise Unknown(t, guard.no_interval)
        self.reads.append((schedule, t))
        if t and assume.interval_clock == "now":
            at += t // 1000
        # As schedule.active does it: calls ask for nothing else as often.
        read, day = assume.reading, at // DAY
        edges, states = schedule.days[read].get(day) or schedule.table(day, read)
        return states[bisect_right(edges, at - day * DAY)] & ACTIVE == ACTIVE

    def fits(self, guard: Guard, caller: Shown, t: int) -> bool:
        """Whether the condition of a rule on the caller holds."""
        kind = guard.caller
        if self.looks is not None and caller.number == self.call.caller.shown.number:
            self.looks.patterns.add(guard.pattern)
        if kind == ANONYMOUS:
            return not caller.number
        if not caller.number:
            if kind == MATCHES:
                return False
            self.used.add("anonymous_not_matches")
            return self.assume.anonymous_not_matches == "holds"
        if guard.found is None:
            raise Unknown(t, guard.no_pattern)
        return guard.found(caller.number) == (kind == MATCHES)


def cut(events: list[RawEvent], end: int) -> list[RawEvent]:
    """The events that have happened when the call, or the leg, is cut off at the end."""
    kept: list[RawEvent] = []
    for event in events:
        t, kind = event[0], event[1]
        if t >= end:
            continue
        index = LASTING.get(kind)
        if index is not None and t + event[index] >= end:
            if kind == "ring":
                event = (t, kind, event[2], end - t, "cancelled", *event[5:])
            else:
                event = (*event[:index], end - t, *event[index + 1 :])
        kept.append(event)
    return kept


def merge(events: list[RawEvent], marks: Sequence[int], winner: int, at: int) -> None:
    """Put the events of legs, which stand one after the other, in the order of time; at the same moment in that of the
    legs. marks: where those of each leg begin, and the last ones end. All but those of the winner are cut off.
    """
    merged: list[RawEvent] = []
    for index, (start, end) in enumerate(zip(marks, marks[1:])):
        leg = events[start:end]
        merged += leg if index == winner or at == NEVER else cut(leg, at)
    merged.sort(key=_AT)
    events[marks[0] :] = merged


_AT = itemgetter(0)
# Where in an event its length stands.
LASTING = {"ring": 3, "sound": 3, "silence": 2, "digits": 3}
