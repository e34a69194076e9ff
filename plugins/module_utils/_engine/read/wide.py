# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Lists of the tenant that are read in place of the same list of each extension (semantics.md section 6)."""

from __future__ import annotations

from typing import Callable

from ..._api.errors import AccessDenied, NotFound, Rejected, ServerFailed
from ..._model.kind import Kind
from ..._model.noun import Noun
from ..._model.types import Json
from ..._state.place import Place


class Wide:
    """The lists of the tenant, each read once.

    ask: reads one. It raises PbxError where the credentials may not read it, or the PBX has no such list.
    """

    def __init__(self, ask: Callable[[Noun], list[Json]]) -> None:
        self._ask = ask
        self._answers: dict[str, list[Json] | None] = {}
        # The same by the extension, where a list says all that those of the extensions do.
        self._by_extension: dict[str, dict[str, list[Json]] | None] = {}

    def forget(self, noun: Kind) -> None:
        """Let the next look at a list ask the server again."""
        self._answers.pop(noun.name, None)
        self._by_extension.pop(noun.name, None)

    def answers(self, noun: Noun) -> list[Json] | None:
        """One list; None where it cannot be read."""
        if noun.name not in self._answers:
            try:
                self._answers[noun.name] = self._ask(noun)
            except (NotFound, AccessDenied, Rejected, ServerFailed):
                self._answers[noun.name] = None
        return self._answers[noun.name]

    def says_all(self, noun: Noun) -> bool:
        """Read one list, and tell whether it says all that the lists of the extensions do."""
        return self._lists_by_extension(noun) is not None

    def tells(self, noun: Noun, place: Place) -> bool:
        """Whether a list of an extension takes no request, because one of the tenant that has been read says it."""
        is_read = self._answers.get(noun.name) is not None and isinstance(place.get("extension"), int)
        return is_read and self.says_all(noun)

    def of_extension(self, noun: Noun, place: Place) -> list[Json]:
        """The part of a list that is about one extension."""
        return (self._lists_by_extension(noun) or {}).get(str(place.get("extension")), [])

    def _lists_by_extension(self, noun: Noun) -> dict[str, list[Json]] | None:
        if noun.name not in self._by_extension:
            answers = self.answers(noun)
            names = {f.answered_as for f in noun.fields if not f.write_only}
            found: dict[str, list[Json]] | None = None
            if answers is not None and all(names <= answer.keys() for answer in answers):
                found = {}
                for answer in answers:
                    found.setdefault(str(answer["extension_id"]), []).append(answer)
            self._by_extension[noun.name] = found
        return self._by_extension[noun.name]
