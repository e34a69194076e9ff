# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make draft-<name>``: the files of the modules of a new noun or operation, for a person to go on with.

Options and return values are those of the declaration, their descriptions those of the API description, the examples
are the steps of the case. The rest is as in a module of the same kind that is there already.
"""

from __future__ import annotations

import argparse
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from tests.cases import CASES
from tests.tools.docs_sync import returned
from tests.tools.field_texts import Schema, described, parts_of, request_texts, schemas
from tests.tools.layout import laid_out
from tests.tools.tree import ROOT

from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import NounBinding  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.kind import Kind  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.operation import Action, Operation  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.operations import OPERATIONS  # isort: skip

FOLDER = ROOT / "plugins" / "modules"
SPELLED = ("type", "elements", "required", "choices", "aliases", "default")
COLLECTION = "telops.pbx."
# Where the description of the API has no text, a person has to write one.
UNTOLD = "Describe this."
VOWELS = "aeiouAEIOU"
ANSWERED = "Answer of the PBX, or in check mode the expected answer."
UNDOCUMENTED = [
    "The answer of the PBX. The documentation of the PBX does not describe it, so the module returns it unchanged.",
    "It is empty in check mode.",
]

Part = dict[str, Any]


def _constant(module: str, name: str) -> Any:
    return yaml.safe_load(getattr(import_module(f"ansible_collections.telops.pbx.plugins.modules.{module}"), name))


def _file(module: str) -> Path:
    return FOLDER / f"{module}.py"


def _list_of_one(element: Part) -> str:
    return laid_out([element])[1:]


class Draft(ABC):
    """One module after the model of another of the same kind."""

    def __init__(self, module: str, binding: NounBinding[Any], model: str) -> None:
        self.module, self.binding, self.noun, self.model = module, binding, binding.noun, model
        self.known = schemas(self.noun)
        self.doc, self.returned = _constant(model, "DOCUMENTATION"), _constant(model, "RETURN")

    def source(self) -> str:
        """The text of the file."""
        text = _file(self.model).read_text(encoding="utf-8").replace(f'["{self.model}"]', f'["{self.module}"]')
        parts: dict[str, Any] = {
            "DOCUMENTATION": self.documentation(),
            "EXAMPLES": list(self.examples()),
            "RETURN": self.results(),
        }
        for name, part in parts.items():
            head, rest = text.split(f'{name} = r"""\n')
            # A blank line stands between the tasks of the examples.
            written = "\n".join(map(_list_of_one, part)) if name == "EXAMPLES" else laid_out(part)[1:]
            text = f'{head}{name} = r"""\n{written}"""{rest.split(chr(34) * 3, 1)[1]}'
        return text

    @abstractmethod
    def documentation(self) -> Part:
        """The constant DOCUMENTATION."""

    @abstractmethod
    def results(self) -> Part:
        """The constant RETURN."""

    def examples(self) -> Iterator[Part]:
        """The constant EXAMPLES: the setup and the steps of the case."""
        case = CASES[self.module]
        for number, (module, args) in enumerate(case.setup, 1):
            yield {"name": f"Prepare the tenant, {number}", COLLECTION + module: args}
        for step in case.portable:
            yield {
                "name": step.name[0].upper() + step.name[1:],
                COLLECTION + self.module: case.args(step.args, by_number=True),
            }

    def told(self, field: Field, known: dict[str, Schema]) -> list[str]:
        """The description of an option."""
        text = [_text(field, known)]
        if field.refers_to:
            text.append(f"The {NOUNS[field.refers_to].title} by its {NOUNS[field.refers_to].key[0]} or its id.")
        return text

    def option(self, field: Field | None, spec: Part, text: list[str]) -> Part:
        """An option with its suboptions."""
        option = {"description": text, **{key: spec[key] for key in SPELLED if key in spec}}
        if field and "options" in spec:
            parts, known = {part.name: part for part in field.parts}, parts_of(field, self.known)
            option["suboptions"] = {
                name: self.option(parts[name], inner, self.told(parts[name], known))
                for name, inner in spec["options"].items()
            }
        return option

    def contains(self, fields: Iterable[Field], known: dict[str, Schema], when: str) -> Part:
        """Return values that are fields."""
        return {
            field.answered_as: {
                "description": _text(field, known),
                "type": field.type if field.type in ("int", "bool", "list") else "str",
                **({"elements": "dict" if field.parts else field.elements} if field.type == "list" else {}),
                "returned": when,
                **({"contains": self.contains(field.parts, parts_of(field, known), when)} if field.parts else {}),
            }
            for field in sorted(fields, key=lambda field: field.answered_as)
            if not (field.secret or field.write_only)
        }


