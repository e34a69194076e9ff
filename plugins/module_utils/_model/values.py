# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One spelling for every value: the values of users and of servers become the same plain Python values."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from .._text.secret import Secret
from . import destination
from .destination import short_number
from .field import Field
from .hours import day_of
from .kind import Kind
from .sentence import kind_of, said

# As Ansible reads them.
TRUE = ("true", "yes", "on", "1", "y", "t")
FALSE = ("false", "no", "off", "0", "n", "f")

CLEAR_IT = "clear it with unset (null in a document)"

# Python takes no text of more than 4,300 digits for a number, and no PBX one of half as many.
_INT = re.compile(r"[-+]?[0-9]{1,2000}")
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
    """The one spelling of a declared or an answered value; of a value that nobody may see, a Secret.

    Raises ValueProblem with a right form.
    """
    if value is None or isinstance(value, Secret):
        return value
    if field.type == "list":
        return _normal_list(field, value)
    if field.type == "object":
        return value
    if field.kind == "json":
        return _json_text(value)
    if not isinstance(value, (str, int)) and isinstance(value, Mapping):
        value = _out_of_object(field, value)
    if value is None or (field.null_choice and value == "None"):
        return None
    # No object has the id 0 (semantics.md section 10 (11)).
    if field.refers_to and str(value) == "0":
        return None
    return wrapped(field, _SCALARS[field.type](field, value))


def wrapped(field: Field, value: Any) -> Any:
    """The text of a secret field as a Secret; that there is no text is none."""
    return Secret(value) if field.secret and isinstance(value, str) and value else value


def _out_of_object(field: Field, value: Mapping[str, Any]) -> Any:
    """Some servers answer an object where they take a string or an id (semantics.md sections 3 and 9 (16))."""
    for name in (field.name, field.answered_as, "id", "name", "value"):
        if name in value:
            return value[name]
    raise ValueProblem(f"is an object, {_json(value)}, where a plain value belongs")


