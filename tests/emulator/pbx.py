# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PBX behind the HTTP service: contract, state, dialect, and the way of a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from starlette.routing import compile_path

from . import handlers
from .call import HANDLERS, Body, Call, Principal
from .contract import Contract, Operation
from .dialect import Dialect
from .errors import Refusal
from .faults import Faults
from .limits import RateLimits
from .log import Log
from .oauth import Tokens
from .store import Store
from .validation import RequestValidator

assert handlers  # registers HANDLERS


class Pbx:
    """Everything but HTTP. `database` is a file or `:memory:`, `dialect` the switches to start with."""

    def __init__(
        self, contract: Contract, database: str = ":memory:", dialect: Mapping[str, str] | None = None
    ) -> None:
        self.contract = contract
        self.dialect = Dialect(dialect)
        self.store = Store(database)
        self.faults = Faults()
        self.log = Log()
        self.limits = RateLimits()
        self.tokens = Tokens(self.store)
        self.validator = RequestValidator(contract)
        self._taken: dict[str, dict[str, Any]] = {}

    @cached_property
    def _templates(self) -> dict[int, list[tuple[Any, str]]]:
        # Literal segments before parameters, so that order/ is not taken for an id.
        templates: dict[int, list[tuple[Any, str]]] = {}
        for path in sorted({path for dummy, path in self.contract.operations}, key=lambda path: path.count("{")):
            templates.setdefault(path.count("/"), []).append((compile_path(path)[0], path))
        return templates

    def match(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        """The operation of a path as it stands in the request line, and its parameters decoded. Raises Refusal 404
        or 405.
        """
        for pattern, template in self._templates.get(path.count("/"), ()):
            found = pattern.match(path)
            if found:
                operation = self.contract.operations.get((method, template))
                if operation is None:
                    raise Refusal(405, f"{method} is not allowed here")
                return operation, {name: unquote(value) for name, value in found.groupdict().items()}
        raise Refusal(404, "Not found")

    def perform(
        self,
        principal: Principal,
        method: str,
        path: str,
        query: Sequence[tuple[str, str]] = (),
        body: object = None,
    ) -> tuple[Operation, Any]:
        """Check and carry out one request; all of it or, when a Refusal is raised, nothing."""
        operation, texts = self.match(method, path)
        if principal.user.body["access"] == "read_only" and method != "GET":
            raise Refusal(403, "This user may only read", "user_access_type_deny")
        parameters = self.validator.path(operation, texts)
        self._allow_client(principal, parameters)
        values = self.validator.query(operation, query, self.dialect["array_query"] == "comma")
        checked: Body = {}
        if operation.body is not None:
            checked = self.validator.body(operation, body, self.dialect["null_choice"])
            if self.dialect["null_choice"] == "none":
                nullable = self.contract.nullable_choices.get(operation.component or "", frozenset())
                checked = {n: None if v == "None" and n in nullable else v for n, v in checked.items()}
        call = Call(self, operation, principal, parameters, values, checked)
        with self.store.transaction():
            return operation, HANDLERS[operation.method, operation.path](call)

    def taken_types(self, component: str) -> dict[str, Any]:
        """By field: the type in which requests whose answer is `component` take it."""
        if component not in self._taken:
            found: dict[str, Any] = {}
            for operation in self.contract.operations.values():
                if operation.component == component and operation.body:
                    found.update({name: schema.get("type") for name, schema in operation.body["properties"].items()})
            self._taken[component] = found
        return self._taken[component]

    def _allow_client(self, principal: Principal, parameters: Body) -> None:
        given = parameters.get("client_id")
        if given is None:
            return
        if principal.extension is not None:
            raise Refusal(403, "A user of an extension has no right to the client", "access_denied")
        if given in ("@me", str(principal.tenant)):
            return
        known = {str(row.id) for row in self.store.rows("client", None)}
        if given in known:
            raise Refusal(403, f"No right to client {given}", "access_denied")
        raise Refusal(404, f"Client {given} not found", "client_not_found")
