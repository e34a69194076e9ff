# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The impact of random edits against calls that are tried one by one: no difference is missed, and none invented."""

from __future__ import annotations

import os

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import UNKNOWN, Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.compile import call_plan
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.days import within
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.impact import WORDS
from tests.unit.flow.impacting import (
    ASKS,
    CALLERS,
    DIDS,
    FIRST,
    YEAR_END,
    Chance,
    compared,
    moments,
    noticed,
    snapshot,
    tried,
)

# PBX_TEST_EXAMPLES=1000 tries so many edits, and more of all moments and rows.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "6"))
MOMENTS, ROWS = (1000, 40) if EXAMPLES > 6 else (150, 8)
SHARES = 2


def _asked(here: Answer, there: Answer, keys: int) -> bool:
    """Whether one of two calls has listened to all that was pressed."""
    return keys == 0 or any(sum(e.event == "keys" for e in one.trace) >= keys for one in (here, there))


@pytest.mark.parametrize("share", range(SHARES))
def test_an_impact_is_what_calls_one_by_one_show(share: int) -> None:
    for seed in range(share, EXAMPLES, SHARES):
        chance = Chance(seed)
        document = chance.tenant()
        edited = chance.edited(document)
        found = compared(document, edited)
        if found.limit:
            continue
        before, after = (call_plan(snapshot(one)) for one in (document, edited))
        for at in chance.few(moments((document, edited)), MOMENTS):
            to, caller, word = chance.one(*DIDS), chance.one(*CALLERS), chance.one(*WORDS)
            keys = tuple(chance.one(*ASKS) for dummy in range(chance.one(0, 1, 2, 3)))
            here, there = (tried(plan, to, caller, keys, word, at) for plan in (before, after))
            if UNKNOWN in (here.outcome.kind, there.outcome.kind) or not noticed(here, there):
                continue
            which = f"edit {seed}: {to} {caller} {keys} {word} {at}"
            assert any(
                word in one.one.words and not noticed(here, one.before.answer) and not noticed(there, one.after.answer)
                for dummy, one in found.covers(to, caller, at)
            ), which
        # And the other way round: the calls of a row differ as the row says, and just then.
        for one in chance.few(found.found.different, ROWS):
            word = chance.one(*one.one.words)
            call, spans = one.one.call, one.times.spans(FIRST, YEAR_END)
            keys = tuple(item.keys for item in call.press)
            edges = [edge for span in chance.random.sample(spans, min(3, len(spans))) for edge in span]
            for at in [edge + beside for edge in edges for beside in (-1, 0)]:
                if FIRST <= at < YEAR_END:
                    here, there = (tried(plan, call.to, call.caller, keys, word, at) for plan in (before, after))
                    same = not noticed(here, one.before.answer) and not noticed(there, one.after.answer)
                    assert same or not within(at, spans), f"edit {seed}: {call} {word} {at}"
                    if not within(at, spans):
                        # Neighbours may go this way too, if they belong to callers who were silent until then, or to
                        # calls that are told apart in other worlds. The rows join these.
                        apart = any(
                            other.one.call == call
                            and word in other.one.words
                            and within(at, other.times.spans(FIRST, YEAR_END))
                            for other in found.found.different
                        )
                        assert not same or apart or not _asked(here, there, len(keys)), (
                            f"edit {seed}: {call} {word} {at}"
                        )
