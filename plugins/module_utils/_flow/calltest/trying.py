# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Trying tests: every call of them is simulated, and judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, Callable

from ..._text.mask import Mask
from ..._text.plain import plain
from ..answer import UNKNOWN
from ..assumptions import Assumptions
from ..budget import BudgetReached
from ..garbage import no_circles
from ..raw import InputProblem, Problems
from ..run import Unknown
from ..simulate import simulate
from .alternatives import Explorer, OneCall, calls_of
from .comparing import Comparing
from .moments import AnyTime, Span
from .reading import Tried, Unchanged, read_tests
from .seen import Seen
from .subject import Subject
from .telling import Telling
from .words import Word, ended, failing
from .worlds import masked

# If more tests fail, the message names only the first ones.
_MOST_TOLD = 10
_ASSUME = Assumptions()

Watch = Callable[[Seen], None]


@dataclass(frozen=True)
class Result:
    """The result of one test, with the call that shows it: the smallest that fails, else the first.

    calls, failed: how many. unknown: places of unknown values; assumptions, not_modelled: those of all calls. random:
    whether chance decides in this call who is rung. message: why the test is not passed; for a question, the outcome;
    else "".
    """

    name: str
    place: str
    passed: bool
    calls: int
    failed: int
    call: dict[str, Any]
    outcome: dict[str, Any]
    trace: list[dict[str, Any]]
    fired: list[str]
    assumptions: list[str]
    unknown: list[str]
    not_modelled: list[str]
    random: bool
    message: str
    words: str

    def as_dict(self, trace: bool = True) -> dict[str, Any]:
        """trace: whether to tell every event."""
        names = (
            "name", "place", "call", "passed", "outcome", "trace", "fired", "assumptions", "unknown", "not_modelled",
            "random", "calls", "failed", "message", "words",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names if trace or name != "trace"}


@dataclass(frozen=True)
class Report:
    """All tests. today: the first day of ``within a year``, where a test has asked for it."""

    results: tuple[Result, ...]
    today: date | None

    @property
    def failed(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.passed)

    @property
    def message(self) -> str:
        """The messages of the tests that are not passed, one per line; "" if all are passed."""
        lines = [result.message for result in self.failed[:_MOST_TOLD]]
        if more := len(self.failed) - len(lines):
            lines.append(f"{more} more {'tests are' if more > 1 else 'test is'} not passed.")
        return "\n".join(lines)

    @property
    def counts(self) -> dict[str, int]:
        """How many tests there are, how many of them are not passed, and how many calls they stand for."""
        return {
            "tests": len(self.results),
            "failed": len(self.failed),
            "calls": sum(result.calls for result in self.results),
        }

    def as_dict(self, trace: bool = True) -> dict[str, Any]:
        found: dict[str, Any] = {
            "results": [result.as_dict(trace) for result in self.results],
            "counts": self.counts,
        }
        return {**found, "today": self.today.isoformat()} if self.today else found


@no_circles()
def try_tests(
    raw: Any,
    subject: Subject,
    today: date,
    mask: Mask,
    explorer: Explorer | None = None,
    assume: Assumptions = _ASSUME,
    place: str = "",
    watch: Watch | None = None,
    comparing: Comparing | None = None,
) -> Report:
    """Read tests and try them. Raises InputProblem for those that make no sense, all of them at once.

    today: the day of the run. mask: hides the secrets of addresses. assume, place: see read_tests. watch: sees every
    call. comparing: for tests that compare.
    """
    problems = Problems()
    results = []
    year_from: date | None = None
    for test in read_tests(raw, subject, today, mask, problems, assume, place, comparing.other if comparing else None):
        if year_from is None and any(isinstance(at, (Span, AnyTime)) for at in test.at):
            year_from = test.clock.today
        with problems.collected(), masked(mask):
            if comparing and test.unchanged:
                results.append(_compared(test, test.unchanged, subject, mask, comparing))
            else:
                results.append(try_test(test, subject, mask, explorer, watch))
    problems.tell()
    return Report(tuple(results), year_from)


