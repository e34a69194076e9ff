# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The course of one request: how it is answered, when it is repeated, and exactly how often it is sent."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
import requests

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from ansible_collections.telops.pbx.plugins.module_utils._api import deadline, errors, transport
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.failures import REACH
from ansible_collections.telops.pbx.plugins.module_utils._api.settings import Settings
from tests.unit.api.conftest import Time
from tests.unit.api.scripted import Cut, Drip, Reply, Scripted, Seen, Stall, Step

Connect = Callable[..., Client]
OK = Reply(json={"id": 1})


def run(client: Client, method: str) -> Any:
    return client.get("/thing/1") if method == "GET" else client.write(method, "/thing/1", {"a": 1})


# Requests as they are sent


def test_a_get_carries_the_token_and_repeats_list_parameters(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(json=[]))
    params = {"id": [1, 2], "name": "Anna B", "deep": True, "none": None}
    assert connect(access_token="tok").get("/extension/", params) == []
    [seen] = pbx.seen
    assert (seen.method, seen.path, seen.token) == ("GET", "/extension/", "tok")
    assert seen.query == {"id": ["1", "2"], "name": ["Anna B"], "deep": ["true"]}


def test_a_write_sends_json_and_gives_the_answer(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(201, {"id": 7}), Reply(200, {"id": 7}), Reply(204))
    client = connect()
    assert client.write("POST", "/thing/", {"name": "Büro", "n": None}) == {"id": 7}
    assert client.write("PUT", "/thing/7", {}) == {"id": 7}
    assert client.write("DELETE", "/thing/7") is None
    assert [seen.body for seen in pbx.seen[1:]] == [b"{}", b""]
    assert pbx.seen[0].json == {"name": "Büro", "n": None}
    assert pbx.seen[0].headers["Content-Type"] == "application/json"
    assert client.requests == {"POST": 1, "PUT": 1, "DELETE": 1}


def test_only_writes_can_be_written(connect: Connect) -> None:
    with pytest.raises(ValueError, match="PATCH"):
        connect().write("PATCH", "/thing/1", {})


@pytest.mark.parametrize(("given", "path"), [("@me", "/client/@me/extension/"), ("100", "/client/100/extension/")])
def test_tenant_paths_carry_the_client(pbx: Scripted, connect: Connect, given: str, path: str) -> None:
    pbx.answers(Reply(json=[]))
    client = connect(client=given)
    assert client.tenant("extension/") == client.tenant("/extension/") == path
    client.get(client.tenant("extension/"))
    assert pbx.seen[0].path == path


@pytest.mark.parametrize("chunked", [False, True])
def test_one_connection_serves_many_requests(pbx: Scripted, connect: Connect, chunked: bool) -> None:
    pbx.answers(*[Reply(json=[{"id": n} for n in range(5000)], chunked=chunked)] * 3, Reply(404, {}), Reply(204), OK)
    client = connect()
    for dummy in range(3):
        assert len(client.get_list("/thing/")) == 5000
    with pytest.raises(errors.NotFound):
        client.get("/thing/9")
    client.write("DELETE", "/thing/1")
    client.write("POST", "/thing/", {})
    assert pbx.connections == 1


def test_a_connection_that_the_server_closed_while_idle_costs_nothing(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(json={}, hang_up=True), OK)
    client = connect()
    client.get("/thing/1")
    assert pbx.hung_up.wait(5)
    assert client.write("POST", "/thing/", {}) == {"id": 1}
    assert client.requests == {"GET": 1, "POST": 1}


def test_closing_closes_the_connection_even_after_a_failure(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Cut("after"), OK)
    client = connect()
    client.get("/thing/1")
    assert pbx.hung_up.wait(5)
    pbx.hung_up.clear()
    client.close()
    assert pbx.hung_up.wait(5)


