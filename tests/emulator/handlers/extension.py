# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration of an extension: agents, events, incoming rules, intervals, notifications, users and the settings
of its type.
"""

from __future__ import annotations

from typing import Any

from ..call import Body, Call, answers, spelling
from ..conditions import check_conditions, check_timezone, spell_condition
from ..crud import Collection, Singleton
from ..errors import bad
from ..store import Row

BASE = "/extension/{extension_id}"
PHONE = ("phone",)
TRANSFER_LIMIT = 10
IVR_REFUSES = ("dial-in", "dial-out", "answer")


# -- agents


def _agent_removed(call: Call, row: Row) -> None:
    memberships = [m for m in call.store.rows("queue_agent", call.tenant) if m.body["agent_id"] == row.id]
    if memberships and not call.query["remove_from_queues"]:
        raise bad("remove_from_queues", f"agent {row.id} is in use by queues")
    for membership in memberships:
        call.store.delete(membership)


@spelling("Agent")
def _spell_agent(call: Call, answer: Body) -> Body:
    if call.dialect("agent_status") == "object":
        answer["status"] = {"status": answer["status"], "name": answer["status"]}
    return answer


AGENTS = Collection(f"{BASE}/agent/", "agent", "agent_id", PHONE, names=("name",), removed=_agent_removed).register()


# -- events


def check_event(call: Call, values: Body, old: Row | None) -> None:
    """An event's URL is one, and an IVR only reports events that an IVR has."""
    if not str(values["url"]).startswith(("http://", "https://")):
        raise bad("url", "must be an http or https address")
    if call.scope and call.extension.body["type"] == "ivr" and values["event_type"] in IVR_REFUSES:
        raise bad("event_type", f"{values['event_type']} is not available for extension with ivr-type")


EVENTS = Collection(f"{BASE}/event/", "event", "id", check=check_event).register()


@answers("DELETE", f"{BASE}/event/")
def delete_events(call: Call) -> None:
    """Remove every event of the extension."""
    for row in EVENTS.rows(call):
        call.store.delete(row)


# -- incoming rules


def check_rule(call: Call, values: Body, kind: str) -> None:
    """Check the fields that incoming rules and menu rules have in common; `kind` is the rule's type or action."""
    if values.get("caller_id_action") in ("matches", "not_matches") and not values.get("caller_id"):
        raise bad("caller_id", f"required with caller_id_action {values['caller_id_action']}")
    if kind == "transfer" and len((values.get("transfer_dst") or "").split()) > TRANSFER_LIMIT:
        raise bad("transfer_dst", f"at most {TRANSFER_LIMIT} numbers")
    if (
        call.dialect("action_parameters") == "checked"
        and kind in ("transfer", "simple_transfer")
        and not values.get("transfer_dst")
    ):
        raise bad("transfer_dst", f"required with {kind}")


def _check_incom_rule(call: Call, values: Body, old: Row | None) -> None:
    kind = values["type"]
    check_rule(call, values, kind)
    if kind in ("cascade", "simple_cascade") and not values.get("cascade_numbers"):
        raise bad("cascade_numbers", f"required with {kind}")
    if call.dialect("action_parameters") == "checked" and kind == "playfile" and values.get("playfile_sound") is None:
        raise bad("playfile_sound", "required with playfile")


def place_rule(call: Call, row: Row) -> None:
    """Put a new rule where the dialect, or its `order_position`, wants it."""
    asked = row.body.pop("order_position", None)
    rows = [r for r in call.store.rows(row.kind, row.tenant, row.extension, row.owner) if r.id != row.id]
    index = 0 if call.dialect("new_rule_position") == "first" else len(rows)
    if asked is not None:
        if not asked.isascii() or not asked.isdigit():
            raise bad("order_position", "must be a number")
        index = min(max(int(asked) - int(call.dialect("order_position")), 0), len(rows))
    reorder(call, [*rows[:index], row, *rows[index:]])


def reorder(call: Call, rows: list[Row]) -> None:
    """Number the positions of `rows` as they come."""
    for position, row in enumerate(rows, 1):
        row.position = position
        call.store.save(row)


INCOM_RULES = Collection(
    f"{BASE}/incom_rule/",
    "incom_rule",
    "rule_id",
    names=("name",),
    ordered=True,
    check=_check_incom_rule,
    added=place_rule,
).register()


def register_order(collection: Collection) -> None:
    """Answer `order/` of a list of rules: all their ids, in the order in which they run."""

    def read(call: Call) -> Body:
        return call.answer({"rules_ids": [row.id for row in collection.rows(call)]})

    def write(call: Call) -> Body:
        rows = {row.id: row for row in collection.rows(call)}
        wanted = call.body["rules_ids"]
        if sorted(wanted) != sorted(rows):
            raise bad("rules_ids", "must be exactly the ids of all rules: " + ", ".join(map(str, sorted(rows))))
        reorder(call, [rows[number] for number in wanted])
        return read(call)

    answers("GET", f"{collection.path}order/")(read)
    answers("PUT", f"{collection.path}order/")(write)


register_order(INCOM_RULES)


# -- intervals


