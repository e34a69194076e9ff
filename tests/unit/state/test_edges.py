# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who points at whom in a tenant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.edges import links
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Key, Snapshot

NIGHT = {"name": "Night", "timezone": "UTC", "conditions": [{"start_time": "20:00", "end_time": "23:00"}]}
DAY = {**NIGHT, "name": "Day"}
HEARD = [{"to_option": "2", "transcription": "sales"}, {"to_option": "8", "transcription": "help"}]
TENANT: dict[str, Any] = {
    "sounds": [{"title": "Welcome", "file": "/nowhere/welcome.wav"}],
    "intervals": [NIGHT],
    "dial_rules": [{"dial_rules": [{"match_exp": "^0", "repl_exp": ""}]}],
    "extension_groups": [{"name": "Desks"}],
    "dids": [{"name": "74950000300", "extension": "300", "message_extension": "109"}],
    "extensions": [
        {
            "number": "101",
            "type": "phone",
            "extension_group": "Desks",
            "dial_rule": "^0 -> ",
            "ani": "74950000300",
            "agents": [{"name": "Anna"}, {"name": "Eve/b"}],
            "intervals": [DAY],
            "incom_rules": [
                {"type": "transfer", "transfer_dst": "200 2566*300 2566*999 999 +74951234567", "interval": "Day"},
                {"type": "cascade", "cascade_numbers": [{"number": "109", "delay": 0}], "interval": "Night"},
                {"type": "playfile", "playfile_sound": "Gone", "interval": "Gone"},
            ],
        },
        {
            "number": "200",
            "type": "queue",
            "queue": {"timeout_transfer_dst": "74950000300", "sound_type": "music", "sound": "Welcome"},
            "queue_agents": [{"agent": name} for name in ("101/Anna", "Anna", "101/Eve/b", "101/Ben", "Ben", "77")],
        },
        {"number": "201", "type": "fax", "extension_group": "7"},
        {
            "number": "300",
            "type": "ivr",
            "ivr": {
                "entry_context": "main",
                "contexts": [
                    {
                        "name": "main",
                        "options": [
                            {
                                "digits": "1",
                                "rules": [
                                    {"action": "voice_helper", "voice_helper_rules": HEARD},
                                    {"action": "jump_to_context", "context": "main", "context_option": "start"},
                                    {"action": "jump_to_context", "context": "gone", "context_option": "1"},
                                ],
                            },
                            {"digits": "2"},
                        ],
                    }
                ],
            },
        },
    ],
}


def tenant(complete: bool = True) -> Snapshot:
    return of_document(parse(TENANT)[0], complete)


def told(state: Snapshot) -> list[tuple[str, str, tuple[str, ...], str, str]]:
    """The noun and the place of the pointing object, the field, and the noun, the name and the state of the target."""
    return [
        (
            f"{link.item.key.noun}.{link.field}",
            f"{link.to.noun if link.to else '?'} {link.name}",
            link.to.place if link.to else (),
            link.state,
            link.value,
        )
        for link in links(state)
    ]


