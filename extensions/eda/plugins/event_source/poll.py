# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queues and registrations of a hosted PBX, polled, as events of Ansible rulebooks."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlsplit

import aiohttp

DOCUMENTATION = r"""
---
short_description: Poll the queues and the registrations of a hosted PBX.
description:
  - Reads how many callers wait in queues, and which phones are registered, and makes an event of each change and of the first state.
  - An event of a queue has C(event.pbx.kind) C(queue), C(event.pbx.queue), C(event.pbx.waiting), C(event.pbx.trying) and
    C(event.pbx.answered). One of a phone has C(event.pbx.kind) C(phone), C(event.pbx.phone) and C(event.pbx.registered).
  - It sends at most O(requests_per_hour), and leaves O(reserve) of the limit of the PBX to others. Where the budget does not suffice
    for O(interval), it polls less often. A tenth of the budget may be spent at once, the rest is spread evenly.
options:
  api_url:
    description: The address of the API including its version.
    type: str
    required: true
  access_token:
    description: A token that is ready to use. Either this, or O(app_id) and O(app_secret) are needed.
    type: str
  app_id:
    description: The App ID of an application.
    type: str
  app_secret:
    description: The App Secret of the application.
    type: str
  client:
    description: The id of the tenant.
    type: str
    default: "@me"
  queues:
    description: The numbers of queues, each of which takes one request.
    type: list
    default: []
  phones:
    description: The numbers of phones, all of which together take one request. With V(all), every phone.
    type: list
    default: []
  interval:
    description: How often to poll, in seconds.
    type: float
    default: 60
  requests_per_hour:
    description: The most requests in an hour.
    type: int
    default: 100
  reserve:
    description: How many requests of the limit of the PBX to leave to others.
    type: int
    default: 20
  ca_path:
    description: A file with the certificates of authorities, instead of those of the system.
    type: str
"""

EXAMPLES = r"""
- telops.pbx.poll:
    api_url: https://pbx.example.com/api/ver1.0
    app_id: "{{ PBX_APP_ID }}"
    app_secret: "{{ PBX_APP_SECRET }}"
    queues: ["200"]
    phones: all
"""

LOG = logging.getLogger(__name__)
DEFAULTS: dict[str, Any] = {
    "api_url": None, "access_token": None, "app_id": None, "app_secret": None, "client": "@me", "queues": (), "phones": (),
    "interval": 60, "requests_per_hour": 100, "reserve": 20, "ca_path": None,
}  # fmt: skip
HOUR = 3600.0
PAGE = 100
MOST_PAGES = 100
_SECONDS = 30
# Where a template can begin, alone or together with the text that a rulebook puts behind it.
_TEMPLATE = re.compile(r"\{(?=[{%#]|\Z)|#(?=j)|jinja2(?=:)")


class Refused(ValueError):
    """The source cannot start. The message says why, and what to do."""


