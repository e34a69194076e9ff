# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The words of ``expect`` and ``never``: how each is read, whether it holds, and the message where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Callable, NamedTuple

from ..answer import ABANDONED, ANSWERED, CONFERENCE, ENDLESS, FAX, HANGUP, VOICEMAIL
from ..numbers import NOWHERE
from ..raw import InputProblem, mapping, milliseconds, quoted, sequence, text, truth
from .seen import Seen, Stay
from .subject import Subject

ANY = "any"
ANONYMOUS = "anonymous"
_CAUSES = ("normal", "busy", "no_answer", "unallocated", "blocked", "rejected_pin")

# The values of a word that names something; None for any of its kind.
Names = Any
Reader = Callable[[Any, Subject, str], Any]


class Kind(NamedTuple):
    """A word. found: the actual event, in words."""

    read: Reader
    holds: Callable[[Seen, Any], bool]
    found: Callable[[Seen], str]


@dataclass(frozen=True)
class Word:
    """One word of a test. said: as it was written."""

    name: str
    wanted: Any
    said: str

    def holds(self, seen: Seen) -> bool:
        return WORDS[self.name].holds(seen, self.wanted)

    def found(self, seen: Seen) -> str:
        return WORDS[self.name].found(seen)

    def __str__(self) -> str:
        return f"{self.name} {self.said}"


def read_words(raw: Any, subject: Subject, place: str, each: bool = False) -> tuple[Word, ...]:
    """The words of a mapping, or of a list of them. each: every item of a list of ``rings`` is a word by itself."""
    found: list[Word] = []
    if isinstance(raw, (list, tuple)):
        for index, one in enumerate(raw):
            found += read_words(one, subject, f"{place}[{index}]", each)
        given: Mapping[str, Any] = {}
    else:
        given = mapping(raw, place, WORDS)
    for name, value in given.items():
        values = value if each and name == "rings" and isinstance(value, (list, tuple)) and value else (value,)
        for one in values:
            found.append(Word(name, WORDS[name].read(one, subject, f"{place}.{name}"), _said(one)))
    if not found:
        raise InputProblem(place, f"says nothing; the words are: {', '.join(WORDS)}")
    return tuple(found)


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return " and ".join(f"{name} {_said(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_said(one) if not isinstance(one, Mapping) else f"({_said(one)})" for one in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _listed(raw: Any, place: str) -> Sequence[str] | None:
    """A name, or a list of them; None for any."""
    if raw == ANY:
        return None
    if not isinstance(raw, (list, tuple)):
        return (text(raw, place),)
    if not raw:
        raise InputProblem(place, "an empty list names nothing")
    names = tuple(text(one, f"{place}[{index}]") for index, one in enumerate(raw))
    return None if ANY in names else names


def _names(known: Callable[[Subject], Sequence[str]], always: bool = False) -> Reader:
    """Reads names that must be among those that are known; always: also where not all of the tenant is known."""

    def read(raw: Any, subject: Subject, place: str) -> Names:
        names = _listed(raw, place)
        right = known(subject) if always or subject.whole else ()
        for name in names or ():
            if name not in right and (always or subject.whole):
                listed = f"there are: {', '.join(dict.fromkeys(right))}" if right else "there is none"
                raise InputProblem(place, f"there is no {quoted(name)}; {listed}")
        return names

    return read


def _words(*words: str) -> Reader:
    return _names(lambda subject: (*words, ANY), always=True)


def _who(raw: Any, subject: Subject, place: str) -> Names:
    """Numbers and agents. A number that is none of the tenant's must be one that can be dialled."""
    names = _listed(raw, place)
    for name in names or ():
        if not subject.whole:
            continue
        if "/" in name and name not in subject.agents:
            raise InputProblem(place, f"there is no agent {name}; there are: {', '.join(subject.agents) or 'none'}")
        if "/" not in name and subject.plan.numbers.leg(name).kind == NOWHERE:
            raise InputProblem(place, f"there is no {name}; there are: {', '.join(subject.plan.extensions)}")
    return names


def _sounds(raw: Any, subject: Subject, place: str) -> Names:
    names = _listed(raw, place)
    # A webhook may have sounds played that no rule names.
    if subject.whole and subject.sounds and not any("$" in name for name in names or ()):
        return _names(lambda tenant: sorted(tenant.sounds))(raw, subject, place)
    return names


def _ms(raw: Any, _subject: Subject, place: str) -> int:
    return milliseconds(raw, place)


def _truth(raw: Any, _subject: Subject, place: str) -> bool:
    return truth(raw, place)


def _alternatives(raw: Any, subject: Subject, place: str) -> tuple[tuple[Word, ...], ...]:
    if not raw and isinstance(raw, (list, tuple)):
        raise InputProblem(place, "an empty list, which nothing can hold")
    return tuple(
        read_words(mapping(one, f"{place}[{index}]"), subject, f"{place}[{index}]")
        for index, one in enumerate(sequence(raw, place))
    )


def _among(wanted: Names, found: str) -> bool:
    return wanted is None or found in wanted


def _outcome(kind: str, detail: str) -> Callable[[Seen, Any], bool]:
    return lambda seen, wanted: seen.outcome.kind == kind and _among(wanted, getattr(seen.outcome, detail))


def _answered(seen: Seen, wanted: Names) -> bool:
    end = seen.outcome
    if end.kind != ANSWERED:
        return False
    return _among(wanted, end.by) or (bool(end.queue) and _among(wanted, end.by.partition("/")[0]))


def _any_of(found: Sequence[str], wanted: Names) -> bool:
    return bool(found) if wanted is None else any(one in wanted for one in found)


def _hears(seen: Seen, wanted: Names) -> bool:
    heard = iter(seen.heard)
    return next(heard, None) is not None if wanted is None else all(title in heard for title in wanted)


def _rings(seen: Seen, wanted: Names) -> bool:
    rung = seen.rung
    return bool(rung) if wanted is None else all(one in rung for one in wanted)


def _visits(seen: Seen, wanted: Names) -> bool:
    return _any_of([name for one, context in seen.menus for name in (context, f"{one}/{context}")], wanted)


def _shows(seen: Seen, wanted: Names) -> bool:
    return bool(seen.shown) if wanted is None else (seen.shown or ANONYMOUS) in wanted


def _within(seen: Seen, wanted: int) -> bool:
    return seen.outcome.kind not in (ENDLESS, ABANDONED) and seen.outcome.at <= wanted


def _waits(stays: Sequence[Stay], wanted: int) -> bool:
    return all(stay.ends and stay.ms <= wanted for stay in stays)


def _empty(seen: Seen) -> list[Stay]:
    return [stay for stay in seen.stays if seen.empty(stay.queue)]


def _told(seen: Seen, wanted: bool) -> bool:
    return seen.outcome.kind != HANGUP or bool(seen.outcome.told) == wanted


def _numbers_of(*kinds: str) -> Callable[[Subject], Sequence[str]]:
    return lambda subject: [number for kind in kinds for number in subject.of_type(kind)]


def ended(seen: Seen) -> str:
    """The outcome in words."""
    end, after = seen.outcome, f"after {seconds(seen.outcome.at)}"
    if end.kind == ANSWERED:
        return f"answered by {end.by}{f' of queue {end.queue}' if end.queue else ''} {after}"
    if end.kind == HANGUP:
        message = "" if end.told is None else ", told why" if end.told else ", without a message"
        return f"hangup {end.cause} {after}{message}"
    if end.kind == ENDLESS:
        return f"endless in {end.where}, sure {after}"
    detail = end.extension or (end.where and f"in {end.where}") or end.place
    return f"{end.kind} {detail} {after}"


def seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".") + " s"


