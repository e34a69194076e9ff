# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract is valid OpenAPI, complete, and describes everything to a reader, with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate

CONTRACT = Path(__file__).parents[2] / "docs" / "api" / "openapi.yaml"
METHODS = ("get", "post", "put", "delete")
PAGE_OPERATIONS = 103
LONGEST_DESCRIPTION = 400


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """The contract as plain data."""
    document = yaml.load(CONTRACT.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert isinstance(document, dict)
    return document


def operations(contract: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the place ("GET /path") and the operation of everything that can be requested."""
    for path, item in contract["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def mappings(node: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every mapping below a node, with its place in the document."""
    if isinstance(node, dict):
        yield place, node
        for key, child in node.items():
            yield from mappings(child, f"{place}/{key}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from mappings(child, f"{place}/{index}")


def properties(contract: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property of every object schema, inline and nested ones included."""
    for place, node in mappings(contract, "#"):
        # A schema may itself have a property called "properties"; only objects declare some.
        if node.get("type") == "object" and isinstance(node.get("properties"), dict):
            for name, schema in node["properties"].items():
                yield f"{place}/properties/{name}", schema


def resolve(contract: dict[str, Any], reference: str) -> Any:
    """Return the target of a local reference. Raises KeyError if that is nothing."""
    node: Any = contract
    for part in reference.removeprefix("#/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def test_is_valid_openapi(contract: dict[str, Any]) -> None:
    assert contract["openapi"].startswith("3.1.")
    validate(contract)


def test_holds_the_documented_page(contract: dict[str, Any]) -> None:
    page = [place for place, operation in operations(contract) if operation["x-source"] == "page"]
    assert len(page) == PAGE_OPERATIONS
    assert all(" /extension/" in place for place in page)


def test_every_x_source_is_known_and_graded(contract: dict[str, Any]) -> None:
    ungraded = [place for place, operation in operations(contract) if "x-source" not in operation]
    for place, node in mappings(contract, "#"):
        if "x-source" not in node:
            continue
        graded = {key for key in ("x-section", "x-confidence") if key in node}
        if node["x-source"] == "page":
            good = not graded
        else:
            good = node["x-source"] == "semantics" and graded == {"x-section", "x-confidence"}
        if not good:
            ungraded.append(place)
    assert ungraded == []


def test_every_confidence_is_known(contract: dict[str, Any]) -> None:
    found = {node["x-confidence"] for dummy, node in mappings(contract, "#") if "x-confidence" in node}
    assert found == {"documented", "observed", "inferred"}


def test_operation_ids_are_unique(contract: dict[str, Any]) -> None:
    count = Counter(operation["operationId"] for dummy, operation in operations(contract))
    assert [name for name, times in count.items() if times > 1] == []


def test_every_reference_resolves(contract: dict[str, Any]) -> None:
    references = {(place, node["$ref"]) for place, node in mappings(contract, "#") if "$ref" in node}
    assert references
    for place, reference in references:
        assert reference.startswith("#/"), place
        assert isinstance(resolve(contract, reference), dict), place


def test_everything_in_components_is_used(contract: dict[str, Any]) -> None:
    used = {node["$ref"] for dummy, node in mappings(contract, "#") if "$ref" in node}
    declared = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "responses", "headers")
        for name in contract["components"][kind]
    }
    assert declared - used == set()


def test_everything_is_described(contract: dict[str, Any]) -> None:
    described = list(operations(contract)) + list(properties(contract))
    for place, operation in operations(contract):
        described += [(f"{place} {parameter['name']}", parameter) for parameter in operation.get("parameters", [])]
    described += list(contract["components"]["schemas"].items())
    lacking = [place for place, node in described if not node.get("description", "").endswith(".")]
    assert not lacking, f"write a description that ends with a full stop in docs/api/openapi.yaml: {', '.join(lacking)}"


def test_every_operation_has_a_summary_of_its_own(contract: dict[str, Any]) -> None:
    count = Counter(operation.get("summary") for dummy, operation in operations(contract))
    assert [summary for summary, times in count.items() if not summary or times > 1] == []


def test_descriptions_are_short(contract: dict[str, Any]) -> None:
    texts = [
        (place, node["description"])
        for place, node in mappings(contract, "#")
        if place != "#/info" and isinstance(node.get("description"), str)
    ]
    assert texts
    assert [place for place, text in texts if len(text) > LONGEST_DESCRIPTION] == []


def test_every_path_parameter_is_declared(contract: dict[str, Any]) -> None:
    for place, operation in operations(contract):
        in_path = {part[1:-1] for part in place.split("/") if part.startswith("{")}
        declared = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"}
        assert declared == in_path, place


def test_requests_name_every_field_they_take(contract: dict[str, Any]) -> None:
    for place, operation in operations(contract):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            schema = content["schema"]
            assert schema["additionalProperties"] is False, place
            assert set(schema.get("required", [])) <= set(schema["properties"]), place


def test_every_operation_tells_how_it_fails(contract: dict[str, Any]) -> None:
    for place, operation in operations(contract):
        failures = {code for code in operation["responses"] if code.startswith("4")}
        if operation["operationId"] == "create_token":
            assert failures == {"400", "401"}, place
        else:
            assert failures == {"400", "401", "403", "404", "429"}, place


def test_names_no_host(contract: dict[str, Any]) -> None:
    servers = [*contract["servers"], *(one for item in contract["paths"].values() for one in item.get("servers", []))]
    assert [server["url"] for server in servers] == ["/api/ver1.0", "/"]
