# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Places the checkout where Ansible's tools look for a collection.

Ansible finds a collection only at ``<somewhere>/ansible_collections/telops/pbx``; a checkout may have any folder name.
``link`` serves everything that follows symbolic links, ``copy`` serves ansible-test and the build, which do not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = Path("ansible_collections", "telops", "pbx")


def link(root: Path = ROOT, base: Path | None = None) -> Path:
    """Return a folder for ``ANSIBLE_COLLECTIONS_PATH`` and ``sys.path`` where the collection is a link to ``root``."""
    base = base or root / ".cache" / "link"
    place = base / PLACE
    if place.is_symlink() and place.resolve() == root.resolve():
        return base
    place.parent.mkdir(parents=True, exist_ok=True)
    # Test workers start at the same moment: a rename replaces the link without an instant at which it is absent.
    mine = place.with_name(f".{place.name}.{os.getpid()}")
    mine.symlink_to(root.resolve(), target_is_directory=True)
    mine.replace(place)
    return base


def known_files(root: Path = ROOT) -> list[str]:
    """Return the files that git tracks or would track, relative to ``root``; without git, every file not hidden."""
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        return sorted({name for name in listed if name and os.path.lexists(root / name)})
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts)
    )


def copy(root: Path = ROOT, base: Path | None = None) -> Path:
    """Copy the known files to ``base`` and return the collection's folder there, a git repository of its own.

    The repository matters: ansible-test asks git what to look at, and a copy inside a git-ignored folder of another
    repository would be nothing at all to it.
    """
    base = base or root / ".cache" / "tree"
    place = base / PLACE
    shutil.rmtree(place, ignore_errors=True)
    for name in known_files(root):
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, target, follow_symlinks=False)
    subprocess.run(["git", "init", "--quiet", str(place)], check=True)
    return place


def main() -> None:
    """Print the folder that was made, for shell scripts and the Makefile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["link", "copy"])
    parser.add_argument("--base", type=Path, help="folder that gets ansible_collections/; default: below .cache/")
    arguments = parser.parse_args()
    make = {"link": link, "copy": copy}[arguments.kind]
    print(make(ROOT, arguments.base))


if __name__ == "__main__":
    main()
