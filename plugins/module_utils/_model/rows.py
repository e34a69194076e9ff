# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Extensions out of the rows of a list and a template, in which ``{Name}`` stands for the cell of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .document import parse
from .sentence import Odd, kind_of, suggestion

NUMBER = "number"
MOST = 10_000

_COLUMN = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"([0-9]+) *[-\u2010-\u2015] *([0-9]+)")
# A spreadsheet adds this to a number that it takes for a decimal one.
_DECIMALS = re.compile(r"(?<=[0-9])\.0+(?![0-9])")
# The invisible characters around cells: spaces, and marks of an encoding.
_UNSEEN = " \t\r\n\u00a0\u200b\ufeff"
_PLACE = re.compile(r'extensions\[(\d+)\](?: "[^"]*")?(?P<inside>[^:]*): (?P<rest>.*)', re.DOTALL)
_FIELD = re.compile(r"\w+")
# Stands for a field whose cell is empty.
_EMPTY: Any = object()


class RowsProblem(ValueError):
    """The rows, or the template, make no extensions. The text has one line for each mistake."""


@dataclass
class _Made:
    """An extension, with the row that it comes from, and the column of each field that has one."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)


def extensions_of(rows: Any, template: Any, columns: Any = None) -> list[dict[str, Any]]:
    """The extensions, in the order of the rows.

    rows: dictionaries of cells by column, or texts, each a number or a range of numbers. columns: the column of each
    further field, by the path of the field, such as ``phone.vm_mailto``. Raises RowsProblem.
    """
    if not isinstance(template, Mapping):
        raise RowsProblem(f"the template is {kind_of(template)}, where an extension belongs, a dictionary")
    filled = _with_columns(template, columns)
    if not isinstance(filled.setdefault(NUMBER, f"{{{NUMBER}}}"), str):
        raise RowsProblem(
            f'the template: number is {kind_of(filled[NUMBER])}; write it in quotes, such as "{{number}}"'
        )
    made: list[_Made] = []
    wrong = []
    for index, row in enumerate(_rows(rows), 1):
        try:
            made += _of_row(filled, row, index)
        except RowsProblem as problem:
            wrong.append(str(problem))
        if len(made) > MOST:
            raise RowsProblem(f"row {index}: the list makes more than {MOST} extensions; correct the range")
    wrong += [*_twice(made), *_judged(made)]
    if wrong:
        raise RowsProblem("\n".join(dict.fromkeys(wrong)))
    return [one.values for one in made]


def _with_columns(template: Mapping[str, Any], columns: Any) -> dict[str, Any]:
    if columns is not None and not isinstance(columns, Mapping):
        raise RowsProblem(f"columns is {kind_of(columns)}, where the column of each field belongs, a dictionary")
    filled = {str(name): value for name, value in template.items()}
    for path, column in (columns or {}).items():
        *outer, name = str(path).split(".")
        inside = filled
        for part in outer:
            held = inside.get(part, {})
            if not isinstance(held, Mapping):
                raise RowsProblem(
                    f'columns: "{path}" leads into {part}, which is {kind_of(held)}; write it in the template'
                )
            inside[part] = dict(held)
            inside = inside[part]
        inside[name] = f"{{{column}}}"
    return filled


def _rows(rows: Any) -> list[Any]:
    if isinstance(rows, str):
        return [rows]
    if not isinstance(rows, (list, tuple)):
        hint = "; the rows of read_csv are in its list" if isinstance(rows, Mapping) and "list" in rows else ""
        raise RowsProblem(f"the rows are {kind_of(rows)}, where a list belongs{hint}")
    return list(rows)


def _of_row(template: Mapping[str, Any], row: Any, index: int) -> Iterator[_Made]:
    where = f"row {index}"
    if isinstance(row, (str, int)) and not isinstance(row, bool):
        row = {NUMBER: row}
    if not isinstance(row, Mapping):
        raise RowsProblem(f"{where} is {kind_of(row)}, where a dictionary of cells belongs, or a number")
    if None in row:
        raise RowsProblem(f"{where} has more cells than the header; put a cell with the delimiter in it into quotes")
    cells = {str(name).strip(_UNSEEN): _text(value, f'{where}, column "{name}"') for name, value in row.items()}
    if not any(cells.values()):
        return
    [first, *others] = cells
    if not others and re.search(r"[;\t]", first):
        raise RowsProblem(f'{where} has one column, "{first}"; name the delimiter where the file is read')
    for one in _each_number(template[NUMBER], cells, where):
        made = _Made(index)
        filled = _filled(template[NUMBER], one, where, made, NUMBER)
        number = "" if filled is _EMPTY else _DECIMALS.sub("", filled)
        if not number.isdecimal() or not number.isascii():
            reason = f'"{number}" is not a number' if number else "the number is missing"
            column = made.columns.get(NUMBER, NUMBER)
            raise RowsProblem(f'{where}, column "{column}": {reason}; write 101, or a range such as 101-116')
        made.values = _filled(template, {NUMBER: number, **one}, where, made, "")
        made.values[NUMBER] = number
        yield made


def _text(value: Any, where: str) -> str:
    """A cell as text. A spreadsheet has numbers too."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (str, int, float, date)):
        return str(value).strip(_UNSEEN)
    raise RowsProblem(f"{where} holds {kind_of(value)}, where text belongs")


