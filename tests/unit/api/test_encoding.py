# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Content is asked for in gzip, and one layer of that is taken off, whatever the server says and sends."""

from __future__ import annotations

import functools
import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import encoding, errors, transport
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from tests.unit.api.scripted import Reply, Scripted
from tests.unit.api.test_files import LONG, WAV, Targets

Connect = Callable[..., Client]
# Without the time of day, which would be in the names of tests.
zipped = functools.partial(gzip.compress, mtime=0)
PLAIN = json.dumps({"id": 1, "name": "Anna" * 50}).encode()
VALUE = json.loads(PLAIN)
ZIPPED = zipped(PLAIN)
BROKEN = ZIPPED[:12] + b"\0\xff\0\xff" + ZIPPED[16:]
WRONG_SUM = ZIPPED[:-8] + b"\0\0\0\0" + ZIPPED[-4:]


def encoded(content: bytes, named: str | None, status: int = 200, **more: Any) -> Reply:
    return Reply(status, text=content, headers={} if named is None else {"Content-Encoding": named}, **more)


def test_r1_gzip_alone_is_asked_for_with_every_request(pbx: Scripted, connect: Connect, tmp_path: Any) -> None:
    (tmp_path / "x.wav").write_bytes(b"x")
    pbx.answers(Reply(json={"access_token": "t"}))
    pbx.always = lambda seen: Reply(text=b"{}", headers=WAV)
    client = connect(app_id="a", app_secret="b")
    client.get("/x")
    for method in ("POST", "PUT", "DELETE"):
        client.write(method, "/x", {})
    client.upload("POST", "/x", {}, str(tmp_path / "x.wav"))
    client.download("/x", Targets())
    assert [seen.method for seen in pbx.seen] == ["POST", "GET", "POST", "PUT", "DELETE", "POST", "GET"]
    assert {seen.headers["Accept-Encoding"] for seen in pbx.seen} == {"gzip"}


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("named", "content"),
    [
        (None, PLAIN),
        ("", PLAIN),
        ("identity", PLAIN),
        ("Identity", PLAIN),
        ("gzip", ZIPPED),
        ("GZIP", ZIPPED),
        (" gzip ", ZIPPED),
        ("x-gzip", ZIPPED),
        ("gzip, identity", ZIPPED),
        # Several members count as one content.
        ("gzip", zipped(PLAIN[:9]) + zipped(PLAIN[9:])),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_r1_one_layer_is_taken_off(
    pbx: Scripted, connect: Connect, named: str | None, content: bytes, chunked: bool
) -> None:
    pbx.answers(encoded(content, named, chunked=chunked), Reply(json={"id": 2}))
    client = connect()
    assert client.get("/thing/1") == VALUE
    assert client.get("/thing/1") == {"id": 2}
    assert pbx.connections == 1


@pytest.mark.parametrize(
    ("named", "content", "says"),
    [
        ("gzip", PLAIN, "claims to be gzip and is not"),
        ("gzip", BROKEN, "claims to be gzip and is not"),
        ("gzip", WRONG_SUM, "claims to be gzip and is not"),
        ("gzip", ZIPPED + b"more", "claims to be gzip and is not"),
        ("gzip", zlib.compress(PLAIN), "claims to be gzip and is not"),
        ("deflate", zlib.compress(PLAIN), "is encoded (deflate), and only gzip was asked for"),
        ("br", b"\x0b\x02\x80{}\x03", "is encoded (br), and only gzip was asked for"),
        ("zstd", b"\x28\xb5\x2f\xfd", "is encoded (zstd), and only gzip was asked for"),
        ("gzip, gzip", zipped(ZIPPED), "is encoded (gzip, gzip), and only gzip was asked for"),
        ("gzip,gzip,gzip", ZIPPED, "is encoded (gzip, gzip, gzip), and only gzip was asked for"),
        ("gzip, br", ZIPPED, "is encoded (gzip, br), and only gzip was asked for"),
        ("gzip; q=1", ZIPPED, "is encoded (gzip; q=1), and only gzip was asked for"),
        ("canary\x1b[2K", PLAIN, "only gzip was asked for"),
        # More layers than the server names are content that is no JSON.
        ("gzip", zipped(ZIPPED), "is not JSON"),
        (None, ZIPPED, "is not JSON"),
    ],
    ids=lambda value: ascii(value)[:30],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_f3_another_encoding_is_refused_in_a_sentence(
    pbx: Scripted, connect: Connect, method: str, named: str | None, content: bytes, says: str
) -> None:
    pbx.answers(encoded(content, named))
    client = connect()
    with pytest.raises((errors.BadAnswer, errors.Ambiguous)) as caught:
        client.get("/thing/1") if method == "GET" else client.write("POST", "/thing/1", {})
    assert says in caught.value.message
    assert caught.value.message.isprintable()
    assert client.requests == {method: 1}


def test_r1_gzip_that_ends_in_the_middle_is_a_cut_like_any_other(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(encoded(ZIPPED[:-9], "gzip"), encoded(ZIPPED, "gzip"))
    assert connect().get("/thing/1") == VALUE


def test_r1_no_content_is_no_broken_gzip(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(encoded(b"", "gzip", 204), encoded(b"", "gzip", 201))
    client = connect()
    assert client.write("DELETE", "/thing/1") is None
    assert client.write("POST", "/thing/", {}) is None


@pytest.mark.parametrize(("named", "says"), [("gzip", "the server says: no"), ("br", "found nothing")])
def test_r1_an_error_is_told_by_its_status_in_whatever_form_its_words_come(
    pbx: Scripted, connect: Connect, named: str, says: str
) -> None:
    pbx.answers(encoded(zipped(b'{"message": "no"}'), named, 404))
    with pytest.raises(errors.NotFound) as caught:
        connect().get("/thing/1")
    assert says in caught.value.message


@pytest.mark.parametrize("status", [200, 302, 404])
def test_f3_what_is_decoded_is_bounded_while_it_is_read(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(transport, "LARGEST_BODY", 200_000)
    bomb = zipped(b" " * 5_000_000)
    most = 0

    def watched(parts: Any, header: str) -> Any:
        nonlocal most
        for part in encoding.decoded(parts, header):
            most += len(part)
            yield part

    monkeypatch.setattr(transport, "decoded", watched)
    pbx.answers(encoded(bomb, "gzip", status))
    with pytest.raises(errors.BadAnswer, match="longer than 200000 bytes"):
        connect().get("/thing/1")
    assert most < 300_000


def test_r1_the_token_may_come_in_gzip(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(encoded(zipped(b'{"access_token": "t1"}'), "gzip"), Reply(json={"id": 1}))
    connect(app_id="a", app_secret="b").get("/x")
    assert pbx.seen[1].token == "t1"


def test_r1_a_file_may_come_in_gzip_and_its_length_is_not_that_of_the_way(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(text=zipped(LONG), headers={**WAV, "Content-Encoding": "gzip"}))
    targets = Targets()
    assert connect().download("/record/1", targets).length is None
    assert targets[0].getvalue() == LONG
    assert targets[0].most <= 65536


def test_f3_a_file_is_bounded_once_it_is_decoded(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LARGEST_FILE", 200_000)
    pbx.answers(Reply(text=zipped(b" " * 5_000_000), headers={**WAV, "Content-Encoding": "gzip"}))
    targets = Targets()
    with pytest.raises(errors.BadAnswer, match="longer than 200000 bytes"):
        connect().download("/record/1", targets)
    assert len(targets[0].getvalue()) <= 200_000


def test_f3_a_file_in_two_layers_is_refused(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(text=zipped(zipped(LONG)), headers={**WAV, "Content-Encoding": "gzip, gzip"}))
    targets = Targets()
    with pytest.raises(errors.BadAnswer, match="only gzip was asked for"):
        connect().download("/record/1", targets)
    assert targets[0].getvalue() == b""
