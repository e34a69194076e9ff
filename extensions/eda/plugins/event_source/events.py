# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks of a hosted PBX as events of Ansible rulebooks."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import ipaddress
import json
import logging
import os
import re
import sqlite3
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

DOCUMENTATION = r"""
---
short_description: Receive the webhooks of a hosted PBX.
description:
  - Listens for the webhooks that M(telops.pbx.pbx_event) configures, as GET with a query and as POST with a form.
  - An event has the fields of the webhook under C(pbx), in the spelling of the PBX, as C(event.pbx.EventType). Empty fields are
    left out. C(event.tenant) is the part of the path behind the secret one, if there is one.
  - Names and numbers in a webhook are text of strangers, and Ansible would run a template in them. C({{), C({%), C({#), a C({) at the
    end of a text and C(#jinja2:) are broken up by a space in every text. C(event.defused) names the fields in which that was so.
  - An event is stored before it is acknowledged, and handed on again after a restart until the rules have taken it. Between the two
    it may be handed on twice. An event that the PBX repeats is acknowledged, and not handed on again.
options:
  path:
    description: The secret part of the path, of at least 16 letters, digits, hyphens, underscores and dots. Nothing starts without one.
    type: str
    required: true
  host:
    description: The address to listen on.
    type: str
    default: 127.0.0.1
  port:
    description: The port to listen on.
    type: int
    default: 5000
  certfile:
    description: A file with the certificate for TLS, and those that lead to its authority.
    type: str
  keyfile:
    description: A file with the key of the certificate.
    type: str
  plain_http:
    description: Whether to listen without TLS on an address that is not loopback, because something else brings TLS.
    type: bool
    default: false
  journal:
    description: The file that keeps events until they are handed on. It holds numbers of callers, and is for its owner alone.
    type: str
    default: .pbx/events.sqlite
  max_body:
    description: The most bytes of a form that are read.
    type: int
    default: 65536
  max_waiting:
    description: The most events that wait to be handed on. Beyond, webhooks are answered with 503.
    type: int
    default: 10000
"""

EXAMPLES = r"""
- telops.pbx.events:
    path: "{{ PBX_EVENTS_PATH }}"
    port: 5000
"""

LOG = logging.getLogger(__name__)
# The fields that are known, by the name in lower case; others keep their spelling.
FIELDS = {
    name.lower(): name
    for name in (
        "EventType", "EventTime", "CallID", "SubCallID", "CallAPIID", "CallFlow", "CallStatus", "CallerIDNum", "CallerIDName",
        "CallerExtension", "CallerExtensionID", "CalledNumber", "CalledExtension", "CalledExtensionID", "CalledDID",
        "Duration", "RecID", "Bridged", "Transfered", "RemoteNumber", "CallBackID", "BridgedDuration", "Tag", "agent_id",
        "agent_status", "agent_type", "agent_number", "extension_name",
    )
}  # fmt: skip
# These fields tell one event of one leg from all others.
KEY = ("SubCallID", "EventType", "EventTime")
ANSWER = "<Response></Response>"
MOST_FIELDS = 200
SECRET = re.compile(r"[A-Za-z0-9._-]{16,}")
TENANT = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Where a template can begin, alone or together with the text that a rulebook puts behind it. With the header #jinja2, a text chooses
# characters of its own in place of the braces.
_TEMPLATE = re.compile(r"\{(?=[{%#]|\Z)|#(?=j)|jinja2(?=:)")
_KEPT_DAYS = 7
_TIDIED_AFTER = 3600
_SECONDS_FOR_A_BODY = 10
_PAUSE = 0.05


class Refused(ValueError):
    """The source cannot start. The message says why, and what to do."""


def defused(text: str) -> str:
    """Text in which no template begins."""
    return _TEMPLATE.sub(r"\g<0> ", text)


def event_of(pairs: Sequence[tuple[str, str]], tenant: str = "") -> dict[str, Any]:
    """The event of a webhook's fields."""
    fields, broken = {}, []
    for raw, value in pairs:
        name = defused(FIELDS.get(raw.lower(), raw))
        if not value or not name:
            continue
        fields[name] = defused(value)
        if fields[name] != value or name != FIELDS.get(raw.lower(), raw):
            broken.append(name)
    event: dict[str, Any] = {"pbx": fields, "received": datetime.now(timezone.utc).isoformat(timespec="seconds")}
    if tenant:
        event["tenant"] = tenant
    if broken:
        event["defused"] = broken
        LOG.warning("A template could begin in %s of an event; it was broken up.", ", ".join(sorted(broken)))
    return event


