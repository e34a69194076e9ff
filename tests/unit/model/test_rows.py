# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Extensions out of rows: of CSV, of spreadsheets, and of ranges."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from ansible_collections.telops.pbx.plugins.filter.extensions_from import extensions_from
from tests.tools.tree import ROOT

ROOM = {"type": "phone", "label": "Room {number}", "phone": {"hangup_timeout": 30}}
MAIL = {"vm_enabled": True, "vm_mailto": "{Mail}"}
DESK = {"number": "{Number}", "type": "phone", "label": "{Name}", "phone": MAIL}
PAGE = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")


def test_a_range_of_rooms_keeps_leading_zeros() -> None:
    found = extensions_from("098-102", ROOM)
    assert [one["number"] for one in found] == ["098", "099", "100", "101", "102"]
    assert found[0] == {"number": "098", "type": "phone", "label": "Room 098", "phone": {"hangup_timeout": 30}}
    several = extensions_from(["101-102, 110", 120], ROOM)
    assert [one["number"] for one in several] == ["101", "102", "110", "120"]


def test_rows_with_columns() -> None:
    rows = [{"Number": "007", "Name": "Anna", "Mail": "a@b.example"}, {"Number": 110, "Name": "Ben", "Mail": None}]
    assert extensions_from(rows, DESK) == [
        {"number": "007", "type": "phone", "label": "Anna", "phone": {"vm_enabled": True, "vm_mailto": "a@b.example"}},
        {"number": "110", "type": "phone", "label": "Ben", "phone": {"vm_enabled": True}},
    ]
    short = extensions_from(rows, {"type": "phone"}, {"number": "Number", "label": "Name", "phone.vm_mailto": "Mail"})
    assert short[0] == {"type": "phone", "number": "007", "label": "Anna", "phone": {"vm_mailto": "a@b.example"}}


def test_a_range_in_a_column_of_another_name_and_with_a_prefix() -> None:
    rows = [{"Room": "01-03", "Floor": "First"}]
    found = extensions_from(rows, {"number": "2{Room}", "type": "phone", "label": "{Floor} {Room} is {number}"})
    assert [(one["number"], one["label"]) for one in found] == [
        ("201", "First 01 is 201"),
        ("202", "First 02 is 202"),
        ("203", "First 03 is 203"),
    ]


def test_empty_rows_and_empty_elements_make_nothing() -> None:
    template = {**DESK, "agents": [{"name": "{Name}"}]}
    rows = [{"Number": "", "Name": None}, {"Number": "101", "Name": "", "Mail": ""}, {}]
    assert extensions_from(rows, template) == [
        {"number": "101", "type": "phone", "phone": {"vm_enabled": True}, "agents": []}
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [{"\ufeffNumber": "101", "Name": "Anna"}],
        [{" Number ": "\u00a0101\u200b", "Name": " Anna"}],
        [{"Number": 101.0, "Name": "Anna"}],
        [{"Number": "101.0", "Name": "Anna"}],
        [{"Number": "101,", "Name": "Anna"}],
        [{"Number": "", "Name": ""}, {"Number": "101\u2014101", "Name": "Anna"}],
    ],
)
def test_cells_as_programs_export_them(rows: Any) -> None:
    template = {"number": "{Number}", "type": "phone", "label": "{Name}"}
    assert extensions_from(rows, template) == [{"number": "101", "type": "phone", "label": "Anna"}]


