# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One fault of each class, put into a tenant in which nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.unit.flow.clean_tenants import Thing

FAULTS: dict[str, Callable[[Tenant], str]] = {}
EXTERNAL = "+491701234567"


class Tenant:
    """A document, and where its parts are. plain: a phone that has a mailbox and no rules, and that a menu leads to."""

    def __init__(self, document: Thing, seed: int) -> None:
        self.document = document
        self.random = Random(seed)  # noqa: S311 - a test wants the same choices again
        phones = [one for one in document["extensions"] if one["type"] == "phone"]
        queues = [one for one in document["extensions"] if one["type"] == "queue"]
        self.phone: Thing = self.random.choice(phones)
        self.other: Thing = self.random.choice([one for one in phones if one is not self.phone])
        self.queue: Thing = self.random.choice(queues)
        self.hours, self.holidays = document["intervals"]

    def at(self, one: Thing) -> str:
        """The place of an extension."""
        index = next(index for index, other in enumerate(self.document["extensions"]) if other is one)
        return f'extensions[{index}] "{one["number"]}"'

    def of_type(self, kind: str) -> Thing:
        return next(one for one in self.document["extensions"] if one["type"] == kind)

    @property
    def menu(self) -> Thing:
        found: Thing = self.of_type("ivr")["ivr"]
        return found

    def context(self, name: str) -> Thing:
        return next(one for one in self.menu["contexts"] if one["name"] == name)

    def option(self, context: str, digits: str) -> Thing:
        found = [one for one in self.context(context)["options"] if one["digits"] == digits]
        if not found:
            found = [{"digits": digits, "rules": []}]
            self.context(context)["options"].append(found[0])
        return found[0]

    def rules(self, context: str, digits: str, rules: list[Thing]) -> str:
        """Replace the rules of an option; its place."""
        self.option(context, digits)["rules"] = rules
        return self.option_at(context, digits)

    def option_at(self, context: str, digits: str) -> str:
        options = self.context(context)["options"]
        index = next(index for index, one in enumerate(options) if one["digits"] == digits)
        return f'{self.context_at(context)} > options[{index}] "{digits}"'

    def context_at(self, name: str) -> str:
        index = next(index for index, one in enumerate(self.menu["contexts"]) if one["name"] == name)
        return f'{self.at(self.of_type("ivr"))} > ivr > contexts[{index}] "{name}"'

    def bare(self, one: Thing, *rules: Thing) -> str:
        """Take the mailbox of a phone away, and give it these rules; its place."""
        one["phone"] = {"hangup_timeout": 20, "vm_enabled": False}
        one["incom_rules"] = list(rules)
        return self.at(one)

    def ruled(self, one: Thing, *rules: Thing) -> str:
        """Give an extension these rules alone; the place of the first."""
        one["incom_rules"] = list(rules)
        return f"{self.at(one)} > incom_rules[0]"

    def used_interval(self, *conditions: Thing, name: str = "New") -> str:
        """One more interval, which a rule of a phone names; its place."""
        self.document["intervals"].append({"name": name, "timezone": "Europe/Berlin", "conditions": list(conditions)})
        self.ruled(self.phone, {"type": "voicemail", "interval": name})
        return f'intervals[{len(self.document["intervals"]) - 1}] "{name}"'

    def from_outside(self, one: Thing) -> str:
        """A DID for an extension; its place."""
        self.document["dids"].append({"name": "74951119999", "extension": one["number"]})
        return f'dids[{len(self.document["dids"]) - 1}] "74951119999"'


def _fault(code: str) -> Callable[[Callable[[Tenant], str]], Callable[[Tenant], str]]:
    """Declare how a fault is put in; the function returns where it must be found, "" for anywhere."""

    def declared(put: Callable[[Tenant], str]) -> Callable[[Tenant], str]:
        FAULTS[code] = put
        return put

    return declared


def _set(code: str, part: str, **values: Any) -> None:
    """A fault in the settings of a queue."""

    def put(tenant: Tenant) -> str:
        tenant.queue[part].update(values)
        return tenant.at(tenant.queue)

    FAULTS[code] = put


def _conditions(code: str, *conditions: Thing) -> None:
    """A fault in the conditions of an interval."""
    FAULTS[code] = lambda tenant: tenant.used_interval(*conditions)


