# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call tests of the demo's clinic, as its operator would write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ansible_collections.telops.pbx.plugins.module_utils._flow.budget import Budget
from ansible_collections.telops.pbx.plugins.module_utils._flow.call import Press
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.explored import Explored
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.reading import SHORT
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.words import WORDS
from tests.tools.tree import ROOT
from tests.unit.flow.trying import Sampling, one, refused, report

HOLD = """
timezone: Europe/Berlin
calls:
  - {name: One key to the appointments, call: "74950000101", at: 2026-11-24 10:00, press: ["1"], expect: {queue: "200"}}
  - name: The evening of the last day of the year
    call: "74950000101"
    at: 2026-12-31 20:00
    expect: {hears: [Closed], voicemail: "300"}
  - name: Dr. Weber is out
    call: "74950000102"
    at: 2026-11-24 10:00
    phones: {"103": no_answer}
    expect: {rings: ["103"], voicemail: "103", within: 35}
  - name: Dr. Weber talks, the reception helps
    call: "103"
    at: during Opening hours and outside Public holidays
    phones: {"103": busy}
    expect: {answered: "101"}
  - name: No appointments on holidays, whatever is pressed
    call: ["74950000101", "74950000102"]
    from: ["+4930555123", "+79161234567", anonymous]
    at: during Public holidays
    press: any
    never: {queue: "200"}
  - name: The day on which clocks go back
    call: "74950000101"
    at: every 15 min from 2026-10-25 00:00 to 2026-10-26 00:00
    never: {queue: any}
  - name: Night mode
    call: "74950000101"
    at: 2026-11-24 23:00
    codes: ["*91"]
    expect: {rule: Night mode, answered: "112"}
  - name: Help without a key
    call: any
    at: during Opening hours
    press: nothing
    expect: {within: 60, one_of: [{answered: any}, {voicemail: any}]}
  - name: Nobody is logged in
    call: "74950000101"
    at: 2026-11-24 10:00
    press: ["1", "1"]
    agents: out
    expect: {voicemail: "200", waits: 0}
  - name: The second level
    call: "200"
    phones: {"101": busy, "102": busy}
    expect: {answered: "111/Clara", within: 50}
  - name: The webhook sends the caller back
    call: "300"
    at: 2026-11-24 10:00
    press: ["1", "2", "12345678"]
    webhooks: {"https://crm.example.com/pbx/cancel": [[{jump: {context: day, option: start}}]]}
    expect: {visits: day}
  - name: The webhook is down
    call: "300"
    at: 2026-11-24 10:00
    press: ["1", "2", "12345678"]
    webhooks: {"https://crm.example.com/pbx/cancel": [error]}
    expect: {queue: "200"}
"""


def test_they_hold() -> None:
    found = report(HOLD, explorer=Explored())
    assert found.message == ""
    calls = {result.name: result.calls for result in found.results}
    assert calls["One key to the appointments"] == 1
    # 97 quarters, and one hour twice.
    assert calls["The day on which clocks go back"] == 101
    assert calls["Help without a key"] == 2 * calls["Dr. Weber talks, the reception helps"] + 42
    assert found.as_dict()["today"] == "2026-11-24"


def test_the_example_of_the_page_holds_and_the_page_names_every_word() -> None:
    page = (ROOT / "docs" / "calls.md").read_text(encoding="utf-8")
    section = page.partition("## Call tests: the form\n")[2].partition("\n## ")[0]
    found = report(section.partition("```yaml\n")[2].partition("```")[0])
    assert found.message == ""
    assert len(found.results) == 2
    named = {
        name for line in section.splitlines() if line.startswith("| `") for name in re.findall("`([a-z_]+)`", line)
    }
    assert set(WORDS) <= named, f"describe in docs/calls.md: {', '.join(sorted(set(WORDS) - named))}"
    assert set(SHORT) - {"name"} <= named


