# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The review as JSON, for programs."""

from __future__ import annotations

import json
from typing import Any

from .._state.announced import AnnouncedStep, Counts, counts
from .._text.plain import in_json
from .summary import Review, Tenant

FORMAT = 1


def as_json(review: Review) -> str:
    """The same text for the same changes: sorted, without a time, and the steps in the order in which they are sent."""
    tenants = review.tenants
    found = {
        "format": FORMAT,
        "counts": _counts([step for tenant in tenants for step in tenant.steps]),
        "tenants": {tenant.name: _tenant(tenant) for tenant in tenants},
    }
    return in_json(json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True, default=str)) + "\n"


def _counts(steps: list[AnnouncedStep]) -> dict[str, Counts]:
    return {"done": counts(s for s in steps if s.done), "planned": counts(s for s in steps if not s.done)}


def _tenant(tenant: Tenant) -> dict[str, Any]:
    return {
        "status": tenant.status,
        "counts": _counts(tenant.steps),
        "kinds": {kind: _counts(steps) for kind, steps in tenant.kinds()},
        "steps": [_step(step) for step in tenant.steps],
        "failures": [
            {"task": failure.task, "message": failure.message, "passed": failure.passed} for failure in tenant.failures
        ],
        "warnings": tenant.warnings,
        "hidden": tenant.hidden,
    }


def _step(step: AnnouncedStep) -> dict[str, Any]:
    return {"done": step.done, "effect": step.effect, **step.as_json()}
