# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""From declared values to a plan. Nothing here writes; check mode and the real run share every line of it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from types import MappingProxyType

from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.problems import stale_parameters
from ..._model.types import Values
from ..._model.values import same
from ..._state.announced import Change
from ..._state.objects import Item
from ..._state.place import Id, Pending, Place, pending_of
from ..errors import InputError
from ..read.contents import Contents
from ..read.numbers import Numbers
from ..read.references import References
from .compare import Compare
from .declarations import Declarations
from .draft import Draft, Unread
from .steps import Plan, Step, body_of, file_of


class Planner:
    """Plans one noun at a time into one plan.

    update_password: ``always`` sends declared write-only values to objects that exist; ``on_create`` only to new ones.
    update_file: the same for files; ``differs`` sends them where the content is another one.
    draft: what the plan is made from. compare: tells what differs, and how. given: takes what was declared, and notes
    what is refused of it and what is odd.
    """

    def __init__(
        self,
        draft: Draft,
        references: References,
        contents: Contents,
        update_password: str = "always",
        update_file: str = "differs",
    ) -> None:
        self.plan = Plan()
        self.draft = draft
        self.references = references
        self._contents = contents
        self._update_file = update_file
        self.compare = Compare(draft, references, Numbers(draft, references), update_password)
        self.given = Declarations(self.compare)
        self._created = 0

    def ensure(
        self,
        noun: Noun,
        place: Place,
        given: Values,
        identity: Id | None = None,
        where: str = "",
        unusable: Collection[str] = (),
    ) -> tuple[Item, Step | None]:
        """Plan that an object is there with the given values; the step is None where nothing is to do.

        where: the words that a sentence about the object begins with, where its place and its name are not enough.
        unusable: the fields whose values have been refused already, and are not among the given ones.

        Raises InputError where it cannot be told which object is meant.
        """
        item, declared = self.given.item(noun, place, given, identity, where or place.where(noun, given), unusable)
        if item is None:
            return self.create(noun, place, declared)
        step = self.update(item, declared)
        return item, self._replace(item, declared) or step

    def empty(self, noun: Noun, place: Place) -> Step | None:
        """Plan that nothing is left of a list, in one request."""
        listed = self.draft.all(noun, place)
        if not listed:
            return None
        names = [self.draft.client.mask.text(self.references.name_of(one)) for one in listed]
        return self.plan.add(Step("empty", noun, place, "", changes=(Change(noun.plural, names, None),)))

    def remove(
        self,
        noun: Noun,
        place: Place,
        given: Values,
        identity: Id | None = None,
        query: Values | None = None,
    ) -> tuple[Item | None, Step | None]:
        """Plan that an object is not there. query: see Noun.delete_query."""
        where = place.where(noun, given)
        keys = {name: value for name, value in given.items() if name in noun.key}
        declared = self.given.declare(noun, keys, place, where)
        if identity is None:
            self.given.need_key(noun, declared, where)
        name = noun.name_of(declared)
        if name in noun.permanent:
            raise InputError(
                [f"{where}: every {NOUNS[noun.parents[-1]].title} has a {name} option, it cannot be removed; "
                 f"declare an empty list of rules to empty it"]
            )  # fmt: skip
        if identity is None or pending_of(identity):
            item = self.given.find(noun, place, declared, identity)
        else:
            # An object that is gone already needs no step.
            item = next((one for one in self.draft.all(noun, place) if str(one.id) == str(identity)), None)
            if item and any(not same(noun.by_name[k], item.values.get(k), value) for k, value in declared.items()):
                other = f'id {identity} is that of another {noun.title}, "{self.references.name_of(item)}"'
                raise InputError([f"{where}: {other}; name the one that is to be deleted"])
        return item, self.delete(item, query or {}) if item else None

    def configure(
        self, noun: Noun, place: Place, given: Values, where: str = "", unusable: Collection[str] = ()
    ) -> tuple[Item, Step | None]:
        """Plan the settings of a singleton. unusable: see ensure."""
        where = where or place.where(noun, given)
        declared, unusable = self.given.take(noun, given, place, where, unusable)
        item = self.draft.settings(noun, place)
        self.given.check(noun, declared, item, place, where, unusable)
        return item, self.update(item, declared)

    def create(self, noun: Noun, place: Place, declared: Values) -> tuple[Item, Step]:
        """Plan a new object with these values, which have been judged."""
        number = self._number(noun, place) if noun.ordered else 0
        values = {f.name: f.on_create for f in noun.writable if f.on_create or f.on_create == 0}
        # An empty field is sent only where the server may fill in a default by itself.
        fields = noun.by_name
        values.update(
            {n: v for n, v in declared.items() if v is not None or (fields[n].defaults and n not in noun.key)}
        )
        changes = tuple(self.compare.changes(noun, {}, values, place))
        name = noun.name_of(self.compare.labels(noun, values, place))
        known = str(values[noun.identity]) if noun.identity in noun.key else ""
        item = Item(noun, place, "", dict(values))
        # With the number of its extension where that is known: agents of several extensions may share a name.
        identity = item.id = Pending(noun.name, self.references.name_of(item), place.ids, number, known)
        body = body_of(noun, values, self.draft.dialect.null_choice)
        file = file_of(noun, values)
        step = Step("create", noun, place, name, values, body, file=file, creates=identity, changes=changes)
        self.plan.add(step)
        if not noun.ordered:
            self.draft.add(item)
        return item, step

    def _number(self, noun: Noun, place: Place) -> int:
        """A number that no other new rule of the list has; rules may share a name."""
        self._created += 1
        return self._created + len(self.draft.all(noun, place))

    def update(self, item: Item, declared: Values) -> Step | None:
        """Plan that an object has these values, which have been judged; None where it has them."""
        noun = item.noun
        changed = {
            name: value
            for name, value in declared.items()
            if self.compare.differs(noun.by_name[name], item.values, value, noun.singleton and item.place.pending)
        }
        if not changed:
            return None
        changed.update(dict.fromkeys(stale_parameters(noun, declared, item.values)))
        values = {**item.values, **changed}
        step = Step(
            "update",
            noun,
            item.place,
            self.references.name_of(item),
            {name: value for name, value in values.items() if name in noun.by_name and noun.by_name[name].writable},
            body_of(noun, self.compare.to_send(item, changed), self.draft.dialect.null_choice),
            None if noun.singleton else item.id,
            changes=tuple(self.compare.changes(noun, item.values, changed, item.place)),
        )
        return self.plan.add(step)

    def _replace(self, item: Item, declared: Values) -> Step | None:
        """Plan the file that goes to an object, which is a request of its own."""
        noun, path = item.noun, file_of(item.noun, declared)
        if not path or self._update_file == "on_create":
            return None
        if self._update_file == "differs":
            same = self._contents.same(item, path)
            if same is None:
                raise Unread({("content", item.id): partial(self._contents.read, item)})
            if same:
                return None
        before = self._contents.audio(item)
        change = Change("file", None if before is None else str(before), path)
        values = {**item.values, **declared}
        name = self.references.name_of(item)
        return self.plan.add(Step("replace", noun, item.place, name, values, {}, item.id, file=path, changes=(change,)))

    def delete(self, item: Item, query: Values = MappingProxyType({})) -> Step:
        """Plan that an object goes. query: see Noun.delete_query."""
        name = self.references.name_of(item)
        held = {
            f.name: item.values[f.name] for f in item.noun.writable if item.values.get(f.name) not in (None, "", [])
        }
        labels = self.compare.labels(item.noun, held, item.place)
        changes = tuple(Change(field, label, None) for field, label in labels.items())
        return self.plan.add(Step("delete", item.noun, item.place, name, id=item.id, query=query, changes=changes))
