# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A plan and its outcome, in the words of the user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._model.noun import Noun
from .._model.values import shown
from .place import Pending, Place
from .plan import HIDDEN, Step
from .reader import Live, Reader


def plan_of(steps: list[Step], reader: Reader) -> list[dict[str, Any]]:
    """Each step as its request and as its meaning; secrets hidden, ids that are not known yet by name."""
    return [
        {
            "action": step.action,
            "kind": step.noun.name,
            "object": step.title,
            "method": step.method,
            "path": reader.path(step.noun, step.place, *step.tail),
            "body": None if step.body is None else _printable(_without_secrets(step.noun, step.body)),
            "changes": [{"field": c.field, "from": c.before, "to": _printable(c.after)} for c in step.changes],
        }
        for step in steps
    ]


def diff_of(steps: list[Step]) -> dict[str, Any]:
    """Ansible's diff of all steps: what was declared, before and after, in the names that people use."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in steps:
        old = {c.field: c.before for c in step.changes if c.before is not None}
        new = {c.field: _printable(c.after) for c in step.changes if c.after is not None}
        if step.action != "create":
            before.setdefault(step.title, {}).update(old)
        if step.action != "delete":
            after.setdefault(step.title, {}).update(new)
    return {"before": before, "after": after, "before_header": "on the PBX", "after_header": "as declared"}


def object_of(live: Live, answer: Mapping[str, Any]) -> dict[str, Any]:
    """An object as a module returns it: the server's answer, or in a preview what the server would answer."""
    noun = live.noun
    if answer:
        return shown(noun, answer)
    fields = noun.by_name
    expected = {
        fields[name].answered_as: _printable(value)
        for name, value in live.values.items()
        if name in fields and not fields[name].secret and not fields[name].write_only
    }
    if not noun.singleton and noun.identity not in expected:
        expected[noun.identity] = _printable(live.id)
    return dict(sorted(expected.items()))


def remembered(steps: list[Step]) -> list[dict[str, Any]]:
    """Planned steps as later tasks of the same preview need them; secrets left out."""
    return [
        {
            "action": step.action,
            "noun": step.noun.name,
            "place": step.place.ids,
            "names": step.place.names,
            "id": step.creates or step.id,
            "values": {
                name: value
                for name, value in step.values.items()
                if name not in step.noun.by_name or not step.noun.by_name[name].secret
            },
        }
        for step in steps
    ]


def _without_secrets(noun: Noun, body: Mapping[str, Any]) -> dict[str, Any]:
    secret = {f.sent_as for f in noun.fields if f.secret}
    return {name: HIDDEN if name in secret and value is not None else value for name, value in body.items()}


def _printable(value: Any) -> Any:
    if isinstance(value, Pending):
        return str(value)
    if isinstance(value, Place):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _printable(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(part) for part in value]
    return value
