# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The judgement of a tenant: every class of faults, each suspicion proved or dropped, and the user's acceptances."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..._text.mask import STARS
from ..budget import BudgetReached
from ..call import Call, Caller
from ..calltest.seen import Seen
from ..explore_worlds import world_as_data
from ..garbage import no_circles
from ..looks import REGISTERED, Looks
from ..raw import InputProblem, mapping, sequence, text
from ..simulate import simulate
from .catalogue import CHECKS
from .kinds import SEVERITIES, Candidate, Check, Finding, Witness
from .subject import Subject

# If several of these classes fit one rule, or one queue, only the first is reported. A name of one letter stands for
# all classes that begin with it.
_ORDERS = (
    ("R", "U12", "T01", "U13", "U01", "U02", "U04", "U08", "U09"),
    ("Q01", "Q03", "Q02", "Q04"),
    # Where no time passes, nobody is asked for a key.
    ("L05", "L04"),
)
_POSITION = re.compile(r'(?<!rules)\[\d+\](?= ")')
_NAME_OF_RULE = re.compile(r'(rules\[\d+\]) "(?:[^"\\]|\\.)*"')


@dataclass(frozen=True)
class Acceptance:
    """A finding that the user knows, and why it is as it should be. check: the code or the name of the class."""

    check: str
    place: str
    because: str

    def fits(self, finding: Finding) -> bool:
        return self.check in (finding.check.code, finding.check.name) and same_place(self.place) == same_place(
            finding.place
        )

    def as_dict(self) -> dict[str, str]:
        return {"check": self.check, "place": self.place, "because": self.because}


@dataclass(frozen=True)
class Report:
    """All findings, the worst first. unused: acceptances that no finding fits. incomplete: sentences about parts that
    could not be judged within the budget."""

    findings: tuple[Finding, ...]
    unused: tuple[Acceptance, ...]
    incomplete: tuple[str, ...]

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """Those that are not accepted, and as bad as this or worse."""
        return tuple(one for one in self.findings if one.at_least(severity) and not one.because)


def same_place(place: str) -> str:
    """A place as it is compared: by names, and rules by their index."""
    return _POSITION.sub("", _NAME_OF_RULE.sub(r"\1", place))


def read_acceptances(raw: Any, place: str = "accept") -> tuple[Acceptance, ...]:
    """Acceptances in the form that users write. Raises InputProblem."""
    known = {check.code for check in CHECKS.values()} | {check.name for check in CHECKS.values()}
    found = []
    for index, one in enumerate(sequence(raw if raw is not None else (), place)):
        where = f"{place}[{index}]"
        given = mapping(one, where, ("check", "place", "because"))
        parts = {}
        for name in ("check", "place", "because"):
            parts[name] = text(given.get(name) or "", f"{where}.{name}").strip()
            if not parts[name]:
                raise InputProblem(where, f"{name} is missing; an acceptance has check, place and because")
        if parts["check"] not in known:
            raise InputProblem(
                f"{where}.check", f"there is no check {parts['check']}; docs/checks.md lists all of them"
            )
        found.append(Acceptance(**parts))
    return tuple(found)


def with_explanations(codes: Collection[str]) -> list[Check]:
    """The classes of these codes, and those that may explain their findings."""
    orders = [order for order in _ORDERS if any(_stands_in(order, code) for code in codes)]
    return [
        check for code, check in CHECKS.items() if code in codes or any(_stands_in(order, code) for order in orders)
    ]


def _stands_in(order: tuple[str, ...], code: str) -> bool:
    return code in order or code[0] in order


