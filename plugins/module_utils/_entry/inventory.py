# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The extensions of tenants as hosts: which tenants there are, how to reach each, and its extensions."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._api.client import Client
from .._api.errors import AccessDenied, NotFound, PbxError
from .._api.identity import client_id
from .._api.settings import Settings
from .._engine.errors import InputError
from .._engine.read.reader import Reader
from .._model.dialect import Dialect
from .._model.nouns import NOUNS
from .._state.objects import Item
from .._state.place import Place
from .._text.plain import plain
from .specs import CONNECTION, CREDENTIALS, Spec

__all__ = [
    "CREDENTIALS",
    "OPTIONS",
    "PbxError",
    "Tenant",
    "client_of",
    "hosts_of",
    "plain",
    "same_client",
    "tenants_of",
]

# Types only: the defaults and the environment variables of a plugin's options come out of its documentation.
OPTIONS: Spec = {field.name: {"type": CONNECTION[field.name]["type"]} for field in fields(Settings)}

# A play needs these to reach the PBX, besides credentials.
SHARED = ("api_url", "token_url", "client", "validate_certs", "ca_path")

VARIABLES = ("number", "id", "type", "status", "label", "caller_id_name", "domain", "create_date", "client_id")

# Ansible's own groups.
TAKEN = ("all", "ungrouped")


@dataclass(frozen=True)
class Tenant:
    """One tenant of an inventory file; name is that of its group too."""

    name: str
    settings: Settings

    @property
    def variables(self) -> dict[str, Any]:
        """The variables that its hosts have in common; no credentials."""
        values = {f"pbx_{name}": getattr(self.settings, name) for name in SHARED}
        return {name: value for name, value in values.items() if value is not None}

    @property
    def mark(self) -> str:
        """Tells the data of one tenant from those of another, also where the credentials have become another tenant's.

        It is too short to give a token away.
        """
        s = self.settings
        access = [s.app_id, s.api_username] if s.can_fetch_token else [s.access_token]
        text = json.dumps([s.api_url, s.client, *access])
        return hashlib.sha256(text.encode()).hexdigest()[:6]

    def client(self) -> Client:
        """A client that only reads. Raises SettingsError when no request could succeed."""
        return Client(self.settings, read_only=True)


def tenants_of(declared: Sequence[Mapping[str, Any]], *outer: Mapping[str, Any]) -> list[Tenant]:
    """The tenants that a file declares. outer: the options that hold for all of them, the nearest first.

    Raises InputError for mistakes that show without a client.
    """
    found: dict[str, Tenant] = {}
    spec = {"name": {"type": "str", "required": True}, **OPTIONS}
    for index, given in enumerate(declared):
        unknown = sorted(given.keys() - spec.keys())
        if unknown:
            raise InputError([f"tenants[{index}]: there is no option {unknown[0]}; there are: {', '.join(spec)}"])
        checked = ArgumentSpecValidator(spec).validate(_connection(given, *outer))
        if checked.error_messages:
            raise InputError([f"tenants[{index}]: {checked.error_messages[0]}"])
        values = {name: value for name, value in checked.validated_parameters.items() if value is not None}
        name = values.pop("name")
        if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) or name in TAKEN:
            sentence = f'name "{name}" cannot be that of a group, which takes letters, digits and underscores'
            raise InputError([f"tenants[{index}]: {sentence}"])
        if name in found:
            raise InputError([f'tenants[{index}]: name "{name}" is that of another tenant too'])
        found[name] = Tenant(name, Settings(**{"api_url": "", **values}))
    return list(found.values())


def client_of(client: Client) -> list[dict[str, Any]]:
    """The variables of a tenant that is a host: the client that its credentials lead to. Raises PbxError."""
    named = client.settings.client
    found = int(named) if named.isdecimal() else client_id(client)
    if found is None:
        raise InputError(["the PBX does not tell which client the credentials belong to; name it with client"])
    return [{"pbx_client_id": found, "pbx_expect_client_id": found}]


def same_client(clients: Mapping[str, Any], tenants: Sequence[Tenant]) -> str:
    """A sentence where two tenants of one PBX are the same client; else empty. clients: the id of each by its name."""
    urls = {tenant.name: tenant.settings.api_url for tenant in tenants}
    seen: dict[tuple[str, Any], str] = {}
    for name, found in clients.items():
        other = seen.setdefault((urls[name], found), name)
        if other != name:
            return f'the tenants "{other}" and "{name}" lead to the same client {found}; check their credentials'
    return ""


def hosts_of(client: Client) -> list[dict[str, Any]]:
    """The variables of each extension, by number. Raises PbxError. A list that may not be read makes its variable
    null, with a warning."""
    reader = Reader(client, Dialect())
    extensions = sorted(reader.all(NOUNS["extension"], Place()), key=lambda item: item.name)
    grouped = any(item.values.get("extension_group") is not None for item in extensions)
    groups = _list(reader, "extension_group", "pbx_group") if grouped else []
    names: dict[Any, str] = {item.id: item.name for item in groups or ()}
    dids = _list(reader, "did", "pbx_dids")
    numbers: dict[Any, list[str]] = defaultdict(list)
    for did in dids or ():
        numbers[did.values.get("extension")].append(did.name)
    return [
        {
            **{f"pbx_{name}": item.values.get(name) for name in VARIABLES},
            "pbx_group": names.get(item.values.get("extension_group")),
            "pbx_dids": None if dids is None else sorted(numbers[item.id]),
        }
        for item in extensions
    ]


def _list(reader: Reader, noun: str, variable: str) -> list[Item] | None:
    try:
        return reader.all(NOUNS[noun], Place())
    except (AccessDenied, NotFound) as error:
        reader.client.warnings.append(f"{error}. {variable} is null.")
        return None


def _connection(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """Each option from the nearest layer that sets it.

    All credentials come from one layer, and the address where tokens are fetched never from beyond that of the API:
    otherwise a token of one tenant could be used for another, or a secret be sent to another tenant's PBX.
    """
    found: dict[str, Any] = {}
    taken: set[str] = set()
    for layer in layers:
        given = {name: value for name, value in layer.items() if value is not None and name not in taken}
        found.update(given)
        taken.update(given)
        if "api_url" in given:
            taken.add("token_url")
        if not CREDENTIALS.keys().isdisjoint(given):
            taken.update(CREDENTIALS)
    return found
