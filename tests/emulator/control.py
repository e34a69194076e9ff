# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`/_emulator/...`: the requests of tests to the emulator itself. No token: it listens on loopback only."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import seed
from .pbx import Pbx
from .snapshot import snapshot
from .webhooks import send

Endpoint = Callable[[Request], Awaitable[Response]]


async def _json(request: Request) -> Any:
    data = await request.body()
    return json.loads(data) if data else {}


def routes(pbx: Pbx, start: dict[str, Any]) -> list[Route]:
    """The control endpoints of `pbx`, which started with seed.start(**start). A wrong value is a 400 with a sentence
    under `message`.
    """

    async def log(request: Request) -> Response:
        if request.method == "DELETE":
            pbx.log.clear()
        return JSONResponse(pbx.log.entries())

    async def faults(request: Request) -> Response:
        if request.method == "POST":
            pbx.faults.add(await _json(request))
        elif request.method == "PUT":
            pbx.faults.set(await _json(request))
        elif request.method == "DELETE":
            pbx.faults.set([])
            pbx.limits.set(*seed.LIMIT)
        return JSONResponse(pbx.faults.all())

    async def dialect(request: Request) -> Response:
        if request.method == "PUT":
            pbx.dialect.set(await _json(request))
        return JSONResponse(pbx.dialect.values())

    async def reset(request: Request) -> Response:
        options = await _json(request)
        pbx.log.clear()
        pbx.dialect.reset()
        pbx.faults.set([])
        pbx.limits.set(*seed.LIMIT)
        return JSONResponse(seed.start(pbx, **{**start, **options}))

    async def clients(request: Request) -> Response:
        if request.method == "POST":
            return JSONResponse(seed.add_client(pbx, **await _json(request)), 201)
        return JSONResponse([seed.credentials(row) for row in pbx.store.rows("client", None)])

    async def state(request: Request) -> Response:
        asked = request.query_params.get("client_id")
        return JSONResponse(snapshot(pbx.store, int(asked) if asked else seed.FIRST_CLIENT))

    async def objects(request: Request) -> Response:
        raw = await _json(request)
        tenant = raw.get("client_id", seed.FIRST_CLIENT)
        if request.method == "PUT":
            rows = pbx.store.rows(raw["kind"], tenant, raw.get("extension"))
            rows = [row for row in rows if raw.get("number") in (None, row.id)]
            for row in rows:
                row.body.update(raw["body"])
                pbx.store.save(row)
            return JSONResponse({"changed": len(rows)})
        extension, owner = raw.get("extension", 0), raw.get("owner", "")
        row = pbx.store.insert(raw["kind"], tenant, extension, raw["body"], owner, raw.get("number"))
        return JSONResponse({"id": row.id}, 201)

    async def webhooks(request: Request) -> Response:
        return JSONResponse(await send(pbx, **await _json(request)))

    async def stop(request: Request) -> Response:
        request.app.state.stop()
        return Response(status_code=202)

    def route(path: str, endpoint: Endpoint, *methods: str) -> Route:
        async def guarded(request: Request) -> Response:
            try:
                return await endpoint(request)
            except (ValueError, TypeError, KeyError) as error:
                return JSONResponse({"message": str(error)}, 400)

        return Route(f"/_emulator/{path}", guarded, methods=list(methods))

    return [
        route("log", log, "GET", "DELETE"),
        route("faults", faults, "GET", "POST", "PUT", "DELETE"),
        route("dialect", dialect, "GET", "PUT"),
        route("reset", reset, "POST"),
        route("clients", clients, "GET", "POST"),
        route("state", state, "GET"),
        route("objects", objects, "POST", "PUT"),
        route("webhooks", webhooks, "POST"),
        route("stop", stop, "POST"),
    ]
