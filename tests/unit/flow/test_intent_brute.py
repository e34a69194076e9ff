# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Verdicts about random edits and intents against calls that are tried one by one.

The intents are made, and judged, by the code below: it knows calls and their outcomes, and nothing of an impact.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer
from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Caller
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.subject import Subject
from ansible_collections.telops.pbx.plugins.module_utils._flow.compile import NO_LENGTHS, call_plan
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.impact import WORDS, impact
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.intent import (
    MATCHED,
    UNDECLARED,
    Intent,
)
from tests.unit.flow.calling import instant
from tests.unit.flow.impacting import DIDS, Chance, Thing, noticed, snapshot, tried

# PBX_TEST_EXAMPLES=500 tries so many pairs of edit and intent.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "3"))
# Two weeks with a change of the clock, in which so many half hours are tried, to the second.
BEGIN, END, HALF_HOURS = instant("2026-10-19 00:00"), instant("2026-11-02 00:00"), 40
CALLER = Caller("79161234567")
# The words for how a call ends.
ENDS = ("answered", "voicemail", "hangup", "abandoned", "endless")


class Tried(NamedTuple):
    to: str
    press: tuple[str, ...]
    world: str
    before: Answer
    after: Answer

    @property
    def differs(self) -> bool:
        return noticed(self.before, self.after)


def ending(answer: Answer) -> dict[str, str]:
    """How a call ended, in one word of call tests."""
    end = answer.outcome
    named = {"answered": end.by, "voicemail": end.extension, "hangup": end.cause}.get(end.kind, end.where)
    return {end.kind: named}


def calls(chance: Chance, before: Thing, after: Thing, keys: tuple[str, ...]) -> Iterator[Tried]:
    """Calls by one caller who presses nothing, or one key, at many times."""
    plans = [call_plan(snapshot(one)) for one in (before, after)]
    half_hours = chance.few(range(BEGIN + 1_800, END, 1_800), HALF_HOURS)
    moments = [at + beside for at in half_hours for beside in (-1, 0, 1)]
    for to in DIDS:
        for word in WORDS:
            for press in ((), *((key,) for key in keys)):
                for at in moments:
                    yield Tried(to, press, word, *(tried(plan, to, CALLER, press, word, at) for plan in plans))


def declared(chance: Chance, found: list[Tried]) -> list[dict[str, Any]]:
    """An intent of somebody who knows some of the calls: all that differs, or less, or something else."""
    changes: list[dict[str, Any]] = []
    for one in found:
        if one.differs:
            press = list(one.press) or "nothing"
            who = {"call": one.to, "press": press, "worlds": [one.world]}
            change = {**who, "before": ending(one.before), "after": ending(one.after)}
            if change not in changes:
                changes.append(change)
    kind = chance.one("all", "all", "all but one", "another end", "one too many", "another number")
    if kind == "all but one" and changes:
        changes.pop(chance.random.randrange(len(changes)))
    elif kind == "another end" and changes:
        chance.one(*changes)["after"] = {"voicemail": "102"}
    elif kind == "another number" and changes:
        change = chance.one(*changes)
        change["call"] = next(did for did in DIDS if did != change["call"])
    elif kind == "one too many":
        changes.append({"call": chance.one(*DIDS), "before": {"answered": "101"}, "after": {"answered": "102"}})
    return changes


def fits(change: dict[str, Any], one: Tried) -> bool:
    return meant(change, one) and change["after"] == ending(one.after)


def meant(change: dict[str, Any], one: Tried) -> bool:
    press = list(one.press) or "nothing"
    alike = change["call"] == one.to and change.get("press", press) == press
    return alike and one.world in change.get("worlds", WORDS) and change["before"] == ending(one.before)


def wrong(changes: list[dict[str, Any]], found: list[Tried]) -> str:
    """Why an intent differs from the change, as far as these calls tell; "" if they do not tell."""
    for one in found:
        if one.differs and not any(fits(change, one) for change in changes):
            return f"not declared: {one.to} {one.press} {one.world} {ending(one.before)} to {ending(one.after)}"
        for change in changes:
            # Where a call that is meant changes otherwise, another of the changes has just declared it.
            if not one.differs and meant(change, one) and change["after"] != ending(one.after):
                return f"not all that is meant: {one.to} {one.press} {one.world} stays {ending(one.before)}"
    for change in changes:
        if not any(one.differs and fits(change, one) for one in found):
            return f"does not happen: {change}"
    return ""


def plain(chance: Chance) -> Thing:
    """A tenant whose rules ask for no caller, so that one caller stands for all."""
    document = chance.tenant()
    rules = [rule for one in document["extensions"] for rule in one.get("incom_rules", ())]
    menus = [one["ivr"]["contexts"] for one in document["extensions"] if one["type"] == "ivr"]
    rules += [rule for contexts in menus for one in contexts for option in one["options"] for rule in option["rules"]]
    for rule in rules:
        rule.pop("caller_id_action", None)
        rule.pop("caller_id", None)
    return document


def test_no_verdict_is_better_or_worse_than_what_calls_show() -> None:
    seen: Counter[str] = Counter()
    for seed in range(EXAMPLES):
        chance = Chance(5_000 + seed)
        before = plain(chance)
        after = chance.edited(before)
        if "caller_id" in str(after):
            continue
        states = [snapshot(one) for one in (before, after)]
        found = impact(*states, BEGIN, END, depth=1, budget=Budget(20_000), keep_alike=True)
        if not found.decided:
            continue
        keys = {item.keys for one in (*found.found.different, *found.found.alike) for item in one.one.call.press}
        every = list(calls(chance, before, after, tuple(sorted(keys))))
        changes = declared(chance, every)
        subjects = [Subject.of(state, NO_LENGTHS) for state in states]
        verdict = Intent({"timezone": "UTC", "changes": changes}, *subjects).judge(found)
        because = wrong(changes, every)
        seen[verdict.word] += 1
        which = f"edit {seed}: {changes}: {verdict.missing}, {because}"
        if because and not because.startswith("does not happen"):
            assert verdict.word != MATCHED, which
            assert verdict.refused, which
        if verdict.word == MATCHED:
            assert not because or because.startswith("does not happen"), which
        if verdict.word == UNDECLARED and not because:
            # These calls were too few to show it: the one that the verdict names has to.
            assert _shown(found, verdict, (before, after), changes), which
    assert EXAMPLES < 20 or {MATCHED, UNDECLARED} <= seen.keys(), seen


def _shown(found: Any, verdict: Any, documents: tuple[Thing, Thing], changes: list[dict[str, Any]]) -> bool:
    """Whether a call of each undeclared difference differs in a way that nobody has declared."""
    plans = [call_plan(snapshot(one)) for one in documents]
    for one, spans in verdict.undeclared:
        call, word = one.one.call, one.one.words[0]
        press = tuple(item.keys for item in call.press)
        answers = (tried(plan, call.to, call.caller, press, word, spans[0][0]) for plan in plans)
        seen = Tried(call.to, press, word, *answers)
        if not seen.differs or any(fits(change, seen) for change in changes):
            return False
    return bool(verdict.undeclared or verdict.missing)
