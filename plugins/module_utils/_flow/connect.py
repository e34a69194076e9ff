# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The way from a number to the part that takes the call: incoming rules, ringing destinations, and unanswered queues.

The result names the part that takes the call, such as MENU; that part of the simulation continues with it.
"""

from __future__ import annotations

from typing import Any

from .compile_queue import NO_AGENTS
from .guards import ANY
from .judging import asks, enabled, holds
from .looks import MEMBERS
from .mailbox import MAILBOX, mailbox, message
from .menus import Menu
from .numbers import DID, EXTENSION, NOT_KNOWN, NOWHERE, Group, Leg
from .phone import STATUS, blocked, phone_of, ring, ring_outside
from .plan import Conference, Extension, IncomingRule, Queue
from .run import ANSWERED, BUSY, NEVER, NO_ANSWER, Endless, Result, Run, Unknown, merge
from .stay import CUT_OFF, TAKEN, counts, stay

SPOKEN, AGENT, FILE, MENU, QUEUE = "spoken", "agent", "file", "menu", "queue"
FAX, CONFERENCE = "fax", "conference"

_UNKNOWN = "unknown"
# Queues that refuse a call and lead to several others could lead to more destinations than can be tried.
_MOST_LEGS = 20_000
Stack = tuple[str, ...]


def incoming(run: Run, extension: Extension, t: int, deadline: int, stack: Stack) -> Result:
    """Call an extension. deadline: when the waiting time of its caller ends. stack: the extensions whose rules run."""
    number, assume = extension.number, run.assume
    if number in stack:
        run.used.add("reentry")
        if assume.reentry == "fail":
            run.events.append((t, "loop", number))
            return t, NO_ANSWER, None
    if len(stack) > assume.max_forwards:
        run.events.append((t, "loop", number))
        return t, NO_ANSWER, None
    if extension.unknown or extension.notes:
        _reached(run, extension, t)
        if "rules" in extension.unknown:
            raise Unknown(t, extension.unknown["rules"])
    else:
        run.events.append((t, "extension", number, extension.type))
    stack = (*stack, number)
    own = last = ""
    is_phone = extension.type == "phone"
    if is_phone and (asks(run, extension) if run.world.codes else extension.asks):
        run.used.add("own_call")
        if assume.own_call == "eager":
            t, status = _ring_own(run, extension, t, deadline)
            if status == ANSWERED:
                return t, ANSWERED, (SPOKEN, number)
            own = last = status
            if t >= deadline:
                return deadline, NO_ANSWER, None
    ran = False
    for rule in extension.rules:
        if not (enabled(run, rule) if rule.code else rule.enabled):
            continue
        if rule.judged and not holds(run, extension, rule, t):
            continue
        if rule.asks:
            if not is_phone:
                run.used.add("status_of_nonphone")
                if assume.status_of_nonphone == "never":
                    continue
            else:
                asked_own = rule.extension_call_status
                if not own and (not last or asked_own != ANY):
                    t, status = _ring_own(run, extension, t, deadline)
                    if status == ANSWERED:
                        return t, ANSWERED, (SPOKEN, number)
                    own = last = status
                    if t >= deadline:
                        return deadline, NO_ANSWER, None
                if asked_own not in (ANY, own) or (rule.guard and rule.guard.call_status not in (ANY, last)):
                    continue
        ran = True
        t, status, then = _run_rule(run, extension, rule, t, deadline, stack)
        if status == ANSWERED:
            return t, ANSWERED, then
        last = status
        if rule.action in ("busy", "hangup"):
            return t, status, None
        if rule.final:
            return _after_final(run, extension, t, deadline, last)
        if t >= deadline:
            return deadline, NO_ANSWER, None
    if not own:
        if ran:
            run.used.add("rules_exhausted")
            if assume.rules_exhausted == "hangup":
                return t, last, None
        if not is_phone:
            return own_action(run, extension, t, deadline, stack)
        t, last = _ring_own(run, extension, t, deadline)
        if last == ANSWERED:
            return t, ANSWERED, (SPOKEN, number)
    if t >= deadline:
        return deadline, NO_ANSWER, None
    if mailbox(run, extension, t):
        run.used.add("phone_voicemail")
        if assume.phone_voicemail == "after_failure":
            return t, ANSWERED, (MAILBOX, extension)
    return t, last, None


def _reached(run: Run, extension: Extension, t: int) -> None:
    if extension.unknown and "type" in extension.unknown:
        raise Unknown(t, extension.unknown["type"])
    run.events.append((t, "extension", extension.number, extension.type))
    run.notes.update(extension.notes)


def _ring_own(run: Run, extension: Extension, t: int, deadline: int) -> tuple[int, str]:
    """Ring a phone as its own action; return when that was over, and the status."""
    longest = (extension.phone or phone_of(extension, t)).timeout or run.assume.phone_ring * 1000
    if deadline - t < longest:
        longest = deadline - t
    t, result = ring(run, extension, t, longest)
    return t, result if result in STATUS else NO_ANSWER


def _run_rule(run: Run, extension: Extension, rule: IncomingRule, t: int, deadline: int, stack: Stack) -> Result:
    run.step(t)
    run.events.append((t, "rule", rule.place))
    if rule.group is not None:
        return ring_group(run, rule.group, t, deadline, stack, extension)
    if rule.action == "voicemail":
        return message(run, extension, t)
    if rule.action == "playfile":
        return t, ANSWERED, (FILE, rule.sound)
    return t, BUSY if rule.action == "busy" else NO_ANSWER, None


def _after_final(run: Run, extension: Extension, t: int, deadline: int, last: str) -> Result:
    if t >= deadline:
        return deadline, NO_ANSWER, None
    if extension.mailbox.enabled is not False:
        run.used.add("final_failed")
    if run.assume.final_failed == "voicemail" and mailbox(run, extension, t):
        return t, ANSWERED, (MAILBOX, extension)
    return t, last, None


def own_action(run: Run, extension: Extension, t: int, deadline: int, stack: Stack) -> Result:
    """Let an extension that is not a phone take a call without its rules."""
    own = extension.own
    if "own" in extension.unknown:
        if extension.type == "queue":
            run.events.append((t, "queue", extension.number))
        raise Unknown(t, extension.unknown["own"])
    if isinstance(own, Menu):
        return t, ANSWERED, (MENU, extension)
    if isinstance(own, Queue):
        return _enter_queue(run, extension, own, t, deadline, stack)
    if isinstance(own, Conference):
        if own.most:
            run.looked(MEMBERS, extension.number, t)
        if own.most and run.world.conferences.get(extension.number, 0) >= own.most:
            return t, BUSY, None
        return t, ANSWERED, (CONFERENCE, extension)
    if extension.type == "fax":
        return t, ANSWERED, (FAX, extension)
    raise Unknown(t, extension.place)


def _enter_queue(run: Run, extension: Extension, queue: Queue, t: int, deadline: int, stack: Stack) -> Result:
    run.events.append((t, "queue", extension.number))
    if queue.exit_without_agents and not counts(run, queue, t):
        run.events.append((t, "leave", extension.number, NO_AGENTS, 0))
        return leave_queue(run, extension, queue, t, NO_AGENTS, False, deadline, stack)
    run.used.add("queue_answers")
    answers = run.assume.queue_answers
    if answers == "always" or (answers == "unless_disabled" and not queue.disable_answer):
        return t, ANSWERED, (QUEUE, extension)
    t, reason, agent = stay(run, extension, queue, False, t, deadline)
    if reason == CUT_OFF:
        return t, NO_ANSWER, None
    if reason == TAKEN:
        return t, ANSWERED, (AGENT, (extension, agent))
    return leave_queue(run, extension, queue, t, reason, False, deadline, stack)


def leave_queue(
    run: Run, extension: Extension, queue: Queue, t: int, reason: str, answered: bool, deadline: int, stack: Stack
) -> Result:
    """Continue the call of a caller who leaves a queue."""
    way = queue.exits[reason]
    if way.group is not None:
        t = run.sound(t, way.sound, until=deadline)
        if t >= deadline:
            return deadline, NO_ANSWER, None
        t, status, then = ring_group(run, way.group, t, deadline, stack)
        if status == ANSWERED:
            return t, ANSWERED, then
    if t >= deadline:
        return deadline, NO_ANSWER, None
    if t > run.patience:
        return run.hang_up(t)
    if mailbox(run, extension, t):
        run.used.add("queue_without_destination")
        if run.assume.queue_without_destination == "voicemail":
            return t, ANSWERED, (MAILBOX, extension)
    return run.hang_up(t) if answered else (t, NO_ANSWER, None)


def ring_group(
    run: Run, group: Group, t: int, deadline: int = NEVER, stack: Stack = (), owner: Extension | None = None
) -> Result:
    """Ring destinations until one answers. owner: the extension whose incoming rule does it."""
    legs = group.legs
    if group.shifted:
        run.used.add("cascade_delays")
        if run.assume.cascade_delays == "shifted":
            legs = group.shifted
    limit = t + (group.timeout or run.assume.ring_seconds * 1000)
    if deadline < limit:
        limit = deadline
    if run.gone < limit:
        if run.gone <= t:
            return t, NO_ANSWER, None
        limit = run.gone
    events = run.events
    mark = len(events)
    try:
        if len(legs) == 1:
            result = _leg(run, group, legs[0], t, limit, stack, owner)
            # A deadline wins over other events at the same moment.
            return result if result[0] < limit or result[1] == ANSWERED else (limit, NO_ANSWER, None)
        if not legs:
            return t, NO_ANSWER, None
        return _ring_several(run, group, legs, t, limit, stack, owner)
    except Endless:
        # The events of a leg that never ends are left out.
        del events[mark:]
        raise


def _ring_several(
    run: Run, group: Group, legs: tuple[Leg, ...], t: int, limit: int, stack: Stack, owner: Extension | None
) -> Result:
    results: list[Result] = []
    # Where the events of each leg begin, and the last ones end.
    marks = [len(run.events)]
    first = -1
    for index, leg in enumerate(legs):
        start = t + leg.delay
        if start >= limit:
            result: Result = (limit, NO_ANSWER, None)
        else:
            try:
                result = _leg(run, group, leg, start, limit, stack, owner)
                if result[0] >= limit and result[1] != ANSWERED:
                    # A deadline wins over other events at the same moment.
                    result = (limit, NO_ANSWER, None)
            except Unknown as unknown:
                result = (unknown.t, _UNKNOWN, unknown.place)
        # The first answer, or the first unknown value, decides; at the same moment the first leg wins.
        if result[1] in (ANSWERED, _UNKNOWN) and (first < 0 or result[0] < results[first][0]):
            first = index
        results.append(result)
        marks.append(len(run.events))
    if first < 0:
        merge(run.events, marks, -1, NEVER)
        at = max(result[0] for result in results)
        return at, _group_status(run, results) if at <= run.patience else NO_ANSWER, None
    at, status, then = results[first]
    merge(run.events, marks, first, at)
    if status == _UNKNOWN:
        raise Unknown(at, str(then))
    return at, ANSWERED, then


def _group_status(run: Run, results: list[Result]) -> str:
    busy = [result[1] == BUSY for result in results]
    last = max(enumerate(results), key=lambda one: (one[1][0], one[0]))[1][1]
    found = {"all_busy": all(busy), "any_busy": any(busy), "last": last == BUSY}
    if len(set(found.values())) > 1:
        run.used.add("group_status")
    return BUSY if found[run.assume.group_status] else NO_ANSWER


def _leg(run: Run, group: Group, leg: Leg, t: int, limit: int, stack: Stack, owner: Extension | None) -> Result:
    run.legs += 1
    if run.legs > _MOST_LEGS:
        raise Endless(t, "circle")
    kind, number = leg.kind, leg.number
    if kind == EXTENSION:
        return _inside(run, group, run.plan.extensions[number], t, limit, stack, owner)
    if kind == DID:
        run.used.add("did_as_destination")
        if run.assume.did_as_destination == "external":
            return _outside(run, group, leg.outside, t, limit)
        if number not in run.plan.extensions and not run.plan.numbers.extensions_whole and number:
            raise Unknown(t, "extensions")
        if number in run.plan.extensions:
            return _inside(run, group, run.plan.extensions[number], t, limit, stack, owner)
        kind = NOWHERE
    if kind == NOWHERE:
        return t, NO_ANSWER, None
    if kind == NOT_KNOWN:
        raise Unknown(t, number)
    return _outside(run, group, number, t, limit)


def _outside(run: Run, group: Group, number: str, t: int, limit: int) -> Result:
    run.notes.add("star codes as destinations" if number.startswith("*") else "additions of outside networks to a call")
    if run.plan.dial_rules:
        run.notes.add("dial rules")
    t, result = ring_outside(run, number, t, limit - t, group.screening)
    status = result if result in STATUS else NO_ANSWER
    return t, status, (SPOKEN, number) if status == ANSWERED else None


def _inside(
    run: Run, group: Group, extension: Extension, t: int, limit: int, stack: Stack, owner: Extension | None
) -> Result:
    if extension.blocked and blocked(run, extension):
        return t, NO_ANSWER, None
    is_phone = extension.type == "phone"
    if extension is owner and is_phone and not group.simple:
        run.used.add("own_number")
        simple = run.assume.own_number == "ring"
    else:
        simple = group.simple
    if not simple:
        return incoming(run, extension, t, limit, stack)
    _reached(run, extension, t)
    if not is_phone:
        return own_action(run, extension, t, limit, stack)
    t, result = ring(run, extension, t, limit - t, group.screening)
    status = result if result in STATUS else NO_ANSWER
    then: Any = (SPOKEN, extension.number) if status == ANSWERED else None
    return t, status, then
