# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words of call tests: when each holds, and the sentence where one does not."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.words import WORDS
from tests.unit.flow.calling import agents, menu, phone, queue
from tests.unit.flow.chance import Chance, assumptions, call, tenant, world
from tests.unit.flow.trying import one, refused, subject

EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "3"))

# Numbers from 1 on are phones, from 2 on queues, from 3 on menus; then a fax and a conference.
TENANT: dict[str, Any] = {
    "dids": [{"name": "74950000101", "extension": "300"}, {"name": "74950000102"}],
    "extensions": [
        agents("101", "Anna"),
        phone("102", {"name": "Away", "type": "transfer", "transfer_dst": "+4930111", "transfer_timeout": 20}),
        {**phone("103"), "phone": {"vm_enabled": True, "vm_greeting": "Greeting", "hangup_timeout": 10}},
        phone("104", {"name": "Both", "type": "transfer", "transfer_dst": "101 106", "transfer_timeout": 8}),
        phone("106"),
        {**phone("105"), "status": "blocked"},
        queue("200", "101/Anna", max_wait_time=60, sound_type="announcement", start_sound="Welcome"),
        queue("201", "101/Anna", sound_type="music", max_wait_time=60, agent_hangup_action="quality_rate"),
        queue("202", "101/Anna", sound_type="music", exit_with_no_av_agents=True),
        queue("203", sound_type="music"),
        menu(
            "300",
            {
                "main": {
                    "start": [
                        {"name": "Hello", "action": "play_sound", "sound": "Welcome"},
                        {"action": "play_silence", "silence_time": 3000},
                        {"action": "play_sound", "sound": "Menu"},
                    ],
                    "1": [
                        {"action": "set_caller_id_number", "caller_id_number": "555"},
                        {"name": "To Anna", "action": "transfer", "transfer_dst": "101"},
                    ],
                    "2": [{"action": "jump_to_context", "context": "more", "context_option": "start"}],
                    "3": [{"action": "hangup", "cause": "busy"}],
                    "4": [{"action": "jump_to_context", "context": "main", "context_option": "4"}],
                    "timeout": [{"action": "play_silence", "silence_time": 20000}, {"action": "hangup"}],
                    "digit_len": 1,
                },
                "more": {"start": [{"action": "play_sound", "sound": "More"}, {"action": "hangup"}]},
            },
        ),
        {"number": "400", "type": "fax"},
        {"number": "500", "type": "conference", "conference": {"pin": "4711"}},
    ],
}
ON = subject(TENANT)


def judged(test: str, judge: str) -> bool:
    """Whether a test with these words passes, which are expected or must never be."""
    return one({**yaml.safe_load(f"{{{test}}}"), **yaml.safe_load(f"{{{judge}}}")}, ON).passed


