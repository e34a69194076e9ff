# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tenants to start with. Numbers, names and addresses are invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from .call import Principal, Upload
from .handlers.live import stamp
from .limits import HOUR, PLENTY
from .pbx import Pbx
from .sound_files import wav
from .store import FIRST_ID, Row

FIRST_CLIENT = FIRST_ID["client"]
LIMIT = (PLENTY, HOUR)
PHONES = {
    "101": "Reception", "102": "Reception, second desk", "103": "Dr. Weber", "104": "Dr. Novak", "105": "Dr. Rossi",
    "106": "Dental practice", "107": "Laboratory", "108": "X-ray", "109": "Pharmacy", "110": "Billing", "111": "Office",
    "112": "On-call duty",
}  # fmt: skip
OTHERS = {
    "200": ("queue", "Appointments"), "201": ("queue", "Billing questions"), "300": ("ivr", "Main menu"),
    "400": ("fax", "Fax"), "500": ("conference", "Conference room"),
}  # fmt: skip
SOUNDS = ("Welcome", "Menu", "Hold music", "Please wait", "Closed", "Holidays", "Emergency", "Voicemail greeting")
DIDS = ("74950000101", "74950000102")
# The content of each seed that the next one lacks: things that happened; extensions; sounds and numbers; nothing.
SEEDS = ("demo", "bare", "new", "empty")


def silence(seconds: float = 0.1) -> bytes:
    """A small WAV file: 8 kHz, 16 bit, mono."""
    return wav(b"\0\0" * int(8000 * seconds))


def credentials(client: Row) -> dict[str, Any]:
    """The id of a client and the credentials with which it logs in."""
    names = ("app_id", "app_secret", "access_token", "username", "password")
    return {"client_id": client.id, **{name: client.body[name] for name in names}}


def start(pbx: Pbx, seed: str = "demo", clients: Sequence[Sequence[str]] = ((),), **options: Any) -> dict[str, Any]:
    """Forget everything, and start with one client for each list of public numbers in `clients`; `options` as for
    add_client. Answers the credentials of the first.
    """
    if seed not in SEEDS:
        raise ValueError(f"a seed is one of {', '.join(SEEDS)}, not {seed}")
    pbx.store.clear()
    pbx.tokens.clear()
    first, *dummy = [add_client(pbx, seed=seed, dids=dids, **options) for dids in clients]
    return first


def add_client(
    pbx: Pbx,
    seed: str = "empty",
    app_id: str | None = None,
    app_secret: str | None = None,
    access_token: str | None = None,
    username: str | None = None,
    password: str | None = None,
    extension_len: int = 3,
    dids: Sequence[str] = (),
) -> dict[str, Any]:
    """Add one client, and return its credentials.

    Values that are not given are invented after its number; `dids` are public numbers that it has besides those of the
    seed. Raises ValueError for an unknown seed.
    """
    if seed not in SEEDS:
        raise ValueError(f"a seed is one of {', '.join(SEEDS)}, not {seed}")
    number = pbx.store.next_id("client", 0)
    mark = "7f3a" if number == FIRST_CLIENT else f"7f3a-{number}"
    values = {
        "app_id": app_id or f"emulator-app-id-{mark}",
        "app_secret": app_secret or f"emulator-app-secret-{mark}",
        "access_token": access_token or f"emulator-access-token-{mark}",
        "username": username or f"emulator-user-{mark}",
        "password": password or f"emulator-password-{mark}",
        "prefix": f"{number:04d}", "domain": "sip.pbx.invalid", "domain_prefix": "00500",
        "extension_len": extension_len, "timezone": "Europe/Moscow", "language": "en", "record_format": "mp3",
        "record_stereo": None, "hold_music": None, "sip_network_permission_id": None, "dial_rule_id": None,
        "geo_list": None,
    }  # fmt: skip
    client = pbx.store.insert("client", number, 0, values, number=number)
    user = pbx.store.insert(
        "user", number, 0,
        {"login": values["username"], "password": values["password"], "status": "active", "access": "full",
         "name": "Main user", "email": "main@pbx.invalid", "timezone": "Europe/Moscow", "dealer_id": None,
         "extra_params": None},
    )  # fmt: skip
    pbx.tokens.welcome(client)
    for step in {"demo": (_new, _bare, _demo), "bare": (_new, _bare), "new": (_new,), "empty": ()}[seed]:
        step(pbx, Principal(number, user))
    for name in dids:
        _number(pbx, number, name)
    return credentials(client)


