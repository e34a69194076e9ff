# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The soak test, as small as it can be: `make soak` has 200 tenants and real latency."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from tests.cases.inprocess import connections
from tests.emulator.server import Emulator
from tests.soak import soak

QUICK = [fault for fault in soak.FAULTS if fault["kind"] not in ("timeout", "endless", "rate_limit")]


def test_tenants_end_as_their_documents_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "BACKOFF", 0.0)
    with Emulator(seed="empty") as pbx, connections(), ThreadPoolExecutor(1) as node:
        tenants = soak.tenants_of(pbx, 1, rounds=2, seed=3, phones=2)
        last = [tenant.documents[-1] for tenant in tenants]
        soak.misbehave(pbx, 3, (0, 1), QUICK)
        done = soak.run(tenants, (node, node), seed=3)
        assert done.runs == 2 + sum(done.failures.values())
        soak.look(pbx, done, last)
        assert done.wrong == []
        # The soak test notices an object that no document declares.
        left = {"kind": "extension_group", "client_id": tenants[0].access.client_id}
        pbx.control("POST", "objects", {**left, "body": {"name": "Left over", "extra_params": None}})
        soak.look(pbx, done, last)
        assert "Left over" in done.wrong[0]
