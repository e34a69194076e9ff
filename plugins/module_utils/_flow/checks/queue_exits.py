# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The ways out of queues, and the sounds for their callers (Q07 to Q10, and Q12 to Q14)."""

from __future__ import annotations

from collections.abc import Iterator

from ..call import Press
from ..calltest.seen import Seen
from ..compile_queue import EXIT_KEY, NO_AGENT_TIMEOUT, NO_AGENTS, TIMEOUT
from ..explore_keys import KEYS
from ..explore_worlds import FAIR, NOBODY
from ..explore_worlds import NO_AGENTS as NOBODY_LOGGED_IN
from ..fields import Fields
from ..plan import Queue
from .claims import Shows, both, ends, happens
from .kinds import NOTICE, WARNING, Candidate, Witness, check
from .program import group_of, inside
from .queue_agents import QUEUE, answers, enters, tenant, times_out
from .seeking import direct, firing
from .subject import Subject

_A_WHILE = 600_000
_TWO_LEVELS = "{agent: 101/Anna, level: 1}, {agent: 102/Ben, level: 2}"


def _stays(number: str, *reasons: str) -> Shows:
    """The call comes into a queue and does not leave it for one of the reasons."""

    def shows(found: Seen) -> bool:
        left = {event.details["reason"] for event in found.events("leave") if event.details["queue"] == number}
        return number in found.queues and not left & set(reasons) and found.outcome.kind != "unknown"

    return shows


