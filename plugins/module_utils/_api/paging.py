# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Reading a list page by page: complete, and never endless.

The API takes ``page`` and ``per_page`` but gives no total, and neither the default nor the greatest ``per_page`` is
documented (semantics.md section 3 and section 9, items 2 and 22), so the end can only be seen in the pages themselves.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Callable

from .errors import BadAnswer, NotFound, Rejected

PER_PAGE = 100
# A server that caps pages at fewer entries than this is not expected, so a shorter first page is a whole list.
LEAST_CAP = 10
# Where a server names no hourly limit of requests, the documentation's larger example of one (semantics.md section 3).
MOST_PAGES = 1000
# A server may answer these to a page behind the last one.
BEHIND_THE_LAST = (400, 404)

Entry = dict[str, Any]


def read_pages(
    fetch: Callable[[int, int], list[Entry]],
    limit: int | None = None,
    most_pages: int = MOST_PAGES,
    known: Sequence[Entry] = (),
) -> list[Entry]:
    """All entries of a list, each once, in the server's order.

    ``fetch(page, per_page)`` gives one page, counted from 1. No page is read after ``limit`` entries. A page after the
    first that is not found, or refused as wrong, is the end as well: some servers answer so behind the last one.
    ``known``: the server's answer to a request without a page. Where the first page brings nothing beside it, that was
    the whole list. Raises BadAnswer if there is no end after ``most_pages`` pages.
    """
    entries: list[Entry] = list(known)
    seen: set[Hashable] = set(map(_identity, known))
    first_length = 0
    for page in range(1, most_pages + 1):
        try:
            got = fetch(page, PER_PAGE)
        except (NotFound, Rejected) as error:
            if (page > 1 or known) and error.details.get("status") in BEHIND_THE_LAST:
                return entries
            raise
        new = [entry for entry in got if _identity(entry) not in seen]
        entries += new
        seen.update(map(_identity, new))
        if limit is not None and len(entries) >= limit:
            return entries
        if page == 1:
            first_length = len(got)
            # The server may cap a page below the requested size, so a short first page proves nothing unless it is very
            # short.
            if first_length < LEAST_CAP or (known and not new):
                return entries
        elif not new or len(got) < first_length:
            return entries
    raise BadAnswer(
        f"the list has no end: {most_pages} pages were read, as many as an hour's limit of requests allows, and each "
        "brought something new"
    )


def _identity(entry: Mapping[str, Any]) -> Hashable:
    number = entry.get("id")
    if isinstance(number, (int, str)):
        return number
    return "content", json.dumps(entry, sort_keys=True)
