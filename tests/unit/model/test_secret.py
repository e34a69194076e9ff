# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A password or a PIN is text to its PBX, and stars to everybody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from ansible_collections.telops.pbx.plugins.module_utils._model.values import normal, read, shown
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import Mask
from ansible_collections.telops.pbx.plugins.module_utils._text.secret import HIDDEN, Remembered, Secret

PIN = NOUNS["conference"].by_name["pin"]


@pytest.mark.parametrize("spelled", [str, repr, "{}".format, "{!r}".format, lambda secret: f"{[secret]}"[1:-1]])
def test_it_is_never_printed(spelled: Any) -> None:
    assert spelled(normal(PIN, "4815")) == HIDDEN


def test_it_is_no_json() -> None:
    with pytest.raises(TypeError):
        json.dumps({"pin": normal(PIN, "4815")})


def test_it_is_compared_like_text() -> None:
    assert normal(PIN, "4815") == normal(PIN, "4815") != normal(PIN, "1516")
    assert normal(PIN, "4815") != "4815"
    assert len({Secret("4815"), Secret("4815")}) == 1
    assert (normal(PIN, None), normal(PIN, "")) == (None, "")


def test_an_answer_holds_it_however_odd_it_is() -> None:
    for odd in ("4815", ["4815"], 4815):
        assert str(read(NOUNS["conference"], {"pin": odd})["pin"]) == HIDDEN
    assert shown(NOUNS["conference"], {"pin": "4815", "max_members": 5}) == {"max_members": 5}


def test_a_digest_stands_for_it() -> None:
    mask = Mask("key")
    assert mask.digest(Secret("4815")) == mask.digest("4815") != mask.digest("1516")
    assert mask.digest({"pin": Secret("4815")}) == mask.digest({"pin": "4815"})
    assert (str(Remembered(mask.digest("4815"))), Remembered("d").digest) == (HIDDEN, "d")
