# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Misbehaviour on demand."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from random import Random
from typing import Any

# These go with another fault of the same request.
BESIDE = ("latency", "hourly_limit", "expire_token", "rewrite", "lag")
KINDS = {
    "latency": "answer after `ms`, or by chance after up to `most` ms",
    "status": "answer `status` instead (500, 502, 503, 504 ...), before the request took effect unless `applied`",
    "rate_limit": "answer 429, with the headers of the limit (reset in `reset` s) unless `headers` is false",
    "hourly_limit": "from now on allow `limit` requests per `reset` s",
    "cut_before": "cut the connection before the request took effect",
    "cut_after": "cut the connection after the request took effect",
    "cut_within": "cut the connection in the middle of the answer's body",
    "expire_token": "end the token of the request, which is then refused",
    "timeout": "carry the request out, and answer only after `ms`",
    "endless": "carry the request out, and never end the answer's body",
    "invalid_json": "carry the request out, and answer with half of the JSON",
    "file_name": "send the file under `name`",
    "rewrite": "store the fields of `body` in place of those that were sent",
    "lag": "answer 404 to the first `reads` reads of the object that the request has created, and of the objects in it",
    "json": "answer 200 with `body`, or with nothing without one, before the request took effect unless `applied`",
    "html": "answer an HTML page with `status` (200), before the request took effect unless `applied`",
}
WHOLE = 100
DEFAULTS: dict[str, dict[str, Any]] = {"status": {"status": 503}, "html": {"status": 200}, "timeout": {"ms": 60_000}}


@dataclass
class Fault:
    """One fault: the requests that it strikes, and its parameters.

    A request matches if its method and path match the globs (the path without the base, such as `/extension/*/agent/`).
    The fault strikes `count` of the matching requests (0 = all that follow), from the `nth` on. Chance lets only
    `share` of a hundred requests count.
    """

    kind: str
    method: str = "*"
    path: str = "*"
    nth: int = 1
    count: int = 1
    share: float = 100
    ms: int = 1000
    most: int = 0
    status: int = 0
    headers: bool = True
    reset: int = 3600
    limit: int = 100
    applied: bool = False
    name: str = ""
    body: Any = None
    reads: int = 2
    seen: int = 0

    def strikes(self, method: str, path: str, chance: Random) -> bool:
        """Whether this fault is for that request; counts it."""
        if self.share < WHOLE and chance.random() * WHOLE >= self.share:
            return False
        if not fnmatchcase(method, self.method) or not fnmatchcase(path, self.path):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.count == 0 or self.seen < self.nth + self.count)


def parse(raw: dict[str, Any]) -> Fault:
    """A fault from its JSON. Raises ValueError."""
    unknown = set(raw) - {field.name for field in fields(Fault)}
    if unknown:
        raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
    if raw.get("kind") not in KINDS:
        raise ValueError(f"a fault's kind is one of {', '.join(KINDS)}")
    return Fault(**{**DEFAULTS.get(raw["kind"], {}), **raw})


class Faults:
    """The faults in force, tried in their order."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._unseen: dict[str, int] = {}
        self.chance = Random(0)  # noqa: S311 - a test wants the same faults again

    def set(self, raw: list[dict[str, Any]]) -> None:
        """Replace all faults. Raises ValueError."""
        self._faults = [parse(part) for part in raw]
        self._unseen.clear()

    def add(self, raw: dict[str, Any]) -> None:
        """One more fault. Raises ValueError."""
        self._faults.append(parse(raw))

    def all(self) -> list[dict[str, Any]]:
        """The faults as JSON, with `seen`, the number of requests that matched so far."""
        return [asdict(fault) for fault in self._faults]

    def strike(self, method: str, path: str) -> list[Fault]:
        """The faults of a request."""
        return [fault for fault in self._faults if fault.strikes(method, path, self.chance)]

    def hide(self, path: str, reads: int) -> None:
        """Have so many reads of a path, and of all below it, find nothing."""
        self._unseen[path] = reads

    def hides(self, method: str, path: str) -> bool:
        """Whether a request finds nothing, although it is there; counts it."""
        found = [one for one, reads in self._unseen.items() if reads and f"{path}/".startswith(f"{one}/")]
        if method != "GET":
            return False
        for one in found:
            self._unseen[one] -= 1
        return bool(found)
