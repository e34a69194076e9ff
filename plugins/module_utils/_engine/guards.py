# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What must not happen by mistake: each guard refuses before the first write, and names the setting to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from .._api.client import Client
from .._model.nouns import NOUNS
from .errors import InputError
from .place import Place
from .plan import Step
from .reader import Reader

# A list of fewer objects is small enough to be replaced in earnest.
SMALL = 10
ME = "/user/"


@dataclass(frozen=True)
class Limits:
    """What a run may do.

    max_deletes: how many objects it may delete in all; None for any number. max_delete_share: how many of a hundred
    objects of one list it may delete, where the list has SMALL or more. protect: patterns of names that are never
    deleted. expect_client_id: the tenant that it may touch. live_traffic: ``refuse`` or ``allow`` changes to a queue in
    which callers wait.
    """

    max_deletes: int | None = None
    max_delete_share: int = 30
    protect: tuple[str, ...] = ()
    expect_client_id: int | None = None
    live_traffic: str = "refuse"


def check_tenant(client: Client, limits: Limits) -> None:
    """Raise InputError unless the credentials are those of the expected tenant (semantics.md section 2, GET /user/)."""
    if limits.expect_client_id is None:
        return
    found = client.get_object(ME).get("client_id")
    if str(found) != str(limits.expect_client_id):
        raise InputError(
            [f"these credentials belong to the tenant with the id {found}, and expect_client_id is "
             f"{limits.expect_client_id}; nothing was read further or changed"]
        )  # fmt: skip


def objections(steps: Sequence[Step], reader: Reader, limits: Limits, check: bool) -> Iterator[str]:
    """All reasons why a plan must not be applied. check: who waits during a preview says nothing about the real run."""
    yield from _deletes(steps, reader, limits)
    if limits.live_traffic == "refuse" and not check:
        yield from _waiting(steps, reader)


def _deletes(steps: Sequence[Step], reader: Reader, limits: Limits) -> Iterator[str]:
    gone = [step for step in steps if step.action == "delete"]
    if limits.max_deletes is not None and len(gone) > limits.max_deletes:
        yield (
            f"{len(gone)} objects would be deleted, and max_deletes is {limits.max_deletes}; "
            f"set it to {len(gone)} or more if that is meant: {_titles(gone)}"
        )
    for (name, place), count in Counter((step.noun.name, step.place) for step in gone).items():
        noun = NOUNS[name]
        before = len([live for live in reader.known(noun, place) if live.answer])
        if before >= SMALL and count * 100 > before * limits.max_delete_share and not noun.ordered:
            where = f" of {place}" if place.names else ""
            yield (
                f"{count} of {before} {noun.plural_title}{where} would be deleted, "
                f"that is {count * 100 / before:.0f} %, and max_delete_share is {limits.max_delete_share}; "
                f"set it to {-(-count * 100 // before)} or more if that is meant"
            )
    for step in gone:
        own = step.noun.name_of({change.field: change.before for change in step.changes})
        for pattern in limits.protect:
            if any(fnmatchcase(name, pattern) for name in (own, step.name, step.title)):
                yield f'{step.title} would be deleted, and protect holds "{pattern}"; remove that if it is meant'
                break


def _titles(steps: Sequence[Step], most: int = 5) -> str:
    more = f" and {len(steps) - most} more" if len(steps) > most else ""
    return ", ".join(step.title for step in steps[:most]) + more


def _waiting(steps: Sequence[Step], reader: Reader) -> Iterator[str]:
    """Queues that the plan changes while callers wait in them."""
    for place in dict.fromkeys(_queue(step, reader) for step in steps):
        if place is None:
            continue
        status: dict[str, Any] = reader.client.get_object(reader.path(NOUNS["queue"], place) + "status/")
        waiting = status.get("waiting_members") or 0
        if int(waiting) > 0:
            yield (
                f"callers wait in the queue of {place} ({waiting}), which this plan would change; "
                f"try again when it is empty, or set live_traffic to allow"
            )


def _queue(step: Step, reader: Reader) -> Place | None:
    """The queue that a step changes, if it is there already and the step is about one."""
    if step.noun.name in ("queue", "queue_agent") and not step.place.pending:
        return step.place
    if step.noun.name == "extension" and step.action == "delete":
        live = reader.index(step.noun, step.place).with_id(step.id)
        if live and live.values.get("type") == "queue":
            return live.inside
    return None
