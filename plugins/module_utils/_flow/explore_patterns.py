# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Patterns of callers as automata: of all numbers, which can be told apart by which patterns are found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Union

from .pattern import END, translated

# Longer ones are no numbers.
LONGEST = 20
# The characters of numbers, and all others that patterns may tell apart, with one for those beyond ASCII.
CHARACTERS = (
    "0123456789+*#"
    + "".join(map(chr, range(32, 48))).translate({ord(one): None for one in "+*#"})
    + "".join(map(chr, (*range(58, 127), 0xE4)))
)
_WORD = frozenset(char for char in CHARACTERS if re.fullmatch(r"\w", char, re.ASCII))
_QUANTIFIER = re.compile(r"([*+?])|\{(\d+)(,(\d*))?\}")
_ATOMIC = re.compile(r"\(\?=\(\?P<(atom\d+)>")
_GROUP = re.compile(r"\(\?(?:P<(\w+)>|:)")
_BACK = re.compile(r"\(\?P=(\w+)\)")
_AROUND = re.compile(r"\(\?(=|!|<=|<!)")
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|.)", re.DOTALL)
_ZERO = {"^": "start", r"\A": "start", r"\Z": "end", r"\b": "edge", r"\B": "no edge"}


@dataclass(frozen=True)
class Chars:
    """One of these characters."""

    these: frozenset[str]


@dataclass(frozen=True)
class Here:
    """Something that holds between two characters. kind: start, end, edge, "no edge", next or "not next"."""

    kind: str
    these: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    ways: tuple[Node, ...]


@dataclass(frozen=True)
class Repeat:
    """most: None for any number of times."""

    part: Node
    least: int
    most: int | None


Node = Union[Chars, Here, Sequence, Either, Repeat]
_NOTHING = Sequence(())


