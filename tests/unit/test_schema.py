# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""docs/schema: an editor accepts the same documents as the modules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from ansible_collections.telops.pbx.plugins.module_utils._entry.variables import INVENTORY, KNOWN
from ansible_collections.telops.pbx.plugins.module_utils._model.document import PLACEHOLDER, TENANT, parse, sections_of
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.mistakes import CLINIC, RIGHT, TOLERATED, WRONG
from tests.tools.document_schema import CHECKS, PREFIX, TENANT_FILE
from tests.tools.module_words import constant, documentation
from tests.tools.schema import wanted
from tests.tools.tree import ROOT, known_files

# `make lint` compares the files in docs/schema with these.
SCHEMAS = {name: json.loads(text) for name, text in wanted().items()}
REGISTRY: Any = Registry().with_resources((name, Resource.from_contents(one)) for name, one in SCHEMAS.items())
DOCUMENT, VARIABLES = (Draft202012Validator(schema, registry=REGISTRY) for schema in SCHEMAS.values())

# Errors that no schema can express.
BEYOND = re.compile(
    r"the same .* stands at|which is after|is a date(time)?, where text|is no time zone|is no regular|it goes from|"
    r"it starts at|: file \".*\" is not|nothing has this id"
)


def accepts(validator: Draft202012Validator, document: Any) -> bool:
    return bool(validator.is_valid(json.loads(json.dumps(document, default=str))))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_check_of_a_noun_is_considered() -> None:
    assert {check for noun in NOUNS.values() for check in noun.checks} == set(CHECKS)


def test_what_can_be_declared_is_explained() -> None:
    """In the words of the module that sets it. tests/unit/test_module_docs.py reports options without a description."""
    bare = {
        f"{name}.{key}"
        for name, noun in SCHEMAS[TENANT_FILE]["$defs"].items()
        for key, one in noun.get("properties", {}).items()
        if name in NOUNS
        and key in documentation(f"{PREFIX}{name.removeprefix('tenant_')}")
        and not one.get("description")
    }
    assert bare == set()


@pytest.mark.parametrize("text", RIGHT)
def test_right_documents(text: str) -> None:
    assert accepts(DOCUMENT, yaml.safe_load(text))


@pytest.mark.parametrize("text", TOLERATED)
def test_documents_that_are_right_by_courtesy(text: str) -> None:
    assert not accepts(DOCUMENT, yaml.safe_load(text))


@pytest.mark.parametrize(("text", "sentence"), WRONG.items())
def test_wrong_documents(text: str, sentence: str) -> None:
    assert accepts(DOCUMENT, yaml.safe_load(text)) == bool(BEYOND.search(sentence))


def files_of_variables() -> Iterator[Any]:
    """Every file of the repository that declares a part of a tenant for a host."""
    declares = re.compile(f"^{PREFIX}({'|'.join(name for name, dummy in TENANT.contains)}):", re.MULTILINE)
    for name in known_files():
        if name.endswith((".yml", ".yaml")):
            text = (ROOT / name).read_text(encoding="utf-8")
            if declares.search(text):
                yield pytest.param(yaml.safe_load(text), id=name)


@pytest.mark.parametrize("variables", [*files_of_variables()])
def test_the_variables_of_the_repository(variables: Any) -> None:
    """Both files take them as they stand, with other variables and templates."""
    for validator in (DOCUMENT, VARIABLES):
        assert [error.message for error in validator.iter_errors(json.loads(json.dumps(variables, default=str)))] == []


