# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The commands of GitHub's workflows and of pre-commit's hooks, which are those of this repository."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tools.matrix import CELLS
from tests.tools.tree import ROOT, known_files

WORKFLOWS = [name for name in known_files() if name.startswith(".github/workflows/")]
# Who may run code of theirs in the repository's name.
TRUSTED = {"actions/checkout", "actions/setup-python", "actions/attest-build-provenance"}
VERBS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
# Once a week: minute and hour, any day of any month, one day of the week.
WEEKLY = re.compile(r"\d+ \d+ \* \* [0-6]")


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


TESTS = read(".github/workflows/tests.yml")
HOOKS = {hook["id"]: hook for hook in read(".pre-commit-config.yaml")["repos"][0]["hooks"]}


def steps(workflow: Any) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def missing(command: str) -> str | None:
    """The part of a command that is not here: a program, a verb of make, or a Python module."""
    program, *arguments = shlex.split(re.sub(r"\$\{\{.*?\}\}", "value", command))
    if program == "make":
        return next((one for one in arguments if "=" not in one and one not in VERBS), None)
    here = program.replace(".venv/bin", str(Path(sys.executable).parent))
    if not os.access(ROOT / here, os.X_OK):
        return program
    module = arguments[1] if arguments[:1] == ["-m"] else None
    return module if module and not importlib.util.find_spec(module) else None


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("make lint CORES=${{ matrix.core }}", None),
        ("make nonsense", "nonsense"),
        (".ci/run", None),
        (".ci/walk", ".ci/walk"),
        (".venv/bin/python -m tests.tools.schema --check", None),
        (".venv/bin/python -m tests.tools.scheme --check", "tests.tools.scheme"),
    ],
)
def test_what_is_missing_is_found(command: str, found: str | None) -> None:
    assert missing(command) == found


def test_the_matrix_is_that_of_make_matrix() -> None:
    cells = TESTS["jobs"]["core"]["strategy"]["matrix"]["include"]
    assert cells == [{"core": cell.core, "python": cell.python} for cell in CELLS]


def test_every_cell_is_pinned_and_has_its_ignore_file() -> None:
    for cell in CELLS:
        assert f"ansible-core=={cell.core}." in cell.requirements.read_text(encoding="utf-8")
        assert (ROOT / "tests" / "sanity" / f"ignore-{cell.core}.txt").exists()


@pytest.mark.parametrize("core", ["2.16", "2.17"])
def test_packages_may_have_content_where_an_old_sanity_test_wants_none(core: str) -> None:
    packages = {name for name in known_files() if re.fullmatch(r"plugins/module_utils/(.*/)?__init__[.]py", name)}
    ignored = (ROOT / "tests" / "sanity" / f"ignore-{core}.txt").read_text(encoding="utf-8")
    assert set(re.findall(r"^(\S+) empty-init  # ", ignored, re.MULTILINE)) == packages


def test_all_tests_run_for_pull_requests_for_pushes_and_every_week() -> None:
    # YAML reads the key "on" as a truth value.
    triggers = TESTS[True]
    assert {"pull_request", "push"} <= triggers.keys()
    assert [one for one in triggers["schedule"] if WEEKLY.fullmatch(one["cron"])]
    assert {name for name, job in TESTS["jobs"].items() if "if" in job} == {"fragment"}
    commands = {step.get("run") for step in steps(TESTS)}
    assert {".ci/run", "make release-check", "make review"} <= commands


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_runs_what_is_here_and_may_only_read(name: str) -> None:
    workflow = read(name)
    assert workflow["permissions"] == {"contents": "read"}
    assert {step["uses"].partition("@")[0] for step in steps(workflow) if "uses" in step} <= TRUSTED
    commands = [step["run"] for step in steps(workflow) if "run" in step and "\n" not in step["run"]]
    assert commands
    assert [command for command in commands if missing(command)] == []
    # A title or a branch of a pull request would be read as a part of the script.
    assert [step["run"] for step in steps(workflow) if "github.event" in step.get("run", "")] == []


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_runs_a_command_that_is_here(hook: str) -> None:
    assert HOOKS[hook]["language"] == "system"
    assert missing(HOOKS[hook]["entry"]) is None
