# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call tests as users write them: the short forms, the refusals, products, and hidden parts of messages."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._flow.raw import InputProblem
from tests.unit.flow.calling import agents, instant, menu, phone, queue
from tests.unit.flow.trying import MASK, TODAY, one, refused, report, subject

EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "100"))
HOOK = "https://user:hunter22@crm.example.com/pbx/token-1234567"
HOURS = {
    "name": "Open",
    "timezone": "Europe/Berlin",
    "conditions": [{"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "17:00:00"}],
}
TENANT: dict[str, Any] = {
    "dids": [{"name": "74950000101", "extension": "300"}, {"name": "74950000102", "extension": "101"}],
    "extensions": [
        agents("101", "Anna", "Ben"),
        phone("102", {"name": "Out", "type": "transfer", "transfer_dst": "+4930111", "transfer_timeout": 30}),
        queue("200", "101/Anna", "101/Ben", max_wait_time=60),
        {
            **menu(
                "300",
                {
                    "main": {
                        "start": [{"action": "transfer", "transfer_dst": "101", "interval": "Open"}],
                        "1": [{"action": "call_interactive", "call_interactive_url": HOOK}],
                        "2": [{"action": "voice_helper", "voice_helper_rules": []}],
                        "digit_len": 1,
                    }
                },
            ),
            "intervals": [HOURS],
        },
        {"number": "500", "type": "conference", "conference": {"pin": "4711", "moderator_pin": "815"}},
    ],
}
ON = subject(TENANT)
NOON = "2026-11-24 10:00"
NIGHT = "2026-11-24 22:00"


def tried(text: str) -> Any:
    return one(f"{{{text}}}", ON)


@pytest.mark.parametrize(
    ("tests", "sentence"),
    [
        ("{}", "calls: is missing; it is the list of the tests"),
        ("{tests: []}", "there is no tests; there are: timezone, world, assumptions, sounds, today, calls"),
        ("text", "calls: 'text' stands where a list belongs"),
        ("{calls: {}}", "calls: a dictionary stands where a list belongs"),
        ("{timezone: Berlin, calls: []}", "timezone: 'Berlin' is no time zone of the tz database"),
        ("{timezone: 3, calls: []}", "timezone: 3 is not text"),
        ("{today: tomorrow, calls: []}", "today: 'tomorrow' is no day; write YYYY-MM-DD"),
        ("{today: '2026-02-30', calls: []}", "today: '2026-02-30' is no day"),
        ("{assumptions: {own_cal: lazy}, calls: []}", "assumptions: there is no own_cal; there are: interval_clock"),
        ("{assumptions: {dnd: maybe}, calls: []}", "assumptions.dnd: 'maybe' is none of busy, no_answer"),
        ("{world: {phone: nobody}, calls: []}", "world: there is no phone; there are: phones, external, agents"),
        ("{world: {phones: [fair, busy]}, calls: []}", "world.phones: a list means alternatives"),
        ("{world: {phones: {'199': busy}}, calls: []}", "world.phones: there is no 199; there are: 101, 102"),
        ("{sounds: {Menu: long}, calls: []}", "sounds.Menu: 'long' is not a number of seconds"),
        ("['101']", "calls[0]: '101' stands where a dictionary belongs"),
        ("[{}]", "calls[0]: call is missing; name the DID or the extension that is called, or any"),
        ("[{cal: '101'}]", "calls[0]: there is no cal; there are: name, call, from, at, press"),
        ("[{call: '101'}, {call: '101', name: 3}]", "calls[1].name: 3 is not text"),
        ("[{call: 101}]", "calls[0].call: 101 is not text; write it in quotes"),
        ("[{call: 0101}]", "calls[0].call: 65 is not text; write it in quotes"),
        ("[{call: ['101', 102]}]", "calls[0].call[1]: 102 is not text"),
        ("[{call: []}]", "calls[0].call: an empty list means no call at all"),
        ("[{call: '199'}]", "calls[0].call: nobody has the number '199'; there are: 74950000101, 74950000102, 101"),
        ("[{call: '101', from: +4930111}]", "calls[0].from: 4930111 is not text; write it in quotes"),
        ("[{call: '101', from: anonymus}]", "calls[0].from: 'anonymus' is neither a number nor one of anonymous, any"),
        ("[{call: '101', from: []}]", "calls[0].from: an empty list means no call at all"),
        ("[{call: '101', from: any}]", "calls[0].from: any stands for all that the tenant treats apart"),
        ("[{call: '101', press: any}]", "calls[0].press: any stands for all that the tenant treats apart"),
        ("[{call: '101', at: any}]", "calls[0].at: any stands for all that the tenant treats apart"),
        ("[{call: '101', at: soon}]", "calls[0].at: 'soon' is no time"),
        ("[{call: '300', at: during Lunch}]", "calls[0].at: there is no interval Lunch; there are: Open"),
        ("[{call: '101', press: 1}]", "calls[0].press: 1 is not text"),
        ("[{call: '101', press: [1]}]", "calls[0].press[0]: 1 is not text"),
        ("[{call: '101', press: noting}]", "calls[0].press: 'noting' has signs that no phone has"),
        ("[{call: '101', press: [{key: '1'}]}]", "calls[0].press[0]: there is no key; there are: keys, say, after"),
        ("[{call: '101', press: '1', say: hello}]", "calls[0]: press and say stand together"),
        ("[{call: '101', depth: 2}]", "calls[0].depth: depth belongs to press: any"),
        ("[{call: '101', press: any, depth: 0}]", "calls[0].depth: 0 is not from 1 to 20"),
        ("[{call: '101', impatient: 1}]", "calls[0].impatient: 1 is neither true nor false"),
        ("[{call: '101', patience: long}]", "calls[0].patience: 'long' is not a number of seconds"),
        ("[{call: '101', phones: nobdy}]", "calls[0].phones: 'nobdy' is none of fair, nobody, busy"),
        ("[{call: '101', phones: [fair, {'101': busy}]}]", "calls[0].phones[1]: a dictionary is none of"),
        ("[{call: '101', phones: []}]", "calls[0].phones: an empty list; write one of fair, nobody, busy"),
        ("[{call: '101', phones: {'101': bussy}}]", "calls[0].phones.101.does: 'bussy' is none of"),
        ("[{call: '101', phones: {101: busy}}]", "calls[0].phones: 101 is not text; write it in quotes"),
        ("[{call: '101', phones: {'199': busy}}]", "calls[0].phones: there is no 199; there are: 101, 102"),
        ("[{call: '101', agents: none}]", "calls[0].agents: 'none' is none of out, in"),
        ("[{call: '101', agents: {101/Eva: out}}]", "calls[0].agents: there is no 101/Eva; there are: 101/Anna"),
        ("[{call: '101', agents: {101/Ben: away}}]", "calls[0].agents.101/Ben.status: 'away' is none of"),
        ("[{call: '101', queues: {'201': {}}}]", "calls[0].queues: there is no 201; there are: 200"),
        ("[{call: '101', conferences: {'501': 2}}]", "calls[0].conferences: there is no 501; there are: 500"),
        ("[{call: '101', codes: '*91'}]", "calls[0].codes: '*91' stands where a list belongs"),
        ("[{call: '101', assumptions: {dnd: x}}]", "calls[0].assumptions.dnd: 'x' is none of busy, no_answer"),
        ("[{call: '101', compare: {with: exported}, unchanged: any}]", "calls[0].compare.with: there is nothing to"),
        ("[{to: '101', call: '101'}]", "calls[0]: there is no call; there are: name, to, from, at, press"),
        ("[{to: 101}]", "calls[0].to: 101 is not text"),
        ("[{call: '101', codes: ['*99']}]", "calls[0].codes: there is no *99; there are none"),
        ("[{call: '101', webhooks: {'https://a.example.com/x': [error]}}]",
         "calls[0].webhooks: there is no https://a.example.com/x; there are: https://"),
        ("[{to: '101', at: 2026-11-24 10:00}]", "calls[0].at: '2026-11-24 10:00' is not an instant"),
        ("[{to: '101', world: {phones: {'101': busy}}}]", "calls[0].world.phones.101: 'busy' stands"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_one_sentence_with_its_place(tests: str, sentence: str) -> None:
    assert refused(tests, ON).startswith(sentence)


def test_the_address_of_a_webhook_is_masked_also_where_it_is_wrong() -> None:
    for test in ({"call": "300", "webhooks": {HOOK: [["fly"]]}}, {"to": "300", "world": {"webhooks": {HOOK: "x"}}}):
        sentence = refused([test], ON)
        assert sentence.startswith("calls[0].")
        assert "hunter22" not in sentence
        assert "token-1234567" not in sentence
        assert f'webhooks."{MASK.address(HOOK)}"' in sentence


def test_alternatives_are_a_product() -> None:
    result = tried(
        f'call: any, from: ["1", "2", anonymous], at: ["{NOON}", "{NIGHT}"], phones: [fair, nobody], agents: [in, out]'
    )
    assert result.calls == 2 * 3 * 2 * 2 * 2
    assert tried('call: ["101", "101", any]').calls == 3


def test_words_for_all_of_a_part() -> None:
    assert tried('call: "101", phones: nobody, expect: {hangup: no_answer}').passed
    assert tried('call: "101", phones: [nobody, busy], expect: {hangup: [busy, no_answer]}').passed
    assert tried('call: "102", external: busy, expect: {hangup: busy}').passed
    assert tried('call: "102", external: [nobody, fair], never: {queue: any}').calls == 2
    assert tried('call: "200", agents: out, expect: {endless: any}').passed is False
    assert tried('call: "200", agents: out, expect: {waits: 60}').passed
    assert tried('call: "200", agents: {"101/Anna": out}, expect: {answered: 101/Ben}').passed


def test_short_forms_of_devices() -> None:
    for does, sooner, later in (("3", 3, 2), ("{does: 4}", 4, 3), ("{reject: 2}", 2, 1)):
        base = f'call: "101", phones: {{"101": {does}}}, expect: {{one_of: [{{answered: any}}, {{hangup: any}}], '
        assert tried(base + f"within: {sooner}}}").passed
        assert not tried(base + f"within: {later}}}").passed
    assert tried('call: "101", phones: {"101": {registered: false}}, expect: {hangup: no_answer}').passed


def test_the_files_world_is_the_base_of_every_tests() -> None:
    found = report(
        {
            "world": {"phones": {"101": "busy", "102": "busy"}},
            "assumptions": {"phone_answers": 7},
            "calls": [
                {"call": "101", "expect": {"hangup": "busy"}},
                # An entry replaces the entry of its name, and no other.
                {"call": "101", "phones": {"101": 1}, "expect": {"within": 1}},
                {"call": "101", "phones": {"102": 1}, "expect": {"hangup": "busy"}},
                # A word for all replaces the whole part.
                {"call": "101", "phones": "fair", "expect": {"answered": "101", "within": 7}},
                {"call": "101", "phones": "fair", "assumptions": {"phone_answers": 9}, "never": {"within": 8}},
                {"to": "101", "world": {"phones": {"102": {}}}, "expect": {"hangup": "busy"}},
            ],
        },
        ON,
    )
    assert found.message == ""


def test_an_entry_beside_a_word_for_all() -> None:
    found = report(
        {
            "world": {"phones": "nobody"},
            "calls": [
                {"call": "101", "phones": {"101": 2}, "expect": {"answered": "101"}},
                {"call": "101", "phones": {"102": 2}, "expect": {"hangup": "no_answer"}},
            ],
        },
        ON,
    )
    assert found.message == ""


def test_what_is_said_and_pressed() -> None:
    result = tried(f'call: "300", at: "{NIGHT}", press: ["2", {{say: hello, after: 1}}]')
    assert [event["keys"] for event in result.trace if event["event"] == "keys"][:2] == ["2", "hello"]
    assert result.call["press"] == ["2", {"say": "hello", "after": 1.0}]
    assert tried(f'call: "300", at: "{NIGHT}", say: hello').call["press"] == [{"say": "hello", "after": 0.0}]
    assert tried(f'call: "300", at: "{NIGHT}", press: nothing').call["press"] == []
    manners = tried('call: "101", patience: 3, impatient: true, agent_hangs_up: true').call
    assert (manners["hang_up_after"], manners["impatient"], manners["agent_hangs_up"]) == (3, True, True)


def test_no_pin_is_ever_shown() -> None:
    test = 'call: "500", press: ["9999", "815"], patience: {patience}, expect: {{fax: any}}, from: "{sender}"'
    for patience in (0, 100):
        result = tried(test.format(patience=patience, sender="123"))
        shown = json.dumps(result.as_dict())
        assert not result.passed
        assert "815" not in shown
        assert patience == 0 or "9999" not in shown
        assert "***" in result.message


def test_addresses_of_webhooks_are_masked() -> None:
    test = {"call": "300", "at": NIGHT, "press": "1", "webhooks": {HOOK: ["error"]}, "expect": {"fax": "any"}}
    result = one({**test, "expect": {"answered": "any"}}, ON)
    assert not result.passed
    shown = json.dumps(result.as_dict())
    assert "hunter22" not in shown
    assert "token-1234567" not in shown
    assert shown.count(MASK.address(HOOK)) == 4


def test_todays_date_counts_the_year_and_is_told() -> None:
    test = {"call": "300", "at": "during Open"}
    late = report({"today": "2027-06-01", "calls": [test]}, ON)
    assert late.as_dict()["today"] == "2027-06-01"
    assert late.results[0].call["local"].startswith("Tue 2027-06-01 09:00")
    assert report([test], ON).as_dict()["today"] == "2026-11-24"
    # Nobody has asked.
    assert "today" not in report([{"call": "101"}], ON).as_dict()
    assert report(yaml.safe_load("{today: 2027-06-01, calls: []}"), ON).results == ()


def test_timestamps_of_yaml_are_local_times() -> None:
    tests = yaml.safe_load("[{call: '300', at: 2026-11-24 10:00:00}, {call: '300', at: 2026-11-24 10:00}]")
    assert {result.call["at"] for result in report(tests, ON).results} == {instant(NOON)}


def test_a_pin_that_is_typed_elsewhere_is_not_shown_either() -> None:
    result = tried(f'call: "300", at: "{NIGHT}", press: ["4711"], expect: {{fax: any}}')
    assert "4711" not in json.dumps(result.as_dict())


_WORDS = st.sampled_from(
    ["any", "101", "300", "200", "101/Anna", "main", "Open", "Out", "fair", "nobody", "busy", "out", "nothing", "1",
     "during Open", "outside Open and during Open", "every 6 h from 2026-11-24 00:00 to 2026-11-25 00:00", NOON, ""]
)  # fmt: skip
_PLAIN = _WORDS | st.none() | st.booleans() | st.integers(-2, 400) | st.floats(0, 9) | st.just(TODAY)
_KEYS = st.sampled_from(
    ["does", "registered", "101", "300", "keys", "after", "say", "one_of", "answered", "hears", "rings", "within", HOOK,
     "visits", "rule", "shows", "number", "anonymous", "status", "timezone", "reject", "play", "told"]
)  # fmt: skip
_VALUES = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.integers(0, 1), inner, max_size=3)
)
_TEST_KEYS = st.sampled_from(
    ["call", "to", "from", "at", "press", "say", "depth", "phones", "external", "agents", "queues", "webhooks",
     "sounds", "conferences", "variables", "codes", "patience", "impatient", "assumptions", "timezone", "expect",
     "never", "name", "world"]
)  # fmt: skip
_FILES = st.dictionaries(st.sampled_from(("calls", "world", "today", "assumptions")), _VALUES)
_TESTS = st.builds(
    lambda to, more: {"call": to, **more} if "to" not in more else more,
    st.sampled_from(["101", "300", "any", ["200", "500"]]),
    st.dictionaries(_TEST_KEYS, _VALUES, max_size=3),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(_TESTS, max_size=2) | _FILES | _VALUES)
def test_whatever_is_written_is_tried_or_refused_in_a_sentence(raw: Any) -> None:
    try:
        found = report(raw, ON)
    except InputProblem as problem:
        sentence = str(problem)
    else:
        sentence = ""
        for result in found.results:
            assert result.calls >= 1
            assert result.passed == (result.failed == 0)
            assert result.passed or result.message
        assert "hunter22" not in json.dumps(found.as_dict())
    assert "hunter22" not in sentence
    assert "\n" not in sentence


PART: dict[str, Any] = {"extensions": [phone("101"), {"number": "102", "type": "phone"}]}


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ({"call": "300"}, "when the call arrives, which an interval asks; say it with at"),
        ({"call": "300", "never": {"queue": "any"}}, "when the call arrives, which an interval asks; say it with at"),
    ],
)
def test_who_asks_an_interval_must_say_when(test: dict[str, Any], told: str) -> None:
    result = one({"expect": {"answered": "101"}, **test}, ON)
    assert not result.passed
    assert f"  not known: {told}" in result.message.splitlines()
    assert result.unknown == ["call: at"]


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("102", 'extensions[1] "102" > incom_rules; declare it, or lay the document over the PBX'),
        ("103", "which dids the tenant has; declare all of them, or lay the document over the PBX"),
    ],
)
def test_what_a_part_of_a_document_does_not_tell_is_no_pass(to: str, told: str) -> None:
    on = subject(PART, complete=False)
    for judge in ({"expect": {"answered": "any"}}, {"never": {"queue": "any"}}):
        result = one({"call": to, **judge}, on)
        assert (result.passed, result.failed) == (False, 1)
        assert f"  not known: {told}" in result.message.splitlines()
    assert one({"call": to}, on).passed
    assert "which DIDs there are is not known" in refused([{"call": "any"}], on)


def test_a_document_that_lacks_what_a_rule_names_is_told() -> None:
    broken = subject({"extensions": [phone("101", {"type": "busy", "interval": "Lost"})]})
    result = one({"call": "101", "at": "2026-11-24 10:00 Z", "expect": {"hangup": "busy"}}, broken)
    assert not result.passed
    assert 'incom_rules[0]: there is no interval "Lost"; mend it in the document' in result.message


def test_names_of_a_part_of_a_document_are_not_judged() -> None:
    on = subject(PART, complete=False)
    test = {"call": "101", "phones": {"999": "busy"}, "never": {"queue": "777", "rule": "Anything", "hears": "Song"}}
    assert one(test, on).unknown == ['extensions[0] "101" > phone: static_reg_address']
