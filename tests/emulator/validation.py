# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests against the contract: path, query and body, each field's refusal by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from .call import Upload
from .contract import Contract, Operation, Schema
from .errors import Refusal, bad

INTEGER = re.compile(r"-?[0-9]{1,18}\Z")
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
TYPE_NAMES = {
    "integer": "an integer",
    "string": "a string",
    "boolean": "a boolean",
    "array": "a list",
    "object": "an object",
    "file": "a file",
}


def _is_integer(dummy: TypeChecker, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_file(dummy: TypeChecker, value: object) -> bool:
    return isinstance(value, Upload)


# JSON Schema calls 5.0 an integer, which the platform's servers do not, and has no word for an uploaded file.
TYPES = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer).redefine("file", _is_file)
Validator: Any = extend(Draft202012Validator, type_checker=TYPES)  # type: ignore[no-untyped-call]


class RequestValidator:
    """Checks requests of `contract`'s operations; compiled schemas are kept."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._bodies: dict[tuple[str, str, str], Any] = {}

    def path(self, operation: Operation, values: dict[str, str]) -> dict[str, Any]:
        """Path parameters in their types. An integer that is none is no such object: 404."""
        typed: dict[str, Any] = {}
        for name, value in values.items():
            if operation.parameters.get(name, {}).get("type") == "integer":
                if not INTEGER.match(value):
                    raise Refusal(404, f"Not found: {name} is an integer, not {value!r}")
                typed[name] = int(value)
            else:
                typed[name] = value
        return typed

    def query(self, operation: Operation, pairs: Iterable[tuple[str, str]], commas: bool) -> dict[str, Any]:
        """Query parameters in their types, with the contract's defaults. Raises Refusal 400."""
        sent: dict[str, list[str]] = {}
        for name, value in pairs:
            sent.setdefault(name, []).append(value)
        typed: dict[str, Any] = {n: s["default"] for n, s in operation.query.items() if "default" in s}
        errors = {name: "unknown parameter" for name in sent if name not in operation.query}
        errors.update({name: "required" for name in operation.required_query if name not in sent})
        for name in sent.keys() & operation.query.keys():
            schema, values = operation.query[name], sent[name]
            try:
                if schema.get("type") == "array":
                    parts = ",".join(values).split(",") if commas else values
                    typed[name] = [_query_value(name, part, schema["items"]) for part in parts]
                elif len(values) > 1:
                    errors[name] = "given more than once"
                else:
                    typed[name] = _query_value(name, values[0], schema)
            except ValueError as error:
                errors[name] = str(error)
        if errors:
            raise Refusal(400, errors)
        return typed

    def body(self, operation: Operation, body: object, null_choice: str) -> dict[str, Any]:
        """The body if it is as the contract says. Raises Refusal 400 with one sentence per field."""
        key = (operation.method, operation.path, null_choice)
        if key not in self._bodies:
            self._bodies[key] = Validator(self._schema(operation, null_choice))
        errors: dict[str, str] = {}
        for error in self._bodies[key].iter_errors(body):
            for name, text in _explain(error):
                errors.setdefault(name, text)
        if errors:
            raise Refusal(400, errors)
        assert isinstance(body, dict)
        return body

    def _schema(self, operation: Operation, null_choice: str) -> Schema:
        assert operation.body is not None
        schema = {**operation.body, "additionalProperties": False}
        required = set(schema.get("required", ())) | self._required_on_create(operation)
        properties = {}
        for name, own in schema["properties"].items():
            if "contentMediaType" in own or own.get("format") == "binary":
                own = {"type": "file"}
            if None in own.get("enum", ()) and null_choice == "none":
                own = {
                    **own,
                    "enum": ["None" if choice is None else choice for choice in own["enum"]],
                    "type": "string",
                }
            elif name not in required:
                own = _nullable(own)
            properties[name] = own
        return {**schema, "properties": properties}

    def _required_on_create(self, operation: Operation) -> frozenset[str]:
        """The required fields of an item's POST, which its PUT cannot clear either."""
        created = self._contract.operations.get(("POST", operation.path.rsplit("/", 1)[0] + "/"))
        return frozenset(created.body.get("required", ())) if created and created.body else frozenset()


def _nullable(schema: Schema) -> Schema:
    """`schema` that also takes null: clearing a field is to write null (semantics.md 9.5)."""
    kind = schema.get("type")
    if kind is None:
        return {"anyOf": [schema, {"type": "null"}]}
    nullable = {**schema, "type": [*([kind] if isinstance(kind, str) else kind), "null"]}
    if "enum" in schema and None not in schema["enum"]:
        nullable["enum"] = [*schema["enum"], None]
    return nullable


def _query_value(name: str, text: str, schema: Schema) -> Any:
    if schema.get("type") == "integer":
        if not INTEGER.match(text):
            raise ValueError("must be an integer")
        if int(text) < 1 and name in ("page", "per_page"):
            raise ValueError("must be positive")
        return int(text)
    if schema.get("type") == "boolean":
        if text.lower() not in BOOLEANS:
            raise ValueError("must be a boolean")
        return BOOLEANS[text.lower()]
    if "enum" in schema and text not in schema["enum"]:
        raise ValueError("must be one of " + ", ".join(map(str, schema["enum"])))
    if name in ("start_datetime", "end_datetime"):
        moment(text)
    return text


@cache
def moment(text: str) -> datetime:
    """A date and time as the platform spells it. Raises ValueError."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        raise ValueError("must look like 2026-01-31 23:59:59") from None


def _explain(error: ValidationError) -> Iterable[tuple[str, str]]:
    where = ".".join(str(part) for part in error.absolute_path)
    prefix = f"{where}." if where else ""
    rule: Any = error.validator_value
    schema: Any = error.schema
    value: Any = error.instance
    if error.validator == "required":
        yield from ((prefix + name, "required") for name in rule if name not in value)
    elif error.validator == "additionalProperties":
        yield from ((prefix + name, "unknown field") for name in value if name not in schema.get("properties", {}))
    elif error.validator == "type":
        names = [rule] if isinstance(rule, str) else rule
        yield where or "body", "must be " + " or ".join(TYPE_NAMES.get(name, name) for name in names)
    elif error.validator == "enum":
        yield where, "must be one of " + ", ".join(map(str, rule))
    else:
        yield where or "body", "is not valid"


def exact_pairs(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """For json.loads: an object in which a key stands twice is a mistake, not a choice."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise bad(name, "given twice")
        result[name] = value
    return result
