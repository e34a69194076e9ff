# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One call from its arrival to its end: the only place that knows all parts of the simulation.

A pure function of the call plan, the call, the world and the assumptions: no clock, no chance, no network.
"""

from __future__ import annotations

from typing import Any, Callable

from .answer import ABANDONED, ANSWERED, CONFERENCE, ENDLESS, FAX, UNKNOWN, VOICEMAIL, Answer, Outcome, RawEvent
from .asks import pin, rate
from .assumptions import Assumptions
from .call import Call
from .connect import AGENT, FILE, MENU, QUEUE, SPOKEN, incoming, leave_queue, ring_group
from .connect import CONFERENCE as TO_CONFERENCE
from .connect import FAX as TO_FAX
from .looks import Looks
from .mailbox import MAILBOX
from .menu_actions import enter_menu
from .phone import blocked
from .plan import CallPlan, Conference, Extension, Member, Queue
from .run import LASTING, NEVER, OVER, Endless, Result, Run, Unknown, cut
from .stay import TAKEN, stay
from .world import World

# The results after which nothing is left to try.
_DONE = (ANSWERED, OVER)
_FAIR = World()
_DEFAULT = Assumptions()


def simulate(
    plan: CallPlan, call: Call, world: World = _FAIR, assumptions: Assumptions = _DEFAULT, looks: Looks | None = None
) -> Answer:
    """Simulate a call. looks: filled with the values that the call reads, where that is wanted."""
    run = Run(plan, call, world, assumptions, looks)
    try:
        result = _arrives(run)
        while result[1] == ANSWERED:
            part, taken = result[2]
            result = _PARTS[part](run, result[0], taken)
        outcome: Outcome = result[2]
    except Endless as endless:
        outcome = Outcome(ENDLESS, endless.t, where=endless.where)
    except Unknown as unknown:
        outcome = Outcome(UNKNOWN, unknown.t, place=unknown.place)
    events = run.events
    patience = call.hang_up_after
    if patience is not None and (outcome.at > patience or outcome.kind == ENDLESS):
        outcome = Outcome(ABANDONED, patience, where=_abandoned_in(events, patience))
        events = cut(events, patience)
    return Answer(outcome, events, run.reads, run.used, run.notes, run.random, call.at, assumptions)


def _arrives(run: Run) -> Result:
    """The call reaches an extension, or nothing."""
    numbers, called = run.plan.numbers, run.call.to
    to = numbers.dids.get(called)
    extension = run.plan.extensions.get(called if to is None else to)
    if extension is None:
        if to is None and not numbers.dids_whole:
            raise Unknown(0, "dids")
        if to != "" and not numbers.extensions_whole:
            raise Unknown(0, "extensions")
        return run.hang_up(0, "unallocated")
    if extension.blocked and blocked(run, extension):
        return run.hang_up(0, "blocked")
    result = incoming(run, extension, 0, run.gone, ())
    return result if result[1] in _DONE else run.hang_up(result[0], result[1])


def _spoken(run: Run, t: int, who: str) -> Result:
    run.events.append((t, "answered_by", who))
    return t, OVER, Outcome(ANSWERED, t, who)


def _in_queue(run: Run, t: int, extension: Extension) -> Result:
    """A queue has the call."""
    queue = extension.own
    if not isinstance(queue, Queue):
        raise Unknown(t, extension.place)
    t, reason, agent = stay(run, extension, queue, True, t, NEVER)
    if reason == TAKEN:
        return t, ANSWERED, (AGENT, (extension, agent))
    return leave_queue(run, extension, queue, t, reason, True, NEVER, ())


def _with_agent(run: Run, t: int, taken: tuple[Extension, Member]) -> Result:
    extension, agent = taken
    run.events.append((t, "answered_by", agent.name))
    queue = extension.own
    if not isinstance(queue, Queue) or not run.call.agent_hangs_up or not queue.hangup_action:
        return t, OVER, Outcome(ANSWERED, t, agent.name, extension.number)
    t += run.assume.talk_seconds * 1000
    if queue.hangup_action == "quality_rate":
        t = run.sound(t, queue.rate_sound)
        t = rate(run, t, queue.rate_most, NEVER)
        return run.hang_up(run.sound(t, queue.rate_finish_sound))
    if queue.hangup_group is not None:
        t, status, then = ring_group(run, queue.hangup_group, t)
        if status == ANSWERED:
            return t, ANSWERED, then
    return run.hang_up(t)


def _in_mailbox(run: Run, t: int, extension: Extension) -> Result:
    t = run.sound(t, extension.mailbox.greeting)
    run.events.append((t, "voicemail", extension.number))
    return t, OVER, Outcome(VOICEMAIL, t, extension=extension.number)


def _file(run: Run, t: int, title: str) -> Result:
    return run.hang_up(run.sound(t, title))


def _faxed(run: Run, t: int, extension: Extension) -> Result:
    run.events.append((t, "fax"))
    return t, OVER, Outcome(FAX, t, extension=extension.number)


def _in_conference(run: Run, t: int, extension: Extension) -> Result:
    room = extension.own
    if not isinstance(room, Conference):
        raise Unknown(t, extension.place)
    if room.pins:
        t, right = pin(run, t, room.pins)
        if not right:
            return run.hang_up(t, "rejected_pin")
    t = run.sound(t, room.sound)
    run.events.append((t, "conference"))
    return t, OVER, Outcome(CONFERENCE, t, extension=extension.number)


_PARTS: dict[str, Callable[[Run, int, Any], Result]] = {
    SPOKEN: _spoken,
    AGENT: _with_agent,
    MAILBOX: _in_mailbox,
    FILE: _file,
    MENU: enter_menu,
    QUEUE: _in_queue,
    TO_FAX: _faxed,
    TO_CONFERENCE: _in_conference,
}


def _abandoned_in(events: list[RawEvent], at: int) -> str:
    """Where the caller was who has lost patience."""
    before = [event for event in events if event[0] < at]
    last = next((event[1] for event in reversed(before) if event[1] in ("queue", "leave")), "")
    if last == "queue":
        return "queue"
    ringing = any(event[1] == "ring" and event[0] + event[LASTING["ring"]] >= at for event in before)
    if ringing or not any(event[1] == "menu" for event in before):
        return "ringing"
    return "menu"
