# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One call from its arrival to its outcome: the clock, the events, the asks, and its end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.intervals import active

Thing = Mapping[str, Any]
Event = dict[str, Any]

SWITCHES: dict[str, Any] = {
    "interval_clock": "now",
    "interval_end": "inclusive",
    "time_wrap": "never",
    "sched_before_start": "never",
    "empty_condition": "always",
    "anonymous_not_matches": "holds",
    "did_as_destination": "internal",
    "blocked_extension": "refuse",
    "own_call": "lazy",
    "status_of_nonphone": "never",
    "rules_exhausted": "own",
    "final_failed": "hangup",
    "phone_voicemail": "after_failure",
    "voicemail_disabled": "fail",
    "vm_default": "false",
    "own_number": "ring",
    "reentry": "fail",
    "group_status": "all_busy",
    "cascade_delays": "first_zero",
    "dnd": "busy",
    "digit_len_default": "extension_len",
    "early_match": "never",
    "missing_option": "hangup",
    "menu_final_failed": "hangup",
    "set_caller_scope": "redirects",
    "webhook_failure": "next_rule",
    "agents_count": "logged_in",
    "queue_answers": "unless_disabled",
    "tier_clock": "joined",
    "queue_without_destination": "voicemail",
    "phone_ring": 60,
    "agent_ring": 60,
    "ring_seconds": 60,
    "sound_seconds": 5,
    "talk_seconds": 60,
    "phone_answers": 5,
    "external_answers": 10,
    "digit_ms": 1000,
    "rate_ms": 5000,
    "pin_ms": 5000,
    "max_steps": 1000,
    "max_seconds": 14400,
    "max_forwards": 20,
}
MANDATORY = ("start", "timeout", "invalid")
LASTING = ("ring", "sound", "silence", "digits")
NO_END = 10**15


class Over(Exception):
    """The class of the outcome is certain."""

    def __init__(self, outcome: Event) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(frozen=True)
class Caller:
    number: str
    name: str
    hidden: bool


Go = Callable[[], "Go"]


@dataclass(frozen=True)
class Answered:
    """go: the next step after the answer."""

    at: int
    go: Go


@dataclass(frozen=True)
class Failed:
    """cause: of the hang-up, where it is not the status. ring: how a device's ringing ended."""

    at: int
    status: str
    cause: str = ""
    ring: str = ""


Result = Answered | Failed


@dataclass
class Item:
    """The caller's answer at one ask. after: ms."""

    keys: str = ""
    say: str = ""
    after: int = 0


@dataclass
class Run:
    """Everything that one call may look at, and its events so far."""

    document: Thing
    call: Thing
    world: Thing
    switch: dict[str, Any]
    events: list[Event] = field(default_factory=list)
    steps: int = 0
    asked: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    looked: list[tuple[Thing, int, bool]] | None = None

    def __post_init__(self) -> None:
        self.extensions: dict[str, Thing] = {e["number"]: e for e in self.document.get("extensions") or ()}
        self.dids: dict[str, Thing] = {d["name"]: d for d in self.document.get("dids") or ()}
        lengths = Counter(len(number) for number in self.extensions)
        self.extension_len = lengths.most_common(1)[0][0] if lengths else 0
        self.variables: dict[str, str] = {n: text(v) for n, v in (self.world.get("variables") or {}).items()}
        self.flips = Counter(self.world.get("codes") or ())
        self.impatient = bool(self.call.get("impatient"))
        patience = self.call.get("hang_up_after")
        # An event that ends at the moment of the hang-up has still ended; one that would begin later never happens.
        self.gone = NO_END if patience is None else int(patience * 1000) + 1

    # -- the clock and the limits

    def step(self, t: int) -> None:
        """A rule is run, or an option is entered."""
        self.steps += 1
        if self.steps > self.switch["max_steps"] or self.late(t):
            raise Over({"class": "endless", "in": "circle", "at": t})

    def late(self, t: int) -> bool:
        return bool(t > self.switch["max_seconds"] * 1000)

    def holds(self, owner: Thing, name: str | None, t: int) -> bool:
        """Whether the interval that a rule of ``owner`` names is active."""
        if not name:
            return True
        intervals = [*(owner.get("intervals") or ()), *(self.document.get("intervals") or ())]
        interval = next(one for one in intervals if one["name"] == name)
        passed = 0 if self.switch["interval_clock"] == "call_start" else t // 1000
        found = active(interval, self.call["at"] + passed, self.switch)
        if self.looked is not None:
            self.looked.append((interval, passed, found))
        return found

    def caller_holds(self, rule: Thing, caller: Caller) -> bool:
        action = rule.get("caller_id_action") or "any"
        numberless = caller.hidden or not caller.number
        if action == "any":
            return True
        if action == "anonymous":
            return numberless
        if numberless:
            return action == "not_matches" and bool(self.switch["anonymous_not_matches"] == "holds")
        found = re.search(rule.get("caller_id") or "", caller.number, re.ASCII) is not None
        return found == (action == "matches")

    # -- events

    def emit(self, t: int, event: str, **more: Any) -> None:
        self.events.append({"t": t, "event": event, **more})

    def play(self, t: int, title: str | None, kind: str = "foreground", end: int = NO_END) -> int:
        """A sound from t on, up to an end; gives the time after it."""
        if not title:
            return t
        ms = min(self.duration(title), end - t)
        self.emit(t, "sound", title=title, ms=ms, kind=kind)
        return t + ms

    def duration(self, title: str) -> int:
        return int((self.world.get("sounds") or {}).get(title, self.switch["sound_seconds"]) * 1000)

    def hang_up(self, t: int, cause: str) -> Over:
        self.emit(t, "hangup", cause=cause)
        return Over({"class": "hangup", "cause": cause, "at": t})

    # -- asks

    def ask(self) -> Item:
        """The next item of ``press``; silence when all are used up."""
        press = self.call.get("press") or []
        item = press[self.asked] if self.asked < len(press) else ""
        self.asked += 1
        found = item if isinstance(item, Mapping) else {"keys": item or ""}
        after = 0 if self.impatient else int(found.get("after", 0) * 1000)
        return Item(found.get("keys") or "", found.get("say") or "", after)

    def next_has_keys(self) -> bool:
        before = self.asked
        item = self.ask()
        self.asked = before
        return bool(item.keys)

    # -- mailboxes

    def mailbox(self, extension: Thing) -> bool:
        if extension["type"] not in ("phone", "queue", "ivr"):
            return False
        own = (extension.get(extension["type"]) or {}).get("vm_enabled")
        return bool(self.switch["vm_default"] == "true") if own is None else bool(own)

    def leave_message(self, extension: Thing, t: int) -> Result:
        """The mailbox answers at once."""

        def go() -> Go:
            after = self.play(t, (extension.get(extension["type"]) or {}).get("vm_greeting"))
            self.emit(after, "voicemail", extension=extension["number"])
            raise Over({"class": "voicemail", "extension": extension["number"], "at": after})

        return Answered(t, go)

    def voicemail_rule(self, extension: Thing, t: int) -> Result:
        if self.mailbox(extension) or self.switch["voicemail_disabled"] == "record":
            return self.leave_message(extension, t)
        return Failed(t, "no_answer")


