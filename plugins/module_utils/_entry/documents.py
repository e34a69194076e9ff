# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The options that hold a document, of which some parts are secret."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from .._model.document import Declared, parse
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .bindings import Binding
from .prompts import PROMPTS, spoken
from .specs import Spec


class OfDocument(Binding):
    """A module that takes the document of one object's content.

    only: the sections that it takes; all where it is empty.
    """

    noun: Noun
    only: tuple[str, ...] = ()
    # The document that the present task has parsed, with its options: the later search for secrets uses it.
    _at_work: tuple[Mapping[str, Any], Declared] | None = None

    def sections(self) -> tuple[str, ...]:
        return self.only or tuple(section for section, dummy in self.noun.contains)

    def section_options(self) -> Spec:
        """The option of each section."""
        spec: Spec = {}
        for section, kind in self.noun.contains:
            if section not in self.sections():
                continue
            spec[section] = {"type": "raw"} if NOUNS[kind].singleton else {"type": "list", "elements": "dict"}
            if section in self.secrets:
                spec[section]["no_log"] = True
        if "sounds" in spec:
            spec.update({name: dict(option) for name, option in PROMPTS.items()})
        return spec

    @contextmanager
    def ready(self, params: Mapping[str, Any], check: bool) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
        with spoken(params, check or not self.writes) as found:
            yield found

    def purge_option(self) -> dict[str, Any]:
        """The option that names sections of which only declared objects may stay."""
        held = inside(self.noun, self.only)
        purgeable = sorted({name for name, one in held if one.deletable and not (one.singleton or one.ordered)})
        return {"type": "list", "elements": "str", "choices": purgeable, "default": []}

    @property
    def secrets(self) -> tuple[str, ...]:  # type: ignore[override]
        return self._secret_sections

    @cached_property
    def _secret_sections(self) -> tuple[str, ...]:
        return tuple(
            section
            for section, noun in inside(self.noun, self.only, deep=False)
            if any(f.secret for one in (noun, *dict(inside(noun)).values()) for f in one.fields)
        )

    def hidden(self, params: Mapping[str, Any]) -> Iterator[Any]:
        at_work, self._at_work = self._at_work, None
        root = at_work[1] if at_work and at_work[0] is params else self.parsed(params)[0]
        for one in root.walk():
            yield from (one.given[f.name] for f in one.noun.fields if f.secret and one.given.get(f.name) is not None)

    def parsed(self, params: Mapping[str, Any]) -> tuple[Declared, list[str]]:
        """The document that the options hold, and one sentence for everything wrong with it."""
        return parse({name: params[name] for name in self.sections() if params[name] is not None}, self.noun)


def inside(noun: Noun, only: Collection[str] = (), deep: bool = True) -> Iterator[tuple[str, Noun]]:
    """The sections inside of an object, and if deep, those inside of these: their names and nouns.

    only: the sections to begin with; all where it is empty.
    """
    for section, kind in noun.contains:
        if not only or section in only:
            yield section, NOUNS[kind]
            if deep:
                yield from inside(NOUNS[kind])
