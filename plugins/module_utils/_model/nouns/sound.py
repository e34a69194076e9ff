# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A sound that an extension may use (operations.json ``.../sound/``)."""

from __future__ import annotations

from ..field import number, text
from ..noun import Noun

SOUND = Noun(
    name="sound",
    title="sound",
    path="/extension/{extension}/sound/",
    key=("title",),
    paged=True,
    fields=(
        text("title", read_only=True),
        text("filename", read_only=True),
        number("dealer_id", read_only=True),
        number("client_id", read_only=True),
        number("id", read_only=True),
    ),
)