def _text(field: Field, known: dict[str, Schema]) -> str:
    try:
        return described(field, known)
    except LookupError:
        return UNTOLD


def _elsewhere(name: str) -> list[str]:
    """The description of an option that is no field, from the first module that has it."""
    for module in MODULES:
        options = _constant(module, "DOCUMENTATION").get("options", {}) if _file(module).exists() else {}
        if name in options:
            return list(options[name]["description"])
    return [UNTOLD]


class NounDraft(Draft):
    """A module of a noun, after the first of the same kind, at the same place if there is one."""

    def __init__(self, module: str, binding: NounBinding[Any]) -> None:
        alike = [
            (name, other)
            for name, other in MODULES.items()
            if type(other) is type(binding)
            and isinstance(other, NounBinding)
            and other.noun.singleton == binding.noun.singleton
            and _file(name).exists()
        ]
        model, other = min(alike, key=lambda one: one[1].noun.parents != binding.noun.parents)
        super().__init__(module, binding, model)
        self.other: Kind = other.noun
        self.object = self.returned.pop(other.returned)

    def documentation(self) -> Part:
        others = [name for name in _modules(self.noun) if name != self.module]
        short, description = self.purpose()
        return {
            "module": self.module,
            "short_description": short,
            **{name: self.doc[name] for name in ("version_added", "author")},
            "description": [description],
            "options": dict(self.options()),
            "extends_documentation_fragment": self.doc["extends_documentation_fragment"],
            "seealso": [
                {"module": COLLECTION + name, "description": f"The same {self.noun.plural_title}."} for name in others
            ],
        }

    def purpose(self) -> tuple[str, str]:
        """The short description, and the description. The words of another noun would be wrong about this one."""
        one, writes = self.noun.singleton, self.binding.declares
        owner = self.owner()
        title = f"the {self.noun.title if one else self.noun.plural_title}"
        whole = owner if one and owner.endswith(f" {self.noun.title}") else f"{title} of {owner}"
        if writes:
            return f"{'Configure' if one else 'Manage'} {whole}", (
                f"{'Changes' if one else 'Creates, changes, and deletes'} {whole}."
            )
        verb = "Read" if one else "List"
        return f"{verb} {whole}", f"{verb}s {whole}."

    def owner(self) -> str:
        """The object that holds those of the noun."""
        if not self.noun.parents:
            return "the tenant"
        names = self.noun.extension_types or ("extension",)
        if self.noun.parents[-1] != "extension":
            names = (NOUNS[self.noun.parents[-1]].title,)
        return " or ".join(f"{'an' if one[0] in VOWELS else 'a'} {one}" for one in names)

    def options(self) -> Iterator[tuple[str, Part]]:
        fields = self.noun.by_name
        own = self.doc.get("options", {})
        in_fragments = set(MODULES[self.model].argument_spec()["argument_spec"]) - set(own)
        for name, spec in self.binding.argument_spec()["argument_spec"].items():
            if name in in_fragments:
                continue
            if name in fields and self.binding.declares:
                text = self.told(fields[name], self.known)
            elif name in own:
                text = self._renamed(own[name]["description"])
            elif name in fields:
                text = [f"Only the {self.noun.plural_title} with one of these values of C({name})."]
            else:
                text = _elsewhere(name)
            yield name, self.option(fields.get(name), spec, text)

    def results(self) -> Part:
        """The object with its fields; the common parts of all modules are as they are, less a sample of something
        else."""
        when = next(iter(self.object["contains"].values()))["returned"]
        contains = self.contains(self.noun.fields, self.known, when)
        self.returned.get("plan", {}).pop("sample", None)
        return {self.binding.returned: {**self._renamed(self.object), "contains": contains}, **self.returned}

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


