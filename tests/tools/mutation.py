# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make mutation``: changes _engine and _state in small ways, and shows the changes that no test notices.

mutmut names a mutant after the path of its file, and the engine is imported as a part of a collection: so it works in a
copy that lies where a collection does.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys

from tests.tools.tree import PLACE, ROOT, copy

_BASE = ROOT / ".cache" / "mutation"
_CHANGED = [PLACE / "plugins" / "module_utils" / layer for layer in ("_engine", "_state")]
# The tests that run in this process and in seconds.
_TESTS = (
    "unit/engine",
    "unit/state",
    "unit/modules",
    "unit/review",
    "integration/test_dialects.py::test_every_module_converges[default]",
    "integration/test_readings.py",
    "integration/test_live_readings.py",
    "integration/test_rollback.py",
    "integration/test_troubleshooting.py",
    "integration/test_undo.py",
    "integration/test_tenant_properties.py",
)
# A mutant that mypy refuses is noticed by `make typecheck`, in no time.
_TYPES = [
    sys.executable,
    "-m",
    "mypy",
    "--output=json",
    "--no-warn-unused-ignores",
    "--disable-error-code=no-redef",
    "--config-file",
    str(PLACE / "pyproject.toml"),
]
_TYPES += [arg for folder in _CHANGED for arg in ("-p", ".".join(folder.parts))]
_CONFIG = f"""\
[tool.mutmut]
source_paths = {[str(folder) for folder in _CHANGED]}
also_copy = ["{PLACE.parts[0]}"]
type_check_command = {_TYPES}
pytest_add_cli_args = ["-c", "{PLACE / "pyproject.toml"}", "-p", "no:cacheprovider", "--in-process"]
pytest_add_cli_args_test_selection = {[str(PLACE / "tests" / name) for name in _TESTS]}
"""
_DEFAULT = ["*"]


def _prepare() -> None:
    """A copy of the checkout; the results of mutmut for unchanged functions stay."""
    copy(base=_BASE)
    (_BASE / "pyproject.toml").write_text(_CONFIG, encoding="utf-8")


def _mutmut(*args: str) -> str:
    done = subprocess.run(["mutmut", *args], cwd=_BASE, check=False, capture_output=True, text=True)
    return done.stdout


def survivors() -> list[str]:
    """The mutants that all tests have passed with."""
    return re.findall(r"^\s*(\S+): survived$", _mutmut("results"), re.MULTILINE)


def main() -> int:
    """Return 1 when mutmut cannot run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mutants", nargs="*", default=_DEFAULT, help="patterns of names, such as *.planner.* or *7")
    arguments = parser.parse_args()
    _prepare()
    done = subprocess.run(["mutmut", "run", *arguments.mutants], cwd=_BASE, check=False)
    for name in survivors():
        print(_mutmut("show", name))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
