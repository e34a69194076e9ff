# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults of a document that only the PBX can tell: the module reports all of them at once, and none twice."""

from __future__ import annotations

from tests.cases.inprocess import call
from tests.emulator.server import Emulator


def test_everything_that_the_pbx_makes_wrong_is_told_at_once(pbx: Emulator) -> None:
    document = {
        "extensions": [
            {"number": "999", "agents": [{"name": "Ghost"}], "phone": {"hangup_timeout": 30}},
            {"number": "101", "queue": {"max_wait_time": 60}},
            {"number": "102", "agents": [{"name": "Eva", "agent_sound": "Welcom"}]},
            {"number": "200", "queue_agents": [{"agent": "Nobody"}]},
        ]
    }
    result = call(pbx, "pbx_tenant", document)
    nobody = 'agent: there is no agent "Nobody"; there are: 999/Ghost, 102/Eva'
    welcom = 'agent_sound: there is no sound "Welcom" in extension "102"; did you mean "Welcome"?'
    assert result["msg"].splitlines() == [
        'extensions[0] "999": type is missing; a new extension needs it',
        'extensions[1] "101" > queue: extension "101" is of type phone; this needs an extension of type queue',
        f'extensions[2] "102" > agents[0] "Eva": {welcom}',
        f'extensions[3] "200" > queue_agents[0] "Nobody": {nobody}',
    ]
    assert (result["failed"], result["changed"], pbx.writes()) == (True, False, [])


def test_what_is_cleared_on_a_new_extension_is_said(pbx: Emulator) -> None:
    """Nobody knows its first rules (semantics.md section 9 (21))."""
    settings = {"strategy": "top-down", "tier_rule_wait_second": None}
    document = {"extensions": [{"number": "250", "type": "queue", "queue": settings}]}
    result = call(pbx, "pbx_tenant", document)
    [put] = [step for step in result["plan"] if step["method"] == "PUT"]
    assert put["body"]["tier_rule_wait_second"] is None
    assert call(pbx, "pbx_tenant", document)["changed"] is False
