# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The nouns against the contract, in both directions: nothing missing, nothing invented."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS

DOCUMENT = Path(__file__).parents[2] / "docs" / "api" / "openapi.yaml"
METHODS = ("get", "post", "put", "delete")
TYPES = {"str": "string", "digits": "integer", "int": "integer", "bool": "boolean", "list": "array"}
TYPES["object"] = "object"
TYPES.update(dict.fromkeys(("time", "date", "datetime", "short_number", "file"), "string"))

ALL = pytest.mark.parametrize("noun", NOUNS.values(), ids=lambda noun: noun.name)


@cache
def document() -> dict[str, Any]:
    return yaml.load(DOCUMENT.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def shape(path: str) -> str:
    """A path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def operations(noun: Noun) -> dict[str, dict[str, Any]]:
    """The contract's operations on the noun's list or singleton (GET, POST, PUT) and on one object ("PUT one")."""
    path = noun.path if noun.path.startswith("/") else "/client/{client}/" + noun.path
    found = {}
    for wanted, suffix in ((shape(path), ""), (shape(path + "{id}"), " one")):
        for candidate, methods in document()["paths"].items():
            if shape(candidate) == wanted and not candidate.endswith("order/"):
                found.update({m.upper() + suffix: o for m, o in methods.items() if m in METHODS})
    return found


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def body(operation: dict[str, Any]) -> dict[str, Any]:
    (content,) = operation["requestBody"]["content"].values()
    return content["schema"]


def answer(operation: dict[str, Any]) -> dict[str, Any]:
    response = next(r for code, r in operation["responses"].items() if code.startswith("2"))
    schema = response["content"]["application/json"]["schema"]
    return resolved(schema["items"] if schema.get("type") == "array" else schema)


def requests_of(noun: Noun) -> list[tuple[str, dict[str, Any]]]:
    names = ("PUT",) if noun.singleton else ("POST", "PUT one", "POST one")
    found = operations(noun)
    return [(name, body(found[name])) for name in names if name in found and "requestBody" in found[name]]


def read_only(noun: Noun) -> bool:
    return not noun.writable


@ALL
def test_the_path_is_one_of_the_contract(noun: Noun) -> None:
    assert "GET" in operations(noun)


@ALL
def test_every_request_field_is_declared_and_none_is_invented(noun: Noun) -> None:
    if read_only(noun):
        return
    documented = {name for _method, schema in requests_of(noun) for name in schema["properties"]}
    declared = {f.sent_as for f in noun.writable if noun.creatable or not f.create_only}
    assert documented == declared | set(noun.left_out)


@ALL
def test_every_answer_field_is_declared_and_none_is_invented(noun: Noun) -> None:
    documented = set(answer(operations(noun)["GET"])["properties"])
    declared = {f.answered_as for f in noun.fields if not f.write_only}
    if noun.identity == "digits" or noun.name == "queue_agent":
        declared |= {noun.identity}
    assert declared == documented


@ALL
def test_types_choices_and_null_are_those_of_the_contract(noun: Noun) -> None:
    for field in noun.writable:
        for method, schema in requests_of(noun):
            documented = schema["properties"].get(field.sent_as)
            if documented is None:
                continue
            where = f"{noun.name}.{field.name} in {method}"
            types = documented["type"] if isinstance(documented["type"], list) else [documented["type"]]
            assert TYPES[field.type] in types, where
            choices = documented.get("enum", [])
            assert set(field.choices) == {c for c in choices if c is not None}, where
            answered = answer(operations(noun)["GET"])["properties"].get(field.answered_as, {})
            said = "the word None" in answered.get("description", "")
            assert field.null_choice == (None in choices or said), where


@ALL
def test_required_fields_are_those_of_the_contract(noun: Noun) -> None:
    if read_only(noun) or noun.singleton:
        return
    by_method = dict(requests_of(noun))
    if "POST" in by_method:
        assert {f.sent_as for f in noun.writable if f.required} == set(by_method["POST"].get("required", []))
    # A body of one field is never without it.
    if "PUT one" in by_method and len(by_method["PUT one"]["properties"]) > 1:
        required = set(by_method["PUT one"].get("required", []))
        assert required == ({f.sent_as for f in noun.writable if f.required} if noun.full_update else set())


@ALL
def test_what_can_be_done_with_a_noun_is_what_the_contract_has(noun: Noun) -> None:
    found = operations(noun)
    if noun.singleton:
        assert set(found) == {"GET", "PUT"}
        return
    assert noun.readable == ("GET one" in found)
    assert noun.emptiable == ("DELETE" in found)
    if not read_only(noun):
        assert noun.creatable == ("POST" in found)
        assert noun.updatable == ("PUT one" in found)
        assert noun.deletable == ("DELETE one" in found)
        query = {p["name"] for p in found.get("DELETE one", {}).get("parameters", []) if p["in"] == "query"}
        assert {f.name for f in noun.delete_query} == query


@ALL
def test_the_filters_of_a_list_are_those_of_the_contract(noun: Noun) -> None:
    fields = noun.by_name
    query = {p["name"] for p in operations(noun)["GET"].get("parameters", []) if p["in"] == "query"}
    own = {fields[name].answered_as for name in noun.filters} | {f.name for f in noun.list_query}
    assert own <= query
    assert query - own <= {"page", "per_page", "id"}


@ALL
def test_every_printed_default_is_known(noun: Noun) -> None:
    """A cleared field may be answered with any of them."""
    for field in noun.fields:
        printed = [
            schema["properties"].get(name, {}).get("default")
            for schema, name in [(s, field.sent_as) for _m, s in requests_of(noun) if not read_only(noun)]
            + [(answer(operations(noun)["GET"]), field.answered_as)]
        ]
        assert set(field.defaults) == {p for p in printed if p is not None}, f"{noun.name}.{field.name}"


@ALL
def test_write_only_and_create_only_fields_are_those_of_the_contract(noun: Noun) -> None:
    if read_only(noun):
        return
    answered = set(answer(operations(noun)["GET"])["properties"])
    by_method = dict(requests_of(noun))
    for field in noun.writable:
        assert field.write_only == (field.answered_as not in answered), field.name
        # A POST of the one object replaces the content of a file.
        method = "POST one" if field.type == "file" else "PUT one"
        if method in by_method:
            assert field.create_only == (field.sent_as not in by_method[method]["properties"]), field.name


NESTED = {
    "cascade_numbers": "CascadeNumber",
    "conditions": "Condition",
    "dial_rules": "DialRuleEntry",
    "voice_helper_rules": "VoiceHelperRule",
}


@pytest.mark.parametrize(
    "field", [f for noun in NOUNS.values() for f in noun.writable if f.parts], ids=lambda field: field.name
)
def test_nested_models_are_those_of_the_contract(field: Field) -> None:
    schema = document()["components"]["schemas"][NESTED[field.name]]
    assert {part.name for part in field.parts} == set(schema["properties"])
    assert {part.name for part in field.parts if part.required} == set(schema.get("required", []))
    for part in field.parts:
        types = schema["properties"][part.name]["type"]
        assert TYPES[part.type] in (types if isinstance(types, list) else [types]), part.name


@ALL
def test_paging_is_that_of_the_contract(noun: Noun) -> None:
    """As far as it is documented; a server may refuse an inferred field."""
    parameters = operations(noun)["GET"].get("parameters", [])
    names = {p.get("name") for p in parameters if p.get("x-confidence") != "inferred"}
    assert noun.paged == ({"page", "per_page"} <= names)


@ALL
def test_references_lead_to_nouns_and_variants_to_fields(noun: Noun) -> None:
    fields = noun.by_name
    for field in noun.fields:
        assert not field.refers_to or field.refers_to in NOUNS
        assert not field.applies_with[0] or field.applies_with[0] in fields
    if noun.variant:
        assert set(noun.variants) == set(fields[noun.variant].choices)
        named = {name for needed, optional in noun.variants.values() for name in needed + optional}
        assert named <= set(fields)
    assert set(noun.parents) <= set(NOUNS)
    assert not noun.ordered or shape(noun.path + "order/") in {shape(path) for path in document()["paths"]}
