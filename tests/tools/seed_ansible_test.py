# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A replacement for the pip bootstrap script that ansible-test would otherwise download from a host of its own.

ansible-test looks for the script in ``~/.ansible/test/cache`` first. The replacement does the same from a pip wheel
that comes from the package index in use.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

# In-process ensurepip would be shorter, but it makes pip ignore its configuration, certificates included.
_SCRIPT = '''"""Installs pip and the packages named on the command line with the pip of a wheel beside this file."""
import pathlib
import sys

folder = pathlib.Path(__file__).parent
wheel = str(next(folder.glob("pip-{version}-*.whl")))
sys.path.insert(0, wheel)

from pip._internal.cli.main import main

arguments = [a for a in sys.argv[1:] if a not in ("--no-setuptools", "--no-wheel")]
sys.exit(main(["install", "--find-links", str(folder), *arguments]))
'''


def pip_version() -> str:
    """Return the version of pip that the installed ansible-test puts into its virtual environments."""
    spec = importlib.util.find_spec("ansible_test")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("ansible-test is not installed here; it comes with ansible-core")
    source = Path(spec.submodule_search_locations[0], "_internal", "python_requirements.py").read_text(encoding="utf-8")
    found = re.search(r"pip='([0-9.]+)'", source)
    if not found:
        raise SystemExit(
            "this release of ansible-test names its pip in a new way; see tests/tools/seed_ansible_test.py"
        )
    return found.group(1)


def seed(home: Path) -> None:
    """Prepare ``home`` as the home folder of an ansible-test run."""
    version = pip_version()
    cache = home / ".ansible" / "test" / "cache"
    script = cache / f"get_pip_{version.replace('.', '_')}.py"
    if script.exists():
        return
    cache.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache), f"pip=={version}"],
        check=True,
    )
    script.write_text(_SCRIPT.format(version=version), encoding="utf-8")


if __name__ == "__main__":
    seed(Path.home())
