# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Where Ansible ends and the engine begins: argument specs out of the nouns, and one run for both execution paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Callable
from weakref import WeakKeyDictionary

from ansible.module_utils.basic import AnsibleModule, env_fallback

from ._api.client import Client
from ._api.errors import PbxError
from ._api.settings import Settings
from ._engine.engine import Engine
from ._engine.errors import InputError
from ._engine.memory import Memory
from ._engine.reader import Lookups
from ._model.dialect import SWITCHES, Dialect
from ._model.field import Field
from ._model.noun import Noun
from ._model.nouns import NOUNS

Spec = dict[str, Any]

HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"

# Ansible blanks out a no_log value wherever it occurs. Below this length it would blank out ids and numbers too, so
# that shorter ones are hidden field by field only.
SHORT_SECRET = 8

# What Ansible's sanity tests take for a secret by its name.
_LOOKS_SECRET = re.compile(r"pass(?!ive)|secret|token|key", re.IGNORECASE)

CONNECTION: Spec = {
    "api_url": {"type": "str", "required": True, "fallback": (env_fallback, ["PBX_API_URL"])},
    "access_token": {"type": "str", "no_log": True, "fallback": (env_fallback, ["PBX_ACCESS_TOKEN"])},
    "app_id": {"type": "str", "fallback": (env_fallback, ["PBX_APP_ID"])},
    "app_secret": {"type": "str", "no_log": True, "fallback": (env_fallback, ["PBX_APP_SECRET"])},
    "api_username": {"type": "str", "fallback": (env_fallback, ["PBX_USERNAME"])},
    "api_password": {"type": "str", "no_log": True, "fallback": (env_fallback, ["PBX_PASSWORD"])},
    "token_url": {"type": "str", "no_log": False},
    "client": {"type": "str", "default": "@me"},
    "validate_certs": {"type": "bool", "default": True, "fallback": (env_fallback, ["PBX_VALIDATE_CERTS"])},
    "ca_path": {"type": "path", "fallback": (env_fallback, ["PBX_CA_PATH"])},
    "api_timeout": {"type": "float", "default": 30.0},
    "rate_limit_wait": {"type": "float", "default": 60.0},
    "dialect": {
        "type": "dict",
        "options": {name: {"type": "str", "choices": list(switch.values)} for name, switch in SWITCHES.items()},
    },
}

EXTENSION: Spec = {"extension": {"type": "str"}, "extension_id": {"type": "str"}}

# The places inside of an extension: the option that names each, and its aliases.
PLACES: dict[str, tuple[str, list[str]]] = {
    "ivr_context": ("ivr_context", ["context_id", "context"]),
    "ivr_option": ("option_digits", ["option"]),
}


@dataclass(frozen=True)
class Binding:
    """How a module uses the engine. kind: item, singleton, order or info."""

    noun: Noun
    kind: str = "item"

    @property
    def returned(self) -> str:
        """The name under which the object, or the list of objects, is returned."""
        return {"order": "rules", "info": f"{self.noun.name}s"}.get(self.kind, self.noun.name)


MODULES: dict[str, Binding] = {
    "pbx_agent": Binding(NOUNS["agent"]),
    "pbx_event": Binding(NOUNS["event"]),
    "pbx_extension_info": Binding(NOUNS["extension"], "info"),
    "pbx_incom_rule": Binding(NOUNS["incom_rule"]),
    "pbx_incom_rule_order": Binding(NOUNS["incom_rule"], "order"),
    "pbx_interval": Binding(NOUNS["interval"]),
    "pbx_ivr": Binding(NOUNS["ivr"], "singleton"),
    "pbx_ivr_context": Binding(NOUNS["ivr_context"]),
    "pbx_ivr_option": Binding(NOUNS["ivr_option"]),
    "pbx_ivr_rule": Binding(NOUNS["ivr_rule"]),
    "pbx_ivr_rule_order": Binding(NOUNS["ivr_rule"], "order"),
    "pbx_phone": Binding(NOUNS["phone"], "singleton"),
    "pbx_queue": Binding(NOUNS["queue"], "singleton"),
    "pbx_queue_agent": Binding(NOUNS["queue_agent"]),
}


def option_of(field: Field) -> Spec:
    """One field as an option of a module."""
    spec: Spec = {"type": field.type if field.type in ("int", "bool", "list") and not field.refers_to else "str"}
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
    if field.secret:
        spec["no_log"] = True
    elif _LOOKS_SECRET.search(field.name):
        spec["no_log"] = False
    return spec


def _options_of(noun: Noun) -> Spec:
    options = {field.name: option_of(field) for field in noun.writable}
    if noun.clearable:
        options["unset"] = {"type": "list", "elements": "str", "choices": sorted(noun.clearable), "default": []}
    return options


