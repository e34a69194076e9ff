# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The steps that earlier tasks of the same preview would have done.

A preview is exact on an empty tenant only when a task can refer to objects that an earlier task would create. The steps
that check mode plans are therefore kept until the preview ends, in the run's own temporary folder, and laid over the
answers of the server. A preview may be a part of another one: its memory is its own, and is gone after it. The memory
keeps the digest of a secret, and never its value.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Callable

from ..._api import disk
from ..._model.types import Json, Values
from ..._state.overlay import Effect
from ..._state.place import Id, Pending, Place
from ..._text.secret import Remembered

FOLDER = "telops_pbx"


class Memory:
    """The planned steps of the previews that a task is a part of, for one tenant, in files for their owner alone.

    folder: the run's own. previews: the names of these previews, the outermost first; none in a real run.
    tenant: see Logins.tenant; it is called only where there is anything to know of the tenant.
    """

    def __init__(self, folder: str, previews: Sequence[str], tenant: Callable[[], str]) -> None:
        self._folder = os.path.join(folder, FOLDER)
        self._previews = [f"{name}.jsonl" for name in previews]
        self._tenant = tenant

    def steps(self) -> list[Json]:
        """Return the steps of the earlier tasks, in their order."""
        there = self._files() if self._previews else {}
        return _once(step for name in self._previews if name in there for step in _load(there[name]))

    def effects(self) -> Iterator[Effect]:
        """Yield the effects of the earlier tasks on the tenant."""
        for step in self.steps():
            place = Place(as_ids(step["place"]), tuple(step["names"]))
            yield Effect(step["action"], step["noun"], place, step["id"], step["values"])

    def add(self, steps: Sequence[Values]) -> None:
        if not steps:
            return
        path = os.path.join(self._home(), self._previews[-1])
        disk.append(path, _text(steps), _words(path))

    def note_writes(self, done: Sequence[Values]) -> None:
        """Correct the memory of previews of this tenant, after a task has really done this."""
        if not done:
            return
        for path in self._files().values():
            before = _load(path)
            after = _after(before, done)
            if after != before:
                disk.write(path, _text(after), _words(path))

    def _home(self) -> str:
        return os.path.join(self._folder, self._tenant())

    def _files(self) -> dict[str, str]:
        """The paths of the files of this tenant by their names. Where nobody remembers anything, it is not asked whose
        the credentials are."""
        home = self._home() if os.path.isdir(self._folder) else ""
        names = sorted(os.listdir(home)) if os.path.isdir(home) else []
        return {name: os.path.join(home, name) for name in names if name.endswith(".jsonl")}


def _once(steps: Iterable[Json]) -> list[Json]:
    """Steps without the second creation of one object: hosts that use two logins of a tenant do not take turns."""
    found: list[Json] = []
    there: set[Any] = set()
    for step in steps:
        action, identity = step.get("action"), step.get("id")
        if action == "empty":
            there = {one for one in there if one.noun != step["noun"]}
        elif action == "delete":
            there.discard(identity)
        # Only the number tells rules apart; they may share a name.
        elif action == "create" and isinstance(identity, Pending) and not identity.number:
            if identity in there:
                continue
            there.add(identity)
        found.append(step)
    return found


def _load(path: str) -> list[Json]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line, object_hook=_decode) for line in lines]


def _text(steps: Iterable[Values]) -> str:
    return "".join(json.dumps(_encode(step)) + "\n" for step in steps)


def _words(path: str) -> str:
    return f"{path}, in which this run keeps its preview,"


def _after(steps: Sequence[Values], done: Sequence[Values]) -> list[Json]:
    """Return the planned steps that are left after others were really done; none of them hides an existing object."""
    left = [dict(step) for step in steps]
    for real in done:
        arrived: dict[Pending, Id] = {}
        kept = []
        for one in left:
            step = _with_ids(one, arrived)
            if step["noun"] == real["noun"] and as_ids(step["place"]) == as_ids(real["place"]):
                if step["action"] == real["action"] == "order":
                    continue
                new = step["id"] if step["action"] == real["action"] == "create" else None
                if isinstance(new, Pending) and new.name == real["name"] and new not in arrived:
                    # It is there now, and the rest that was planned for it would change it.
                    arrived[new] = real["id"]
                    step.update(action="update", id=real["id"])
                if step["action"] in ("update", "replace") and step["id"] == real["id"]:
                    step["values"] = {n: v for n, v in step["values"].items() if n not in real["values"]}
                    if not step["values"]:
                        continue
            kept.append(step)
        left = kept
    return left


def _with_ids(value: Any, arrived: Mapping[Pending, Id]) -> Any:
    """A value with the ids of the objects that are there by now."""
    if isinstance(value, Pending):
        if value in arrived:
            return arrived[value]
        parents = tuple((noun, _with_ids(identity, arrived)) for noun, identity in value.parents)
        if value.known and parents != value.parents:
            return value.known
        return Pending(value.noun, value.name, parents, value.number, value.known)
    if isinstance(value, dict):
        return {name: _with_ids(part, arrived) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_ids(part, arrived) for part in value]
    return value


def _encode(value: Any) -> Any:
    """Every JSON object names its meaning, so that no name in the data is taken for a mark."""
    if isinstance(value, Pending):
        return {"pending": [value.noun, value.name, _encode(value.parents), value.number, value.known]}
    if isinstance(value, Remembered):
        return {"secret": value.digest}
    if isinstance(value, Mapping):
        return {"dict": [[name, _encode(part)] for name, part in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_encode(part) for part in value]
    return value


def _decode(value: Json) -> Any:
    if "dict" in value:
        return dict(value["dict"])
    if "secret" in value:
        return Remembered(value["secret"])
    noun, name, parents, number, known = value["pending"]
    return Pending(noun, name, as_ids(parents), number, known)


def as_ids(pairs: Iterable[tuple[str, Id]]) -> tuple[tuple[str, Id], ...]:
    return tuple((name, identity) for name, identity in pairs)
