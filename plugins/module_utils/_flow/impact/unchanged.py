# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Call tests that compare: callers must not notice a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ..._state.snapshot import Snapshot
from ..budget import Budget
from ..call import Call
from ..calltest.comparing import Noticed
from ..calltest.moments import AnyTime, Span, pieces
from ..calltest.reading import Tried, Unchanged
from ..calltest.subject import Subject
from ..calltest.worlds import Around
from ..compile import NO_LENGTHS
from ..explore_time import patient
from ..explore_worlds import FAIR
from ..raw import InputProblem
from .compare import Comparison, Different, Found, Scope
from .days import joined
from .edits import Edits
from .impact import MOST_CALLS
from .node import Call2
from .shared import Pair
from .spans import Spans, outside, parts_of_time
from .unmodelled import unmodelled

# A difference with the first instant that counts.
_Shown = tuple[Different, int, Around]


class Unnoticed:
    """Compares the calls of tests with those to other states of a tenant.

    state: the tenant whose calls are tested. others: finds another state by its name and the place of that, and raises
    InputProblem. sounds: lengths in ms by title.
    """

    def __init__(
        self,
        state: Snapshot,
        others: Callable[[str, str], Snapshot],
        sounds: Mapping[str, int] = NO_LENGTHS,
    ) -> None:
        self._state = state
        self._others = others
        self._sounds = sounds
        self._found: dict[str, tuple[Snapshot, Subject]] = {}

    def other(self, document: str, place: str) -> Subject:
        """The tenant that ``compare`` of a test names. Raises InputProblem."""
        return self._other(document, place)[1]

    def _other(self, document: str, place: str) -> tuple[Snapshot, Subject]:
        found = self._found.get(document)
        if found is None:
            state = self._others(document, place)
            found = self._found[document] = state, Subject.of(state, self._sounds)
        return found

    @property
    def others(self) -> Iterator[Subject]:
        """The other tenants that tests have named."""
        return (subject for dummy, subject in self._found.values())

    def noticed(self, test: Tried, subject: Subject) -> Noticed:
        """Compare the calls of a test and return the differences that callers notice. Raises InputProblem, and
        BudgetReached."""
        wanted = test.unchanged
        if wanted is None:
            raise InputProblem(test.place, "compares nothing")
        before = next(state for state, one in self._found.values() if one is wanted.other)
        pair, budget = Pair.of(wanted.other.plan, subject.plan), Budget(MOST_CALLS)
        shown: list[_Shown] = []
        found = Found()
        for to in test.to:
            times = _times(test, to, subject)
            begin, end = times[0][0], times[-1][1]
            meant = _unchanged(wanted, to, test, subject, begin, end)
            for around in test.around:
                keys = test.depth if test.press is None else len(test.press)
                scope = Scope(begin, end, (FAIR,), keys, test.assume, around.world, one_caller=bool(test.callers))
                comparison = Comparison(pair, scope, budget)
                comparison.found = found
                if to in pair.reached(around.world):
                    for call in _calls(test, to):
                        comparison.call(Call2(call, (FAIR,), around.world))
                shown += _rows(found, begin, end, times, meant, around)
                found.different.clear()
        call, around = _smallest(shown) or (replace(next(_calls(test, test.to[0])), at=times[0][0]), test.around[0])
        edits = {str(edit) for edit in Edits(before, self._state) if unmodelled(edit)}
        return Noticed(
            replace(call, hang_up_after=test.call.hang_up_after),
            around,
            budget.spent,
            len(shown),
            found.unknown,
            found.assumptions,
            found.notes | edits,
        )


def _calls(test: Tried, to: str) -> Iterator[Call]:
    """The calls to a number, each for all times, and, where the test does not name them, for all callers and keys."""
    base = patient(replace(test.call, to=to, press=test.press or ()))
    for caller in test.callers or (base.caller,):
        yield replace(base, caller=caller)


def _times(test: Tried, to: str, subject: Subject) -> Spans:
    """When the calls of a test arrive."""
    begin, end = test.clock.year
    read = test.assume.reading
    found: list[tuple[int, int]] = []
    for at in test.at:
        if isinstance(at, AnyTime):
            found.append((begin, end))
        elif isinstance(at, Span):
            parts = [(within, subject.interval(name, to, at.place)) for within, name in at.parts]
            found += pieces(parts, read, begin, end)
        else:
            found += ((instant, instant + 1) for instant in at)
    if not found:
        raise InputProblem(f"{test.place}.at", f"there is no such time within a year from {test.clock.today}")
    return tuple(joined(found))


def _unchanged(wanted: Unchanged, to: str, test: Tried, subject: Subject, begin: int, end: int) -> Spans:
    """When nothing may differ. An interval may be gone from the tenant, or be new in it."""
    limits = (test.clock.zone, test.assume.reading, begin, end, wanted.place)
    try:
        return parts_of_time(wanted.at, subject, to, *limits)
    except InputProblem as problem:
        try:
            return parts_of_time(wanted.at, wanted.other, to, *limits)
        except InputProblem:
            raise problem from None


def _rows(found: Found, begin: int, end: int, times: Spans, meant: Spans, around: Around) -> Iterator[_Shown]:
    """The differences at times that the test is about, and at which there must be none."""
    for one in found.different:
        spans = _both(_both(one.times.spans(begin, end), times), meant)
        if spans:
            yield one, spans[0][0], around


def _both(spans: Spans, others: Spans) -> Spans:
    return tuple(outside(spans, tuple(outside(spans, others))))


def _smallest(shown: list[_Shown]) -> tuple[Call, Around] | None:
    """The call that is easiest to make, of those the earliest."""
    if not shown:
        return None

    def size(one: _Shown) -> tuple[int, int, int]:
        press = one[0].one.call.press
        return len(press), sum(len(item.keys) + len(item.say) for item in press), one[1]

    different, at, around = min(shown, key=size)
    return replace(different.one.call, at=at), around
