# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The wall clock of a time zone: from an instant to the local date and time of day, quickly."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 86_400
HOUR = 3_600
# The days since 1970 of which Python knows the offset in every zone.
_FIRST_DAY, _LAST_DAY = -719_160, 2_932_894
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MOST_DAYS = 20_000


class Zone:
    """A time zone. The offsets of the days that were asked for are kept."""

    __slots__ = ("_info", "_offsets", "name")

    def __init__(self, name: str) -> None:
        """Raises ValueError, KeyError or OSError for a name that is no time zone."""
        self.name = name
        self._info = ZoneInfo(name)
        self._offsets: dict[int, int | tuple[list[int], list[int]]] = {}

    def local(self, instant: int) -> int:
        """The local date and time as seconds since 1970-01-01 00:00:00 local. instant: in seconds UTC since 1970.

        An hour that a clock change repeats is seen twice, one that it skips is never seen.
        """
        day = instant // DAY
        found = self._offsets.get(day)
        if found is None:
            found = self._measured(day)
        if isinstance(found, int):
            return instant + found
        changes, offsets = found
        return instant + offsets[bisect_right(changes, instant)]

    def changes(self, day: int) -> list[int]:
        """The instants of a UTC day at which the offset changes."""
        found = self._offsets.get(day)
        if found is None:
            found = self._measured(day)
        return [] if isinstance(found, int) else list(found[0])

    def _measured(self, day: int) -> int | tuple[list[int], list[int]]:
        if len(self._offsets) >= _MOST_DAYS:
            self._offsets.clear()
        # No zone has ever changed its clocks twice within an hour.
        hours = [self._offset(day * DAY + hour * HOUR) for hour in range(25)]
        changes, offsets = [], [hours[0]]
        for hour in range(24):
            if hours[hour] != hours[hour + 1]:
                changes.append(self._change(day * DAY + hour * HOUR, hours[hour]))
                offsets.append(hours[hour + 1])
        if changes and changes[-1] == (day + 1) * DAY:
            del changes[-1], offsets[-1]
        found: int | tuple[list[int], list[int]] = (changes, offsets) if changes else offsets[0]
        self._offsets[day] = found
        return found

    def _change(self, start: int, before: int) -> int:
        """The first second, within an hour of the start, at which the offset is another."""
        low, high = start, start + HOUR
        while high - low > 1:
            middle = (low + high) // 2
            if self._offset(middle) == before:
                low = middle
            else:
                high = middle
        return high

    def _offset(self, instant: int) -> int:
        instant = min(max(instant, _FIRST_DAY * DAY), _LAST_DAY * DAY)
        local = (_EPOCH + timedelta(seconds=instant)).astimezone(self._info)
        offset = local.utcoffset()
        return 0 if offset is None else int(offset.total_seconds())


@lru_cache(maxsize=700)
def zone(name: str) -> Zone:
    """The zone of a name. Raises as Zone does."""
    return Zone(name)
