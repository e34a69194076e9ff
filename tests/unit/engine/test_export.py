# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An export lists values without a name, keeps secrets to itself, and holds no more than the requested parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cases.inprocess import call
from tests.emulator.server import Emulator


def apply(pbx: Emulator, document: dict[str, Any]) -> None:
    made = call(pbx, "pbx_tenant", document)
    assert (made.get("msg"), made.get("changed")) == (None, True)


def exported(pbx: Emulator, **args: Any) -> dict[str, Any]:
    result = call(pbx, "pbx_tenant_info", args)
    assert result.get("msg") is None
    return result


def extension(result: dict[str, Any], number: str) -> dict[str, Any]:
    return next(one for one in result["tenant"]["extensions"] if one["number"] == number)


DAYS = {"month": 12, "start_mday": 24, "end_mday": 26}
WEEK = {"start_dow": 2, "end_dow": 6}
MENU = {
    "name": "main",
    "timeout": 5000,
    "options": [
        {
            "digits": "start",
            "rules": [
                {"action": "play_sound", "sound": "Menu", "interval": "Hours"},
                {"action": "jump_to_context", "context": "night", "context_option": "10"},
            ],
        },
        {"digits": "2", "rules": [{"action": "transfer", "transfer_dst": "101"}]},
        {"digits": "10", "rules": [{"action": "hangup"}]},
    ],
}
NIGHT = {"name": "night", "options": [{"digits": "10", "rules": [{"action": "voicemail"}]}]}
RULES = [
    {"name": "second", "type": "transfer", "transfer_dst": "102", "interval": "Hours"},
    {"name": "first", "type": "playfile", "playfile_sound": "Welcome"},
    {"name": "second", "type": "voicemail"},
]
DOCUMENT: dict[str, Any] = {
    "intervals": [{"name": "Feast", "timezone": "UTC", "conditions": [DAYS]}],
    "extensions": [
        {
            "number": "101",
            "ani": "74950000101",
            "phone": {"vm_enabled": True},
            "agents": [{"name": "10"}, {"name": "9", "agent_sound": "Welcome"}],
        },
        {"number": "102", "incom_rules": [*RULES[:2], {**RULES[2], "interval": "Feast"}], "intervals": [
            {"name": "Hours", "timezone": "Europe/Berlin", "conditions": [WEEK]}
        ]},
        {
            "number": "200",
            "queue": {"strategy": "top-down", "sound_type": "music", "sound": "Hold music"},
            "queue_agents": [
                {"agent": "101/10", "level": 2, "position": 1},
                {"agent": "101/9", "level": 1, "position": 1},
            ],
        },
        {"number": "201", "queue": {"sound_type": "ring"}},
        {
            "number": "300",
            "intervals": [{"name": "Hours", "timezone": "Europe/Berlin", "conditions": [WEEK]}],
            "ivr": {"entry_context": "main", "contexts": [MENU, NIGHT]},
        },
    ],
}  # fmt: skip


def lacks(exported: Any, declared: Any, where: str = "") -> Iterator[str]:
    """Where an export differs from the declared values. Lists that are no programs are found by their names."""
    if isinstance(declared, dict):
        for name, value in declared.items():
            if name not in exported:
                yield f"{where} lacks {name}"
            else:
                yield from lacks(exported[name], value, f"{where}.{name}")
    elif isinstance(declared, list) and all(isinstance(one, dict) for one in declared):
        key = next((key for key in ("number", "digits", "agent") if declared and key in declared[0]), "name")
        program = where.endswith(("rules", "conditions"))
        for index, one in enumerate(declared):
            found = [e for e in exported if e.get(key) == one.get(key)] if not program else exported[index : index + 1]
            if len(found) != 1:
                yield f"{where} has {len(found)} of {one}"
            else:
                yield from lacks(found[0], one, f"{where}[{index}]")
    elif exported != declared:
        yield f"{where} is {exported}, not {declared}"


def test_everything_that_was_declared_is_exported_by_names(pbx: Emulator) -> None:
    apply(pbx, DOCUMENT)
    result = exported(pbx)
    assert result["unresolved"] == []
    assert list(lacks(result["tenant"], DOCUMENT)) == []
    pbx.clear_log()
    again = call(pbx, "pbx_tenant", result["tenant"])
    assert (again.get("msg"), again["changed"], pbx.writes()) == (None, False, [])


def test_numbers_are_in_their_order_and_what_every_menu_has_comes_first(pbx: Emulator) -> None:
    apply(pbx, DOCUMENT)
    result = exported(pbx)
    assert [one["name"] for one in extension(result, "101")["agents"]] == ["9", "10"]
    assert [one["agent"] for one in extension(result, "200")["queue_agents"]] == ["101/9", "101/10"]
    main = extension(result, "300")["ivr"]["contexts"][0]
    assert [one["digits"] for one in main["options"]] == ["start", "timeout", "invalid", "2", "10"]
    assert [one["name"] for one in extension(result, "102")["incom_rules"]] == ["second", "first", "second"]


