# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The numbers that a PBX calls: those of rules, menus, queues, cascades and callbacks (semantics.md section 5,
extension numbers)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from .sentence import Odd

# A dialable destination; ``prefix*number`` and ``prefix*number@host`` reach beyond a tenant. A callback also takes the
# value of a variable of the tenant.
ONE = r"(?:\+?[0-9*#]+(?:@[A-Za-z0-9.-]+)?|\$cv\([A-Za-z0-9_.-]+\))"
_ABSOLUTE = re.compile(r"((?:[0-9]+\*)+)([0-9]+)(?:@.+)?")
# How people break up a number to read it more easily.
_READABLE = re.compile(r"\+?[0-9 ().\u00a0\u202f\u2010-\u2015/-]+")
_SEPARATED = re.compile(r"[+0-9*#]+(?:\s*[,;|/&]\s*[+0-9*#]+)+")
# The country code and the rest of a number have at least so many digits together (ITU-T E.164 allows fifteen).
_SHORTEST_ABROAD = 7
_LONGEST = 15
_LONGEST_DIALLED = 24
# How telephones and web pages mark a number.
_SCHEME = re.compile(r"(?:tel|callto):(?://)?", re.IGNORECASE)


def parts_of(value: Any) -> list[str]:
    """The single numbers of a destination."""
    return [part for part in str(value or "").split(" ") if part]


def short_number(name: str) -> str:
    """The number that people dial inside their tenant, out of ``prefix*number`` or ``prefix*number@domain``."""
    return name.split("@", 1)[0].rsplit("*", 1)[-1]


def prefix_of(name: str) -> str:
    """Return the prefix before the short number, with its last star; empty where there is none."""
    found = _ABSOLUTE.fullmatch(name)
    return found[1] if found else ""


def local(value: str, own: str | None) -> str:
    """A destination without the prefix of the own tenant."""
    return " ".join(short_number(part) if own and prefix_of(part) == own else part for part in parts_of(value))


def equal(one: Any, other: Any, own: str | None = None) -> bool:
    """Whether two destinations call the same numbers.

    A server may answer the number of an extension with the prefix of its tenant. own: this prefix; where it is not
    known, any prefix is taken for it.
    """
    ones, others = parts_of(one), parts_of(other)
    return len(ones) == len(others) and all(_equal(a, b, own) for a, b in zip(ones, others))


def _equal(one: str, other: str, own: str | None) -> bool:
    if one == other:
        return True
    prefixes = {prefix_of(one), prefix_of(other)}
    if len(prefixes) != 2 or "" not in prefixes or short_number(one) != short_number(other):
        return False
    return own is None or own in prefixes


def destination_problems(value: str, several: bool) -> Iterator[str]:
    """Yield the mistakes in the numbers to call. several: whether there may be more than one."""
    parts = parts_of(value)
    if not parts:
        yield "is blank; give a number"
        return
    wrong = [part for part in parts if not re.fullmatch(ONE, part)]
    split_up = [part for part in parts if len(parts) > 1 and part.startswith("+") and len(part) <= _SHORTEST_ABROAD]
    if wrong or split_up:
        yield f'"{value}" is nothing that can be dialled; {_remedy(value, several)}'
    elif not several and len(parts) > 1:
        yield f'"{value}" is {len(parts)} numbers, where one belongs'
    elif len(parts) > 1 and _is_broken_up(parts):
        joined = "".join(parts)
        yield Odd(f'"{value}" is {len(parts)} numbers that ring at the same time; write {joined} if it is one number')
    yield from (Odd(f'"{part}" has more digits than any phone number') for part in parts if _is_too_long(part))


def _is_broken_up(parts: list[str]) -> bool:
    """Whether numbers that ring at the same time look like one, as people write it: 8 812 123 45 67, 0049 30 123456."""
    if any(len(part) == 1 for part in parts):
        return True
    lengths = {len(part) for part in parts}
    return parts[0].startswith("0") and len(lengths) > 1 and _SHORTEST_ABROAD <= sum(map(len, parts)) <= _LONGEST


def _is_too_long(part: str) -> bool:
    """Whether there is no such number; without a + it may begin with digits that choose a carrier and leave the
    country."""
    digits = part.lstrip("+")
    return digits.isdigit() and len(digits) > (_LONGEST if part.startswith("+") else _LONGEST_DIALLED)


def as_typed(value: str) -> str:
    """A number as a keyboard types it: digits of other scripts and of full width as 0 to 9, blanks of any kind as one,
    without invisible characters."""
    spelled = "".join(
        str(unicodedata.digit(character, character))
        for character in unicodedata.normalize("NFKC", _SCHEME.sub("", value, count=1))
        if unicodedata.category(character) not in ("Cf", "Mn")
    )
    return " ".join(spelled.split())


def _remedy(value: str, several: bool) -> str:
    typed = as_typed(value)
    if typed != value and not any(destination_problems(typed, several)):
        return f'write "{typed}"'
    digits = re.sub(r"[^+0-9]", "", value)
    if _READABLE.fullmatch(value.strip()) and _SHORTEST_ABROAD <= len(digits.lstrip("+")) <= _LONGEST:
        return f"write {digits} without spaces or other signs"
    if several and _SEPARATED.fullmatch(value.strip()):
        return f'separate numbers by a space: "{" ".join(re.findall(r"[+0-9*#]+", value))}"'
    return (
        "a destination is made of digits, * and #, with or without a + in front"
        + (", and several are separated by spaces" if several else "")
        + "; prefix*number and prefix*number@host are taken too"
    )
