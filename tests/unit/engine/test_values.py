# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values: whatever spelling they come in, they are compared and sent in one."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns.interval import CONDITION, condition_problems
from ansible_collections.telops.pbx.plugins.module_utils._model.values import ValueProblem, normal, read, same, sent
from ansible_collections.telops.pbx.plugins.module_utils._text.secret import revealed
from tests.emulator.conditions import check_conditions
from tests.emulator.errors import Refusal

CONDITIONS = NOUNS["interval"].by_name["conditions"]
FIELDS = [(noun.name, field) for noun in NOUNS.values() for field in noun.fields]

SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "str": st.text(),
    "file": st.text(),
    "digits": st.one_of(st.integers(0, 999), st.from_regex(r"[0-9*#]{1,4}", fullmatch=True)),
    "short_number": st.from_regex(r"([0-9]{1,5}\*)?[0-9]{2,4}(@sip\.example)?", fullmatch=True),
    "int": st.one_of(st.integers(), st.integers().map(str)),
    "bool": st.sampled_from([True, False, "yes", "no", "True", "0", 1]),
    "time": st.times().map(lambda t: t.strftime("%H:%M:%S")) | st.times().map(lambda t: f"{t.hour}:{t.minute:02}"),
    "date": st.dates(date(2000, 1, 1)).map(str),
    "datetime": st.datetimes(datetime(2000, 1, 1)).map(lambda d: d.strftime("%Y-%m-%dT%H:%M")),
}


def values(field: Field) -> st.SearchStrategy[Any]:
    if field.parts:
        required = {part.name: values(part) for part in field.parts if part.required}
        optional = {part.name: values(part) | st.none() for part in field.parts if not part.required}
        return st.lists(st.fixed_dictionaries(required, optional=optional), max_size=3)
    if field.type == "list":
        return st.lists(SCALARS[field.elements or "str"], max_size=3)
    if field.choices:
        return st.sampled_from(field.choices)
    return SCALARS[field.type]


@pytest.mark.parametrize(("noun", "field"), FIELDS, ids=[f"{noun}.{field.name}" for noun, field in FIELDS])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_one_spelling(noun: str, field: Field, data: st.DataObject) -> None:
    """Spelling twice is spelling once, and the sent and the answered value are the wanted one."""
    value = data.draw(values(field))
    spelled = normal(field, value)
    assert normal(field, spelled) == spelled
    assert same(field, spelled, spelled)
    answered = json.loads(json.dumps(sent(field, spelled), default=revealed))
    assert same(field, normal(field, answered), spelled)
    if not field.write_only:
        assert read(NOUNS[noun], {field.answered_as: answered})[field.name] == normal(field, answered)


@pytest.mark.parametrize(("noun", "field"), FIELDS, ids=[f"{noun}.{field.name}" for noun, field in FIELDS])
def test_cleared(noun: str, field: Field) -> None:
    assert normal(field, None) is None
    assert all(same(field, live, None) for live in (None, "", [], *field.defaults))
    assert sent(field, None) is None
    assert sent(field, None, "none") == ("None" if field.null_choice else None)
    assert not field.null_choice or normal(field, "None") is None


@settings(deadline=None)
@given(st.data())
def test_conditions_are_a_set(data: st.DataObject) -> None:
    """In any order, and with their unset parts left out, null or 0."""
    conditions = data.draw(values(CONDITIONS))
    shuffled = data.draw(st.permutations(conditions))
    unset = data.draw(st.sampled_from([None, 0]))
    nothing = {part.name: unset if part.type == "int" else None for part in CONDITION}
    padded = [{name: one.get(name) or empty for name, empty in nothing.items()} for one in shuffled]
    wanted = normal(CONDITIONS, [{name: value for name, value in one.items() if value != 0} for one in conditions])
    assert same(CONDITIONS, normal(CONDITIONS, padded), wanted)
    assert same(CONDITIONS, wanted, normal(CONDITIONS, padded))


def test_a_part_more_or_less_is_a_difference() -> None:
    one, other = [{"month": 7}], [{"month": 7, "start_mday": 1, "end_mday": 2}]
    assert not same(CONDITIONS, normal(CONDITIONS, one), normal(CONDITIONS, other))
    assert not same(CONDITIONS, normal(CONDITIONS, one * 2), normal(CONDITIONS, one))


@pytest.mark.parametrize(
    ("value", "inside", "says"),
    [
        ([{"start_time": "9"}], "[0].start_time", "is '9', which is not a time of day"),
        ([{"month": 1}, {"start_time": "25:00"}], "[1].start_time", "is '25:00', which is not a time of day"),
        ([{"month": "May"}], "[0].month", "is 'May', which is not a whole number"),
        ([{"sched_start_date": "1.1.2027"}], "[0].sched_start_date", "is '1.1.2027', which is not a date"),
        (["always"], "[0]", "is 'always', which is not a dictionary"),
        ("always", "", "is 'always', which is not a list"),
    ],
)
def test_a_wrong_part_is_named_with_its_place(value: Any, inside: str, says: str) -> None:
    with pytest.raises(ValueProblem, match=says) as caught:
        normal(CONDITIONS, value)
    assert caught.value.inside == inside


times = st.times(time(0), time(23, 59)).map(lambda t: t.strftime("%H:%M:%S"))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda d: d.strftime("%Y-%m-%d %H:%M:%S"))
PARTS = {
    "month": st.integers(-1, 14),
    **dict.fromkeys(["start_mday", "end_mday"], st.integers(0, 33)),
    **dict.fromkeys(["start_dow", "end_dow"], st.integers(0, 9)),
    **dict.fromkeys(["start_time", "end_time"], times),
    **dict.fromkeys(["start_datetime", "end_datetime"], moments),
    "sched_start_date": st.just("2026-11-23"),
    **dict.fromkeys(["sched_active_days", "sched_skip_days"], st.integers(-1, 4)),
}


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional=PARTS))
def test_what_is_not_refused_here_is_not_refused_there(condition: dict[str, Any]) -> None:
    """The engine is never more lenient than the PBX, so that nothing fails in the middle of a run."""
    [spelled] = normal(CONDITIONS, [condition])
    problems = list(condition_problems(spelled))
    try:
        check_conditions(sent(CONDITIONS, [spelled]))
    except Refusal:
        assert problems


@settings(deadline=None)
@given(st.sampled_from(["mday", "dow", "time", "datetime"]), st.data())
def test_halves_of_pairs(pair: str, data: st.DataObject) -> None:
    start, end = f"start_{pair}", f"end_{pair}"
    low, high = sorted([data.draw(PARTS[start].filter(bool)), data.draw(PARTS[start].filter(bool))])
    for present, missing in ((start, end), (end, start)):
        problems = list(condition_problems({present: low}))
        assert f"has {present} without {missing}; give both" in problems
    turned = [problem for problem in condition_problems({start: high, end: low}) if "which is after" in problem]
    # Only days of the week may go round: from Friday to Monday.
    assert bool(turned) is (pair != "dow" and low != high)
