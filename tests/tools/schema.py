# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps docs/schema, from which editors know the tenant document, in step with the nouns and the modules' words."""

from __future__ import annotations

import argparse
import json
import sys

from tests.tools.tree import ROOT, link

FOLDER = ROOT / "docs" / "schema"


def wanted() -> dict[str, str]:
    """Return the text that each file should have, by its name."""
    from tests.tools.document_schema import files

    return {name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in files().items()}


def differences() -> list[str]:
    """Return the names of the files that are absent or differ."""
    texts = wanted().items()
    return [name for name, text in texts if not (FOLDER / name).exists() or (FOLDER / name).read_text("utf-8") != text]


def main() -> int:
    """Write the files or compare them; return 1 when one is not fresh."""
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="fail when a file does not fit the nouns")
    mode.add_argument("--write", action="store_true", help="write what is not fresh")
    write = parser.parse_args().write
    sys.path.insert(0, str(link()))
    wrong = differences()
    for name in wrong:
        if write:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_text(wanted()[name], encoding="utf-8")
        else:
            print(f"docs/schema/{name} does not fit the nouns and the documentation of the modules: run `make schema`")
    return 1 if wrong and not write else 0


if __name__ == "__main__":
    sys.exit(main())