def test_the_recipes_of_the_page_hold_as_they_are_printed() -> None:
    page = (ROOT / "docs" / "calls.md").read_text(encoding="utf-8")
    section = page.partition("## Call tests: recipes\n")[2].partition("\n## ")[0]
    recipes = re.findall(r"^### ([^\n]+)\n\n```yaml\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert len(recipes) == section.count("### ") == 10
    for title, tests in recipes:
        found = report(tests, explorer=Explored())
        assert found.message == "", title


def test_the_names_of_the_results_are_stable() -> None:
    found = one('{call: "74950000101", at: 2026-11-24 10:00, press: ["1"], expect: {queue: "200"}}').as_dict()
    assert list(found) == [
        "name", "place", "call", "passed", "outcome", "trace", "fired", "assumptions", "unknown", "not_modelled",
        "random", "calls", "failed", "message", "words",
    ]  # fmt: skip
    assert found["call"] == {
        "to": "74950000101",
        "from": {"number": "70000000000", "anonymous": False},
        "at": 1795510800,
        "local": "Tue 2026-11-24 10:00 +01:00",
        "press": ["1"],
    }
    assert found["outcome"] == {"class": "answered", "by": "101/Anna", "queue": "200", "at": 28000}
    assert "trace" not in one('{call: "101"}').as_dict(trace=False)


def test_without_the_second_half_a_holiday_is_the_witness() -> None:
    result = one('{call: "103", at: during Opening hours, phones: {"103": busy}, expect: {answered: "101"}}')
    assert not result.passed
    assert 0 < result.failed < result.calls
    assert result.call["local"] == "Thu 2026-12-24 08:00 +01:00"
    assert result.message.splitlines() == [
        f"calls[0]: {result.failed} of {result.calls} calls fail; the smallest of them:",
        "  call to 103 from 70000000000; at Thu 2026-12-24 08:00 +01:00; phones 103 busy",
        "  expected: answered 101 - found: voicemail 103 after 5 s",
        "  happened: voicemail 103 after 5 s",
        '  decided by: extensions[2] "103" > incom_rules[0] "Nobody on holidays"',
        "         0 s  extension 103 phone",
        '         0 s  rule extensions[2] "103" > incom_rules[0] "Nobody on holidays"',
        "         0 s  sound Voicemail greeting for 5 s foreground",
        "         5 s  voicemail 103",
    ]


def test_a_long_timeline_keeps_its_beginning_and_its_end() -> None:
    result = one('{call: "200", phones: nobody, expect: {answered: "111/Clara"}}')
    assert not result.passed
    assert " more ..." in result.message
    assert len(result.message.splitlines()) == 31


class Backwards(Sampling):
    """The longest lists of keys first."""

    def key_lists(self, *about: Any) -> Iterator[tuple[Press, ...]]:
        yield from reversed(list(super().key_lists(*about)))


def test_the_smallest_failing_call_has_the_fewest_keys() -> None:
    test: dict[str, Any] = yaml.safe_load('{call: "300", at: 2026-11-24 10:00, press: any, never: {queue: "200"}}')
    for explorer in (Sampling(), Backwards()):
        result = one(test, explorer=explorer)
        # Those that press 1 once or often, and none that leaves the appointments again with the star.
        assert (result.calls, result.failed) == (15, 8)
        assert result.call["press"] == ["1"]
    # Without a failing call, the first one is shown.
    assert len(one({**test, "never": {"fax": "any"}}, explorer=Backwards()).call["press"]) == 3


# Nobody is left alone on any line: all callers, times and keys, with everybody there and with nobody there.
EVERYWHERE = """
call: any
from: any
at: any
phones: [fair, nobody]
expect: {silence: 10}
never: [{endless: any}, {hangup: unallocated}]
"""


def test_any_time_and_any_caller_are_explored() -> None:
    result = one(EVERYWHERE, explorer=Explored())
    assert result.passed, result.message
    assert 60 < result.calls < 2000


def test_any_keys_are_explored_at_every_time() -> None:
    result = one('{call: "300", at: any, press: any, depth: 1, never: {queue: "200"}}', explorer=Explored())
    assert not result.passed
    # The smallest way to the queue, in the first minute in which it is open from the day of the run on.
    assert result.call["press"] == ["1"]
    assert result.call["local"] == "Tue 2026-11-24 08:00 +01:00"


def test_exploration_and_sampling_find_the_same_callers_failing() -> None:
    for judge in ("never: {queue: any}", "expect: {voicemail: any}", "expect: {within: 25}"):
        test = f'{{call: "74950000101", from: any, at: any, {judge}}}'
        found = [one(test, explorer=explorer) for explorer in (Explored(), Sampling())]
        assert found[0].passed == found[1].passed
        assert found[0].outcome == found[1].outcome


def test_an_exploration_that_would_take_too_long_is_refused() -> None:
    sentence = refused([yaml.safe_load(EVERYWHERE)], explorer=Explored(Budget(20)))
    assert sentence.startswith("calls[0]: stands for more than can be tried: not all times of calls to")


def test_patterns_that_cannot_be_explored_exactly_are_known() -> None:
    explored = Explored()
    one("{call: any, from: any, at: 2026-11-24 10:00}", explorer=explored)
    assert explored.not_exact == ()


def test_a_question_never_fails() -> None:
    result = one('{call: "74950000101", at: 2026-11-24 10:00}')
    assert result.passed
    assert result.outcome["by"] == "101"
    assert one('{call: "74950000101"}').passed


def test_raw_calls_are_taken_as_they_are() -> None:
    raw = {"to": "74950000101", "at": 1795510800, "press": ["1"], "world": {"agents": {"101/Anna": {"talk": 1}}}}
    assert one({**raw, "expect": {"queue": "200"}}).passed
    assert one({"to": "99"}).outcome == {"class": "hangup", "cause": "unallocated", "told": False, "at": 0}
    found = report([{"to": "101", "from": {"number": "1"}}] * 500)
    assert {result.outcome["by"] for result in found.results} == {"101"}
