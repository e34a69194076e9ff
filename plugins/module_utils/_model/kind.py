# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The common part of all that a PBX has, does and tells: where it is found, the field that names it, and its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Callable

from .field import UNSET, Field

# Values as the user declared them (absent keys are not declared, None clears), and the same merged over the
# current ones; returns one sentence per problem.
Check = Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[str, ...]]


@dataclass(frozen=True)
class Kind:
    """The common base of nouns, operations and readings.

    name: as in the module's name. title: as in a sentence.
    path: as in operations.json, with the parents' names in braces; a path without a leading slash is below
        ``/client/{client_id}/`` (semantics.md section 6).
    parents: the nouns that must be known to build the path, outermost first.
    key: the fields that name an object for people. identity: the answer's field that the item's path takes.
    extension_types: the extension types that have it; empty means all.
    variant: the field that decides which of the others apply. variants: for each of its values the fields it
        needs and the fields it also takes. common fields (those in no variant) always apply.
    """

    name: str
    title: str
    path: str
    fields: tuple[Field, ...]
    parents: tuple[str, ...] = ("extension",)
    key: tuple[str, ...] = ()
    identity: str = ""
    extension_types: tuple[str, ...] = ()
    variant: str = ""
    variants: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    @property
    def singleton(self) -> bool:
        """Whether an extension has it once."""
        return False

    @property
    def ordered(self) -> bool:
        """Whether its list is a program, whose order counts."""
        return False

    @property
    def contains(self) -> tuple[tuple[str, str], ...]:
        """(section, noun) of all that a tenant document declares inside of an object, in canonical order."""
        return ()

    @property
    def plural(self) -> str:
        return f"{self.name}s"

    @property
    def plural_title(self) -> str:
        head, of, owner = self.title.partition(" of ")
        return f"{head}{'es' if head.endswith(('s', 'x')) else 's'}{of}{owner}"

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @cached_property
    def writable(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.writable)

    @cached_property
    def by_spelling(self) -> dict[str, Field]:
        """The writable fields by their names, and by those that the API has for them."""
        return {name: f for f in self.writable for name in (f.sent_as, f.name)}

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The fields that hold addresses."""
        return tuple(f.name for f in self.fields if f.address)

    @cached_property
    def clearable(self) -> tuple[str, ...]:
        """The fields that may be cleared: optional, not part of the key, not flags, and readable. Not so a choice for
        which no value but its own is documented, nor a field that would fall back to another value than a new object
        gets."""
        return tuple(
            f.name
            for f in self.writable
            if not (f.required or f.create_only or f.write_only or f.type == "bool")
            and (f.name not in self.key or self.ordered)
            and (f.null_choice or f.defaults or not f.choices)
            # Cleared would be whatever it is.
            and not (f.choices and set(f.choices) == set(f.defaults))
            and (f.on_create is UNSET or f.on_create in f.defaults)
        )

    def fits(self, extension_type: Any) -> bool:
        """Whether extensions of a type have it, as far as the type is known."""
        return not self.extension_types or extension_type in (None, *self.extension_types)

    def misplaced(self, number: str, found: Any) -> str:
        """The sentence for an extension of a type that does not have it."""
        owners = " or ".join(self.extension_types)
        return f'extension "{number}" is of type {found}; this needs an extension of type {owners}'

    def takes_no_empty_text(self, one: Field) -> bool:
        """Whether empty text is no value: it would pass for a secret, for a file, or for all of the settings."""
        return one.secret or one.write_only or (self.singleton and one.required)

    def name_of(self, values: Mapping[str, Any]) -> str:
        """Return the name for people of an object with these values: its key, or its variant where that is empty."""
        words = [_word(values[k]) for k in self.key if values.get(k) not in (None, "")]
        if not words and self.variant and values.get(self.variant):
            words = [str(values[self.variant])]
        return " ".join(words)


@dataclass(frozen=True)
class Readable(Kind):
    """A kind that a PBX lets clients read: a list of objects, or one for each extension.

    kind: item (many in a list), singleton (one per extension).
    readable: whether operations.json has a GET of one object. one_path: its path, where it is not the list's path and
        the id.
    filters: the fields that the list can be filtered by in its query. list_query: the other fields of that query.
    paged: whether the list is documented to take ``page`` and ``per_page``.
    wrapped: the part of the answer that holds the list, where the answer is not the list itself.
    """

    identity: str = "id"
    kind: str = "item"
    readable: bool = True
    one_path: str = ""
    filters: tuple[str, ...] = ()
    list_query: tuple[Field, ...] = ()
    paged: bool = False
    wrapped: str = ""

    @property
    def singleton(self) -> bool:
        return self.kind == "singleton"

    def applies(self, field: Field, values: Mapping[str, Any]) -> bool:
        """Whether a field means anything beside the other values of an object."""
        if not field.applies(values):
            return False
        variant = self.variants.get(str(values.get(self.variant)))
        belongs = {name for pair in self.variants.values() for names in pair for name in names}
        return variant is None or field.name not in belongs or field.name in variant[0] + variant[1]

    @property
    def selectors(self) -> tuple[str, ...]:
        """The fields by whose values a list can be narrowed."""
        return self.filters or tuple(k for k in self.key if not self.by_name[k].refers_to and not self.by_name[k].parts)

    @property
    def picker(self) -> Field:
        """The field that tells one object of the list from all others."""
        return next(f for f in self.fields if self.identity in (f.name, f.answered_as))


def _word(value: Any) -> str:
    """One part of a name; a list of rewritings is called by its content."""
    if not isinstance(value, (list, tuple)):
        return str(value)
    return "; ".join(" -> ".join(map(str, one.values())) if isinstance(one, Mapping) else str(one) for one in value)
