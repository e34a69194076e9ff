# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The impact of random edits against calls that are tried one by one: no difference is missed, and none invented."""

from __future__ import annotations

import os

import pytest

from tests.unit.flow.one_by_one import SAMPLE, WHOLE, one_by_one

# PBX_TEST_EXAMPLES=1000 compares so many edits, and more calls and rows of each; python -m tests.bench.brute does so.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "6"))
SHARES = max(2, EXAMPLES // 50)


@pytest.mark.parametrize("share", range(SHARES))
def test_an_impact_is_what_calls_one_by_one_show(share: int) -> None:
    for seed in range(share, EXAMPLES, SHARES):
        found = one_by_one(seed, *(WHOLE if EXAMPLES > 6 else SAMPLE))
        assert not found.missed, found.missed[0]
        assert not found.invented, found.invented[0]
