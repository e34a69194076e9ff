# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules for every file of the repository."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools import runtime
from tests.tools.tree import ROOT, known_files

LICENCE = """\
# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""
PRIVATE = "# PRIVATE to this collection: may change at any time.\n"
LONGEST = 400
# Spelled in two halves, so that this file may be searched like all others.
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
OTHERS_WORDS = ("LICENSE", "LICENSES/")

FILES = known_files()
PYTHON = [name for name in FILES if name.endswith(".py")]
NOUN = re.compile(r"\bwhat\b(?! to\b)", re.IGNORECASE)
RIDDLE = re.compile(r"\b(?:What|Whose|Of|Whatever)\b")
# The marks that may stand in front of the first word.
BEFORE = "#:-*(`'\" \n"
LIMITED = [name for name in PYTHON if name.startswith(("plugins/module_utils/", "plugins/action/", "tests/emulator/"))]


def code_lines(text: str) -> int:
    """Count the lines that hold code: neither blank, nor only a comment, nor a string that stands alone."""
    quiet = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines: set[int] = set()
    statement_starts = True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in quiet:
            statement_starts = statement_starts or token.type == tokenize.NEWLINE
        elif not (token.type == tokenize.STRING and statement_starts):
            lines.update(range(token.start[0], token.end[0] + 1))
            statement_starts = False
    return len(lines)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_code_lines_are_those_with_code() -> None:
    assert (
        code_lines('"""Text\nof two lines."""\n\n# why\nx = [\n    1,\n]\n\ndef f():\n    """Doc."""\n    return x\n')
        == 5
    )


@pytest.mark.parametrize("name", LIMITED)
def test_no_file_is_too_long_to_read(name: str) -> None:
    assert code_lines(read(name)) <= LONGEST


@pytest.mark.parametrize("name", PYTHON)
def test_every_python_file_carries_the_licence(name: str) -> None:
    expected = LICENCE
    if name.startswith("plugins/module_utils/"):
        expected += PRIVATE
    assert read(name).startswith(expected)


def test_nothing_is_left_unfinished() -> None:
    found = []
    for name in FILES:
        path = ROOT / name
        if path.is_symlink() or name.startswith(OTHERS_WORDS) or path.suffix in {".wav", ".png"}:
            continue
        found += [f"{name}:{n}" for n, line in enumerate(read(name).splitlines(), 1) if UNFINISHED.search(line)]
    assert not found


def docstrings(text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring is not None:
                yield node.body[0].lineno, docstring


def remarks(text: str) -> Iterator[tuple[int, str]]:
    """The docstrings and the lines of comments, each with the number of its first line."""
    yield from docstrings(text)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_no_docstring_or_comment_begins_with_a_riddle() -> None:
    """`make lint` checks the texts that users read; this test holds docstrings and comments to the same style guide."""
    found = []
    for name in PYTHON:
        # The search spares most files the tokenizer, which takes seconds for all of them.
        if name.startswith(("plugins/", "extensions/", "tests/")) and RIDDLE.search(text := read(name)):
            told = [(line, remark) for line, remark in sorted(remarks(text)) if RIDDLE.match(remark.lstrip(BEFORE))]
            found += [f"{name}:{line}: {remark.splitlines()[0]}" for line, remark in told]
    assert not found, "\n".join(["These begin with What, Whose, Of or Whatever; name the thing instead:", *found])


def test_docstrings_name_the_thing_instead_of_what() -> None:
    """In at most one sentence of a hundred, "what" stands for a noun, as in the texts that users read."""
    sentences, found = 0, []
    for name in PYTHON:
        if name.startswith(("plugins/", "extensions/", "tests/")):
            for line, docstring in docstrings(read(name)):
                for sentence in re.split(r"(?<=[.!?])\s+", docstring):
                    sentences += 1
                    if NOUN.search(sentence) and not sentence.endswith("?"):
                        found.append(f"{name}:{line}: {' '.join(sentence.split())}")
    assert len(found) * 100 <= sentences, "\n".join(["Name the thing instead of writing 'what':", *found])


def test_each_function_has_its_body_on_lines_of_its_own() -> None:
    """Sanity tests of older versions of ansible-core refuse E704, which Ruff does not know."""
    found = [
        f"{name}:{node.lineno}"
        for name in PYTHON
        for node in ast.walk(ast.parse(read(name)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.body[0].lineno == node.lineno
    ]
    assert found == []


def test_what_is_written_from_the_modules_is_fresh() -> None:
    assert [str(path.relative_to(ROOT)) for path in runtime.differences()] == []


def test_every_module_is_in_the_action_group(tmp_path: Path) -> None:
    modules = tmp_path / "plugins" / "modules"
    modules.mkdir(parents=True)
    (modules / "pbx_agent.py").touch()
    assert {path.relative_to(tmp_path).as_posix() for path in runtime.differences(tmp_path)} == {
        "meta/runtime.yml",
        "plugins/action/pbx_agent.py",
    }
    assert "  pbx:\n    - pbx_agent\n" in runtime.wanted(tmp_path)[tmp_path / "meta" / "runtime.yml"]