def _pattern(code: str, pattern: str) -> None:
    def put(tenant: Tenant) -> str:
        rule = {"type": "voicemail", "caller_id_action": "matches", "caller_id": pattern}
        tenant.ruled(tenant.phone, rule)
        return tenant.at(tenant.phone)

    FAULTS[code] = put


def _times(start: str, end: str) -> Thing:
    return {"start_time": start, "end_time": end}


TO_MAILBOX = {"action": "voicemail"}


def _jump(context: str, option: str = "start") -> Thing:
    return {"action": "jump_to_context", "context": context, "context_option": option}


def _to(number: str, **more: Any) -> Thing:
    return {"action": "transfer", "transfer_dst": number, "transfer_timeout": 40, **more}


# -- references


@_fault("R01")
def _no_such_interval(tenant: Tenant) -> str:
    return tenant.ruled(tenant.phone, {"type": "voicemail", "interval": "Nowhere"})


@_fault("R02")
def _no_such_context(tenant: Tenant) -> str:
    return tenant.rules("open", "8", [_jump("nowhere")]) + " > rules[0]"


@_fault("R03")
def _no_such_option(tenant: Tenant) -> str:
    return tenant.rules("open", "8", [_jump("open", "7")]) + " > rules[0]"


@_fault("R04")
def _no_such_sound(tenant: Tenant) -> str:
    return tenant.rules("open", "8", [{"action": "play_sound", "sound": "Gone"}, _jump("open")]) + " > rules[0]"


@_fault("R05")
def _no_such_number(tenant: Tenant) -> str:
    return tenant.rules("open", "8", [_to("199", final=False), TO_MAILBOX]) + " > rules[0]"


@_fault("R06")
def _no_such_agent(tenant: Tenant) -> str:
    tenant.queue["queue_agents"].append({"agent": f"{tenant.phone['number']}/Nobody"})
    return ""


@_fault("R07")
def _no_such_word_option(tenant: Tenant) -> str:
    helper = {"action": "voice_helper", "sound": "Menu",
              "voice_helper_rules": [{"to_option": "7", "transcription": "help"}]}  # fmt: skip
    return tenant.rules("open", "8", [helper, TO_MAILBOX]) + " > rules[0]"


@_fault("R08")
def _did_to_nowhere(tenant: Tenant) -> str:
    return tenant.from_outside({"number": "199"})


@_fault("R09")
def _blocked(tenant: Tenant) -> str:
    gone = {"number": "120", "type": "phone", "status": "blocked", "phone": {}, "incom_rules": []}
    tenant.document["extensions"].append(gone)
    return tenant.rules("open", "8", [_to("120", final=False), TO_MAILBOX]) + " > rules[0]"


@_fault("R10")
def _no_entry(tenant: Tenant) -> str:
    del tenant.menu["entry_context"]
    return ""


@_fault("R11")
def _stale_number(tenant: Tenant) -> str:
    number = tenant.document["dids"][1]["name"]
    return tenant.rules("open", "8", [_to(f"+{number}", final=False), TO_MAILBOX]) + " > rules[0]"


# -- loops


@_fault("L01")
def _forward_circle(tenant: Tenant) -> str:
    one, other = tenant.phone, tenant.other
    tenant.bare(one, {"type": "transfer", "transfer_dst": other["number"]})
    tenant.bare(other, {"type": "transfer", "transfer_dst": one["number"]})
    return ""


@_fault("L02")
def _self_transfer(tenant: Tenant) -> str:
    rule = {"type": "transfer", "transfer_dst": tenant.phone["number"]}
    return f"{tenant.bare(tenant.phone, rule)} > incom_rules[0]"


@_fault("L03")
def _no_way_out(tenant: Tenant) -> str:
    back = {name: [_jump("more")] for name in ("1", "timeout", "invalid")}
    found = {"start": [{"action": "play_sound", "sound": "Menu"}], **back}
    tenant.context("more")["options"] = [{"digits": name, "rules": rules} for name, rules in found.items()]
    return tenant.context_at("more")


@_fault("L04")
def _silence(tenant: Tenant) -> str:
    tenant.rules("open", "timeout", [_jump("open")])
    return tenant.context_at("open")


