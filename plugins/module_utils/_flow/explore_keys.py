# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The keys that a caller can press: at each ask a few answers, one for every effect that an answer can have.

This holds for callers who answer at once, and for impatient ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from .asks import MENU, PIN, QUEUE, RATE, RECORD, SPEECH
from .assumptions import Assumptions
from .budget import Budget
from .call import Call, Press
from .explore_plan import Variables
from .looks import Asked, Looks
from .menus import Context, VoiceHelper
from .numbers import NOWHERE, OUTSIDE, Leg
from .plan import CallPlan
from .simulate import simulate
from .world import World

KEYS = "0123456789*#"
_SILENCE: Hashable = None
# A value that is read out makes the call longer with each digit; more of them are not told apart.
_LONGEST_READ_OUT = 8
# So many keys that fit nothing are tried to be found in all ways; those behind them are all the same.
_VARIED = 4


class Answers:
    """The answers at the asks of one plan."""

    def __init__(self, plan: CallPlan, world: World, assumptions: Assumptions) -> None:
        self._plan = plan
        self._assume = assumptions
        self._outside = frozenset(world.external)
        self._variables = Variables.of(plan)
        self._found: dict[tuple[str, Any], tuple[Press, ...]] = {}

    def to(self, ask: Asked) -> tuple[Press, ...]:
        """One answer of each effect but silence."""
        # Contexts and actions are compared by id, because the plan keeps them as long as these answers live.
        about = tuple(map(id, ask.about)) if ask.kind == SPEECH else id(ask.about) if ask.kind == MENU else ask.about
        found = self._found.get((ask.kind, about))
        if found is None:
            found = self._found[ask.kind, about] = tuple(
                apart(self.candidates(ask), lambda item: self.effect(ask, item))
            )
        return found

    def effect(self, ask: Asked, item: Press) -> Hashable:
        """The effect of an answer at an ask: two answers with the same effect lead to the same call. None: silence."""
        if item.say:
            return self._said(ask.about[0], item.say) if ask.kind == SPEECH else _SILENCE
        return self._pressed(ask, item.keys) if item.keys else _SILENCE

    def candidates(self, ask: Asked) -> Iterator[Press]:
        """Answers of all effects."""
        if ask.kind == SPEECH:
            action, context = ask.about
            for words, dummy in action.rules:
                yield from (Press(say=word) for word in words)
            yield from (Press(say=word) for word in ("?", "-", "."))
            for keys in self._typed(context, action.keys):
                yield Press(keys)
                yield Press((keys + "0" * action.keys)[: action.keys])
        elif ask.kind == MENU:
            yield from map(Press, self._typed(ask.about, self._length(ask.about)))
        elif ask.kind == RECORD:
            yield from map(Press, self._recorded(*ask.about))
        elif ask.kind == RATE:
            yield from (Press("1"), Press("0"))
        elif ask.kind == PIN:
            pins = sorted(one for one in ask.about if not one.strip(KEYS))
            yield from map(Press, (*pins, *(key * 3 for key in KEYS)))
        elif ask.kind == QUEUE and not ask.about.strip(KEYS):
            yield Press(ask.about)

    def longest(self, ask: Asked) -> int:
        """How many keys an ask takes, where that is said."""
        return self._length(ask.about) if ask.kind == MENU else 0

    def _pressed(self, ask: Asked, keys: str) -> Hashable:
        about = ask.about
        if ask.kind == MENU:
            return self._heard(about, keys)
        if ask.kind == RECORD:
            return self._value(about, keys)
        if ask.kind == SPEECH:
            action, context = about
            keys = keys[: action.keys]
            return (len(keys) == action.keys, self._heard(context, keys) if action.typed else "")
        if ask.kind == RATE:
            return keys[0].isdigit() and 1 <= int(keys[0]) <= about
        # Another key than that of the queue has the effect of silence.
        return keys in about if ask.kind == PIN else (about in keys or _SILENCE)

    # -- menus

    def _length(self, context: Context) -> int:
        """How many keys a menu takes."""
        if context.digit_len:
            return context.digit_len
        return 1 if self._assume.digit_len_default == "one" else self._plan.numbers.length

    def _known(self, context: Context, text: str) -> bool:
        return text in context.options or (context.any_dial and text in self._plan.extensions)

    def _heard(self, context: Context, keys: str) -> Hashable:
        """Where keys lead in a menu, "" for nowhere, and whether at once."""
        length = self._length(context)
        text = keys[:length]
        if self._assume.early_match == "unambiguous":
            for end in range(1, len(text)):
                if text[:end] in context.unambiguous:
                    return text[:end], True
        at_once = len(text) == length or (
            self._assume.early_match == "unambiguous" and len(text) < length and text in context.unambiguous
        )
        return text if self._known(context, text) else "", at_once

    def _typed(self, context: Context, most: int) -> Iterator[str]:
        """Keys of all effects in a menu, of at most so many keys."""
        length = min(self._length(context), most)
        known = [*context.options, *(self._plan.extensions if context.any_dial else ())]
        yield from (text for text in known if 0 < len(text) <= length and not text.strip(KEYS))
        for size in (length, *range(1, length)):
            found = self._unknown(context, size)
            if found:
                yield found
                if size < length:
                    return

    def _unknown(self, context: Context, length: int) -> str:
        """Keys of a length that lead nowhere, "" if there are none."""
        varied = min(length, _VARIED)
        # In the order of how well they can be read in a report.
        for start in product("9876543210*#", repeat=varied):
            text = "".join(start).ljust(length, "9")
            heard: Any = self._heard(context, text)
            if heard == ("", len(text) == self._length(context)):
                return text
        return ""

    # -- other asks

    def _recorded(self, variable: str, most: int) -> Iterator[str]:
        values = ["", *sorted(self._variables.compared.get(variable, ()))]
        if variable in self._variables.dialled:
            numbers = self._plan.numbers
            values += [*numbers.extensions, *numbers.dids, *self._outside]
            # One of the length of extensions that nobody has, and some that are outside.
            values += [key * numbers.length for key in KEYS[:10]]
            values += [key * (numbers.length + 2) for key in KEYS[:10]]
        values += [key * size for size in range(1, _LONGEST_READ_OUT + 2) for key in "987654321"]
        for value in values:
            if not value.strip(KEYS.replace("#", "")) and (not most or len(value) <= most):
                if not most or len(value) < most:
                    yield f"{value}#"
                if value:
                    yield value

    def _value(self, about: tuple[str, int], keys: str) -> Hashable:
        """The effect of a recorded value, and whether the input ends at once."""
        variable, most = about
        text, pound, dummy = keys.partition("#")
        at_once = bool(pound)
        if most and len(text) >= most:
            text, at_once = text[:most], True
        uses = self._variables
        compared = text if text in uses.compared.get(variable, ()) else None
        dialled: Hashable = None
        if variable in uses.dialled:
            legs = self._plan.numbers.legs(text)
            dialled = tuple((leg.kind, self._number(leg), leg.outside) for leg in legs)
        read_out = min(len(text), _LONGEST_READ_OUT) if variable in uses.read_out else 0
        return at_once, compared, dialled, read_out

    def _number(self, leg: Leg) -> str:
        """The number of a destination where it makes a difference."""
        same = leg.kind == NOWHERE or (leg.kind == OUTSIDE and leg.number not in self._outside)
        return "" if same else leg.number

    def _said(self, action: VoiceHelper, text: str) -> Hashable:
        said = text.lower()
        return "said", next((option for words, option in action.rules if any(word in said for word in words)), None)


