# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The changes that a caller notices, in words, and how bad they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from ..answer import ABANDONED, ANSWERED, CONFERENCE, ENDLESS, FAX, HANGUP, UNKNOWN, VOICEMAIL, Outcome
from ..call import Press
from .runs import Leaf

# From the worst on. hung_up: who was answered is not any more. elsewhere: the call ends in another way. hears: the same
# end, on another way. waits: the same that is heard, but others are rung before. gained: who was not answered is now.
LOSSES = ("hung_up", "unknown", "elsewhere", "hears", "waits", "gained")
HUNG_UP, NOT_KNOWN, ELSEWHERE, HEARS, WAITS, GAINED = LOSSES

_REACHED = (ANSWERED, VOICEMAIL, FAX, CONFERENCE)
_CAUSES = {
    "normal": "are hung up on",
    "busy": "hear that the line is busy",
    "no_answer": "are not answered",
    "unallocated": "hear that the number is not in use",
    "blocked": "are refused",
    "rejected_pin": "are refused for their PIN",
}
WORLDS = {
    "fair": "when everybody answers",
    "nobody": "when nobody answers",
    "busy": "when everybody is busy",
    "no_agents": "when no agent is logged in",
    "all": "",
}
_LISTED = 6


def loss(before: Leaf, after: Leaf) -> str:
    """How bad a difference is, as one of LOSSES."""
    one, other = before.answer.outcome, after.answer.outcome
    if UNKNOWN in (one.kind, other.kind):
        return NOT_KNOWN
    if before.experience[:-1] == after.experience[:-1]:
        heard, hears = (tuple(met for met in leaf.experience[-1] if met[0] != "ring") for leaf in (before, after))
        return WAITS if heard == hears else HEARS
    if (one.kind in _REACHED) == (other.kind in _REACHED):
        return ELSEWHERE
    return HUNG_UP if one.kind in _REACHED else GAINED


class Names:
    """labels: of extensions, by number."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def of(self, number: str) -> str:
        label = self._labels.get(number)
        return f"{number} {label}" if label and label != number else number

    def what(self, before: Leaf, after: Leaf) -> str:
        """The change that callers notice, in words: ``reach the voicemail of 300 instead of queue 200``."""
        one, other = before.answer.outcome, after.answer.outcome
        if before.experience[:-1] == after.experience[:-1]:
            return self._way(before, after)
        if one.kind in _REACHED and other.kind in _REACHED:
            return f"reach {self._end(other)} instead of {self._end(one)}"
        if one.kind in _REACHED:
            return f"{self._end(other)} instead of reaching {self._end(one)}"
        if other.kind in _REACHED:
            return f"reach {self._end(other)}; before, they {self._end(one)}"
        return f"{self._end(other)}; before, they {self._end(one)}"

    def _end(self, end: Outcome) -> str:
        """The end of a call in words: whom callers reach, or how the call ends."""
        if end.kind == ANSWERED:
            return f"queue {self.of(end.queue)}, agent {end.by}" if end.queue else self.of(end.by)
        if end.kind == VOICEMAIL:
            return f"the voicemail of {self.of(end.extension)}"
        if end.kind in (FAX, CONFERENCE):
            return f"the {end.kind} {self.of(end.extension)}"
        if end.kind == HANGUP:
            return _CAUSES.get(end.cause, f"are hung up on ({end.cause})")
        if end.kind == ABANDONED:
            where = {"queue": "wait in a queue", "ringing": "hear it ring", "menu": "are in a menu"}[end.where]
            return f"{where} until they give up"
        if end.kind == ENDLESS:
            return f"never reach anybody ({end.where})"
        return "come to something that is not known"

    def _way(self, before: Leaf, after: Leaf) -> str:
        """The difference on the way to the same end, in words."""
        one, other = before.experience[-1], after.experience[-1]
        gone, come = [], []
        for tag, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            if tag != "equal":
                gone += one[start:end]
                come += other[first:last]
        words = []
        for kind, verb in _MET:
            old_names, new_names = ([self._named(met) for met in listed if met[0] == kind] for listed in (gone, come))
            if new_names and old_names:
                words.append(f"{verb} {_some(new_names)} instead of {_some(old_names)}")
            elif new_names:
                words.append(f"also {verb} {_some(new_names)}")
            elif old_names:
                words.append(f"no longer {verb} {_some(old_names)}")
        return " and ".join(words) or "meet the same in another order"

    def _named(self, met: tuple[str, ...]) -> str:
        if met[0] == "menu":
            return f"{met[1]}/{met[2]} ({met[3]})"
        return f'"{met[1]}"' if met[0] == "sound" else self.of(met[1])


# The verb for callers, by kind of event.
_MET = (("sound", "hear"), ("queue", "wait in queue"), ("ring", "ring"), ("menu", "visit"))


def _some(names: Sequence[str]) -> str:
    each = list(dict.fromkeys(names))
    return ", ".join(each[:_LISTED]) + (f" and {len(each) - _LISTED} more" if len(each) > _LISTED else "")


def pressed(press: Sequence[Press]) -> str:
    """The keys of a caller, and the words, as text."""
    if not press:
        return "nothing"
    return ", then ".join(f'"{one.say}"' if one.say else one.keys or "nothing" for one in press)
