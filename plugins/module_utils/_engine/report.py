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
from .plan import HIDDEN, Listing, Step
from .reader import Live, Reader
from .yaml_text import block


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


def diff_of(steps: list[Step], listings: Mapping[Place, Listing]) -> list[dict[str, str]]:
    """Ansible's diff, one for each object under its full name; a program is shown as one list."""
    found: list[dict[str, str]] = []
    shown_places: set[Place] = set()
    for step in steps:
        listing = listings.get(step.place) if step.noun.ordered else None
        if listing is None:
            before = {c.field: c.before for c in step.changes if c.before is not None}
            after = {c.field: _printable(c.after) for c in step.changes if c.after is not None}
            found.append(_diff(step.title, before, {} if step.action == "delete" else after))
        elif step.place not in shown_places:
            shown_places.add(step.place)
            rules = _diff(str(step.place), {"rules": listing.before}, {"rules": _printable(listing.after)})
            if found and found[-1]["after_header"] == rules["after_header"]:
                # A new option and its rules are one thing to the reader.
                found[-1]["after"] += rules["after"]
            else:
                found.append(rules)
    return found


def _diff(title: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    return {"before_header": title, "after_header": title, "before": block(before), "after": block(after)}


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
    if isinstance(value, Mapping):
        return {name: _printable(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(part) for part in value]
    return value
