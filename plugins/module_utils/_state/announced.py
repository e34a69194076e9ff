# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The one form in which a plan leaves the engine: in results, in saved plans, in reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# The effect of a step on an object, by the step's action; every other action is a live operation, such as the end of a
# call.
EFFECTS = {
    "create": "create",
    "update": "change",
    "replace": "change",
    "order": "change",
    "delete": "delete",
    "empty": "delete",
}
OPERATION = "carry_out"


# Each effect as a preview and as a real run speak of it.
WORDS = {
    "create": ("to create", "created"),
    "change": ("to change", "changed"),
    "delete": ("to delete", "deleted"),
    OPERATION: ("to carry out", "carried out"),
}

Counts = dict[str, int]


@dataclass(frozen=True)
class Change:
    """One field that a step changes, in the words of the user: names for ids, and no secrets."""

    field: str
    before: Any
    after: Any

    def as_json(self) -> dict[str, Any]:
        """The change as it is returned and saved."""
        return {"field": self.field, "from": self.before, "to": self.after}


@dataclass(frozen=True)
class AnnouncedStep:
    """One request, as it is shown: secrets hidden, ids that are not known yet by name.

    done: the request was sent; otherwise a preview has announced it. kind: the name of the noun.
    action: create, update, replace, order, delete, empty, or that of an operation.
    """

    done: bool
    action: str
    kind: str
    object: str
    method: str = ""
    path: str = ""
    body: Any = None
    changes: tuple[Change, ...] = ()

    @property
    def effect(self) -> str:
        """The effect of the step on the object: one of EFFECTS, or OPERATION."""
        return EFFECTS.get(self.action, OPERATION)

    def as_json(self) -> dict[str, Any]:
        """The step as it is returned and saved."""
        return {
            "action": self.action,
            "kind": self.kind,
            "object": self.object,
            "method": self.method,
            "path": self.path,
            "body": self.body,
            "changes": [change.as_json() for change in self.changes],
        }


def announced(plan: Any, done: bool) -> Iterator[AnnouncedStep]:
    """The steps of a plan that a task has returned; anything that does not look like a step is left out."""
    for step in _list(plan):
        if isinstance(step, Mapping):
            yield AnnouncedStep(
                done,
                **{name: str(step.get(name) or "") for name in ("action", "kind", "object", "method", "path")},
                body=step.get("body"),
                changes=tuple(
                    Change(str(change.get("field")), change.get("from"), change.get("to"))
                    for change in _list(step.get("changes"))
                    if isinstance(change, Mapping)
                ),
            )


def counts(steps: Iterable[AnnouncedStep]) -> Counts:
    """How many steps have each effect."""
    found = dict.fromkeys(WORDS, 0)
    for step in steps:
        found[step.effect] += 1
    return found


def counted(steps: Iterable[AnnouncedStep], done: bool, zeros: bool = True) -> str:
    """The counts of those steps that are done, or not, as a sentence says them.

    zeros: also name the kinds without any. Operations are only told where there are any.
    """
    found = counts(step for step in steps if step.done is done)
    return ", ".join(
        f"{count} {WORDS[effect][done]}" for effect, count in found.items() if count or (zeros and effect != OPERATION)
    )


def counts_in_words(steps: Sequence[AnnouncedStep]) -> str:
    """Return the counts of some steps, done or not, in words: ``2 created, 1 to delete``."""
    return ", ".join(filter(None, (counted(steps, done, zeros=False) for done in (True, False))))


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()
