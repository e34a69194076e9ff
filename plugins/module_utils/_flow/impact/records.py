# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Recorded calls, by which a difference is weighed: how many of them it would have met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ..call import FIRST_INSTANT, LAST_INSTANT, Caller, caller_of
from ..explore_callers import class_of
from ..raw import InputProblem, mapping, quoted, sequence, text
from .compare import Different

MOST_RECORDS = 200_000
_CALLED, _CALLERS = ("to", "did_number", "dest_number"), ("from", "from_username", "source_number")
_HIDDEN = ("anonymous", "unavailable", "private", "restricted")


@dataclass(frozen=True)
class Recorded:
    """A call that has come in. at: in seconds UTC."""

    to: str
    caller: Caller
    at: int


def read_records(raw: Any, place: str = "records") -> tuple[Recorded, ...]:
    """Records as pbx_record_info returns them, or calls as ``{to, from, at}``; not those of calls that went out.

    Raises InputProblem.
    """
    found = []
    listed = sequence(raw, place)
    if len(listed) > MOST_RECORDS:
        raise InputProblem(place, f"{len(listed)} records; {MOST_RECORDS} are the most")
    for index, one in enumerate(listed):
        where = f"{place}[{index}]"
        given = mapping(one, where)
        if str(given.get("flow") or "in").lower() == "in":
            found.append(_record(given, where))
    return tuple(found)


def _record(given: Mapping[str, Any], place: str) -> Recorded:
    to = next((given[name] for name in _CALLED if given.get(name)), None)
    if to is None:
        raise InputProblem(place, f"which number was called is missing; it is one of {', '.join(_CALLED)}")
    shown = next((given[name] for name in _CALLERS if given.get(name)), "anonymous")
    hidden = isinstance(shown, str) and shown.lower() in _HIDDEN
    return Recorded(text(to, place), caller_of("anonymous" if hidden else shown, place), _instant(given, place))


def _instant(given: Mapping[str, Any], place: str) -> int:
    raw = given.get("at", given.get("init_time_gmt"))
    try:
        if isinstance(raw, str):
            # Some answers have a comma before the fraction of a second.
            moment = datetime.fromisoformat(raw.replace(",", ".").partition(".")[0])
            return int((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp())
        if isinstance(raw, int) and not isinstance(raw, bool) and FIRST_INSTANT <= raw <= LAST_INSTANT:
            return raw
    except ValueError:
        pass
    raise InputProblem(place, f"{quoted(raw)} does not say when the call came; at is in seconds UTC since 1970")


class Weights:
    """How many recorded calls each difference would have met. The keys that callers have pressed are not recorded, so
    that a call may belong to several."""

    def __init__(self, records: Sequence[Recorded]) -> None:
        self.total = len(records)
        self._by_number: dict[str, list[Recorded]] = {}
        for one in records:
            self._by_number.setdefault(one.to, []).append(one)
        self._classes: dict[tuple[Any, frozenset[str | None]], Any] = {}

    def met(self, one: Different) -> frozenset[Recorded]:
        """The recorded calls that a difference would have met, if the callers pressed its keys."""
        patterns, wanted = one.node.patterns, self._class_of(one.one.call.caller, one.node.patterns)
        found = []
        for record in self._by_number.get(one.one.call.to, ()):
            alike = not patterns or self._class_of(record.caller, patterns) == wanted
            if alike and one.times.holds(record.at):
                found.append(record)
        return frozenset(found)

    def together(self, different: Iterable[Different]) -> int:
        """How many recorded calls some differences would have met, each counted once."""
        return len(frozenset().union(*(self.met(one) for one in different)))

    def _class_of(self, caller: Caller, patterns: frozenset[str | None]) -> Any:
        if not patterns:
            return ()
        key = (caller, patterns)
        if key not in self._classes:
            self._classes[key] = class_of(caller, patterns)
        return self._classes[key]
