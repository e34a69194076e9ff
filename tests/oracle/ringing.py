# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From a number to somebody's ear: destinations, incoming rules, groups of legs, and phones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.oracle.menu import menu
from tests.oracle.queue import queue
from tests.oracle.run import Answered, Caller, Event, Failed, Go, Over, Result, Run, Thing, cut

Stack = tuple[str, ...]


def arrive(run: Run) -> Go:
    """The call as a whole."""
    caller_of = run.call.get("from") or {"number": "70000000000"}
    caller = Caller(caller_of.get("number") or "", caller_of.get("name") or "", bool(caller_of.get("anonymous", False)))
    to = run.call["to"]
    number = run.dids[to].get("extension") if to in run.dids else to
    if number not in run.extensions:
        raise run.hang_up(0, "unallocated")
    result = incoming(run, run.extensions[number], 0, run.gone, (), caller)
    if isinstance(result, Answered):
        return result.go
    raise run.hang_up(result.at, result.cause or result.status)


def incoming(run: Run, extension: Thing, t: int, deadline: int, stack: Stack, caller: Caller) -> Result:
    """An extension with its rules."""
    number = extension["number"]
    if blocked(run, extension):
        return Failed(t, "no_answer", "blocked")
    circle = number in stack and run.switch["reentry"] == "fail"
    if circle or len(stack) > run.switch["max_forwards"]:
        run.emit(t, "loop", extension=number)
        return Failed(t, "no_answer")
    run.emit(t, "extension", number=number, type=extension["type"])
    return _Program(run, extension, deadline, (*stack, number), caller).run_from(t)


def blocked(run: Run, extension: Thing) -> bool:
    return extension.get("status") == "blocked" and bool(run.switch["blocked_extension"] == "refuse")


class _Program:
    """The rules of one extension, in their order, while one call looks at them."""

    def __init__(self, run: Run, extension: Thing, deadline: int, stack: Stack, caller: Caller) -> None:
        self.run, self.extension, self.deadline, self.stack, self.caller = run, extension, deadline, stack, caller
        self.is_phone = extension["type"] == "phone"
        self.own: str | None = None
        self.last: str | None = None
        self.ran = False

    def run_from(self, t: int) -> Result:
        rules = list(enumerate(self.extension.get("incom_rules") or ()))
        if (
            self.run.switch["own_call"] == "eager"
            and self.is_phone
            and any(self.enabled(rule) and (asks(rule) != ("any", "any")) for dummy, rule in rules)
        ):
            result = self.ring_own(t)
            if isinstance(result, Answered):
                return result
            t = result.at
        for index, rule in rules:
            if t >= self.deadline:
                return Failed(self.deadline, "no_answer")
            if not self.applies(rule, t):
                continue
            call_status, own_status = asks(rule)
            if (call_status, own_status) != ("any", "any") and self.is_phone:
                if self.own is None and (self.last is None or own_status != "any"):
                    result = self.ring_own(t)
                    if isinstance(result, Answered):
                        return result
                    t = result.at
                    if t >= self.deadline:
                        return Failed(self.deadline, "no_answer")
                if call_status not in ("any", self.last) or own_status not in ("any", self.own):
                    continue
            self.run.step(t)
            self.run.emit(t, "rule", place=(self.extension["number"], index))
            self.ran = True
            done = self.act(rule, t)
            if isinstance(done, Answered) or rule["type"] in ("busy", "hangup"):
                return done
            t, self.last = done.at, done.status
            if rule.get("final", True) is not False:
                return self.after_final(t)
        return self.after_all(t)

    def enabled(self, rule: Thing) -> bool:
        flipped = bool(rule.get("control_code")) and self.run.flips[rule["control_code"]] % 2 == 1
        return (rule.get("enabled", True) is not False) != flipped

    def applies(self, rule: Thing, t: int) -> bool:
        """Everything but rules that need a call first."""
        if not (
            self.enabled(rule)
            and self.run.holds(self.extension, rule.get("interval"), t)
            and self.run.caller_holds(rule, self.caller)
        ):
            return False
        wanted = rule.get("extension_status") or "any"
        if not self.is_phone:
            if self.run.switch["status_of_nonphone"] == "ignored":
                return True
            return wanted == "any" and asks(rule) == ("any", "any")
        return wanted == "any" or (wanted == "registered") == registered(self.run, self.extension)

    def ring_own(self, t: int) -> Result:
        timeout = ((self.extension.get("phone") or {}).get("hangup_timeout") or self.run.switch["phone_ring"]) * 1000
        result = ring_phone(self.run, self.extension, t, min(t + timeout, self.deadline))
        if isinstance(result, Failed):
            self.own = self.last = result.status
        return result

    def act(self, rule: Thing, t: int) -> Result:
        kind = rule["type"]
        if kind == "busy":
            return Failed(t, "busy")
        if kind == "hangup":
            return Failed(t, "no_answer")
        if kind == "playfile":

            def go() -> Go:
                raise self.run.hang_up(self.run.play(t, rule.get("playfile_sound")), "normal")

            return Answered(t, go)
        if kind == "voicemail":
            return self.run.voicemail_rule(self.extension, t)
        seconds = rule.get("transfer_timeout") or self.run.switch["ring_seconds"]
        if "cascade" in kind:
            numbers = rule.get("cascade_numbers") or ()
            words = [(delay, one["number"]) for delay, one in zip(delays(self.run, numbers), numbers, strict=True)]
        else:
            words = [(0, word) for word in (rule.get("transfer_dst") or "").split()]
        return ring(
            self.run,
            words,
            t,
            min(t + seconds * 1000, self.deadline),
            self.stack,
            self.caller,
            simple=kind.startswith("simple"),
            owner=self.extension if self.is_phone else None,
            screening=bool(rule.get("enable_call_screening")),
        )

    def after_final(self, t: int) -> Result:
        if self.run.switch["final_failed"] == "voicemail" and self.run.mailbox(self.extension):
            if t >= self.deadline:
                return Failed(self.deadline, "no_answer")
            return self.run.leave_message(self.extension, t)
        return Failed(t, self.last or "no_answer")

    def after_all(self, t: int) -> Result:
        if t >= self.deadline:
            return Failed(self.deadline, "no_answer")
        if self.own is None:
            if self.ran and self.run.switch["rules_exhausted"] == "hangup":
                return Failed(t, self.last or "no_answer")
            if not self.is_phone:
                return own_action(self.run, self.extension, t, self.deadline, self.stack, self.caller)
            result = self.ring_own(t)
            if isinstance(result, Answered):
                return result
            t = result.at
        if self.is_phone and self.run.switch["phone_voicemail"] == "after_failure" and self.run.mailbox(self.extension):
            if t >= self.deadline:
                return Failed(self.deadline, "no_answer")
            return self.run.leave_message(self.extension, t)
        return Failed(t, self.last or "no_answer")


