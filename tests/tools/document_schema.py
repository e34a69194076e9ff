# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tenant document as a JSON schema (draft 2020-12) for editors, made of the nouns and of the modules' words.

Only keywords that editors know from older drafts too are used, and two more for the messages of editors that know them.
Templates are accepted wherever a value may stand, for the document is judged again when they are filled in. The modules
check the faults that no schema can express: two objects of one name, which of two times is the earlier one, and whether
a file or the object of a name is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._model.audio import sound_problems
from ansible_collections.telops.pbx.plugins.module_utils._model.destination import ONE
from ansible_collections.telops.pbx.plugins.module_utils._model.document import TENANT, sections_of
from ansible_collections.telops.pbx.plugins.module_utils._model.field import Field
from ansible_collections.telops.pbx.plugins.module_utils._model.hours import DAYS
from ansible_collections.telops.pbx.plugins.module_utils._model.kind import Check
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS, incom_rule, interval, ivr
from ansible_collections.telops.pbx.plugins.module_utils._model.values import FALSE, TRUE
from tests.tools import call_test_schema
from tests.tools.module_words import documentation, plain
from tests.tools.settings import settings

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PREFIX = "pbx_"
TENANT_FILE = "tenant.schema.json"
VARIABLES_FILE = "variables.schema.json"

_TEMPLATE = r"\{[{%]"
_SPACE = r"\s*"
_WORDS = "|".join(
    spelling for word in (*TRUE, *FALSE) for spelling in dict.fromkeys((word, word.title(), word.upper()))
)
_CLOCK = "([01]?[0-9]|2[0-4]):[0-5][0-9](:[0-5][0-9])?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
# How a type is spelled as text, and the message of editors about another spelling.
_PATTERNS = {
    "int": ("[-+]?[0-9]+", "This is a whole number."),
    "bool": (f"({_WORDS})", "This is true or false."),
    "time": (_CLOCK, 'This is a time of day, "hh:mm:ss", in quotes.'),
    "date": (_DAY, 'This is a date, "YYYY-MM-DD", in quotes.'),
    "datetime": (
        rf"{_DAY}[ T][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?(\.[0-9]+)?",
        'This is a date with a time, "YYYY-MM-DD hh:mm:ss", in quotes.',
    ),
}
# The same for the meaning of a text.
_KINDS = {
    "own_number": (r"\+?[0-9]+", "This is a number of the tenant, in quotes."),
    "key": ("[0-9*#]", "This is one key of a phone, in quotes."),
    "destination": (f" *{ONE} *", "This is one number, in quotes."),
    "destinations": (f" *{ONE}( +{ONE})* *", "These are numbers, separated by spaces, in quotes."),
    "url": (r"[A-Za-z]+://\S+", "This is an address, https://host/path."),
    "mail": (r"\S+@\S+", "This is a mail address, name@host."),
}
_DAY_MESSAGE = "This is a day of the week, such as mon, or its number from 1 for Sunday."


def _beginnings(word: str) -> str:
    """A pattern for the beginnings of a word from two letters on, in upper case or lower case."""
    letters = [f"[{one.upper()}{one}]" for one in word]
    return "".join(letters[:2]) + "(".join(["", *letters[2:]]) + ")?" * len(letters[2:])


_WEEKDAY = f"({'|'.join(map(_beginnings, DAYS))})\\.*"
# A sound that is spoken, as pbx_tenant explains it.
RENDERED = {
    "text": "What the sound says, in place of a file.",
    "voice": "The voice that speaks the text, by the name that prompt_command knows.",
    "language": "The language of the text, which is the voice too where none is named.",
}
_EMPTY: Schema = {"enum": [None, "", []]}


def files() -> dict[str, Schema]:
    """Each schema by the name of its file."""
    return {TENANT_FILE: tenant_schema(), VARIABLES_FILE: variables_schema()}


