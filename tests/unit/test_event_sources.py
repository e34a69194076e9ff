# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sources for rulebooks, in this process, with webhooks that the emulator sends."""

from __future__ import annotations

import asyncio
import contextlib
import runpy
import socket
import ssl
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
import trustme

from tests.emulator.server import Emulator
from tests.tools.tree import ROOT

SOURCES = ROOT / "extensions/eda/plugins/event_source"
# As ansible-rulebook loads them.
EVENTS, POLL = (runpy.run_path(str(SOURCES / f"{name}.py")) for name in ("events", "poll"))
SECRET = "e41c7a90-unguessable"
PWN = "{{ lookup('pipe', 'touch pwned') }}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def source(module: dict[str, Any], queue: Any, args: dict[str, Any], port: int = 0) -> AsyncIterator[None]:
    task = asyncio.create_task(module["main"](queue, args))
    while port and not task.done():
        with contextlib.suppress(OSError):
            (await asyncio.open_connection("127.0.0.1", port))[1].close()
            break
        await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def taken(queue: asyncio.Queue[Any]) -> Any:
    return await asyncio.wait_for(queue.get(), 20)


class Rules(asyncio.Queue[Any]):
    """The queue that ansible-rulebook hands to a source: it wraps the queue that the rules take from."""

    @property
    def queue(self) -> asyncio.Queue[Any]:
        return self


def run(test: Callable[..., Any], *args: Any) -> None:
    asyncio.run(asyncio.wait_for(test(*args), 60))


def options(tmp_path: Path) -> dict[str, Any]:
    return {"path": SECRET, "port": free_port(), "journal": str(tmp_path / "kept" / "events.sqlite")}


def test_webhooks_of_the_pbx_become_events(emulator: Emulator, tmp_path: Path) -> None:
    given = options(tmp_path)
    url = f"http://127.0.0.1:{given['port']}/{SECRET}"
    for method, address in (("GET", url), ("POST", f"{url}/north?kept=1")):
        emulator.insert("event", emulator.extension_id("101"), event_type="hangup", url=address, method=method)

    async def test() -> None:
        queue = Rules()
        async with source(EVENTS, queue, given, given["port"]):
            odd = {"Odd {% key": "x", "Tag": "", "RecID": "{{{#", "CallID": "#jinja2: a: 'b'\nx", "RemoteNumber": "5{"}
            asked = {"extension": "101", "fields": {"CallerIDName": PWN, **odd}}
            sent = await asyncio.to_thread(emulator.control, "POST", "webhooks", asked)
            assert [one["status"] for one in sent] == [200, 200]
            first, second = await taken(queue), await taken(queue)
        assert "tenant" not in first
        assert (second["tenant"], second["pbx"]["kept"]) == ("north", "1")
        for event in (first, second):
            fields = event["pbx"]
            assert fields["CallerIDName"] == "{ { lookup('pipe', 'touch pwned') }}"
            assert fields["RecID"] == "{ { {#".replace("{#", "{ #")
            assert (fields["EventType"], fields["CallStatus"]) == ("hangup", "ANSWER")
            assert "Tag" not in fields
            assert (fields["CallID"], fields["RemoteNumber"]) == ("# jinja2 : a: 'b'\nx", "5{ ")
            assert sorted(event["defused"]) == ["CallID", "CallerIDName", "Odd { % key", "RecID", "RemoteNumber"]
            assert not any(begin in str(event["pbx"]) for begin in ("{{", "{%", "{#"))

    run(test)


def test_what_was_acknowledged_survives_and_repetitions_do_not(tmp_path: Path) -> None:
    given = options(tmp_path)
    url = f"http://127.0.0.1:{given['port']}/{SECRET}"
    leg = {"subcallid": "5001-a", "EVENTTYPE": "dial-in", "EventTime": "1780000000000000"}

    class Stuck(Rules):
        """Rules that take nothing."""

        def qsize(self) -> int:
            return 1

    async def test() -> None:
        async with aiohttp.ClientSession() as session:
            async with source(EVENTS, Stuck(), given, given["port"]):
                for dummy in range(2):
                    async with session.post(url, data=leg) as answer:
                        assert (answer.status, await answer.text()) == (200, "<Response></Response>")
                async with session.get(url, params={"EventType": "voicemail"}) as answer:
                    assert answer.status == 200
            # Another process takes over, gets both once, and knows the leg again.
            queue = Rules()
            async with source(EVENTS, queue, given, given["port"]):
                events = [await taken(queue), await taken(queue)]
                assert [one["pbx"]["EventType"] for one in events] == ["dial-in", "voicemail"]
                while EVENTS["Journal"](given["journal"]).count():
                    await asyncio.sleep(0.01)
                for form in (leg, {**leg, "SubCallID": "5001-b", "subcallid": "5001-b"}):
                    async with session.post(url, data=form) as answer:
                        assert answer.status == 200
                assert (await taken(queue))["pbx"]["SubCallID"] == "5001-b"
                assert queue.empty()
        mode = Path(given["journal"]).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600

    run(test)