def test_a_login_in_netrc_does_not_replace_the_token(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login anna password wrong\n")
    monkeypatch.setenv("NETRC", str(netrc))
    pbx.answers(Reply(json={"access_token": "fetched"}), OK)
    connect(app_id="a", app_secret="b").get("/thing/1")
    assert [seen.token for seen in pbx.seen] == [None, "fetched"]


def test_cookies_are_not_kept(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(json={}, headers={"Set-Cookie": "session=1; Path=/"}), OK)
    client = connect()
    client.get("/thing/1")
    client.get("/thing/1")
    assert "Cookie" not in pbx.seen[1].headers


# Answers


@pytest.mark.parametrize("content_type", ["text/html", "application/json", "nonsense"])
def test_json_is_json_whatever_the_content_type(pbx: Scripted, connect: Connect, content_type: str) -> None:
    pbx.answers(Reply(json={"имя": 1}, headers={"Content-Type": content_type}))
    assert connect().get("/thing/1") == {"имя": 1}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "an empty body"),
        ("<html><head><title>Log &amp; in</title></head></html>", 'an HTML page titled "Log & in"'),
        ("  <!DOCTYPE html><p>x", "an HTML page"),
        ("busy\x00\x1b[31m now", '"busy [31m now"'),
        ("x" * 500, '"' + "x" * 80 + '"'),
        (b"\xff\xfe\xfa", "not JSON"),
        ('{"a": NaN}', "not JSON"),
        ("[" * 200_000, "not JSON"),
        ('{"a": 1', "not JSON"),
    ],
)
def test_what_came_instead_of_json_is_told(pbx: Scripted, connect: Connect, body: str | bytes, says: str) -> None:
    pbx.answers(Reply(text=body))
    with pytest.raises(errors.BadAnswer) as caught:
        connect().get("/thing/1")
    assert says in caught.value.message
    assert caught.value.message.isprintable()
    assert caught.value.details == {"method": "GET", "path": "/thing/1", "status": 200}


def test_a_write_whose_answer_is_no_json_says_that_it_may_have_been_done(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(201, text="<html>"))
    with pytest.raises(errors.BadAnswer, match="may have been made"):
        connect().write("POST", "/thing/", {})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "a list"),
        (None, "null"),
        (True, "a boolean"),
        (3, "a number"),
        ("x", "a string"),
    ],
)
def test_an_object_must_be_one(pbx: Scripted, connect: Connect, data: Any, says: str) -> None:
    pbx.answers(Reply(json=data))
    with pytest.raises(errors.BadAnswer, match=f"should be an object but is {says}"):
        connect().get_object("/thing/1")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"call_list": [], "page": 1}, "an object with the keys call_list, page"),
        ({}, "an empty object"),
        ([{"id": 1}, 2], "a list of other things than objects"),
    ],
)
def test_a_list_must_be_one_of_objects(pbx: Scripted, connect: Connect, data: Any, says: str) -> None:
    pbx.answers(Reply(json=data))
    with pytest.raises(errors.BadAnswer, match=says):
        connect().get_list("/thing/")


def test_a_paged_list_is_read_to_its_end_with_its_own_parameters(pbx: Scripted, connect: Connect) -> None:
    def page(seen: Seen) -> Step:
        number, size = int(seen.query["page"][0]), int(seen.query["per_page"][0])
        assert seen.query["type"] == ["ivr"]
        return Reply(json=[{"id": n} for n in range(230)][(number - 1) * size : number * size])

    pbx.always = page
    assert len(connect().get_list("/extension/", {"type": "ivr"}, paged=True)) == 230
    assert [seen.query["page"] for seen in pbx.seen] == [["1"], ["2"], ["3"]]
    assert {seen.query["per_page"][0] for seen in pbx.seen} == {"100"}


def test_an_unpaged_list_asks_for_no_page(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(json=[{"id": n} for n in range(100)]))
    assert len(connect().get_list("/thing/")) == 100
    assert pbx.seen[0].query == {}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed(pbx: Scripted, connect: Connect, method: str, status: int) -> None:
    pbx.answers(Reply(status, text="", headers={"Location": f"http://{pbx.host}/elsewhere/?token=x"}))
    with pytest.raises(errors.BadAnswer) as caught:
        run(connect(), method)
    assert "(/elsewhere/)" in caught.value.message
    assert pbx.methods() == [method]


# Errors