def _compared(test: Tried, wanted: Unchanged, subject: Subject, mask: Mask, comparing: Comparing) -> Result:
    """Compare the calls of a test with those to another tenant."""
    try:
        found = comparing.noticed(test, subject)
    except BudgetReached as reached:
        raise InputProblem(test.place, f"stands for more than can be tried: {reached}; ask for fewer at once") from None
    call, world, failed = found.call, found.around.world, bool(found.rows or found.unknown)
    before, after = (
        Seen(one, call, world, test.assume, simulate(one.plan, call, world, test.assume))
        for one in (wanted.other, subject)
    )
    telling = Telling(after, found.around, test.clock.zone, mask)
    wrong = []
    if found.rows:
        wrong = [f"expected: unchanged {wanted.at}", f"before: {ended(before)}", *_first_difference(before, after)]
    rows = f"{found.rows} difference{'' if found.rows == 1 else 's'}; the smallest of the calls that notice:"
    title = plain(f"{_named(test)}: not passed, {rows if found.rows else 'because not all is known'}")
    missing = after.outcome.place if found.rows else min(found.unknown, default="")
    return Result(
        test.name,
        test.place,
        not failed,
        found.calls,
        found.rows,
        telling.call(),
        after.outcome.as_dict(),
        telling.trace(),
        list(after.answer.fired),
        sorted(found.assumptions),
        sorted(found.unknown),
        sorted(found.not_modelled),
        after.answer.random,
        telling.message(title, wrong, missing) if failed else "",
        plain(ended(after)),
    )


def try_test(
    test: Tried, subject: Subject, mask: Mask, explorer: Explorer | None = None, watch: Watch | None = None
) -> Result:
    """Try every call of a test. Raises InputProblem where it stands for none."""
    calls = failed = 0
    assumed: set[str] = set()
    unmodelled: set[str] = set()
    places: set[str] = set()
    shown: tuple[Seen, OneCall, list[tuple[bool, Word]], str] | None = None
    smallest = (0, 0)
    for one in calls_of(test, subject, explorer):
        calls += 1
        answer = simulate(subject.plan, one.call, one.around.world, test.assume)
        seen = Seen(subject, one.call, one.around.world, test.assume, answer)
        if watch:
            watch(seen)
        assumed.update(answer.assumptions)
        unmodelled.update(answer.not_modelled)
        wrong, missing = _judged(test, seen)
        if missing:
            places.add(missing)
        fails = bool(wrong) or bool(missing and not test.question)
        if fails:
            failed += 1
        size = _size(one)
        if shown is None or (fails and (failed == 1 or size < smallest)):
            shown, smallest = (seen, one, wrong, missing), size
    if shown is None:
        raise InputProblem(test.place, "stands for no call at all")
    seen, one, wrong, missing = shown
    telling = Telling(seen, one.around, test.clock.zone, mask)
    return Result(
        test.name,
        test.place,
        not failed,
        calls,
        failed,
        telling.call(),
        seen.outcome.as_dict(),
        telling.trace(),
        list(seen.answer.fired),
        sorted(assumed),
        sorted(places),
        sorted(unmodelled),
        seen.answer.random,
        telling.message(_title(test, calls, failed), telling.unfulfilled(wrong), missing)
        if failed or (test.question and not test.raw)
        else "",
        plain(ended(seen)),
    )


def _judged(test: Tried, seen: Seen) -> tuple[list[tuple[bool, Word]], str]:
    """The words that the call does not fulfil, and the place of an unknown value that the run or a word needs."""
    if seen.outcome.kind == UNKNOWN:
        return [], seen.outcome.place
    try:
        return list(failing(test.expect, test.never, seen)), ""
    except Unknown as unknown:
        return [], unknown.place


def _size(one: OneCall) -> tuple[int, int]:
    """How much a person has to do to make this call."""
    return len(one.call.press), sum(len(item.keys) + len(item.say) for item in one.call.press)


def _first_difference(before: Seen, after: Seen) -> Iterator[str]:
    """The first sound, ring, queue or menu that callers meet now and did not meet before, or the other way round."""
    for one, other in zip_longest(before.answer.experience[-1], after.answer.experience[-1]):
        if one != other:
            old, new = (" ".join(map(str, met)) if met else "nothing more" for met in (one, other))
            yield f"first difference: {new}, before it was {old}"
            return


def _named(test: Tried) -> str:
    return test.place if test.name == test.place else f"{test.place} {test.name}"


def _title(test: Tried, calls: int, failed: int) -> str:
    name = _named(test)
    if test.question:
        return plain(f"{name}:" if calls == 1 else f"{name}: {calls} calls; the first of them:")
    return plain(
        f"{name}: not passed" if calls == 1 else f"{name}: {failed} of {calls} calls fail; the smallest of them:"
    )
