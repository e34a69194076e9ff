# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The undo document of a change, and the things that it says cannot come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cases.inprocess import call
from tests.emulator.seed import DIDS
from tests.emulator.server import Emulator

Json = dict[str, Any]

UNKNOWN = 99999
NIGHT = {"name": "Night", "timezone": "UTC", "conditions": [{"start_time": "20:00", "end_time": "23:00"}]}
USER = {"login": "anna", "name": "Anna", "email": "anna@example.com", "password": "not a real one"}


def phone(**sections: Any) -> Json:
    return {"extensions": [{"number": "101", **sections}]}


def queue(**sections: Any) -> Json:
    return {"extensions": [{"number": "200", **sections}]}


@dataclass(frozen=True)
class Change:
    """A change and its undo. before, overwritten: how the tenant came to be, by a document and by another hand."""

    name: str
    change: Json
    undo: Json = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    before: Json = field(default_factory=dict)
    overwritten: Callable[[Emulator], object] = lambda pbx: None


CHANGES = [
    Change(
        "fields",
        phone(label="New", ani=DIDS[1]),
        phone(label="Old", ani=DIDS[0]),
        before=phone(label="Old", ani=DIDS[0]),
    ),
    Change(
        "a field that was not set",
        phone(label="New", phone={"hangup_timeout": 5}),
        phone(label=None, phone={"hangup_timeout": None}),
        before=phone(phone={"hangup_timeout": 9}),
        overwritten=lambda pbx: [
            pbx.overwrite("extension", label=""),
            pbx.overwrite("phone", pbx.extension_id("101"), hangup_timeout=None),
        ],
    ),
    Change(
        "a list that was empty",
        {"extensions": [{"number": "400", "fax": {"email_to_fax_accept": ["a@example.com"]}}]},
        {"extensions": [{"number": "400", "fax": {"email_to_fax_accept": []}}]},
        overwritten=lambda pbx: pbx.overwrite("fax", email_to_fax_accept=None),
    ),
    Change(
        "a field that no request clears",
        phone(ani=DIDS[0]),
        phone(),
        ('extension "101" > ANI: ani_number: it cannot be cleared again',),
    ),
    Change(
        "a field that names nothing",
        phone(phone={"hold_music": "Welcome", "hangup_timeout": 5}),
        phone(phone={"hangup_timeout": 9}),
        ('extension "101" > phone: hold_music: it cannot be said by name',),
        before=phone(phone={"hangup_timeout": 9}),
        overwritten=lambda pbx: pbx.overwrite("phone", pbx.extension_id("101"), hold_music=UNKNOWN),
    ),
    Change(
        "a field that nobody is told",
        phone(phone={"password": "another-one-4711", "hangup_timeout": 5}),
        phone(phone={"hangup_timeout": 9}),
        ('extension "101" > phone: password: the PBX does not tell it',),
        before=phone(phone={"hangup_timeout": 9}),
    ),
    Change(
        "a field of the moment",
        phone(agents=[{"name": "Anna", "status": "logged_out", "wrap_up_time": 5}]),
        phone(agents=[{"name": "Anna", "wrap_up_time": 3}]),
        before=phone(agents=[{"name": "Anna", "status": "available", "wrap_up_time": 3}]),
    ),
    Change(
        "an object that cannot be made again",
        phone(users=[]),
        {},
        ('extension "101" > user "anna": the PBX does not tell its password',),
        before=phone(users=[USER]),
    ),
    Change(
        "objects whose name is nobody's",
        queue(queue_agents=[]),
        {},
        (f'extension "200" > queue agent "id {UNKNOWN}": it has no name of its own',),
        before={
            "extensions": [
                {"number": "101", "agents": [{"name": "Anna"}]},
                *queue(queue_agents=[{"agent": "Anna"}])["extensions"],
            ]
        },
        overwritten=lambda pbx: pbx.overwrite("queue_agent", agent_id=UNKNOWN),
    ),
    Change(
        "rules of which one names nothing",
        phone(incom_rules=[{"type": "hangup"}]),
        {},
        ('extension "101": incoming rules: one of them cannot be said by names',),
        before={"intervals": [NIGHT], **phone(incom_rules=[{"type": "voicemail", "interval": "Night"}])},
        overwritten=lambda pbx: pbx.overwrite("incom_rule", interval=UNKNOWN),
    ),
]


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case.name)
def test_an_undo_document_holds_how_it_was(pbx: Emulator, case: Change, tmp_path: Path) -> None:
    if case.before:
        assert call(pbx, "pbx_tenant", case.before).get("msg") is None
    case.overwritten(pbx)
    file = tmp_path / "undo.json"
    result = call(pbx, "pbx_tenant", {**case.change, "undo_file": str(file), "max_delete_share": 100})
    assert (result.get("msg"), result["changed"]) == (None, True)
    found = json.loads(file.read_text(encoding="utf-8"))
    assert {name: value for name, value in found.items() if name not in ("format", "client_id", "lost")} == case.undo
    assert found["lost"] == [f"undo cannot bring back {one}" for one in case.lost]
    assert [one for one in result["warnings"] if one.startswith("undo cannot")] == found["lost"]


def test_the_same_loss_of_objects_and_of_their_fields_is_one_warning_each(pbx: Emulator, tmp_path: Path) -> None:
    """A name may look like the field of a sentence."""
    users = [{**USER, "login": login, "email": f"{login}@example.com"} for login in ("ann", "ben")]
    agents = [{"name": name, "agent_sound": "Welcome"} for name in ("Eve: wrap_up_time", "Max")]
    assert call(pbx, "pbx_tenant", phone(users=users, agents=agents)).get("msg") is None
    pbx.overwrite("agent", agent_sound_id=UNKNOWN)
    changed = phone(users=[], agents=[{**agent, "agent_sound": "Menu"} for agent in agents])
    result = call(pbx, "pbx_tenant", {**changed, "undo_file": str(tmp_path / "undo.json")})
    home = 'extension "101"'
    assert [one for one in result["warnings"] if one.startswith("undo cannot")] == [
        "undo cannot bring back agent_sound of 2 objects: it cannot be said by name "
        f'({home} > agent "101/Eve: wrap_up_time"; {home} > agent "101/Max")',
        "undo cannot bring back 2 objects: the PBX does not tell its password "
        f'({home} > user "ann"; {home} > user "ben")',
    ]
