# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A list as a whole, however many pages it has."""

from __future__ import annotations

from ..._api.client import Client
from ..._api.errors import Rejected
from ..._api.paging import LEAST_CAP, read_pages
from ..._model.kind import Readable
from ..._model.types import Json, Values


def whole_list(
    client: Client, noun: Readable, path: str, query: Values | None = None, limit: int | None = None
) -> list[Json]:
    """All entries of a list, or as many as it takes for ``limit`` of them. Whether those of the tenant come in pages is
    not documented for each: a server that does not know of pages may refuse them."""
    of_tenant = path.startswith("/client/")
    if noun.paged:
        try:
            return client.get_list(path, query, True, limit, noun.wrapped)
        except Rejected:
            if not of_tenant:
                raise
    found = client.get_list(path, query, wrapped=noun.wrapped)
    if noun.paged or not of_tenant or len(found) < LEAST_CAP or (limit is not None and len(found) >= limit):
        return found

    def page(number: int, size: int) -> list[Json]:
        return client.get_list(path, {**(query or {}), "page": number, "per_page": size})

    try:
        return read_pages(page, limit, known=found)
    except Rejected:
        return found
