# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenant documents, right ones and wrong ones with the sentence about their mistake."""

from __future__ import annotations

from typing import Any

import yaml

from ansible_collections.telops.pbx.plugins.module_utils._model.document import PLACEHOLDER
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.tools.tree import ROOT


def clinic() -> dict[str, Any]:
    """The document of the demo, with its template filled in."""
    text = (ROOT / "playbooks" / "vars" / "clinic.yml").read_text(encoding="utf-8")
    variables = yaml.safe_load(text.replace('"{{ clinic_night_mode }}"', "false"))
    return {name[4:]: value for name, value in variables.items() if name.startswith("pbx_")}


CLINIC = clinic()


def phone(text: str) -> str:
    """A document of one phone with something more in it."""
    return f"extensions: [{{number: '101', type: phone, {text}}}]"


def rules(text: str) -> str:
    """A document of one IVR with the rules of one option."""
    options = f"[{{digits: '1', rules: [{text}]}}]"
    return f"extensions: [{{number: '300', ivr: {{contexts: [{{name: main, options: {options}}}]}}}}]"


NO_TRUTH = "is true or false, where text belongs (YAML reads yes, no, on and off so); write it in quotes"
LOST_ZEROS = (
    "is an integer, where digits belong as text, since YAML reads 0101 as 65; write it in quotes, "
    "or end a template with | string"
)
IN_PHONE = 'extensions[0] "101"'
IN_MENU = 'extensions[0] "300" > ivr > contexts[0] "main" > options[0] "1"'

SHAPE = {
    "[]": "the document is a list, where a dictionary of sections belongs",
    "hello": "the document is text, where a dictionary of sections belongs",
    "": "the document is empty, where a dictionary of sections belongs",
    "extension: []": "there is no section extension; did you mean extensions?",
    "x: 1": ("there is no section x; there are: sounds, intervals, dial_rules, extension_groups, extensions, dids"),
    "true: 1": (
        "there is no section True; there are: sounds, intervals, dial_rules, extension_groups, extensions, dids"
    ),
    "extensions:": "extensions is empty; give it a list, or leave it out",
    "extensions: {a: b}": "extensions is a dictionary, where a list of extensions belongs",
    "extensions: none": "extensions is text, where a list of extensions belongs",
    "extensions: [101]": "extensions[0] is a number, where a dictionary of fields belongs",
    "extensions: [null]": "extensions[0] is empty, where a dictionary of fields belongs",
    "extensions: [[]]": "extensions[0] is a list, where a dictionary of fields belongs",
    "extensions: [yes]": "extensions[0] is true or false, where a dictionary of fields belongs",
    "extensions: [2026-01-31]": "extensions[0] is a date, where a dictionary of fields belongs",
    "extensions: [1.5]": "extensions[0] is a number, where a dictionary of fields belongs",
    phone("phone:"): f"{IN_PHONE} > phone is empty; give it its fields, or leave it out",
    phone("ani:"): f"{IN_PHONE} > ani is empty; give it a value, or leave it out",
    phone("agents:"): f"{IN_PHONE} > agents is empty; give it a list, or leave it out",
    phone("phone: [1]"): f"{IN_PHONE} > phone is a list, where a dictionary of fields belongs",
}

