# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Uploads and downloads: piece by piece, whole or not at all, and under the rules of every other request."""

from __future__ import annotations

import base64
import errno
import io
import os
import socket
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import deadline, errors, transport
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.files import Body, FileHead
from ansible_collections.telops.pbx.plugins.module_utils._api.settings import Settings
from tests.unit.api.conftest import Time
from tests.unit.api.scripted import Cut, Drip, Paced, Reply, Scripted, Seen, Step
from tests.unit.api.test_client import PASSING

Connect = Callable[..., Client]
LONG = os.urandom(300_000)
WAV = {"Content-Type": "audio/wav"}
LOGIN = {"api_username": "anna", "api_password": "canary:ü"}


def parts(seen: Seen) -> dict[str, tuple[str | None, bytes]]:
    """Name, file name and content of every part of a form, as Python's own parser reads them."""
    head = f"Content-Type: {seen.headers['Content-Type']}\r\n\r\n".encode()
    form = BytesParser(policy=HTTP).parsebytes(head + seen.body)
    return {
        str(part.get_param("name", header="content-disposition")): (
            part.get_filename(),
            part.get_payload(decode=True),
        )
        for part in form.iter_parts()
    }


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "hello.wav"
    file.write_bytes(LONG)
    return file


class Target(io.BytesIO):
    """Remembers how much was written at once."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 0

    def write(self, part: bytes) -> int:  # type: ignore[override]
        self.most = max(self.most, len(part))
        return super().write(part)


class Targets(list[Target]):
    """A new target for every attempt."""

    def __call__(self, head: FileHead) -> Target:
        self.append(Target())
        return self[-1]


# Uploads


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_upload_is_a_form(pbx: Scripted, connect: Connect, sound: Path, method: str) -> None:
    pbx.answers(Reply(201, {"id": 7}))
    client = connect()
    assert client.upload(method, "/sound/", {"title": 'Büro "1"', "empty": ""}, str(sound)) == {"id": 7}
    [seen] = pbx.seen
    assert (seen.method, seen.path, seen.token) == (method, "/sound/", "ready-token")
    assert parts(seen) == {
        "title": (None, 'Büro "1"'.encode()),
        "empty": (None, b""),
        "file": ("hello.wav", LONG),
    }
    assert int(seen.headers["Content-Length"]) == len(seen.body)
    assert b"Content-Type: audio/x-wav\r\n" in seen.body
    assert client.requests == {method: 1}


def test_an_answer_without_content_is_none(pbx: Scripted, connect: Connect, sound: Path) -> None:
    pbx.answers(Reply(201, text=""))
    assert connect().upload("POST", "/sound/", {}, str(sound)) is None


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("a b.wav", "a b.wav"),
        ("Приветствие.wav", "Приветствие.wav"),
        ('say "hi".wav', "say %22hi%22.wav"),
        ("x\r\nContent-Type: evil\r\n\r\n.wav", "x%0D%0AContent-Type: evil%0D%0A%0D%0A.wav"),
        ("x; name=title.wav", "x; name=title.wav"),
        (os.fsdecode(b"\xff.wav"), "\ufffd.wav"),
    ],
)
def test_odd_file_names_stay_inside_their_quotes(
    pbx: Scripted, connect: Connect, tmp_path: Path, name: str, spelled: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"x")
    pbx.answers(Reply(201, {}))
    connect().upload("POST", "/sound/", {"title": "t"}, str(file))
    assert f'name="file"; filename="{spelled}"\r\n'.encode() in pbx.seen[0].body
    assert pbx.seen[0].body.count(b"Content-Disposition") == 2
    assert parts(pbx.seen[0])["title"] == (None, b"t")


def test_an_upload_is_read_in_pieces(sound: Path) -> None:
    body = Body(b"<", str(sound), b">")
    pieces = list(body)
    assert b"".join(pieces) == b"<" + LONG + b">"
    assert len(body) == len(LONG) + 2
    assert max(map(len, pieces)) == 65536


def test_an_upload_of_nothing_is_a_form_too(pbx: Scripted, connect: Connect, tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    pbx.answers(Reply(201, {}))
    connect().upload("POST", "/sound/", {}, str(tmp_path / "empty.wav"))
    assert parts(pbx.seen[0]) == {"file": ("empty.wav", b"")}


@pytest.mark.parametrize("failure", PASSING)
def test_an_upload_whose_outcome_is_unknown_is_never_repeated(
    pbx: Scripted, connect: Connect, sound: Path, failure: Step
) -> None:
    pbx.answers(failure)
    client = connect()
    with pytest.raises(errors.Ambiguous, match="unknown whether this took effect"):
        client.upload("POST", "/sound/", {}, str(sound))
    assert client.requests == {"POST": 1}


def test_an_upload_that_was_surely_not_taken_is_sent_again_as_a_whole(
    pbx: Scripted, connect: Connect, sound: Path
) -> None:
    pbx.answers(Reply(json={"access_token": "old"}), Reply(429, {}, headers={"Retry-After": "1"}), Reply(401, {}))
    pbx.answers(Reply(json={"access_token": "new"}))
    pbx.answers(Reply(201, {"id": 1}))
    client = connect(app_id="a", app_secret="b")
    assert client.upload("POST", "/sound/", {"title": "t"}, str(sound)) == {"id": 1}
    bodies = [parts(seen) for seen in pbx.seen if seen.path == "/sound/"]
    assert bodies == [{"title": (None, b"t"), "file": ("hello.wav", LONG)}] * 3
    assert client.requests == {"POST": 3}


def test_an_upload_is_tried_again_while_there_is_no_connection(time: Time, sound: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/api"
        client = Client(Settings(url, access_token="t"), sleep=time.sleep)
        with pytest.raises(errors.ConnectionFailed, match=r"Connection refused \(4 tries\)"):
            client.upload("POST", "/sound/", {}, str(sound))
    assert client.requests == {}


def test_a_client_that_may_only_read_uploads_nothing(pbx: Scripted, connect: Connect, sound: Path) -> None:
    client = connect(read_only=True)
    with pytest.raises(errors.WriteRefused, match=r"POST .*/sound/ was stopped"):
        client.upload("POST", "/sound/", {}, str(sound))
    assert pbx.seen == []
    assert client.requests == {}


def test_what_is_no_file_is_not_sent(pbx: Scripted, connect: Connect, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    client = connect()
    for path, says in (
        (tmp_path / "none.wav", "none.wav cannot be read: No such file or directory"),
        (tmp_path, "is not a file"),
        (tmp_path / "pipe", "is not a file"),
        ("nul\0", "cannot be read: .*null byte"),
    ):
        with pytest.raises(errors.FileFailed, match=says):
            client.upload("POST", "/sound/", {}, str(path))
    assert pbx.seen == []
    assert client.requests == {}


@pytest.mark.parametrize("change", ["shorter", "gone"])
def test_a_file_that_changes_meanwhile_is_not_sent_as_a_whole(sound: Path, change: str) -> None:
    body = Body(b"<", str(sound), b">")
    if change == "gone":
        sound.unlink()
    else:
        os.truncate(sound, 10)
    arrived = io.BytesIO()
    with pytest.raises(errors.FileFailed, match=r"became shorter|cannot be read"):
        arrived.writelines(body)
    assert len(arrived.getvalue()) <= 11


def test_a_file_that_grows_meanwhile_is_sent_as_it_was(sound: Path) -> None:
    body = Body(b"<", str(sound), b">")
    with sound.open("ab") as file:
        file.write(b"more")
    assert b"".join(body) == b"<" + LONG + b">"


def test_a_broken_file_breaks_the_request_off(
    pbx: Scripted, connect: Connect, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat
    monkeypatch.setattr(
        os, "stat", lambda path: os.stat_result((*real(path)[:6], 999_999, *real(path)[7:])) if path == str(sound)
        else real(path)
    )  # fmt: skip
    pbx.always = lambda seen: Reply(201, {"complete": len(seen.body) == int(seen.headers["Content-Length"])})
    with pytest.raises(errors.FileFailed, match="became shorter"):
        connect().upload("POST", "/sound/", {}, str(sound))
    assert pbx.hung_up.wait(5)
    assert all(len(seen.body) < int(seen.headers["Content-Length"]) for seen in pbx.seen)


# Downloads


@pytest.mark.parametrize("chunked", [False, True])
def test_a_download_goes_into_the_target_in_pieces(pbx: Scripted, connect: Connect, chunked: bool) -> None:
    pbx.answers(
        Reply(
            text=LONG,
            headers={**WAV, "Content-Disposition": 'attachment; filename="greeting.wav"'},
            chunked=chunked,
        )
    )
    client, targets = connect(), Targets()
    head = client.download("/record/1", targets, {"a": [1, 2]})
    assert head == FileHead("greeting.wav", "audio/wav", None if chunked else len(LONG))
    assert [target.getvalue() for target in targets] == [LONG]
    assert targets[0].most <= 65536
    assert pbx.seen[0].token == "ready-token"
    assert pbx.seen[0].query == {"a": ["1", "2"]}
    assert pbx.seen[0].headers["Accept"] == "*/*"
    assert client.requests == {"GET": 1}


@pytest.mark.parametrize("failure", PASSING)
def test_a_download_is_repeated_from_its_beginning(pbx: Scripted, connect: Connect, failure: Step) -> None:
    short = Reply(text=LONG[:1000], headers={**WAV, "Content-Length": "300000"}, hang_up=True)
    pbx.answers(failure, short, Reply(text=LONG, headers=WAV))
    client, targets = connect(), Targets()
    client.download("/record/1", targets)
    assert targets[-1].getvalue() == LONG
    assert client.requests == {"GET": 3}


def test_a_download_that_stays_short_fails(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(*[Reply(text=b"RIFF", headers={**WAV, "Content-Length": "5"}, hang_up=True)] * 4)
    with pytest.raises(errors.ConnectionFailed, match=r"cut in the middle of the answer \(4 tries\)"):
        connect().download("/record/1", Targets())


def test_a_length_that_is_no_number_is_none(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(text=LONG, headers={**WAV, "Content-Length": "²"}, hang_up=True))
    targets = Targets()
    assert connect().download("/record/1", targets).length is None
    assert targets[0].getvalue() == LONG


def test_more_than_was_declared_is_never_taken_for_the_next_answer(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(text=LONG, headers={**WAV, "Content-Length": "4"}), Reply(json={"id": 1}))
    client, targets = connect(), Targets()
    client.download("/record/1", targets)
    assert targets[0].getvalue() == LONG[:4]
    assert client.get("/thing/1") == {"id": 1}


def test_a_download_can_do_without_the_content(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Drip(headers={**WAV, "Content-Disposition": "attachment; filename=x.wav"}), Reply(json={"id": 1}))
    client = connect()
    assert client.download("/record/1", lambda head: None).name == "x.wav"
    assert client.get("/thing/1") == {"id": 1}


@pytest.mark.parametrize("chunked", [False, True])
def test_a_download_has_a_greatest_length(
    pbx: Scripted, connect: Connect, chunked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LARGEST_FILE", 1_000_000)
    pbx.answers(Drip(piece=b" " * 100_000, pause=0, chunked=chunked, headers=WAV))
    client, targets = connect(), Targets()
    with pytest.raises(errors.BadAnswer, match="longer than 1000000 bytes"):
        client.download("/record/1", targets)
    assert len(targets[0].getvalue()) <= (1_000_000 if chunked else 0)
    assert client.requests == {"GET": 1}


def test_a_trickling_download_is_given_up(pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "ANSWER_TIMEOUTS", 0.08)
    pbx.answers(Drip(headers=WAV, chunked=True))
    with pytest.raises(errors.ConnectionFailed, match=r"not complete after 0\.4"):
        connect().download("/record/1", Targets())


def test_a_long_download_may_take_longer_than_a_list(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All the time that a list has is used up by then; a file has earned more with the bytes that have arrived.
    monkeypatch.setattr(deadline, "ANSWER_TIMEOUTS", 0.04)
    slow = Paced(tuple([b"x" * 16384] * 20), 0.02)
    pbx.answers(slow, slow)
    client, targets = connect(), Targets()
    client.download("/record/1", targets)
    assert len(targets[0].getvalue()) == 20 * 16384
    with pytest.raises(errors.ConnectionFailed, match=r"not complete after 0\.2 s"):
        client.get("/record/1")


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(json={"record_url": "x"}, headers={"Content-Type": "application/json"}), "no file but application/json"),
        (Reply(text="<html>", headers={"Content-Type": "text/html; charset=utf-8"}), "no file but text/html"),
        (Reply(204), "no file but 204"),
        (Reply(206, text="part", headers=WAV), "no file but 206"),
    ],
)
def test_what_is_no_file_is_not_kept(pbx: Scripted, connect: Connect, reply: Reply, says: str) -> None:
    pbx.answers(reply)
    client, targets = connect(), Targets()
    with pytest.raises(errors.BadAnswer, match=f"GET /record/1: .*{says}"):
        client.download("/record/1", targets)
    assert targets == []
    assert client.requests == {"GET": 1}


@pytest.mark.parametrize(("status", "error"), [(404, errors.NotFound), (403, errors.AccessDenied)])
def test_a_refusal_is_not_taken_for_the_file(
    pbx: Scripted, connect: Connect, status: int, error: type[errors.PbxError]
) -> None:
    pbx.answers(Reply(status, {"message": "Record not found"}))
    targets = Targets()
    with pytest.raises(error, match="Record not found"):
        connect().download("/record/1", targets)
    assert targets == []


def test_a_full_disk_is_no_fault_of_the_connection(pbx: Scripted, connect: Connect) -> None:
    class Full(io.BytesIO):
        def write(self, part: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    pbx.answers(Reply(text=LONG, headers=WAV))
    client = connect()
    with pytest.raises(errors.FileFailed, match="cannot be written: No space left"):
        client.download("/record/1", lambda head: Full())
    assert client.requests == {"GET": 1}


def test_a_client_that_may_only_read_can_download(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(text=LONG, headers=WAV))
    targets = Targets()
    connect(read_only=True).download("/record/1", targets)
    assert targets[0].getvalue() == LONG


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (None, ""),
        ("attachment", ""),
        ("inline; filename=plain.wav", "plain.wav"),
        ('attachment; FILENAME="with \\"quotes\\".wav"', 'with "quotes".wav'),
        ("attachment; filename*=UTF-8''%D0%B8%D0%BC%D1%8F.wav", "имя.wav"),
        ("attachment; filename=\"fallback.wav\"; filename*=utf-8''%D0%B8.wav", "и.wav"),
        ("attachment; filename*=utf-8''%D0%B8.wav; filename=\"fallback.wav\"", "и.wav"),
        ("attachment; filename*=iso-8859-1'en'%A3.wav", "£.wav"),
        ('attachment; filename="имя.wav"'.encode().decode("latin-1"), "имя.wav"),
        ('attachment; filename="\xa3.wav"', "£.wav"),
        ('attachment; filename="../../etc/passwd"', "../../etc/passwd"),
        ("nonsense;;;=;filename", ""),
    ],
)
def test_the_name_of_a_file_is_read_as_it_was_sent(
    pbx: Scripted, connect: Connect, disposition: str | None, name: str
) -> None:
    pbx.answers(Reply(text=b"x", headers={} if disposition is None else {"Content-Disposition": disposition}))
    assert connect().download("/record/1", lambda head: None) == FileHead(name, "", 1)


# The login of a user


def test_basic_takes_the_place_of_the_token(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(text=LONG, headers=WAV))
    connect(app_id="a", app_secret="b", **LOGIN).download("/record/1/download/", Targets(), basic=True)
    [seen] = pbx.seen
    kind, login = seen.headers["Authorization"].split(" ")
    assert (kind, base64.b64decode(login).decode()) == ("Basic", "anna:canary:ü")


def test_a_refused_login_is_told_and_asks_for_no_token(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(lambda seen: Reply(401, {"message": f"no such login: {seen.headers['Authorization']}"}))
    with pytest.raises(errors.AuthFailed, match="check api_username and api_password") as caught:
        connect(app_id="a", app_secret="b", **LOGIN).download("/record/1/download/", Targets(), basic=True)
    assert base64.b64encode(b"anna:canary:\xc3\xbc").decode() not in repr(caught.value.details) + str(caught.value)
    assert pbx.methods() == ["GET"]


def test_a_login_that_is_not_there_is_asked_for(pbx: Scripted, connect: Connect) -> None:
    with pytest.raises(errors.SettingsError, match="needs api_username and api_password"):
        connect().download("/record/1/download/", Targets(), basic=True)
    assert pbx.seen == []


@pytest.mark.parametrize("cut", [Cut("before"), Cut("after"), Cut("within")])
def test_a_download_with_a_login_is_repeated_like_any_other(pbx: Scripted, connect: Connect, cut: Step) -> None:
    pbx.answers(cut, Reply(text=LONG, headers=WAV))
    targets = Targets()
    connect(**LOGIN).download("/record/1/download/", targets, basic=True)
    assert targets[-1].getvalue() == LONG
