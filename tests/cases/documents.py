# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenant documents made up by hypothesis: right by themselves, small, and full of references in all directions.

They fit a tenant of the seed ``new``, which has sounds and numbers, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.cases.case import ODD
from tests.emulator.seed import DIDS, SOUNDS

Document = dict[str, Any]
Strategy = st.SearchStrategy[Any]

TYPES = {"1": "phone", "2": "queue", "3": "ivr", "4": "fax", "5": "conference"}
NUMBERS = ("101", "102", "103", "201", "202", "301", "302", "401", "501")
MENUS = ("main", "night", ODD)
# One for each phone: a PBX may tell the agents of a queue by their extensions.
AGENTS = {"101": "Anna", "102": ODD, "103": "0"}
DIGITS = ("1", "2", "33", "start", "timeout", "invalid")
PURGEABLE = (
    "agents", "contexts", "dial_rules", "events", "extension_groups", "extensions", "intervals", "mail_notifications",
    "options", "queue_agents",
)  # fmt: skip

WORDS = st.sampled_from(["a", "Anna", ODD, "yes", "0", "  two  spaces "])
JSON = st.sampled_from(['{"crm": 7}', '{"crm": "Anna", "ids": [1, 2]}', "4711"])
SOUND = st.sampled_from(SOUNDS)
SECONDS = st.integers(1, 90)
FLAGS = st.booleans()
HOURS = st.sampled_from(
    [
        {"start_time": "08:00:00", "end_time": "12:00:00"},
        {"start_dow": 2, "end_dow": 1, "start_time": "13:00", "end_time": "18:00"},
        {"month": 12, "start_mday": 24, "end_mday": 26},
        {"start_datetime": "2026-12-31 18:00:00", "end_datetime": "2027-01-02 08:00:00"},
        {"sched_start_date": "2026-01-05", "sched_active_days": 1, "sched_skip_days": 2},
    ]
)
DIAL_RULES = (
    {"dial_rules": [{"match_exp": "^00", "repl_exp": "+"}]},
    {"dial_rules": [{"match_exp": "^9([0-9]{7})$", "repl_exp": "8812\\1"}, {"match_exp": "^0", "repl_exp": ""}]},
)
DIAL_RULE_NAMES = ("^00 -> +", "^9([0-9]{7})$ -> 8812\\1; ^0 -> ")


