# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small changes of a tenant document, of the kind that people make by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

Thing = dict[str, Any]
Change = Callable[[], None]

# Other values of fields with words.
_WORDS: dict[str, tuple[Any, ...]] = {
    "call_status": ("any", "busy", "no_answer"),
    "extension_call_status": ("any", "busy", "no_answer"),
    "extension_status": ("any", "registered", "unreachable"),
    "caller_id_action": ("any", "anonymous", "matches", "not_matches"),
    "strategy": ("ring-all", "round-robin", "sequentially-by-agent-order", "top-down"),
    "type": ("transfer", "simple_transfer"),
    "hangup_cause": ("normal", "busy"),
    "status": ("active", "blocked", "available", "logged_out"),
    "caller_id": ("^7", "^\\+49", "5$"),
    "control_code": ("*95",),
}
_DESTINATIONS = ("transfer_dst", "timeout_transfer_dst", "exit_transfer_dst", "no_agent_timeout_transfer_dst", "number")
_LISTS = ("incom_rules", "rules", "options", "queue_agents", "conditions", "cascade_numbers", "contexts")


class Mutants:
    """Makes changes of one document. seed: of the choices."""

    def __init__(self, document: Thing, seed: int) -> None:
        self._document = document
        self._chance = Random(seed)  # noqa: S311 - a test wants the same choices again

    def one(self) -> Thing:
        """The document with one change."""
        changed = deepcopy(self._document)
        changes = list(self._changes(changed))
        self._chance.choice(changes)()
        return changed

    def _changes(self, document: Thing) -> Iterator[Change]:
        numbers = [one["number"] for one in document["extensions"]]
        sounds = sorted(set(_values(document, "sound", "vm_greeting")))
        contexts = sorted({one["name"] for one in _dictionaries(document) if "options" in one})
        intervals = sorted({one["name"] for one in _dictionaries(document) if "conditions" in one})
        for one in _dictionaries(document):
            for name, value in one.items():
                if name in _LISTS and isinstance(value, list) and value:
                    yield from self._of_list(name, value)
                elif isinstance(value, bool):
                    yield self._set(one, name, (not value,))
                elif isinstance(value, int):
                    yield self._set(one, name, (value + 1, value * 2 + 3, max(0, value - 1), value // 2))
                elif name in _WORDS:
                    yield self._set(one, name, _WORDS[name])
                elif name in _DESTINATIONS and (name != "number" or "type" not in one):
                    yield self._set(one, name, (*numbers, *(f"{value} {number}" for number in numbers)))
                elif name == "extension":
                    yield self._set(one, name, (*numbers, None))
                elif name in ("sound", "vm_greeting"):
                    yield self._set(one, name, sounds)
                elif name in ("context", "entry_context"):
                    yield self._set(one, name, contexts)
                elif name == "interval":
                    yield self._set(one, name, intervals)
                    yield self._without(one, name)
                elif name.endswith("_time") and isinstance(value, str) and value[2:3] == ":":
                    hour = int(value[:2])
                    hours = (f"{other:02d}{value[2:]}" for other in (hour - 1, hour + 1) if 0 <= other < 24)
                    yield self._set(one, name, (*hours, f"{value[:3]}17:00"))

    def _of_list(self, name: str, found: list[Any]) -> Iterator[Change]:
        at = self._chance.randrange(len(found))
        yield lambda: found.pop(at) and None
        if name in ("incom_rules", "rules") and len(found) > 1:
            first = self._chance.randrange(len(found) - 1)
            yield lambda: found.insert(first, found.pop(first + 1))

    def _set(self, one: Thing, name: str, values: Any) -> Change:
        others = [value for value in values if value != one[name]]
        value = self._chance.choice(others) if others else one[name]
        return lambda: one.update({name: value})

    @staticmethod
    def _without(one: Thing, name: str) -> Change:
        return lambda: one.pop(name) and None


def _dictionaries(value: Any) -> Iterator[Thing]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _dictionaries(part)
    elif isinstance(value, list):
        for part in value:
            yield from _dictionaries(part)


def _values(document: Thing, *names: str) -> Iterator[str]:
    for one in _dictionaries(document):
        yield from (one[name] for name in names if isinstance(one.get(name), str))