def examples() -> Iterator[Any]:
    """The declarations of a tenant in the examples of modules and in the pages of the documentation."""
    sections = [name for name, dummy in TENANT.contains]
    texts = re.findall(
        r"^```yaml\n(.*?)^```", (ROOT / "docs" / "tenant.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    texts.append(constant(ROOT / "plugins" / "modules" / "pbx_tenant.py", "EXAMPLES"))
    for text in texts:
        found = yaml.safe_load(text)
        for one in found if isinstance(found, list) else [found or {}]:
            document = one.get("telops.pbx.pbx_tenant", one)
            if any(name.removeprefix(PREFIX) in sections for name in document):
                yield {name: value for name, value in document.items() if name.removeprefix(PREFIX) in sections}


@pytest.mark.parametrize("document", [*examples()])
def test_examples(document: Any) -> None:
    wrong = parse({name.removeprefix(PREFIX): value for name, value in document.items()})[1]
    assert [sentence for sentence in wrong if not BEYOND.search(sentence)] == []
    assert [error.message for error in DOCUMENT.iter_errors(json.loads(json.dumps(document, default=str)))] == []


def test_the_clinic_as_a_document() -> None:
    assert accepts(DOCUMENT, CLINIC)


def test_variables_are_judged_as_the_document_is() -> None:
    wrong = {"number": "101", "lable": "Anna"}
    for validator in (DOCUMENT, VARIABLES):
        assert accepts(validator, {"pbx_extensions": [{"number": "101"}], "other": 1, "ansible_host": "x"})
        assert not accepts(validator, {"pbx_extensions": [wrong], "other": 1})
    assert accepts(VARIABLES, {"other": 1})
    assert not accepts(DOCUMENT, {"other": 1})


def test_v4_guards_and_the_connection_are_known_and_nothing_else() -> None:
    names = SCHEMAS[TENANT_FILE]["$defs"]["variables"]["properties"]
    # Nobody writes the notes of a playbook, or the variables of the inventory plugin, into a file.
    unwritten = {
        f"{PREFIX}{name}" for name in ("exported", "failure", "batch_failed", "not_begun", "shown_plan", *INVENTORY)
    } - {"pbx_dids"}
    unsaid = sorted(KNOWN - names.keys() - unwritten)
    assert not unsaid, f"describe in PLAYBOOKS of tests/tools/settings.py: {', '.join(unsaid)}"
    assert not unwritten & names.keys()
    assert names.keys() <= KNOWN
    assert [name for name, one in names.items() if not one.keys() & {"description", "$ref"}] == []
    for validator in (DOCUMENT, VARIABLES):
        for name in ("pbx_extenions", "pbx_protects", "pbx_exect_client_id", "pbx_api_urll", "pbx_", "pbx_hosts2"):
            assert not accepts(validator, {"pbx_extensions": [], name: []})


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("pbx_max_deletes", [0, "3", "{{ limit }}"], ["many", [], None]),
        ("pbx_protect", [["*Zoe*"], "{{ names }}", []], ["*", 1]),
        ("pbx_purge", [["agents"], "{{ all }}", ["{{ one }}"]], ["agents", ["phones"]]),
        ("pbx_live_traffic", ["allow", "{{ traffic }}"], ["yes", 1]),
        ("pbx_validate_certs", [True, "no", "{{ certs }}"], ["perhaps"]),
        ("pbx_api_timeout", [2.5, 30, "7"], [[]]),
        ("pbx_dialect", [{"scheme": "never"}, "{{ dialect }}"], [{"skeme": "never"}, {"scheme": "x"}, "never"]),
        ("pbx_ignored_variables", [["pbx_room"]], ["pbx_room"]),
        ("pbx_impact_limit", [{"hung_up": 0}, "{{ limit }}"], [{"hungup": 0}, 3]),
        (
            "pbx_intent",
            [[], [{"call": "1", "after": {"voicemail": "1"}}], {"timezone": "UTC", "changes": []}, "{{ intent }}"],
            [[{"call": "1"}], [{"call": "1", "after": {"voicemale": "1"}}], {"change": []}],
        ),
        (
            "pbx_call_tests",
            [
                [{"call": "101", "expect": {"answered": "101", "within": 5}}],
                {"calls": []},
                "{{ tests }}",
                [{"to": "1"}],
            ],
            [
                [{"expect": {}}],
                [{"call": 101}],
                [{"call": "1", "expect": {"answerd": "1"}}],
                {"kalls": []},
                [{"to": 1}],
            ],
        ),
        ("pbx_assumptions", [{"dnd": "busy", "ring_seconds": 20}, "{{ a }}"], [{"dnd": "x"}, {"x": 1}, "x", []]),
    ],
)
def test_v4_the_value_of_a_guard_is_judged(name: str, right: list[Any], wrong: list[Any]) -> None:
    assert [value for value in right if not accepts(VARIABLES, {name: value})] == []
    assert [value for value in wrong if accepts(VARIABLES, {name: value})] == []