def _normal_list(field: Field, value: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        raise ValueProblem(f"is {said(value)}, which is not a list")
    one = _normal_part if field.parts else _normal_element
    return [one(field, index, element) for index, element in enumerate(value)]


def _normal_element(field: Field, index: int, element: Any) -> Any:
    plain = Field(field.name, field.elements or "str")
    if element is None:
        raise ValueProblem("is empty", f"[{index}]")
    return _inside(plain, element, f"[{index}]")


def _normal_part(field: Field, index: int, element: Any) -> dict[str, Any]:
    if not isinstance(element, Mapping):
        raise ValueProblem(f"is {said(element)}, which is not a dictionary", f"[{index}]")
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
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        words = TRUE if value else FALSE
        return next((word for word in words if word in field.choices), words[0])
    if isinstance(value, (Mapping, list, tuple)):
        raise ValueProblem("is a list or a dictionary, where text belongs")
    return str(value)


def _int(field: Field, value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        # A template that divides makes one, and so do servers that have no other numbers.
        return int(value)
    if isinstance(value, bool) or not _INT.fullmatch(_digits(value)):
        day = day_of(value) if field.kind == "weekday" and isinstance(value, str) else None
        if day is not None:
            return day
        hint = f"; {field.hint}" if field.hint else ""
        raise ValueProblem(f"is {said(value)}, which is not a whole number{hint}")
    return int(value)


def _digits(value: Any) -> str:
    try:
        return str(value).strip()
    except ValueError:  # an integer that is too long to be spelled
        return ""


def _float(field: Field, value: Any) -> float:
    try:
        found = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise ValueProblem(f"is {said(value)}, which is not a number")
    return found


def _bool(field: Field, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise ValueProblem(f"is {said(value)}, which is neither true nor false")


def _time(field: Field, value: Any) -> str:
    match = _TIME.fullmatch(str(value).strip())
    parts = tuple(int(part or 0) for part in match.groups()) if match else (99, 0, 0)
    # A day may end with 24:00:00 (ISO 8601), and with nothing later.
    if parts > (24, 0, 0) or parts[1] > 59 or parts[2] > 59:
        raise ValueProblem(f'is {said(value)}, which is not a time of day; write it as "hh:mm:ss", in quotes')
    return "{:02}:{:02}:{:02}".format(*parts)


def _date(field: Field, value: Any) -> str:
    written = str(value).strip()
    if not _DATE.fullmatch(written) or not _is_day(written):
        raise ValueProblem(f'is {said(value)}, which is not a date; write it as "YYYY-MM-DD", in quotes')
    return written


def _datetime(field: Field, value: Any) -> str:
    written = str(value).strip()
    match = _DATETIME.fullmatch(written)
    time = f"{match[2]}:{match[3] or '00'}" if match else ""
    if not match or not _is_day(match[1]) or time >= "24" or time[3:] >= "60" or time[6:] >= "60":
        raise ValueProblem(f'is {said(value)}, which is not a date with a time; write it as "YYYY-MM-DD hh:mm:ss"')
    return f"{match[1]} {time}"


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _short_number(field: Field, value: Any) -> str:
    return short_number(_text(field, value))


def _json_text(value: Any) -> str | None:
    """JSON as the text that the PBX keeps; semantics.md section 3 shows that nothing may be kept as ``"null"``."""
    if isinstance(value, (Mapping, list, tuple)):
        try:
            return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_date_text)
        except (TypeError, ValueError, RecursionError) as error:
            raise ValueProblem(f"cannot be written as JSON: {error}; write it as text, in quotes") from None
    return None if value == "null" else str(value)


def _date_text(value: Any) -> str:
    if isinstance(value, date):
        return str(value)
    raise TypeError(f"it holds {kind_of(value)}")


_SCALARS = {
    "str": _text,
    "digits": _text,
    "int": _int,
    "float": _float,
    "bool": _bool,
    "time": _time,
    "date": _date,
    "datetime": _datetime,
    "file": _text,
    "short_number": _short_number,
}


def read(noun: Kind, answer: Mapping[str, Any]) -> dict[str, Any]:
    """An object of a server, under the names of the options, without fields that the noun does not declare.

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
            found[field.name] = wrapped(field, raw if plain else _json(raw))
    return found


def shown(noun: Kind, answer: Mapping[str, Any]) -> dict[str, Any]:
    """An object as a module returns it: as the server has it, typed as documented, without secrets."""
    values = read(noun, answer)
    by_answer = {f.answered_as: f for f in noun.fields}
    found = {}
    for name in sorted(answer):
        field = by_answer.get(name)
        if field is None:
            found[name] = answer[name]
        elif not field.hidden:
            found[name] = values.get(field.name)
            if field.type == "short_number":
                found[name], found[field.name] = answer[name], found[name]
    return found


def same(field: Field, current: Any, wanted: Any) -> bool:
    """Whether a current value is the desired one. A field that is to be cleared also counts as cleared when the
    server answers one of the defaults that the contract prints for it (semantics.md section 9 (21))."""
    if wanted is None:
        return current in (None, "", []) or current in field.defaults
    if field.type == "list" and isinstance(current, list) and isinstance(wanted, list):
        return _same_list(field, current, wanted)
    if field.kind in ("destination", "destinations"):
        return destination.equal(current, wanted)
    if field.kind == "json":
        return _loaded(current) == _loaded(wanted)
    return bool(current == wanted)


def _same_list(field: Field, current: list[Any], wanted: list[Any]) -> bool:
    if len(current) != len(wanted):
        return False
    if not field.ordered:
        current, wanted = (sorted(one, key=lambda element: _json(_plain(field, element))) for one in (current, wanted))
    if not any(part.kind for part in field.parts):
        return current == wanted
    return all(
        one.keys() == other.keys() and all(same(part, one.get(part.name), other.get(part.name)) for part in field.parts)
        for one, other in zip(current, wanted)
    )


def _plain(field: Field, element: Any) -> Any:
    """An element of a list by which it is sorted: a destination without its prefix."""
    numbers = [part.name for part in field.parts if part.kind == "destination"]
    return {**element, **{name: short_number(str(element.get(name))) for name in numbers}} if numbers else element


def _loaded(value: Any) -> str:
    """JSON in one spelling; any other text stays as it is."""
    try:
        return _json(json.loads(value))
    except (TypeError, ValueError, RecursionError):
        return str(value)


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


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