class OperationDraft(Draft):
    """The module of an operation. Its sentences come from the API description and from the declared actions."""

    noun: Operation

    def __init__(self, module: str, binding: NounBinding[Any]) -> None:
        super().__init__(module, binding, "pbx_chat")
        self.requests = request_texts(self.noun)

    def documentation(self) -> Part:
        sent = [self.requests.get(one.method, {}) for one in self.noun.actions.values()]
        summary = next((one["summary"] for one in sent if "summary" in one), UNTOLD.rstrip("."))
        fragments = [f"{COLLECTION}operation", f"{COLLECTION}connection"]
        return {
            "module": self.module,
            "short_description": summary,
            **{name: self.doc[name] for name in ("version_added", "author")},
            "description": list(dict.fromkeys(one["description"] for one in sent if "description" in one)) or [UNTOLD],
            "options": dict(self.options()),
            "attributes": {
                "idempotent": {
                    "description": "Reports no change when nothing is to be done.",
                    "support": "partial" if self.noun.state else "none",
                    "details": list(self.details()),
                }
            },
            "extends_documentation_fragment": [*fragments, *([f"{COLLECTION}extension"] if self.noun.parents else [])],
            "seealso": [{"module": f"{COLLECTION}pbx_tenant", "description": UNTOLD}],
        }

    def options(self) -> Iterator[tuple[str, Part]]:
        """The options of the operation. Those of the connection and of the extension are in fragments."""
        spec = self.binding.argument_spec()["argument_spec"]
        for field in self.noun.writable:
            if field.name == "action":
                text = [_action(name, one) for name, one in self.noun.actions.items()]
            else:
                text = self.told(field, self.known)
            yield field.name, self.option(field, spec[field.name], text)
        if "show" in spec:
            yield "show", self.option(None, spec["show"], [UNTOLD])

    def details(self) -> Iterator[str]:
        """How far the module knows whether anything is to do."""
        if self.noun.state:
            yield f"The module reads the {self.noun.title} first. Where it is not there, there is nothing to do."
        else:
            yield (
                f"The API does not return {self.noun.whole or f'the {self.noun.title}'}, so the module cannot look "
                "before it acts. Every run sends its request, and reports a change."
            )
        once = [name for name, one in self.noun.actions.items() if one.method and not one.repeatable]
        if once:
            which = " and ".join(f"O(action={name})" for name in once)
            yield (
                f"{f'With {which}, the' if 'action' in self.noun.by_name else 'The'} request is sent once only. If its "
                "answer is lost, the task fails, because nobody knows whether the request has arrived."
            )

    def results(self) -> Part:
        contains = self.contains(self.noun.answered, self.known, "when known")
        found: Part = {
            self.binding.returned: {
                "description": ANSWERED if contains else UNDOCUMENTED,
                "returned": "success",
                "type": "dict",
                "contains": contains,
            },
            "plan": {},
            "diff": {},
            "requests": {"sample": {**({"GET": 1} if self.noun.state else {}), self._method(): 1}},
        }
        return returned(self.module, self.binding, found)

    def _method(self) -> str:
        return next(one.method for one in self.noun.actions.values() if one.method)


def _action(name: str, action: Action) -> str:
    """The sentence of an action."""
    needs, takes = (" and ".join(f"O({one})" for one in names) for names in (action.needs, action.takes))
    words = [f"needs {needs}"] if needs else []
    words += [f"takes {takes}"] if takes else []
    sends = f"sends one C({action.method}) request" if action.method else "sends no request"
    return f"V({name}) {sends}." + (f" It {' and '.join(words)}." if words else "")


def _modules(noun: Kind) -> list[str]:
    return [name for name, one in MODULES.items() if isinstance(one, NounBinding) and one.noun is noun]


def main() -> None:
    """Write the files that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=[*NOUNS, *OPERATIONS])
    noun = {**NOUNS, **OPERATIONS}[parser.parse_args().name]
    for name in _modules(noun):
        if _file(name).exists():
            print(f"{name} is there already")
            continue
        binding = MODULES[name]
        assert isinstance(binding, NounBinding)
        draft = OperationDraft(name, binding) if isinstance(noun, Operation) else NounDraft(name, binding)
        _file(name).write_text(draft.source(), encoding="utf-8")
        print(f"{_file(name).relative_to(ROOT)}: drafted")


if __name__ == "__main__":
    main()
