# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Builds the documentation site into ``build/site``: the pages of the repository, and the reference of all plugins.

The pages are laid out as in the repository, so that their links lead to the same places here and there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import yaml

from tests.tools.ansible import environment
from tests.tools.module_words import constant
from tests.tools.tree import ROOT, known_files

SITE = ROOT / "build" / "site"
_WORK = ROOT / ".cache" / "site"
_CONFIG = ROOT / "docs" / "docsite"
# Where the files are that the pages link to, beside other pages.
_LINKED = ("LICENSE", "changelogs/changelog.yaml", "docs/", "playbooks/", "tests/bench/playbooks/")

_CONNECTION = ROOT / "plugins" / "doc_fragments" / "connection.py"
# The table of options, one of its rows, and the markup before the name of an option.
_OPTIONS = '<table class="colwidths-auto ansible-option-table docutils align-default" style="width: 100%">\n'
_ROW = re.compile(r'  <tr class="row-(?:even|odd)">\n.*?\n  </tr>\n', re.DOTALL)
_ANCHOR = 'id="parameter-'

_ENTRY = r"^( {4})(\w+)(_module|_callback|_inventory|_role)$"


def sources(folder: Path) -> None:
    """Lay out the sources of Sphinx: every Markdown page, the files that these link to, and the reference."""
    for name in known_files():
        if name.endswith(".md") or name.startswith(_LINKED):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    reference = folder / "reference"
    # antsibull-docs wants a folder that nobody else can write to.
    reference.mkdir(mode=0o700)
    _run(
        "antsibull-docs",
        "collection",
        "--use-current",
        "--squash-hierarchy",
        # Tables of options as HTML: as reStructuredText, they would take Sphinx twice as long as all the rest.
        "--use-html-blobs",
        "--no-add-antsibull-docs-version",
        f"--dest-dir={reference}",
        "telops.pbx",
    )
    # Beside the pages, plugins stand by their names alone, without "telops.pbx." and without their description.
    index = reference / "index.rst"
    text = re.sub(_ENTRY, r"\1\2 <\2\3>", index.read_text(encoding="utf-8"), flags=re.MULTILINE)
    index.write_text(text, encoding="utf-8")
    connection = yaml.safe_load(constant(_CONNECTION, "DOCUMENTATION"))["options"]
    for page in reference.glob("*_module.rst"):
        page.write_text(connection_last(page.read_text(encoding="utf-8"), connection), encoding="utf-8")
    shutil.copy2(_CONFIG / "index.rst", folder / "index.rst")


def connection_last(page: str, connection: Collection[str]) -> str:
    """The page of a module with the options of its connection behind its own; antsibull-docs sorts all by name."""
    before, found, rest = page.partition(_OPTIONS)
    if not found:
        return page
    head, opened, rest = rest.partition("  <tbody>\n")
    body, closed, rest = rest.partition("  </tbody>\n")
    rows = sorted(_ROW.findall(body), key=lambda row: re.split('[/"]', row.partition(_ANCHOR)[2])[0] in connection)
    striped = (
        re.sub(r"row-(even|odd)", "row-odd" if number % 2 else "row-even", row, count=1)
        for number, row in enumerate(rows)
    )
    return "".join([before, found, head, opened, *striped, closed, rest])


def main() -> int:
    """Build the site, and print where it is. A warning is an error."""
    # Sphinx does not repeat the warnings of a page that it has read before.
    for folder in (SITE, _WORK):
        shutil.rmtree(folder, ignore_errors=True)
    source = _WORK / "source"
    sources(source)
    _run(
        "sphinx-build",
        "--quiet",
        "--fail-on-warning",
        "--jobs=auto",
        f"--conf-dir={_CONFIG}",
        f"--doctree-dir={_WORK / 'read'}",
        source,
        SITE,
    )
    print(f"{len(list(SITE.rglob('*.html')))} pages in {SITE.relative_to(ROOT)}/index.html")
    return 0


def _run(*command: object) -> None:
    env = environment(_WORK / "ansible")
    done = subprocess.run([str(part) for part in command], check=False, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


if __name__ == "__main__":
    sys.exit(main())
