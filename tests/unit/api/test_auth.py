# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import errors
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from tests.unit.api.conftest import Time
from tests.unit.api.scripted import Cut, Reply, Scripted, Seen, Step

Connect = Callable[..., Client]
APP = {"app_id": "app", "app_secret": "app-secret"}
USER = {**APP, "api_username": "anna", "api_password": "p&=ss wörd"}
OK = Reply(json={"id": 1})


def token(value: str, **more: Any) -> Reply:
    return Reply(json={"access_token": value, "token_type": "Bearer", **more})


def paths(pbx: Scripted) -> list[str]:
    return [seen.path for seen in pbx.seen]


def test_a_ready_token_needs_no_token_request(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(OK)
    client = connect(access_token="ready")
    client.get("/x")
    assert pbx.seen[0].token == "ready"
    assert client.token_requests == 0


def test_nothing_is_sent_before_the_first_request(pbx: Scripted, connect: Connect) -> None:
    connect(**APP)
    assert pbx.seen == []


def test_client_credentials_are_sent_as_a_form_and_the_token_is_used_again(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(token("t1", expires_in=3600), OK, OK)
    client = connect(**APP)
    client.get("/x")
    client.get("/x")
    assert paths(pbx) == ["/oauth/token", "/x", "/x"]
    assert pbx.seen[0].form == {
        "grant_type": "client_credentials",
        "client_id": "app",
        "client_secret": "app-secret",
    }
    assert pbx.seen[0].headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert [seen.token for seen in pbx.seen] == [None, "t1", "t1"]
    assert (client.token_requests, client.requests) == (1, {"GET": 2})


def test_the_password_grant_is_used_when_all_four_are_given(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(token("t1"), OK)
    connect(**USER).get("/x")
    assert pbx.seen[0].form == {
        "grant_type": "password",
        "client_id": "app",
        "client_secret": "app-secret",
        "username": "anna",
        "password": "p&=ss wörd",
    }


def test_a_token_url_of_its_own_is_used(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(token("t1"), OK)
    connect(token_url=f"http://{pbx.host}/login/t", **APP).get("/x")
    assert paths(pbx) == ["/login/t", "/x"]


@pytest.mark.parametrize(
    ("answer", "life"),
    [
        ({"expires_in": 3600}, 3540),
        ({"expires_in": "3600"}, 3540),
        ({}, 3000),
        ({"expires_in": None}, 3000),
        ({"expires_in": "soon"}, 3000),
        ({"expires_in": -5}, 3000),
        ({"expires_in": [1]}, 3000),
        ({"expires_in": 60}, 30),
    ],
)
def test_a_token_is_renewed_before_it_ends(
    pbx: Scripted, connect: Connect, time: Time, answer: dict[str, Any], life: float
) -> None:
    pbx.answers(token("t1", **answer), OK, OK, token("t2"), OK)
    client = connect(**APP)
    client.get("/x")
    time.now += life - 1
    client.get("/x")
    time.now += 1
    client.get("/x")
    assert [seen.token for seen in pbx.seen] == [None, "t1", "t1", None, "t2"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_refused_token_is_renewed_once_and_the_request_sent_again(
    pbx: Scripted, connect: Connect, method: str
) -> None:
    pbx.answers(token("old"), Reply(401), token("new"), OK)
    client = connect(**APP)
    assert (client.get("/x") if method == "GET" else client.write(method, "/x", {})) == {"id": 1}
    assert [seen.token for seen in pbx.seen] == [None, "old", None, "new"]
    assert client.requests == {method: 2}


def test_every_request_may_renew_once(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(token("t1"), OK, Reply(401), token("t2"), OK, Reply(401), token("t3"), OK)
    client = connect(**APP)
    for dummy in range(3):
        client.get("/x")
    assert client.token_requests == 3


@pytest.mark.parametrize(
    ("given", "says"),
    [(APP, "check app_id and app_secret"), (USER, "check app_id and app_secret, api_username and api_password")],
)
def test_a_second_refusal_is_the_end(pbx: Scripted, connect: Connect, given: dict[str, Any], says: str) -> None:
    pbx.answers(token("t1"), Reply(401), token("t2"), Reply(401, {"message": "Unauthorized", "status": "401"}))
    client = connect(**given)
    with pytest.raises(errors.AuthFailed) as caught:
        client.get("/x")
    assert caught.value.message.endswith(says)
    assert "the server says: Unauthorized;" in caught.value.message
    assert caught.value.details["status"] == 401
    assert client.requests == {"GET": 2}


def test_a_refused_ready_token_that_nothing_can_renew(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(401))
    client = connect(access_token="ready")
    with pytest.raises(errors.AuthFailed, match="check access_token"):
        client.get("/x")
    assert client.requests == {"GET": 1}
    assert client.token_requests == 0


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (
            Reply(401, {"error": "invalid_grant"}),
            "app_id and app_secret, api_username and api_password; the server says: invalid_grant",
        ),
        (Reply(400, {"error": "invalid_client", "error_description": "no app"}), "says: invalid_client: no app"),
        (Reply(403, text="<html><title>Stop</title>"), 'an HTML page titled "Stop"'),
        (Reply(404, {"message": "Not found"}), "/oauth/token was tried; unless it is set, it lies on the host of"),
        (Reply(405, text=""), "token_url seems to be wrong"),
    ],
)
def test_a_refusal_of_the_token_endpoint(pbx: Scripted, connect: Connect, reply: Reply, says: str) -> None:
    pbx.answers(reply)
    client = connect(**USER)
    with pytest.raises(errors.AuthFailed) as caught:
        client.get("/x")
    assert says in caught.value.message
    assert caught.value.details["path"] == "/oauth/token"
    assert (client.token_requests, client.requests) == (1, {})


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text="<html>canary</html>"),
        Reply(json=["canary"]),
        Reply(json={"token": "canary"}),
        Reply(json={"access_token": 5}),
        Reply(json={"access_token": ""}),
        Reply(json={"access_token": "canary\r\nX: y"}),
        Reply(302, text="", headers={"Location": "/login?canary"}),
    ],
)
def test_an_answer_without_a_usable_token(pbx: Scripted, connect: Connect, reply: Reply) -> None:
    pbx.answers(reply)
    with pytest.raises(errors.BadAnswer, match="without an access_token: check token_url") as caught:
        connect(**APP).get("/x")
    assert "canary" not in repr(caught.value) + repr(caught.value.details)


def test_getting_a_token_twice_does_no_harm_so_it_is_repeated(pbx: Scripted, connect: Connect, time: Time) -> None:
    pbx.answers(Cut("after"), Reply(503), Reply(429, headers={"Retry-After": "2"}), token("t1"), Reply(200, {"id": 1}))
    client = connect(**APP)
    client.get("/x")
    assert client.token_requests == 4
    assert time.naps == [0.2, 0.4, 2.0]


def test_a_failing_token_endpoint_is_the_server_s_fault(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(500, {"message": "Oops"}))
    with pytest.raises(errors.ServerFailed, match="POST /oauth/token failed on the server with 500"):
        connect(**APP).write("POST", "/x", {})
    assert paths(pbx) == ["/oauth/token"]


def test_an_unreachable_token_endpoint_never_makes_a_post_ambiguous(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(*[Cut("after")] * 4)
    with pytest.raises(errors.ConnectionFailed, match="POST /oauth/token"):
        connect(**APP).write("POST", "/x", {})


def in_parallel(count: int, work: Callable[[], Any]) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run() -> None:
        start.wait()
        try:
            work()
        except BaseException as exc:
            failures.append(exc)

    threads = [threading.Thread(target=run) for dummy in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_threads_share_one_token_and_one_renewal(pbx: Scripted, connect: Connect) -> None:
    both_refused = threading.Barrier(8)

    def answer(seen: Seen) -> Step:
        if seen.path == "/oauth/token":
            issued.append(f"t{len(issued) + 1}")
            return token(issued[-1])
        if seen.token == "t1":
            # All eight are on their way with the old token before the first of them hears that it is refused.
            both_refused.wait(10)
            return Reply(401)
        return OK

    issued: list[str] = []
    pbx.always = answer
    client = connect(**APP)
    in_parallel(8, lambda: client.get("/x"))
    assert issued == ["t1", "t2"]
    assert client.token_requests == 2
    assert client.requests == {"GET": 16}


# A token and an application


BOTH = {"access_token": "old", "renew_token": True, **APP}


def owner(number: Any) -> Reply:
    return Reply(json={"client_id": number, "login": "main"})


def test_s3_a_token_together_with_an_application_is_an_error(connect: Connect, pbx: Scripted) -> None:
    with pytest.raises(errors.SettingsError, match="access_token and app_id are both set") as caught:
        connect(access_token="canary", **APP)
    assert "pbx_renew_token" in caught.value.message
    assert "canary" not in caught.value.message
    assert pbx.seen == []


def test_s3_one_that_renews_the_other_belongs_to_the_same_tenant(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(owner(100), OK, OK, Reply(401), token("new"), owner(100), OK, OK)
    client = connect(**BOTH)
    for dummy in range(4):
        client.write("PUT", "/x", {})
    assert [seen.token for seen in pbx.seen] == ["old", "old", "old", "old", None, "new", "new", "new"]
    assert client.requests == {"GET": 2, "PUT": 5}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_s3_nothing_is_sent_with_a_renewed_token_of_another_tenant(
    pbx: Scripted, connect: Connect, method: str
) -> None:
    pbx.answers(owner(100), OK, Reply(401), token("new"), owner(200), owner(200))
    client = connect(**BOTH)
    client.write("PUT", "/x", {})
    for dummy in range(2):
        with pytest.raises(errors.AuthFailed) as caught:
            client.get("/x") if method == "GET" else client.write(method, "/x", {})
    assert "to the tenant with the id 100" in caught.value.message
    assert "the one with the id 200; nothing was sent to that one" in caught.value.message
    assert [seen.path for seen in pbx.seen if seen.token == "new"] == ["/user/", "/user/"]


def test_s3_a_token_that_had_ended_before_the_run_leaves_one_tenant(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(401), token("t1", expires_in=100), owner(100), OK, token("t2"), owner(200))
    client = connect(**BOTH)
    client.get("/x")
    client._tokens._ends = 0
    with pytest.raises(errors.AuthFailed, match="id 200"):
        client.write("PUT", "/x", {})


@pytest.mark.parametrize("reply", [Reply(403, {}), Reply(404, {}), Reply(json=[]), Reply(text="<html>"), owner([1])])
def test_s3_a_tenant_that_cannot_be_told_is_no_same_tenant(pbx: Scripted, connect: Connect, reply: Reply) -> None:
    pbx.answers(reply)
    with pytest.raises(errors.AuthFailed, match=r"did not tell .* whether access_token and app_id belong"):
        connect(**BOTH).write("PUT", "/x", {})
