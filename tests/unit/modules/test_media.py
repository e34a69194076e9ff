# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fetching a file: as a whole or not at all, only where it is needed, and never outside of its folder."""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from ansible_collections.telops.pbx.plugins.module_utils._api import transport
from tests.cases.inprocess import call, connections
from tests.emulator.seed import silence
from tests.emulator.server import Emulator
from tests.unit.api.scripted import Reply, Scripted

RECORD = "5001-00000000000000000000000000000001"
PATH = f"/extension/5001/record/{RECORD}"
CONTENT = silence()
KINDS = [
    ({"record": RECORD}, PATH, f"{RECORD}.wav", CONTENT),
    (
        {"voicemail": "5001-000000000000000000000000000000f1"},
        "/extension/5001/voicemail/5001-000000000000000000000000000000f1",
        "5001-000000000000000000000000000000f1.wav",
        CONTENT,
    ),
    (
        {"fax": "5016-000000000000000000000000000000e1", "extension_id": "5016"},
        "/extension/5016/fax/in/5016-000000000000000000000000000000e1",
        "5016-000000000000000000000000000000e1.tiff",
        b"II*\0\x08\0\0\0\0\0\0\0\0\0",
    ),
    ({"sound": "3001"}, "/extension/5001/sound/3001/download/", "3001.wav", CONTENT),
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "BACKOFF", 0.0)


@pytest.fixture
def pbx(emulator: Emulator) -> Iterator[Emulator]:
    with connections():
        yield emulator


def media(pbx: Emulator, dest: Path | str | None, check: bool = False, **args: Any) -> dict[str, Any]:
    """The result of a task, on an empty log."""
    pbx.clear_log()
    given = {
        "extension_id": "5001",
        **({} if args.keys() & {"fax", "sound", "voicemail"} else {"record": RECORD}),
        **args,
    }
    return call(pbx, "pbx_media", {**given, **({} if dest is None else {"dest": str(dest)})}, check=check)


def paths(pbx: Emulator) -> list[str]:
    return [entry["path"] for entry in pbx.log()]


def checksum(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# The files that are fetched


@pytest.mark.parametrize(("args", "path", "name", "content"), KINDS, ids=["record", "voicemail", "fax", "sound"])
def test_every_kind(pbx: Emulator, tmp_path: Path, args: dict[str, str], path: str, name: str, content: bytes) -> None:
    pbx.set_dialect(file_name="absent")
    result = media(pbx, tmp_path, **args)
    assert (result["changed"], result["media"]["size"]) == (True, len(content))
    assert result["media"]["checksum"] == checksum(content)
    assert paths(pbx)[-1] == path
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(name, content)]


@pytest.mark.parametrize("kind", ["record", "voicemail"])
def test_the_address_at_which_it_is_stored(pbx: Emulator, kind: str) -> None:
    [args] = [args for args, *dummy in KINDS if kind in args]
    for check in (False, True):
        result = media(pbx, None, check=check, storage_url=True, **args)
        [identity] = args.values()
        assert result["media"] == {"record_url": f"https://storage.pbx.invalid/{kind}/{identity}.wav"}
        assert result["changed"] is False
        assert paths(pbx) == [f"/extension/5001/{kind}/{identity}/storage_url/"]


def test_all_that_is_returned_is_documented(pbx: Emulator, tmp_path: Path) -> None:
    module = import_module("ansible_collections.telops.pbx.plugins.modules.pbx_media")
    documented = yaml.safe_load(module.RETURN)
    results = [
        media(pbx, tmp_path / "x.wav", check=True),
        media(pbx, tmp_path / "x.wav"),
        media(pbx, tmp_path / "x.wav"),
        media(pbx, None, storage_url=True),
    ]
    assert {name for result in results for name in result} - {"changed", "warnings"} == set(documented)
    assert {name for one in results for name in one["media"]} == set(documented["media"]["contains"])


# The login of a user


def login(pbx: Emulator, **more: str) -> dict[str, Any]:
    own = {"app_id": pbx.app_id, "app_secret": pbx.app_secret}
    return {**own, "access_token": None, "api_username": pbx.username, "api_password": pbx.password, **more}


def test_basic_asks_for_no_token(pbx: Emulator, tmp_path: Path) -> None:
    result = media(pbx, tmp_path / "x.wav", basic_auth=True, **login(pbx))
    assert result["changed"], result
    assert paths(pbx) == [f"{PATH}/download/"]
    assert (tmp_path / "x.wav").read_bytes() == CONTENT


