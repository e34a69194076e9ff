# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The declarations of the user: which objects they mean, and the values that these are to have, spelled as the rest of
the engine compares them, and judged before anything is planned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from ..._model.edges import BY_OPTION, edges_of
from ..._model.field import Field
from ..._model.given import LOST_ZEROS, check_integers, one_spelling
from ..._model.ids import spelled_id
from ..._model.kind import Kind
from ..._model.noun import Noun
from ..._model.problems import changed, problems, value_problems
from ..._model.sentence import Odd
from ..._model.types import Json, Values
from ..._model.values import ValueProblem
from ..._state.objects import Item
from ..._state.place import Id, Place, pending_of
from ..._text.mask import is_masked
from ..errors import InputError
from .compare import Compare, keep_created


@dataclass
class Declarations:
    """Takes declared values, with ids for names.

    compare: of the plan that is made from it. check_references: whether the options that are jumped to are looked for.
    refused: the mistakes in the values. Planning goes on as if they had not been declared, so that everything is found
    at once; nothing of such a plan may be sent. warnings: the odd ones.
    """

    compare: Compare
    check_references: bool = True
    refused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def declare(self, noun: Kind, given: Values, place: Place, where: str) -> Json:
        """Return the values of the user, spelled as the rest of the engine compares them, with ids for references.

        Absent keys are unmanaged and None clears. Raises InputError with every problem at once.
        """
        declared, wrong = self._values(noun, given, place, where)
        if wrong:
            raise InputError(sentence for sentences in wrong.values() for sentence in sentences)
        return declared

    def _values(self, noun: Kind, given: Values, place: Place, where: str) -> tuple[Json, dict[str, Sequence[str]]]:
        """The values that make sense as ``declare`` gives them, and for each other field its mistake."""
        declared: Json = {}
        wrong: dict[str, Sequence[str]] = {}
        for one in noun.writable:
            if one.name not in given:
                continue
            try:
                declared[one.name] = self._value(one, given[one.name], place, where)
            except ValueProblem as problem:
                wrong[one.name] = [f"{where}: {one.name}{problem.inside} {problem}"]
            except InputError as error:
                wrong[one.name] = error.sentences
        return declared, wrong

    def _value(self, field: Field, value: Any, place: Place, where: str) -> Any:
        if field.address and is_masked(value):
            raise ValueProblem("is an address with its secrets hidden, as it is shown; write the whole address")
        if field.unlisted and isinstance(spelled_id(str(value).strip()), int):
            return spelled_id(str(value).strip())
        if value is None:
            return None
        text = one_spelling(field, value)
        check_integers(field, value, self.compare.numbers.has)
        if not field.refers_to:
            return text
        try:
            return self.compare.references.resolve(field.refers_to, text, place, f"{where}: {field.name}").id
        except InputError as error:
            if field.refers_to != "extension" or not isinstance(value, int):
                raise
            raise InputError(f"{sentence}; it {LOST_ZEROS}" for sentence in error.sentences) from None

    def item(
        self,
        noun: Noun,
        place: Place,
        given: Values,
        identity: Id | None,
        where: str,
        unusable: Collection[str],
    ) -> tuple[Item | None, Json]:
        """The object that is declared, None for a new one, and the values that it is to have: none of an object that is
        there, where any is refused. See Planner.ensure, which also says what is raised."""
        before = len(self.refused)
        with self.at_once():
            declared, unusable = self.take(noun, given, place, where, unusable)
            if any(name in unusable for name in noun.key):
                wrong = [one for one in value_problems(noun, declared) if not isinstance(one, Odd)]
                raise InputError(f"{where}: {one}" for one in wrong)
            if identity is None:
                self.need_key(noun, declared, where)
            item = self.find(noun, place, declared, identity)
            if item is None and not noun.creatable:
                there = self.compare.draft.all(noun, place)
                others = self.compare.references.offer(noun, noun.name_of(declared), there)
                raise InputError([f"{where}: there is no such {noun.title}, and the API cannot add one; {others}"])
        declared = noun.settled(declared, item.values if item else {})
        self.check(noun, declared, item, place, where, unusable)
        if item is not None:
            with self.at_once():
                keep_created(item, declared, where)
        return item, {} if item is not None and len(self.refused) > before else declared

    def find(self, noun: Noun, place: Place, declared: Values, identity: Id | None = None) -> Item | None:
        """The object that an id or the natural key picks. Raises InputError for an unknown id and for several."""
        listed = self.compare.draft.all(noun, place)
        if identity is not None:
            for candidate in listed:
                if str(candidate.id) == str(identity):
                    return candidate
            where = place.where(noun, {})
            if pending_of(identity):
                return self.compare.references.find(noun, place, str(identity), f"{where}: id")
            ids = ", ".join(f"{candidate.id} ({candidate.name})" for candidate in listed) or "none"
            raise InputError([f"{where}: there is no {noun.title} with id {identity}; there are: {ids}"])
        found = self.compare.draft.index(noun, place).with_key(declared, noun.key)
        if len(found) > 1:
            ids = ", ".join(str(candidate.id) for candidate in found)
            name = noun.name_of(self.compare.labels(noun, declared, place))
            where = place.where(noun, {})
            raise InputError(
                [f'{where}: there are {len(found)} {noun.plural_title} "{name}", ids {ids}; pick one with id']
            )
        return found[0] if found else None

    def take(
        self, noun: Noun, given: Values, place: Place, where: str, unusable: Collection[str]
    ) -> tuple[Json, Collection[str]]:
        """The values that make sense, and the names of those that do not, of which it is noted why."""
        declared, wrong = self._values(noun, given, place, where)
        self.refused += (sentence for sentences in wrong.values() for sentence in sentences)
        return declared, {*wrong, *unusable}

    def take_refused(self) -> list[str]:
        """Return the refusals since the last call, and forget them."""
        found, self.refused = self.refused, []
        return found

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Within this, an error that ends the planning of an object is reported together with the earlier refusals."""
        try:
            yield
        except InputError as error:
            raise InputError([*self.take_refused(), *error.sentences]) from None

    @staticmethod
    def need_key(noun: Noun, declared: Values, where: str) -> None:
        missing = [name for name in noun.key if declared.get(name) in (None, "", [])]
        if missing:
            raise InputError([f"{where}: {' and '.join(missing)} must name the {noun.title}, or id must pick it"])

    def check(
        self,
        noun: Noun,
        declared: Values,
        item: Item | None,
        place: Place,
        where: str,
        unusable: Collection[str],
    ) -> None:
        """Note the mistakes in the values, and the odd ones. place: where the object is, or would be."""
        self._check_options(noun, declared, item, place, where)
        found = problems(noun, declared, item.values if item else None, unusable)
        for problem in chain(found, self.compare.numbers.problems(noun, declared, item)):
            (self.warnings if isinstance(problem, Odd) else self.refused).append(f"{where}: {problem}")

    def _check_options(self, noun: Noun, declared: Values, item: Item | None, place: Place, where: str) -> None:
        """Note the options that changed values lead to and their context lacks. Unchanged values are not checked."""
        new = changed(noun, declared, item.values) if item else declared
        after = {**(item.values if item else {}), **declared}
        for edge in edges_of(noun) if self.check_references else ():
            moved = edge.part.within in new
            for inside, value in edge.values(after if moved else new) if edge.by == BY_OPTION else ():
                try:
                    self.compare.references.option(edge, after, place, value, f"{where}: {edge.field.name}{inside}")
                except InputError as error:
                    self.refused += error.sentences
