# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of roles out of the documentation of the modules that they hand them to.

A variable of a role begins with the first paragraph of its option; a person writes the other paragraphs, about its use
in the role. The fields of a document's sections follow from their modules: description, type and choices.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import tests.conftest  # noqa: F401  # pylint: disable=unused-import  # makes the collection importable
from tests.tools.layout import laid_out
from tests.tools.module_words import documentation
from tests.tools.tree import ROOT

from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import NounBinding  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES  # isort: skip

Part = dict[str, Any]

# For each role the beginning of the names of its variables, and the module whose options they are.
ROLES = {
    "call_center": ("call_center_", "pbx_ivr_scheme"),
    "ivr": ("ivr_", "pbx_ivr_scheme"),
    "tenant": ("pbx_", "pbx_tenant"),
}
# Variables that a person describes, because the option of that name says something else.
OWN = (
    "ivr_extension",
    "ivr_intervals",
    "ivr_contexts",
    "call_center_extensions",
    # A list of rules is declared as a whole, so that nobody looks for one by its name.
    "call_center_extensions.incom_rules.name",
)
# The sections of a document by the path of their options, with the module of their fields.
_MENUS = {"contexts": "pbx_ivr_context", "contexts.options": "pbx_ivr_option"}
_OF_AN_EXTENSION = {
    "intervals": "pbx_interval",
    "phone": "pbx_phone",
    "agents": "pbx_agent",
    "queue": "pbx_queue",
    "queue_agents": "pbx_queue_agent",
    "incom_rules": "pbx_incom_rule",
    "events": "pbx_event",
    "ivr": "pbx_ivr",
    **{f"ivr.{path}": module for path, module in _MENUS.items()},
}
SECTIONS = {
    "ivr_intervals": "pbx_interval",
    "ivr_settings": "pbx_ivr",
    **{f"ivr_{path}": module for path, module in _MENUS.items()},
    "call_center_extensions": "pbx_extension",
    **{f"call_center_extensions.{path}": module for path, module in _OF_AN_EXTENSION.items()},
}
FACTS = ("type", "elements", "choices")


@dataclass(frozen=True)
class Words:
    """How a role quotes a module. here: the options around; variables: those of the role."""

    prefix: str
    module: str
    variables: Collection[str]
    here: Collection[str] = ()

    def of(self, option: Part, required: bool = False) -> list[str]:
        """The paragraphs of an option, less the sentences about options that the role does not have.

        required: the option is needed in any case, so that a sentence about new objects says nothing.
        """
        described = option["description"]
        found = []
        for paragraph in [described] if isinstance(described, str) else described:
            sentences = [self._said(one) for one in re.split(r"(?<=\.) (?=[A-Z])", paragraph)]
            kept = [one for one in sentences if one and not (required and one.startswith("It is needed for a new "))]
            if kept:
                found.append(" ".join(kept))
        return found

    def _said(self, sentence: str) -> str:
        """A sentence with the names that the role has, or nothing where it has no such option."""
        unknown = []

        def named(match: re.Match[str]) -> str:
            (around, dummy, name), value = match[1].rpartition("[]."), match[2]
            if name in self.here or around in self.here:
                shown = name if name in self.here else match[1]
                return f"C({shown}: {value})" if value else f"C({shown})"
            if self.prefix + name not in self.variables:
                unknown.append(name)
            return f"O({self.prefix}{name}{'=' + value if value else ''})"

        said = re.sub(r"\bO\(([\w\[\].]+)(?:=([^)]*))?\)", named, sentence)
        said = re.sub(r"\bRV\((\w+)\)", rf"RV(telops.pbx.{self.module}#module:\1)", said)
        return "" if unknown else said


def _fields(module: str) -> list[str]:
    """The options of a module that are fields of its noun."""
    binding = MODULES[module]
    assert isinstance(binding, NounBinding)
    return [field.name for field in binding.noun.writable]


def _section(path: str, before: Part, known: Mapping[str, Part], names: Collection[str], words: Words) -> Part:
    """The options of one level: those that are there, and the fields that were not. known: those of the module."""
    found: Part = {}
    here = Words(words.prefix, words.module, words.variables, {*before, *names})
    for name in (*before, *(name for name in names if name not in before and name != "unset")):
        spec, option = before.get(name, {}), known.get(name)
        below = f"{path}.{name}"
        required = bool(spec.get("required") or ((option or {}).get("required", False) and path not in SECTIONS))
        if option is None or below in SECTIONS or below in OWN:
            one = dict(spec)
        else:
            own = {key: value for key, value in spec.items() if key not in ("description", "options", *FACTS)}
            facts = {fact: option[fact] for fact in FACTS if fact in option}
            one = {"description": here.of(option, required), **facts, **({"required": True} if required else {}), **own}
        parts = _below(below, spec.get("options", {}), option or {}, words)
        found[name] = {**{key: value for key, value in one.items() if key != "options"}, **parts}
    return found


def _below(path: str, before: Part, option: Part, words: Words) -> Part:
    """The part ``options`` of an option, nothing where it has none."""
    if path in SECTIONS:
        module = SECTIONS[path]
        # An extension of the role has only some of the fields.
        names = _fields(module) if module != "pbx_extension" else ()
        return {"options": _section(path, before, documentation(module), names, words)}
    known = option.get("suboptions", {})
    return {"options": _section(path, before, known, known, words)} if known else {}


def _role(role: str, before: Part) -> Part:
    prefix, module = ROLES[role]
    known = documentation(module)
    words = Words(prefix, module, before)
    found: Part = {}
    for name, spec in before.items():
        option = known.get(name.removeprefix(prefix))
        one = dict(spec)
        if option and name not in OWN:
            described = spec.get("description")
            own = described[1:] if isinstance(described, list) else []
            one["description"] = [words.of(option)[0], *own]
        found[name] = {**one, **_below(name, spec.get("options", {}), option or {}, words)}
    return found


def wanted() -> Iterator[tuple[Path, str]]:
    """The argument specs of each role with the text that they should have."""
    for role in ROLES:
        path = ROOT / "roles" / role / "meta" / "argument_specs.yml"
        text = path.read_text(encoding="utf-8")
        head, rest = text.split("argument_specs:\n", 1)
        specs = yaml.safe_load("argument_specs:\n" + rest)
        main = specs["argument_specs"]["main"]
        main["options"] = _role(role, main["options"])
        yield path, head + laid_out(specs)[1:]
