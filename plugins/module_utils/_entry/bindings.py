# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The binding of a module: its options, and the call to the engine that it makes with them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from .._engine.engine import Engine
from .._engine.errors import InputError
from .._engine.live import traffic
from .._engine.read.selection import Query
from .._model.addresses import NAMES, addresses_in
from .._model.edges import is_pointed_at, led_by_options
from .._model.kind import Kind, Readable
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._state.place import Place
from .._text.mask import secrets_of
from .specs import CONNECTION, PLACES, Spec, option_of, options_of, place_options, program_options

STATE: Spec = {"type": "str", "choices": ["present", "absent"], "default": "present"}
UPDATE_PASSWORD: Spec = {"type": "str", "choices": ["always", "on_create"], "default": "always", "no_log": False}
LIVE_TRAFFIC: Spec = {"type": "str", "choices": ["refuse", "allow"], "default": "refuse"}
CHECK_REFERENCES: Spec = {"type": "bool", "default": True, "no_log": False}
UPDATE_FILE: Spec = {"type": "str", "choices": ["differs", "always", "on_create"], "default": "differs"}

# Ansible blanks out a no_log value wherever it occurs. Below this length it would blank out ids and numbers too, so
# that shorter ones are hidden field by field only.
SHORT_SECRET = 8

OneOf = list[tuple[str, ...]]


class Binding(ABC):
    """One module.

    returned: the key of the result under which the object, or the list of objects, is returned.
    beside: further keys of the result.
    writes: whether the module may change anything, and so returns a plan and a diff.
    secrets: the options that hold secrets, which may be too short to be blanked out wherever it occurs.
    attributes: the options for the attributes of a file, which only a module in a process of its own can set.
    """

    returned: str
    beside: ClassVar[tuple[str, ...]] = ()
    secrets: tuple[str, ...] = ()
    writes: ClassVar[bool] = True
    attributes: ClassVar[tuple[str, ...]] = ()

    def load(self) -> None:
        """Import also the code for options that few tasks have, so that many processes can inherit it."""
        return

    @abstractmethod
    def options(self) -> Spec:
        """The options beside the connection."""

    def one_of(self) -> OneOf:
        """Groups of options of which at least one is required."""
        return []

    def exclusive(self) -> OneOf:
        """Groups of options of which at most one may be given."""
        return []

    @abstractmethod
    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        """Do the module's work, and give the value for ``returned``."""

    def apart(self, params: Mapping[str, Any], check: bool) -> dict[str, Any] | None:
        """Return the result without any PBX, ``warnings`` included; None where the module needs one."""
        return None

    @contextmanager
    def ready(self, params: Mapping[str, Any], check: bool) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
        """Give the options as the other methods take them, and the results about that conversion. They hold within
        this context."""
        yield params, {}

    def results(self, returned: Any) -> dict[str, Any]:
        """Return the result of perform under the names that the module returns."""
        return {self.returned: returned}

    def hidden(self, params: Mapping[str, Any]) -> Iterator[Any]:
        """The secret values in the options named by ``secrets``."""
        yield from (params[name] for name in self.secrets if params.get(name) is not None)

    def blanked(self, params: Mapping[str, Any]) -> set[str]:
        """The values that are blanked out wherever they occur in a result.

        Ansible would take everything in such an option for one, however short and however common.
        """
        spec = self.argument_spec()["argument_spec"]
        # An empty value is everywhere: an environment variable that is set to nothing would blank out every letter.
        whole = [n for n, o in spec.items() if o.get("no_log") and n not in NAMES.union(self.secrets) and params.get(n)]
        long = {str(value) for value in self.hidden(params) if len(str(value)) >= SHORT_SECRET}
        # A module that only reads returns addresses as they are.
        secret = {one for one in addresses_in(params) if self.writes and any(secrets_of(one))}
        return long | secret | {str(params[name]) for name in whole}

    @cached_property
    def _spec(self) -> Spec:
        return {**CONNECTION, **self.options()}

    def argument_spec(self) -> dict[str, Any]:
        """The keyword arguments that AnsibleModule and ArgumentSpecValidator share."""
        return {
            # AnsibleModule adds to it.
            "argument_spec": dict(self._spec),
            "required_one_of": self.one_of(),
            "mutually_exclusive": self.exclusive(),
        }


