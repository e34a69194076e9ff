# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Names for ids, in both directions, and the places that names mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..._api.errors import AccessDenied
from ..._model.edges import Edge
from ..._model.field import Field
from ..._model.given import LOST_ZEROS
from ..._model.ids import spelled_id
from ..._model.kind import Kind
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.types import Values
from ..._state.objects import Index, Item
from ..._state.place import Id, Pending, Place, pending_of
from ..._text.secret import HIDDEN, Secret
from ..errors import InputError

MOST_CANDIDATES = 20


class Source(Protocol):
    """Where objects are looked up: a reader, which asks the PBX, or the objects that were read."""

    def all(self, noun: Noun, place: Place) -> list[Item]:
        """Return the objects of one list."""

    def has(self, noun: Noun, place: Place) -> bool:
        """Return whether a list has been read already."""

    def index(self, noun: Noun, place: Place) -> Index:
        """Return the objects of one list, to be found fast."""

    def everywhere(self, noun: Noun) -> list[Item]:
        """Return the objects of a kind in all extensions."""

    def tenant_list(self, kind: Noun) -> Index | None:
        """Return the tenant's own list for its extensions, or None where it may not be read."""

    def may_read(self, noun: Noun) -> bool:
        """Return whether a list of the tenant may be read."""

    def refresh(self, noun: Noun, place: Place) -> bool:
        """Return whether the next look at a list reads it once more."""

    def add(self, item: Item) -> None:
        """Let an object be found that comes into being."""


@dataclass
class References:
    """Finds the object of a name or an id.

    wide: sounds are looked for among those of the tenant first, which one request brings for all extensions.
    assume: take a missing object for one that an earlier task would have created, and warn. It is set in a preview that
        cannot know the changes of earlier tasks.
    """

    source: Source
    assume: bool = False
    wide: bool = False
    warnings: list[str] = field(default_factory=list)

    def resolve(self, kind: str, wanted: Id, place: Place, where: str) -> Item:
        """The object that a name or an id means, seen from a place.

        where: the words that a sentence about it begins with. Raises InputError for none and for several.
        """
        noun = NOUNS[kind]
        return self.find(noun, place.home_of(noun), str(wanted), where)

    def is_there(self, kind: str, wanted: Id, place: Place) -> bool:
        """Whether a name or an id means anything, seen from a place."""
        noun = NOUNS[kind]
        return bool(self._matches(noun, place.home_of(noun), str(wanted)))

    def option(self, edge: Edge, values: Values, place: Place, digits: str, where: str) -> None:
        """Raise InputError where an option is pointed at that its context does not have.

        values: those of the object that points. place: where it is. where: see resolve.
        """
        noun = edge.target
        if digits in noun.permanent:
            return
        home = place.up_to(noun)
        if edge.part.within:
            context = self.target_of(edge.noun.by_name[edge.part.within], values.get(edge.part.within), place)
            if context is None:
                return
            home = context.inside
        self.find(noun, home, digits, where)

    def find(self, noun: Noun, home: Place, wanted: str, where: str) -> Item:
        """The object of a place that a name or an id means; see resolve."""
        found = self._matches(noun, home, wanted)
        if not found and self.source.refresh(noun, home):
            found = self._matches(noun, home, wanted)
        return found[0] if len(found) == 1 else self._missing(noun, home, wanted, found, where)

    def _matches(self, noun: Noun, home: Place, wanted: str) -> list[Item]:
        """Everything with that name, or else the object with that id, in the nearest list that has any."""
        found: list[Item] = []
        for index in self._indices(noun, home):
            found = self._by_owner(index, wanted) if noun.across else index.with_name(wanted)
            found = found or index.with_ids(wanted)
            if found:
                break
        return found

    def _indices(self, noun: Noun, home: Place) -> Iterator[Index]:
        """The lists in which an object is looked for, the nearest first."""
        if noun.across:
            self.source.everywhere(noun)
        elif noun.mirrors and (self.wide or home.pending):
            yield from filter(None, [self.source.tenant_list(noun)])
        if not (noun.mirrors and home.pending):
            yield self.source.index(noun, home)
        if noun.shared:
            yield from filter(None, [self.source.tenant_list(noun)])

    def _missing(self, noun: Noun, home: Place, wanted: str, found: list[Item], where: str) -> Item:
        """Return what a preview takes for there. Raises InputError in all other cases."""
        prefix = f"{where}: " if where else ""
        inside = f" in {home}" if home.names and not where.startswith(str(home)) else ""
        if len(found) > 1:
            ids = ", ".join(str(item.id) for item in found)
            raise InputError([f'{prefix}{noun.title} "{wanted}" is not unique{inside}: ids {ids}; name one by its id'])
        candidates = [item for index in self._indices(noun, home) for item in index.objects]
        sentence = f'{prefix}there is no {noun.title} "{wanted}"{inside}; {self.offer(noun, wanted, candidates)}'
        stand_in = pending_of(wanted)
        if stand_in:
            sentence = f"{prefix}{not_here(wanted, noun)}"
        if not self.assume:
            raise InputError([sentence])
        end = "" if sentence.endswith("?") else "."
        self.warnings.append(
            f"{sentence}{end} The preview goes on as if an earlier task had created it; "
            f"if none does, the real run stops here."
        )
        name = stand_in.name if stand_in else wanted
        pending = Item(noun, home, Pending(noun.name, name, home.ids), {noun.key[0]: name} if noun.key else {})
        self.source.add(pending)
        return pending

    def _by_owner(self, index: Index, wanted: str) -> list[Item]:
        """``number/name``, or the name alone, which may hold a slash too."""
        number, slash, name = wanted.partition("/")
        if slash:
            owner = self.source.index(NOUNS["extension"], Place()).with_name(number)
            homes = {item.inside for item in owner}
            found = [agent for agent in index.with_name(name) if agent.place in homes]
            if found:
                return found
        return index.with_name(wanted)

    def offer(self, noun: Noun, wanted: str, candidates: list[Item]) -> str:
        """Suggest the objects that exist instead of a missing one, in words."""
        names = [self.name_of(item) for item in candidates]
        if not names:
            return f"there is no {noun.title} at all"
        close = difflib.get_close_matches(wanted, names, n=1)
        if close:
            return f'did you mean "{close[0]}"?'
        shown = [
            name if name == str(item.id) or isinstance(item.id, Pending) else f"{name} (id {item.id})"
            for name, item in zip(names[:MOST_CANDIDATES], candidates)
        ]
        more = f" and {len(names) - MOST_CANDIDATES} more" if len(names) > MOST_CANDIDATES else ""
        return f"there are: {', '.join(shown)}{more}"

    def name_of(self, item: Item) -> str:
        """Return the name of an object for people: ``number/name`` for an agent, the key for everything else."""
        if not item.noun.across:
            fields = item.noun.by_name
            keys = {name: self.label(fields[name], item.values.get(name), item.place) for name in item.noun.key}
            return item.noun.name_of({**item.values, **keys})
        extensions = NOUNS["extension"]
        if item.place.ids and self.source.has(extensions, Place()):
            owner = self.source.index(extensions, Place()).with_id(item.place.ids[0][1])
            if owner:
                return f"{owner.name}/{item.name}"
        return item.name

    def title(self, item: Item) -> str:
        """An object with its place: ``extension "101" > agent "101/Anna"``."""
        own = f'{item.noun.title} "{self.name_of(item)}"' if not item.noun.singleton else item.noun.title
        return " > ".join((*item.place.names, own))

    def label(self, field: Field, value: Any, place: Place) -> Any:
        """A value as people are shown it: a reference by name, from earlier answers, and stars for a secret."""
        if isinstance(value, Secret):
            return HIDDEN
        if value is None or not field.refers_to:
            return value
        item = self._known_item(NOUNS[field.refers_to], value, place)
        if item:
            return self.name_of(item)
        return value.name if isinstance(value, Pending) else f"id {value}"

    def unique_name(self, field: Field, value: Id, place: Place) -> str | None:
        """The name that means just this object here, or None where there is none."""
        item = self.target_of(field, value, place)
        if item is None or not item.is_named:
            return None
        name = self.name_of(item)
        noun = NOUNS[field.refers_to]
        found = self._matches(noun, place.home_of(noun), name)
        return name if [one.id for one in found] == [item.id] else None

    def target_of(self, field: Field, value: Id | None, place: Place) -> Item | None:
        """The object with the id that a field holds, or None where there is none."""
        noun = NOUNS[field.refers_to]
        indices = self._indices(noun, place.home_of(noun))
        return next(filter(None, (index.with_id(value) for index in indices)), None)

    def _known_item(self, noun: Noun, identity: Id, place: Place) -> Item | None:
        homes = [(noun, place.up_to(noun) if len(place.ids) >= len(noun.parents) else Place()), (noun, Place())]
        if noun.of_tenant:
            homes.append((NOUNS[noun.of_tenant], Place()))
        for kind, home in homes:
            if self.source.has(kind, home):
                item = self.source.index(kind, home).with_id(identity)
                if item:
                    return item
        return None


