# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How one noun of the PBX is declared: its place, its name, and the form of its requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Callable

from .field import Field
from .kind import Readable

# Declared values and current ones; returns the declared values.
Settle = Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Doubt:
    """Values that the PBX may refuse, though no documentation says so.

    types: the types of extensions in which it may. about: whether it concerns these values. says: the known facts.
    """

    types: tuple[str, ...]
    about: Callable[[Mapping[str, Any]], bool]
    says: str


@dataclass(frozen=True)
class Noun(Readable):
    """One kind of thing that a PBX holds.

    tenant_path: the path of the list of all extensions' objects, below ``/client/{client_id}/``.
    full_update: PUT takes every required field (interval), not only changed ones.
    creatable, updatable, deletable: whether operations.json has a POST, and a PUT and a DELETE of one object.
    emptiable: whether it has a DELETE of the whole list. delete_query: the query of DELETE of one object.
    ordered: the list is a program whose order is at ``order/``.
    settle: declared values as the PBX takes them, given the current ones; by default they are so already.
    doubts: what a preview warns of, because the real run may be refused.
    permanent: keys of objects that the server keeps by itself.
    carried: for a singleton of one field, the key under which extensions may have it in their list.
    program: (section, noun) of the program that can be declared as a part of an object.
    contains: (section, noun) of all that a tenant document declares inside of an object, in canonical order.
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

    key: tuple[str, ...] = ("name",)
    tenant_path: str = ""
    full_update: bool = False
    creatable: bool = True
    updatable: bool = True
    deletable: bool = True
    emptiable: bool = False
    delete_query: tuple[Field, ...] = ()
    ordered: bool = False
    settle: Settle | None = None
    doubts: tuple[Doubt, ...] = ()
    permanent: tuple[str, ...] = ()
    carried: str = ""
    program: tuple[str, str] | None = None
    contains: tuple[tuple[str, str], ...] = ()
    across: bool = False
    shared: str = ""
    mirrors: str = ""
    looked_up: bool = False
    may_start_with: str = ""
    missed: str = ""
    rendered: tuple[Field, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_tenant(self) -> str:
        """The noun of the tenant in whose list its objects may be found too."""
        return self.shared or self.mirrors

    @property
    def holds_sections(self) -> bool:
        """Whether its objects hold most of a tenant: its extensions."""
        return not self.parents and bool(self.contains)

    def settled(self, declared: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
        """Declared values as the PBX takes them."""
        return self.settle(declared, current) if self.settle else dict(declared)
