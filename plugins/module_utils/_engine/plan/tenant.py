# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A whole document, planned: every object of it, and those that a purge deletes."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..._model.document import TENANT, Declared, same_object
from ..._model.noun import Noun
from ..._model.nouns import ORDER_OF_CREATION
from ..._model.sentence import Odd
from ..._model.types import Values
from ..._state.objects import Item
from ..._state.place import Place
from ..errors import InputError
from .absent import plan_absent
from .draft import Read, Unread
from .planner import Planner
from .program import plan_program


@dataclass
class Section:
    """One declared list, or a singleton, with the object that it stands in.

    holder: the object that it lives in. The menus of an IVR stand in its settings, and live in the extension.
    """

    noun: Noun
    name: str
    objects: list[Declared]
    owner: Declared
    holder: Declared

    @property
    def where(self) -> str:
        """The words that a sentence about it begins with."""
        return f"{self.owner.where} > {self.name}" if self.owner.where else self.name


class TenantPlanner:
    """Plans a document kind by kind, so that every name is known by the time something refers to it.

    purge: the sections of which only declared objects may stay. warnings: values that the document lacks.
    unmanaged: objects of the declared sections on the PBX that the document does not list.
    """

    def __init__(self, planner: Planner, purge: Collection[str] = ()) -> None:
        self._planner = planner
        self._reader = planner.draft
        self._purge = purge
        self.warnings: list[str] = []
        self.unmanaged: list[Item] = []
        self._homes: dict[int, Place] = {}
        self._wrong: dict[int, list[str]] = {}
        self._unread: dict[Hashable, Read] = {}

    def plan(self, root: Declared, place: Place) -> None:
        """Plan everything that is declared inside of an object. place: the object's inside.

        Raises InputError with all that is wrong at once, in the order of the document, and Unread with all that could
        not be planned for want of it.
        """
        self._homes[id(root)] = place
        for section in sorted(_sections(root), key=lambda one: ORDER_OF_CREATION.index(one.noun.name)):
            home = self._homes.get(id(section.holder))
            if home is None:
                continue
            try:
                self._section(section, home)
            except InputError as error:
                self._refuse(section.owner, error.sentences)
            except Unread as needed:
                self._unread.update(needed.reads)
        if self._unread:
            raise Unread(self._unread)
        for one in root.walk():
            self.warnings += (sentence for sentence in one.wrong if isinstance(sentence, Odd))
            self._wrong.setdefault(id(one), [])[:0] = (one for one in one.wrong if not isinstance(one, Odd))
        if any(self._wrong.values()):
            raise InputError(sentence for one in root.walk() for sentence in self._wrong.get(id(one), ()))

    def _refuse(self, one: Declared, sentences: Iterable[str]) -> None:
        self._wrong.setdefault(id(one), []).extend(sentences)

    def _section(self, section: Section, home: Place) -> None:
        noun = section.noun
        if not self._belongs(section, home):
            return
        if noun.ordered:
            unusable = [one.unusable for one in section.objects]
            given = [one.given for one in section.objects]
            plan_program(self._planner, noun, home, given, section.where, unusable)
            self._refuse(section.owner, self._planner.given.take_refused())
            return
        kept = self._declared_items(section, home)
        # An empty list of the whole tenant may be no more than a variable's default, so that only a purge empties it.
        emptied = not section.objects and section.owner.noun is not TENANT
        if noun.singleton:
            return
        others = self._others(noun, home, kept)
        if noun.deletable and (emptied or section.name in self._purge):
            for item in others:
                self._planner.delete(item)
        else:
            self.unmanaged += others

    def _declared_items(self, section: Section, home: Place) -> list[Item]:
        """The declared objects, each as the one on the PBX. Names that differ may mean the same one."""
        found: dict[int, Declared] = {}
        kept = []
        for one in section.objects:
            for item in self._object(one, home):
                first = found.setdefault(id(item), one)
                if first is not one:
                    self._refuse(one, [same_object(one, first, section.where)])
                kept.append(item)
        return kept

    def _object(self, one: Declared, home: Place) -> Iterator[Item]:
        if any(one.given.get(name) in (None, "") for name in one.noun.key):
            # It is told in the document that it has no name.
            return
        try:
            if one.noun.singleton:
                if one.given:
                    self._planner.configure(one.noun, home, one.given, one.where, one.unusable)
                if one.hidden:
                    self._miss(one, self._reader.settings(one.noun, home))
            else:
                item = self._planner.ensure(one.noun, home, one.given, where=one.where, unusable=one.unusable)[0]
                self._homes[id(one)] = item.inside
                yield item
        except InputError as error:
            self._refuse(one, error.sentences)
        except Unread as needed:
            self._unread.update(needed.reads)
        self._refuse(one, self._planner.given.take_refused())

    def _miss(self, one: Declared, item: Item) -> None:
        """Warn of secrets that a placeholder cannot keep, since there are none."""
        self.warnings += [
            f"{one.where}: {name} is only a placeholder, and the PBX has none; put the secret in its place"
            for name in one.hidden
            if not one.noun.by_name[name].write_only and item.values.get(name) in (None, "")
        ]

    def _belongs(self, section: Section, home: Place) -> bool:
        """Whether extensions of this type have such a section, where the type is only known from the PBX."""
        types = section.noun.extension_types
        owner = section.owner
        if not owner.noun.holds_sections or not types or not self._reader.has(owner.noun, Place()):
            return True
        item = self._reader.index(owner.noun, Place()).with_id(home.ids[0][1])
        found = item.values.get("type") if item else None
        # A type that does not exist has an error of its own.
        if item is None or found in types or found not in owner.noun.by_name["type"].choices:
            return True
        sentence = section.noun.misplaced(item.name, found)
        self._refuse(owner, [f"{section.where}: {sentence}"])
        return False

    def _others(self, noun: Noun, home: Place, declared: list[Item]) -> list[Item]:
        """Return the undeclared objects of a list, without those that the PBX itself keeps in it."""
        listed = {id(item) for item in declared}
        return [
            item
            for item in self._reader.all(noun, home)
            if id(item) not in listed and item.name not in noun.permanent and not item.born
        ]


def plan_tenant(
    planner: Planner, root: Declared, place: Place, purge: Collection[str], absent: Sequence[Values]
) -> TenantPlanner:
    """Plan a document, and that some objects are absent. place: see TenantPlanner.plan. absent: see plan_absent."""
    document = TenantPlanner(planner, purge)
    document.plan(root, place)
    plan_absent(planner, absent)
    return document


def _sections(owner: Declared, holder: Declared | None = None) -> Iterator[Section]:
    for name, noun, objects in owner.sections():
        yield Section(noun, name, objects, owner, holder or owner)
        for one in objects:
            yield from _sections(one, (holder or owner) if noun.singleton else None)