class _Parser:
    """Reads a pattern as pattern.py spells it. exact: the automaton finds the same; else it finds about the same."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._groups: dict[str, Node] = {}
        self.exact = True
        self.node = self._either()

    def _either(self) -> Node:
        ways: list[Node] = []
        parts: list[Node] = []
        while self._at < len(self._text) and self._text[self._at] != ")":
            if self._text[self._at] == "|":
                self._at += 1
                ways.append(_joined(parts))
                parts = []
            else:
                parts.append(self._repeated(self._atom()))
        ways.append(_joined(parts))
        return ways[0] if len(ways) == 1 else Either(tuple(ways))

    def _takes(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
        return found

    def _repeated(self, node: Node) -> Node:
        found = self._takes(_QUANTIFIER)
        if not found:
            return node
        if self._text[self._at : self._at + 1] == "?":
            self._at += 1
        sign, least, comma, most = found[1], found[2], found[3], found[4]
        if sign:
            return Repeat(node, int(sign == "+"), 1 if sign == "?" else None)
        # More than a number has characters: that many are as good.
        first = min(int(least), LONGEST + 1)
        last = min(int(most), LONGEST + 1) if most else (None if comma else first)
        return Repeat(node, first, last)

    def _atom(self) -> Node:
        if self._text.startswith(END, self._at):
            self._at += len(END)
            return Here("end")
        if found := self._takes(_ATOMIC):
            node = self._inside()
            self._at += len(f")(?P={found[1]})")
            return self._atomic(node)
        if found := self._takes(_GROUP):
            node = self._inside()
            if found[1]:
                self._groups[found[1]] = node
            return node
        if found := self._takes(_BACK):
            self.exact = False
            return self._groups.get(found[1], _NOTHING)
        if found := self._takes(_AROUND):
            return self._around(found[1], self._inside())
        if found := self._takes(_CLASS) or self._takes(_ESCAPE):
            text = found[0]
        else:
            text = self._text[self._at]
            self._at += 1
        return Here(_ZERO[text]) if text in _ZERO else _chars(text)

    def _inside(self) -> Node:
        """The rest of a group."""
        node = self._either()
        self._at += 1
        return node

    def _atomic(self, node: Node) -> Node:
        """An atomic group, which never gives back a character that it has taken."""
        if isinstance(node, Chars):
            return node
        if isinstance(node, Repeat) and isinstance(node.part, Chars):
            over = Here("not next", node.part.these)
            if node.most is None:
                return _joined([node, over])
            full = Repeat(node.part, node.most, node.most)
            if node.least == node.most:
                return full
            return Either((full, _joined([Repeat(node.part, node.least, node.most - 1), over])))
        self.exact = False
        return node

    def _around(self, kind: str, node: Node) -> Node:
        if isinstance(node, Chars) and kind in ("=", "!"):
            return Here("next" if kind == "=" else "not next", node.these)
        # The part of a look-around may be there or not, so that numbers of both kinds are tried.
        self.exact = False
        return Repeat(node, 0, 1)


def _joined(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


@lru_cache(maxsize=2048)
def _chars(text: str) -> Chars:
    one = re.compile(text, re.ASCII)
    return Chars(frozenset(char for char in CHARACTERS if one.fullmatch(char)))


# The state of a search for a pattern: the points in it that are reached, whether nothing is read yet, and whether the
# last character belongs to a word. None once the pattern is found.
State = Union[tuple[frozenset[int], bool, bool], None]


@dataclass
class _Point:
    """A point in a pattern: where one gets from it without a character, if something holds, and with one."""

    free: list[tuple[Here | None, int]] = field(default_factory=list)
    reading: list[tuple[frozenset[str], int]] = field(default_factory=list)


class Automaton:
    """Whether a pattern is found in a number, character by character. Raises PatternProblem.

    exact: it says the same as the search; else it is only good for numbers that are worth a search.
    sets: the characters that it tells apart.
    """

    def __init__(self, pattern: str) -> None:
        parsed = _Parser(translated(pattern))
        self.exact = parsed.exact
        self._points = [_Point()]
        self._end = self._build(parsed.node, 0)
        self._edges = any(
            here and here.kind in ("edge", "no edge") for point in self._points for here, dummy in point.free
        )
        self.sets = {these for point in self._points for these, dummy in point.reading}
        self.sets |= {here.these for point in self._points for here, dummy in point.free if here and here.these}
        if self._edges:
            self.sets.add(_WORD)
        self.start: State = (frozenset([0]), True, False)
        self._steps: dict[tuple[State, str], State] = {}
        self._ends: dict[State, bool] = {}

    def step(self, state: State, char: str) -> State:
        """The state after one more character."""
        if state is None:
            return None
        key = (state, char)
        if key not in self._steps:
            self._steps[key] = self._step(state, char)
        return self._steps[key]

    def found(self, state: State) -> bool:
        """Whether the pattern is found if the number ends here."""
        if state not in self._ends:
            self._ends[state] = state is None or self._end in self._reached(*state, "")
        return self._ends[state]

    def _step(self, state: tuple[frozenset[int], bool, bool], char: str) -> State:
        reached = self._reached(*state, char)
        if self.exact and self._end in reached:
            return None
        following = {to for point in reached for these, to in self._points[point].reading if char in these}
        # It can also be found from here on.
        return frozenset({0, *following}), False, self._edges and char in _WORD

    def _reached(self, points: Iterable[int], at_start: bool, after_word: bool, char: str) -> set[int]:
        """The points that are reached before the next character, "" for none."""
        found: set[int] = set()
        waiting = list(points)
        while waiting:
            point = waiting.pop()
            if point in found:
                continue
            found.add(point)
            for here, to in self._points[point].free:
                if here is None or _holds(here, at_start, after_word, char):
                    waiting.append(to)
        return found

    def _new(self, point: int, here: Here | None = None) -> int:
        """A point that one gets to from another without a character."""
        self._points.append(_Point())
        self._points[point].free.append((here, len(self._points) - 1))
        return len(self._points) - 1

    def _build(self, node: Node, start: int) -> int:
        """Add a part of the pattern behind a point; return where it ends."""
        if isinstance(node, Here):
            return self._new(start, node)
        if isinstance(node, Chars):
            self._points.append(_Point())
            self._points[start].reading.append((node.these, len(self._points) - 1))
            return len(self._points) - 1
        if isinstance(node, Sequence):
            for part in node.parts:
                start = self._build(part, start)
            return start
        if isinstance(node, Either):
            ends = [self._build(way, self._new(start)) for way in node.ways]
            end = self._new(ends[0])
            for other in ends[1:]:
                self._points[other].free.append((None, end))
            return end
        return self._repeat(node, start)

    def _repeat(self, node: Repeat, start: int) -> int:
        for dummy in range(node.least):
            start = self._build(node.part, start)
        if node.most is None:
            around = self._new(start)
            self._points[self._build(node.part, around)].free.append((None, around))
            return self._new(around)
        ends = [start]
        for dummy in range(node.most - node.least):
            ends.append(self._build(node.part, self._new(ends[-1])))
        end = self._new(ends[-1])
        for other in ends[:-1]:
            self._points[other].free.append((None, end))
        return end


def _holds(here: Here, at_start: bool, after_word: bool, char: str) -> bool:
    if here.kind == "start":
        return at_start
    if here.kind == "end":
        return not char
    if here.kind in ("next", "not next"):
        return (char in here.these) == (here.kind == "next")
    return (after_word != (char in _WORD)) == (here.kind == "edge")
