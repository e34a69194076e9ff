# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The descriptions that modules and roles give of their options."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.tools.tree import ROOT


def constant(path: Path, name: str) -> str:
    """A text that a plugin's file assigns to a name, at whatever depth."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return str(ast.literal_eval(node.value))
    raise LookupError(f"{path} has no {name}")


@cache
def documentation(module: str) -> dict[str, Any]:
    """The options in a module's documentation, with those of its fragments; empty where there is no such module."""
    plugins = ROOT / "plugins"
    path = plugins / "modules" / f"{module}.py"
    if not path.exists():
        return {}
    said: dict[str, Any] = yaml.safe_load(constant(path, "DOCUMENTATION"))
    options: dict[str, Any] = {}
    for fragment in said.get("extends_documentation_fragment", ()):
        name, *part = fragment.removeprefix("telops.pbx.").split(".")
        text = constant(plugins / "doc_fragments" / f"{name}.py", "".join(part).upper() or "DOCUMENTATION")
        options |= yaml.safe_load(text).get("options", {})
    return {**options, **said["options"]}


def role_documentation(role: str) -> dict[str, Any]:
    """The variables in a role's documentation."""
    text = (ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8")
    options: dict[str, Any] = yaml.safe_load(text)["argument_specs"]["main"]["options"]
    return options


def plain(option: Mapping[str, Any]) -> str:
    """The description of an option, for people who read no markup."""
    description = option["description"]
    text = description if isinstance(description, str) else " ".join(description)
    text = re.sub(r"\b[LR]\(([^,)]*),[^)]*\)", r"\1", text)
    return " ".join(re.sub(r"\b[A-Z]+\(((?:\\.|[^)\\])*)\)", r"`\1`", text).replace("\\\\", "\\").split())
