# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The part of the call plan that is about rules of menus, as plan.py describes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Union

from .numbers import Group
from .schedule import Schedule

FOREGROUND, BACKGROUND = "foreground", "background"


@dataclass(frozen=True)
class Guard:
    """The conditions of a rule. caller: anonymous, matches, not_matches or "". pattern: None for none. found: whether
    the pattern is found.

    no_interval, no_pattern: the place, where the interval or the pattern cannot be judged.
    """

    schedule: Schedule | None
    caller: str
    found: Callable[[str], bool] | None
    call_status: str
    no_interval: str
    no_pattern: str
    pattern: str | None = None

    @property
    def judges(self) -> bool:
        """Whether it has a condition on something else than the status of a call."""
        return bool(self.schedule or self.caller or self.no_interval)


@dataclass(frozen=True)
class PlaySound:
    """kind: FOREGROUND or BACKGROUND. Keys break into the latter."""

    title: str
    kind: str


@dataclass(frozen=True)
class PlaySilence:
    ms: int


@dataclass(frozen=True)
class PlayDigits:
    """variable: it holds the text, where it is given."""

    text: str
    variable: str


@dataclass(frozen=True)
class Jump:
    context: str
    option: str


@dataclass(frozen=True)
class Transfer:
    """variable: it holds the destinations, where it is given."""

    group: Group
    variable: str


@dataclass(frozen=True)
class LeaveMessage:
    pass


@dataclass(frozen=True)
class HangUp:
    cause: str


@dataclass(frozen=True)
class SetVariable:
    name: str
    value: str


@dataclass(frozen=True)
class RecordDigits:
    """most: keys, 0 without a limit."""

    variable: str
    most: int
    sound: str
    timeout: int


@dataclass(frozen=True)
class SetCaller:
    """number, name: None is left as it is."""

    number: str | None
    name: str | None


@dataclass(frozen=True)
class Webhook:
    url: str
    timeout: int


@dataclass(frozen=True)
class Rate:
    sound: str
    most: int


@dataclass(frozen=True)
class VoiceHelper:
    """rules: the words of each and the option it leads to. keys: how many end the listening."""

    sound: str
    timeout: int
    keys: int
    typed: bool
    rules: tuple[tuple[tuple[str, ...], str], ...]


@dataclass(frozen=True)
class StartRecord:
    pass


Action = Union[
    PlaySound, PlaySilence, PlayDigits, Jump, Transfer, LeaveMessage, HangUp, SetVariable, RecordDigits, SetCaller,
    Webhook, Rate, VoiceHelper, StartRecord,
]  # fmt: skip


@dataclass(frozen=True)
class MenuRule:
    """A rule of an option. action: None for one that is not known. variable: the one that must have the value, where it
    is given. conditional: it has conditions."""

    place: str
    action: Action | None
    guard: Guard | None
    variable: str
    value: str
    conditional: bool
    final: bool


@dataclass(frozen=True)
class Option:
    """rules: None where they are not known."""

    place: str
    rules: tuple[MenuRule, ...] | None


@dataclass(frozen=True)
class Context:
    """A menu. digit_len: 0 where it is not set. unambiguous: the options with which no other option begins, nor, where
    any extension can be dialled, a number. others: whether it may have options that are not known.
    """

    name: str
    place: str
    timeout: int
    inter_digit_timeout: int
    digit_len: int
    any_dial: bool
    options: Mapping[str, Option]
    unambiguous: frozenset[str]
    others: bool
    unknown: str


@dataclass(frozen=True)
class Menu:
    """expiry: the group that rings when the lifetime is over."""

    place: str
    entry: str
    sleep: int
    lifetime: int
    expiry: Group | None
    contexts: Mapping[str, Context]
