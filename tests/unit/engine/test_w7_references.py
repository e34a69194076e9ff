# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is deleted that something else points at, and nothing is made that points at nothing: for every edge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.edges import BY_NUMBER, EDGES, Edge
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.files import HELLO
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

Args = dict[str, Any]

TIMES = {"timezone": "UTC", "conditions": [{"start_time": "20:00", "end_time": "23:00"}]}
# The extension that has the pointing object, by the noun of that.
HOLDER = {"queue": "200", "queue_agent": "200", "fax": "400", "conference": "500", "ivr": "300", "ivr_rule": "300"}
# The sections in which documents declare the nouns of an extension.
SECTIONS = {noun: section for section, noun in NOUNS["extension"].contains}
PHONE, GONE, NOWHERE = "102", "112", "199"
LEFT = r'(?:> |^)([^>"]+?)(?: "[^"]*")?: (\w+) (?:refers to|dials) the [^"]+ "%s", which would be deleted'

# The objects that others refer to, by noun: the name; the document that makes it; the task that deletes it, and the
# document without it.
SALES = {"extension": "300", "ivr_context": "sales"}
MAIN = {"name": "main", "options": [{"digits": "1"}]}
TARGETS: dict[str, tuple[str, Args, tuple[str, Args], Args]] = {
    "interval": (
        "Late",
        {},
        ("pbx_interval", {"extension": PHONE, "name": "Late"}),
        {"extensions": [{"number": PHONE, "intervals": []}]},
    ),
    "tenant_interval": (
        "Night",
        {"intervals": [{"name": "Night", **TIMES}]},
        ("pbx_tenant_interval", {"name": "Night"}),
        {"intervals": [], "purge": ["intervals"]},
    ),
    "tenant_sound": (
        "Bell",
        {"sounds": [{"title": "Bell", "file": HELLO}]},
        ("pbx_sound", {"title": "Bell"}),
        {"sounds": [{"title": "Welcome"}, {"title": "Hold music"}], "purge": ["sounds"]},
    ),
    "agent": (
        "101/Anna",
        {"extensions": [{"number": "101", "agents": [{"name": "Anna"}]}]},
        ("pbx_agent", {"extension": "101", "name": "Anna", "remove_from_queues": False}),
        {},
    ),
    "ivr_context": (
        "sales",
        {},
        ("pbx_ivr_context", {"extension": "300", "name": "sales"}),
        {"extensions": [{"number": "300", "ivr": {"contexts": [{"name": "main"}]}}], "purge": ["contexts"]},
    ),
    "ivr_option": (
        "2",
        {},
        ("pbx_ivr_option", {**SALES, "digits": "2"}),
        {
            "extensions": [
                {"number": "300", "ivr": {"contexts": [MAIN, {"name": "sales", "options": [{"digits": "1"}]}]}}
            ],
            "purge": ["options"],
        },
    ),
    "extension": (
        GONE,
        {},
        ("pbx_extension", {"number": GONE}),
        {
            "extensions": [
                {"number": str(number)} for number in (*range(101, 112), 200, 201, 300, 400, 500)
            ],
            "purge": ["extensions"],
        },
    ),
    "extension_group": (
        "Desks",
        {"extension_groups": [{"name": "Desks"}]},
        ("pbx_extension_group", {"name": "Desks"}),
        {"extension_groups": [], "purge": ["extension_groups"]},
    ),
    "dial_rule": (
        "^0 -> 00",
        {"dial_rules": [{"dial_rules": [{"match_exp": "^0", "repl_exp": "00"}]}]},
        ("pbx_dial_rule", {"dial_rules": [{"match_exp": "^0", "repl_exp": "00"}]}),
        {"dial_rules": [], "purge": ["dial_rules"]},
    ),
}  # fmt: skip
# The objects that have a target of their own within the same extension.
OWN: dict[str, Args] = {
    "interval": {"extensions": [{"number": n, "intervals": [{"name": "Late", **TIMES}]} for n in (PHONE, "300")]},
}


def sample(field: Field) -> Any:
    """Any value that a field can have."""
    if field.choices:
        return field.choices[0]
    if field.parts:
        return [{part.name: sample(part) for part in field.parts if part.required}]
    kinds = {"destination": "103", "destinations": "103", "url": "https://crm.example.com/", "pattern": "1"}
    known = {"int": 1, "bool": True, "digits": "1"}
    return (
        {"sound": "Welcome", "ivr_context": "main"}.get(field.refers_to)
        or kinds.get(field.kind)
        or known.get(field.type, "x")
    )


