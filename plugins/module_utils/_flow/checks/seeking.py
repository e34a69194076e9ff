# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The search for a call that proves a suspicion, from the simplest call to all that are worth a try."""

from __future__ import annotations

from collections.abc import Iterator

from ..call import Call, Press
from ..calltest.seen import Seen
from ..explore_worlds import FAIR, world_of
from ..world import World
from .claims import Shows, both, runs
from .kinds import Witness
from .subject import Rule, Subject
from .ways import WORLDS, Tried


def direct(
    subject: Subject,
    number: str,
    shows: Shows,
    word: str = FAIR,
    press: tuple[Press, ...] = (),
    patience: int | None = None,
    agent_hangs_up: bool = False,
    world: World | None = None,
) -> Iterator[Witness]:
    """Calls to a number, by every kind of caller at every kind of time. patience: in milliseconds.

    world: instead of the one of the word.
    """
    around = world_of(word, World()) if world is None else world
    for caller in subject.ways.callers(number):
        for at in subject.ways.moments(number):
            call = Call(number, caller, at, press, hang_up_after=patience, agent_hangs_up=agent_hangs_up)
            yield Witness(call, shows, around)


def showing(
    subject: Subject, numbers: tuple[str, ...], shows: Shows, words: tuple[str, ...] = WORLDS
) -> Iterator[Witness]:
    """Those of the calls to some numbers that show something, with every key that matters. Raises BudgetReached."""
    for number in numbers:
        for tried in subject.ways.all(number, words):
            if shows(seen(subject, tried)):
                yield Witness(tried.call, shows, tried.world)


def firing(subject: Subject, rule: Rule, shows: Shows, words: tuple[str, ...] = WORLDS) -> Iterator[Witness]:
    """Calls in which a rule runs, and that show something. Raises BudgetReached."""
    return showing(subject, (rule.number,), both(runs(rule.place), shows), words)


def anywhere(subject: Subject, number: str, shows: Shows, words: tuple[str, ...] = WORLDS) -> Iterator[Witness]:
    """Calls to a number that show something, then calls to all others. Raises BudgetReached."""
    yield from showing(subject, (number,), shows, words)
    others = tuple(other for other in subject.plan.extensions if other != number)
    yield from showing(subject, others, shows, words)


def seen(subject: Subject, tried: Tried) -> Seen:
    """A call that was tried, as claims look at it."""
    return Seen(subject.names, tried.call, tried.world, subject.assume, tried.answer)
