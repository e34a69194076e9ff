# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The actions of the rules of a menu."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable

from .asks import MENU, SPEECH, rate, record
from .call import Shown
from .connect import ring_group
from .looks import WEBHOOK
from .mailbox import message
from .menu import GO, ON, Expired, Visit, expire, rules_of
from .menus import (
    BACKGROUND,
    Context,
    HangUp,
    Jump,
    LeaveMessage,
    Menu,
    MenuRule,
    PlayDigits,
    PlaySilence,
    PlaySound,
    Rate,
    RecordDigits,
    SetCaller,
    SetVariable,
    StartRecord,
    Transfer,
    VoiceHelper,
    Webhook,
)
from .numbers import Group
from .plan import Extension
from .run import ANSWERED, NO_ANSWER, Endless, Result, Run, Unknown
from .world import Verb

Step = Callable[[Visit, int, MenuRule, Any, Context], Result]


def enter_menu(run: Run, t: int, extension: Extension) -> Result:
    """A menu answers a call."""
    menu = extension.own
    if not isinstance(menu, Menu):
        raise Unknown(t, extension.place)
    visit = Visit(run, extension, menu, t)
    try:
        return _menu(visit, t, menu)
    except Expired as expired:
        return expire(visit, expired.t)


def _menu(visit: Visit, t: int, menu: Menu) -> Result:
    """From one option to the next, until something leads out of the menu."""
    run, number = visit.run, visit.extension.number
    events = run.events
    if menu.sleep:
        t = visit.silence(t, menu.sleep)
    if not menu.entry:
        return visit.hang_up(t)
    t, status, then = visit.jump(t, menu.entry, "start", menu.place)
    while status == GO:
        context, name = then
        run.step(t)
        if context.unknown:
            raise Unknown(t, context.unknown)
        events.append((t, "menu", number, context.name, name))
        visit.fresh = True
        option = context.options.get(name)
        rules = option.rules if option is not None and option.rules is not None else rules_of(t, context, option)
        if not rules:
            return visit.hang_up(t)
        for rule in rules:
            if rule.conditional and not visit.holds(rule, t):
                continue
            # The code of run.step stands here again, because a call runs rules most of its time.
            run.steps += 1
            if run.steps > run.most_steps or t > run.longest:
                raise Endless(t, "circle")
            events.append((t, "rule", rule.place))
            action = rule.action
            if action is None:
                raise Unknown(t, rule.place)
            t, status, then = _STEPS[type(action)](visit, t, rule, action, context)
            if status != ON:
                break
        else:
            t, status, then = visit.wait(t, context)
    return t, status, then


def _broken_into(visit: Visit, t: int, context: Context) -> bool:
    """Whether an impatient caller presses keys now that a sound or a silence begins which keys can break into."""
    fresh, visit.fresh = visit.fresh, False
    return fresh and bool(visit.run.coming(t, MENU, context).keys)


def _play_sound(visit: Visit, t: int, _rule: MenuRule, action: PlaySound, context: Context) -> Result:
    run, kind = visit.run, action.kind
    if run.call.impatient and kind == BACKGROUND and action.title and _broken_into(visit, t, context):
        run.events.append((t, "sound", action.title, 0, kind))
        return visit.typed(t, context, run.ask(t, MENU, context).keys)
    t = run.sound(t, action.title, kind, visit.until)
    if t >= visit.until:
        raise Expired(visit.until)
    return t, ON, None


def _play_silence(visit: Visit, t: int, _rule: MenuRule, action: PlaySilence, context: Context) -> Result:
    if visit.run.call.impatient and _broken_into(visit, t, context):
        visit.run.events.append((t, "silence", 0))
        return visit.typed(t, context, visit.run.ask(t, MENU, context).keys)
    return visit.silence(t, action.ms), ON, None


def _play_digits(visit: Visit, t: int, _rule: MenuRule, action: PlayDigits, _context: Context) -> Result:
    run = visit.run
    text = run.variables.get(action.variable, "") if action.variable else action.text
    if not text:
        return t, ON, None
    end = t + len(text) * run.assume.digit_ms
    run.events.append((t, "digits", text, min(end, visit.until) - t))
    return visit.passed(end), ON, None


def _jump(visit: Visit, t: int, rule: MenuRule, action: Jump, _context: Context) -> Result:
    return visit.jump(t, action.context, action.option, rule.place)


def _transfer(visit: Visit, t: int, rule: MenuRule, action: Transfer, context: Context) -> Result:
    run, group = visit.run, action.group
    if action.variable:
        group = replace(group, legs=run.plan.numbers.legs(run.variables.get(action.variable, "")))
    t, status, then = ring_group(run, group, t)
    if status == ANSWERED:
        return t, ANSWERED, then
    return _failed(visit, t, status, rule, context)


def _failed(visit: Visit, t: int, status: str, rule: MenuRule, context: Context) -> Result:
    t = visit.failed(t, status)
    if not rule.final:
        return t, ON, None
    visit.run.used.add("menu_final_failed")
    if visit.run.assume.menu_final_failed == "wait":
        return visit.wait(t, context)
    return visit.hang_up(t, status)


def _leave_message(visit: Visit, t: int, rule: MenuRule, _action: LeaveMessage, context: Context) -> Result:
    t, status, then = message(visit.run, visit.extension, t)
    if status == ANSWERED:
        return t, ANSWERED, then
    return _failed(visit, t, NO_ANSWER, rule, context)


def _hang_up(visit: Visit, t: int, _rule: MenuRule, action: HangUp, _context: Context) -> Result:
    return visit.hang_up(t, action.cause)


