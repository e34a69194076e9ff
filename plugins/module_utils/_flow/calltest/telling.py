# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A call as text for people: the call in one line, and the events with their times. PINs and addresses stay hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..._text.mask import STARS, Mask
from ..._text.plain import plain
from ..answer import Event
from ..call import Press
from ..zone import Zone
from .moments import local_text
from .seen import Seen
from .subject import Subject
from .words import Word, ended, seconds
from .worlds import Around

# Longer timelines are shown with their beginning and their end only.
_MOST_LINES, _LAST_LINES = 25, 15


class Telling:
    """One call as it is shown: the PINs that were pressed are not."""

    def __init__(self, seen: Seen, around: Around, zone: Zone | None, mask: Mask) -> None:
        self._seen = seen
        self._around = around
        self._zone = zone
        self._mask = mask
        typed = {event.details["keys"] for event in seen.events("keys") if event.details["ask"] == "pin"}
        self._pins = frozenset(filter(None, typed)) | seen.subject.pins

    def trace(self) -> list[dict[str, Any]]:
        return [event.as_dict() for event in self._events()]

    def _events(self) -> Iterator[Event]:
        for event in self._seen.trace:
            details = event.details
            if event.event == "webhook":
                details = {**details, "url": self._mask.address(details["url"])}
            elif event.event == "keys" and details["keys"] in self._pins:
                details = {**details, "keys": STARS}
            elif event.event == "variable" and details["value"] in self._pins:
                details = {**details, "value": STARS}
            yield Event(event.t, event.event, details)

    def call(self) -> dict[str, Any]:
        """The call in the raw form; the world in words, where it is not all fair."""
        call, caller = self._seen.call, self._seen.call.caller
        shown: dict[str, Any] = {"to": call.to, "from": {"number": caller.number, "anonymous": caller.anonymous}}
        if caller.name:
            shown["from"]["name"] = caller.name
        if call.at is not None:
            shown["at"] = call.at
            shown["local"] = local_text(call.at, self._zone)
        shown["press"] = [self._item(item) for item in call.press]
        for name in ("impatient", "agent_hangs_up"):
            if getattr(call, name):
                shown[name] = True
        if call.hang_up_after is not None:
            shown["hang_up_after"] = call.hang_up_after / 1000
        if self._around.words:
            shown["world"] = dict(self._around.words)
        return shown

    def _item(self, item: Press) -> Any:
        keys = STARS if item.keys in self._pins else item.keys
        if not item.say and not item.after:
            return keys
        return {**({"say": item.say} if item.say else {"keys": keys}), "after": item.after / 1000}

    def line(self) -> str:
        """The call in one line."""
        call = self._seen.call
        who = "a hidden number" if not call.caller.shown.number else call.caller.number
        words = [f"call to {call.to} from {who}"]
        if call.at is not None:
            words.append(f"at {local_text(call.at, self._zone)}")
        if call.press:
            words.append(f"press {', '.join(map(self._spoken, call.press))}")
        if call.impatient:
            words.append("impatient")
        if call.hang_up_after is not None:
            words.append(f"patience {seconds(call.hang_up_after)}")
        if call.agent_hangs_up:
            words.append("the agent hangs up")
        words += [f"{name} {word}" for name, word in self._around.words.items() if word]
        return plain("; ".join(words))

    def _spoken(self, item: Press) -> str:
        keys = STARS if item.keys in self._pins else item.keys
        what = f'say "{item.say}"' if item.say else keys or "nothing"
        return f"{what} after {seconds(item.after)}" if item.after else what

    def unfulfilled(self, failed: Iterable[tuple[bool, Word]]) -> Iterator[str]:
        """The words that the call does not fulfil, with the actual events."""
        for expected, word in failed:
            wanted = f"expected: {word}" if expected else f"must never be: {word}"
            yield f"{wanted} - found: {word.found(self._seen)}"

    def message(self, title: str, wrong: Iterable[str], missing: str) -> str:
        """The reason why a test is not passed. wrong: lines. missing: the place of an unknown value, else ""."""
        seen = self._seen
        lines = [title, f"  {self.line()}", *(plain(f"  {line}") for line in wrong)]
        lines.append(plain(f"  happened: {ended(seen)}"))
        if missing:
            lines.append(plain(f"  not known: {unknown(missing, seen.subject)}"))
        fired = seen.answer.fired
        lines.append(plain(f"  decided by: {fired[-1]}" if fired else "  decided by: no rule; none has run"))
        lines += [f"  {line}" for line in self.timeline()]
        return "\n".join(lines)

    def timeline(self) -> list[str]:
        lines = [plain(_event(event)) for event in self._events()]
        left = len(lines) - _MOST_LINES
        if left <= 0:
            return lines
        return [*lines[: _MOST_LINES - _LAST_LINES], f"... {left} more ...", *lines[-_LAST_LINES:]]


def _event(event: Event) -> str:
    details: Mapping[str, Any] = event.details
    words = [event.event]
    for name, value in details.items():
        if name == "ms":
            words.append(f"for {seconds(value)}")
        elif name == "keys":
            words.append(str(value) or "(silence)")
        elif value != "":
            words.append(str(value))
    return f"{seconds(event.t):>10}  {' '.join(words)}"


def unknown(place: str, subject: Subject) -> str:
    """The unknown value that a call needs, in words, and how to make it known."""
    if place == "call: at":
        return "when the call arrives, which an interval asks; say it with at"
    if place in ("extensions", "dids"):
        return f"which {place} the tenant has; declare all of them, or lay the document over the PBX"
    if problem := subject.plan.problems.get(place):
        return f"{place}: {problem}; mend it in the document"
    return f"{place}; declare it, or lay the document over the PBX"
