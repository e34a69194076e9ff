# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Menus of the call plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .._model.nouns.ivr import MANDATORY_OPTIONS
from .._state.snapshot import Key, NamedItem, Snapshot
from .fields import Fields
from .guards import Guards
from .menus import (
    BACKGROUND,
    FOREGROUND,
    Action,
    Context,
    HangUp,
    Jump,
    LeaveMessage,
    Menu,
    MenuRule,
    Option,
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
from .numbers import Group, Numbers

_VARIABLE_SOUND = "$variable"


class Menus:
    """Compiles menus. problems: why a part cannot be simulated, by place."""

    def __init__(self, state: Snapshot, numbers: Numbers, guards: Guards, problems: dict[str, str]) -> None:
        self._state = state
        self._numbers = numbers
        self._guards = guards
        self._problems = problems
        self._contexts: set[str] = set()

    def menu(self, extension: NamedItem, fields: Fields) -> Menu:
        """fields: the settings of the menu."""
        place = (extension.name,)
        self._contexts = {item.name for item in self._state.all("ivr_context", place)}
        contexts = {item.name: self._context(item) for item in self._state.all("ivr_context", place)}
        settings = self._state.settings("ivr", place)
        where = settings.where if settings else extension.where
        entry = fields.text("entry_context")
        if entry and entry not in contexts:
            self._problems[where] = f'entry_context "{entry}" is not there'
        expiry = None
        if fields.text("lifetime_exp_action") == "transfer":
            expiry = Group(self._numbers.legs(fields.text("lifetime_exp_transfer_dst")))
        return Menu(where, entry, fields.number("sleep_time"), fields.seconds("lifetime"), expiry, contexts)

    def _context(self, item: NamedItem) -> Context:
        fields = Fields(item)
        key = Key("ivr_option", item.inside)
        options = {option.name: self._option(option) for option in self._state.all(*key)}
        any_dial = fields.flag("allow_any_dial")
        return Context(
            item.name,
            item.where,
            fields.number("timeout", 5000),
            fields.number("inter_digit_timeout", 2000),
            fields.number("digit_len"),
            any_dial,
            options,
            self._unambiguous(options, any_dial),
            key not in self._state.known,
            fields.unknown,
        )

    def _unambiguous(self, options: Iterable[str], any_dial: bool) -> frozenset[str]:
        typed = sorted(option for option in options if option not in MANDATORY_OPTIONS)
        found = set(typed)
        for one, following in zip(typed, typed[1:]):
            # In this order, an option is followed by those that begin with it.
            if following.startswith(one):
                found.discard(one)
        return frozenset(found - self._numbers.prefixes if any_dial else found)

    def _option(self, item: NamedItem) -> Option:
        key = Key("ivr_rule", item.inside)
        if key not in self._state.known or (key not in self._state.ordered and len(self._state.all(*key)) > 1):
            return Option(item.where, None)
        return Option(item.where, tuple(self._rule(rule, key.place[:1]) for rule in self._state.all(*key)))

    def _rule(self, item: NamedItem, extension: tuple[str, ...]) -> MenuRule:
        fields = Fields(item)
        name = fields.text("action")
        make = _ACTIONS.get(name)
        if make is None:
            self._problems[item.where] = f'action "{name}" is none that is known'
        action = make(fields, self._numbers) if make else None
        guard, variable = self._guards.guard(item, extension), fields.text("match_variable_name")
        if isinstance(action, Jump) and action.context not in self._contexts:
            self._problems[item.where] = f'context "{action.context}" is not there'
        return MenuRule(
            item.where,
            action,
            guard,
            variable,
            fields.text("match_variable_value"),
            guard is not None or bool(variable),
            fields.flag("final", True),
        )


def _play_sound(fields: Fields, _numbers: Numbers) -> Action:
    title = _VARIABLE_SOUND if fields.flag("play_sound_from_variable") else fields.text("sound")
    return PlaySound(title, FOREGROUND if fields.text("sound_type") == FOREGROUND else BACKGROUND)


def _transfer(fields: Fields, numbers: Numbers) -> Action:
    simple = fields.text("action") == "simple_transfer"
    return Transfer(Group(numbers.legs(fields.text("transfer_dst")), fields.seconds("transfer_timeout"), simple), "")


def _transfer_from_variable(fields: Fields, _numbers: Numbers) -> Action:
    group = Group((), fields.seconds("transfer_timeout"), fields.flag("is_simple_transfer"))
    return Transfer(group, fields.text("transfer_variable"))


def _record_digits(fields: Fields, _numbers: Numbers) -> Action:
    return RecordDigits(
        fields.text("record_digits_variable"),
        fields.number("record_digits_max"),
        fields.text("record_digits_sound"),
        fields.number("record_digits_timeout") or 5000,
    )


def _voice_helper(fields: Fields, _numbers: Numbers) -> Action:
    rules = tuple(
        (
            tuple(word.strip().lower() for word in str(rule.get("transcription") or "").split("|") if word.strip()),
            str(rule.get("to_option") or ""),
        )
        for rule in fields.get("voice_helper_rules") or ()
    )
    return VoiceHelper(
        fields.text("sound"),
        max(3000, fields.number("voice_helper_timeout", 5000)),
        fields.number("voice_helper_digits_max") or 1,
        fields.flag("voice_helper_classic_term", True),
        rules,
    )


_ACTIONS: dict[str, Callable[[Fields, Numbers], Action]] = {
    "play_sound": _play_sound,
    "play_silence": lambda fields, dummy: PlaySilence(fields.number("silence_time")),
    "play_digits": lambda fields, dummy: PlayDigits(fields.text("digits"), ""),
    "play_digits_from_variable": lambda fields, dummy: PlayDigits("", fields.text("play_digits_variable")),
    "jump_to_context": lambda fields, dummy: Jump(fields.text("context"), fields.text("context_option") or "start"),
    "transfer": _transfer,
    "simple_transfer": _transfer,
    "transfer_from_variable": _transfer_from_variable,
    "voicemail": lambda fields, dummy: LeaveMessage(),
    "hangup": lambda fields, dummy: HangUp(fields.text("hangup_cause") or "normal"),
    "set_variable": lambda fields, dummy: SetVariable(
        fields.text("set_variable_name"), fields.text("set_variable_value")
    ),
    "record_digits": _record_digits,
    "set_caller_id_number": lambda fields, dummy: SetCaller(fields.text("caller_id_number"), None),
    "set_caller_id_name": lambda fields, dummy: SetCaller(None, fields.text("caller_id_name")),
    "call_interactive": lambda fields, dummy: Webhook(
        fields.text("call_interactive_url"), fields.seconds("call_interactive_timeout")
    ),
    "quality_rate": lambda fields, dummy: Rate(fields.text("sound"), fields.number("max_rate", 5)),
    "voice_helper": _voice_helper,
    "start_record": lambda fields, dummy: StartRecord(),
}
