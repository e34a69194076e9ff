# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tenant itself (semantics.md section 6): extensions, groups, numbers, dial rules, intervals, sounds, users,
variables.
"""

from __future__ import annotations

import re
from hashlib import sha1
from secrets import token_hex

from .. import references, sound_files
from ..call import Body, Call, Upload, answers
from ..conditions import check_timezone
from ..crud import Collection
from ..errors import Refusal, bad
from ..store import Row
from .extension import AGENTS, USER_FILTERS, check_event, check_interval, extension_name, present_extension
from .live import stamp
from .media import list_sounds, present_sound

BASE = "/client/{client_id}"


@answers("GET", "/user/")
def whoami(call: Call) -> Body:
    """Whom the token acts for."""
    user = call.principal.user
    level = {"extension_id": call.principal.extension} if call.principal.extension else {"client_id": call.tenant}
    return call.answer({**user.body, "id": user.id, "admin": False, **level})


def client(call: Call) -> Row:
    """The tenant's own record."""
    row = call.store.get("client", None, 0, call.tenant)
    assert row is not None
    return row


@answers("GET", "/client/client_info/{client_id}/")
def read_client(call: Call) -> Body:
    """The tenant's settings."""
    row = client(call)
    return call.answer({**row.body, "id": row.id})


@answers("PUT", "/client/client_info/{client_id}/")
def write_client(call: Call) -> Body:
    """Change the tenant's settings."""
    row = client(call)
    if call.body.get("timezone") is not None:
        check_timezone(call.body["timezone"])
    for name, kind in (("hold_music", "sound"), ("dial_rule_id", "dial_rule")):
        number = call.body.get(name)
        if number is not None and (number >= 1 << 62 or references.find(call, kind, number, 0) is None):
            raise bad(name, f"no {kind} {number}")
    row.body.update(call.body)
    call.store.save(row)
    return call.answer({**row.body, "id": row.id})


# -- extensions


class Extensions(Collection):
    """Extensions: named prefix*number, of a type and number that never change."""

    def present(self, call: Call, row: Row) -> Body:
        """The answer for one extension."""
        return present_extension(call, row)

    def index(self, call: Call) -> list[Body]:
        """GET: filtered by type, status and name."""
        rows = call.set_order(self.rows(call))
        for name in ("type", "status"):
            if name in call.query:
                rows = [row for row in rows if row.body[name] in call.query[name]]
        if "name" in call.query:
            rows = [row for row in rows if {row.body["number"], extension_name(call, row)} & set(call.query["name"])]
        return [self.present(call, row) for row in call.page(rows)]


def _check_extension(call: Call, values: Body, old: Row | None) -> None:
    if old is not None:
        return
    owner = client(call)
    prefix, dummy, number = values.pop("name").rpartition("*")
    length = owner.body["extension_len"]
    if prefix not in ("", owner.body["prefix"]):
        raise bad("name", f"the prefix of this client is {owner.body['prefix']}")
    if not re.fullmatch(rf"[0-9]{{{length}}}", number, re.ASCII):
        raise bad("name", f"must be {length} digits")
    if any(row.body["number"] == number for row in call.store.rows("extension", call.tenant)):
        raise bad("name", f"{number} exists already")
    values.update(number=number, create_date=stamp(), status=values.get("status") or "blocked")


def _extension_removed(call: Call, row: Row) -> None:
    for agent in call.store.rows("agent", call.tenant, row.id):
        for membership in call.store.rows("queue_agent", call.tenant):
            if membership.body["agent_id"] == agent.id:
                call.store.delete(membership)
    for did in call.store.rows("did", call.tenant):
        changed = {n: None for n in ("extension_id", "message_extension_id") if did.body.get(n) == row.id}
        if changed:
            did.body.update(changed)
            call.store.save(did)
    call.store.delete_extension(call.tenant, row.id)


EXTENSIONS = Extensions(
    f"{BASE}/extension/", "extension", "extension_id", check=_check_extension, removed=_extension_removed
)
EXTENSIONS.register()


@answers("GET", f"{BASE}/extension/call_status/")
def call_statuses(call: Call) -> list[Body]:
    """The sets of permissions that an extension's user can switch between."""
    rows = call.store.rows("call_status", call.tenant)
    return [call.answer({**row.body, "id": row.id}) for row in call.set_order(rows)]


# -- groups, dial rules, intervals


class OfTenant(Collection):
    """A collection whose answers never show an extension."""

    def present(self, call: Call, row: Row) -> Body:
        """The answer for one object."""
        return call.answer({**row.body, "id": row.id, "client_id": row.tenant})