def test_rules_are_in_the_order_in_which_they_run(pbx: Emulator) -> None:
    apply(pbx, DOCUMENT)
    turned = [RULES[1], {**RULES[2], "interval": "Feast"}, RULES[0]]
    apply(pbx, {"extensions": [{"number": "102", "incom_rules": turned}]})
    pbx.set_dialect(rule_list_order="id")
    assert list(lacks(extension(exported(pbx), "102")["incom_rules"], turned, "rules")) == []


def test_what_means_nothing_at_present_is_left_out(pbx: Emulator) -> None:
    apply(pbx, DOCUMENT)
    result = exported(pbx)
    assert "sound" not in extension(result, "201")["queue"]
    assert extension(result, "201")["queue"]["sound_type"] == "ring"
    voicemail, jump = extension(result, "102")["incom_rules"][2], MENU["options"][0]["rules"][1]  # type: ignore[index]
    assert not {"transfer_dst", "playfile_sound"} & voicemail.keys()
    shown = extension(result, "300")["ivr"]["contexts"][0]["options"][0]["rules"][1]
    assert shown.keys() >= jump.keys()
    assert not {"transfer_dst", "sound"} & shown.keys()


def test_nothing_is_said_of_what_is_not_there(pbx: Emulator) -> None:
    """But a list that is empty, where an object needs one; and an unset field where the PBX has a default for it."""
    apply(pbx, DOCUMENT)
    call(pbx, "pbx_extension", {"number": "102", "label": ""})
    call(pbx, "pbx_phone", {"extension": "102", "password": "correct horse"})
    call(pbx, "pbx_queue", {"extension": "200", "tier_rule_wait_second": 7})
    call(pbx, "pbx_queue", {"extension": "200", "unset": ["tier_rule_wait_second"]})
    call(pbx, "pbx_interval", {"extension": "101", "name": "Never", "timezone": "UTC", "conditions": []})
    result = exported(pbx)
    first, second = extension(result, "101"), extension(result, "102")
    assert not {"incom_rules", "events", "users"} & first.keys()
    assert first["intervals"] == [{"name": "Never", "timezone": "UTC", "conditions": []}]
    assert "label" not in second
    assert "password" not in second["phone"]
    queue = extension(result, "200")["queue"]
    assert queue["tier_rule_wait_second"] is None
    assert "max_wait_time" not in queue
    timeout = extension(result, "300")["ivr"]["contexts"][0]["options"][1]
    assert timeout == {"digits": "timeout", "rules": []}


def test_a_setting_that_the_pbx_keeps_but_does_not_use_is_left_out(pbx: Emulator) -> None:
    pbx.fault("json", method="GET", path="/extension/*/queue/", count=0, body={"sound_type": "ring", "sound": 3001})
    assert extension(exported(pbx), "200")["queue"] == {"sound_type": "ring"}


def test_secrets_are_placeholders(pbx: Emulator) -> None:
    user = {"login": "anna", "name": "Anna", "email": "anna@example.com", "password": "correct horse battery"}
    call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "users": [user]}]})
    call(pbx, "pbx_conference", {"extension": "500", "pin": "48151623"})
    result = exported(pbx)
    placeholder = extension(result, "500")["conference"]["pin"]
    assert extension(result, "101")["users"][0]["password"] == placeholder
    assert "moderator_pin" not in extension(result, "500")["conference"]
    assert not [secret for secret in ("48151623", "correct horse battery") if secret in str(result)]
    pbx.clear_log()
    assert call(pbx, "pbx_tenant", result["tenant"])["changed"] is False
    assert pbx.writes() == []


def test_every_placeholder_without_a_secret_is_told(pbx: Emulator) -> None:
    pbx.fault("json", method="GET", path="/extension/*/conference/", body={"pin": "", "moderator_pin": None})
    pins = {"pin": "********", "moderator_pin": "********"}
    rooms = [{"number": "500", "conference": pins}, {"number": "501", "type": "conference", "conference": pins}]
    result = call(pbx, "pbx_tenant", {"extensions": rooms})
    assert [warning.split(" is only")[0] for warning in result["warnings"]] == [
        f'extensions[{index}] "{room["number"]}" > conference: {name}'
        for index, room in enumerate(rooms)
        for name in pins
    ]


@pytest.mark.parametrize("room", [{"unset": ["pin"]}, None], ids=["the PIN is cleared", "the room is gone"])
def test_a_placeholder_for_a_secret_that_is_not_there_is_told(pbx: Emulator, room: dict[str, Any] | None) -> None:
    call(pbx, "pbx_conference", {"extension": "500", "pin": "48151623"})
    document = {"extensions": [extension(exported(pbx), "500")]}
    assert call(pbx, "pbx_tenant", document)["warnings"] == []
    if room:
        call(pbx, "pbx_conference", {"extension": "500", **room})
    else:
        call(pbx, "pbx_extension", {"number": "500", "state": "absent"})
    says = "pin is only a placeholder, and the PBX has none; put the secret in its place"
    for check in (True, False):
        result = call(pbx, "pbx_tenant", document, check=check)
        assert (result.get("msg"), result["changed"]) == (None, not room)
        assert result["warnings"] == [f'extensions[0] "500" > conference: {says}']


