# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Getting and renewing the token that every API request carries (semantics.md section 2, RFC 6749)."""

from __future__ import annotations

import threading
from typing import Any, Callable
from urllib.parse import urlsplit

from . import answers, errors
from .answers import Answer
from .settings import HEADER_WORD, Settings
from .transport import Call

# A token is renewed this many s before it ends, and lives this long when the server does not say
# (semantics.md section 9, item 14).
MARGIN = 60.0
LIFE = 3000.0
# Who the credentials are.
ME = "/user/"


class Tokens:
    """The current token, fetched when first needed; may be used from several threads."""

    def __init__(
        self,
        settings: Settings,
        deliver: Callable[..., Answer],
        secrets: set[str],
        scrub: answers.Scrub,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._deliver = deliver
        self._secrets = secrets
        self._scrub = scrub
        self._clock = clock
        self._lock = threading.Lock()
        self._token: str | None = settings.access_token
        self._ends = float("inf")
        # For a token that an application renews: the token that is known to be one of the same client, and that client.
        self._proven: str | None = None
        self._owner: Any = None

    def current(self) -> str:
        """A token that should be good. Raises AuthFailed or BadAnswer when the token endpoint gives none."""
        with self._lock:
            if self._token is None or self._clock() >= self._ends:
                self._fetch()
            if self._settings.access_token and self._settings.can_fetch_token:
                self._prove()
            return self._token or ""

    def renew(self, refused: str) -> bool:
        """Replace a token that was refused, unless another thread already did. False when there is no way to."""
        if not self._settings.can_fetch_token:
            return False
        with self._lock:
            if self._token == refused:
                self._fetch()
        return True

    def advice(self) -> str:
        """Which options to look at when the credentials are not accepted."""
        if not self._settings.can_fetch_token:
            return (
                "check access_token (wrong or expired), or give app_id and app_secret instead, with which tokens are "
                "fetched and renewed"
            )
        more = ", api_username and api_password" if self._settings.uses_password else ""
        return f"check app_id and app_secret{more}"

    def _prove(self) -> None:
        """Raise AuthFailed unless the current token is one of the same client as the one before it."""
        if self._token == self._proven:
            return
        answer = self._ask_owner()
        if answer.status == 401 and self._proven is None and self._token == self._settings.access_token:
            # It had ended before this run, which therefore has one client from its beginning on.
            self._fetch()
            answer = self._ask_owner()
        owner = self._owner_in(answer)
        if owner is None:
            raise errors.AuthFailed(
                f"GET {ME} did not tell ({answer.status}) whether access_token and app_id belong to one tenant; leave "
                "one of them out",
                method="GET",
                path=ME,
                status=answer.status,
            )
        if self._owner not in (None, owner):
            raise errors.AuthFailed(
                f"access_token belongs to the tenant with the id {self._owner}, and app_id, which was to renew it, to "
                f"the one with the id {owner}; nothing was sent to that one: give the credentials of one tenant",
                method="GET",
                path=ME,
            )
        self._owner, self._proven = owner, self._token

    def _ask_owner(self) -> Answer:
        return self._deliver(Call("GET", self._settings.api_url + ME, ME), f"Bearer {self._token}")

    @staticmethod
    def _owner_in(answer: Answer) -> int | str | None:
        try:
            found = answers.parse(answer) if answer.ok else None
        except ValueError:
            return None
        owner = found.get("client_id") if isinstance(found, dict) else None
        return owner if isinstance(owner, (int, str)) else None

    def _fetch(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.app_id or "",
            "client_secret": self._settings.app_secret or "",
        }
        if self._settings.uses_password:
            form["grant_type"] = "password"
            form["username"] = self._settings.api_username or ""
            form["password"] = self._settings.api_password or ""
        url = self._settings.token_url or ""
        path = urlsplit(url).path or "/"
        answer = self._deliver(Call("POST", url, path, form=form))
        if 400 <= answer.status < 500:
            text = answers.server_message(answer, self._scrub)[0]
            wrong = self.advice()
            if answer.status in (404, 405):
                wrong = (
                    f"token_url seems to be wrong, {url} was tried; unless it is set, it lies on the host of api_url"
                )
            raise errors.AuthFailed(
                f"POST {path} gave no token ({answer.status}): {wrong}"
                + (f"; the server says: {text}" if text else ""),
                method="POST",
                path=path,
                status=answer.status,
                server_message=text or None,
            )
        if answer.status >= 500:
            raise answers.error("POST", path, answer, self._scrub)
        token, life = self._read(answer, path)
        self._secrets.add(token)
        self._token = token
        # A life that the margin would eat up is used for its first half.
        self._ends = self._clock() + (life - MARGIN if life > 2 * MARGIN else life / 2)

    def _read(self, answer: Answer, path: str) -> tuple[str, float]:
        try:
            data = answers.parse(answer) if answer.ok else None
        except ValueError:
            data = None
        token = data.get("access_token") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(token, str) or not HEADER_WORD.fullmatch(token):
            # The answer is not quoted: it may hold a token under another name.
            raise errors.BadAnswer(
                f"POST {path} answered {answer.status} without an access_token: check token_url",
                method="POST",
                path=path,
                status=answer.status,
            )
        try:
            life = float(data.get("expires_in") or 0)
        except (TypeError, ValueError):
            life = 0.0
        return token, life if 0 < life < float("inf") else LIFE + MARGIN
