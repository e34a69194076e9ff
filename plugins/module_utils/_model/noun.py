# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How one noun of the PBX is declared: where it lives, what names it, what its requests look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Callable

from .field import Field

# Values as the user declared them (absent keys are not declared, None clears), and the same merged over what is
# live; returns one sentence per problem.
Check = Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[str, ...]]


@dataclass(frozen=True)
class Noun:
    """One kind of thing that a PBX holds.

    name: as in the module's name. title: as in a sentence.
    path: the list's or the singleton's path in operations.json, with the parents' names in braces; a path
        without a leading slash is below ``/client/{client_id}/`` (semantics.md section 6).
    parents: the nouns that must be known to build the path, outermost first.
    kind: ``item`` (many in a list), ``singleton`` (one per extension).
    key: the fields that name an object for people. identity: the answer's field that the item's path takes.
    full_update: PUT takes every required field (interval), not only what changed.
    updatable, deletable: whether operations.json has a PUT and a DELETE of one object.
    paged: whether the list takes ``page`` and ``per_page``.
    ordered: the list is a program whose order is at ``order/``.
    variant: the field that decides which of the others apply. variants: for each of its values the fields it
        needs and the fields it also takes. common fields (those in no variant) always apply.
    permanent: keys of objects that the server keeps by itself.
    contains: (section, noun) of the lists that are declared inside of an object.
    extension_types: the extension types that have it; empty means all.
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
    full_update: bool = False
    updatable: bool = True
    deletable: bool = True
    paged: bool = False
    ordered: bool = False
    variant: str = ""
    variants: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    permanent: tuple[str, ...] = ()
    contains: tuple[tuple[str, str], ...] = ()
    extension_types: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def singleton(self) -> bool:
        return self.kind == "singleton"

    @property
    def writable(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.writable)

    @property
    def by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @property
    def clearable(self) -> tuple[str, ...]:
        """The fields that may be cleared: optional, not part of the key, not flags, and readable."""
        return tuple(
            f.name
            for f in self.writable
            if not (f.required or f.create_only or f.write_only or f.type == "bool")
            and (f.name not in self.key or self.ordered)
        )

    def name_of(self, values: Mapping[str, Any]) -> str:
        """What people call the object with these values: its key, or what it does where the key is empty."""
        words = [str(values[k]) for k in self.key if values.get(k) not in (None, "")]
        if not words and self.variant and values.get(self.variant):
            words = [str(values[self.variant])]
        return " ".join(words)
