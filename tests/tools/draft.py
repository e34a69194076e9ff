# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make draft-<noun>``: the files of a new noun's modules, for a person to go on with.

Options and return values are those of the declaration, their descriptions those of the contract, the examples are the
steps of the case, and the rest is as in a module of the same kind that is there already.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

import tests.conftest  # noqa: F401  # pylint: disable=unused-import  # makes the collection importable
from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import NounBinding
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases import CASES
from tests.emulator.contract import Contract, load_document
from tests.tools.tree import ROOT

FOLDER = ROOT / "plugins" / "modules"
SPELLED = ("type", "elements", "required", "choices", "aliases", "default")
COLLECTION = "telops.pbx."

Part = dict[str, Any]


class Layout(yaml.SafeDumper):
    """Lists are indented, as everywhere in the collection."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _constant(module: str, name: str) -> Any:
    return yaml.safe_load(getattr(import_module(f"ansible_collections.telops.pbx.plugins.modules.{module}"), name))


def _file(module: str) -> Path:
    return FOLDER / f"{module}.py"


def _descriptions(noun: Noun) -> Mapping[str, str]:
    """What the contract says about each field, of requests and of answers, by its name there."""
    contract = Contract(load_document())
    found: dict[str, str] = {}
    for (method, path), operation in contract.operations.items():
        if re.sub(r"\{\w+\}", "", path) == re.sub(r"\{\w+\}", "", noun.path):
            fields = contract.body_of(method, path)
            if operation.component:
                fields = {**contract.properties(operation.component), **fields}
            found.update((name, schema["description"]) for name, schema in fields.items() if "description" in schema)
    return found


class Draft:
    """One module after the model of another: the first of the same kind, at the same place if there is one."""

    def __init__(self, module: str, binding: NounBinding) -> None:
        self.module, self.binding, self.noun = module, binding, binding.noun
        self.described = _descriptions(binding.noun)
        alike = [
            (name, other)
            for name, other in MODULES.items()
            if type(other) is type(binding) and other.noun.singleton == self.noun.singleton and _file(name).exists()
        ]
        self.model, other = min(alike, key=lambda one: one[1].noun.parents != self.noun.parents)
        self.other: Noun = other.noun
        self.doc, self.returned = _constant(self.model, "DOCUMENTATION"), _constant(self.model, "RETURN")
        self.object = self.returned.pop(other.returned)

    def source(self) -> str:
        """The text of the file."""
        text = _file(self.model).read_text(encoding="utf-8").replace(f'["{self.model}"]', f'["{self.module}"]')
        parts = {"DOCUMENTATION": self.documentation(), "EXAMPLES": list(self.examples()), "RETURN": self.results()}
        for name, part in parts.items():
            laid_out = yaml.dump(part, Dumper=Layout, sort_keys=False, width=110, allow_unicode=True)
            head, rest = text.split(f'{name} = r"""\n')
            text = f'{head}{name} = r"""\n{laid_out}"""{rest.split(chr(34) * 3, 1)[1]}'
        return text

    def documentation(self) -> Part:
        doc = self._renamed({name: self.doc[name] for name in ("short_description", "description")})
        others = [name for name in _modules(self.noun) if name != self.module]
        return {
            "module": self.module,
            "short_description": doc["short_description"],
            **{name: self.doc[name] for name in ("version_added", "author")},
            "description": doc["description"][:1],
            "options": dict(self.options()),
            "extends_documentation_fragment": self.doc["extends_documentation_fragment"],
            "seealso": [
                {"module": COLLECTION + name, "description": f"The same {self.noun.plural_title}."} for name in others
            ],
        }

    def options(self) -> Iterator[tuple[str, Part]]:
        fields = self.noun.by_name
        in_fragments = set(MODULES[self.model].argument_spec()["argument_spec"]) - set(self.doc["options"])
        for name, spec in self.binding.argument_spec()["argument_spec"].items():
            if name in in_fragments:
                continue
            if name in self.doc["options"]:
                told = self._renamed(self.doc["options"][name]["description"])
            elif not self.binding.declares:
                told = [f"Only the {self.noun.plural_title} with one of these values of C({name})."]
            else:
                told = self._told(fields[name])
            yield name, self._option(fields.get(name), spec, told)

    def _told(self, field: Field) -> list[str]:
        text = [self.described.get(field.sent_as, f"The {field.name}.")]
        if field.refers_to:
            text.append(f"The {NOUNS[field.refers_to].title} by its {NOUNS[field.refers_to].key[0]} or its id.")
        return text

    def _option(self, field: Field | None, spec: Part, told: list[str]) -> Part:
        option = {"description": told, **{key: spec[key] for key in SPELLED if key in spec}}
        if field and "options" in spec:
            parts = {part.name: part for part in field.parts}
            option["suboptions"] = {
                name: self._option(parts[name], inner, self._told(parts[name]))
                for name, inner in spec["options"].items()
            }
        return option

    def results(self) -> Part:
        """The object with its fields; what is common to all modules is as it is, less a sample of something else."""
        when = next(iter(self.object["contains"].values()))["returned"]
        contains = self._contains(self.noun.fields, when)
        self.returned.get("plan", {}).pop("sample", None)
        return {self.binding.returned: {**self._renamed(self.object), "contains": contains}, **self.returned}

    def _contains(self, fields: Iterable[Field], when: str) -> Part:
        return {
            field.answered_as: {
                "description": self.described.get(field.answered_as, f"The {field.name}."),
                "type": field.type if field.type in ("int", "bool", "list") else "str",
                **({"elements": "dict" if field.parts else field.elements} if field.type == "list" else {}),
                "returned": when,
                **({"contains": self._contains(field.parts, when)} if field.parts else {}),
            }
            for field in sorted(fields, key=lambda field: field.answered_as)
            if not (field.secret or field.write_only)
        }

    def examples(self) -> Iterator[Part]:
        case = CASES[self.module]
        for number, (module, args) in enumerate(case.setup, 1):
            yield {"name": f"Prepare what is read, {number}", COLLECTION + module: args}
        for step in case.portable:
            yield {
                "name": step.name[0].upper() + step.name[1:],
                COLLECTION + self.module: case.args(step.args, by_number=True),
            }

    def _renamed(self, part: Any) -> Any:
        """The words of the model, about this noun."""
        if isinstance(part, str):
            return part.replace(self.other.plural_title, self.noun.plural_title).replace(
                self.other.title, self.noun.title
            )
        if isinstance(part, list):
            return [self._renamed(one) for one in part]
        if isinstance(part, dict):
            return {name: self._renamed(one) for name, one in part.items()}
        return part


def _modules(noun: Noun) -> list[str]:
    return [name for name, one in MODULES.items() if isinstance(one, NounBinding) and one.noun is noun]


def main() -> None:
    """Write the files that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("noun", choices=NOUNS)
    for name in _modules(NOUNS[parser.parse_args().noun]):
        if _file(name).exists():
            print(f"{name} is there already")
            continue
        binding = MODULES[name]
        assert isinstance(binding, NounBinding)
        _file(name).write_text(Draft(name, binding).source(), encoding="utf-8")
        print(f"{_file(name).relative_to(ROOT)}: drafted")


if __name__ == "__main__":
    main()
