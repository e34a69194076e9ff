# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The names of time zones, as far as this machine knows them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from .sentence import Odd

UNKNOWN_HERE = "is not checked, because this machine has no time zones; install the Python package tzdata"
# How much the city of a zone resembles another one that it is a misspelling of.
_CLOSE = 0.75


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every zone that this machine knows; none where it has no database of them."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether a name is that of a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    # Some file systems do not tell upper case from lower case; a PBX does.
    return not known_zones() or name in known_zones()


def zone_problems(name: str) -> Iterator[str]:
    """Yield the mistake in the name of a zone. The database of a PBX may be newer than that of this machine."""
    if is_zone(name):
        return
    if not known_zones():
        yield Odd(UNKNOWN_HERE)
        return
    meant = _meant(name)
    if meant:
        yield f'"{name}" is no time zone; did you mean {meant}?'
    elif any(zone.startswith(name.partition("/")[0] + "/") for zone in known_zones() if "/" in name):
        yield Odd(f'"{name}" is no time zone that this machine knows; the PBX may know it')
    else:
        yield f'"{name}" is no time zone; write a name such as Europe/Berlin, or UTC'


def _meant(name: str) -> str | None:
    """The zone that a name is most probably a misspelling of."""
    spelled_alike = {zone.lower(): zone for zone in known_zones()}
    plain = name.strip().replace(" ", "_").lower()
    if plain in spelled_alike:
        return spelled_alike[plain]
    area, slash, city = plain.rpartition("/")
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(spelled_alike) if zone.startswith(area + slash)}
    close = difflib.get_close_matches(city, cities, n=1, cutoff=_CLOSE)
    if not close:
        close = difflib.get_close_matches(plain, spelled_alike, n=1, cutoff=0.9)
        return spelled_alike[close[0]] if close else None
    return spelled_alike[cities[close[0]]]