@pytest.mark.parametrize(
    ("status", "body", "error", "says"),
    [
        (400, {"message": "no such zone"}, errors.Rejected, "with 400, the server says: no such zone"),
        (
            400,
            {"message": {"name": "is required", "delay": ["too big", 3]}},
            errors.Rejected,
            "name: is required; delay: too big, 3",
        ),
        (422, {"name": ["is required"], "status": "bad_value"}, errors.Rejected, "bad_value: name: is required"),
        (409, "taken", errors.Rejected, "taken"),
        (400, ["a", {"b": "c"}], errors.Rejected, "a, b: c"),
        (404, {"message": "Not found"}, errors.NotFound, "Not found"),
        (404, {"message": "Not found", "status": "client_not_found"}, errors.NotFound, "check the option client"),
        (403, {"status": "access_denied"}, errors.AccessDenied, "no right to this object"),
        (403, {"status": "user_blocked"}, errors.AccessDenied, "is blocked"),
        (403, {"status": "user_access_type_deny"}, errors.AccessDenied, "read_only user may only read"),
        (403, {"status": "app_access_type_deny", "message": "No."}, errors.AccessDenied, 'needs the access "All"'),
        (403, {"message": "Nope"}, errors.AccessDenied, "Nope"),
        (500, {"message": "Oops"}, errors.ServerFailed, "failed on the server with 500, the server says: Oops"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_errors_are_told_apart_and_never_repeated(
    pbx: Scripted, connect: Connect, method: str, status: int, body: Any, error: type[errors.PbxError], says: str
) -> None:
    pbx.answers(Reply(status, body))
    with pytest.raises(error) as caught:
        run(connect(), method)
    assert caught.type is error
    assert f"{method} /thing/1" in caught.value.message
    assert says in caught.value.message
    assert {name: caught.value.details[name] for name in ("method", "path", "status")} == {
        "method": method,
        "path": "/thing/1",
        "status": status,
    }
    assert pbx.methods() == [method]


def test_the_server_s_words_are_there_apart_from_the_sentence(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(403, {"status": "access_denied", "message": "Forbidden"}))
    with pytest.raises(errors.AccessDenied) as caught:
        connect().get("/thing/1")
    assert caught.value.details["server_status"] == "access_denied"
    assert caught.value.details["server_message"] == "Forbidden"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "found nothing"),
        ("<html><title>nginx 404</title>", 'an HTML page titled "nginx 404"; check api_url'),
        ("no such thing", "no such thing"),
        ("null", "null"),
    ],
)
def test_errors_need_not_be_json(pbx: Scripted, connect: Connect, body: str, says: str) -> None:
    pbx.answers(Reply(404, text=body))
    with pytest.raises(errors.NotFound, match="found nothing") as caught:
        connect().get("/thing/1")
    assert says in caught.value.message


def test_a_failed_post_says_that_its_outcome_is_unknown(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(500, {"message": "Oops"}))
    with pytest.raises(errors.ServerFailed, match="unknown whether this took effect, the next run will"):
        connect().write("POST", "/thing/", {})


# Repeats by meaning

PASSING = [
    Cut("before"),
    Cut("after"),
    Cut("within"),
    Reply(502),
    Reply(503, headers={"Retry-After": "900"}),
    Reply(504, text=""),
]


@pytest.mark.parametrize("failure", PASSING)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_may_pass_is_repeated_when_that_is_harmless(
    pbx: Scripted, connect: Connect, time: Time, method: str, failure: Step
) -> None:
    pbx.answers(failure, failure, OK)
    client = connect()
    assert run(client, method) == {"id": 1}
    assert client.requests == {method: 3}
    assert time.naps == [0.2, 0.4]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_server_that_says_when_it_is_back_is_asked_then(
    pbx: Scripted, connect: Connect, time: Time, method: str
) -> None:
    down = Reply(503, headers={"Retry-After": "40"})
    pbx.answers(down, down, OK)
    assert run(connect(rate_limit_wait=60), method) == {"id": 1}
    # The second time, it would be longer than a task may wait in all.
    assert time.naps == [40, 0.4]


@pytest.mark.parametrize("failure", PASSING)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_repeating_ends(pbx: Scripted, connect: Connect, time: Time, method: str, failure: Step) -> None:
    pbx.answers(*[failure] * 4)
    client = connect()
    expected = errors.ServerFailed if isinstance(failure, Reply) else errors.ConnectionFailed
    with pytest.raises(expected) as caught:
        run(client, method)
    assert client.requests == {method: 4}
    assert time.naps == [0.2, 0.4, 0.8]
    if expected is errors.ConnectionFailed:
        assert f"{pbx.host}: the connection was cut" in caught.value.message
        assert "(4 tries)" in caught.value.message
        assert ("may have been made" in caught.value.message) == (method != "GET")


@pytest.mark.parametrize("failure", PASSING)
def test_a_post_whose_outcome_is_unknown_is_never_repeated(
    pbx: Scripted, connect: Connect, time: Time, failure: Step
) -> None:
    pbx.answers(failure)
    client = connect()
    with pytest.raises(errors.Ambiguous) as caught:
        client.write("POST", "/thing/", {})
    assert "POST /thing/" in caught.value.message
    assert "unknown whether this took effect" in caught.value.message
    assert client.requests == {"POST": 1}
    assert time.naps == []


def test_silence_is_repeated_for_a_get(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Stall(), OK)
    client = connect(api_timeout=1.0)
    assert client.get("/thing/1") == {"id": 1}
    assert client.requests == {"GET": 2}


def test_o3_silence_leaves_a_post_unknown(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Stall())
    with pytest.raises(errors.TooLate, match=r"no answer within 0\.1 s"):
        connect(api_timeout=0.1).write("POST", "/thing/", {})


