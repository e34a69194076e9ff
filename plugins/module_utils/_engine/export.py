# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What is there, as the document that would make it: names for ids, in an order that two exports share."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from .._model.document import PLACEHOLDER, TENANT, sections_of
from .._model.field import Field
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._text.plain import plain
from .ahead import at_once, reading
from .errors import InputError
from .live import Live
from .place import Place
from .reader import Reader
from .references import References

# These may only be readable for some credentials; without them the document lacks nothing but what they hold.
MAY_BE_DENIED = ("tenant_sound", "tenant_interval", "dial_rule", "extension_group", "did")

Level = list[tuple[Noun, Place]]


class Exporter:
    """Exports a tenant, or the part of it that is asked for.

    extensions: the numbers of the extensions to export; None for all. sections: the sections to export, of the tenant
    and of its extensions; None for all.
    unresolved: what a human has to decide, as dictionaries of object, field and reason.
    """

    def __init__(
        self,
        reader: Reader,
        references: References,
        extensions: Collection[str] | None = None,
        sections: Collection[str] | None = None,
    ) -> None:
        self.unresolved: list[dict[str, str]] = []
        self._reader = reader
        self._references = references
        self._extensions = extensions
        self._sections = sections

    def tenant(self) -> dict[str, Any]:
        """The document of the whole tenant."""
        self._check_extensions()
        self._read([(NOUNS[kind], Place()) for section, kind in TENANT.contains if self._wanted_of_tenant(section)])
        return self._inside(TENANT, Place(), None)

    def _read(self, level: Level) -> None:
        """Read level by level from the outside inwards, and then what only lends its names."""
        while level:
            self._at_once(level)
            level = [inner for noun, place in level for inner in self._below(noun, place)]
        self._at_once(self._lenders())

    def _at_once(self, level: Level) -> None:
        at_once(
            partial(self._reader.permitted, noun)
            if noun.name in MAY_BE_DENIED
            else reading(self._reader, noun, place, whole=True)
            for noun, place in level
        )

    def _lenders(self) -> Level:
        """The lists that tell the names of what is referred to."""
        found: dict[tuple[str, Place], tuple[Noun, Place]] = {}
        for live in self._reader.everything():
            for field in live.noun.writable:
                if not field.refers_to or live.values.get(field.name) is None:
                    continue
                noun = NOUNS[field.refers_to]
                homes = [] if noun.name in ("agent", "sound") else [(noun, live.place.up_to(noun))]
                homes += [(NOUNS[name], Place()) for name in (f"tenant_{noun.name}",) if name in NOUNS]
                if noun.name == "agent":
                    self._reader.agents()
                found.update({(one.name, home): (one, home) for one, home in homes})
        return [(noun, home) for noun, home in found.values() if not self._reader.has(noun, home)]

    def _below(self, noun: Noun, place: Place) -> Iterator[tuple[Noun, Place]]:
        if noun.singleton:
            yield from ((NOUNS[kind], place) for dummy, kind in noun.contains)
        elif noun.contains and self._reader.has(noun, place):
            for live in self._chosen() if noun.name == "extension" else self._reader.all(noun, place):
                yield from ((NOUNS[kind], live.inside) for section, kind in self._sections_in(live))

    def _chosen(self) -> list[Live]:
        found = self._reader.extensions()
        return [live for live in found if self._extensions is None or live.name in self._extensions]

    def _check_extensions(self) -> None:
        if self._extensions is None:
            return
        missing = sorted(set(self._extensions) - {live.name for live in self._reader.extensions()})
        if missing:
            raise InputError([f"there is no extension {', '.join(missing)}"])

    def _sections_in(self, live: Live) -> Iterator[tuple[str, str]]:
        for section, child in sections_of(live.noun, live.values.get("type")):
            if live.noun.name != "extension" or self._wanted(section):
                yield section, child

    def _wanted(self, section: str) -> bool:
        return self._sections is None or section in self._sections

    def _wanted_of_tenant(self, section: str) -> bool:
        """Extensions are the frame in which the chosen sections of extensions stand."""
        held = {name for name, dummy in NOUNS["extension"].contains}
        return self._wanted(section) or (section == "extensions" and not held.isdisjoint(self._sections or ()))

    def _inside(self, noun: Noun, place: Place, live: Live | None) -> dict[str, Any]:
        """Everything that is to be exported of the inside of an object."""
        found: dict[str, Any] = {}
        pairs = self._sections_in(live) if live else noun.contains
        for section, kind in pairs:
            child = NOUNS[kind]
            if noun is TENANT and not self._wanted_of_tenant(section):
                continue
            value = self._section(child, place)
            if value or (child.ordered and noun.program):
                found[section] = value
        return found

    def _section(self, noun: Noun, place: Place) -> Any:
        if noun.singleton:
            live = self._reader.one(noun, place)
            values = {**self._fields(live), **self._inside(noun, place, None)}
            return next(iter(values.values()), None) if len(noun.writable) == 1 else values
        if not self._reader.has(noun, place):
            return []
        lives = list(self._reader.all(noun, place))
        if noun.name == "extension":
            lives = self._chosen()
        if noun.ordered:
            ids = self._reader.order(noun, place)
            lives.sort(key=lambda rule: ids.index(rule.id))
        else:
            lives = self._unique(sorted(lives, key=lambda one: _natural(one, self._references.name_of(one))))
        found = []
        for live in lives:
            held = self._inside(noun, live.inside, live)
            if held or noun.name != "extension" or self._wanted("extensions"):
                found.append({**self._fields(live), **held})
        return found

    def _unique(self, lives: list[Live]) -> list[Live]:
        """Those that a name tells apart; a document cannot speak of the others."""
        names = [self._references.name_of(live) for live in lives]
        for live, name in zip(lives, names):
            if names.count(name) > 1:
                self._unclear(live, "", f"several {live.noun.plural_title} have this name; ids: {live.id}")
        return [live for live, name in zip(lives, names) if names.count(name) == 1]

    def _fields(self, live: Live) -> dict[str, Any]:
        found = {}
        for field in live.noun.writable:
            if self._applies(field, live):
                for value in self._value(field, live):
                    found[field.name] = value
        return found

    @staticmethod
    def _applies(field: Field, live: Live) -> bool:
        noun, values = live.noun, live.values
        controller, needed = field.applies_with
        if controller and values.get(controller) not in needed:
            return False
        variant = noun.variants.get(str(values.get(noun.variant)))
        belongs = {name for pair in noun.variants.values() for names in pair for name in names}
        return variant is None or field.name not in belongs or field.name in variant[0] + variant[1]

    def _value(self, field: Field, live: Live) -> Iterator[Any]:
        """The field's value in the document, or nothing where it has none."""
        value = live.values.get(field.name)
        if field.type == "file" or field.volatile:
            return
        if field.write_only:
            if field.secret and field.required:
                yield PLACEHOLDER
        elif value in (None, "", []):
            # The server may have a default of its own for what is left out.
            if field.name in live.noun.clearable and field.defaults and value is None and field.name in live.values:
                yield None
            elif field.required and value == []:
                yield value
        elif field.secret:
            yield PLACEHOLDER
        elif field.refers_to:
            name = self._references.unique_name(field, value, live.place)
            if name is None:
                self._unclear(live, field.name, f"nothing that has a name of its own has the id {value}")
            else:
                yield name
        else:
            yield value

    def _unclear(self, live: Live, field: str, reason: str) -> None:
        title = str(live.inside) if not live.noun.singleton else " > ".join((*live.place.names, live.noun.title))
        self.unresolved.append({"object": plain(title), "field": field, "reason": plain(reason)})


def _natural(live: Live, name: str) -> list[tuple[int, int, str]]:
    """Numbers by their value, and what every menu has before what is pressed."""
    if name in live.noun.permanent:
        return [(0, live.noun.permanent.index(name), "")]
    parts = re.findall(r"\d+|\D+", name)
    return [(1, int(part), "") if part.isdecimal() else (2, 0, part) for part in parts]
