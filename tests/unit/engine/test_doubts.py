# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A preview warns of values that the PBX may refuse, though no documentation says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

TYPES = NOUNS["event"].by_name["event_type"].choices
KNOWN = (
    "on an IVR, the PBX refuses some types of events, and which ones is not documented; only hangup is recommended "
    "there. If it refuses this one, the real run stops here"
)


def event(kind: str) -> dict[str, Any]:
    return {"event_type": kind, "url": "https://h.invalid", "method": "GET"}


def doubts(result: dict[str, Any]) -> list[str]:
    assert not result.get("failed"), result["msg"]
    assert result["changed"]
    return [warning for warning in result["warnings"] if KNOWN in warning]


@pytest.mark.parametrize(
    ("extension", "kind"),
    [
        *[({"extension": "300"}, kind) for kind in TYPES],
        *[({"extension_id": "5015"}, kind) for kind in ("hangup", "answer")],
    ],
)
def test_r3_an_event_on_an_ivr(pbx: Emulator, extension: dict[str, str], kind: str) -> None:
    found = doubts(call(pbx, "pbx_event", {**extension, **event(kind)}, check=True))
    assert len(found) == (kind != "hangup")
    assert all(
        warning.startswith(f'extension "{next(iter(extension.values()))}" > event "{kind} ') for warning in found
    )


@pytest.mark.parametrize("new", [False, True], ids=["there", "new"])
def test_r3_an_event_of_a_document(pbx: Emulator, new: bool) -> None:
    ivr = {"number": "390" if new else "300", "events": [event("dial-in"), event("answer"), event("hangup")]}
    document = {"extensions": [{**ivr, "type": "ivr"}, {"number": "101", "events": [event("dial-in")]}]}
    assert len(doubts(call(pbx, "pbx_tenant", document, check=True))) == 2


def test_r3_an_ivr_of_an_earlier_task(pbx: Emulator, tmp_path: Path) -> None:
    for module, args in (
        ("pbx_extension", {"number": "390", "type": "ivr"}),
        ("pbx_event", {"extension": "390", **event("dial-in")}),
    ):
        result = call(pbx, module, args, check=True, memory=str(tmp_path))
    assert len(doubts(result)) == 1


@pytest.mark.parametrize("extension", ["101", "200", "400", "500"])
def test_r3_other_extensions_are_not_in_doubt(pbx: Emulator, extension: str) -> None:
    assert doubts(call(pbx, "pbx_event", {"extension": extension, **event("dial-in")}, check=True)) == []


def test_r3_what_the_pbx_has_taken_is_not_in_doubt(pbx: Emulator) -> None:
    task = {"extension": "300", **event("message-in")}
    assert doubts(call(pbx, "pbx_event", task)) == []
    for check in (True, False):
        again = call(pbx, "pbx_event", task, check=check)
        assert (again["changed"], again["warnings"]) == (False, [])
    assert doubts(call(pbx, "pbx_event", {**task, "state": "absent"}, check=True)) == []


def test_r3_an_extension_that_may_not_be_read_is_not_in_doubt(pbx: Emulator) -> None:
    pbx.fault("status", method="GET", path="/extension/5015/extension/", status=403)
    assert doubts(call(pbx, "pbx_event", {"extension_id": "5015", **event("answer")}, check=True)) == []
