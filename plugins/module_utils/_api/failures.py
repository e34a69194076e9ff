# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Why there is no answer, told from the errors of requests, urllib3 and Python."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from typing import Any

from . import errors
from .deadline import TooSlow
from .encoding import NotDecodable
from .wire import REQUESTS_IMPORT_ERROR

if REQUESTS_IMPORT_ERROR is None:
    import requests
    import urllib3

CUT_WITHIN = "the connection was cut in the middle of the answer"
CUT_BEFORE = "the connection was cut before the answer"
UNPROVEN = (
    "set ca_path (PBX_CA_PATH) to the certificate of its authority, or validate_certs to false if you accept an "
    "unproven server"
)
PROXIES = "check the environment's proxies"
PORT = "check the scheme and the port of api_url"
REACH = "check api_url, and whether this machine reaches the host"
NO_TLS = f"this port does not speak https as it should: {PORT}"


class Broken(Exception):
    """There is no answer. ``sent`` tells whether the request may have arrived, ``passing`` whether a repeat may
    help, ``advice`` the remedy, if one is known."""

    def __init__(self, error: type[errors.PbxError], reason: str, sent: bool, passing: bool, advice: str = "") -> None:
        super().__init__(reason)
        self.error = error
        self.reason = reason
        self.sent = sent
        self.passing = passing
        self.advice = advice


def before_the_answer(exc: Exception, timeout: float) -> Broken:
    """Explain an exception from before the first byte of content. Tells a request that surely did not arrive from one
    that may have."""
    causes = list(_causes(exc))
    slow = next((cause for cause in causes if isinstance(cause, TooSlow)), None)
    if slow:
        return Broken(errors.TimedOut, str(slow), True, False)
    nonsense = next((cause for cause in causes if _is_no_http(cause)), None)
    if nonsense:
        name = type(nonsense).__name__
        return Broken(errors.BadAnswer, f"the answer is no proper HTTP ({name}): {PORT}", True, False)
    if isinstance(exc, ValueError):
        return impossible(exc)
    failed = errors.ConnectionFailed
    reason = _reason(causes)
    if isinstance(exc, requests.exceptions.SSLError):
        # The end of a stream in mid-air is a cut like any other, which TLS only reports in its own way.
        if any(isinstance(cause, ssl.SSLEOFError) for cause in causes):
            return Broken(failed, "the TLS connection was cut", True, True)
        return Broken(errors.TlsFailed, reason, False, False, NO_TLS if _is_no_tls(causes) else UNPROVEN)
    if isinstance(exc, requests.exceptions.ConnectTimeout):
        return Broken(failed, f"no connection within {timeout:g} s", False, True, REACH)
    if isinstance(exc, requests.exceptions.ReadTimeout):
        return Broken(
            errors.TimedOut, f"no answer within {timeout:g} s", True, True, "raise api_timeout if the PBX is slow"
        )
    if isinstance(exc, requests.exceptions.ProxyError):
        return Broken(failed, f"the proxy cannot be used: {reason}", False, True, PROXIES)
    if any(isinstance(cause, urllib3.exceptions.NewConnectionError) for cause in causes):
        return Broken(failed, reason, False, True, REACH)
    return Broken(failed, CUT_BEFORE, True, True)


def within_the_answer(exc: Exception, timeout: float) -> Broken:
    """Explain an exception from the time when the content was read."""
    if isinstance(exc, NotDecodable):
        return Broken(errors.BadAnswer, str(exc), True, False)
    causes = list(_causes(exc))
    slow = next((cause for cause in causes if isinstance(cause, TooSlow)), None)
    if slow:
        return Broken(errors.TimedOut, str(slow), True, False)
    if any(isinstance(cause, (urllib3.exceptions.ReadTimeoutError, socket.timeout)) for cause in causes):
        return Broken(errors.TimedOut, f"no more of the answer came within {timeout:g} s", True, True)
    return Broken(errors.ConnectionFailed, CUT_WITHIN, True, True)


def impossible(exc: Exception) -> Broken:
    """A request that cannot even be put together. Its own words may quote a header, so they are not used."""
    reason = f"no request can be made ({type(exc).__name__}): check api_url, token_url and the environment's proxies"
    return Broken(errors.SettingsError, reason, False, False)


def _is_no_http(cause: BaseException) -> bool:
    if isinstance(cause, urllib3.exceptions.InvalidHeader):
        return True
    # A connection that ends is no nonsense, though http.client takes the one for a kind of the other.
    ends = (http.client.RemoteDisconnected, http.client.IncompleteRead, http.client.NotConnected)
    return isinstance(cause, http.client.HTTPException) and not isinstance(cause, ends)


def _is_no_tls(causes: list[BaseException]) -> bool:
    """Whether the handshake itself failed. An error of the library X509 or PEM is about certificates."""
    failed = [cause for cause in causes if isinstance(cause, ssl.SSLError)]
    return any(one.library == "SSL" and not isinstance(one, ssl.SSLCertVerificationError) for one in failed)


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """An exception and all that it wraps, by whichever of the ways that requests and urllib3 use."""
    queue: list[Any] = [exc]
    seen: set[int] = set()
    while queue:
        one = queue.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            queue += [getattr(one, "reason", None), *one.args, one.__cause__, one.__context__]


def _reason(causes: list[BaseException]) -> str:
    """The operating system's or OpenSSL's words, which are the plainest in the chain."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return str(cause.verify_message)
    for cause in causes:
        if isinstance(cause, OSError) and not isinstance(cause, requests.RequestException):
            return cause.strerror or str(cause)
    name = type(causes[-1]).__name__
    # urllib3 before 2 has an error of its own for a certificate of another host.
    return f"hostname mismatch: {causes[-1]}" if name == "CertificateError" else name