@pytest.mark.parametrize(
    "document",
    [
        {"extensions": "{{ lookup('file', 'x') | from_yaml }}"},
        {"extensions": ["{{ reception }}", {"number": "{{ number }}", "type": "{% if x %}phone{% endif %}"}]},
        {"extensions": [{"number": "1", "phone": "{{ phone }}", "agents": "{{ agents }}", "ani": "{{ ani }}"}]},
        {"extensions": [{"number": "1", "phone": {"hangup_timeout": "{{ a }}", "vm_enabled": "{{ b }}"}}]},
        {"extensions": [{"number": "1", "incom_rules": [{"type": "{{ type }}", "cascade_numbers": "{{ numbers }}"}]}]},
        {"intervals": [{"name": "A", "conditions": "{{ closed }}"}]},
        {"intervals": [{"name": "A", "conditions": [{"start_time": "{{ a }}", "end_time": "{{ b }}"}]}]},
    ],
)
def test_templates_may_stand_anywhere(document: dict[str, Any]) -> None:
    assert accepts(DOCUMENT, document)
    assert accepts(VARIABLES, {f"{PREFIX}{name}": value for name, value in document.items()})


# No tolerated value is drawn here.
TEXT = st.one_of(st.text("ab 7*", min_size=1, max_size=4).filter(str.strip), st.integers(0, 999))
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "str": TEXT,
    "file": st.just("/nowhere/at/all.wav"),
    "digits": st.sampled_from(["1", "12", 3]),
    "short_number": st.sampled_from(["101", 102, "0001*103", "104@sip.example"]),
    "int": st.one_of(st.integers(1, 5), st.sampled_from(["7", " 8 ", "+9"])),
    "bool": st.sampled_from([True, False, "yes", "No", "ON", 0, 1]),
    "time": st.sampled_from(["08:00", "9:30:00"]),
    "date": st.just("2026-01-31"),
    "datetime": st.sampled_from(["2026-01-31 08:00:00", "2026-02-01T09:00"]),
}
JUNK = st.sampled_from(
    [None, "", [], {}, "x", "*", 7, 12, -1, 1.5, [None], [[]], [{}], {"a": 1}, "2026", "25:00", "a b", PLACEHOLDER]
)


def mostly(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any], chance: int = 12) -> st.SearchStrategy[Any]:
    return st.integers(1, chance).flatmap(lambda number: odd if number == chance else usual)


def values(field: Field) -> st.SearchStrategy[Any]:
    junk = JUNK | st.booleans() if field.type in ("bool", "list") or field.refers_to else JUNK
    return mostly(right_values(field), junk)


def right_values(field: Field) -> st.SearchStrategy[Any]:
    if field.name == "conditions":
        return st.lists(mostly(st.sampled_from(CONDITIONS), st.sampled_from(HALVES)), min_size=1, max_size=2)
    if field.parts:
        parts = st.fixed_dictionaries({part.name: SCALARS[part.type] for part in field.parts})
        return st.lists(mostly(parts, st.sampled_from([{}, {"x": 1}])), max_size=2)
    if field.type == "list":
        return st.lists(SCALARS[field.elements], max_size=2)
    if field.refers_to:
        return st.sampled_from(["Main", 5, "300"])
    if field.choices:
        return st.sampled_from(field.choices)
    return SCALARS[field.type]


CONDITIONS = [
    {"month": 7},
    {"start_dow": 6, "end_dow": 2, "start_time": "08:00", "end_time": "12:00:00"},
    {"start_mday": 1, "end_mday": 2, "month": 1},
    {"start_datetime": "2026-01-01 00:00:00", "end_datetime": "2026-01-02 00:00:00"},
    {"sched_start_date": "2026-01-01", "sched_active_days": 1, "sched_skip_days": 2},
]
HALVES = [
    {},
    {"month": 13},
    {"start_time": "08:00"},
    {"end_dow": 1},
    {"start_time": "12:00", "end_time": "08:00"},
    {"sched_active_days": 1},
    {"start_dow": 8, "end_dow": 9},
    {"week": 1},
]