def test_what_was_handed_on_a_week_ago_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=1e9)
    monkeypatch.setitem(EVENTS["Journal"].add.__globals__, "time", SimpleNamespace(time=lambda: clock.now))
    journal = EVENTS["Journal"](str(tmp_path / "events.sqlite"))
    leg = {"pbx": {"SubCallID": "a", "EventType": "answer", "EventTime": "1"}}
    assert journal.add(leg)
    journal.done([1])
    clock.now += 6 * 86400
    assert not journal.add(leg)
    clock.now += 2 * 86400
    assert journal.add({"pbx": {}})
    journal.done([2])
    assert journal.add(leg)
    journal.close()


def test_what_is_no_webhook_is_refused(tmp_path: Path) -> None:
    given = {**options(tmp_path), "max_body": 1000, "max_waiting": 2}
    url = f"http://127.0.0.1:{given['port']}"

    async def test() -> None:
        queue = Rules()
        async with source(EVENTS, queue, given, given["port"]), aiohttp.ClientSession() as session:

            async def status(method: str, path: str, **request: Any) -> int:
                async with session.request(method, url + path, **request) as answer:
                    return answer.status

            for path in (
                "/",
                f"/{SECRET}x",
                f"/{SECRET[:-1]}",
                "/%ff",
                f"/x/{SECRET}",
                f"/{SECRET}/a/b",
                f"/{SECRET}/a.b",
            ):
                assert await status("GET", path) == 404, path
            assert await status("PUT", f"/{SECRET}") == 405
            assert await status("POST", f"/{SECRET}", json={"a": 1}) == 415
            assert await status("POST", f"/{SECRET}", data={"a": "x" * 2000}) == 413
            assert await status("GET", f"/{SECRET}?" + "&".join(f"a{n}=1" for n in range(300))) == 413
            assert queue.empty()

    run(test)


def test_webhooks_by_tls(tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(str(tmp_path / "cert.pem"), append=True)
    given = {**options(tmp_path), "certfile": str(tmp_path / "cert.pem"), "keyfile": str(tmp_path / "key.pem")}
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)

    async def test() -> None:
        queue = Rules()
        async with source(EVENTS, queue, given, given["port"]), aiohttp.ClientSession() as session:
            url = f"https://127.0.0.1:{given['port']}/{SECRET}"
            async with session.get(url, params={"EventType": "answer"}, ssl=trusting) as answer:
                assert answer.status == 200
            assert (await taken(queue))["pbx"]["EventType"] == "answer"

    run(test)


