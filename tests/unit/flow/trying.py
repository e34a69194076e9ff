# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call tests of the tests: a tenant, tests as users write them, and their results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call, Caller, Press
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.alternatives import Explorer
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.subject import Subject
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.trying import Report, Result, try_tests
from ansible_collections.telops.pbx.plugins.module_utils._flow.plan import CallPlan
from ansible_collections.telops.pbx.plugins.module_utils._flow.raw import InputProblem
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import Mask
from tests.cases.mistakes import CLINIC

TODAY = date(2026, 11, 24)
MASK = Mask("a secret of the tenant")


def subject(document: dict[str, Any], complete: bool = True) -> Subject:
    return Subject.of(of_document(parse(document)[0], complete))


CLINIC_SUBJECT = subject(CLINIC)


def report(tests: Any, on: Subject = CLINIC_SUBJECT, explorer: Explorer | None = None) -> Report:
    """tests: as text in YAML, or as its parsed value."""
    raw = yaml.safe_load(tests) if isinstance(tests, str) else tests
    return try_tests(raw, on, TODAY, MASK, explorer)


def one(test: str | dict[str, Any], on: Subject = CLINIC_SUBJECT, explorer: Explorer | None = None) -> Result:
    """The result of one test."""
    raw = yaml.safe_load(test) if isinstance(test, str) else test
    (result,) = report([raw], on, explorer).results
    return result


def refused(tests: Any, on: Subject = CLINIC_SUBJECT, explorer: Explorer | None = None) -> str:
    """The sentence that refuses the tests."""
    with pytest.raises(InputProblem) as caught:
        report(tests, on, explorer)
    return str(caught.value)


class Sampling:
    """An explorer without any thought: a few keys, and a piece of time for every change that sampling finds."""

    def __init__(self, step: int = 900) -> None:
        self._step = step

    def callers(self, _plan: CallPlan) -> Iterator[Caller]:
        yield from (Caller(), Caller("+4930555123"), Caller(anonymous=True))

    def pieces(
        self, plan: CallPlan, call: Call, world: World, assumptions: Assumptions, begin: int, end: int
    ) -> Iterator[tuple[int, int]]:
        start, before = begin, None
        for at in range(begin, end, self._step):
            seen = simulate(plan, replace(call, at=at), world, assumptions).experience
            if before is not None and seen != before:
                yield start, at
                start = at
            before = seen
        yield start, end

    def key_lists(
        self, _plan: CallPlan, _call: Call, _world: World, _assumptions: Assumptions, depth: int
    ) -> Iterator[tuple[Press, ...]]:
        for length in range(depth + 1):
            for keys in product("1*", repeat=length):
                yield tuple(map(Press, keys))

    def calls(
        self, plan: CallPlan, call: Call, world: World, assumptions: Assumptions, begin: int, end: int, depth: int
    ) -> Iterator[Call]:
        for keys in self.key_lists(plan, call, world, assumptions, depth):
            pressed = replace(call, press=keys)
            for first, dummy in self.pieces(plan, pressed, world, assumptions, begin, end):
                yield replace(pressed, at=first)
