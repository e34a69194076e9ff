# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random tenants and random calls to them: small, valid, and crowded with references, so that every part is met."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from tests.oracle.run import SWITCHES

Thing = dict[str, Any]

PHONES = ("101", "102", "103")
QUEUES = ("201", "202")
MENUS = ("301", "302")
OTHERS = ("401", "501")
NUMBERS = (*PHONES, *QUEUES, *MENUS, *OTHERS)
DIDS = ("74950000001", "74950000002", "74950000003")
OUTSIDE = ("+4930123456", "89161234567")
SOUNDS = ("Welcome", "Closed", "Short", "Nothing")
INTERVALS = ("Hours", "Holiday", "Odd")
CODES = ("*91", "*92")
CONTEXTS = ("main", "night")
KEYS = ("1", "2", "12", "9", "start", "timeout", "invalid")
VARIABLES = ("lang", "dst")
URLS = ("https://crm.example.com/a", "https://crm.example.com/b")
PATTERNS = ("^7", "^\\+49", "5$", "^7495", "[02468]$")
CALLERS = ("70000000000", "+4930555123", "74951234565", "101")
ZONES = ("Europe/Berlin", "UTC", "America/New_York")
OTHER_VALUES: dict[str, tuple[Any, ...]] = {
    "interval_clock": ("call_start",),
    "interval_end": ("exclusive",),
    "time_wrap": ("wraps",),
    "sched_before_start": ("repeats",),
    "empty_condition": ("never",),
    "anonymous_not_matches": ("fails",),
    "did_as_destination": ("external",),
    "blocked_extension": ("normal",),
    "own_call": ("eager",),
    "status_of_nonphone": ("ignored",),
    "rules_exhausted": ("hangup",),
    "final_failed": ("voicemail",),
    "phone_voicemail": ("by_rule_only",),
    "voicemail_disabled": ("record",),
    "vm_default": ("true",),
    "own_number": ("rules",),
    "reentry": ("allow",),
    "group_status": ("any_busy", "last"),
    "cascade_delays": ("shifted",),
    "dnd": ("no_answer",),
    "digit_len_default": ("one",),
    "early_match": ("unambiguous",),
    "missing_option": ("invalid",),
    "menu_final_failed": ("wait",),
    "set_caller_scope": ("everywhere",),
    "webhook_failure": ("hangup",),
    "agents_count": ("registered", "free"),
    "queue_answers": ("never", "always"),
    "tier_clock": ("level",),
    "queue_without_destination": ("hangup",),
    "phone_ring": (7,),
    "agent_ring": (9,),
    "ring_seconds": (12,),
    "sound_seconds": (3,),
    "max_steps": (12, 60),
    "max_forwards": (1, 2),
    "max_seconds": (90,),
}


