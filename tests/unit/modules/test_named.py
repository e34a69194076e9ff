# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The names beside the ids in results, for one list of each kind at most."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._engine.read.named import name_keys
from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import NounBinding
from tests.cases.case import Args
from tests.cases.inprocess import MODULES, call, sent
from tests.emulator.server import Emulator

PLAYED = {"action": "play_sound", "sound": "Welcome", "interval": "Day"}
JUMP = {"action": "jump_to_context", "context": "main", "context_option": "start"}
DAY = {"name": "Day", "timezone": "UTC", "conditions": [{"start_dow": 2, "end_dow": 6}]}
OPTIONS = [{"digits": "start", "rules": [{"action": "transfer", "transfer_dst": "101"}]}]
MENU = {"name": "main", "options": [*OPTIONS, {"digits": "1", "rules": [PLAYED, JUMP]}]}
DOCUMENT: Args = {
    "extension_groups": [{"name": "Sales"}],
    "extensions": [
        {
            "number": "101",
            "extension_group": "Sales",
            "agents": [{"name": "Anna", "agent_sound": "Welcome"}],
            "phone": {"hold_music": "Hold music"},
            "intervals": [DAY],
            "incom_rules": [{"type": "playfile", "playfile_sound": "Closed", "interval": "Day"}],
        },
        {
            "number": "200",
            "queue": {"sound_type": "music", "sound": "Hold music"},
            "queue_agents": [{"agent": "101/Anna"}],
        },
        {"number": "300", "intervals": [DAY], "ivr": {"entry_context": "main", "contexts": [MENU]}},
        {"number": "400", "fax": {"fax_out_greeting": "Welcome"}},
        {"number": "500", "conference": {"enter_sound": "Welcome"}},
    ],
    "dids": [{"name": "74950000101", "extension": "300", "message_extension": "101"}],
}
IN_OPTION = {"extension": "300", "ivr_context": "main", "option_digits": "1"}
LATELY = {"start_datetime": (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")}
# The arguments of a module, and the names in the first object that it returns.
TABLE: dict[str, tuple[Args, dict[str, Any]]] = {
    "pbx_agent_info": ({"extension": "101"}, {"agent_sound": "Welcome", "extension": "101"}),
    "pbx_alias_info": ({"extension": "101"}, {"extension": "101"}),
    "pbx_call_info": ({"extension": "101"}, {"extension": "101"}),
    "pbx_conference_info": ({"extension": "500"}, {"enter_sound_name": "Welcome", "music_on_hold_sound_name": None}),
    "pbx_did_info": ({}, {"extension": "300", "message_extension": "101"}),
    "pbx_extension_info": ({"number": ["101"]}, {"extension_group": "Sales", "dial_rule": None}),
    "pbx_fax_info": ({"extension": "400"}, {"fax_out_greeting_name": "Welcome"}),
    "pbx_incom_rule_info": ({"extension": "101"}, {"interval_name": "Day", "playfile_sound_name": "Closed"}),
    "pbx_interval_info": ({"extension": "101"}, {"extension": "101"}),
    "pbx_ivr_info": ({"extension": "300"}, {"entry_context_name": "main", "vm_greeting_name": None}),
    "pbx_ivr_rule_info": (IN_OPTION, {"interval_name": "Day", "sound_name": "Welcome", "context_name": None}),
    "pbx_ivr_scheme_info": ({"extension": "300"}, {"entry_context_name": "main"}),
    "pbx_phone_info": ({"extension": "101"}, {"hold_music_name": "Hold music", "vm_greeting_name": None}),
    "pbx_queue_agent_info": ({"extension": "200"}, {"agent": "101/Anna"}),
    "pbx_queue_info": ({"extension": "200"}, {"sound_name": "Hold music", "start_sound_name": None}),
    "pbx_record_info": ({"extension": "101", **LATELY}, {"extension": "101"}),
    "pbx_registration_info": ({}, {"extension": "101"}),
    "pbx_user_info": ({"extension": "101"}, {"extension": "101"}),
}


@pytest.fixture
def furnished(pbx: Emulator) -> Emulator:
    pbx.reset(seed="demo")
    result = call(pbx, "pbx_tenant", {**DOCUMENT, "live_traffic": "allow"})
    assert not result.get("failed"), result["msg"]
    user = {"login": "anna", "password": "Long-unusual-8", "name": "Anna", "email": "anna@clinic.example.com"}
    assert call(pbx, "pbx_user", {"extension": "101", **user})["changed"]
    pbx.clear_log()
    return pbx


def first(module: str, result: dict[str, Any]) -> dict[str, Any]:
    found = result[MODULES[module].returned]
    return dict(found[0] if isinstance(found, list) else found)


def test_e6_every_module_that_tells_ids_is_in_the_table() -> None:
    told = {
        name
        for name, one in MODULES.items()
        if name.endswith("_info") and isinstance(one, NounBinding) and name_keys(one.noun)
    }
    assert told == TABLE.keys()


def test_e6_names_stand_beside_the_ids(furnished: Emulator) -> None:
    for module, (args, names) in TABLE.items():
        furnished.clear_log()
        result = call(furnished, module, args)
        assert not result.get("failed"), (module, result["msg"])
        one = first(module, result)
        assert {key: one[key] for key in names} == names, module
        assert name_keys(MODULES[module].noun).keys() <= one.keys(), module
        # A list of ten or more is followed up once.
        assert max(Counter(request.path for request in sent(furnished)).values()) <= 2, module


def test_e6_rules_in_a_scheme_tell_names_too(furnished: Emulator) -> None:
    scheme = first("pbx_ivr_scheme_info", call(furnished, "pbx_ivr_scheme_info", {"extension": "300"}))
    rules = [rule for option in scheme["contexts"][0]["options"] for rule in option["rules"]]
    assert [rule["sound_name"] for rule in rules if rule["sound_name"]] == ["Welcome"]
    assert [rule["context_name"] for rule in rules if rule["context_name"]] == ["main"]


def test_e6_a_list_that_may_not_be_read_leaves_names_unsaid(furnished: Emulator) -> None:
    furnished.fault("status", path="*/sound/", status=403, count=0)
    one = first("pbx_queue_info", call(furnished, "pbx_queue_info", {"extension": "200"}))
    assert (one["sound_name"], isinstance(one["sound"], int)) == (None, True)


def test_e6_who_names_an_extension_by_its_id_spares_the_list(furnished: Emulator) -> None:
    result = call(furnished, "pbx_interval_info", {"extension_id": furnished.extension_id("101")})
    assert first("pbx_interval_info", result)["extension"] is None
    assert len(sent(furnished)) == 1


@pytest.mark.parametrize("wanted", [{}, {"agent": "101/Anna"}])
def test_e6_a_queue_that_answers_ids_of_extensions_tells_the_same_agents(furnished: Emulator, wanted: Args) -> None:
    furnished.set_dialect(queue_agent_ref="extension")
    furnished.clear_log()
    one = first("pbx_queue_agent_info", call(furnished, "pbx_queue_agent_info", {"extension": "200", **wanted}))
    assert (one["agent"], one["agent_id"]) == ("101/Anna", furnished.extension_id("101"))
    assert max(Counter(request.path for request in sent(furnished)).values()) <= 2


@pytest.mark.parametrize("ref", ["agent", "extension"])
def test_e6_a_preview_of_a_queue_reads_what_it_would_have_written(
    furnished: Emulator, ref: str, tmp_path: Path
) -> None:
    furnished.set_dialect(queue_agent_ref=ref)
    mode: dict[str, Any] = {"check": True, "memory": str(tmp_path / "memory")}
    assert call(furnished, "pbx_queue_agent", {"extension": "200", "agent": "101/Anna", "level": 7}, **mode)["changed"]
    [one] = call(furnished, "pbx_queue_agent_info", {"extension": "200"}, **mode)["queue_agents"]
    assert (one["agent"], one["level"]) == ("101/Anna", 7)


def test_e6_who_may_not_read_agents_reads_those_of_a_queue(furnished: Emulator) -> None:
    furnished.fault("status", path="*/agent/local/", status=403, count=0)
    furnished.fault("status", path="/client/*/extension/", status=403, count=0)
    args = {"extension_id": furnished.extension_id("200")}
    result = call(furnished, "pbx_queue_agent_info", args)
    assert not result.get("failed"), result["msg"]
    one = first("pbx_queue_agent_info", result)
    assert (one["agent"], isinstance(one["agent_id"], int)) == (None, True)
