# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that mean harm, or behave as if: each answer comes to an end, and to a sentence."""

from __future__ import annotations

import gc
import time as clock
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from ansible_collections.telops.pbx.plugins.module_utils._api import deadline, errors
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.settings import Settings
from tests.unit.api.scripted import Raw, Reply, Scripted, Seen, Step
from tests.unit.api.test_files import Targets

Connect = Callable[..., Client]
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

# When urllib3 refuses an answer, it leaves the socket to the garbage collector, which may come in any test.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True, scope="module")
def _collected() -> Iterator[None]:
    """No socket of these tests is left for the tests of other files."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.parametrize(
    "step",
    [
        Raw(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        Raw(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.001),
        Raw(b"HTTP/1.1 2", b"0"),
        Raw(OK, b"X: y\r\n", pause=0.05),
        Raw(OK + b"X: ", b"y"),
        Raw(OK + b"Content-Length: 1000000\r\n\r\n", b" "),
        Raw(CHUNKED, b"1\r\n \r\n"),
        Raw(CHUNKED + b"1;", b"x"),
        Raw(CHUNKED + b"0\r\n", b"X: y\r\n"),
    ],
    ids=["continue", "continues", "status", "headers", "header", "body", "chunks", "chunk size", "trailer"],
)
@pytest.mark.parametrize("what", ["get", "download"])
def test_f3_the_whole_answer_is_under_one_deadline(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch, step: Step, what: str
) -> None:
    # Short for the whole, and long for each part.
    monkeypatch.setattr(deadline, "ANSWER_TIMEOUTS", 0.01)
    pbx.answers(step)
    client = connect(api_timeout=10.0)
    start = clock.monotonic()
    with pytest.raises(errors.ConnectionFailed, match=r"the answer was still not complete after 0\.1\d* s"):
        client.download("/x", Targets()) if what == "download" else client.get("/x")
    assert clock.monotonic() - start < 3
    # An answer that is not complete in this time would not be complete in three times as long either.
    assert len(pbx.seen) == 1


def test_f3_the_token_is_under_a_deadline_too(pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "ANSWER_TIMEOUTS", 0.01)
    pbx.answers(Raw(b"", b"HTTP/1.1 100 Continue\r\n\r\n"))
    with pytest.raises(errors.ConnectionFailed, match=r"POST /oauth/token: .* still not complete"):
        connect(api_timeout=10.0, app_id="a", app_secret="b").get("/x")


def test_f3_a_timeout_of_one_part_is_told_as_such(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(*[Raw(OK + b"Content-Length: 9\r\n\r\n{", b" ", pause=60)] * 4)
    with pytest.raises(errors.ConnectionFailed, match=r"no more of the answer came within 0\.1 s \(4 tries\)"):
        connect(api_timeout=0.1).get("/x")


@pytest.mark.parametrize(
    "head",
    [
        b"\x15\x03\x03\x00\x02\x02\x50",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/9.9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 200 " + b"x" * 70_000 + b"\r\n\r\n",
        OK + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        OK + b"X: y\r\n" * 200 + b"\r\n",
        OK + b"Content-Length: 3, 4\r\n\r\n{}",
    ],
)
def test_f3_what_is_no_http_is_a_sentence(pbx: Scripted, connect: Connect, head: bytes) -> None:
    pbx.answers(Raw(head))
    with pytest.raises(errors.BadAnswer, match="the answer is no proper HTTP"):
        connect().get("/x")
    assert len(pbx.seen) == 1


@pytest.mark.parametrize(
    ("length", "error", "says"),
    [
        ("9" * 5000, errors.BadAnswer, "longer than"),
        ("9" * 25, errors.BadAnswer, "longer than"),
        ("-5", None, ""),
        ("0x10", None, ""),
        ("²", None, ""),
        ("", None, ""),
    ],
)
@pytest.mark.parametrize("what", ["get", "download"])
def test_f3_an_absurd_length_is_a_sentence(
    pbx: Scripted, connect: Connect, length: str, error: type[errors.PbxError] | None, says: str, what: str
) -> None:
    pbx.answers(Raw(OK + f"Content-Length: {length}\r\n\r\n{{}}".encode("latin-1")))
    client, targets = connect(), Targets()

    def ask() -> Any:
        return client.get("/x") if what == "get" else client.download("/x", targets).name

    if error is None:
        assert ask() in ({}, "")
        return
    with pytest.raises(error, match=says):
        ask()


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("http://[::1", "(a broken URL)"),
        ("http://[::1]extra/x", "leads elsewhere"),
        ("//[", "(a broken URL)"),
        ("https://anna:canary@pbx.example.com/api/ver1.0/x?token=canary", "(https://pbx.example.com/api/ver1.0/x)"),
        ("http://x/\x1b[2K" + "y" * 1000, "leads elsewhere (http://x/"),
        ("elsewhere", "(/api/ver1.0/elsewhere)"),
        ("", "leads elsewhere"),
        (None, "is none of this API"),
    ],
)
@pytest.mark.parametrize("status", [301, 307])
def test_f3_a_redirect_to_anything_is_a_sentence(
    pbx: Scripted, connect: Connect, target: str | None, says: str, status: int
) -> None:
    pbx.answers(Reply(status, text="", headers={} if target is None else {"Location": target}))
    with pytest.raises(errors.BadAnswer) as caught:
        connect().get("/x")
    assert says in caught.value.message
    assert "canary" not in caught.value.message
    assert len(caught.value.message) < 250


@pytest.mark.parametrize("status", [101, 304, 300])
def test_f3_a_status_that_nobody_asked_for_is_a_sentence(pbx: Scripted, connect: Connect, status: int) -> None:
    pbx.answers(Raw(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode()))
    with pytest.raises(errors.BadAnswer, match=rf"the answer \({status}\) is none of this API"):
        connect().get("/x")


@pytest.mark.parametrize("option", ["api_timeout", "rate_limit_wait"])
@pytest.mark.parametrize("value", [1e30, 1e300, float("inf"), float("nan"), -1.0, 3.2e7])
def test_f3_a_time_that_cannot_be_waited_is_refused(option: str, value: float) -> None:
    with pytest.raises(errors.SettingsError, match=f"{option} must be a number of seconds"):
        Settings("https://pbx.example.com/api/ver1.0", access_token="t", **{option: value}).validate()


@pytest.mark.parametrize("hourly", [None, 100, 1_000_000])
def test_f3_endless_paging_ends_with_the_hourly_limit(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch, hourly: int | None
) -> None:
    monkeypatch.setattr(client_module, "MOST_PAGES", 300)

    def page(seen: Seen) -> Step:
        first = int(seen.query["page"][0]) * 100
        told = {} if hourly is None else {"X-RateLimit-Limit": str(hourly), "X-RateLimit-Remaining": "5"}
        return Reply(json=[{"id": first + number} for number in range(10)], headers=told)

    pbx.always = page
    client = connect()
    client.limits.hourly = hourly
    with pytest.raises(errors.BadAnswer, match="the list has no end") as caught:
        client.get_list("/x", paged=True)
    assert len(pbx.seen) == min(hourly or 300, 300)
    assert caught.value.details["path"] == "/x"


@pytest.mark.parametrize("status", [400, 404])
@pytest.mark.parametrize("total", [10, 100, 150, 200])
def test_o1_a_page_behind_the_last_one_may_be_refused(pbx: Scripted, connect: Connect, status: int, total: int) -> None:
    def page(seen: Seen) -> Step:
        number, size = int(seen.query["page"][0]), int(seen.query["per_page"][0])
        found = [{"id": n} for n in range(total)][(number - 1) * size : number * size]
        return Reply(json=found) if found or number == 1 else Reply(status, {"message": "Not found"})

    pbx.always = page
    assert len(connect().get_list("/x", paged=True)) == total


@pytest.mark.parametrize(("status", "error"), [(403, errors.AccessDenied), (500, errors.ServerFailed)])
def test_o1_another_refusal_behind_the_first_page_is_no_end(
    pbx: Scripted, connect: Connect, status: int, error: type[errors.PbxError]
) -> None:
    pbx.answers(Reply(json=[{"id": n} for n in range(100)]), Reply(status, {}))
    with pytest.raises(error):
        connect().get_list("/x", paged=True)


@pytest.mark.parametrize(("status", "error"), [(400, errors.Rejected), (404, errors.NotFound)])
def test_o1_a_refused_first_page_is_no_empty_list(
    pbx: Scripted, connect: Connect, status: int, error: type[errors.PbxError]
) -> None:
    pbx.answers(Reply(status, {}))
    with pytest.raises(error):
        connect().get_list("/x", paged=True)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'"a\\ud800b"', "a\ufffdb"),
        (b'"\\uDC00\\uD83D"', "\ufffd\ufffd"),
        (b'"\xed\xa0\x80"', "\ufffd"),
        (b'{"\\ud800": ["\\ud83d\\ude00", "\xed\x95\x9c\xea\xb5\xad"]}', {"\ufffd": ["\U0001f600", "\ud55c\uad6d"]}),
    ],
)
def test_f3_half_a_character_is_replaced(pbx: Scripted, connect: Connect, body: bytes, value: Any) -> None:
    pbx.answers(Reply(text=body))
    assert connect().get("/x") == value


@pytest.mark.parametrize("body", ["1e999", "-1e999", "[" * 5000, "9" * 5000])
def test_f3_a_number_without_end_is_a_sentence(pbx: Scripted, connect: Connect, body: str) -> None:
    pbx.answers(Reply(text=body))
    with pytest.raises(errors.BadAnswer, match="is not JSON"):
        connect().get("/x")
