# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pages of docs/contributing that lead through an addition, done as they are written, in a copy of the checkout."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.tools.tree import ROOT, copy
from tests.unit.test_repository import code_lines

FOLDER = ROOT / "docs" / "contributing"
# The page of operations shows how a module came about that is here, which the copy lacks at first.
DRAFTED = ("plugins/modules/pbx_variable.py", "plugins/action/pbx_variable.py")
# Lines of code that an addition may cost: that of an operation has a check of its own.
MOST = {"add-a-noun.md": 60, "add-an-operation.md": 80}
# The packages are those of this run.
MAKE = ("make", "-o", ".venv/.demo", "-o", ".venv/.test")


def blocks(page: str) -> list[tuple[str, str, str]]:
    """The blocks of a page: the language, the file that the text before names last, and the text."""
    found, file = [], ""
    for token in MarkdownIt().parse((FOLDER / page).read_text(encoding="utf-8")):
        if token.type == "inline":
            code = [one.content for one in token.children or [] if one.type == "code_inline"]
            file = next((name for name in reversed(code) if "/" in name), file)
        elif token.type == "fence":
            found.append((token.info, file, token.content))
    return found


def added(diff: str) -> str:
    return "".join(line[1:] for line in diff.splitlines(keepends=True) if line.startswith("+"))


def edit(path: Path, diff: str) -> None:
    """Add the new lines below the one line that the block shows of the file."""
    (anchor,) = [line[1:] for line in diff.splitlines(keepends=True) if line.startswith(" ")]
    before, after = re.split(f"(?m)^{re.escape(anchor)}", path.read_text(encoding="utf-8"))
    path.write_text(before + anchor + added(diff) + after, encoding="utf-8")


def take_back(tree: Path, page: str) -> None:
    """Remove all that a page adds. It shows each file and each line as it is."""
    for language, name, text in blocks(page):
        path = tree / name
        if language == "python":
            assert path.read_text(encoding="utf-8") == text
            path.unlink()
        elif language == "diff":
            before, after = path.read_text(encoding="utf-8").split(added(text))
            path.write_text(before + after, encoding="utf-8")
    for name in DRAFTED:
        (tree / name).unlink()


def test_the_page_of_operations_shows_the_files_as_they_are(tmp_path: Path) -> None:
    take_back(copy(base=tmp_path), "add-an-operation.md")


@pytest.mark.long
@pytest.mark.parametrize("page", MOST)
def test_the_page_leads_to_modules_whose_tests_are_green(tmp_path: Path, page: str) -> None:
    tree = copy(base=tmp_path)
    (tree / ".venv").symlink_to(sys.prefix)
    if page == "add-an-operation.md":
        take_back(tree, page)
    lines = 0
    for language, name, text in blocks(page):
        if language == "console":
            for command in text.splitlines():
                program, target = command.split()
                assert program == "make"
                done = subprocess.run(
                    [*MAKE, target], cwd=tree, check=False, capture_output=True, text=True, timeout=300
                )
                assert done.returncode == 0, done.stdout + done.stderr
                assert "passed" in done.stdout or not target.startswith("test-")
            continue
        if language == "diff":
            edit(tree / name, text)
            text = added(text)
        else:
            (tree / name).write_text(text, encoding="utf-8")
        lines += code_lines(text) if name.endswith(".py") else 0
    assert 0 < lines < MOST[page]