def tenant_schema() -> Schema:
    """For a document, and for a file of host variables that holds at least one of the document's."""
    sections = {name: _section(name, NOUNS[kind]) for name, kind in TENANT.contains}
    return {
        "$schema": DRAFT,
        "title": "A tenant of a hosted PBX",
        "description": "What telops.pbx.pbx_tenant takes and telops.pbx.pbx_tenant_info returns, or host variables.",
        "type": "object",
        "if": {"propertyNames": {"not": {"pattern": f"^{PREFIX}"}}},
        "then": _ref("document"),
        "else": _ref("variables"),
        "$defs": {
            "document": {"type": "object", "properties": sections, "additionalProperties": False},
            "variables": {
                "type": "object",
                "properties": {
                    **{f"{PREFIX}{name}": _ref(f"document/properties/{name}") for name in sections},
                    **{f"{PREFIX}{name}": _setting(option, words) for name, (option, words) in settings().items()},
                    **{f"{PREFIX}{name}": _explained(name) for name in ("call_tests", "assumptions", "intent")},
                },
                # Ansible says nothing of a variable that nobody takes.
                "patternProperties": {f"^{PREFIX}(?!({'|'.join([*sections, *settings()])})$)": False},
            },
            "template": {"type": "string", "pattern": _TEMPLATE},
            **call_test_schema.definitions(_ref("template")),
            **{noun.name: _object(noun) for noun in _nouns(TENANT)},
        },
    }


def variables_schema() -> Schema:
    """For files of host variables, of which some say nothing of a tenant."""
    return {
        "$schema": DRAFT,
        "title": "Host variables with a tenant of a hosted PBX",
        "$ref": f"{TENANT_FILE}#/$defs/variables",
    }


def _setting(option: Mapping[str, Any], words: str) -> Schema:
    """An option of the connection, a guard or a setting of the playbooks."""
    about = {"description": words} if words else {}
    kind = option.get("type", "str")
    if kind == "list":
        element = {key: option[key] for key in ("choices",) if key in option}
        return {
            **about,
            **_or_template({"type": "array", "items": _setting({**element, "type": option["elements"]}, "")}),
        }
    if kind == "dict":
        inner = {name: _setting(one, "") for name, one in option.get("options", {}).items()}
        return {**about, **_or_template({"type": "object", "properties": inner, "additionalProperties": not inner})}
    if option.get("choices"):
        return {**about, "anyOf": [{"enum": [*option["choices"]]}, _ref("template")]}
    if kind == "float":
        return {**about, "type": ["number", "string"]}
    return {**about, **_holds(Field("", "str" if kind in ("path", "raw") else kind))}


def _explained(name: str) -> Schema:
    """An option with a schema of its own."""
    return {"description": settings()[name][1], **_ref(name)}


def _nouns(noun: Noun) -> Iterator[Noun]:
    for dummy, kind in noun.contains:
        yield NOUNS[kind]
        yield from _nouns(NOUNS[kind])


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_template(schema: Schema) -> Schema:
    return {"if": _ref("template"), "else": schema}


def _section(name: str, noun: Noun) -> Schema:
    about = {"title": name.replace("_", " ").capitalize(), "description": _about(noun)}
    if not noun.singleton:
        return {**about, **_or_template({"type": "array", "items": _or_template(_ref(noun.name))})}
    if len(noun.writable) > 1:
        return {**about, **_or_template(_ref(noun.name))}
    return {**about, "if": {"type": "object"}, "then": _ref(noun.name), "else": _value(noun, noun.writable[0])}


def _about(noun: Noun) -> str:
    name = noun.plural_title[0].upper() + noun.plural_title[1:]
    types = f", of extensions of type {' or '.join(noun.extension_types)} only" if noun.extension_types else ""
    if noun.singleton:
        return f"The settings of the {noun.title}{types}. Only those that stand here are managed."
    if noun.ordered:
        return f"{name}{types}, in the order in which they run. The list is the whole list."
    return f"{name}{types}. What is not listed stays as it is, unless this section is purged."


def _object(noun: Noun) -> Schema:
    properties: Schema = {}
    for field in noun.writable:
        properties[field.name] = _value(noun, field)
        if field.sent_as != field.name:
            properties[field.sent_as] = {**properties[field.name], "description": f"The same as `{field.name}`."}
    properties.update((field.name, {"description": RENDERED[field.name], **_holds(field)}) for field in noun.rendered)
    properties.update((name, _section(name, NOUNS[kind])) for name, kind in noun.contains)
    needed = [field for field in noun.writable if field.name in noun.key and not noun.ordered]
    needed += [field for field in noun.writable if field.required and noun.ordered]
    aliased = [field for field in noun.writable if field.sent_as != field.name]
    rules: list[Schema] = [
        {
            "not": {"required": [field.name, field.sent_as]},
            "errorMessage": f"{field.name} stands here twice, also as {field.sent_as}",
        }
        for field in aliased
    ]
    rules += [
        {"anyOf": [{"required": [field.name]}, {"required": [field.sent_as]}]} for field in needed if field in aliased
    ]
    rules += [rule for field in noun.writable for rule in _controlled(noun, field)]
    rules += [*_types(noun), *_variants(noun)]
    rules += [rule for check in noun.checks for rule in CHECKS[check](noun)]
    required = [field.name for field in needed if field not in aliased]
    return {
        "title": noun.title[0].upper() + noun.title[1:],
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
        **({"allOf": rules} if rules else {}),
    }


