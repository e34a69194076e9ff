# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import email.utils
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import errors
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from tests.unit.api.conftest import Time
from tests.unit.api.scripted import Reply, Scripted

Connect = Callable[..., Client]
OK = Reply(json={"id": 1})


def limits(remaining: Any = None, reset: Any = None, limit: Any = None, **more: str) -> dict[str, str]:
    named = {"X-RateLimit-Remaining": remaining, "X-RateLimit-Reset": reset, "X-RateLimit-Limit": limit, **more}
    return {name: str(value) for name, value in named.items() if value is not None}


def refused(**headers: Any) -> Reply:
    return Reply(429, {"message": "Too many", "status": "rate_limit_exceeded"}, headers=limits(**headers))


def at_the_same_time(**headers: Any) -> Reply:
    return Reply(429, {"message": "concurrent request not allowed"}, headers=limits(**headers))


def after(value: str) -> Reply:
    return Reply(429, {}, headers={"Retry-After": value, **limits(0, 3000)})


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    ("answers", "naps"),
    [
        ([after("7")], [7.0]),
        ([refused(remaining=0, reset=9)], [9.0]),
        ([refused(reset="9.5")], [9.5]),
        ([at_the_same_time(remaining=40, reset=3000)], [1.0]),
        ([at_the_same_time(remaining=0, reset=8)], [8.0]),
        ([at_the_same_time(reset=8)], [1.0]),
        # An application may have a limit below the one that its headers count down.
        ([refused(remaining=40, reset=8)], [8.0]),
        ([refused()] * 3, [1.0, 2.0, 4.0]),
        ([refused(remaining=0, reset="soon")], [1.0]),
        ([refused(remaining=0, reset="nan")], [1.0]),
        ([refused(remaining=0, reset=-3)], [1.0]),
        # A server that says "now" each time is asked less and less often.
        ([after("0")] * 4, [1.0, 2.0, 4.0, 8.0]),
        ([after("Thu, 01 Jan 1970 00:00:00 GMT")], [1.0]),
    ],
)
def test_a_limit_is_waited_for_and_every_method_is_sent_again(
    pbx: Scripted, connect: Connect, time: Time, method: str, answers: list[Reply], naps: list[float]
) -> None:
    pbx.answers(*answers, OK)
    client = connect()
    assert (client.get("/x") if method == "GET" else client.write(method, "/x", {})) == {"id": 1}
    assert time.naps == naps
    assert client.requests == {method: len(naps) + 1}


def test_retry_after_may_be_a_date(pbx: Scripted, connect: Connect, time: Time) -> None:
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=40)
    pbx.answers(after(email.utils.format_datetime(soon, usegmt=True)), OK)
    connect().get("/x")
    assert time.naps == [pytest.approx(39, abs=2)]


def test_a_limit_that_opens_too_late_fails_at_once(pbx: Scripted, connect: Connect, time: Time) -> None:
    pbx.answers(refused(remaining=0, reset=1800))
    with pytest.raises(errors.RateLimited) as caught:
        connect(rate_limit_wait=60).write("POST", "/x", {})
    assert caught.value.message == (
        "POST /x was refused with 429: the hourly limit of requests is used up, the server says: "
        "rate_limit_exceeded: Too many; run this again in 1800 s, or set rate_limit_wait to 1800 or more so that it "
        "waits"
    )
    assert caught.value.details["reset"] == 1800
    assert time.naps == []


def test_a_refusal_of_requests_at_the_same_time_is_not_taken_for_the_limit_of_the_hour(
    pbx: Scripted, connect: Connect
) -> None:
    pbx.answers(at_the_same_time(remaining=40, reset=1800))
    with pytest.raises(errors.RateLimited) as caught:
        connect(rate_limit_wait=0).get("/x")
    assert caught.value.message == (
        "GET /x was refused with 429: too many requests at the same time, which is not the hourly limit, the "
        "server says: concurrent request not allowed; run this again later, or set rate_limit_wait to 1 or more so "
        "that it waits"
    )
    assert "reset" not in caught.value.details


