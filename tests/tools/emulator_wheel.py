# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How ``pip install`` makes a program of the emulator: the build backend that pyproject.toml names.

It needs nothing but Python, so that an installation downloads the dependencies of the emulator and nothing to build it
with.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EMULATOR = ROOT / "tests" / "emulator"
PACKAGE = "telops_pbx_emulator"
NAME = "telops-pbx-emulator"
PROGRAM = "pbx-emulator"


def build_wheel(folder: str, settings: Any = None, metadata: str | None = None) -> str:
    """Write the wheel into ``folder`` and return its name, as PEP 517 wants it."""
    stated = re.search(r"^version: (\S+)$", (ROOT / "galaxy.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert stated is not None
    version = stated[1]
    wanted = (ROOT / "requirements" / "emulator.in").read_text(encoding="utf-8").splitlines()
    info = f"{PACKAGE}-{version}.dist-info"
    files = {f"{PACKAGE}/{path.relative_to(EMULATOR)}": path.read_bytes() for path in sorted(EMULATOR.rglob("*.py"))}
    files[f"{PACKAGE}/openapi.yaml"] = (ROOT / "docs" / "api" / "openapi.yaml").read_bytes()
    described = [
        *("Metadata-Version: 2.1", f"Name: {NAME}", f"Version: {version}", "License: GPL-3.0-or-later"),
        *("Summary: A hosted PBX to test against", "Requires-Python: >=3.11"),
        *(f"Requires-Dist: {line}" for line in wanted if line and not line.startswith("#")),
    ]
    entries = ("[console_scripts]", f"{PROGRAM} = {PACKAGE}.__main__:main")
    kind = ("Wheel-Version: 1.0", "Generator: telops.pbx", "Root-Is-Purelib: true", "Tag: py3-none-any")
    for name, lines in (("METADATA", described), ("WHEEL", kind), ("entry_points.txt", entries)):
        files[f"{info}/{name}"] = "\n".join((*lines, "")).encode()
    record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    wheel = f"{PACKAGE}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder, wheel), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return wheel


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
