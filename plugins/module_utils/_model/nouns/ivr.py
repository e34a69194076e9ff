# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""An interactive voice menu: settings, contexts, options, rules (operations.json ``.../ivr/...``;
semantics.md section 5, ivr)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..field import (
    VOICEMAIL,
    address,
    choice,
    destinations,
    extra_params,
    flag,
    items,
    number,
    option,
    reference,
    sound,
    text,
)
from ..noun import Noun
from .incom_rule import check_caller_id, check_destinations

IVR = Noun(
    name="ivr",
    title="IVR",
    path="/extension/{extension}/ivr/",
    kind="singleton",
    key=(),
    extension_types=("ivr",),
    contains=(("contexts", "ivr_context"),),
    fields=(
        reference("entry_context", "ivr_context"),
        number("sleep_time"),
        number("lifetime"),
        choice("lifetime_exp_action", "hangup", "transfer"),
        destinations("lifetime_exp_transfer_dst", applies_with=("lifetime_exp_action", ("transfer",))),
        *VOICEMAIL,
    ),
)

IVR_CONTEXT = Noun(
    name="ivr_context",
    title="IVR context",
    path="/extension/{extension}/ivr/context/",
    extension_types=("ivr",),
    contains=(("options", "ivr_option"),),
    missed="the menu ends there, and the call with it",
    fields=(
        text("name", required=True),
        text("description"),
        number("timeout", defaults=(5000,)),
        number("inter_digit_timeout", defaults=(2000,)),
        number("digit_len"),
        flag("allow_any_dial", defaults=(False,)),
        extra_params(),
        number("id", read_only=True),
    ),
)

MANDATORY_OPTIONS = ("start", "timeout", "invalid")


def check_digits(declared: Mapping[str, Any], _merged: Mapping[str, Any]) -> tuple[str, ...]:
    digits = declared.get("digits") or ""
    if not digits or digits in MANDATORY_OPTIONS or re.fullmatch(r"[0-9*#]+", digits):
        return ()
    return (f'digits "{digits}" is neither a key of a phone (0-9, *, #) nor {", ".join(MANDATORY_OPTIONS)}',)


IVR_OPTION = Noun(
    name="ivr_option",
    title="IVR option",
    path="/extension/{extension}/ivr/context/{ivr_context}/options/",
    parents=("extension", "ivr_context"),
    key=("digits",),
    identity="digits",
    updatable=False,
    permanent=MANDATORY_OPTIONS,
    readable=False,
    program=("rules", "ivr_rule"),
    contains=(("rules", "ivr_rule"),),
    extension_types=("ivr",),
    checks=(check_digits,),
    missed="the menu ends there, and the call with it",
    fields=(text("digits", required=True, kind="code"),),
)

VOICE_HELPER_RULE = (option("to_option", type="digits", required=True), text("transcription", required=True))


def check_variable(declared: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    """The two halves of a condition on a variable."""
    halves = ("match_variable_name", "match_variable_value")
    for one, other in (halves, halves[::-1]):
        if declared.get(one) is not None and merged.get(other) is None:
            return (f"{one} needs {other}; give both",)
    return ()


def check_sound(declared: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    sources = ("sound", "play_sound_from_variable")
    touched = any(name in declared for name in ("action", *sources))
    if touched and merged.get("action") == "play_sound" and not any(merged.get(name) for name in sources):
        return ("action play_sound needs sound, or play_sound_from_variable",)
    return ()


IVR_RULE = Noun(
    name="ivr_rule",
    title="IVR rule",
    path="/extension/{extension}/ivr/context/{ivr_context}/options/{ivr_option}/rules/",
    parents=("extension", "ivr_context", "ivr_option"),
    ordered=True,
    may_start_with="hangup",
    extension_types=("ivr",),
    checks=(check_destinations, check_caller_id, check_variable, check_sound),
    left_out={"order_position": "whether it counts from 0 or 1 is not documented; order/ decides"},
    variant="action",
    variants={
        "transfer": (("transfer_dst",), ("transfer_timeout",)),
        "simple_transfer": (("transfer_dst",), ("transfer_timeout",)),
        "transfer_from_variable": (("transfer_variable",), ("is_simple_transfer", "transfer_timeout")),
        "hangup": ((), ("hangup_cause",)),
        "play_sound": ((), ("sound", "sound_type", "play_sound_from_variable")),
        "play_silence": (("silence_time",), ()),
        "play_digits": (("digits",), ("play_digits_method",)),
        "play_digits_from_variable": (("play_digits_variable",), ("play_digits_method",)),
        "record_digits": (
            ("record_digits_variable",),
            ("record_digits_max", "record_digits_sound", "record_digits_timeout"),
        ),
        "jump_to_context": (("context",), ("context_option",)),
        "set_variable": (("set_variable_name", "set_variable_value"), ()),
        "set_caller_id_name": (("caller_id_name",), ()),
        "set_caller_id_number": (("caller_id_number",), ()),
        "call_interactive": (("call_interactive_url",), ("call_interactive_method", "call_interactive_timeout")),
        "quality_rate": ((), ("sound", "max_rate")),
        "voice_helper": (
            ("voice_helper_rules",),
            ("sound", "voice_helper_classic_term", "voice_helper_digits_max", "voice_helper_timeout"),
        ),
        "voicemail": ((), ()),
        "start_record": ((), ()),
    },
    fields=(
        text("name"),
        choice(
            "action",
            "transfer",
            "hangup",
            "play_sound",
            "play_silence",
            "jump_to_context",
            "play_digits",
            "call_interactive",
            "transfer_from_variable",
            "set_variable",
            "voicemail",
            "simple_transfer",
            "set_caller_id_name",
            "set_caller_id_number",
            "record_digits",
            "play_digits_from_variable",
            "quality_rate",
            "voice_helper",
            "start_record",
            required=True,
        ),
        flag("final", defaults=(True,)),
        reference("interval", "interval"),
        choice("call_status", "no_answer", "busy", "any", defaults=("any",)),
        choice("caller_id_action", "matches", "not_matches", "anonymous", "any", defaults=("any",)),
        text("caller_id", kind="pattern"),
        text("match_variable_name"),
        text("match_variable_value"),
        destinations("transfer_dst"),
        number("transfer_timeout"),
        text("transfer_variable"),
        flag("is_simple_transfer", defaults=(False,)),
        choice("hangup_cause", "normal", "busy", defaults=("normal",)),
        sound("sound"),
        choice("sound_type", "background", "foreground", null_choice=True),
        flag("play_sound_from_variable", defaults=(False,)),
        number("silence_time"),
        reference("context", "ivr_context"),
        option("context_option", within="context"),
        text("digits", kind="code"),
        choice("play_digits_method", "pronounced", "iterated", null_choice=True),
        text("play_digits_variable"),
        text("record_digits_variable"),
        number("record_digits_max"),
        sound("record_digits_sound"),
        number("record_digits_timeout"),
        text("set_variable_name"),
        text("set_variable_value"),
        text("caller_id_name"),
        text("caller_id_number", kind="caller_id"),
        address("call_interactive_url"),
        choice("call_interactive_method", "GET", "POST", null_choice=True, defaults=("GET",)),
        number("call_interactive_timeout"),
        number("max_rate", defaults=(5,)),
        items("voice_helper_rules", VOICE_HELPER_RULE),
        flag("voice_helper_classic_term", defaults=(True,)),
        number("voice_helper_digits_max"),
        number("voice_helper_timeout"),
        number("id", read_only=True),
    ),
)