def _value(noun: Noun, field: Field) -> Schema:
    """The schema of a field's values, with the description from the module that sets it."""
    text = _words(noun).get(field.name, "")
    # A rule needs no name.
    filled = noun.takes_no_empty_text(field) or (field.name in noun.key and not noun.ordered)
    return {
        **({"description": text} if text else {}),
        **({"pattern": r"\S"} if field.name in noun.key and not noun.ordered else {}),
        **_holds(field, null=field.name in noun.clearable, filled=filled),
    }


def _holds(field: Field, null: bool = False, filled: bool = False) -> Schema:
    also = ["null"] if null else []
    if field.parts:
        parts = {part.name: _holds(part, filled=part.required) for part in field.parts}
        required = [part.name for part in field.parts if part.required]
        element: Schema = {"type": "object", "properties": parts, "additionalProperties": False}
        element |= {"required": required} if required else {}
        return _or_template({"type": ["array", *also], "items": element})
    if field.type == "list":
        return _or_template(
            {"type": ["array", *also], "items": _holds(Field(field.name, field.elements or "str", field.kind))}
        )
    if field.refers_to:
        return {"type": ["string", "integer", *also], "pattern": r"\S"}
    if field.choices:
        # YAML reads yes and no without quotes as truth values.
        words = [truth for truth, word in ((True, "yes"), (False, "no")) if word in field.choices]
        return {"anyOf": [{"enum": [*field.choices, *words, *([None] if null else [])]}, _ref("template")]}
    if field.type == "short_number":
        return {"type": ["string", "integer"], "pattern": _either(r"([0-9]+\*)*[0-9]+(@.*)?")}
    if field.kind == "json":
        return {"type": ["string", "integer", "object", "array", *also]}
    pattern, message = _PATTERNS.get(field.type) or _KINDS.get(field.kind, ("", ""))
    space = _SPACE if field.type in _PATTERNS else ""
    bounds: Schema = {"pattern": _either(space + pattern + space), "patternErrorMessage": message}
    if field.kind == "weekday":
        bounds = {"pattern": _either(f"{_SPACE}([-+]?[0-9]+|{_WEEKDAY}){_SPACE}"), "patternErrorMessage": _DAY_MESSAGE}
    if field.type == "int":
        return {"type": ["integer", "string", *also], **bounds}
    if field.type == "bool":
        return {"type": ["boolean", "integer", "string", *also], "minimum": 0, "maximum": 1, **bounds}
    if field.kind in _KINDS and not filled:
        bounds["pattern"] = _either(f"({pattern})?")
    # YAML drops the zeros of numbers, which count where digits are text.
    digits = pattern or (field.has_digits and field.type != "digits")
    numbers = ["integer"] if field.is_number or not digits else []
    return {"type": ["string", *numbers, *also], **(bounds if pattern else {"minLength": 1} if filled else {})}


def _either(pattern: str) -> str:
    return f"^{pattern}$|{_TEMPLATE}"


def _is(field: str, *values: Any) -> Schema:
    return {"required": [field], "properties": {field: {"enum": list(values)}}}


def _null(names: Sequence[str], reason: str) -> Schema:
    return {"properties": {name: {"type": "null", "errorMessage": f"{name} {reason}; leave it out"} for name in names}}


def _given(*names: str) -> Schema:
    """That each of some fields has a value."""
    return {
        "required": list(names),
        "properties": {name: {"not": _EMPTY, "errorMessage": f"{name} is empty"} for name in names},
    }


def _when(condition: Schema, consequence: Schema) -> Schema:
    return {"if": condition, "then": consequence}


def _controlled(noun: Noun, field: Field) -> Iterator[Schema]:
    controller, values = field.applies_with
    if controller:
        others = [choice for choice in noun.by_name[controller].choices if choice not in values]
        reason = f"means something only while {controller} is {' or '.join(values)}"
        yield _when(_is(controller, *others, None), _null([field.name], reason))


