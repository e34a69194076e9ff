# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Queues that nobody serves, or whose agents do not get their turn (Q01 to Q06, and Q11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..calltest.seen import Seen
from ..compile_queue import TIMEOUT
from ..explore_worlds import NO_AGENTS, NOBODY
from ..plan import Extension, Member, Queue
from .claims import Shows, both, ends, happens
from .kinds import ERROR, WARNING, Candidate, check
from .seeking import direct, seen
from .subject import Subject

# How long a caller stays in a queue that never lets him go, in milliseconds.
AN_HOUR = 3_600_000

_TENANT = """
dids: [{{name: "74950000101", extension: "200"}}]
sounds: [{{title: Hold music, file: hold.wav}}]
extensions:
  - {{number: "101", type: phone, phone: {{vm_enabled: false}}, agents: [{{name: Anna, call_timeout: 20{one}}}]{more}}}
  - {{number: "102", type: phone, phone: {{vm_enabled: false}}, agents: [{{name: Ben, call_timeout: 20{others}}}]}}
  - {{number: "103", type: phone, phone: {{vm_enabled: false}}, agents: [{{name: Carl, call_timeout: 20{others}}}]}}
  - number: "200"
    type: queue
    queue:
      {{{queue},
       sound_type: music, sound: Hold music, vm_enabled: true, vm_mailto: desk@example.com}}
    queue_agents: [{agents}]
"""
ANNA = "{agent: 101/Anna}"
THREE = "{agent: 101/Anna, position: 1}, {agent: 102/Ben, position: 2}, {agent: 103/Carl, position: 3}"
QUEUE = 'extensions[3] "200"'


def tenant(queue: str, agents: str = ANNA, first: str = "", others: str = "", more: str = "") -> str:
    """A tenant for an example: three phones with an agent each, and a queue with these settings and agents.

    first, others: other settings of the first agent, and of the others. more: for the first phone.
    """
    return _TENANT.format(queue=queue, agents=agents, one=first, others=others, more=more)


def enters(number: str) -> Shows:
    """The call comes into a queue."""
    return happens("queue", number=number)


def times_out(number: str) -> Shows:
    """The queue lets the caller go after the longest wait."""
    return happens("leave", queue=number, reason=TIMEOUT)


def answers(subject: Subject, queue: Queue) -> bool:
    """Whether a queue takes the calls that come to it."""
    said = subject.assume.queue_answers
    return said == "always" or (said == "unless_disabled" and not queue.disable_answer)


def opening(subject: Subject, queue: Queue) -> Mapping[int, int]:
    """When each level of a queue opens, in milliseconds."""
    return queue.by_level or queue.opening if subject.assume.tier_clock == "level" else queue.opening


def offers(found: Seen) -> list[tuple[int, str]]:
    """When agents were rung, and who."""
    return [(one.t, str(one.details["agent"])) for one in found.events("ring") if one.details.get("agent")]


def _served_by_nobody(number: str) -> Shows:
    return both(enters(number), lambda found: not offers(found) and found.outcome.kind != "unknown")


def _has_remote_agents(subject: Subject, number: str) -> bool:
    return bool(subject.state.all("queue_agent_remote", (number,)))


@check(
    "Q01",
    "queue-without-agents",
    ERROR,
    title="A queue has no agents: nobody ever answers its callers.",
    remedy="Add agents to the queue, or send its callers to another destination.",
    example=tenant("max_wait_time: 120", agents=""),
    place=QUEUE,
    close=tenant("max_wait_time: 120"),
)
def queue_without_agents(subject: Subject) -> Iterator[Candidate]:
    for item, one in subject.extensions:
        agents = subject.state.all("queue_agent", (one.number,)) or _has_remote_agents(subject, one.number)
        if one.type == "queue" and not agents and subject.state.knows("queue_agent", (one.number,)):
            message = "the queue has no agents: its callers wait, and nobody is rung"
            yield Candidate(item.where, message, direct(subject, one.number, _served_by_nobody(one.number)))


