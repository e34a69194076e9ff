# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Options of modules out of the declarations of the nouns."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Any

from ansible.module_utils.basic import env_fallback

from .._model.addresses import addresses_in
from .._model.dialect import SWITCHES
from .._model.field import Field
from .._model.kind import Kind
from .._text.mask import Mask

Spec = dict[str, Any]

# Ansible's sanity tests take an option with such a name for a secret.
_LOOKS_SECRET = re.compile(r"pass(?!ive)|secret|token|key", re.IGNORECASE)

CONNECTION: Spec = {
    "api_url": {"type": "str", "fallback": (env_fallback, ["PBX_API_URL"])},
    "access_token": {"type": "str", "no_log": True},
    "app_id": {"type": "str"},
    "app_secret": {"type": "str", "no_log": True},
    "api_username": {"type": "str"},
    "api_password": {"type": "str", "no_log": True},
    "renew_token": {"type": "bool", "default": False, "no_log": False, "fallback": (env_fallback, ["PBX_RENEW_TOKEN"])},
    "token_url": {"type": "str", "no_log": False},
    "client": {"type": "str", "default": "@me"},
    "validate_certs": {"type": "bool", "default": True, "fallback": (env_fallback, ["PBX_VALIDATE_CERTS"])},
    "ca_path": {"type": "path", "fallback": (env_fallback, ["PBX_CA_PATH"])},
    "api_timeout": {"type": "float", "default": 30.0},
    "rate_limit_wait": {"type": "float", "default": 60.0},
    "parallel": {"type": "int", "default": 8},
    "read_only": {"type": "bool", "default": False},
    "dialect": {
        "type": "dict",
        "options": {name: {"type": "str", "choices": list(switch.values)} for name, switch in SWITCHES.items()},
    },
}

# The credentials among them, and the environment variable of each.
CREDENTIALS = {
    "access_token": "PBX_ACCESS_TOKEN",
    "app_id": "PBX_APP_ID",
    "app_secret": "PBX_APP_SECRET",
    "api_username": "PBX_USERNAME",
    "api_password": "PBX_PASSWORD",
}

# The environment's own switch, and the words that leave it off. Anything else is on: a switch of safety that is
# misspelled must not be one that is off.
READ_ONLY = "PBX_READ_ONLY"
_OFF = ("", "0", "f", "false", "n", "no", "off")

EXTENSION: Spec = {"extension": {"type": "str"}, "extension_id": {"type": "str"}}

# The places inside of an extension: the option that names each, and its aliases.
PLACES: dict[str, tuple[str, list[str]]] = {
    "ivr_context": ("ivr_context", ["context_id", "context"]),
    "ivr_option": ("option_digits", ["option"]),
}


def option_of(field: Field) -> Spec:
    """One field as an option of a module."""
    spec: Spec = {"type": field.type if field.type in ("int", "bool", "list") and not field.refers_to else "str"}
    if field.type == "file":
        spec["type"] = "path"
    if field.kind == "json":
        spec["type"] = "raw"
    if field.kind == "weekday":
        spec["type"] = "str"
    if field.type == "list":
        spec["elements"] = "dict" if field.parts else field.elements
    if field.parts:
        spec["options"] = {part.name: option_of(part) for part in field.parts}
        for part in field.parts:
            if part.required:
                spec["options"][part.name]["required"] = True
    if field.choices:
        spec["choices"] = list(field.choices)
    if field.api_name and field.api_name != field.name:
        spec["aliases"] = [field.api_name]
    if field.secret or field.address:
        spec["no_log"] = True
    elif _LOOKS_SECRET.search(field.name):
        spec["no_log"] = False
    if field.removed_in:
        spec |= {"removed_in_version": field.removed_in, "removed_from_collection": "telops.pbx"}
    return spec


def options_of(noun: Kind) -> Spec:
    """The writable fields of a noun as options, and ``unset``, which clears some of them."""
    options = {field.name: option_of(field) for field in noun.writable}
    if noun.clearable:
        options["unset"] = {"type": "list", "elements": "str", "choices": sorted(noun.clearable), "default": []}
    return options


def program_options(noun: Kind) -> Spec:
    """The options of one rule in a list of rules."""
    options = options_of(noun)
    options[noun.variant]["required"] = True
    return options


def place_options(noun: Kind, taken: Iterable[str] = ()) -> Spec:
    """The options that name the place where a noun lives. taken: names that cannot be aliases, since they are options
    themselves: the jump target of an IVR rule is called context too."""
    spec = dict(EXTENSION) if noun.parents else {}
    for parent in noun.parents[1:]:
        option, aliases = PLACES[parent]
        spec[option] = {"type": "str", "required": True, "aliases": [name for name in aliases if name not in taken]}
    return spec


def mask_of(params: Mapping[str, Any]) -> Mask:
    """Return the mask that hides the secrets of the addresses in the options of a task, as its client does."""
    own = with_credentials({name: params.get(name) for name in CREDENTIALS})
    mask = Mask(str(own["app_secret"] or own["access_token"] or token_hex()))
    for address in addresses_in(params):
        mask.note(address)
    return mask


def with_credentials(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters with the credentials of the environment, unless they bring any of their own: where those of two
    tenants mixed, a task for the one would change the other."""
    given = {name: params[name] for name in CREDENTIALS}
    if all(value is None for value in given.values()):
        given = {name: os.environ.get(variable) for name, variable in CREDENTIALS.items()}
    return {**params, **given}


def may_only_read(params: Mapping[str, Any]) -> bool:
    """Whether a task must not write: its option says so or the environment does, and neither switches the other off."""
    return bool(params.get("read_only")) or os.environ.get(READ_ONLY, "").strip().lower() not in _OFF
