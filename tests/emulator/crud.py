# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collections of objects: the common part of list, create, read, change and delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import references
from .call import HANDLERS, Body, Call
from .errors import Refusal, bad
from .store import Row

ALL_TYPES = ("phone", "queue", "ivr", "fax", "conference")


def initial(call: Call, component: str, body: Body, body_schema: dict[str, Any]) -> Body:
    """A new object: the sent value, else the default printed on the body, else the one printed on the answer."""
    model = call.pbx.contract.properties(component)
    values = {}
    for name in {**model, **body_schema}:
        printed = body_schema.get(name, {}).get("default", model.get(name, {}).get("default"))
        values[name] = body.get(name, printed)
    return values


@dataclass
class Collection:
    """Objects of `kind` at `path`, whose items have the path parameter `item`.

    `check(call, values, old)` refuses or completes the values of an object before they are written (`old` is None
    for a new one); `added` and `removed` follow up on a change; `names` lists the fields that duplicate_names watches.
    """

    path: str
    kind: str
    item: str
    types: tuple[str, ...] = ALL_TYPES
    names: tuple[str, ...] = ()
    ordered: bool = False
    owner: Callable[[Call], str] = lambda call: ""
    check: Callable[[Call, Body, Row | None], None] = lambda call, values, old: None
    added: Callable[[Call, Row], None] = lambda call, row: None
    removed: Callable[[Call, Row], None] = lambda call, row: None
    filters: tuple[str, ...] = ()

    def register(self) -> Collection:
        """Answer the operations of this collection."""
        item = f"{self.path}{{{self.item}}}"
        HANDLERS["GET", self.path] = self.index
        HANDLERS["POST", self.path] = self.create
        HANDLERS["GET", item] = lambda call: self.present(call, self.find(call))
        HANDLERS["PUT", item] = self.update
        HANDLERS["DELETE", item] = self.delete
        return self

    def rows(self, call: Call) -> list[Row]:
        """The objects at the path of the request."""
        self.allow(call)
        return call.store.rows(self.kind, call.tenant, call.scope, self.owner(call))

    def allow(self, call: Call) -> None:
        """Refuse a path that the extension's type does not have."""
        if call.scope:
            call.require_type(self.types)

    def find(self, call: Call) -> Row:
        """The object of the path. Raises Refusal 404."""
        self.allow(call)
        number = call.parameters[self.item]
        row = call.store.get(self.kind, call.tenant, call.scope, number, self.owner(call))
        if row is None:
            raise Refusal(404, f"{self.kind} {number} not found")
        return row

    def index(self, call: Call) -> list[Body]:
        """GET of the collection."""
        rows = self.rows(call)
        for name in self.filters:
            if name in call.query:
                wanted = call.query[name] if isinstance(call.query[name], list) else [call.query[name]]
                rows = [row for row in rows if ({**row.body, "id": row.id}).get(name) in wanted]
        if not self.ordered:
            rows = call.set_order(rows)
        elif call.dialect("rule_list_order") == "id":
            rows = sorted(rows, key=lambda row: row.id)
        if "page" in call.operation.query:
            rows = call.page(rows)
        return [self.present(call, row) for row in rows]

    def create(self, call: Call) -> Body:
        """POST to the collection."""
        self.allow(call)
        assert call.operation.component is not None
        schema = call.pbx.contract.body_of(call.operation.method, call.operation.path)
        values = initial(call, call.operation.component, call.body, schema)
        references.check(call, call.operation.component, call.body)
        self.check(call, values, None)
        self._refuse_duplicate(call, values, None)
        row = call.store.insert(self.kind, call.tenant, call.scope, values, self.owner(call))
        self.added(call, row)
        return self.present(call, row)

    def update(self, call: Call) -> Body:
        """PUT of an item: only the fields of the body change."""
        row = self.find(call)
        assert call.operation.component is not None
        references.check(call, call.operation.component, call.body)
        values = {**row.body, **call.body}
        self.check(call, values, row)
        self._refuse_duplicate(call, values, row)
        row.body = values
        call.store.save(row)
        return self.present(call, row)

    def delete(self, call: Call) -> None:
        """DELETE of an item."""
        row = self.find(call)
        references.release(call, row)
        call.store.delete(row)
        self.removed(call, row)

    def present(self, call: Call, row: Row) -> Body:
        """The answer for one object."""
        return call.answer(
            {
                **row.body,
                "id": row.id,
                "extension_id": row.extension or row.body.get("extension_id"),
                "client_id": row.tenant,
            }
        )

    def _refuse_duplicate(self, call: Call, values: Body, old: Row | None) -> None:
        if call.dialect("duplicate_names") != "refused" or not self.names:
            return
        key = [values.get(name) for name in self.names]
        if None in key:
            return
        for row in call.store.rows(self.kind, call.tenant, call.scope, self.owner(call)):
            if (old is None or row.id != old.id) and [row.body.get(name) for name in self.names] == key:
                raise bad(self.names[0], f"{key[0]!r} exists already")


@dataclass
class Singleton:
    """The settings of an extension of one of `types`, at `path`."""

    path: str
    kind: str
    types: tuple[str, ...]
    settle: Callable[[Call, Body], None] = lambda call, values: None

    def register(self) -> Singleton:
        """Answer the operations of these settings."""
        HANDLERS["GET", self.path] = lambda call: call.answer(self.row(call).body)
        HANDLERS["PUT", self.path] = self.update
        return self

    def row(self, call: Call) -> Row:
        """The settings, made at their first use."""
        call.require_type(self.types)
        row = call.store.get(self.kind, call.tenant, call.extension.id, 0)
        return row or call.store.insert(self.kind, call.tenant, call.extension.id, self.fresh(call), number=0)

    def fresh(self, call: Call) -> Body:
        """Settings that nobody has changed yet."""
        component = call.pbx.contract.operations["GET", self.path].component
        assert component is not None
        model = call.pbx.contract.properties(component)
        taken = call.pbx.contract.body_of("PUT", self.path)
        return {name: schema.get("default", taken.get(name, {}).get("default")) for name, schema in model.items()}

    def update(self, call: Call) -> Body:
        """PUT: the dialect's `singleton_put` decides about absent fields."""
        row = self.row(call)
        assert call.operation.component is not None
        references.check(call, call.operation.component, call.body)
        taken = call.pbx.contract.body_of("PUT", self.path)
        if call.dialect("singleton_put") == "replace":
            base: Body = dict.fromkeys(row.body)
        elif call.dialect("singleton_put") == "defaults":
            base = {**row.body, **{name: schema["default"] for name, schema in taken.items() if "default" in schema}}
        else:
            base = row.body
        values = {**base, **call.body}
        self.settle(call, values)
        row.body = values
        call.store.save(row)
        return call.answer(values)
