# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The number that an extension shows when it calls out (operations.json ``.../ani/``; semantics.md section 5, ani)."""

from __future__ import annotations

from ..field import text
from ..noun import Noun

ANI = Noun(
    name="ani",
    title="ANI",
    path="/extension/{extension}/ani/",
    kind="singleton",
    key=(),
    carried="ani",
    fields=(text("ani_number", kind="own_number", answer_name="default", required=True, null_choice=True),),
)
