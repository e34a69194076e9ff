# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A sound, as an extension may use it (operations.json ``.../sound/``) and as its tenant keeps it (semantics.md
section 6, sounds)."""

from __future__ import annotations

from ..audio import sound_problems
from ..field import Field, flag, number, text
from ..noun import Noun

# In place of a file, a document may say how one is spoken.
SPOKEN = (text("text"), text("voice"), text("language"))

SOUND = Noun(
    name="sound",
    title="sound",
    path="/extension/{extension}/sound/",
    key=("title",),
    readable=False,
    paged=True,
    filters=("id", "title"),
    mirrors="tenant_sound",
    looked_up=True,
    missed="callers hear nothing there",
    fields=(
        text("title", read_only=True),
        text("filename", read_only=True),
        number("dealer_id", read_only=True),
        number("client_id", read_only=True),
        number("id", read_only=True),
    ),
)

TENANT_SOUND = Noun(
    name="tenant_sound",
    title="sound",
    path="sound/",
    parents=(),
    key=("title",),
    readable=False,
    paged=True,
    filters=("id", "title"),
    list_query=(flag("own_only"),),
    checks=(sound_problems,),
    rendered=SPOKEN,
    fields=(
        text("title", required=True),
        Field("file", "file", required=True, write_only=True),
        text("filename", read_only=True),
        number("dealer_id", read_only=True),
        number("client_id", read_only=True),
        number("id", read_only=True),
    ),
)