@pytest.mark.parametrize(
    ("rows", "template", "says"),
    [
        ([{"Number": "1"}, {"Number": "10x"}], {"number": "{Number}"}, 'row 2, column "Number": "10x" is not a number'),
        ([{"Nmber": "101"}], {"number": "{Number}"}, 'row 1 has no column "Number"; did you mean Nmber?'),
        (["116-101"], ROOM, 'row 1, column "number": "116-101" is not a range; write the smaller number first'),
        (["101.05"], ROOM, '"101.05" is not a number; write 101, or a range such as 101-116'),
        (["1.01E+02"], ROOM, '"1.01E+02" is not a number'),
        (["101..116"], ROOM, '"101..116" is not a number; write 101, or a range such as 101-116'),
        (["=A1+1"], ROOM, '"=A1+1" is not a number'),
        (["99-101"], ROOM, "both with the same number of digits"),
        (["00000-99999"], ROOM, "has more than 10000 numbers"),
        (["101-103", "105", "102"], ROOM, "row 3: the number 102 is in row 1 already"),
        ([{"Number": "101", "Ring": "long"}],
         {"number": "{Number}", "type": "phone", "phone": {"hangup_timeout": "{Ring}"}},
         'row 1, column "Ring" > phone: hangup_timeout is \'long\', which is not a whole number'),
        (["101"], {"type": "phon"}, 'row 1: type "phon" is none of'),
        (["101"], {"type": "phone", "labl": "x"}, "row 1: there is no labl; did you mean label?"),
        ([{"Number": ["101"]}], {"number": "{Number}"}, 'row 1, column "Number" holds a list'),
        ([{"Number;Name": "101;Anna"}], DESK, 'row 1 has one column, "Number;Name"; name the delimiter'),
        ([{"Number": "101", "Name": "A", None: ["B"]}], DESK, "row 1 has more cells than the header"),
        ([{"Number": "101"}, {"Name": "Anna"}], {"number": "{Number}"}, 'row 2 has no column "Number"'),
        ([{"Number": "", "Name": "Anna"}], {"number": "{Number}"}, 'column "Number": the number is missing; write 101'),
        ([{"Number": float("nan")}], {"number": "{Number}"}, '"nan" is not a number'),
        (["0-99999999999999999999"], ROOM, "both with the same number of digits"),
        ({"list": []}, ROOM, "the rows are a dictionary, where a list belongs; the rows of read_csv are in its list"),
        ([["101"]], ROOM, "row 1 is a list, where a dictionary of cells belongs, or a number"),
        ({"number": "101"}, ROOM, "the rows are a dictionary, where a list belongs"),
        (["101"], [ROOM], "the template is a list, where an extension belongs"),
        (["101"], {"number": 101}, "the template: number is a number; write it in quotes"),
    ],
)  # fmt: skip
def test_mistakes_name_row_and_column(rows: Any, template: Any, says: str) -> None:
    with pytest.raises(AnsibleFilterError) as refused:
        extensions_from(rows, template)
    assert says in str(refused.value)


def test_all_mistakes_at_once() -> None:
    rows = [{"Number": "x"}, {"Number": "101", "Ring": "a"}, {"Number": "102", "Ring": "b"}]
    template = {"number": "{Number}", "type": "phone", "phone": {"hangup_timeout": "{Ring}"}}
    with pytest.raises(AnsibleFilterError) as refused:
        extensions_from(rows, template)
    assert re.findall(r"row \d", str(refused.value)) == ["row 1", "row 2", "row 3"]


def test_a_cell_never_runs_as_a_template() -> None:
    loader = DataLoader()
    rows = [{"Number": "101", "Name": "{{ 6 * 7 }}"}]
    play = loader.load(
        trust_as_template("made: \"{{ rows | telops.pbx.extensions_from(desk) }}\"\nagain: '{{ made }}'")
    )
    desk = {"number": "{Number}", "type": "phone", "label": "{Name}"}
    templar = Templar(loader, variables={**play, "rows": rows, "desk": desk})
    assert templar.template(play["again"])[0]["label"] == "{{ 6 * 7 }}"


def code(name: str, language: str) -> str:
    """A file that the page prints."""
    [found] = re.findall(rf"^`{re.escape(name)}`\n\n```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def rooms_of(name: str) -> dict[str, Any]:
    """The variables of a play that the page prints."""
    [play] = yaml.safe_load(code(name, "yaml"))
    return dict(play["vars"])


def test_the_recipe_for_csv() -> None:
    """The rows of csv.DictReader are those of read_csv, which tests/integration/test_lists.py asks."""
    rows = list(csv.DictReader(code("people.csv", "text").splitlines()))
    found = extensions_from(rows, rooms_of("people.yml")["desk"])
    assert [(one["number"], one["label"]) for one in found] == [("0101", "Anna Berg"), ("0102", "Ben Dahl")]
    assert "vm_mailto" not in found[1]["phone"]


def test_the_recipe_for_a_spreadsheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("Number", "Name", "Mail"),
        ("0101", "Anna Berg", "anna@shop.example.com"),
        (102, "Ben", None),
        (None,),
    ):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    (tmp_path / "rows.py").write_text(code("rows.py", "python"), encoding="utf-8")
    done = subprocess.run([sys.executable, "rows.py", "people.xlsx"], cwd=tmp_path, capture_output=True, check=True)
    found = extensions_from(json.loads(done.stdout), rooms_of("people.yml")["desk"])
    assert [(one["number"], one["label"]) for one in found] == [("0101", "Anna Berg"), ("102", "Ben")]
