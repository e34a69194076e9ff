# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An export says what it cannot say by name, keeps secrets to itself, and holds no more than what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator


@pytest.fixture
def pbx(emulator: Emulator) -> Iterator[Emulator]:
    emulator.reset(seed="bare")
    with connections():
        yield emulator


def exported(pbx: Emulator, **args: Any) -> dict[str, Any]:
    result = call(pbx, "pbx_tenant_info", args)
    assert result.get("msg") is None
    return result


def extension(result: dict[str, Any], number: str) -> dict[str, Any]:
    return next(one for one in result["tenant"]["extensions"] if one["number"] == number)


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


def test_a_setting_that_no_name_tells_is_listed(pbx: Emulator) -> None:
    call(pbx, "pbx_queue", {"extension": "200", "sound_type": "music", "sound": "Hold music"})
    pbx.insert("sound", title="Hold music", dealer_id=None, filename=None)
    result = exported(pbx)
    assert ('extension "200" > queue', "sound") in [(one["object"], one["field"]) for one in result["unresolved"]]
    assert "sound" not in extension(result, "200")["queue"]


def test_only_what_is_asked_for_is_read_and_exported(pbx: Emulator) -> None:
    call(pbx, "pbx_agent", {"extension": "102", "name": "Eva"})
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
        "/extension/5002/agent/",
    }


def test_an_extension_that_is_not_there_is_an_error(pbx: Emulator) -> None:
    assert call(pbx, "pbx_tenant_info", {"extensions": ["999", "102"]})["msg"] == "there is no extension 999"
