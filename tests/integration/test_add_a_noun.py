# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""docs/contributing/add-a-noun.md, done as it is written, in a copy of the checkout."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.tools.tree import ROOT, copy
from tests.unit.test_repository import code_lines

PAGE = ROOT / "docs" / "contributing" / "add-a-noun.md"
MOST = 60
# The packages are those of this run.
MAKE = ("make", "-o", ".venv/.demo", "-o", ".venv/.test")


def blocks() -> list[tuple[str, str, str]]:
    """The blocks of the page: the language, the file that the text before names last, and the text."""
    found, file = [], ""
    for token in MarkdownIt().parse(PAGE.read_text(encoding="utf-8")):
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


@pytest.mark.long
def test_the_page_adds_a_noun_whose_tests_are_green(tmp_path: Path) -> None:
    tree = copy(base=tmp_path)
    (tree / ".venv").symlink_to(sys.prefix)
    lines = 0
    for language, name, text in blocks():
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
    assert 0 < lines < MOST
