# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A caller in a queue: who is rung when, and the end of the stay."""

from __future__ import annotations

from collections.abc import Sequence

from .asks import QUEUE
from .compile_queue import EXIT_KEY, NO_AGENT_TIMEOUT, TIMEOUT
from .looks import AGENT, PHONE, REGISTERED
from .phone import blocked, phone_of, ring
from .plan import Extension, Member, Queue
from .run import NEVER, Endless, Run, merge
from .world import BUSY, DND, FAIR_DEVICE, Device

# The ends of a stay beside the reasons to leave: an agent has answered, or the caller of the queue has waited enough.
TAKEN, CUT_OFF = "answered", "cut off"

_FIRST_BY_POSITION = ("sequentially-by-agent-order", "random")
_IN_TURN = ("round-robin", "top-down")


def counts(run: Run, queue: Queue, t: int) -> bool:
    """Whether anybody counts as available."""
    logged_in = _logged_in(run, queue, t)
    if run.looks is not None and run.assume.agents_count != "logged_in":
        for member in logged_in:
            run.looked(REGISTERED, member.phone, t)
            run.looked(PHONE, member.phone, t)
    for member in logged_in:
        if _free(run, member, t):
            return True
    if not logged_in:
        return False
    # Nobody is free, and somebody is logged in.
    run.used.add("agents_count")
    if run.assume.agents_count == "registered":
        return any(_registered(run, member, t) for member in logged_in)
    return run.assume.agents_count == "logged_in"


def _logged_in(run: Run, queue: Queue, t: int) -> Sequence[Member]:
    """The agents who are logged in, by level and position."""
    agents = run.world.agents
    if run.looks is not None:
        for name in queue.members:
            run.looked(AGENT, name, t)
    if not agents:
        return queue.available
    found = []
    for member in queue.members.values():
        said = agents[member.name].logged_in if member.name in agents else None
        if member.available if said is None else said:
            found.append(member)
    return found


def _registered(run: Run, member: Member, t: int) -> bool:
    return run.world.phone(member.phone).registered or phone_of(run.plan.extensions[member.phone], t).static


def _occupied(run: Run, member: Member, t: int) -> bool:
    """Whether a phone is busy, does not want to be disturbed, or has as many calls as it may have."""
    device, limit = run.world.phone(member.phone), phone_of(run.plan.extensions[member.phone], t).limit
    return _takes_none(device, limit)


def _takes_none(device: Device, limit: int) -> bool:
    does = device.does
    return (does is not None and does.how in (BUSY, DND)) or (limit > 0 and device.calls >= limit)


def _free(run: Run, member: Member, t: int) -> bool:
    extension = run.plan.extensions[member.phone]
    if extension.blocked:
        # How the platform treats blocked phones decides something only where free ones are needed.
        needed = run.assume.agents_count == "free"
        if blocked(run, extension) if needed else run.assume.blocked_extension == "refuse":
            return False
    device, phone = run.world.phones.get(member.phone, FAIR_DEVICE), phone_of(extension, t)
    return not _takes_none(device, phone.limit) and (device.registered or phone.static)


def stay(
    run: Run, extension: Extension, queue: Queue, answered: bool, t: int, deadline: int
) -> tuple[int, str, Member | None]:
    """When a stay in a queue ends, how, and the agent who has answered. Raises Endless.

    answered: whether the queue has the call. deadline: when the waiting time of its caller ends.
    """
    start = run.sound(t, queue.start_sound, "foreground", deadline) if queue.start_sound else t
    if start >= deadline:
        return deadline, CUT_OFF, None
    if start > run.patience:
        raise Endless(start, "queue")
    own_end, reason = _own_end(run, queue, answered, start)
    end = own_end if own_end < deadline else deadline
    eligible = _logged_in(run, queue, start)
    if queue.skip_busy:
        if run.looks is not None:
            for member in eligible:
                run.looked(PHONE, member.phone, start)
        eligible = [one for one in eligible if not _occupied(run, one, start)]
    offers = _Offers(run, extension.number, queue, start)
    t = start
    while t < end:
        if t > run.longest:
            raise Endless(t, "queue")
        ready = offers.ready(eligible, t)
        if ready:
            t, taken = offers.offer(ready, t, end)
            if taken:
                run.events.append((t, "leave", extension.number, TAKEN, t - start))
                return t, TAKEN, taken
            continue
        # The time at which an agent of an open level will be ready.
        following = min([end, *(offers.next(member) for member in eligible)])
        if following >= NEVER:
            raise Endless(t, "queue")
        t = following
    if deadline <= own_end:
        return deadline, CUT_OFF, None
    if reason == EXIT_KEY:
        run.events.append((t, "keys", QUEUE, queue.exit_key))
    run.events.append((t, "leave", extension.number, reason, t - start))
    return t, reason, None