def _types(noun: Noun) -> Iterator[Schema]:
    """The sections that extensions of a type do not have."""
    for kind in noun.by_name["type"].choices if noun.name == "extension" else ():
        here = sections_of(noun, kind)
        yield _when(
            _is("type", kind), {"properties": {s: False for s, child in noun.contains if (s, child) not in here}}
        )


def _variants(noun: Noun) -> Iterator[Schema]:
    """The parameters that a rule needs, and those that mean nothing to it."""
    takers: dict[str, set[str]] = {}
    for value, (needed, optional) in noun.variants.items():
        if needed:
            yield _when(_is(noun.variant, value), _given(*needed))
        for name in needed + optional:
            takers.setdefault(name, set()).add(value)
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, values in takers.items():
        groups.setdefault(tuple(value for value in noun.variants if value not in values), []).append(name)
    for others, names in groups.items():
        yield _when(_is(noun.variant, *others), _null(names, f"means nothing to this {noun.variant}"))


def _destinations(noun: Noun) -> list[Schema]:
    most = rf"(\S+(\s+\S+){{0,{incom_rule.MOST_DESTINATIONS - 1}}})?"
    few: Schema = {"properties": {"transfer_dst": {"pattern": _either(_SPACE + most + _SPACE)}}}
    return [_when(_is(noun.variant, "transfer"), few)]


def _caller_id(noun: Noun) -> list[Schema]:
    comparing = _is("caller_id_action", "matches", "not_matches")
    return [
        _when(comparing, _given("caller_id")),
        _when(
            _given("caller_id"),
            {
                "required": ["caller_id_action"],
                "properties": {"caller_id_action": {"anyOf": [{"enum": ["matches", "not_matches"]}, _ref("template")]}},
            },
        ),
    ]


def _variable(noun: Noun) -> list[Schema]:
    halves = ("match_variable_name", "match_variable_value")
    given = [{"required": [half], "properties": {half: {"not": {"type": "null"}}}} for half in halves]
    return [_when(given[0], given[1]), _when(given[1], given[0])]


def _sound(noun: Noun) -> list[Schema]:
    false = [False, 0, *(spelling for word in FALSE for spelling in (word, word.title(), word.upper()))]
    name = "play_sound_from_variable"
    variable: Schema = {"required": [name], "properties": {name: {"not": {"enum": list(dict.fromkeys(false))}}}}
    return [_when(_is("action", "play_sound"), {"anyOf": [_given("sound"), variable]})]


def _digits(noun: Noun) -> list[Schema]:
    pattern = _either(f"({'|'.join(ivr.MANDATORY_OPTIONS)}|[0-9*#]+)")
    return [{"properties": {"digits": {"pattern": pattern}}}]


def _conditions(noun: Noun) -> list[Schema]:
    limits: Schema = {name: {"minimum": low, "maximum": high} for name, (low, high) in interval.LIMITS.items()}
    limits |= {name: {"minimum": 1} for name in interval.SHIFT[1:]}
    rules = [
        _when({"required": [one]}, {"required": [other]})
        for pair in interval.PAIRS
        for one, other in (pair, pair[::-1])
    ]
    rules += [_when({"required": [name]}, {"required": list(interval.SHIFT)}) for name in interval.SHIFT]
    dates = ("start_datetime", "end_datetime")
    ignored = {part.name: False for part in interval.CONDITION if part.name not in dates}
    rules.append(_when({"required": [dates[0]]}, {"properties": ignored}))
    condition: Schema = {"minProperties": 1, "properties": limits, "allOf": rules}
    return [{"properties": {"conditions": _or_template({"items": condition})}}]


# The schemas of each check of a noun, as far as a schema can express it.
CHECKS: dict[Check, Callable[[Noun], list[Schema]]] = {
    incom_rule.check_destinations: _destinations,
    incom_rule.check_caller_id: _caller_id,
    interval.check_conditions: _conditions,
    ivr.check_digits: _digits,
    ivr.check_sound: _sound,
    ivr.check_variable: _variable,
    sound_problems: lambda noun: [],
}


def _words(noun: Noun) -> dict[str, str]:
    """The description of each field of a noun."""
    options = documentation(f"{PREFIX}{noun.name.removeprefix('tenant_')}")
    return {name: plain(option) for name, option in options.items()}
