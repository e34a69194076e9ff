# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The devices that are registered for an extension (operations.json ``.../registration/``; semantics.md section 4,
registration)."""

from __future__ import annotations

from ..field import choice, flag, items, number, text
from ..operation import Action, Operation

REGISTRATIONS = "/extension/{extension}/registration/"
DEVICE = (
    text("device"),
    text("real_address"),
    text("contact_address"),
    # Described as a date and shown as a number of seconds.
    number("expires"),
    text("registration_id"),
)
ACTIONS = {
    "require": Action("", takes=("registration_id",)),
    "drop": Action("DELETE", ("registration_id",), ends=True, repeatable=True),
    "drop_all": Action("DELETE", ends=True, repeatable=True),
}

REGISTRATION = Operation(
    name="registration",
    title="registration",
    whole="all registrations",
    path=REGISTRATIONS + "{registration_id}",
    identity="registration_id",
    actions=ACTIONS,
    state=REGISTRATIONS,
    listed="registrations",
    past_unless="registered",
    returned=("registration", "state"),
    fields=(
        text("registration_id", write_only=True),
        choice("action", *ACTIONS, required=True, write_only=True),
        flag("registered", read_only=True),
        number("extension_id", read_only=True),
        items("registrations", DEVICE, read_only=True),
    ),
)
