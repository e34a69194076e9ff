# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks: the messages of the PBX to the addresses that an extension's events name. It calls loopback only."""

from __future__ import annotations

import asyncio
import ipaddress
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from . import seed
from .pbx import Pbx
from .store import Row

TIMEOUT_S = 10
MICROSECONDS = 1_000_000
CALL = "9f0c1d2e3a4b5c6d7e8f90a1b2c3d4e5"
STATUS = {"dial-in": "CALLING", "dial-out": "CALLING", "answer": "ANSWER", "hangup": "ANSWER"}


async def send(
    pbx: Pbx,
    extension: str,
    event_type: str = "hangup",
    client_id: int = seed.FIRST_CLIENT,
    fields: dict[str, Any] | None = None,
    times: int = 1,
) -> list[dict[str, Any]]:
    """Tell every address that the extension of this number names for events of this type, `times` over.

    `fields` replace those of a usual call, and null takes one out. Answers method, URL and status of each request; the
    status is null where nobody answered. Raises ValueError for an extension without such an event, and for an address
    that is not on loopback.
    """
    found = next((row for row in pbx.store.rows("extension", client_id) if row.body["number"] == extension), None)
    if found is None:
        raise ValueError(f"client {client_id} has no extension {extension}")
    events = [row for row in pbx.store.rows("event", client_id, found.id) if row.body["event_type"] == event_type]
    if not events:
        raise ValueError(f"extension {extension} has no event {event_type}")
    for event in events:
        if not _on_loopback(event.body["url"]):
            raise ValueError(f"the emulator sends webhooks to loopback only, not to {event.body['url']}")
    told = {**_usual(found, extension, event_type), **(fields or {})}
    text = urlencode({name: value for name, value in told.items() if value is not None})
    sent = []
    for event in events * times:
        method, url = event.body["method"], event.body["url"]
        status = await asyncio.to_thread(_request, method, url, text)
        sent.append({"method": method, "url": url, "status": status})
    return sent


def _usual(extension: Row, number: str, event_type: str) -> dict[str, Any]:
    """The fields of a call from outside, all of them text."""
    prefixed = f"{extension.tenant:04d}*{number}"
    told = {
        "EventType": event_type,
        "EventTime": str(time.time_ns() // 1000),
        "CallID": CALL,
        "SubCallID": f"{extension.id}-{CALL}",
        "CallAPIID": f"1780000000-{CALL[:8]}-{CALL[8:12]}-4{CALL[13:16]}-8{CALL[17:20]}-{CALL[20:32]}",
        "CallFlow": "out" if event_type == "dial-out" else "in",
        "CallStatus": STATUS.get(event_type),
        "CallerIDNum": "+74950000999",
        "CallerIDName": "Caller",
        "CalledNumber": prefixed,
        "CalledExtension": f"{prefixed}@sip.pbx.invalid",
        "CalledExtensionID": str(extension.id),
        "CalledDID": seed.DIDS[0],
    }
    if event_type == "hangup":
        told["Duration"] = str(60 * MICROSECONDS)
        if extension.body["type"] in ("ivr", "queue"):
            told["Bridged"] = "yes"
    return told


def _on_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could lead away from loopback."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _request(method: str, url: str, text: str) -> int | None:
    headers, data = {}, None
    if method == "POST":
        headers, data = {"Content-Type": "application/x-www-form-urlencoded"}, text.encode("ascii")
    else:
        parts = urlsplit(url)
        url = urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, text)))))
    request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 (to loopback only)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None