def text(value: Any) -> str:
    return "" if value is None else str(value)


def interpret(
    document: Thing,
    call: Thing,
    world: Thing,
    assumptions: Thing,
    looked: list[tuple[Thing, int, bool]] | None = None,
) -> dict[str, Any]:
    """The trace, the places of the rules that ran, and the outcome of one call.

    document: complete, with the sections of a tenant. call: in the raw form, ``at`` in seconds UTC. looked: receives
    each interval that the call asks, how many seconds after its arrival, and whether the interval was active.
    """
    from tests.oracle.ringing import arrive

    run = Run(document, call, world, {**SWITCHES, **assumptions}, looked=looked)
    try:
        go = arrive(run)
        while True:
            go = go()
    except Over as over:
        outcome = over.outcome
    trace = sorted(run.events, key=lambda event: event["t"])
    patience = call.get("hang_up_after")
    if patience is not None and (outcome["class"] == "endless" or outcome["at"] > patience * 1000):
        trace = cut(trace, int(patience * 1000))
        outcome = {"class": "abandoned", "in": _whereabouts(trace, patience * 1000), "at": int(patience * 1000)}
    if outcome["class"] == "hangup":
        outcome["told"] = _told(trace, outcome["at"])
    fired = [event["place"] for event in trace if event["event"] == "rule"]
    return {"trace": trace, "fired": fired, "outcome": outcome}


def cut(events: Sequence[Event], t: int) -> list[Event]:
    """The events before the caller, or the leg, is gone at t; an event that lasts longer ends at t."""
    kept = []
    for event in events:
        if event["t"] >= t:
            continue
        if event["event"] in LASTING and event["t"] + event["ms"] >= t:
            event = {**event, "ms": t - event["t"]}
            if event["event"] == "ring":
                event["result"] = "cancelled"
        kept.append(event)
    return kept


def _whereabouts(trace: Sequence[Event], t: float) -> str:
    stays = [event["event"] for event in trace if event["event"] in ("queue", "leave")]
    if stays and stays[-1] == "queue":
        return "queue"
    if any(event["event"] == "ring" and event["t"] + event["ms"] >= t for event in trace):
        return "ringing"
    return "menu" if any(event["event"] == "menu" for event in trace) else "ringing"


def _told(trace: Sequence[Event], t: int) -> bool:
    audible = [e for e in trace if e["event"] in ("sound", "digits") and e["ms"] > 0]
    return bool(audible) and t - (audible[-1]["t"] + audible[-1]["ms"]) <= 10_000
