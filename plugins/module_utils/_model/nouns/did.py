# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A number that can be called from outside, and the extension that takes the calls (semantics.md section 6, DIDs)."""

from __future__ import annotations

from ..field import flag, number, reference, text
from ..noun import Noun

DID = Noun(
    name="did",
    title="DID",
    path="did/",
    parents=(),
    creatable=False,
    deletable=False,
    missed="the PBX shows another number, or none",
    fields=(
        text("name", create_only=True, kind="number"),
        reference("extension", "extension", api_name="extension_id"),
        flag("allow_message"),
        reference("message_extension", "extension", api_name="message_extension_id"),
        text("comment"),
        text("domain", read_only=True),
        text("create_date", read_only=True),
        number("client_id", read_only=True),
        number("id", read_only=True),
    ),
)
