# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The one form in which a plan leaves the engine: in results, in saved plans, in reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What a step does to an object, by the action that it names; every other action is an operation on what happens now,
# such as the end of a call.
EFFECTS = {
    "create": "create",
    "update": "change",
    "replace": "change",
    "order": "change",
    "delete": "delete",
    "empty": "delete",
}
OPERATION = "carry_out"


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
        """What the step does to the object: one of EFFECTS, or OPERATION."""
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
    """The steps of a plan that a task has returned; what does not look like a step is left out."""
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


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()
