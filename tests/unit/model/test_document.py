# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant document: its meaning, and one sentence for each mistake in it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._model.document import PLACEHOLDER, TENANT, Declared, parse
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.mistakes import CLINIC, RIGHT, TOLERATED, WRONG


def mistakes(text: str) -> list[str]:
    return parse(yaml.safe_load(text))[1]


@pytest.mark.parametrize(("text", "sentence"), WRONG.items())
def test_one_mistake_is_one_sentence(text: str, sentence: str) -> None:
    assert mistakes(text) == [sentence]


@pytest.mark.parametrize("text", RIGHT + TOLERATED)
def test_nothing_is_wrong(text: str) -> None:
    assert mistakes(text) == []


def test_the_clinic_is_right() -> None:
    root, wrong = parse(CLINIC)
    assert wrong == []
    assert len(root.inside["extensions"]) == 15
    assert [one.noun.name for one in root.walk()].count("ivr_context") == 5


def test_everything_is_told_at_once() -> None:
    text = """
    sonds: []
    extensions:
      - {number: "101", type: phone, phone: {hangup_timeout: soon}, agents: [{name: Anna}, {name: Anna}], queue: {}}
      - number: "300"
        incom_rules: [{type: transfer, interval: [], caller_id: x}]
        ivr:
          contexts:
            - {name: main, timeout: x, options: [{digits: "1", rules: [{action: jump_to_context}, {acton: hangup}]}]}
    intervals: [{name: Night, conditions: [{start_time: '25:00', month: May, x: 1}]}]
    """
    menu = 'extensions[1] "300" > ivr > contexts[0] "main"'
    assert mistakes(text) == [
        "there is no section sonds; did you mean sounds?",
        "intervals[0] \"Night\": conditions[0].start_time is '25:00', which is not a time of day; "
        'write it as "hh:mm:ss", in quotes',
        "intervals[0] \"Night\": conditions[0].month is 'May', which is not a whole number; "
        "1 is January, 12 is December",
        'intervals[0] "Night": conditions[0] has no field x; there are: month, start_mday, end_mday, start_dow, '
        "end_dow, start_time, end_time, start_datetime, end_datetime, sched_start_date, sched_active_days, "
        "sched_skip_days",
        'extensions[0] "101": queue belongs to extensions of type queue, and this one is of type phone',
        "extensions[0] \"101\" > phone: hangup_timeout is 'soon', which is not a whole number",
        'extensions[0] "101" > agents[1] "Anna": the same agent stands at agents[0] "Anna" already',
        f"{menu}: timeout is 'x', which is not a whole number",
        f'{menu} > options[0] "1" > rules[0]: action jump_to_context needs context',
        f'{menu} > options[0] "1" > rules[1]: there is no acton; did you mean action?',
        f'{menu} > options[0] "1" > rules[1]: action is missing; a new IVR rule needs it',
        'extensions[1] "300" > incom_rules[0]: interval is a list, where a name or an id belongs',
        'extensions[1] "300" > incom_rules[0]: type transfer needs transfer_dst',
        'extensions[1] "300" > incom_rules[0]: caller_id is looked at only with caller_id_action matches or '
        "not_matches; set one of them",
    ]


def test_a_placeholder_leaves_a_secret_alone() -> None:
    root, wrong = parse({"extensions": [{"number": "1", "phone": {"password": PLACEHOLDER, "replace_pin": "12"}}]})
    assert wrong == []
    assert root.inside["extensions"][0].inside["phone"][0].given == {"replace_pin": "12"}


def test_a_part_of_a_tenant_is_a_document_of_its_own() -> None:
    root, wrong = parse({"contexts": [{"name": "main", "timeout": None}], "x": 1}, NOUNS["ivr"])
    assert wrong == ["there is no section x; there are: contexts"]
    assert root.inside["contexts"][0].given == {"name": "main", "timeout": None}


def words(noun: Noun, depth: int = 0) -> set[str]:
    """The keys that mean something anywhere in a document."""
    found = {name for one in noun.writable for name in (one.name, one.sent_as)}
    found |= {part.name for one in noun.fields for part in one.parts}
    for section, kind in noun.contains:
        found |= {section} | words(NOUNS[kind])
    return found


KEYS = st.sampled_from(sorted(words(TENANT))) | st.text(max_size=4) | st.integers() | st.none() | st.booleans()
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 300),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["phone", "ivr", "transfer", "jump_to_context", "09:00", "2026-01-01", PLACEHOLDER, "None"]),
)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6))


def shaped(noun: Noun) -> st.SearchStrategy[Any]:
    """Documents that get deep: most sections where they belong, and anything in their fields."""
    fields = {name: LEAVES | JSON for one in noun.writable for name in (one.name, one.sent_as)}
    for section, kind in noun.contains:
        inside = st.deferred(lambda kind=kind: shaped(NOUNS[kind]))
        fields[section] = JSON | (inside if NOUNS[kind].singleton else st.lists(inside | LEAVES, max_size=3))
    return st.fixed_dictionaries({}, optional=fields)


def plain(one: Declared) -> Any:
    """A tree as a document again."""
    sections = {
        name: [plain(inner) for inner in objects] if not noun.singleton else plain(objects[0])
        for name, noun, objects in one.sections()
        if objects or not noun.singleton
    }
    return {**one.given, **sections}


@settings(max_examples=200, deadline=None)
@given(JSON | shaped(TENANT))
def test_whatever_comes_is_judged(document: Any) -> None:
    """No input raises, the same input gives the same answer, and reading it leaves it as it is."""
    before = copy.deepcopy(document)
    root, wrong = parse(document)
    again, same = parse(document)
    assert repr(document) == repr(before)
    assert wrong == same
    assert repr(plain(root)) == repr(plain(again))
    assert all(isinstance(sentence, str) and sentence.strip() for sentence in wrong)


@settings(max_examples=200, deadline=None)
@given(shaped(TENANT))
def test_what_was_read_reads_the_same(document: Any) -> None:
    """Nothing of a right document is lost or changed on its way into the tree."""
    root, wrong = parse(document)
    again, more = parse(plain(root))
    assert repr(plain(again)) == repr(plain(root))
    assert wrong or not more
