# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tenant as it is stored, as one document for tests: nothing is spelt by the dialect, and rules come in program
order.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha1
from typing import Any

from .store import Store

OF_TENANT = (
    "extension_group", "did", "sound", "interval", "dial_rule", "phone_event", "variable",
)  # fmt: skip
OF_EXTENSION = (
    "agent", "event", "incom_rule", "interval", "mail_notification", "user", "queue_agent", "call", "registration",
    "record", "fax_message",
)  # fmt: skip
SETTINGS = ("phone", "queue", "ivr", "fax", "conference", "ani", "room")
HIDDEN = ("password", "app_secret", "access_token")


# From one state to the next, nearly all bodies stay. The content of a body belongs to all states, and is not to be
# changed.
@lru_cache(4096)
def _known(text: str, number: int) -> dict[str, Any]:
    # The id last: a body that was filled from the contract's model holds an id of its own, which is null.
    return {**{name: value for name, value in json.loads(text).items() if name not in HIDDEN}, "id": number}


def snapshot(store: Store, tenant: int) -> dict[str, Any]:
    """The state of a tenant; an IVR's contexts hold their options, and these their rules."""
    return kept(store, tenant)()


def kept(store: Store, tenant: int) -> Callable[[], dict[str, Any]]:
    """The state of a tenant as it is now, put together when it is asked for."""
    rows = store.tenant_texts(tenant)
    sounds = {row[3]: store.content("sound", str(row[3])) for row in rows if row[0] == "sound"}
    return lambda: _document(rows, sounds)


def _document(
    rows: list[tuple[str, int, str, int, str]], sounds: dict[int, tuple[str, bytes] | None]
) -> dict[str, Any]:
    places: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for kind, extension, owner, number, text in rows:
        places.setdefault((kind, extension, owner), []).append(dict(_known(text, number)))

    def at(kind: str, extension: int = 0, owner: str = "") -> list[dict[str, Any]]:
        return places.get((kind, extension, owner), [])

    def context(extension: int, body: dict[str, Any]) -> dict[str, Any]:
        options = [
            {**option, "rules": at("ivr_rule", extension, f"{body['id']}/{option['digits']}")}
            for option in at("option", extension, str(body["id"]))
        ]
        return {**body, "options": options}

    for sound in at("sound"):
        content = sounds[sound["id"]]
        sound["content"] = sha1(content[1], usedforsecurity=False).hexdigest() if content else None
    extensions = []
    for body in at("extension"):
        number = body["id"]
        settings = {kind: at(kind, number)[0] for kind in SETTINGS if at(kind, number)}
        contents = {f"{kind}s": at(kind, number) for kind in OF_EXTENSION}
        contexts = [context(number, part) for part in at("context", number)]
        extensions.append({**body, **settings, **contents, "contexts": contexts})
    return {"client": at("client"), "extensions": extensions, **{f"{kind}s": at(kind) for kind in OF_TENANT}}