def asks(rule: Thing) -> tuple[str, str]:
    return rule.get("call_status") or "any", rule.get("extension_call_status") or "any"


def delays(run: Run, numbers: Sequence[Thing]) -> list[int]:
    given = [one.get("delay") or 0 for one in numbers]
    least = min(given, default=0)
    if run.switch["cascade_delays"] == "shifted":
        return [delay - least for delay in given]
    return [0 if delay == least else delay for delay in given]


def own_action(run: Run, extension: Thing, t: int, deadline: int, stack: Stack, caller: Caller) -> Result:
    """The result of a call to an extension that is not a phone, by the extension's own action."""
    if extension["type"] == "queue":
        return queue(run, extension, t, deadline, stack, caller)
    if extension["type"] == "ivr":
        return Answered(t, lambda: menu(run, extension, t, caller))
    if extension["type"] == "fax":

        def go() -> Go:
            run.emit(t, "fax", extension=extension["number"])
            raise Over({"class": "fax", "extension": extension["number"], "at": t})

        return Answered(t, go)
    settings = extension.get("conference") or {}
    most = settings.get("max_members") or 0
    if 0 < most <= (run.world.get("conferences") or {}).get(extension["number"], 0):
        return Failed(t, "busy")
    return Answered(t, lambda: _conference(run, extension, t))


def _conference(run: Run, extension: Thing, t: int) -> Go:
    settings = extension.get("conference") or {}
    pins = [settings[name] for name in ("pin", "moderator_pin") if settings.get(name)]
    for dummy in range(3 if pins else 0):
        item = run.ask()
        if not item.keys or item.after >= run.switch["pin_ms"]:
            run.emit(t, "keys", ask="pin", keys="")
            t += run.switch["pin_ms"]
            continue
        t += item.after
        run.emit(t, "keys", ask="pin", keys=item.keys)
        if item.keys in pins:
            break
    else:
        if pins:
            raise run.hang_up(t, "rejected_pin")
    t = run.play(t, settings.get("enter_sound"))
    run.emit(t, "conference", extension=extension["number"])
    raise Over({"class": "conference", "extension": extension["number"], "at": t})


# -- groups


def ring(
    run: Run,
    words: Sequence[tuple[int, str]],
    t: int,
    end: int,
    stack: Stack,
    caller: Caller,
    *,
    simple: bool = False,
    owner: Thing | None = None,
    screening: bool = False,
) -> Result:
    """Ring several destinations, each after its delay in seconds, up to an end."""
    if not words:
        return Failed(t, "no_answer")
    end = min(end, run.gone)
    legs: list[tuple[list[Event], Result]] = []
    for delay, word in words:
        start = t + int(delay * 1000)
        outer, run.events = run.events, []
        try:
            result = (
                Failed(end, "no_answer")
                if start >= end
                else _leg(run, word, start, end, stack, caller, simple=simple, owner=owner, screening=screening)
            )
            legs.append((run.events, result))
        finally:
            run.events = outer
    answers = [(result.at, index) for index, (dummy, result) in enumerate(legs) if isinstance(result, Answered)]
    at, winner = min(answers, default=(None, None))
    merged = []
    for index, (events, dummy) in enumerate(legs):
        merged += events if at is None or index == winner else cut(events, at)
    run.events += sorted(merged, key=lambda event: event["t"])
    if winner is not None:
        return legs[winner][1]
    failed = [result for dummy, result in legs if isinstance(result, Failed)]
    return Failed(max(result.at for result in failed), _status(run, failed))


