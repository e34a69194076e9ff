# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Reading of call tests as users write them. Everything that is wrong is one sentence, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Callable

from ..._text.mask import Mask
from ..assumptions import Assumptions
from ..call import Call, Caller, Press, caller_of, press_of
from ..raw import InputProblem, Problems, mapping, milliseconds, quoted, sequence, text, truth, whole
from .moments import AnyTime, At, Clock, named_zone, read_at, read_day
from .subject import Subject
from .words import Word, read_words
from .worlds import PARTS, Around, Worlds, masked

ANY = "any"
NOTHING = "nothing"
DEPTH, MOST_DEPTH = 3, 20
_DEFAULTS = ("timezone", "world", "assumptions", "sounds", "today")
FILE = (*_DEFAULTS, "calls")
_JUDGED = ("expect", "never")
_MANNERS = ("impatient", "agent_hangs_up")
_CALLS = (
    "name", "call", "from", "at", "press", "depth", "say", *PARTS, "patience", *_MANNERS, "assumptions", "timezone",
)  # fmt: skip
COMPARE, UNCHANGED = "compare", "unchanged"
SHORT = (*_CALLS, *_JUDGED, COMPARE, UNCHANGED)
_RAW_CALL = ("to", "from", "at", "press", "hang_up_after", *_MANNERS)
RAW = ("name", *_RAW_CALL, "world", "assumptions", *_JUDGED)
_ASSUME = Assumptions()
_NUMBER = re.compile(r"\+?[0-9*#]+")


# The tenant that a test names, by the name and the place of that.
Other = Callable[[str, str], Subject]


@dataclass(frozen=True)
class Unchanged:
    """The calls that must not differ. other: the tenant to compare them with. at: their times, as the test has them."""

    other: Subject
    at: Any
    place: str


@dataclass(frozen=True)
class Tried:
    """One test. It stands for every call that its alternatives make.

    callers, press: None for any. at: nothing for calls that come at no time. call: everything else about the calls.
    raw: it is one call, most likely one of very many that a program has written. unchanged: of a test that compares.
    """

    name: str
    place: str
    to: tuple[str, ...]
    callers: tuple[Caller, ...] | None
    at: tuple[At, ...]
    press: tuple[Press, ...] | None
    depth: int
    call: Call
    around: tuple[Around, ...]
    assume: Assumptions
    clock: Clock
    expect: tuple[Word, ...] = ()
    never: tuple[Word, ...] = ()
    raw: bool = False
    unchanged: Unchanged | None = None

    @property
    def question(self) -> bool:
        """Whether the test expects nothing, so that the result tells the outcome."""
        return not (self.expect or self.never or self.unchanged)


def read_tests(
    raw: Any,
    subject: Subject,
    today: date,
    mask: Mask,
    problems: Problems,
    assume: Assumptions = _ASSUME,
    place: str = "",
    other: Other | None = None,
) -> Iterator[Tried]:
    """The tests of a list, or of a mapping with defaults for all. Raises InputProblem for an error of the whole.

    today: the day of the run, where the tests do not name one. problems: collects the errors of single tests. assume:
    the assumptions that the tests do not override. place: that of the whole, as messages write it. other: finds the
    tenants that tests compare with.
    """
    with masked(mask):
        within = f"{place}.calls" if place and isinstance(raw, Mapping) else place or "calls"
        given = mapping(raw, place, FILE) if isinstance(raw, Mapping) else {"calls": raw}
        if given.get("calls") is None:
            raise InputProblem(within, "is missing; it is the list of the tests")
        with _inside(place):
            reader = _Reader(given, subject, today, mask, assume, other)
        tests = sequence(given["calls"], within)
    for index, one in enumerate(tests):
        test = None
        with problems.collected(), masked(mask):
            test = reader.test(one, f"{within}[{index}]")
        if test:
            yield test


@contextmanager
def _inside(place: str) -> Iterator[None]:
    """Puts a place in front of that of a problem."""
    try:
        yield
    except InputProblem as problem:
        if not place:
            raise
        raise InputProblem(f"{place}.{problem.place}", problem.said) from None


