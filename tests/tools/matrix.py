# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make matrix``: every supported ansible-core, each in a virtual environment of its own.

The workflow in .github/workflows runs the same cells; requirements/core-*.txt pins the installed packages.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.tools.ansible import environment
from tests.tools.check import Step, run
from tests.tools.pythons import environment_with, interpreter, search_path
from tests.tools.tree import ROOT, link

_VENVS = ROOT / ".cache" / "matrix"


@dataclass(frozen=True)
class Cell:
    """An ansible-core, and the Python that it runs on here."""

    core: str
    python: str

    @property
    def requirements(self) -> Path:
        return ROOT / "requirements" / f"core-{self.core}.txt"

    def __str__(self) -> str:
        return f"ansible-core {self.core} on Python {self.python}"


CELLS = (
    Cell("2.16", "3.11"),
    Cell("2.17", "3.11"),
    Cell("2.18", "3.11"),
    Cell("2.19", "3.11"),
    Cell("2.20", "3.12"),
    Cell("2.21", "3.13"),
)


def present() -> list[Cell]:
    """Return the cells whose Python is here, and print the others."""
    found = []
    for cell in CELLS:
        if interpreter(cell.python):
            found.append(cell)
        else:
            print(f"Skipped: {cell}, since there is no python{cell.python} here", flush=True)
    return found


def ends() -> list[Cell]:
    """Return the oldest and the newest cell that can run here: the cells between them rarely break alone."""
    cells = present()
    return cells if len(cells) < 2 else [cells[0], cells[-1]]


def steps(python: Path, cell: Cell, quick: bool) -> list[Step]:
    """The steps of a cell; quick leaves out those that take minutes. ``python`` is that of its environment."""
    programs = ("--programs", str(python.parent), "--collections", str(link()))
    demo = (sys.executable, "-m", "tests.tools.demo", *programs)
    imports = (str(python), "-m", "tests.tools.imports")
    found = [Step(f"{cell}: import", imports), Step(f"{cell}: demo", demo)]
    if not quick:
        docs = (str(python), "-m", "tests.tools.plugin_docs")
        sanity = (str(python), "-m", "tests.tools.sanity")
        found += [
            Step(f"{cell}: ansible-doc", docs, "documented"),
            Step(f"{cell}: ansible-test sanity", sanity, r"^Skipping |sanity tests ran", 3600),
        ]
    return found


def green(cell: Cell, quick: bool) -> bool:
    """Run all steps of a cell. Return whether all are green."""
    python = environment_with(_VENVS / cell.core, interpreter(cell.python) or sys.executable, cell.requirements)
    path = os.pathsep.join([str(python.parent), *search_path()])
    env = environment(_VENVS / f"home-{cell.core}", {"PATH": path})
    return not [step for step in steps(python, cell, quick) if not run(step, env)]


def pin() -> None:
    """Resolve the packages of the cells again."""
    for cell in CELLS:
        compiler = (sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-annotate", "--generate-hashes")
        named = ("--custom-compile-command", "make pins", "-o", str(cell.requirements))
        command = (*compiler, "--python-version", cell.python, *named)
        core = f"ansible-core~={cell.core}.0\n"
        subprocess.run([*command, "-", "requirements.txt"], cwd=ROOT, check=True, input=core, text=True)


def main() -> int:
    """Run the cells named on the command line, or all that can run here; return 1 when one is not green."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cores", nargs="*", metavar="CORE", help="such as 2.18; one that cannot run is a failure")
    parser.add_argument("--quick", action="store_true", help="only imports and demo, of the oldest and the newest")
    parser.add_argument("--pins", action="store_true", help="resolve requirements/core-*.txt again")
    arguments = parser.parse_args()
    if arguments.pins:
        pin()
        return 0
    cells = ends() if arguments.quick and not arguments.cores else present()
    if arguments.cores:
        cells = [cell for cell in cells if cell.core in arguments.cores]
    if missing := set(arguments.cores) - {cell.core for cell in cells}:
        print(f"cannot run here: {', '.join(sorted(missing))}; the cells are {', '.join(map(str, CELLS))}")
        return 1
    red = [cell for cell in cells if not green(cell, arguments.quick)]
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