def pointing(edge: Edge, value: str) -> Args:
    """The fields of an object that points at something by an edge, and all that the object needs for it."""
    noun, field = edge.noun, edge.field
    given: Args = {field.name: value}
    if field.parts:
        given[field.name] = [{**sample(field)[0], edge.part.name: value}]
    if edge.part.within:
        given[edge.part.within] = "sales"
    controller, values = field.applies_with
    if controller:
        given[controller] = values[0]
    for variant, (needs, takes) in noun.variants.items():
        if field.name in needs + takes:
            given[noun.variant] = variant
            given = {**{name: sample(noun.by_name[name]) for name in needs}, **given}
            break
    else:
        given.update({noun.variant: "voicemail"} if noun.variant else {})
    if noun.ordered:
        return {"name": field.name, **given}
    needed = (
        {} if noun.singleton or not noun.parents else {one.name: sample(one) for one in noun.writable if one.required}
    )
    return {**needed, **given}


def in_documents(edge: Edge) -> bool:
    """Whether documents declare the object that points by an edge."""
    return edge.noun.name in SECTIONS or edge.noun.name == "ivr_rule" or not edge.noun.parents


def edges_to(kind: str) -> list[Edge]:
    """The edges that can lead to objects of a noun; agents of other tenants are in no document."""
    return [edge for edge in EDGES if kind in edge.to and not edge.part.unlisted]


def document(edges: list[Edge], value: str) -> Args:
    """A tenant in which something points at an object by each of the edges."""
    extensions: dict[str, Args] = {}
    rules: list[Args] = []
    did: Args = {}
    for edge in edges:
        noun = edge.noun
        fields = pointing(edge, value)
        if noun.name == "ivr_rule":
            rules.append(fields)
        elif noun.name == "did":
            did.update(name="74950000101", **fields)
        elif not noun.parents:
            extensions.setdefault(PHONE, {}).update(fields)
        elif noun.singleton:
            extensions.setdefault(HOLDER.get(noun.name, PHONE), {}).setdefault(noun.name, {}).update(fields)
        else:
            extensions.setdefault(HOLDER.get(noun.name, PHONE), {}).setdefault(SECTIONS[noun.name], []).append(fields)
    menus = {
        "contexts": [
            {"name": "main", "options": [{"digits": "1", "rules": rules}, {"digits": "2"}]},
            {"name": "sales", "options": [{"digits": "1"}, {"digits": "2"}]},
        ]
    }
    extensions.setdefault("300", {})["ivr"] = {**extensions.get("300", {}).get("ivr", {}), **menus}
    merged = [{"number": number, **sections} for number, sections in extensions.items()]
    return {"extensions": merged, **({"dids": [did]} if did else {})}


def made(pbx: Emulator, module: str, args: Args) -> Args:
    result = call(pbx, module, args)
    assert not result.get("failed"), result["msg"]
    return result


def pointed_at(pbx: Emulator, kind: str) -> tuple[list[Edge], str]:
    """Have something point at an object of a noun by every edge. Gives the edges, and the object's name."""
    name, needed = TARGETS[kind][:2]
    for before in (needed, OWN.get(kind, {})):
        made(pbx, "pbx_tenant", before)
    edges = edges_to(kind)
    made(pbx, "pbx_tenant", document([edge for edge in edges if in_documents(edge)], name))
    for dummy, module, args in singly([edge for edge in edges if not in_documents(edge)], name):
        made(pbx, module, args)
    pbx.clear_log()
    return edges, name


def refused(result: Args, name: str) -> set[tuple[str, str]]:
    """The objects, by their titles, and the fields that a refusal is about."""
    return set(re.findall(LEFT % re.escape(name), result.get("msg", ""), re.MULTILINE))


def meant(edges: list[Edge]) -> set[tuple[str, str]]:
    return {(edge.noun.title, edge.field.name) for edge in edges}


KINDS = sorted({kind for edge in EDGES for kind in edge.to if NOUNS[kind].deletable and NOUNS[kind].writable})


