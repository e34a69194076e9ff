# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Where the values of a task are taken from Ansible, on either execution path.

Ansible turns ``no`` into the text False and 1.10 into 1.1 before a module sees them, so that values are judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ansible.module_utils.common.validation import check_type_dict

from .._model.document import TENANT, parse
from .._model.field import Field
from .._model.given import as_text, emptied, uncleared, unknown, wrong_with
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._model.sentence import Odd, after, kind_of, suggestion
from .._model.values import ValueProblem, normal
from .._state.place import Place
from .._text.plain import shortened
from .bindings import Binding, NounBinding
from .documents import OfDocument
from .specs import PLACES, Spec, mask_of

# The options that name a place hold the number of an extension, and digits that a caller presses.
_PLACES = {
    "extension": Field("extension", kind="number"),
    PLACES["ivr_option"][0]: Field(PLACES["ivr_option"][0], kind="code"),
}
_AS_TEXT = "; ansible-core before 2.19 makes text of a variable that holds a date, so write dates in quotes"


@dataclass
class Taken:
    """The arguments of a task as plain values. wrong: one sentence for each mistake. odd: what to warn of."""

    args: dict[str, Any]
    wrong: list[str]
    odd: list[str]


def take(binding: Binding, args: Mapping[str, Any]) -> Taken:
    """The arguments of a task, judged as far as they can be without the PBX."""
    spec = binding.argument_spec()["argument_spec"]
    given = {str(name): python_value(value) for name, value in args.items()}
    given = {name: value for name, value in given.items() if value is not None or not _falls_back(spec, name)}
    mask = mask_of(given)
    sentences = [type(one)(shortened(mask.text(one))) for one in _sentences(binding, given)]
    wrong = [sentence for sentence in sentences if not isinstance(sentence, Odd)]
    return Taken(as_text(given), wrong, [sentence for sentence in sentences if isinstance(sentence, Odd)])


def _falls_back(spec: Spec, name: str) -> bool:
    """Whether an option that is empty has a value all the same. Ansible would make the text None of it."""
    return spec.get(name, {}).get("default") is not None


def with_raw(binding: Binding, params: Mapping[str, Any], args: Mapping[str, Any]) -> dict[str, Any]:
    """Validated parameters, in which the fields of a noun are as they were given: an integer is not yet text."""
    found = dict(params)
    if not isinstance(binding, NounBinding):
        return found
    fields = binding.noun.writable if binding.declares else ()
    for name, aliases in (
        *((one.name, (one.name, one.sent_as)) for one in fields if one.type != "file"),
        *((name, (name,)) for name in ("extension", binding.program[0] if binding.program else "")),
    ):
        raw = next((args[alias] for alias in aliases if args.get(alias) is not None), None)
        # A list may be written as one text, which Ansible takes apart.
        if raw is not None and found.get(name) is not None and not (isinstance(raw, str) and found[name] != raw):
            found[name] = raw
    return found


