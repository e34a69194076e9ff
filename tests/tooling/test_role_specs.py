# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The texts of roles follow from those of modules."""

from __future__ import annotations

import pytest

from tests.tools.role_specs import Words

WORDS = Words("ivr_", "pbx_ivr_scheme", variables=("ivr_flow_read",), here=("name", "rules", "caller_id"))


@pytest.mark.parametrize(
    ("module", "role"),
    [
        ("The number in O(caller_id).", ["The number in C(caller_id)."]),
        ("It needs O(rules[].caller_id=any).", ["It needs C(caller_id: any)."]),
        ("Found by O(rules[].action).", ["Found by C(rules[].action)."]),
        ("Everything that O(flow_read) names.", ["Everything that O(ivr_flow_read) names."]),
        ("RV(findings) tells it.", ["RV(telops.pbx.pbx_ivr_scheme#module:findings) tells it."]),
        ("The name. For others, O(id) can take its place. In quotes.", ["The name. In quotes."]),
        (["O(id) picks it.", "The name."], ["The name."]),
        ("The name. It is needed for a new menu.", ["The name."]),
    ],
)
def test_a_role_says_what_the_module_says(module: str | list[str], role: list[str]) -> None:
    assert WORDS.of({"description": module}, required=True) == role
