# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of the emulator to the addresses of an extension's events."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest

from .conftest import Api


class Receiver:
    """Keeps method, path and fields of each request."""

    def __init__(self) -> None:
        told: list[tuple[str, str, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, dummy, query = self.path.partition("?")
                told.append(("GET", path, dict(parse_qsl(query))))
                self.send_response(302)
                self.send_header("Location", "http://192.0.2.1/")
                self.end_headers()

            def do_POST(self) -> None:
                assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                told.append(("POST", self.path, dict(parse_qsl(body))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.told = told
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


def test_each_address_is_told_by_its_method(api: Api, receiver: Receiver) -> None:
    for method in ("GET", "POST"):
        url = f"{receiver.origin}/{method}?kept=1"
        api.post(f"/extension/{api.QUEUE}/event/", event_type="hangup", url=url, method=method)
    asked = {"extension": "200", "fields": {"CallerIDName": "Ünal & {{ 7 }}", "CallerIDNum": None}}
    sent = api.emulator.control("POST", "webhooks", asked)
    assert [(one["method"], one["status"]) for one in sent] == [("GET", 302), ("POST", 200)]
    assert [(method, path) for method, path, dummy in receiver.told] == [("GET", "/GET"), ("POST", "/POST?kept=1")]
    fields = receiver.told[1][2]
    assert receiver.told[0][2] == {"kept": "1", **fields}, "a redirect was not followed"
    assert fields["CallerIDName"] == "Ünal & {{ 7 }}"
    assert "CallerIDNum" not in fields
    assert (fields["EventType"], fields["CallStatus"], fields["Bridged"]) == ("hangup", "ANSWER", "yes")
    assert (len(fields["EventTime"]), len(fields["CallID"])) == (16, 32)
    assert fields["CalledExtensionID"] == str(api.QUEUE)
    assert len(api.emulator.control("POST", "webhooks", {"extension": "200", "times": 2})) == 4


def test_nobody_beyond_loopback_is_told(api: Api) -> None:
    for url in ("https://crm.example.com/x", "http://192.0.2.1/"):
        api.post(f"/extension/{api.PHONE}/event/", event_type="answer", url=url, method="POST")
    with pytest.raises(ValueError, match="to loopback only"):
        api.emulator.control("POST", "webhooks", {"extension": "101", "event_type": "answer"})


def test_what_is_not_there_is_told(api: Api) -> None:
    for asked, said in (({"extension": "999"}, "no extension 999"), ({"extension": "101"}, "no event hangup")):
        with pytest.raises(ValueError, match=said):
            api.emulator.control("POST", "webhooks", asked)
    api.post(f"/extension/{api.PHONE}/event/", event_type="hangup", url="http://127.0.0.1:9/", method="POST")
    assert api.emulator.control("POST", "webhooks", {"extension": "101"})[0]["status"] is None
