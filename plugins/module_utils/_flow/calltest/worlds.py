# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The world of a test in its short forms: ``phones: nobody``, ``phones: {"101": busy}``, ``agents: out``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Callable, NamedTuple

from ..._text.mask import Mask
from ..explore_worlds import Everyone
from ..raw import InputProblem, choice, mapping, sequence, text
from ..world import BUSY, NO_ANSWER, Agent, Device, Does, World
from .subject import Subject

PARTS = ("phones", "external", "agents", "queues", "webhooks", "conferences", "variables", "codes", "sounds")
_FAIR, _NOBODY, _OUT, _IN = "fair", "nobody", "out", "in"
_HOW = {_NOBODY: NO_ANSWER, "busy": BUSY}
# The words that stand for all of a part.
_FOR_ALL = {"phones": (_FAIR, *_HOW), "external": (_FAIR, *_HOW), "agents": (_OUT, _IN)}
_STATUS = {_OUT: "logged_out", _IN: "available"}

_FAIR_WORLD = World()


@dataclass(frozen=True)
class Around:
    """A world, and the words of a person for its special parts, by part."""

    world: World = _FAIR_WORLD
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def sounds(self) -> set[str]:
        """The titles that it knows, those that webhooks play among them."""
        replies = (reply for listed in self.world.webhooks.values() for reply in listed)
        verbs = (verb for reply in replies for verb in reply.verbs or ())
        return {str(verb.arguments["title"]) for verb in verbs if verb.name == "play"} | set(self.world.sounds)


class _Part(NamedTuple):
    """One part of a world. whole: it replaces the old part; else each entry replaces the entry of its name."""

    value: Any
    whole: bool
    word: str


class Worlds:
    """Reads worlds for tests of a tenant. mask: hides the secrets of addresses in messages."""

    def __init__(self, subject: Subject, mask: Mask) -> None:
        self._subject = subject
        self._mask = mask

    def only(self, given: Mapping[str, Any], place: str, base: Around) -> Around:
        """A world without alternatives."""
        for name in PARTS:
            if name in _FOR_ALL and isinstance(given.get(name), (list, tuple)):
                raise InputProblem(f"{place}.{name}", "a list means alternatives, which belong to a test")
        return next(self.all(given, place, base))

    def all(self, given: Mapping[str, Any], place: str, base: Around) -> Iterator[Around]:
        """Every world that the parts of a test mean, on the base of the world of all tests."""
        names = [name for name in PARTS if given.get(name) is not None]
        alternatives = [
            list(self._alternatives(name, given[name], f"{place}.{name}" if place else name)) for name in names
        ]
        for parts in product(*alternatives):
            yield _laid_over(base, dict(zip(names, parts)))

    def raw(self, given: Any, place: str, base: Around) -> Around:
        """A world in the raw form."""
        if given is None:
            return base
        world = self._read(given, place)
        parts = {
            name: _Part(getattr(world, name), name == "codes", "") for name in PARTS if given.get(name) is not None
        }
        return _laid_over(base, parts)

    def _read(self, given: Any, place: str) -> World:
        try:
            return World.of(given, place)
        except InputProblem as problem:
            # The addresses of webhooks are the names in this part, and so stand in the place.
            where, prefix = problem.place, f"{place}.webhooks."
            named = given.get("webhooks") if isinstance(given, Mapping) else None
            for address in sorted(map(str, named), key=len, reverse=True) if isinstance(named, Mapping) else ():
                if where.startswith(prefix + address):
                    # The quotes separate the address from the text behind it.
                    where = f'{prefix}"{self._mask.address(address)}"{where[len(prefix + address) :]}'
                    break
            raise InputProblem(where.lstrip("."), problem.said) from None

    def _alternatives(self, name: str, raw: Any, place: str) -> Iterator[_Part]:
        if name not in _FOR_ALL:
            yield self._named(name, raw, place)
        elif isinstance(raw, (list, tuple)):
            if not raw:
                raise InputProblem(place, f"an empty list; write one of {', '.join(_FOR_ALL[name])}")
            for index, word in enumerate(raw):
                yield self._for_all(name, word, f"{place}[{index}]")
        elif isinstance(raw, Mapping):
            yield self._named(name, raw, place)
        else:
            yield self._for_all(name, raw, place)

    def _for_all(self, name: str, raw: Any, place: str) -> _Part:
        word = choice(raw, place, _FOR_ALL[name])
        if name == "agents":
            return _Part(Everyone(Agent(word == _IN)), True, word)
        if word == _FAIR:
            return _Part({}, True, word)
        does = Does(_HOW[word])
        return _Part(Everyone(does if name == "external" else Device(does=does)), True, word)

    def _named(self, name: str, raw: Any, place: str) -> _Part:
        if name in _CHECKED and self._subject.whole:
            known = _CHECKED[name](self._subject)
            for one in sequence(raw, place) if name == "codes" else mapping(raw, place):
                if text(one, place) not in known:
                    hide = self._mask.address if name == "webhooks" else str
                    shown = [str(hide(each)) for each in (one, *known)]
                    listed = f"there are: {', '.join(shown[1:])}" if known else "there are none"
                    raise InputProblem(place, f"there is no {shown[0]}; {listed}")
        spelled = {one: _long(name, value) for one, value in raw.items()} if isinstance(raw, Mapping) else raw
        value = getattr(self._read({name: spelled}, place.rpartition(f".{name}")[0]), name)
        return _Part(value, name == "codes", _shown(name, raw, self._mask))


