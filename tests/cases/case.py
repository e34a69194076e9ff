# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module is asked to do in every suite, and exactly which requests that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Args = dict[str, Any]

# Names that need care somewhere between YAML, JSON and a URL.
ODD = 'Büro 1/2 "Mitte" O\'Brien, שלום #*100%'

# The extensions of the seeds ``bare`` and ``demo``, with their ids.
PHONE, QUEUE, IVR = 5001, 5013, 5015
NUMBERS = {PHONE: "101", QUEUE: "200", IVR: "300"}


@dataclass(frozen=True)
class Request:
    """One request to the API; ``path`` is percent-encoded as it is sent, without the query."""

    method: str
    path: str
    body: Any = None


def get(path: str) -> Request:
    return Request("GET", path)


def post(path: str, **body: Any) -> Request:
    return Request("POST", path, body)


def put(path: str, **body: Any) -> Request:
    return Request("PUT", path, body)


def delete(path: str) -> Request:
    return Request("DELETE", path)


# The list of all extensions is read in two pages: the first has fewer entries than asked for, but not few.
EXTENSIONS = (get("/client/@me/extension/"),) * 2


@dataclass(frozen=True)
class Step:
    """One call of the module, on what the steps before have left behind.

    args: besides the extension. requests: all that it sends, in order, when the extension is given by its id.
    again: what the same call sends once more; by default what it read the first time.
    settles: whether the same call once more changes nothing.
    """

    name: str
    args: Args
    requests: tuple[Request, ...]
    repeated: tuple[Request, ...] | None = None
    settles: bool = True

    @property
    def again(self) -> tuple[Request, ...]:
        if self.repeated is not None:
            return self.repeated
        return tuple(request for request in self.requests if self.settles <= (request.method == "GET"))

    @property
    def writes(self) -> tuple[Request, ...]:
        return tuple(request for request in self.requests if request.method != "GET")


@dataclass(frozen=True)
class Refusal:
    """Wrong arguments, and the whole sentence that says so before anything is written."""

    args: Args
    says: str


@dataclass(frozen=True)
class Case:
    """One module. ``extension`` is the id of its extension, None for a module of the whole tenant.

    setup: calls of other modules that the steps and refusals build on, with all their arguments but the connection.
    """

    module: str
    extension: int | None
    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]
    setup: tuple[tuple[str, Args], ...] = ()

    def args(self, given: Args, by_number: bool = False) -> Args:
        """Arguments with the extension, named by its id or by its number."""
        if self.extension is None or given.keys() & {"extension", "extension_id"}:
            return dict(given)
        if by_number:
            return {"extension": NUMBERS[self.extension], **given}
        return {"extension_id": self.extension, **given}
