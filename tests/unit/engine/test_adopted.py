# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant that people made by hand can be adopted, whatever state the PBX has allowed it to be in."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases import variables
from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator

State = Callable[[Emulator], object]

PHONE, OTHER, QUEUE, IVR, FAX, ROOM = range(5001, 5007)
TYPES = {"101": "phone", "102": "phone", "200": "queue", "300": "ivr", "400": "fax", "500": "conference"}
GONE = 9999
HOURS = {"timezone": "UTC", "conditions": [{"start_dow": 2, "end_dow": 3}], "client_id": None, "dealer_id": None}


def do(pbx: Emulator, module: str, **args: Any) -> dict[str, Any]:
    result = call(pbx, module, args)
    assert not result.get("failed"), result["msg"]
    return result


def rule(pbx: Emulator, **fields: Any) -> int:
    """An incoming rule that the API would refuse, or that it would not, in the middle of two good ones."""
    start = {"enabled": True, "final": True, "call_status": "any", "extension_status": "any", "caller_id_action": "any"}
    pbx.insert("incom_rule", PHONE, **start, name="First", type="busy")
    made = pbx.insert("incom_rule", PHONE, **{**start, "type": "voicemail", **fields})
    pbx.insert("incom_rule", PHONE, **start, type="hangup")
    return made


def agent(pbx: Emulator, extension: int, name: str | None) -> int:
    return pbx.insert("agent", extension, name=name, wrap_up_time=10, status="available")


def menu(pbx: Emulator, name: str, **options: list[dict[str, Any]]) -> int:
    """A menu; ``start`` and ``k1`` (the key 1) are options with rules."""
    made = do(pbx, "pbx_ivr_context", extension="300", name=name)["ivr_context"]["id"]
    for digits, rules in options.items():
        do(pbx, "pbx_ivr_option", extension="300", ivr_context=name, digits=digits.lstrip("k"), rules=rules)
    return int(made)


def jump(to: str, **more: Any) -> dict[str, Any]:
    return {"action": "jump_to_context", "context": to, "context_option": "start", **more}


VOICEMAIL: list[dict[str, Any]] = [{"action": "voicemail"}]


def trap(pbx: Emulator) -> None:
    menu(pbx, "main", start=[jump("main")])
    do(pbx, "pbx_ivr", extension="300", entry_context="main")


def twin_agents(pbx: Emulator) -> None:
    first, _second = agent(pbx, PHONE, "Eva"), agent(pbx, PHONE, "Eva")
    other = agent(pbx, OTHER, "Ben")
    for number in (first, other):
        pbx.insert("queue_agent", QUEUE, agent_id=number, level=1, position=1)


def gone_agent(pbx: Emulator) -> None:
    pbx.insert("queue_agent", QUEUE, agent_id=GONE, level=1, position=1)
    pbx.insert("queue_agent", QUEUE, agent_id=agent(pbx, OTHER, "Ben"), level=1, position=2)


def twin_menus(pbx: Emulator) -> None:
    night, other = menu(pbx, "night", start=VOICEMAIL), menu(pbx, "other", start=VOICEMAIL)
    menu(pbx, "main", start=[jump("night")], k1=VOICEMAIL)
    do(pbx, "pbx_ivr", extension="300", entry_context="main")
    pbx.overwrite("context", IVR, other, name="night")
    assert night != other


def nameless_menu(pbx: Emulator, name: str | None = "") -> None:
    night = menu(pbx, "night", start=VOICEMAIL)
    menu(pbx, "main", start=[jump("night")], k1=VOICEMAIL)
    do(pbx, "pbx_ivr", extension="300", entry_context="main")
    pbx.overwrite("context", IVR, night, name=name)


def broken_jump(pbx: Emulator, **broken: Any) -> None:
    menu(pbx, "main", start=VOICEMAIL, k1=[jump("main")])
    do(pbx, "pbx_ivr", extension="300", entry_context="main")
    jumps = pbx.control("GET", "state")["extensions"]
    assert jumps
    # The second rule of this IVR is the jump.
    assert pbx.overwrite("ivr_rule", IVR, 2, **broken) == 1


