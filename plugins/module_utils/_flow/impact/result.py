# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""An impact as it is returned: rows for programs, groups and sentences for people. PINs stay hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from ..._text.mask import STARS, Mask
from ..._text.plain import plain
from ..call import Caller, Press
from ..explore_worlds import world_as_data
from ..plan import CallPlan, Conference
from .compare import Different
from .groups import Group
from .impact import NOBODY_NOTICES, Impact
from .notice import HUNG_UP
from .records import Weights

_MOST_PRESSED = 20


class ImpactResult:
    """An impact in the form that modules return. mask: hides the secrets of addresses. weights: recorded calls."""

    def __init__(self, found: Impact, mask: Mask, weights: Weights | None = None) -> None:
        self.found = found
        self._mask = mask
        self._weights = weights
        self._pins = {pin for plan in (found.pair.before, found.pair.after) for pin in _pins(plan)}

    def as_dict(self, most_rows: int) -> dict[str, Any]:
        """most_rows: more rows than that are counted, and left out."""
        found = self.found
        rows = [self._row(row) for row in islice(found.rows(), most_rows)]
        total = sum(map(self._count_rows, range(len(found.groups))))
        summary = {
            "words": self.summary(),
            "numbers": len(found.numbers),
            "groups": len(found.groups),
            "rows": total,
            "rows_left_out": total - len(rows),
            "depth": found.scope.depth,
            "complete": found.complete,
            "simulated_calls": found.spent,
        }
        if self._weights:
            summary["recorded_calls"] = self._weights.total
        return {
            "impact": rows,
            "groups": [self._group(index) for index in range(len(found.groups))],
            "summary": summary,
            "unknown": sorted(map(self._shown, found.found.unknown)),
            "not_modelled": sorted(found.found.notes) + [self._shown(str(edit)) for edit in found.unmodelled],
            "not_exact": sorted(map(self._mask.text, found.found.not_exact)),
            "assumptions": sorted(found.found.assumptions),
            "limit": found.limit,
        }

    def summary(self) -> str:
        """The impact in one sentence."""
        found = self.found
        if found.nobody_notices:
            return NOBODY_NOTICES if found.complete else f"{NOBODY_NOTICES} who gives {self._answers()}"
        doubts = [found.limit] if found.limit else []
        if found.found.unknown:
            doubts.append("some calls have an unknown outcome")
        if found.unmodelled:
            doubts.append("something was edited that no simulated call shows")
        if not found.groups:
            return f"{NOBODY_NOTICES}, as far as can be told: {'; '.join(doubts)}"
        numbers = {number for group in found.groups for number in group.numbers}
        words = f"callers of {_count(len(numbers), 'number')} notice {_count(len(found.groups), 'change')}"
        hung_up = {number for group in found.groups if group.loss == HUNG_UP for number in group.numbers}
        if hung_up:
            words += f"; on {_count(len(hung_up), 'number')} some who were answered are not any more"
        return "; ".join((words, *doubts))

    def _answers(self) -> str:
        depth = self.found.scope.depth
        return f"up to {_count(depth, 'answer')}" if depth else "no answer"

    def sentences(self) -> list[str]:
        """Each group in words."""
        return [self._sentence(group) for group in self.found.groups]

    def _sentence(self, group: Group) -> str:
        words = self._shown(self.found.telling.sentence(group))
        if self._weights is None:
            return words
        met, total = self._weights.together(group.different), self._weights.total
        possible = " at most" if met and self._possible(group.different) else ""
        return f"{words} ({met:,}{possible} of {total:,} recorded calls)"

    def line(self, one: Different, spans: tuple[tuple[int, int], ...]) -> str:
        """One difference in words, at some of its times, with the lines that cause it."""
        group = next(group for group in self.found.groups if one in group.different)
        lines = "; ".join(map(str, group.cause.edits))
        return self._shown(f"{self.found.telling.one(one, spans)}: {group.what}" + (f" (by {lines})" if lines else ""))

    def _possible(self, different: Iterable[Different]) -> bool:
        """Whether records do not tell if calls belong to these: for their keys, or for who was there."""
        every = len(self.found.scope.words)
        return any(one.one.call.press or one.before.looks.asks or len(one.one.words) < every for one in different)

    def _group(self, index: int) -> dict[str, Any]:
        group = self.found.groups[index]
        one = self.found.witness(group)
        words = [word for word in self.found.scope.words if any(word in who.words for who in group.who)]
        pressed = dict.fromkeys(press for who in group.who for press in who.press)
        result = {
            "words": self._sentence(group),
            "loss": group.loss,
            "numbers": group.numbers,
            "worlds": words,
            "press": [self._press(press) for press in list(pressed)[:_MOST_PRESSED]],
            "who": [self._shown(self.found.telling.who(who)) for who in group.who],
            "what": self._shown(group.what),
            "before": self._outcome(one.before),
            "after": self._outcome(one.after),
            "lines": [edit.as_dict() for edit in group.cause.edits],
            "other_lines": group.cause.others,
            "witness": self.call(one),
            "rows": self._count_rows(index),
        }
        if self._weights is not None:
            result["calls"] = self._weights.together(group.different)
            result["possible"] = self._possible(group.different)
        return self._masked(result)

    def _row(self, row: Any) -> dict[str, Any]:
        one, group = row.different, self.found.groups[row.group]
        result = {
            "to": row.call.to,
            "from": _caller(row.call.caller),
            "press": self._press(row.call.press),
            "world": row.word,
            "begin": row.begin,
            "end": row.end,
            "before": self._outcome(one.before),
            "after": self._outcome(one.after),
            "lines": [edit.as_dict() for edit in group.cause.edits],
            "witness": self.call(one, row.begin),
            "words": self._shown(group.what),
            "group": row.group,
        }
        if self._weights is not None:
            result["calls"] = len(self._weights.met(one))
        return self._masked(result)

    def call(self, one: Different, begin: int | None = None) -> dict[str, Any]:
        """A call that shows a difference, in the raw form of a call: it leads elsewhere before and after."""
        parts = {**one.before.looks.parts, **one.after.looks.parts}
        call = one.one.call
        found: dict[str, Any] = {
            "to": call.to,
            "from": _caller(call.caller),
            "at": self._spans(one)[0][0] if begin is None else begin,
            "press": self._press(call.press),
            "hang_up_after": (call.hang_up_after or 0) / 1000,
        }
        world = world_as_data(one.one.world, parts)
        return {**found, "world": world} if world else found

    def _spans(self, one: Different) -> tuple[tuple[int, int], ...]:
        return one.times.spans(self.found.scope.begin, self.found.scope.end)

    def _count_rows(self, index: int) -> int:
        return sum(1 for dummy in self.found.rows_of(index))

    def _outcome(self, leaf: Any) -> dict[str, Any]:
        return dict(leaf.answer.outcome.as_dict())

    def _press(self, press: Iterable[Press]) -> list[Any]:
        return [{"say": one.say} if one.say else STARS if one.keys in self._pins else one.keys for one in press]

    def _shown(self, words: str) -> str:
        return str(plain(self._mask.text(words)))

    def _masked(self, result: dict[str, Any]) -> dict[str, Any]:
        """With the addresses of webhooks masked, which are names in a world."""
        world: Mapping[str, Any] = result["witness"].get("world", {})
        if "webhooks" in world:
            hidden = {self._mask.address(url): replies for url, replies in world["webhooks"].items()}
            result["witness"] = {**result["witness"], "world": {**world, "webhooks": hidden}}
        return result


def _caller(caller: Caller) -> dict[str, Any]:
    return {"number": caller.number, "anonymous": caller.anonymous}


def _pins(plan: CallPlan) -> Iterable[str]:
    rooms = (extension.own for extension in plan.extensions.values())
    return (pin for room in rooms if isinstance(room, Conference) for pin in room.pins)


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
