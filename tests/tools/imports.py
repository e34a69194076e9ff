# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports every Python file of the collection with the Python that runs this, as far as it belongs there."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.tools.tree import PLACE, ROOT, link


def main() -> int:
    """Return 1 when a file cannot be imported."""
    sys.path.insert(0, str(link()))
    names = [
        ".".join((PLACE / path.relative_to(ROOT)).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(Path(ROOT, "plugins").rglob("*.py"))
    ]
    broken = 0
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            broken += 1
            print(f"{name}: {error!r}")
    print(f"{len(names) - broken} of {len(names)} files imported")
    return 1 if broken or not names else 0


if __name__ == "__main__":
    sys.exit(main())
