# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An ordinary module and the fast path see the same values: every type of YAML, in every option of every module.

Between the two lies JSON: the arguments of a module that runs as a process of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.parsing.dataloader import DataLoader
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.telops.pbx.plugins.module_utils._entry import CONNECTION, take, with_raw
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from tests.cases.case import Args

# As Ansible reads them, with all that it notes about them.
YAML = DataLoader().load("""
text: plain
integer: 7
octal: 0101
sexagesimal: 9:30
hexadecimal: 0x1F
float: 1.10
not a number: .nan
truth: No
truth in capitals: On
nothing:
key: #
date: 2027-01-01
datetime: 2027-03-26 00:00:00
datetime with a zone: 2027-03-26T00:00:00+01:00
binary: !!binary aGVsbG8=
set: !!set {a, b}
list: [a, 1, no]
list of dates: [2027-01-01]
dictionary: {a: 1}
dictionary of dates: {start_datetime: 2027-03-26 00:00:00}
list of dictionaries: [{number: 101, delay: 0}, {start_datetime: 2027-03-26 00:00:00}]
""")
VALUES: dict[str, Any] = {
    **YAML,
    "unsafe": wrap_var("{{ lookup('pipe', 'false') }}"),
    "unsafe list": wrap_var(["{{ a }}", 1]),
}


def validated(module: str, args: Args) -> tuple[list[str], Any]:
    """The errors in the arguments and None, or the warnings and the parameters that the module gets."""
    taken = take(MODULES[module], args)
    if taken.wrong:
        return taken.wrong, None
    found = ArgumentSpecValidator(**MODULES[module].argument_spec()).validate(taken.args)
    if found.error_messages:
        return found.error_messages, None
    return taken.odd, with_raw(MODULES[module], found.validated_parameters, taken.args)


def kinds(module: str) -> Iterator[str]:
    """One option of each kind that the module has."""
    seen = set()
    for name, option in MODULES[module].argument_spec()["argument_spec"].items():
        if name in CONNECTION and module != "pbx_agent":
            continue
        kind = (option["type"], option.get("elements"), "choices" in option, bool(option.get("no_log")))
        if kind not in seen or name in FIELDS:
            seen.add(kind)
            yield name


# Beside one option of each kind, those that stand for something of their own.
FIELDS = ("number", "digits", "pin", "transfer_dst", "cascade_numbers", "conditions", "extra_params", "exit_key", "url")


def given(module: str, option: str, value: Any) -> Args:
    required = {
        name: one.get("choices", ["1"])[0] if one["type"] != "list" else []
        for name, one in MODULES[module].argument_spec()["argument_spec"].items()
        if one.get("required")
    }
    return {**required, "extension": "101", option: value}


@pytest.mark.parametrize("module", MODULES)
def test_v3_both_paths_see_the_same_values(module: str) -> None:
    for option in kinds(module):
        for name, value in VALUES.items():
            args = given(module, option, value)
            taken = take(MODULES[module], args)
            # The action plugin refuses it, on either path; or else hands it over, and this arrives.
            if not taken.wrong:
                process = validated(module, json.loads(json.dumps(taken.args)))
                assert repr(validated(module, args)) == repr(process), f"{module}.{option}: {name}"


@pytest.mark.parametrize("module", ["pbx_agent", "pbx_interval", "pbx_extension", "pbx_event", "pbx_sound"])
@pytest.mark.parametrize("value", ["float", "truth", "date", "datetime", "list", "dictionary"])
def test_v2_what_is_no_text_is_refused_by_every_module_that_wants_a_name(module: str, value: str) -> None:
    binding: Any = MODULES[module]
    [key] = [one for one in binding.noun.key if one in ("name", "label", "url", "title", "number")]
    wrong, params = validated(module, {"extension": "101", key: YAML[value]})
    assert params is None
    assert any(f"{key} is " in sentence and "belongs" in sentence for sentence in wrong)


def said(**args: Any) -> str:
    [sentence] = validated("pbx_agent", {"extension": "101", "name": "Anna", **args})[0]
    return str(sentence)


