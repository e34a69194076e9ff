# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret leaves the client but in the request that needs it, whatever the server does with it."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import errors
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from tests.unit.api.scripted import Cut, Reply, Scripted, Seen, Step

Connect = Callable[..., Client]

APP_SECRET = 'canary-app "secret" /+é'
PASSWORD = "canary-pass&word"
TOKEN = "canary-token-issued"
READY = "canary-token-ready"
PIN = "canary-pin"
CREDENTIALS = {"app_id": "app", "app_secret": APP_SECRET, "api_username": "anna", "api_password": PASSWORD}


def everything_seen(seen: Seen) -> str:
    """Everything that a careless server would put into an error: headers and body, as they came and decoded."""
    decoded = f"{seen.form} {APP_SECRET} {PASSWORD}" if seen.path == "/oauth/token" else ""
    return f"{dict(seen.headers)} {seen.body.decode()} {decoded}"


def echo(status: int, kind: str) -> Callable[[Seen], Step]:
    def answer(seen: Seen) -> Step:
        said = everything_seen(seen)
        forms: dict[str, Any] = {
            "message": {"text": json.dumps({"message": said, "status": said})},
            "map": {"text": json.dumps({"message": {"pin": said}, "error": [said]})},
            "text": {"text": said},
            "html": {"text": f"<html><title>{said}</title></html>"},
            "list": {"text": json.dumps([said])},
            "keys": {"text": json.dumps({said: 1})},
            "redirect": {"text": "", "headers": {"Location": "/" + quote_plus(f"{seen.token} {PIN}")}},
        }
        return Reply(status, **forms[kind])

    return answer


def everything_shown(exc: errors.PbxError, client: Client) -> str:
    return " ".join(
        [
            str(exc),
            repr(exc),
            repr(exc.args),
            repr(exc.details),
            exc.message,
            *traceback.format_exception(exc),
            repr(client.settings),
            *client.warnings,
        ]
    )


KINDS = ["message", "map", "text", "html", "list", "keys"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    ("status", "kind"),
    [(status, kind) for status in (400, 401, 403, 404, 409, 429, 500, 503) for kind in KINDS]
    + [(200, kind) for kind in ("text", "html")]
    + [(302, "redirect")],
)
def test_errors_show_no_secret(pbx: Scripted, connect: Connect, method: str, status: int, kind: str) -> None:
    pbx.always = lambda seen: (
        Reply(json={"access_token": TOKEN})
        if seen.path == "/oauth/token"
        else Reply(json={"client_id": 100})
        if seen.path == "/user/"
        else echo(status, kind)(seen)
    )
    client = connect(access_token=READY, renew_token=True, rate_limit_wait=5, **CREDENTIALS)
    client.secrets.add(PIN)
    with pytest.raises(errors.PbxError) as caught:
        client.get("/x", {"pin": PIN}) if method == "GET" else client.write(method, "/x", {"pin": PIN})
    assert "canary" not in everything_shown(caught.value, client)
    assert any(READY in str(seen.headers) for seen in pbx.seen)


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("kind", [*KINDS, "redirect"])
def test_the_token_endpoint_s_errors_show_no_secret(pbx: Scripted, connect: Connect, status: int, kind: str) -> None:
    pbx.always = echo(status, kind)
    client = connect(rate_limit_wait=5, **CREDENTIALS)
    with pytest.raises(errors.PbxError) as caught:
        client.get("/x")
    assert "canary" not in everything_shown(caught.value, client)


@pytest.mark.parametrize("kind", ["keys", "list"])
def test_the_wrong_type_of_json_shows_no_secret(pbx: Scripted, connect: Connect, kind: str) -> None:
    pbx.answers(echo(200, kind))
    client = connect(access_token=READY)
    with pytest.raises(errors.BadAnswer) as caught:
        client.get_list("/x") if kind == "keys" else client.get_object("/x")
    assert "canary" not in everything_shown(caught.value, client)


@pytest.mark.parametrize("cut", [Cut("before"), Cut("after"), Cut("within")])
def test_a_cut_shows_no_secret(pbx: Scripted, connect: Connect, cut: Step) -> None:
    pbx.answers(cut)
    client = connect(access_token=READY)
    with pytest.raises(errors.Ambiguous) as caught:
        client.write("POST", "/x", {"pin": PIN})
    assert "canary" not in everything_shown(caught.value, client)


def test_nonsense_for_an_answer_is_not_quoted(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(text="x", headers={"Content-Length": f"0\r\n\r\n{READY}"}))
    client = connect(access_token=READY)
    with pytest.raises(errors.PbxError) as caught:
        client.get("/x")
    assert "canary" not in everything_shown(caught.value, client)


@pytest.mark.parametrize("before", range(40, 520, 5))
def test_a_secret_where_a_message_is_shortened_is_taken_out_first(pbx: Scripted, connect: Connect, before: int) -> None:
    said = "x" * before + f" {READY}"
    pbx.answers(Reply(400, {"message": said}), Reply(400, text=said), Reply(200, text=f"<html><title>{said}"))
    client = connect(access_token=READY)
    for dummy in range(3):
        with pytest.raises(errors.PbxError) as caught:
            client.get("/x")
        assert "can" not in everything_shown(caught.value, client).replace("cannot", "")


def test_a_short_secret_is_taken_out_as_a_word_only(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(400, {"message": "pin 100 is too short, use 1000 or a100 (pin=100)"}))
    client = connect()
    client.secrets.add("100")
    with pytest.raises(errors.Rejected) as caught:
        client.write("POST", "/extension/100/", {"pin": "100"})
    assert caught.value.details["server_message"] == "pin *** is too short, use 1000 or a100 (pin=***)"
    assert caught.value.details["path"] == "/extension/100/"


def test_an_empty_secret_takes_nothing_out(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(400, {"message": "no"}))
    client = connect()
    client.secrets.add("")
    with pytest.raises(errors.Rejected) as caught:
        client.get("/x")
    assert caught.value.details["server_message"] == "no"
