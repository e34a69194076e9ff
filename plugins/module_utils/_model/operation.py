# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How an operation on live objects is declared: a call, a conference, a device that is registered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from .field import Field
from .kind import Kind

# Takes the answers of the PBX by question, and the declared values; gives the fields with known present values, or
# None where the object is known not to exist.
Obeyed = Callable[[Mapping[str, Any], Mapping[str, Any]], Optional[Mapping[str, Any]]]


def _nothing(_answers: Mapping[str, Any], _declared: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Action:
    """One request that an operation can send.

    method: the HTTP method; empty where nothing is sent because the action only looks.
    needs: the fields that it cannot do without. takes: those that it also takes.
    named: where the request names the action: ``body``, ``query``, or nowhere.
    sets: the fields are a state, so that only differences are sent.
    ends: the object is gone afterwards, so that nothing is left to do for the next one.
    repeatable: whether sending it twice does no harm, so that it is repeated after a failure of the network.
    """

    method: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    named: str = ""
    sets: bool = False
    ends: bool = False
    repeatable: bool = False


@dataclass(frozen=True)
class Operation(Kind):
    """The operations on one kind of short-lived object, such as a call. Its fields are declared as those of a noun.

    path: as in operations.json, with the extension and the identity in braces. An action without an identity is about
        the list, so that its path ends before it.
    identity: the field that picks one object; where the path does not hold it, it is a part of the body.
    whole: as in a sentence, where no identity picks one; the title otherwise.
    actions: by the name that the field ``action`` gives them; without that field there is only one.
    state: the path that tells the current state; empty where the API cannot tell.
    listed: the part of that answer that lists the objects. past_unless: its flag without which they are past.
    asks: for a field, the ``action`` of the query that tells its present value. obeyed: finds it in the answers.
    shows: every ``action`` that the query can have.
    returned: the name under which a module returns one of these: the ``answer`` to the request, the object that was
        ``found``, the whole ``state``, or the answers that the user asked to have ``shown``.
    stand_ins: the fields of the answer for which a preview can only give a placeholder.
    """

    whole: str = ""
    actions: Mapping[str, Action] = field(default_factory=dict)
    state: str = ""
    listed: str = ""
    past_unless: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)
    obeyed: Obeyed = _nothing
    shows: tuple[str, ...] = ()
    returned: tuple[str, str] = ("", "answer")
    stand_ins: tuple[str, ...] = ()

    @property
    def answered(self) -> tuple[Field, ...]:
        """The fields of a module's result; none where the contract does not describe the answer."""
        return tuple(f for f in self.fields if not f.write_only)

    def __post_init__(self) -> None:
        if "action" in self.by_name:
            object.__setattr__(self, "variant", "action")
            object.__setattr__(self, "variants", {name: (one.needs, one.takes) for name, one in self.actions.items()})
