# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stay in a queue: whom it rings, for how long, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle import ringing
from tests.oracle.run import Answered, Caller, Failed, Go, Item, Over, Result, Run, Thing, cut

NEVER = 10**15


@dataclass
class Member:
    """One agent in this stay. tried: the number of the last offer, 0 for none. pause: ready from this time on."""

    name: str
    phone: Thing
    agent: Thing
    state: Thing
    level: int
    position: int
    row: int
    tried: int = 0
    pause: int = 0

    @property
    def logged_in(self) -> bool:
        return bool((self.state.get("status") or self.agent.get("status") or "available") == "available")


def queue(run: Run, extension: Thing, t: int, deadline: int, stack: tuple[str, ...], caller: Caller) -> Result:
    run.emit(t, "queue", number=extension["number"])
    settings = extension.get("queue") or {}
    stay = _Stay(run, extension, settings, deadline, stack, caller)
    if settings.get("exit_with_no_av_agents") and not stay.anybody:
        run.emit(t, "leave", queue=extension["number"], reason="no_agents", ms=0)
        return stay.leave_to("no_agent_timeout", t, answered=False)
    how = run.switch["queue_answers"]
    if how == "always" or (how == "unless_disabled" and not settings.get("disable_answer")):
        stay.deadline, stay.stack = NEVER, ()

        def go() -> Go:
            result = stay.wait(t, answered=True)
            if isinstance(result, Answered):
                return result.go
            raise run.hang_up(result.at, "normal")

        return Answered(t, go)
    return stay.wait(t, answered=False)


