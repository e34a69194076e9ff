# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from functools import partial

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._entry import run


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses in s that modules make from here on, without making them."""
    made: list[float] = []
    monkeypatch.setattr(run, "Client", partial(run.Client, sleep=made.append))
    return made
