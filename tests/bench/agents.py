# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Agents of phones, one task each or one item of a loop each: the cost of a task, in each of the ways to write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.measure import PLAYBOOKS, Bench, BenchError, Sample, play
from tests.bench.process import EmulatorProcess

FROM_EMPTY, AGAIN = "from empty", "again"

# So few that they fit on a page which the client need not follow up: the requests of a task do not depend on the size.
PHONES = [str(number) for number in range(101, 109)]


@dataclass(frozen=True)
class Way:
    """One way to write the work. ``most`` is the number of objects above which nobody would write it so."""

    title: str
    playbook: Path | None
    env: Mapping[str, str] = field(default_factory=dict)
    most: int = 1_000_000


WAYS = {
    "uri": Way("uri loop", PLAYBOOKS / "uri.yml"),
    "module": Way("ordinary module, loop", PLAYBOOKS / "loop.yml", {"PBX_FAST_PATH": "0"}),
    "fast": Way("fast path, loop", PLAYBOOKS / "loop.yml"),
    "tasks": Way("fast path, separate tasks", None, most=100),
}


def declared(count: int) -> list[dict[str, Any]]:
    """The agents, spread evenly over the phones."""
    return [
        {
            "extension": PHONES[number % len(PHONES)],
            "name": f"Agent {number:04d}",
            "call_timeout": 20 + number % 5,
            "wrap_up_time": 5 + number % 3,
        }
        for number in range(count)
    ]


def prepare(pbx: EmulatorProcess) -> None:
    """A tenant with phones that have no agents."""
    pbx.reset()
    for number in PHONES:
        pbx.add_extension(number)


def converge(bench: Bench, way: Way, count: int) -> Sample:
    """Run the way's playbook once. Raises BenchError unless the tenant then has exactly the agents declared."""
    agents = declared(count)
    plays = way.playbook or [play(*({"name": agent["name"], "telops.pbx.pbx_agent": agent} for agent in agents))]
    sample = bench.playbook(plays, {"agents": agents}, way.env)
    if difference := _difference(bench.pbx, agents):
        raise BenchError(f"{way.title}, {count} objects: {difference}")
    return sample


def _difference(pbx: EmulatorProcess, agents: Sequence[Mapping[str, Any]]) -> str | None:
    """The difference between the declared agents and those on the PBX as a sentence, or None."""
    names = ("name", "call_timeout", "wrap_up_time")
    wanted = sorted((agent["extension"], *(agent[name] for name in names)) for agent in agents)
    live = sorted(
        (extension["number"], *(agent[name] for name in names))
        for extension in pbx.state()["extensions"]
        for agent in extension["agents"]
    )
    return None if live == wanted else f"{len(wanted)} agents were declared, and {len(live)} are there, or differ"
