# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that a PBX would refuse, or that no caller could use, are told before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from tests.cases.case import PHONE, Args
from tests.cases.inprocess import call, calls
from tests.emulator.server import Emulator

ZEROS = "is an integer, where digits belong as text, since YAML reads 0101 as 65; write it in quotes, or end a template"
TRUTH = "is true or false, where text belongs (YAML reads yes, no, on and off so); write it in quotes"


def phone(**sections: Any) -> Args:
    return {"extensions": [{"number": "101", **sections}]}


def refused(pbx: Emulator, module: str, args: Args) -> list[str]:
    """The sentences that a preview and the real run both say, without writing."""
    with TemporaryDirectory() as memory:
        result = call(pbx, module, args, check=True, memory=memory)
    assert result.get("failed"), result
    assert call(pbx, module, args)["msg"] == result["msg"]
    assert pbx.writes() == []
    return str(result["msg"]).splitlines()


def warned(pbx: Emulator, module: str, args: Args) -> list[str]:
    result = call(pbx, module, args, check=True)
    assert not result.get("failed"), result["msg"]
    return list(result["warnings"])


BY_MODULE_AND_DOCUMENT: list[tuple[str, Args, str, Args, str]] = [
    # module, its arguments, the beginning of the sentence for a document, the document, and the rest of the sentence
    (
        "pbx_agent",
        {"name": True},
        'extensions[0] "101" > agents[0] "True"',
        {"agents": [{"name": True}]},
        f"name {TRUTH}",
    ),
    (
        "pbx_phone",
        {"hangup_timeout": "soon"},
        'extensions[0] "101" > phone',
        {"phone": {"hangup_timeout": "soon"}},
        "hangup_timeout is 'soon', which is not a whole number",
    ),
    (
        "pbx_phone",
        {"hangup_timeout": -5},
        'extensions[0] "101" > phone',
        {"phone": {"hangup_timeout": -5}},
        "hangup_timeout is -5; it goes from 0 to 2147483647",
    ),
    (
        "pbx_phone",
        {"auth_type": "none"},
        'extensions[0] "101" > phone',
        {"phone": {"auth_type": "none"}},
        'auth_type "none" is none of digest, network, both',
    ),
    (
        "pbx_phone",
        {"append_to_cid_name_on_transfer": 1.5},
        'extensions[0] "101" > phone',
        {"phone": {"append_to_cid_name_on_transfer": 1.5}},
        "append_to_cid_name_on_transfer is a number, where text belongs; write it in quotes",
    ),
    (
        "pbx_phone",
        {"geo_list": ["NO"]},
        'extensions[0] "101" > phone',
        {"phone": {"geo_list": ["NO"]}},
        "geo_list is a list, where a plain value belongs",
    ),
    (
        "pbx_interval",
        {"name": "A", "timezone": "Europe/Berlni"},
        'extensions[0] "101" > intervals[0] "A"',
        {"intervals": [{"name": "A", "timezone": "Europe/Berlni", "conditions": [{"month": 1}]}]},
        'timezone "Europe/Berlni" is no time zone; did you mean Europe/Berlin?',
    ),
    (
        "pbx_mail_notification",
        {"event_type": "call_failed_mail", "mail": "anna"},
        'extensions[0] "101" > mail_notifications[0] "call_failed_mail anna"',
        {"mail_notifications": [{"event_type": "call_failed_mail", "mail": "anna"}]},
        'mail "anna" is no mail address; write name@host',
    ),
    (
        "pbx_agent",
        {"name": "Eva", "wrapup_time": 15},
        'extensions[0] "101" > agents[0] "Eva"',
        {"agents": [{"name": "Eva", "wrapup_time": 15}]},
        "there is no wrapup_time; did you mean wrap_up_time?",
    ),
]


@pytest.mark.parametrize(("module", "args", "where", "document", "sentence"), BY_MODULE_AND_DOCUMENT)
def test_v2_a_module_says_what_a_document_says(
    pbx: Emulator, module: str, args: Args, where: str, document: Args, sentence: str
) -> None:
    by_document = refused(pbx, "pbx_tenant", phone(**document))
    by_module = refused(pbx, module, {"extension": "101", **args})
    assert by_document == [f"{where}: {sentence}"]
    assert any(one.startswith('extension "101"') and one.endswith(f": {sentence}") for one in by_module)


SECRETS = [
    ("pbx_phone", "101", "replace_pin"),
    ("pbx_phone", "101", "conference_pin"),
    ("pbx_conference", "500", "pin"),
]


