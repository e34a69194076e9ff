# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How much callers may notice of a change before it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .impact import Impact
from .notice import HUNG_UP

# On how many numbers somebody who was answered is not any more, and on how many anything is noticed.
LIMITS = ("hung_up", "numbers")


@dataclass(frozen=True)
class Exceeded:
    """sentences: the exceeded limits. remedy: the setting that lets the change go on."""

    sentences: tuple[str, ...]
    remedy: str


def exceeded(found: Impact, limits: Mapping[str, int]) -> Exceeded | None:
    """The limits that an impact exceeds; None if it exceeds none, or if there are no limits."""
    if not limits:
        return None
    noticed = {number for group in found.groups for number in group.numbers}
    hung_up = {number for group in found.groups if group.loss == HUNG_UP for number in group.numbers}
    counts = {"hung_up": len(hung_up), "numbers": len(noticed)}
    words = {
        "hung_up": "on {} somebody who was answered is not any more",
        "numbers": "callers of {} notice something",
    }
    sentences = [
        f"impact_limit: {words[name].format(_numbers(counts[name]))}; {limit} are allowed"
        for name, limit in limits.items()
        if counts[name] > limit
    ]
    if found.limit:
        sentences.append(f"impact_limit: it cannot be judged, because {found.limit}")
    if not sentences:
        return None
    if found.limit:
        return Exceeded(
            tuple(sentences), "compare fewer numbers, less time, or a smaller depth, or leave impact_limit out"
        )
    needed = ", ".join(f"{name}: {max(counts[name], limit)}" for name, limit in limits.items())
    return Exceeded(tuple(sentences), f"to go on nevertheless, set impact_limit: {{{needed}}}")


def _numbers(count: int) -> str:
    return f"{count} number{'' if count == 1 else 's'}"