NO_FIELDS: tuple[tuple[str, Any, str], ...] = (
    ("validate_certs", "maybe", "is 'maybe', which is neither true nor false"),
    ("read_only", [True], "is [true], which is neither true nor false"),
    ("renew_token", date(2027, 1, 1), "is '2027-01-01', which is neither true nor false"),
    ("parallel", "many", "is 'many', which is not a whole number"),
    ("parallel", 1.5, "is 1.5, which is not a whole number"),
    ("parallel", float("inf"), "is Infinity, which is not a whole number"),
    ("parallel", 10**5000, "is a number, which is not a whole number"),
    ("api_timeout", "9" * 5000, "is '" + "9" * 80 + "... (5000 characters)', which is not a number"),
    ("api_timeout", 10**400, "is 1" + "0" * 79 + "... (401 characters), which is not a number"),
    ("api_timeout", float("nan"), "is NaN, which is not a number"),
    ("api_timeout", True, "is true, which is not a number"),
    ("dialect", {1: "null"}, "has no 1; there are: "),
    ("dialect", {"null_chioce": "null"}, "has no null_chioce; did you mean null_choice?"),
    ("dialect", {None: "null"}, "has no None; there are: "),
    ("dialect", "null_choice", "is text, where a dictionary belongs"),
    ("dialect", '{"null_choice": ', "is text, where a dictionary belongs"),
)


def test_v3_an_option_that_is_no_field_is_judged_like_one() -> None:
    """Ansible would say that it was "unable to convert", name a type of Python, or fail itself."""
    for option, value, sentence in NO_FIELDS:
        found = said(**{option: value}).removeprefix('extension "101" > agent "Anna": ')
        assert found.startswith(f"{option} {sentence}")


@pytest.mark.parametrize("module", MODULES)
def test_v3_no_value_is_refused_in_words_of_python(module: str) -> None:
    values = ("text", "", "{a", [], [1], [[]], [{}], {}, {"a": 1}, True, 7, 1.5)
    options = MODULES[module].argument_spec()["argument_spec"]
    told = [sentence for option in options for value in values for sentence in validated(module, {option: value})[0]]
    assert [one for one in told if "<class" in one or "unable to convert" in one or "dictionary requested" in one] == []


@pytest.mark.parametrize("module", MODULES)
def test_v2_an_empty_option_is_one_that_is_not_given(module: str) -> None:
    """Ansible would take the text None for it, which a server would look for, or a guard be passed by with."""
    spec = MODULES[module].argument_spec()["argument_spec"]
    defaults = {name: option["default"] for name, option in spec.items() if option.get("default") is not None}
    taken = take(MODULES[module], {**dict.fromkeys(defaults), "extension": "101"})
    assert not taken.args.keys() & defaults.keys()


def test_v3_a_document_with_dates_without_quotes_is_one() -> None:
    document = DataLoader().load("""
        extensions:
          - number: "101"
            intervals:
              - name: Fair
                timezone: UTC
                conditions: [{start_datetime: 2027-03-26 00:00:00, end_datetime: 2027-03-27 09:00:00}]
    """)
    wrong, params = validated("pbx_tenant", {"api_url": "http://127.0.0.1", **document})
    assert wrong == []
    [condition] = params["extensions"][0]["intervals"][0]["conditions"]
    assert condition == {"start_datetime": "2027-03-26 00:00:00", "end_datetime": "2027-03-27 09:00:00"}


def test_v2_a_date_where_text_is_due_is_refused_in_documents_too() -> None:
    """JSON makes text of it on the way to a process, so that only the action plugin can tell."""
    document = DataLoader().load("""
        extensions:
          - {number: "101", label: 2027-01-01, agents: [{name: 2027-01-01 10:00:00}], extra_params: {since: 2027-01-01}}
    """)
    assert take(MODULES["pbx_tenant"], document).wrong == [
        'extensions[0] "101": label is a date, where text belongs; write it in quotes',
        'extensions[0] "101" > agents[0] "2027-01-01 10:00:00": name is a date, where text belongs; write it in quotes',
    ]


def test_v3_a_variable_that_ansible_made_text_of_is_explained() -> None:
    """Before ansible-core 2.19, a template gives the text of a list that holds a date."""
    text = repr([{"number": "101", "label": date(2027, 1, 1)}])
    [sentence] = validated("pbx_tenant", {"extensions": text})[0]
    assert sentence.startswith("extensions is text, where a list belongs; ansible-core before 2.19")