@pytest.mark.parametrize(("module", "number", "field"), SECRETS)
def test_v2_a_pin_keeps_its_zeros_and_its_secret(pbx: Emulator, module: str, number: str, field: str) -> None:
    [sentence] = refused(pbx, module, {"extension": number, field: 4711})
    assert f"{field} {ZEROS}" in sentence
    [pressed] = warned(pbx, module, {"extension": number, field: "ab4711"})
    assert f"{field} cannot be pressed on a phone" in pressed
    assert "4711" not in sentence + pressed


def test_v2_an_integer_that_is_an_extension_or_a_did_is_taken(pbx: Emulator) -> None:
    """It may have come out of a template."""
    document = yaml.safe_load("""
        extensions:
          - number: 101
            ani: 74950000101
            incom_rules:
              - {type: transfer, transfer_dst: 102}
              - {type: cascade, cascade_numbers: [{delay: 0, number: 103}]}
          - {number: "610", type: phone}
          - {number: "102", incom_rules: [{type: transfer, transfer_dst: 610}]}
        dids: [{name: 74950000101, extension: 101}]
    """)
    result = call(pbx, "pbx_tenant", document)
    assert not result.get("failed"), result["msg"]
    assert result["warnings"] == []
    assert call(pbx, "pbx_tenant", document)["changed"] is False
    rule = {"extension": 101, "name": "A", "type": "transfer", "transfer_dst": 102}
    assert call(pbx, "pbx_incom_rule", rule)["incom_rule"]["transfer_dst"] == "102"


@pytest.mark.parametrize(
    ("module", "args"),
    [
        ("pbx_tenant", {"extensions": [{"number": 0o101, "type": "phone"}]}),
        ("pbx_tenant", phone(incom_rules=[{"type": "transfer", "transfer_dst": 65}])),
        ("pbx_tenant", phone(incom_rules=[{"type": "cascade", "cascade_numbers": [{"delay": 0, "number": 65}]}])),
        ("pbx_tenant", phone(ani=65)),
        ("pbx_incom_rule", {"extension": 65, "name": "A", "type": "busy"}),
        ("pbx_incom_rule", {"extension": "101", "name": "A", "type": "transfer", "transfer_dst": 65}),
        ("pbx_did", {"name": 65}),
        ("pbx_did", {"name": "74950000101", "extension": 65}),
        ("pbx_ani", {"extension": "101", "ani_number": 65}),
        ("pbx_extension", {"number": 65, "type": "phone"}),
        ("pbx_queue", {"extension": "200", "exit_transfer_dst": 65}),
        ("pbx_ivr_option", {"extension": "300", "ivr_context": "x", "digits": 8}),
        ("pbx_ivr_rule", {"extension": "300", "ivr_context": "x", "option_digits": 8, "name": "A", "action": "busy"}),
    ],
)
def test_v2_an_integer_that_nothing_has_is_an_error_with_both_remedies(pbx: Emulator, module: str, args: Args) -> None:
    sentences = refused(pbx, module, args)
    assert any(ZEROS in sentence for sentence in sentences)
    assert any("| string" in sentence for sentence in sentences)


def test_v2_a_key_that_became_a_comment_is_a_warning(pbx: Emulator) -> None:
    text = 'exit_key is empty; the key # begins a comment in YAML, write it in quotes: "#"'
    document = yaml.safe_load("extensions: [{number: '200', queue: {exit_key: # yes\n}}]")
    assert warned(pbx, "pbx_tenant", document) == [f'extensions[0] "200" > queue: {text}']
    assert warned(pbx, "pbx_queue", {"extension": "200", "exit_key": None}) == [f'extension "200": {text}']
    assert warned(pbx, "pbx_queue", {"extension": "200", "unset": ["exit_key"]}) == []


MENU = [{"name": "main", "options": [{"digits": "start", "rules": [{"action": "transfer", "transfer_dst": "199"}]}]}]
NOBODY = [
    phone(incom_rules=[{"type": "transfer", "transfer_dst": "102 199"}]),
    phone(incom_rules=[{"type": "simple_cascade", "cascade_numbers": [{"delay": 0, "number": "199"}]}]),
    {"extensions": [{"number": "200", "queue": {"timeout_transfer_dst": "199"}}]},
    {
        "extensions": [
            {"number": "200", "queue": {"agent_hangup_action": "transfer", "agent_hangup_transfer_dst": "199"}}
        ]
    },
    {"extensions": [{"number": "300", "ivr": {"contexts": MENU}}]},
    {"extensions": [{"number": "300", "ivr": {"lifetime_exp_action": "transfer", "lifetime_exp_transfer_dst": "199"}}]},
]


