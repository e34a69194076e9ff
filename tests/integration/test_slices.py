# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Job slicing: tenants in several jobs at once, each with its part of the inventory.

`make slices` does the same with 200 tenants.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.slices import add_tenants, differences, run, sliced, written
from tests.emulator.server import Emulator

TENANTS, SLICES = 7, 3


@pytest.mark.long
def test_the_slices_together_are_the_whole(emulator: Emulator, tmp_path: Path) -> None:
    hosts, owner = add_tenants(emulator, TENANTS)
    (whole,) = run(emulator, tmp_path, "plan.yml", [hosts])
    assert emulator.writes() == []

    slices = sliced(hosts, SLICES)
    assert [len(part) for part in slices] == [3, 2, 2]
    assert list(slices[1])[:2] == ["tenant001", "tenant004"]
    jobs = run(emulator, tmp_path, "site.yml", slices)
    writes = written(emulator, owner)
    assert differences(hosts, whole, jobs, writes) == []
    assert {len(sent) for sent in writes.values()} == {4}

    # Had a slice not run, or a tenant been in two of them, it would be told.
    assert len(differences(hosts, whole, jobs[1:], writes)) == 3
    assert differences(hosts, whole, [*jobs, jobs[0]], writes)[0] == "tenant000 is in 2 slices"
    twice = {**writes, "tenant000": writes["tenant000"] * 2}
    assert differences(hosts, whole, jobs, twice) == ["tenant000: 8 requests, and the whole announced 4"]