# A call, words that hold of it, and words that do not.
TABLE = [
    ('call: "101"', 'answered: "101"', 'answered: "102"'),
    ('call: "101"', "answered: any", "answered: 101/Anna"),
    ('call: "101"', 'answered: ["102", "101"]', 'answered: ["102", "103"]'),
    ('call: "102"', 'answered: "+4930111"', 'answered: "102"'),
    ('call: "200"', "answered: 101/Anna", 'queue: "201"'),
    ('call: "200"', 'answered: "101"', 'voicemail: any'),
    ('call: "200"', 'queue: "200"', 'queue: ["201", "202"]'),
    ('call: "101"', "told: true", "queue: any"),
    ('call: "103", phones: nobody', 'voicemail: "103"', 'voicemail: "300"'),
    ('call: "103", phones: nobody', 'voicemail: any', "answered: any"),
    ('call: "400"', 'fax: "400"', "conference: any"),
    ('call: "500", press: "4711"', 'conference: "500"', "fax: any"),
    ('call: "500", press: ["1", "2", "3"]', "hangup: rejected_pin", "hangup: busy"),
    ('call: "101", phones: busy', "hangup: busy", "hangup: [normal, no_answer]"),
    ('call: "101", phones: nobody', "hangup: no_answer", "hangup: busy"),
    ('call: "74950000102"', "hangup: unallocated", "told: true"),
    ('call: "74950000102"', "told: false", "answered: any"),
    ('call: "105"', "hangup: blocked", "hangup: normal"),
    ('call: "300", press: "3"', "hangup: any", "abandoned: any"),
    ('call: "300", press: "3"', "told: true", "told: false"),
    ('call: "300"', "hangup: normal", "told: true"),
    ('call: "300", patience: 4', "abandoned: menu", "abandoned: [queue, ringing]"),
    ('call: "101", patience: 4', "abandoned: ringing", "within: 100"),
    ('call: "200", patience: 6, phones: nobody', "abandoned: queue", "endless: any"),
    ('call: "300", press: "4"', "endless: circle", "within: 100"),
    ('call: "203"', "endless: queue", "waits: 100000"),
    ('call: "300"', "hears: [Welcome, Menu]", "hears: [Menu, Welcome]"),
    ('call: "300"', "hears: Menu", "hears: [Welcome, Welcome]"),
    ('call: "300"', "hears: any", "hears: More"),
    ('call: "300", sounds: {Welcome: 0}', "hears: Menu", "hears: Welcome"),
    ('call: "101"', "told: false", "hears: any"),
    ('call: "104"', 'rings: ["101", "106"]', 'rings: "102"'),
    ('call: "104"', "rings: any", 'rings: "102"'),
    ('call: "104", phones: {"106": busy}', 'rings: "101"', 'rings: "106"'),
    ('call: "104", phones: {"106": {registered: false}}', 'rings: "101"', 'rings: "106"'),
    ('call: "200"', 'rings: ["101"]', 'rings: "102"'),
    ('call: "200"', "rings: 101/Anna", "rings: '102'"),
    ('call: "300", press: "2"', "visits: more", "queue: any"),
    ('call: "300", press: "2"', "visits: 300/more", "answered: any"),
    ('call: "300"', "visits: [more, main]", "visits: more"),
    ('call: "101"', 'answered: "101"', "visits: any"),
    ('call: "102"', "rule: Away", "rule: Both"),
    ('call: "300", press: "1"', "rule: [Away, To Anna]", "rule: [Away, Both]"),
    ('call: "101"', 'answered: "101"', "rule: any"),
    ('call: "300", press: "1"', 'shows: "555"', 'shows: "70000000000"'),
    ('call: "300", press: "2"', 'shows: "70000000000"', "shows: anonymous"),
    ('call: "101", from: anonymous', "shows: anonymous", "shows: any"),
    ('call: "101", from: "+49301"', 'shows: ["+49301", anonymous]', 'shows: "49301"'),
    ('call: "101"', "within: 5", "within: 4.9"),
    ('call: "101"', "silence: 0", "within: 0"),
    # 20 s of silence, after 5 s in which no key came.
    ('call: "300"', "silence: 25", "silence: 24.9"),
    # From the wait clock, which starts after the start sound, to the end of the ring.
    ('call: "200"', "waits: 5", "waits: 4"),
    ('call: "200", phones: nobody', "waits: 60", "waits: 59"),
    ('call: "200", phones: nobody, patience: 20', "waits: 15", "waits: 14"),
    ('call: "101"', "waits: 0", "queue: any"),
    # A queue with announcements is not silent; one with music and nothing to play is, while its agent is busy.
    ('call: "200", phones: busy', "silence: 0", "within: 1"),
    ('call: "201", phones: busy', "silence: 60", "silence: 59"),
    # A conversation before the agent hangs up is no silence; 5 s for a rating are.
    ('call: "201", agent_hangs_up: true', "silence: 5", "silence: 4"),
    ('call: "200", agents: out', "waits_in_empty_queue: 60", "waits_in_empty_queue: 59"),
    ('call: "200", phones: nobody', "waits_in_empty_queue: 0", "waits: 0"),
    ('call: "202", agents: out', "waits_in_empty_queue: 0", "endless: any"),
    ('call: "202", agents: out', 'queue: "202"', "answered: any"),
    ('call: "203"', "endless: any", "waits_in_empty_queue: 100000"),
    ('call: "101"', "one_of: [{fax: any}, {answered: any, within: 5}]", "one_of: [{answered: any, within: 4}]"),
    ('call: "101"', 'one_of: [{one_of: [{fax: any}, {answered: any}]}]', "one_of: [{fax: any}]"),
]  # fmt: skip


@pytest.mark.parametrize(("test", "holds", "fails"), TABLE)
def test_words(test: str, holds: str, fails: str) -> None:
    assert judged(test, f"expect: {{{holds}}}")
    assert not judged(test, f"never: {{{holds}}}")
    assert not judged(test, f"expect: {{{fails}}}")
    assert judged(test, f"never: {{{fails}}}")


def test_the_table_tries_every_word() -> None:
    tried = {word for row in TABLE for words in row[1:] for word in yaml.safe_load(f"{{{words}}}")}
    assert tried == set(WORDS), f"try each word in TABLE: {', '.join(sorted(tried ^ set(WORDS)))}"


def test_a_list_of_mappings_is_all_their_words() -> None:
    assert judged('call: "101"', "expect: [{answered: any}, {within: 5}]")
    assert not judged('call: "101"', "expect: [{answered: any}, {within: 4}]")
    # None may hold, each by itself.
    assert not judged('call: "101"', "never: [{queue: any}, {within: 5}]")
    assert not judged('call: "101"', "never: {queue: any, within: 5}")


def test_never_rings_means_each_by_itself() -> None:
    assert not judged('call: "104"', 'expect: {rings: ["101", "102"]}')
    assert not judged('call: "104"', 'never: {rings: ["101", "102"]}')
    assert judged('call: "101"', 'never: {rings: ["102", "103"]}')
    # A sequence of sounds stays one.
    assert judged('call: "300"', "never: {hears: [Menu, Welcome]}")