@_fault("L05")
def _jump_circle(tenant: Tenant) -> str:
    tenant.rules("open", "8", [_jump("open", "9")])
    tenant.rules("open", "9", [_jump("open", "8")])
    return tenant.context_at("open")


@_fault("L06")
def _queue_circle(tenant: Tenant) -> str:
    one = tenant.queue
    other = {**one, "number": "299", "queue": {**one["queue"], "timeout_transfer_dst": one["number"]}}
    one["queue"]["timeout_transfer_dst"] = "299"
    tenant.document["extensions"].append(other)
    return ""


@_fault("L07")
def _callback_circle(tenant: Tenant) -> str:
    tenant.bare(tenant.phone)
    tenant.rules("open", "8", [_to(tenant.phone["number"], final=False), _jump("open")])
    return ""


# -- rules that never run


@_fault("U01")
def _never_runs(tenant: Tenant) -> str:
    first = {"type": "transfer", "transfer_dst": EXTERNAL, "transfer_timeout": 20}
    # With the same conditions it would be a duplicate.
    return tenant.ruled(tenant.phone, first, {"type": "voicemail", "interval": "Hours"})[:-3] + "[1]"


@_fault("U02")
def _shadowed(tenant: Tenant) -> str:
    first = {"type": "voicemail", "interval": "Hours"}
    second = {"type": "transfer", "transfer_dst": tenant.other["number"], "interval": "Hours", "final": False}
    second |= {"caller_id_action": "matches", "caller_id": "^\\+?49"}
    return tenant.ruled(tenant.phone, first, second, {"type": "voicemail"})[:-3] + "[1]"


@_fault("U03")
def _holiday_after_weekly(tenant: Tenant) -> str:
    rules = tenant.option("clock", "start")["rules"]
    rules[0], rules[1] = rules[1], rules[0]
    return tenant.option_at("clock", "start") + " > rules[1]"


@_fault("U04")
def _behind_answered(tenant: Tenant) -> str:
    tenant.queue["queue"]["exit_with_no_av_agents"] = False
    rules = [_to(tenant.queue["number"], final=False), TO_MAILBOX]
    return tenant.rules("open", "8", rules) + " > rules[1]"


@_fault("U05")
def _unreached(tenant: Tenant) -> str:
    kept = {"digits": "start", "rules": [TO_MAILBOX]}
    rest = [{"digits": name, "rules": [TO_MAILBOX]} for name in ("timeout", "invalid")]
    tenant.menu["contexts"].append({"name": "lost", "digit_len": 1, "options": [kept, *rest]})
    return tenant.context_at("lost")


@_fault("U06")
def _untypeable(tenant: Tenant) -> str:
    tenant.rules("open", "77", [TO_MAILBOX])
    return ""


@_fault("U07")
def _hidden_extension(tenant: Tenant) -> str:
    tenant.context("more").update(digit_len=3, allow_any_dial=True)
    tenant.rules("more", tenant.phone["number"], [TO_MAILBOX])
    return ""


@_fault("U08")
def _status_never(tenant: Tenant) -> str:
    return tenant.rules("open", "8", [{**TO_MAILBOX, "call_status": "busy"}, TO_MAILBOX]) + " > rules[0]"


@_fault("U09")
def _contradiction(tenant: Tenant) -> str:
    given = {"action": "set_variable", "set_variable_name": "language", "set_variable_value": "de"}
    asked = {**TO_MAILBOX, "match_variable_name": "language", "match_variable_value": "en"}
    return tenant.rules("open", "8", [given, asked, TO_MAILBOX]) + " > rules[1]"


@_fault("U10")
def _idle_mailbox(tenant: Tenant) -> str:
    tenant.document["extensions"].append(
        {"number": "120", "type": "phone", "phone": {"vm_enabled": True, "vm_mailto": "a@example.com"},
         "incom_rules": [{"type": "hangup"}]}
    )  # fmt: skip
    return ""


@_fault("U11")
def _orphan(tenant: Tenant) -> str:
    room = {"number": "502", "type": "conference", "conference": {"pin": "12"}}
    tenant.document["extensions"].append(room)
    return tenant.at(room)


@_fault("U12")
def _dead_rule(tenant: Tenant) -> str:
    return tenant.ruled(tenant.phone, {"type": "hangup", "enabled": False}, {"type": "voicemail"})


