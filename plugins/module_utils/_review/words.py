# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Changes in the words of people: their names of fields, hours as they write them, and differences of long lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .._state.announced import Change
from .._text.hours import MONTHS, WEEKDAYS, condition_in_words
from .._text.plain import plain, value
from .summary import Tenant

# The words of people for the fields that matter most; every other field is called by its name.
FIELDS = {
    "transfer_dst": "destination",
    "timeout_transfer_dst": "destination when nobody has answered in time",
    "no_agent_timeout_transfer_dst": "destination without agents",
    "exit_transfer_dst": "destination of the exit key",
    "agent_hangup_transfer_dst": "destination when the agent hangs up",
    "lifetime_exp_transfer_dst": "destination at the end of the time in the menu",
    "cascade_numbers": "destinations, one after the other",
    "transfer_timeout": "seconds of ringing",
    "hangup_timeout": "seconds of ringing",
    "max_wait_time": "longest wait in seconds",
    "conditions": "hours",
    "timezone": "time zone",
    "interval": "holds in the interval",
    "enabled": "switched on",
    "vm_enabled": "voicemail",
    "vm_mailto": "voicemail goes to",
    "entry_context": "first menu",
    "context": "goes to the menu",
    "context_option": "at the option",
    "extension": "leads to extension",
    "label": "label",
}
Labels = Mapping[str, str]
_EXTENSION = re.compile(r'(extension "([^"]*)")')
_SWITCHES = {True: "on", False: "off"}
_DAYS = ("start_dow", "end_dow")


@dataclass(frozen=True)
class WordedChange:
    """A change of a field in words.

    field: its name. before, after: the old and the new texts, each as a list; None where nothing was there, or nothing
    stays. alike: how many elements of a list stay as they are.
    """

    field: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    alike: int = 0


def common_labels(tenants: Sequence[Tenant]) -> Labels:
    """The labels of the numbers that have the same label in all of these tenants."""
    first, *others = [tenant.labels for tenant in tenants] or [{}]
    if not others:
        return first
    return {number: label for number, label in first.items() if all(one.get(number) == label for one in others)}


def title(text: str, labels: Labels) -> str:
    """The name of an object, with the label of the extension that it begins with."""
    match = _EXTENSION.match(text)
    label = labels.get(match[2]) if match else None
    return f"{match[1]} {label}{text[match.end() :]}" if match and label else text


def change_in_words(change: Change, labels: Labels = MappingProxyType({})) -> WordedChange:
    """A change in words. labels: of extensions, by their numbers."""
    field = FIELDS.get(change.field, change.field)
    if labels and _leads(change.field):
        before, after = _labelled(change.before, labels), _labelled(change.after, labels)
        change = Change(change.field, before, after)
    before, after = change.before, change.after
    if _is_list(before) and _is_list(after):
        gone = [one for one in before if one not in after]
        come = [one for one in after if one not in before]
        if (gone or come) and len(before) == len(_unlike(before)) and len(after) == len(_unlike(after)):
            stays = len(before) - len(gone)
            return WordedChange(field, _texts(change.field, gone), _texts(change.field, come), stays)
    return WordedChange(field, _values(change.field, before), _values(change.field, after))


def _leads(field: str) -> bool:
    return field in ("extension", "cascade_numbers") or field.endswith("transfer_dst")


def _labelled(given: Any, labels: Labels) -> Any:
    """Numbers with their labels: ``101 Reception, 102``."""
    if isinstance(given, str):
        words = given.split()
        named = [f"{word} {labels[word]}" if word in labels else word for word in words]
        return ", ".join(named) if named != words else given
    if isinstance(given, Mapping) and "number" in given:
        return {**given, "number": _labelled(given["number"], labels)}
    return [_labelled(one, labels) for one in given] if _is_list(given) else given


def _values(field: str, given: Any) -> tuple[str, ...] | None:
    if given is None:
        return None
    return _texts(field, given) if _is_list(given) and given else (in_words(field, given),)


def _texts(field: str, given: Sequence[Any]) -> tuple[str, ...]:
    return tuple(in_words(field, one) for one in given)


def in_words(field: str, given: Any) -> str:
    """A value, or an element of a list."""
    if isinstance(given, bool) and field in ("enabled", "vm_enabled"):
        return _SWITCHES[given]
    if field == "conditions" and isinstance(given, Mapping):
        return plain(condition_in_words(given))
    if field == "cascade_numbers" and isinstance(given, Mapping) and "number" in given:
        return plain(f"{given['number']} after {given.get('delay') or 0} s")
    names = WEEKDAYS if field in _DAYS else MONTHS if field == "month" else ()
    if isinstance(given, int) and 0 < given < len(names):
        return names[given]
    return value(given)


def _is_list(given: Any) -> bool:
    return isinstance(given, (list, tuple))


def _unlike(given: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for one in given:
        if one not in found:
            found.append(one)
    return found