def test_a_new_object_takes_no_placeholder_for_a_secret_that_it_needs(pbx: Emulator) -> None:
    user = {"login": "anna", "name": "Anna", "email": "anna@example.com", "password": "********"}
    result = call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "users": [user]}]})
    assert result["msg"] == 'extensions[0] "101" > users[0] "anna": password is missing; a new user needs it'
    assert pbx.writes() == []


def test_what_has_no_name_of_its_own_is_listed(pbx: Emulator) -> None:
    for number in (1, 2):
        pbx.insert("agent", 5001, name="Twin", wrap_up_time=number)
    call(pbx, "pbx_agent", {"extension": "102", "name": "Eva"})
    result = exported(pbx)
    assert "agents" not in extension(result, "101")
    assert [one["name"] for one in extension(result, "102")["agents"]] == ["Eva"]
    assert [(one["object"], one["field"]) for one in result["unresolved"]] == [
        ('extension "101" > agent "Twin"', ""),
        ('extension "101" > agent "Twin"', ""),
    ]
    assert all("several agents have this name; ids: " in one["reason"] for one in result["unresolved"])


def test_a_reference_to_what_no_name_tells_is_listed_and_left_out(pbx: Emulator) -> None:
    eva = call(pbx, "pbx_agent", {"extension": "102", "name": "Eva"})["agent"]["id"]
    call(pbx, "pbx_queue_agent", {"extension": "200", "agent": "102/Eva", "level": 2, "position": 3})
    pbx.insert("agent", 5002, name="Eva")
    result = exported(pbx)
    reasons = [one["reason"] for one in result["unresolved"] if one["field"] == "agent"]
    assert reasons == [f"nothing that has a name of its own has the id {eva}"]


def test_a_reference_to_nothing_is_listed(pbx: Emulator) -> None:
    pbx.insert("incom_rule", 5001, name="Night", type="busy", interval=77)
    result = exported(pbx)
    assert result["unresolved"] == [
        {
            "object": 'extension "101" > incoming rule "Night"',
            "field": "interval",
            "reason": "nothing that has a name of its own has the id 77",
            "remedy": "incom_rules is left out as a whole; choose another interval, or none, on the PBX",
        }
    ]


def test_a_setting_that_no_name_tells_is_listed(pbx: Emulator) -> None:
    call(pbx, "pbx_queue", {"extension": "200", "sound_type": "music", "sound": "Hold music"})
    pbx.insert("sound", title="Hold music", dealer_id=None, filename=None)
    result = exported(pbx)
    assert ('extension "200" > queue', "sound") in [(one["object"], one["field"]) for one in result["unresolved"]]
    assert "sound" not in extension(result, "200")["queue"]


def test_only_what_is_asked_for_is_read_and_exported(pbx: Emulator) -> None:
    call(pbx, "pbx_agent", {"extension": "102", "name": "Eva", "agent_sound": "Welcome"})
    pbx.clear_log()
    result = exported(pbx, extensions=["102"], sections=["agents"])
    only = extension(result, "102")
    assert result["tenant"]["extensions"] == [only]
    assert [one["name"] for one in only["agents"]] == ["Eva"]
    assert "phone" not in only
    assert set(result["tenant"]) == {"extensions"}
    assert {entry["path"] for entry in pbx.log()} <= {
        "/client/@me/extension/",
        "/client/@me/group/",
        "/client/@me/sound/",
        "/extension/5002/agent/",
    }


def test_an_extension_that_is_not_there_is_an_error(pbx: Emulator) -> None:
    assert call(pbx, "pbx_tenant_info", {"extensions": ["999", "102"]})["msg"] == "there is no extension 999"


def test_a_section_of_the_tenant_can_be_all_that_is_asked_for(pbx: Emulator) -> None:
    found = exported(pbx, sections=["sounds"])["tenant"]
    assert "Welcome" in [one["title"] for one in found["sounds"]]
    assert set(found) == {"sounds"}


def test_e8_only_extensions_with_something_of_the_sections_are_exported(pbx: Emulator) -> None:
    apply(pbx, DOCUMENT)
    found = exported(pbx, sections=["intervals"])["tenant"]
    assert [one["name"] for one in found["intervals"]] == ["Feast"]
    assert [one["number"] for one in found["extensions"]] == ["102", "300"]
    assert [one["number"] for one in exported(pbx, sections=["agents"])["tenant"]["extensions"]] == ["101"]
    assert len(exported(pbx, sections=["agents", "extensions"])["tenant"]["extensions"]) > 10


def test_e8_a_section_of_the_tenant_costs_no_request_for_extensions(pbx: Emulator) -> None:
    for section in ("sounds", "extension_groups", "dial_rules"):
        assert set(exported(pbx, sections=[section])["tenant"]) <= {section}
    assert not [entry for entry in pbx.log() if "extension/" in entry["path"]]
