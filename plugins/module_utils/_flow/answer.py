# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The answer of a simulated call: its outcome, the rules that ran, and every event on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .assumptions import Assumptions
from .schedule import ACTIVE, DECIDING, Schedule

ANSWERED, VOICEMAIL, FAX, CONFERENCE = "answered", "voicemail", "fax", "conference"
HANGUP, ABANDONED, ENDLESS, UNKNOWN = "hangup", "abandoned", "endless", "unknown"

# The kinds of events, each with the names of its values. A ring for an agent also has the agent.
EVENTS: dict[str, tuple[str, ...]] = {
    "extension": ("number", "type"),
    "rule": ("place",),
    "ring": ("who", "ms", "result", "agent"),
    "answered_by": ("who",),
    "menu": ("extension", "context", "option"),
    "sound": ("title", "ms", "kind"),
    "silence": ("ms",),
    "digits": ("text", "ms"),
    "keys": ("ask", "keys"),
    "variable": ("name", "value"),
    "caller": ("number", "name"),
    "webhook": ("url", "result"),
    "record": (),
    "rating": (),
    "queue": ("number",),
    "leave": ("queue", "reason", "ms"),
    "screening": (),
    "voicemail": ("extension",),
    "fax": (),
    "conference": (),
    "hangup": ("cause",),
    "loop": ("extension",),
}

# An interval that a rule has asked, and when, in milliseconds since the call arrived.
Read = tuple[Schedule, int]
# An event while a call is simulated: its time, its kind, and the values in the order of EVENTS.
RawEvent = tuple[Any, ...]


@dataclass(frozen=True)
class Event:
    """One event. t: milliseconds since the call arrived. details: as EVENTS names them.

    Keys of the ask ``pin`` and addresses of webhooks are not masked here: code that shows them to people masks them.
    """

    t: int
    event: str
    details: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return {"t": self.t, "event": self.event, **self.details}


class Outcome(NamedTuple):
    """How a call ended, and when that was certain, in milliseconds.

    by: who answered, a number or agent number/name. queue: that of the agent. extension: a mailbox, fax or conference.
    cause: of a hangup. told: it came at most 10 s after something audible. where: the ``in`` of abandoned and endless.
    place: that of the unknown value.
    """

    kind: str
    at: int
    by: str = ""
    queue: str = ""
    extension: str = ""
    cause: str = ""
    told: bool | None = None
    where: str = ""
    place: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The outcome as it is answered: ``class``, its details, and ``at``."""
        found: dict[str, Any] = {"class": self.kind}
        for name in ("by", "queue", "extension", "cause"):
            if getattr(self, name):
                found[name] = getattr(self, name)
        if self.told is not None:
            found["told"] = self.told
        if self.where:
            found["in"] = self.where
        if self.place:
            found["place"] = self.place
        return {**found, "at": self.at}


class Answer:
    """The answer of one simulated call.

    fired: the places of the rules that ran, in order. reads: the intervals that the call asked, also in legs that were
    cancelled. assumptions: the names of those that decided something. not_modelled: the things that the call met and
    the simulation leaves out, in words. random: whether chance decides who is rung.
    """

    __slots__ = ("_assume", "_at", "_events", "_notes", "_used", "outcome", "random", "reads")

    def __init__(
        self,
        outcome: Outcome,
        events: Sequence[RawEvent],
        reads: Sequence[Read],
        used: set[str],
        notes: set[str],
        random: bool,
        at: int | None,
        assume: Assumptions,
    ) -> None:
        self.outcome = outcome
        self.random = random
        self.reads = reads
        self._events = events
        self._used = used
        self._notes = notes
        self._at = at
        self._assume = assume

    @property
    def assumptions(self) -> tuple[str, ...]:
        used = set(self._used)
        at, assume = self._at or 0, self._assume
        for schedule, t in self.reads:
            now, start = schedule.state(at + t // 1000, assume.reading), schedule.state(at, assume.reading)
            if (now ^ start) & ACTIVE:
                used.add("interval_clock")
            state = now if assume.interval_clock == "now" else start
            used.update(name for name, bit in DECIDING.items() if state & bit)
        return tuple(sorted(used))

    @property
    def not_modelled(self) -> tuple[str, ...]:
        return tuple(sorted(self._notes))

    @property
    def fired(self) -> tuple[str, ...]:
        return tuple([event[2] for event in self._events if event[1] == "rule"])

    @property
    def raw(self) -> Sequence[RawEvent]:
        """Every event as a tuple of its time, its kind and its values: quicker than the trace."""
        return self._events

    @property
    def trace(self) -> list[Event]:
        """Every event, in the order of time."""
        return [Event(int(one[0]), str(one[1]), dict(zip(EVENTS[str(one[1])], one[2:]))) for one in self._events]

    @property
    def course(self) -> tuple[Any, ...]:
        """Equal for calls that end in the same way, with the same events at the same times."""
        return (self.outcome, *self._events)

    @property
    def noticed(self) -> tuple[Any, ...]:
        """The events that a caller notices: outcome, sounds, rings, queues, and contexts and options of menus,
        without the extensions of menus."""
        return self._with(3)

    @property
    def experience(self) -> tuple[Any, ...]:
        """The experience of a caller: the outcome, then sounds, rings, queues, and menus with their extensions."""
        return self._with(2)

    def _with(self, first: int) -> tuple[Any, ...]:
        """first: the first detail of a menu that counts."""
        end = self.outcome
        met = tuple(
            (one[1], *(one[first:5] if one[1] == "menu" else one[2:3]))
            for one in self._events
            if one[1] in ("sound", "ring", "queue", "menu")
        )
        return (end.kind, end.by, end.queue, end.extension, end.cause, end.where, end.place, met)

    def as_dict(self, trace: bool = True) -> dict[str, Any]:
        found: dict[str, Any] = {"outcome": self.outcome.as_dict(), "fired": list(self.fired)}
        if trace:
            found["trace"] = [event.as_dict() for event in self.trace]
        return {
            **found,
            "assumptions": list(self.assumptions),
            "not_modelled": list(self.not_modelled),
            "random": self.random,
        }
