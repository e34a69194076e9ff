# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A plan and its outcome, in the words of the user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._api.files import FIELD, file_name
from ..._model.dialect import Dialect
from ..._model.types import Json, Values
from ..._model.values import shown
from ..._state.announced import AnnouncedStep, Change
from ..._state.objects import Item
from ..._state.place import Pending, Place
from ..._text.hours import condition_in_words, loses_nothing
from ..._text.mask import Mask
from ..._text.plain import plain
from ..._text.secret import Remembered, Secret
from ..._text.yaml_text import block
from ..read.reader import Reader
from .steps import Listing, Step

# Settings are sent as a whole (Dialect.singleton_put), and those of an extension that does not exist cannot be read.
UNREAD = {"<other settings>": "<as the PBX starts them>"}


def plan_of(steps: Sequence[Step], reader: Reader) -> list[Json]:
    """Each step as it is returned."""
    return [announced(step, reader).as_json() for step in steps]


def announced(step: Step, reader: Reader) -> AnnouncedStep:
    """A step as its request and as its meaning, as it can be shown."""
    mask = reader.client.mask
    return AnnouncedStep(
        False,
        step.action,
        step.noun.name,
        title_of(step, mask),
        step.method,
        plain(mask.text(reader.path(step.noun, step.place, *step.tail) + step.query_text)),
        _body(step, reader.dialect, mask),
        tuple(Change(change.field, change.before, _printable(change.after)) for change in step.changes),
    )


def title_of(step: Step, mask: Mask) -> str:
    """Return the title of a step, without secrets."""
    return plain(mask.text(step.title))


def counts(steps: list[Step]) -> dict[str, dict[str, int]]:
    """How many objects of each kind are created, changed and deleted. A program in another order is changed once."""
    found: dict[str, dict[str, int]] = {}
    names = {"create": "created", "delete": "deleted"}
    for step in steps:
        kind = found.setdefault(step.noun.name, {"created": 0, "changed": 0, "deleted": 0})
        kind[names.get(step.action, "changed")] += 1
    return dict(sorted(found.items()))


def unmanaged(titled: Sequence[tuple[Item, str]], mask: Mask) -> list[dict[str, str]]:
    """Objects that stay as they are, each with its title, in the words of a plan."""
    return [{"kind": item.noun.name, "object": plain(mask.text(title))} for item, title in titled]


def diff_of(steps: list[Step], listings: Mapping[Place, Listing], mask: Mask) -> list[dict[str, str]]:
    """Ansible's diff, one for each object under its full name; a program is shown as one list."""
    found: list[dict[str, str]] = []
    shown_places: set[Place] = set()
    for step in steps:
        listing = listings.get(step.place) if step.noun.ordered else None
        if listing is None:
            before = {c.field: _readable(c.field, c.before) for c in step.changes if c.before is not None}
            after = {c.field: _readable(c.field, _printable(c.after)) for c in step.changes if c.after is not None}
            found.append(_diff(title_of(step, mask), before, {} if step.method == "DELETE" else after))
        elif step.place not in shown_places:
            shown_places.add(step.place)
            rules = _diff(plain(str(step.place)), {"rules": listing.before}, {"rules": _printable(listing.after)})
            if found and found[-1]["after_header"] == rules["after_header"]:
                # A new option and its rules are one thing to the reader.
                found[-1]["after"] += rules["after"]
            else:
                found.append(rules)
    return found


def _readable(field: str, value: Any) -> Any:
    """A value as people read it: conditions of intervals in words."""
    if field == "conditions" and isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return [condition_in_words(one) if loses_nothing(one) else one for one in value]
    return value


def _diff(title: str, before: Values, after: Values) -> dict[str, str]:
    return {"before_header": title, "after_header": title, "before": block(before), "after": block(after)}


def object_of(item: Item, answer: Values) -> Json:
    """An object as a module returns it: the server's answer, or in a preview the expected one."""
    noun = item.noun
    if answer:
        return shown(noun, answer)
    fields = noun.by_name
    expected = {
        fields[name].answered_as: _printable(value)
        for name, value in item.values.items()
        if name in fields and not fields[name].hidden
    }
    expected.update(
        {f.name: expected[f.answered_as] for f in noun.fields if f.type == "short_number" and f.answered_as in expected}
    )
    if not noun.singleton and noun.identity not in expected:
        expected[noun.identity] = _printable(item.id)
    owner = dict(item.place.ids).get("extension")
    if any(f.name == "extension_id" for f in noun.fields) and isinstance(owner, (int, Pending)):
        expected["extension_id"] = _printable(owner)
    return dict(sorted(expected.items()))


def object_after(item: Item, step: Step | None, answers: Mapping[int, Values] | None) -> Json:
    """An object as a module returns it after a step that creates or changes it, None where there is none.

    answers: those of the server, by the ids of the steps; None in a preview.
    """
    if step is None:
        return object_of(item, item.answer)
    if answers is not None:
        return object_of(item, answers.get(id(step), {}))
    return object_of(Item(item.noun, item.place, item.id, {**item.values, **step.values}), {})


def once(mask: Mask, *warnings: Sequence[str]) -> list[str]:
    """Each warning once, as it can be shown."""
    return list(dict.fromkeys(plain(mask.text(warning)) for part in warnings for warning in part))


def as_read(item: Item) -> Json:
    """An object as it is, in a preview with the changes of earlier tasks; unknown values are null."""
    if item.answer and not item.changed:
        return object_of(item, item.answer)
    names = {f.answered_as for f in item.noun.fields if not f.hidden}
    return dict(sorted({**dict.fromkeys(names), **object_of(item, {})}.items()))


def effects_of(steps: list[Step], mask: Mask) -> list[Json]:
    """Planned steps as later tasks of the same preview need them: of a secret, the digest by which it is compared."""
    return [
        {
            "action": step.action,
            "noun": step.noun.name,
            "place": step.place.ids,
            "names": step.place.names,
            "name": step.creates.name if step.creates else step.name,
            "id": step.creates or step.id,
            "values": {
                name: Remembered(mask.digest(value)) if isinstance(value, Secret) else value
                for name, value in step.changed_values.items()
                # A secret that a server never answers is not there to be read either.
                if not (isinstance(value, Secret) and step.noun.by_name[name].write_only)
            },
        }
        for step in steps
    ]


def _body(step: Step, dialect: Dialect, mask: Mask) -> Json | None:
    if step.body is None:
        return None
    addresses = {f.sent_as for f in step.noun.fields if f.address}
    shown_body: Json = _printable(mask.fields(step.body, addresses))
    if step.file:
        shown_body[FIELD] = f"<file {file_name(step.file)}>"
    partial = step.noun.singleton and len(step.body) < len(step.noun.writable)
    if partial and step.place.pending and dialect.singleton_put == "merged":
        shown_body.update(UNREAD)
    return shown_body


def _printable(value: Any) -> Any:
    if isinstance(value, (Pending, Secret)):
        return str(value)
    if isinstance(value, Mapping):
        return {name: _printable(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(part) for part in value]
    return value