def _check_dial_rule(call: Call, values: Body, old: Row | None) -> None:
    for index, entry in enumerate(values["dial_rules"]):
        try:
            re.compile(entry["match_exp"])
        except re.error:
            raise bad(f"dial_rules.{index}.match_exp", "is not a regular expression") from None


GROUPS = OfTenant(f"{BASE}/extension_group/", "extension_group", "extension_group_id", names=("name",)).register()
DIAL_RULES = OfTenant(f"{BASE}/dial_rule/", "dial_rule", "dial_rule_id", check=_check_dial_rule).register()
INTERVALS = OfTenant(f"{BASE}/interval/", "interval", "interval_id", names=("name",), check=check_interval).register()
PHONE_EVENTS = OfTenant(f"{BASE}/phone_events/", "phone_event", "id", check=check_event).register()


# -- numbers


# Given by the dealer, assigned by the tenant: the contract has no POST.
DIDS = OfTenant(f"{BASE}/did/", "did", "did_id").register()


# -- sounds


SOUNDS = OfTenant(f"{BASE}/sound/", "sound", "sound_id").register()


def _keep(call: Call, row: Row, upload: Upload) -> Body:
    if call.dialect("sound_content") == "converted":
        upload = sound_files.converted(upload)
    name = (
        sha1(upload.data, usedforsecurity=False).hexdigest()
        if call.dialect("sound_filename") == "checksum"
        else token_hex(20)
    )
    row.body["filename"] = f"{name}.{'wav' if upload.media_type == 'audio/wav' else 'mp3'}"
    call.store.save(row)
    call.store.put_content("sound", str(row.id), upload.media_type, upload.data)
    return present_sound(call, row)


@answers("GET", f"{BASE}/sound/")
def tenant_sounds(call: Call) -> list[Body]:
    """The tenant's sounds."""
    return list_sounds(call)


@answers("POST", f"{BASE}/sound/")
def create_sound(call: Call) -> Body:
    """A new sound of a title and a file."""
    upload = sound_files.check(call.body["file"])
    values: Body = {"title": call.body["title"], "dealer_id": None, "filename": None}
    return _keep(call, call.store.insert("sound", call.tenant, 0, values), upload)


@answers("POST", f"{BASE}/sound/{{sound_id}}")
def replace_sound(call: Call) -> Body:
    """New content of a sound."""
    return _keep(call, SOUNDS.find(call), sound_files.check(call.body["file"]))


# -- agents, users, limits, variables


@answers("GET", f"{BASE}/agent/local/")
def tenant_agents(call: Call) -> list[Body]:
    """The agents of all extensions, or of the asked ones."""
    wanted = call.query.get("extension_id")
    rows = [row for row in call.store.rows("agent", call.tenant) if wanted is None or row.extension in wanted]
    return [AGENTS.present(call, row) for row in call.page(call.set_order(rows))]


@answers("GET", f"{BASE}/agent/local/{{agent_id}}")
def tenant_agent(call: Call) -> Body:
    """One agent."""
    row = references.find(call, "agent", call.parameters["agent_id"], 0)
    if row is None:
        raise Refusal(404, f"agent {call.parameters['agent_id']} not found")
    return AGENTS.present(call, row)


@answers("GET", f"{BASE}/user/extension/")
def tenant_users(call: Call) -> list[Body]:
    """The users of all extensions."""
    rows = [row for row in call.store.rows("user", call.tenant) if row.extension]
    for name in USER_FILTERS:
        if name in call.query:
            rows = [row for row in rows if {**row.body, "id": row.id}.get(name) in call.query[name]]
    return [
        call.answer({**row.body, "id": row.id, "extension_id": row.extension})
        for row in call.page(call.set_order(rows))
    ]


@answers("GET", f"{BASE}/limit/")
def limits(call: Call) -> Body:
    """The limits of the tenant. The fields are undocumented."""
    return call.spell({"event": 10, "incom_rule": 50, "extension": 1000})


@answers("POST", f"{BASE}/variables/")
def set_variables(call: Call) -> Body:
    """Variables of the tenant, each by its name."""
    known = {row.body["var"]: row for row in call.store.rows("variable", call.tenant, 0)}
    for entry in call.body["variables"]:
        row = known.get(entry["var"]) or call.store.insert("variable", call.tenant, 0, dict(entry))
        row.body = dict(entry)
        call.store.save(row)
        known[entry["var"]] = row
    return call.spell({"variables": [row.body for row in known.values()]})
