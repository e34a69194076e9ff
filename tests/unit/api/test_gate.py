# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several threads, one client: how many requests are under way, and the effect of one refusal on all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import errors
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.gate import Gate
from tests.unit.api.conftest import Time
from tests.unit.api.scripted import Reply, Scripted, Seen
from tests.unit.api.test_limits import at_the_same_time, refused

Connect = Callable[..., Client]
OK = Reply(json={"id": 1})


class Crowd:
    """A server that takes ``most`` requests at the same time; the first ``together`` wait until they all are there."""

    def __init__(self, together: int, most: int) -> None:
        self._barrier = threading.Barrier(together, timeout=20)
        self._left = together
        self._most = most
        self._lock = threading.Lock()
        self._here = 0
        self.largest = 0

    def __call__(self, seen: Seen) -> Reply:
        with self._lock:
            self._here += 1
            self.largest = max(self.largest, self._here)
            refuse = self._here > self._most
            waits, self._left = self._left > 0, self._left - 1
        if waits:
            self._barrier.wait()
        with self._lock:
            self._here -= 1
        return at_the_same_time() if refuse else OK


def at_once(client: Client, count: int) -> None:
    with ThreadPoolExecutor(count) as threads:
        for one in [threads.submit(client.get, f"/{number}") for number in range(count)]:
            one.result()


def test_no_more_are_under_way_than_told(pbx: Scripted, connect: Connect) -> None:
    pbx.always = crowd = Crowd(together=3, most=3)
    client = connect(parallel=3)
    at_once(client, 9)
    assert crowd.largest == 3
    assert (client.requests, client.warnings) == ({"GET": 9}, [])


def test_r6_a_server_that_takes_fewer_is_sent_fewer_with_one_warning(
    pbx: Scripted, connect: Connect, time: Time
) -> None:
    pbx.always = Crowd(together=4, most=1)
    client = connect(parallel=4)
    at_once(client, 4)
    assert 1.0 in time.naps
    pbx.always = later = Crowd(together=1, most=9)
    at_once(client, 8)
    assert later.largest <= 2
    [warning] = client.warnings
    assert warning.startswith("at most ")
    assert "requests are under way at a time from now on, because the PBX refused more; set parallel" in warning


def test_the_first_of_several_was_not_alone() -> None:
    """Whichever of those that were under way together is refused first says that they were too many."""
    gate = Gate(2)
    first, second = gate.begin(), gate.begin()
    gate.end(second)
    gate.end(first)
    assert gate.narrow(first)


def test_who_comes_after_the_end_of_another_was_alone() -> None:
    gate = Gate(2)
    first = gate.begin()
    gate.end(first)
    second = gate.begin()
    gate.end(second)
    assert not gate.narrow(first)
    assert not gate.narrow(second)


def test_one_alone_that_is_refused_says_nothing_about_how_many(pbx: Scripted, connect: Connect) -> None:
    pbx.answers(at_the_same_time(), OK)
    client = connect(parallel=8)
    client.get("/x")
    assert client.warnings == []


def test_one_waits_for_all_that_were_refused_together(pbx: Scripted, connect: Connect, time: Time) -> None:
    barrier = threading.Barrier(4, timeout=20)

    def together(seen: Seen) -> Reply:
        barrier.wait()
        return refused(remaining=0, reset=9)

    pbx.answers(*[together] * 4, *[OK] * 4)
    client = connect(parallel=4, rate_limit_wait=10)
    at_once(client, 4)
    assert time.naps == [9.0]
    assert client.requests == {"GET": 8}


def test_a_limit_that_lasts_too_long_fails_all_of_them_at_once(pbx: Scripted, connect: Connect, time: Time) -> None:
    pbx.always = lambda seen: refused(remaining=0, reset=1800)
    client = connect(parallel=4)
    with pytest.raises(errors.RateLimited, match="run this again in 1800 s"):
        at_once(client, 4)
    assert time.naps == []
    assert client.requests == {"GET": 4}


def test_one_by_one(pbx: Scripted, connect: Connect) -> None:
    pbx.always = crowd = Crowd(together=1, most=1)
    at_once(connect(parallel=1), 5)
    assert crowd.largest == 1


@pytest.mark.parametrize("parallel", [0, -1, 65])
def test_a_number_that_cannot_be(connect: Connect, parallel: int) -> None:
    with pytest.raises(errors.SettingsError, match="parallel must be a number of requests from 1, one by one, to 64"):
        connect(parallel=parallel)
