# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Reading of calls as users write them: one sentence, with the place, for every error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

# No wait in a call is longer, so that no time gets out of hand.
MOST_SECONDS = 10_000_000


class InputProblem(ValueError):
    """An input that makes no sense. place: where in the input, such as ``world.phones.101.does``."""

    def __init__(self, place: str, text: str) -> None:
        super().__init__(f"{place}: {text}" if place else text)
        self.place = place

    @property
    def said(self) -> str:
        """The message without the place."""
        return str(self)[len(self.place) + 2 :] if self.place else str(self)


class InputProblems(InputProblem):
    """Several inputs that make no sense. each: all of them."""

    def __init__(self, each: Sequence[InputProblem]) -> None:
        first = each[0]
        more = f"; and {len(each) - 1} more make no sense" if len(each) > 1 else ""
        super().__init__(first.place, f"{first.said}{more}")
        self.each = tuple(each)


class Problems:
    """Collects the errors of inputs that do not depend on one another."""

    def __init__(self) -> None:
        self._found: list[InputProblem] = []

    @contextmanager
    def collected(self) -> Iterator[None]:
        try:
            yield
        except InputProblem as problem:
            self._found.append(problem)

    def tell(self) -> None:
        """Raise the errors that were found, if there are any."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            raise InputProblems(self._found)


def quoted(value: Any) -> str:
    """A value as a sentence shows it; only the kind of a value that is not plain."""
    if isinstance(value, (Mapping, list, tuple)):
        return "a dictionary" if isinstance(value, Mapping) else "a list"
    return "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)


def mapping(value: Any, place: str, names: Iterable[str] = ()) -> Mapping[str, Any]:
    """A dictionary; names: the only keys that it may have, if there are any."""
    if not isinstance(value, Mapping):
        raise InputProblem(place, f"{quoted(value)} stands where a dictionary belongs")
    allowed = list(names)
    for name in value:
        if allowed and name not in allowed:
            raise InputProblem(place, f"there is no {name}; there are: {', '.join(allowed)}")
    return value


def sequence(value: Any, place: str) -> Sequence[Any]:
    if not isinstance(value, (list, tuple)):
        raise InputProblem(place, f"{quoted(value)} stands where a list belongs")
    return value


def text(value: Any, place: str) -> str:
    """Text. A bare number is refused, because YAML changes numbers such as 010 and +49."""
    if not isinstance(value, str):
        raise InputProblem(place, f"{quoted(value)} is not text; write it in quotes")
    return value


def truth(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise InputProblem(place, f"{quoted(value)} is neither true nor false")
    return value


def whole(value: Any, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_SECONDS:
        raise InputProblem(place, f"{quoted(value)} is not a whole number from 0 to {MOST_SECONDS}")
    return value


def milliseconds(value: Any, place: str) -> int:
    """Seconds, as milliseconds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MOST_SECONDS:
        raise InputProblem(place, f"{quoted(value)} is not a number of seconds from 0 to {MOST_SECONDS}")
    return round(value * 1000)


def choice(value: Any, place: str, words: Sequence[str]) -> str:
    if value not in words:
        raise InputProblem(place, f"{quoted(value)} is none of {', '.join(words)}")
    return str(value)
