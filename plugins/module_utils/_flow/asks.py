# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Where the PBX listens to the caller, outside of a menu's own wait for keys."""

from __future__ import annotations

from typing import NamedTuple

from .run import Run

MENU, RECORD, RATE, SPEECH, QUEUE, PIN = "menu", "record", "rate", "speech", "queue", "pin"
MOST_TRIES = 3


class Heard(NamedTuple):
    """The input that an ask has got: the text, and when the input ended."""

    text: str
    at: int


def record(run: Run, t: int, variable: str, most: int, timeout: int, until: int) -> Heard:
    """Take keys for a variable until there are enough, the caller presses #, or is silent for too long.

    most: 0 without a limit. Nothing happens at or after the moment ``until``; the text of a later end does not
    count.
    """
    item = run.ask(t, RECORD, (variable, most))
    if not item.keys or item.after >= timeout:
        run.events.append((t, "keys", RECORD, ""))
        return Heard("", t + timeout)
    pressed = t + item.after
    text, pound, dummy = item.keys.partition("#")
    ended = bool(pound)
    if most and len(text) >= most:
        text, pound, ended = text[:most], "", True
    if pressed < until:
        run.events.append((pressed, "keys", RECORD, text + pound))
    return Heard(text, pressed if ended else pressed + timeout)


def rate(run: Run, t: int, most: int, until: int) -> int:
    """Take a rating; return when that is over."""
    item, longest = run.ask(t, RATE, most), run.assume.rate_ms
    if not item.keys or item.after >= longest:
        run.events.append((t, "keys", RATE, ""))
        return t + longest
    key, pressed = item.keys[0], t + item.after
    if pressed >= until:
        return pressed
    run.events.append((pressed, "keys", RATE, key))
    if key.isdigit() and 1 <= int(key) <= most:
        run.events.append((pressed, "rating"))
        return pressed
    return t + longest


def pin(run: Run, t: int, pins: frozenset[str]) -> tuple[int, bool]:
    """Ask for a PIN; return when that is over, and whether it was right."""
    longest = run.assume.pin_ms
    for dummy in range(MOST_TRIES):
        item = run.ask(t, PIN, pins)
        if not item.keys or item.after >= longest:
            run.events.append((t, "keys", PIN, ""))
            t += longest
            continue
        t += item.after
        run.events.append((t, "keys", PIN, item.keys))
        if item.keys in pins:
            return t, True
    return t, False