def argument_spec(binding: Binding) -> dict[str, Any]:
    """The keyword arguments that AnsibleModule and ArgumentSpecValidator share."""
    noun, spec = binding.noun, dict(CONNECTION)
    one_of: list[tuple[str, ...]] = []
    exclusive: list[tuple[str, ...]] = []
    if noun.parents:
        spec.update(EXTENSION)
        one_of.append(("extension", "extension_id"))
        exclusive.append(("extension", "extension_id"))
    # The jump target of an IVR rule is called context too, so there it cannot stand for the place.
    taken = {field.name for field in noun.writable} if binding.kind == "item" else set()
    for parent in noun.parents[1:]:
        option, aliases = PLACES[parent]
        spec[option] = {"type": "str", "required": True, "aliases": [name for name in aliases if name not in taken]}
    if binding.kind in ("item", "singleton"):
        spec.update(_options_of(noun))
        if any(field.write_only for field in noun.fields):
            choices = ["always", "on_create"]
            spec["update_password"] = {"type": "str", "choices": choices, "default": "always", "no_log": False}
    if binding.kind == "item":
        spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
        for section, kind in noun.contains:
            if NOUNS[kind].ordered:
                spec[section] = {"type": "list", "elements": "dict", "options": _program_options(NOUNS[kind])}
        if noun.identity == "id":
            spec["id"] = {"type": "str"}
            one_of += [(key, "id") for key in noun.key]
        else:
            spec[noun.key[0]]["required"] = True
    if binding.kind == "order":
        spec["rules"] = {"type": "list", "elements": "str", "required": True}
    return {"argument_spec": spec, "required_one_of": one_of, "mutually_exclusive": exclusive}


def _program_options(noun: Noun) -> Spec:
    options = _options_of(noun)
    options[noun.variant]["required"] = True
    return options


# A loop runs in one worker, so that its items share a connection, a token, and what names mean.
_CLIENTS: dict[tuple[Settings, bool], Client] = {}
_LOOKUPS: WeakKeyDictionary[Client, Lookups] = WeakKeyDictionary()


class Run:
    """One task: validated parameters in, Ansible's result out.

    memory: the file with what earlier tasks of this preview would have done, where there can be one.
    """

    def __init__(self, module: str, params: Mapping[str, Any], check: bool, memory: str | None = None) -> None:
        self._binding = MODULES[module]
        self._params = params
        self._check = check
        self._memory = Memory(memory) if memory else None
        self._client: Client | None = None

    def result(self) -> dict[str, Any]:
        """What the module returns, ``failed`` and ``msg`` included."""
        try:
            self._client = self._connect()
            engine = Engine(
                self._client,
                Dialect.of(self._params.get("dialect") or {}),
                self._check,
                self._memory,
                self._params.get("update_password") or "always",
                _LOOKUPS.setdefault(self._client, {}),
            )
            returned = self._perform(engine)
            return {**engine.report(), self._binding.returned: returned}
        except PbxError as error:
            return self._failure(error)

    def _connect(self) -> Client:
        settings = Settings(**{field.name: self._params[field.name] for field in fields(Settings)})
        key = (settings, self._check)
        if key not in _CLIENTS:
            _CLIENTS[key] = Client(settings, read_only=self._check)
        _CLIENTS[key].requests.clear()
        return _CLIENTS[key]

    def _perform(self, engine: Engine) -> Any:
        noun, kind = self._binding.noun, self._binding.kind
        if kind == "info":
            return engine.extensions()
        place = engine.place(noun, self._params["extension"], self._params["extension_id"])
        for parent in noun.parents[1:]:
            place = engine.inside(place, parent, self._params[PLACES[parent][0]])
        if kind == "order":
            return engine.arranged(noun, place, self._params["rules"])
        where = place.where(noun, self._params)
        given = _given(noun, self._params, where)
        if kind == "singleton":
            return engine.configured(noun, place, given)
        identity = self._params.get("id")
        if self._params["state"] == "absent":
            return engine.absent(noun, place, given, identity)
        return engine.present(noun, place, given, identity, self._program(where))

    def _program(self, where: str) -> list[dict[str, Any]] | None:
        for section, kind in self._binding.noun.contains:
            rules = self._params.get(section)
            if rules is not None and NOUNS[kind].ordered:
                return [_given(NOUNS[kind], rule, f"{where} > {section}[{n}]") for n, rule in enumerate(rules)]
        return None

    def _failure(self, error: PbxError) -> dict[str, Any]:
        details = dict(error.details)
        done = details.setdefault("done", [])
        message = str(error)
        if done:
            message += f"\nDone before: {'; '.join(done)}."
        if details.get("left"):
            message += f"\nNot done: {'; '.join(details['left'])}."
        requests = dict(sorted(self._client.requests.items())) if self._client else {}
        return {"failed": True, "msg": message, "changed": bool(done), "requests": requests, **details}


def _given(noun: Noun, params: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The declared values: Ansible fills absent options with None, so None is absent and ``unset`` clears."""
    given = {f.name: params[f.name] for f in noun.writable if params.get(f.name) is not None}
    for name in params.get("unset") or []:
        if name in given:
            raise InputError([f"{where}: {name} has a value and stands in unset; remove the one or the other"])
        given[name] = None
    return given


def secret_params(module: str) -> list[str]:
    """The options of a module whose values may be too short to be blanked out wherever they occur."""
    return [field.name for field in MODULES[module].noun.fields if field.secret]


def run_module(name: str, ansible_module: Callable[..., AnsibleModule] = AnsibleModule) -> None:
    """The whole main() of an ordinary module."""
    module = ansible_module(supports_check_mode=True, **argument_spec(MODULES[name]))
    result = Run(name, dict(module.params), module.check_mode).result()
    for option in secret_params(name):
        value = module.params.get(option)
        if value is not None:
            module.params[option] = HIDDEN
            if len(str(value)) < SHORT_SECRET:
                module.no_log_values.discard(str(value))
    for warning in result.pop("warnings", []):
        module.warn(warning)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)
