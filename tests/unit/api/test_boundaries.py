# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The boundaries of the API client: it may know HTTP, and nothing of Ansible or of the other layers."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.tree import link

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "plugins" / "module_utils" / "_api").glob("*.py"))
PACKAGE = "ansible_collections.telops.pbx.plugins.module_utils._api"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_the_standard_library_requests_and_itself_are_imported(file: Path) -> None:
    allowed = {*sys.stdlib_module_names, "requests", "urllib3"}
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            assert {name.name.partition(".")[0] for name in node.names} <= allowed
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            assert str(node.module).partition(".")[0] in allowed
        elif isinstance(node, ast.ImportFrom):
            below = node.level == 2 and str(node.module).startswith("_text.")
            assert node.level == 1 or below, "a relative import that leaves the package"


def test_the_files_were_found() -> None:
    assert {"client.py", "errors.py", "paging.py", "settings.py"} <= {file.name for file in FILES}


def test_everything_can_be_imported_without_requests_and_says_what_is_missing() -> None:
    code = f"""
import sys
sys.path.insert(0, {str(link())!r})
sys.modules["requests"] = None
import importlib
for name in {[file.stem for file in FILES]!r}:
    importlib.import_module({PACKAGE!r} + "." + name)
from {PACKAGE} import client, errors, settings
assert "ImportError" in client.REQUESTS_IMPORT_ERROR or "ModuleNotFoundError" in client.REQUESTS_IMPORT_ERROR
try:
    client.Client(settings.Settings("https://pbx.example.com/api/ver1.0", access_token="t"))
except errors.RequestsMissing as exc:
    print(exc)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("the Python library requests is missing")
