# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every field of the contract that points at another object is in the table of edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._model.edges import EDGES
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.contract.test_model import requests_of, resolved

# By its name or by its text in the contract, a field points at something.
POINTS = re.compile(
    r"(_id|_dst|context|option|interval|sound|greeting|music|_did|ani_number)$"
    r"|^Id of |^Number (for|that)|^Targets? of |\b(Option|DID) |digits of an option|cascade_numbers\.number$",
)
NOT_SO = {
    ("phone", "network_permission_group_id"): "the API lists no groups of network permissions",
    ("ivr_rule", "caller_id_number"): "is shown to whoever is called",
    ("ivr_rule", "caller_id"): "is compared with the caller",
    ("incom_rule", "caller_id"): "is compared with the caller",
}


def fields_of(noun: Noun) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of the contract's request bodies, those of a list's elements as ``list.part``."""
    for _method, schema in requests_of(noun):
        for name, field in schema["properties"].items():
            yield name, field
            elements = resolved(field.get("items", {}))
            yield from ((f"{name}.{part}", told) for part, told in elements.get("properties", {}).items())


def in_the_table() -> set[tuple[str, str]]:
    return {
        (edge.noun.name, edge.field.sent_as if edge.part is edge.field else f"{edge.field.sent_as}.{edge.part.name}")
        for edge in EDGES
    }


def test_every_field_that_points_somewhere_is_in_the_table() -> None:
    pointing = {
        (noun.name, name)
        for noun in NOUNS.values()
        for name, field in fields_of(noun)
        if POINTS.search(name) or POINTS.search(field.get("description", ""))
    }
    different = (pointing - NOT_SO.keys()) ^ in_the_table()
    assert not different, (
        "declare with reference, sound, option, destination or destinations of _model/field.py, or add to NOT_SO: "
        + ", ".join(f"{name} of {noun}" for noun, name in sorted(different))
    )


def test_the_table_says_what_each_field_points_at_and_what_callers_miss() -> None:
    for edge in EDGES:
        assert edge.to
        assert all(kind in NOUNS for kind in edge.to)
        assert edge.missed
        assert not edge.missed.endswith(".")
        assert edge.scope <= len(edge.noun.parents)
        assert not edge.part.within or edge.part.within in edge.noun.by_name
