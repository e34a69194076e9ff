# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole tenants in one task: `python -m tests.bench.tenants`.

The uri loop here replays the writes that pbx_tenant sent, as they stand in the PBX's log: it reads nothing, compares
nothing and knows every id beforehand, so that no playbook of uri tasks can be faster.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import resource
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.measure import PLAYBOOKS, Bench, BenchError, Sample, play
from tests.bench.process import EmulatorProcess
from tests.bench.report import put_into, table
from tests.tools.tree import ROOT

PAGE = ROOT / "docs" / "performance.md"
BEGIN = "<!-- tenants: written by `python -m tests.bench.tenants --write-docs` -->"
END = "<!-- end of tenants -->"
MENUS = 10
# The objects of an IVR: the extension, its settings, an interval, and for each menu itself, two options, five rules.
IVR_OBJECTS = 3 + MENUS * 8
PHONE_OBJECTS = 3
PAGE_LENGTH, PAGED_FROM = 100, 10
# The entries that the emulator answers when no page is asked for.
UNASKED_PAGE = 20
WHOLE = "telops.pbx.pbx_tenant"
# How many times faster than the uri loop a whole tenant is to be.
TO_REACH = 50
# How many requests of one tenant may be under way at the same time, unless told otherwise.
PARALLEL = 8


@dataclass(frozen=True)
class Document:
    """A tenant of so many objects. least: the requests of a run that finds everything as declared."""

    extensions: list[dict[str, Any]]
    objects: int
    least: int


