# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Numbers of a tenant: their meaning, and the destinations of calls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

EXTENSION, DID, NOWHERE, OUTSIDE, NOT_KNOWN = "extension", "did", "nowhere", "outside", "not known"

# The prefixes of tenant and domain before a number inside of the tenant. Star codes begin with a star.
_PREFIX = re.compile(r"[0-9][0-9*]*\*(?=[^*])")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Leg:
    """One destination of a call. kind: one of the words above. number: as the world knows it; of a DID, its extension.

    delay: when it begins to ring. outside: the number that is dialled if a DID counts as an outside number.
    """

    kind: str
    number: str
    delay: int = 0
    outside: str = ""


@dataclass(frozen=True)
class Group:
    """Destinations that ring together. shifted: the same if the smallest delay is taken from all, where it matters."""

    legs: tuple[Leg, ...]
    timeout: int = 0
    simple: bool = False
    screening: bool = False
    shifted: tuple[Leg, ...] | None = None


@dataclass(frozen=True)
class Numbers:
    """The meaning of numbers in the tenant. dids: the extension of each, "" for none. length: of extension numbers, 0
    if there are none. prefixes: all beginnings of extension numbers. extensions_whole, dids_whole: all are known.
    """

    extensions: frozenset[str]
    dids: Mapping[str, str]
    length: int
    prefixes: frozenset[str]
    extensions_whole: bool
    dids_whole: bool

    def leg(self, word: str, delay: int = 0) -> Leg:
        """Where a destination leads."""
        match = _PREFIX.match(word)
        number = word[match.end() :] if match else word
        if number in self.extensions:
            return Leg(EXTENSION, number, delay)
        if number in self.dids:
            return Leg(DID, self.dids[number], delay, number)
        if _DIGITS.fullmatch(number):
            if not self.extensions_whole and len(number) == (self.length or len(number)):
                return Leg(NOT_KNOWN, "extensions", delay)
            if not self.dids_whole:
                return Leg(NOT_KNOWN, "dids", delay)
            if len(number) == self.length:
                return Leg(NOWHERE, number, delay)
        return Leg(OUTSIDE, number, delay)

    def legs(self, words: str) -> tuple[Leg, ...]:
        return tuple(self.leg(word) for word in words.split())

    def cascade(self, numbers: tuple[tuple[str, int], ...]) -> tuple[tuple[Leg, ...], tuple[Leg, ...] | None]:
        """The legs of a cascade, whose first numbers ring at once; and, where that is something else, all shifted."""
        least = min((delay for dummy, delay in numbers), default=0)
        legs = tuple(
            self.leg(word, 0 if delay == least else delay) for number, delay in numbers for word in number.split()
        )
        if not least or all(not leg.delay for leg in legs):
            return legs, None
        return legs, tuple(replace(leg, delay=max(0, leg.delay - least)) for leg in legs)