class Journal:
    """Events that were acknowledged, in a file, until they are handed on. Raises Refused where the file is none."""

    def __init__(self, path: str) -> None:
        folder = os.path.dirname(path)
        try:
            if folder and not os.path.isdir(folder):
                os.makedirs(folder, mode=0o700)
                with open(os.path.join(folder, ".gitignore"), "w", encoding="ascii") as file:
                    file.write("*\n")
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.executescript(
                "pragma journal_mode=wal; pragma synchronous=full;"
                "create table if not exists event (id integer primary key, key text unique, body text, at real not null);"
            )
        except (OSError, sqlite3.Error) as error:
            raise Refused(f"journal {path} cannot be used: {error}. Name a file that can be written.") from None
        self._tidied = 0.0
        self._tidy()

    def _tidy(self) -> None:
        """Forget once an hour which events were there long ago."""
        now = time.time()
        if now - self._tidied > _TIDIED_AFTER:
            self._tidied = now
            self._db.execute("delete from event where body is null and at < ?", (now - _KEPT_DAYS * 86400,))

    def add(self, event: Mapping[str, Any]) -> bool:
        """Store an event. False where it is there already."""
        fields = event["pbx"]
        key = (
            "\n".join((event.get("tenant", ""), *(fields[name] for name in KEY)))
            if all(k in fields for k in KEY)
            else None
        )
        sql = "insert into event (key, body, at) values (?, ?, ?) on conflict do nothing"
        return self._db.execute(sql, (key, json.dumps(event), time.time())).rowcount > 0

    def waiting(self, after: int = 0, most: int = 100) -> list[tuple[int, dict[str, Any]]]:
        """Events that were not handed on, the oldest first."""
        sql = "select id, body from event where body is not null and id > ? order by id limit ?"
        return [(number, json.loads(body)) for number, body in self._db.execute(sql, (after, most))]

    def count(self) -> int:
        """How many events wait."""
        return int(self._db.execute("select count(*) from event where body is not null").fetchone()[0])

    def done(self, numbers: Sequence[int]) -> None:
        """Forget events, all but that they were there, which tells repetitions."""
        marks = ",".join("?" * len(numbers))
        self._db.execute(f"delete from event where key is null and id in ({marks})", numbers)  # noqa: S608
        self._db.execute(f"update event set body = null where id in ({marks})", numbers)  # noqa: S608
        self._tidy()

    def close(self) -> None:
        """Close the file."""
        self._db.close()


class Receiver:
    """Answers webhooks, and hands their events on."""

    def __init__(self, queue: Any, journal: Journal, path: str, max_body: int, max_waiting: int) -> None:
        self._queue = queue
        self._journal = journal
        self._secret = path.encode()
        self._max_waiting = max_waiting
        self._new = asyncio.Event()
        self.app = web.Application(client_max_size=max_body)
        self.app.router.add_route("*", "/{path:.*}", self.answer)

    async def answer(self, request: web.Request) -> web.Response:
        """Store the event of a webhook, and acknowledge it."""
        given, dummy, tenant = request.match_info["path"].strip("/").partition("/")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret):
            return web.Response(status=404)
        if tenant and not TENANT.fullmatch(tenant):
            return web.Response(status=404)
        if request.method not in ("GET", "POST"):
            return web.Response(status=405, headers={"Allow": "GET, POST"})
        pairs = _pairs(request.query_string)
        if request.method == "POST":
            if request.content_type not in ("application/x-www-form-urlencoded", "application/octet-stream"):
                return web.Response(status=415)
            try:
                body = await asyncio.wait_for(request.read(), _SECONDS_FOR_A_BODY)
            except asyncio.TimeoutError:
                return web.Response(status=408)
            pairs += _pairs(body.decode("utf-8", "replace"))
        if len(pairs) > MOST_FIELDS:
            return web.Response(status=413)
        if self._journal.count() >= self._max_waiting:
            LOG.error(
                "%s events wait to be handed on; webhooks are refused until the rules take some.", self._max_waiting
            )
            return web.Response(status=503, headers={"Retry-After": "30"})
        if self._journal.add(event_of(pairs, tenant)):
            self._new.set()
        return web.Response(text=ANSWER, content_type="application/xml")

    async def hand_on(self) -> None:
        """Hand stored events on, for ever. An event is forgotten once the rules have taken it."""
        inner = getattr(self._queue, "queue", self._queue)
        while True:
            self._new.clear()
            waiting = self._journal.waiting()
            for dummy, event in waiting:
                await self._queue.put(event)
            # Whoever takes from the queue gives no receipt; that it is empty again is the nearest thing to one.
            while waiting and inner.qsize():
                await asyncio.sleep(_PAUSE)
            self._journal.done([number for number, dummy in waiting])
            if not waiting:
                await self._new.wait()


