# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The impact of a change: which callers notice it, when, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from .._engine.engine import Engine
from .._engine.errors import InputError
from .._flow.budget import Budget
from .._flow.calltest.moments import Clock, read_day
from .._flow.calltest.subject import Subject
from .._flow.explore_worlds import WORLDS as ALL_WORLDS
from .._flow.impact.impact import MOST_CALLS, WORDS, Impact, as_deep_as, impact
from .._flow.impact.intent import Intent, Verdict, verdict_as_data
from .._flow.impact.limits import exceeded
from .._flow.impact.records import Weights, read_records
from .._flow.impact.result import ImpactResult
from .._flow.impact.spans import shared_zone
from .._flow.raw import InputProblem
from .._model.document import Declared, doubtful
from .._state.document import of_document
from .._state.places import placed
from .._state.snapshot import Snapshot
from .._text.mask import Mask
from .following import Followed, Following, Refused, followed, input_problems, lengths, nobody_has
from .impact_options import IMPACT
from .sources import listed, read
from .specs import Spec, mask_of

PBX = "pbx"
MONTHS, MOST_DEPTH, MOST_ROWS = 24, 8, 1_000
# Where no depth is named, so many simulated calls decide it.
CALLS = 20_000
_MOST_NAMED = 10


class FlowImpact(Following):
    """Compares the calls to two states of a tenant."""

    returned = "impact"
    beside = (
        "prompts",
        "groups", "summary", "verdict", "undeclared", "missing", "unknown", "not_modelled", "not_exact",
        "assumptions_used", "limit",
    )  # fmt: skip

    def options(self) -> Spec:
        return {
            **super().options(),
            "before": {"type": "raw"},
            "after": {"type": "raw"},
            "before_revision": {"type": "str"},
            "after_revision": {"type": "str"},
            "from": {"type": "str"},
            "until": {"type": "str"},
            "numbers": {"type": "list", "elements": "str", "default": []},
            "worlds": {"type": "list", "elements": "str", "choices": list(ALL_WORLDS), "default": list(WORDS)},
            "depth": {"type": "int"},
            "only_outcomes": {"type": "bool", "default": False},
            "records": {"type": "raw"},
            "rows": {"type": "int", "default": MOST_ROWS},
            **{name: dict(option) for name, option in IMPACT.items() if name != "impact"},
        }

    def apart(self, params: Mapping[str, Any], check: bool) -> dict[str, Any] | None:
        root = self.parsed(params)[0]
        if not _given(params, "before") or (not _given(params, "after") and not params["offline"]):
            if params["offline"]:
                raise InputError(["offline is true, and before names no document; give one in before"])
            return None
        if _given(params, "after"):
            _alone(root)
            root = read("after", params["after"], params["after_revision"])
            with input_problems():
                tenant = self._offline(params, root, mask_of(params), check)
                return {**self.follow(tenant, params), "warnings": tenant.warnings}
        return super().apart(params, check)

    @staticmethod
    def _offline(params: Mapping[str, Any], root: Declared, mask: Mask, check: bool) -> Followed:
        state = of_document(root, complete=True)
        tenant = followed(root, state, None, params["assumptions"], params["today"], mask, check)
        tenant.warnings.extend(_doubtful("after", root, mask))
        return tenant

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        if not _given(params, "after"):
            if not self.parsed(params)[0].inside and not _given(params, "before"):
                names = ", ".join(self.sections())
                raise InputError([f"there is nothing to compare the PBX with; give after, or some of {names}"])
            return super().perform(engine, params)
        _alone(self.parsed(params)[0])
        root = read("after", params["after"], params["after_revision"])
        with input_problems():
            tenant = self._offline(params, root, engine.reader.client.mask, engine.check)
            found = self.follow(replace(tenant, before=placed(engine.snapshot(whole=True))), params)
        engine.warnings += tenant.warnings
        return {"changed": False, **found}

    def follow(self, tenant: Followed, params: Mapping[str, Any]) -> dict[str, Any]:
        before, sounds = self._before(tenant, params)
        _related(before, tenant.state)
        subjects = (Subject.of(before, sounds), Subject.of(tenant.state, sounds))
        numbers = _numbers(params["numbers"], subjects)
        begin, end = _span(params, tenant.today, subjects)
        wanted = params["depth"]
        if wanted is not None and not 0 <= wanted <= MOST_DEPTH:
            raise InputProblem("depth", f"{wanted} is not from 0 to {MOST_DEPTH}")
        intent = Intent(params["intent"], *subjects) if params["intent"] is not None else None
        records = read_records(listed("records", params["records"])) if params["records"] is not None else None

        def compare(depth: int, budget: Budget) -> Impact:
            return impact(
                before,
                tenant.state,
                begin,
                end,
                numbers,
                params["worlds"],
                depth,
                tenant.assume,
                sounds=sounds,
                budget=budget,
                outcome_only=params["only_outcomes"],
                since=min((one.at for one in records), default=None) if records else None,
                keep_alike=intent is not None,
                longer=wanted is None,
                intended=intent.numbers if intent else {},
            )

        found = as_deep_as(CALLS, compare) if wanted is None else compare(wanted, Budget(MOST_CALLS))
        shown = ImpactResult(found, tenant.mask, Weights(records) if records is not None else None)
        result = shown.as_dict(max(0, params["rows"]))
        result["assumptions_used"] = result.pop("assumptions")
        refusals = judged(found, shown, params, intent, result)
        tenant.warnings.extend(refusals.warnings)
        if refusals.sentences:
            raise Refused(refusals.sentences, result)
        return result

    @staticmethod
    def _before(tenant: Followed, params: Mapping[str, Any]) -> tuple[Snapshot, Mapping[str, int]]:
        if not _given(params, "before"):
            # Without a document in before, the PBX was read.
            return tenant.before if tenant.before is not None else tenant.state, tenant.sounds
        root = read("before", params["before"], params["before_revision"])
        tenant.warnings.extend(_doubtful("before", root, tenant.mask))
        return of_document(root, complete=True), {**lengths(root), **tenant.sounds}


