# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Which devices are registered as a phone (operations.json ``/extension/registration/``; semantics.md section 4)."""

from __future__ import annotations

from ..field import flag, items, number
from ..operations.registration import DEVICE
from ..reading import Reading

REGISTRATION = Reading(
    name="registration",
    title="registration",
    path="/extension/registration/",
    parents=(),
    extension_types=("phone",),
    identity="extension_id",
    filters=("extension_id",),
    fields=(
        flag("registered", read_only=True, defaults=(False,)),
        items("registrations", DEVICE, read_only=True),
        number("extension_id", read_only=True),
    ),
)
