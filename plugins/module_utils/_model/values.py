# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One spelling for every value: what users write and what servers answer become the same plain Python values."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .field import Field
from .noun import Noun

# Stands for a declared value that made no sense, so that nobody says it is missing.
_UNKNOWN = object()

TRUE = ("true", "yes", "on", "1")
FALSE = ("false", "no", "off", "0")

CLEAR_IT = "clear it with unset (null in a document)"

_INT = re.compile(r"[-+]?[0-9]+")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATETIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::(\d{2}))?(?:\.\d+)?", re.ASCII)


class ValueProblem(ValueError):
    """A value that its field cannot have; the text is the second half of a sentence that begins with the field.

    inside: where in the field's value the problem lies, such as ``[0].start_time``.
    """

    def __init__(self, text: str, inside: str = "") -> None:
        super().__init__(text)
        self.inside = inside


def normal(field: Field, value: Any) -> Any:
    """The one spelling of a declared or an answered value.

    Raises ValueProblem with what would be right.
    """
    if value is None:
        return None
    if field.type == "list":
        return _normal_list(field, value)
    if field.type == "object":
        return value
    if isinstance(value, Mapping):
        value = _out_of_object(field, value)
    if value is None or (field.null_choice and value == "None"):
        return None
    return _SCALARS[field.type](field, value)


def _out_of_object(field: Field, value: Mapping[str, Any]) -> Any:
    """Some servers answer an object where they take a string or an id (semantics.md sections 3 and 9 (16))."""
    for name in (field.name, field.answered_as, "id", "name", "value"):
        if name in value:
            return value[name]
    raise ValueProblem(f"is an object, {_json(value)}, where a plain value belongs")