def _pairs(text: str) -> list[tuple[str, str]]:
    # One more than the most, so that there are too many then.
    parts = text.split("&", MOST_FIELDS + 1)[: MOST_FIELDS + 1]
    return parse_qsl("&".join(parts), keep_blank_values=True, errors="replace")


def checked(args: Mapping[str, Any]) -> dict[str, Any]:
    """The options with their defaults. Raises Refused."""
    defaults = {
        "path": "", "host": "127.0.0.1", "port": 5000, "certfile": None, "keyfile": None, "plain_http": False,
        "journal": ".pbx/events.sqlite", "max_body": 65536, "max_waiting": 10000,
    }  # fmt: skip
    unknown = sorted(set(args) - {*defaults, "eda_feedback_queue"})
    if unknown:
        raise Refused(f"telops.pbx.events has no option {unknown[0]}. It has {', '.join(defaults)}.")
    found = {**defaults, **{name: value for name, value in args.items() if name in defaults and value is not None}}
    if not SECRET.fullmatch(str(found["path"])):
        raise Refused(
            "telops.pbx.events: path is missing, or no secret. Give it at least 16 letters, digits, hyphens, underscores or "
            "dots that nobody can guess, such as `openssl rand -hex 24` prints, and use it in the url of pbx_event."
        )
    for name in ("port", "max_body", "max_waiting"):
        try:
            found[name] = int(found[name])
        except (TypeError, ValueError):
            raise Refused(f"telops.pbx.events: {name} is {found[name]!r}. Give it a whole number.") from None
    if bool(found["certfile"]) != bool(found["keyfile"]):
        raise Refused("telops.pbx.events: certfile and keyfile belong together. Give both, or none.")
    if not (found["certfile"] or _is_loopback(str(found["host"])) or found["plain_http"] in (True, "true", "yes")):
        raise Refused(
            f"telops.pbx.events: {found['host']} is not loopback, and without TLS the secret path would be readable on its way. "
            "Give certfile and keyfile, or set plain_http to true where a proxy in front brings TLS."
        )
    return found


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tls(options: Mapping[str, Any]) -> ssl.SSLContext | None:
    if not options["certfile"]:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(options["certfile"], options["keyfile"])
    except (OSError, ssl.SSLError) as error:
        raise Refused(f"telops.pbx.events: certfile or keyfile cannot be used: {error}") from None
    return context


@contextlib.contextmanager
def _journal(path: str) -> Iterator[Journal]:
    journal = Journal(path)
    try:
        yield journal
    finally:
        journal.close()


async def main(queue: Any, args: dict[str, Any]) -> None:
    """Receive webhooks until the rulebook ends. Raises Refused."""
    options = checked(args)
    tls = _tls(options)
    with _journal(os.path.expanduser(str(options["journal"]))) as journal:
        receiver = Receiver(queue, journal, options["path"], options["max_body"], options["max_waiting"])
        # An access log would write down the secret path.
        runner = web.AppRunner(receiver.app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, options["host"], options["port"], ssl_context=tls)
            try:
                await site.start()
            except OSError as error:
                where = f"{options['host']} port {options['port']}"
                raise Refused(f"telops.pbx.events cannot listen on {where}: {error.strerror}") from None
            await receiver.hand_on()
        finally:
            await runner.cleanup()
