# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Names looked up in a template: the id of an object, or the object as the PBX answers it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from .._api.client import Client
from .._api.errors import PbxError
from .._api.settings import Settings
from .._engine.errors import InputError
from .._engine.plan.report import as_read
from .._engine.read.reader import Reader
from .._engine.read.references import Places, References
from .._model.addresses import NAMES
from .._model.dialect import Dialect
from .._model.nouns import NOUNS
from .._state.objects import Item
from .._state.place import Place
from .inventory import OPTIONS, tenants_of

__all__ = ["KINDS", "OPTIONS", "PbxError", "names_in", "settings_of", "tenant"]

# The kinds of lookups, with the noun where no extension is named; none where an extension is required.
KINDS = {
    "extension": "extension",
    "sound": "tenant_sound",
    "interval": "tenant_interval",
    "extension_group": "extension_group",
    "did": "did",
    "agent": "agent",
    "incom_rule": "",
    "ivr_context": "",
    "user": "",
}
_OF_THE_TENANT = ("extension", "extension_group", "did")
PREFIX = "pbx_"


class Lookup:
    """The objects of one tenant, each list of them read once."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._reader = Reader(client, Dialect())
        self._references = References(self._reader)
        self._places = Places(self._references)

    def id(self, kind: str, name: str, extension: str | None = None) -> Any:
        """The id of an object. Raises InputError where there is none of that name, or several."""
        return self._find(kind, name, extension).id

    def object(self, kind: str, name: str, extension: str | None = None) -> dict[str, Any]:
        """An object without its secrets. Raises InputError where there is none of that name, or several."""
        item = self._find(kind, name, extension)
        secret = {name for f in item.noun.fields if f.secret for name in (f.name, f.answered_as, f.sent_as)}
        found = {name: value for name, value in as_read(item).items() if name not in secret}
        masked: dict[str, Any] = self.client.mask.fields(found, NAMES)
        return masked

    def _find(self, kind: str, name: str, extension: str | None) -> Item:
        if not name.strip():
            raise InputError([f"the name of the {kind} to look up is empty"])
        if extension is None and not KINDS[kind]:
            raise InputError([f'{kind} "{name}": extension is missing; each extension has its own {kind} objects'])
        if extension is not None and kind in _OF_THE_TENANT:
            raise InputError([f'{kind} "{name}": leave extension out; no extension has a {kind} of its own'])
        if extension is None:
            return self._references.resolve(KINDS[kind], name, Place(), "")
        return self._references.resolve(kind, name, self._places.of(NOUNS[kind], extension, None), "")


# A worker of Ansible is a process that one task has for itself, so that the data that it has read stays valid.
_OPEN: dict[Settings, Lookup] = {}


@contextmanager
def tenant(settings: Settings) -> Iterator[Lookup]:
    """Give the lookup of names in a tenant. All lookups of one task share it."""
    if settings in _OPEN:
        yield _OPEN[settings]
        return
    lookup = Lookup(Client(settings, read_only=True))
    if multiprocessing.current_process().name != "MainProcess":
        _OPEN[settings] = lookup
        yield lookup
        return
    try:
        yield lookup
    finally:
        lookup.client.close()


def settings_of(direct: Mapping[str, Any], variables: Mapping[str, Any], others: Mapping[str, Any]) -> Settings:
    """How to reach the tenant. direct: options of the lookup. variables: those of the host, with their prefix. others:
    the environment and the defaults. Raises InputError for mistakes that show at once."""
    own = {name: variables[f"{PREFIX}{name}"] for name in OPTIONS if f"{PREFIX}{name}" in variables}
    given = {name: value for name, value in own.items() if _is_value(value)}
    (found,) = tenants_of([{"name": "lookup", **direct}], given, others)
    return found.settings


def _is_value(value: Any) -> bool:
    """Whether a variable has a value; Ansible's word for leaving an option out is none."""
    return isinstance(value, (str, int, float, bool)) and not str(value).startswith("__omit_place_holder__")


def names_in(terms: Sequence[Any]) -> list[str]:
    """The names to look up, each of which may have come as a number."""
    return [str(name) for term in terms for name in (term if isinstance(term, (list, tuple)) else [term])]
