# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The outcome of a plan for a tenant, as values: the state before, the steps, and the state after."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ..._model.nouns import NOUNS
from ..._state.objects import TenantObjects
from ..._state.overlay import overlay
from ..._state.snapshot import Snapshot
from ..read.snapshot import snapshot_of
from .steps import Step


class Outcome:
    """Check mode and the real run have the same one, before anything is written. The snapshots are made when they are
    asked for; lists that were not read are unknown in them.

    read: the objects that were read. draft: the material of the plan. steps: the plan, in the order in which it is
    sent.
    new_first: where the PBX puts a new rule among the others.
    """

    def __init__(self, read: TenantObjects, draft: TenantObjects, steps: Sequence[Step], new_first: bool) -> None:
        self.steps = steps
        self._read = read
        self._draft = draft
        self._new_first = new_first

    @cached_property
    def before(self) -> Snapshot:
        """The tenant as it was read. A preview sees the changes that its earlier tasks would have made."""
        return snapshot_of(overlay(self._read, (), self._new_first))

    @cached_property
    def after(self) -> Snapshot:
        """The tenant as it will be."""
        effects = [step.effect for step in self.steps if step.noun.name in NOUNS]
        return snapshot_of(overlay(self._without_new(), effects, self._new_first))

    def _without_new(self) -> TenantObjects:
        """Return the draft without the objects that the planner has added for new ones."""
        created = {step.creates for step in self.steps if step.creates}
        lists = {key: [item for item in items if item.id not in created] for key, items in self._draft.lists.items()}
        return TenantObjects(lists, self._draft.settings, self._draft.orders)