def twin_sounds(pbx: Emulator) -> None:
    do(pbx, "pbx_queue", extension="200", sound_type="music", sound="Welcome")
    do(pbx, "pbx_phone", extension="102", vm_greeting="Welcome")
    rule(pbx, type="playfile", playfile_sound=3001)
    pbx.insert("sound", title="Welcome", dealer_id=None, filename=None)


def gone_sound(pbx: Emulator) -> None:
    do(pbx, "pbx_queue", extension="200", sound_type="music", sound="Welcome")
    do(pbx, "pbx_agent", extension="102", name="Ben", agent_sound="Welcome")
    pbx.overwrite("queue", QUEUE, sound=GONE)
    pbx.overwrite("agent", OTHER, agent_sound_id=GONE)
    rule(pbx, type="playfile", playfile_sound=GONE)


def menu_rule(pbx: Emulator, **fields: Any) -> None:
    menu(pbx, "main", start=VOICEMAIL, k1=[{"action": "voicemail", "name": "odd"}])
    do(pbx, "pbx_ivr", extension="300", entry_context="main")
    assert pbx.overwrite("ivr_rule", IVR, 2, **fields) == 1


def interval(pbx: Emulator, extension: int, **fields: Any) -> int:
    return pbx.insert("interval", extension, **{"name": "Odd", **HOURS, **fields})


def used_interval(pbx: Emulator, **fields: Any) -> None:
    rule(pbx, interval=interval(pbx, PHONE, **fields))


