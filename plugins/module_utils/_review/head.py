# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The head of a review: who ran it, how, and on which files, for the person who approves a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """date: local, with its offset. limit: of hosts, "" for none. commit: "" where the files are under no version
    control; clean: whether they are as it has them. applied: whether anything was written. versions: by the name of the
    program. plans: checksums of the saved plans, by tenant."""

    date: str
    user: str
    inventory: tuple[str, ...]
    limit: str
    commit: str
    clean: bool
    applied: bool
    versions: dict[str, str]
    plans: dict[str, str]

    def lines(self) -> Iterator[tuple[str, str]]:
        """The name of each fact about the run, and its value."""
        yield "Made", f"{self.date} by {self.user}"
        yield "Mode", "applied" if self.applied else "check mode, nothing was written"
        if not self.applied:
            yield "Valid", "until anything on the PBX, in the documents or in the inventory changes"
        yield "Inventory", ", ".join(self.inventory) or "none"
        yield "Limit", self.limit or "none, all hosts of the play"
        if self.commit:
            yield "Commit", self.commit if self.clean else f"{self.commit}, with changes that are not committed"
        else:
            yield "Commit", "none, the files are not under version control"
        yield "Versions", ", ".join(f"{name} {version}" for name, version in self.versions.items())
        for tenant, checksum in self.plans.items():
            yield "Saved plan", f"{tenant}: SHA-256 {checksum}"
