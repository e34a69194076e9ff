# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How one noun of the PBX is declared: where it lives, what names it, what its requests look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Callable

from .field import UNSET, Field

# Values as the user declared them (absent keys are not declared, None clears), and the same merged over what is
# live; returns one sentence per problem.
Check = Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[str, ...]]
# Declared values and live ones; returns the declared values.
Settle = Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Doubt:
    """What the PBX may refuse, though nothing that is documented says so.

    types: the types of extensions in which it may. about: whether these values are meant. says: what is known.
    """

    types: tuple[str, ...]
    about: Callable[[Mapping[str, Any]], bool]
    says: str


@dataclass(frozen=True)
class Noun:
    """One kind of thing that a PBX holds.

    name: as in the module's name. title: as in a sentence.
    path: the list's or the singleton's path in operations.json, with the parents' names in braces; a path
        without a leading slash is below ``/client/{client_id}/`` (semantics.md section 6).
    parents: the nouns that must be known to build the path, outermost first.
    kind: ``item`` (many in a list), ``singleton`` (one per extension).
    key: the fields that name an object for people. identity: the answer's field that the item's path takes.
    one_path: the path of GET of one object, where it is not the list's path and the id. tenant_path: that of the list
        of all extensions' objects, below ``/client/{client_id}/``.
    full_update: PUT takes every required field (interval), not only what changed.
    creatable, readable, updatable, deletable: whether operations.json has a POST, and a GET, a PUT and a DELETE of one
        object. emptiable: whether it has a DELETE of the whole list. delete_query: what DELETE of one object takes.
    filters: the fields that the list can be filtered by in its query. list_query: what else the list's query takes.
    paged: whether the list is documented to take ``page`` and ``per_page``.
    wrapped: the part of the answer that holds the list, where the answer is not the list itself.
    ordered: the list is a program whose order is at ``order/``.
    variant: the field that decides which of the others apply. variants: for each of its values the fields it
        needs and the fields it also takes. common fields (those in no variant) always apply.
    settle: declared values as the PBX takes them, given what is live; by default they are so already.
    doubts: what a preview warns of, because the real run may be refused.
    permanent: keys of objects that the server keeps by itself.
    carried: for a singleton of one field, the key under which extensions may have it in their list.
    program: (section, noun) of the program that can be declared as a part of an object.
    contains: (section, noun) of all that a tenant document declares inside of an object, in canonical order.
    extension_types: the extension types that have it; empty means all.
    across: objects of all extensions are referred to from anywhere in the tenant, and are called by the number of their
        extension too, as in ``101/Anna``.
    shared: the noun of what the tenant offers to all of its extensions, where a name is looked for after their own.
    mirrors: the noun of the tenant whose list every extension shows as its own.
    looked_up: its lists are read to find out what names mean, so that the items of a loop share them.
    may_start_with: for a program, the variant of the rule with which a server may fill a new one (semantics.md
        section 9 (6)).
    missed: what happens to callers where something refers to an object that is not there; a whole clause.
    rendered: fields of a document that become the file of the object before anything else looks at them.
    left_out: fields of operations.json that are not options, each with the reason.
    """

    name: str
    title: str
    path: str
    fields: tuple[Field, ...]
    parents: tuple[str, ...] = ("extension",)
    kind: str = "item"
    key: tuple[str, ...] = ("name",)
    identity: str = "id"
    one_path: str = ""
    tenant_path: str = ""
    full_update: bool = False
    creatable: bool = True
    readable: bool = True
    updatable: bool = True
    deletable: bool = True
    emptiable: bool = False
    delete_query: tuple[Field, ...] = ()
    filters: tuple[str, ...] = ()
    list_query: tuple[Field, ...] = ()
    paged: bool = False
    wrapped: str = ""
    ordered: bool = False
    variant: str = ""
    variants: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    settle: Settle | None = None
    doubts: tuple[Doubt, ...] = ()
    permanent: tuple[str, ...] = ()
    carried: str = ""
    program: tuple[str, str] | None = None
    contains: tuple[tuple[str, str], ...] = ()
    extension_types: tuple[str, ...] = ()
    across: bool = False
    shared: str = ""
    mirrors: str = ""
    looked_up: bool = False
    may_start_with: str = ""
    missed: str = ""
    rendered: tuple[Field, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def singleton(self) -> bool:
        return self.kind == "singleton"

    @property
    def of_tenant(self) -> str:
        """The noun of the tenant in whose list its objects may be found too."""
        return self.shared or self.mirrors

    @property
    def holds_sections(self) -> bool:
        """Whether its objects are what most of a tenant stands in: its extensions."""
        return not self.parents and bool(self.contains)

    @property
    def plural(self) -> str:
        return f"{self.name}s"

    @property
    def plural_title(self) -> str:
        head, of, owner = self.title.partition(" of ")
        return f"{head}{'es' if head.endswith('x') else 's'}{of}{owner}"

    @property
    def selectors(self) -> tuple[str, ...]:
        """The fields by whose values a list can be narrowed."""
        return self.filters or tuple(k for k in self.key if not self.by_name[k].refers_to and not self.by_name[k].parts)

    @property
    def picker(self) -> Field:
        """The field that tells one object of the list from all others."""
        return next(f for f in self.fields if self.identity in (f.name, f.answered_as))

    @cached_property
    def writable(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.writable)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The fields that hold addresses."""
        return tuple(f.name for f in self.fields if f.address)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @cached_property
    def clearable(self) -> tuple[str, ...]:
        """The fields that may be cleared: optional, not part of the key, not flags, and readable. Not so a choice for
        which no value but its own is documented, nor what would fall back to something else than a new object gets."""
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

    def settled(self, declared: Mapping[str, Any], live: Mapping[str, Any]) -> dict[str, Any]:
        """Declared values as the PBX takes them."""
        return self.settle(declared, live) if self.settle else dict(declared)

    def name_of(self, values: Mapping[str, Any]) -> str:
        """What people call the object with these values: its key, or what it does where the key is empty."""
        words = [_word(values[k]) for k in self.key if values.get(k) not in (None, "")]
        if not words and self.variant and values.get(self.variant):
            words = [str(values[self.variant])]
        return " ".join(words)


def _word(value: Any) -> str:
    """One part of a name; a list of rewritings is called by what it does."""
    if not isinstance(value, (list, tuple)):
        return str(value)
    return "; ".join(" -> ".join(map(str, one.values())) if isinstance(one, Mapping) else str(one) for one in value)
