# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.settings import Settings
from tests.unit.api.scripted import Scripted


class Time:
    """A clock that only naps move on."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.naps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def pbx() -> Iterator[Scripted]:
    """A scripted server; a test fails if it got more requests than it had answers, or fewer."""
    server = Scripted()
    yield server
    server.stop()
    assert server.unexpected == []
    assert list(server.script) == []


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def connect(pbx: Scripted, time: Time) -> Iterator[Callable[..., Client]]:
    """Makes clients of the scripted server; keyword arguments are settings, and ``read_only``."""
    clients: list[Client] = []

    def make(read_only: bool = False, **settings: Any) -> Client:
        if not settings.keys() & {"access_token", "app_id"}:
            settings["access_token"] = "ready-token"
        given = Settings(**{"api_url": pbx.url, "api_timeout": 5.0, **settings})
        clients.append(Client(given, read_only=read_only, sleep=time.sleep, clock=time.clock))
        return clients[-1]

    yield make
    for client in clients:
        client.close()
