# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The current state of the objects that a plan touches: the document that brings a tenant back, and its gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ..._model.document import TENANT, sections_of
from ..._model.field import Field
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.types import Json, Values
from ..._state.objects import Item
from ..._state.place import Id, Place
from ..._text.secret import Secret
from ..read.document_values import DocumentValues, Unsayable
from ..read.reader import Reader
from ..read.references import References
from .ceasing import Ceasing
from .steps import Step

Entry = Json


class Undo:
    """The undo document of a plan, made from the state that was read before it.

    document: the sections of a tenant, under ``absent`` the kind and place of each object that the plan creates, and
    under ``created`` the titles of the objects that it creates inside of these.
    lost: one sentence for each thing that cannot come back. sounds: those whose content is to be fetched, each with its
    entry in the document, which takes the file.
    """

    def __init__(self, steps: Sequence[Step], reader: Reader, references: References) -> None:
        self.document: Entry = {}
        self.lost: list[str] = []
        # By what is lost of them, and why: the objects.
        self._alike: dict[tuple[str, str], list[str]] = {}
        self.sounds: list[tuple[Item, Entry]] = []
        self._reader = reader
        self._references = references
        self._values = DocumentValues(reader, references, {})
        self._entries: dict[tuple[str, Place, Id], Entry] = {}
        # The rules that a plan changes, and the fields that it gives them.
        programs: dict[tuple[str, Place], set[str]] = {}
        for step in steps:
            if step.place.pending:
                # It goes with the object that it lies in.
                if step.action == "create":
                    self.document.setdefault("created", []).append(step.title)
                continue
            if step.noun.ordered:
                programs.setdefault((step.noun.name, step.place), set()).update(change.field for change in step.changes)
            elif step.action == "create":
                self.document.setdefault("absent", []).append(self._entry_of_absent(step))
            elif step.action in ("update", "replace"):
                self._add_changed(step)
        self._ceasing = Ceasing(steps, reader).with_contents()
        for gone in self._ceasing:
            if gone.item.noun.ordered:
                programs.setdefault((gone.item.noun.name, gone.item.place), set())
            else:
                self._whole(gone.item)
        for (name, place), given in programs.items():
            self._program(NOUNS[name], place, given)

    def _entry_of_absent(self, step: Step) -> Entry:
        fields = step.noun.by_name
        keys = {name: step.name if fields[name].refers_to else step.values.get(name) for name in step.noun.key}
        return {"kind": step.noun.name, **self._names(step.place), **keys}

    def _names(self, place: Place) -> Entry:
        """The names of the objects that hold a list, by their kinds."""
        found = {}
        for at, (kind, identity) in enumerate(place.ids):
            item = self._reader.index(NOUNS[kind], Place(place.ids[:at])).with_id(identity)
            found[kind] = item.name if item else str(identity)
        return found

    def _add_changed(self, step: Step) -> None:
        """The fields of one object that a step changes, as they are."""
        noun, place = step.object_noun, step.place
        item = (
            self._reader.settings(noun, place) if noun.singleton else self._reader.index(noun, place).with_id(step.id)
        )
        if item is None:
            return
        entry = self._settings(noun, place) if noun.singleton else self._entry(item)
        said, gaps = self._values.of(item)
        if step.action == "replace":
            self.sounds.append((item, entry))
        for name in _touched_fields(step):
            field = noun.by_name[name]
            if field.type == "file":
                # It is kept as a file beside the document.
                continue
            found = list(self._before(field, item)) if field.secret or name not in said else [said[name]]
            if found:
                entry[name] = found[0]
            elif not field.volatile and item.noun.applies(field, item.values):
                why = "the PBX does not tell it" if field.hidden else "it cannot be said by name"
                why = why if name in dict(gaps) or field.hidden else "it cannot be cleared again"
                self.lose(f"{step.title}: {name}", why)
        self._flatten(noun, place, entry)

    def _before(self, field: Field, item: Item) -> Iterator[Any]:
        """The value of a field that an export would not tell, where it can be brought back."""
        value = item.values.get(field.name)
        if field.write_only or field.volatile or not item.noun.applies(field, item.values):
            return
        if isinstance(value, Secret):
            yield value
        elif value in (None, "", []):
            if field.type == "list":
                yield []
            elif field.name in item.noun.clearable:
                yield None

    def _whole(self, item: Item) -> None:
        """A deleted object, with its settings; its content is deleted by itself."""
        noun = item.noun
        said, gaps = self._values.of(item)
        missing = [f.name for f in noun.writable if f.secret and f.required and f.write_only]
        if missing or any(name in noun.key for name, dummy in gaps):
            why = f"the PBX does not tell its {missing[0]}" if missing else "it has no name of its own"
            self.lose(self._references.title(item), why)
            return
        entry = self._entry(item)
        self._say(entry, item, said, gaps)
        if any(field.type == "file" for field in noun.fields):
            self.sounds.append((item, entry))
        for dummy, kind in sections_of(noun, item.values.get("type")) if noun.contains else ():
            child = NOUNS[kind]
            if child.singleton:
                settings = self._reader.settings(child, item.inside)
                self._say(self._settings(child, item.inside), settings, *self._values.of(settings))
                self._flatten(child, item.inside, self._settings(child, item.inside))

    def _say(self, entry: Entry, item: Item, said: Values, gaps: Sequence[tuple[str, Unsayable]]) -> None:
        fields = item.noun.by_name
        entry.update({name: value for name, value in said.items() if not fields[name].secret})
        for field in item.noun.writable:
            if isinstance(item.values.get(field.name), Secret):
                entry[field.name] = item.values[field.name]
            elif field.secret and field.write_only:
                self.lose(f"{self._references.title(item)}: {field.name}", "the PBX does not tell it")
        for name, gap in gaps:
            self.lose(f"{self._references.title(item)}: {name}", gap.reason)

    def _program(self, noun: Noun, place: Place, given: Collection[str]) -> None:
        """The rules of one list, as they run. given: the fields that the plan gives some of them: a rule that has none
        of them says so, because an omitted value of a rule stays."""
        ids = self._reader.order(noun, place)
        items = sorted(self._reader.all(noun, place), key=lambda rule: ids.index(rule.id))
        rules = [self._values.of(item) for item in items]
        if any(gaps for dummy, gaps in rules):
            self.lose(f"{place}: {noun.plural_title}", "one of them cannot be said by names")
            return
        holder, section = self._holder(noun, place)
        cleared = [name for name in noun.clearable if name in given]
        holder[section] = [
            {**said, **{name: None for name in cleared if item.values.get(name) is None and self._says(item, name)}}
            for item, (said, dummy) in zip(items, rules)
        ]

    def _says(self, item: Item, name: str) -> bool:
        return item.noun.applies(item.noun.by_name[name], item.values)

    def _entry(self, item: Item) -> Entry:
        """The entry of an object in the document, by its name."""
        key = (item.noun.name, item.place, item.id)
        if key not in self._entries:
            said, dummy = self._values.of(item)
            entry = self._entries[key] = {name: said[name] for name in item.noun.key if name in said}
            holder, section = self._holder(item.noun, item.place)
            holder.setdefault(section, []).append(entry)
        return self._entries[key]

    def _settings(self, noun: Noun, place: Place) -> Entry:
        holder, section = self._holder(noun, place)
        found = holder.setdefault(section, {})
        return found if isinstance(found, dict) else {}

    def _flatten(self, noun: Noun, place: Place, entry: Entry) -> None:
        """Settings of a single field are told as its value."""
        if noun.singleton and len(noun.writable) == 1:
            holder, section = self._holder(noun, place)
            if entry:
                holder[section] = next(iter(entry.values()))
            elif holder.get(section) == {}:
                del holder[section]

    def _holder(self, noun: Noun, place: Place) -> tuple[Entry, str]:
        """Where the section of a kind stands, and its name: the menus of an IVR stand in its settings."""
        outer = TENANT
        node = self.document
        if place.ids:
            kind, identity = place.ids[-1]
            outer = NOUNS[kind]
            item = self._reader.index(outer, Place(place.ids[:-1], place.names[:-1])).with_id(identity)
            node = self._entry(item) if item else {}
        for section, kind in outer.contains:
            if kind == noun.name:
                return node, section
            for inner, held in NOUNS[kind].contains if NOUNS[kind].singleton else ():
                if held == noun.name:
                    return node.setdefault(section, {}), inner
        return {}, noun.plural

    def lose_content(self, sound: Item, entry: Entry, why: str) -> None:
        """Note that the content of a sound cannot come back. A sound that is deleted is then left out: nobody could
        make it again, and the document would be refused because of it."""
        self.lose(f'sound "{sound.name}": content', why)
        if any(gone.item is sound for gone in self._ceasing):
            self.document["sounds"].remove(entry)

    def lose(self, what: str, why: str) -> None:
        """Note that something cannot come back."""
        sentence = f"undo cannot bring back {what}: {why}"
        if sentence not in self.lost:
            self.lost.append(sentence)
            title, dummy, part = what.rpartition(": ")
            self._alike.setdefault((part if title else "", why), []).append(title or what)

    def warnings(self) -> list[str]:
        """The same as ``lost``, in one sentence for all objects of which the same is lost."""
        found = []
        for (part, why), titles in self._alike.items():
            one = f"{titles[0]}: {part}" if part else titles[0]
            several = f"{part} of {len(titles)} objects" if part else f"{len(titles)} objects"
            alike = len(titles) > 1
            found.append(
                f"undo cannot bring back {several if alike else one}: {why}" + f" ({'; '.join(titles)})" * alike
            )
        return found


def _touched_fields(step: Step) -> Iterator[str]:
    """The fields that a step changes, and those that a PBX resets because they mean nothing beside the new values."""
    changed = {change.field for change in step.changes}
    for field in step.noun.writable:
        if field.name in changed or field.applies_with[0] in changed:
            yield field.name
