# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The current state: every list is read once, and looks as if the earlier tasks of a preview had already run."""

from __future__ import annotations

from typing import Any

from ..._api.answers import kind
from ..._api.client import Client
from ..._api.errors import AccessDenied, BadAnswer, NotFound, Rejected, ServerFailed
from ..._model.dialect import Dialect
from ..._model.ids import is_id
from ..._model.kind import Kind, Readable
from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.types import Json, Values
from ..._model.values import read
from ..._state.objects import Index, Item, TenantObjects, born_with
from ..._state.overlay import Effects
from ..._state.place import Id, Place
from .carried import Carried
from .memory import Memory
from .orders import in_order, rule_ids
from .pages import whole_list
from .recent import Recent
from .scheme import is_scheme, lists_of
from .wide import Wide

# The items of a loop follow one another within seconds, so they share the lists that are read to find the ids of names;
# a name that is not in a shared list is looked for in a fresh one before it counts as missing.
Lookups = dict[tuple[str, str], list[Json]]

# The key of a list that was read for the sake of one object in it.
ANY = "any"


class Reader:
    """Reads lists, singletons and orders through one client, each once.

    memory: the changes of earlier tasks of a preview; None outside of one.
    lookups: the answers that the items of one loop share, by noun and path.
    overlay: the changes of earlier tasks of a preview to the answers.
    recent: what earlier tasks of the run have done so lately that the answers may not tell it yet.
    """

    def __init__(
        self,
        client: Client,
        dialect: Dialect,
        memory: Memory | None = None,
        lookups: Lookups | None = None,
        recent: Recent | None = None,
    ) -> None:
        self._lookups = {} if lookups is None else lookups
        self.recent = recent or Recent()
        self.client = client
        self.dialect = dialect
        self.overlay = Effects(memory.effects() if memory else (), dialect.new_rule_position == "first")
        self.objects = TenantObjects()
        self._shared: set[tuple[str, str]] = set()
        self._schemes: set[Place] = set()
        self._denied: set[str] = set()
        self.wide = Wide(lambda noun: whole_list(client, noun, client.tenant(noun.tenant_path)))
        self._carried = Carried(lambda noun, place: client.get_object(self.path(noun, place)), self._extensions)

    def path(self, noun: Kind, place: Place, *tail: Id) -> str:
        path = place.path(noun, *tail)
        return path if path.startswith("/") else self.client.tenant(path)

    def all(self, noun: Noun, place: Place) -> list[Item]:
        """The objects of one list. The caller must not change the answer."""
        key = (noun.name, place)
        if key not in self.objects.lists:
            self.objects.lists[key] = self.overlay.on_list(noun, place, self._read_list(noun, place))
        return self.objects.lists[key]

    def index(self, noun: Noun, place: Place) -> Index:
        """The objects of one list, to be found fast."""
        self.all(noun, place)
        return self.objects.index(noun, place)

    def has(self, noun: Kind, place: Place) -> bool:
        """Whether a list has been read already."""
        return self.objects.has(noun, place)

    def add(self, item: Item) -> None:
        """Let an object be found that a preview takes for there."""
        self.objects.add(item)

    def forget(self, noun: Kind, place: Place) -> None:
        """Let the next look at a list ask the server again."""
        self.objects.lists.pop((noun.name, place), None)
        self.wide.forget(noun)
        if isinstance(noun, Noun) and noun.looked_up:
            self._lookups.pop((noun.name, self.path(noun, place)), None)

    def forget_all(self) -> Lookups:
        """Let everybody ask the server again; gives the data that the items of a loop share."""
        self._lookups.clear()
        return self._lookups

    def note_write(self, noun: Kind, place: Place, identity: Id | None, answer: Values | None) -> None:
        """Correct the data that the items of a loop share, at no request.

        identity: that of the object which was there. answer: the object that is there now, if there is one.
        """
        if isinstance(noun, Noun) and noun.looked_up:
            shared = self._lookups.get((noun.name, self.path(noun, place)), [])
            shared[:] = [one for one in shared if one.get(noun.identity) != identity]
            shared += [dict(answer)] if answer else []

    def settings(self, noun: Noun, place: Place) -> Item:
        """A singleton."""
        key = (noun.name, place)
        if key not in self.objects.settings:
            self.objects.settings[key] = self._read_settings(noun, place)
        return self.objects.settings[key]

    def _read_settings(self, noun: Noun, place: Place) -> Item:
        if place.pending:
            return self._singleton(noun, place, {})
        if not self.recent.concerns(noun, place):
            return self._singleton(noun, place, self._carried.answer(noun, place))
        path = self.path(noun, place)
        return self.recent.patiently(
            True,
            lambda: self._singleton(noun, place, self.client.get_object(path)),
            lambda item: self.recent.agrees(noun, place, [item]),
        )

    def _extensions(self) -> Index:
        """Those of a list that this run has read by itself; data that items of a loop share may be outdated."""
        noun = NOUNS["extension"]
        fresh = self.has(noun, Place()) and (noun.name, self.path(noun, Place())) not in self._shared
        return self.index(noun, Place()) if fresh else Index([])

    def _singleton(self, noun: Noun, place: Place, answer: Values) -> Item:
        return self.overlay.on_settings(Item(noun, place, "", read(noun, answer), answer))

    def whole(self, noun: Noun, place: Place) -> Item:
        """The settings of an IVR, and ahead of their use its menus with one request, where that is possible."""
        self._scheme(place)
        return self.settings(noun, place)

    def menus(self, place: Place) -> None:
        """Read all that the menus of an IVR hold with one request, where that is possible; earlier answers stay."""
        if place not in self._schemes:
            self._scheme(place, besides=True)

    def _scheme(self, place: Place, besides: bool = False) -> None:
        """Fill the lists of an IVR from ``ivr/scheme/``, where the answer has the expected shape.

        Its inner model is not documented (semantics.md section 4, context_model): where it is another, or absent, the
        lists are read one by one as they are needed. besides: also where some of them have been read already.
        """
        read_already = self.has(NOUNS["ivr_context"], place) and not besides
        if place.pending or self.dialect.scheme == "never" or read_already:
            return
        self._schemes.add(place)
        try:
            answer = self.client.get_object(self.path(NOUNS["ivr"], place) + "scheme/")
        except (NotFound, AccessDenied, BadAnswer, Rejected, ServerFailed):
            return
        if is_scheme(answer):
            unread = [one for one in lists_of(answer, place) if not self.has(*one[:2])]
            for noun, home, answers in unread:
                found = [self.item(noun, home, one) for one in answers]
                if self.recent.agrees(noun, home, found):
                    self.objects.lists[noun.name, home] = self.overlay.on_list(noun, home, found)
            if (
                all(f.answered_as in answer for f in NOUNS["ivr"].fields)
                and ("ivr", place) not in self.objects.settings
            ):
                settings = self._singleton(NOUNS["ivr"], place, answer)
                if self.recent.agrees(NOUNS["ivr"], place, [settings]):
                    self.objects.settings["ivr", place] = settings

    def order(self, noun: Noun, place: Place) -> list[Id]:
        """The ids of a program's rules in the order in which they run; only order/ is authoritative
        (semantics.md section 9 (20))."""
        if place not in self.objects.orders:
            self.objects.orders[place] = self._read_order(noun, place)
        return self.objects.orders[place]

    def _read_order(self, noun: Noun, place: Place) -> list[Id]:
        rules = self.all(noun, place)
        ids: list[Id] = [rule.id for rule in rules]
        there = [rule.id for rule in rules if rule.answer]
        if len(there) > 1 and self.dialect.rule_list_order == "unknown":
            listed = self.recent.patiently(
                self.recent.concerns(noun, place),
                lambda: self._listed_order(noun, place, there),
                lambda order: self.recent.agrees_on_order(noun, place, order),
                lags=(NotFound, BadAnswer),
            )
            ids = self.overlay.with_new(listed, [identity for identity in ids if identity not in listed])
        return self.overlay.on_order(noun, place, ids)

    def _listed_order(self, noun: Noun, place: Place, there: list[Id]) -> list[Id]:
        path = self.path(noun, place) + "order/"
        order = rule_ids(self.client.get_object(path), f"GET {path}")
        return in_order(noun, f"GET {path}", order, there, self.overlay.deleted_ids(noun, place))

    def extensions(self) -> list[Item]:
        return self.all(NOUNS["extension"], Place())

    def agents(self) -> list[Item]:
        """The agents of all phones of the tenant."""
        return self.everywhere(NOUNS["agent"])

    def everywhere(self, noun: Noun) -> list[Item]:
        """The objects of a kind in all extensions; with one request where the PBX lists them for the tenant."""
        key = (noun.name, Place())
        if key not in self.objects.lists:
            found = self.recent.patiently(
                self.recent.concerns(noun, Place()),
                lambda: self._wide_list(noun),
                lambda items: items is None or self.recent.agrees(noun, Place(), items),
                lambda: self.wide.forget(noun),
            )
            if found is None:
                owners = [one for one in self.extensions() if noun.fits(one.values.get("type"))]
                self.objects.lists[key] = [item for owner in owners for item in self.all(noun, owner.inside)]
            else:
                self.objects.lists[key] = self.overlay.on_all(noun, found)
        return self.objects.lists[key]

    def _wide_list(self, noun: Noun) -> list[Item] | None:
        """The objects of a kind from the list of the tenant; None where there is none, or it does not say whose they
        are."""
        answers = self.wide.answers(noun)
        if answers is None or any(answer.get("extension_id") is None for answer in answers):
            return None
        return [self.item(noun, self.extension_place(one["extension_id"]), one) for one in answers]

    def may_read(self, noun: Noun) -> bool:
        """Whether a list of the tenant may be read; it is read to find out."""
        if noun.name not in self._denied:
            try:
                self.index(noun, Place())
            except (NotFound, AccessDenied):
                self._denied.add(noun.name)
        return noun.name not in self._denied

    def do_without(self, noun: Noun) -> None:
        """Ask no more for a list of the tenant, which could not be read."""
        self._denied.add(noun.name)

    def tenant_list(self, kind: Noun) -> Index | None:
        """Return the tenant's own list for its extensions; None where it may not be read (semantics.md section 6)."""
        noun = NOUNS[kind.of_tenant]
        return self.index(noun, Place()) if self.may_read(noun) else None

    def some_extension(self) -> Place | None:
        """The inside of any extension, for lists that every one of them can tell."""
        noun, everywhere = NOUNS["extension"], Place()
        path = self.path(noun, everywhere)
        listed = self._lookups.get((noun.name, path)) or self._lookups.get((noun.name, ANY))
        if listed is None:
            listed = self._lookups[noun.name, ANY] = self.client.get_list(path, {"page": 1, "per_page": 1})
        return self.item(noun, everywhere, listed[0]).inside if listed else None

    def type_of(self, inside: Place) -> str | None:
        """The type of the extension that a place is the inside of, where it is known at no request."""
        known = self.objects.all(NOUNS["extension"], Place())
        return next((item.values.get("type") for item in known if item.id == inside.ids[0][1]), None)

    def extension_place(self, identity: Any) -> Place:
        """The inside of an extension, named by its number where the extensions have been read."""
        noun = NOUNS["extension"]
        if not is_id(identity):
            raise BadAnswer(f"the PBX listed one agent whose extension_id is no id but {kind(identity)}")
        item = self.index(noun, Place()).with_id(identity) if self.has(noun, Place()) else None
        return item.inside if item else Place().inside(noun, identity, str(identity))

    def _read_list(self, noun: Noun, place: Place) -> list[Item]:
        if place.pending:
            return born_with(noun, place, self.dialect.option_default_rule == "visible")
        return self.recent.patiently(
            self.recent.concerns(noun, place),
            lambda: self._items(noun, place),
            lambda found: self.recent.agrees(noun, place, found),
            lambda: self.forget(noun, place),
        )

    def _items(self, noun: Noun, place: Place) -> list[Item]:
        answers = self._answers(noun, place)
        if not noun.parents:
            # The answer also lists the objects that an operator offers to all of its tenants.
            answers = [a for a in answers if a.get("dealer_id") is None or a.get("client_id") is not None]
        found = [self.item(noun, place, answer) for answer in answers]
        self.spell_agents(noun, found)
        return found

    def _answers(self, noun: Noun, place: Place) -> list[Json]:
        path = self.path(noun, place)
        if noun.tenant_path and self.wide.tells(noun, place):
            return self.wide.of_extension(noun, place)
        if not noun.looked_up:
            return whole_list(self.client, noun, path)
        if (noun.name, path) not in self._lookups:
            self._lookups[noun.name, path] = whole_list(self.client, noun, path)
        else:
            self._shared.add((noun.name, path))
        return self._lookups[noun.name, path]

    def refresh(self, noun: Noun, place: Place) -> bool:
        """Let the next look at a list ask the server, if it was read for an earlier item."""
        if not noun.looked_up:
            return False
        key = (noun.name, self.path(noun, place))
        if key not in self._shared:
            return False
        self._shared.discard(key)
        self.forget(noun, place)
        return True

    def item(self, noun: Noun, place: Place, answer: Values) -> Item:
        values = read(noun, answer)
        for name in noun.addresses:
            self.client.mask.note(values.get(name))
        return Item(noun, place, identity_of(noun, values, answer), values, answer)

    def spell_agents(self, noun: Noun, rows: list[Item]) -> None:
        """Spell the agent of every row of a queue as the agent's own id (semantics.md section 9 (18))."""
        ref = self.dialect.queue_agent_ref
        field = next((one for one in noun.fields if one.or_home and not one.unlisted), None)
        if field is None or ref == "agent" or not rows:
            return
        agents = [agent for agent in self.agents() if agent.answer]
        own = {agent.id for agent in agents}
        if ref == "auto" and all(row.values.get(field.name) in own for row in rows):
            return
        by_extension: dict[Id, Id] = {agent.place.get("extension"): agent.id for agent in agents}
        for row in rows:
            row.id = row.values[field.name] = by_extension.get(row.id, row.id)


def identity_of(noun: Readable, values: Values, answer: Values) -> Id:
    """The id in an answer. Raises BadAnswer for one without an id."""
    identity: Id | None = values.get(noun.identity, answer.get(noun.identity))
    if identity is None:
        raise BadAnswer(f"the PBX listed one {noun.title} without {noun.identity}")
    if not is_id(identity):
        raise BadAnswer(f"the PBX listed one {noun.title} whose {noun.identity} is no id but {kind(identity)}")
    return identity