def test_expect_and_never_together() -> None:
    assert judged('call: "104"', 'expect: {answered: "101"}, never: {answered: "103"}')
    assert not judged('call: "104"', 'expect: {answered: "101"}, never: {rings: "106"}')


@pytest.mark.parametrize(
    ("judge", "sentence"),
    [
        ("expect: {}", "calls[0].expect: says nothing; the words are: answered, queue"),
        ("expect: []", "calls[0].expect: says nothing"),
        ("expect: {reaches: x}", "calls[0].expect: there is no reaches; there are: answered, queue, voicemail"),
        ("never: [{qeue: x}]", "calls[0].never[0]: there is no qeue; there are: answered, queue"),
        ("expect: text", "calls[0].expect: 'text' stands where a dictionary belongs"),
        ("expect: {answered: 101}", "calls[0].expect.answered: 101 is not text; write it in quotes"),
        ("expect: {answered: ['101', 102]}", "calls[0].expect.answered[1]: 102 is not text"),
        ("expect: {answered: []}", "calls[0].expect.answered: an empty list names nothing"),
        ("expect: {answered: '199'}", "calls[0].expect.answered: there is no 199; there are: 101, 102"),
        ("expect: {answered: 101/Bob}", "calls[0].expect.answered: there is no agent 101/Bob; there are: 101/Anna"),
        ("expect: {rings: '199'}", "calls[0].expect.rings: there is no 199"),
        ("expect: {queue: '101'}", "calls[0].expect.queue: there is no '101'; there are: 200, 201, 202, 203"),
        ("expect: {fax: '500'}", "calls[0].expect.fax: there is no '500'; there are: 400"),
        ("expect: {hangup: noanswer}", "calls[0].expect.hangup: there is no 'noanswer'; there are: normal, busy"),
        ("expect: {endless: menu}", "calls[0].expect.endless: there is no 'menu'; there are: queue, circle, any"),
        ("expect: {visits: day}", "calls[0].expect.visits: there is no 'day'; there are: main, 300/main, more"),
        ("expect: {rule: Night}", "calls[0].expect.rule: there is no 'Night'; there are: Away, Both, Hello, To Anna"),
        ("expect: {hears: Welcom}", "calls[0].expect.hears: there is no 'Welcom'; there are: Greeting, Menu, More"),
        ("expect: {within: soon}", "calls[0].expect.within: 'soon' is not a number of seconds"),
        ("expect: {told: 1}", "calls[0].expect.told: 1 is neither true nor false"),
        ("expect: {one_of: {fax: any}}", "calls[0].expect.one_of: a dictionary stands where a list belongs"),
        ("expect: {one_of: []}", "calls[0].expect.one_of: an empty list, which nothing can hold"),
        ("expect: {one_of: [{fux: any}]}", "calls[0].expect.one_of[0]: there is no fux"),
    ],
)  # fmt: skip
def test_wrong_words_are_refused(judge: str, sentence: str) -> None:
    test: Mapping[str, Any] = {"call": "101", **yaml.safe_load(f"{{{judge}}}")}
    assert refused([test], ON).startswith(sentence)


def test_a_webhook_may_play_what_no_rule_names() -> None:
    webhook = {"action": "call_interactive", "call_interactive_url": "https://a.example.com/x"}
    options = [{"digits": "start", "rules": [webhook]}]
    menu = {"entry_context": "main", "contexts": [{"name": "main", "options": options}]}
    on = subject({"extensions": [{"number": "300", "type": "ivr", "ivr": menu, "incom_rules": []}]})
    webhooks = {"https://a.example.com/x": [[{"play": "Sorry"}]]}
    assert one({"call": "300", "webhooks": webhooks, "expect": {"hears": "Sorry"}}, on).passed


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**32))
def test_never_is_the_opposite_of_expect_for_every_call(seed: int) -> None:
    chance = Chance(seed)
    on = subject(tenant(chance))
    words: list[dict[str, Any]] = [
        *({name: "any"} for name in ("answered", "queue", "voicemail", "fax", "conference", "hangup", "abandoned")),
        *({name: "any"} for name in ("endless", "hears", "rings", "visits", "rule", "shows")),
        *({name: 10} for name in ("within", "silence", "waits", "waits_in_empty_queue")),
        {"told": True},
    ]
    for dummy in range(2):
        raw = {**call(chance), "world": world(chance), "assumptions": assumptions(chance)}
        known = one(raw, on).outcome["class"] != "unknown"
        for word in words:
            expected, never = one({**raw, "expect": word}, on), one({**raw, "never": word}, on)
            assert (expected.passed != never.passed) is known
            assert expected.outcome == never.outcome
            assert bool(expected.message) != expected.passed
