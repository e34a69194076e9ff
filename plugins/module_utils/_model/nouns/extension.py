# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""An extension, as it is listed for the whole tenant (semantics.md section 6) and read one by one (operations.json)."""

from __future__ import annotations

from ..field import flag, number, text
from ..noun import Noun

EXTENSION = Noun(
    name="extension",
    title="extension",
    path="extension/",
    parents=(),
    paged=True,
    fields=(
        text("name", read_only=True),
        text("type", read_only=True),
        text("status", read_only=True),
        text("label", read_only=True),
        text("caller_id_name", read_only=True),
        number("extension_group_id", read_only=True),
        number("dial_rule_id", read_only=True),
        number("dial_rule_limit", read_only=True),
        text("did_as_transfer_caller_id", read_only=True),
        flag("ani_rfc3325", read_only=True),
        text("message_did", read_only=True),
        text("extra_params", read_only=True),
        text("domain", read_only=True),
        text("create_date", read_only=True),
        number("client_id", read_only=True),
        number("id", read_only=True),
    ),
)


def short_number(name: str) -> str:
    """The number that people dial inside their tenant, out of ``prefix*number`` or ``prefix*number@domain``
    (semantics.md section 5, extension numbers)."""
    return name.split("@", 1)[0].rsplit("*", 1)[-1]
