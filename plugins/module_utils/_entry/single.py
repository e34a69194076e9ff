# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The modules about one kind of object, operation or reading: all that does not look at a tenant as a whole.

A process of its own is sent its imports, and compiles them, so that these import nothing that follows calls.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._model.nouns import NOUNS
from .._model.operations import OPERATIONS
from .._model.readings import READINGS
from .bindings import Binding, Info, Items, Order, Singleton
from .files import Media, Sounds
from .operation import Operate
from .readings import IvrSchemeInfo, MediaInfo, QueueStatus, Records, Registrations

# The API has the agents of a queue twice, as the queue sees them and as the agents see their queues.
SIDES = {"queue_agent": {"local": NOUNS["queue_agent"], "remote": NOUNS["queue_agent_remote"]}}
OUTSIDE = {"sound": NOUNS["tenant_sound"]}
WITHOUT_A_MODULE = {"queue_agent_remote", "tenant_sound"}


def _of_the_nouns() -> Iterator[tuple[str, Binding]]:
    for name, noun in NOUNS.items():
        if name in WITHOUT_A_MODULE:
            continue
        sides = SIDES.get(name, {})
        yield f"pbx_{name}_info", Info(noun, sides, OUTSIDE.get(name))
        if noun.singleton:
            yield f"pbx_{name}", Singleton(noun)
        elif noun.writable:
            yield f"pbx_{name}", Items(noun, sides)
        if noun.ordered:
            yield f"pbx_{name}_order", Order(noun)
    yield "pbx_sound", Sounds(NOUNS["tenant_sound"])


def _of_the_operations() -> Iterator[tuple[str, Binding]]:
    for name, operation in OPERATIONS.items():
        yield f"pbx_{name}", Operate(operation)


def _of_the_readings() -> Iterator[tuple[str, Binding]]:
    for name in ("alias", "call"):
        yield f"pbx_{name}_info", Info(READINGS[name])
    yield "pbx_ivr_scheme_info", IvrSchemeInfo(NOUNS["ivr"])
    yield "pbx_media_info", MediaInfo()
    yield "pbx_queue_status_info", QueueStatus()
    yield "pbx_record_info", Records()
    yield "pbx_registration_info", Registrations()


SINGLE: dict[str, Binding] = {
    **dict(_of_the_nouns()),
    **dict(_of_the_operations()),
    **dict(_of_the_readings()),
    "pbx_media": Media(),
}