def check_interval(call: Call, values: Body, old: Row | None) -> None:
    """Time zone and conditions make sense."""
    check_timezone(values["timezone"])
    check_conditions(values["conditions"])


@spelling("Interval")
def _spell_interval(call: Call, answer: Body) -> Body:
    answer["conditions"] = [spell_condition(call, part) for part in answer["conditions"]]
    return answer


INTERVALS = Collection(f"{BASE}/interval/", "interval", "interval_id", names=("name",), check=check_interval).register()


# -- mail notifications, users, aliases


def _check_mail(call: Call, values: Body, old: Row | None) -> None:
    for name in ("mail", "email"):
        if name in values and "@" not in values[name].strip("@"):
            raise bad(name, "must be a mail address")


MAIL_NOTIFICATIONS = Collection(f"{BASE}/mail_notification/", "mail_notification", "id", check=_check_mail).register()


def _check_user(call: Call, values: Body, old: Row | None) -> None:
    _check_mail(call, values, old)
    if values.get("timezone") is not None:
        check_timezone(values["timezone"])
    values["status"] = values.get("status") or "active"
    values["access"] = values.get("access") or "full"
    if old is None and any(row.body["login"] == values["login"] for row in call.store.rows("user", None)):
        raise bad("login", f"{values['login']!r} exists already")


USER_FILTERS = ("id", "login", "name", "email", "comment", "status", "timezone", "access")
USERS = Collection(f"{BASE}/user/extension/", "user", "user_id", check=_check_user, filters=USER_FILTERS).register()


@answers("GET", f"{BASE}/alias/")
def aliases(call: Call) -> list[Body]:
    """Other names of the extension. Nothing writes them."""
    rows = call.store.rows("alias", call.tenant, call.extension.id)
    wanted: dict[str, Any] = {name: call.query[name] for name in ("id", "name") if name in call.query}
    found = [row for row in rows if all({**row.body, "id": row.id}[name] in values for name, values in wanted.items())]
    if "domain" in call.query:
        found = [row for row in found if row.body["domain"]["name"] in call.query["domain"]]
    return [
        call.answer({**row.body, "id": row.id, "extension_id": row.extension})
        for row in call.page(call.set_order(found))
    ]


# -- one per extension


def _settle_queue(call: Call, values: Body) -> None:
    if values.get("exit_key") not in (None, "", *"0123456789*#"):
        raise bad("exit_key", "must be one digit, * or #")
    if values.get("sound_type") == "ring":
        values["sound"] = None  # semantics.md section 5: the server resets it


def _settle_phone(call: Call, values: Body) -> None:
    if call.body.get("password") == "":
        raise bad("password", "must not be empty")


QUEUE = Singleton(f"{BASE}/queue/", "queue", ("queue",), _settle_queue).register()
PHONE_SETTINGS = Singleton(f"{BASE}/phone/", "phone", PHONE, _settle_phone).register()
IVR = Singleton(f"{BASE}/ivr/", "ivr", ("ivr",)).register()
FAX = Singleton(f"{BASE}/fax/", "fax", ("fax",)).register()
CONFERENCE = Singleton(f"{BASE}/conference/", "conference", ("conference",)).register()


@spelling("Phone")
def _spell_phone(call: Call, answer: Body) -> Body:
    return {**answer, "label": call.extension.body["label"], "name": extension_name(call, call.extension)}


@spelling("Ani")
def _spell_ani(call: Call, answer: Body) -> Body:
    return {"default": "None"} if answer["default"] is None and call.dialect("null_choice") == "none" else answer


@answers("GET", f"{BASE}/ani/")
def read_ani(call: Call) -> Body:
    """The caller's number of outgoing calls."""
    row = call.store.get("ani", call.tenant, call.extension.id, 0)
    return call.answer(row.body if row else {})


@answers("PUT", f"{BASE}/ani/")
def write_ani(call: Call) -> Body:
    """Set it: taken as ani_number, answered as default. It is one of the client's numbers."""
    number = call.body["ani_number"]
    if number is not None and number not in {row.body["name"] for row in call.store.rows("did", call.tenant)}:
        raise bad("ani_number", f"{number} is not a number of this client")
    row = call.store.get("ani", call.tenant, call.extension.id, 0)
    row = row or call.store.insert("ani", call.tenant, call.extension.id, {}, number=0)
    row.body = {"default": number}
    call.store.save(row)
    return call.answer(row.body)


# -- the extension itself


def extension_name(call: Call, row: Row) -> str:
    """The name of an extension as the dialect spells it."""
    client = call.store.get("client", None, 0, row.tenant)
    assert client is not None
    name = f"{client.body['prefix']}*{row.body['number']}"
    return f"{name}@{client.body['domain']}" if call.dialect("extension_name") == "domain" else name


def present_extension(call: Call, row: Row) -> Body:
    """The answer for an extension."""
    client = call.store.get("client", None, 0, row.tenant)
    assert client is not None
    values = {
        **row.body,
        "id": row.id,
        "client_id": row.tenant,
        "name": extension_name(call, row),
        "domain": client.body["domain"],
    }
    return call.answer(values, "Extension")


@answers("GET", f"{BASE}/extension/")
def read_extension(call: Call) -> Body:
    """The extension's own record."""
    return present_extension(call, call.extension)