def test_a_wrong_password(pbx: Emulator, tmp_path: Path) -> None:
    result = media(pbx, tmp_path / "x.wav", basic_auth=True, **login(pbx, api_password="canary"))
    assert result["msg"].startswith(f"GET {PATH}/download/ was refused with 401")
    assert result["msg"].endswith("check api_username and api_password")
    assert "canary" not in str(result)
    assert base64.b64encode(f"{pbx.username}:canary".encode()).decode() not in str(result)
    assert list(tmp_path.iterdir()) == []


# Whether it is needed


def test_a_file_that_is_there_is_not_asked_for(pbx: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "x.wav"
    file.write_bytes(b"own")
    for check in (False, True):
        result = media(pbx, file, check=check)
        assert (result["changed"], result["requests"], paths(pbx)) == (False, {}, [])
        assert result["media"] == {"path": str(file), "checksum": checksum(b"own"), "size": 3}
    assert file.read_bytes() == b"own"


def test_the_content_of_a_file_that_is_in_the_folder_is_not_transferred(pbx: Emulator, tmp_path: Path) -> None:
    file = tmp_path / f"{RECORD}.wav"
    file.write_bytes(b"own")
    # A transfer would fail.
    pbx.fault("cut_within", path=PATH, count=0)
    for check in (False, True):
        result = media(pbx, tmp_path, check=check)
        assert (result.get("msg"), result["changed"]) == (None, False)
        assert result["media"]["checksum"] == checksum(b"own")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("there", [None, b"other", CONTENT], ids=["new", "other", "same"])
@pytest.mark.parametrize("force", [False, True])
def test_a_preview_is_true_and_writes_nothing(pbx: Emulator, tmp_path: Path, there: bytes | None, force: bool) -> None:
    file = tmp_path / "x.wav"
    if there is not None:
        file.write_bytes(there)
    preview = media(pbx, file, check=True, force=force)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == ([] if there is None else [there])
    real = media(pbx, file, force=force)
    expected = there is None or (force and there != CONTENT)
    assert (preview["changed"], real["changed"]) == (expected, expected)
    assert preview["media"] == {n: v for n, v in real["media"].items() if there is not None or n != "checksum"}
    assert list(tmp_path.iterdir()) == [file]


def test_a_preview_of_a_new_file_transfers_nothing_and_knows_of_a_wrong_id(pbx: Emulator, tmp_path: Path) -> None:
    pbx.fault("cut_within", path=PATH, count=0)
    assert media(pbx, tmp_path / "x.wav", check=True)["changed"]
    result = media(pbx, tmp_path / "x.wav", check=True, record="5001-1")
    assert result["msg"].endswith("found nothing, the server says: Record not found")


def test_a_preview_does_not_need_the_folder(pbx: Emulator, tmp_path: Path) -> None:
    for dest in (f"{tmp_path}/new/", tmp_path / "new" / f"{RECORD}.wav"):
        preview = media(pbx, dest, check=True)
        assert (preview["changed"], preview["media"]["path"]) == (True, f"{tmp_path}/new/{RECORD}.wav")
        real = media(pbx, dest)
        assert real["msg"].startswith(f'dest: there is no folder "{tmp_path}/new')
        assert (real["failed"], real["requests"]) == (True, {})


# Names


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("plain.wav", "plain.wav"),
        ("../../plain.wav", "plain.wav"),
        ("/etc/cron.d/plain", "plain"),
        ("C:\\\\Windows\\\\plain.wav", "plain.wav"),
        ("2021-01-01 16:29:38.wav", "2021-01-01 16:29:38.wav"),
        (" spaces .wav ", "spaces .wav"),
        ("x" * 255, "x" * 255),
        ("", f"{RECORD}.wav"),
    ],
)
def test_a_name_never_leads_out_of_the_folder(pbx: Emulator, tmp_path: Path, sent: str, name: str) -> None:
    (tmp_path / "in").mkdir()
    pbx.fault("file_name", name=sent, count=0)
    result = media(pbx, tmp_path / "in")
    assert result["media"]["path"] == str(tmp_path / "in" / name)
    assert [file.name for file in tmp_path.rglob("*")] == ["in", name]


