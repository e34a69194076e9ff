# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters ``holidays`` and ``calendar``, whose documentation is beside this file: a file of their names would hide
the libraries that they import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.telops.pbx.plugins.module_utils._model.calendar_file import events_of
from ansible_collections.telops.pbx.plugins.module_utils._model.days_off import (
    Closed,
    DaysProblem,
    conditions,
    with_names,
)
from ansible_collections.telops.pbx.plugins.module_utils._model.public_holidays import Wanted, holidays_of
from ansible_collections.telops.pbx.plugins.plugin_utils.data import as_data


def holidays(
    country: Any,
    subdivision: str = "",
    years: Any = 2,
    names: bool = False,
    language: str = "",
    categories: Any = (),
    observed: bool = True,
    bridge_days: bool = False,
    half_days: Any = None,
    half_day_from: str = "",
    add: Any = None,
    without: Any = None,
) -> list[dict[str, Any]]:
    """Conditions of the holidays of a country. Raises AnsibleFilterError."""
    observed, bridge_days = _yes("holidays", "observed", observed), _yes("holidays", "bridge_days", bridge_days)
    wanted = Wanted(
        country, subdivision, years, categories, language, observed, bridge_days, half_days, half_day_from, add, without
    )
    return _as_documents("holidays", lambda: holidays_of(wanted, date.today()), names)


def calendar(
    text: Any, timezone: str = "", years: Any = 2, names: bool = False, only: Any = None, without: Any = None
) -> list[dict[str, Any]]:
    """Conditions of the events of a calendar. Raises AnsibleFilterError."""
    return _as_documents("calendar", lambda: events_of(text, timezone, years, only, without, date.today()), names)


def _yes(filter_name: str, option: str, value: Any) -> bool:
    """A yes or no, as a variable of the command line has it too, which is text."""
    try:
        return bool(boolean(value))
    except TypeError:
        raise AnsibleFilterError(f"{filter_name}: {option} is {value!r}; write true or false") from None


def _as_documents(name: str, found: Callable[[], list[Closed]], names: Any) -> list[dict[str, Any]]:
    named = _yes(name, "names", names)
    try:
        return list(as_data(with_names(found()))) if named else conditions(found())
    except DaysProblem as problem:
        raise AnsibleFilterError(f"{name}: {problem}") from problem


class FilterModule:
    def filters(self) -> dict[str, Callable[..., list[dict[str, Any]]]]:
        return {"holidays": holidays, "calendar": calendar}
