# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""An extension, as it is listed for the whole tenant (semantics.md section 6) and read one by one (operations.json)."""

from __future__ import annotations

from ..field import Field, choice, extra_params, flag, number, reference, text
from ..noun import Noun

EXTENSION = Noun(
    name="extension",
    title="extension",
    path="extension/",
    parents=(),
    key=("number",),
    one_path="/extension/{id}/extension/",
    paged=True,
    filters=("number", "type", "status"),
    looked_up=True,
    missed="nobody rings at that number",
    contains=(
        ("ani", "ani"),
        ("phone", "phone"),
        ("agents", "agent"),
        ("queue", "queue"),
        ("queue_agents", "queue_agent"),
        ("ivr", "ivr"),
        ("fax", "fax"),
        ("conference", "conference"),
        ("intervals", "interval"),
        ("incom_rules", "incom_rule"),
        ("events", "event"),
        ("mail_notifications", "mail_notification"),
        ("users", "user"),
    ),
    fields=(
        Field("number", "short_number", api_name="name", required=True, create_only=True),
        choice("type", "phone", "queue", "ivr", "fax", "conference", required=True, create_only=True),
        # A new extension is blocked unless it is told otherwise (semantics.md section 6, extension create).
        choice("status", "active", "blocked", defaults=("blocked",), on_create="active"),
        text("label"),
        text("caller_id_name"),
        reference("extension_group", "extension_group", api_name="extension_group_id"),
        reference("dial_rule", "dial_rule", api_name="dial_rule_id"),
        number("dial_rule_limit"),
        text("did_as_transfer_caller_id", kind="did"),
        flag("ani_rfc3325"),
        text("message_did", kind="did"),
        extra_params(),
        text("domain", read_only=True),
        text("create_date", read_only=True),
        number("client_id", read_only=True),
        number("id", read_only=True),
    ),
)

EXTENSION_GROUP = Noun(
    name="extension_group",
    title="extension group",
    path="extension_group/",
    parents=(),
    readable=False,
    missed="callers notice nothing",
    fields=(
        text("name", required=True),
        extra_params(),
        number("client_id", read_only=True),
        number("id", read_only=True),
    ),
)