def _set(visit: Visit, t: int, name: str, value: str) -> None:
    visit.run.variables = {**visit.run.variables, name: value}
    visit.run.events.append((t, "variable", name, value))


def _set_variable(visit: Visit, t: int, _rule: MenuRule, action: SetVariable, _context: Context) -> Result:
    _set(visit, t, action.name, action.value)
    return t, ON, None


def _record_digits(visit: Visit, t: int, _rule: MenuRule, action: RecordDigits, _context: Context) -> Result:
    t = visit.sound(t, action.sound)
    heard = record(visit.run, t, action.variable, action.most, action.timeout, visit.until)
    t = visit.passed(heard.at)
    _set(visit, t, action.variable, heard.text)
    return t, ON, None


def _redirect(visit: Visit, t: int, number: str | None, name: str | None) -> None:
    """The caller is from now on shown with another number or name."""
    run = visit.run
    old = run.caller
    run.caller = Shown(old.number if number is None else number, old.name if name is None else name)
    run.events.append((t, "caller", run.caller.number, run.caller.name))


def _set_caller(visit: Visit, t: int, _rule: MenuRule, action: SetCaller, _context: Context) -> Result:
    _redirect(visit, t, action.number, action.name)
    return t, ON, None


def _rate(visit: Visit, t: int, _rule: MenuRule, action: Rate, _context: Context) -> Result:
    t = visit.sound(t, action.sound)
    return visit.passed(rate(visit.run, t, action.most, visit.until)), ON, None


def _start_record(visit: Visit, t: int, _rule: MenuRule, _action: StartRecord, _context: Context) -> Result:
    visit.run.events.append((t, "record"))
    return t, ON, None


def _voice_helper(visit: Visit, t: int, _rule: MenuRule, action: VoiceHelper, context: Context) -> Result:
    run = visit.run
    t = visit.sound(t, action.sound)
    item = run.ask(t, SPEECH, (action, context))
    end = t + action.timeout
    if item.after >= action.timeout or not (item.keys or item.say):
        run.events.append((t, "keys", SPEECH, ""))
        return visit.passed(end), ON, None
    at = visit.passed(t + item.after)
    if item.say:
        run.events.append((at, "keys", SPEECH, item.say))
        said = item.say.lower()
        for words, option in action.rules:
            if any(word in said for word in words):
                return visit.go(at, context, option)
        return at, ON, None
    keys = item.keys[: action.keys]
    run.events.append((at, "keys", SPEECH, keys))
    over = visit.passed(at if len(keys) == action.keys else end)
    if not action.typed:
        return over, ON, None
    heard = visit.heard(over, context, keys)
    return visit.chosen(visit.passed(heard.at), context, heard.text)


def _webhook(visit: Visit, t: int, rule: MenuRule, action: Webhook, _context: Context) -> Result:
    run, url = visit.run, action.url
    run.looked(WEBHOOK, url, t)
    replies = run.world.webhooks.get(url) if run.world.webhooks else None
    verbs: tuple[Verb, ...] | None = ()
    after = 0
    if replies:
        requests = run.requests = run.requests or {}
        asked = requests.get(url, 0)
        requests[url] = asked + 1
        reply = replies[min(asked, len(replies) - 1)]
        verbs, after = reply.verbs, reply.after
    late = bool(action.timeout) and after >= action.timeout
    run.events.append((t, "webhook", url, "timeout" if late else "error" if verbs is None else "ok"))
    t = visit.passed(t + (action.timeout if late else after))
    if verbs is None or late:
        run.used.add("webhook_failure")
        return visit.hang_up(t) if run.assume.webhook_failure == "hangup" else (t, ON, None)
    for verb in verbs:
        result = _verb(visit, t, verb, rule.place)
        if result[1] != ON:
            return result
        t = result[0]
    return t, ON, None


def _verb(visit: Visit, t: int, verb: Verb, place: str) -> Result:
    run, name, given = visit.run, verb.name, verb.arguments
    if name == "hangup":
        return visit.hang_up(t)
    if name == "jump":
        return visit.jump(t, given["context"], given["option"], place)
    if name in ("transfer", "simple_transfer"):
        group = Group(run.plan.numbers.legs(given["to"]), simple=name == "simple_transfer")
        t, status, then = ring_group(run, group, t)
        if status == ANSWERED:
            return t, ANSWERED, then
        return visit.failed(t, status), ON, None
    if name == "pause":
        return visit.silence(t, given["ms"]), ON, None
    if name == "set":
        for variable, value in given["values"].items():
            _set(visit, t, variable, value)
    elif name == "caller":
        _redirect(visit, t, given.get("number"), given.get("name"))
    else:
        t = visit.sound(t, given["title"], given["where"])
        if given["where"] == "background" and "variable" in given:
            heard = record(run, t, given["variable"], 0, 5000, visit.until)
            t = visit.passed(heard.at)
            _set(visit, t, given["variable"], heard.text)
    return t, ON, None


_STEPS: dict[type, Step] = {
    PlaySound: _play_sound,
    PlaySilence: _play_silence,
    PlayDigits: _play_digits,
    Jump: _jump,
    Transfer: _transfer,
    LeaveMessage: _leave_message,
    HangUp: _hang_up,
    SetVariable: _set_variable,
    RecordDigits: _record_digits,
    SetCaller: _set_caller,
    Webhook: _webhook,
    Rate: _rate,
    VoiceHelper: _voice_helper,
    StartRecord: _start_record,
}
