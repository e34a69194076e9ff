# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Public holidays of a country, by the library ``holidays``, with the days that an employer adds or leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from .days_off import (
    DAY,
    Closed,
    DaysProblem,
    cut_out,
    days_meant,
    from_time_on,
    named_days,
    texts,
    whole_days,
    years_meant,
)
from .sentence import kind_of, suggestion

INSTALL = "the Python library holidays is not installed on the control node; install it: pip install holidays"


@dataclass(frozen=True)
class Wanted:
    """Which days are holidays.

    country: ISO code, with or without the subdivision (``DE-BY``). categories: of the library. language: of the names.
    half_day_from: when the half holidays of the library begin; without it they are left out.
    """

    country: str
    subdivision: str = ""
    years: Any = 2
    categories: Any = ()
    language: str = ""
    observed: bool = True
    bridge_days: bool = False
    half_days: Any = None
    half_day_from: str = ""
    add: Any = None
    without: Any = None


def holidays_of(wanted: Wanted, today: date) -> list[Closed]:
    """The holidays of the years that are wanted. Raises DaysProblem."""
    years = years_meant(wanted.years, today)
    calendar = _calendar(wanted, years)
    inside = [day for day in sorted(calendar) if day.year in years]
    found = [whole_days(day, day, name) for day in inside for name in calendar.get_list(day)]
    for when, name in named_days(wanted.add, "add").items():
        found += [whole_days(first, last, name or "Closed") for first, last in days_meant(when, years)]
    for one in texts(wanted.without, "without"):
        found = _without(found, one, years)
    if wanted.bridge_days:
        found += [whole_days(day, day, "Bridge day") for day in _bridges(found, calendar, years)]
    found += _half_days(wanted, years)
    if not found:
        raise DaysProblem(f"no holiday is in {', '.join(map(str, years))}; add one, or leave fewer out")
    return sorted(found)


def _library() -> Any:
    try:
        return import_module("holidays")
    except ImportError:
        raise DaysProblem(INSTALL) from None


def _calendar(wanted: Wanted, years: Sequence[int], categories: Sequence[str] = ()) -> Any:
    """The holidays of the library, of the years around those that are wanted too, as bridge days need them."""
    if not isinstance(wanted.country, str):
        raise DaysProblem(f"the country is {kind_of(wanted.country)}; write its code in quotes, such as 'DE'")
    library = _library()
    country, dummy, subdivision = wanted.country.strip().partition("-")
    if subdivision and wanted.subdivision not in ("", subdivision):
        raise DaysProblem(f'the subdivision is "{subdivision}" and "{wanted.subdivision}"; leave one of them out')
    country, subdivision = country.upper(), wanted.subdivision or subdivision
    try:
        one = library.country_holidays(country)
    except (NotImplementedError, AttributeError):
        known = list(library.list_supported_countries(include_aliases=False))
        raise DaysProblem(
            f'the library holidays does not know the country "{country}"; write its ISO code, such as DE or DE-BY; '
            f"{suggestion(country, known)}"
        ) from None
    _check(wanted, one, country, years)
    aliases = getattr(one, "subdivisions_aliases", None) or {}
    if subdivision.upper() in one.subdivisions:
        subdivision = subdivision.upper()
    try:
        return library.country_holidays(
            country,
            subdiv=aliases.get(subdivision, subdivision) or None,
            years=range(min(years) - 1, max(years) + 2),
            observed=bool(wanted.observed),
            # Without one, the library takes that of whoever runs it.
            language=wanted.language or one.default_language,
            categories=tuple(categories or texts(wanted.categories, "categories")) or None,
        )
    except NotImplementedError:
        named = [*one.subdivisions, *aliases]
        hint = suggestion(subdivision, named) if named else "it has none"
        raise DaysProblem(f'{country} has no subdivision "{subdivision}"; {hint}') from None


def _check(wanted: Wanted, one: Any, country: str, years: Sequence[int]) -> None:
    languages = [*one.supported_languages]
    if wanted.language and wanted.language not in languages:
        known = suggestion(wanted.language, languages) if languages else "they have one language only; leave it out"
        raise DaysProblem(f'the holidays of {country} have no names in "{wanted.language}"; {known}')
    for category in texts(wanted.categories, "categories"):
        if category not in one.supported_categories:
            choices = suggestion(str(category), sorted(one.supported_categories))
            raise DaysProblem(f'{country} has no holidays of category "{category}"; {choices}')
    for year in years:
        if not one.start_year <= year <= one.end_year:
            raise DaysProblem(
                f"the library holidays knows {country} from {one.start_year} to {one.end_year}; leave out {year}"
            )


def _without(found: list[Closed], one: Any, years: Sequence[int]) -> list[Closed]:
    """The days without one that is named by its date, or by a part of its name."""
    if isinstance(one, date) or re.match(r"\s*\d", str(one)):
        for first, last in days_meant(one, years):
            found = list(cut_out(found, first, last))
        return found
    word = str(one).strip().lower()
    left = [day for day in found if word not in day.name.lower()]
    if len(left) == len(found):
        known = sorted({day.name for day in found})
        raise DaysProblem(f'without: no holiday is called "{one}"; {suggestion(str(one), known)}')
    return left


def _bridges(found: Sequence[Closed], calendar: Any, years: Sequence[int]) -> Iterator[date]:
    """The working days between two days off."""
    off = {day for day in calendar if day.year not in years}
    for one in found:
        day = one.start.date()
        while day < one.end.date():
            off.add(day)
            day += DAY
    weekend = set(calendar.weekend)

    def free(day: date) -> bool:
        return day in off or day.weekday() in weekend

    for day in sorted(near for one in off for near in (one - DAY, one + DAY)):
        if day.year in years and not free(day) and free(day - DAY) and free(day + DAY):
            off.add(day)
            yield day


def _half_days(wanted: Wanted, years: Sequence[int]) -> Iterator[Closed]:
    given = wanted.half_days or {}
    if not hasattr(given, "items"):
        raise DaysProblem(
            'half_days is not a dictionary; write the day and its closing time, such as {"12-24": "14:00"}'
        )
    for when, clock in given.items():
        for first, last in days_meant(when, years):
            day = first
            while day <= last:
                yield from_time_on(day, clock, "Half day")
                day += DAY
    if wanted.half_day_from:
        one = _library().country_holidays(wanted.country.partition("-")[0].upper())
        if "half_day" not in one.supported_categories:
            raise DaysProblem(
                f"half_day_from: the library knows no half holidays of {wanted.country}; list them in half_days"
            )
        calendar = _calendar(wanted, years, ("half_day",))
        for day in sorted(calendar):
            if day.year in years:
                yield from_time_on(day, wanted.half_day_from, calendar[day])