@_fault("U13")
def _duplicate(tenant: Tenant) -> str:
    rule = {"type": "voicemail", "interval": "Hours"}
    return tenant.ruled(tenant.phone, rule, {**rule}, {"type": "voicemail"})[:-3] + "[1]"


@_fault("U14")
def _agent_without_queue(tenant: Tenant) -> str:
    tenant.phone["agents"].append({"name": "Spare"})
    return ""


# -- hang-ups


@_fault("H01")
def _untold(tenant: Tenant) -> str:
    tenant.bare(tenant.phone)
    tenant.rules("more", "8", [_to(tenant.phone["number"])])
    return tenant.context_at("more")


@_fault("H02")
def _dead_air(tenant: Tenant) -> str:
    tenant.context("more")["timeout"] = 20_000
    return tenant.context_at("more")


@_fault("H03")
def _no_fallback(tenant: Tenant) -> str:
    tenant.bare(tenant.phone)
    return tenant.from_outside(tenant.phone)


@_fault("H04")
def _no_busy_fallback(tenant: Tenant) -> str:
    tenant.bare(tenant.phone, {"type": "transfer", "transfer_dst": "301", "call_status": "no_answer"})
    return tenant.from_outside(tenant.phone)


@_fault("H05")
def _wrong_key(tenant: Tenant) -> str:
    options = tenant.context("more")["options"]
    tenant.context("more")["options"] = [one for one in options if one["digits"] != "invalid"]
    return tenant.context_at("more")


@_fault("H06")
def _timeout(tenant: Tenant) -> str:
    tenant.rules("more", "timeout", [])
    return tenant.context_at("more")


@_fault("H07")
def _lifetime(tenant: Tenant) -> str:
    tenant.menu["lifetime"] = 12
    return ""


@_fault("H08")
def _silent_start(tenant: Tenant) -> str:
    del tenant.option("clock", "start")["rules"][2]
    return tenant.context_at("clock")


@_fault("H09")
def _unregistered(tenant: Tenant) -> str:
    rule = {"type": "transfer", "transfer_dst": "301", "extension_status": "registered"}
    return tenant.bare(tenant.phone, {**rule, "final": False})


# -- queues


@_fault("Q01")
def _no_agents(tenant: Tenant) -> str:
    tenant.queue["queue_agents"] = []
    return tenant.at(tenant.queue)


@_fault("Q02")
def _logged_out(tenant: Tenant) -> str:
    for one in tenant.document["extensions"]:
        for agent in one.get("agents", []):
            agent["status"] = "logged_out"
    return tenant.at(tenant.queue)


@_fault("Q03")
def _unserviceable(tenant: Tenant) -> str:
    blocked = {"number": "120", "type": "phone", "status": "blocked", "agents": [{"name": "Agent"}], "incom_rules": []}
    tenant.document["extensions"].append(blocked)
    tenant.queue["queue_agents"] = [{"agent": "120/Agent"}]
    return tenant.at(tenant.queue)


@_fault("Q04")
def _waits_for_ever(tenant: Tenant) -> str:
    queue = tenant.queue["queue"]
    for name in ("max_wait_time", "exit_key", "exit_transfer_dst", "exit_with_no_av_agents"):
        queue.pop(name, None)
    return tenant.at(tenant.queue)


@_fault("Q05")
def _level_never_opens(tenant: Tenant) -> str:
    queue = tenant.queue["queue"]
    queue.update(tier_rules_apply=True, tier_rule_wait_second=queue["max_wait_time"])
    tenant.queue["queue_agents"][-1]["level"] = 2
    return tenant.at(tenant.queue)


@_fault("Q06")
def _starved(tenant: Tenant) -> str:
    tenant.queue["queue"].update(strategy="sequentially-by-agent-order", max_wait_time=200)
    agents = [one for one in tenant.document["extensions"] if one["type"] == "phone"][:3]
    for one in agents:
        one["agents"][0].update(call_timeout=15, no_answer_delay_time=5)
    tenant.queue["queue_agents"] = [
        {"agent": f"{one['number']}/Agent", "position": index} for index, one in enumerate(agents, 1)
    ]
    return tenant.at(tenant.queue)


_set("Q07", "queue", exit_key="9", exit_transfer_dst=None)