def _new(pbx: Pbx, principal: Principal) -> None:
    for title in SOUNDS:
        upload = Upload(f"{title}.wav", "audio/wav", silence())
        pbx.perform(principal, "POST", "/client/@me/sound/", body={"title": title, "file": upload})
    for number in DIDS:
        _number(pbx, principal.tenant, number)


def _number(pbx: Pbx, tenant: int, name: str) -> None:
    values = {
        "name": name, "domain": "sip.pbx.invalid", "extension_id": None, "allow_message": False,
        "message_extension_id": None, "comment": None, "create_date": stamp(),
    }  # fmt: skip
    pbx.store.insert("did", tenant, 0, values)


def _bare(pbx: Pbx, principal: Principal) -> None:
    everything = {**{number: ("phone", label) for number, label in PHONES.items()}, **OTHERS}
    for number, (kind, label) in everything.items():
        body = {"name": number, "type": kind, "label": label, "status": "active"}
        pbx.perform(principal, "POST", "/client/@me/extension/", body=body)


def _demo(pbx: Pbx, principal: Principal) -> None:
    tenant, store = principal.tenant, pbx.store
    ids = {row.body["number"]: row.id for row in store.rows("extension", tenant)}
    phone, queue = ids["101"], ids["200"]
    pbx.perform(principal, "POST", "/client/@me/extension_group/", body={"name": "Reception"})
    dummy, agent = pbx.perform(principal, "POST", f"/extension/{phone}/agent/", body={"name": "Anna"})
    pbx.perform(
        principal,
        "POST",
        f"/extension/{queue}/queue/agents/local/",
        body={"agent_id": agent["id"], "level": 1, "position": 1},
    )
    now = datetime.now(UTC).replace(microsecond=0)
    store.insert("call", tenant, phone, {
        "call_api_id": "1780000000-00000000-0000-4000-8000-000000000c01", "call_flow": "in", "called_did": DIDS[0],
        "called_number": "101", "caller_id_name": "Caller", "caller_id_number": "74950000999", "extension_id": phone,
        "init_time_gmt": stamp(now), "answer_time_gmt": stamp(now), "real_call": True,
    })  # fmt: skip
    for index in (1, 2):
        _record(pbx, tenant, phone, index, now - timedelta(minutes=10 * index))
    voicemail = f"{phone}-000000000000000000000000000000f1"
    store.insert("voicemail", tenant, phone, {"record_uuid": voicemail})
    store.put_content("voicemail", voicemail, "audio/wav", silence())
    fax = f"{ids['400']}-000000000000000000000000000000e1"
    store.insert("fax_in", tenant, ids["400"], {"fax_uuid": fax})
    store.put_content("fax_in", fax, "image/tiff", b"II*\0\x08\0\0\0\0\0\0\0\0\0")
    store.insert(
        "fax_message", tenant, ids["400"], {"status": "sent", "dst_num": "74950000998", "datetime": stamp(now)}
    )
    store.insert("chat_message", tenant, phone, {"read": False}, "chat-7f3a")
    store.insert("registration", tenant, phone, {
        "device": "Emulated desk phone", "real_address": "sip:192.0.2.10:5062",
        "contact_address": "sip:101@192.0.2.10:5062", "expires": 699, "registration_id": "uloc-572b0ffb-6d47-001",
    })  # fmt: skip
    store.insert("alias", tenant, phone, {
        "name": "reception", "comment": None, "create_date": stamp(now), "domain": {"id": 1, "name": "sip.pbx.invalid"},
    })  # fmt: skip
    store.insert("call_status", tenant, 0, {
        "name": "Do not disturb", "property_list": ["li", "lo"], "create_dt": stamp(now), "dealer_id": None,
        "extra_params": None,
    })  # fmt: skip


def _record(pbx: Pbx, tenant: int, extension: int, index: int, start: datetime) -> None:
    uuid, data = f"{extension}-0000000000000000000000000000000{index}", silence(0.1 * index)
    pbx.store.insert("record", tenant, extension, {
        "record_uuid": uuid, "record_file_size": len(data), "duration": 60 * index, "flow": "in", "result": "answered",
        "init_time_gmt": stamp(start), "start_time_gmt": stamp(start),
        "hangup_time_gmt": stamp(start + timedelta(minutes=index)), "source_number": "74950000999",
        "dest_number": "101", "did_number": DIDS[0], "extension_type": "phone", "hangup_disposition": "callee_bye",
        "hangup_cause": "normal", "call_uuid": f"00000000-0000-4000-8000-00000000000{index}", "client_owner_id": tenant,
    })  # fmt: skip
    pbx.store.put_content("record", uuid, "audio/wav", data)