STATES: dict[str, State] = {
    # The kinds that were found first.
    "a menu that can never be left": trap,
    "two agents of one name, one of them in a queue": twin_agents,
    "a queue agent whose agent is gone": gone_agent,
    "two menus of one name, jumped to": twin_menus,
    "a jump to a menu that is gone": lambda pbx: broken_jump(pbx, context=GONE),
    "a jump to an option that is gone": lambda pbx: broken_jump(pbx, context_option="7"),
    "two sounds of one title, used": twin_sounds,
    "a sound that is gone": gone_sound,
    "a rule without its parameter": lambda pbx: rule(pbx, type="transfer"),
    "a transfer to 12 numbers": lambda pbx: rule(
        pbx, type="transfer", transfer_dst=" ".join(map(str, range(101, 113)))
    ),
    "a caller_id without its action": lambda pbx: rule(pbx, caller_id="^7812"),
    "matches without a caller_id": lambda pbx: rule(pbx, caller_id_action="matches"),
    "a menu with an empty name": nameless_menu,
    "a menu without a name": lambda pbx: nameless_menu(pbx, None),
    # Others of the same kinds.
    "a menu with a blank name": lambda pbx: nameless_menu(pbx, "  "),
    "a rule of a menu without its parameter": lambda pbx: menu_rule(pbx, action="transfer", transfer_dst=None),
    "a jump without a menu": lambda pbx: menu_rule(pbx, action="jump_to_context", context=None),
    "half a condition on a variable": lambda pbx: menu_rule(pbx, match_variable_name="x"),
    "a rule that plays nothing": lambda pbx: menu_rule(pbx, action="play_sound", sound=None),
    "parameters of another action": lambda pbx: menu_rule(pbx, transfer_dst="101", silence_time=5),
    "an action that nobody knows": lambda pbx: menu_rule(pbx, action="ask_a_machine", transfer_dst="101"),
    "words that lead to no option": lambda pbx: menu_rule(
        pbx, action="voice_helper", voice_helper_rules=[{"to_option": "7", "transcription": "yes"}]
    ),
    "words that are none": lambda pbx: menu_rule(
        pbx, action="voice_helper", voice_helper_rules=[{"to_option": "1", "transcription": None}]
    ),
    "an incoming rule of a type that nobody knows": lambda pbx: rule(pbx, type="ask_a_machine"),
    "a choice that nobody knows": lambda pbx: rule(pbx, call_status="asleep"),
    "a rule without a type": lambda pbx: rule(pbx, type=None),
    "a rule whose interval is gone": lambda pbx: rule(pbx, interval=GONE),
    "a cascade without numbers": lambda pbx: rule(pbx, type="cascade", cascade_numbers=[]),
    "a destination that is none": lambda pbx: rule(pbx, type="transfer", transfer_dst="102, 103"),
    "a destination that nobody has": lambda pbx: rule(pbx, type="transfer", transfer_dst="999"),
    "a pattern that is none": lambda pbx: rule(pbx, caller_id_action="matches", caller_id="([0-9"),
    "a code of letters": lambda pbx: rule(pbx, control_code="abc"),
    "25 December, every year": lambda pbx: used_interval(
        pbx, conditions=[{"month": 12, "start_mday": 25, "end_mday": 25}]
    ),
    "one second": lambda pbx: used_interval(pbx, conditions=[{"start_time": "10:00:00", "end_time": "10:00:00"}]),
    "a date beside a day": lambda pbx: used_interval(
        pbx,
        conditions=[{"start_datetime": "2027-01-01 00:00:00", "end_datetime": "2027-01-02 00:00:00", "month": 1}],
    ),
    "half a pair": lambda pbx: used_interval(pbx, conditions=[{"start_dow": 2}]),
    "a condition without anything": lambda pbx: used_interval(pbx, conditions=[{}]),
    "times that are none": lambda pbx: used_interval(
        pbx, conditions=[{"start_time": "24:30:00", "end_time": "late"}, {"month": 13}]
    ),
    "a date that is none": lambda pbx: used_interval(
        pbx, conditions=[{"start_datetime": "2027-02-30 00:00:00", "end_datetime": "2027-13-45 99:99:99"}]
    ),
    "a zone that is none": lambda pbx: used_interval(pbx, timezone="Europe/Berlni"),
    "no zone": lambda pbx: used_interval(pbx, timezone=None),
    "an interval without a name": lambda pbx: used_interval(pbx, name=None),
    "two intervals of one name, used": lambda pbx: (interval(pbx, PHONE), used_interval(pbx)),
    "an agent without a name, in a queue": lambda pbx: pbx.insert(
        "queue_agent", QUEUE, agent_id=agent(pbx, PHONE, None), level=1, position=1
    ),
    "a queue agent below the first level": lambda pbx: pbx.insert(
        "queue_agent", QUEUE, agent_id=agent(pbx, PHONE, "Eva"), level=-1, position=-1
    ),
    "numbers below zero": lambda pbx: pbx.overwrite("phone", PHONE, hangup_timeout=-5),
    "numbers that are too large": lambda pbx: pbx.overwrite("queue", QUEUE, max_wait_time=99999999999),
    "numbers that are none": lambda pbx: pbx.overwrite("queue", QUEUE, max_wait_time="soon"),
    "a structure in place of a text": lambda pbx: pbx.overwrite("extension", number=PHONE, label={"a": [1]}),
    "a flag that is none": lambda pbx: pbx.overwrite("phone", PHONE, vm_enabled="maybe"),
    "two keys to leave a queue": lambda pbx: pbx.overwrite("queue", QUEUE, exit_key="12"),
    "music of a queue without a sound": lambda pbx: pbx.overwrite("queue", QUEUE, sound_type="music", sound=None),
    "no strategy": lambda pbx: pbx.overwrite("queue", QUEUE, strategy=None, sound_type=None),
    "a destination of a queue that is none": lambda pbx: pbx.overwrite("queue", QUEUE, timeout_transfer_dst="13l"),
    "an entry that is gone": lambda pbx: (menu(pbx, "main", start=VOICEMAIL), pbx.overwrite("ivr", entry_context=GONE)),
    "a PIN of letters": lambda pbx: pbx.overwrite("conference", ROOM, pin="abc"),
    "two webhooks alike": lambda pbx: [
        pbx.insert("event", PHONE, event_type="dial-in", url="https://h.invalid/", method="GET") for dummy in range(2)
    ],
    "a webhook that is no address": lambda pbx: pbx.insert(
        "event", PHONE, event_type="dial-in", url="x y", method="GET"
    ),
    "a webhook without an address": lambda pbx: pbx.insert(
        "event", PHONE, event_type="dial-in", url=None, method="GET"
    ),
    "mail to nobody": lambda pbx: pbx.insert("mail_notification", PHONE, event_type="call_failed_mail", mail="anna"),
    "a user without a mail address": lambda pbx: pbx.insert(
        "user", PHONE, login="anna", name="", email="", status="active", access="full", timezone="Nowhere"
    ),
    "a number that leads to what is gone": lambda pbx: pbx.overwrite("did", extension_id=GONE),
    "a group that is gone": lambda pbx: pbx.overwrite("extension", extension_group_id=GONE, dial_rule_id=GONE),
    "a group without a name": lambda pbx: pbx.insert("extension_group", name="", extra_params=None),
    "two groups of one name": lambda pbx: [pbx.insert("extension_group", name="Sales") for dummy in range(2)],
    "a sound without a title": lambda pbx: pbx.insert("sound", title=None, dealer_id=None, filename=None),
    "two lists of rewritings alike": lambda pbx: [
        pbx.insert("dial_rule", dial_rules=[{"match_exp": "^0", "repl_exp": ""}]) for dummy in range(2)
    ],
    "a list of no rewritings": lambda pbx: pbx.insert("dial_rule", dial_rules=[]),
    "an extension of a status that nobody knows": lambda pbx: pbx.overwrite("extension", number=PHONE, status="asleep"),
    "an extension of a type that nobody knows": lambda pbx: pbx.overwrite("extension", number=FAX, type="robot"),
    "an outgoing number that is none": lambda pbx: pbx.insert("ani", PHONE, ani_number="none of ours"),
}


