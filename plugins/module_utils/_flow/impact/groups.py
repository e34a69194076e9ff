# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Differences that people tell together: the same is noticed, for the same reason, by these callers at these times."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from ..call import Caller, Press
from ..explore_callers import fits
from ..explore_worlds import WORLDS as ALL_WORLDS
from ..zone import Zone
from .causes import Cause
from .compare import Different, Scope
from .notice import LOSSES, WORLDS, Names, loss, pressed
from .times import listing, when

# So many alternatives of one kind are told.
_LISTED = 6
Spans = tuple[tuple[int, int], ...]


class Kind(NamedTuple):
    """Callers who are the same for some calls. patterns: those that matter. found: those that are found in their
    numbers; None for callers who hide theirs."""

    one: Caller
    patterns: frozenset[str]
    found: frozenset[str] | None

    @classmethod
    @lru_cache(maxsize=1000)
    def of(cls, caller: Caller, patterns: frozenset[str | None]) -> Kind:
        """patterns: those that tell callers apart, None for whether a caller is hidden."""
        of_numbers = frozenset(pattern for pattern in patterns if pattern is not None)
        if not caller.shown.number and patterns:
            return cls(caller, of_numbers, None)
        return cls(caller, of_numbers, frozenset(pattern for pattern in of_numbers if fits(pattern, caller.number)))


@dataclass(frozen=True)
class Who:
    """Calls to each of some numbers, by each of some callers, and so on, at the same times."""

    to: tuple[str, ...]
    callers: tuple[Kind, ...]
    press: tuple[tuple[Press, ...], ...]
    words: tuple[str, ...]
    spans: Spans
    asked: bool
    zone: Zone

    @cached_property
    def seconds(self) -> int:
        """How long, for all numbers and kinds of callers together."""
        lasting: int = sum(map(itemgetter(1), self.spans)) - sum(map(itemgetter(0), self.spans))
        return len(self.to) * len(self.callers) * lasting


@dataclass
class Group:
    """what: the difference for callers, in words. loss: one of LOSSES. who: all callers with these differences.

    witness: the difference with the fewest keys and, of these, the earliest.
    """

    what: str
    loss: str
    cause: Cause
    different: list[Different]
    who: list[Who] = field(default_factory=list)

    @property
    def numbers(self) -> list[str]:
        return list(dict.fromkeys(one.one.call.to for one in self.different))

    @property
    def seconds(self) -> int:
        return sum(one.seconds for one in self.who)


def grouped(
    different: Iterable[Different],
    cause_of: Callable[[Different], Cause],
    names: Names,
    scope: Scope,
    zone_of: Callable[[Different], Zone],
) -> list[Group]:
    """Groups of differences: the worst loss first, and those that most callers meet."""
    found: dict[Hashable, Group] = {}
    for one in different:
        what, kind, cause = names.what(one.before, one.after), loss(one.before, one.after), cause_of(one)
        group = found.setdefault((what, kind, cause), Group(what, kind, cause, []))
        group.different.append(one)
    for group in found.values():
        group.who = _who(group.different, scope, zone_of)
    return sorted(found.values(), key=lambda one: (LOSSES.index(one.loss), -one.seconds))


def witness(different: Iterable[Different], scope: Scope) -> Different:
    """The one with the fewest keys and, of these, the earliest."""

    def size(one: Different) -> tuple[Any, ...]:
        press = one.one.call.press
        keys = sum(len(item.keys) + len(item.say) for item in press)
        return len(press), keys, one.times.spans(scope.begin, scope.end)[0][0], ALL_WORLDS.index(one.one.words[0])

    return min(different, key=size)


def _who(different: Iterable[Different], scope: Scope, zone_of: Callable[[Different], Zone]) -> list[Who]:
    """The calls of some differences, alternatives of one kind together where all else is the same."""
    found = [_calls(one, one.times.spans(scope.begin, scope.end), zone_of(one)) for one in different]
    for name in ("words", "callers", "press", "to"):
        found = list(_together(found, name))
    return sorted(found, key=lambda one: -one.seconds)


def _calls(one: Different, spans: Spans, zone: Zone) -> Who:
    call = one.one.call
    asked = bool(one.before.looks.asks or one.after.looks.asks)
    return Who((call.to,), (Kind.of(call.caller, one.node.patterns),), (call.press,), one.one.words, spans, asked, zone)


def _together(who: Iterable[Who], name: str) -> Iterator[Who]:
    """Those that differ in one alternative only, as one."""
    found: dict[Hashable, list[Who]] = {}
    rest = attrgetter(*(one for one in _PARTS if one != name))
    for one in who:
        # The same times are the same object, and would be long to compare.
        found.setdefault((id(one.spans), *rest(one)), []).append(one)
    for listed in found.values():
        values: dict[str, Any] = {name: tuple(dict.fromkeys(value for one in listed for value in getattr(one, name)))}
        yield replace(listed[0], **values)


_PARTS = ("to", "callers", "press", "words", "asked", "zone")


class Telling:
    """Groups in words."""

    def __init__(self, scope: Scope, zone_of: Callable[[Different], Zone]) -> None:
        self._scope = scope
        self._zone_of = zone_of

    def one(self, one: Different, spans: Spans) -> str:
        """The calls of one difference at some of its times."""
        return self.who(_calls(one, spans, self._zone_of(one)))

    def sentence(self, group: Group) -> str:
        """``Callers of 74950000101, Monday to Friday 12:30-14:00: reach the voicemail of 300 instead of ...``"""
        # Other keys, callers or worlds of the same numbers are counted only, and listed beside the sentence.
        most = 1 if len({one.to for one in group.who}) == 1 else 3
        callers = [self.who(one) for one in group.who[:most]]
        left = len(group.who) - len(callers)
        more = f", and {left} more {'kind' if left == 1 else 'kinds'} of calls" if left > 0 else ""
        return f"{'; '.join(callers)}{more}: {group.what}"

    def who(self, who: Who) -> str:
        words = [f"Callers of {_listed(who.to)}{_which(who.callers)}"]
        words.append(when(who.spans, who.zone, self._scope.begin, self._scope.end))
        if who.asked:
            words.append(f"who press {_listed([pressed(one) for one in who.press], 'or')}")
        if len(self._scope.words) > len(who.words) and any(WORLDS[one] for one in who.words):
            words.append(listing([WORLDS[one] for one in who.words if WORLDS[one]], "or"))
        return ", ".join(words)


def _which(kinds: Sequence[Kind]) -> str:
    """Which callers these are, as far as rules tell them apart."""
    if any(not one.patterns for one in kinds if one.found is not None):
        return ""
    patterns: set[str] = set().union(*(one.patterns for one in kinds))
    fitting = dict.fromkeys(pattern for one in kinds for pattern in sorted(one.found or ()))
    hidden = any(one.found is None for one in kinds)
    if any(one.found is not None and not one.found for one in kinds):
        # All but those whose numbers fit something else.
        others = _listed(sorted(patterns - set(fitting)), "or")
        words = [f"all but those whose number fits {others}"] if others else []
        words += [] if hidden else ["who show their number"]
        return f" ({', '.join(words)})" if words else ""
    if not fitting:
        return " (who hide their number)"
    words = [f"whose number fits {_listed(list(fitting), 'or')}"] + (["or who hide it"] if hidden else [])
    return f" ({' '.join(words)})"


def _listed(words: Sequence[str], last: str = "and") -> str:
    if len(words) <= _LISTED:
        return listing(words, last)
    return f"{', '.join(words[: _LISTED - 1])} {last} {len(words) - _LISTED + 1} more"