@check(
    "Q02",
    "all-logged-out",
    WARNING,
    title="The document logs all agents of a queue out.",
    remedy="Omit the status of the agents, so that they log in and out themselves, or make some of them available.",
    example=tenant("max_wait_time: 120", first=", status: logged_out"),
    place=QUEUE,
    close=tenant("max_wait_time: 120", first=", status: available"),
)
def all_logged_out(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in _served(subject):
        if not queue.available:
            message = "all agents of the queue are logged out by the document, so that nobody is rung"
            yield Candidate(one.place, message, direct(subject, one.number, _served_by_nobody(one.number)))


def _served(subject: Subject) -> Iterator[tuple[Extension, Queue, object]]:
    """The queues that have agents, all of them here."""
    for one, queue, settings in subject.queues:
        if queue.members and not _has_remote_agents(subject, one.number):
            yield one, queue, settings


@check(
    "Q03",
    "unserviceable",
    WARNING,
    title="No agent of a queue has a phone that can ring.",
    remedy="Make the extensions of the agents active, or add agents with other phones.",
    example=tenant("max_wait_time: 120", more=", status: blocked"),
    place=QUEUE,
    close=tenant("max_wait_time: 120", agents=THREE, more=", status: blocked"),
)
def unserviceable(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in _served(subject):
        phones = [subject.plan.extensions[member.phone] for member in queue.members.values()]
        if all(phone.blocked for phone in phones):
            message = "the phones of all agents are blocked, so that none of them rings"
            yield Candidate(one.place, message, direct(subject, one.number, _served_by_nobody(one.number)))


@check(
    "Q04",
    "waits-for-ever",
    WARNING,
    title="Nothing ends the wait in a queue when no agent is logged in.",
    remedy="Set max_wait_time and a destination, max_wait_time_with_no_agent, or exit_with_no_av_agents.",
    example=tenant("strategy: round-robin"),
    place=QUEUE,
    close=tenant("exit_with_no_av_agents: true"),
)
def waits_for_ever(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in subject.queues:
        by_key = len(queue.exit_key) == 1 and answers(subject, queue)
        if not by_key and not queue.longest_wait:
            message = "when no agent is logged in, nothing ends the wait: the caller hears the queue for ever"
            yield Candidate(one.place, message, direct(subject, one.number, _held(one.number), NO_AGENTS))


def _held(number: str) -> Shows:
    def shows(found: Seen) -> bool:
        stays = [event for event in found.trace if event.event in ("queue", "leave")]
        return bool(stays) and stays[-1].event == "queue" and stays[-1].details["number"] == number

    return both(ends("endless", where="queue"), shows)


@check(
    "Q05",
    "level-never-opens",
    WARNING,
    title="A level of a queue opens only after its callers have left.",
    remedy="Make tier_rule_wait_second shorter, or max_wait_time longer.",
    example=tenant(
        "max_wait_time: 60, tier_rules_apply: true, tier_rule_wait_second: 60",
        agents="{agent: 101/Anna, level: 1}, {agent: 102/Ben, level: 2}",
    ),
    place=QUEUE,
    close=tenant(
        "max_wait_time: 60, tier_rules_apply: true, tier_rule_wait_second: 20",
        agents="{agent: 101/Anna, level: 1}, {agent: 102/Ben, level: 2}",
    ),
)
def level_never_opens(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in subject.queues:
        late = sorted(
            (level, after) for level, after in opening(subject, queue).items() if after >= queue.longest_wait > 0
        )
        for level, after in late[:1]:
            message = (
                f"level {level} opens after {after // 1000} s, and callers leave after {queue.longest_wait // 1000} s: "
                "its agents are never rung"
            )
            names = {member.name for member in queue.members.values() if member.level == level}
            yield Candidate(one.place, message, direct(subject, one.number, _passed_by(one.number, names), NOBODY))


def _passed_by(number: str, names: set[str]) -> Shows:
    return both(times_out(number), lambda found: not names & {name for dummy, name in offers(found)})


@check(
    "Q06",
    "starved-agents",
    WARNING,
    title="Agents of a queue never ring, because others are free again before it is their turn.",
    remedy="Make no_answer_delay_time of the first agents longer than a round, or choose another strategy.",
    example=tenant("max_wait_time: 300, strategy: sequentially-by-agent-order", agents=THREE),
    place=QUEUE,
    close=tenant(
        "max_wait_time: 300, strategy: sequentially-by-agent-order",
        agents=THREE,
        first=", no_answer_delay_time: 60",
        others=", no_answer_delay_time: 60",
    ),
)
def starved_agents(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in subject.queues:
        if len(queue.available) < 2:
            continue
        patience = None if queue.longest_wait else AN_HOUR
        for witness in direct(subject, one.number, enters(one.number), NOBODY, patience=patience):
            tried = subject.ways.try_call(witness.call, NOBODY)
            names = _starved(subject, queue, seen(subject, tried))
            if names:
                message = (
                    f"{_listed(names)} never ring{'s' if len(names) == 1 else ''} although nobody answers: "
                    "others are ready again before"
                )
                starve = both(enters(one.number), _never_rung(subject, queue, names))
                yield Candidate(one.place, message, [witness._replace(shows=starve)])
                break


def _never_rung(subject: Subject, queue: Queue, names: list[str]) -> Shows:
    return lambda found: _starved(subject, queue, found) == names


def _starved(subject: Subject, queue: Queue, found: Seen) -> list[str]:
    """The agents who never ring, while others ring again who could wait."""
    rings = [(t, queue.members[name]) for t, name in offers(found) if name in queue.members]
    rung = {member.name for dummy, member in rings}
    again = [(t - rings[0][0], member) for index, (t, member) in enumerate(rings) if member in _members(rings[:index])]
    opens = opening(subject, queue)
    return [
        member.name
        for member in queue.available
        if member.name not in rung
        and not subject.plan.extensions[member.phone].blocked
        and any(_takes_turn(queue, other, member) and waited >= opens[member.level] for waited, other in again)
    ]


def _members(rings: list[tuple[int, Member]]) -> list[Member]:
    return [member for dummy, member in rings]


def _takes_turn(queue: Queue, other: Member, member: Member) -> bool:
    """Whether an agent who rings again stands before another one by the document alone, and not by chance or talk."""
    same = other.level == member.level and queue.strategy == "sequentially-by-agent-order"
    return same or other.level < member.level


def _listed(names: list[str]) -> str:
    return " and ".join((*([", ".join(names[:-1])] if names[1:] else []), names[-1]))


@check(
    "Q11",
    "one-try",
    WARNING,
    title="Only one agent of a queue ever rings: the call to this agent takes as long as callers may wait.",
    remedy="Make call_timeout of the agents shorter, or max_wait_time longer, or ring all agents at once.",
    example=tenant("max_wait_time: 20", agents=THREE),
    place=QUEUE,
    close=tenant("max_wait_time: 60", agents=THREE),
)
def one_try(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in subject.queues:
        if len(queue.available) < 2 or queue.strategy == "ring-all" or not queue.longest_wait:
            continue
        least = min(member.timeout or subject.assume.agent_ring * 1000 for member in queue.available)
        if least >= queue.longest_wait:
            message = (
                f"an agent rings for {least // 1000} s, and callers leave after {queue.longest_wait // 1000} s: "
                "only one of them is ever rung"
            )
            once = both(times_out(one.number), lambda found: len({name for dummy, name in offers(found)}) == 1)
            yield Candidate(one.place, message, direct(subject, one.number, once, NOBODY))
