# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens: client credentials, password and refresh grants (semantics.md section 2)."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from .call import Body, Principal
from .errors import Refusal
from .store import Row, Store

LIFE = 3600


class OAuthError(Exception):
    """An error of the token endpoint: HTTP status and the `error` word of RFC 6749 section 5.2."""

    def __init__(self, code: int, error: str) -> None:
        super().__init__(error)
        self.code = code
        self.error = error


@dataclass
class _Token:
    tenant: int
    user: int
    extension: int
    ends: float | None


def _same(left: object, right: object) -> bool:
    return hmac.compare_digest(str(left).encode(), str(right).encode())


class Tokens:
    """Tokens that were given out. They live in memory: a restarted emulator knows only the clients' own ready-made
    ones.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.clear()

    def clear(self) -> None:
        """Forget every token but the ready-made ones of the clients."""
        self._tokens: dict[str, _Token] = {}
        self._refresh: dict[str, _Token] = {}
        for client in self._store.rows("client", None):
            self.welcome(client)

    def welcome(self, client: Row) -> None:
        """Take the ready-made token of a client, which acts as its main user and never ends."""
        user = self._main_user(client.id)
        self._tokens[client.body["access_token"]] = _Token(client.id, user.id, 0, None)

    def grant(self, form: Mapping[str, str], with_life: bool) -> Body:
        """Answer a token request. Raises OAuthError."""
        client = self._client(form)
        kind = form.get("grant_type")
        if kind == "client_credentials":
            token = _Token(client.id, self._main_user(client.id).id, 0, None)
        elif kind == "password":
            user = self._user(form.get("username"), form.get("password"))
            if user is None or user.tenant != client.id or user.body["status"] != "active":
                raise OAuthError(401, "invalid_grant")
            token = _Token(user.tenant, user.id, user.extension, None)
        elif kind == "refresh_token":
            found = self._refresh.pop(form.get("refresh_token", ""), None)
            if found is None or found.tenant != client.id:
                raise OAuthError(401, "invalid_grant")
            token = found
        else:
            raise OAuthError(400, "unsupported_grant_type" if kind else "invalid_request")
        text = f"emulator-token-{token_urlsafe(24)}"
        self._tokens[text] = _Token(token.tenant, token.user, token.extension, time.monotonic() + LIFE)
        answer: Body = {"access_token": text, "token_type": "Bearer", "scope": "all"}
        if with_life:
            answer["expires_in"] = LIFE
        if kind != "client_credentials":
            answer["refresh_token"] = f"emulator-refresh-{token_urlsafe(24)}"
            self._refresh[answer["refresh_token"]] = token
        return answer

    def expire(self, header: str | None) -> None:
        """End the token of an Authorization header."""
        self._tokens.pop((header or "").partition(" ")[2].strip(), None)

    def bearer(self, header: str | None) -> Principal:
        """Whom a Bearer header stands for. Raises Refusal 401 or 403."""
        scheme, dummy, text = (header or "").partition(" ")
        token = self._tokens.get(text.strip()) if scheme.lower() == "bearer" else None
        if token is None or (token.ends is not None and time.monotonic() >= token.ends):
            raise Refusal(401, "Unauthorized")
        user = self._store.get("user", token.tenant, token.extension, token.user)
        if user is None:
            raise Refusal(401, "Unauthorized")
        return self._principal(user)

    def basic(self, header: str | None) -> Principal:
        """Whom a Basic header stands for. Raises Refusal 401 or 403."""
        scheme, dummy, text = (header or "").partition(" ")
        try:
            login, dummy, password = base64.b64decode(text.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            login = password = ""
        user = self._user(login, password) if scheme.lower() == "basic" else None
        if user is None:
            raise Refusal(401, "Unauthorized")
        return self._principal(user)

    def _principal(self, user: Row) -> Principal:
        if user.body["status"] != "active":
            raise Refusal(403, "The user is blocked", "user_blocked")
        return Principal(user.tenant, user, user.extension or None)

    def _client(self, form: Mapping[str, str]) -> Row:
        for client in self._store.rows("client", None):
            if client.body["app_id"] == form.get("client_id") and _same(
                client.body["app_secret"], form.get("client_secret")
            ):
                return client
        raise OAuthError(401, "invalid_client")

    def _user(self, login: str | None, password: str | None) -> Row | None:
        for user in self._store.rows("user", None):
            if user.body["login"] == login and _same(user.body["password"], password):
                return user
        return None

    def _main_user(self, tenant: int) -> Row:
        return self._store.rows("user", tenant, 0)[0]