@_fault("Q08")
def _no_trigger(tenant: Tenant) -> str:
    tenant.queue["queue"].update(agent_hangup_transfer_dst=tenant.phone["number"])
    return tenant.at(tenant.queue)


_set("Q09", "queue", vm_enabled=False)


@_fault("Q10")
def _cut(tenant: Tenant) -> str:
    tenant.queue["queue"].update(disable_answer=True, start_sound=None)
    for name in ("exit_key", "exit_transfer_dst"):
        tenant.queue["queue"].pop(name, None)
    wait = tenant.queue["queue"]["max_wait_time"]
    rule = {**_to(tenant.queue["number"], final=False), "transfer_timeout": wait - 10}
    tenant.rules("open", "8", [rule, TO_MAILBOX])
    return tenant.at(tenant.queue)


@_fault("Q11")
def _one_try(tenant: Tenant) -> str:
    tenant.queue["queue"].update(strategy="round-robin", max_wait_time=10)
    return tenant.at(tenant.queue)


_set("Q12", "queue", tier_rule_wait_second=30)
_set("Q13", "queue", sound=None)


@_fault("Q14")
def _own_agent(tenant: Tenant) -> str:
    number = tenant.queue["queue_agents"][0]["agent"].partition("/")[0]
    tenant.queue["queue"]["timeout_transfer_dst"] = number
    return tenant.at(tenant.queue)


# -- time

_conditions("T01", {"start_datetime": "2025-12-24 00:00:00", "end_datetime": "2025-12-26 23:59:59"})
_conditions("T02", {"start_dow": 2, "end_dow": 1})
_conditions("T03", _times("22:00:00", "06:00:00"))
_conditions("T06", {"start_dow": 1, "end_dow": 1, **_times("02:00:00", "02:45:00")})
_conditions("T07", _times("00:30:00", "02:30:00"))
_conditions("T09", {"start_datetime": "2026-12-24 00:00:00", "end_datetime": "2026-12-26 23:59:59"})
_conditions("T11", {"start_dow": 1, "end_dow": 6, **_times("08:00:00", "17:59:59")})
_conditions("T12", {"month": 6, "start_mday": 31, "end_mday": 31}, {"month": 7, "start_mday": 1, "end_mday": 2})
_conditions("T13", {"start_datetime": "2027-12-24 00:00:00", "end_datetime": "2027-12-31 23:59:59", "start_dow": 1,
                    "end_dow": 1})  # fmt: skip
_conditions("T14", {"sched_start_date": "2027-06-01", "sched_active_days": 1, "sched_skip_days": 2})


def _two_lists(tenant: Tenant, one: Thing, other: Thing, zone: str = "") -> str:
    """Two intervals, and a list of rules in an option that uses both; the place of the option."""
    own = tenant.hours["timezone"]
    tenant.document["intervals"] += [
        {"name": "One", "timezone": own, "conditions": [one]},
        {"name": "Two", "timezone": zone or own, "conditions": [other]},
    ]
    first = {"action": "voicemail", "interval": "One"}
    second = {**_jump("closed"), "interval": "Two"}
    return tenant.rules("open", "8", [first, second])


@_fault("T04")
def _gap(tenant: Tenant) -> str:
    return _two_lists(tenant, _times("00:00:00", "11:59:59"), _times("13:00:00", "23:59:59"))


@_fault("T05")
def _overlap(tenant: Tenant) -> str:
    return _two_lists(tenant, _times("00:00:00", "12:59:59"), _times("11:00:00", "23:59:59"))


@_fault("T08")
def _one_second(tenant: Tenant) -> str:
    _two_lists(tenant, _times("00:00:00", "12:00:00"), _times("12:00:00", "23:59:59"))
    return 'intervals[2] "One"'


@_fault("T10")
def _mixed_zones(tenant: Tenant) -> str:
    return _two_lists(tenant, _times("00:00:00", "11:59:59"), _times("12:00:00", "23:59:59"), "Asia/Tokyo")


@_fault("T15")
def _unused(tenant: Tenant) -> str:
    place = tenant.used_interval({"start_dow": 1, "end_dow": 1})
    tenant.ruled(tenant.phone, {"type": "voicemail"})
    return place


