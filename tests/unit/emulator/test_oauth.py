# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token endpoint: three grants, and their errors."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from .conftest import Api


def ask(api: Api, **changes: Any) -> requests.Response:
    emulator = api.emulator
    form = {
        "grant_type": "client_credentials", "client_id": emulator.app_id, "client_secret": emulator.app_secret,
        "username": emulator.username, "password": emulator.password, **changes,
    }  # fmt: skip
    return requests.post(emulator.token_url, data=form, timeout=5)


@pytest.mark.parametrize("grant", ["client_credentials", "password"])
def test_a_granted_token_works(api: Api, grant: str) -> None:
    answer = ask(api, grant_type=grant).json()
    assert answer["token_type"] == "Bearer"
    assert answer["expires_in"] > 0
    api.session.headers["Authorization"] = f"Bearer {answer['access_token']}"
    assert api.get("/user/")["login"] == api.emulator.username
    assert ("refresh_token" in answer) == (grant == "password")


def test_a_refresh_token_works_once(api: Api) -> None:
    refresh = ask(api, grant_type="password").json()["refresh_token"]
    assert ask(api, grant_type="refresh_token", refresh_token=refresh).status_code == 200
    again = ask(api, grant_type="refresh_token", refresh_token=refresh)
    assert (again.status_code, again.json()) == (401, {"error": "invalid_grant"})


def test_parameters_may_stand_in_the_query(api: Api) -> None:
    query = {
        "grant_type": "client_credentials",
        "client_id": api.emulator.app_id,
        "client_secret": api.emulator.app_secret,
    }
    assert requests.post(api.emulator.token_url, params=query, timeout=5).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code", "error"),
    [
        ({"client_secret": "wrong-secret"}, 401, "invalid_client"),
        ({"client_id": "wrong-id"}, 401, "invalid_client"),
        ({"grant_type": "password", "password": "wrong-password"}, 401, "invalid_grant"),
        ({"grant_type": "password", "username": "nobody"}, 401, "invalid_grant"),
        ({"grant_type": "refresh_token"}, 401, "invalid_grant"),
        ({"grant_type": "implicit"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "invalid_request"),
    ],
)
def test_errors(api: Api, changes: dict[str, Any], code: int, error: str) -> None:
    answer = ask(api, **changes)
    assert (answer.status_code, answer.json()) == (code, {"error": error})


def test_secrets_do_not_reach_the_log(api: Api) -> None:
    ask(api, grant_type="password")
    api.post(
        "/extension/5001/user/extension/", name="U", login="someone", password="Long-unusual-8", email="u@b.example"
    )
    log = str(api.emulator.log())
    assert "/oauth/token" in log
    for secret in (api.emulator.app_secret, api.emulator.password, api.emulator.access_token, "Long-unusual-8"):
        assert secret not in log
