# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The simulation of a phone, or an outside number, that rings."""

from __future__ import annotations

from .looks import EXTERNAL, PHONE
from .plan import Extension, Phone
from .run import ANSWERED, BUSY, NO_ANSWER, Run, Unknown
from .world import ANSWERS, DND, FAIR_DEVICE, REJECT, Does
from .world import BUSY as DOES_BUSY

# The results of a ring that are the status of the call; after all others it is no_answer.
STATUS = (ANSWERED, BUSY)


def phone_of(extension: Extension, t: int) -> Phone:
    """The settings of a phone."""
    phone = extension.phone
    if phone is None:
        raise Unknown(t, extension.unknown.get("own", extension.place))
    return phone


def blocked(run: Run, extension: Extension) -> bool:
    """Whether calls to an extension are refused."""
    if not extension.blocked:
        return False
    run.used.add("blocked_extension")
    return run.assume.blocked_extension == "refuse"


def ring(
    run: Run, extension: Extension, t: int, longest: int, screening: bool = False, agent: str = ""
) -> tuple[int, str]:
    """Ring a phone; return when that was over, and the result of the ring."""
    phone = extension.phone or phone_of(extension, t)
    number = extension.number
    device = run.world.phones.get(number, FAIR_DEVICE)
    if not device.registered and not phone.static:
        run.events.append((t, "ring", number, 0, "unregistered", *([agent] if agent else ())))
        return t, "unregistered"
    if run.looks is not None:
        run.looked(PHONE, number, t)
    if phone.limit and device.calls >= phone.limit:
        ms, result = 0, "busy"
    elif device.does is None:
        ms, result = run.assume.phone_answers * 1000, "answered"
        if ms >= longest:
            ms, result = longest, NO_ANSWER
    else:
        ms, result = _rings(run, device.does, longest)
    screened = result == "answered" and (phone.screening or screening)
    if screened and not device.accepts:
        result = "rejected"
    run.events.append((t, "ring", number, ms, result, agent) if agent else (t, "ring", number, ms, result))
    end = t + ms
    if screened:
        run.events.append((end, "screening"))
    return end, result


def ring_outside(run: Run, number: str, t: int, longest: int, screening: bool) -> tuple[int, str]:
    """Ring an outside number, which accepts every call that it answers."""
    does = run.world.external.get(number)
    run.looked(EXTERNAL, number, t)
    if does is None:
        does = Does(ANSWERS, run.assume.external_answers * 1000)
    ms, result = _rings(run, does, longest)
    run.events.append((t, "ring", number, ms, result))
    if screening and result == "answered":
        run.events.append((t + ms, "screening"))
    return t + ms, result


def _rings(run: Run, does: Does, longest: int) -> tuple[int, str]:
    """How long it rings, and with which result."""
    how = does.how
    if how == DOES_BUSY:
        return 0, "busy"
    if how == DND:
        run.used.add("dnd")
        return 0, ("busy" if run.assume.dnd == "busy" else "rejected")
    if does.after < longest:
        if how == ANSWERS:
            return does.after, "answered"
        if how == REJECT:
            return does.after, "rejected"
    return longest, NO_ANSWER
