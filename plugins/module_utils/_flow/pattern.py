# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
r"""Patterns of callers: the part of PCRE that means the same here, rewritten for Python; the rest is refused.

Supported: literals, classes, the dot, \d \w \s and their opposites (ASCII), anchors, groups, alternatives, look-around,
back references, and quantifiers, greedy, lazy or possessive. Not so repetitions of repetitions: they may take for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from .call import LONGEST_NUMBER

# The letters that mean the same to PCRE and to Python after a backslash.
_SAME = set("dDwWsSbB") | set("tnrfva")
END = r"(?=\n?\Z)"
_SPELLED = {"A": r"\A", "z": r"\Z", "Z": END, "h": r"[ \t]", "H": r"[^ \t]", "N": r"[^\n]", "e": r"\x1b"}
_SPELLED_IN_CLASS = {"h": r" \t", "e": r"\x1b", "b": r"\x08"}
_POSIX = {
    "digit": "0-9", "alpha": "a-zA-Z", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z", "space": r"\s",
    "xdigit": "0-9a-fA-F", "word": r"\w", "blank": r" \t", "punct": r"!-/:-@\[-`{-~",
}  # fmt: skip
_GROUPS = ("?:", "?=", "?!", "?<=", "?<!")
_QUANTIFIER = re.compile(r"[*+?]|\{(\d+)(,(\d*))?\}")
_NAMED = re.compile(r"\?(?:P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')", re.ASCII)
_MOST_REPEATS = 1000
# More of them, one after the other, could divide a number in more ways than can be tried.
_MOST_OPEN_ENDED = 6


class PatternProblem(ValueError):
    """A pattern that cannot be used; the text is the rest of a sentence that begins with it."""


class NotSupported(PatternProblem):
    """A pattern that may mean something to a PBX."""


@lru_cache(maxsize=2048)
def search(pattern: str) -> Callable[[str], bool]:
    """Whether a pattern is found in a number. Raises PatternProblem."""
    if pattern.isdigit() and pattern.isascii():
        return lambda number: pattern in number
    try:
        compiled = re.compile(translated(pattern), re.ASCII)
    except (re.error, RecursionError, OverflowError) as problem:
        raise PatternProblem(f"is no pattern: {problem}") from None
    find = compiled.search

    @lru_cache(maxsize=512)
    def found(number: str) -> bool:
        return find(number[:LONGEST_NUMBER]) is not None

    return found


def translated(pattern: str) -> str:
    """The same pattern as Python spells it. Raises PatternProblem."""
    return _Translation(pattern).text


class _Translation:
    """One pattern, read from left to right. text: the same for Python."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._groups = 0
        self._atoms = 0
        self._open_ended = 0
        self._depth = 0
        self.text, dummy = self._alternatives()
        if self._next():
            raise PatternProblem("closes a group that it does not open")

    def _next(self, ahead: int = 0) -> str:
        index = self._at + ahead
        return self._pattern[index] if index < len(self._pattern) else ""

    def _alternatives(self) -> tuple[str, bool]:
        """Everything up to the end of a group, and whether something in it is repeated an open number of times."""
        self._depth += 1
        if self._depth > 50:
            raise NotSupported("holds groups more than 50 deep")
        parts: list[str] = []
        endless = False
        while (char := self._next()) and char != ")":
            if char == "|":
                self._at += 1
                parts.append("|")
                continue
            part, inner = self._atom(char)
            part, repeats = self._quantified(part, inner)
            parts.append(part)
            endless = endless or repeats or inner
        self._depth -= 1
        return "".join(parts), endless

    def _quantified(self, part: str, inner: bool) -> tuple[str, bool]:
        match = _QUANTIFIER.match(self._pattern, self._at)
        if not match:
            return part, False
        if not part or part in ("^", END):
            raise PatternProblem("repeats nothing")
        self._at = match.end()
        least, most = int(match[1] or 0), int(match[3] or match[1] or 0)
        if max(least, most) > _MOST_REPEATS:
            raise NotSupported(f"repeats more than {_MOST_REPEATS} times, which is not supported")
        endless = match[0] in ("*", "+") or bool(match[2] and not match[3])
        if inner and (endless or most > 1):
            raise NotSupported("repeats a repetition, which is not supported")
        # How often is open: such a thing, repeated in its turn, could be matched in more ways than can be tried.
        open_ended = endless or (most > 1 and least != most)
        self._open_ended += open_ended
        if self._open_ended > _MOST_OPEN_ENDED:
            raise NotSupported(f"repeats in more than {_MOST_OPEN_ENDED} places, which is not supported")
        kind = self._next()
        text = f"(?:{part}){match[0]}"
        if kind == "?":
            self._at += 1
            return text + "?", open_ended
        if kind == "+":
            self._at += 1
            return self._atomic(text), open_ended
        if kind == "*" or (kind and kind in "{" and _QUANTIFIER.match(self._pattern, self._at)):
            raise PatternProblem("repeats a repetition")
        return text, open_ended

    def _atomic(self, text: str) -> str:
        """An atomic group, which never gives back a character that it has taken: a look-ahead that is then repeated
        by its name, so that it works before Python 3.11."""
        self._atoms += 1
        name = f"atom{self._atoms}"
        return f"(?=(?P<{name}>{text}))(?P={name})"

    def _atom(self, char: str) -> tuple[str, bool]:
        if char == "(":
            return self._group()
        self._at += 1
        if char == "[":
            return self._class(), False
        if char == "\\":
            return self._escape(), False
        if char in "^.":
            return char, False
        if char == "$":
            return END, False
        if char in "*+?":
            raise PatternProblem("repeats nothing")
        return re.escape(char), False

    def _group(self) -> tuple[str, bool]:
        self._at += 1
        for group in _GROUPS:
            if self._pattern.startswith(group, self._at):
                opening = f"({group}"
                self._at += len(group)
                break
        else:
            if self._pattern.startswith("?>", self._at):
                self._at += 2
                opening = ""
            elif self._next() in ("?", "*"):
                named = _NAMED.match(self._pattern, self._at)
                if not named:
                    raise NotSupported(f'holds "({self._pattern[self._at : self._at + 2]}", which is not supported')
                self._at = named.end()
                opening = self._numbered()
            else:
                opening = self._numbered()
        inside, endless = self._alternatives()
        if self._next() != ")":
            raise PatternProblem("opens a group that it does not close")
        self._at += 1
        if not opening:
            return self._atomic(f"(?:{inside})"), endless
        return f"{opening}{inside})", endless

    def _numbered(self) -> str:
        """The beginning of a group that back references count."""
        self._groups += 1
        return f"(?P<group{self._groups}>"

    def _escape(self) -> str:
        char = self._next()
        self._at += 1
        if not char:
            raise PatternProblem("ends with a backslash")
        if char == "Q":
            return self._quoted()
        if char == "x":
            return re.escape(self._code())
        if char in "123456789" and not self._next().isdigit():
            if int(char) > self._groups:
                raise PatternProblem(f"refers to group {char}, which it does not have")
            return f"(?P=group{char})"
        return self._plain(char, _SPELLED)

    def _quoted(self) -> str:
        """The first character up to \\E. Each is read as a literal: a quantifier is about the last one alone."""
        literal, dummy, after = self._pattern[self._at :].partition("\\E")
        if not literal:
            self._at += 2
            return ""
        self._at -= 2
        self._pattern = self._pattern[: self._at] + re.escape(literal) + after
        return self._atom(self._next())[0]

    def _plain(self, char: str, spelled: dict[str, str]) -> str:
        if char in spelled:
            return spelled[char]
        if char in _SAME:
            return f"\\{char}"
        if char.isalnum():
            raise NotSupported(f'holds "\\{char}", which is not supported')
        return re.escape(char)

    def _code(self) -> str:
        match = re.compile(r"\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{0,2})").match(self._pattern, self._at)
        if not match:
            raise PatternProblem("holds a code without digits")
        self._at = match.end()
        code = int(match[1] or match[2] or "0", 16)
        if code > 0x10FFFF:
            raise PatternProblem("holds a code that no character has")
        return chr(code)

    def _class(self) -> str:
        parts = ["["]
        if self._next() == "^":
            self._at += 1
            parts.append("^")
        first = True
        while (char := self._next()) != "]" or first:
            if not char:
                raise PatternProblem("opens a class that it does not close")
            first = False
            posix = re.compile(r"\[:(\^?)(\w+):\]").match(self._pattern, self._at)
            self._at += 1
            if posix:
                if posix[1] or posix[2] not in _POSIX:
                    raise NotSupported(f"holds the class {posix[0]}, which is not supported")
                self._at = posix.end()
                parts.append(_POSIX[posix[2]])
            elif char == "\\":
                escaped = self._next()
                self._at += 1
                if not escaped:
                    raise PatternProblem("ends with a backslash")
                parts.append(re.escape(self._code()) if escaped == "x" else self._plain(escaped, _SPELLED_IN_CLASS))
            else:
                parts.append(char if char == "-" and parts[-1] != "-" else re.escape(char))
        self._at += 1
        return "".join(parts) + "]"
