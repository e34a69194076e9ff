# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The errors with which the engine refuses a task before it writes anything."""

from __future__ import annotations

from collections.abc import Iterable

from .._api.errors import PbxError


class InputError(PbxError):
    """A request of the user that cannot be done. sentences: one for each reason, with the place and the remedy."""

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__(*dict.fromkeys(sentences))