@no_circles()
def judge(subject: Subject, accept: Sequence[Acceptance] = (), checks: Iterable[Check] | None = None) -> Report:
    """All findings of a tenant. checks: the classes to look for; all by default."""
    found: list[Finding] = []
    incomplete: list[str] = []
    # The places that each order has explained already, by its index.
    explained: dict[int, set[str]] = {}
    for check in _in_order(CHECKS.values() if checks is None else checks):
        orders = [index for index, order in enumerate(_ORDERS) if _stands_in(order, check.code)]
        places: set[str] = set()
        explains: set[str] = set()
        try:
            for candidate in check.find(subject):
                if candidate.place in places or any(candidate.place in explained.get(one, ()) for one in orders):
                    continue
                finding = _proved(subject, check, candidate)
                if finding is not None:
                    places.add(candidate.place)
                    explains.update(candidate.explains or (candidate.place,))
                    found.append(finding)
        except BudgetReached as reached:
            incomplete.append(f"{check.code} {check.name}: {reached}")
        for one in orders:
            explained.setdefault(one, set()).update(explains)
    ranks = {code: index for index, code in enumerate(CHECKS)}
    found.sort(key=lambda one: (SEVERITIES.index(one.severity), ranks[one.check.code]))
    return _accepted(found, accept, incomplete)


def _accepted(found: Sequence[Finding], accept: Sequence[Acceptance], incomplete: Sequence[str]) -> Report:
    used: set[Acceptance] = set()
    findings = []
    for finding in found:
        fitting = [one for one in accept if one.fits(finding)]
        used.update(fitting)
        findings.append(replace(finding, because=fitting[0].because) if fitting else finding)
    return Report(tuple(findings), tuple(one for one in accept if one not in used), tuple(dict.fromkeys(incomplete)))


def _in_order(checks: Iterable[Check]) -> list[Check]:
    """Those that explain something before those that have it explained."""
    ranks = {code: rank for order in _ORDERS for rank, code in enumerate(order)}
    return sorted(checks, key=lambda one: ranks.get(one.code, ranks.get(one.code[0], 0)))


def _proved(subject: Subject, check: Check, candidate: Candidate) -> Finding | None:
    """The finding, if one of its witnesses shows it, or if it needs none."""
    severity = candidate.severity or check.severity
    if candidate.witnesses is None:
        return Finding(check, severity, candidate.place, candidate.message)
    for witness in candidate.witnesses:
        seen, looks = replay(subject, witness)
        if witness.shows(seen):
            return Finding(check, severity, candidate.place, candidate.message, _witness_as_data(witness, seen, looks))
    return None


def replay(subject: Subject, witness: Witness) -> tuple[Seen, Looks]:
    """Simulate a witness, apart from all calls that were tried before."""
    looks = Looks()
    answer = simulate(subject.plan, witness.call, witness.world, subject.assume, looks)
    return Seen(subject.names, witness.call, witness.world, subject.assume, answer), looks


def _witness_as_data(witness: Witness, seen: Seen, looks: Looks) -> Mapping[str, Any]:
    for event in seen.events("ring"):
        if event.details["result"] == "unregistered":
            looks.parts.setdefault((REGISTERED, event.details["who"]), event.t)
    return {
        "call": raw_call(witness.call, seen.subject.pins),
        "world": {
            **world_as_data(witness.world, looks.parts),
            **({"codes": list(witness.world.codes)} if witness.world.codes else {}),
        },
        "outcome": seen.outcome.as_dict(),
        "fired": list(seen.answer.fired),
    }


def raw_call(call: Call, pins: Collection[str] = ()) -> dict[str, Any]:
    """The raw form of a call, without values that are the default. pins: keys that must not be shown."""
    found: dict[str, Any] = {"to": call.to}
    if call.caller.anonymous:
        found["from"] = "anonymous"
    elif call.caller != Caller():
        found["from"] = call.caller.number
    if call.at is not None:
        found["at"] = call.at
    if call.press:
        found["press"] = [STARS if one.keys in pins else _raw_press(one) for one in call.press]
    for name in ("impatient", "agent_hangs_up"):
        if getattr(call, name):
            found[name] = True
    if call.hang_up_after is not None:
        found["hang_up_after"] = _seconds(call.hang_up_after)
    return found


def _raw_press(press: Any) -> Any:
    if not press.say and not press.after:
        return press.keys
    said = {"say": press.say} if press.say else {"keys": press.keys}
    return {**said, "after": _seconds(press.after)} if press.after else said


def _seconds(ms: int) -> int | float:
    return ms / 1000 if ms % 1000 else ms // 1000
