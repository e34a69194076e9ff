# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How something is declared that a PBX tells and that nobody can set."""

from __future__ import annotations

from dataclasses import dataclass

from .kind import Readable


@dataclass(frozen=True)
class Reading(Readable):
    """Its fields are declared as those of a noun; all of them are only read.

    many: the name of several where that is not the name with an s.
    """

    readable: bool = False
    many: str = ""

    @property
    def plural(self) -> str:
        return self.many or super().plural
