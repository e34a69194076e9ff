# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Which tenant credentials belong to, whichever login and address they are used with."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from .auth import ME
from .client import Client
from .errors import PbxError
from .settings import Settings

_ASKED: WeakKeyDictionary[Client, Any] = WeakKeyDictionary()


def client_id(client: Client) -> Any:
    """The id of the client that the credentials belong to (semantics.md section 2, GET /user/); a client is asked
    once."""
    if client not in _ASKED:
        _ASKED[client] = client.get_object(ME).get("client_id")
    return _ASKED[client]


def tenant_key(client: Client) -> str:
    """Return a text that is the same for all logins of one tenant, and differs for every other tenant.

    Two platforms may give two tenants the same id, so that the machine behind the address counts too. Where the PBX
    does not tell whose the credentials are, each login counts by itself.
    """
    settings = client.settings
    identity: Any = settings.client
    if not identity.isdecimal():
        try:
            identity = client_id(client)
        except PbxError:
            identity = None
    whose = identity if identity is not None else login_key(settings)
    return f"{_machine(settings.api_url)} {whose}"


def seen_tenant(client: Client) -> str | None:
    """Like tenant_key, as far as it is known at no request."""
    return None if client.tenant_id is None else f"{_machine(client.settings.api_url)} {client.tenant_id}"


def login_key(settings: Settings) -> str:
    """Return the text that tells one login from another."""
    parts = (settings.api_url, settings.client, settings.access_token, settings.app_id, settings.api_username)
    return "\n".join(str(part) for part in parts)


def _machine(url: str) -> str:
    """The network address behind a URL; its host where that cannot be looked up from here."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        return f"{socket.gethostbyname(parts.hostname or '')}:{port}"
    except OSError:
        return f"{parts.hostname}:{port}"