class Draw:
    """A source of choices."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a test wants the same choices again

    def one(self, *values: Any) -> Any:
        return self.random.choice(values)

    def maybe(self, chance: float = 0.5) -> bool:
        return self.random.random() < chance

    def some(self, **fields: Any) -> Thing:
        """Some of these fields; each value is a choice of several."""
        return {name: self.one(*values) for name, values in fields.items() if self.maybe(0.35)}

    def several(self, values: tuple[Any, ...], most: int) -> list[Any]:
        return self.random.sample(values, self.random.randint(0, min(most, len(values))))

    # -- the tenant

    def tenant(self) -> Thing:
        extensions = [
            *(self.phone(number) for number in PHONES),
            *(self.queue(number) for number in QUEUES),
            *(self.menu(number) for number in MENUS),
            {"number": "401", "type": "fax", **self.common()},
            {"number": "501", "type": "conference", **self.common(), "conference": self.conference()},
        ]
        self.random.shuffle(extensions)
        return {
            "intervals": [self.interval(name) for name in INTERVALS],
            "extensions": extensions,
            "dids": [self.did(name) for name in DIDS],
        }

    def did(self, name: str) -> Thing:
        return {"name": name, "extension": self.one(*NUMBERS, *MENUS, None)}

    def common(self) -> Thing:
        rules = [self.incom_rule() for dummy in range(self.one(0, 0, 1, 2, 3))]
        found: Thing = {"status": self.one("active", "active", "active", "active", "blocked")}
        if rules:
            found["incom_rules"] = rules
        if self.maybe(0.2):
            found["intervals"] = [self.interval("Hours")]
        return found

    def mailbox(self) -> Thing:
        return self.some(vm_enabled=(True, True, False), vm_greeting=SOUNDS)

    def phone(self, number: str) -> Thing:
        settings = self.some(
            hangup_timeout=(0, 5, 8, 20, 30),
            incoming_limit=(0, 1, 2),
            call_screening_enabled=(True, False),
            static_reg_address=("sip:a@192.0.2.1", ""),
        )
        delays = dict.fromkeys(("busy_delay_time", "no_answer_delay_time", "reject_delay_time"), (0, 1, 5, 10))
        agent = {
            "name": f"A{number}",
            **self.some(status=("available", "available", "logged_out"), call_timeout=(0, 4, 15), **delays),
        }
        return {
            "number": number,
            "type": "phone",
            **self.common(),
            "phone": {**settings, **self.mailbox()},
            "agents": [agent],
        }

    def queue(self, number: str) -> Thing:
        settings = self.some(
            strategy=(
                "ring-all",
                "longest-idle-agent",
                "round-robin",
                "top-down",
                "agent-with-least-talk-time",
                "agent-with-fewest-calls",
                "sequentially-by-agent-order",
            ),
            start_sound=SOUNDS,
            max_wait_time=(0, 10, 30, 60),
            timeout_transfer_dst=self.destinations_of(),
            timeout_transfer_dst_sound=SOUNDS,
            max_wait_time_with_no_agent=(0, 5, 20),
            no_agent_timeout_transfer_dst=self.destinations_of(),
            no_agent_timeout_transfer_dst_sound=SOUNDS,
            exit_with_no_av_agents=(True, False),
            exit_key=("0", "*", "1"),
            exit_transfer_dst=self.destinations_of(),
            exit_transfer_dst_sound=SOUNDS,
            agent_hangup_action=("transfer", "quality_rate", None),
            agent_hangup_transfer_dst=self.destinations_of(),
            quality_rate_sound=SOUNDS,
            quality_rate_finish_sound=SOUNDS,
            quality_rate_max=(3, 5),
            skip_busy_agents=(True, False),
            try_same_agent_time=(0, 100),
            tier_rules_apply=(True, True, False),
            tier_rule_wait_second=(0, 7, 20),
            tier_rule_wait_multiply_level=(True, False),
            disable_answer=(True, True, False),
        )
        agents = [
            {"agent": f"{phone}/A{phone}", **self.some(level=(0, 1, 2), position=(1, 2, 3))}
            for phone in self.several(PHONES, 3)
        ]
        return {
            "number": number,
            "type": "queue",
            **self.common(),
            "queue": {**settings, **self.mailbox()},
            "queue_agents": agents,
        }

    def conference(self) -> Thing:
        return self.some(pin=("11",), moderator_pin=("22",), max_members=(0, 2), enter_sound=SOUNDS)

    def menu(self, number: str) -> Thing:
        contexts = [self.context(name) for name in CONTEXTS]
        settings = self.some(
            sleep_time=(0, 500, 2000),
            lifetime=(0, 20, 60),
            lifetime_exp_action=("hangup", "transfer"),
            lifetime_exp_transfer_dst=self.destinations_of(),
        )
        entry = {"entry_context": self.one(*CONTEXTS)} if self.maybe(0.95) else {}
        return {
            "number": number,
            "type": "ivr",
            **self.common(),
            "ivr": {**entry, **settings, **self.mailbox(), "contexts": contexts},
        }

    def context(self, name: str) -> Thing:
        options = [{"digits": digits, "rules": self.rules()} for digits in self.several(KEYS, 7)]
        if not any(one["digits"] == "start" for one in options) and self.maybe(0.8):
            options.append({"digits": "start", "rules": self.rules() or [{"action": "play_sound", "sound": "Welcome"}]})
        return {
            "name": name,
            **self.some(
                timeout=(0, 1000, 6000),
                inter_digit_timeout=(0, 1500),
                digit_len=(0, 1, 2, 3),
                allow_any_dial=(True, False),
            ),
            "options": options,
        }

    def rules(self) -> list[Thing]:
        return [self.ivr_rule() for dummy in range(self.one(0, 1, 1, 2, 3, 4))]

    def destinations_of(self) -> tuple[str, ...]:
        return tuple(self.destinations() for dummy in range(3))

    def destination(self) -> str:
        return str(self.one(*NUMBERS, *NUMBERS, *DIDS, *OUTSIDE, "999", "0003*101", "*8101"))

    def destinations(self) -> str:
        return " ".join(self.destination() for dummy in range(self.one(1, 1, 1, 2, 3)))

    def conditions(self) -> Thing:
        found: Thing = {}
        if self.maybe(0.3):
            found["interval"] = self.one(*INTERVALS)
        if self.maybe(0.25):
            action = self.one("matches", "not_matches", "anonymous", "any")
            found["caller_id_action"] = action
            if "matches" in action:
                found["caller_id"] = self.one(*PATTERNS)
        if self.maybe(0.25):
            found["call_status"] = self.one("busy", "no_answer", "any")
        return found

    def incom_rule(self) -> Thing:
        kinds = ("transfer", "simple_transfer", "cascade", "simple_cascade")
        kind = self.one(*kinds, *kinds, "busy", "hangup", "playfile", "voicemail")
        rule: Thing = {"type": kind, **self.conditions()}
        if kind == "playfile":
            rule["playfile_sound"] = self.one(*SOUNDS)
        elif "transfer" in kind:
            rule["transfer_dst"] = self.destinations()
        elif "cascade" in kind:
            rule["cascade_numbers"] = [
                {"delay": self.one(0, 0, 3, 5, 8), "number": self.destination()} for dummy in range(self.one(1, 2, 3))
            ]
        if kind in kinds:
            rule.update(self.some(transfer_timeout=(0, 4, 10, 25), enable_call_screening=(True, False)))
        rule.update(
            self.some(
                final=(True, False, False),
                enabled=(True, True, False),
                extension_status=("registered", "unreachable", "any"),
                extension_call_status=("busy", "no_answer", "any"),
                control_code=CODES,
            )
        )
        return rule

    def ivr_rule(self) -> Thing:
        action = self.one(*_ACTIONS)
        rule: Thing = {"action": action, **self.conditions(), **self.some(final=(True, False, False))}
        if self.maybe(0.15):
            rule.update(match_variable_name=self.one(*VARIABLES), match_variable_value=self.one("", "1", "101", None))
        does: dict[str, Thing] = {
            "transfer": {"transfer_dst": self.destinations(), **self.some(transfer_timeout=(0, 5, 20))},
            "simple_transfer": {"transfer_dst": self.destinations(), **self.some(transfer_timeout=(0, 5, 20))},
            "transfer_from_variable": {
                "transfer_variable": self.one(*VARIABLES),
                **self.some(is_simple_transfer=(True, False), transfer_timeout=(0, 6)),
            },
            "hangup": self.some(hangup_cause=("normal", "busy")),
            "play_sound": {"sound": self.one(*SOUNDS), **self.some(sound_type=("background", "foreground", None))},
            "play_silence": {"silence_time": self.one(0, 1500)},
            "play_digits": {"digits": self.one("12", "007")},
            "play_digits_from_variable": {"play_digits_variable": self.one(*VARIABLES)},
            "record_digits": {
                "record_digits_variable": self.one(*VARIABLES),
                **self.some(record_digits_max=(0, 1, 3), record_digits_timeout=(0, 2500), record_digits_sound=SOUNDS),
            },
            "jump_to_context": {
                "context": self.one(*CONTEXTS),
                **self.some(context_option=(*KEYS, "77")),
            },
            "set_variable": {
                "set_variable_name": self.one(*VARIABLES),
                "set_variable_value": self.one("1", "101", "", None),
            },
            "set_caller_id_name": {"caller_id_name": self.one("VIP", "")},
            "set_caller_id_number": {"caller_id_number": self.one("74951111115", "+4911", "")},
            "call_interactive": {
                "call_interactive_url": self.one(*URLS),
                **self.some(call_interactive_timeout=(0, 3)),
            },
            "quality_rate": self.some(sound=SOUNDS, max_rate=(3, 5)),
            "voice_helper": {
                "voice_helper_rules": [
                    {"to_option": self.one(1, "2", "12", "77"), "transcription": words}
                    for words in self.several(("yes|ja", "no", "Doc|Arzt"), 3)
                ],
                **self.some(
                    sound=SOUNDS,
                    voice_helper_classic_term=(True, False),
                    voice_helper_digits_max=(0, 1, 2),
                    voice_helper_timeout=(1000, 4000, 8000),
                ),
            },
        }
        return {**rule, **does.get(action, {})}

    def interval(self, name: str) -> Thing:
        return {
            "name": name,
            "timezone": self.one(*ZONES),
            "conditions": [self.condition() for dummy in range(self.one(0, 1, 1, 2))],
        }

    def condition(self) -> Thing:
        if self.maybe(0.15):
            start = dt.datetime(2026, 10, self.one(24, 25, 26), self.one(0, 2, 12), self.one(0, 30), 0)
            end = start + dt.timedelta(hours=self.one(0, 1, 20))
            return {"start_datetime": str(start), "end_datetime": str(end)}
        found: Thing = self.some(month=(10, 10, 12, 0))
        if self.maybe(0.3):
            found["start_mday"], found["end_mday"] = self.one((1, 31), (24, 25), (25, 25), (28, 3))
        if self.maybe(0.4):
            found["start_dow"], found["end_dow"] = self.one((2, 6), (7, 1), (1, 1), (1, 7), (6, 2))
        if self.maybe(0.6):
            found["start_time"], found["end_time"] = self.one(
                ("09:00:00", "18:00:00"), ("02:00", "02:59:59"), ("22:00:00", "06:00:00"), ("00:00:00", "24:00:00"),
                ("12:00:00", "12:00:00"), ("00:00:00", "23:59:59"), ("13:00", "18:00"),
            )  # fmt: skip
        if self.maybe(0.15):
            found.update(sched_start_date=self.one("2026-10-01", "2026-10-26"), sched_active_days=1, sched_skip_days=2)
        return found

    # -- the call

    def call(self) -> Thing:
        found: Thing = {
            "to": self.one(*DIDS, *NUMBERS, "501", "74959999999"),
            "at": self.instant(),
            "press": [self.item() for dummy in range(self.one(0, 1, 2, 3, 4, 6))],
        }
        if self.maybe(0.7):
            found["from"] = {"number": self.one(*CALLERS), "anonymous": self.maybe(0.15)}
        found.update(self.some(impatient=(True, False), agent_hangs_up=(True, False)))
        if self.maybe(0.3):
            found["hang_up_after"] = self.one(0, 1, 5, 17, 60, 300)
        return found

    def instant(self) -> int:
        """Around the end of summer time 2026 in Europe, often close to an edge."""
        day = dt.datetime(2026, 10, self.random.randint(23, 28), tzinfo=dt.UTC)
        hour = self.one(0, 1, 8, 10, 11, 12, 16, 17, 21, 22)
        near = self.one(-60, -20, -5, -1, 0, 1, 1800)
        return int(day.timestamp()) + hour * 3600 + near

    def item(self) -> Any:
        keys = self.one("1", "2", "12", "9", "0", "*", "101", "102#", "11", "22", "77", "5", "")
        if self.maybe(0.2):
            return {"say": self.one("yes please", "NO", "arzt", "hm"), **self.some(after=(1, 4))}
        return {"keys": keys, "after": self.one(0, 1, 3, 6)} if self.maybe(0.3) else keys

    def does(self) -> Any:
        return self.one(0, 1, 5, 12, 40, "no_answer", "no_answer", "busy", "reject", {"reject": 3}, "dnd")

    def world(self) -> Thing:
        phones = {
            number: self.some(
                registered=(True, True, False), does=(self.does(), self.does()), calls=(0, 1, 2), accepts=(True, False)
            )
            for number in self.several(PHONES, 3)
        }
        agents = {
            f"{number}/A{number}": self.some(
                status=("available", "logged_out"), idle=(0, 5, 9), talk=(0, 3, 7), calls=(0, 1, 4)
            )
            for number in self.several(PHONES, 3)
        }
        queues = {
            number: {"last_agent": f"{phone}/A{phone}", "ago": self.one(30, 200)}
            for number in self.several(QUEUES, 1)
            for phone in [self.one(*PHONES)]
        }
        return {
            "phones": phones,
            "external": {number: self.does() for number in self.several(OUTSIDE, 2)},
            "agents": agents,
            "queues": queues,
            "webhooks": {url: [self.reply() for dummy in range(self.one(1, 2))] for url in self.several(URLS, 2)},
            "conferences": {"501": self.one(0, 2)},
            "variables": self.some(lang=("1", ""), dst=("101", "301 102")),
            "codes": self.several(CODES, 2),
            "sounds": self.some(Welcome=(2, 7), Closed=(12,), Short=(0.5,), Nothing=(0,)),
        }

    def reply(self) -> Any:
        verbs = [self.verb() for dummy in range(self.one(0, 1, 2))]
        return self.one("error", verbs, verbs, {"after": self.one(1, 3, 5), "verbs": verbs})

    def verb(self) -> Any:
        return self.one(
            "hangup",
            {"pause": self.one(0, 2)},
            {"set": {self.one(*VARIABLES): self.one("1", None)}},
            {"jump": {"context": self.one(*CONTEXTS), "option": self.one(*KEYS)}},
            {"caller": self.some(number=("74952222225", ""), name=("Desk",))},
            {"play": self.one(*SOUNDS), **self.some(where=("background", "foreground"), digitvar=("dst",))},
            {"transfer": self.destinations()},
            {"simple_transfer": self.destinations()},
        )

    def assumptions(self) -> Thing:
        """Mostly the defaults, with a few others."""
        names = self.random.sample(sorted(OTHER_VALUES), self.one(0, 0, 1, 2, 5))
        return {name: self.one(*OTHER_VALUES[name]) for name in names}


_ACTIONS = (
    "transfer", "transfer", "simple_transfer", "transfer_from_variable", "hangup", "play_sound", "play_sound",
    "play_silence", "play_digits", "play_digits_from_variable", "record_digits", "jump_to_context", "jump_to_context",
    "set_variable", "set_caller_id_name", "set_caller_id_number", "call_interactive", "quality_rate", "quality_rate",
    "voice_helper", "voicemail", "start_record",
)  # fmt: skip

assert not set(OTHER_VALUES) - set(SWITCHES)
