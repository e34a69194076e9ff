# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Classes of faults, their candidates, and their findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Callable, NamedTuple

from ..call import Call
from ..calltest.seen import Seen
from ..world import World
from .subject import Subject

# Some caller is lost or misrouted for sure; probably not meant; worth knowing.
ERROR, WARNING, NOTICE = "E", "W", "N"
SEVERITIES = (ERROR, WARNING, NOTICE)

FAIR = World()


class Witness(NamedTuple):
    """A call that proves a finding. shows: whether a simulated call shows the claim."""

    call: Call
    shows: Callable[[Seen], bool]
    world: World = FAIR


class Candidate(NamedTuple):
    """A fault that a check suspects; it is reported only if one of its witnesses shows it.

    place: that of the part to change. message: one sentence about the fault, without the place. witnesses: tried in
    their order, only as far as needed; None where the class needs none. severity: where it is not that of the class.
    explains: the places of the rules or queues that later classes need not report for the same cause; by default the
    place itself.
    """

    place: str
    message: str
    witnesses: Iterable[Witness] | None = None
    severity: str = ""
    explains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """One class of faults.

    code: such as R01. name: in words, for people who read messages. title: the fault in one sentence.
    remedy: the correction in one sentence. example: a document, as YAML, in which exactly this is found, at ``place``.
    close: a document next to it in which it is not. also: other classes, worse than notices, that the example cannot do
    without. find: suspects.
    """

    code: str
    name: str
    severity: str
    title: str
    remedy: str
    example: str
    place: str
    close: str
    also: tuple[str, ...]
    find: Callable[[Subject], Iterable[Candidate]]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. because: why it is accepted, "" if it is not.

    witness: the call and the world in their raw forms, the outcome, and the places of the rules that ran; None for a
    class that needs none.
    """

    check: Check
    severity: str
    place: str
    message: str
    witness: Mapping[str, Any] | None = None
    because: str = ""

    @property
    def sentence(self) -> str:
        # An extension that is the whole document has no place in it.
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message} ({self.check.code} {self.check.name})"

    def at_least(self, severity: str) -> bool:
        """Whether it is as bad as this or worse."""
        return SEVERITIES.index(self.severity) <= SEVERITIES.index(severity)

    def as_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "check": self.check.code,
            "name": self.check.name,
            "severity": self.severity,
            "place": self.place,
            "message": self.message,
            "remedy": self.check.remedy,
            "witness": dict(self.witness) if self.witness is not None else None,
            "accepted": bool(self.because),
        }
        return {**found, "because": self.because} if self.because else found


CHECKS: dict[str, Check] = {}
Find = Callable[[Subject], Iterable[Candidate]]


def check(
    code: str,
    name: str,
    severity: str,
    *,
    title: str,
    remedy: str,
    example: str,
    place: str,
    close: str,
    also: tuple[str, ...] = (),
) -> Callable[[Find], Find]:
    """Declare a class of faults above the function that finds it. Raises ValueError for one that is not complete."""
    texts = {"title": title, "remedy": remedy, "example": example, "place": place, "close": close}
    missing = [part for part, text in texts.items() if not text.strip()]
    if missing or severity not in SEVERITIES or code in CHECKS:
        raise ValueError(f"{code} {name}: {', '.join(missing) or 'a severity or code that cannot be'}")

    def declared(find: Find) -> Find:
        CHECKS[code] = Check(code, name, severity, title, remedy, example, place, close, also, find)
        return find

    return declared
