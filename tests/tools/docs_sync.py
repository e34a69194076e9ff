# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make docs-sync``: writes the documentation that follows from the API description and from the declarations.

In each module, these are the return values, stubs of options that the argument spec has and the documentation lacks,
and options that another module describes. The argument specs of roles, the schemas for editors, the coverage page and
the files of ``make runtime`` follow from those.

A person writes the rest: the description of the returned object, samples, and ``returned``.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from tests.tools import role_specs
from tests.tools.field_texts import Schema, described, parts_of, schemas
from tests.tools.layout import laid_out
from tests.tools.module_words import documentation
from tests.tools.tree import ROOT

from ansible_collections.telops.pbx.plugins.module_utils._engine.read.named import name_keys  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import Binding, NounBinding  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.kind import Kind  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.operation import Operation  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.readings import READINGS  # isort: skip

Part = dict[str, Any]

FOLDER = ROOT / "plugins" / "modules"
RESULTS = Path(__file__).parent / "results.yml"
# Their diff is about files, not about objects.
_OWN_DIFF = {"pbx_tenant_info"}
# The fields of nouns that modules return within other values.
WITHIN: dict[str, dict[str, Kind]] = {
    "pbx_ivr_scheme_info": {
        "ivr_scheme.contexts": NOUNS["ivr_context"],
        "ivr_scheme.contexts.options": NOUNS["ivr_option"],
        "ivr_scheme.contexts.options.rules": NOUNS["ivr_rule"],
    },
    "pbx_queue_status_info": {
        "queue_status.agents": READINGS["queue_status_agent"],
        "queue_status.members": READINGS["queue_status_member"],
    },
    "pbx_record_info": {"stats": READINGS["record_stats"]},
}
# Options that another module describes, with that module and the name of the option there.
COPIED: dict[str, dict[str, tuple[str, str]]] = {
    "pbx_flow_check": {"accept": ("pbx_tenant", "flow_accept")},
    "pbx_flow_impact": {"impact_limit": ("pbx_tenant", "impact_limit")},
    "pbx_tenant_interval": {name: ("pbx_interval", name) for name in ("name", "timezone", "conditions")},
    "pbx_ivr_rule": {
        name: ("pbx_incom_rule", name) for name in ("name", "interval", "call_status", "caller_id_action", "caller_id")
    },
}
_OTHERS = ("tests.tools.runtime", "tests.tools.schema", "tests.tools.api_coverage")
_SPELLED = ("type", "elements", "required", "choices", "aliases", "default")
_TYPES = ("int", "bool", "list")


@cache
def _shared() -> Part:
    shared: Part = yaml.safe_load(RESULTS.read_text(encoding="utf-8"))
    return shared


def _contains(fields: Iterable[Field], known: Mapping[str, Schema], written: Part, when: str) -> Part:
    """The return values that are fields, each with its text, and with whatever else was written about it."""
    found: Part = {}
    for field in fields:
        if field.secret or field.write_only:
            continue
        name = field.answered_as
        before = written.get(name, {})
        text = described(field, known)
        choices = [choice for choice in field.choices if choice not in text]
        found[name] = {
            "description": [text, f"One of {_listed(field.choices)}."] if choices else text,
            "type": before.get("type", field.type if field.type in _TYPES else "str"),
        }
        if found[name]["type"] == "list":
            found[name]["elements"] = before.get("elements", "dict" if field.parts else field.elements or "str")
        found[name]["returned"] = before.get("returned", when)
        if field.parts:
            inner = before.get("contains", {})
            found[name]["contains"] = _contains(field.parts, parts_of(field, known), inner, when)
        if "sample" in before:
            found[name]["sample"] = before["sample"]
    return found


def _listed(choices: Iterable[str]) -> str:
    *most, last = (f"V({choice})" for choice in choices)
    return f"{', '.join(most)} or {last}" if most else last


def _names(binding: NounBinding[Any], written: Part, when: str) -> Part:
    """The names that an info module returns beside ids."""
    return {
        key: {
            "description": f"{'Number' if key == 'extension' else 'Name'} of the "
            f"{NOUNS[field.refers_to].title if field.refers_to else 'extension'} with the id in "
            f"C({field.answered_as}), or null where the id refers to nothing.",
            "type": "str",
            "returned": written.get(key, {}).get("returned", when),
        }
        for key, field in name_keys(binding.noun).items()
    }


def _holds_fields(binding: Binding) -> bool:
    """Whether a module returns the fields of its noun. An operation returns the answer of another path."""
    return isinstance(binding, NounBinding) and not isinstance(binding.noun, Operation)


def returned(module: str, binding: Binding, written: Part) -> Part:
    """The return values of a module, made of those that are written and of all that is known."""
    done = dict(written)
    if _holds_fields(binding) and binding.returned in written:
        assert isinstance(binding, NounBinding)
        found = dict(written[binding.returned])
        before: Part = found.get("contains", {})
        when = next((one["returned"] for one in before.values() if "returned" in one), "success")
        fields = _contains(binding.noun.fields, schemas(binding.noun), before, when)
        if not binding.writes:
            fields.update(_names(binding, before, when))
        found["contains"] = dict(sorted({**before, **fields}.items()))
        done[binding.returned] = found
    for around, noun in WITHIN.get(module, {}).items():
        done = _with_fields(done, around.split("."), noun)
    shared = _shared()
    if binding.writes and module not in _OWN_DIFF:
        kind = "operating" if isinstance(getattr(binding, "noun", None), Operation) else "changing"
        for name, part in shared[kind].items():
            if name in written:
                done[name] = {**part, **{key: written[name][key] for key in ("sample",) if key in written[name]}}
    done["requests"] = {**shared["requests"], "sample": written.get("requests", {}).get("sample", {"GET": 2})}
    return done


