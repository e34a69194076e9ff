# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request on its way through the emulator: who asks, for which path, and how the answer is spelt."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import recorded
from .contract import Operation
from .errors import Refusal, bad
from .store import Row, Store

if TYPE_CHECKING:
    from .pbx import Pbx

Body = dict[str, Any]


@dataclass(frozen=True)
class Principal:
    """Whom a token acts for. `extension` is set for a user of an extension."""

    tenant: int
    user: Row
    extension: int | None = None


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body."""

    filename: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class File:
    """A file as the answer."""

    filename: str
    media_type: str
    data: bytes


@dataclass
class Call:
    """A valid request, and the means to answer it."""

    pbx: Pbx
    operation: Operation
    principal: Principal
    parameters: dict[str, Any]
    query: dict[str, Any]
    body: Body = field(default_factory=dict)

    @property
    def store(self) -> Store:
        """The PBX's state."""
        return self.pbx.store

    @property
    def tenant(self) -> int:
        """The id of the client that the request is about."""
        return self.principal.tenant

    def dialect(self, name: str) -> str:
        """The value of a dialect switch."""
        return self.pbx.dialect[name]

    @cached_property
    def extension(self) -> Row:
        """The extension of the path. Raises Refusal 404 or 403."""
        given = self.parameters["extension_id"]
        own = self.principal.extension
        number = own if given == "@me" else int(given) if str(given).isascii() and str(given).isdigit() else None
        if number is None and str(given).startswith("@{") and self.operation.path.endswith("/callback/"):
            number = self._extension_of_variable(str(given)[2:-1])
        row = self.store.get("extension", None, 0, number) if number is not None and number < 1 << 62 else None
        if row is None:
            raise Refusal(404, f"Extension {given} not found")
        if row.tenant != self.tenant or own not in (None, row.id):
            raise Refusal(403, f"No right to extension {given}", "access_denied")
        return row

    @property
    def scope(self) -> int:
        """The id of the path's extension, or 0 where the path is about the tenant."""
        return self.extension.id if "extension_id" in self.parameters and self._in_extension else 0

    @property
    def _in_extension(self) -> bool:
        return self.operation.path.startswith("/extension/")

    def require_type(self, types: Iterable[str]) -> None:
        """Refuse with 404 a path that the extension's type does not have."""
        kind = self.extension.body["type"]
        if kind not in types:
            raise Refusal(404, f"Not found: extension {self.extension.id} is of type {kind}")

    def _extension_of_variable(self, name: str) -> int | None:
        variables = {r.body["var"]: r.body["value"] for r in self.store.rows("variable", self.tenant)}
        number = str(variables.get(name)).rsplit("*", 1)[-1]
        rows = self.store.rows("extension", self.tenant)
        return next((row.id for row in rows if row.body["number"] == number), None)

    # -- answers

    def set_order(self, rows: list[Row]) -> list[Row]:
        """Rows of a set in the order of the dialect, the same in every request so that pages fit together."""
        if self.dialect("list_order") == "shuffled":
            return sorted(rows, key=lambda row: (zlib.crc32(f"{row.kind}{row.id}".encode()), row.id))
        return sorted(rows, key=lambda row: row.id)

    def page(self, rows: list[Any]) -> list[Any]:
        """The asked page of a list that has pages."""
        documented = self._in_extension or self.operation.path.endswith(("}/extension/", "/sound/"))
        if self.dialect("tenant_pages") == "refused" and not documented:
            if self.query.get("per_page") or self.query["page"] != 1:
                raise bad("per_page", "this list has no pages")
            return rows
        size = self.query.get("per_page") or int(self.dialect("page_size"))
        if self.dialect("page_cap") != "none":
            size = min(size, int(self.dialect("page_cap")))
        start = (self.query["page"] - 1) * size
        return rows[start : start + size]

    def answer(self, values: Body, component: str | None = None) -> Body:
        """`values` as the answer model `component` (of the operation if absent) and the dialect spell them."""
        name = component or self.operation.component
        assert name is not None
        nullable = self.pbx.contract.nullable_choices.get(name, frozenset())
        taken = self.pbx.taken_types(name)
        answer: Body = {}
        for field_name, schema in self.pbx.contract.properties(name).items():
            value = values.get(field_name)
            if value is None:
                value = self._unset(schema, field_name in nullable)
            elif taken.get(field_name) == "integer" and "string" in _types(schema) and "integer" not in _types(schema):
                value = str(value) if self.dialect("integer_spelling") == "string" else value
            answer[field_name] = value
        spelling = SPELLINGS.get(name)
        answer = spelling(self, answer) if spelling else answer
        return self.spell(self._prefixed(recorded.spelled(self, name, values, answer)))

    def _prefixed(self, answer: Body) -> Body:
        """Destinations as the dialect has them."""
        if self.dialect("destinations") != "prefix":
            return answer
        client = self.store.get("client", None, 0, self.tenant)
        numbers = {row.body["number"] for row in self.store.rows("extension", self.tenant)}

        def spelled(text: str) -> str:
            prefix = f"{client.body['prefix']}*" if client else ""
            return " ".join(prefix + part if part in numbers else part for part in text.split(" "))

        found = {
            name: spelled(value) if name.endswith("transfer_dst") and isinstance(value, str) else value
            for name, value in answer.items()
        }
        cascade: Any = found.get("cascade_numbers")
        if cascade:
            found["cascade_numbers"] = [{**one, "number": spelled(str(one["number"]))} for one in cascade]
        return found

    def spell(self, answer: Body) -> Body:
        """Keys of an answered object as the dialect has them."""
        if self.dialect("extra_fields") == "present":
            answer = {**answer, "_version": 109, "audit": {"modified_by": None}}
        if self.dialect("key_order") == "shuffled":
            answer = {key: answer[key] for key in sorted(answer, key=lambda key: zlib.crc32(key.encode()))}
        return answer

    def _unset(self, schema: dict[str, Any], nullable_choice: bool) -> Any:
        types = _types(schema)
        if self.dialect("null_value") == "default" and "default" in schema:
            return schema["default"]
        if nullable_choice:
            return "None" if self.dialect("null_choice") == "none" else None
        if types == ["boolean"]:
            return schema.get("default", False)
        return [] if types == ["array"] else None


def _types(schema: dict[str, Any]) -> list[str]:
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


SPELLINGS: dict[str, Callable[[Call, Body], Body]] = {}


def spelling(component: str) -> Callable[[Callable[[Call, Body], Body]], Callable[[Call, Body], Body]]:
    """Register how answers of the model `component` differ from the stored object."""

    def register(function: Callable[[Call, Body], Body]) -> Callable[[Call, Body], Body]:
        SPELLINGS[component] = function
        return function

    return register


Handler = Callable[[Call], Any]
HANDLERS: dict[tuple[str, str], Handler] = {}


def answers(method: str, path: str) -> Callable[[Handler], Handler]:
    """Register the handler of one operation."""

    def register(function: Handler) -> Handler:
        HANDLERS[method, path] = function
        return function

    return register