def test_every_kind_that_is_pointed_at_is_tried() -> None:
    assert sorted(TARGETS) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_w7_what_is_pointed_at_stays(pbx: Emulator, kind: str) -> None:
    edges, name = pointed_at(pbx, kind)
    module, args = TARGETS[kind][2]
    # Two menus have this option: a jump refers to that of another menu, and other rules to that of their own.
    elsewhere = [edge for edge in edges if edge.to == ("ivr_option",) and not edge.part.within]
    single = [edge for edge in edges if edge not in elsewhere]
    if kind == "interval":
        single = [edge for edge in edges if edge.noun.name != "ivr_rule"]
    for check in (True, False):
        assert refused(call(pbx, module, {**args, "state": "absent"}, check=check), name) == meant(single)
    for edge in elsewhere:
        result = call(pbx, module, {**args, "ivr_context": "main", "state": "absent"})
        assert refused(result, name) == meant([edge])
    purge = TARGETS[kind][3]
    if purge:
        whole = {**purge, "max_delete_share": 100}
        assert refused(call(pbx, "pbx_tenant", whole), name) == meant(single + elsewhere)
    assert pbx.writes() == []
    call(pbx, module, {**args, "state": "absent", "check_references": False})
    assert len(pbx.writes()) == 1


def test_w7_an_agent_that_is_deleted_leaves_its_queues(pbx: Emulator) -> None:
    pointed_at(pbx, "agent")
    result = call(pbx, "pbx_agent", {"extension": "101", "name": "Anna", "state": "absent"})
    assert result["changed"], result


@pytest.mark.parametrize("module", ["pbx_extension", "pbx_tenant"])
def test_w7_an_extension_stays_whose_agent_serves_a_queue(pbx: Emulator, module: str) -> None:
    pointed_at(pbx, "agent")
    kept = [{"number": str(number)} for number in (*range(102, 113), 200, 201, 300, 400, 500)]
    args = {"extensions": kept, "purge": ["extensions"]} if module == "pbx_tenant" else {"number": "101"}
    state = {"state": "absent"} if module == "pbx_extension" else {}
    result = call(pbx, module, {**args, **state})
    assert 'extension "200" > queue agent "101/Anna": agent lives in the extension "101"' in result["msg"]
    assert pbx.writes() == []


def singly(edges: list[Edge], value: str) -> Iterator[tuple[Edge, str, Args]]:
    """For each edge the task of a module that makes an object point at something by it."""
    for edge in edges:
        noun: Noun = edge.noun
        if noun.name == "queue_agent_remote":
            continue
        fields = pointing(edge, value)
        if noun.name == "did":
            yield edge, "pbx_did", {"name": "74950000101", **fields}
        elif not noun.parents:
            yield edge, f"pbx_{noun.name}", {"number": PHONE, **fields}
        else:
            place = {"extension": HOLDER.get(noun.name, PHONE)}
            if noun.name == "ivr_rule":
                place.update(ivr_context="main", option_digits="1")
            yield edge, f"pbx_{noun.name}", {**place, **fields}


def nothing(edge: Edge) -> str:
    """A value of such a field that refers to nothing on the PBX."""
    if edge.by == BY_NUMBER:
        return "74959999999" if edge.to == ("did",) else NOWHERE
    return "9" if edge.to == ("ivr_option",) else "Nobody"


def said(edge: Edge, result: Args) -> str:
    """The message about the field: a number of nobody only causes a warning, since people outside may have it."""
    warned = edge.by == BY_NUMBER and edge.part.kind != "own_number"
    assert bool(result.get("failed")) is not warned, (edge.noun.name, edge.field.name, result)
    return "\n".join(result["warnings"]) if warned else result["msg"]


def test_w7_nothing_is_made_that_points_at_nothing(pbx: Emulator, tmp_path: Path) -> None:
    made(pbx, "pbx_tenant", document([], ""))
    for edge in EDGES:
        for dummy, module, args in singly([edge], nothing(edge)):
            for check in (True, False):
                result = call(pbx, module, args, check, str(tmp_path))
                if edge.part.kind == "did":
                    # Nothing is read only for the sake of a warning.
                    assert (result["changed"], result["warnings"]) == (True, [])
                    continue
                text = said(edge, result)
                assert edge.field.name in text, (module, args, text)
                assert nothing(edge) in text, (module, args, text)


def test_w7_no_document_points_at_nothing(pbx: Emulator, tmp_path: Path) -> None:
    made(pbx, "pbx_tenant", document([], ""))
    for edge in EDGES:
        if in_documents(edge) and not edge.part.unlisted:
            whole = {"dids": [], **document([edge], nothing(edge))}
            text = said(edge, call(pbx, "pbx_tenant", whole, check=True, memory=str(tmp_path)))
            assert re.search(rf"{edge.field.name}.*{nothing(edge)}", text), (edge.noun.name, edge.field.name, text)