NAMES = {
    phone("lable: Anna"): f"{IN_PHONE}: there is no lable; did you mean label?",
    phone("agent: []"): f"{IN_PHONE}: there is no agent; did you mean agents?",
    phone("phone: {vm_enable: true}"): f"{IN_PHONE} > phone: there is no vm_enable; did you mean vm_enabled?",
    phone("agents: [{name: Anna, id: 5}]"): (
        f'{IN_PHONE} > agents[0] "Anna": there is no id; there are: '
        + ", ".join(field.name for field in NOUNS["agent"].writable)
    ),
    rules("{action: voicemail, zzz: 1}"): (
        f"{IN_MENU} > rules[0]: there is no zzz; there are: name, action, final, interval, call_status, "
        "caller_id_action, caller_id, match_variable_name, match_variable_value, transfer_dst, transfer_timeout, "
        "transfer_variable, ..."
    ),
    "intervals: [{name: Night, conditions: [{start_tim: '18:00'}]}]": (
        'intervals[0] "Night": conditions[0] has no field start_tim; did you mean start_time?'
    ),
    # A section of another type of extension.
    phone(
        "queue_agents: []"
    ): f"{IN_PHONE}: queue_agents belongs to extensions of type queue, and this one is of type phone",
    phone("ivr:"): f"{IN_PHONE}: ivr belongs to extensions of type ivr, and this one is of type phone",
    # Names that are missing.
    "extensions: [{type: phone}]": "extensions[0]: number is missing; it names the extension",
    "extensions: [{number: ''}]": "extensions[0]: number is missing; it names the extension",
    "extensions: [{number: null}]": "extensions[0]: number cannot be cleared; give it a value",
    "extensions: [{number: [1]}]": 'extensions[0] "1": number is a list, where a plain value belongs',
    "dids: [{extension: '300'}]": "dids[0]: name is missing; it names the DID",
    phone("events: [{url: http://x}]"): (
        f'{IN_PHONE} > events[0] "http://x": event_type is missing; it names the event'
    ),
    # A name and its other spelling.
    "dids: [{name: '7812', extension: '300', extension_id: 5}]": (
        'dids[0] "7812": extension stands there twice, also as extension_id; remove one of them'
    ),
    "extensions: [{name: '101', number: '101'}]": (
        'extensions[0] "101": number stands there twice, also as name; remove one of them'
    ),
}

