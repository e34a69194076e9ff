# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Readings that take several requests, or during which the PBX changes."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases import CASES
from tests.cases.inprocess import call, prepared
from tests.emulator.server import Emulator
from tests.integration.test_dialects import client_options

PHONE = 5001
YEAR = {"extension_id": PHONE, "start_datetime": "2025-01-01", "end_datetime": "2025-12-31"}


def record(pbx: Emulator, name: str, began: str) -> None:
    pbx.insert("record", PHONE, record_uuid=name, init_time_gmt=began, record_file_size=7)


def queries(pbx: Emulator) -> list[tuple[str, str]]:
    """The spans of the records that were asked for, each once, whatever the pages."""
    spans = [e["query"] for e in pbx.log() if e["path"].endswith("/record/")]
    return list(dict.fromkeys((*one["start_datetime"], *one["end_datetime"]) for one in spans))


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize(
    "dialect", [{}, {"page_cap": "50"}, {"query_time": "user"}, {"list_order": "shuffled"}], ids=str
)
def test_records_of_a_year_come_once_and_in_order(pbx: Emulator, order: str, dialect: dict[str, str]) -> None:
    pbx.set_dialect(**dialect)
    names = []
    for month, number in itertools.product((1, 4, 6, 9, 12), range(60)):
        names.append(f"{month:02}-{number:02}")
        record(pbx, names[-1], f"2025-{month:02}-28 12:{number:02}:00.5")
    args = {**YEAR, "order": order, "dialect": client_options(dialect)}
    found = call(pbx, "pbx_record_info", {**args, "stats": True})
    assert [one["record_uuid"] for one in found["records"]] == sorted(names, reverse=order == "desc")
    assert found["stats"] == {"records_count": 300, "files_size": 2100}
    few = call(pbx, "pbx_record_info", {**args, "limit": 130})
    assert few["records"] == found["records"][:130]
    assert few["requests"]["GET"] < found["requests"]["GET"]


