# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of the modules, compared with their behaviour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

# The nouns need no Ansible, the modules' documentation is made of fragments that only Ansible puts together.
pytest.importorskip("ansible")

from ansible.plugins.loader import fragment_loader
from ansible.utils.plugin_docs import get_docstring

from ansible_collections.telops.pbx.plugins.module_utils._engine.read.named import name_keys
from ansible_collections.telops.pbx.plugins.module_utils._entry import CONNECTION, CREDENTIALS
from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import NounBinding
from ansible_collections.telops.pbx.plugins.module_utils._entry.documents import inside
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE
from ansible_collections.telops.pbx.plugins.module_utils._entry.specs import READ_ONLY
from ansible_collections.telops.pbx.plugins.module_utils._entry.tenant import Whole
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.kind import Kind
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._model.operation import Operation
from tests.tools.docs_sync import WITHIN
from tests.tools.field_texts import schemas

FOLDER = Path(__file__).parents[2] / "plugins" / "modules"
EACH = pytest.mark.parametrize("module", MODULES)

PACKAGE = "ansible_collections.telops.pbx.plugins.module_utils._entry"
IMPORTS = {
    "MODULES": f"modules import MODULES\nfrom {PACKAGE}.run import run_module",
    "SINGLE": f"run import run_module\nfrom {PACKAGE}.single import SINGLE",
}
CODE = """
from ansible_collections.telops.pbx.plugins.module_utils._entry.{imports}


def main() -> None:
    run_module({modules}["{module}"])


if __name__ == "__main__":
    main()
"""

# Nouns that are returned within something else: the module, the return value around, and the noun.
INSIDE = [(module, path, noun) for module, paths in WITHIN.items() for path, noun in paths.items()]

# The keys that a task may have beside the module: the keywords of a task and of a block that examples use.
KEYWORDS = {"name", "register", "loop", "loop_control", "when", "vars", "until", "retries", "delay"}
BUILTIN = "ansible.builtin."
OURS = "telops.pbx."

# A number is a time if its name says so; wait_time and the like are among them.
IS_TIME = re.compile(r"(time|timeout|delay|frequency|second)$")


@cache
def documentation(module: str) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """The documentation with its fragments, the examples as text, and the return values."""
    doc, examples, returned, _metadata = get_docstring(
        str(FOLDER / f"{module}.py"), fragment_loader, collection_name="telops.pbx", plugin_type="module"
    )
    return doc, examples, returned


def spec_of(module: str) -> dict[str, Any]:
    return MODULES[module].argument_spec()["argument_spec"]