VALUES = {
    phone("label: {a: b}"): f"{IN_PHONE}: label is a dictionary, where a plain value belongs",
    phone("label: [a]"): f"{IN_PHONE}: label is a list, where a plain value belongs",
    phone("dial_rule_limit: many"): f"{IN_PHONE}: dial_rule_limit is 'many', which is not a whole number",
    phone("dial_rule_limit: true"): f"{IN_PHONE}: dial_rule_limit is true, which is not a whole number",
    phone("dial_rule_limit: '1_000'"): f"{IN_PHONE}: dial_rule_limit is '1_000', which is not a whole number",
    phone("ani_rfc3325: maybe"): f"{IN_PHONE}: ani_rfc3325 is 'maybe', which is neither true nor false",
    phone("status: on"): f"{IN_PHONE}: status {NO_TRUTH}",
    phone("label: yes"): f"{IN_PHONE}: label {NO_TRUTH}",
    phone("label: 1.10"): f"{IN_PHONE}: label is a number, where text belongs; write it in quotes",
    phone("label: 2027-01-01"): f"{IN_PHONE}: label is a date, where text belongs; write it in quotes",
    phone("label: 2027-01-01 00:00:00"): f"{IN_PHONE}: label is a date, where text belongs; write it in quotes",
    phone("agents: [{name: On}]"): f'{IN_PHONE} > agents[0] "True": name {NO_TRUTH}',
    phone("phone: {hold_music: 0}"): (
        f"{IN_PHONE} > phone: hold_music is 0, and nothing has this id; clear it with unset (null in a document)"
    ),
    phone("phone: {geo_list: NO}"): f"{IN_PHONE} > phone: geo_list {NO_TRUTH}",
    phone("phone: {conference_pin: 0042}"): f"{IN_PHONE} > phone: conference_pin {LOST_ZEROS}",
    phone("phone: {password: 0042}"): f"{IN_PHONE} > phone: password {LOST_ZEROS}",
    "extensions: [{number: '200', queue: {exit_key: 1}}]": f'extensions[0] "200" > queue: exit_key {LOST_ZEROS}',
    "extensions: [{number: '300', ivr: {contexts: [{name: main, options: [{digits: 010}]}]}}]": (
        f'extensions[0] "300" > ivr > contexts[0] "main" > options[0] "8": digits {LOST_ZEROS}'
    ),
    rules("{action: play_digits, digits: 010}"): f"{IN_MENU} > rules[0]: digits {LOST_ZEROS}",
    rules("{action: jump_to_context, context: main, context_option: 010}"): (
        f"{IN_MENU} > rules[0]: context_option {LOST_ZEROS}"
    ),
    phone("incom_rules: [{type: busy, control_code: 010}]"): (
        f"{IN_PHONE} > incom_rules[0]: control_code {LOST_ZEROS}"
    ),
    "extensions: [{number: '1', fax: {email_to_fax_accept: [no]}}]": (
        f'extensions[0] "1" > fax: email_to_fax_accept[0] {NO_TRUTH}'
    ),
    phone("extension_group: yes"): (
        f"{IN_PHONE}: extension_group is true or false, where a name or an id belongs; write it in quotes"
    ),
    phone("extension_group: ' '"): f"{IN_PHONE}: extension_group is empty; name its target, or clear it with "
    "unset (null in a document)",
    phone("extension_group: {id: 5}"): f"{IN_PHONE}: extension_group is a dictionary, where a name or an id belongs",
    phone("phone: {record_format: ogg}"): f'{IN_PHONE} > phone: record_format "ogg" is none of mp3, wav',
    "extensions: [{number: '1', type: phones}]": (
        'extensions[0] "1": type "phones" is none of phone, queue, ivr, fax, conference'
    ),
    "extensions: [{number: '500', conference: {pin: ''}}]": (
        'extensions[0] "500" > conference: pin is empty; give one, or clear it with unset (null in a document)'
    ),
    "sounds: [{title: Welcome, file: ''}]": 'sounds[0] "Welcome": file is empty; give one',
    # A password is never shown, not even a wrong one.
    phone("phone: {password: [hunter2]}"): f"{IN_PHONE} > phone: password is a list, where a plain value belongs",
    phone("phone: {password: {x: hunter2}}"): (
        f"{IN_PHONE} > phone: password is a dictionary, where a plain value belongs"
    ),
    # Null where nothing can be cleared.
    phone("ani_rfc3325:"): f"{IN_PHONE}: ani_rfc3325 cannot be cleared; give it a value, or leave it out",
    phone("type:"): f"{IN_PHONE}: type cannot be cleared; give it a value, or leave it out",
    phone("phone: {password: }"): f"{IN_PHONE} > phone: password cannot be cleared; give it a value, or leave it out",
    phone("users: [{login: a, email: }]"): (
        f'{IN_PHONE} > users[0] "a": email cannot be cleared; give it a value, or leave it out'
    ),
    rules("{action: }"): f"{IN_MENU} > rules[0]: action cannot be cleared; give it a value",
    # Lists in an object.
    "extensions: [{number: '1', fax: {email_to_fax_accept: [a@b.example, null]}}]": (
        'extensions[0] "1" > fax: email_to_fax_accept[1] is empty'
    ),
    "extensions: [{number: '1', fax: {email_to_fax_accept: a@b.example}}]": (
        "extensions[0] \"1\" > fax: email_to_fax_accept is 'a@b.example', which is not a list"
    ),
    "intervals: [{name: Night, conditions: [5]}]": (
        'intervals[0] "Night": conditions[0] is 5, which is not a dictionary'
    ),
    "intervals: [{name: Night, conditions: [{month: May}]}]": (
        "intervals[0] \"Night\": conditions[0].month is 'May', which is not a whole number; "
        "1 is January, 12 is December"
    ),
    "intervals: [{name: Night, conditions: [{start_time: 64800, end_time: '19:00'}]}]": (
        'intervals[0] "Night": conditions[0].start_time is 64800, which is not a time of day; '
        'write it as "hh:mm:ss", in quotes'
    ),
    "dial_rules: [{dial_rules: [{match_exp: ^9}]}]": 'dial_rules[0] "^9": dial_rules[0] lacks repl_exp',
}

