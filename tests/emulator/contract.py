# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract, docs/api/openapi.yaml, as routes, request schemas and answer models."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Where the emulator is installed, it has both beside itself.
INSTALLED = Path(__file__).with_name("openapi.yaml")
CONTRACT = INSTALLED if INSTALLED.exists() else ROOT / "docs" / "api" / "openapi.yaml"
CACHE = INSTALLED.parent / "cache" if INSTALLED.exists() else ROOT / ".cache" / "emulator"
METHODS = ("get", "post", "put", "delete")

Schema = dict[str, Any]


def load_document(path: Path = CONTRACT, cache: Path = CACHE) -> dict[str, Any]:
    """Parse the YAML at `path`, keeping a JSON copy under `cache` by content hash: YAML alone would take most of
    the start-up.
    """
    text = path.read_bytes()
    parsed = cache / f"{hashlib.sha256(text).hexdigest()[:24]}.json"
    try:
        return dict(json.loads(parsed.read_bytes()))
    except (OSError, ValueError):
        import yaml

        document: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
        try:
            cache.mkdir(parents=True, exist_ok=True)
            partial = parsed.with_suffix(f".{os.getpid()}")
            partial.write_text(json.dumps(document), encoding="utf-8")
            partial.replace(parsed)
        except OSError:
            pass  # a read-only checkout only starts more slowly
        return document


@dataclass(frozen=True)
class Operation:
    """One method of one path: its parameters and the shape of its success."""

    method: str
    path: str
    status: int
    parameters: dict[str, Schema] = field(default_factory=dict)
    query: dict[str, Schema] = field(default_factory=dict)
    required_query: frozenset[str] = frozenset()
    content_type: str | None = None
    body: Schema | None = None
    component: str | None = None
    is_list: bool = False


class Contract:
    """Operations by (method, path template), and the properties of each answer model by its name."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._schemas: dict[str, Schema] = document["components"]["schemas"]
        self._parameters: dict[str, Any] = document["components"].get("parameters", {})
        self._responses: dict[str, Any] = document["components"].get("responses", {})
        self.operations: dict[tuple[str, str], Operation] = {}
        for path, item in document["paths"].items():
            for method in METHODS:
                if method in item and not path.startswith("/oauth"):
                    raw = {
                        **item[method],
                        "parameters": item.get("parameters", []) + item[method].get("parameters", []),
                    }
                    self.operations[method.upper(), path] = self._operation(method.upper(), path, raw)

    def resolve(self, schema: Any) -> Any:
        """A copy of `schema` with every reference to a component replaced by it."""
        if isinstance(schema, list):
            return [self.resolve(part) for part in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            target = self._schemas[schema["$ref"].rsplit("/", 1)[1]]
            return {
                **self.resolve(target),
                **{key: self.resolve(part) for key, part in schema.items() if key != "$ref"},
            }
        return {key: self.resolve(part) for key, part in schema.items()}

    def properties(self, component: str) -> dict[str, Schema]:
        """The properties of the answer model `component`, references resolved."""
        if component not in self._properties:
            self._properties[component] = self.resolve(self._schemas[component])["properties"]
        return self._properties[component]

    @cached_property
    def _properties(self) -> dict[str, dict[str, Schema]]:
        return {}

    @cached_property
    def nullable_choices(self) -> dict[str, frozenset[str]]:
        """By answer model: the fields whose choices include null."""
        found: dict[str, frozenset[str]] = {}
        for operation in self.operations.values():
            if operation.body and operation.component:
                names = {n for n, s in operation.body["properties"].items() if None in s.get("enum", ())}
                found[operation.component] = found.get(operation.component, frozenset()) | names
        return found

    def body_of(self, method: str, path: str) -> dict[str, Schema]:
        """Properties of the request body of an operation; empty where there is none."""
        operation = self.operations.get((method, path))
        return operation.body["properties"] if operation and operation.body else {}

    def _operation(self, method: str, path: str, raw: dict[str, Any]) -> Operation:
        parameters: dict[str, Schema] = {}
        query: dict[str, Schema] = {}
        required = set()
        for parameter in raw["parameters"]:
            if "$ref" in parameter:
                parameter = self._parameters[parameter["$ref"].rsplit("/", 1)[1]]
            schema = self.resolve(parameter["schema"])
            if parameter["in"] == "path":
                parameters[parameter["name"]] = schema
            elif parameter["in"] == "query":
                query[parameter["name"]] = schema
                if parameter.get("required"):
                    required.add(parameter["name"])
        content = raw.get("requestBody", {}).get("content", {})
        content_type, media = next(iter(content.items()), (None, None))
        code, response = next((c, r) for c, r in raw["responses"].items() if str(c).startswith("2"))
        if "$ref" in response:
            response = self._responses[response["$ref"].rsplit("/", 1)[1]]
        answer = response.get("content", {}).get("application/json", {}).get("schema", {})
        is_list = answer.get("type") == "array"
        reference = (answer["items"] if is_list else answer).get("$ref")
        return Operation(
            method, path, int(code), parameters, query, frozenset(required), content_type,
            self.resolve(media["schema"]) if media else None,
            reference.rsplit("/", 1)[1] if reference else None, is_list,
        )  # fmt: skip
