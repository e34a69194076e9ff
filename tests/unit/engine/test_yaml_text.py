# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lines of a diff and of an export: YAML that says the same, and that a terminal of 80 columns can show."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._engine.yaml_text import WIDTH, block, nested

PLAIN = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["yes", "007", "a: b", "12:30"])
)
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
    document = {
        "pin": "?",
        "plain": ["?"],
        "inner": {"pin": "?", "deep": {"pin": "?"}},
        "list": [{"pin": "?", "more": [{"pin": "?"}]}, [{"pin": "?"}], "x"],
    }
    assert nested(document, note={"?": "ask Anna"}) == (
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
