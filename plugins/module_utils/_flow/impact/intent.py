# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The intent of a change: its effects on callers, and whether it has these and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..answer import UNKNOWN
from ..call import Caller, Press, caller_of, press_of
from ..calltest.moments import named_zone
from ..calltest.seen import Seen
from ..calltest.subject import Subject
from ..calltest.words import Word, read_words
from ..explore_callers import class_of
from ..raw import InputProblem, choice, mapping, quoted, sequence, text
from ..zone import Zone
from .compare import Different
from .days import joined
from .impact import WORDS, Impact
from .runs import Leaf
from .spans import Spans, inside, outside, parts_of_time, shared_zone

MATCHED, NOBODY, UNDECLARED, UNDECIDED = "matched", "no caller notices", "undeclared changes", "undecided"
ANY, NOTHING = "any", "nothing"
_INTENT = ("timezone", "changes")
CHANGE = ("name", "call", "from", "at", "press", "worlds", "before", "after")


@dataclass(frozen=True)
class Change:
    """One declared change. callers, press: None for any. at: as it is written. before, after: words that hold then."""

    place: str
    name: str
    to: tuple[str, ...]
    callers: tuple[Caller, ...] | None
    at: Any
    press: tuple[Press, ...] | None
    worlds: tuple[str, ...]
    before: tuple[Word, ...]
    after: tuple[Word, ...]


@dataclass(frozen=True)
class Verdict:
    """word: one of the four. undeclared: differences that nobody has declared, and when. missing: declared changes that
    do not happen, or not to all calls, as sentences. refused: the change does not have the declared effects."""

    word: str
    undeclared: tuple[tuple[Different, Spans], ...]
    missing: tuple[str, ...]
    refused: bool


