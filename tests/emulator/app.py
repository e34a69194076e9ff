# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP side: token endpoint, API and control endpoints as one Starlette application."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from . import control, errors
from .call import File, Principal, Upload
from .connection import cut, gone
from .contract import Operation
from .errors import Refusal
from .faults import BESIDE, Fault
from .log import masked
from .oauth import OAuthError
from .pbx import Pbx
from .validation import exact_pairs

BASE = "/api/ver1.0"
TOKEN = "/oauth/token"
PROXY_PAGE = "<html><head><title>Emulated proxy</title></head><body><h1>Emulated proxy</h1></body></html>"
# Faults that strike once the request took effect.
APPLIED = ("cut_after", "cut_within", "timeout", "endless", "invalid_json", "file_name")
ENDLESS_CHUNK = b" " * 65536


class Service:
    """Answers requests for `pbx`, which starts, and after a reset starts again, with seed.start(**start).

    `after_write` is told of every request of the API that may have changed something.
    """

    def __init__(self, pbx: Pbx, start: dict[str, Any]) -> None:
        self.pbx = pbx
        self.start = start
        self.after_write: Callable[[dict[str, Any]], None] | None = None

    async def token(self, request: Request) -> Response:
        """POST /oauth/token: parameters in the form or in the query."""
        entry = self.pbx.log.begin(request.method, request.url.path, [])
        faults = self.pbx.faults.strike(request.method, TOKEN)
        form = {**dict(request.query_params), **dict(parse_qsl((await request.body()).decode("utf-8", "replace")))}
        entry["body"] = masked(form)

        def answer() -> Response:
            if not self._encoding_fits(request):
                return errors.response(errors.encoding(), self.pbx.dialect["error_body"])
            try:
                return JSONResponse(self.pbx.tokens.grant(form, self.pbx.dialect["token_expires_in"] == "present"))
            except OAuthError as error:
                return JSONResponse({"error": error.error}, error.code)

        return self._compressed(request, await self._misbehave(request, entry, faults, answer))

    async def api(self, request: Request) -> Response:
        """Every request below the base."""
        path = request.scope["raw_path"].decode("latin-1").partition("?")[0][len(BASE) :]
        query = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        entry = self.pbx.log.begin(request.method, path, query)
        faults = self.pbx.faults.strike(request.method, path)
        header = request.headers.get("authorization")
        if any(fault.kind == "expire_token" for fault in faults):
            entry["fault"] = "expire_token"
            self.pbx.tokens.expire(header)
            # The request is refused: no other answer may say that it took effect.
            faults = [fault for fault in faults if fault.kind in BESIDE]
        for fault in faults:
            if fault.kind == "hourly_limit":
                self.pbx.limits.set(fault.limit, fault.reset)
        body, problem = await self._body(request, entry, path)
        for fault in faults:
            if fault.kind == "rewrite" and isinstance(body, dict):
                body = {**body, **fault.body}
        lags = [fault.reads for fault in faults if fault.kind == "lag"]

        def answer() -> Response:
            principal = None
            try:
                if not self._encoding_fits(request):
                    raise errors.encoding()
                principal = self._authenticate(request.method, path, header)
                entry["client_id"] = principal.tenant
                self.pbx.limits.take(principal.tenant)
                if problem is not None:
                    raise problem
                if self.pbx.faults.hides(request.method, path):
                    raise Refusal(404, "Not found")
                operation, result = self.pbx.perform(principal, request.method, path, query, body)
                response = _success(operation, _with_ids(result, self.pbx.dialect["id_spelling"]))
                if lags and isinstance(result, dict):
                    self.pbx.faults.hide(_made(path, result), lags[0])
                if self.pbx.dialect["file_name"] == "absent" and "Content-Disposition" in response.headers:
                    del response.headers["Content-Disposition"]
            except Refusal as refusal:
                response = errors.response(refusal, self.pbx.dialect["error_body"])
            if principal is not None:
                response.headers.update(self.pbx.limits.headers(principal.tenant))
            if response.status_code == 401:
                response.headers["WWW-Authenticate"] = "Bearer"
            if request.method != "GET" and response.status_code < 300 and self.after_write is not None:
                self.after_write(entry)
            return response

        return self._compressed(request, await self._misbehave(request, entry, faults, answer))

    def _encoding_fits(self, request: Request) -> bool:
        wanted = request.headers.get("accept-encoding", "").strip().lower()
        return wanted == "gzip" or self.pbx.dialect["accept_encoding"] == "any"

    def _compressed(self, request: Request, response: Response) -> Response:
        """JSON in gzip, where that was asked for."""
        asked = "gzip" in request.headers.get("accept-encoding", "").lower()
        if asked and self.pbx.dialect["compression"] == "gzip" and isinstance(response, JSONResponse):
            # The least effort: the way over loopback is cheap, and the processor is not.
            response.body = gzip.compress(bytes(response.body), 1, mtime=0)
            response.headers.update({"Content-Encoding": "gzip", "Content-Length": str(len(response.body))})
        return response

    def _authenticate(self, method: str, path: str, header: str | None) -> Principal:
        try:
            basic = self.pbx.match(method, path)[0].path.endswith("/record/{record_uuid}/download/")
        except Refusal:
            basic = False
        return self.pbx.tokens.basic(header) if basic else self.pbx.tokens.bearer(header)

    async def _body(self, request: Request, entry: dict[str, Any], path: str) -> tuple[object, Refusal | None]:
        """The body in the form that the operation takes, or why it is none."""
        data = await request.body()
        try:
            operation = self.pbx.match(request.method, path)[0]
        except Refusal:
            return None, None  # the path is refused later
        if operation.body is None:
            return None, Refusal(400, "No body is taken here") if data and request.method in ("POST", "PUT") else None
        sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if sent != operation.content_type:
            return None, Refusal(400, f"Content-Type must be {operation.content_type}")
        if operation.content_type == "multipart/form-data":
            return await self._form(request, entry)
        try:
            body = json.loads(data, object_pairs_hook=exact_pairs)
        except Refusal as refusal:
            return None, refusal
        except (ValueError, RecursionError):
            return None, Refusal(400, "The body is not JSON")
        entry["body"] = masked(body)
        return body, None

    async def _form(self, request: Request, entry: dict[str, Any]) -> tuple[object, Refusal | None]:
        body: dict[str, Any] = {}
        try:
            async with request.form() as form:
                for name, part in form.multi_items():
                    if name in body:
                        return None, errors.bad(name, "given twice")
                    if isinstance(part, UploadFile):
                        body[name] = Upload(part.filename or "", part.content_type or "", await part.read())
                    else:
                        body[name] = part
        except HTTPException:
            return None, Refusal(400, "The body is not multipart/form-data")
        entry["body"] = masked({n: f"<file {v.filename}>" if isinstance(v, Upload) else v for n, v in body.items()})
        return body, None

    async def _misbehave(
        self, request: Request, entry: dict[str, Any], faults: list[Fault], answer: Callable[[], Response]
    ) -> Response:
        """Answer, or act as the faults of this request say."""
        fault = next((f for f in faults if f.kind not in BESIDE), None)
        for delay in (f for f in faults if f.kind == "latency"):
            entry["fault"] = "latency"
            ms = self.pbx.faults.chance.randint(delay.ms, delay.most) if delay.most else delay.ms
            await asyncio.sleep(ms / 1000)
            entry["delay"] += ms
        if fault is None:
            response = answer()
            entry["status"] = response.status_code
            return response
        entry["fault"] = fault.kind
        applied = fault.applied or fault.kind in APPLIED
        response = answer() if applied else Response()
        if fault.kind in ("cut_before", "cut_after"):
            await cut(request)
            return response
        if fault.kind == "cut_within":
            return StreamingResponse(_half(request, bytes(response.body)), response.status_code, response.headers)
        if fault.kind == "file_name":
            response.headers["Content-Disposition"] = f'attachment; filename="{fault.name}"'
        if fault.kind == "timeout":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(gone(request), fault.ms / 1000)
        elif fault.kind == "endless":
            response = StreamingResponse(_endless(), response.status_code, media_type="application/json")
        elif fault.kind == "invalid_json":
            body = bytes(response.body)
            response = Response(body[: len(body) // 2] or b'{"', response.status_code, media_type="application/json")
        elif fault.kind == "json":
            response = Response() if fault.body is None else JSONResponse(fault.body)
        elif fault.kind == "html" or fault.kind == "status":
            response = HTMLResponse(PROXY_PAGE, fault.status)
        elif fault.kind == "rate_limit":
            response = errors.response(Refusal(429, "Rate limit exceeded", "rate_limit_exceeded"), "string")
            if fault.headers:
                limit = {"X-RateLimit-Limit": fault.limit, "X-RateLimit-Remaining": 0, "X-RateLimit-Reset": fault.reset}
                response.headers.update({**{k: str(v) for k, v in limit.items()}, "Retry-After": str(fault.reset)})
        entry["status"] = response.status_code
        return response


async def _half(request: Request, body: bytes) -> AsyncIterator[bytes]:
    yield body[: len(body) // 2]
    await asyncio.sleep(0.01)
    await cut(request)


async def _endless() -> AsyncIterator[bytes]:
    yield b"["
    while True:
        await asyncio.sleep(0.01)
        yield ENDLESS_CHUNK


def _made(path: str, result: dict[str, Any]) -> str:
    """The path of the object that a POST made."""
    if path.startswith("/client/") and path.endswith("/extension/"):
        path = "/extension/"
    return f"{path}{quote(str(result.get('id', result.get('digits'))), safe='*')}"


def _success(operation: Operation, result: Any) -> Response:
    if isinstance(result, File):
        disposition = f"attachment; filename*=utf-8''{quote(result.filename)}"
        return Response(result.data, operation.status, {"Content-Disposition": disposition}, result.media_type)
    if operation.status == 204:
        return Response(status_code=204)
    return Json(result, operation.status)


# Ids that the page types as strings.
_TEXT_IDS = ("call_api_id", "call_id", "callback_id", "chat_id", "registration_id", "caller_id")


def _with_ids(value: Any, spelling: str, name: str = "") -> Any:
    """An answer with its ids as the dialect spells them."""
    if spelling == "number":
        return value
    if isinstance(value, dict):
        return {key: _with_ids(part, spelling, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_ids(part, spelling, name) for part in value]
    is_id = name in ("id", "rules_ids") or (name.endswith("_id") and not name.endswith(_TEXT_IDS))
    if is_id and isinstance(value, int) and not isinstance(value, bool):
        return str(value) if spelling == "text" else float(value)
    return value


class Json(JSONResponse):
    """JSON with half a character as an escape, the only spelling that it has."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


async def _not_found(request: Request, error: Exception) -> Response:
    return JSONResponse({"message": "Not found"}, 404)


def application(service: Service) -> Starlette:
    """The whole service as an ASGI application."""
    methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
    return Starlette(
        routes=[
            Route(f"{BASE}/{{path:path}}", service.api, methods=methods),
            Route(TOKEN, service.token, methods=["POST"]),
            *control.routes(service.pbx, service.start),
        ],
        exception_handlers={404: _not_found},
    )
