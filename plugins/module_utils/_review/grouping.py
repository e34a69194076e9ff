# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The changes of many tenants: equal changes once, with the tenants that have them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .._state.announced import AnnouncedStep
from .flows import Flow
from .summary import OWN, Tenant

Key = tuple[str, int]


@dataclass(frozen=True)
class Shared:
    """Changes that several tenants have in common. steps: as the first of them has them."""

    tenants: tuple[Tenant, ...]
    steps: tuple[AnnouncedStep, ...]


@dataclass(frozen=True)
class Groups:
    """own: the changes of only one tenant, by its name. shared: those of several, those of few first. of: the indices
    of the changes that a tenant shares, by its name."""

    own: dict[str, list[AnnouncedStep]]
    shared: list[Shared]
    of: dict[str, list[int]]

    def has_section(self, tenant: Tenant) -> bool:
        """Whether there is something to tell of a tenant alone."""
        return bool(self.own.get(tenant.name) or tenant.warnings or tenant.failures or tenant.failed or tenant.hidden)


def noticed(tenants: Sequence[Tenant]) -> dict[str, list[Tenant]]:
    """The effects on callers, as far as the run has asked for them, each with the tenants that have it.

    Sentences that differ in numbers and labels of the tenants alone are one, without these.
    """
    found: dict[str, list[Tenant]] = {}
    for like, sentences, holders in _alike([(tenant, tenant.noticed) for tenant in tenants]):
        found.setdefault(like if len(set(sentences)) > 1 else sentences[0], []).extend(holders)
    return found


def by_content(tenants: Iterable[tuple[Tenant, Sequence[Any]]]) -> list[tuple[Any, list[str]]]:
    """Pictures or sheets, each with the names of the tenants that share it; those that few share come first.

    Those that differ in numbers and labels of the tenants alone are one, and shown as the first tenant has it.
    """
    found = []
    for dummy, those, holders in _alike(tenants):
        one = those[0]
        if isinstance(one, Flow) and any(other.number != one.number for other in those):
            one = replace(one, number=f"{OWN}, such as {one.number}")
        found.append((one, [tenant.name for tenant in holders]))
    return sorted(found, key=lambda one: len(one[1]))


def _alike(tenants: Iterable[tuple[Tenant, Sequence[Any]]]) -> list[tuple[str, list[Any], list[Tenant]]]:
    """The things that tenants have, without their own numbers and labels: those that are alike, and the holders.

    Two alike things of one tenant stay apart.
    """
    found: dict[tuple[str, str], tuple[list[Any], list[Tenant]]] = {}
    for tenant, listed in tenants:
        likes = [tenant.like(str(one)) for one in listed]
        for one, like in zip(listed, likes):
            own = str(one) if likes.count(like) > 1 else ""
            those, holders = found.setdefault((like, own), ([], []))
            those.append(one)
            holders.append(tenant)
    return [(like, *both) for (like, dummy), both in found.items()]


def grouped(tenants: Sequence[Tenant]) -> Groups:
    """The changes of tenants, each once."""
    holders: dict[Key, list[int]] = {}
    steps: dict[Key, AnnouncedStep] = {}
    keys: list[list[Key]] = []
    for index, tenant in enumerate(tenants):
        keys.append(_keys(tenant.steps))
        for key, step in zip(keys[-1], tenant.steps):
            steps.setdefault(key, step)
            holders.setdefault(key, []).append(index)
    blocks: dict[tuple[int, ...], list[Key]] = {}
    for key, found in holders.items():
        if len(found) > 1:
            blocks.setdefault(tuple(found), []).append(key)
    order = sorted(blocks, key=lambda found: (len(found), found))
    shared = [Shared(tuple(tenants[i] for i in found), tuple(steps[key] for key in blocks[found])) for found in order]
    of: dict[str, list[int]] = {}
    for number, indices in enumerate(order):
        for index in indices:
            of.setdefault(tenants[index].name, []).append(number)
    own = {
        tenant.name: [step for key, step in zip(mine, tenant.steps) if len(holders[key]) == 1]
        for tenant, mine in zip(tenants, keys)
    }
    return Groups(own, shared, of)


def _keys(steps: Sequence[AnnouncedStep]) -> list[Key]:
    """The keys of the steps of one tenant. The same step of another tenant has the same key: a key has no ids."""
    counted: Counter[str] = Counter()
    found: list[Key] = []
    for step in steps:
        changes = [(change.field, change.before, change.after) for change in step.changes]
        text = json.dumps([step.done, step.action, step.kind, step.object, changes], sort_keys=True, default=str)
        found.append((text, counted[text]))
        counted[text] += 1
    return found


def called(
    tenants: Sequence[Tenant], everybody: Sequence[Tenant], most: int, whole: str = "all tenants that change"
) -> tuple[str, list[str]]:
    """Tenants in words, and the names that belong to them: ``all tenants but``, ``12 more than``, or nothing before.

    everybody: all tenants that are meant by whole. most: names that are told.
    """
    names = {tenant.name for tenant in tenants}
    others = [tenant.name for tenant in everybody if tenant.name not in names]
    if not others and len(names) > 2:
        return whole, []
    if 0 < len(others) < len(names) and len(others) <= most:
        return f"{whole} but", others
    listed = [tenant.name for tenant in tenants]
    more = len(listed) - most
    return (f"{more} more than" if more > 0 else ""), listed[:most]