def _normal_list(field: Field, value: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        raise ValueProblem(f"is {value!r}, which is not a list")
    one = _normal_part if field.parts else _normal_element
    found = [one(field, index, element) for index, element in enumerate(value)]
    return found if field.ordered else sorted(found, key=_json)


def _normal_element(field: Field, index: int, element: Any) -> Any:
    plain = Field(field.name, field.elements or "str")
    if element is None:
        raise ValueProblem("is empty", f"[{index}]")
    return _inside(plain, element, f"[{index}]")


def _normal_part(field: Field, index: int, element: Any) -> dict[str, Any]:
    if not isinstance(element, Mapping):
        raise ValueProblem(f"is {element!r}, which is not a dictionary", f"[{index}]")
    found = {}
    for part in field.parts:
        raw = element.get(part.name)
        # Unset parts come back as null or as 0 (semantics.md section 4); 0 is a value only where one is required.
        if raw is not None and (raw != "" or part.may_be_empty):
            spelled = _inside(part, raw, f"[{index}].{part.name}")
            if spelled != 0 or part.required:
                found[part.name] = spelled
    return found


def _inside(part: Field, value: Any, inside: str) -> Any:
    """A plain value in a list; raises ValueProblem with its place in there."""
    try:
        return _SCALARS[part.type](part, value)
    except ValueProblem as problem:
        raise ValueProblem(str(problem), inside) from None


def _text(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        words = TRUE if value else FALSE
        return next((word for word in words if word in field.choices), words[0])
    if isinstance(value, (Mapping, list, tuple)):
        raise ValueProblem("is a list or a dictionary, where text belongs")
    return str(value)


def _int(field: Field, value: Any) -> int:
    if isinstance(value, bool) or not _INT.fullmatch(str(value).strip()):
        raise ValueProblem(f"is {value!r}, which is not a whole number")
    return int(value)


def _bool(field: Field, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise ValueProblem(f"is {value!r}, which is neither true nor false")


def _time(field: Field, value: Any) -> str:
    match = _TIME.fullmatch(str(value).strip())
    if not match or int(match[1]) > 24 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        raise ValueProblem(f'is {value!r}, which is not a time of day; write it as "hh:mm:ss", in quotes')
    return f"{int(match[1]):02}:{match[2]}:{match[3] or '00'}"


def _date(field: Field, value: Any) -> str:
    if not _DATE.fullmatch(str(value).strip()):
        raise ValueProblem(f'is {value!r}, which is not a date; write it as "YYYY-MM-DD", in quotes')
    return str(value).strip()


def _datetime(field: Field, value: Any) -> str:
    match = _DATETIME.fullmatch(str(value).strip())
    if not match:
        raise ValueProblem(f'is {value!r}, which is not a date with a time; write it as "YYYY-MM-DD hh:mm:ss"')
    return f"{match[1]} {match[2]}:{match[3] or '00'}"


def short_number(name: str) -> str:
    """The number that people dial inside their tenant, out of ``prefix*number`` or ``prefix*number@domain``
    (semantics.md section 5, extension numbers)."""
    return name.split("@", 1)[0].rsplit("*", 1)[-1]


def _short_number(field: Field, value: Any) -> str:
    return short_number(_text(field, value))


_SCALARS = {
    "str": _text,
    "digits": _text,
    "int": _int,
    "bool": _bool,
    "time": _time,
    "date": _date,
    "datetime": _datetime,
    "file": _text,
    "short_number": _short_number,
}


def read(noun: Noun, answer: Mapping[str, Any]) -> dict[str, Any]:
    """An object of a server, under the names of the options; what the noun does not declare is left out.

    A value that makes no sense is kept as it is, so that it shows in a diff instead of failing the run.
    """
    found: dict[str, Any] = {}
    for field in noun.fields:
        if field.write_only or field.answered_as not in answer:
            continue
        raw = answer[field.answered_as]
        try:
            found[field.name] = normal(field, raw)
        except ValueProblem:
            # As text where nothing could be found by it otherwise: an id may be answered as a list.
            plain = field.type in ("list", "object") or not isinstance(raw, (Mapping, list))
            found[field.name] = raw if plain else _json(raw)
    return found


def shown(noun: Noun, answer: Mapping[str, Any]) -> dict[str, Any]:
    """An object as a module returns it: as the server has it, typed as documented, without secrets."""
    values = read(noun, answer)
    by_answer = {f.answered_as: f for f in noun.fields}
    found = {}
    for name in sorted(answer):
        field = by_answer.get(name)
        if field is None:
            found[name] = answer[name]
        elif not (field.secret or field.write_only):
            found[name] = values.get(field.name)
            if field.type == "short_number":
                found[name], found[field.name] = answer[name], found[name]
    return found


def same(field: Field, live: Any, wanted: Any) -> bool:
    """Whether a live value is what was asked for. A field that is to be cleared also counts as cleared when the
    server answers one of the defaults that the contract prints for it (semantics.md section 9 (21))."""
    if wanted is None:
        return live in (None, "", []) or live in field.defaults
    if field.type == "list" and not field.ordered and isinstance(live, list) and isinstance(wanted, list):
        return sorted(live, key=_json) == sorted(wanted, key=_json)
    return bool(live == wanted)


def sent(field: Field, value: Any, null_choice: str = "null") -> Any:
    """A value as the contract takes it in a request body."""
    if value is None:
        return "None" if field.null_choice and null_choice == "none" else None
    if field.type == "digits":
        return int(value) if str(value).isdecimal() and str(int(value)) == str(value) else value
    if field.parts:
        known = {part.name: part for part in field.parts}
        return [{name: sent(known[name], part) for name, part in element.items()} for element in value]
    return value


def problems(
    noun: Noun, declared: Mapping[str, Any], live: Mapping[str, Any] | None, unusable: Collection[str] = ()
) -> Iterator[str]:
    """One sentence for each reason why the declared values cannot be sent. live: the object's present values, or
    None when it would be created. unusable: the fields whose declared values have been refused already."""
    merged = {**(live or {}), **declared, **dict.fromkeys(unusable, _UNKNOWN)}
    for field in noun.writable:
        if live is None and field.required and merged.get(field.name) is None:
            yield f"{field.name} is missing; a new {noun.title} needs it"
        elif field.required and field.name in declared and declared[field.name] is None:
            yield f"{field.name} cannot be cleared; a {noun.title} needs it"
        yield from misplaced(field, declared, merged)
    yield from value_problems(noun, declared)
    yield from _variant_problems(noun, declared, merged, new=live is None)
    for check in noun.checks:
        yield from check(declared, merged)


def misplaced(field: Field, declared: Mapping[str, Any], merged: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a field that another one gives a meaning or takes it away."""
    controller, values = field.applies_with
    if controller and declared.get(field.name) is not None and merged.get(controller) not in (*values, _UNKNOWN):
        yield (
            f"{field.name} means something only while {controller} is {' or '.join(values)}, "
            f"and it is {merged.get(controller) or 'not set'}; declare {controller} too, or leave {field.name} out"
        )


def value_problems(noun: Noun, declared: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each value that its field cannot have, whatever the others are."""
    for field in noun.writable:
        value = declared.get(field.name)
        if value is None:
            continue
        if field.choices and value not in field.choices:
            yield f'{field.name} "{value}" is none of {", ".join(field.choices)}'
        if value == "" and noun.takes_no_empty_text(field):
            yield f"{field.name} is empty; give one{f', or {CLEAR_IT}' if field.name in noun.clearable else ''}"
        for part in field.parts:
            for index, element in enumerate(value):
                if part.required and element.get(part.name) is None:
                    yield f"{field.name}[{index}] lacks {part.name}"


def _variant_problems(noun: Noun, declared: Mapping[str, Any], merged: Mapping[str, Any], new: bool) -> Iterator[str]:
    variant = str(merged.get(noun.variant))
    if variant not in noun.variants:
        return
    needed, optional = noun.variants[variant]
    for name in needed:
        if merged.get(name) in (None, "", []) and (new or name in declared or noun.variant in declared):
            yield f"{noun.variant} {variant} needs {name}"
    belongs = {name for pair in noun.variants.values() for names in pair for name in names}
    for name, value in declared.items():
        if value is not None and name in belongs and name not in needed + optional:
            takes = ", ".join(needed + optional) or "no parameter"
            yield f"{name} means nothing to {noun.variant} {variant}, which takes {takes}; leave it out"


def stale_parameters(noun: Noun, declared: Mapping[str, Any], live: Mapping[str, Any]) -> tuple[str, ...]:
    """The parameters that a change of the variant leaves without a meaning, and that should go with it."""
    before = str(live.get(noun.variant))
    after = str(declared.get(noun.variant, before))
    if before == after or before not in noun.variants or after not in noun.variants:
        return ()
    kept = noun.variants[after][0] + noun.variants[after][1]
    fields = noun.by_name
    return tuple(
        name
        for names in noun.variants[before]
        for name in names
        if name not in kept
        and name not in declared
        and fields[name].type != "bool"
        and not same(fields[name], live.get(name), None)
    )


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
