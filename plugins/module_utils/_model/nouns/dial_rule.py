# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A list of rewritings of dialled numbers (semantics.md section 6, dial rules).

The API gives it no name: it is known by its content.
"""

from __future__ import annotations

from ..field import items, number, text
from ..noun import Noun

# An empty repl_exp cuts the match off.
RULE = (
    text("match_exp", required=True, kind="pattern"),
    text("repl_exp", required=True, may_be_empty=True, kind="code"),
)

DIAL_RULE = Noun(
    name="dial_rule",
    title="dial rule",
    path="dial_rule/",
    parents=(),
    key=("dial_rules",),
    full_update=True,
    missed="numbers that the extension dials are not rewritten",
    fields=(
        items("dial_rules", RULE, required=True),
        number("client_id", read_only=True),
        number("id", read_only=True),
    ),
)
