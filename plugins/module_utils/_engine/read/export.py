# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The current state as the document that would create it: names for ids, in an order that two exports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from ..._api.errors import PbxError
from ..._model.document import TENANT, sections_of
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.types import Json
from ..._state.document import section_written, written
from ..._state.objects import Item
from ..._state.place import Place
from ..._text.plain import plain
from ..._text.yaml_text import Path
from ..errors import InputError
from .ahead import read_level, reading
from .document_values import MAY_READ, REFUSALS, DocumentValues, Unsayable, natural
from .reader import Reader
from .references import References

Level = list[tuple[Noun, Place]]


@dataclass(frozen=True)
class Gap:
    """Something that the tenant has and the document cannot say.

    path: of the object in the document that it is missing from, or of the tenant's section.
    """

    object: str
    field: str
    reason: str
    remedy: str
    path: Path

    def as_json(self) -> dict[str, str]:
        """The gap as it is returned and shown."""
        texts = {"object": self.object, "field": self.field, "reason": self.reason, "remedy": self.remedy}
        return {name: plain(text) for name, text in texts.items()}


class Exporter:
    """Exports a tenant, or the part of it that is asked for: the contents of a document, as the PBX holds them.

    extensions: the numbers of the extensions to export; None for all. sections: the sections to export, of the tenant
    and of its extensions; None for all.
    gaps: the decisions that are left to people. warnings: which parts of the tenant could not be read.

    A value that no document can hold leaves a whole part out, so that the document never means something else: a field,
    or the object that it names, or for a rule the whole list of rules, since a list without a rule would delete it.
    """

    def __init__(
        self,
        reader: Reader,
        references: References,
        extensions: Collection[str] | None = None,
        sections: Collection[str] | None = None,
    ) -> None:
        self.gaps: list[Gap] = []
        self.warnings: list[str] = []
        self._reader = reader
        self._references = references
        self._nameless: dict[tuple[str, Place], PbxError] = {}
        self._values = DocumentValues(reader, references, self._nameless)
        self._extensions = extensions
        self._sections = sections
        self._refused: dict[tuple[str, Place], PbxError] = {}
        # The rules of a list are looked at before the first of them is said.
        self._looked_at: dict[int, tuple[Json, list[tuple[str, Unsayable]]]] = {}

    def tenant(self) -> Json:
        """The document of the whole tenant. Raises the server's refusal where nothing of it can be read."""
        self._check_extensions()
        self.read()
        return written(self, TENANT, None, Place())

    def read(self) -> None:
        """Read all that is to be exported. Raises the server's refusal where nothing of it can be read."""
        level = [(NOUNS[kind], Place()) for section, kind in TENANT.contains if self._wanted_of_tenant(section)]
        self._read(level)
        refused = [self._refused.get((noun.name, place)) for noun, place in level]
        if refused and all(refused) and refused[0]:
            raise refused[0]

    def section(self, name: str, extension: str | Place) -> Json:
        """One section of an extension as the PBX has it, and nothing where it cannot be read.

        extension: its number, or its inside.
        """
        if isinstance(extension, Place):
            place = extension
        else:
            found = self._reader.index(NOUNS["extension"], Place()).with_name(extension)
            if len(found) != 1:
                return {}
            place = found[0].inside
        if place.pending:
            return {}
        noun = NOUNS[dict(NOUNS["extension"].contains)[name]]
        self._read([(noun, place)])
        value = section_written(self, noun, place, (name,))
        return {} if (noun.name, place) in self._refused else {name: value}

    def read_names(self) -> None:
        """Read besides the lists that only give names to references, such as the own sounds of an extension."""
        for item in self._reader.objects.everything():
            for field in item.noun.writable:
                value = item.values.get(field.name)
                if field.refers_to and value is not None:
                    # A name that cannot be read stays unknown.
                    with suppress(*REFUSALS):
                        self._references.target_of(field, value, item.place)

    def _read(self, level: Level) -> None:
        """Read level by level from the outside inwards, and then the lists that only lend their names."""
        while level:
            self._level(level)
            level = [inner for noun, place in level for inner in self._below(noun, place)]
        self._level(self._lenders())

    def _level(self, level: Level) -> None:
        read_level(self._reader, level, lambda noun, place: partial(self._attempt, noun, place))

    def _attempt(self, noun: Noun, place: Place) -> None:
        try:
            reading(self._reader, noun, place, whole=True)()
        except REFUSALS as error:
            # Without the list of extensions there is nothing in which anything else could stand.
            if noun.holds_sections:
                raise
            self._refused[noun.name, place] = error
            if not place.ids:
                self._reader.do_without(noun)

    def _lenders(self) -> Level:
        """The lists that give names to references."""
        found: dict[tuple[str, Place], tuple[Noun, Place]] = {}
        for item in self._reader.objects.everything():
            for field in item.noun.writable:
                if not field.refers_to or item.values.get(field.name) is None:
                    continue
                noun = NOUNS[field.refers_to]
                homes = [] if noun.across or noun.mirrors else [(noun, item.place.up_to(noun))]
                homes += [(NOUNS[noun.of_tenant], Place())] if noun.of_tenant else []
                if noun.across:
                    self._across(noun)
                found.update({(one.name, home): (one, home) for one, home in homes})
        return [
            (noun, home)
            for (kind, home), (noun, dummy) in found.items()
            if not self._reader.has(noun, home) and (kind, home) not in self._refused
        ]

    def _across(self, noun: Noun) -> None:
        key = (noun.name, Place())
        if key not in self._nameless:
            try:
                self._reader.everywhere(noun)
            except REFUSALS as error:
                self._nameless[key] = error

    def _below(self, noun: Noun, place: Place) -> Iterator[tuple[Noun, Place]]:
        if (noun.name, place) in self._refused:
            return
        if noun.singleton:
            yield from ((NOUNS[kind], place) for dummy, kind in noun.contains)
        elif noun.contains and self._reader.has(noun, place):
            for item in self._chosen_extensions() if noun.holds_sections else self._reader.all(noun, place):
                yield from ((NOUNS[kind], item.inside) for section, kind in self.sections(noun, item))

    def _chosen_extensions(self) -> list[Item]:
        found = self._reader.extensions()
        return [item for item in found if self._extensions is None or item.name in self._extensions]

    def _check_extensions(self) -> None:
        if self._extensions is None:
            return
        missing = sorted(set(self._extensions) - {item.name for item in self._reader.extensions()})
        if missing:
            raise InputError([f"there is no extension {', '.join(missing)}"])

    def sections(self, noun: Noun, holder: Item | None) -> Iterator[tuple[str, str]]:
        """See Contents."""
        for section, kind in sections_of(noun, holder.values.get("type") if holder else None):
            if noun is TENANT:
                wanted = self._wanted_of_tenant(section)
            else:
                wanted = not noun.holds_sections or self._is_wanted(section)
            if wanted:
                yield section, kind

    def _is_wanted(self, section: str) -> bool:
        return self._sections is None or section in self._sections

    def _wanted_of_tenant(self, section: str) -> bool:
        """Extensions are the frame in which the chosen sections of extensions stand."""
        held = {name for name, dummy in NOUNS["extension"].contains}
        return self._is_wanted(section) or (section == "extensions" and not held.isdisjoint(self._sections or ()))

    def settings(self, noun: Noun, home: Place, path: Path) -> Item | None:
        """See Contents."""
        return None if self._is_unread(noun, home, path) else self._reader.settings(noun, home)

    def rules(self, noun: Noun, home: Place, path: Path) -> list[Item] | None:
        """See Contents."""
        if self._is_unread(noun, home, path):
            return None
        if not self._reader.has(noun, home):
            return []
        ids = self._reader.order(noun, home)
        items = sorted(self._reader.all(noun, home), key=lambda rule: ids.index(rule.id))
        self._looked_at = {id(item): self._values.of(item) for item in items}
        if not any(gaps for dummy, gaps in self._looked_at.values()):
            return items
        for item in items:
            self._tell(item, self._looked_at[id(item)][1], _owner(path), f"{path[-1]} is left out as a whole; ")
        return None

    def objects(self, noun: Noun, home: Place, path: Path) -> Iterator[Item]:
        """See Contents. Objects that a name tells apart."""
        if not self._is_unread(noun, home, path) and self._reader.has(noun, home):
            items = self._chosen_extensions() if noun.holds_sections else self._reader.all(noun, home)
            yield from self._with_own_names(
                sorted(items, key=lambda one: natural(one, self._references.name_of(one))), path
            )

    def said(self, one: Item, path: Path) -> Json | None:
        """See Contents."""
        noun = one.noun
        fields, gaps = self._looked_at.get(id(one)) or self._values.of(one)
        unnamed = not noun.ordered and any(name in noun.key for name, dummy in gaps)
        if unnamed:
            self._tell(one, gaps, _owner(path[:-1]), f"this {noun.title} is left out as a whole; ")
        else:
            self._tell(one, gaps, path)
        return None if unnamed else fields

    def inside(self, one: Item) -> Place:
        """See Contents."""
        return one.inside

    def is_kept(self, one: Item, held: Json, path: Path) -> bool:
        """See Contents. An extension in an unrequested list is kept only as the frame of something inside it."""
        framed = one.noun.holds_sections and not self._is_wanted("extensions")
        return bool(held) or not framed or self._is_incomplete(path)

    def _is_unread(self, noun: Noun, home: Place, path: Path) -> bool:
        """Whether a section was refused, which is told."""
        refused = self._refused.get((noun.name, home))
        if refused:
            self._note_unread(home, str(path[-1]), path, refused)
        return refused is not None

    def _is_incomplete(self, path: Path) -> bool:
        return any(gap.path[: len(path)] == path for gap in self.gaps)

    def _with_own_names(self, items: Sequence[Item], path: Path) -> Iterator[Item]:
        """Those that a name tells apart; a document cannot speak of the others."""
        names = [self._references.name_of(item) for item in items]
        often = Counter(names)
        for item, name in zip(items, names):
            title = item.noun.title
            if not item.is_named:
                self._unclear(
                    item, "", f"has no name; id: {item.id}", f"give this {title} a name on the PBX", _owner(path)
                )
            elif often[name] > 1:
                reason = f"several {item.noun.plural_title} have this name; ids: {item.id}"
                self._unclear(item, "", reason, f"give each {title} a name of its own on the PBX", _owner(path))
            else:
                yield item

    def _note_unread(self, place: Place, section: str, path: Path, error: PbxError) -> None:
        owner = str(place) or TENANT.title
        self._note(owner, section, f"could not be read: {error}", MAY_READ, _owner(path))
        self.warnings.append(f"{plain(owner)}: {section} could not be read, so that the export is incomplete: {error}")

    def _tell(self, item: Item, gaps: Sequence[tuple[str, Unsayable]], path: Path, so: str = "") -> None:
        for field, gap in gaps:
            self._unclear(item, field, gap.reason, so + gap.remedy, path)

    def _unclear(self, item: Item, field: str, reason: str, remedy: str, path: Path) -> None:
        title = str(item.inside) if not item.noun.singleton else " > ".join((*item.place.names, item.noun.title))
        self._note(title, field, reason, remedy, path)

    def _note(self, title: str, field: str, reason: str, remedy: str, path: Path) -> None:
        mask = self._reader.client.mask
        self.gaps.append(Gap(mask.text(title), field, mask.text(reason), remedy, path))


def _owner(path: Path) -> Path:
    """The object in which a section stands; for one of the tenant, the section itself."""
    return path[:-1] or path