def _with_fields(written: Part, path: list[str], noun: Kind) -> Part:
    """Return values with the fields of a noun below one of them."""
    name, *rest = path
    part = written[name]
    before: Part = part["contains"]
    if rest:
        inner = _with_fields(before, rest, noun)
    else:
        when = next((one["returned"] for one in before.values() if "returned" in one), "success")
        fields = _contains(noun.fields, schemas(noun), before, when)
        inner = dict(sorted({**before, **fields}.items()))
    return {**written, name: {**part, "contains": inner}}


def _with_stubs(doc: Part, binding: Binding, known: Mapping[str, Schema]) -> bool:
    """Add the options that the documentation lacks, in the order of the fields, and the fields that can be cleared.

    Returns whether that changes anything.
    """
    if not isinstance(binding, NounBinding) or not binding.declares:
        return False
    spec, changed, before = binding.argument_spec()["argument_spec"], False, ""
    for field in binding.noun.writable:
        if field.name in spec and field.name not in doc["options"] and field.name not in _in_fragments(doc):
            facts = {key: spec[field.name][key] for key in _SPELLED if key in spec[field.name]}
            stub = {field.name: {"description": [described(field, known)], **facts}}
            names = list(doc["options"])
            at = names.index(before) + 1 if before in names else len(names)
            doc["options"] = {
                **{name: doc["options"][name] for name in names[:at]},
                **stub,
                **{name: doc["options"][name] for name in names[at:]},
            }
            changed = True
        before = field.name
    cleared = doc["options"].get("unset", {})
    if cleared and set(cleared["choices"]) != set(spec["unset"]["choices"]):
        cleared["choices"] = list(spec["unset"]["choices"])
        changed = True
    return changed


def _with_rules(doc: Part, binding: Binding) -> bool:
    """Describe the rules of a program as the module of one rule does; return whether that changes anything."""
    if not isinstance(binding, NounBinding) or not binding.program:
        return False
    section, kind = binding.program
    spec = binding.argument_spec()["argument_spec"][section]["options"]
    single, rules = documentation(f"pbx_{kind}"), doc["options"][section]["suboptions"]
    before = dict(rules)
    for field in NOUNS[kind].writable:
        # A rule of a list is found by its values, and has to have an action.
        if field.name not in ("name", NOUNS[kind].variant) and field.name in single:
            kept = {key: spec[field.name][key] for key in _SPELLED if key in spec[field.name]}
            parts = {key: single[field.name][key] for key in ("suboptions",) if key in single[field.name]}
            rules[field.name] = _inside(section, {"description": single[field.name]["description"], **kept, **parts})
    return bool(rules != before)


def _with_copies(doc: Part) -> bool:
    """Describe options as the other module does; return whether that changes anything."""
    changed = False
    for name, (module, other) in COPIED.get(doc["module"], {}).items():
        option, said = doc["options"][name], documentation(module)[other]
        words = {key: said[key] for key in ("description", "suboptions") if key in said}
        changed = changed or not option.items() >= words.items()
        option.update(words)
    return changed


def _inside(section: str, part: Any) -> Any:
    """The same with the names of options as they are within a section."""
    if isinstance(part, str):
        return re.sub(r"\bO\((?=\w+(?:\[\]|\.|=|\)))", f"O({section}[].", part)
    if isinstance(part, dict):
        return {name: _inside(section, one) for name, one in part.items()}
    return [_inside(section, one) for one in part] if isinstance(part, list) else part


def _in_fragments(doc: Part) -> set[str]:
    return set(documentation(doc["module"])) - set(doc["options"])


def module_text(module: str) -> str:
    """The text that the file of a module should have."""
    text = (FOLDER / f"{module}.py").read_text(encoding="utf-8")
    constants = import_module(f"ansible_collections.telops.pbx.plugins.modules.{module}")
    binding = MODULES[module]
    known = schemas(binding.noun) if isinstance(binding, NounBinding) else {}
    doc: Part = yaml.safe_load(constants.DOCUMENTATION)
    # Each changes the documentation and returns whether it did, and each has to run.
    stubs, rules, copies = _with_stubs(doc, binding, known), _with_rules(doc, binding), _with_copies(doc)
    if stubs or rules or copies:
        text = text.replace(constants.DOCUMENTATION, laid_out(doc))
    return text.replace(constants.RETURN, laid_out(returned(module, binding, yaml.safe_load(constants.RETURN))))


def wanted() -> Iterator[tuple[Path, str]]:
    """Each file with the text that it should have."""
    for module in MODULES:
        yield FOLDER / f"{module}.py", module_text(module)
    yield from role_specs.wanted()


def main() -> int:
    """Write the files or compare them; return 1 when one is not fresh."""
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="fail when a file does not follow from the declarations")
    mode.add_argument("--write", action="store_true", help="write the files, and those of the tools that follow")
    write = parser.parse_args().write
    try:
        wrong = [(path, text) for path, text in wanted() if path.read_text(encoding="utf-8") != text]
    except LookupError as error:
        print(error.args[0])
        return 1
    for path, text in wrong:
        if write:
            path.write_text(text, encoding="utf-8")
        else:
            print(f"{path.relative_to(ROOT)} differs from the API description: run `make docs-sync`")
    if write and wrong:
        # Roles and other modules take texts from modules, and this process has imported those as they were.
        return subprocess.run([sys.executable, "-m", __spec__.name, "--write"], cwd=ROOT, check=False).returncode
    if write:
        return max(
            subprocess.run([sys.executable, "-m", tool, "--write"], cwd=ROOT, check=False).returncode
            for tool in _OTHERS
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