@pytest.mark.parametrize(
    ("answer", "hour"),
    [
        # As recorded on the platform: no rate headers at all.
        (Reply(429, {"message": "Stats request already exists, concurrent request not allowed"}), False),
        (Reply(429, {"message": "Concurrent requests over the rate limit"}), False),
        (Reply(429, {}), False),
        (Reply(429, text="<html><title>429 Too Many Requests</title></html>"), False),
        (Reply(429, {}, headers=limits(remaining=12, reset=1800)), False),
        (Reply(429, {}, headers=limits(remaining=0, reset=1)), True),
        (Reply(429, {}, headers=limits(reset=1)), True),
        (Reply(429, {"status": "rate_limit_exceeded"}), True),
        (Reply(429, {"message": "Rate limit exceeded"}), True),
        (Reply(429, {"status": "rate_limit_exceeded"}, headers=limits(remaining=12, reset=1)), True),
    ],
)
def test_r6_it_is_said_which_limit_a_429_is_about(
    pbx: Scripted, connect: Connect, time: Time, answer: Reply, hour: bool
) -> None:
    pbx.answers(answer, answer, answer, OK, answer)
    client = connect(rate_limit_wait=7)
    assert client.get("/x") == {"id": 1}
    assert time.naps == ([1.0, 2.0, 4.0] if hour else [1.0, 1.0, 1.0])
    client = connect(rate_limit_wait=0)
    with pytest.raises(errors.RateLimited) as caught:
        client.get("/x")
    assert ("the hourly limit of requests is used up" in caught.value.message) == hour
    assert ("too many requests at the same time, which is not the hourly limit" in caught.value.message) != hour


def test_r6_one_too_many_at_the_same_time_is_tried_a_few_times_only(
    pbx: Scripted, connect: Connect, time: Time
) -> None:
    pbx.always = lambda seen: at_the_same_time()
    client = connect(rate_limit_wait=3600)
    with pytest.raises(errors.RateLimited, match=r"concurrent request not allowed; run this again later$"):
        client.get("/x")
    assert time.naps == [1.0] * 8


