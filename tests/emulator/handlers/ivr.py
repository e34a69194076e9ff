# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IVR: contexts, their options, the options' rules, and the whole as a scheme."""

from __future__ import annotations

import re

from ..call import Body, Call, answers, spelling
from ..crud import Collection
from ..errors import Refusal, bad
from ..store import Row
from .extension import IVR, check_rule, place_rule, register_order

CONTEXTS_PATH = "/extension/{extension_id}/ivr/context/"
OPTIONS_PATH = f"{CONTEXTS_PATH}{{context_id}}/options/"
RULES_PATH = f"{OPTIONS_PATH}{{option_digits}}/rules/"
BUILT_IN = ("start", "timeout", "invalid")
DIGITS = re.compile(r"[0-9*#]{1,20}\Z")
PARAMETERS = {
    "transfer": "transfer_dst", "simple_transfer": "transfer_dst", "play_sound": "sound",
    "play_silence": "silence_time", "jump_to_context": "context", "play_digits": "digits",
    "call_interactive": "call_interactive_url", "transfer_from_variable": "transfer_variable",
    "set_variable": "set_variable_name", "set_caller_id_name": "caller_id_name",
    "set_caller_id_number": "caller_id_number", "record_digits": "record_digits_variable",
    "play_digits_from_variable": "play_digits_variable", "quality_rate": "sound", "voice_helper": "voice_helper_rules",
}  # fmt: skip


def _add_option(call: Call, context: Row, digits: str) -> Row:
    row = call.store.insert("option", context.tenant, context.extension, {"digits": digits}, str(context.id))
    if call.dialect("option_default_rule") == "visible":
        schema = call.pbx.contract.properties("IvrRule")
        rule: Body = {name: part.get("default") for name, part in schema.items() if name != "id"}
        call.store.insert(
            "ivr_rule", context.tenant, context.extension, {**rule, "action": "hangup"}, f"{context.id}/{digits}"
        )
    return row


def _context_added(call: Call, row: Row) -> None:
    for digits in BUILT_IN:
        _add_option(call, row, digits)


def _context_removed(call: Call, row: Row) -> None:
    for option in call.store.rows("option", row.tenant, row.extension, str(row.id)):
        _remove_option(call, option)


def _remove_option(call: Call, option: Row) -> None:
    for rule in call.store.rows("ivr_rule", option.tenant, option.extension, f"{option.owner}/{option.body['digits']}"):
        call.store.delete(rule)
    call.store.delete(option)


CONTEXTS = Collection(
    CONTEXTS_PATH, "context", "context_id", ("ivr",), names=("name",), added=_context_added, removed=_context_removed
).register()


def _context(call: Call) -> Row:
    return CONTEXTS.find(call)


def _options(call: Call, context: Row) -> list[Row]:
    return call.store.rows("option", context.tenant, context.extension, str(context.id))


def _option(call: Call) -> Row:
    context, digits = _context(call), call.parameters["option_digits"]
    for row in _options(call, context):
        if row.body["digits"] == digits:
            return row
    raise Refusal(404, f"option {digits} of context {context.id} not found")


@answers("GET", OPTIONS_PATH)
def list_options(call: Call) -> list[Body]:
    """The options of a context, start, timeout and invalid among them."""
    return [call.answer(row.body) for row in call.set_order(_options(call, _context(call)))]


@answers("POST", OPTIONS_PATH)
def create_option(call: Call) -> Body:
    """A new option: a string of digits."""
    context, digits = _context(call), call.body["digits"]
    if any(row.body["digits"] == digits for row in _options(call, context)):
        raise bad("digits", f"{digits!r} exists already")
    if not DIGITS.match(digits):
        raise bad("digits", "must be digits, * or #")
    return call.answer(_add_option(call, context, digits).body)


@answers("DELETE", f"{OPTIONS_PATH}{{option_digits}}")
def delete_option(call: Call) -> None:
    """Remove an option with its rules; the three that every context has stay."""
    option = _option(call)
    if option.body["digits"] in BUILT_IN:
        raise bad("digits", f"option {option.body['digits']} cannot be deleted")
    _remove_option(call, option)


def _rules_owner(call: Call) -> str:
    option = _option(call)
    return f"{option.owner}/{option.body['digits']}"


def _check_rule(call: Call, values: Body, old: Row | None) -> None:
    action = values["action"]
    check_rule(call, values, action)
    parameter = PARAMETERS.get(action)
    if call.dialect("action_parameters") == "checked" and parameter and values.get(parameter) in (None, "", []):
        raise bad(parameter, f"required with {action}")
    if action == "jump_to_context" and call.dialect("option_reference") == "checked":
        context, digits = values.get("context"), values.get("context_option")
        if context is not None and digits is not None:
            options = call.store.rows("option", call.tenant, call.scope, str(context))
            if digits not in [row.body["digits"] for row in options]:
                raise bad("context_option", f"context {context} has no option {digits}")


RULES = Collection(
    RULES_PATH,
    "ivr_rule",
    "rule_id",
    ("ivr",),
    names=("name",),
    ordered=True,
    owner=_rules_owner,
    check=_check_rule,
    added=place_rule,
).register()
register_order(RULES)


@spelling("IvrRule")
def _spell_rule(call: Call, answer: Body) -> Body:
    rules = answer.get("voice_helper_rules") or []
    spelt = []
    for rule in rules:
        option = str(rule["to_option"])
        number = call.dialect("to_option") == "number" and option.isascii() and option.isdigit()
        spelt.append({**rule, "to_option": int(option) if number else option})
    answer["voice_helper_rules"] = spelt
    return answer


@answers("GET", "/extension/{extension_id}/ivr/scheme/")
def scheme(call: Call) -> Body:
    """The whole IVR in one answer; its inner shape is undocumented, so it is the dialect's."""
    settings = IVR.row(call).body
    shape = call.dialect("scheme")
    if shape == "absent":
        raise Refusal(404, "Not found")
    contexts = [_scheme_context(call, row, shape) for row in call.set_order(CONTEXTS.rows(call))]
    return call.answer({**settings, "contexts": contexts})


def _scheme_context(call: Call, context: Row, shape: str) -> Body:
    options = {}
    for option in call.set_order(_options(call, context)):
        rules = call.store.rows("ivr_rule", context.tenant, context.extension, f"{context.id}/{option.body['digits']}")
        if call.dialect("rule_list_order") == "id":
            rules.sort(key=lambda row: row.id)
        options[option.body["digits"]] = [call.answer({**row.body, "id": row.id}, "IvrRule") for row in rules]
    body = call.answer({**context.body, "id": context.id}, "IvrContext")
    if shape == "flat":
        return {**body, "options": options}
    return {**body, "options": [call.spell({"digits": digits, "rules": rules}) for digits, rules in options.items()]}