def document(objects: int) -> Document:
    """IVRs of ten menus, each of which leads to the next and back to the one before, one IVR for each hundred objects,
    and phones with their agents."""
    ivrs = max(1, objects // 100) if objects > IVR_OBJECTS else 0
    phones = max(0, math.ceil((objects - ivrs * IVR_OBJECTS) / PHONE_OBJECTS))
    numbers = iter(range(1000, 10_000))
    extensions = [_ivr(str(next(numbers))) for dummy in range(ivrs)]
    extensions += [_phone(str(next(numbers))) for dummy in range(phones)]
    # An IVR costs the scheme, the intervals, and the order of the two programs of two rules in each menu; a phone costs
    # its settings. The agents of several phones are one list of the tenant.
    agents = _of_tenant(phones) if phones > 1 else phones
    least = _pages(len(extensions)) + ivrs * (2 + 2 * MENUS) + phones + agents
    return Document(extensions, ivrs * IVR_OBJECTS + phones * PHONE_OBJECTS, least)


def _pages(entries: int) -> int:
    """The requests for a list that comes in pages: a short one is followed up, since a PBX may cut pages."""
    if entries < PAGED_FROM:
        return 1
    full, rest = divmod(entries, PAGE_LENGTH)
    return full + 1 if full and rest else full + 1 + (not full)


def _of_tenant(entries: int) -> int:
    """The requests for a list that may come in pages or not: it is asked for whole, and a longer answer is followed up
    page by page."""
    if entries < PAGED_FROM:
        return 1
    return 2 if entries <= UNASKED_PAGE else 1 + _pages(entries)


def _ivr(number: str) -> dict[str, Any]:
    contexts = [
        {
            "name": f"menu {menu}",
            "timeout": 4000 + menu,
            "options": [
                {"digits": "start", "rules": [{"action": "play_silence", "silence_time": 500}]},
                {
                    "digits": "1",
                    "rules": [
                        {"action": "set_variable", "set_variable_name": "menu", "set_variable_value": str(menu)},
                        {
                            "action": "jump_to_context",
                            "context": f"menu {(menu + 1) % MENUS}",
                            "context_option": "start",
                        },
                    ],
                },
                {
                    "digits": "0",
                    "rules": [
                        {"action": "transfer", "transfer_dst": "1000", "interval": "Opening hours"},
                        {
                            "action": "jump_to_context",
                            "context": f"menu {(menu - 1) % MENUS}",
                            "context_option": "start",
                        },
                    ],
                },
            ],
        }
        for menu in range(MENUS)
    ]
    hours = {"start_dow": 2, "end_dow": 6, "start_time": "08:00:00", "end_time": "18:00:00"}
    return {
        "number": number,
        "type": "ivr",
        "label": f"IVR {number}",
        "intervals": [{"name": "Opening hours", "timezone": "Europe/Berlin", "conditions": [hours]}],
        "ivr": {"entry_context": "menu 0", "contexts": contexts},
    }


def _phone(number: str) -> dict[str, Any]:
    return {
        "number": number,
        "type": "phone",
        "label": f"Phone {number}",
        "phone": {"hangup_timeout": 20},
        "agents": [{"name": f"Agent {number}", "wrap_up_time": 10}],
    }


@dataclass(frozen=True)
class Whole:
    """One tenant: previewed, made from empty, and found as declared."""

    document: Document
    preview: Sample
    empty: Sample
    again: Sample
    writes: list[dict[str, Any]]


def converge(bench: Bench, objects: int) -> Whole:
    """Preview, make and make again a tenant. Raises BenchError unless preview, writes and no-op are as they should."""
    wanted = document(objects)
    bench.pbx.reset(extension_len=4)
    task = {"name": "The whole tenant", WHOLE: {"extensions": "{{ extensions }}"}}
    variables = {"extensions": wanted.extensions}
    preview = bench.playbook([play({**task, "check_mode": True})], variables)
    empty = bench.playbook([play(task)], variables)
    writes = bench.pbx.writes()
    again = bench.playbook([play(task)], variables)
    if set(preview.requests) - {"GET"}:
        raise BenchError(f"the preview of {objects} objects wrote: {preview.requests}")
    refused = [write for write in writes if write["status"] not in (200, 201, 204)]
    if refused:
        raise BenchError(f"{len(refused)} of {len(writes)} writes were refused")
    if again.requests != {"GET": wanted.least}:
        raise BenchError(f"the second run of {objects} objects sent {again.requests}, and {wanted.least} GET would do")
    return Whole(wanted, preview, empty, again, writes)


def in_order(bench: Bench, document: Document) -> list[dict[str, Any]]:
    """The writes that make a tenant one by one: sent again in this order, they get the same ids."""
    bench.pbx.reset(extension_len=4)
    task = {"name": "The whole tenant", WHOLE: {"extensions": "{{ extensions }}", "parallel": 1}}
    bench.playbook([play(task)], {"extensions": document.extensions})
    return bench.pbx.writes()


def replay(bench: Bench, writes: list[dict[str, Any]]) -> Sample:
    """Send the first writes of a run again, on a tenant in the state that the run began with."""
    bench.pbx.reset(extension_len=4)
    task = {
        "name": "Write",
        "ansible.builtin.uri": {
            "url": "{{ pbx_api_url }}{{ item.path }}",
            "method": "{{ item.method }}",
            "headers": {"Authorization": "Bearer {{ pbx_access_token }}"},
            "body": "{{ item.body }}",
            "body_format": "json",
            "status_code": [200, 201, 204],
        },
        "loop": "{{ writes }}",
        "loop_control": {"label": "{{ item.path }}"},
    }
    sample = bench.playbook([play(task)], {"writes": [{k: w[k] for k in ("method", "path", "body")} for w in writes]})
    if sum(sample.requests.values()) != len(writes):
        raise BenchError(f"the uri loop sent {sample.requests} for {len(writes)} writes")
    return sample


def expect_latency(log: list[dict[str, Any]], latency: int) -> None:
    """Raises BenchError when a request was answered sooner than after so many ms."""
    early = [f"{entry['method']} {entry['path']}" for entry in log if entry["delay"] < latency]
    if early:
        raise BenchError(f"{len(early)} of {len(log)} requests had no latency of {latency} ms, first {early[0]}")


def _growth(wholes: list[Whole], idle: float) -> str:
    rows = []
    for whole in wholes:
        for phase, sample in (("check mode", whole.preview), ("from empty", whole.empty), ("again", whole.again)):
            requests = sample.requests
            writes = sum(requests.values()) - requests.get("GET", 0)
            per_object = (sample.seconds - idle) * 1000 / whole.document.objects
            rows.append(
                [str(whole.document.objects), phase, f"{sample.seconds:.2f}", f"{per_object:.1f}",
                 str(requests.get("GET", 0)), str(writes), f"{sample.emulator:.2f}"]
            )  # fmt: skip
    return "One tenant in one task:\n" + table(
        ["objects", "run", "wall s", "ms per object", "GET", "writes", "PBX s"], rows, left=(1,)
    )


def _against_uri(whole: Whole, loop: Sample, sent: int, idle: float) -> str:
    each = (loop.seconds - idle) / sent
    ratio = each * len(whole.writes) / (whole.empty.seconds - idle)
    counted = "all of them" if sent == len(whole.writes) else f"the first {sent} of them, and the time scaled up"
    return (
        f"{whole.document.objects} objects from empty are {len(whole.writes)} writes. A loop of ansible.builtin.uri "
        f"that replays them\n({counted}) takes {each * 1000:.0f} ms for each, {each * len(whole.writes):.0f} s in all; "
        f"pbx_tenant takes {whole.empty.seconds - idle:.2f} s:\n{ratio:.0f} times faster (to reach: {TO_REACH})."
    )


def main() -> int:
    """Measure and print; return 1 when a run did not do its work."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tenants", description="What a whole tenant costs.")
    parser.add_argument("--sizes", default="100,500,1000,5000", help="numbers of objects in one tenant")
    parser.add_argument("--uri", type=int, default=150, metavar="WRITES", help="how many writes the uri loop replays")
    parser.add_argument("--write-docs", action="store_true", help=f"put the numbers into {PAGE.relative_to(ROOT)}")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    about = (
        f"date:     {datetime.now(UTC):%Y-%m-%d}\n"
        f"machine:  {os.cpu_count()} cores, {platform.system()}, load {os.getloadavg()[0]:.1f} at the start\n"
        f"software: Python {platform.python_version()}, ansible-core {version('ansible-core')}\n"
        f"command:  python -m tests.bench.tenants {' '.join(a for a in sys.argv[1:] if a != '--write-docs')}".rstrip()
    )
    try:
        with EmulatorProcess() as pbx, tempfile.TemporaryDirectory(prefix="bench-") as folder:
            bench = Bench(pbx, Path(folder))
            converge(bench, 10)
            idle = bench.playbook(PLAYBOOKS / "empty.yml").seconds
            wholes = []
            for size in sizes:
                wholes.append(converge(bench, size))
                print(f"{size} objects: {wholes[-1].empty.seconds:.2f} s", file=sys.stderr, flush=True)
            parts = [about, _growth(wholes, idle)]
            # The size that the project set itself as a mark.
            marked = min(wholes, key=lambda whole: abs(whole.document.objects - 500))
            sent = min(arguments.uri, len(marked.writes))
            if sent:
                loop = replay(bench, in_order(bench, marked.document)[:sent])
                parts.append(_against_uri(marked, loop, sent, idle))
            largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            parts.append(f"The largest of all processes took {largest:.0f} MiB.")
        text = "\n\n".join(parts)
        print(text)
        if arguments.write_docs:
            put_into(PAGE, BEGIN, END, text)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