def some(**fields: Strategy) -> Strategy:
    """A dictionary with some of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


def several(names: Sequence[str]) -> Strategy:
    """Some of the names, in any order."""
    return st.lists(st.sampled_from(names), unique=True, max_size=3)


def destinations() -> Strategy:
    return st.lists(st.sampled_from([*NUMBERS, "74950000999"]), unique=True, min_size=1, max_size=3).map(" ".join)


def interval(name: str) -> Strategy:
    return st.fixed_dictionaries(
        {
            "name": st.just(name),
            "timezone": st.sampled_from(["UTC", "Europe/Berlin"]),
            "conditions": st.lists(HOURS, max_size=2),
        }
    )


def rule(intervals: Sequence[str], does: dict[str, Any]) -> Strategy:
    """A strategy for rules that do one thing (`does`) under some condition."""
    conditions: dict[str, Strategy] = {
        "final": FLAGS,
        "call_status": st.sampled_from(["busy", "any"]),
    }
    if intervals:
        conditions["interval"] = st.sampled_from(intervals)
    caller = st.sampled_from([{}, {"caller_id_action": "matches", "caller_id": "^7812"}])
    return st.builds(lambda one, more, who: {**one, **more, **who}, st.just(does), some(**conditions), caller)


def incom_rules(intervals: Sequence[str]) -> Strategy:
    cascade = st.lists(
        st.fixed_dictionaries({"delay": st.integers(0, 9), "number": st.sampled_from(NUMBERS)}),
        min_size=1,
        max_size=2,
        unique_by=lambda one: one["delay"],
    )
    does = st.one_of(
        st.sampled_from([{"type": "hangup"}, {"type": "busy"}, {"type": "voicemail"}]),
        st.fixed_dictionaries({"type": st.just("transfer"), "transfer_dst": destinations()}),
        st.fixed_dictionaries({"type": st.just("playfile"), "playfile_sound": SOUND}),
        st.fixed_dictionaries({"type": st.just("cascade"), "cascade_numbers": cascade}),
    )
    return program(intervals, does)


def ivr_rules(intervals: Sequence[str], menus: Sequence[str]) -> Strategy:
    jump = st.fixed_dictionaries(
        {"action": st.just("jump_to_context"), "context": st.sampled_from(menus)},
        optional={"context_option": st.sampled_from(["start", "timeout", "invalid"])},
    )
    does = st.one_of(
        jump,
        st.sampled_from([{"action": "hangup"}, {"action": "voicemail"}, {"action": "play_silence", "silence_time": 5}]),
        st.fixed_dictionaries({"action": st.just("transfer"), "transfer_dst": destinations()}),
        st.fixed_dictionaries(
            {"action": st.just("play_sound"), "sound": SOUND},
            optional={"sound_type": st.sampled_from(["background", "foreground"])},
        ),
        st.fixed_dictionaries(
            {
                "action": st.just("set_variable"),
                "set_variable_name": st.just("lang"),
                "set_variable_value": WORDS,
            }
        ),
    )
    return program(intervals, does)


@st.composite
def program(draw: st.DrawFn, intervals: Sequence[str], does: Strategy) -> list[Document]:
    """Rules, some with a name that no other one of them has: a PBX may refuse it twice."""
    rules = draw(st.lists(does.flatmap(lambda one: rule(intervals, one)), max_size=4))
    names = draw(st.lists(WORDS | st.none(), min_size=len(rules), max_size=len(rules)))
    named = [name if name not in names[:index] else None for index, name in enumerate(names)]
    return [one if name is None else {"name": name, **one} for one, name in zip(rules, named, strict=True)]


@st.composite
def ivr(draw: st.DrawFn, intervals: Sequence[str]) -> Document:
    menus = draw(st.lists(st.sampled_from(MENUS), unique=True, min_size=1))
    rules = ivr_rules(intervals, menus)
    contexts = []
    for name in menus:
        options = [{"digits": digits, "rules": draw(rules)} for digits in draw(several(DIGITS))]
        # Callers can always leave, so that no document is refused for the circles that its menus make.
        leave = {"digits": "0", "rules": [{"action": "transfer", "transfer_dst": "101"}]}
        settings = draw(some(timeout=st.integers(1, 9), allow_any_dial=FLAGS, description=st.none() | WORDS))
        contexts.append({"name": name, **settings, "options": [*options, leave]})
    entry = draw(some(entry_context=st.sampled_from(menus), sleep_time=SECONDS, vm_enabled=FLAGS))
    return {**entry, "lifetime": 60, "lifetime_exp_action": "hangup", "contexts": contexts}


@st.composite
def extension(draw: st.DrawFn, number: str, groups: Sequence[str], intervals: Sequence[str]) -> Document:
    """An extension with the parts of its type. groups, intervals: those of the tenant that it can refer to."""
    kind = TYPES[number[0]]
    references: dict[str, Strategy] = {}
    if groups:
        references["extension_group"] = st.none() | st.sampled_from(groups)
    fields = draw(some(label=st.none() | WORDS, caller_id_name=WORDS, ani_rfc3325=FLAGS, **references))
    own = [draw(interval(name)) for name in draw(several(["Own hours", "Lunch"]))]
    usable = [*intervals, *(one["name"] for one in own)]
    sections: dict[str, Strategy] = {
        "incom_rules": incom_rules(usable),
        "ani": st.sampled_from(DIDS),
        "events": st.lists(
            st.fixed_dictionaries(
                {
                    "event_type": st.just("hangup"),
                    "url": st.sampled_from(["https://crm.invalid/a", "https://crm.invalid/b?x=1&y=2"]),
                    "method": st.sampled_from(["GET", "POST"]),
                }
            ),
            unique_by=lambda one: one["url"],
            max_size=2,
        ),
        "mail_notifications": st.lists(
            st.fixed_dictionaries(
                {"event_type": st.just("call_failed_mail"), "mail": st.sampled_from(["a@pbx.invalid", "b@pbx.invalid"])}
            ),
            unique_by=lambda one: one["mail"],
            max_size=2,
        ),
    }
    if kind == "phone":
        sections["phone"] = some(
            hangup_timeout=st.none() | SECONDS,
            vm_enabled=FLAGS,
            hold_music=st.none() | SOUND,
            record_format=st.none() | st.sampled_from(["mp3", "wav"]),
        )
        sections["agents"] = st.lists(
            st.builds(
                lambda more: {"name": AGENTS[number], **more},
                some(wrap_up_time=st.none() | SECONDS, agent_sound=SOUND, extra_params=JSON),
            ),
            max_size=1,
        )
    elif kind == "queue":
        music = st.builds(lambda sound: {"sound_type": "music", "sound": sound}, SOUND)
        sections["queue"] = st.builds(
            lambda kind, more: {**kind, **more},
            st.sampled_from([{}, {"sound_type": "ring"}]) | music,
            some(
                strategy=st.sampled_from(["ring-all", "random"]),
                max_wait_time=st.none() | SECONDS,
                exit_key=st.just("*"),
            ),
        )
    elif kind == "ivr":
        sections["ivr"] = ivr(usable)
    elif kind == "fax":
        sections["fax"] = some(
            fax_mailto=st.none() | st.just("fax@pbx.invalid"),
            email_to_fax_accept=st.lists(st.sampled_from(["x@pbx.invalid", "y@pbx.invalid"]), unique=True),
        )
    else:
        sections["conference"] = some(max_members=SECONDS, record_enabled=FLAGS, enter_sound=SOUND)
    chosen = draw(st.fixed_dictionaries({}, optional=sections))
    return {"number": number, "type": kind, **fields, **({"intervals": own} if own else {}), **chosen}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document in which everything that it refers to stands as well."""
    groups = draw(several(["Sales", ODD]))
    intervals = [draw(interval(name)) for name in draw(several(["Hours", "Night"]))]
    names = [one["name"] for one in intervals]
    numbers = draw(st.lists(st.sampled_from(NUMBERS), unique=True, max_size=5))
    extensions = [draw(extension(number, groups, names)) for number in numbers]
    rules = draw(st.lists(st.sampled_from(range(len(DIAL_RULES))), unique=True))
    for one in extensions:
        if rules and draw(FLAGS):
            one["dial_rule"] = DIAL_RULE_NAMES[draw(st.sampled_from(rules))]
    agents = [f"{one['number']}/{agent['name']}" for one in extensions for agent in one.get("agents", ())]
    for one in extensions:
        if one["type"] == "queue" and agents and draw(FLAGS):
            chosen = draw(st.lists(st.sampled_from(agents), unique=True))
            one["queue_agents"] = [{"agent": agent, **draw(some(level=st.integers(1, 3)))} for agent in chosen]
    found: Document = {
        "extension_groups": [{"name": name, **draw(some(extra_params=JSON))} for name in groups],
        "intervals": intervals,
        "dial_rules": [DIAL_RULES[index] for index in rules],
        "extensions": extensions,
    }
    if numbers:
        dids = draw(st.lists(st.sampled_from(DIDS), unique=True))
        target = st.none() | st.sampled_from(numbers)
        found["dids"] = [{"name": name, **draw(some(extension=target, comment=WORDS))} for name in dids]
    return found


def purges() -> Strategy:
    return st.lists(st.sampled_from(PURGEABLE), unique=True)
