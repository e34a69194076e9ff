# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds every text that users read against docs/contributing/style.md, with textlint.

The terms are those of the table in that page. ``--measure`` prints the share of sentences that break each rule.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.tools import node
from tests.tools.tree import ROOT, known_files

STYLE = ROOT / "docs" / "contributing" / "style.md"
SCRIPT = Path(__file__).parent / "node" / "prose.mjs"
RULES = ("start", "what", "term")
# The largest share of sentences that may break a rule, in percent, where it is not zero.
ALLOWED = {("pages", "what"): 1.0, ("plugins", "what"): 1.0, ("messages", "what"): 1.0, ("pages", "start"): 0.2}
# The keys of a plugin's documentation below which there is prose.
_PROSE = frozenset({"description", "short_description", "notes", "details", "why", "alternatives", "alternative"})
# In playbooks and roles, the names of tasks and their messages too, which every run prints.
_TASKS = {"name", "msg", "fail_msg", "success_msg"}
_MESSAGE = re.compile(r"[a-z]+ [a-z]+ [a-z]+")


@dataclass
class Text:
    """One file, and the line of the file in which each line of the text stands."""

    name: str
    group: str
    text: str
    ext: str = ".md"
    lines: list[int] = field(default_factory=list)

    def line(self, number: int) -> int:
        return self.lines[number - 1] if self.lines else number


def terms() -> list[tuple[str, str]]:
    """The pairs of the style guide's table: the word to write, and a word that it replaces."""
    table = STYLE.read_text(encoding="utf-8").split("| write | instead of |\n", 1)[1].split("\n\n", 1)[0]
    rows = re.findall(r"^\| (\w[^|]*) \| ([^|]+) \|", table, re.MULTILINE)
    return [(wanted, word) for wanted, words in rows for word in words.split(", ")]


def texts() -> list[Text]:
    """Every text of the repository that users read."""
    found = []
    for name in known_files():
        path = ROOT / name
        if name.endswith(".md") and path != STYLE and not path.is_symlink():
            found.append(Text(name, "pages", path.read_text(encoding="utf-8")))
        elif re.match(r"roles/\w+/meta/argument_specs\.yml$|changelogs/fragments/", name):
            found.append(_lines(name, "plugins", _scalars(path.read_text(encoding="utf-8"), 0)))
        elif re.match(r"playbooks/.*\.yml$|roles/\w+/tasks/", name):
            found.append(_lines(name, "tasks", _scalars(path.read_text(encoding="utf-8"), 0, _TASKS)))
        elif name.endswith(".py") and name.startswith("plugins/module_utils/"):
            found.append(_lines(name, "messages", _messages(path)))
        elif name.endswith(".py") and name.startswith("plugins/") and "/action/" not in name:
            found.append(_lines(name, "plugins", _documented(path)))
    return found


def _lines(name: str, group: str, pieces: Iterator[tuple[int, str]]) -> Text:
    """A text of one paragraph for each piece."""
    lines, parts = [], []
    for line, piece in pieces:
        parts += [" ".join(piece.split()), ""]
        lines += [line, line]
    return Text(name, group, "\n".join(parts), ".txt", lines)


def _documented(path: Path) -> Iterator[tuple[int, str]]:
    for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            name, value = ast.unparse(statement.targets[0]), statement.value.value
            if name.isupper() and isinstance(value, str) and name not in {"EXAMPLES", "_HEAD", "_MARK"}:
                yield from _scalars(value, statement.lineno - 1)


def _scalars(text: str, before: int, keys: Collection[str] = _PROSE) -> Iterator[tuple[int, str]]:
    """The line and the text of each description, without the markup of ansible-doc and without templates.

    keys: those below which there is prose.
    """

    def visit(part: Any, prose: bool) -> Iterator[tuple[int, str]]:
        if isinstance(part, yaml.MappingNode):
            for key, value in part.value:
                yield from visit(value, key.value in keys or prose_section(key.value, value))
        elif isinstance(part, yaml.SequenceNode):
            for one in part.value:
                yield from visit(one, prose)
        elif prose:
            plain = re.sub(r"\b[A-Z]+\(((?:\\.|[^)\\])*)\)", lambda found: "x" * len(found.group(1)), part.value)
            yield part.start_mark.line + 1 + before, re.sub(r"``[^`]*``|\{[{%].*?[%}]\}", "x", plain)

    def prose_section(key: str, value: yaml.Node) -> bool:
        return key.endswith(("_changes", "_features", "bugfixes", "summary")) or (
            key == "trivial" and isinstance(value, yaml.SequenceNode)
        )

    try:
        document = yaml.compose(text)
    except yaml.YAMLError:
        return
    yield from visit(document, False)


def _messages(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in the code, without docstrings, and a word for each value that is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    for part in ast.walk(tree):
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
            skipped.add(part.value)
        if isinstance(part, ast.JoinedStr):
            skipped.update(inner for inner in part.values if isinstance(inner, ast.Constant))
            said = "".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in part.values)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part not in skipped:
            said = part.value
        else:
            continue
        if _MESSAGE.search(said):
            yield part.lineno, said


def run(found: list[Text]) -> list[dict[str, Any]]:
    """Have textlint read the texts; return the number of sentences and the findings of each."""
    wanted = [{"name": one.name, "text": one.text, "ext": one.ext} for one in found]
    done = subprocess.run(
        [node.program("node"), str(SCRIPT), str(node.modules())],
        input=json.dumps({"terms": terms(), "texts": wanted}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        sys.exit(done.stderr)
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


def main() -> int:
    """Print the sentences that break a rule; return 1 when there are more than are allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help="print the share of each rule only")
    parser.add_argument("--all", action="store_true", help="print allowed findings too")
    parser.add_argument("paths", nargs="*", help="only files whose names begin so")
    args = parser.parse_args()
    found = [one for one in texts() if not args.paths or one.name.startswith(tuple(args.paths))]
    sentences: Counter[str] = Counter()
    broken: dict[tuple[str, str], list[str]] = {}
    for text, result in zip(found, run(found), strict=True):
        sentences[text.group] += result["sentences"]
        for line, message in result["found"]:
            rule = message.split(":")[0]
            broken.setdefault((text.group, rule), []).append(f"{text.name}:{text.line(line)}: {message}")
    red = False
    for group in sentences:
        for rule in RULES:
            lines = broken.get((group, rule), [])
            share = 100 * len(lines) / (sentences[group] or 1)
            over = share > ALLOWED.get((group, rule), 0)
            red = red or over
            if args.measure:
                print(f"{group}: {rule}: {len(lines)} of {sentences[group]} sentences, {share:.1f} %")
            elif over or args.all:
                print("\n".join(lines))
    return 1 if red and not args.measure else 0


if __name__ == "__main__":
    sys.exit(main())
