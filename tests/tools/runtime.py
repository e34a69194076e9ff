# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps the files that Ansible wants once per module in step with the modules.

That is the action group in meta/runtime.yml, and a file in plugins/action for each module, which makes its tasks run
in plugins/action/pbx.py. The routing of meta/runtime.yml could name that plugin too, but at a price in either form:
``plugin_routing.action.<name>.redirect`` makes ansible-core (2.16 to 2.19) file the ``module_defaults`` of every module
under the one name ``telops.pbx.pbx``, so that those of one module reach all others; with
``plugin_routing.modules.<name>.action_plugin`` the plugin is not loaded before Ansible forks, and every task imports
its libraries anew, three to four times slower.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.tools.tree import ROOT

_HEAD = """\
# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by `make runtime` from the modules that are there.
"""
_MARK = _HEAD.splitlines()[-1]

_ACTION = (
    _HEAD
    + """\
from __future__ import annotations

from ansible_collections.telops.pbx.plugins.action.pbx import ActionModule, prepare

__all__ = ["ActionModule"]

prepare("{name}")
"""
)


def modules(root: Path = ROOT) -> list[str]:
    """Return the names of the collection's modules, sorted."""
    return sorted(path.stem for path in (root / "plugins" / "modules").glob("pbx_*.py"))


def wanted(root: Path = ROOT) -> dict[Path, str]:
    """Return the text that each file should have."""
    names = modules(root)
    runtime = f'---\n{_HEAD}requires_ansible: ">=2.16.0"\n'
    if names:
        runtime += "action_groups:\n  pbx:\n" + "".join(f"    - {name}\n" for name in names)
    files = {root / "meta" / "runtime.yml": runtime}
    files.update({root / "plugins" / "action" / f"{name}.py": _ACTION.format(name=name) for name in names})
    return files


def differences(root: Path = ROOT) -> list[Path]:
    """Return the files that are absent, differ, or belong to a module that is gone."""
    files = wanted(root)
    wrong = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    present = (root / "plugins" / "action").glob("pbx_*.py")
    return wrong + [path for path in present if path not in files and _MARK in path.read_text(encoding="utf-8")]


def main() -> int:
    """Write the files or compare them; return 1 when one is not fresh."""
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="fail when a file does not fit the modules")
    mode.add_argument("--write", action="store_true", help="write what is not fresh")
    write = parser.parse_args().write
    files, wrong = wanted(), differences()
    for path in wrong:
        if not write:
            print(f"{path.relative_to(ROOT)} does not fit the modules: run `make runtime`")
        elif path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
        else:
            path.unlink()
    return 1 if wrong and not write else 0


if __name__ == "__main__":
    sys.exit(main())
