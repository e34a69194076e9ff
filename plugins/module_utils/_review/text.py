# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The summary on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .._state.announced import OPERATION, AnnouncedStep, counts_in_words
from .._text.plain import plain
from .summary import Review, Tenant

SIGNS = {"create": "+", "change": "~", "delete": "-", OPERATION: "!"}

WORST_FIRST = ("failed", "changes", "unchanged")

# A line, and its topic: an effect, ``unchanged``, ``changes``, ``failed``, or nothing.
Line = tuple[str, str]


def lines(review: Review, most: int) -> Iterator[Line]:
    """most: how many objects of one kind are named for each tenant."""
    tenants = review.tenants
    for tenant in tenants:
        if tenant.status != "unchanged":
            yield from _tenant(tenant, most)
    unchanged = [plain(tenant.name) for tenant in tenants if tenant.status == "unchanged"]
    if unchanged:
        yield f"no change: {', '.join(unchanged)}", "unchanged"
    if len(tenants) > 1:
        worst = min((tenant.status for tenant in tenants), key=WORST_FIRST.index)
        yield f"{review.outcome}: {review.counted}", worst


def _tenant(tenant: Tenant, most: int) -> Iterator[Line]:
    yield f"{plain(tenant.name)}: {'failed, ' if tenant.failed else ''}{tenant.counted}", tenant.status
    for failure in tenant.failures:
        first, *more = failure.message.splitlines() or [""]
        rest = f" (and {len(more)} more line{'' if len(more) == 1 else 's'})" if more else ""
        went_on = "went on after " if failure.passed else ""
        yield f"    {went_on}{plain(failure.task)}: {plain(first)}{rest}", "failed"
    for kind, steps in tenant.kinds():
        yield f"    {plain(kind)}: {counts_in_words(steps)}", ""
        # Rules without a name are called by their action, so that many of them may have one name.
        alike = Counter((step.effect, _named(step)) for step in steps)
        for (effect, named), count in list(alike.items())[:most]:
            yield f"      {SIGNS[effect]} {named}{f' ({count} times)' if count > 1 else ''}", effect
        left_out = sum(list(alike.values())[most:])
        if left_out:
            yield f"      and {left_out} more", ""


def _named(step: AnnouncedStep) -> str:
    named = plain(step.object)
    return f"{plain(step.action)}: {named}" if step.effect == OPERATION else named