class _Stay:
    def __init__(
        self, run: Run, extension: Thing, settings: Thing, deadline: int, stack: tuple[str, ...], caller: Caller
    ) -> None:
        self.run, self.extension, self.settings = run, extension, settings
        self.deadline, self.stack, self.caller = deadline, stack, caller
        self.members = [_member(run, row, one) for row, one in enumerate(extension.get("queue_agents") or ())]
        self.anybody = any(map(self._counts, self.members))
        self.offers = 0

    def _counts(self, member: Member) -> bool:
        how = self.run.switch["agents_count"]
        if not member.logged_in or how == "logged_in":
            return member.logged_in
        if not ringing.registered(self.run, member.phone):
            return False
        return bool(how == "registered") or not (self._busy(member) or ringing.blocked(self.run, member.phone))

    def _busy(self, member: Member) -> bool:
        return ringing.does(self.run, member.phone) in ("busy", "dnd") or ringing.at_limit(self.run, member.phone)

    # -- waiting

    def wait(self, t: int, answered: bool) -> Result:
        settings = self.settings
        start = self.run.play(t, settings.get("start_sound"), end=self.deadline)
        if start >= self.deadline:
            return Failed(self.deadline, "no_answer")
        exits: list[tuple[int, int, str]] = []
        if settings.get("exit_key") and answered:
            item = self.run.ask()
            if settings["exit_key"] in item.keys:
                exits.append((start + item.after, 0, "exit_key"))
        else:
            item = Item()
        if settings.get("max_wait_time"):
            exits.append((start + settings["max_wait_time"] * 1000, 1, "timeout"))
        if settings.get("max_wait_time_with_no_agent") and not self.anybody:
            exits.append((start + settings["max_wait_time_with_no_agent"] * 1000, 2, "no_agent_timeout"))
        leaving, dummy, reason = min(exits, default=(NEVER, 0, ""))
        end = min(leaving, self.deadline)
        opens = self._openings(start)
        now = start
        while now < end:
            if self.run.late(now):
                raise Over({"class": "endless", "in": "queue", "at": now})
            chosen = self._whom(now, start, opens)
            if chosen:
                result = self._offer(chosen, now, end)
                if isinstance(result, Answered):
                    return self._served(result, start)
                now = result.at
            else:
                later = [self._ready_from(m, opens) for m in self.members]
                now = min([one for one in later if now < one < NEVER] + [end])
                if now == NEVER:
                    raise Over({"class": "endless", "in": "queue", "at": self._sure_at(start)})
        if self.deadline <= leaving:
            return Failed(self.deadline, "no_answer")
        if reason == "exit_key":
            self.run.emit(leaving, "keys", ask="queue", keys=settings["exit_key"])
        self.run.emit(leaving, "leave", queue=self.extension["number"], reason=reason, ms=leaving - start)
        field = {"exit_key": "exit", "timeout": "timeout", "no_agent_timeout": "no_agent_timeout"}[reason]
        return self.leave_to(field, leaving, answered)

    def _sure_at(self, start: int) -> int:
        """Nobody is ready, and nobody will be: since the end of the last ringing, or since the wait began."""
        return start if not self.offers else self.now_failed

    now_failed = 0

    def _openings(self, start: int) -> dict[int, int]:
        levels = sorted({member.level for member in self.members})
        if not self.settings.get("tier_rules_apply"):
            return dict.fromkeys(levels, start)
        wait = (self.settings.get("tier_rule_wait_second") or 0) * 1000
        multiply = bool(self.settings.get("tier_rule_wait_multiply_level"))
        opens: dict[int, int] = {}
        before = start
        for level in levels:
            if not opens:
                opens[level] = start
            else:
                since = before if self.run.switch["tier_clock"] == "level" else start
                opens[level] = since + wait * (level if multiply else 1)
            before = opens[level]
        return opens

    def _ready_from(self, member: Member, opens: dict[int, int]) -> int:
        if not member.logged_in or (self.settings.get("skip_busy_agents") and self._busy(member)):
            return NEVER
        return max(member.pause, opens[member.level])

    # -- whom to ring

    def _whom(self, now: int, start: int, opens: dict[int, int]) -> list[Member]:
        first = self._last_agent(now, start)
        if first:
            return [first]
        ready = [m for m in self.members if self._ready_from(m, opens) <= now]
        if not ready:
            return []
        level = min(m.level for m in ready)
        rows = sorted((m for m in self.members if m.level == level), key=lambda m: (m.position, m.row))
        here = [m for m in rows if m in ready]
        strategy = self.settings.get("strategy") or "round-robin"
        if strategy == "ring-all":
            return here
        if strategy in ("top-down", "round-robin"):
            tried = [m for m in rows if m.tried]
            if tried:
                turn = rows.index(max(tried, key=lambda m: m.tried)) + 1
                here.sort(key=lambda m: (rows.index(m) - turn) % len(rows))
            return here[:1]
        if strategy == "longest-idle-agent":
            here.sort(key=lambda m: (m.tried > 0, -m.state.get("idle", 0), m.tried))
        elif strategy == "agent-with-least-talk-time":
            here.sort(key=lambda m: m.state.get("talk", 0))
        elif strategy == "agent-with-fewest-calls":
            here.sort(key=lambda m: m.state.get("calls", 0))
        return here[:1]

    def _last_agent(self, now: int, start: int) -> Member | None:
        known = (self.run.world.get("queues") or {}).get(self.extension["number"]) or {}
        if now != start or self.offers or known.get("ago", 0) >= (self.settings.get("try_same_agent_time") or 0):
            return None
        always = dict.fromkeys({m.level for m in self.members}, start)
        for member in self.members:
            if member.name == known.get("last_agent") and self._ready_from(member, always) <= now:
                return member
        return None

    # -- offers

    def _offer(self, chosen: list[Member], now: int, end: int) -> Result:
        legs = []
        for member in chosen:
            self.offers += 1
            member.tried = self.offers
            seconds = member.agent.get("call_timeout") or self.run.switch["agent_ring"]
            outer, self.run.events = self.run.events, []
            if ringing.blocked(self.run, member.phone):
                result: Result = Failed(now, "no_answer")
            else:
                until = min(now + seconds * 1000, end)
                result = ringing.ring_phone(self.run, member.phone, now, until, agent=member.name)
            legs.append((self.run.events, result))
            self.run.events = outer
        answers = [(r.at, i) for i, (dummy, r) in enumerate(legs) if isinstance(r, Answered)]
        at, winner = min(answers, default=(None, None))
        merged = []
        for index, (events, dummy) in enumerate(legs):
            merged += events if at is None or index == winner else cut(events, at)
        self.run.events += sorted(merged, key=lambda event: event["t"])
        if winner is not None:
            self.answered_by = chosen[winner]
            return legs[winner][1]
        over = max(result.at for dummy, result in legs)
        for member, (dummy, result) in zip(chosen, legs, strict=True):
            assert isinstance(result, Failed)
            kind = "busy" if result.status == "busy" else "reject" if result.ring == "rejected" else "no_answer"
            pause = member.agent.get(f"{kind}_delay_time")
            member.pause = over + max(10 if pause is None else pause, 1) * 1000
        self.now_failed = over
        return Failed(over, "no_answer")

    def _served(self, result: Answered, start: int) -> Result:
        number, agent = self.extension["number"], self.answered_by.name
        self.run.emit(result.at, "leave", queue=number, reason="answered", ms=result.at - start)
        self.run.emit(result.at, "answered_by", who=agent)
        return Answered(result.at, lambda: self._after_conversation(result.at, agent))

    def _after_conversation(self, at: int, agent: str) -> Go:
        action = self.settings.get("agent_hangup_action")
        if not self.run.call.get("agent_hangs_up") or not action:
            raise Over({"class": "answered", "by": agent, "queue": self.extension["number"], "at": at})
        t = at + int(self.run.switch["talk_seconds"] * 1000)
        if action == "transfer":
            words = [(0, word) for word in (self.settings.get("agent_hangup_transfer_dst") or "").split()]
            end = t + self.run.switch["ring_seconds"] * 1000
            result = ringing.ring(self.run, words, t, end, (), self.caller)
            if isinstance(result, Answered):
                return result.go
            raise self.run.hang_up(result.at, "normal")
        t = self.run.play(t, self.settings.get("quality_rate_sound"))
        t = rate(self.run, t, self.settings.get("quality_rate_max"), NEVER)
        raise self.run.hang_up(self.run.play(t, self.settings.get("quality_rate_finish_sound")), "normal")

    # -- leaving

    def leave_to(self, field: str, t: int, answered: bool) -> Result:
        words = [(0, word) for word in (self.settings.get(f"{field}_transfer_dst") or "").split()]
        if words:
            t = self.run.play(t, self.settings.get(f"{field}_transfer_dst_sound"), end=self.deadline)
            if t >= self.deadline:
                return Failed(self.deadline, "no_answer")
            end = min(t + self.run.switch["ring_seconds"] * 1000, self.deadline)
            result = ringing.ring(self.run, words, t, end, self.stack, self.caller)
            if isinstance(result, Answered):
                return result
            t = result.at
        if self.run.switch["queue_without_destination"] == "voicemail" and self.run.mailbox(self.extension):
            if t >= self.deadline:
                return Failed(self.deadline, "no_answer")
            return self.run.leave_message(self.extension, t)
        if answered:
            raise self.run.hang_up(t, "normal")
        return Failed(t, "no_answer")


def rate(run: Run, t: int, most: int | None, end: int) -> int:
    """An ask of kind rate; gives the time after it, at most ``end``."""
    item = run.ask()
    heard = item.keys and item.after < run.switch["rate_ms"]
    if not heard:
        run.emit(t, "keys", ask="rate", keys="")
        return min(t + int(run.switch["rate_ms"]), end)
    pressed = t + item.after
    if pressed >= end:
        return end
    key = item.keys[0]
    run.emit(pressed, "keys", ask="rate", keys=key)
    if key.isdecimal() and 1 <= int(key) <= (most or 5):
        run.emit(pressed, "rating", value=int(key))
        return pressed
    return min(t + int(run.switch["rate_ms"]), end)


def _member(run: Run, row: int, entry: Thing) -> Member:
    number, dummy, name = str(entry["agent"]).partition("/")
    phone = run.extensions[number]
    agent = next(one for one in phone.get("agents") or () if one["name"] == name)
    state = (run.world.get("agents") or {}).get(entry["agent"]) or {}

    def value(key: str) -> int:
        given = entry.get(key)
        return 1 if given is None else int(given)

    return Member(str(entry["agent"]), phone, agent, state, value("level"), value("position"), row)
