# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Whether the conditions of a rule hold."""

from __future__ import annotations

from .guards import ANY
from .looks import REGISTERED
from .phone import phone_of
from .plan import Extension, IncomingRule
from .run import Run


def enabled(run: Run, rule: IncomingRule) -> bool:
    """Whether a rule is switched on, by the document and by the codes that were dialled since."""
    if rule.code and rule.code in run.world.flipped:
        return not rule.enabled
    return rule.enabled


def asks(run: Run, extension: Extension) -> bool:
    """Whether a rule that is switched on has a condition on a status."""
    return any(rule.asks and enabled(run, rule) for rule in extension.rules)


def holds(run: Run, extension: Extension, rule: IncomingRule, t: int) -> bool:
    """Whether the conditions of a rule hold, those on the status of calls aside."""
    guard = rule.guard
    if guard is not None:
        if (guard.schedule or guard.no_interval) and not run.active(guard, t):
            return False
        if guard.caller and not run.fits(guard, run.caller, t):
            return False
    wanted = rule.extension_status
    if wanted == ANY:
        return True
    if extension.type != "phone":
        run.used.add("status_of_nonphone")
        return run.assume.status_of_nonphone == "ignored"
    run.looked(REGISTERED, extension.number, t)
    registered = run.world.phone(extension.number).registered or phone_of(extension, t).static
    return registered == (wanted == "registered")
