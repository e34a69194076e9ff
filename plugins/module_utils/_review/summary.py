# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The results of all tasks of a run, put together: each tenant with its steps and its errors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._state.announced import AnnouncedStep, announced, counted
from .flows import Draw, Flow, Sheet, flows_of, sheet_of
from .head import Head
from .tried import Tried, is_tried, tried_of

# Stands for a phone number of each tenant.
OWN = "their number"


@dataclass(frozen=True)
class Failure:
    """A task that failed. passed: the run went on with this tenant nevertheless."""

    task: str
    message: str
    passed: bool = False


@dataclass
class Tenant:
    """One host of the inventory.

    done: which ways tasks of this collection have run: False for a preview, True for real.
    hidden: the number of results that report a change and must not name it.
    failed: the run has given this tenant up. explained: why is known, so that later failures tell nothing new.
    left: kind and name of each object that is not in the document, and stays. labels: of extensions, by their numbers.
    noticed: the effects on callers, each in a sentence, the worst first. flows, sheets: those of the numbers concerned.
    numbers: the phone numbers whose callers notice something. tried: call tests.
    """

    name: str
    steps: list[AnnouncedStep] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    done: set[bool] = field(default_factory=set)
    hidden: int = 0
    failed: bool = False
    explained: bool = False
    left: list[tuple[str, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    noticed: list[str] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    tried: list[Tried] = field(default_factory=list)

    def like(self, text: str) -> str:
        """The text without what is of this tenant alone: its phone numbers, and the labels of its extensions."""
        for number, label in self.labels.items():
            text = text.replace(f"{number} {label}", number)
        for number in sorted(self.numbers, key=len, reverse=True):
            text = text.replace(number, OWN)
        return text

    @property
    def status(self) -> str:
        if self.failed:
            return "failed"
        return "changes" if self.steps or self.hidden else "unchanged"

    @property
    def counted(self) -> str:
        """``3 to create, 1 to change, 0 to delete``; the words of a real run before those of a preview."""
        found = [counted(self.steps, done) for done in sorted(self.done, reverse=True)]
        if self.hidden:
            found.append(f"{self.hidden} task{'' if self.hidden == 1 else 's'} with changes hidden by no_log")
        return "; ".join(found) or "nothing was done"

    def kinds(self) -> Iterator[tuple[str, list[AnnouncedStep]]]:
        """The kinds of objects in alphabetical order, each with its steps in the order in which they are sent."""
        for kind in sorted({step.kind for step in self.steps}):
            yield kind, [step for step in self.steps if step.kind == kind]


class Review:
    """Takes the results of tasks as they come, and gives the tenants."""

    def __init__(self) -> None:
        self._tenants: dict[str, Tenant] = {}
        # The facts about the run; None where nobody has given them.
        self.head: Head | None = None
        # The function that draws pictures of call flows; None where there is none.
        self.draw: Draw | None = None

    def add(self, tenant: str, result: Mapping[str, Any], check: bool) -> None:
        """Add the result of a task of this collection, also the results of a loop.

        check: whether it was in check mode; a module that only reads says so itself.
        """
        found = self._tenant(tenant)
        results = _items(result)
        check = check or any(one.get("read_only") is True for one in results)
        found.done.add(not check)
        if "censored" in result:
            found.hidden += sum(bool(one.get("changed")) for one in results)
            return
        for one in results:
            found.steps += announced(one.get("plan"), not check)
            found.noticed += [words for words in _noticed(one) if words not in found.noticed]
            impact = one.get("impact")
            if isinstance(impact, Mapping):
                found.numbers |= {
                    str(number)
                    for group in _list(impact.get("groups"))
                    if isinstance(group, Mapping)
                    for number in _list(group.get("numbers"))
                }
                found.flows += [flow for flow in flows_of(impact) if flow not in found.flows]
                sheet = sheet_of(impact)
                found.sheets += [sheet] if sheet and sheet not in found.sheets else []
            found.left += [left for left in _left(one.get("unmanaged")) if left not in found.left]
        for one in [result, *(one for one in results if one is not result)]:
            found.tried += tried_of(one)
            found.warnings += [str(text) for text in _list(one.get("warnings")) if str(text) not in found.warnings]

    def label(self, tenant: str, extensions: Any) -> None:
        """Add the labels of the extensions of a document, which are shown with their numbers."""
        for one in _list(extensions):
            if isinstance(one, Mapping) and isinstance(one.get("label"), str) and one["label"].strip():
                self._tenant(tenant).labels[str(one.get("number"))] = one["label"]

    def fail(self, tenant: str, task: str, result: Mapping[str, Any], passed: bool = False) -> None:
        """Take the failure of any task. passed: the run goes on as if it had not failed."""
        found = self._tenant(tenant)
        if found.explained:
            return
        if "censored" in result:
            messages = ["hidden, because of no_log"]
        else:
            messages = [_message(one) for one in _items(result) if one is result or one.get("failed")]
        found.failures += [Failure(task, message, passed) for message in messages or [_message(result)]]

    def keep(self, tenant: str, task: str, lines: Sequence[str]) -> None:
        """Keep a failure until the end of the run, so that the failure at the end adds nothing new."""
        found = self._tenant(tenant)
        if not found.failures:
            found.failures.append(Failure(task, "\n".join(lines)))
        found.explained = True

    def finish(self, failed: Iterable[str]) -> None:
        """Take the names of the hosts that the run has given up; with all others, it went on after their failures."""
        given_up = set(failed)
        for name in given_up:
            self._tenant(name).failed = True
        for tenant in self._tenants.values():
            if not tenant.failed:
                tenant.failures = [Failure(one.task, one.message, True) for one in tenant.failures]

    @property
    def tenants(self) -> list[Tenant]:
        """All that have run a task of this collection, or failed, by name."""
        return [tenant for name, tenant in sorted(self._tenants.items()) if tenant.done or tenant.failed]

    @property
    def counted(self) -> str:
        """As for one tenant, of all together."""
        everything = Tenant("")
        for tenant in self.tenants:
            everything.steps += tenant.steps
            everything.done |= tenant.done
            everything.hidden += tenant.hidden
        return everything.counted

    @property
    def outcome(self) -> str:
        """``2 of 5 tenants with changes, 1 failed``."""
        total = len(self.tenants)
        failed = sum(tenant.failed for tenant in self.tenants)
        touched = sum(bool(tenant.steps or tenant.hidden) for tenant in self.tenants)
        words = f"{touched} of {total} tenant{'' if total == 1 else 's'} with changes"
        return f"{words}, {failed} failed" if failed else words

    def _tenant(self, name: str) -> Tenant:
        return self._tenants.setdefault(name, Tenant(name))


def _items(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The results of a loop, or the one of a task without."""
    results = result.get("results")
    if isinstance(results, list) and not any(map(is_tried, results)):
        return [one for one in results if isinstance(one, Mapping)]
    return [result]


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _noticed(result: Mapping[str, Any]) -> Iterator[str]:
    """The sentences of an impact; where nothing differs, or not everything is known, the one that says so."""
    impact = result.get("impact")
    found = impact if isinstance(impact, Mapping) else result
    groups = [one for one in _list(found.get("groups")) if isinstance(one, Mapping)]
    yield from (str(one["words"]) for one in groups if one.get("words"))
    summary = found.get("summary")
    if not groups and isinstance(summary, Mapping) and summary.get("words"):
        yield str(summary["words"])


def _left(unmanaged: Any) -> Iterator[tuple[str, str]]:
    for one in _list(unmanaged):
        if isinstance(one, Mapping):
            yield str(one.get("kind") or ""), str(one.get("object") or "")


def _message(result: Mapping[str, Any]) -> str:
    message = result.get("msg")
    if isinstance(message, str) and message.strip():
        return message.strip()
    return "no message" if not message else json.dumps(message, ensure_ascii=False, default=str)
