# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._api.errors import BadAnswer
from ansible_collections.telops.pbx.plugins.module_utils._api.paging import LEAST_CAP, read_pages

Entry = dict[str, Any]


class Server:
    """A list behind pages of at most ``cap`` entries, which may grow at its head while it is read."""

    def __init__(self, entries: list[Entry], cap: int, grows: list[int] | None = None) -> None:
        self.entries = list(entries)
        self.cap = cap
        self.grows = list(grows or [])
        self.fetched = 0

    def __call__(self, page: int, per_page: int) -> list[Entry]:
        self.fetched += 1
        size = min(per_page, self.cap)
        got = self.entries[(page - 1) * size : page * size]
        if self.grows:
            new = self.grows.pop(0)
            self.entries[:0] = [{"id": -len(self.entries) - number} for number in range(1, new + 1)]
        return got


def numbered(total: int, with_id: bool = True) -> list[Entry]:
    return [{"id" if with_id else "event": number} for number in range(total)]


# How long an example takes says more about the machine's other work than about paging.
untimed = settings(deadline=None)

totals = st.integers(0, 450)
caps = st.integers(LEAST_CAP, 130)


@untimed
@given(totals, caps, st.booleans())
def test_every_entry_is_read_once_and_in_order_under_any_cap(total: int, cap: int, with_id: bool) -> None:
    entries = numbered(total, with_id)
    server = Server(entries, cap)
    assert read_pages(server) == entries
    # One request per page, and at most one more to see the end.
    assert server.fetched <= -(-total // min(cap, 100)) + 1


@untimed
@given(totals, st.booleans())
def test_a_server_that_ignores_paging_is_asked_twice_at_most(total: int, with_id: bool) -> None:
    entries = numbered(total, with_id)
    fetched = []

    def everything(page: int, per_page: int) -> list[Entry]:
        fetched.append((page, per_page))
        return entries

    assert read_pages(everything) == entries
    assert fetched == [(1, 100), (2, 100)][: 1 if total < LEAST_CAP else 2]


@untimed
@given(totals, caps, st.lists(st.integers(0, LEAST_CAP - 1), max_size=50))
def test_entries_that_slide_to_the_next_page_while_reading_are_neither_lost_nor_doubled(
    total: int, cap: int, grows: list[int]
) -> None:
    entries = numbered(total)
    assert read_pages(Server(entries, cap, grows)) == entries


@untimed
@given(st.lists(st.lists(st.fixed_dictionaries({"id": st.integers(0, 5)}), max_size=30), max_size=30))
def test_no_answer_whatever_makes_it_endless(pages: list[list[Entry]]) -> None:
    fetched = 0

    def any_page(page: int, per_page: int) -> list[Entry]:
        nonlocal fetched
        del page, per_page
        fetched += 1
        return pages[fetched % len(pages)] if pages else []

    read_pages(any_page)
    # Six ids can be new on six pages at most.
    assert fetched <= 7


@pytest.mark.parametrize(("total", "requests"), [(0, 1), (9, 1), (10, 2), (99, 2), (100, 2), (101, 2), (200, 3)])
def test_the_cost_of_a_list_in_requests(total: int, requests: int) -> None:
    server = Server(numbered(total), cap=100)
    read_pages(server)
    assert server.fetched == requests


def test_equal_entries_without_id_on_one_page_are_all_kept() -> None:
    entries: list[Entry] = [{"event": "x"}] * 3
    assert read_pages(Server(entries, cap=100)) == entries


def test_a_list_without_end_is_an_error() -> None:
    with pytest.raises(BadAnswer, match="no end: 50 pages"):
        read_pages(lambda page, per_page: [{"id": page * per_page + n} for n in range(per_page)], most_pages=50)
