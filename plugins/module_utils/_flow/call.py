# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A call as it comes in: who calls whom, when, and how the caller behaves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .raw import InputProblem, mapping, milliseconds, quoted, sequence, text, truth

# The years 1 to 9999, with a few days to spare at both ends for time zones.
FIRST_INSTANT, LAST_INSTANT = -62_135_000_000, 253_402_000_000
LONGEST_NUMBER = 40

_KEYS = re.compile(r"[0-9*#]*")


class Shown(NamedTuple):
    """A caller as an extension sees him. A hidden one has no number."""

    number: str
    name: str


@dataclass(frozen=True)
class Caller:
    """A caller. One without a number counts as anonymous. shown: the caller as the called extension sees it."""

    number: str = "70000000000"
    name: str = ""
    anonymous: bool = False
    shown: Shown = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", Shown("" if self.anonymous else self.number, self.name))


class Press(NamedTuple):
    """The response of a caller when the PBX listens: keys, words, or neither.

    after: milliseconds since the PBX began to listen.
    """

    keys: str = ""
    say: str = ""
    after: int = 0


@dataclass(frozen=True)
class Call:
    """One call. Raw form: a dictionary with the keys ``to``, ``from``, ``at``, ``press``, ``impatient``,
    ``hang_up_after`` and ``agent_hangs_up``, of which only ``to`` is needed.

    to: a DID or the number of an extension. at: the instant of its arrival, in seconds UTC since 1970; it is needed
    where an interval is looked at. press: the caller's keys or words each time the PBX listens, in order; then nothing.
    impatient: presses as soon as keys are accepted. hang_up_after: the caller's patience in milliseconds, in seconds
    in the raw form. agent_hangs_up: after a conversation with an agent of a queue, the agent hangs up first.
    """

    to: str
    caller: Caller = Caller()
    at: int | None = None
    press: tuple[Press, ...] = ()
    impatient: bool = False
    hang_up_after: int | None = None
    agent_hangs_up: bool = False

    @classmethod
    def of(cls, raw: Any, place: str = "call") -> Call:
        """The call that a raw form describes. Raises InputProblem."""
        names = ("to", "from", "at", "press", "impatient", "hang_up_after", "agent_hangs_up")
        given = {name: value for name, value in mapping(raw, place, names).items() if value is not None}
        if "to" not in given:
            raise InputProblem(place, "to is missing; name the DID or the extension that is called")
        patience = given.get("hang_up_after")
        return cls(
            to=text(given["to"], f"{place}.to"),
            caller=caller_of(given.get("from", {}), f"{place}.from"),
            at=_instant(given.get("at"), f"{place}.at"),
            press=tuple(
                press_of(one, f"{place}.press[{index}]")
                for index, one in enumerate(sequence(given.get("press", ()), f"{place}.press"))
            ),
            impatient=truth(given.get("impatient", False), f"{place}.impatient"),
            hang_up_after=None if patience is None else milliseconds(patience, f"{place}.hang_up_after"),
            agent_hangs_up=truth(given.get("agent_hangs_up", False), f"{place}.agent_hangs_up"),
        )


def caller_of(raw: Any, place: str) -> Caller:
    """``{number, name, anonymous}``, or the number alone, or the word anonymous."""
    if not isinstance(raw, Mapping):
        return Caller(anonymous=True) if raw == "anonymous" else Caller(_number(raw, place))
    given = {
        name: value for name, value in mapping(raw, place, ("number", "name", "anonymous")).items() if value is not None
    }
    return Caller(
        _number(given.get("number", Caller.number), f"{place}.number"),
        text(given.get("name", ""), f"{place}.name"),
        truth(given.get("anonymous", False), f"{place}.anonymous"),
    )


def _number(raw: Any, place: str) -> str:
    number = text(raw, place)
    if len(number) > LONGEST_NUMBER:
        raise InputProblem(place, f"a number of {len(number)} characters; {LONGEST_NUMBER} are the most")
    return number


def _instant(raw: Any, place: str) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int) or not FIRST_INSTANT <= raw <= LAST_INSTANT:
        raise InputProblem(place, f"{quoted(raw)} is not an instant in whole seconds since 1970, UTC")
    return raw


def press_of(raw: Any, place: str) -> Press:
    """``""`` or null, a string of keys, ``{keys, after}``, or ``{say, after}``."""
    if raw is None:
        return Press()
    if not isinstance(raw, Mapping):
        return Press(_keys(raw, place))
    given = {name: value for name, value in mapping(raw, place, ("keys", "say", "after")).items() if value is not None}
    if "keys" in given and "say" in given:
        raise InputProblem(place, "keys and say stand together; one answer is one of them")
    return Press(
        _keys(given.get("keys", ""), f"{place}.keys"),
        text(given.get("say", ""), f"{place}.say"),
        milliseconds(given.get("after", 0), f"{place}.after"),
    )


def _keys(raw: Any, place: str) -> str:
    keys = text(raw, place)
    if not _KEYS.fullmatch(keys):
        raise InputProblem(place, f"{quoted(keys)} has signs that no phone has; use 0-9, * and #")
    return keys