class Places:
    """Finds where a task means: the inside of the extension, and of the objects in it, that its options name."""

    def __init__(self, references: References) -> None:
        self._references = references

    def of(self, noun: Kind, extension: str | int | None, extension_id: Id | None) -> Place:
        """The inside of the extension that a task names by its number or by its id."""
        if extension_id is not None:
            identity = id_in_path("extension_id", extension_id, "extension")
            if not pending_of(identity):
                return Place().inside(NOUNS["extension"], spelled_id(identity), identity)
            item = self._references.find(NOUNS["extension"], Place(), identity, "extension_id")
        else:
            item = self._extension_of(extension)
        found = item.values.get("type")
        if found and noun.extension_types and found not in noun.extension_types:
            raise InputError([noun.misplaced(item.name, found)])
        return item.inside

    def _extension_of(self, extension: str | int | None) -> Item:
        try:
            return self._references.find(NOUNS["extension"], Place(), str(extension), "")
        except AccessDenied as error:
            # Who may see one extension only, may not list them (semantics.md section 2).
            raise AccessDenied(f'{error}; the user of one extension names it by extension_id: "@me"') from None
        except InputError as error:
            if not isinstance(extension, int):
                raise
            raise InputError(f"{sentence}; extension {LOST_ZEROS}" for sentence in error.sentences) from None

    def inside(self, place: Place, kind: str, name: str) -> Place:
        """The inside of an object that lives at a place."""
        return self._references.find(NOUNS[kind], place, name, str(place)).inside


def id_in_path(option: str, value: Id, title: str) -> str:
    """An id as a path takes it. A path that ends with one of the others would be that of another object."""
    identity = str(value).strip()
    if identity in ("", ".", ".."):
        raise InputError([f'{option} "{identity}" is not the id of any {title}'])
    return identity


def not_here(stand_in: str, noun: Kind) -> str:
    """The sentence for a placeholder that only another preview could know."""
    return (
        f"{stand_in} stands for the id that a preview expects for a new {noun.title}, and no earlier task of this "
        "task's own preview makes it; give both tasks the same check_mode"
    )
