# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The output of ansible-builder for the collection, as far as it goes without a container engine."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import yaml
from packaging.requirements import Requirement

from tests.tools.ansible import ROOT, Ansible
from tests.tools.tree import known_files, link

DEFINITION = ROOT / "docs" / "examples" / "controller" / "execution-environment.yml"
# ansible-core needs the second pair, requests the last one.
BROUGHT_ALONG = {"ansible", "ansible_collections", "yaml", "jinja2", "urllib3"}


def lines(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def imported() -> set[str]:
    """The packages that the plugins import, beside those of Python and those that come with others."""
    found = set()
    for name in known_files():
        if name.startswith("plugins/") and name.endswith(".py"):
            for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found.add(node.module or "")
    return {name.partition(".")[0] for name in found} - set(sys.stdlib_module_names) - BROUGHT_ALONG


def test_ansible_builder_finds_what_the_collection_needs(ansible: Ansible) -> None:
    run = ansible.command("ansible-builder", "introspect", str(link()))
    assert run.rc == 0, run.output
    found = yaml.safe_load(run.stdout)
    python = [entry.partition("  # from collection telops.pbx")[0] for entry in found["python"]]
    assert python == lines("requirements.txt")
    assert [entry.partition("  # from collection telops.pbx")[0] for entry in found["system"]] == lines("bindep.txt")
    assert imported() == {Requirement(entry).name for entry in python}


def test_ansible_builder_takes_the_example(ansible: Ansible, tmp_path: Path) -> None:
    context = tmp_path / "context"
    run = ansible.command("ansible-builder", "create", "-f", str(DEFINITION), "-c", str(context))
    assert run.rc == 0, run.output
    # Its name depends on whether podman or docker is installed.
    (recipe,) = [path for path in context.iterdir() if path.name in ("Containerfile", "Dockerfile")]
    installed = re.search(r'^ARG ANSIBLE_INSTALL_REFS="(.*)"$', recipe.read_text(encoding="utf-8"), re.MULTILINE)
    assert installed is not None
    tested = {line.partition(" ")[0] for line in lines("requirements/test.txt")}
    assert set(installed[1].split()) <= tested
    galaxy = yaml.safe_load((context / "_build" / "requirements.yml").read_text(encoding="utf-8"))
    assert galaxy == {"collections": [{"name": "telops.pbx"}]}
