# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What earlier tasks of the same preview would have done.

A preview is exact on an empty tenant only when a task can refer to what an earlier task would create. The steps that
check mode plans are therefore kept for the rest of the run, in the run's own temporary folder, and laid over what the
server answers. Nothing of this happens in a real run. Of a secret, it is kept that there is one, and never its value.
"""

from __future__ import annotations

import json
import os
from typing import Any

from .place import Pending


class Memory:
    """The planned steps of one run for one tenant, in a file that only its owner may read."""

    def __init__(self, path: str) -> None:
        self._path = path

    def steps(self) -> list[dict[str, Any]]:
        try:
            with open(self._path, encoding="utf-8") as lines:
                return [json.loads(line, object_hook=_decode) for line in lines]
        except FileNotFoundError:
            return []

    def add(self, steps: list[dict[str, Any]]) -> None:
        if not steps:
            return
        text = "".join(json.dumps(_encode(step)) + "\n" for step in steps)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(text)


def _encode(value: Any) -> Any:
    """Every JSON object says what it stands for, so that no name in the data is taken for a mark."""
    if isinstance(value, Pending):
        return {"pending": [value.noun, value.name, _encode(value.parents), value.number, value.known]}
    if isinstance(value, dict):
        return {"dict": [[name, _encode(part)] for name, part in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_encode(part) for part in value]
    return value


def _decode(value: dict[str, Any]) -> Any:
    if "dict" in value:
        return dict(value["dict"])
    noun, name, parents, number, known = value["pending"]
    return Pending(noun, name, as_ids(parents), number, known)


def as_ids(pairs: Any) -> Any:
    return tuple((name, identity) for name, identity in pairs)