def sentences(text: str | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else text


def described(where: str, items: dict[str, Any], nested: str) -> Iterator[tuple[str, list[str]]]:
    """Every option or return value with its description, however deep."""
    for name, item in items.items():
        yield f"{where}{name}", sentences(item["description"])
        yield from described(f"{where}{name}.", item.get(nested) or {}, nested)


def facts(item: dict[str, Any], nested: str) -> dict[str, Any]:
    """The facts that documentation and argument spec both give about an option."""
    return {
        "type": item.get("type", "str"),
        "elements": item.get("elements"),
        "required": item.get("required", False),
        "default": item.get("default"),
        "choices": item.get("choices"),
        "aliases": item.get("aliases", []),
        "options": {name: facts(part, nested) for name, part in (item.get(nested) or {}).items()},
    }


def tasks(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for task in found:
        if "block" in task:
            yield from tasks(task["block"])
        else:
            yield task


def documented_fields(module: str) -> Iterator[tuple[Field, dict[str, Any]]]:
    """The fields of a module's noun and of the list inside of it, each with its documentation."""
    binding, options = MODULES[module], documentation(module)[0]["options"]
    if isinstance(binding, NounBinding) and binding.declares:
        yield from ((field, options[field.name]) for field in binding.noun.writable if field.name in options)
    if "rules" in options and "suboptions" in options["rules"]:
        rule = MODULES["pbx_ivr_rule"].noun
        rules = options["rules"]["suboptions"]
        yield from ((field, rules[field.name]) for field in rule.writable if field.name in rules)


def test_every_module_has_its_file() -> None:
    assert sorted(path.stem for path in FOLDER.glob("pbx_*.py")) == sorted(MODULES)


@EACH
def test_a_module_is_its_documentation_and_one_call(module: str) -> None:
    source = (FOLDER / f"{module}.py").read_text(encoding="utf-8")
    modules = "SINGLE" if module in SINGLE else "MODULES"
    code = CODE.format(module=module, modules=modules, imports=IMPORTS[modules])
    assert source.endswith('"""\n' + code)


def undescribed(where: str, spec: dict[str, Any], documented: dict[str, Any]) -> Iterator[str]:
    """Each option that has no documentation, however deep."""
    for name, option in spec.items():
        if name not in documented:
            yield f"{where}{name}"
        else:
            yield from undescribed(
                f"{where}{name}.", option.get("options") or {}, documented[name].get("suboptions") or {}
            )


def without_text(kind: Kind) -> set[str]:
    """The fields that the API has without a text; tests/contract/test_openapi_document.py reports them."""
    known, found = schemas(kind), set()
    for field in kind.fields:
        texts = [known[name].get("description") for name in (field.answered_as, field.sent_as) if name in known]
        if texts and not any(texts):
            found |= {field.name, field.answered_as}
    return found


def test_every_option_and_every_return_value_has_a_description() -> None:
    """The other tests look at documented options only, so that a missing description is reported here and once."""
    missing = []
    for module, binding in MODULES.items():
        doc, dummy, returned = documentation(module)
        told = without_text(binding.noun) if isinstance(binding, NounBinding) else set()
        missing += [
            f"{module}: {name}" for name in undescribed("", spec_of(module), doc["options"]) if name not in told
        ]
        if isinstance(binding, NounBinding):
            contains = returned[binding.returned]["contains"]
            missing += [f"{module} returns {name}" for name in sorted(answered(module, binding) - {*contains, *told})]
    for module, path, noun in INSIDE:
        missing += [f"{module} returns {path}.{name}" for name in inner_answered(noun) - inner_returned(module, path)]
    assert not missing, f"run `make docs-sync`, or describe options that are no fields by hand: {', '.join(missing)}"


@EACH
def test_the_options_are_those_of_the_argument_spec(module: str) -> None:
    documented = {name: facts(option, "suboptions") for name, option in documentation(module)[0]["options"].items()}
    spec = {name: facts(option, "options") for name, option in spec_of(module).items()}
    assert documented == only(spec, documented)


def only(spec: dict[str, Any], documented: dict[str, Any]) -> dict[str, Any]:
    """The facts about the options that are documented. The fields that can be cleared are options too."""
    found = {
        name: {**one, "options": only(one["options"], documented[name]["options"])}
        for name, one in spec.items()
        if name in documented
    }
    if "unset" in found:
        found["unset"]["choices"] = [one for one in found["unset"]["choices"] if one in documented]
    return found


@EACH
def test_descriptions_are_sentences(module: str) -> None:
    doc, _examples, returned = documentation(module)
    found = [("description", sentences(doc["description"])), ("notes", doc.get("notes", []))]
    found += described("options ", doc["options"], "suboptions")
    found += described("returned ", returned, "contains")
    found += [("seealso", [other["description"]]) for other in doc["seealso"]]
    wrong = [f"{where}: {text}" for where, texts in found for text in texts if not re.match(r"[A-Z].*\.$", text)]
    assert wrong == []
    assert not doc["short_description"].endswith(".")


@EACH
def test_times_have_a_unit(module: str) -> None:
    numbers = [(f, o) for f, o in documented_fields(module) if f.type == "int" and IS_TIME.search(f.name)]
    texts = {field.name: " ".join(sentences(option["description"])) for field, option in numbers}
    assert [name for name, text in texts.items() if not re.search(r"\bin (milli)?seconds\b|\bunit\b", text)] == []


@EACH
def test_references_say_what_they_take(module: str) -> None:
    references = {f.name: " ".join(sentences(o["description"])) for f, o in documented_fields(module) if f.refers_to}
    assert [n for n, text in references.items() if not re.search(r"\b(title|name|number)\b.*\bits id\b", text)] == []


@EACH
def test_connection_options_name_their_environment_variable(module: str) -> None:
    for name, spec in CONNECTION.items():
        text = " ".join(sentences(documentation(module)[0]["options"][name]["description"]))
        variables = [CREDENTIALS[name]] if name in CREDENTIALS else spec.get("fallback", (None, []))[1]
        if name == "read_only":
            # No fallback: the variable holds beside the option.
            variables = [READ_ONLY]
        assert re.findall(r"E\((\w+)\)", text) == variables, name


@EACH
def test_return_values_are_those_of_the_noun(module: str) -> None:
    binding, returned = MODULES[module], documentation(module)[2]
    always = {"plan", "diff", "requests"} if binding.writes else {"requests"}
    assert set(returned) == {binding.returned, *binding.beside} | always
    if not isinstance(binding, NounBinding):
        return
    contains = set(returned[binding.returned]["contains"])
    assert contains <= answered(module, binding)


def answered(module: str, binding: NounBinding[Any]) -> set[str]:
    """The names of all that a module returns of its noun."""
    noun = binding.noun
    found = {f.answered_as for f in noun.fields if not (f.secret or f.write_only)}
    found |= {binding.program[0]} if binding.program else set()
    found |= {f.name for f in noun.fields if f.type == "short_number"}
    found |= set(getattr(binding, "inside", ()))
    found |= set(noun.shows) if isinstance(noun, Operation) else set()
    return found | (set(name_keys(noun)) if module.endswith("_info") else set())


@pytest.mark.parametrize("module", [name for name, binding in MODULES.items() if isinstance(binding, Whole)])
def test_a_document_is_described_down_to_its_fields(module: str) -> None:
    """Each field by its name, or all of a section by the module that has them as options."""
    binding, options = MODULES[module], documentation(module)[0]["options"]
    for section, noun in inside(binding.noun, binding.only, deep=False):
        text = " ".join(sentences(options[section]["description"]))
        inner = [(section, noun), *inside(noun)]
        modules = {
            one.name: one.name if f"pbx_{one.name}" in MODULES else one.name.removeprefix("tenant_")
            for dummy, one in inner
        }
        elsewhere = {name for name, module in modules.items() if f"M(telops.pbx.pbx_{module})" in text}
        elsewhere |= {one.program[1] for dummy, one in inner if one.program and one.name in elsewhere}
        for name, one in inner:
            # A noun with only one field is written as the value of that field.
            fields = [f.name for f in one.writable if one.name not in elsewhere and len(one.writable) > 1]
            missing = [word for word in (name, *fields) if f"C({word})" not in text and word != section]
            assert missing == [], name


@pytest.mark.parametrize(("module", "path", "noun"), INSIDE)
def test_what_is_returned_inside_is_of_the_noun(module: str, path: str, noun: Noun) -> None:
    assert inner_returned(module, path) <= inner_answered(noun)


def inner_returned(module: str, path: str) -> set[str]:
    """The return values that are documented below another one."""
    item: dict[str, Any] = {"contains": documentation(module)[2]}
    for name in path.split("."):
        item = item["contains"][name]
    return set(item["contains"])


def inner_answered(noun: Noun) -> set[str]:
    """The return values that are fields, names and sections of a noun."""
    sections = {section for section, _kind in noun.contains}
    names = set(name_keys(noun)) if noun.name in NOUNS else set()
    return {f.answered_as for f in noun.fields} | sections | names


@EACH
def test_the_parts_of_returned_lists_are_documented(module: str) -> None:
    binding, returned = MODULES[module], documentation(module)[2]
    if not isinstance(binding, NounBinding) or binding.writes:
        return
    for field in binding.noun.fields:
        if field.parts and not field.write_only:
            documented = returned[binding.returned]["contains"][field.answered_as]["contains"]
            assert set(documented) == {part.answered_as for part in field.parts}, field.name


@EACH
def test_examples_name_existing_modules_and_options(module: str) -> None:
    examples = yaml.safe_load(documentation(module)[1])
    own = 0
    for task in tasks(examples):
        (action,) = set(task) - KEYWORDS
        assert task["name"][0].isupper(), task
        if action.startswith(BUILTIN):
            continue
        assert action.startswith(OURS), action
        own += action == OURS + module
        check_options(task[action] or {}, spec_of(action.removeprefix(OURS)), task["name"])
    assert own


def check_options(given: dict[str, Any], spec: dict[str, Any], where: str) -> None:
    names = {alias: option for name, option in spec.items() for alias in (name, *option.get("aliases", []))}
    assert set(given) - set(names) == set(), where
    for name, value in given.items():
        option = names[name]
        for element in value if isinstance(value, list) else [value]:
            if "{{" in str(element) and not isinstance(element, dict):
                continue
            if "options" in option:
                check_options(element, option["options"], f"{where}: {name}")
            elif "choices" in option:
                assert element in option["choices"], f"{where}: {name}"


def test_a_rule_reads_the_same_in_both_modules() -> None:
    """The rules of an option and the single rule are one noun, but YAML cannot share text between the two places."""
    whole = documentation("pbx_ivr_option")[0]["options"]["rules"]["suboptions"]
    single = documentation("pbx_ivr_rule")[0]["options"]
    for field in MODULES["pbx_ivr_rule"].noun.writable:
        if field.name not in whole or field.name not in single:
            continue
        texts = [text.replace("O(rules[].", "O(") for text in sentences(whole[field.name]["description"])]
        if field.name not in ("name", "action"):
            assert texts == sentences(single[field.name]["description"]), field.name
