# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The settings of a user that reach a PBX, checked before anything is sent."""

from __future__ import annotations

import base64
import ipaddress
import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from .errors import SettingsError

# A value that travels in an HTTP header: one word of visible ASCII (RFC 6750, section 2.1, allows even less).
HEADER_WORD = re.compile(r"[\x21-\x7e]+")
_HOST = re.compile(r"\w+://[^/?#]+")
_BLANK = re.compile(r"\s")

# Longer ones are more than the operating system can wait, or anybody means.
DAY = 24 * 3600
YEAR = 365 * DAY

# More at the same time are more than a PBX that takes calls should be asked for.
MOST_PARALLEL = 64

CREDENTIALS_HINT = (
    "set access_token (PBX_ACCESS_TOKEN), or app_id and app_secret (PBX_APP_ID, PBX_APP_SECRET), "
    "if the application needs it with api_username and api_password (PBX_USERNAME, PBX_PASSWORD); "
    "roles and playbooks take the variables pbx_access_token, pbx_app_id and so on"
)


@dataclass(frozen=True, repr=False)
class Settings:
    """The connection options of one PBX; ``api_timeout`` and ``rate_limit_wait`` are in s.

    ``api_url`` is the base including ``/api/ver1.0``; a trailing slash is dropped. ``token_url`` lies beside the API on
    the same host, at ``/oauth/token`` (semantics.md section 1), and is derived when not given. ``renew_token`` says
    that ``access_token`` is renewed with ``app_id`` and ``app_secret``; without it, they must not stand together,
    because they may be those of two tenants. ``api_timeout`` holds for connecting and for each wait for data, and four
    times as long for a whole answer; ``rate_limit_wait`` is the sum of all waits of a client for rate limits.
    ``parallel`` requests at most are under way at the same time.
    """

    api_url: str
    access_token: str | None = None
    app_id: str | None = None
    app_secret: str | None = None
    api_username: str | None = None
    api_password: str | None = None
    token_url: str | None = None
    renew_token: bool = False
    client: str = "@me"
    validate_certs: bool = True
    ca_path: str | None = None
    api_timeout: float = 30.0
    rate_limit_wait: float = 60.0
    parallel: int = 8

    def __post_init__(self) -> None:
        object.__setattr__(self, "api_url", (self.api_url or "").strip().rstrip("/"))
        if not self.token_url:
            host = _HOST.match(self.api_url)
            object.__setattr__(self, "token_url", f"{host.group()}/oauth/token" if host else "")

    def __repr__(self) -> str:
        given = ", ".join(name for name in ("access_token", "app_secret", "api_password") if getattr(self, name))
        shown = f"api_url={_without_login(self.api_url)!r}, client={self.client!r}"
        return f"Settings({shown}, secrets given: {given or 'none'})"

    @property
    def example_url(self) -> str:
        """An example of a right ``api_url`` on the same host."""
        parts = urlsplit(self.api_url)
        return f"{parts.scheme}://{parts.netloc}/api/ver1.0"

    @property
    def can_fetch_token(self) -> bool:
        """Whether a token can be had from the token endpoint."""
        return bool(self.app_id and self.app_secret)

    @property
    def uses_password(self) -> bool:
        """Whether a token is asked for with the password grant (semantics.md section 2)."""
        return self.can_fetch_token and bool(self.api_username and self.api_password)

    @property
    def secrets(self) -> frozenset[str]:
        """The values that no output may show."""
        return frozenset(value for value in (self.access_token, self.app_secret, self.api_password) if value)

    def basic_login(self) -> str:
        """A user's own login for HTTP Basic (RFC 7617). Raises SettingsError without one."""
        if not self.api_username or not self.api_password:
            raise SettingsError(
                "HTTP Basic authentication needs api_username and api_password (PBX_USERNAME, PBX_PASSWORD)"
            )
        return base64.b64encode(f"{self.api_username}:{self.api_password}".encode()).decode()

    @property
    def key(self) -> str:
        """The key for digests of hidden values: the secret among the credentials that lasts longest."""
        return self.app_secret or self.access_token or ""

    def validate(self) -> None:
        """Raise SettingsError with one sentence if no request could succeed with these settings."""
        if not self.api_url:
            raise SettingsError(
                "api_url is missing: set the option (roles and playbooks take the variable pbx_api_url) or "
                "PBX_API_URL, for example https://pbx.example.com/api/ver1.0"
            )
        _check_url("api_url", self.api_url)
        _check_url("token_url", self.token_url or "")
        for one, other in (("app_id", "app_secret"), ("api_username", "api_password")):
            for given, missing in ((one, other), (other, one)):
                if getattr(self, given) and not getattr(self, missing):
                    raise SettingsError(
                        f"{given} is given without {missing}: set {missing} in the same place, or both in the "
                        f"environment ({_environment(given)}, {_environment(missing)})"
                    )
        if not self.access_token and not self.can_fetch_token:
            if self.api_username:
                raise SettingsError(
                    "api_username and api_password alone get no token: set access_token, or app_id and app_secret, in "
                    "the same place; the environment is not used where a task sets any of these"
                )
            raise SettingsError(f"there are no credentials: {CREDENTIALS_HINT}")
        if self.access_token and self.can_fetch_token and not self.renew_token:
            raise SettingsError(
                "access_token and app_id are both set, and may belong to two tenants: leave one of them out "
                "(pbx_access_token or pbx_app_id in an inventory, PBX_ACCESS_TOKEN or PBX_APP_ID in the environment), "
                "or set renew_token (pbx_renew_token, PBX_RENEW_TOKEN) to true if the application renews this token"
            )
        if self.access_token and not HEADER_WORD.fullmatch(self.access_token):
            raise SettingsError(
                "access_token holds a space, a line break or a character outside ASCII: give the bare token"
            )
        if self.client in ("", ".", "..") or "/" in self.client:
            raise SettingsError('client must be the number of a client, or "@me" for the client of the credentials')
        if self.ca_path and not os.path.exists(self.ca_path):
            raise SettingsError(f"ca_path names a file that does not exist: {self.ca_path}")
        if not 0 < self.api_timeout <= DAY:
            raise SettingsError(f"api_timeout must be a number of seconds above 0, at most {DAY} (a day)")
        if not 0 <= self.rate_limit_wait <= YEAR:
            raise SettingsError(f"rate_limit_wait must be a number of seconds, 0 or more, at most {YEAR} (a year)")
        if not 1 <= self.parallel <= MOST_PARALLEL:
            raise SettingsError(f"parallel must be a number of requests from 1, one by one, to {MOST_PARALLEL}")

    def warnings(self) -> list[str]:
        """Sentences about settings that work but are unlikely to be wanted."""
        found = []
        for option in ("api_url", "token_url"):
            parts = urlsplit(getattr(self, option))
            if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
                found.append(f"{option} is plain http to {parts.hostname}: credentials travel in clear, use https")
        if not urlsplit(self.api_url).path:
            found.append("api_url has no path: the base of the API usually ends in /api/ver1.0")
        return found


def _environment(option: str) -> str:
    return f"PBX_{option[4:] if option.startswith('api_') else option}".upper()


def _check_url(option: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        dummy = parts.port
    except ValueError:
        usable = False
    # A URL is shown in messages and logs, so it must never carry a login.
    if usable and "@" in parts.netloc:
        raise SettingsError(f"{option} must not carry a user or password: use the options for credentials")
    if not usable or parts.query or parts.fragment or _BLANK.search(url):
        raise SettingsError(
            f"{option} must be a URL such as https://pbx.example.com/api/ver1.0 "
            f"with http or https and a host, not {_without_login(url)!r}"
        )


def _without_login(url: str) -> str:
    return re.sub(r"//[^/]*@", "//", url)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