def apart(candidates: Iterator[Press], effect: Any) -> Iterator[Press]:
    """The first candidate of each effect, silence aside."""
    seen = {_SILENCE}
    for item in candidates:
        found = effect(item)
        if found not in seen:
            seen.add(found)
            yield item


class TwoAnswers:
    """The answers at the asks of two plans that are compared, one for each pair of effects."""

    def __init__(self, first: Answers, second: Answers) -> None:
        self._both = (first, second)

    def to(self, one: Asked | None, other: Asked | None) -> tuple[Press, ...]:
        """One answer for each pair of effects. An ask is None where a call has none."""
        asks = [(answers, ask) for answers, ask in zip(self._both, (one, other)) if ask is not None]
        found = list(apart(self._candidates(asks), lambda item: _pair(asks, item)))
        return tuple(found)

    @staticmethod
    def _candidates(asks: Sequence[tuple[Answers, Asked]]) -> Iterator[Press]:
        each = [item for answers, ask in asks for item in answers.candidates(ask)]
        yield from each
        if len(asks) == 2:
            # Where one of them takes fewer keys, the other takes some that follow.
            most = max(answers.longest(ask) for answers, ask in asks)
            for item in each:
                if item.keys:
                    sizes = sorted({1, max(1, most - len(item.keys))})
                    yield from (item._replace(keys=item.keys + key * size) for size in sizes for key in KEYS)


def _pair(asks: Sequence[tuple[Answers, Asked]], item: Press) -> Hashable:
    found = tuple(answers.effect(ask, item) for answers, ask in asks)
    return _SILENCE if all(one is _SILENCE for one in found) else found


def following(answers: Answers, looks: Looks, call: Call, depth: int) -> Iterator[tuple[Press, ...]]:
    """The lists of keys that go on where the list of a call has ended, by one answer after any number of silences."""
    given = call.press
    for index in range(len(given), depth):
        asks = [ask for ask in looks.asks if ask.item == index and _in_time(ask, call)]
        if not asks:
            return
        seen: set[Press] = set()
        for ask in asks:
            for item in answers.to(ask):
                if item not in seen:
                    seen.add(item)
                    yield (*given, *(Press(),) * (index - len(given)), item)


def _in_time(ask: Asked, call: Call) -> bool:
    return call.hang_up_after is None or ask.t <= call.hang_up_after


def key_lists(
    plan: CallPlan, call: Call, world: World, assumptions: Assumptions, depth: int, budget: Budget | None = None
) -> Iterator[tuple[Press, ...]]:
    """Everything that the caller can press at the time of the call, of at most so many items: the empty list first.

    The keys of the call itself do not count. No list ends in silence. Raises BudgetReached.
    """
    budget = budget or Budget()
    answers = Answers(plan, world, assumptions)
    waiting: list[tuple[Press, ...]] = [()]
    for press in waiting:
        budget.spend(f"keys of calls to {call.to}")
        looks = Looks()
        one = replace(call, press=press)
        simulate(plan, one, world, assumptions, looks)
        yield press
        waiting.extend(following(answers, looks, one, depth))
