# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""From declared values to a plan. Nothing here writes; check mode and the real run share every line of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from ..._model.noun import Noun
from ..._model.nouns import NOUNS
from ..._model.problems import stale_parameters, value_problems
from ..._model.sentence import Odd
from ..._model.types import Values
from ..._model.values import same
from ..._state.announced import Change
from ..._state.objects import Live
from ..._state.place import Id, Pending, Place, stood_for
from ..errors import InputError
from ..read.contents import Contents
from ..read.numbers import Numbers
from ..read.references import References
from .compare import Compare, keep_created
from .declarations import Declarations
from .draft import Draft, Unread
from .program import new_order, pair
from .steps import Listing, Plan, Step, body_of, file_of


class Planner:
    """Plans one noun at a time into one plan.

    update_password: ``always`` sends declared write-only values to objects that exist; ``on_create`` only to new ones.
    update_file: the same for files; ``differs`` sends them where the content is another one.
    draft: the material of the plan. given: takes declared values, and notes the refused and the odd ones.
    """

    def __init__(
        self,
        draft: Draft,
        references: References,
        contents: Contents,
        update_password: str = "always",
        update_file: str = "differs",
    ) -> None:
        self.plan = Plan()
        self.draft = draft
        self.references = references
        self._numbers = Numbers(draft, references)
        self.given = Declarations(references, self._numbers)
        self._contents = contents
        self._update_file = update_file
        self._compare = Compare(draft, references, self._numbers, update_password)
        self._created = 0

    def find(self, noun: Noun, place: Place, declared: Values, identity: Id | None = None) -> Live | None:
        """The object that an id or the natural key picks. Raises InputError for an unknown id and for several."""
        live = self.draft.all(noun, place)
        if identity is not None:
            for candidate in live:
                if str(candidate.id) == str(identity):
                    return candidate
            if stood_for(identity):
                return self.references.find(noun, place, str(identity), f"{place.where(noun, {})}: id")
            ids = ", ".join(f"{candidate.id} ({candidate.name})" for candidate in live) or "none"
            where = place.where(noun, {})
            raise InputError([f"{where}: there is no {noun.title} with id {identity}; there are: {ids}"])
        found = self.draft.index(noun, place).with_key(declared, noun.key)
        if len(found) > 1:
            ids = ", ".join(str(candidate.id) for candidate in found)
            name = noun.name_of(self._compare.labels(noun, declared, place))
            where = place.where(noun, {})
            raise InputError(
                [f'{where}: there are {len(found)} {noun.plural_title} "{name}", ids {ids}; pick one with id']
            )
        return found[0] if found else None

    def ensure(
        self,
        noun: Noun,
        place: Place,
        given: Values,
        identity: Id | None = None,
        where: str = "",
        unusable: Collection[str] = (),
    ) -> tuple[Live, Step | None]:
        """Plan that an object is there with the given values; the step is None where nothing is to do.

        where: the words that a sentence about the object begins with, where its place and its name are not enough.
        unusable: the fields whose values have been refused already, and are not among the given ones.

        Raises InputError where it cannot be told which object is meant.
        """
        where = where or place.where(noun, given)
        before = len(self.given.refused)
        with self.given.at_once():
            declared, unusable = self.given.take(noun, given, place, where, unusable)
            if any(name in unusable for name in noun.key):
                wrong = [one for one in value_problems(noun, declared) if not isinstance(one, Odd)]
                raise InputError(f"{where}: {one}" for one in wrong)
            if identity is None:
                self.given.need_key(noun, declared, where)
            live = self.find(noun, place, declared, identity)
            if live is None and not noun.creatable:
                others = self.references.offer(noun, noun.name_of(declared), self.draft.all(noun, place))
                raise InputError([f"{where}: there is no such {noun.title}, and the API cannot add one; {others}"])
        declared = noun.settled(declared, live.values if live else {})
        self.given.check(noun, declared, live, place, where, unusable)
        if live is None:
            return self._create(noun, place, declared)
        with self.given.at_once():
            keep_created(live, declared, where)
        if len(self.given.refused) > before:
            return live, None
        step = self._update(live, declared)
        return live, self._replace(live, declared) or step

    def ensure_with(
        self,
        noun: Noun,
        place: Place,
        given: Values,
        identity: Id | None,
        program: Sequence[Values] | None,
    ) -> tuple[Live, Step | None, list[Live]]:
        """Plan that an object is there, and that its program is this one, where one is given."""
        live, step = self.ensure(noun, place, given, identity)
        if program is None or not noun.program:
            return live, step, []
        return live, step, self.program(NOUNS[noun.program[1]], live.inside, program)[0]

    def empty(self, noun: Noun, place: Place) -> Step | None:
        """Plan that nothing is left of a list, in one request."""
        live = self.draft.all(noun, place)
        if not live:
            return None
        names = [self.draft.client.mask.text(self.references.name_of(one)) for one in live]
        return self.plan.add(Step("empty", noun, place, "", changes=(Change(noun.plural, names, None),)))

    def remove(
        self,
        noun: Noun,
        place: Place,
        given: Values,
        identity: Id | None = None,
        query: Values | None = None,
    ) -> tuple[Live | None, Step | None]:
        """Plan that an object is not there. query: see Noun.delete_query."""
        where = place.where(noun, given)
        keys = {name: value for name, value in given.items() if name in noun.key}
        declared = self.given.declare(noun, keys, place, where)
        if identity is None:
            self.given.need_key(noun, declared, where)
        name = noun.name_of(declared)
        if name in noun.permanent:
            raise InputError(
                [f"{where}: every {NOUNS[noun.parents[-1]].title} has a {name} option, it cannot be removed; "
                 f"declare an empty list of rules to empty it"]
            )  # fmt: skip
        if identity is None or stood_for(identity):
            live = self.find(noun, place, declared, identity)
        else:
            # An object that is gone already needs no step.
            live = next((one for one in self.draft.all(noun, place) if str(one.id) == str(identity)), None)
            if live and any(not same(noun.by_name[k], live.values.get(k), value) for k, value in declared.items()):
                other = f'id {identity} is that of another {noun.title}, "{self.references.name_of(live)}"'
                raise InputError([f"{where}: {other}; name the one that is to be deleted"])
        return live, self._delete(live, query or {}) if live else None

    def configure(
        self, noun: Noun, place: Place, given: Values, where: str = "", unusable: Collection[str] = ()
    ) -> tuple[Live, Step | None]:
        """Plan the settings of a singleton. unusable: see ensure."""
        where = where or place.where(noun, given)
        declared, unusable = self.given.take(noun, given, place, where, unusable)
        live = self.draft.one(noun, place)
        self.given.check(noun, declared, live, place, where, unusable)
        return live, self._update(live, declared)

    def program(
        self,
        noun: Noun,
        place: Place,
        given: Sequence[Values],
        where: str = "",
        unusable: Sequence[Collection[str]] = (),
    ) -> tuple[list[Live], list[Step]]:
        """Plan that a list of rules is the whole list, in that order.

        Rules are added and changed before the order is set, and the other rules go last, so that a caller always finds
        either the old program or the new one (design: never drop a call). unusable: see ensure, for each rule.
        """
        where = where or f"{place} > rules"
        before = len(self.given.refused)
        taken = [
            self.given.take(noun, rule, place, f"{where}[{index}]", unusable[index] if unusable else ())
            for index, rule in enumerate(given)
        ]
        declared = [values for values, dummy in taken]
        ids = self.draft.order(noun, place)
        live = sorted(self.draft.all(noun, place), key=lambda rule: ids.index(rule.id))
        matched = pair(noun, declared, live)
        for index, ((wanted, missing), kept) in enumerate(zip(taken, matched)):
            self.given.check(noun, wanted, kept, place, f"{where}[{index}]", missing)
        if len(self.given.refused) > before:
            return [], []
        if place.pending:
            self.plan.foresee(noun, place, [dict(rule) for rule in given])
        steps: list[Step | None] = []
        after: list[Live] = []
        for wanted, kept in zip(declared, matched):
            result, step = (kept, self._update(kept, wanted)) if kept else self._create(noun, place, wanted)
            after.append(result)
            steps.append(step)
        doomed = [rule for rule in live if rule not in matched]
        self.plan.listings[place] = Listing(
            tuple(self._compare.listed(rule.noun, rule.values, {}, place) for rule in live),
            tuple(
                self._compare.listed(noun, {**(kept.values if kept else {}), **wanted}, wanted, place)
                for wanted, kept in zip(declared, matched)
            ),
        )
        steps.append(self._order(noun, place, after, doomed, ids))
        steps += [self._delete(rule, {}) for rule in doomed]
        return after, [step for step in steps if step]

    def arrange(self, noun: Noun, place: Place, wanted: Sequence[str]) -> tuple[list[Live], Step | None]:
        """Plan the order of the rules that are there: the named ones first, the others behind them as they are."""
        rules = self.draft.all(noun, place)
        chosen = [self.references.resolve(noun.name, name, place, str(place)) for name in wanted]
        twice = {rule.name for rule in chosen if chosen.count(rule) > 1}
        if twice:
            stand = "stands" if len(twice) == 1 else "stand"
            raise InputError([f"{place}: {', '.join(sorted(twice))} {stand} twice in the order; name each rule once"])
        ids = self.draft.order(noun, place)
        rest = sorted((r for r in rules if r not in chosen), key=lambda rule: ids.index(rule.id))
        return chosen + rest, self._order(noun, place, chosen + rest, [], ids)

    def _create(self, noun: Noun, place: Place, declared: Values) -> tuple[Live, Step]:
        number = 0 if noun.key and not noun.ordered else self._number(noun, place)
        values = {f.name: f.on_create for f in noun.writable if f.on_create or f.on_create == 0}
        # An empty field is sent only where the server may fill in a default by itself.
        fields = noun.by_name
        values.update(
            {n: v for n, v in declared.items() if v is not None or (fields[n].defaults and n not in noun.key)}
        )
        changes = tuple(self._compare.changes(noun, {}, values, place))
        name = noun.name_of(self._compare.labels(noun, values, place))
        known = str(values[noun.identity]) if noun.identity in noun.key else ""
        live = Live(noun, place, "", dict(values))
        # With the number of its extension where that is known: agents of several extensions may share a name.
        identity = live.id = Pending(noun.name, self.references.name_of(live), place.ids, number, known)
        body = body_of(noun, values, self.draft.dialect.null_choice)
        file = file_of(noun, values)
        step = Step("create", noun, place, name, values, body, file=file, creates=identity, changes=changes)
        self.plan.add(step)
        if not noun.ordered:
            self.draft.add(live)
        return live, step

    def _number(self, noun: Noun, place: Place) -> int:
        """A number that no other new rule of the list has; rules may share a name."""
        self._created += 1
        return self._created + len(self.draft.all(noun, place))

    def _update(self, live: Live, declared: Values) -> Step | None:
        noun = live.noun
        changed = {
            name: value
            for name, value in declared.items()
            if self._compare.differs(noun.by_name[name], live.values, value, noun.singleton and live.place.pending)
        }
        if not changed:
            return None
        changed.update(dict.fromkeys(stale_parameters(noun, declared, live.values)))
        values = {**live.values, **changed}
        step = Step(
            "update",
            noun,
            live.place,
            self.references.name_of(live),
            {name: value for name, value in values.items() if name in noun.by_name and noun.by_name[name].writable},
            body_of(noun, self._compare.to_send(live, changed), self.draft.dialect.null_choice),
            None if noun.singleton else live.id,
            changes=tuple(self._compare.changes(noun, live.values, changed, live.place)),
        )
        return self.plan.add(step)

    def _replace(self, live: Live, declared: Values) -> Step | None:
        """Plan the file that goes to an object, which is a request of its own."""
        noun, path = live.noun, file_of(live.noun, declared)
        if not path or self._update_file == "on_create":
            return None
        if self._update_file == "differs":
            same = self._contents.same(live, path)
            if same is None:
                raise Unread({("content", live.id): partial(self._contents.read, live)})
            if same:
                return None
        before = self._contents.known(live)
        change = Change("file", None if before is None else str(before), path)
        values = {**live.values, **declared}
        name = self.references.name_of(live)
        return self.plan.add(Step("replace", noun, live.place, name, values, {}, live.id, file=path, changes=(change,)))

    def discard(self, live: Live) -> Step:
        """Plan that an object goes which nobody declared."""
        return self._delete(live, {})

    def _delete(self, live: Live, query: Values) -> Step:
        name = self.references.name_of(live)
        held = {
            f.name: live.values[f.name] for f in live.noun.writable if live.values.get(f.name) not in (None, "", [])
        }
        labels = self._compare.labels(live.noun, held, live.place)
        changes = tuple(Change(field, label, None) for field, label in labels.items())
        return self.plan.add(Step("delete", live.noun, live.place, name, id=live.id, query=query, changes=changes))

    def _order(
        self, noun: Noun, place: Place, after: Sequence[Live], doomed: Sequence[Live], ids: Sequence[Id]
    ) -> Step | None:
        appended = self.draft.dialect.new_rule_position == "last"
        order = new_order([rule.id for rule in after], [rule.id for rule in doomed], ids, appended)
        if order is None:
            return None
        names = {rule.id: rule.name for rule in (*after, *doomed)}
        change = Change("rules", [names[i] for i in ids if i in names], [names[i] for i in order])
        return self.plan.add(Step("order", noun, place, "", {"rules": order}, {"rules_ids": order}, changes=(change,)))