@check(
    "Q07",
    "exit-key-useless",
    WARNING,
    title="The exit key of a queue leads nowhere.",
    remedy="Give the queue an exit_transfer_dst, one key as exit_key, and let it answer; or remove the key.",
    example=tenant('max_wait_time: 120, exit_key: "0"'),
    place=QUEUE,
    close=tenant('max_wait_time: 120, exit_key: "0", exit_transfer_dst: "103"'),
)
def exit_key_useless(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in subject.queues:
        key = queue.exit_key
        if not key:
            continue
        if len(key) != 1 or key not in KEYS:
            press, message = (key[:1] if key[:1] in KEYS else "1"), f'exit_key "{key}" is not one key of a phone'
            shows = _stays(one.number, EXIT_KEY)
        elif not answers(subject, queue):
            press, message, shows = (
                key,
                "the exit key does nothing, because the queue does not answer",
                _stays(one.number, EXIT_KEY),
            )
        elif queue.exits[EXIT_KEY].group is None:
            press, message = key, "the exit key leads nowhere: exit_transfer_dst is not set"
            shows = both(happens("leave", queue=one.number, reason=EXIT_KEY), _rings_no_more(one.number))
        else:
            continue
        patience = None if queue.longest_wait else _A_WHILE
        yield Candidate(one.place, message, direct(subject, one.number, shows, NOBODY, (Press(press),), patience))


def _rings_no_more(number: str) -> Shows:
    """Nobody is rung any more when the caller has left the queue."""

    def shows(found: Seen) -> bool:
        left = [event.t for event in found.events("leave") if event.details["queue"] == number]
        return bool(left) and all(event.t < left[-1] for event in found.events("ring"))

    return shows


@check(
    "Q08",
    "destination-without-trigger",
    WARNING,
    title="A queue has a destination that no caller ever reaches.",
    remedy="Set max_wait_time, max_wait_time_with_no_agent or agent_hangup_action, or remove the destination.",
    example=tenant('exit_with_no_av_agents: true, timeout_transfer_dst: "103"'),
    place=QUEUE,
    close=tenant('exit_with_no_av_agents: true, max_wait_time: 120, timeout_transfer_dst: "103"'),
)
def destination_without_trigger(subject: Subject) -> Iterator[Candidate]:
    for one, queue, settings in subject.queues:
        fields, number = Fields(settings), one.number
        if fields.text("timeout_transfer_dst") and not queue.longest_wait:
            message = "timeout_transfer_dst is never used, because max_wait_time is not set"
            shows = _stays(number, TIMEOUT)
            yield Candidate(one.place, message, direct(subject, number, shows, NOBODY, patience=_A_WHILE))
        after = fields.text("agent_hangup_transfer_dst")
        if after and queue.hangup_action != "transfer":
            message = "agent_hangup_transfer_dst is never used, because agent_hangup_action is not transfer"
            legs = {leg.number for leg in subject.plan.numbers.legs(after)}
            shows = both(enters(number), _not_reached(legs))
            yield Candidate(
                one.place, message, direct(subject, number, shows, FAIR, patience=_A_WHILE, agent_hangs_up=True)
            )
        no_agent = fields.text("no_agent_timeout_transfer_dst")
        if no_agent and not queue.longest_without_agent and not queue.exit_without_agents:
            message = "no_agent_timeout_transfer_dst is never used, because max_wait_time_with_no_agent is not set"
            shows = _stays(number, NO_AGENT_TIMEOUT, NO_AGENTS)
            yield Candidate(one.place, message, direct(subject, number, shows, NOBODY_LOGGED_IN, patience=_A_WHILE))


def _not_reached(numbers: set[str]) -> Shows:
    """None of these numbers is rung by itself, and not as the phone of an agent."""

    def shows(found: Seen) -> bool:
        rung = {str(event.details["who"]) for event in found.events("ring") if not event.details.get("agent")}
        return not numbers & rung

    return shows


@check(
    "Q09",
    "queue-timeout-hangs-up",
    WARNING,
    title="A queue hangs up on callers at the end of their longest wait.",
    remedy="Set timeout_transfer_dst, or give the queue a mailbox (vm_enabled).",
    example=tenant("max_wait_time: 120").replace("vm_enabled: true, vm_mailto: desk@example.com", "vm_enabled: false"),
    place=QUEUE,
    close=tenant("max_wait_time: 120"),
    also=("H01",),
)
def queue_timeout_hangs_up(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in subject.queues:
        if queue.longest_wait and queue.exits[TIMEOUT].group is None:
            message = f"after {queue.longest_wait // 1000} s without an answer, callers are hung up on"
            shows = both(times_out(one.number), ends("hangup"))
            yield Candidate(one.place, message, direct(subject, one.number, shows, NOBODY))


def _led_by_a_rule(queue: str) -> str:
    """The queue of the example does not answer, and a rule of a phone leads to it."""
    found = tenant(f'{queue}, disable_answer: true, timeout_transfer_dst: "103"')
    found = found.replace('extension: "200"', 'extension: "102"')
    return found.replace(
        "agents: [{name: Ben, call_timeout: 20}]",
        'incom_rules: [{type: transfer, transfer_dst: "200", transfer_timeout: 60, final: false}]',
    )


@check(
    "Q10",
    "cut-by-caller",
    WARNING,
    title="A rule takes callers out of a queue before the queue itself does.",
    remedy="Make transfer_timeout of the rule longer than max_wait_time of the queue, or let the queue answer.",
    example=_led_by_a_rule("max_wait_time: 120"),
    place=QUEUE,
    close=_led_by_a_rule("max_wait_time: 50"),
    also=("H03", "H04"),
)
def cut_by_caller(subject: Subject) -> Iterator[Candidate]:
    queues = {one.number: (one, queue) for one, queue, dummy in subject.queues if not answers(subject, queue)}
    for rule in subject.rules:
        group = group_of(rule)
        if group is None or rule.dead:
            continue
        longest = group.timeout or subject.assume.ring_seconds * 1000
        for leg in group.legs:
            there = inside(subject, leg)
            if there is None or there.number not in queues:
                continue
            one, queue = queues[there.number]
            if 0 < longest - leg.delay < _sound(subject, queue) + queue.longest_wait:
                message = (
                    f"{rule.place} ends the stay after {longest // 1000} s, before the queue lets callers go "
                    f"after {queue.longest_wait // 1000} s"
                )
                yield Candidate(one.place, message, firing(subject, rule, _cut(one.number), (NOBODY,)))


def _cut(number: str) -> Shows:
    def shows(found: Seen) -> bool:
        return number in found.queues and not any(one.details["queue"] == number for one in found.events("leave"))

    return shows


def _sound(subject: Subject, queue: Queue) -> int:
    """How long the sound plays after which the wait begins, in milliseconds."""
    if not queue.start_sound:
        return 0
    return subject.plan.sounds.get(queue.start_sound, subject.assume.sound_seconds * 1000)


@check(
    "Q12",
    "tier-without-effect",
    NOTICE,
    title="The levels of a queue are configured, but have no effect.",
    remedy="Switch tier_rules_apply on and put agents on several levels, or remove the settings of the levels.",
    example=tenant("max_wait_time: 120, tier_rules_apply: true, tier_rule_wait_second: 20"),
    place=QUEUE,
    close=tenant("max_wait_time: 120, tier_rules_apply: true, tier_rule_wait_second: 20", agents=_TWO_LEVELS),
)
def tier_without_effect(subject: Subject) -> Iterator[Candidate]:
    for one, queue, settings in subject.queues:
        fields = Fields(settings)
        applied = fields.flag("tier_rules_apply")
        waits = bool(fields.number("tier_rule_wait_second")) or fields.flag("tier_rule_wait_multiply_level")
        message = ""
        if waits and not applied:
            message = "the waits of levels have no effect, because tier_rules_apply is off"
        elif applied and len(queue.opening) == 1:
            message = "tier_rules_apply has no effect, because all agents are on one level"
        if message:
            yield Candidate(
                one.place, message, direct(subject, one.number, enters(one.number), NOBODY, patience=_A_WHILE)
            )


@check(
    "Q13",
    "silent-queue",
    WARNING,
    title="Callers hear nothing while they wait in a queue.",
    remedy="Give the queue a sound, or let callers hear the ringing (sound_type ring).",
    example=tenant("max_wait_time: 120").replace(", sound: Hold music", ""),
    place=QUEUE,
    close=tenant("max_wait_time: 120"),
    also=("H02",),
)
def silent_queue(subject: Subject) -> Iterator[Candidate]:
    for one in (queue[0] for queue in subject.queues):
        if one.number in subject.names.silent:
            message = "callers hear nothing while they wait: sound_type is music, and sound is not set"
            yield Candidate(
                one.place, message, direct(subject, one.number, enters(one.number), NOBODY, patience=_A_WHILE)
            )


@check(
    "Q14",
    "timeout-to-own-agent",
    NOTICE,
    title="A queue transfers unanswered callers to one of its own agents.",
    remedy="Transfer them to somebody else, or to a mailbox.",
    example=tenant('max_wait_time: 120, timeout_transfer_dst: "101"'),
    place=QUEUE,
    close=tenant('max_wait_time: 120, timeout_transfer_dst: "103"'),
)
def timeout_to_own_agent(subject: Subject) -> Iterator[Candidate]:
    for one, queue, dummy in subject.queues:
        group = queue.exits[TIMEOUT].group
        own = {member.phone for member in queue.members.values()}
        for leg in group.legs if group else ():
            if leg.number in own and inside(subject, leg):
                message = f"unanswered callers are transferred to {leg.number}, whose agent has just not answered"
                yield Candidate(one.place, message, _once_more(subject, one.number, leg.number))


def _once_more(subject: Subject, number: str, phone: str) -> Iterator[Witness]:
    def shows(found: Seen) -> bool:
        rings = [event for event in found.events("ring") if event.details["who"] == phone]
        return any(event.details.get("agent") for event in rings) and not all(
            event.details.get("agent") for event in rings
        )

    return direct(subject, number, both(times_out(number), shows), NOBODY)
