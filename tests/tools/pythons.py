# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the Pythons of this machine, and gives commands a virtual environment of their own with one of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The modules run on no older one.
_OLDEST = (3, 9)


def search_path() -> list[str]:
    """Return the folders of PATH, this Python's first, with the Pythons that exist in place of pyenv's shims.

    The shims offer every version that is installed, but fail in the clean environment that ansible-test gives to its
    commands: the interpreters behind them do not.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    versions = {
        tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit()): str(folder)
        for folder in pyenv.glob("versions/3.*/bin")
    }
    behind = [versions[version] for version in sorted(versions) if version >= _OLDEST]
    system = [entry for entry in os.environ.get("PATH", os.defpath).split(os.pathsep) if not _inside(entry, pyenv)]
    return list(dict.fromkeys([str(Path(sys.executable).parent), *system, *behind]))


def _inside(entry: str, folder: Path) -> bool:
    return Path(entry).is_relative_to(folder)


def interpreter(version: str) -> str | None:
    """Return the program of a Python such as ``3.12``, or None where there is none."""
    return shutil.which(f"python{version}", path=os.pathsep.join(search_path()))


def environment_with(folder: Path, python: str, requirements: Path) -> Path:
    """Return the Python of a virtual environment with just these packages, which is made where it is not there yet."""
    program, stamp = folder / "bin" / "python", folder / "requirements.txt"
    text = requirements.read_text(encoding="utf-8")
    if program.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == text:
        return program
    shutil.rmtree(folder, ignore_errors=True)
    uv, pip = (sys.executable, "-m", "uv"), (str(program), "-m", "pip")
    has_uv = not subprocess.run([*uv, "--version"], check=False, capture_output=True).returncode
    make = [*uv, "venv", "--quiet", "--seed", "--python", python] if has_uv else [python, "-m", "venv"]
    install = [*uv, "pip", "install", "--quiet", "--python", str(program)] if has_uv else [*pip, "install", "-qq"]
    subprocess.run([*make, str(folder)], check=True)
    subprocess.run([*install, "--require-hashes", "-r", str(requirements)], check=True)
    stamp.write_text(text, encoding="utf-8")
    return program