class Refusals:
    """sentences: the reasons to refuse a change. warnings: those to warn of."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.warnings: list[str] = []


def judged(
    found: Impact, shown: ImpactResult, params: Mapping[str, Any], intent: Intent | None, result: dict[str, Any]
) -> Refusals:
    """Whether a change has the intended effect, and no more than is allowed. result: takes the verdict."""
    refusals = Refusals()
    if intent is not None:
        verdict = intent.judge(found)
        result.update(verdict_as_data(verdict, _undeclared(shown, verdict)))
        if verdict.refused:
            undeclared = result["undeclared"]
            sentences = [f"intent: the verdict is: {verdict.word}", *undeclared[:_MOST_NAMED]]
            left = len(undeclared) - _MOST_NAMED
            sentences += [f"{left} more undeclared changes"] if left > 0 else []
            sentences += verdict.missing
            if verdict.word == "undecided":
                sentences.append(shown.summary())
            if params["intent_mismatch"] == "refuse":
                refusals.sentences += [*sentences, "to go on nevertheless, set intent_mismatch: warn"]
            else:
                refusals.warnings += sentences
    over = exceeded(found, {name: value for name, value in (params["impact_limit"] or {}).items() if value is not None})
    if over:
        refusals.sentences += [*over.sentences, *shown.sentences()[:_MOST_NAMED], over.remedy]
    return refusals


def _undeclared(shown: ImpactResult, verdict: Verdict) -> Iterator[str]:
    each = dict.fromkeys(shown.line(one, spans) for one, spans in verdict.undeclared)
    return iter(each)


def _doubtful(option: str, root: Declared, mask: Mask) -> Iterator[str]:
    return (mask.text(f"{option}: {sentence}") for sentence in dict.fromkeys(doubtful(root)))


def _given(params: Mapping[str, Any], name: str) -> bool:
    return params[name] not in (None, PBX)


def _alone(root: Declared) -> None:
    if root.inside:
        raise InputError(["after and the sections of a document stand together; the document is the state after"])


def _related(before: Snapshot, after: Snapshot) -> None:
    """Raise InputError for documents of tenants that have nothing to do with each other."""
    one, other = ({item.name for noun in ("did", "extension") for item in state.all(noun)} for state in (before, after))
    if one and other and one.isdisjoint(other):
        raise InputError(["before and after share no number; they seem to be of different tenants"])


def _numbers(wanted: Sequence[str], subjects: tuple[Subject, Subject]) -> list[str] | None:
    known = list(dict.fromkeys(n for one in subjects for n in (*one.plan.numbers.dids, *one.plan.extensions)))
    for index, number in enumerate(wanted):
        if number not in known:
            raise nobody_has(index, number, known)
    return list(dict.fromkeys(wanted)) or None


def two_years(today: date, subjects: tuple[Subject, Subject]) -> tuple[int, int]:
    """The two years from today on."""
    return _between(today, _later(today), subjects)


def _between(first: date, last: date, subjects: tuple[Subject, Subject]) -> tuple[int, int]:
    used = shared_zone(*subjects)
    return Clock(used, first).year[0], Clock(used, last).year[0]


def _span(params: Mapping[str, Any], today: date, subjects: tuple[Subject, Subject]) -> tuple[int, int]:
    """From the first day up to, without, the last one: two years from today, if nothing else is said."""
    first = read_day(params["from"], "from") if params["from"] is not None else today
    last = read_day(params["until"], "until") if params["until"] is not None else _later(first)
    if first >= last:
        raise InputProblem("until", f"{last} is not after {first}")
    return _between(first, last, subjects)


def _later(day: date) -> date:
    year = day.year + MONTHS // 12
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