class Failed(Exception):
    """A request had no usable answer. wait: the seconds after which the PBX may be asked again."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def defused(value: Any) -> str:
    """Text in which no template begins."""
    return _TEMPLATE.sub(r"\g<0> ", str(value))


class Budget:
    """At most so many requests in an hour: a tenth of them at once, the others evenly spread. Times are seconds."""

    def __init__(self, per_hour: int, reserve: int) -> None:
        at_once = max(per_hour // 10, 1)
        self._gap = HOUR / (per_hour - at_once + 1)
        self._ahead = (at_once - 1) * self._gap
        self._reserve = reserve
        # When requests that are evenly spread would have come so far.
        self._even = 0.0
        self.closed_until = 0.0

    def pause(self, now: float) -> float:
        """How long to wait before the next request; counts it."""
        start = max(now, self._even - self._ahead, self.closed_until)
        self._even = max(self._even, start) + self._gap
        return start - now

    def learn(self, headers: Mapping[str, str], now: float) -> None:
        """Take the limit that the PBX tells."""
        left, reset = headers.get("X-RateLimit-Remaining", ""), headers.get("X-RateLimit-Reset", "")
        if left.isdecimal() and reset.isdecimal() and int(left) <= self._reserve:
            self.closed_until = max(self.closed_until, now + int(reset))


class Poller:
    """Reads a tenant, and hands changes on."""

    def __init__(self, queue: Any, options: Mapping[str, Any], session: aiohttp.ClientSession, tls: Any) -> None:
        self._queue = queue
        self._options = options
        self._session = session
        self._tls = tls
        self._token: str | None = options["access_token"]
        self._numbers: dict[str, str] = {}
        self._last: dict[str, dict[str, Any]] = {}
        self._budget = Budget(options["requests_per_hour"], options["reserve"])

    async def run(self) -> None:
        """Poll for ever."""
        while True:
            start, wait = time.monotonic(), 0.0
            try:
                await self.poll()
            except Failed as error:
                LOG.warning("%s", error)
                wait = error.wait
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                # An answer of another shape, as a proxy or a page of maintenance gives it.
                LOG.warning("The PBX answered something else than was asked for: %s", type(error).__name__)
            await asyncio.sleep(max(wait, self._options["interval"] - (time.monotonic() - start), 0.0))

    async def poll(self) -> None:
        """Read all that is watched once. Raises Failed."""
        if not self._numbers:
            self._numbers = await self._extensions()
        ids = {number: identity for identity, number in self._numbers.items()}
        for number in self._options["queues"]:
            if number not in ids:
                self._numbers = {}
                raise Failed(f'There is no extension "{defused(number)}"; it is looked for again.')
            found = await self._get(f"/extension/{ids[number]}/queue/status/")
            counts = {name: int(found.get(f"{name}_members") or 0) for name in ("waiting", "trying", "answered")}
            await self._hand_on(f"queue {number}", {"kind": "queue", "queue": number, **counts})
        if not self._options["phones"]:
            return
        for one in await self._get("/extension/registration/"):
            number = self._numbers.get(str(one.get("extension_id")))
            if number is None:
                # A new phone: the numbers are read again with the next poll.
                self._numbers = {}
            elif self._options["phones"] == "all" or number in self._options["phones"]:
                known = {"kind": "phone", "phone": number, "registered": bool(one.get("registered"))}
                await self._hand_on(f"phone {number}", known)

    async def _hand_on(self, what: str, state: dict[str, Any]) -> None:
        if self._last.get(what) == state:
            return
        first = what not in self._last
        self._last[what] = state
        texts = {name: defused(value) if isinstance(value, str) else value for name, value in state.items()}
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        await self._queue.put({"pbx": texts, "first": first, "received": now})

    async def _extensions(self) -> dict[str, str]:
        """The number of each extension by its id."""
        found: dict[str, str] = {}
        for page in range(1, MOST_PAGES + 1):
            path = f"/client/{self._options['client']}/extension/?page={page}&per_page={PAGE}"
            rows = await self._get(path)
            new = {str(one["id"]): str(one.get("name", "")).partition("@")[0].rpartition("*")[2] for one in rows}
            if new.keys() <= found.keys():
                break
            found.update(new)
            if len(rows) < PAGE and page > 1:
                break
        return found

    async def _get(self, path: str, renewed: bool = False) -> Any:
        await asyncio.sleep(self._budget.pause(time.monotonic()))
        if self._token is None:
            self._token = await self._fetch_token()
        headers = {"Authorization": f"Bearer {self._token}", "Accept-Encoding": "gzip"}
        url = self._options["api_url"].rstrip("/") + path
        try:
            async with self._session.get(url, headers=headers, ssl=self._tls, allow_redirects=False) as answer:
                self._budget.learn(answer.headers, time.monotonic())
                if answer.status == 401 and not renewed and self._options["app_secret"]:
                    self._token = None
                elif answer.status == 429:
                    wait = answer.headers.get("Retry-After") or answer.headers.get("X-RateLimit-Reset") or ""
                    raise Failed(f"GET {path}: the request limit is used up", float(wait) if wait.isdecimal() else 60.0)
                elif answer.status != 200:
                    raise Failed(f"GET {path}: the PBX answered {answer.status}", self._options["interval"])
                else:
                    return await answer.json(content_type=None)
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise Failed(f"GET {path} failed: {type(error).__name__}", self._options["interval"]) from None
        return await self._get(path, renewed=True)

    async def _fetch_token(self) -> str:
        parts = urlsplit(self._options["api_url"])
        form = {
            "grant_type": "client_credentials",
            "client_id": self._options["app_id"],
            "client_secret": self._options["app_secret"],
        }
        url = f"{parts.scheme}://{parts.netloc}/oauth/token"
        try:
            async with self._session.post(url, data=form, ssl=self._tls, allow_redirects=False) as answer:
                found = await answer.json(content_type=None) if answer.status == 200 else {}
                if isinstance(found, dict) and found.get("access_token"):
                    return str(found["access_token"])
                raise Failed(f"No token was given: the PBX answered {answer.status}", self._options["interval"])
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise Failed(f"No token was given: {type(error).__name__}", self._options["interval"]) from None


def checked(args: Mapping[str, Any]) -> dict[str, Any]:
    """The options with their defaults. Raises Refused."""
    unknown = sorted(set(args) - {*DEFAULTS, "eda_feedback_queue"})
    if unknown:
        raise Refused(f"telops.pbx.poll has no option {unknown[0]}. It has {', '.join(DEFAULTS)}.")
    found = {**DEFAULTS, **{name: value for name, value in args.items() if name in DEFAULTS and value is not None}}
    url = urlsplit(str(found["api_url"] or ""))
    if url.scheme not in ("http", "https") or not url.netloc:
        raise Refused("telops.pbx.poll: api_url is missing, or no address. Give it as https://host/api/ver1.0.")
    if url.scheme == "http" and url.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise Refused("telops.pbx.poll: api_url begins with http, so that the token would be readable. Use https.")
    if not found["access_token"] and not (found["app_id"] and found["app_secret"]):
        raise Refused("telops.pbx.poll: no credentials. Give access_token, or app_id and app_secret.")
    for name in ("queues", "phones"):
        value = found[name]
        found[name] = "all"
        if value not in ("all", ["all"]):
            found[name] = [str(one) for one in ([value] if isinstance(value, (str, int)) else value)]
    if found["queues"] == "all":
        raise Refused("telops.pbx.poll: queues takes numbers, because each queue takes a request. Name them.")
    if not found["queues"] and not found["phones"]:
        raise Refused("telops.pbx.poll: there is nothing to poll. Name queues or phones.")
    for name, kind, least in (("interval", float, 1), ("requests_per_hour", int, 1), ("reserve", int, 0)):
        try:
            found[name] = kind(found[name])
        except (TypeError, ValueError):
            raise Refused(f"telops.pbx.poll: {name} is {found[name]!r}. Give it a number.") from None
        if found[name] < least:
            raise Refused(f"telops.pbx.poll: {name} is {found[name]}. It starts at {least}.")
    return found


async def main(queue: Any, args: dict[str, Any]) -> None:
    """Poll until the rulebook ends. Raises Refused."""
    options = checked(args)
    tls = ssl.create_default_context(cafile=options["ca_path"]) if options["ca_path"] else True
    limit = aiohttp.ClientTimeout(total=_SECONDS)
    async with aiohttp.ClientSession(timeout=limit) as session:
        await Poller(queue, options, session, tls).run()
