# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tasks that every suite gives to a module, and exactly the requests that each of them sends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

Args = dict[str, Any]

# Names that need care somewhere between YAML, JSON and a URL.
ODD = 'Büro 1/2 "Mitte" O\'Brien, שלום #*100%'

# The extensions of the seeds ``bare`` and ``demo``, with their ids.
PHONE, QUEUE, IVR, FAX, CONFERENCE = 5001, 5013, 5015, 5016, 5017
NUMBERS = {PHONE: "101", QUEUE: "200", IVR: "300", FAX: "400", CONFERENCE: "500"}


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
# The reads of everything that can refer to objects of the whole tenant: the settings and the rules of its extensions.
PHONES, QUEUES, MENUS = (
    tuple(get(f"/extension/{identity}/{path}") for identity in identities)
    for path, identities in (("phone/", range(5001, 5013)), ("queue/", (5013, 5014)), ("ivr/scheme/", (IVR,)))
)
FAXES, CONFERENCES = (get(f"/extension/{FAX}/fax/"),), (get(f"/extension/{CONFERENCE}/conference/"),)
RULES = tuple(get(f"/extension/{identity}/incom_rule/") for identity in range(5001, 5018))


@dataclass(frozen=True)
class Step:
    """One call of the module, on the state that the steps before have left.

    args: besides the extension. requests: all that it sends, in order, when the extension is given by its id.
    again: the requests of the same call once more; by default its reads of the first time, without ``guards``.
    guards: what is read only before a change, for the sake of callers who wait or are led somewhere.
    settles: whether the same call once more changes nothing.
    by_id: the arguments hold an id, which only the first tenant of the emulator has.
    fetches: a file of this machine is another one afterwards.
    once: what it writes is sent once only, even if nobody knows whether it has arrived.
    finds: a field of what is read, and its value in each of the objects.
    """

    name: str
    args: Args
    requests: tuple[Request, ...]
    repeated: tuple[Request, ...] | None = None
    settles: bool = True
    by_id: bool = False
    fetches: bool = False
    once: bool = False
    finds: tuple[Any, ...] = ()
    guards: tuple[Request, ...] = ()

    @property
    def again(self) -> tuple[Request, ...]:
        if self.repeated is not None:
            return self.repeated
        kept = (request for request in self.requests if request not in self.guards)
        return tuple(request for request in kept if self.settles <= (request.method == "GET"))

    @property
    def changes(self) -> bool:
        return bool(self.writes) or self.fetches

    @property
    def writes(self) -> tuple[Request, ...]:
        return tuple(request for request in self.requests if request.method != "GET")


@dataclass(frozen=True)
class Refusal:
    """Wrong arguments, and the whole sentence that says so before anything is written."""

    args: Args
    says: str


@dataclass(frozen=True)
class Live:
    """Something that happens at the extension at the moment, and that no request can make; see Store.insert."""

    kind: str
    body: dict[str, Any]
    owner: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Case:
    """One module. ``extension`` is the id of its extension, None for a module of the whole tenant.

    setup: calls of other modules that the steps and refusals build on, with all their arguments but the connection.
    live: the events while they run.
    together: it reads several lists at a time, so that only the order of what it writes is known.
    """

    module: str
    extension: int | None
    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]
    setup: tuple[tuple[str, Args], ...] = ()
    live: tuple[Live, ...] = ()
    together: bool = False

    @property
    def portable(self) -> tuple[Step, ...]:
        """The steps that any tenant can take."""
        return tuple(step for step in self.steps if not step.by_id)

    def comparable(self, requests: Iterable[Request]) -> list[list[Request]]:
        """Requests, those that may come in any order sorted."""
        groups = [list(group) for dummy, group in groupby(requests, lambda request: request.method == "GET")]
        return [sorted(group, key=lambda one: one.path) if self.together and group[0].method == "GET" else group
                for group in groups]  # fmt: skip

    def args(self, given: Args, by_number: bool = False) -> Args:
        """Arguments with the extension, named by its id or by its number."""
        if self.extension is None or given.keys() & {"extension", "extension_id"}:
            return dict(given)
        if by_number:
            return {"extension": NUMBERS[self.extension], **given}
        return {"extension_id": self.extension, **given}
