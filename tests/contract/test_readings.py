# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The read-only nouns, compared with the contract in both directions: nothing missing, nothing invented."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.reading import Reading
from ansible_collections.telops.pbx.plugins.module_utils._model.readings import READINGS
from tests.contract.test_model import TYPES, operations, resolved

ALL = pytest.mark.parametrize("reading", READINGS.values(), ids=lambda reading: reading.name)

PAGES = {"page", "per_page"}

Spec = dict[str, Any]


def answers(reading: Reading) -> list[Spec]:
    """The model of one object, from the list and where there is such a request from that of the one object."""
    found = operations(reading)
    schema = schema_of(found["GET"])
    if reading.wrapped:
        schema = schema["properties"][reading.wrapped]
    listed = resolved(schema["items"]) if "items" in schema else schema
    return [listed, *([schema_of(found["GET one"])] if tells_one(found) else [])]


def tells_one(found: dict[str, Spec]) -> bool:
    """Whether one object can be asked for; that of a record is its file."""
    return "GET one" in found and "application/json" in found["GET one"]["responses"]["200"].get("content", {})


def schema_of(operation: Spec) -> Spec:
    content = operation["responses"]["200"]["content"]["application/json"]
    return dict(resolved(content["schema"]))


def query_of(reading: Reading) -> dict[str, Spec]:
    parameters = operations(reading)["GET"].get("parameters", [])
    return {p["name"]: p for p in parameters if p["in"] == "query"}


@ALL
def test_every_answer_field_is_declared_and_none_is_invented(reading: Reading) -> None:
    for answer in answers(reading):
        assert {f.answered_as for f in reading.fields} == set(answer["properties"])


@ALL
def test_types_are_those_of_the_contract(reading: Reading) -> None:
    for answer in answers(reading):
        for field in reading.fields:
            check_type(field, answer["properties"][field.answered_as])


def check_type(field: Field, schema: Spec) -> None:
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert TYPES[field.type] in types, field.name
    if field.parts:
        listed = resolved(schema["items"])["properties"]
        assert {part.answered_as for part in field.parts} == set(listed), field.name
        for part in field.parts:
            check_type(part, listed[part.answered_as])


@ALL
def test_every_parameter_of_the_query_is_an_option_and_none_is_invented(reading: Reading) -> None:
    fields = reading.by_name
    asked = {fields[name].answered_as for name in reading.filters} | {f.name for f in reading.list_query}
    assert asked == set(query_of(reading)) - PAGES
    assert reading.paged == (set(query_of(reading)) >= PAGES)


@ALL
def test_what_can_be_asked_is_what_the_contract_has(reading: Reading) -> None:
    found = operations(reading)
    assert reading.readable == tells_one(found)
    assert reading.singleton == (schema_of(found["GET"])["type"] == "object" and not reading.wrapped)


@ALL
def test_nothing_of_it_can_be_set(reading: Reading) -> None:
    assert reading.writable == ()
