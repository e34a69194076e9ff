# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every file that the collection writes is there whole or not at all, and every failure is one sentence."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._entry import review
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

Writer = Callable[[Emulator, Path], str | None]

# The name of a section, so that an export writes it too.
NAME = "pbx_sounds.yml"


def export(pbx: Emulator, target: Path) -> str | None:
    return told(call(pbx, "pbx_tenant_info", {"sections": ["sounds"], "path": str(target.parent)}))


def plan(pbx: Emulator, target: Path) -> str | None:
    document = {"extensions": [{"number": "101", "label": "Anna"}], "plan_file": str(target)}
    return told(call(pbx, "pbx_tenant", document, check=True))


def report(pbx: Emulator, target: Path) -> str | None:
    try:
        review.write(str(target), "# What changes\n" * 100)
    except review.FileFailed as error:
        return str(error)
    return None


def download(pbx: Emulator, target: Path) -> str | None:
    args = {"extension": "101", "sound": "Welcome", "dest": str(target), "force": True}
    return told(call(pbx, "pbx_media", args))


def told(result: dict[str, Any]) -> str | None:
    message: str | None = result.get("msg")
    return message


WRITERS: dict[str, Writer] = {"export": export, "plan": plan, "report": report, "download": download}
# A download keeps who may read the file that it replaces; whatever else is written may hold secrets.
PRIVATE = [writer for writer in WRITERS if writer != "download"]


@pytest.fixture(params=WRITERS)
def writer(request: pytest.FixtureRequest) -> Writer:
    return WRITERS[request.param]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / NAME


def kept(target: Path) -> list[str]:
    return sorted(os.listdir(target.parent))


def test_f1_a_file_is_written(pbx: Emulator, writer: Writer, target: Path) -> None:
    assert writer(pbx, target) is None
    assert target.stat().st_size > 100
    assert kept(target) == [NAME]


@pytest.mark.parametrize("name", PRIVATE)
def test_f1_only_its_owner_may_read_what_may_hold_secrets(pbx: Emulator, name: str, target: Path) -> None:
    target.write_text("old")
    target.chmod(0o644)
    assert WRITERS[name](pbx, target) is None
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("there", ["a folder", "a FIFO", "a device", "a link to a FIFO"])
def test_f1_what_is_no_file_is_never_replaced(pbx: Emulator, writer: Writer, target: Path, there: str) -> None:
    if there == "a folder":
        # Into a folder, a download goes with a name of its own.
        if writer is download:
            os.mkfifo(target)
        else:
            target.mkdir()
    elif there == "a device":
        target.symlink_to("/dev/full")
    elif there == "a FIFO":
        os.mkfifo(target)
    else:
        os.mkfifo(target.parent / "fifo")
        target.symlink_to("fifo")
    before, kind = kept(target), target.lstat().st_mode
    message = writer(pbx, target)
    assert message is not None
    assert message.endswith("is there, and is no file"), message
    assert (kept(target), target.lstat().st_mode) == (before, kind)


@pytest.mark.parametrize("there", [True, False])
def test_f1_a_link_is_followed(pbx: Emulator, writer: Writer, target: Path, tmp_path: Path, there: bool) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if there:
        (elsewhere / "file").write_text("old")
    target.symlink_to("../elsewhere/file")
    assert writer(pbx, target) is None
    assert target.is_symlink()
    assert (elsewhere / "file").stat().st_size > 100
    assert (kept(target), os.listdir(elsewhere)) == ([NAME], ["file"])


@pytest.mark.parametrize("there", [True, False])
def test_f1_a_full_disk_leaves_nothing_behind(pbx: Emulator, writer: Writer, target: Path, there: bool) -> None:
    if there:
        target.write_text("old")
    with no_file_longer_than(64):
        message = writer(pbx, target)
    assert message is not None
    assert "cannot be written: File too large" in message
    assert kept(target) == ([NAME] if there else [])
    assert not there or target.read_text() == "old"


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


