# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The rate limits of a PBX, and how long a task waits for them (semantics.md section 3).

A 429 may be about one of two limits: the requests of the hour, and those at the same time.
"""

from __future__ import annotations

import email.utils
import math
import threading
import time
from typing import Callable

from . import answers, errors
from .answers import Answer

# The platform counts requests by the hour.
HOUR = 3600.0
# The first pause in s after a 429 that names none, and the pause after one about requests at the same time.
PAUSE = 1.0
# By how many s the end of the same hour may differ from answer to answer: it is told in whole s.
ROUNDED = 1.0
# How often a request is sent again that was one too many at the same time.
TURNS = 8


class RateLimits:
    """The last seen limit of requests: ``remaining``, ``reset`` (s), and ``hourly``, the number of a whole hour.

    longest_wait: for all waits together.
    """

    def __init__(self, longest_wait: float, sleep: Callable[[float], None], clock: Callable[[], float]) -> None:
        self.remaining: int | None = None
        self.reset: float | None = None
        self.hourly: int | None = None
        self._longest = longest_wait
        self._waited = 0.0
        self._seen = 0.0
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()

    def note(self, answer: Answer) -> None:
        """Keep the limits that an answer tells."""
        remaining = answer.seconds("X-RateLimit-Remaining")
        if remaining is None:
            return
        limit, reset = answer.seconds("X-RateLimit-Limit"), answer.seconds("X-RateLimit-Reset")
        hourly = int(limit) if limit else None
        with self._lock:
            if hourly == self.hourly and self._is_overtaken(remaining, reset):
                return
            self.remaining = int(remaining)
            self.reset = reset
            self.hourly = hourly
            self._seen = self._clock()

    def _is_overtaken(self, remaining: float, reset: float | None) -> bool:
        """Whether an answer tells of more requests than a later one of the same hour did: of requests under way at the
        same time, any may be answered last."""
        if self.remaining is None or self.reset is None or reset is None or remaining <= self.remaining:
            return False
        return self._clock() + reset <= self._seen + self.reset + ROUNDED

    def require(self, count: int, sent: int) -> None:
        """See Client.require_writes. sent: how many requests this run has sent so far."""
        with self._lock:
            remaining, hourly = self.remaining, self.hourly
            reset = None if self.reset is None else self.reset - (self._clock() - self._seen)
        if remaining is None or count <= remaining or (reset is not None and reset <= 0):
            return
        needs = f"this run needs {count} more requests for its changes, but only {remaining} are left in this hour"
        if reset is None:
            raise errors.RateLimited(
                f"{needs}; nothing was changed, run it again later", remaining=remaining, needed=count
            )
        wait = reset + HOUR * ((count - remaining - 1) // hourly if hourly else 0)
        if not self._may_wait(wait):
            if hourly and sent + count > hourly:
                # The next run has to read the same lists again, so that it would get no further.
                raise errors.RateLimited(
                    f"{needs}, after {sent} to read the current state; nothing was changed, because it needs more than "
                    f"one hour's limit: set rate_limit_wait to at least {self._needed(wait)} so that it waits",
                    remaining=remaining,
                    needed=count,
                    reset=reset,
                )
            raise errors.RateLimited(
                f"{needs}; nothing was changed: run it again in {math.ceil(reset)} s, {self._option(wait)}",
                remaining=remaining,
                needed=count,
                reset=reset,
            )
        # A plan that needs more than an hour's limit cannot be spared a pause in the middle: the 429 makes it.
        if hourly is None or count <= hourly:
            self._pause(reset)
            with self._lock:
                self.remaining = None

    def wait_after(self, answer: Answer, refusals: int, error: errors.PbxError) -> None:
        """Sleep after a 429 until the request may be sent again, or raise RateLimited.

        refusals: how often the same request was refused before. error: that of the answer.
        """
        used_up = answers.hour_is_used_up(answer)
        named = _retry_after(answer)
        if named is None and used_up:
            named = answer.seconds("X-RateLimit-Reset")
        # Growing for the hour, so that a server which keeps saying "now" is not asked for ever.
        wait = max(named or 0.0, PAUSE * 2**refusals if used_up else PAUSE)
        if self._may_wait(wait) and (used_up or refusals < TURNS):
            self._pause(wait)
            return
        when = "later" if named is None else f"in {math.ceil(named)} s"
        option = "" if self._may_wait(wait) else f", {self._option(wait)}"
        raise errors.RateLimited(f"{error.message}; run this again {when}{option}", **{**error.details, "reset": named})

    def wait_until_back(self, answer: Answer, least: float) -> bool:
        """Sleep for as long as a server that is down names, if that is more than ``least`` and may be waited."""
        named = _retry_after(answer)
        if named is None or named <= least or not self._may_wait(named):
            return False
        self._pause(named)
        return True

    def _may_wait(self, wait: float) -> bool:
        return self._waited + wait <= self._longest

    def _needed(self, wait: float) -> int:
        return math.ceil(self._waited + wait)

    def _option(self, wait: float) -> str:
        return f"or set rate_limit_wait to {self._needed(wait)} or more so that it waits"

    def _pause(self, wait: float) -> None:
        with self._lock:
            self._waited += wait
        self._sleep(wait)


def _retry_after(answer: Answer) -> float | None:
    """The header's s from now; it may also be a date (RFC 9110, section 10.2.3)."""
    value = answer.headers.get("retry-after", "")
    try:
        return answers.bounded(max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time()))
    except (TypeError, ValueError, IndexError, OverflowError, OSError):
        return answer.seconds("Retry-After")