@_fault("T16")
def _same_name(tenant: Tenant) -> str:
    own = {"name": "Hours", "timezone": "Europe/Berlin", "conditions": [{"start_dow": 7, "end_dow": 1}]}
    tenant.phone["intervals"] = [own]
    tenant.ruled(tenant.phone, {"type": "voicemail", "interval": "Hours"})
    return f'{tenant.at(tenant.phone)} > intervals[0] "Hours"'


# -- callers

_pattern("C01", "+49")
_pattern("C02", "^$|.")
_pattern("C03", "4930")
_pattern("C04", r"^\+49")


@_fault("C05")
def _hidden(tenant: Tenant) -> str:
    tenant.ruled(tenant.phone, {"type": "hangup", "caller_id_action": "anonymous"})
    return tenant.at(tenant.phone)


# -- mailboxes and groups


@_fault("V01")
def _no_mailbox(tenant: Tenant) -> str:
    return tenant.bare(tenant.phone, {"type": "voicemail"})


@_fault("V02")
def _nobody_told(tenant: Tenant) -> str:
    tenant.phone["phone"]["vm_mailto"] = None
    return tenant.at(tenant.phone)


@_fault("V03")
def _mailbox_wins(tenant: Tenant) -> str:
    for one, rings in ((tenant.phone, 15), (tenant.other, 40)):
        one["incom_rules"] = []
        one["phone"]["hangup_timeout"] = rings
    tenant.rules("open", "8", [_to(f"{tenant.other['number']} {tenant.phone['number']}", final=False), TO_MAILBOX])
    return tenant.at(tenant.of_type("ivr"))


@_fault("V04")
def _cut_before(tenant: Tenant) -> str:
    tenant.phone["phone"]["hangup_timeout"] = 60
    tenant.phone["incom_rules"] = []
    tenant.rules("open", "8", [_to(tenant.phone["number"], final=False), TO_MAILBOX])
    return tenant.at(tenant.of_type("ivr"))


@_fault("V05")
def _too_many(tenant: Tenant) -> str:
    numbers = " ".join(f"+4930123450{index}" for index in range(11))
    return tenant.rules("open", "8", [_to(numbers, final=False), TO_MAILBOX]) + " > rules[0]"


@_fault("V06")
def _late(tenant: Tenant) -> str:
    listed = [{"delay": 0, "number": tenant.other["number"]}, {"delay": 40, "number": EXTERNAL}]
    rule = {"type": "simple_cascade", "cascade_numbers": listed, "transfer_timeout": 40, "final": False}
    return tenant.ruled(tenant.phone, {**rule, "enable_call_screening": True}, {"type": "voicemail"})


@_fault("V07")
def _foreign(tenant: Tenant) -> str:
    numbers = f"{tenant.other['number']} {EXTERNAL}"
    rule = {"type": "simple_transfer", "transfer_dst": numbers, "transfer_timeout": 40, "final": False}
    return tenant.ruled(tenant.phone, rule, {"type": "voicemail"})


@_fault("V08")
def _fax(tenant: Tenant) -> str:
    fax = tenant.of_type("fax")
    fax["fax"] = {}
    return tenant.at(fax)


# -- the reach of outsiders


def _webhook(url: str) -> Thing:
    return {"action": "call_interactive", "call_interactive_url": url, "call_interactive_timeout": 3}


@_fault("S01")
def _plain(tenant: Tenant) -> str:
    return tenant.rules("open", "8", [_webhook("http://crm.example.com/"), TO_MAILBOX]) + " > rules[0]"


@_fault("S02")
def _dial_out(tenant: Tenant) -> str:
    typed = {"action": "record_digits", "record_digits_variable": "number", "record_digits_sound": "Menu"}
    dialled = {"action": "transfer_from_variable", "transfer_variable": "number", "final": False}
    return tenant.rules("open", "8", [typed, dialled, TO_MAILBOX]) + " > rules[1]"


@_fault("S03")
def _open_room(tenant: Tenant) -> str:
    tenant.of_type("conference")["conference"] = {"max_members": 10}
    return tenant.option_at("more", "2") + " > rules[0]"


@_fault("S04")
def _any_dial(tenant: Tenant) -> str:
    tenant.context("more").update(digit_len=3, allow_any_dial=True)
    return tenant.context_at("more")


@_fault("S05")
def _webhook_decides(tenant: Tenant) -> str:
    return tenant.rules("open", "8", [_webhook("https://crm.example.com/")]) + " > rules[0]"
