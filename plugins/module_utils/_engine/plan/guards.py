# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The guards against mistakes: each one refuses before the first write, and names the setting to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial

from ..._api.client import Client
from ..._api.identity import client_id
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._state.objects import Item
from ..._text.mask import without_digests
from ..errors import InputError
from ..read.ahead import read_level, reading
from ..read.homes import Homes
from ..read.reader import Reader
from ..read.references import References
from .ceasing import Ceasing, Gone
from .steps import Step

# A list of fewer objects is small enough to be replaced in earnest.
SMALL = 10
WHOLE = 100


@dataclass(frozen=True)
class Limits:
    """The limits of a run.

    max_deletes: how many objects it may delete in all, those included that go along; None for any number.
    max_delete_share: how many of a hundred objects of one list, and of one kind in the tenant, where that has SMALL or
    more. protect: patterns of names that are never deleted. expect_client_id: the tenant that it may touch.
    live_traffic: ``refuse`` or ``allow`` changes to a queue in which callers wait.
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
    found = client_id(client)
    if str(found) != str(limits.expect_client_id):
        raise InputError(
            [f"these credentials belong to the tenant with the id {found}, and expect_client_id is "
             f"{limits.expect_client_id}; nothing else was read, and nothing was changed; correct the credentials, or "
             "expect_client_id"]
        )  # fmt: skip


class Deletions:
    """The limits for the deletions of a plan, counted with all that goes along.

    warnings: the lists that could not be counted, and the agents who leave a queue unasked.
    """

    def __init__(self, steps: Sequence[Step], reader: Reader, references: References, limits: Limits) -> None:
        self._reader = reader
        self._references = references
        self._limits = limits
        self._steps = [step for step in steps if step.action == "delete"]
        self._ceasing = Ceasing(steps, reader)
        self.warnings: list[str] = []

    def objections(self) -> Iterator[str]:
        limits = self._limits
        self.warnings += [
            f"{self._references.title(row)} would be deleted along with {step.title}; no document says so"
            for row, step in self._ceasing.rows()
        ]
        lists = dict(self._of_lists())
        # Without a limit, nothing is read to count.
        limited = limits.max_deletes is not None or limits.protect or limits.max_delete_share < WHOLE
        gone = self._ceasing.with_contents() if limited else []
        self.warnings += self._ceasing.unread
        yield from self._of_all(gone)
        yield from lists.values()
        yield from self._of_kinds(gone, lists)
        yield from self._protected(gone)

    def of_others(self, created: Sequence[str], most: int) -> Iterator[str]:
        """Refuse an undo that deletes more than ``most`` objects which others have put into its objects since then.

        created: the titles of the objects that the undone run has created in there.
        """
        expected, others = Counter(map(without_digests, created)), []
        mask = self._reader.client.mask
        for gone in self._ceasing.with_contents():
            noun = gone.item.noun
            # A server fills a new program with a rule of its own.
            if not gone.along or (noun.may_start_with and gone.item.values.get(noun.variant) == noun.may_start_with):
                continue
            # A step calls an agent by its name alone.
            plain = " > ".join((*gone.item.place.names, f'{noun.title} "{gone.item.name}"'))
            titles = (without_digests(mask.text(one)) for one in (plain, self._references.title(gone.item)))
            known = next((title for title in titles if expected[title]), None)
            if known is None:
                others.append(gone)
            else:
                expected[known] -= 1
        if len(others) > most:
            are, them, they = ("is 1 object", "it", "it") if len(others) == 1 else (
                f"are {len(others)} objects", "them", "they"
            )  # fmt: skip
            yield (
                f"in what the undone run has created, there {are} of others, which would be deleted along with it: "
                f"{self._titles(others)}; move {them} to another place, or set max_deletes to {len(others)} or more "
                f"if {they} may go"
            )

    def _of_all(self, gone: Sequence[Gone]) -> Iterator[str]:
        most = self._limits.max_deletes
        if most is not None and len(gone) > most:
            yield (
                f"{len(gone)} objects would be deleted{_along(gone)}, and max_deletes is {most}; "
                f"set it to {len(gone)} or more if the deletions are intended: {self._titles(gone)}"
            )

    def _of_lists(self) -> Iterator[tuple[str, str]]:
        """Lists that lose too much, each with its kind."""
        for (name, place), count in Counter((step.noun.name, step.place) for step in self._steps).items():
            noun = NOUNS[name]
            before = len([item for item in self._reader.objects.all(noun, place) if item.answer])
            if self._too_much(noun, count, before):
                where = f" of {place}" if place.names else ""
                yield (
                    name,
                    self._share(f"{count} of {before} {noun.plural_title}{where} would be deleted", count, before),
                )

    def _of_kinds(self, gone: Sequence[Gone], named: Collection[str]) -> Iterator[str]:
        """Kinds of which the tenant loses too much. named: those of which a list does already."""
        kinds: dict[str, list[Gone]] = {}
        for one in gone:
            kinds.setdefault(one.item.noun.name, []).append(one)
        for name, lost in kinds.items():
            noun = NOUNS[name]
            if not noun.parents or name in named or not self._too_much(noun, len(lost), self._at_least(noun)):
                continue
            # Only a small part of the tenant has been read, so that the rest is read before a refusal.
            total = len([item for item in self._everywhere(noun) if item.answer])
            if self._too_much(noun, len(lost), total):
                yield self._share(
                    f"{len(lost)} of {total} {noun.plural_title} of the tenant would be deleted{_along(lost)}",
                    len(lost),
                    total,
                )

    def _at_least(self, noun: Noun) -> int:
        """How many of a kind are known to be there."""
        return max(SMALL, len([item for item in self._reader.objects.of_kind(noun) if item.answer]))

    def _everywhere(self, noun: Noun) -> list[Item]:
        if noun.tenant_path:
            return self._reader.everywhere(noun)
        homes = list(Homes(self._reader).of(noun))
        read_level(self._reader, [(noun, home) for home in homes], partial(reading, self._reader))
        return [item for home in homes for item in self._reader.all(noun, home)]

    def _too_much(self, noun: Noun, count: int, before: int) -> bool:
        return before >= SMALL and count * WHOLE > before * self._limits.max_delete_share and not noun.ordered

    def _share(self, fact: str, count: int, before: int) -> str:
        return (
            f"{fact}, that is {count * WHOLE / before:.0f} %, and max_delete_share is {self._limits.max_delete_share}; "
            f"set it to {-(-count * WHOLE // before)} or more if the deletions are intended"
        )

    def _protected(self, gone: Sequence[Gone]) -> Iterator[str]:
        for one in gone:
            item = one.item
            labels = {name: self._references.label(item.noun.by_name[name], item.values.get(name), item.place)
                      for name in item.noun.key}  # fmt: skip
            title = self._references.title(item)
            names = (item.noun.name_of({**item.values, **labels}), self._references.name_of(item), title)
            for pattern in self._limits.protect:
                if any(fnmatchcase(name, pattern) for name in names):
                    along = f" along with {one.step.title}" if one.along else ""
                    yield (
                        f'{title} would be deleted{along}, and protect holds "{pattern}"; '
                        "remove this pattern if the deletion is intended"
                    )
                    break

    def _titles(self, gone: Sequence[Gone], most: int = 5) -> str:
        more = f" and {len(gone) - most} more" if len(gone) > most else ""
        return ", ".join(self._references.title(one.item) for one in gone[:most]) + more


def _along(gone: Sequence[Gone]) -> str:
    """How many of them nobody deletes by name."""
    count = sum(one.along for one in gone)
    return f", {count} of them along with other objects" if count else ""
