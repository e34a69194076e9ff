# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The review as Markdown, for a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .._text.plain import plain, value
from .summary import WORDS, Change, Failure, Review, Step, Tenant, told


def markdown(review: Review) -> str:
    """Every name is code, so that none of it is taken for markup."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: Review) -> Iterator[str]:
    tenants = review.tenants
    yield "# PBX plan"
    yield ""
    yield f"{review.outcome}: **{review.counted}**"
    unchanged = [code(tenant.name) for tenant in tenants if tenant.status == "unchanged"]
    if unchanged:
        yield ""
        yield f"No change: {', '.join(unchanged)}"
    for tenant in tenants:
        if tenant.status != "unchanged" or tenant.warnings or tenant.failures:
            yield from _tenant(tenant)


def _tenant(tenant: Tenant) -> Iterator[str]:
    yield ""
    yield f"## {code(tenant.name)}"
    yield ""
    yield f"{'**Failed**, ' if tenant.failed else ''}{tenant.counted}"
    yield from _items([*map(_failure, tenant.failures), *(f"Warning: {code(text)}" for text in tenant.warnings)])
    for kind, steps in tenant.kinds():
        yield ""
        yield f"### {code(kind)}: {told(steps)}"
        yield from _items([_step(step) for step in steps])


def _items(items: list[str]) -> Iterator[str]:
    if items:
        yield ""
    for item in items:
        yield f"- {item}"


def _failure(failure: Failure) -> str:
    went_on = "Went on after a failure" if failure.passed else "Failure"
    lines = [code(line) for line in failure.message.splitlines()]
    return f"{went_on} in {code(failure.task)}: " + ("\n  - ".join(["", *lines]) if len(lines) > 1 else "".join(lines))


def _step(step: Step) -> str:
    effect = WORDS[step.effect][step.done]
    action = f" {code(step.action)}" if step.effect not in ("create", "change", "delete") else ""
    changes = "".join(f"\n  - {_change(change)}" for change in step.changes)
    return f"{effect}{action}: {code(step.object)}{changes}"


def _change(change: Change) -> str:
    if change.before is None:
        return f"{code(change.field)}: {code(value(change.after))}"
    after = "removed" if change.after is None else code(value(change.after))
    return f"{code(change.field)}: {code(value(change.before))} to {after}"


def code(text: str) -> str:
    """The text as it is, between more backticks than it has in a row (CommonMark, code spans)."""
    text = plain(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    # One space on each side is taken off again, unless there is nothing else.
    padding = " " if text.strip(" ") and (text[0] in " `" or text[-1] in " `") else ""
    return f"{fence}{padding}{text}{padding}{fence}" if text else '`""`'
