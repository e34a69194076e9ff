# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Who answers when, as a table that people read: Markdown, and the inside of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from ..._text.hours import WEEKDAYS
from ..._text.markup import Markup, element, named, prose
from .sheet import Day, Row, Sheet
from .sheet_words import Ending

TITLE = "Who answers when"
SILENT = "presses nothing"
NOT_OFFERED = "\N{EN DASH}"
# Weekdays from Monday on.
_NAMES = (*WEEKDAYS[2:], WEEKDAYS[1])


def letters(sheet: Sheet) -> dict[Ending, str]:
    """A letter for everything that becomes of calls: A to Z, AA and so on."""
    return {ending: _letter(index) for index, ending in enumerate(sheet.endings)}


def _letter(index: int) -> str:
    more, last = divmod(index, 26)
    return (_letter(more - 1) if more else "") + chr(65 + last)


def columns(sheet: Sheet) -> list[range]:
    """The weekdays that are alike for every row, as spans of indices, from Monday on."""
    found: list[range] = []
    for index in range(7):
        if found and all(row.week[index] == row.week[index - 1] for row in sheet.rows):
            found[-1] = range(found[-1].start, index + 1)
        else:
            found.append(range(index, index + 1))
    return found


def _head(days: range) -> str:
    first, last = _NAMES[days.start], _NAMES[days.stop - 1]
    return first if len(days) == 1 else f"{first} to {last}"


def about(sheet: Sheet) -> str:
    """The notes of the sheet: its time zone, its year, and how to read it."""
    clock = f"Times are those of {sheet.zone}. " if sheet.zone else ""
    return (
        f"{clock}Other days are those of the year from {sheet.today} on. Found by following calls; when everybody is "
        "there, the call ends as the table says, and when nobody answers, it goes the whole way of the list below it. "
        "Times are given to the minute, and shorter periods are left out."
    )


def cell(day: Day, letter: dict[Ending, str]) -> Iterator[tuple[str, str, str]]:
    """The times of a day, each with its letter and where the call ends. Without any, the key is not offered."""
    for piece in day:
        if piece.ending:
            times = "" if len(day) == 1 else f"{_clock(piece.begin)} to {_clock(piece.end)}"
            yield times, letter[piece.ending], piece.ending.short


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}"


def others(row: Row) -> list[tuple[str, Day]]:
    """The other days, those that are alike in one line."""
    found: dict[Day, list[str]] = {}
    for first, last, day in row.others:
        found.setdefault(day, []).append(_dates(first, last))
    return [(", ".join(dates), day) for day, dates in found.items()]


def _dates(first: date, last: date) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _called(row: Row) -> tuple[str, str]:
    return f"{row.number} ({row.leads})" if row.leads else row.number, f"presses {row.key}" if row.key else SILENT


# -- Markdown


def markdown(sheet: Sheet) -> str:
    return "\n".join(lines(sheet)) + "\n"


def lines(sheet: Sheet, level: int = 1) -> Iterator[str]:
    """The lines of the sheet. level: of its heading."""
    letter, days = letters(sheet), columns(sheet)
    yield f"{'#' * level} {TITLE}"
    yield ""
    yield prose(about(sheet))
    yield ""
    heads = ["Number", "The caller", *map(_head, days), "Other days"]
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    before = ""
    for row in sheet.rows:
        number, caller = _called(row)
        cells = ["" if number == before else prose(number), prose(caller)]
        cells += [_markdown_cell(row.week[column.start], letter) for column in days]
        cells.append("<br>".join(f"{dates}: {_markdown_cell(day, letter, ', ')}" for dates, day in others(row)))
        yield f"| {' | '.join(cells)} |"
        before = number
    yield ""
    for ending, called in letter.items():
        yield f"- **{called}** {prose(', then '.join(ending.steps))}"
    if sheet.assumptions:
        yield ""
        yield f"Assumed where the documentation of the platform is silent: {', '.join(sheet.assumptions)}."


def _markdown_cell(day: Day, letter: dict[Ending, str], between: str = "<br>") -> str:
    parts = (
        " ".join(filter(None, (times, f"**{called}**", prose(short)))) for times, called, short in cell(day, letter)
    )
    return between.join(parts) or NOT_OFFERED


# -- data


def as_table(sheet: Sheet, shown: Callable[[str], str] = str) -> dict[str, Any]:
    """The sheet as texts: rows of cells, each of lines. shown: hides the secrets of a text."""
    letter, days = letters(sheet), columns(sheet)
    rows = []
    before = ""
    for row in sheet.rows:
        number, caller = _called(row)
        cells = [[] if number == before else [number], [caller]]
        before = number
        cells += [_lines_of(row.week[column.start], letter) for column in days]
        cells.append([f"{dates}: {', '.join(_lines_of(day, letter))}" for dates, day in others(row)])
        rows.append([[shown(line) for line in cell] for cell in cells])
    return {
        "about": about(sheet),
        "heads": ["Number", "The caller", *map(_head, days), "Other days"],
        "rows": rows,
        "endings": [[called, shown(", then ".join(ending.steps))] for ending, called in letter.items()],
    }


def _lines_of(day: Day, letter: dict[Ending, str]) -> list[str]:
    return [" ".join(filter(None, parts)) for parts in cell(day, letter)] or [NOT_OFFERED]


# -- HTML


def html(sheet: Sheet) -> list[Markup]:
    """The elements of the sheet, without a heading."""
    letter, days = letters(sheet), columns(sheet)
    heads = ["Number", "The caller", *map(_head, days), "Other days"]
    rows = [element("tr", [element("th", head, scope="col") for head in heads])]
    before = ""
    for row in sheet.rows:
        number, caller = _called(row)
        cells = [element("td", named(caller))]
        if number != before:
            called = [element("div", named(row.number), "nowrap"), named(row.leads)]
            alike = sum(one.number == row.number for one in sheet.rows)
            cells.insert(0, element("th", called, scope="row", rowspan=str(alike)))
        cells += [element("td", _html_cell(row.week[column.start], letter)) for column in days]
        cells.append(element("td", _other_days(row, letter)))
        rows.append(element("tr", cells, "" if number == before else "first"))
        before = number
    endings = [
        element("li", [element("b", called), " ", named(", then ".join(ending.steps))])
        for ending, called in letter.items()
    ]
    found = [
        element("p", about(sheet)),
        element("div", element("table", rows, "sheet"), "overview", tabindex="0", role="region", aria_label=TITLE),
        element("ul", endings, "endings"),
    ]
    if sheet.assumptions:
        assumed = f"Assumed where the documentation of the platform is silent: {', '.join(sheet.assumptions)}."
        found.append(element("p", assumed, "faint"))
    return found


def _html_cell(day: Day, letter: dict[Ending, str]) -> list[Markup]:
    found = []
    for times, called, short in cell(day, letter):
        parts: list[str] = [element("span", times, "times"), " "] if times else []
        found.append(element("div", [*parts, element("b", called), " ", named(short)]))
    return found or [element("div", NOT_OFFERED, "none")]


def _other_days(row: Row, letter: dict[Ending, str]) -> Sequence[Markup]:
    return [element("div", [element("i", dates), *_html_cell(day, letter)]) for dates, day in others(row)]