class _Reader:
    def __init__(
        self,
        given: Mapping[str, Any],
        subject: Subject,
        today: date,
        mask: Mask,
        assume: Assumptions,
        other: Other | None,
    ) -> None:
        self._subject = subject
        self._other = other
        self._worlds = Worlds(subject, mask)
        day = given.get("today")
        zone = given.get("timezone")
        self._clock = Clock(
            subject.zone if zone is None else named_zone(zone, "timezone"),
            today if day is None else read_day(day, "today"),
        )
        self._assume = Assumptions.of(mapping(given.get("assumptions") or {}, "assumptions"), assume)
        self._base = self._worlds.only(mapping(given.get("world") or {}, "world", PARTS), "world", Around())
        sounds = given.get("sounds")
        self._base = self._worlds.only({"sounds": sounds}, "", self._base) if sounds is not None else self._base

    def test(self, raw: Any, place: str) -> Tried:
        is_raw = isinstance(raw, Mapping) and "to" in raw
        given = {
            name: value for name, value in mapping(raw, place, RAW if is_raw else SHORT).items() if value is not None
        }
        found = self._raw(given, place) if is_raw else self._short(given, place)
        subject = self._subject
        if played := {title for around in found.around for title in around.sounds}:
            subject = replace(subject, sounds=subject.sounds | played)
        return replace(
            found,
            name=text(given.get("name", found.place), f"{place}.name"),
            raw=is_raw,
            expect=_words(given, "expect", subject, place),
            never=_words(given, "never", subject, place),
        )

    def _raw(self, given: Mapping[str, Any], place: str) -> Tried:
        call = Call.of({name: value for name, value in given.items() if name in _RAW_CALL}, place)
        around = self._worlds.raw(given.get("world"), f"{place}.world", self._base)
        at = () if call.at is None else (range(call.at, call.at + 1),)
        assume = self._assumptions(given, place)
        return Tried("", place, (call.to,), (call.caller,), at, call.press, DEPTH, call, (around,), assume, self._clock)

    def _short(self, given: Mapping[str, Any], place: str) -> Tried:
        if "call" not in given:
            raise InputProblem(place, "call is missing; name the DID or the extension that is called, or any")
        clock = self._clock
        if "timezone" in given:
            clock = Clock(named_zone(given["timezone"], f"{place}.timezone"), clock.today)
        unchanged = self._unchanged(given, place)
        to = self._called(given["call"], f"{place}.call", (self._subject, *((unchanged.other,) if unchanged else ())))
        patience = given.get("patience")
        call = Call(
            to[0],
            impatient=truth(given.get("impatient", False), f"{place}.impatient"),
            hang_up_after=None if patience is None else milliseconds(patience, f"{place}.patience"),
            agent_hangs_up=truth(given.get("agent_hangs_up", False), f"{place}.agent_hangs_up"),
        )
        press = self._pressed(given, place)
        return Tried(
            "",
            place,
            to,
            self._callers(given.get("from"), f"{place}.from"),
            read_at(given["at"], clock, f"{place}.at") if "at" in given else (AnyTime(),) if unchanged else (),
            press,
            _depth(given, press, place),
            call,
            tuple(self._worlds.all(given, place, self._base)),
            self._assumptions(given, place),
            clock,
            unchanged=unchanged,
        )

    def _unchanged(self, given: Mapping[str, Any], place: str) -> Unchanged | None:
        """The state that a test compares with, and when nothing may differ; None for a test that does not compare."""
        if COMPARE not in given:
            if UNCHANGED in given:
                raise InputProblem(f"{place}.{UNCHANGED}", "it belongs to compare, which names the other state")
            return None
        if judged := [name for name in _JUDGED if name in given]:
            raise InputProblem(f"{place}.{judged[0]}", "a test that compares has unchanged instead; write two tests")
        where = f"{place}.{COMPARE}"
        named = mapping(given[COMPARE], where, ("with",)).get("with")
        if named is None:
            raise InputProblem(where, "with is missing; name exported, or the path of a document")
        if UNCHANGED not in given:
            raise InputProblem(
                place, "unchanged is missing; it says when no caller may notice a difference, such as any"
            )
        name = text(named, f"{where}.with")
        if self._other is None:
            raise InputProblem(f"{where}.with", "there is nothing to compare with here")
        return Unchanged(self._other(name, f"{where}.with"), given[UNCHANGED], f"{place}.{UNCHANGED}")

    def _assumptions(self, given: Mapping[str, Any], place: str) -> Assumptions:
        if "assumptions" not in given:
            return self._assume
        own = mapping(given["assumptions"], f"{place}.assumptions")
        with _inside(place):
            return Assumptions.of(own, self._assume)

    @staticmethod
    def _called(raw: Any, place: str, subjects: tuple[Subject, ...]) -> tuple[str, ...]:
        """The numbers that are called, each once. subjects: some of them must have it."""
        plans = [subject.plan for subject in subjects]
        dids = dict.fromkeys(number for plan in plans for number in plan.numbers.dids)
        extensions = dict.fromkeys(number for plan in plans for number in plan.extensions)
        dids_whole = all(plan.numbers.dids_whole for plan in plans)
        found: list[str] = []
        for one, where in _alternatives(raw, place):
            number = text(one, where)
            if number == ANY:
                if not dids:
                    why = "there is no DID" if dids_whole else "which DIDs there are is not known"
                    raise InputProblem(where, f"any stands for every DID, and {why}")
                found += dids
                continue
            whole = dids_whole and all(plan.numbers.extensions_whole for plan in plans)
            if whole and number not in dids and number not in extensions:
                listed = ", ".join((*dids, *extensions))
                raise InputProblem(where, f"nobody has the number {quoted(number)}; there are: {listed}")
            found.append(number)
        return tuple(dict.fromkeys(found))

    @staticmethod
    def _callers(raw: Any, place: str) -> tuple[Caller, ...] | None:
        if raw is None:
            return (Caller(),)
        found = []
        for one, where in _alternatives(raw, place):
            if one == ANY:
                return None
            if isinstance(one, str) and one != "anonymous" and not _NUMBER.fullmatch(one):
                raise InputProblem(where, f"{quoted(one)} is neither a number nor one of anonymous, any")
            found.append(caller_of(one, where))
        return tuple(found)

    @staticmethod
    def _pressed(given: Mapping[str, Any], place: str) -> tuple[Press, ...] | None:
        if "say" in given:
            if "press" in given:
                raise InputProblem(place, "press and say stand together; write spoken words as an item of press")
            return (press_of({"say": given["say"]}, place),)
        raw, where = given.get("press", ()), f"{place}.press"
        if raw == ANY:
            return None
        if raw == NOTHING:
            return ()
        if isinstance(raw, (list, tuple)):
            return tuple(press_of(one, f"{where}[{index}]") for index, one in enumerate(raw))
        return (press_of(raw, where),)


def _words(given: Mapping[str, Any], name: str, subject: Subject, place: str) -> tuple[Word, ...]:
    return read_words(given[name], subject, f"{place}.{name}", each=name == "never") if name in given else ()


def _alternatives(raw: Any, place: str) -> list[tuple[Any, str]]:
    """One value, or each of a list, with its place."""
    if not isinstance(raw, (list, tuple)):
        return [(raw, place)]
    if not raw:
        raise InputProblem(place, "an empty list means no call at all")
    return [(one, f"{place}[{index}]") for index, one in enumerate(raw)]


def _depth(given: Mapping[str, Any], press: tuple[Press, ...] | None, place: str) -> int:
    if "depth" not in given:
        return DEPTH
    if press is not None:
        raise InputProblem(f"{place}.depth", "depth belongs to press: any")
    depth = whole(given["depth"], f"{place}.depth")
    if not 1 <= depth <= MOST_DEPTH:
        raise InputProblem(f"{place}.depth", f"{depth} is not from 1 to {MOST_DEPTH}")
    return depth