def _stayed(stays: Sequence[Stay]) -> str:
    return _list(
        [f"{seconds(stay.ms)} in {stay.queue}" if stay.ends else f"for ever in {stay.queue}" for stay in stays]
    )


def _list(found: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(found)) or "nothing"


def _end(kind: str, read: Reader, detail: str) -> Kind:
    return Kind(read, _outcome(kind, detail), ended)


WORDS: dict[str, Kind] = {
    "answered": Kind(_who, _answered, ended),
    "queue": Kind(
        _names(_numbers_of("queue")), lambda seen, wanted: _any_of(seen.queues, wanted), lambda s: _list(s.queues)
    ),
    "voicemail": _end(VOICEMAIL, _names(_numbers_of("phone", "queue", "ivr")), "extension"),
    "fax": _end(FAX, _names(_numbers_of("fax")), "extension"),
    "conference": _end(CONFERENCE, _names(_numbers_of("conference")), "extension"),
    "hangup": _end(HANGUP, _words(*_CAUSES), "cause"),
    "abandoned": _end(ABANDONED, _words("queue", "ringing", "menu"), "where"),
    "endless": _end(ENDLESS, _words("queue", "circle"), "where"),
    "hears": Kind(_sounds, _hears, lambda seen: _list(seen.heard)),
    "rings": Kind(_who, _rings, lambda seen: _list(sorted(seen.rung))),
    "visits": Kind(
        _names(lambda subject: subject.menus),
        _visits,
        lambda seen: _list([f"{one}/{name}" for one, name in seen.menus]),
    ),
    "rule": Kind(
        _names(lambda subject: subject.rule_names),
        lambda seen, wanted: bool(seen.answer.fired) if wanted is None else _any_of(seen.rules, wanted),
        lambda seen: _list(seen.rules),
    ),
    "shows": Kind(lambda raw, subject, place: _listed(raw, place), _shows, lambda seen: seen.shown or ANONYMOUS),
    "within": Kind(_ms, _within, ended),
    "silence": Kind(_ms, lambda seen, wanted: seen.silence <= wanted, lambda seen: seconds(seen.silence)),
    "waits": Kind(_ms, lambda seen, wanted: _waits(seen.stays, wanted), lambda seen: _stayed(seen.stays)),
    "told": Kind(_truth, _told, ended),
    "one_of": Kind(
        _alternatives, lambda seen, wanted: any(all(word.holds(seen) for word in one) for one in wanted), ended
    ),
    "waits_in_empty_queue": Kind(
        _ms, lambda seen, wanted: _waits(_empty(seen), wanted), lambda seen: _stayed(_empty(seen))
    ),
}


def failing(expect: Sequence[Word], never: Sequence[Word], seen: Seen) -> Iterator[tuple[bool, Word]]:
    """The words that a call does not fulfil; whether they were expected, or must not hold."""
    for word in expect:
        if not word.holds(seen):
            yield True, word
    for word in never:
        if word.holds(seen):
            yield False, word