def test_too_many_events_wait_at_the_pbx(tmp_path: Path) -> None:
    given = {**options(tmp_path), "max_waiting": 1}
    url = f"http://127.0.0.1:{given['port']}/{SECRET}"

    class Full(Rules):
        async def put(self, item: Any) -> None:
            await asyncio.Event().wait()

    async def test() -> None:
        async with source(EVENTS, Full(), given, given["port"]), aiohttp.ClientSession() as session:
            found = []
            for dummy in range(2):
                async with session.get(url, params={"EventType": "answer"}) as answer:
                    found.append(answer.status)
            assert found == [200, 503]

    run(test)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({}, "path is missing, or no secret"),
        ({"path": "short"}, "at least 16 letters"),
        ({"path": "with/a/slash/in/its/middle"}, "at least 16 letters"),
        ({"path": SECRET, "host": "0.0.0.0"}, "is not loopback, and without TLS"),  # noqa: S104
        ({"path": SECRET, "certfile": "a"}, "certfile and keyfile belong together"),
        ({"path": SECRET, "port": "many"}, "Give it a whole number"),
        ({"path": SECRET, "paht": "x"}, "has no option paht"),
        ({"path": SECRET, "certfile": "/none", "keyfile": "/none"}, "cannot be used"),
        ({"path": SECRET, "journal": "/dev/null/x"}, "Name a file that can be written"),
    ],
)
def test_it_does_not_start_unsafely(args: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        asyncio.run(EVENTS["main"](Rules(), args))


def test_changes_of_queues_and_phones_become_events(emulator: Emulator) -> None:
    given = {"api_url": emulator.url, "app_id": emulator.app_id, "app_secret": emulator.app_secret,
             "queues": ["200"], "phones": "all", "interval": 1, "requests_per_hour": 10**9}  # fmt: skip

    async def test() -> None:
        queue = Rules()
        async with aiohttp.ClientSession() as session:
            poller = POLL["Poller"](queue, POLL["checked"](given), session, True)
            await poller.poll()
            first = [queue.get_nowait() for dummy in range(queue.qsize())]
            assert first[0]["pbx"] == {"kind": "queue", "queue": "200", "waiting": 0, "trying": 0, "answered": 0}
            assert all(event["first"] for event in first)
            registered = {one["pbx"]["phone"]: one["pbx"]["registered"] for one in first[1:]}
            assert registered["101"]
            assert not registered["102"]
            await poller.poll()
            assert queue.empty()
            for number in (1, 2):
                waits = {"number": f"1555010{number}", "state": "Waiting"}
                emulator.insert("queue_member", emulator.extension_id("200"), **waits)
            emulator.insert("registration", emulator.extension_id("102"), registration_id="uloc-1")
            emulator.clear_log()
            await poller.poll()
            assert (await taken(queue))["pbx"]["waiting"] == 2
            assert (await taken(queue))["pbx"] == {"kind": "phone", "phone": "102", "registered": True}
            # The numbers of extensions are known by now.
            assert len(emulator.log()) == 2
            emulator.fault("expire_token")
            await poller.poll()
            emulator.fault("rate_limit", reset=77)
            with pytest.raises(POLL["Failed"]) as error:
                await poller.poll()
            assert error.value.wait == 77

    run(test)


def test_an_answer_of_another_shape_does_not_end_the_source(emulator: Emulator) -> None:
    given = {"api_url": emulator.url, "access_token": emulator.access_token, "queues": ["200"],
             "interval": 1, "requests_per_hour": 10**9}  # fmt: skip

    async def test() -> None:
        for body in ([7], {"a": 1}):
            emulator.fault("json", body=body)
        queue = Rules()
        async with source(POLL, queue, given):
            assert (await taken(queue))["pbx"]["kind"] == "queue"

    run(test)


def test_the_budget_spreads_requests_and_leaves_some_to_others() -> None:
    budget = POLL["Budget"](1, 20)
    assert [budget.pause(now) for now in (0.0, 0.0, 7200.0, 7201.0)] == [0.0, 3600.0, 0.0, 3599.0]
    budget.learn({"X-RateLimit-Remaining": "21", "X-RateLimit-Reset": "900"}, 20_000.0)
    assert budget.pause(20_000.0) == 0.0
    budget.learn({"X-RateLimit-Remaining": "20", "X-RateLimit-Reset": "9000"}, 30_000.0)
    assert budget.pause(30_000.0) == 9000.0


@pytest.mark.parametrize("per_hour", [1, 5, 10, 100, 130])
def test_no_hour_has_more_requests_than_the_budget(per_hour: int) -> None:
    budget = POLL["Budget"](per_hour, 0)
    now, sent = 0.0, []
    for number in range(4 * per_hour):
        # A pause now and then saves up requests.
        now += 2000.0 if number % (per_hour + 3) == 0 else 0.0
        now += budget.pause(now)
        sent.append(now)
    assert all(last - first > 3599.9 for first, last in zip(sent, sent[per_hour:], strict=False))
    assert sent[max(per_hour // 10, 1) - 1] == pytest.approx(2000.0)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({}, "api_url is missing"),
        ({"api_url": "http://pbx.example.com/api"}, "Use https"),
        ({"api_url": "https://pbx.example.com/api"}, "no credentials"),
        ({"api_url": "https://x/api", "access_token": "t"}, "nothing to poll"),
        ({"api_url": "https://x/api", "access_token": "t", "queues": "all"}, "queues takes numbers"),
        (
            {"api_url": "https://x/api", "access_token": "t", "phones": "all", "interval": 0},
            "interval is 0.0. It starts at 1.",
        ),
        ({"api_url": "https://x/api", "access_token": "t", "phones": "all", "reserve": "x"}, "Give it a number"),
        ({"token": "x"}, "has no option token"),
    ],
)
def test_it_does_not_poll_without_knowing_what(args: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        POLL["checked"](args)
