# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls of the tests: a document, the dialled number, and the answer as short lines that a person can check."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ansible_collections.telops.pbx.plugins.module_utils._flow.answer import Answer, Event
from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import Assumptions
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Call
from ansible_collections.telops.pbx.plugins.module_utils._flow.compile import call_plan
from ansible_collections.telops.pbx.plugins.module_utils._flow.plan import CallPlan
from ansible_collections.telops.pbx.plugins.module_utils._flow.simulate import simulate
from ansible_collections.telops.pbx.plugins.module_utils._flow.world import World
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document

# A Tuesday, 10:00 in Berlin.
NOON = "2026-11-24 10:00"


def instant(local: str, zone: str = "Europe/Berlin", fold: int = 0) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp())


def plan(document: dict[str, Any], complete: bool = True) -> CallPlan:
    root, dummy = parse(document)
    return call_plan(of_document(root, complete))


def phone(number: str, *rules: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A phone, without a mailbox unless it says so, with its incoming rules."""
    return {"number": number, "type": "phone", "phone": {"vm_enabled": False, **settings}, "incom_rules": list(rules)}


def menu(number: str, contexts: dict[str, dict[str, Any]], *rules: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A menu whose first context is the entry; a context is its options with their rules, and its settings."""
    listed = []
    for name, options in contexts.items():
        digits = {key: value for key, value in options.items() if isinstance(value, list)}
        more = {key: value for key, value in options.items() if key not in digits}
        listed.append(
            {"name": name, "options": [{"digits": one, "rules": found} for one, found in digits.items()], **more}
        )
    ivr = {"entry_context": next(iter(contexts), None), "vm_enabled": False, "contexts": listed, **settings}
    return {"number": number, "type": "ivr", "ivr": ivr, "incom_rules": list(rules)}


def queue(number: str, *agents: str | dict[str, Any], **settings: Any) -> dict[str, Any]:
    """A queue, without a mailbox unless it says so; an agent is its name, or all its fields."""
    listed = [one if isinstance(one, dict) else {"agent": one, "position": index} for index, one in enumerate(agents)]
    return {
        "number": number,
        "type": "queue",
        "queue": {"vm_enabled": False, **settings},
        "queue_agents": listed,
        "incom_rules": settings.pop("incom_rules", []),
    }


def agents(number: str, *names: str, **settings: Any) -> dict[str, Any]:
    """A phone with agents."""
    return {**phone(number), "agents": [{"name": name, **settings} for name in names]}


@dataclass(frozen=True)
class Case:
    """One call, computed by hand. why: how. trace: its lines, without those of the extensions that were reached."""

    why: str
    extensions: list[dict[str, Any]]
    to: str
    trace: str
    outcome: str
    call: dict[str, Any] = field(default_factory=dict)
    world: dict[str, Any] = field(default_factory=dict)
    assume: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def answer(self) -> Answer:
        call = {"to": self.to, **self.call}
        if isinstance(call.get("at"), str):
            call["at"] = instant(call["at"])
        document = {"extensions": self.extensions, **self.more}
        return simulate(plan(document), Call.of(call), World.of(self.world), Assumptions.of(self.assume))

    def check(self) -> None:
        answer = self.answer()
        wanted = [line.strip() for line in self.trace.strip().splitlines() if line.strip()]
        assert lines(answer) == wanted, self.why
        assert ended(answer) == self.outcome, self.why
        times = [event.t for event in answer.trace]
        assert times == sorted(times)


def lines(answer: Answer) -> list[str]:
    """The trace, one short line for each event but those of extensions."""
    return [line(event) for event in answer.trace if event.event != "extension"]


def line(event: Event) -> str:
    words = [str(event.t), event.event]
    for name, value in event.details.items():
        # A rule is shown with its name or its place in its list.
        words.append(str(value).rsplit(" > ", 1)[-1] if name == "place" else str(value) if value != "" else "-")
    return " ".join(words)


def ended(answer: Answer) -> str:
    """The outcome in a few words."""
    found = answer.outcome.as_dict()
    words = [
        found.pop("class"),
        *(str(found.pop(name)) for name in ("by", "cause", "extension", "in") if name in found),
    ]
    if found.pop("told", False):
        words.append("told")
    at = found.pop("at")
    return " ".join([*words, *(str(value) for value in found.values()), f"@{at}"])
