# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Names for ids, in both directions."""

from __future__ import annotations

import difflib
from typing import Any

from .._model.field import Field
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .errors import InputError
from .place import Id, Pending, Place
from .reader import Live, Reader

MOST_CANDIDATES = 20


class References:
    """Finds what a name or an id refers to.

    assume: take what is not there for something that an earlier task would have created, and warn. It is set in a
        preview that cannot know what earlier tasks would have done.
    """

    def __init__(self, reader: Reader, assume: bool = False) -> None:
        self._reader = reader
        self._assume = assume
        self.warnings: list[str] = []

    def extension(self, number: str) -> Live:
        """The extension with a short number."""
        return self._find(NOUNS["extension"], Place(), str(number), "")

    def resolve(self, kind: str, wanted: Any, place: Place, where: str) -> Live:
        """The object that a name or an id means, seen from a place.

        where: the words that a sentence about it begins with. Raises InputError for none and for several.
        """
        noun = NOUNS[kind]
        home = Place() if kind == "agent" else place.up_to(noun)
        return self._find(noun, home, str(wanted), where)

    def _find(self, noun: Noun, home: Place, wanted: str, where: str) -> Live:
        candidates = self._candidates(noun, home, wanted)
        if not _matches(candidates, wanted) and self._reader.refresh(noun, home):
            candidates = self._candidates(noun, home, wanted)
        return self._pick(noun, home, wanted, candidates, where)

    def _candidates(self, noun: Noun, home: Place, wanted: str) -> list[Live]:
        if noun.name == "agent":
            return self._reader.agents()
        found = self._reader.all(noun, home)
        if noun.name == "interval" and not _matches(found, wanted):
            return found + self._reader.tenant_intervals()
        return found

    def _pick(self, noun: Noun, home: Place, wanted: str, candidates: list[Live], where: str) -> Live:
        found = self._agent_matches(wanted, candidates) if noun.name == "agent" else _matches(candidates, wanted)
        if len(found) == 1:
            return found[0]
        prefix = f"{where}: " if where else ""
        inside = f" in {home}" if home.names and not where.startswith(str(home)) else ""
        if len(found) > 1:
            ids = ", ".join(str(live.id) for live in found)
            raise InputError([f'{prefix}{noun.title} "{wanted}" is not unique{inside}: ids {ids}; name one by its id'])
        sentence = f'{prefix}there is no {noun.title} "{wanted}"{inside}; {self._offer(noun, wanted, candidates)}'
        if not self._assume:
            raise InputError([sentence])
        self.warnings.append(
            f"{sentence}. The preview goes on as if an earlier task had created it; "
            f"if none does, the real run stops here."
        )
        pending = Live(noun, home, Pending(noun.name, wanted, home.ids), {noun.key[0]: wanted})
        candidates.append(pending)
        return pending

    def _agent_matches(self, wanted: str, agents: list[Live]) -> list[Live]:
        """``number/name``, the name alone (which may hold a slash too), or the id."""
        number, slash, name = wanted.partition("/")
        extensions = {live.id for live in self._reader.extensions() if live.name == number} if slash else set()
        of_number = [a for a in agents if a.values.get("name") == name and a.place.get("extension") in extensions]
        return of_number or _matches(agents, wanted)

    def _offer(self, noun: Noun, wanted: str, candidates: list[Live]) -> str:
        names = [self.name_of(live) for live in candidates]
        if not names:
            return f"there is no {noun.title} at all"
        close = difflib.get_close_matches(wanted, names, n=1)
        if close:
            return f'did you mean "{close[0]}"?'
        shown = [
            name if name == str(live.id) else f"{name} (id {live.id})"
            for name, live in zip(names[:MOST_CANDIDATES], candidates)
        ]
        more = f" and {len(names) - MOST_CANDIDATES} more" if len(names) > MOST_CANDIDATES else ""
        return f"there are: {', '.join(shown)}{more}"

    def name_of(self, live: Live) -> str:
        """What people call an object: an agent by ``number/name``, everything else by its key."""
        if live.noun.name != "agent":
            fields = live.noun.by_name
            keys = {name: self.label(fields[name], live.values.get(name), live.place) for name in live.noun.key}
            return live.noun.name_of({**live.values, **keys})
        owner = live.place.ids[0][1] if live.place.ids else None
        for extension in self._reader.known(NOUNS["extension"], Place()):
            if extension.id == owner:
                return f"{extension.name}/{live.name}"
        return live.name

    def label(self, field: Field, value: Any, place: Place) -> Any:
        """A reference's value as people know it, from what has been read already."""
        if value is None or not field.refers_to:
            return value
        live = self._known(NOUNS[field.refers_to], value, place)
        if live:
            return self.name_of(live)
        return value.name if isinstance(value, Pending) else f"id {value}"

    def _known(self, noun: Noun, identity: Id, place: Place) -> Live | None:
        for home in (place.up_to(noun) if len(place.ids) >= len(noun.parents) else Place(), Place()):
            for live in self._reader.known(noun, home):
                if live.id == identity:
                    return live
        return None


def _matches(candidates: list[Live], wanted: str) -> list[Live]:
    """Everything with that name, or else what has that id."""
    named = [live for live in candidates if live.name == wanted]
    return named or [live for live in candidates if str(live.id) == wanted]
