# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.errors import SettingsError
from ansible_collections.telops.pbx.plugins.module_utils._api.settings import Settings

URL = "https://pbx.example.com/api/ver1.0"
TOKEN = {"access_token": "token"}


def test_the_token_url_lies_beside_the_api_on_the_same_host_and_port() -> None:
    assert Settings("https://pbx.example.com:8443/api/ver1.0").token_url == "https://pbx.example.com:8443/oauth/token"


def test_a_given_token_url_stays() -> None:
    assert Settings(URL, token_url="https://login.example.com/t").token_url == "https://login.example.com/t"


def test_a_trailing_slash_of_the_base_is_dropped() -> None:
    assert Settings(URL + "/").api_url == URL


@pytest.mark.parametrize(
    "given",
    [
        TOKEN,
        {"app_id": "a", "app_secret": "b"},
        {"app_id": "a", "app_secret": "b", "api_username": "c", "api_password": "d"},
        {**TOKEN, "api_username": "c", "api_password": "d"},
        {**TOKEN, "client": "100", "rate_limit_wait": 0},
    ],
)
def test_complete_settings_are_accepted(given: dict[str, Any]) -> None:
    Settings(URL, **given).validate()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {},
            "no credentials: set access_token (PBX_ACCESS_TOKEN), or app_id and app_secret (PBX_APP_ID, PBX_APP_SECRET",
        ),
        ({"api_username": "u", "api_password": "p"}, "set access_token, or app_id and app_secret, in the same place"),
        (
            {"app_id": "a"},
            "app_id is given without app_secret: set app_secret in the same place, or both in the environment "
            "(PBX_APP_ID, PBX_APP_SECRET)",
        ),
        ({"app_secret": "a"}, "app_secret is given without app_id: set app_id in the same place"),
        ({**TOKEN, "api_username": "a"}, "api_username is given without api_password"),
        ({"api_url": "", **TOKEN}, "PBX_API_URL"),
        ({"api_url": None, **TOKEN}, "PBX_API_URL"),
        ({"api_url": "pbx.example.com/api/ver1.0", **TOKEN}, "api_url must be a URL"),
        ({"api_url": "ftp://pbx.example.com/", **TOKEN}, "with http or https"),
        ({"api_url": "https:///api", **TOKEN}, "api_url must be a URL"),
        ({"api_url": "https://[::1/api", **TOKEN}, "api_url must be a URL"),
        ({"api_url": "https://pbx.example.com:port/api", **TOKEN}, "api_url must be a URL"),
        ({"api_url": "https://pbx.example.com/api?x=1", **TOKEN}, "api_url must be a URL"),
        ({"api_url": "https://pbx.example.com /api", **TOKEN}, "api_url must be a URL"),
        ({"token_url": "/oauth/token", **TOKEN}, "token_url must be a URL"),
        ({"access_token": "token\n"}, "line break"),
        ({"access_token": "Bearer token"}, "bare token"),
        ({"client": "", **TOKEN}, "client"),
        ({"client": "1/user", **TOKEN}, "client"),
        ({"ca_path": "/nowhere/ca.pem", **TOKEN}, "/nowhere/ca.pem"),
        ({"api_timeout": 0, **TOKEN}, "api_timeout"),
        ({"api_timeout": float("nan"), **TOKEN}, "api_timeout"),
        ({"rate_limit_wait": -1, **TOKEN}, "rate_limit_wait"),
    ],
)
def test_settings_that_cannot_work_are_refused_in_one_sentence(given: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Client(Settings(**{"api_url": URL, **given}))
    assert says in caught.value.message
    assert "\n" not in caught.value.message


def test_a_login_in_a_url_is_refused_without_repeating_it() -> None:
    settings = Settings("https://anna:canary-1@pbx.example.com/api", **TOKEN)
    with pytest.raises(SettingsError) as caught:
        settings.validate()
    assert "must not carry" in str(caught.value)
    assert "canary" not in str(caught.value) + repr(caught.value) + repr(settings)


def test_no_secret_is_in_the_repr() -> None:
    shown = repr(Settings(URL, access_token="canary-1", app_id="app", app_secret="canary-2", api_password="canary-3"))
    assert "canary" not in shown
    assert "access_token, app_secret, api_password" in shown


def test_an_existing_ca_path_is_accepted(tmp_path: Path) -> None:
    Settings(URL, ca_path=str(tmp_path), **TOKEN).validate()


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8000/api", "http://[::1]/api", "http://localhost/api", "http://pbx.localhost/api", URL],
)
def test_loopback_and_tls_need_no_warning(url: str) -> None:
    assert Client(Settings(url, **TOKEN)).warnings == []


def test_plain_http_to_another_host_is_warned_of_for_each_url() -> None:
    warnings = Client(Settings("http://pbx.example.com/api/ver1.0", access_token="canary-1")).warnings
    assert [warning.split()[0] for warning in warnings] == ["api_url", "token_url"]
    assert "travel in clear" in warnings[0]
    assert "canary" not in "".join(warnings)


def test_a_base_without_a_path_is_warned_of() -> None:
    [warning] = Client(Settings("https://pbx.example.com", **TOKEN)).warnings
    assert "/api/ver1.0" in warning
