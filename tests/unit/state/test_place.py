# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the objects of a tenant live: in the words of people, and as the path of a request."""

from __future__ import annotations

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Id, Pending, Place, segment


@pytest.mark.parametrize(
    ("identity", "text"),
    [
        (7, "7"),
        ("@me", "@me"),
        ("*1", "*1"),
        ("#", "%23"),
        ("a/b?c", "a%2Fb%3Fc"),
        ("\ud800", "%3F"),
        (Pending("extension", "103"), "<extension 103>"),
        (Pending("ivr_context", "main", known="main"), "main"),
    ],
)
def test_an_id_is_one_part_of_a_path(identity: Id, text: str) -> None:
    assert segment(identity) == text


def test_objects_are_called_by_all_around_them() -> None:
    home = Place().inside(NOUNS["extension"], 1, "101")
    assert home.where(NOUNS["agent"], {"name": "Anna"}) == 'extension "101" > agent "Anna"'
    assert home.where(NOUNS["phone"], {}) == 'extension "101"'
    assert Place().where(NOUNS["agent"], {}) == "agent"
    assert home == Place((("extension", 1),))
