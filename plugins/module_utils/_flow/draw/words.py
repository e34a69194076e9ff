# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The words for things in pictures and sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ..._state.snapshot import Key, NamedItem, NamedPlace, Snapshot
from ..._text.hours import conditions_in_words
from ..._text.plain import plain
from ..guards import ANONYMOUS, ANY, MATCHES, NOT_MATCHES
from ..menus import (
    Action,
    HangUp,
    Jump,
    LeaveMessage,
    PlayDigits,
    PlaySilence,
    PlaySound,
    Rate,
    RecordDigits,
    SetCaller,
    SetVariable,
    StartRecord,
    Transfer,
    VoiceHelper,
    Webhook,
)  # fmt: skip
from ..numbers import Group

# So many conditions of an interval are told where there is little room.
MOST_CONDITIONS = 4

_STATUS = {"busy": "if busy", "no_answer": "if nobody answers"}
_OWN_STATUS = {"busy": "if the phone is busy", "no_answer": "if the phone is not answered"}
_REGISTRATION = {"registered": "if the phone is registered", "unreachable": "if the phone is not registered"}


class Names:
    """Looks up in a snapshot the names that people use, and the values of rules."""

    def __init__(self, state: Snapshot) -> None:
        self._state = state
        self._by_place = {item.where: item for items in state.lists.values() for item in items}

    def item(self, place: str) -> NamedItem | None:
        """The object that stands at a place of the document."""
        return self._by_place.get(place)

    def extension(self, number: str) -> str:
        """The number, and the label if there is one."""
        item = self._state.find("extension", (), number)
        label = str(item.values.get("label") or "") if item else ""
        return plain(f"{number} {label}".strip())

    def interval(self, name: str, extension: str) -> NamedItem | None:
        """An interval of an extension; one of its own hides one of the tenant."""
        for key in (Key("interval", (extension,)), Key("tenant_interval", ())):
            found = self._state.find(*key, name)
            if found or key not in self._state.known:
                return found
        return None

    def hours(self, name: str, extension: str) -> str:
        """An interval with its conditions: ``Opening hours: Monday to Friday 08:00 to 12:30``."""
        item = self.interval(name, extension)
        conditions = conditions_in_words(item.values.get("conditions") or ()) if item else []
        more = f", and {len(conditions) - MOST_CONDITIONS} more" if len(conditions) > MOST_CONDITIONS else ""
        return plain(f"{name}: {', '.join(conditions[:MOST_CONDITIONS])}{more}" if conditions else name)

    def conditions(self, rule: NamedItem) -> Iterator[str]:
        """The conditions of a rule but for its interval, in words."""
        values = rule.values
        caller, pattern = values.get("caller_id_action"), values.get("caller_id") or ""
        if caller == ANONYMOUS:
            yield "hidden callers"
        elif caller in (MATCHES, NOT_MATCHES):
            yield plain(f"callers {'like' if caller == MATCHES else 'unlike'} {pattern}")
        for field, words in (("call_status", _STATUS), ("extension_call_status", _OWN_STATUS)):
            if values.get(field) not in (None, "", ANY):
                yield words.get(str(values[field]), plain(str(values[field])))
        if values.get("extension_status") in _REGISTRATION:
            yield _REGISTRATION[str(values["extension_status"])]
        if values.get("match_variable_name"):
            yield plain(f'if {values["match_variable_name"]} is "{values.get("match_variable_value") or ""}"')
        if values.get("control_code"):
            yield plain(f"switched by {values['control_code']}")

    def values(self, noun: str, place: NamedPlace = ()) -> tuple[Any, ...]:
        """All that a list holds, to be compared."""
        return tuple((item.name, item.values) for item in self._state.all(noun, place))

    def places(self, noun: str, place: NamedPlace = ()) -> frozenset[str]:
        return frozenset(item.where for item in self._state.all(noun, place))


def host(address: str) -> str:
    """The host of an address, which may be shown; all else of it may be secret."""
    try:
        return plain(urlsplit(address).hostname or "")
    except ValueError:
        return ""


def action_in_words(action: Action | None, group_words: str = "") -> str:
    """The action of a menu rule in words. group_words: the destinations of a transfer."""
    if isinstance(action, PlaySound):
        return f"plays {action.title or 'nothing'}"
    if isinstance(action, PlaySilence):
        return f"{action.ms / 1000:g} s of silence"
    if isinstance(action, PlayDigits):
        return f"reads {action.text or 'the variable ' + action.variable}"
    if isinstance(action, Jump):
        return f"goes to {action.context}, {action.option}"
    if isinstance(action, Transfer):
        return f"rings {group_words or 'the number in ' + action.variable}"
    if isinstance(action, HangUp):
        return "hangs up" if action.cause == "normal" else f"hangs up ({action.cause})"
    if isinstance(action, SetVariable):
        return f'sets {action.name} to "{action.value}"'
    if isinstance(action, RecordDigits):
        return f"asks for keys as {action.variable}"
    if isinstance(action, SetCaller):
        return "shows the caller as " + str(action.number if action.number is not None else action.name)
    if isinstance(action, Webhook):
        return f"asks {host(action.url) or 'a webhook'}"
    if isinstance(action, Rate):
        return f"asks for a rating from 1 to {action.most}"
    if isinstance(action, VoiceHelper):
        return "listens to words"
    if isinstance(action, LeaveMessage):
        return "voicemail"
    return "records the call" if isinstance(action, StartRecord) else "something that is not known"


def group_in_words(group: Group) -> str:
    """The destinations of a group: ``101, 102 after 10 s``."""
    return ", ".join(
        f"{leg.outside or leg.number}{f' after {leg.delay // 1000} s' if leg.delay else ''}" for leg in group.legs
    )