@st.composite
def objects(draw: st.DrawFn, noun: Noun) -> Any:
    """An object that is right for the most part: its name, some of its fields, those that a rule needs, its
    sections."""
    fields = noun.by_name
    named = [*noun.key] if not noun.ordered else []
    others = [field.name for field in noun.writable]
    variant = draw(st.sampled_from([*noun.variants])) if noun.variants else ""
    if variant:
        needed, optional = noun.variants[variant]
        named += [noun.variant, *needed]
        parameters = {name for pair in noun.variants.values() for names in pair for name in names}
        others = [name for name in others if name not in parameters or name in optional]
    chosen = draw(st.lists(st.sampled_from(others), max_size=3)) if others else []
    found = {name: variant if name == noun.variant else draw(values(fields[name])) for name in [*named, *chosen]}
    if draw(st.integers(1, 15)) == 15:
        found.pop(draw(st.sampled_from(sorted(found))), None) if found else None
    if draw(st.integers(1, 15)) == 15:
        name = draw(st.sampled_from([field.name for field in noun.writable]))
        found[name] = draw(values(fields[name]))
    if draw(st.integers(1, 40)) == 40:
        found[draw(st.sampled_from(["lable", "id", "name", "agents", "queue"]))] = draw(JUNK)
    for field in noun.writable:
        if field.sent_as != field.name and field.name in found and draw(st.integers(1, 4)) == 4:
            found[field.sent_as] = found[field.name]
            if draw(st.integers(1, 9)) < 9:
                del found[field.name]
    kind = found.get("type") if noun.name == "extension" else None
    sections = sections_of(noun, kind if isinstance(kind, str) and kind in fields["type"].choices else None)
    for name, child in draw(st.lists(st.sampled_from(sections), max_size=2)) if sections else ():
        found[name] = draw(section(NOUNS[child]))
    return found


def section(noun: Noun) -> st.SearchStrategy[Any]:
    one = objects(noun)
    if not noun.singleton:
        return mostly(st.lists(one, max_size=2), JUNK)
    return mostly(one, JUNK) if len(noun.writable) > 1 else st.one_of(one, TEXT, st.none())


def homes(noun: Noun = TENANT, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way from the document to each of its sections."""
    for name, kind in noun.contains:
        yield (*path, name)
        yield from homes(NOUNS[kind], (*path, name))


def inside(path: tuple[str, ...], value: Any, noun: Noun = TENANT) -> dict[str, Any]:
    """A document with something in one section, and nothing else but the names on the way there."""
    name, *rest = path
    child = NOUNS[dict(noun.contains)[name]]
    if not rest:
        return {name: value}
    named = dict.fromkeys(child.key, "1")
    deeper = {**named, **inside(tuple(rest), value, child)}
    return {name: deeper if child.singleton else [deeper]}


def disagreement(document: Any) -> str:
    """The disagreement between the parser and the schema about a document, or an empty text.

    Errors that no schema can express, or only for some spellings, do not count.
    """
    wrong = parse(document)[1]
    errors = [f"{error.json_path}: {error.message}" for error in DOCUMENT.iter_errors(document)]
    certain = [sentence for sentence in wrong if not BEYOND.search(sentence)]
    return f"{document}: {wrong}, {errors}" if (errors and not wrong) or (certain and not errors) else ""


@pytest.mark.parametrize("path", [*homes()], ids=".".join)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_editor_and_module_agree_on_a_section(path: tuple[str, ...], data: st.DataObject) -> None:
    kind = TENANT
    for name in path:
        kind = NOUNS[dict(kind.contains)[name]]
    assert disagreement(inside(path, data.draw(section(kind)))) == ""


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries({}, optional={name: section(NOUNS[kind]) for name, kind in TENANT.contains}))
def test_editor_and_module_agree_on_a_document(document: Any) -> None:
    assert disagreement(document) == ""