TOGETHER = {
    # Half pairs.
    "intervals: [{name: Night, conditions: [{start_time: '18:00'}, {month: 1}]}]": (
        'intervals[0] "Night": conditions[0] has start_time without end_time; give both'
    ),
    "intervals: [{name: Night, conditions: [{month: 7, start_time: '18:00', end_time: '08:00'}]}]": (
        'intervals[0] "Night": conditions[0] has start_time 18:00:00, which is after end_time 08:00:00; '
        "write two conditions, one until midnight and one for the next day"
    ),
    "intervals: [{name: Never, conditions: [{}]}]": (
        'intervals[0] "Never": conditions[0] is empty; give it a date, a day or a time'
    ),
    rules("{action: voicemail, match_variable_name: lang}"): (
        f"{IN_MENU} > rules[0]: match_variable_name needs match_variable_value; give both"
    ),
    # Rules.
    rules("{}"): f"{IN_MENU} > rules[0]: action is missing; a new IVR rule needs it",
    rules("{name: Desk, action: transfer}"): f'{IN_MENU} > rules[0] "Desk": action transfer needs transfer_dst',
    rules("{action: transfer, transfer_dst: }"): f"{IN_MENU} > rules[0]: action transfer needs transfer_dst",
    rules("{action: voicemail}, {action: play_sound}"): (
        f"{IN_MENU} > rules[1]: action play_sound needs sound, or play_sound_from_variable"
    ),
    rules("{action: voicemail, sound: Welcome}"): (
        f"{IN_MENU} > rules[0]: sound means nothing to action voicemail, which takes no parameter; leave it out"
    ),
    rules("{action: voicemail, caller_id_action: matches}"): (
        f"{IN_MENU} > rules[0]: caller_id_action matches needs a caller_id"
    ),
    rules("{action: voicemail, caller_id: ^7}"): (
        f"{IN_MENU} > rules[0]: caller_id is looked at only with caller_id_action matches or not_matches; "
        "set one of them"
    ),
    rules("{action: transfer, transfer_dst: 1 2 3 4 5 6 7 8 9 10 11}"): (
        f"{IN_MENU} > rules[0]: transfer_dst has 11 numbers; transfer takes 10 at the most, simple_transfer takes more"
    ),
    phone("incom_rules: [{type: cascade}]"): f"{IN_PHONE} > incom_rules[0]: type cascade needs cascade_numbers",
    phone("incom_rules: [{type: cascade, cascade_numbers: [{number: '102'}]}]"): (
        f"{IN_PHONE} > incom_rules[0]: cascade_numbers[0] lacks delay"
    ),
    phone("incom_rules: [{type: cascade, cascade_numbers: 102}]"): (
        f"{IN_PHONE} > incom_rules[0]: cascade_numbers is 102, which is not a list"
    ),
    # A value of the wrong type is not reported as missing, and values that depend on it are left alone.
    rules("{action: [transfer], sound: x}"): f"{IN_MENU} > rules[0]: action is a list, where a plain value belongs",
    rules("{action: transfer, transfer_dst: [1]}"): (
        f"{IN_MENU} > rules[0]: transfer_dst is a list, where a plain value belongs"
    ),
    rules("{action: voicemail, caller_id_action: matches, caller_id: []}"): (
        f"{IN_MENU} > rules[0]: caller_id is a list, where a plain value belongs"
    ),
    # Fields that others make meaningless, as far as the document tells.
    "extensions: [{number: '200', queue: {sound_type: ring, sound: Music}}]": (
        'extensions[0] "200" > queue: sound means something only while sound_type is music, and it is ring; '
        "declare sound_type too, or leave sound out"
    ),
    "extensions: [{number: '200', queue: {exit_key: '12'}}]": (
        'extensions[0] "200" > queue: exit_key "12" is not one key of a phone: a digit, * or #'
    ),
    "extensions: [{number: '300', ivr: {contexts: [{name: main, options: [{digits: A}]}]}}]": (
        'extensions[0] "300" > ivr > contexts[0] "main" > options[0] "A": digits "A" is neither a key of a phone '
        "(0-9, *, #) nor start, timeout, invalid"
    ),
    "sounds: [{title: Welcome, file: /nowhere/welcome.wav}]": (
        'sounds[0] "Welcome": file "/nowhere/welcome.wav" is not there'
    ),
}