@pytest.mark.parametrize("document", NOBODY)
def test_v1_a_number_that_no_extension_has_is_a_warning(pbx: Emulator, document: Args) -> None:
    warnings = warned(pbx, "pbx_tenant", document)
    assert ['no extension has the number "199"' in one for one in warnings] == [True]
    document["extensions"].append({"number": "199", "type": "phone"})
    assert warned(pbx, "pbx_tenant", document) == []


def test_v1_a_number_from_outside_is_none_of_ours(pbx: Emulator) -> None:
    document = phone(incom_rules=[{"type": "transfer", "transfer_dst": "+74951234567 88121234567"}])
    assert warned(pbx, "pbx_tenant", document) == []


def test_v1_operations_dial_too(pbx: Emulator) -> None:
    [sentence] = refused(pbx, "pbx_callback", {"extension": "101", "src_num": ["101;102"], "dst_num": "102"})
    assert 'src_num[0] "101;102" is nothing that can be dialled' in sentence


def test_w5_everything_is_told_at_once(pbx: Emulator) -> None:
    document = yaml.safe_load("""
        extensions:
          - number: "101"
            lable: x
            phone: {hangup_timeout: -5, announce_sound_upon_incoming_call: Welcom}
            events: [{event_type: hangup, url: crm.example.com, method: GET}]
          - {number: "10a", type: phone}
          - {number: "1010", type: phone}
          - number: "300"
            ivr:
              entry_context: mian
              contexts:
                - name: main
                  options:
                    - digits: start
                      rules:
                        - {action: play_sound, sound: Welcom}
                        - {action: goto}
                        - {action: jump_to_context, context: slaes}
                        - {action: voicemail, caller_id_action: matches, caller_id: "([0-9"}
    """)
    sentences = refused(pbx, "pbx_tenant", document)
    for part in (
        "there is no lable",
        "hangup_timeout is -5",
        'no sound "Welcom"',
        "url is no whole address",
        'number "10a" is no number of an extension',
        'number "1010" has 4 digits, and all numbers of this tenant have 3',
        'no IVR context "mian"',
        "rules[0]: sound: there is no sound",
        'action "goto" is none of',
        'no IVR context "slaes"',
        'caller_id "([0-9" is no regular expression',
    ):
        assert [one for one in sentences if part in one], part
    assert not [one for one in sentences if "needs" in one or "is missing" in one]


def test_w5_a_module_tells_everything_at_once(pbx: Emulator) -> None:
    call(pbx, "pbx_ivr_context", {"extension": "300", "name": "main"})
    pbx.clear_log()
    place = {"extension": "300", "ivr_context": "main", "option_digits": "start"}
    rule = {"action": "jump_to_context", "context": "slaes", "interval": "Nigth", "caller_id": "(7", "name": "A"}
    sentences = refused(pbx, "pbx_ivr_rule", {**place, **rule, "caller_id_action": "matches"})
    assert len(sentences) == 3


def test_w5_mistakes_are_told_without_the_pbx_too(pbx: Emulator) -> None:
    result = call(pbx, "pbx_tenant", {**phone(lable="x"), "access_token": "wrong"})
    assert 'extensions[0] "101": there is no lable; did you mean label?' in result["msg"]


def test_w6_what_is_there_is_accepted_unchanged(pbx: Emulator) -> None:
    """A rule of ours that the PBX does not know, or did not know when that was written."""
    broken = {"start_time": "18:00:00", "end_time": "08:00:00"}
    pbx.insert("interval", PHONE, name="Night", timezone="Old/Zone", conditions=[broken], extension_id=PHONE)
    document = phone(
        intervals=[{"name": "Night", "timezone": "Old/Zone", "conditions": [broken]}],
        label="changed",
    )
    result = call(pbx, "pbx_tenant", document, check=True)
    assert not result.get("failed"), result["msg"]
    assert [step["method"] for step in result["plan"]] == ["PUT"]
    assert any("Old/Zone" in one and one.endswith("it is so on the PBX, and stays") for one in result["warnings"])
    document["extensions"][0]["intervals"][0]["timezone"] = "New/Zone"
    [sentence] = refused(pbx, "pbx_tenant", document)
    assert '"New/Zone" is no time zone' in sentence


def test_w6_one_day_is_an_interval(pbx: Emulator) -> None:
    day = {"month": 12, "start_mday": 25, "end_mday": 25}
    document = {"intervals": [{"name": "Christmas", "timezone": "UTC", "conditions": [day]}]}
    result = call(pbx, "pbx_tenant", document)
    assert not result.get("failed"), result["msg"]
    assert result["warnings"] == []
    assert call(pbx, "pbx_tenant", document)["changed"] is False


