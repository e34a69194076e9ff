# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lines of a diff and of an export: YAML that says the same, and that a terminal of 80 columns can show."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._text.plain import is_plain
from ansible_collections.telops.pbx.plugins.module_utils._text.yaml_text import (
    WIDTH,
    block,
    comment,
    document,
    nested,
)

PLAIN = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["yes", "007", "a: b", "12:30"])
)
AWKWARD = (
    *("yes", "NO", "y", "On", "null", "~", "Null", "010", "0o17", "0x1f", "1_000", "1e3", "190:20:30", "12:30"),
    *("2027-01-01", "2027-01-01 00:00:00", "<<", "---", "...", "- a", "? a", ": a", "a: b", "a #b", "#a", "!tag x"),
    *("&anchor", "*alias", "`x", "%YAML 1.1", "|", ">", "[", "{", "}", ",", "'", '"', "\\", " x", "x ", "\t", "\0"),
    *("\x85", "\ufeff", "\u202ertl", "{{ x }}", "{% x %}", "{# x", "$ANSIBLE_VAULT;1.1;AES256\n61", "x" * 5000, "@x"),
    *("\r\n", ".inf", "=", "\U0001f600", "\u2028"),
)
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "60"))
NAMES = st.from_regex("[a-z]{3}_[a-z]{1,4}", fullmatch=True)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=20
)


@settings(deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_it_reads_back_as_what_it_was(values: dict[str, Any]) -> None:
    assert (yaml.safe_load(block(values)) or {}) == values
    assert (yaml.safe_load(nested(values)) or {}) == values


@settings(deadline=None)
@given(st.lists(st.dictionaries(NAMES, PLAIN, min_size=1, max_size=9), max_size=4))
def test_no_line_is_long_because_of_how_many_fields_it_holds(rules: list[dict[str, Any]]) -> None:
    assert all(len(line) <= WIDTH for line in block({"rules": rules}).splitlines())


def test_a_short_rule_is_one_line_and_a_long_one_has_a_line_for_each_field() -> None:
    long = {"name": "Suppliers", "type": "transfer", "caller_id": "^7812", "transfer_dst": "101 102", "final": False}
    assert block({"rules": [{"type": "voicemail"}, long]}) == (
        "rules:\n"
        "  - {type: voicemail}\n"
        "  - name: Suppliers\n"
        "    type: transfer\n"
        '    caller_id: "^7812"\n'
        '    transfer_dst: "101 102"\n'
        "    final: false\n"
    )


def test_a_comment_follows_a_value_however_deep_it_lies() -> None:
    values = {
        "pin": "?",
        "plain": ["?"],
        "inner": {"pin": "?", "deep": {"pin": "?"}},
        "list": [{"pin": "?", "more": [{"pin": "?"}]}, [{"pin": "?"}], "x"],
    }
    assert document("all", values, {"?": "ask Anna"}, {}).replace("\n  ", "\n") == "all:\n" + (
        'pin: "?"  # ask Anna\n'
        'plain: ["?"]\n'
        "inner:\n"
        '  pin: "?"  # ask Anna\n'
        "  deep:\n"
        '    pin: "?"  # ask Anna\n'
        "list:\n"
        '  - pin: "?"  # ask Anna\n'
        "    more:\n"
        '      - pin: "?"  # ask Anna\n'
        '  - - pin: "?"  # ask Anna\n'
        "  - x\n"
    )


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(value=st.text() | st.text("{%#}a \n\x85\u2028\ufeff\u202e'\"\\") | st.sampled_from(AWKWARD))
def test_s1_every_text_reads_back_whatever_reads_it(loader: Any, value: str) -> None:
    loader = type("Loader", (loader,), {})
    loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
    for written in ({"key": value}, {value: 1}, {"list": [value, [{value: value}]]}):
        text = document("all", written, {}, {})
        assert yaml.load(text, loader) == {"all": written}  # noqa: S506
        assert re.findall("!unsafe", text) or not re.search("{[{%#]", text)


@settings(deadline=None, max_examples=EXAMPLES)
@given(st.text() | st.text(st.characters(), min_size=1))
def test_s2_a_comment_is_one_line_that_can_be_seen(text: str) -> None:
    said = comment(text)
    assert said.startswith("# ")
    assert is_plain(said.removesuffix("\n"))
    assert yaml.safe_load(said) is None
