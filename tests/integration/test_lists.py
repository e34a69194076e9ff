# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recipes of docs/lists.md as printed: a CSV file by the real community.general.read_csv, and a spreadsheet.

tests/unit/model/test_rows.py tries the same files without Ansible.
"""

from __future__ import annotations

import os
import re
from typing import Any

import openpyxl
import pytest
import yaml

from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible
from tests.tools.community import collections
from tests.tools.tree import ROOT, link

pytestmark = pytest.mark.long

PAGE = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(\S+)`\n\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
[SPREADSHEET] = re.findall(r"^pbx_extensions: >-\n +(\{\{ lookup.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_a_csv_file_and_a_spreadsheet(ansible: Ansible, emulator: Emulator) -> None:
    for name, text in FILES.items():
        (ansible.folder / name).write_text(text, encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (("Number", "Name", "Mail"), ("0103", "Eva Funk", "eva@shop.example.com"), (1104, "Kim Holm", None)):
        book.active.append(row)
    book.save(ansible.folder / "people.xlsx")
    [play] = yaml.safe_load(FILES["people.yml"])
    tenant: dict[str, Any] = {"telops.pbx.pbx_tenant": {"extensions": SPREADSHEET}, "name": "Take the spreadsheet"}
    (ansible.folder / "sheet.yml").write_text(yaml.safe_dump([{**play, "tasks": [tenant]}]), encoding="utf-8")
    client = emulator.add_client(seed="empty", extension_len=4)
    env = {
        "ANSIBLE_COLLECTIONS_PATH": os.pathsep.join([str(link()), str(collections())]),
        "PBX_API_URL": emulator.url,
        "PBX_ACCESS_TOKEN": client["access_token"],
    }
    run = ansible.command("ansible-playbook", "people.yml", "sheet.yml", env=env)
    assert run.rc == 0, run.output
    found = emulator.state(client["client_id"])["extensions"]
    assert [(one["label"], one["phone"]["vm_mailto"]) for one in found] == [
        ("Anna Berg", "anna@shop.example.com"),
        ("Ben Dahl", None),
        ("Eva Funk", "eva@shop.example.com"),
        ("Kim Holm", None),
    ]
    assert [one["number"] for one in found] == ["0101", "0102", "0103", "1104"]