TWICE = {
    "extensions: [{number: '101'}, {number: 101}]": (
        'extensions[1] "101": the same extension stands at extensions[0] "101" already'
    ),
    "extensions: [{number: '101'}, {name: 0001*101}]": (
        'extensions[1] "0001*101": the same extension stands at extensions[0] "101" already'
    ),
    phone(
        "events: [{event_type: hangup, url: http://a}, {event_type: answer, url: http://a}, {event_type: hangup, url: http://a}]"
    ): (f'{IN_PHONE} > events[2] "hangup http://a": the same event stands at events[0] "hangup http://a" already'),
    "extensions: [{number: '200', queue_agents: [{agent: 7}, {agent_id: '7'}]}]": (
        'extensions[0] "200" > queue_agents[1] "7": the same queue agent stands at queue_agents[0] "7" already'
    ),
    "dial_rules: [{dial_rules: [{match_exp: a, repl_exp: b}]}, {dial_rules: [{repl_exp: b, match_exp: a}]}]": (
        'dial_rules[1] "b -> a": the same dial rule stands at dial_rules[0] "a -> b" already'
    ),
}

ODD = {
    phone("agents: [{name: 'a > b'}, {name: 'a > b'}]"): (
        f'{IN_PHONE} > agents[1] "a > b": the same agent stands at agents[0] "a > b" already'
    ),
    'extension_groups: [{name: "two\\nlines", x: 1}]': (
        'extension_groups[0] "two lines": there is no x; there are: name, extra_params'
    ),
    "extension_groups: [{name: 'שלום \"x\"', x: 1}]": (
        'extension_groups[0] "שלום "x"": there is no x; there are: name, extra_params'
    ),
    "extension_groups: [{name: {a: b}}]": (
        "extension_groups[0] \"{'a': 'b'}\": name is a dictionary, where a plain value belongs"
    ),
}

WRONG = {**SHAPE, **NAMES, **VALUES, **TOGETHER, **TWICE, **ODD}

RIGHT = [
    "{}",
    "extensions: []",
    phone("agents: [], incom_rules: [], phone: {}"),
    phone("label: , extension_group: , caller_id_name: "),
    phone("ani: 74951234567"),
    phone("ani: {ani_number: '74951234567'}"),
    # The PBX knows the type of an extension that exists, so the document is not refused.
    "extensions: [{number: '300', ivr: {}, queue: {}, phone: {}}]",
    # A rule has no name that would have to be its own.
    phone("incom_rules: [{type: voicemail}, {type: voicemail}]"),
    phone("incom_rules: [{name: A, type: busy}, {name: A, type: busy}]"),
    phone("incom_rules: [{name: , type: busy, interval: }]"),
    rules("{name: '', action: voicemail}"),
    # The value of the controlling field on the PBX is not known here.
    "extensions: [{number: '200', queue: {sound: Music}}]",
    # YAML reads yes and no as truth values.
    phone("phone: {record_stereo: yes}"),
    phone(f"phone: {{password: '{PLACEHOLDER}'}}, users: [{{login: a, password: '{PLACEHOLDER}'}}]"),
    "dids: [{name: '7812', extension: }]",
    "dids: [{name: '7812', extension_id: 5, message_extension: '101'}]",
]

# Documents that the collection accepts, but that people hardly ever mean: an editor marks them.
TOLERATED = [
    "intervals: [{name: Night, conditions: [{month: 0, start_dow: 2, end_dow: 1}]}]",
    "intervals: [{name: Night, conditions: [{start_dow: 2, end_dow: 1, end_mday: null, start_time: ''}]}]",
    "intervals: [{name: Night, conditions: [{start_datetime: '2026-01-01 00:00:00', "
    "end_datetime: '2026-01-02 00:00:00', month: 1}]}]",
    phone("phone: {record_format: None}"),
]
