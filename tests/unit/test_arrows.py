# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The folders of plugins/ form layers, and imports only ever point down."""

from __future__ import annotations

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.tree import ROOT

PREFIX = "ansible_collections.telops.pbx.plugins."
UTILS = "module_utils."

# For each layer, the layers that it may import beside itself.
ARROWS = {
    "modules": {"_entry"},
    "action": {"_entry"},
    "inventory": {"_entry", "plugin_utils"},
    "callback": {"_entry"},
    "filter": {"_entry", "_model", "plugin_utils"},
    "lookup": {"_entry"},
    # Code that plugins on the control node share; it may import Ansible itself, which module_utils may not.
    "plugin_utils": set(),
    "_entry": {"_flow", "_engine", "_state", "_model", "_api", "_review", "_text"},
    "_flow": {"_state", "_model", "_text"},
    "_engine": {"_state", "_model", "_api", "_text"},
    "_state": {"_model", "_text"},
    "_model": {"_text"},
    "_api": {"_text"},
    "_review": {"_state", "_text"},
    "_text": set(),
}
# The rooms of the engine, each with those that it may import beside itself; the files that all of them share stand
# outside.
ROOMS = {
    "engine": {"task", "read", "plan", "apply", "live"},
    "task": {"read", "plan", "apply", "live"},
    "live": {"read", "plan"},
    "apply": {"read", "plan"},
    "plan": {"read"},
    "read": set(),
}
BELOW_ENTRY = {"_flow", "_engine", "_state", "_model", "_api", "_review", "_text"}


def module_name(path: Path) -> str:
    """Return the dotted name below plugins/, a package under its own name."""
    parts = path.relative_to(ROOT / "plugins").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {module_name(path): path for path in sorted((ROOT / "plugins").rglob("*.py"))}


def layer(name: str) -> str:
    """Return the layer of a module's dotted name below plugins/: ``module_utils._api.client`` is in ``_api``."""
    return name.removeprefix(UTILS).split(".")[0]


def room(name: str) -> str:
    """Return the room of a module's dotted name: ``module_utils._engine.read.reader`` is in ``read``."""
    parts = name.removeprefix(UTILS).split(".")
    return parts[1] if parts[0] == "_engine" and len(parts) > 1 else ""


def imports(name: str) -> Iterator[str]:
    """Yield the absolute dotted names that a module imports anywhere in its code; ``from x import y`` gives ``x.y``."""
    path = SOURCES[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                start = package[: len(package) - node.level + 1]
                base = PREFIX + ".".join([*start, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def own(name: str) -> set[str]:
    """Return the modules of this collection that a module imports."""
    found = set()
    for imported in imports(name):
        if imported.startswith(PREFIX):
            parts = imported.removeprefix(PREFIX).split(".")
            target = next(
                (".".join(parts[:n]) for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in SOURCES), None
            )
            assert target, f"{name} imports {imported}, which is not there"
            found.add(target)
    return found - {name}


def test_there_are_sources_in_the_lower_layers() -> None:
    assert {"_model", "_state", "_flow", "_engine", "_api"} <= {layer(name) for name in SOURCES}


@pytest.mark.parametrize("name", SOURCES)
def test_imports_point_down(name: str) -> None:
    mine = layer(name)
    if mine == "doc_fragments":
        assert own(name) == set()
        return
    wrong = {target for target in own(name) if layer(target) not in ARROWS.get(mine, set()) | {mine, "module_utils"}}
    assert not wrong, f"{name} ({mine}) must not import {sorted(wrong)}"


@pytest.mark.parametrize("name", [name for name in SOURCES if room(name) in ROOMS])
def test_rooms_of_the_engine_form_layers(name: str) -> None:
    rooms = {room(target) for target in own(name)} & set(ROOMS)
    wrong = rooms - ROOMS[room(name)] - {room(name)}
    assert not wrong, f"{name} must not import from {sorted(wrong)}"


@pytest.mark.parametrize("name", [name for name in SOURCES if layer(name) in BELOW_ENTRY])
def test_nothing_below_the_entry_knows_ansible(name: str) -> None:
    assert not [found for found in imports(name) if found.split(".")[0] == "ansible"]


def test_no_circle_of_modules() -> None:
    # A package's __init__ imports its own modules to offer their names; the modules import one another directly.
    tree = {name: own(name) for name in SOURCES}
    graphlib.TopologicalSorter(tree).prepare()


def test_no_circle_of_layers() -> None:
    tree: dict[str, set[str]] = {}
    for name in SOURCES:
        tree.setdefault(layer(name), set()).update(
            layer(target) for target in own(name) if layer(target) != layer(name)
        )
    graphlib.TopologicalSorter(tree).prepare()


def test_a_process_of_a_single_module_is_sent_nothing_that_follows_calls() -> None:
    """Ansible sends such a process all that it may import, and the process compiles it anew each time."""
    sent, ahead = set(), ["module_utils._entry.single", "module_utils._entry.run", "module_utils._entry"]
    while ahead:
        name = ahead.pop()
        if name not in sent:
            sent.add(name)
            ahead += own(name)
    assert {layer(name) for name in sent} & {"_flow", "_review"} == set()


def test_what_follows_calls_is_imported_when_a_task_asks_for_it() -> None:
    """Ansible compiles all that the action plugin imports, in each run."""
    code = "import tests.conftest, sys; import ansible_collections.telops.pbx.plugins.action.pbx; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert "ansible_collections.telops.pbx.plugins.module_utils._engine" in done.stdout
    assert "ansible_collections.telops.pbx.plugins.module_utils._flow" not in done.stdout


def test_the_page_leads_from_each_file_to_its_tests() -> None:
    page = (ROOT / "docs" / "contributing" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("## From files to tests")[1].split("\n## ")[0]
    files, tests = zip(*(row.split(" | ") for row in table.splitlines() if row.startswith("| `")), strict=True)
    # A name without a room belongs to the room of the first name in its row.
    named = [
        name if name.startswith("_") else f"{names[0].split('/')[0]}/{name}"
        for names in (re.findall(r"`([^`]+)`", cell) for cell in files)
        for name in names
    ]
    plugins = ROOT / "plugins" / "module_utils"
    mapped = {one for name in named for one in [*plugins.glob(name), *plugins.glob(f"{name}/*.py")]}
    assert [name for name in named if not [*plugins.glob(name)]] == []
    every = {
        path for room in ("_api", "_entry", "_engine", "_flow", "_state") for path in (plugins / room).rglob("*.py")
    }
    lacking = sorted(str(path.relative_to(plugins)) for path in every - mapped if path.name != "__init__.py")
    assert lacking == [], "give each of these a row in docs/contributing/architecture.md, From files to tests"
    known = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert sorted(name for name in re.findall(r"(test_\w+\.py)`", "".join(tests)) if name not in known) == []
