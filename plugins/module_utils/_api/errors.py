# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Everything that can go wrong between this collection and a PBX, as types.

Each message is a sentence for the person who runs the playbook, or one a line, and can be shown as it is. ``details``
carries the facts apart (``method``, ``path``, ``status``, ``server_status``, ``server_message`` ...), as far as they
are known. Neither ever holds a secret.
"""

from __future__ import annotations

from typing import Any

from .._text.plain import plain


class PbxError(Exception):
    """The root of all errors of the API client. A line break in a sentence, such as in a name, begins no other one.

    in_doubt: whether the write that failed may have taken effect.
    """

    in_doubt = False

    def __init__(self, *sentences: str, **details: Any) -> None:
        self.sentences = tuple(map(plain, sentences))
        self.message = "\n".join(self.sentences)
        super().__init__(self.message)
        self.details: dict[str, Any] = {name: value for name, value in details.items() if value is not None}


class SettingsError(PbxError):
    """The connection options cannot work as they are."""


class RequestsMissing(PbxError):
    """The Python library requests is not installed where this runs."""


class ConnectionFailed(PbxError):
    """No answer: refused, no such host, cut, or too slow."""


class TimedOut(ConnectionFailed):
    """The request arrived, and its answer did not come in time: the server may still be at it."""


class TlsFailed(PbxError):
    """The TLS handshake failed, most often because the certificate is not trusted."""


class AuthFailed(PbxError):
    """The credentials were refused (401, or the token endpoint's refusal)."""


class AccessDenied(PbxError):
    """The credentials are good but not allowed to do this (403)."""


class NotFound(PbxError):
    """The object does not exist (404)."""


class Rejected(PbxError):
    """The server refused the request as wrong (any other 4xx)."""


class RateLimited(PbxError):
    """The limit of requests is used up, or does not suffice (429); ``details['reset']`` is in s."""


class ServerFailed(PbxError):
    """The server failed (5xx)."""


class BadAnswer(PbxError):
    """The answer does not fit this API: no JSON, the wrong type of JSON, a redirect."""


class Ambiguous(PbxError):
    """A POST whose outcome is unknown: look for the object before sending it again."""

    in_doubt = True


class TooLate(Ambiguous):
    """Like Ambiguous, of a POST that TimedOut."""


class FileFailed(PbxError):
    """A file on this machine cannot be read or written."""


class RunEnded(PbxError):
    """Whoever waits for the result is gone, so that nothing more is sent."""


class WriteRefused(PbxError):
    """A write was attempted on a client that may only read (check mode)."""