def test_a_call_that_begins_in_the_last_second_of_a_month_is_not_lost(pbx: Emulator) -> None:
    for month, day in ((1, 31), (2, 28), (4, 30), (6, 30), (12, 31)):
        record(pbx, f"{month:02}", f"2025-{month:02}-{day} 23:59:59.0")
        record(pbx, f"{month:02} late", f"2025-{month:02}-{day} 23:59:59.76")
    found = call(pbx, "pbx_record_info", {**YEAR, "end_datetime": "2026-01-01 00:00:00", "order": "asc"})
    names = [one["record_uuid"] for one in found["records"]]
    assert names == [name for month in ("01", "02", "04", "06", "12") for name in (month, f"{month} late")]


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The zone of this machine."""
    with monkeypatch.context() as here:
        here.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("tokyo")
def test_records_are_asked_for_in_the_zone_that_the_dialect_names(pbx: Emulator) -> None:
    """The user of the emulator lives in Europe/Moscow."""
    args = {**YEAR, "start_datetime": "2025-12-31", "timezone": "Europe/Berlin"}
    call(pbx, "pbx_record_info", args)
    assert queries(pbx) == [("2025-12-30 23:00:00", "2025-12-31 22:59:59")]
    pbx.clear_log()
    call(pbx, "pbx_record_info", {**args, "dialect": {"query_time": "user"}})
    assert queries(pbx) == [("2025-12-31 02:00:00", "2026-01-01 01:59:59")]


def test_a_zone_that_nobody_knows_is_named(pbx: Emulator) -> None:
    pbx.fault("json", path="/user/", body={"timezone": "Mars/Olympus"})
    result = call(pbx, "pbx_record_info", {**YEAR, "dialect": {"query_time": "user"}})
    assert result["msg"] == (
        "GET /user/: the time zone Mars/Olympus of the user is not known here; set the dialect's query_time to utc"
    )


@pytest.mark.parametrize(("limit", "pages"), [(10, 1), (50, 1), (51, 2), (60, 2)])
def test_no_more_records_are_asked_for_than_wanted(pbx: Emulator, limit: int, pages: int) -> None:
    pbx.set_dialect(page_cap="50")
    for month, number in itertools.product((11, 12), range(60)):
        record(pbx, f"{month:02}-{number:02}", f"2025-{month:02}-28 12:{number:02}:00")
    found = call(pbx, "pbx_record_info", {**YEAR, "limit": limit})
    assert (len(found["records"]), found["requests"]) == (limit, {"GET": pages})


def test_a_record_without_an_id_is_no_other(pbx: Emulator) -> None:
    for minute in (1, 2):
        pbx.insert("record", PHONE, init_time_gmt=f"2025-06-01 10:0{minute}:00")
    assert len(call(pbx, "pbx_record_info", YEAR)["records"]) == 2


@pytest.mark.parametrize("rule_list_order", ["program", "id"])
def test_a_whole_ivr_is_the_same_however_it_is_read(pbx: Emulator, rule_list_order: str) -> None:
    prepared(pbx, CASES["pbx_ivr_rule_info"])
    found = []
    for scheme in ("options", "flat", "absent"):
        pbx.set_dialect(scheme=scheme, rule_list_order=rule_list_order)
        found.append(call(pbx, "pbx_ivr_scheme_info", {"extension": "300"})["ivr_scheme"])
    pbx.clear_log()
    found.append(call(pbx, "pbx_ivr_scheme_info", {"extension": "300", "dialect": {"scheme": "never"}})["ivr_scheme"])
    assert not [entry["path"] for entry in pbx.log() if entry["path"].endswith("/scheme/")]
    assert all(one == found[0] for one in found)
    [menu] = found[0]["contexts"]
    [option] = [one for one in menu["options"] if one["digits"] == "*#1"]
    assert [rule["name"] for rule in option["rules"]] == ["a", "b"]
    assert found[0].items() >= call(pbx, "pbx_ivr_info", {"extension": "300"})["ivr"].items()


def test_what_is_documented_of_a_file_is_what_is_returned(pbx: Emulator) -> None:
    pbx.reset(seed="demo")
    one = {"extension": "101", "storage_url": True}
    for kind, number in (("record", 1), ("voicemail", "f1")):
        found = call(pbx, "pbx_media_info", {**one, kind: f"5001-{number:0>32}"})["media"]
        assert found.keys() == {"exists", "media_type", "name", "size", "record_url"}
        assert (found["exists"], found["media_type"]) == (True, "audio/wav")
        assert found["size"] > 44
        gone = call(pbx, "pbx_media_info", {**one, kind: "5001-9"})
        assert (gone["media"], gone["requests"]) == ({"exists": False}, {"GET": 1 + 2})


@pytest.mark.parametrize(
    ("numbers", "query"), [(["101"], {"extension_id": [str(PHONE)]}), (["101", "102"], {})], ids=["one", "several"]
)
def test_a_query_names_one_phone_at_most(pbx: Emulator, numbers: list[str], query: dict[str, list[str]]) -> None:
    call(pbx, "pbx_registration_info", {"extensions": numbers})
    assert [one["query"] for one in pbx.log() if one["path"] == "/extension/registration/"] == [query]


def test_nobody_is_registered_at_a_phone_that_an_earlier_task_would_create(pbx: Emulator, tmp_path: Path) -> None:
    mode: dict[str, Any] = {"check": True, "memory": str(tmp_path / "memory")}
    call(pbx, "pbx_extension", {"number": "150", "type": "phone"}, **mode)
    found = call(pbx, "pbx_registration_info", {"extensions": ["150", "101"]}, **mode)["registrations"]
    new = {"extension": "150", "extension_id": "<extension 150>"}
    assert found[0] == {**new, "registered": False, "registrations": []}
    assert found[1]["extension"] == "101"
    assert found[0].items() <= {**found[1], **new}.items()


def test_menus_come_by_name_and_options_by_what_is_pressed(pbx: Emulator) -> None:
    for name in ("b", "c", "a"):
        call(pbx, "pbx_ivr_context", {"extension": "300", "name": name})
    for digits in ("9", "10", "1"):
        call(pbx, "pbx_ivr_option", {"extension": "300", "ivr_context": "b", "digits": digits})
    found = call(pbx, "pbx_ivr_scheme_info", {"extension": "300"})["ivr_scheme"]
    assert [menu["name"] for menu in found["contexts"]] == ["a", "b", "c"]
    options = [option["digits"] for option in found["contexts"][1]["options"]]
    assert options == ["1", "10", "9", "invalid", "start", "timeout"]


def test_what_is_known_of_an_extension_that_an_earlier_task_would_create(pbx: Emulator, tmp_path: Path) -> None:
    mode: dict[str, Any] = {"check": True, "memory": str(tmp_path / "memory")}
    call(pbx, "pbx_extension", {"number": "150", "type": "phone"}, **mode)
    call(pbx, "pbx_extension", {"number": "250", "type": "queue"}, **mode)
    span = {name: value for name, value in YEAR.items() if name != "extension_id"}
    found = call(pbx, "pbx_record_info", {"extension": "150", **span, "stats": True}, **mode)
    assert (found["records"], found["stats"]) == ([], {"records_count": 0, "files_size": 0})
    status = call(pbx, "pbx_queue_status_info", {"extension": "250", "include": ["agents"]}, **mode)["queue_status"]
    real = call(pbx, "pbx_queue_status_info", {"extension": "200", "include": ["agents"]})["queue_status"]
    assert status == {**dict.fromkeys(real), "agents": []}
