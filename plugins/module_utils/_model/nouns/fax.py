# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The settings of a fax extension (operations.json ``.../fax/``)."""

from __future__ import annotations

from ..field import items, sound, text
from ..noun import Noun

FAX = Noun(
    name="fax",
    title="fax",
    path="/extension/{extension}/fax/",
    kind="singleton",
    key=(),
    extension_types=("fax",),
    fields=(
        text("fax_in_format", defaults=("tiff",)),
        text("fax_mailto", kind="mail"),
        sound("fax_out_greeting"),
        items("email_to_fax_accept", "str", kind="sender", ordered=False),
    ),
)
