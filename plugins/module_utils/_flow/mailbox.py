# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The mailbox of an extension."""

from __future__ import annotations

from .plan import Extension
from .run import ANSWERED, NO_ANSWER, Result, Run, Unknown

# The name of the part that goes on with a call in a mailbox.
MAILBOX = "mailbox"


def mailbox(run: Run, extension: Extension, t: int) -> bool:
    """Whether an extension has a mailbox."""
    if "mailbox" in extension.unknown:
        raise Unknown(t, extension.unknown["mailbox"])
    enabled = extension.mailbox.enabled
    if enabled is None:
        run.used.add("vm_default")
        return run.assume.vm_default == "true"
    return enabled


def message(run: Run, extension: Extension, t: int) -> Result:
    """Run a rule for voicemail."""
    if not mailbox(run, extension, t):
        run.used.add("voicemail_disabled")
        if run.assume.voicemail_disabled == "fail":
            return t, NO_ANSWER, None
    return t, ANSWERED, (MAILBOX, extension)