WANTED = [
    ("extension.extension_group", "extension_group Desks", (), "found", "Desks"),
    ("extension.extension_group", "? 7", (), "unknown", "7"),
    ("extension.dial_rule", "dial_rule ^0 -> ", (), "found", "^0 -> "),
    ("ani.ani_number", "did 74950000300", (), "found", "74950000300"),
    ("incom_rule.interval", "interval Day", ("101",), "found", "Day"),
    ("incom_rule.interval", "tenant_interval Night", (), "found", "Night"),
    ("incom_rule.interval", "interval Gone", ("101",), "dangling", "Gone"),
    ("incom_rule.transfer_dst", "extension 200", (), "found", "200"),
    ("incom_rule.transfer_dst", "extension 300", (), "found", "2566*300"),
    ("incom_rule.transfer_dst", "extension 999", (), "dangling", "999"),
    # An operator has sounds of its own, which are in no list of a tenant.
    ("incom_rule.playfile_sound", "? Gone", (), "unknown", "Gone"),
    ("incom_rule.cascade_numbers[0].number", "extension 109", (), "dangling", "109"),
    ("queue.sound", "tenant_sound Welcome", (), "found", "Welcome"),
    ("queue.timeout_transfer_dst", "did 74950000300", (), "found", "74950000300"),
    ("queue_agent.agent", "agent Anna", ("101",), "found", "101/Anna"),
    ("queue_agent.agent", "agent Anna", ("101",), "found", "Anna"),
    ("queue_agent.agent", "agent Eve/b", ("101",), "found", "101/Eve/b"),
    ("queue_agent.agent", "agent Ben", ("101",), "dangling", "101/Ben"),
    ("queue_agent.agent", "? Ben", (), "dangling", "Ben"),
    ("queue_agent.agent", "? 77", (), "unknown", "77"),
    ("ivr_rule.context", "ivr_context main", ("300",), "found", "main"),
    ("ivr_rule.context", "ivr_context gone", ("300",), "dangling", "gone"),
    ("ivr_rule.context_option", "ivr_option start", ("300", "main"), "found", "start"),
    ("ivr_rule.context_option", "ivr_option 1", ("300", "gone"), "unknown", "1"),
    ("ivr_rule.voice_helper_rules[0].to_option", "ivr_option 2", ("300", "main"), "found", "2"),
    ("ivr_rule.voice_helper_rules[1].to_option", "ivr_option 8", ("300", "main"), "dangling", "8"),
    ("ivr.entry_context", "ivr_context main", ("300",), "found", "main"),
    ("did.extension", "extension 300", (), "found", "300"),
    ("did.message_extension", "extension 109", (), "dangling", "109"),
]


def test_every_way_leads_somewhere_or_dangles() -> None:
    assert sorted(told(tenant())) == sorted(WANTED)


def test_a_number_of_this_tenant_that_it_does_not_have_dangles() -> None:
    document = {"extensions": [{"number": "101", "type": "phone", "ani": "74950000300"}]}
    states = {
        complete: [
            link.state for link in links(of_document(parse(document)[0], complete)) if link.field == "ani_number"
        ]
        for complete in (True, False)
    }
    assert states == {True: ["dangling"], False: ["unknown"]}


def test_the_most_common_length_is_that_of_numbers_of_the_tenant() -> None:
    """A tenant that grows may have a few longer ones."""
    rules = [{"type": "transfer", "transfer_dst": "199 1999"}]
    phones = [{"number": number, "type": "phone", "incom_rules": rules} for number in ("101", "102", "1001")]
    found = links(of_document(parse({"extensions": phones})[0], complete=True))
    assert {(link.value, link.state) for link in found} == {("199", "dangling")}


def test_nothing_dangles_where_the_rest_of_the_tenant_is_not_known() -> None:
    states = {(field, value): state for field, dummy, dummy_place, state, value in told(tenant(complete=False))}
    assert set(states.values()) == {"found", "unknown"}
    assert states["incom_rule.transfer_dst", "200"] == "found"


@pytest.mark.parametrize("unknown", [Key("agent", ("101",)), Key("extension", ())])
def test_an_agent_may_be_on_a_phone_that_is_not_known(unknown: Key) -> None:
    state = tenant()
    found = told(replace(state, known=state.known - {unknown}))
    states = {value: state for field, dummy, dummy_place, state, value in found if field == "queue_agent.agent"}
    assert {value for value, state in states.items() if state == "unknown"} == {"101/Ben", "Ben", "77"}


@pytest.mark.parametrize(
    ("noun", "place", "name", "count"),
    [
        ("extension", (), "300", 2),
        ("did", (), "74950000300", 2),
        ("agent", ("101",), "Anna", 2),
        ("ivr_option", ("300", "main"), "8", 1),
    ],
)
def test_what_points_at_one_object(noun: str, place: tuple[str, ...], name: str, count: int) -> None:
    assert len([link for link in links(tenant()) if (link.to, link.name) == (Key(noun, place), name)]) == count


def test_a_tenant_without_extensions_has_links_too() -> None:
    state = of_document(parse({"dids": [{"name": "74950000300", "extension": "300"}]})[0], complete=True)
    assert [(link.field, link.state) for link in links(state)] == [("extension", "dangling")]