K = TypeVar("K", bound=Kind)


@dataclass(frozen=True)
class NounBinding(Binding, Generic[K]):
    """A module for one noun, operation or reading.

    sides: for a noun that the API has twice, the nouns by the name of their side.
    """

    noun: K
    sides: Mapping[str, K] = field(default_factory=dict)

    # Whether the fields of the noun are options, so that a place cannot go by the name of one.
    declares: ClassVar[bool] = True

    @property
    def returned(self) -> str:  # type: ignore[override]
        return self.noun.name

    @property
    def secrets(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(f.name for f in self.noun.fields if f.secret) if self.declares else ()

    def options(self) -> Spec:
        spec = place_options(self.noun, {f.name for f in self.noun.writable} if self.declares else ())
        if self.sides:
            spec["side"] = {"type": "str", "choices": list(self.sides), "default": next(iter(self.sides))}
        return spec

    @property
    def program(self) -> tuple[str, str] | None:
        """The option that holds a list of rules, and their noun, where there is one."""
        return self.noun.program if self.declares and isinstance(self.noun, Noun) else None

    def one_of(self) -> OneOf:
        return [("extension", "extension_id")] if self.noun.parents else []

    def exclusive(self) -> OneOf:
        return self.one_of()

    def chosen(self, params: Mapping[str, Any]) -> K:
        return self.sides[params["side"]] if self.sides else self.noun

    def place(self, engine: Engine, params: Mapping[str, Any]) -> Place:
        """Where the noun lives that the options name."""
        noun = self.chosen(params)
        if not noun.parents:
            return Place()
        place = engine.places.of(noun, params["extension"], params["extension_id"])
        for parent in noun.parents[1:]:
            place = engine.places.inside(place, parent, params[PLACES[parent][0]])
        return place


class Changing(NounBinding[Noun]):
    """A module that changes objects on the PBX."""

    def _declared(self) -> Spec:
        spec = options_of(self.noun)
        kept = {f.type for f in self.noun.fields if f.write_only and not f.create_only}
        if "file" in kept:
            spec["update_file"] = dict(UPDATE_FILE)
        if kept - {"file"}:
            spec["update_password"] = dict(UPDATE_PASSWORD)
        if self.noun.name in traffic.KINDS:
            spec["live_traffic"] = dict(LIVE_TRAFFIC)
        return spec


class Items(Changing):
    """One object of a list: there with the given values, or not there."""

    def options(self) -> Spec:
        noun = self.noun
        spec = {**super().options(), **self._declared()}
        if noun.deletable:
            spec["state"] = dict(STATE)
            spec.update({f.name: {"type": f.type} for f in noun.delete_query})
        if noun.program:
            section, kind = noun.program
            spec[section] = {"type": "list", "elements": "dict", "options": program_options(NOUNS[kind])}
        if (noun.deletable and is_pointed_at(noun)) or led_by_options(noun):
            spec["check_references"] = dict(CHECK_REFERENCES)
        if noun.emptiable:
            spec["all"] = {"type": "bool"}
        if noun.identity == "id":
            spec["id"] = {"type": "str"}
        else:
            spec[noun.key[0]]["required"] = True
        return spec

    def one_of(self) -> OneOf:
        noun, found = self.noun, super().one_of()
        if noun.identity != "id":
            return found
        others = ("id", "all") if noun.emptiable else ("id",)
        return [*found, *((key, *others) for key in noun.key)]

    def exclusive(self) -> OneOf:
        return super().one_of()

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        noun, place = self.chosen(params), self.place(engine, params)
        engine.live_traffic = params.get("live_traffic", engine.live_traffic)
        where = place.where(noun, params)
        if params.get("all"):
            _only_all(noun, params, where)
            return engine.empty(noun, place)
        given, identity = declared(noun, params, where), params.get("id")
        if params.get("state") == "absent":
            query = {f.name: params[f.name] for f in noun.delete_query if params[f.name] is not None}
            return engine.remove(noun, place, given, identity, query)
        return engine.ensure(noun, place, given, identity, self._program(params, where))

    def _program(self, params: Mapping[str, Any], where: str) -> list[dict[str, Any]] | None:
        section, kind = self.noun.program or ("", "")
        rules = params.get(section)
        if rules is None:
            return None
        return [declared(NOUNS[kind], rule, f"{where} > {section}[{index}]") for index, rule in enumerate(rules)]


class Singleton(Changing):
    """The settings that an extension has once."""

    def options(self) -> Spec:
        spec = {**super().options(), **self._declared()}
        for one in self.noun.writable:
            if one.required:
                spec[one.name]["required"] = True
        return spec

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        place = self.place(engine, params)
        engine.live_traffic = params.get("live_traffic", engine.live_traffic)
        return engine.configure(self.noun, place, declared(self.noun, params, place.where(self.noun, params)))


class Order(Changing):
    """The order in which the rules of a program run."""

    returned = "rules"
    declares = False

    def options(self) -> Spec:
        return {**super().options(), "rules": {"type": "list", "elements": "str", "required": True}}

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        return engine.arrange(self.noun, self.place(engine, params), params["rules"])


@dataclass(frozen=True)
class Info(NounBinding[Readable]):
    """The objects of a list, or the settings that an extension has once, as they are.

    outside: the list where no extension is named, for a noun that the tenant has too.
    """

    outside: Readable | None = None

    declares = False
    writes = False

    @property
    def returned(self) -> str:  # type: ignore[override]
        return self.noun.name if self.noun.singleton else self.noun.plural

    def options(self) -> Spec:
        spec = super().options()
        if self.noun.singleton:
            return spec
        picker = self.noun.picker
        if picker.name not in self.noun.selectors:
            spec[picker.name] = {**option_of(picker), "type": "str"}
        spec.update({name: {"type": "list", "elements": "str"} for name in self.noun.selectors})
        spec.update({f.name: option_of(f) for f in (self.outside or self.noun).list_query})
        spec["limit"] = {"type": "int"}
        return spec

    def one_of(self) -> OneOf:
        return [] if self.outside else super().one_of()

    def exclusive(self) -> OneOf:
        found = super().one_of()
        return [(*found[0], *(f.name for f in self.outside.list_query))] if self.outside else found

    def chosen(self, params: Mapping[str, Any]) -> Readable:
        if self.outside and params["extension"] is None and params["extension_id"] is None:
            return self.outside
        return super().chosen(params)

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        noun, place = self.chosen(params), self.place(engine, params)
        if isinstance(noun, Noun) and noun.singleton:
            return engine.search.settings(noun, place)
        limit, picker = params["limit"], noun.picker
        if limit is not None and limit < 1:
            raise InputError([f"limit is {limit}; it starts at 1"])
        wanted = {name: params[name] for name in noun.selectors if params[name] is not None}
        identity = None if picker.name in noun.selectors else params[picker.name]
        beside = {f.name: params[f.name] for f in noun.list_query}
        return engine.search.find(Query(noun, place, identity, wanted, beside, limit))


def declared(noun: Noun, params: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The declared values: Ansible fills absent options with None, so None is absent and ``unset`` clears."""
    given = {f.name: params[name] for name, f in noun.by_spelling.items() if params.get(name) is not None}
    for name in params.get("unset") or []:
        if name in given:
            raise InputError([f"{where}: {name} has a value and stands in unset; remove the one or the other"])
        given[name] = None
    return given


def _only_all(noun: Noun, params: Mapping[str, Any], where: str) -> None:
    """Raise InputError unless everything is to be deleted, and nothing else is said."""
    if params["state"] != "absent":
        raise InputError([f"{where}: all=true deletes all {noun.plural_title}; say so with state=absent"])
    extra = [name for name in ("id", *(f.name for f in noun.writable)) if params.get(name) is not None]
    if extra:
        raise InputError([f"{where}: all=true deletes all {noun.plural_title}; leave out {', '.join(extra)}"])
