# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The values of the user, spelled as the rest of the engine compares them, and judged before anything is planned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from ..._model.edges import BY_OPTION, edges_of
from ..._model.field import Field
from ..._model.given import LOST_ZEROS, check_integers, spelled
from ..._model.kind import Kind
from ..._model.noun import Noun
from ..._model.problems import changed, problems
from ..._model.sentence import Odd
from ..._model.types import Json, Values
from ..._model.values import ValueProblem
from ..._state.objects import Live
from ..._state.place import Place, spelled_id
from ..._text.mask import is_masked
from ..errors import InputError
from ..read.numbers import Numbers
from ..read.references import References


@dataclass
class Declarations:
    """Takes declared values, with ids for names.

    check_references: whether the options that are jumped to are looked for.
    refused: the mistakes in the values. Planning goes on as if they had not been declared, so that everything is found
    at once; nothing of such a plan may be sent. warnings: the odd ones.
    """

    references: References
    numbers: Numbers
    check_references: bool = True
    refused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def declare(self, noun: Kind, given: Values, place: Place, where: str) -> Json:
        """Return the values of the user, spelled as the rest of the engine compares them, with ids for references.

        Absent keys are unmanaged and None clears. Raises InputError with every problem at once.
        """
        declared, wrong = self._spelled(noun, given, place, where)
        if wrong:
            raise InputError(sentence for sentences in wrong.values() for sentence in sentences)
        return declared

    def _spelled(self, noun: Kind, given: Values, place: Place, where: str) -> tuple[Json, dict[str, Sequence[str]]]:
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
        text = spelled(field, value)
        check_integers(field, value, self.numbers.has)
        if not field.refers_to:
            return text
        try:
            return self.references.resolve(field.refers_to, text, place, f"{where}: {field.name}").id
        except InputError as error:
            if field.refers_to != "extension" or not isinstance(value, int):
                raise
            raise InputError(f"{sentence}; it {LOST_ZEROS}" for sentence in error.sentences) from None

    def take(
        self, noun: Noun, given: Values, place: Place, where: str, unusable: Collection[str]
    ) -> tuple[Json, Collection[str]]:
        """The values that make sense, and the names of those that do not, of which it is noted why."""
        declared, wrong = self._spelled(noun, given, place, where)
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
        live: Live | None,
        place: Place,
        where: str,
        unusable: Collection[str],
    ) -> None:
        """Note the mistakes in the values, and the odd ones. place: where the object is, or would be."""
        self._check_options(noun, declared, live, place, where)
        found = problems(noun, declared, live.values if live else None, unusable)
        for problem in chain(found, self.numbers.problems(noun, declared, live)):
            (self.warnings if isinstance(problem, Odd) else self.refused).append(f"{where}: {problem}")

    def _check_options(self, noun: Noun, declared: Values, live: Live | None, place: Place, where: str) -> None:
        """Note the options that changed values lead to and their context lacks. Unchanged values are not checked."""
        new = changed(noun, declared, live.values) if live else declared
        after = {**(live.values if live else {}), **declared}
        for edge in edges_of(noun) if self.check_references else ():
            moved = edge.part.within in new
            for inside, value in edge.values(after if moved else new) if edge.by == BY_OPTION else ():
                try:
                    self.references.option(edge, after, place, value, f"{where}: {edge.field.name}{inside}")
                except InputError as error:
                    self.refused += error.sentences
