# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants, calls, worlds and assumptions by chance: every field, with values that meet, or lead nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import SWITCHES

PHONES = ["101", "102", "103"]
QUEUES = ["200", "201"]
MENUS = ["300", "301"]
NUMBERS = [*PHONES, *QUEUES, *MENUS, "400", "500"]
WORDS = [*PHONES, *NUMBERS, "00*101", "999", "+491", "74950", "*8101", "74951"]
AGENTS = ["101/A", "102/B", "103/C", "103/D"]
SOUNDS = ["Hello", "Bye", None]
CONTEXTS = ["main", "day"]
OPTIONS = ["start", "timeout", "invalid", "1", "2", "12", "#"]
VARIABLES = ["X", "Y"]
URL = "https://crm.example.com/"
INTERVALS = ["Day", "Night", "Shift"]
STATUSES = ["any", "any", "any", "busy", "no_answer"]


class Chance:
    """Draws from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a test wants the same choices again

    def one(self, values: Sequence[Any]) -> Any:
        return self.random.choice(values)

    def odds(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, fields: Mapping[str, Sequence[Any]], share: float = 0.4) -> dict[str, Any]:
        """Some of the fields, each with one of its values."""
        return {name: self.one(values) for name, values in fields.items() if self.odds(share)}

    def many(self, most: int) -> range:
        return range(self.random.randrange(most + 1))

    def destinations(self) -> str:
        return " ".join(self.one(WORDS) for dummy in range(self.one([1, 1, 1, 2, 3])))


_CONDITIONS = {
    "interval": INTERVALS,
    "call_status": STATUSES,
    "caller_id_action": ["any", "anonymous", "matches", "not_matches"],
    "caller_id": ["^7", r"^\+?49", "5", ""],
    "final": [True, False, False],
}
_MAILBOX = {"vm_enabled": [True, False], "vm_greeting": SOUNDS}


def tenant(chance: Chance) -> dict[str, Any]:
    extensions = [_phone(chance, number) for number in PHONES]
    extensions += [_queue(chance, number) for number in QUEUES]
    extensions += [_menu(chance, number) for number in MENUS]
    extensions.append({"number": "400", "type": "fax"})
    room = chance.some({"pin": ["12"], "moderator_pin": ["34"], "max_members": [0, 2], "enter_sound": SOUNDS})
    extensions.append({"number": "500", "type": "conference", "conference": room})
    for one in extensions:
        one["incom_rules"] = [_incoming(chance) for dummy in chance.many(3)] if chance.odds(0.6) else []
        one["intervals"] = [_interval(chance, "Shift")] if chance.odds(0.8) else []
        if chance.odds(0.05):
            one["status"] = "blocked"
    dids = [{"name": f"7495{index}", "extension": chance.one([*NUMBERS, "999"])} for index in range(2)]
    return {
        "extensions": extensions,
        "dids": [*dids, {"name": "74959"}],
        "intervals": [_interval(chance, name) for name in INTERVALS],
    }


def _interval(chance: Chance, name: str) -> dict[str, Any]:
    conditions: list[dict[str, Any]] = [
        {"start_time": "09:00:00", "end_time": "18:00:00"},
        {"start_time": "22:00:00", "end_time": "06:00:00"},
        {"start_dow": 2, "end_dow": 6},
        {"month": 11, "start_mday": 20, "end_mday": 26},
        {"sched_start_date": "2026-11-20", "sched_active_days": 1, "sched_skip_days": 2},
        {},
    ]
    picked = [{**chance.one(conditions), **chance.one(conditions[:1])} for dummy in chance.many(2)]
    return {"name": name, "timezone": chance.one(["UTC", "Europe/Berlin"]), "conditions": picked}


def _incoming(chance: Chance) -> dict[str, Any]:
    kind = chance.one(
        ["busy", "hangup", "voicemail", "playfile"] + 2 * ["transfer", "simple_transfer"] + ["cascade"] * 2
    )
    rule = {"type": kind, **chance.some(_CONDITIONS)}
    rule |= chance.some(
        {
            "enabled": [True, False],
            "control_code": ["*91"],
            "extension_status": ["any", "registered", "unreachable"],
            "extension_call_status": STATUSES,
            "transfer_timeout": [5, 20, 0],
            "enable_call_screening": [True],
        },
        0.3,
    )
    if kind in ("transfer", "simple_transfer"):
        rule["transfer_dst"] = chance.destinations()
    if kind == "cascade":
        rule["type"] = chance.one(["cascade", "simple_cascade"])
        rule["cascade_numbers"] = [
            {"delay": chance.one([0, 2, 5, 20]), "number": chance.one(WORDS)} for dummy in chance.many(3)
        ]
    if kind == "playfile":
        rule["playfile_sound"] = "Hello"
    return rule


def _phone(chance: Chance, number: str) -> dict[str, Any]:
    settings = {
        "hangup_timeout": [0, 5, 20],
        "incoming_limit": [0, 1],
        "call_screening_enabled": [True],
        "static_reg_address": ["192.0.2.1"],
        **_MAILBOX,
    }
    times = {
        "call_timeout": [0, 3, 15],
        "busy_delay_time": [0, 4],
        "no_answer_delay_time": [0, 7],
        "reject_delay_time": [2],
    }
    agents = [name.split("/")[1] for name in AGENTS if name.startswith(number)]
    listed = [{"name": agent, **chance.some({**times, "status": ["logged_out", "available"]})} for agent in agents]
    return {"number": number, "type": "phone", "phone": chance.some(settings), "agents": listed}


def _queue(chance: Chance, number: str) -> dict[str, Any]:
    strategies = ["ring-all", "longest-idle-agent", "round-robin", "top-down", "agent-with-least-talk-time",
                  "agent-with-fewest-calls", "sequentially-by-agent-order", "random"]  # fmt: skip
    settings = chance.some(
        {
            "strategy": strategies,
            "start_sound": SOUNDS,
            "max_wait_time": [0, 10, 30],
            "max_wait_time_with_no_agent": [0, 10, 15],
            "exit_with_no_av_agents": [True, False],
            "exit_key": ["0", "#"],
            "skip_busy_agents": [True, False],
            "try_same_agent_time": [60],
            "tier_rules_apply": [True, False],
            "tier_rule_wait_second": [5],
            "tier_rule_wait_multiply_level": [True, False],
            "disable_answer": [True, False],
            "agent_hangup_action": ["transfer", "quality_rate"],
            "quality_rate_sound": SOUNDS,
            "quality_rate_finish_sound": SOUNDS,
            **_MAILBOX,
        },
        0.5,
    )
    for name in (
        "timeout_transfer_dst",
        "no_agent_timeout_transfer_dst",
        "exit_transfer_dst",
        "agent_hangup_transfer_dst",
    ):
        if chance.odds(0.5):
            settings[name] = chance.destinations()
            if name != "agent_hangup_transfer_dst":
                settings[f"{name}_sound"] = chance.one(SOUNDS)
    agents = [name for name in AGENTS if chance.odds(0.5)]
    listed = [{"agent": name, **chance.some({"level": [1, 2, 3], "position": [1, 2]})} for name in agents]
    return {"number": number, "type": "queue", "queue": settings, "queue_agents": listed}


def _menu(chance: Chance, number: str) -> dict[str, Any]:
    settings = chance.some(
        {"sleep_time": [0, 1500], "lifetime": [0, 20], "lifetime_exp_action": ["transfer"], **_MAILBOX}
    )
    settings["lifetime_exp_transfer_dst"] = chance.destinations()
    if chance.odds(0.95):
        settings["entry_context"] = "main"
    contexts = []
    for name in CONTEXTS:
        options = [
            {"digits": digits, "rules": [_rule(chance) for dummy in chance.many(4)]}
            for digits in OPTIONS
            if chance.odds(0.7)
        ]
        more = chance.some(
            {"timeout": [0, 3000], "inter_digit_timeout": [0, 1000], "digit_len": [0, 1, 2], "allow_any_dial": [True]}
        )
        contexts.append({"name": name, "options": options, **more})
    return {"number": number, "type": "ivr", "ivr": {**settings, "contexts": contexts}}


def _rule(chance: Chance) -> dict[str, Any]:
    helper = [{"transcription": "sale|buy", "to_option": "1"}, {"transcription": "help", "to_option": "9"}]
    actions: list[dict[str, Any]] = [
        {"action": "play_sound", "sound": "Hello", "sound_type": chance.one(["background", "foreground", None])},
        {"action": "play_sound", "play_sound_from_variable": True},
        {"action": "play_silence", "silence_time": chance.one([0, 700])},
        {"action": "play_digits", "digits": "12"},
        {"action": "play_digits_from_variable", "play_digits_variable": chance.one(VARIABLES)},
        {"action": "jump_to_context", "context": chance.one(CONTEXTS), "context_option": chance.one([*OPTIONS, "7"])},
        {"action": "transfer", "transfer_dst": chance.destinations(), "transfer_timeout": chance.one([None, 8])},
        {"action": "simple_transfer", "transfer_dst": chance.destinations()},
        {"action": "transfer_from_variable", "transfer_variable": chance.one(VARIABLES)},
        {"action": "hangup", "hangup_cause": chance.one(["normal", "busy"])},
        {"action": "set_variable", "set_variable_name": "X", "set_variable_value": chance.one(["101", "a", ""])},
        {"action": "set_caller_id_name", "caller_id_name": "Joe"},
        {"action": "set_caller_id_number", "caller_id_number": chance.one(["49123", ""])},
        {"action": "record_digits", "record_digits_variable": "Y", "record_digits_max": chance.one([None, 2])},
        {"action": "call_interactive", "call_interactive_url": URL, "call_interactive_timeout": chance.one([None, 3])},
        {"action": "quality_rate", "sound": chance.one(SOUNDS), "max_rate": chance.one([None, 3])},
        {"action": "voice_helper", "sound": "Hello", "voice_helper_rules": helper,
         "voice_helper_classic_term": chance.odds(0.5), "voice_helper_digits_max": chance.one([None, 2])},
        {"action": "voicemail"},
        {"action": "start_record"},
    ]  # fmt: skip
    rule = {**chance.one(actions), **chance.some(_CONDITIONS, 0.2)}
    if chance.odds(0.1):
        rule |= {"match_variable_name": chance.one(VARIABLES), "match_variable_value": chance.one(["a", "", "12"])}
    return rule


def call(chance: Chance) -> dict[str, Any]:
    items: list[Any] = ["", None, "1", "2", "12", "102", "#", "0", "34", {"keys": "1", "after": 2}, {"say": "buy"}]
    return {
        "to": chance.one([*NUMBERS, "74950", "74951", "74959", "999"]),
        "from": {"number": chance.one(["+4930555", "79161234567", "101", ""]), "anonymous": chance.odds(0.2)},
        "at": 1_795_500_000 + chance.random.randrange(-7 * 86_400, 7 * 86_400),
        "press": [chance.one(items) for dummy in chance.many(5)],
        "impatient": chance.odds(0.3),
        "agent_hangs_up": chance.odds(0.3),
    }


def world(chance: Chance) -> dict[str, Any]:
    does = [0, 3, 5, 12.5, "no_answer", "busy", "reject", {"reject": 4}, "dnd"]
    replies: list[Any] = [
        "error",
        [],
        ["hangup"],
        {"after": 4, "verbs": [{"pause": 1}]},
        [{"set": {"X": "102"}}, {"transfer": "102"}, {"jump": {"context": "day", "option": "1"}}],
        [{"play": "Hello", "where": "background", "digitvar": "Y"}, {"caller": {"number": "49"}}],
    ]
    return {
        "phones": {
            number: {
                "does": chance.one(does),
                **chance.some({"registered": [False], "calls": [1], "accepts": [False]}, 0.2),
            }
            for number in PHONES
            if chance.odds(0.6)
        },
        "external": {"+491": chance.one(does[:6])},
        "agents": {
            name: chance.some({"status": ["logged_out", "available"], "idle": [5, 9], "talk": [5, 9], "calls": [1, 2]})
            for name in AGENTS
        },
        "queues": {"200": {"last_agent": chance.one(AGENTS), "ago": chance.one([10, 90])}},
        "webhooks": {URL: [chance.one(replies) for dummy in chance.many(2)]},
        "conferences": {"500": chance.one([0, 2])},
        "variables": {"X": chance.one(["101", "", "a"])},
        "codes": ["*91"] * chance.one([0, 1, 2]),
        "sounds": {"Hello": chance.one([0, 2.5, 8])},
    }


def assumptions(chance: Chance) -> dict[str, Any]:
    """The defaults in half of the cases, else some others."""
    share = chance.one([0, 0.3])
    found = {name: chance.one(switch.values) for name, switch in SWITCHES.items() if chance.odds(share)}
    # So that queues in which nobody answers take no longer than everything else.
    return {**found, "max_seconds": 900}