def _each_number(number: str, cells: Mapping[str, str], where: str) -> Iterator[Mapping[str, str]]:
    """The cells, once for each number of a range."""
    column = next(
        (name for name in _COLUMN.findall(number) if re.search(r"[-\u2010-\u2015,]", cells.get(name, ""))), None
    )
    if column is None:
        yield cells
        return
    for part in filter(None, (part.strip() for part in cells[column].split(","))):
        match = _RANGE.fullmatch(part)
        if not match:
            yield {**cells, column: part}
            continue
        first, last = match.groups()
        if len(first) != len(last) or first > last:
            remedy = "write the smaller number first, and both with the same number of digits"
            raise RowsProblem(f'{where}, column "{column}": "{part}" is not a range; {remedy}')
        if int(last) - int(first) >= MOST:
            raise RowsProblem(f'{where}, column "{column}": "{part}" has more than {MOST} numbers')
        for one in range(int(first), int(last) + 1):
            yield {**cells, column: str(one).zfill(len(first))}


def _filled(value: Any, cells: Mapping[str, str], where: str, made: _Made, name: str) -> Any:
    """A part of the template with the cells in it. A field that consists of an empty cell is left out."""
    if isinstance(value, Mapping):
        parts = {str(key): _filled(part, cells, where, made, str(key)) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not _EMPTY}
    if isinstance(value, (list, tuple)):
        found = [_filled(part, cells, where, made, name) for part in value]
        return [part for part in found if part is not _EMPTY and part != {}]
    if not isinstance(value, str):
        return value
    for column in _COLUMN.findall(value):
        if column not in cells:
            raise RowsProblem(f'{where} has no column "{column}"; {suggestion(column, [*cells])}')
        made.columns.setdefault(name, column)
    whole = _COLUMN.fullmatch(value)
    if whole:
        return cells[whole[1]] or _EMPTY
    return _COLUMN.sub(lambda match: cells[match[1]], value).strip()


def _twice(made: Sequence[_Made]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for one in made:
        number = one.values[NUMBER]
        if number in seen:
            yield f"row {one.row}: the number {number} is in row {seen[number]} already; remove one of them"
        seen.setdefault(number, one.row)


def _judged(made: Sequence[_Made]) -> Iterator[str]:
    """The mistakes of a document that has these extensions, by rows and columns."""
    unique = {one.values[NUMBER]: one for one in reversed(made)}
    placed = list(reversed(unique.values()))
    for sentence in parse({"extensions": [one.values for one in placed]})[1]:
        match = _PLACE.fullmatch(sentence)
        if isinstance(sentence, Odd) or not match:
            continue
        one = placed[int(match[1])]
        named = _FIELD.match(match["rest"])
        column = one.columns.get(named[0]) if named else None
        where = f'row {one.row}, column "{column}"' if column else f"row {one.row}"
        yield f"{where}{match['inside']}: {match['rest']}"
