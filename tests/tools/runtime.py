# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps meta/runtime.yml in step with the modules that are there.

The modules name the action plugin by ``plugin_routing.modules.<name>.action_plugin``. A redirect in
``plugin_routing.action`` would run the same plugin, but ansible-core then files ``module_defaults`` of every module
under the one name ``telops.pbx.pbx``: the defaults of one module would reach all others.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.tools.tree import ROOT

_HEAD = """\
---
# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by `make runtime` from the modules that are there.
requires_ansible: ">=2.16.0"
"""


def modules(root: Path = ROOT) -> list[str]:
    """Return the names of the collection's modules, sorted."""
    return sorted(path.stem for path in (root / "plugins" / "modules").glob("pbx_*.py"))


def text(root: Path = ROOT) -> str:
    """Return what meta/runtime.yml should hold."""
    names = modules(root)
    if not names:
        return _HEAD
    lines = [_HEAD, "action_groups:\n  pbx:\n"]
    lines += [f"    - {name}\n" for name in names]
    lines.append("\nplugin_routing:\n  modules:\n")
    lines += [f"    {name}:\n      action_plugin: telops.pbx.pbx\n" for name in names]
    return lines[0] + "\n" + "".join(lines[1:])


def main() -> int:
    """Write the file or compare it; return 1 when it is not fresh."""
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="fail when the file does not fit the modules")
    mode.add_argument("--write", action="store_true", help="write the file")
    path = ROOT / "meta" / "runtime.yml"
    if parser.parse_args().write:
        path.write_text(text(), encoding="utf-8")
    elif not path.exists() or path.read_text(encoding="utf-8") != text():
        print("meta/runtime.yml does not fit the modules: run `make runtime`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