def _own_end(run: Run, queue: Queue, answered: bool, start: int) -> tuple[int, str]:
    """When the queue lets the caller go without an answer, and why; at the same moment the first of these reasons."""
    at, reason = NEVER, ""
    if answered and queue.exit_key:
        item = run.ask(start, QUEUE, queue.exit_key)
        if queue.exit_key in item.keys:
            at, reason = start + item.after, EXIT_KEY
    if queue.longest_wait and start + queue.longest_wait < at:
        at, reason = start + queue.longest_wait, TIMEOUT
    longest = queue.longest_without_agent
    if longest and start + longest < at and not counts(run, queue, start):
        at, reason = start + longest, NO_AGENT_TIMEOUT
    return at, reason


class _Offers:
    """The offers of one stay."""

    __slots__ = ("_first", "_last", "_number", "_opening", "_paused", "_queue", "_run", "_start", "_tried")

    def __init__(self, run: Run, number: str, queue: Queue, start: int) -> None:
        self._run = run
        self._queue = queue
        self._start = start
        # The agents who are in a pause or were, and until when; who was tried, in which offer; the last one of a level.
        self._paused: dict[str, int] = {}
        self._tried: dict[str, int] = {}
        self._last: dict[int, int] = {}
        self._number = 0
        self._opening = queue.opening
        if queue.by_level:
            run.used.add("tier_clock")
            if run.assume.tier_clock == "level":
                self._opening = queue.by_level
        self._first = ""
        last = run.world.queues.get(number) if queue.same_agent else None
        if last and last.ago < queue.same_agent:
            self._first = last.agent

    def next(self, member: Member) -> int:
        """When an agent can be rung next."""
        return max(self._paused.get(member.name, 0), self._start + self._opening[member.level])

    def ready(self, eligible: Sequence[Member], t: int) -> list[Member]:
        """Who gets the next offer."""
        if self._first:
            name, self._first = self._first, ""
            for member in eligible:
                if member.name == name:
                    return [member]
        paused, opening, waited = self._paused, self._opening, t - self._start
        found: list[Member] = []
        for member in eligible:
            if opening[member.level] <= waited and paused.get(member.name, 0) <= t:
                # The agents stand in the order of their levels.
                if found and member.level != found[0].level:
                    break
                found.append(member)
        if found and self._queue.strategy == "random":
            self._run.random = True
        return found if len(found) < 2 else self._chosen(found)

    def _chosen(self, members: list[Member]) -> list[Member]:
        strategy = self._queue.strategy
        world, tried = self._run.world, self._tried
        if strategy == "ring-all":
            return members
        if strategy in _IN_TURN:
            last = self._last.get(members[0].level, -1)
            for member in members:
                if member.index > last:
                    return [member]
            return members[:1]
        if strategy == "longest-idle-agent":
            return [
                min(
                    members,
                    key=lambda one: (one.name in tried, -world.agent(one.name).idle, tried.get(one.name, 0), one.index),
                )
            ]
        if strategy == "agent-with-least-talk-time":
            return [min(members, key=lambda one: (world.agent(one.name).talk, one.index))]
        if strategy == "agent-with-fewest-calls":
            return [min(members, key=lambda one: (world.agent(one.name).calls, one.index))]
        return members[:1]

    def offer(self, members: Sequence[Member], t: int, end: int) -> tuple[int, Member | None]:
        """Ring agents until the end; return when that was over, and who has answered."""
        run = self._run
        self._number += 1
        if len(members) == 1:
            over, result = self._rung(members[0], t, end)
            if result == TAKEN:
                return over, members[0]
            self._pause(members[0], over, result)
            return over, None
        results: list[tuple[int, str]] = []
        marks = [len(run.events)]
        first = -1
        for index, member in enumerate(members):
            rung = self._rung(member, t, end)
            # At the same moment, the first one answers.
            if rung[1] == TAKEN and (first < 0 or rung[0] < results[first][0]):
                first = index
            results.append(rung)
            marks.append(len(run.events))
        if first >= 0:
            merge(run.events, marks, first, results[first][0])
            return results[first][0], members[first]
        merge(run.events, marks, -1, NEVER)
        over = max(results)[0]
        for member, rung in zip(members, results):
            self._pause(member, over, rung[1])
        return over, None

    def _pause(self, member: Member, t: int, result: str) -> None:
        self._paused[member.name] = t + member.pauses.get(result, member.pauses["no_answer"])

    def _rung(self, member: Member, t: int, end: int) -> tuple[int, str]:
        run = self._run
        self._tried[member.name] = self._number
        self._last[member.level] = member.index
        extension = run.plan.extensions[member.phone]
        if extension.blocked and blocked(run, extension):
            return t, "no_answer"
        longest = member.timeout or run.assume.agent_ring * 1000
        return ring(run, extension, t, longest if longest < end - t else end - t, False, member.name)