@pytest.fixture
def pbx(emulator: Emulator) -> Iterator[Emulator]:
    """A tenant with few extensions, so that reading all of it costs little."""
    emulator.reset(seed="new")
    with connections():
        extensions = [{"number": number, "type": kind} for number, kind in TYPES.items()]
        do(emulator, "pbx_tenant", extensions=extensions)
        assert emulator.extension_id("500") == ROOM
        yield emulator


# With more examples all of them; otherwise the kinds that were found first, and every third of the others.
FIRST = list(STATES)[:14]
TRIED = list(STATES) if int(os.environ.get("PBX_TEST_EXAMPLES", "12")) >= 100 else [*FIRST, *list(STATES)[14::3]]


@pytest.mark.parametrize("state", TRIED)
def test_w8_export_apply_unchanged_and_change_anything_else(pbx: Emulator, tmp_path: Path, state: str) -> None:
    """Unchanged, not a write, and the next export is the same; and whatever else changes goes through."""
    STATES[state](pbx)
    exported = do(pbx, "pbx_tenant_info", path=str(tmp_path))
    document = variables.document(tmp_path)
    assert plain(document) == plain(exported["tenant"])
    pbx.clear_log()
    applied = call(pbx, "pbx_tenant", document)
    assert (applied.get("msg"), applied.get("plan"), pbx.writes()) == (None, [], [])
    assert do(pbx, "pbx_tenant_info", path=str(tmp_path))["files"] == []

    document = copy.deepcopy(exported["tenant"])
    for extension in document["extensions"]:
        extension["label"] = "Another"
        if "incom_rules" in extension:
            extension["incom_rules"][-1]["call_status"] = "busy"
        for context in extension.get("ivr", {}).get("contexts", []):
            context["description"] = "Another"
    changed = call(pbx, "pbx_tenant", document)
    assert (changed.get("msg"), changed["changed"]) == (None, True)
    assert {step["action"] for step in changed["plan"]} == {"update"}
    fields = {change["field"] for step in changed["plan"] for change in step["changes"]}
    assert fields <= {"label", "call_status", "description"}
    assert call(pbx, "pbx_tenant", document)["plan"] == []


def plain(value: Any) -> Any:
    """Without the types of Ansible, which mark templates."""
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return str(value) if isinstance(value, str) else value


MENDED = {
    "a menu that can never be left": "# this menu can never be left",
    "a rule without its parameter": "# type transfer needs transfer_dst",
    "a transfer to 12 numbers": "# transfer_dst has 12 numbers",
    "a queue agent whose agent is gone": "# agent: nothing that has a name of its own has the id 9999",
    "two sounds of one title, used": "# sound: nothing that has a name of its own has the id 3001",
    "a menu without a name": "has no name; id: ",
}


