# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.emulator.server import Emulator


class Api:
    """Plain requests to the emulator, with the ids of the seeded extensions."""

    PHONE, OTHER_PHONE, QUEUE, OTHER_QUEUE, IVR, FAX, CONFERENCE = 5001, 5002, 5013, 5014, 5015, 5016, 5017

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {emulator.access_token}"

    def __call__(self, method: str, path: str, json: Any = None, **options: Any) -> requests.Response:
        return self.session.request(method, self.emulator.url + path, json=json, **{"timeout": 10, **options})

    def get(self, path: str, **query: Any) -> Any:
        return self.json("GET", path, params=query)

    def json(self, method: str, path: str, json: Any = None, **options: Any) -> Any:
        answer = self(method, path, json, **options)
        assert answer.status_code in (200, 201, 204), answer.text
        return answer.json() if answer.content else None

    def post(self, path: str, **body: Any) -> Any:
        return self.json("POST", path, body)

    def put(self, path: str, **body: Any) -> Any:
        return self.json("PUT", path, body)

    def refused(self, code: int, method: str, path: str, json: Any = None, **options: Any) -> Any:
        """The message of a refusal, which must have the given status."""
        answer = self(method, path, json, **options)
        assert answer.status_code == code, answer.text
        return answer.json()["message"]

    def option(self, digits: str = "1") -> str:
        """The path of a menu option in a new context of the IVR."""
        context = self.post(f"/extension/{self.IVR}/ivr/context/", name="main")["id"]
        path = f"/extension/{self.IVR}/ivr/context/{context}/options/"
        self.post(path, digits=digits)
        return f"{path}{digits}"


@pytest.fixture
def api(emulator: Emulator) -> Iterator[Api]:
    client = Api(emulator)
    yield client
    client.session.close()