_CHECKED: dict[str, Callable[[Subject], tuple[str, ...]]] = {
    "phones": lambda subject: subject.of_type("phone"),
    "agents": lambda subject: subject.agents,
    "queues": lambda subject: tuple(subject.queues),
    "conferences": lambda subject: subject.of_type("conference"),
    "webhooks": lambda subject: subject.addresses,
    "codes": lambda subject: subject.codes,
}


@contextmanager
def masked(mask: Mask) -> Iterator[None]:
    """Hides the secrets of addresses in errors."""
    try:
        yield
    except InputProblem as problem:
        raise InputProblem(problem.place, mask.text(problem.said)) from None


def _long(name: str, value: Any) -> Any:
    """An entry in the form that a world has."""
    if name == "phones" and value is not None:
        return value if isinstance(value, Mapping) and "reject" not in value else {"does": value}
    if name == "agents" and isinstance(value, str):
        return {"status": _STATUS.get(value, value)}
    return value


def _shown(name: str, raw: Any, mask: Mask) -> str:
    if name in ("phones", "external", "agents"):
        return ", ".join(f"{one} {_how(value)}" for one, value in raw.items())
    if name == "sounds":
        return ""
    if name == "webhooks":
        return ", ".join(str(mask.address(one)) for one in raw)
    return ", ".join(_each(name, raw))


def _each(name: str, raw: Any) -> Iterable[str]:
    if not isinstance(raw, Mapping):
        return map(str, raw)
    # A variable may hold anything, so its value is not shown.
    return map(str, raw) if name in ("variables", "queues") else (f"{one} {value}" for one, value in raw.items())


def _how(value: Any) -> str:
    return " ".join(f"{name} {one}" for name, one in value.items()) if isinstance(value, Mapping) else str(value)


def _laid_over(base: Around, parts: Mapping[str, _Part]) -> Around:
    changed: dict[str, Any] = {}
    words = dict(base.words)
    for name, part in parts.items():
        old = getattr(base.world, name)
        if part.whole:
            changed[name] = part.value
        elif isinstance(old, Everyone):
            changed[name] = old.but(part.value)
        else:
            changed[name] = {**old, **part.value}
        said = "" if part.whole else words.pop(name, "")
        if word := ", ".join(filter(None, (said, part.word))):
            words[name] = word
    return Around(replace(base.world, **changed), words) if parts else base