def python_value(value: Any) -> Any:
    """A value of YAML without Ansible's notes about it: where it comes from, whether it is trusted, its vault."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {python_value(name): python_value(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [python_value(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted((python_value(part) for part in value), key=str)
    if isinstance(value, datetime):
        return datetime.combine(python_value(value.date()), value.timetz())
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    # The str of an encrypted value is its text.
    return str(value)


def _sentences(binding: Binding, args: Mapping[str, Any]) -> Iterator[str]:
    spec = binding.argument_spec()["argument_spec"]
    noun = binding.noun if isinstance(binding, NounBinding) else TENANT
    declares = isinstance(binding, NounBinding) and binding.declares
    fields = {one.name: one for one in noun.writable} if declares else {}
    where = _where(noun, args) if isinstance(binding, NounBinding) else ""
    aliases = {alias: name for name, option in spec.items() for alias in (name, *option.get("aliases", ()))}
    names = [*fields, *(name for name in spec if name not in fields)]
    cleared = args.get("unset") if declares else None
    for name, field in fields.items():
        if isinstance(cleared, list) and name in cleared and name not in noun.clearable:
            yield f"{where}{name} {uncleared(noun, field)}"
    for sentence in unknown(noun, args, names, aliases if noun.clearable else {*aliases, "unset"}):
        yield after(where, sentence)
    if isinstance(binding, OfDocument):
        yield from _dates_in(binding, args)
    program = binding.program if isinstance(binding, NounBinding) else None
    for name, value in args.items():
        option = aliases.get(name, "")
        if option in fields:
            yield from (after(where, sentence) for sentence in _of_field(fields[option], value))
        elif program and option == program[0]:
            yield from (after(where, sentence) for sentence in _of_structure(option, spec[option], value))
            yield from _of_program(NOUNS[program[1]], value, f"{where.removesuffix(': ')} > {option}")
        elif option:
            yield from (after(where, sentence) for sentence in _of_structure(option, spec[option], value))
            yield from (after(where, sentence) for sentence in _of_scalar(option, spec[option], value))
            for field in _option_fields(option, spec[option], value):
                yield from (after(where, sentence) for sentence in _of_field(field, value))


def _dates_in(binding: OfDocument, args: Mapping[str, Any]) -> Iterator[str]:
    """Yield the mistakes in a document where YAML has read a date, which JSON and the PBX only know as text."""
    given = {name: args[name] for name in binding.sections() if args.get(name) is not None}
    written = as_text(given)
    if written != given:
        anyway = parse(written, binding.noun)[1]
        yield from (sentence for sentence in parse(given, binding.noun)[1] if sentence not in anyway)


def _of_field(field: Field, value: Any) -> Iterator[str]:
    if value is None:
        yield from emptied(field)
        return
    if field.type == "list" and isinstance(value, str):
        if field.parts:
            yield from _of_structure(field.name, {"type": "list", "elements": "dict"}, value)
        return
    found = list(wrong_with(field, value))
    yield from (f"{field.name}{sentence}" for sentence in found)
    choices = (*field.choices, "None") if field.null_choice else field.choices
    if not found and field.choices and not isinstance(value, bool) and value not in choices:
        yield f'{field.name} "{value}" is none of {", ".join(field.choices)}'


def _of_program(noun: Noun, rules: Any, where: str) -> Iterator[str]:
    if not isinstance(rules, list):
        return
    fields = noun.by_spelling
    for index, rule in enumerate(rules):
        if not isinstance(rule, Mapping):
            continue
        place = f"{where}[{index}]: "
        for sentence in unknown(noun, rule, [one.name for one in noun.writable], {*fields, "unset"}):
            yield after(place, sentence)
        for name, value in rule.items():
            if name in fields:
                yield from (after(place, sentence) for sentence in _of_field(fields[name], value))


def _of_structure(name: str, option: Spec, value: Any) -> Iterator[str]:
    """Yield the mistakes in the structure of an option that holds dictionaries."""
    if value is None:
        return
    if option["type"] == "dict" and isinstance(value, Mapping) and "options" in option:
        names = list(option["options"])
        yield from (f"{name} has no {part}; {suggestion(str(part), names)}" for part in value if part not in names)
    if option["type"] == "dict" and not isinstance(value, Mapping) and not _is_dictionary(value):
        yield f"{name} is {kind_of(value)}, where a dictionary belongs"
    elif option["type"] == "list" and isinstance(value, Mapping) and option.get("elements") != "dict":
        yield f"{name} is {kind_of(value)}, where a list belongs"
    elif option["type"] == "list" and option.get("elements") == "dict":
        if not isinstance(value, list):
            made_text = _AS_TEXT if isinstance(value, str) and "datetime." in value else ""
            yield f"{name} is {kind_of(value)}, where a list belongs{made_text}"
            return
        for index, element in enumerate(value):
            if not isinstance(element, Mapping):
                yield f"{name}[{index}] is {kind_of(element)}, where a dictionary of fields belongs"


def _is_dictionary(value: Any) -> bool:
    """Whether a value is a text of which Ansible makes a dictionary."""
    try:
        return isinstance(value, str) and isinstance(check_type_dict(value), dict)
    except (TypeError, ValueError):
        return False


def _of_scalar(name: str, option: Spec, value: Any) -> Iterator[str]:
    """Yield the mistakes in an option that holds a number or a boolean."""
    if option["type"] in ("int", "float", "bool") and value is not None:
        try:
            normal(Field(name, option["type"]), value)
        except ValueProblem as problem:
            yield f"{name} {problem}"


def _option_fields(name: str, option: Spec, value: Any) -> Iterator[Field]:
    """An option that is no field of a noun as a field, where its values can be judged like those of one."""
    if name in _PLACES:
        yield _PLACES[name]
    elif option["type"] in ("str", "path") and "choices" not in option:
        yield Field(name)
    elif option["type"] == "list" and option.get("elements") == "str" and isinstance(value, list):
        yield Field(name, "list", elements="str")


def _where(noun: Noun, args: Mapping[str, Any]) -> str:
    """The words that a sentence about a task begins with, as far as the task itself tells them."""
    place = Place()
    named_by: list[Any] = []
    for parent in noun.parents:
        option, aliases = PLACES.get(parent, ("extension", ["extension_id"]))
        named: Sequence[Any] = [args[name] for name in (option, *aliases) if args.get(name) is not None]
        if not named:
            return ""
        named_by.append(named[0])
        place = place.inside(NOUNS[parent], "", str(named[0]))
    names = {one.name: args.get(one.name, args.get(one.sent_as)) for one in noun.fields if one.name in noun.key}
    if any(isinstance(part, (Mapping, list)) for part in (*named_by, *names.values())):
        # Something else is wrong with these, and said.
        return ""
    return f"{place.where(noun, names)}: "