def test_r2_extra_params_are_sent_as_json_and_compared_as_json(pbx: Emulator) -> None:
    group = {"name": "Sales", "extra_params": {"crm": [1, "\u00fc"]}}
    created = call(pbx, "pbx_extension_group", group)
    assert json.loads(created["extension_group"]["extra_params"]) == group["extra_params"]
    for same in ('{"crm":[1,"\\u00fc"]}', {"crm": [1, "\u00fc"]}):
        assert call(pbx, "pbx_extension_group", {**group, "extra_params": same})["changed"] is False
        document = {"extension_groups": [{"name": "Sales", "extra_params": same}]}
        assert call(pbx, "pbx_tenant", document)["changed"] is False
    [sentence] = refused_after(pbx, "pbx_extension_group", {"name": ["Sales"]})
    assert "name is a list, where a plain value belongs" in sentence


def refused_after(pbx: Emulator, module: str, args: Args) -> list[str]:
    pbx.clear_log()
    return refused(pbx, module, args)


def test_e4_a_field_of_another_level_is_named_with_its_place(pbx: Emulator) -> None:
    document = phone(type="phone", vm_enabled=True, phone={"caller_id_name": "x"})
    assert refused(pbx, "pbx_tenant", document) == [
        'extensions[0] "101": there is no vm_enabled; it belongs to phone',
        'extensions[0] "101" > phone: there is no caller_id_name; it belongs to the extension',
    ]


def test_e4_weekdays_have_names_and_numbers(pbx: Emulator) -> None:
    condition = {"start_dow": "Mn", "end_dow": 6}
    [sentence] = refused(
        pbx, "pbx_interval", {"extension": "101", "name": "A", "timezone": "UTC", "conditions": [condition]}
    )
    assert sentence == (
        'extension "101" > interval "A": conditions[0].start_dow is \'Mn\', which is not a whole number; '
        "write a day such as mon, or its number: 1 is Sunday, 2 is Monday, and so on to 7, which is Saturday"
    )


def test_e4_a_file_that_is_not_there_is_named_with_its_whole_path(pbx: Emulator) -> None:
    [sentence] = refused(pbx, "pbx_sound", {"title": "A", "file": "sounds/a.wav"})
    assert 'file "sounds/a.wav" is not there; it was looked for as /' in sentence


def test_o8_the_user_of_one_extension_is_told_how_to_name_it(pbx: Emulator) -> None:
    pbx.fault("status", method="GET", path="/client/@me/extension/", status=403, count=0)
    result = call(pbx, "pbx_phone_info", {"extension": "101"})
    assert result["msg"].endswith('the user of one extension names it by extension_id: "@me"')


def test_o8_a_preview_announces_a_pin_once(pbx: Emulator, tmp_path: Path) -> None:
    room = ("pbx_conference", {"extension": "500", "pin": "4711", "max_members": 5})
    first, second = calls(pbx, [room, room], tmp_path / "memory")
    assert first["changed"] is True
    assert second["changed"] is False


def test_r8_a_destination_may_be_answered_with_the_prefix_of_the_tenant(pbx: Emulator) -> None:
    menu = [
        {"name": "main", "options": [{"digits": "start", "rules": [{"action": "transfer", "transfer_dst": "102"}]}]}
    ]
    cascade = [{"delay": 5, "number": "103"}, {"delay": 0, "number": "+74951234567"}]
    document = {
        "extensions": [
            {"number": "101", "incom_rules": [{"type": "transfer", "transfer_dst": "102 74951234567", "final": True}]},
            {"number": "102", "incom_rules": [{"type": "cascade", "cascade_numbers": cascade}]},
            {"number": "200", "queue": {"timeout_transfer_dst": "101"}},
            {"number": "300", "ivr": {"contexts": menu}},
        ]
    }
    pbx.set_dialect(destinations="prefix")
    result = call(pbx, "pbx_tenant", document)
    assert not result.get("failed"), result["msg"]
    assert result["warnings"] == []
    again = call(pbx, "pbx_tenant", document)
    assert (again["changed"], again["warnings"]) == (False, [])
    exported = call(pbx, "pbx_tenant_info", {})["tenant"]["extensions"]
    rules = {one["number"]: one.get("incom_rules") for one in exported}
    assert rules["101"][0]["transfer_dst"] == "102 74951234567"
    assert sorted(one["number"] for one in rules["102"][0]["cascade_numbers"]) == ["+74951234567", "103"]