class Intent:
    """Reads the declared changes. Raises InputProblem.

    before, after: the two states, whose names words may use.
    """

    def __init__(self, raw: Any, before: Subject, after: Subject, place: str = "intent") -> None:
        given = mapping(raw, place, _INTENT) if isinstance(raw, Mapping) else {"changes": raw}
        self._subjects = (before, after)
        self._zone: Zone | None = shared_zone(before, after)
        if given.get("timezone") is not None:
            self._zone = named_zone(given["timezone"], f"{place}.timezone")
        listed = sequence(given.get("changes") or (), f"{place}.changes")
        self.changes = tuple(self._change(one, f"{place}.changes[{index}]") for index, one in enumerate(listed))

    @property
    def numbers(self) -> Mapping[str, bool]:
        """The called numbers. True where all calls have to change that are as a change says before it."""
        found: dict[str, bool] = {}
        for change in self.changes:
            for number in change.to:
                found[number] = found.get(number, False) or bool(change.before)
        return found

    def _change(self, raw: Any, place: str) -> Change:
        given = {name: value for name, value in mapping(raw, place, CHANGE).items() if value is not None}
        for name in ("call", "after"):
            if name not in given:
                raise InputProblem(place, f"{name} is missing; a change names the calls and their outcome")
        before, after = self._subjects
        return Change(
            place,
            text(given.get("name", place), f"{place}.name"),
            self._called(given["call"], f"{place}.call"),
            _callers(given.get("from", ANY), f"{place}.from"),
            given.get("at", ANY),
            _pressed(given.get("press", ANY), f"{place}.press"),
            _worlds(given.get("worlds", ANY), f"{place}.worlds"),
            read_words(given["before"], before, f"{place}.before") if "before" in given else (),
            read_words(given["after"], after, f"{place}.after"),
        )

    def _called(self, raw: Any, place: str) -> tuple[str, ...]:
        numbers = list(dict.fromkeys(n for one in self._subjects for n in one.plan.numbers.dids))
        if raw == ANY:
            return tuple(numbers)
        known = [*numbers, *(n for one in self._subjects for n in one.plan.extensions)]
        found = []
        for one in raw if isinstance(raw, (list, tuple)) else (raw,):
            if text(one, place) not in known:
                raise InputProblem(place, f"nobody has the number {quoted(one)}; there are: {', '.join(known[:20])}")
            found.append(one)
        return tuple(found)

    def judge(self, found: Impact) -> Verdict:
        """Compare an impact with the declared changes. Raises InputProblem for times that make no sense."""
        times = {
            (change.place, number): self._times(change, number, found)
            for change in self.changes
            for number in change.to
        }
        undeclared: list[tuple[Different, Spans]] = []
        happened: set[str] = set()
        for group in found.groups:
            for one in group.different:
                spans = one.times.spans(found.scope.begin, found.scope.end)
                fitting = [change for change in self.changes if self._fits(change, one, found)]
                left: list[tuple[int, int]] = []
                for word in one.one.words:
                    rest = spans
                    for change in fitting:
                        if word in change.worlds:
                            meant = times[change.place, one.one.call.to]
                            if inside(spans, meant):
                                happened.add(change.place)
                            rest = tuple(outside(rest, meant))
                    left += rest
                if left:
                    undeclared.append((one, tuple(joined(left))))
        missing = [
            f"{change.name}: no call changes so" for change in self.changes if change.place not in happened
        ] + self._half(found, times)
        return self._verdict(found, tuple(undeclared), tuple(dict.fromkeys(missing)))

    def _verdict(
        self, found: Impact, undeclared: tuple[tuple[Different, Spans], ...], missing: tuple[str, ...]
    ) -> Verdict:
        if not found.groups and found.decided:
            return Verdict(NOBODY, (), missing, bool(self.changes))
        ends = [(one.before.answer.outcome.kind, one.after.answer.outcome.kind) for one, dummy in undeclared]
        if any(UNKNOWN not in kinds for kinds in ends) or (missing and found.decided):
            return Verdict(UNDECLARED, undeclared, missing, True)
        if not found.decided:
            return Verdict(UNDECIDED, undeclared, missing, True)
        return Verdict(MATCHED, (), (), False)

    def _half(self, found: Impact, times: Mapping[tuple[str, str], Spans]) -> list[str]:
        """Declared changes that some of the calls do not see which went the declared way before."""
        missing = []
        for change in self.changes:
            if not change.before:
                continue
            for one in found.found.alike:
                if not self._meant(change, one, some=True):
                    continue
                spans = times[change.place, one.one.call.to]
                left = tuple(outside(spans, tuple(outside(spans, one.times.spans(found.scope.begin, found.scope.end)))))
                went = bool(left) and self._holds(change.before, 0, one, one.before, found)
                if went and not self._holds(change.after, 1, one, one.after, found):
                    missing.append(f"{change.name}: not all calls that are meant change")
                    break
        return missing

    def _times(self, change: Change, to: str, found: Impact) -> Spans:
        scope, (before, after) = found.scope, self._subjects
        limits = (self._zone, scope.assume.reading, scope.begin, scope.end, f"{change.place}.at")
        try:
            return parts_of_time(change.at, after, to, *limits)
        except InputProblem:
            # An interval may be gone after the change.
            return parts_of_time(change.at, before, to, *limits)

    def _fits(self, change: Change, one: Different, found: Impact) -> bool:
        """Whether a difference is the declared change, at the declared times."""
        return (
            self._meant(change, one)
            and self._holds(change.before, 0, one, one.before, found)
            and self._holds(change.after, 1, one, one.after, found)
        )

    def _meant(self, change: Change, one: Different, some: bool = False) -> bool:
        """Whether a change is about the calls of a difference, in one world at least.

        some: it may be about other callers as well whom rules do not tell apart from those that are named.
        """
        call = one.one.call
        if call.to not in change.to or not set(one.one.words) & set(change.worlds):
            return False
        patterns = one.node.patterns
        if (
            change.callers is not None
            and not (some and not patterns)
            and not _among(call.caller, change.callers, patterns)
        ):
            return False
        if change.press is None:
            return True
        return call.press[: len(change.press)] == change.press if change.press else not call.press

    def _holds(self, words: Iterable[Word], which: int, one: Different, leaf: Leaf, found: Impact) -> bool:
        seen = Seen(self._subjects[which], one.one.call, one.one.world, found.scope.assume, leaf.answer)
        return all(word.holds(seen) for word in words)


def _among(caller: Caller, callers: Sequence[Caller], patterns: frozenset[str | None]) -> bool:
    """Whether all callers who are treated like one are meant: only where rules tell them apart from others."""
    return bool(patterns) and class_of(caller, patterns) in {class_of(one, patterns) for one in callers}


def _callers(raw: Any, place: str) -> tuple[Caller, ...] | None:
    if raw == ANY:
        return None
    return tuple(caller_of(one, place) for one in (raw if isinstance(raw, (list, tuple)) else (raw,)))


def _pressed(raw: Any, place: str) -> tuple[Press, ...] | None:
    if raw == ANY:
        return None
    if raw == NOTHING:
        return ()
    return tuple(press_of(one, place) for one in (raw if isinstance(raw, (list, tuple)) else (raw,)))


def _worlds(raw: Any, place: str) -> tuple[str, ...]:
    if raw == ANY:
        return (*WORDS, "all")
    return tuple(choice(one, place, WORDS) for one in (raw if isinstance(raw, (list, tuple)) else (raw,)))


def verdict_as_data(verdict: Verdict, sentences: Iterator[str]) -> dict[str, Any]:
    """A verdict as it is returned. sentences: the undeclared differences in words."""
    return {"verdict": verdict.word, "undeclared": list(sentences), "missing": list(verdict.missing)}
