# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A picture of call flows as data: its nodes, the ways between them, and their differences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

NEW, CHANGED, GONE, NOTICED = "new", "changed", "gone", "noticed"
STATES = (NEW, CHANGED, GONE, NOTICED)

NUMBER, HOURS, MENU, KEY, RULE, WEBHOOK = "number", "hours", "menu", "key", "rule", "webhook"
PHONE, QUEUE, FAX, CONFERENCE, OUTSIDE = "phone", "queue", "fax", "conference", "outside"
VOICEMAIL, HANGUP, UNKNOWN = "voicemail", "hangup", "unknown"
KINDS = (
    NUMBER, HOURS, MENU, KEY, RULE, WEBHOOK, PHONE, QUEUE, FAX, CONFERENCE, OUTSIDE, VOICEMAIL, HANGUP, UNKNOWN,
)  # fmt: skip

# The thing that a node stands for, such as ("extension", "300"): the same in every picture of the tenant.
Name = tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """One thing that a call can come to.

    lines: the text that people read, the first line is the name. facts: all that it stands for, to tell whether that
    has changed. places: where this is in the document. state: one of STATES, or "".
    """

    name: Name
    kind: str
    lines: tuple[str, ...]
    facts: Any = ()
    places: frozenset[str] = frozenset()
    state: str = ""


@dataclass(frozen=True)
class Edge:
    """A way that calls take. label: when, "" for always."""

    source: Name
    target: Name
    label: str = ""
    state: str = ""


@dataclass(frozen=True)
class Picture:
    """Nodes in the order in which a reader meets them, and the ways between them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def states(self) -> list[str]:
        """The states that nodes and edges have, in the order of STATES."""
        found = {one.state for one in self.nodes} | {one.state for one in self.edges}
        return [state for state in STATES if state in found]


def compared(before: Picture, after: Picture) -> Picture:
    """Both pictures in one, with marks for new, changed and gone parts. Parts of both look as they do after."""
    old = {one.name: one for one in before.nodes}
    nodes = [replace(one, state=_state(old.get(one.name), one)) for one in after.nodes]
    kept = {one.name for one in nodes}
    nodes += [replace(one, state=GONE) for one in before.nodes if one.name not in kept]
    were, are = set(before.edges), set(after.edges)
    edges = [one if one in were else replace(one, state=NEW) for one in after.edges]
    edges += [replace(one, state=GONE) for one in before.edges if one not in are]
    return Picture(tuple(nodes), tuple(edges))


def apart(both: Picture, before: Picture) -> tuple[Picture, Picture]:
    """Split both pictures in one: both show changed parts, the first also those that are gone, the other new ones."""
    states = {one.name: one.state for one in both.nodes}
    gone = {replace(one, state="") for one in both.edges if one.state == GONE}
    return (
        Picture(
            tuple(replace(one, state=states[one.name]) for one in before.nodes),
            tuple(replace(one, state=GONE) if one in gone else one for one in before.edges),
        ),
        Picture(
            tuple(one for one in both.nodes if one.state != GONE),
            tuple(one for one in both.edges if one.state != GONE),
        ),
    )


def _state(old: Node | None, new: Node) -> str:
    if old is None:
        return NEW
    return "" if (old.kind, old.lines, old.facts) == (new.kind, new.lines, new.facts) else CHANGED


def noticed(picture: Picture, places: Collection[str]) -> Picture:
    """Mark the nodes of these places of the document, which make callers notice a change."""
    wanted = set(places)
    return replace(
        picture, nodes=tuple(replace(one, state=NOTICED) if one.places & wanted else one for one in picture.nodes)
    )


def part(picture: Picture, starts: Iterable[Name]) -> Picture:
    """The part of a picture that its edges reach from some nodes."""
    ways: dict[Name, list[Name]] = {}
    for edge in picture.edges:
        ways.setdefault(edge.source, []).append(edge.target)
    found: set[Name] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += ways.get(name, ())
    return Picture(
        tuple(one for one in picture.nodes if one.name in found),
        tuple(one for one in picture.edges if one.source in found and one.target in found),
    )
