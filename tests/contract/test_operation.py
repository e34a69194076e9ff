# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on live objects against the contract, in both directions: nothing missing, nothing invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.operation import Action, Operation
from ansible_collections.telops.pbx.plugins.module_utils._model.operations import OPERATIONS
from tests.contract.test_model import METHODS, TYPES, document, resolved, shape

ALL = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation.name)

# The effects of writes on these paths end by themselves sooner or later, or cannot be read.
LIVE = re.compile(
    r"^/extension/.*/(callback|chat|current_calls|fax/out|registration|speech_to_text|status|valet_park)/"
    r"|/variables/$"
)

# Operations that make no sense without these fields, although the contract leaves them optional.
NEEDED_BESIDES = {"call": {"send_dst"}, "chat": {"read"}, "speech_to_text": {"url"}, "valet_park": {"slot"}}

Spec = dict[str, Any]


def path_of(operation: Operation, action: Action) -> str:
    """The path that an action is sent to, in the spelling of the contract without the names."""
    path = operation.path
    if operation.identity not in (*action.needs, *action.takes, *(f.name for f in operation.fields if f.required)):
        path = path.replace(f"{{{operation.identity}}}", "")
    return shape(path if path.startswith("/") else f"/client/{{client_id}}/{path}")


def documented(path: str, method: str) -> Spec:
    found: dict[str, Spec] = {shape(name): methods for name, methods in document()["paths"].items()}
    return dict(found[shape(path)][method.lower()])


def writes(operation: Operation) -> dict[tuple[str, str], list[str]]:
    """The names of the actions by the request that they are."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, action in operation.actions.items():
        if action.method:
            found.setdefault((path_of(operation, action), action.method), []).append(name)
    return found


def body_of(spec: Spec) -> Spec:
    content = spec.get("requestBody", {"content": {"": {"schema": {}}}})["content"]
    [schema] = [part["schema"] for part in content.values()]
    return dict(schema)


def query_of(spec: Spec) -> dict[str, Spec]:
    return {p["name"]: p["schema"] for p in spec["parameters"] if p["in"] == "query"}


def in_body(operation: Operation, names: list[str]) -> Iterator[Field]:
    """The fields that these actions send."""
    for field in operation.writable:
        actions = [operation.actions[name] for name in names]
        if field.name == operation.identity:
            sent = f"{{{field.name}}}" not in operation.path
        elif field.name == "action":
            sent = any(action.named == "body" for action in actions)
        elif len(operation.actions) == 1 or field.required:
            sent = any(action.method != "DELETE" for action in actions)
        else:
            sent = any(field.name in (*action.needs, *action.takes) for action in actions)
        if sent:
            yield field


def test_every_documented_operation_belongs_to_one() -> None:
    wanted = {
        (shape(path), method.upper())
        for path, methods in document()["paths"].items()
        for method in METHODS
        if LIVE.search(path) and method != "get" and method in methods
    }
    assert {request for operation in OPERATIONS.values() for request in writes(operation)} == wanted


@ALL
def test_every_request_field_is_an_option_and_none_is_invented(operation: Operation) -> None:
    for (path, method), names in writes(operation).items():
        schema = body_of(documented(path, method))
        assert {f.sent_as for f in in_body(operation, names)} == set(schema.get("properties", {})), (path, method)


@ALL
def test_types_and_choices_are_those_of_the_contract(operation: Operation) -> None:
    for (path, method), names in writes(operation).items():
        properties = body_of(documented(path, method)).get("properties", {})
        for field in in_body(operation, names):
            spec = properties[field.sent_as]
            assert ("string" if field.type == "file" else TYPES[field.type]) == spec["type"], field.name
            assert ("contentMediaType" in spec) == (field.type == "file"), field.name
            if field.name != "action":
                assert set(field.choices) == set(spec.get("enum", [])), field.name


@ALL
def test_the_actions_are_those_of_the_contract(operation: Operation) -> None:
    for (path, method), names in writes(operation).items():
        spec = documented(path, method)
        for where, schemas in (("body", body_of(spec).get("properties", {})), ("query", query_of(spec))):
            named = {name for name in names if operation.actions[name].named == where}
            assert named == set(schemas.get("action", {}).get("enum", [])), (path, method)
    if operation.variant:
        assert set(operation.actions) == set(operation.by_name[operation.variant].choices)


@ALL
def test_what_is_required_is_what_the_contract_requires(operation: Operation) -> None:
    always = {f.name for f in operation.fields if f.required}
    for (path, method), names in writes(operation).items():
        spec = documented(path, method)
        required = set(body_of(spec).get("required", [])) - {"action"}
        required |= {operation.identity} if path.endswith("{}") else set()
        for name in names:
            needed = {n for n in (*operation.actions[name].needs, *always) if n not in (operation.identity, "action")}
            needed |= {operation.identity} if path.endswith("{}") else set()
            assert required <= needed, name
            assert needed - required <= NEEDED_BESIDES.get(operation.name, set()), name


@ALL
def test_what_is_returned_is_what_the_contract_answers(operation: Operation) -> None:
    assert {f.answered_as for f in operation.answered} == set(answer_of(operation))


def answer_of(operation: Operation) -> dict[str, Any]:
    """The properties of an operation's answer; nothing where the contract does not say."""
    _name, source = operation.returned
    if source == "shown":
        assert set(operation.shows) == set(query_of(documented(operation.state, "GET"))["action"]["enum"])
        assert set(operation.asks.values()) <= set(operation.shows)
        return {}
    if source == "answer":
        specs = [documented(*request) for request in writes(operation)]
    else:
        specs = [documented(operation.state, "GET")]
    for spec in specs:
        for code, response in spec["responses"].items():
            if code.startswith("2") and "content" in response:
                properties = resolved(response["content"]["application/json"]["schema"])["properties"]
                if source == "found":
                    properties = resolved(properties[operation.listed]["items"])["properties"]
                return dict(properties)
    return {}


@ALL
def test_what_is_listed_and_looked_at_is_in_the_contract(operation: Operation) -> None:
    if not operation.listed:
        return
    response = documented(operation.state, "GET")["responses"]["200"]
    properties = resolved(response["content"]["application/json"]["schema"])["properties"]
    listed = resolved(properties[operation.listed]["items"])["properties"]
    assert operation.identity in listed
    if operation.past_unless:
        assert properties[operation.past_unless]["type"] == "boolean"
    for field in operation.fields:
        if field.parts:
            assert {part.name for part in field.parts} == set(listed)


@ALL
def test_the_declaration_holds_together(operation: Operation) -> None:
    fields = set(operation.by_name)
    named = {name for action in operation.actions.values() for name in (*action.needs, *action.takes)}
    assert named | set(operation.asks) | {*operation.key, *operation.stand_ins} <= fields
    assert not operation.identity or operation.identity in fields
    assert bool(operation.variant) == (len(operation.actions) > 1)
    # A retry must not create an object a second time, but it may end again something that is over.
    for name, action in operation.actions.items():
        assert not (action.repeatable and action.method == "POST"), name
        assert action.repeatable or action.method != "DELETE", name