@pytest.mark.parametrize("failure", PASSING)
def test_nothing_left_after_a_repeated_delete_is_success(pbx: Scripted, connect: Connect, failure: Step) -> None:
    pbx.answers(failure, Reply(404, {"message": "Not found"}))
    assert connect().write("DELETE", "/thing/1") is None


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_nothing_there_after_another_repeat_stays_an_error(pbx: Scripted, connect: Connect, method: str) -> None:
    pbx.answers(Cut("after"), Reply(404, {"message": "Not found"}))
    with pytest.raises(errors.NotFound):
        run(connect(), method)


def test_nothing_left_counts_even_when_a_limit_or_a_token_came_between(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(
        Reply(json={"access_token": "old"}),
        Cut("after"),
        Reply(429, headers={"Retry-After": "1"}),
        Reply(401),
        Reply(json={"access_token": "new"}),
        Reply(404),
    )
    assert connect(app_id="a", app_secret="b").write("DELETE", "/thing/1") is None


def test_nothing_there_on_the_first_delete_is_an_error(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(429, headers={"Retry-After": "1"}), Reply(404))
    with pytest.raises(errors.NotFound):
        connect().write("DELETE", "/thing/1")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_refused_connection_is_tried_again_but_counts_as_no_request(time: Time, method: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        client = Client(Settings(f"http://127.0.0.1:{port}/api", access_token="t"), sleep=time.sleep)
        with pytest.raises(errors.ConnectionFailed) as caught:
            run(client, method)
    assert caught.value.message == f"{method} /thing/1: 127.0.0.1:{port}: Connection refused (4 tries); {REACH}"
    assert client.requests == {}
    assert time.naps == [0.2, 0.4, 0.8]
    client.close()


def test_a_post_goes_through_when_the_server_comes_up_late(time: Time) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    servers: list[Scripted] = []

    def come_up(seconds: float) -> None:
        time.sleep(seconds)
        if len(time.naps) == 2:
            servers.append(Scripted(port=port))
            servers[0].answers(Reply(201, {"id": 5}))

    client = Client(Settings(f"http://127.0.0.1:{port}/api/ver1.0", access_token="t"), sleep=come_up)
    assert client.write("POST", "/thing/", {}) == {"id": 5}
    assert client.requests == {"POST": 1}
    client.close()
    servers[0].stop()


def test_an_unknown_host_is_named(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_known(*dummy: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing_known)
    client = Client(Settings("http://pbx.invalid/api", access_token="t"), sleep=time.sleep)
    with pytest.raises(errors.ConnectionFailed, match=r"GET /x: pbx\.invalid: Name or service not known"):
        client.get("/x")
    assert client.requests == {}


def test_p3_proxies_are_found_once_for_a_client_and_used(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://{pbx.host}")
    monkeypatch.setenv("no_proxy", "plain.invalid")
    pbx.always = lambda seen: Reply(json={"access_token": "t", "id": 1})
    searches = 0
    real = urllib.request.getproxies_environment

    def counted() -> dict[str, str]:
        nonlocal searches
        searches += 1
        return real()

    for module in (urllib.request, requests.utils):
        for name in ("getproxies_environment", "getproxies"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, counted)
    client = connect(api_url="http://pbx.invalid/api/ver1.0", app_id="a", app_secret="b")
    client.get("/thing/1")
    after_one = searches
    for dummy in range(5):
        client.write("PUT", "/thing/1", {})
    assert after_one > 0
    assert searches == after_one
    assert {seen.target.split("/")[2] for seen in pbx.seen} == {"pbx.invalid"}
    assert len(pbx.seen) == 7


def test_a_proxy_that_is_not_there_is_named_as_such(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(errors.ConnectionFailed, match="proxy"):
            connect().write("POST", "/thing/", {})
    assert len(time.naps) == 3


def test_an_impossible_url_is_the_settings_fault(time: Time) -> None:
    client = Client(Settings(f"http://{'a' * 70}.example/api", access_token="canary"), sleep=time.sleep)
    with pytest.raises(errors.SettingsError, match="check api_url"):
        client.get("/x")
    assert client.requests == {}


# Answers without end


@pytest.mark.parametrize("chunked", [False, True])
def test_a_trickling_answer_is_given_up(
    pbx: Scripted, connect: Connect, chunked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A short deadline for the whole, but not for each part: a part may be late on a busy machine.
    monkeypatch.setattr(deadline, "ANSWER_TIMEOUTS", 0.08)
    pbx.answers(Drip(chunked=chunked))
    client = connect()
    with pytest.raises(errors.ConnectionFailed, match=r"not complete after 0\.4 s"):
        client.get("/thing/1")
    assert client.requests == {"GET": 1}


def test_a_trickling_answer_to_a_post_leaves_it_unknown(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "ANSWER_TIMEOUTS", 0.08)
    pbx.answers(Drip())
    with pytest.raises(errors.Ambiguous, match="not complete"):
        connect().write("POST", "/thing/", {})


@pytest.mark.parametrize("chunked", [False, True])
def test_an_endless_answer_is_given_up(
    pbx: Scripted, connect: Connect, chunked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LARGEST_BODY", 1_000_000)
    pbx.answers(Drip(piece=b" " * 100_000, pause=0, chunked=chunked))
    client = connect()
    with pytest.raises(errors.BadAnswer, match="longer than 1000000 bytes"):
        client.get("/thing/1")
    assert client.requests == {"GET": 1}


def test_an_endless_redirect_is_given_up_like_any_other_answer(
    pbx: Scripted, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LARGEST_BODY", 1_000_000)
    pbx.answers(Drip(piece=b" " * 100_000, pause=0, status=302, headers={"Location": "/elsewhere"}))
    with pytest.raises(errors.BadAnswer, match="longer than 1000000 bytes"):
        connect().get("/thing/1")


# Check mode


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_client_that_may_only_read_sends_no_write(pbx: Scripted, connect: Connect, method: str) -> None:
    client = connect(read_only=True)
    with pytest.raises(errors.WriteRefused, match=rf"{method} .*/thing/1 was stopped"):
        run(client, method)
    assert pbx.seen == []
    assert client.requests == {}


def test_a_client_that_may_only_read_still_gets_its_token(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(json={"access_token": "t"}), OK)
    client = connect(read_only=True, app_id="a", app_secret="b")
    assert client.get("/thing/1") == {"id": 1}


def test_nothing_below_the_client_goes_around_the_guard(pbx: Scripted, connect: Connect) -> None:
    session = requests.Session()
    session.mount("http://", connect(read_only=True)._transport._wire)
    for url in (pbx.url + "/thing/", f"http://{pbx.host}/oauth/token/more", f"http://{pbx.host}/oauth/token?x=1"):
        with pytest.raises(errors.WriteRefused):
            session.post(url, json={})
    with pytest.raises(errors.WriteRefused):
        session.put(f"http://{pbx.host}/oauth/token")
    assert pbx.seen == []


def test_the_library_being_missing_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "REQUESTS_IMPORT_ERROR", "Traceback ...")
    with pytest.raises(errors.RequestsMissing, match="requests is missing"):
        client_module.Client(Settings("https://pbx.example.com/api", access_token="t"))


# A wrong address


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Reply(404, {"message": "Not found"}), errors.NotFound),
        (Reply(405, text=""), errors.Rejected),
        (Reply(text="<html><title>Welcome</title></html>"), errors.BadAnswer),
        (Reply(text="It works!"), errors.BadAnswer),
    ],
)
@pytest.mark.parametrize("base", ["", "/", "/api", "/api/", "/api/ver1.0/extension", "/ver1.0"])
def test_e2_a_wrong_address_says_what_was_tried_and_what_a_right_one_looks_like(
    pbx: Scripted, connect: Connect, base: str, answer: Reply, error: type[errors.PbxError]
) -> None:
    pbx.answers(answer)
    origin = f"http://{pbx.host}"
    with pytest.raises(error) as caught:
        connect(api_url=origin + base).get("/client/@me/extension/")
    assert f"; {origin}{base.rstrip('/')}/client/@me/extension/ was tried: check api_url" in caught.value.message
    assert f"usually ends in /api/ver1.0, such as {origin}/api/ver1.0" in caught.value.message


def test_e2_an_address_that_looks_right_may_be_another_host_s(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(404, {}), Reply(404, {}), OK, Reply(404, {}))
    client = connect()
    for path, advised in (("/client/@me/did/", True), ("/extension/9/agent/", False)):
        with pytest.raises(errors.NotFound) as caught:
            client.get(path)
        assert ("was tried: check api_url" in caught.value.message) == advised
    client.get("/thing/1")
    with pytest.raises(errors.NotFound) as caught:
        client.get("/client/@me/did/")
    assert "was tried" not in caught.value.message


def test_e2_a_missing_address_is_asked_for_by_the_name_that_people_write(connect: Connect) -> None:
    with pytest.raises(errors.SettingsError, match="roles and playbooks take the variable pbx_api_url") as caught:
        connect(api_url=None)
    assert "https://pbx.example.com/api/ver1.0" in caught.value.message
