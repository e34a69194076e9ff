# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one text of each field: its description in docs/api/openapi.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import tests.conftest  # noqa: F401  # pylint: disable=unused-import  # makes the collection importable
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.kind import Kind
from tests.emulator.contract import METHODS, Contract, load_document

Schema = dict[str, Any]


@cache
def _contract() -> Contract:
    return Contract(load_document())


def _place(path: str) -> str:
    """A path without ids and without the client in front of it."""
    return re.sub(r"\{\w+\}", "", re.sub(r"^/client/\{client_id\}/", "", path))


def schemas(noun: Kind) -> dict[str, Schema]:
    """The schema of each field of requests and answers about a noun, by its name in the API."""
    contract = _contract()
    found: dict[str, Schema] = {}
    for (method, path), operation in contract.operations.items():
        if _place(path) == _place(noun.path):
            answer = contract.properties(operation.component) if operation.component else {}
            for name, schema in (*answer.items(), *contract.body_of(method, path).items()):
                found[name] = {**found.get(name, {}), **schema}
    return found


def request_texts(noun: Kind) -> dict[str, Schema]:
    """The ``summary`` and the ``description`` of each request to the path of a noun, by its HTTP method."""
    found: dict[str, Schema] = {}
    for path, item in load_document()["paths"].items():
        if _place(path) == _place(noun.path):
            for method in METHODS:
                if method in item:
                    found.setdefault(method.upper(), item[method])
    return found


def described(field: Field, known: Mapping[str, Schema]) -> str:
    """The text of a field. Raises LookupError with the remedy if the API description has none."""
    for name in (field.answered_as, field.sent_as, field.name):
        if text := known.get(name, {}).get("description"):
            return str(text)
    raise LookupError(f"{field.name} has no description in docs/api/openapi.yaml: write one there")


def parts_of(field: Field, known: Mapping[str, Schema]) -> dict[str, Schema]:
    """The schemas of the parts of a list's elements."""
    for name in (field.answered_as, field.sent_as):
        found: dict[str, Schema] = known.get(name, {}).get("items", {}).get("properties", {})
        if found:
            return found
    return {}
