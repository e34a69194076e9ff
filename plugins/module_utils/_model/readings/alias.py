# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The other names of an extension (operations.json ``.../alias/``; semantics.md section 5, alias)."""

from __future__ import annotations

from ..field import Field, number, text
from ..reading import Reading

ALIAS = Reading(
    name="alias",
    title="alias",
    path="/extension/{extension}/alias/",
    paged=True,
    many="aliases",
    filters=("id", "name", "domain"),
    fields=(
        text("name", read_only=True),
        Field("domain", "object", read_only=True),
        text("comment", read_only=True),
        text("create_date", read_only=True),
        number("extension_id", read_only=True),
        number("id", read_only=True),
    ),
)
