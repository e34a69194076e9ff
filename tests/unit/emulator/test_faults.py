# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault strikes the requests that it names, and only these, and the log tells of it."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
import requests

from .conftest import Api

AGENTS = "/extension/5002/agent/"
NEW = {"name": "Boris"}


def names(api: Api) -> list[str]:
    return [entry["name"] for entry in api.get(AGENTS)]


@pytest.mark.parametrize(("kind", "agents"), [("cut_before", []), ("cut_after", ["Boris"])])
def test_cut(api: Api, kind: str, agents: list[str]) -> None:
    api.emulator.fault(kind, method="POST")
    with pytest.raises(requests.ConnectionError):
        api("POST", AGENTS, NEW)
    assert names(api) == agents
    entry = api.emulator.writes()[0]
    assert (entry["status"], entry["fault"], entry["body"]) == (None, kind, NEW)


def test_cut_in_the_middle_of_an_answer(api: Api) -> None:
    api.emulator.fault("cut_within", path="*/download/")
    path = "/extension/5001/sound/3001/download/"
    answer = api("GET", path, stream=True)
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, "1644")
    arrived = io.BytesIO()
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        arrived.writelines(answer.iter_content(100))
    assert 0 < len(arrived.getvalue()) < 1644
    assert api("GET", path).content.startswith(arrived.getvalue())


def test_a_file_under_another_name(api: Api) -> None:
    api.emulator.fault("file_name", name="../x.wav")
    answer = api("GET", "/extension/5001/sound/3001/download/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="../x.wav"'


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("applied", [False, True])
def test_status(api: Api, status: int, applied: bool) -> None:
    api.emulator.fault("status", status=status, method="POST", applied=applied)
    assert api("POST", AGENTS, NEW).status_code == status
    assert names(api) == (["Boris"] if applied else [])
    assert api("POST", AGENTS, NEW).status_code == 201, "once only"


@pytest.mark.parametrize("headers", [True, False])
def test_rate_limit(api: Api, headers: bool) -> None:
    api.emulator.fault("rate_limit", reset=7, headers=headers)
    answer = api("POST", AGENTS, NEW)
    assert (answer.status_code, answer.json()["status"]) == (429, "rate_limit_exceeded")
    assert answer.headers.get("X-RateLimit-Reset") == answer.headers.get("Retry-After") == ("7" if headers else None)
    assert names(api) == []


def test_hourly_limit_counts_and_ends(api: Api) -> None:
    api.emulator.fault("hourly_limit", limit=3, reset=1)
    answers = [api("GET", AGENTS) for dummy in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert answers[3].headers["X-RateLimit-Reset"] == "1"
    deadline = time.monotonic() + 5
    while (status := api("GET", AGENTS).status_code) == 429 and time.monotonic() < deadline:
        pass
    assert status == 200, "the next window has requests again"
    api.emulator.clear_faults()
    assert int(api("GET", AGENTS).headers["X-RateLimit-Remaining"]) > 1000


def test_expired_token(api: Api) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": api.emulator.app_id,
        "client_secret": api.emulator.app_secret,
    }
    token = requests.post(api.emulator.token_url, data=form, timeout=5).json()["access_token"]
    api.session.headers["Authorization"] = f"Bearer {token}"
    api.emulator.fault("expire_token", nth=3, path="/extension/*")
    assert [api("GET", AGENTS).status_code for dummy in range(4)] == [200, 200, 401, 401]
    api.session.headers["Authorization"] = f"Bearer {api.emulator.access_token}"
    assert api("GET", AGENTS).status_code == 200


@pytest.mark.parametrize("fault", [{"kind": "json", "applied": True}, {"kind": "html", "applied": True}])
def test_an_expired_token_is_refused_whatever_else_strikes(api: Api, fault: dict[str, Any]) -> None:
    """Another answer would say that the request took effect."""
    client = api.emulator.add_client(seed="new")
    api.session.headers["Authorization"] = f"Bearer {client['access_token']}"
    api.emulator.fault(**fault)
    api.emulator.fault("expire_token")
    interval = {"name": "Hours", "timezone": "UTC", "conditions": []}
    assert api("POST", "/client/@me/interval/", interval).status_code == 401
    assert api.emulator.state(client["client_id"])["intervals"] == []


def test_latency(api: Api) -> None:
    api.emulator.fault("latency", ms=150)
    started = time.monotonic()
    assert api("GET", AGENTS).status_code == 200
    assert time.monotonic() - started >= 0.15


def test_timeout(api: Api) -> None:
    api.emulator.fault("timeout", method="POST")
    with pytest.raises(requests.ReadTimeout):
        api("POST", AGENTS, NEW, timeout=0.2)
    assert names(api) == ["Boris"]


def test_endless_body(api: Api) -> None:
    api.emulator.fault("endless")
    answer = api("GET", AGENTS, stream=True)
    read = 0
    for chunk in answer.iter_content(65536):
        read += len(chunk)
        if read > 1_000_000:
            break
    answer.close()
    assert read > 1_000_000


def test_invalid_json(api: Api) -> None:
    api.emulator.fault("invalid_json")
    answer = api("POST", AGENTS, NEW)
    assert answer.status_code == 201
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert names(api) == ["Boris"]


def test_json(api: Api) -> None:
    api.emulator.fault("json", method="POST", body={"id": 1})
    assert api("POST", AGENTS, NEW).json() == {"id": 1}
    assert names(api) == []


def test_no_json_at_all(api: Api) -> None:
    api.emulator.fault("json", method="POST", applied=True)
    answer = api("POST", AGENTS, NEW)
    assert (answer.status_code, answer.content) == (200, b"")
    assert names(api) == ["Boris"]


@pytest.mark.parametrize(("parameters", "status"), [({}, 200), ({"status": 502}, 502)])
def test_html(api: Api, parameters: dict[str, Any], status: int) -> None:
    api.emulator.fault("html", **parameters)
    answer = api("GET", AGENTS)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.text.startswith("<html>")


def test_the_token_endpoint_fails_too(api: Api) -> None:
    api.emulator.fault("status", path="/oauth/token")
    assert requests.post(api.emulator.token_url, timeout=5).status_code == 503
    assert requests.post(api.emulator.token_url, timeout=5).status_code == 401


def test_nth_count_method_and_path(api: Api) -> None:
    api.emulator.fault("status", nth=2, count=2, method="GET", path="/extension/*/agent/")
    assert [api("GET", AGENTS).status_code for dummy in range(4)] == [200, 503, 503, 200]
    api.emulator.clear_faults()
    api.emulator.fault("status", count=0, method="GET", path="/extension/*/agent/")
    assert [api("GET", AGENTS).status_code for dummy in range(3)] == [503, 503, 503]
    assert api("GET", "/user/").status_code == 200
    assert api("POST", AGENTS, NEW).status_code == 201


@pytest.mark.parametrize("wrong", [{"kind": "flood"}, {"kind": "status", "colour": 1}])
def test_unknown_faults_are_refused(api: Api, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="fault"):
        api.emulator.fault(**wrong)
