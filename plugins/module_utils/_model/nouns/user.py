# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A person who may log in for one extension (operations.json ``.../user/extension/``; semantics.md section 5, user)."""

from __future__ import annotations

from ..field import choice, extra_params, flag, number, text
from ..noun import Noun

USER = Noun(
    name="user",
    title="user",
    path="/extension/{extension}/user/extension/",
    tenant_path="user/extension/",
    key=("login",),
    filters=("login", "name", "email", "comment", "status", "timezone", "access"),
    fields=(
        text("login", required=True, create_only=True),
        text("password", kind="password", required=True, write_only=True, secret=True),
        text("name", required=True),
        text("email", required=True, kind="mail"),
        choice("status", "active", "blocked"),
        choice("access", "full", "read_only"),
        text("timezone", kind="zone"),
        text("comment"),
        extra_params(),
        flag("email_notify", write_only=True, create_only=True, defaults=(False,)),
        text("email_for_notify", kind="mail", write_only=True, create_only=True),
        number("extension_id", read_only=True),
        number("id", read_only=True),
    ),
)