def _status(run: Run, failed: Sequence[Failed]) -> str:
    how = run.switch["group_status"]
    if how == "last":
        return max(enumerate(failed), key=lambda pair: (pair[1].at, pair[0]))[1].status
    busy = [result.status == "busy" for result in failed]
    return "busy" if (any(busy) if how == "any_busy" else all(busy)) else "no_answer"


def _leg(
    run: Run,
    word: str,
    t: int,
    end: int,
    stack: Stack,
    caller: Caller,
    *,
    simple: bool,
    owner: Thing | None,
    screening: bool,
) -> Result:
    prefixed = re.fullmatch(r"[0-9*]+\*([^*]*)", word)
    number = prefixed[1] if prefixed else word
    if number not in run.extensions and number in run.dids and run.switch["did_as_destination"] == "internal":
        leads_to = run.dids[number].get("extension")
        if leads_to not in run.extensions:
            return Failed(t, "no_answer")
        number = leads_to
    elif number not in run.extensions:
        if number not in run.dids and re.fullmatch(r"[0-9]+", number) and len(number) == run.extension_len:
            return Failed(t, "no_answer")
        return ring_external(run, number, t, end, screening)
    extension = run.extensions[number]
    own = owner is not None and owner["number"] == number and run.switch["own_number"] == "ring"
    if not (simple or own):
        return incoming(run, extension, t, end, stack, caller)
    if blocked(run, extension):
        return Failed(t, "no_answer", "blocked")
    run.emit(t, "extension", number=number, type=extension["type"])
    if extension["type"] == "phone":
        return ring_phone(run, extension, t, end, screening)
    return own_action(run, extension, t, end, stack, caller)


# -- devices


def registered(run: Run, extension: Thing) -> bool:
    if (extension.get("phone") or {}).get("static_reg_address"):
        return True
    return bool(_phone(run, extension).get("registered", True))


def _phone(run: Run, extension: Thing) -> Thing:
    found: Thing = (run.world.get("phones") or {}).get(extension["number"], {})
    return found


def at_limit(run: Run, extension: Thing) -> bool:
    limit = (extension.get("phone") or {}).get("incoming_limit") or 0
    return 0 < limit <= _phone(run, extension).get("calls", 0)


def does(run: Run, extension: Thing) -> object:
    return _phone(run, extension).get("does", run.switch["phone_answers"])


def ring_phone(run: Run, extension: Thing, t: int, end: int, screening: bool = False, agent: str = "") -> Result:
    """A device of the tenant, up to an end."""
    settings = extension.get("phone") or {}
    if not registered(run, extension):
        state: object = "unregistered"
    elif at_limit(run, extension):
        state = "busy"
    else:
        state = does(run, extension)
    screened = screening or bool(settings.get("call_screening_enabled"))
    accepts = bool(_phone(run, extension).get("accepts", True))
    return _device(run, extension["number"], state, t, end, screened, accepts, agent)


def ring_external(run: Run, number: str, t: int, end: int, screening: bool) -> Result:
    state = (run.world.get("external") or {}).get(number, run.switch["external_answers"])
    return _device(run, number, state, t, end, screening, True, "")


def _device(run: Run, who: str, state: object, t: int, end: int, screened: bool, accepts: bool, agent: str) -> Result:
    more = {"agent": agent} if agent else {}

    def rings(ms: int, result: str) -> None:
        run.emit(t, "ring", who=who, ms=ms, result=result, **more)

    if state == "unregistered":
        rings(0, "unregistered")
        return Failed(t, "no_answer")
    if state == "busy" or (state == "dnd" and run.switch["dnd"] == "busy"):
        rings(0, "busy")
        return Failed(t, "busy")
    if state == "dnd":
        rings(0, "rejected")
        return Failed(t, "no_answer", ring="rejected")
    rejects = state == "reject" or isinstance(state, dict)
    seconds = (state.get("reject") or 0) if isinstance(state, dict) else 0 if state == "reject" else state
    until = end - t if state == "no_answer" else int(float(str(seconds)) * 1000)
    if t + until >= end:
        rings(end - t, "no_answer")
        return Failed(end, "no_answer")
    at = t + until
    if rejects:
        rings(until, "rejected")
        return Failed(at, "no_answer", ring="rejected")
    rings(until, "answered" if accepts or not screened else "rejected")
    if screened:
        run.emit(at, "screening")
        if not accepts:
            return Failed(at, "no_answer", ring="rejected")
    if agent:
        return Answered(at, lambda: run_over(at, agent))
    run.emit(at, "answered_by", who=who)

    return Answered(at, lambda: run_over(at, who))


def run_over(at: int, who: str) -> Go:
    raise Over({"class": "answered", "by": who, "at": at})
