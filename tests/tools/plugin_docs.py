# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the documentation of every plugin and role as ``ansible-doc`` does, and fails where it cannot."""

from __future__ import annotations

import json
import subprocess
import sys

_KINDS = ("module", "inventory", "callback", "filter", "lookup", "role")
_MANY = {"inventory": "inventories"}


def main() -> int:
    """Return 1 when a plugin's documentation cannot be read."""
    counts, broken = [], False
    for kind in _KINDS:
        listed = subprocess.run(
            ["ansible-doc", "--json", "--list", "-t", kind, "telops.pbx"], check=False, capture_output=True, text=True
        )
        names = list(json.loads(listed.stdout or "{}"))
        if not names:
            continue
        read = subprocess.run(
            ["ansible-doc", "--json", "-t", kind, *names], check=False, capture_output=True, text=True
        )
        documented = json.loads(read.stdout or "{}")
        counts.append(f"{len(documented)} {_MANY.get(kind, kind + 's')}")
        if listed.returncode or read.returncode or set(documented) != set(names):
            broken = True
            print(f"{kind}: {sorted(set(names) - set(documented))}\n{listed.stderr}{read.stderr}")
    print(f"documented: {', '.join(counts) or 'nothing'}")
    return 1 if broken or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