@pytest.mark.parametrize("sent", ["..", ".", ".bashrc", "a/", "a\\\\..", "x" * 256, "tab\there", "  "])
def test_a_name_that_is_none_is_refused(pbx: Emulator, tmp_path: Path, sent: str) -> None:
    pbx.fault("file_name", name=sent, count=0)
    result = media(pbx, tmp_path)
    assert result["msg"].startswith("the PBX names the file '")
    assert result["msg"].endswith("is no safe name; give dest as the path of a file instead of a folder")
    assert result["requests"] == {"GET": 1}
    assert list(tmp_path.iterdir()) == []
    # A name is of no importance to who gives one.
    assert media(pbx, tmp_path / "x.wav")["changed"]


def test_an_unknown_type_has_no_suffix(pbx: Emulator, tmp_path: Path) -> None:
    pbx.fault("json", path=PATH)
    assert media(pbx, tmp_path)["media"]["path"] == str(tmp_path / RECORD)


@pytest.mark.parametrize("folder", [True, False])
def test_a_sound_that_an_earlier_task_would_send(pbx: Emulator, tmp_path: Path, folder: bool) -> None:
    memory = str(tmp_path / "memory")
    (tmp_path / "sent.wav").write_bytes(silence())
    new = {"title": "New", "file": str(tmp_path / "sent.wav")}
    assert call(pbx, "pbx_sound", new, check=True, memory=memory)["changed"]
    dest = tmp_path if folder else tmp_path / "x.wav"
    args = {"extension": "101", "sound": "New", "dest": str(dest)}
    result = call(pbx, "pbx_media", args, check=True, memory=memory)
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert result["media"] == {"path": str(tmp_path / "New") if folder else str(dest)}
    found = call(pbx, "pbx_media_info", {"extension": "101", "sound": "New"}, check=True, memory=memory)
    assert found["media"] == {"exists": True}


def test_a_preview_fetches_for_an_extension_that_an_earlier_task_would_create(pbx: Emulator, tmp_path: Path) -> None:
    memory = str(tmp_path / "memory")
    assert call(pbx, "pbx_extension", {"number": "150", "type": "phone"}, check=True, memory=memory)["changed"]
    new = {"extension": "150"}
    file = tmp_path / "x.wav"
    file.write_bytes(CONTENT)
    wanted = {**new, "sound": "Welcome", "dest": str(file), "force": True}
    for changed in (False, True):
        result = call(pbx, "pbx_media", wanted, check=True, memory=memory)
        assert (result.get("msg"), result["changed"]) == (None, changed)
        file.write_bytes(b"own")
    missing = call(pbx, "pbx_media", {**new, "record": RECORD, "dest": str(file)}, check=True, memory=memory)
    assert missing["changed"] is False
    missing = call(pbx, "pbx_media", {**new, "record": RECORD, "dest": str(tmp_path)}, check=True, memory=memory)
    assert missing["msg"] == f'extension "150": there is no recording "{RECORD}" yet'
    told = [{"record": RECORD, "storage_url": True}, {"sound": "Welcome"}]
    found = [call(pbx, "pbx_media_info", {**new, **one}, check=True, memory=memory)["media"] for one in told]
    assert [one["exists"] for one in found] == [False, True]
    assert found[1]["size"] == len(CONTENT)


