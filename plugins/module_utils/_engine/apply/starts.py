# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The rules that a server adds to a new object by itself, which the plan cannot know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..._state.objects import Item
from ..._state.place import Id, Pending, Place
from ..plan.draft import Draft
from ..plan.steps import Plan, Program, Step
from .ids import Ids


class Starts:
    """Compares the programs of new objects with those that the plan expected."""

    def __init__(self, plan: Plan, draft: Draft, ids: Ids) -> None:
        self._plan = plan
        self._draft = draft
        self._ids = ids
        self._empty: set[str] = set()
        self._others: dict[tuple[str, int, int], list[Place]] = {}

    def programs(self, step: Step) -> list[Program]:
        """Return the programs that must be read after a step has created its object."""
        return (
            [one for one in self._plan.programs.get(step.creates, ()) if self.must_look_at(one)] if step.creates else []
        )

    def must_look_at(self, program: Program) -> bool:
        """Whether a program has to be looked at: all new objects of a kind start alike, so that one which started as
        foreseen with nothing speaks for the others."""
        return program.noun.name not in self._empty or bool(self._foreseen_rules(program))

    def reads(self) -> int:
        """How many requests this takes, if everything starts as the dialect says."""
        empty: set[str] = set()
        count = 0
        for program in (one for programs in self._plan.programs.values() for one in programs):
            if program.noun.name not in empty:
                count += 1
                if not self._foreseen_rules(program):
                    empty.add(program.noun.name)
        return count

    def differs(self, program: Program, born: Sequence[Item]) -> bool:
        """Whether a program started otherwise than foreseen. born: the rules that it started with."""
        noun, foreseen = program.noun, self._foreseen_rules(program)
        if len(born) != len(foreseen):
            self._others.setdefault((noun.name, len(born), len(foreseen)), []).append(program.place)
            return True
        if not born:
            self._empty.add(noun.name)
        for pending, item in zip(foreseen, born):
            if isinstance(pending, Pending):
                self._ids.learn(pending, item.id)
        return False

    def _foreseen_rules(self, program: Program) -> list[Id]:
        """The rules that a program starts with, as far as the plan knows."""
        return [item.id for item in self._draft.objects.all(program.noun, program.place) if item.born]

    def warnings(self) -> Iterator[str]:
        """One sentence for all that did not start as foreseen."""
        for (kind, found, expected), places in self._others.items():
            more = f" and {len(places) - 1} more" if len(places) > 1 else ""
            whose = "their" if more else "its"
            remedy = (
                f"; set dialect option_default_rule to {'visible' if found else 'hidden'} to have the preview say so "
                "beforehand"
            )
            yield (
                f"{places[0]}{more} started with {found} {'rule' if found == 1 else 'rules'} instead of {expected}, so "
                f"{whose} rules were planned again{remedy if kind == 'ivr_rule' else ''}"
            )