@pytest.mark.parametrize(("state", "comment"), MENDED.items(), ids=MENDED)
def test_w8_a_comment_marks_each_place_that_a_human_should_mend(
    pbx: Emulator, tmp_path: Path, state: str, comment: str
) -> None:
    STATES[state](pbx)
    do(pbx, "pbx_tenant_info", path=str(tmp_path))
    lines = (tmp_path / "pbx_extensions.yml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("  ") and comment in line]


LEFT_OUT = {
    "two agents of one name, one of them in a queue": ["agent", ""],
    "a queue agent whose agent is gone": ["agent"],
    "two menus of one name, jumped to": ["context", ""],
    "a jump to a menu that is gone": ["context"],
    "two sounds of one title, used": ["playfile_sound", "sound", "vm_greeting", ""],
    "a sound that is gone": ["playfile_sound", "agent_sound", "sound"],
    "a menu without a name": ["context", ""],
}


@pytest.mark.parametrize(("state", "fields"), LEFT_OUT.items(), ids=LEFT_OUT)
def test_w8_what_cannot_be_named_is_left_out_as_a_whole_and_listed(
    pbx: Emulator, state: str, fields: list[str]
) -> None:
    STATES[state](pbx)
    result = do(pbx, "pbx_tenant_info")
    assert {one["field"] for one in result["unresolved"]} == set(fields)
    assert all(one["reason"] and one["remedy"] for one in result["unresolved"])
    assert result["complete"] is False


# -- a value that a document makes worse, or newly declares, stays an error

WORSE: dict[str, tuple[str, Callable[[dict[str, Any]], object], str]] = {
    "a second rule without its parameter": (
        "a rule without its parameter",
        lambda phone: phone["incom_rules"].insert(0, {"type": "transfer"}),
        "incom_rules[0]: type transfer needs transfer_dst",
    ),
    "yet another number": (
        "a transfer to 12 numbers",
        lambda phone: phone["incom_rules"][1].update(transfer_dst=" ".join(map(str, range(101, 113))) + " 200"),
        "transfer_dst has 13 numbers",
    ),
    "a caller_id that is looked at nowhere": (
        "a caller_id without its action",
        lambda phone: phone["incom_rules"][2].update(caller_id="^7"),
        "caller_id is looked at only with",
    ),
    "a condition that never holds": (
        "half a pair",
        lambda phone: phone["intervals"][0]["conditions"].append({"start_mday": 2}),
        "conditions[1] has start_mday without end_mday",
    ),
}


@pytest.mark.parametrize(("state", "change", "says"), WORSE.values(), ids=WORSE)
def test_w8_what_a_document_makes_worse_is_an_error(
    pbx: Emulator, state: str, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    STATES[state](pbx)
    document = copy.deepcopy(do(pbx, "pbx_tenant_info")["tenant"])
    change(document["extensions"][0])
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", document)
    assert says in result["msg"]
    assert len(result["msg"].splitlines()) == 1
    assert pbx.writes() == []


def test_w8_another_menu_that_can_never_be_left_is_an_error(pbx: Emulator) -> None:
    trap(pbx)
    menu(pbx, "other", start=VOICEMAIL)
    document = copy.deepcopy(do(pbx, "pbx_tenant_info")["tenant"])
    ivr = next(one["ivr"] for one in document["extensions"] if "ivr" in one)
    other = next(one for one in ivr["contexts"] if one["name"] == "other")
    ivr["entry_context"] = "other"
    other["options"][0]["rules"] = [jump("other")]
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", {**document, "flow_check": "refuse"})
    assert 'contexts[1] "other": options jump in a circle in which no time passes (L05' in result["msg"]
    assert all('contexts[1] "other": ' in line for line in result["msg"].splitlines())
    assert pbx.writes() == []


def test_w8_one_ivr_can_be_adopted_too(pbx: Emulator) -> None:
    trap(pbx)
    document = do(pbx, "pbx_tenant_info", extensions=["300"], sections=["ivr"])["tenant"]["extensions"][0]
    pbx.clear_log()
    for extension in ({"extension": "300"}, {"extension_id": IVR}):
        applied = do(pbx, "pbx_ivr_scheme", ivr=document["ivr"], **extension)
        assert applied["plan"] == []
    assert pbx.writes() == []
