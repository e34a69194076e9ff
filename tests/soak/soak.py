# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many tenants that change again and again, over a bad network, from two control nodes.

In each round, every tenant gets another document. One of the two nodes applies it; where that run fails, the other one
goes on, as often as it takes. Two nodes do not work on one tenant at the same time: nothing on the PBX would keep them
apart (docs/performance.md).
"""

from __future__ import annotations

import multiprocessing
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.cases.changes import FREE, Changes, Thing
from tests.cases.inprocess import call
from tests.emulator.server import Emulator
from tests.integration.invariants import broken

# The faults that any request may meet; each kind has the same share. An answer that lies about a change is not among
# them: a run does not ask again whether a PUT that was answered with success took effect.
FAULTS: list[Thing] = [
    {"kind": "cut_before"},
    {"kind": "cut_after"},
    {"kind": "cut_within"},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 500, "applied": True},
    {"kind": "status", "status": 502},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 504, "applied": True},
    {"kind": "invalid_json"},
    {"kind": "html"},
    {"kind": "html", "applied": True},
    {"kind": "json", "applied": True},
    {"kind": "rate_limit"},
    {"kind": "rate_limit", "headers": False},
    {"kind": "timeout", "ms": 8000},
    {"kind": "endless"},
    {"kind": "expire_token"},
]
# Patterns that no message contains.
NO_SENTENCE = re.compile(r"Traceback|\b[A-Z]\w+(Error|Exception)\b|<[\w.]+ object at|^$")
# After so many failures in a row, a tenant is given up.
ATTEMPTS = 40
# So many of the last writes of a wrong tenant are told.
WRITES = 12


@dataclass(frozen=True)
class Access:
    """How a node reaches one tenant."""

    url: str
    client_id: int
    app_id: str
    app_secret: str
    access_token: str

    def options(self) -> Thing:
        login = {"access_token": None, "app_id": self.app_id, "app_secret": self.app_secret}
        return {"api_url": self.url, **login, "api_timeout": 5, "rate_limit_wait": 5, "parallel": 8}


@dataclass
class Tenant:
    """One tenant, and its history. documents: those of the rounds that are left."""

    access: Access
    documents: list[Thing]
    runs: int = 0
    failures: list[str] = field(default_factory=list)
    in_a_row: int = 0


@dataclass
class Soak:
    """wrong: one sentence for each thing that must not be."""

    tenants: Sequence[Tenant]
    wrong: list[str] = field(default_factory=list)

    @property
    def runs(self) -> int:
        return sum(tenant.runs for tenant in self.tenants)

    @property
    def failures(self) -> Counter[str]:
        """How often runs have failed, by the beginning of their messages."""
        said = (message for tenant in self.tenants for message in tenant.failures)
        return Counter(re.sub(r"\d+", "N", message)[:110] for message in said)


def tenants_of(pbx: Emulator, count: int, rounds: int, seed: int, phones: int) -> list[Tenant]:
    """New tenants, each with its document for each round."""
    found = []
    for number in range(count):
        client = pbx.add_client(seed="new")
        known = {name: client[name] for name in ("client_id", "app_id", "app_secret", "access_token")}
        change = Changes(seed * 100_000 + number, phones)
        documents = [change.tenant()]
        while len(documents) < rounds:
            documents.append(change.changed(documents[-1]))
        found.append(Tenant(Access(pbx.url, **known), documents))
    return found


def misbehave(pbx: Emulator, percent: float, latency: tuple[int, int], faults: Sequence[Thing] | None = None) -> None:
    """Have any request fail by chance, and take its time. faults: None for FAULTS."""
    faults = FAULTS if faults is None else faults
    pbx.fault("latency", ms=latency[0], most=latency[1], count=0)
    for fault in faults:
        pbx.fault(**fault, count=0, share=percent / len(faults))


def applied(access: Access, document: Thing) -> str | None:
    """One run on a node; gives its error."""
    found = call(_Nowhere(), "pbx_tenant", {**document, **FREE, **access.options()})
    return str(found["msg"]) if found.get("failed") else None


class _Nowhere(Emulator):
    """All that is called says itself which PBX it talks to."""

    url = access_token = ""

    def __init__(self) -> None:
        pass


def run(tenants: Sequence[Tenant], nodes: Sequence[Any], seed: int) -> Soak:
    """All rounds of all tenants. nodes: executors."""
    soak = Soak(tenants)
    chance = Random(seed)  # noqa: S311 - a test wants the same choices again
    under_way: dict[Future[str | None], tuple[Tenant, int]] = {}

    def begin(tenant: Tenant, node: int) -> None:
        under_way[nodes[node].submit(applied, tenant.access, tenant.documents[0])] = (tenant, node)

    for tenant in tenants:
        begin(tenant, chance.randrange(len(nodes)))
    while under_way:
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            tenant, node = under_way.pop(future)
            tenant.runs += 1
            message = future.result()
            if message is None:
                tenant.documents.pop(0)
                tenant.in_a_row = 0
                following = chance.randrange(len(nodes))
            else:
                tenant.failures.append(message)
                tenant.in_a_row += 1
                following = (node + 1) % len(nodes)
                if NO_SENTENCE.search(message):
                    soak.wrong.append(f"tenant {tenant.access.client_id}: this is no sentence: {message}")
                if tenant.in_a_row == ATTEMPTS:
                    soak.wrong.append(f"tenant {tenant.access.client_id} fails again and again: {message}")
                    continue
            if len(tenant.documents) > 1 or (tenant.documents and message is not None) or tenant.documents:
                begin(tenant, following)
    return soak


def look(pbx: Emulator, soak: Soak, last: Sequence[Thing]) -> None:
    """See that each tenant matches its last document, when the network is good again."""
    pbx.clear_faults()
    for tenant, document in zip(soak.tenants, last, strict=True):
        name, before = f"tenant {tenant.access.client_id}", len(soak.wrong)
        options = {**tenant.access.options(), "api_timeout": 60}
        found = call(pbx, "pbx_tenant", {**document, **FREE, **options}, check=True)
        if found.get("failed"):
            soak.wrong.append(f"{name} cannot be read: {found['msg']}")
        elif found["changed"] or found["unmanaged"]:
            steps = [f"{step['action']} {step['object']}" for step in found["plan"]]
            soak.wrong.append(f"{name} is not what its document says: {'; '.join(steps) or found['unmanaged']}")
        state = pbx.state(tenant.access.client_id)
        soak.wrong += (f"{name}: {sentence}" for sentence in (*broken(state), *_twice(state)))
        if soak.wrong[before:]:
            soak.wrong += (f"{name}: {line}" for line in _last_writes(pbx.log(), tenant.access.client_id))


def _last_writes(log: Sequence[Thing], client_id: int) -> Iterator[str]:
    """The last requests that may have changed a tenant, in the order in which they arrived."""
    writes = [one for one in log if one["client_id"] == client_id and one["method"] != "GET"]
    for one in writes[-WRITES:]:
        at = f"{one['time'] - log[-1]['time']:+.2f} s"
        yield f"{at} {one['method']} {one['path']} {one['status']} {one['fault'] or ''} {one['body']}"


def _twice(state: Thing) -> Iterator[str]:
    """Objects of which there are two."""
    keys = {
        "sounds": "title", "intervals": "name", "agents": "name", "extension_groups": "name", "contexts": "name",
        "extensions": "number", "events": "url", "mail_notifications": "mail", "queue_agents": "agent_id",
        "options": "digits",
    }  # fmt: skip

    def within(value: Any, where: str) -> Iterator[str]:
        for name, part in value.items() if isinstance(value, dict) else ():
            for one in part if isinstance(part, list) else ():
                yield from within(one, f"{where} > {name}")
            if name in keys and isinstance(part, list):
                counted = Counter(str(one.get(keys[name])) for one in part)
                yield from (f"{where}: {name} {key} is there twice" for key, n in counted.items() if n > 1)

    yield from within(state, "tenant")


def node(workers: int) -> ProcessPoolExecutor:
    """A control node that works on so many tenants at once."""
    # Not forked: the threads of one node may hold locks while the other one begins.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
