# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The requests that the modules' tables really send, from the log of the PBX: all that the API documents."""

from __future__ import annotations

from pathlib import Path

from tests.cases import CASES
from tests.cases.inprocess import call, connections, prepared
from tests.emulator.server import Emulator
from tests.tools.api_coverage import described_as, operations

RECORD = "5001-00000000000000000000000000000001"
VOICEMAIL = "5001-000000000000000000000000000000f1"
FAX = "5016-000000000000000000000000000000e1"


def logged(pbx: Emulator) -> set[str]:
    return {
        f"{entry['method']} {described_as(entry['method'], entry['path'])}"
        for entry in pbx.log()
        if entry["path"].startswith(("/extension", "/client", "/user"))
    }


def fetched(pbx: Emulator, folder: Path) -> set[str]:
    """Files that are there on the seeded tenant only, in each way that the API has."""
    pbx.reset(seed="demo")
    records = call(pbx, "pbx_record_info", {"extension_id": 5001, "start_datetime": "2020-01-01"})["records"]
    pbx.clear_log()
    phone = {"extension_id": 5001}
    one = {**phone, "record": records[0]["record_uuid"]}
    login = {"api_username": pbx.username, "api_password": pbx.password, "basic_auth": True}
    for number, args in enumerate(
        (
            one,
            {**one, **login},
            {**one, "storage_url": True},
            {**phone, "voicemail": VOICEMAIL},
            {**phone, "voicemail": VOICEMAIL, "storage_url": True},
            {"extension_id": 5016, "fax": FAX},
        )
    ):
        where = {} if "storage_url" in args else {"dest": str(folder / str(number))}
        result = call(pbx, "pbx_media", {**args, **where})
        assert not result.get("failed"), (args, result["msg"])
    return logged(pbx)


def test_every_documented_operation_is_sent(emulator: Emulator, tmp_path: Path) -> None:
    sent: set[str] = set()
    with connections():
        for case in CASES.values():
            emulator.reset(seed="bare")
            prepared(emulator, case)
            for step in case.steps:
                call(emulator, case.module, case.args(step.args))
            sent |= logged(emulator)
        sent |= fetched(emulator, tmp_path)
    assert {one.title for one in operations() if one.documented} - sent == set()
