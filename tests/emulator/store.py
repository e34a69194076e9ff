# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PBX's state: JSON objects in SQLite, addressed by kind, tenant, extension and id."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

SCHEMA = """
create table if not exists object (
    kind text not null, tenant integer not null, extension integer not null, id integer not null,
    owner text not null, position integer not null, body text not null, primary key (kind, id, extension, tenant)
);
create index if not exists object_by_place on object (kind, tenant, extension, owner, position, id);
create table if not exists counter (
    kind text not null, extension integer not null, last integer not null, primary key (kind, extension)
);
create table if not exists content (
    kind text not null, id text not null, media_type text not null, data blob not null, primary key (kind, id)
);
"""

# Ids of these kinds are unique in the whole platform, and start far apart so that one is never taken for another,
# nor for a short number. The others count from 1 within each extension (semantics.md section 5).
FIRST_ID = {
    "client": 100, "user": 401, "extension_group": 601, "agent": 701, "dial_rule": 801, "fax_message": 1201,
    "sound": 3001, "extension": 5001, "did": 8001, "interval": 9001, "phone_event": 9501, "call_status": 9601,
    "alias": 9701,
}  # fmt: skip


@dataclass
class Row:
    """One object. `extension` is 0 for objects of the tenant; `owner` names the place inside an extension (context,
    option).
    """

    kind: str
    tenant: int
    extension: int
    id: int
    owner: str
    position: int
    body: dict[str, Any]


class Store:
    """Objects in `database`, a file or `:memory:`. Not safe for concurrent use: the emulator has one event loop."""

    def __init__(self, database: str = ":memory:") -> None:
        self._db = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
        self._db.executescript("pragma journal_mode=wal; pragma synchronous=off;" + SCHEMA)

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: an exception undoes the changes before it."""
        self._db.execute("begin")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    def clear(self) -> None:
        """Forget everything, ids included."""
        for table in ("object", "counter", "content"):
            self._db.execute(f"delete from {table}")

    def next_id(self, kind: str, extension: int) -> int:
        """A new id: from the kind's own range, or small within its extension."""
        scope = extension if kind not in FIRST_ID or (kind == "interval" and extension) else 0
        first = 1 if scope else FIRST_ID.get(kind, 1)
        sql = "insert into counter values (?, ?, ?) on conflict do update set last = last + 1 returning last"
        return int(self._db.execute(sql, (kind, scope, first)).fetchone()[0])

    def insert(
        self, kind: str, tenant: int, extension: int, body: dict[str, Any], owner: str = "", number: int | None = None
    ) -> Row:
        """Add an object behind the others of its place; `number` overrides the generated id."""
        if number is None:
            number = self.next_id(kind, extension)
        where = (kind, tenant, extension, owner)
        sql = "select max(position) from object where kind = ? and tenant = ? and extension = ? and owner = ?"
        position = (self._db.execute(sql, where).fetchone()[0] or 0) + 1
        row = Row(kind, tenant, extension, number, owner, position, body)
        self._db.execute(
            "insert into object values (?, ?, ?, ?, ?, ?, ?)",
            (kind, tenant, extension, number, owner, position, json.dumps(body)),
        )
        return row

    def get(self, kind: str, tenant: int | None, extension: int, number: int, owner: str | None = None) -> Row | None:
        """One object, or None. Without `tenant` it is looked for in all of them."""
        rows = self._select("where kind = ? and id = ? and extension = ?", (kind, number, extension))
        return next((r for r in rows if tenant in (None, r.tenant) and owner in (None, r.owner)), None)

    def rows(self, kind: str, tenant: int | None, extension: int | None = None, owner: str | None = None) -> list[Row]:
        """The objects of a place in the order of their positions; None means any."""
        where, values = "where kind = ?", [kind]
        for column, value in (("tenant", tenant), ("extension", extension), ("owner", owner)):
            if value is not None:
                where += f" and {column} = ?"
                values.append(value)  # type: ignore[arg-type]
        return self._select(where + " order by position, id", tuple(values))

    def tenant_rows(self, tenant: int) -> list[Row]:
        """Everything that a tenant has."""
        return self._select("where tenant = ? order by kind, extension, owner, position, id", (tenant,))

    def tenant_texts(self, tenant: int) -> list[tuple[str, int, str, int, str]]:
        """The same, unread: kind, extension, owner, id, and the body as JSON."""
        sql = "select kind, extension, owner, id, body from object where tenant = ? "
        return self._db.execute(sql + "order by kind, extension, owner, position, id", (tenant,)).fetchall()

    def save(self, row: Row) -> None:
        """Write back a changed object."""
        self._db.execute(
            "update object set body = ?, position = ? where kind = ? and id = ? and extension = ? and tenant = ?",
            (json.dumps(row.body), row.position, row.kind, row.id, row.extension, row.tenant),
        )

    def delete(self, row: Row) -> None:
        """Remove an object."""
        self._db.execute(
            "delete from object where kind = ? and id = ? and extension = ? and tenant = ?",
            (row.kind, row.id, row.extension, row.tenant),
        )

    def delete_extension(self, tenant: int, extension: int) -> None:
        """Remove everything that lies under an extension."""
        self._db.execute("delete from object where tenant = ? and extension = ?", (tenant, extension))

    def put_content(self, kind: str, key: str, media_type: str, data: bytes) -> None:
        """Keep the content of a file."""
        self._db.execute("insert or replace into content values (?, ?, ?, ?)", (kind, key, media_type, data))

    def content(self, kind: str, key: str) -> tuple[str, bytes] | None:
        """Media type and bytes of a kept file, or None."""
        found = self._db.execute(
            "select media_type, data from content where kind = ? and id = ?", (kind, key)
        ).fetchone()
        return (str(found[0]), bytes(found[1])) if found else None

    def _select(self, where: str, values: tuple[Any, ...]) -> list[Row]:
        sql = f"select kind, tenant, extension, id, owner, position, body from object {where}"
        found = self._db.execute(sql, values)
        return [
            Row(kind, tenant, ext, number, owner, at, json.loads(body))
            for kind, tenant, ext, number, owner, at, body in found
        ]