@pytest.mark.parametrize("absurd", ["1e300", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT", "1e16"])
@pytest.mark.parametrize("status", [429, 503])
def test_f3_an_absurd_wait_is_no_reason_to_sleep_for_ever(
    pbx: Scripted, connect: Connect, time: Time, absurd: str, status: int
) -> None:
    names = ("Retry-After", "X-RateLimit-Remaining", "X-RateLimit-Limit", "X-RateLimit-Reset")
    pbx.always = lambda seen: Reply(status, {}, headers=dict.fromkeys(names, absurd))
    with pytest.raises((errors.RateLimited, errors.ServerFailed)) as caught:
        connect().get("/x")
    assert sum(time.naps) <= 60
    assert len(caught.value.message) < 300


def test_what_is_waited_adds_up_over_the_life_of_the_client(pbx: Scripted, connect: Connect, time: Time) -> None:
    pbx.answers(after("25"), OK, after("25"), OK, after("25"))
    client = connect(rate_limit_wait=60)
    client.get("/x")
    client.get("/x")
    with pytest.raises(errors.RateLimited, match="rate_limit_wait to 75 or more"):
        client.get("/x")
    assert time.naps == [25.0, 25.0]


def test_a_server_that_never_opens_is_given_up(pbx: Scripted, connect: Connect, time: Time) -> None:
    pbx.always = lambda seen: refused()
    client = connect(rate_limit_wait=60)
    with pytest.raises(errors.RateLimited, match="run this again later"):
        client.get("/x")
    assert time.naps == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert client.requests == {"GET": 6}


def test_no_waiting_when_told_so(pbx: Scripted, connect: Connect, time: Time) -> None:
    pbx.answers(after("1"))
    with pytest.raises(errors.RateLimited):
        connect(rate_limit_wait=0).get("/x")
    assert time.naps == []


def test_the_last_seen_limit_is_kept(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(Reply(json={}, headers=limits(41, 120, 100)), OK, Reply(404, {}, headers=limits(39, 90)))
    client = connect()
    assert (client.limits.remaining, client.limits.reset) == (None, None)
    client.get("/x")
    client.get("/x")
    assert (client.limits.remaining, client.limits.reset) == (41, 120.0)
    with pytest.raises(errors.NotFound):
        client.get("/x")
    assert (client.limits.remaining, client.limits.reset) == (39, 90.0)


# Before the first write


def seen_limit(pbx: Scripted, client: Client, *values: Any) -> None:
    pbx.answers(Reply(json={}, headers=limits(*values)))
    client.get("/x")


@pytest.mark.parametrize("values", [(), (5, 1800, 100), (100, 1800, 100)])
def test_writes_that_fit_or_whose_limit_is_unknown_may_start(
    pbx: Scripted, connect: Connect, time: Time, values: tuple[int, ...]
) -> None:
    client = connect(rate_limit_wait=0)
    seen_limit(pbx, client, *values)
    client.require_writes(5)
    assert time.naps == []


def test_writes_that_do_not_fit_do_not_start(pbx: Scripted, connect: Connect, time: Time) -> None:
    client = connect()
    seen_limit(pbx, client, 4, 1800, 100)
    with pytest.raises(errors.RateLimited) as caught:
        client.require_writes(5)
    assert caught.value.message == (
        "this run needs 5 more requests for its changes, but only 4 are left in this hour; nothing was changed: "
        "run it again in 1800 s, or set rate_limit_wait to 1800 or more so that it waits"
    )
    assert caught.value.details == {"remaining": 4, "needed": 5, "reset": 1800.0}
    assert time.naps == []


def test_writes_that_do_not_fit_wait_when_that_is_allowed(pbx: Scripted, connect: Connect, time: Time) -> None:
    client = connect(rate_limit_wait=1800)
    seen_limit(pbx, client, 4, 1800, 100)
    time.now += 300
    client.require_writes(5)
    assert time.naps == [1500.0]
    client.require_writes(5)
    assert time.naps == [1500.0]


def test_an_hour_that_is_over_limits_nothing(pbx: Scripted, connect: Connect, time: Time) -> None:
    client = connect(rate_limit_wait=0)
    seen_limit(pbx, client, 4, 1800, 100)
    time.now += 1800
    client.require_writes(5)


def test_without_a_reset_there_is_nothing_to_wait_for(pbx: Scripted, connect: Connect) -> None:
    client = connect(rate_limit_wait=100_000)
    seen_limit(pbx, client, 4)
    with pytest.raises(errors.RateLimited, match=r"needs 5 more requests .* only 4 are left"):
        client.require_writes(5)


@pytest.mark.parametrize(("count", "hours"), [(104, 0), (105, 1), (204, 1), (205, 2)])
def test_o6_more_requests_than_an_hour_allows_need_hours_of_waiting(
    pbx: Scripted, connect: Connect, time: Time, count: int, hours: int
) -> None:
    needed = 1800 + 3600 * hours
    client = connect(rate_limit_wait=needed - 1)
    seen_limit(pbx, client, 4, 1800, 100)
    with pytest.raises(errors.RateLimited) as caught:
        client.require_writes(count)
    assert caught.value.message == (
        f"this run needs {count} more requests for its changes, but only 4 are left in this hour, after 1 to read the "
        "current state; nothing was changed, because it needs more than one hour's limit: set rate_limit_wait to at "
        f"least {needed} so that it waits"
    )
    patient = connect(rate_limit_wait=needed)
    seen_limit(pbx, patient, 4, 1800, 100)
    patient.require_writes(count)
    # The run uses the requests that are left first; the pauses come with the 429s.
    assert time.naps == []


def test_o6_what_is_read_again_counts_for_the_next_run(pbx: Scripted, connect: Connect) -> None:
    """Reading and writing fit into an hour each, and not together: to run it again later would not help for ever."""
    client = connect()
    for left in (99, 98, 97):
        seen_limit(pbx, client, left, 1800, 100)
    with pytest.raises(errors.RateLimited, match=r"after 3 to read .* set rate_limit_wait to at least 1800 so"):
        client.require_writes(98)


def test_o6_of_answers_that_overtake_each_other_the_least_counts(pbx: Scripted, connect: Connect, time: Time) -> None:
    client = connect(rate_limit_wait=0)
    for left, reset in ((3, 1800), (4, 1801), (5, 1800)):
        seen_limit(pbx, client, left, reset, 100)
    with pytest.raises(errors.RateLimited, match="only 3 are left"):
        client.require_writes(4)
    time.now += 1801
    seen_limit(pbx, client, 99, 3600, 100)
    client.require_writes(99)