def test_an_id_is_no_path_either(pbx: Emulator, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = media(pbx, tmp_path / "in", record="../../../etc/passwd")
    assert result["failed"]
    assert paths(pbx) == ["/extension/5001/record/..%2F..%2F..%2Fetc%2Fpasswd"]


@pytest.mark.parametrize("identity", ["", " ", ".", ".."])
def test_an_id_that_picks_nothing(pbx: Emulator, tmp_path: Path, identity: str) -> None:
    for dest, storage_url in ((tmp_path, False), (None, True)):
        result = media(pbx, dest, record=identity, storage_url=storage_url)
        assert result["msg"] == f'extension "5001": record "{identity}" is not the id of any recording'
    assert pbx.log() == []


def test_what_is_no_file_stays(pbx: Emulator, tmp_path: Path) -> None:
    (tmp_path / f"{RECORD}.wav").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for dest, path in ((tmp_path, tmp_path / f"{RECORD}.wav"), (tmp_path / "pipe", tmp_path / "pipe")):
        for check in (False, True):
            assert media(pbx, dest, check=check, force=True)["msg"] == f'dest: "{path}" is there, and is no file'
    assert (tmp_path / f"{RECORD}.wav").is_dir()
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


# As a whole or not at all


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut_before"},
        {"kind": "cut_after"},
        {"kind": "cut_within"},
        {"kind": "status", "status": 503},
        {"kind": "html"},
        {"kind": "endless"},
        {"kind": "status", "status": 500},
    ],
    ids=lambda fault: f"{fault['kind']}-{fault.get('status', '')}",
)
@pytest.mark.parametrize("there", [None, b"own"], ids=["new", "there"])
def test_a_failure_leaves_things_as_they_were(
    pbx: Emulator, tmp_path: Path, fault: dict[str, Any], there: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LARGEST_FILE", 200_000)
    file = tmp_path / "x.wav"
    if there:
        file.write_bytes(there)
    pbx.fault(**fault, path=PATH, count=0)
    result = media(pbx, file, force=True)
    assert (result["failed"], result["changed"]) == (True, False)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == ([there] if there else [])
    pbx.clear_faults()
    assert media(pbx, file, force=True)["changed"]
    assert file.read_bytes() == CONTENT


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "cut_within", "status"])
def test_what_passes_is_waited_for(pbx: Emulator, tmp_path: Path, kind: str) -> None:
    pbx.fault(kind, path=PATH, count=3)
    assert media(pbx, tmp_path / "x.wav")["changed"]
    assert (tmp_path / "x.wav").read_bytes() == CONTENT
    assert len(pbx.log()) == 4


def test_nothing_is_left_of_an_attempt_that_brought_more(pbx: Emulator, tmp_path: Path) -> None:
    server = Scripted()
    server.answers(
        Reply(text=b"longer", headers={"Content-Length": "9"}, hang_up=True), Reply(text=b"short", hang_up=True)
    )
    result = media(pbx, tmp_path / "x.wav", api_url=server.url)
    server.stop()
    assert result["changed"], result
    assert (tmp_path / "x.wav").read_bytes() == b"short"


def test_nothing_is_renamed_before_it_is_complete(
    pbx: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced: list[tuple[bytes, bool]] = []
    real = os.replace

    def replace(source: str, target: str) -> None:
        replaced.append((Path(source).read_bytes(), Path(source).parent == Path(target).parent))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    media(pbx, tmp_path / "x.wav")
    assert replaced == [(CONTENT, True)]


@pytest.mark.parametrize("unsafe", [False, True])
def test_a_file_that_cannot_be_replaced(
    pbx: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unsafe: bool
) -> None:
    def busy(source: str, target: str) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(os, "replace", busy)
    file = tmp_path / "x.wav"
    file.write_bytes(b"own")
    result = media(pbx, file, force=True, unsafe_writes=unsafe)
    assert result["changed"] is unsafe
    assert result.get("msg") == (None if unsafe else f'dest: "{file}" cannot be written: Device or resource busy')
    assert file.read_bytes() == (CONTENT if unsafe else b"own")
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_cannot_be_written_to(pbx: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    result = media(pbx, "/proc/x.wav")
    assert result["msg"].startswith('dest: "/proc" cannot be written: ')
    assert result["requests"] == {}


# Permissions


def test_permissions(pbx: Emulator, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        media(pbx, tmp_path / "new.wav")
        assert mode(tmp_path / "new.wav") == 0o640
        # Until the module has set the mode.
        media(pbx, tmp_path / "private.wav", mode="0644")
        assert mode(tmp_path / "private.wav") == 0o600
        (tmp_path / "there.wav").write_bytes(b"own")
        (tmp_path / "there.wav").chmod(0o604)
        media(pbx, tmp_path / "there.wav", force=True)
        assert mode(tmp_path / "there.wav") == 0o604
        assert (tmp_path / "there.wav").read_bytes() == CONTENT
        os.umask(0)
        media(pbx, tmp_path / "open.wav")
        assert mode(tmp_path / "open.wav") == 0o666
    finally:
        os.umask(before)


def test_a_file_of_another_owner_becomes_ones_own(
    pbx: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: str, user: int, group: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refused)
    file = tmp_path / "x.wav"
    file.write_bytes(b"own")
    file.chmod(0o640)
    result = media(pbx, file, force=True)
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert (file.read_bytes(), mode(file)) == (CONTENT, 0o640)
