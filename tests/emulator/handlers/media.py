# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files: records, voicemail, received faxes and sounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..call import Body, Call, File, answers
from ..crud import ALL_TYPES
from ..errors import Refusal, bad
from ..recorded import same_id
from ..store import Row
from ..validation import moment

BASE = "/extension/{extension_id}"


def stored_file(call: Call, kind: str, key: str, filename: str) -> File:
    """A kept file as an answer. Raises Refusal 404."""
    found = call.store.content(kind, key)
    if found is None:
        raise Refusal(404, f"{kind.capitalize()} not found")
    return File(filename, *found)


def _window(call: Call) -> tuple[datetime, datetime]:
    """The span of the query, in UTC."""
    start, end = moment(call.query["start_datetime"]), moment(call.query["end_datetime"])
    if start > end:
        raise bad("end_datetime", "is before start_datetime")
    # semantics.md section 5: at most to the end of the month after the first one
    first = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    limit = (first + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0)
    if end >= limit:
        raise bad("end_datetime", "must not be after the end of the month that follows start_datetime")
    zone = ZoneInfo(call.principal.user.body["timezone"]) if call.dialect("query_time") == "user" else UTC
    return start.replace(tzinfo=zone).astimezone(UTC), end.replace(tzinfo=zone).astimezone(UTC)


def _records(call: Call) -> list[Row]:
    start, end = _window(call)
    rows = call.store.rows("record", call.tenant, call.extension.id)
    return [row for row in rows if start <= datetime.fromisoformat(f"{row.body['init_time_gmt']}+00:00") <= end]


@answers("GET", f"{BASE}/record/")
def records(call: Call) -> list[Body]:
    """The records of a span of time, newest first unless asked otherwise."""
    rows = sorted(_records(call), key=lambda row: str(row.body["init_time_gmt"]), reverse=call.query["order"] == "desc")
    return [call.answer({**row.body, "extension_id": row.extension}) for row in call.page(rows)]


@answers("GET", f"{BASE}/record/stats/")
def record_stats(call: Call) -> Body:
    """Number and size of the records of a span of time."""
    rows = _records(call)
    return call.answer({"records_count": len(rows), "files_size": sum(row.body["record_file_size"] for row in rows)})


def _find(call: Call, kind: str, name: str) -> Row:
    for row in call.store.rows(kind, call.tenant, call.extension.id):
        if same_id(row.body[name], call.parameters[name]):
            return row
    raise Refusal(404, f"{kind.capitalize()} not found")


def _file(call: Call, kind: str, name: str) -> File:
    key = _find(call, kind, name).body[name]
    file = stored_file(call, kind, key, "")
    return File(f"{key}.{'wav' if file.media_type == 'audio/wav' else 'tiff'}", file.media_type, file.data)


def _storage_url(call: Call, kind: str) -> Body:
    row = _find(call, kind, "record_uuid")
    return call.spell({"record_url": f"https://storage.pbx.invalid/{kind}/{row.body['record_uuid']}.wav"})


answers("GET", f"{BASE}/record/{{record_uuid}}")(lambda call: _file(call, "record", "record_uuid"))
answers("GET", f"{BASE}/record/{{record_uuid}}/download/")(lambda call: _file(call, "record", "record_uuid"))
answers("GET", f"{BASE}/record/{{record_uuid}}/storage_url/")(lambda call: _storage_url(call, "record"))
answers("GET", f"{BASE}/voicemail/{{record_uuid}}")(lambda call: _file(call, "voicemail", "record_uuid"))
answers("GET", f"{BASE}/voicemail/{{record_uuid}}/storage_url/")(lambda call: _storage_url(call, "voicemail"))
answers("GET", f"{BASE}/fax/in/{{fax_uuid}}")(lambda call: _file(call, "fax_in", "fax_uuid"))


def list_sounds(call: Call) -> list[Body]:
    """The tenant's sounds, as an extension or the tenant sees them."""
    rows = call.store.rows("sound", call.tenant, 0)
    wanted: dict[str, Any] = {name: call.query[name] for name in ("id", "title") if name in call.query}
    rows = [row for row in rows if all({**row.body, "id": row.id}[name] in values for name, values in wanted.items())]
    return [present_sound(call, row) for row in call.page(call.set_order(rows))]


def present_sound(call: Call, row: Row) -> Body:
    """The answer for a sound."""
    owner = row.tenant if row.body["dealer_id"] is None else None
    return call.answer({**row.body, "id": row.id, "client_id": owner})


@answers("GET", f"{BASE}/sound/")
def extension_sounds(call: Call) -> list[Body]:
    """The sounds that an extension can use: those of its tenant."""
    call.require_type(ALL_TYPES)
    return list_sounds(call)


@answers("GET", f"{BASE}/sound/{{sound_id}}/download/")
def download_sound(call: Call) -> File:
    """The content of a sound."""
    call.require_type(ALL_TYPES)
    row = call.store.get("sound", call.tenant, 0, call.parameters["sound_id"])
    if row is None:
        raise Refusal(404, f"sound {call.parameters['sound_id']} not found")
    return stored_file(call, "sound", str(row.id), row.body["filename"])
