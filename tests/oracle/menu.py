# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A voice menu: options, rules, waiting for keys, and being forced out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.oracle import ringing
from tests.oracle.queue import rate
from tests.oracle.run import MANDATORY, NO_END, Answered, Caller, Go, Item, Result, Run, Thing, text


class _Leave(Exception):
    """The menu is over, or goes on with another option."""


class _Enter(_Leave):
    def __init__(self, context: str, option: str) -> None:
        super().__init__(context, option)
        self.context, self.option = context, option


class _Gone(_Leave):
    def __init__(self, go: Go) -> None:
        super().__init__()
        self.go = go


class _ForcedOut(_Leave):
    pass


class _StopRules(Exception):
    """The rest of an option's rules is not run."""


def menu(run: Run, extension: Thing, t: int, caller: Caller) -> Go:
    return _Menu(run, extension, t, caller).go()


class _Menu:
    """One stay of a caller in a menu. t: now. life: when the caller is forced out."""

    def __init__(self, run: Run, extension: Thing, t: int, caller: Caller) -> None:
        self.run, self.extension, self.t = run, extension, t
        self.settings = extension.get("ivr") or {}
        self.contexts = {one["name"]: one for one in self.settings.get("contexts") or ()}
        lifetime = self.settings.get("lifetime") or 0
        self.life = t + lifetime * 1000 if lifetime > 0 else NO_END
        self.entered_as = self.shown = caller
        self.status: str | None = None

    def go(self) -> Go:
        try:
            if self.settings.get("sleep_time"):
                self.silence(self.settings["sleep_time"])
            self.check_life()
            if not self.settings.get("entry_context"):
                raise self.run.hang_up(self.t, "normal")
            where = (self.settings["entry_context"], "start")
            while True:
                try:
                    self.option(*where)
                    self.wait(where[0])
                except _Enter as jump:
                    where = (jump.context, jump.option)
        except _Gone as gone:
            return gone.go
        except _ForcedOut:
            return self.forced_out()

    def forced_out(self) -> Go:
        if self.settings.get("lifetime_exp_action") == "transfer":
            words = [(0, word) for word in (self.settings.get("lifetime_exp_transfer_dst") or "").split()]
            result = self.ring(words, self.run.switch["ring_seconds"])
            if isinstance(result, Answered):
                return result.go
            self.t = result.at
        raise self.run.hang_up(self.t, "normal")

    # -- time

    def check_life(self) -> None:
        if self.t >= self.life:
            raise _ForcedOut

    def spend(self, ms: int) -> None:
        self.t = min(self.t + ms, max(self.t, self.life))
        self.check_life()

    def silence(self, ms: int) -> None:
        self.check_life()
        self.run.emit(self.t, "silence", ms=min(ms, self.life - self.t))
        self.spend(ms)

    def sound(self, title: str | None, kind: str = "foreground") -> None:
        self.check_life()
        if title:
            self.run.play(self.t, title, kind, self.life)
            self.spend(self.run.duration(title))

    # -- options

    def option(self, context: str, digits: str) -> None:
        self.check_life()
        self.run.step(self.t)
        self.run.emit(self.t, "menu", extension=self.extension["number"], context=context, option=digits)
        rules = self.options(context).get(digits) or ()
        if not rules:
            raise self.run.hang_up(self.t, "normal")
        self.interruptible = self.run.impatient
        for index, rule in enumerate(rules):
            self.check_life()
            if not self.applies(rule):
                continue
            self.run.step(self.t)
            self.run.emit(self.t, "rule", place=(self.extension["number"], context, digits, index))
            try:
                getattr(self, rule["action"])(rule, context)
            except _StopRules:
                return
        self.check_life()

    def options(self, context: str) -> dict[str, list[Thing]]:
        return {one["digits"]: one.get("rules") or [] for one in self.contexts[context].get("options") or ()}

    def applies(self, rule: Thing) -> bool:
        wanted = rule.get("call_status") or "any"
        caller = self.shown if self.run.switch["set_caller_scope"] == "everywhere" else self.entered_as
        name = rule.get("match_variable_name")
        return (
            self.run.holds(self.extension, rule.get("interval"), self.t)
            and self.run.caller_holds(rule, caller)
            and wanted in ("any", self.status)
            and (not name or self.run.variables.get(name, "") == text(rule.get("match_variable_value")))
        )

    def jump(self, context: str, digits: str) -> None:
        self.check_life()
        if digits not in MANDATORY and digits not in self.options(context):
            if self.run.switch["missing_option"] == "hangup":
                raise self.run.hang_up(self.t, "normal")
            digits = "invalid"
        raise _Enter(context, digits)

    # -- waiting for keys

    def wait(self, context: str) -> None:
        self.check_life()
        timeout = _ms(self.contexts[context].get("timeout"), 5000)
        item = self.run.ask()
        if not item.keys or item.after >= timeout:
            self.run.emit(self.t, "keys", ask="menu", keys="")
            self.spend(timeout)
            raise _Enter(context, "timeout")
        self.spend(item.after)
        self.typed(context, item.keys)

    def typed(self, context: str, keys: str, ask: str = "menu") -> None:
        """Keys arrive at the menu, now."""
        settings, options = self.contexts[context], set(self.options(context)) - set(MANDATORY)
        most = settings.get("digit_len") or 0
        if not most:
            most = 1 if self.run.switch["digit_len_default"] == "one" else self.run.extension_len or 3
        keys, complete = keys[:most], len(keys) >= most
        if self.run.switch["early_match"] == "unambiguous":
            longer = options | (set(self.run.extensions) if settings.get("allow_any_dial") else set())
            for length in range(1, len(keys) + 1):
                part = keys[:length]
                if part in options and not any(one != part and one.startswith(part) for one in longer):
                    keys, complete = part, True
                    break
        if ask == "menu":
            self.run.emit(self.t, "keys", ask=ask, keys=keys)
        if not complete:
            self.spend(_ms(settings.get("inter_digit_timeout"), 2000))
        if keys in options:
            raise _Enter(context, keys)
        if settings.get("allow_any_dial") and keys in self.run.extensions:
            result = self.ring([(0, keys)], self.run.switch["ring_seconds"])
            if isinstance(result, Answered):
                raise _Gone(result.go)
            self.t, self.status = result.at, result.status
            self.check_life()
        raise _Enter(context, "invalid")

    def interrupt(self, context: str, event: Callable[[], None]) -> None:
        """The first background sound or silence of an option: an impatient caller may type over it."""
        self.check_life()
        if self.interruptible and self.run.next_has_keys():
            item = self.run.ask()
            event()
            self.typed(context, item.keys)
        self.interruptible = False

    # -- the effects of rules

    def ring(self, words: list[tuple[int, str]], seconds: int, simple: bool = False) -> Result:
        end = self.t + int(seconds * 1000)
        return ringing.ring(self.run, words, self.t, end, (), self.shown, simple=simple)

    def call(self, rule: Thing, destinations: str | None, simple: bool) -> None:
        words = [(0, word) for word in (destinations or "").split()]
        seconds = rule.get("transfer_timeout") or self.run.switch["ring_seconds"]
        self.judge(rule, self.ring(words, seconds, simple))

    def judge(self, rule: Thing, result: Result) -> None:
        if isinstance(result, Answered):
            raise _Gone(result.go)
        self.t, self.status = result.at, result.status
        self.check_life()
        if rule.get("final", True) is not False:
            if self.run.switch["menu_final_failed"] == "hangup":
                raise self.run.hang_up(self.t, result.status)
            raise _StopRules

    def transfer(self, rule: Thing, _context: str) -> None:
        self.call(rule, rule.get("transfer_dst"), False)

    def simple_transfer(self, rule: Thing, _context: str) -> None:
        self.call(rule, rule.get("transfer_dst"), True)

    def transfer_from_variable(self, rule: Thing, _context: str) -> None:
        value = self.run.variables.get(rule.get("transfer_variable") or "", "")
        self.call(rule, value, bool(rule.get("is_simple_transfer")))

    def voicemail(self, rule: Thing, _context: str) -> None:
        self.judge(rule, self.run.voicemail_rule(self.extension, self.t))

    def hangup(self, rule: Thing, _context: str) -> None:
        raise self.run.hang_up(self.t, rule.get("hangup_cause") or "normal")

    def play_sound(self, rule: Thing, context: str) -> None:
        kind = rule.get("sound_type") or "background"
        title = rule.get("sound")
        if rule.get("play_sound_from_variable"):
            title = "$variable"
        if kind == "background":
            self.interrupt(context, lambda: self.run.emit(self.t, "sound", title=title, ms=0, kind=kind))
        self.sound(title, kind)

    def play_silence(self, rule: Thing, context: str) -> None:
        self.interrupt(context, lambda: self.run.emit(self.t, "silence", ms=0))
        self.silence(rule.get("silence_time") or 0)

    def digits(self, value: str) -> None:
        if value:
            ms = len(value) * self.run.switch["digit_ms"]
            self.run.emit(self.t, "digits", text=value, ms=min(ms, self.life - self.t))
            self.spend(ms)

    def play_digits(self, rule: Thing, _context: str) -> None:
        self.digits(rule.get("digits") or "")

    def play_digits_from_variable(self, rule: Thing, _context: str) -> None:
        self.digits(self.run.variables.get(rule.get("play_digits_variable") or "", ""))

    def jump_to_context(self, rule: Thing, _context: str) -> None:
        self.jump(rule["context"], rule.get("context_option") or "start")

    def set(self, name: str, value: Any) -> None:
        self.run.variables[name] = text(value)
        self.run.emit(self.t, "variable", name=name, value=text(value))

    def set_variable(self, rule: Thing, _context: str) -> None:
        self.set(rule.get("set_variable_name") or "", rule.get("set_variable_value"))

    def show(self, number: str | None, name: str | None) -> None:
        before = self.shown
        self.shown = Caller(
            before.number if number is None else number,
            before.name if name is None else name,
            before.hidden if number is None else not number,
        )
        visible = "" if self.shown.hidden else self.shown.number
        self.run.emit(self.t, "caller", number=visible, name=self.shown.name)

    def set_caller_id_number(self, rule: Thing, _context: str) -> None:
        self.show(text(rule.get("caller_id_number")), None)

    def set_caller_id_name(self, rule: Thing, _context: str) -> None:
        self.show(None, text(rule.get("caller_id_name")))

    def start_record(self, _rule: Thing, _context: str) -> None:
        self.run.emit(self.t, "record")

    def record_digits(self, rule: Thing, _context: str) -> None:
        self.sound(rule.get("record_digits_sound"))
        self.record(
            rule.get("record_digits_variable") or "",
            rule.get("record_digits_max") or 0,
            rule.get("record_digits_timeout") or 5000,
        )

    def record(self, variable: str, most: int, timeout: int) -> None:
        item = self.run.ask()
        if not item.keys or item.after >= timeout:
            self.run.emit(self.t, "keys", ask="record", keys="")
            self.spend(timeout)
            self.set(variable, "")
            return
        self.spend(item.after)
        value, hash_key, dummy = item.keys.partition("#")
        if most and len(value) >= most:
            value, used, complete = value[:most], value[:most], True
        else:
            used, complete = value + hash_key, bool(hash_key)
        self.run.emit(self.t, "keys", ask="record", keys=used)
        if not complete:
            self.spend(timeout)
        self.set(variable, value)

    def quality_rate(self, rule: Thing, _context: str) -> None:
        self.sound(rule.get("sound"))
        self.t = rate(self.run, self.t, rule.get("max_rate"), self.life)
        self.check_life()

    # -- webhooks

    def call_interactive(self, rule: Thing, context: str) -> None:
        url = rule.get("call_interactive_url") or ""
        replies = (self.run.world.get("webhooks") or {}).get(url) or [[]]
        reply = replies[min(self.run.requests[url], len(replies) - 1)]
        self.run.requests[url] += 1
        after, verbs = 0, reply
        if isinstance(reply, Mapping):
            after, verbs = int(reply.get("after", 0) * 1000), reply.get("verbs") or []
        limit = (rule.get("call_interactive_timeout") or 0) * 1000
        late = limit > 0 and after >= limit
        failed = late or verbs == "error"
        self.run.emit(self.t, "webhook", url=url, result="timeout" if late else "error" if failed else "ok")
        self.spend(limit if late else after)
        if failed:
            if self.run.switch["webhook_failure"] == "hangup":
                raise self.run.hang_up(self.t, "normal")
            return
        for verb in verbs:
            self.check_life()
            self.verb({verb: None} if isinstance(verb, str) else verb)

    def verb(self, verb: Thing) -> None:
        if "hangup" in verb:
            raise self.run.hang_up(self.t, "normal")
        if "pause" in verb:
            self.silence(int((verb["pause"] or 10) * 1000))
        elif "set" in verb:
            for name, value in verb["set"].items():
                self.set(name, value)
        elif "jump" in verb:
            self.jump(verb["jump"]["context"], verb["jump"].get("option") or "start")
        elif "caller" in verb:
            self.show(verb["caller"].get("number"), verb["caller"].get("name"))
        elif "play" in verb:
            kind = verb.get("where") or "foreground"
            self.sound(verb["play"], kind)
            if kind == "background" and verb.get("digitvar"):
                self.record(verb["digitvar"], 0, 5000)
        else:
            simple = "simple_transfer" in verb
            words = [(0, word) for word in text(verb["simple_transfer" if simple else "transfer"]).split()]
            result = self.ring(words, self.run.switch["ring_seconds"], simple)
            if isinstance(result, Answered):
                raise _Gone(result.go)
            self.t, self.status = result.at, result.status

    # -- speech

    def voice_helper(self, rule: Thing, context: str) -> None:
        self.sound(rule.get("sound"))
        listening = max(3000, _ms(rule.get("voice_helper_timeout"), 5000))
        item = self.run.ask()
        if item.after >= listening or not (item.keys or item.say):
            item = Item()
        if item.say:
            self.spend(item.after)
            self.run.emit(self.t, "keys", ask="speech", keys=item.say)
            for one in rule.get("voice_helper_rules") or ():
                words = [word for word in (one.get("transcription") or "").split("|") if word]
                if any(word.lower() in item.say.lower() for word in words):
                    self.jump(context, str(one["to_option"]))
            return
        if not item.keys:
            self.run.emit(self.t, "keys", ask="speech", keys="")
            self.spend(listening)
            return
        began = self.t
        self.spend(item.after)
        most = rule.get("voice_helper_digits_max") or 1
        keys = item.keys[:most]
        self.run.emit(self.t, "keys", ask="speech", keys=keys)
        if len(keys) < most:
            self.spend(began + listening - self.t)
        if rule.get("voice_helper_classic_term", True) is not False:
            self.typed(context, keys, "speech")


def _ms(value: int | None, default: int) -> int:
    return default if value is None else value
