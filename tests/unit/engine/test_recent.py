# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A PBX whose reads lag behind its writes: a task sees what earlier tasks of the run have done (cases O4)."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._engine.read import recent
from ansible_collections.telops.pbx.plugins.module_utils._model.operations import OPERATIONS
from tests.cases import CASES
from tests.cases.case import Case, Step
from tests.cases.inprocess import call, prepared
from tests.emulator.server import Emulator

# All writes to objects that a PBX keeps. The content of a sound is not part of its fields, and a secret stands nowhere.
UNSEEN = ("pbx_conference-change a code", "pbx_sound-replace", "pbx_sound-rename and replace")
WRITTEN = {
    f"{name}-{step.name}": (case, index)
    for name, case in CASES.items()
    for index, step in enumerate(case.steps)
    if step.writes and step.settles and name.removeprefix("pbx_") not in OPERATIONS
    if f"{name}-{step.name}" not in UNSEEN
}


def answer(pbx: Emulator, entry: dict[str, Any]) -> tuple[int, Any]:
    """The status and the body that a read is answered with at the moment."""
    where = urlsplit(pbx.url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port or 80)
    query = f"?{urlencode(entry['query'], doseq=True)}" if entry["query"] else ""
    headers = {"Authorization": f"Bearer {pbx.access_token}"}
    connection.request("GET", f"{where.path}{entry['path']}{query}", headers=headers)
    got = connection.getresponse()
    text = got.read()
    connection.close()
    return got.status, json.loads(text) if text else None


def reads(pbx: Emulator) -> list[dict[str, Any]]:
    return [entry for entry in pbx.log() if entry["method"] == "GET"]


def one_after_the_other(pbx: Emulator, case: Case, step: Step, folder: str) -> dict[str, Any]:
    """Do a step, and once more while each read is answered once as it was before the step."""
    args = case.args(step.args)
    pbx.clear_log()
    planned = call(pbx, case.module, args, check=True)
    assert not planned.get("failed"), planned["msg"]
    before = {json.dumps((entry["path"], entry["query"])): answer(pbx, entry) for entry in reads(pbx)}
    assert call(pbx, case.module, args, memory=folder)["changed"]
    for key, (status, body) in before.items():
        path, query = json.loads(key)
        # A second page of a list is answered as it is; only the first one tells.
        if dict(query).get("page") not in (None, "2"):
            if status == http.client.OK:
                pbx.fault("json", method="GET", path=path.replace("[", "?"), body=body)
        elif not query:
            pbx.fault("json", method="GET", path=path, body=body)
    pbx.clear_log()
    return call(pbx, case.module, args, memory=folder)


@pytest.mark.parametrize(("case", "index"), WRITTEN.values(), ids=WRITTEN)
def test_o4_a_task_knows_what_the_one_before_has_done(
    pbx: Emulator, naps: list[float], tmp_path: Path, case: Case, index: int
) -> None:
    prepared(pbx, case)
    for earlier in case.steps[:index]:
        call(pbx, case.module, case.args(earlier.args))
    result = one_after_the_other(pbx, case, case.steps[index], str(tmp_path))
    assert (result.get("msg"), result["changed"], pbx.writes()) == (None, False, [])
    assert set(naps) <= {recent.LAG[0]}