PATHS = {
    "below a file": "file/" + NAME,
    "in a loop of links": "loop/" + NAME,
    "with a NUL": "nul\0/" + NAME,
    "with half a character": "half\ud800/" + NAME,
    "with a name that is too long": "x" * 300 + "/" + NAME,
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_f1_a_path_that_cannot_be_is_one_sentence(pbx: Emulator, writer: Writer, target: Path, path: str) -> None:
    (target.parent / "file").write_text("here")
    (target.parent / "loop").symlink_to("loop")
    message = writer(pbx, target.parent / path)
    assert message is not None
    assert "\n" not in message
    assert not message.startswith(("[Errno", "embedded", "'utf-8'")), message
    assert kept(target) == ["file", "loop"]


def test_f1_a_path_that_is_a_file_is_named(pbx: Emulator, target: Path) -> None:
    target.write_text("here")
    for check in (True, False):
        result = call(pbx, "pbx_tenant_info", {"path": str(target)}, check=check)
        assert result["msg"] == f"path: {target}/pbx_sounds.yml cannot be read: Not a directory"


# -- plans

STEP = {"action": "update", "object": "x", "method": "PUT", "path": "/x", "body": None, "changes": []}
NO_PLANS = {
    "a list": "[1]",
    "a word": '"plan"',
    "nothing": "",
    "half of it": '{"steps": [',
    "a step without anything": '{"format": 1, "steps": [{}]}',
    "a step that is none": '{"format": 1, "steps": [1]}',
    "no format": '{"steps": [{}]}',
    "changes that are a number": json.dumps({"format": 1, "steps": [{**STEP, "changes": 5}]}),
    "changes that are none": json.dumps({"format": 1, "steps": [{**STEP, "changes": [{}]}]}),
    "an action that is a list": json.dumps({"format": 1, "steps": [{**STEP, "action": []}]}),
    "deep JSON": "[" * 100_000,
    "deep inside of a plan": '{"format": 1, "steps": ' + "[" * 100_000,
    "a number that is too long": '{"format": ' + "9" * 5000 + "}",
    "YAML": "steps:\n- 1\n",
}


@pytest.mark.parametrize("text", NO_PLANS.values(), ids=NO_PLANS)
def test_f1_what_is_no_plan_is_called_that(pbx: Emulator, target: Path, text: str) -> None:
    target.write_text(text, encoding="utf-8")
    message = applied(pbx, target)
    assert message == f"plan_file {target} holds no plan; run the same task in check mode to make one"
    assert pbx.writes() == []


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b"\x00" * 10, b"\xed\xa0\x80"])
def test_f1_bytes_that_are_no_text_are_no_plan(pbx: Emulator, target: Path, content: bytes) -> None:
    target.write_bytes(content)
    assert "holds no plan" in str(applied(pbx, target))


def test_f1_half_a_character_in_a_plan_is_a_difference_like_any_other(pbx: Emulator, target: Path) -> None:
    for made in ("half \ud800", "other"):
        document = {"extensions": [{"number": "101", "label": made}], "plan_file": str(target)}
        assert call(pbx, "pbx_tenant", document, check=True).get("msg") is None
        json.loads(target.read_text(encoding="utf-8"))
        target.write_text(target.read_text(encoding="utf-8").replace("other", "half \\ud800"), encoding="utf-8")
        message = applied(pbx, target)
        assert message is not None
        assert "is outdated" in message
    assert pbx.writes() == []


@pytest.mark.parametrize("there", ["a FIFO", "a device", "a folder"])
def test_f1_a_plan_is_only_read_from_a_file(pbx: Emulator, target: Path, there: str) -> None:
    if there == "a FIFO":
        os.mkfifo(target)
    elif there == "a device":
        target.symlink_to("/dev/zero")
    else:
        target.mkdir()
    assert applied(pbx, target) == f"plan_file {target} is there, and is no file"


def applied(pbx: Emulator, plan_file: Path) -> str | None:
    document = {"extensions": [{"number": "101", "label": "Anna"}], "plan_file": str(plan_file)}
    return told(call(pbx, "pbx_tenant", document))
