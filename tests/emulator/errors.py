# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals: an HTTP status with the platform's JSON body (semantics.md section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from starlette.responses import HTMLResponse, JSONResponse, Response


class Refusal(Exception):
    """An error answer. `message` is a sentence, or a map of field to sentence; `status` the platform's word for it,
    if any.
    """

    def __init__(self, code: int, message: str | Mapping[str, str], status: str | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.status = status


def bad(field: str, text: str) -> Refusal:
    """A refused value of one field."""
    return Refusal(400, {field: text})


def encoding() -> Refusal:
    """A request that does not ask for the one encoding."""
    return Refusal(400, "Accept-Encoding must be gzip")


def response(refusal: Refusal, error_body: str) -> Response:
    """Spell a refusal in the dialect's `error_body`."""
    message = refusal.message
    if isinstance(message, Mapping):
        sentence = "; ".join(f"{field}: {text}" for field, text in message.items())
    else:
        sentence = message
    if error_body == "html":
        title = HTTPStatus(refusal.code).phrase
        page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{escape(sentence)}</p></body></html>"
        return HTMLResponse(page, refusal.code)
    body: dict[str, object] = {"message": message if error_body == "map" else sentence}
    if refusal.status:
        body["status"] = refusal.status
    return JSONResponse(body, refusal.code)
