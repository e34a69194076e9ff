# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects that a document names to be absent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.inprocess import call
from tests.emulator.server import Emulator

AGENT = {"kind": "agent", "extension": "101", "name": "Anna"}


def test_every_mistake_is_told_at_once(pbx: Emulator) -> None:
    absent = [{"kind": "agnt"}, {"kind": "agent", "extension": ""}, {**AGENT, "label": "Anna", "status": "idle"}]
    takes = "of one agent, it takes extension, name"
    assert call(pbx, "pbx_tenant", {"absent": absent})["msg"].splitlines() == [
        'absent[0]: there is no kind "agnt"; did you mean agent?',
        f"absent[1]: extension is missing; {takes}",
        f"absent[1]: name is missing; {takes}",
        f"absent[2]: there is no label; {takes}",
        f"absent[2]: there is no status; {takes}",
    ]
    assert pbx.writes() == []


@pytest.mark.parametrize(
    ("one", "deletes"),
    [
        (AGENT, 1),
        ({**AGENT, "name": "Nobody"}, 0),
        ({**AGENT, "extension": "999"}, 0),
        ({"kind": "queue_agent", "extension": "200", "agent": "101/Anna"}, 1),
        ({"kind": "queue_agent", "extension": "200", "agent": "101/Nobody"}, 0),
        ({"kind": "ivr_option", "extension": "300", "ivr_context": "gone", "digits": "1"}, 0),
    ],
)
def test_what_is_there_goes_and_what_is_not_needs_no_step(pbx: Emulator, one: dict[str, Any], deletes: int) -> None:
    assert not call(pbx, "pbx_agent", {"extension": "101", "name": "Anna"}).get("failed")
    assert not call(pbx, "pbx_queue_agent", {"extension": "200", "agent": "101/Anna"}).get("failed")
    pbx.clear_log()
    for expected in (deletes, 0):
        result = call(pbx, "pbx_tenant", {"absent": [one], "max_delete_share": 100})
        assert (result.get("msg"), len(result["plan"])) == (None, expected)
    assert [entry["method"] for entry in pbx.writes()] == ["DELETE"] * deletes
