# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The settings of each extension that the list of extensions carries, so that they need no request of their own."""

from __future__ import annotations

from threading import Lock
from typing import Callable

from ..._model.noun import Noun
from ..._model.types import Json, Values
from ..._model.values import read
from ..._state.objects import Index
from ..._state.place import Place

Ask = Callable[[Noun, Place], Values]


class Carried:
    """Answers for singletons out of a list, which is believed once it has agreed with an answer of the singleton.

    ask: reads the singleton. listed: the extensions that were read from the server in this run.
    """

    def __init__(self, ask: Ask, listed: Callable[[], Index]) -> None:
        self._ask = ask
        self._listed = listed
        self._agrees: dict[str, bool] = {}
        self._begun: set[str] = set()
        # Several singletons are read at a time, and one of them is enough to find out.
        self._lock = Lock()

    def answer(self, noun: Noun, place: Place) -> Values:
        """The singleton as its own request would answer it."""
        listed = self._of_list(noun, place) if noun.carried else None
        if listed is None:
            return self._ask(noun, place)
        with self._lock:
            asked = None if noun.name in self._agrees else self._compare(noun, place)
        if asked is not None:
            return asked
        return listed if self._agrees.get(noun.name) else self._ask(noun, place)

    def _compare(self, noun: Noun, place: Place) -> Values | None:
        """Ask, and see whether the list says the same. That both say nothing tells little where another extension has
        something: the second time, that one is asked for. None where it was another one."""
        telling = next((one.inside for one in self._listed().objects if _says(one.answer.get(noun.carried))), None)
        at = place if noun.name not in self._begun else telling or place
        self._begun.add(noun.name)
        asked, listed = self._ask(noun, at), self._of_list(noun, at)
        if listed is None or read(noun, asked) != read(noun, listed):
            self._agrees[noun.name] = False
        elif telling is None or any(map(_says, listed.values())):
            self._agrees[noun.name] = True
        return asked if at == place else None

    def _of_list(self, noun: Noun, place: Place) -> Json | None:
        (field,) = noun.writable
        ((dummy, identity),) = place.ids
        owner = self._listed().with_id(identity)
        return {field.answered_as: owner.answer[noun.carried]} if owner and noun.carried in owner.answer else None


def _says(value: object) -> bool:
    return value not in (None, "", "None")
