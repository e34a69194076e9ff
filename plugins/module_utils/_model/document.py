# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A tenant, or a part of one, as a document: every object by its name, in the sections where people look for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._text.secret import HIDDEN
from .field import Field
from .given import emptied, one_spelling, uncleared, unknown, wrong_with
from .noun import Noun
from .nouns import NOUNS
from .problems import misplaced, problems, value_problems
from .sentence import Odd, after, kind_of, suggestion
from .values import ValueProblem

# A document declares no tenant, but all that one holds, in canonical order.
TENANT = Noun(
    name="tenant",
    title="tenant",
    path="",
    fields=(),
    parents=(),
    contains=(
        ("sounds", "tenant_sound"),
        ("intervals", "tenant_interval"),
        ("dial_rules", "dial_rule"),
        ("extension_groups", "extension_group"),
        ("extensions", "extension"),
        ("dids", "did"),
    ),
)

# The sections that decide the outcome of a call.
MET_BY_CALLS = (
    "intervals", "extensions", "dids", "phone", "queue", "ivr", "conference", "agents", "queue_agents", "incom_rules",
)  # fmt: skip

# Stands in a document for a secret that is not told: such a field is left as it is.
PLACEHOLDER = HIDDEN


@dataclass(eq=False)
class Declared:
    """One object of a document.

    given: its declared values by field name; None clears. where: the words that a sentence about it begins with.
    hidden: the secrets for which a placeholder stands. inside: the content of each declared section; a singleton's
    holds one object.
    wrong: the sentences about impossible values, and among them those about odd ones. unusable: the fields that they
    are about, which are not in ``given``.
    doubts: the sentences about values, as far as they can be judged without the PBX, where they might be so already.
    """

    noun: Noun
    given: dict[str, Any]
    where: str
    hidden: tuple[str, ...] = ()
    inside: dict[str, list[Declared]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    unusable: tuple[str, ...] = ()
    doubts: list[str] = field(default_factory=list)

    def sections(self) -> Iterator[tuple[str, Noun, list[Declared]]]:
        """Return the declared contents: the name of each section, the noun of its objects, and the objects."""
        kinds = dict(self.noun.contains)
        return ((name, NOUNS[kinds[name]], objects) for name, objects in self.inside.items())

    def settle(self) -> None:
        """Put the values in the form in which a PBX takes them that has none of this yet."""
        if self.noun.settle:
            fields = self.noun.by_name
            self.given.update(
                self.noun.settle({name: one_spelling(fields[name], raw) for name, raw in self.given.items()}, {})
            )

    def walk(self) -> Iterator[Declared]:
        """This object and all that is declared inside of it."""
        yield self
        for objects in self.inside.values():
            for one in objects:
                yield from one.walk()


def parse(document: Any, noun: Noun = TENANT) -> tuple[Declared, list[str]]:
    """The document of one object's content, by default a tenant's, and one sentence for everything wrong with it.

    Whether a name refers to anything, and which fields a new object lacks, only the PBX can tell.
    """
    root = Declared(noun, {}, "")
    if isinstance(document, Mapping):
        sections = [name for name, dummy in noun.contains]
        root.wrong += (f"there is no section {name}; {suggestion(str(name), sections)}"
                       for name in document if name not in sections)  # fmt: skip
        _inside(root, document, noun.contains)
    else:
        root.wrong.append(f"the document is {kind_of(document)}, where a dictionary of sections belongs")
    return root, [one for declared in root.walk() for one in (*declared.wrong, *declared.doubts) if not _is_odd(one)]


def impossible(root: Declared) -> list[str]:
    """One sentence for everything in a document that no PBX could hold."""
    return [one for declared in root.walk() for one in declared.wrong if not _is_odd(one)]


def doubtful(root: Declared) -> list[str]:
    """One sentence for everything in a document that a PBX may hold, and that must not be declared or is odd."""
    odd = [one for declared in root.walk() for one in declared.wrong if _is_odd(one)]
    return [*odd, *(one for declared in root.walk() for one in declared.doubts)]


def _is_odd(sentence: str) -> bool:
    return isinstance(sentence, Odd)


def sections_of(noun: Noun, extension_type: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return the sections that an object can contain; for an extension, those of its type."""
    return tuple(
        (section, kind)
        for section, kind in noun.contains
        if not extension_type or not NOUNS[kind].extension_types or extension_type in NOUNS[kind].extension_types
    )


def _inside(declared: Declared, value: Mapping[str, Any], sections: Sequence[tuple[str, str]]) -> None:
    for section, kind in sections:
        if section not in value:
            continue
        noun = NOUNS[kind]
        where = f"{declared.where} > {section}" if declared.where else section
        if value[section] is None:
            what = "a list" if not noun.singleton else "its fields" if len(noun.writable) > 1 else "a value"
            declared.wrong.append(f"{where} is empty; give it {what}, or leave it out")
        else:
            declared.inside[section] = _section(noun, value[section], where, declared)


def _section(noun: Noun, value: Any, where: str, owner: Declared) -> list[Declared]:
    if noun.singleton:
        return list(_object(noun, _whole(noun, value), where, owner))
    if not isinstance(value, (list, tuple)):
        owner.wrong.append(f"{where} is {kind_of(value)}, where a list of {noun.plural_title} belongs")
        return []
    found: list[Declared] = []
    for index, element in enumerate(value):
        name = _name(noun, element)
        found += _object(noun, element, f"{where}[{index}]" + (f' "{name}"' if name else ""), owner)
    if not noun.ordered:
        _twice(found, where)
    return found


def _whole(noun: Noun, value: Any) -> Any:
    """A singleton with a single field may be written as its value alone."""
    if len(noun.writable) == 1 and not isinstance(value, Mapping):
        return {noun.writable[0].name: value}
    return value


def _name(noun: Noun, element: Any) -> str:
    if not isinstance(element, Mapping):
        return ""
    values = {f.name: element.get(f.name, element.get(f.sent_as)) for f in noun.fields if f.name in noun.key}
    return " ".join(noun.name_of(values).split())


def _object(noun: Noun, value: Any, where: str, owner: Declared) -> Iterator[Declared]:
    if not isinstance(value, Mapping):
        owner.wrong.append(f"{where} is {kind_of(value)}, where a dictionary of fields belongs")
        return
    fields = noun.by_spelling
    types = noun.by_name["type"].choices if noun.name == "extension" else ()
    kind = value.get("type") if value.get("type") in types else None
    sections = sections_of(noun, kind)
    names = [*(f.name for f in (*noun.writable, *noun.rendered)), *(section for section, dummy in sections)]
    hidden = tuple(one.name for name, one in fields.items() if _is_hidden(one, value.get(name)))
    declared = Declared(noun, {}, where, hidden)
    known = {*fields, *(f.name for f in noun.rendered), *(section for section, dummy in noun.contains)}
    declared.wrong += (f"{where}: {sentence}" for sentence in unknown(noun, value, names, known, kind))
    for section, child in noun.contains:
        if section in value and (section, child) not in sections:
            owners = " or ".join(NOUNS[child].extension_types)
            sentence = f"{section} belongs to extensions of type {owners}, and this one is of type {kind}"
            declared.wrong.append(f"{where}: {sentence}")
    _take_values(declared, value, fields)
    _inside(declared, value, sections)
    yield declared


def _is_hidden(one: Field, raw: Any) -> bool:
    return one.secret and bool(raw == PLACEHOLDER)


def _take_values(declared: Declared, value: Mapping[str, Any], fields: Mapping[str, Field]) -> None:
    noun, where, given = declared.noun, declared.where, declared.given
    judged: dict[str, Any] = {}
    unusable: list[str] = []
    for name, raw in value.items():
        one = fields.get(name)
        if one is None or _is_hidden(one, raw):
            continue
        if one.name in given or one.name in unusable:
            declared.wrong.append(f"{where}: {one.name} stands there twice, also as {one.sent_as}; remove one of them")
            continue
        if raw is None and one.name in noun.clearable:
            declared.wrong += (after(f"{where}: ", sentence) for sentence in emptied(one))
            given[one.name] = judged[one.name] = None
            continue
        if raw is None:
            found = [f" {uncleared(noun, one)}"]
        else:
            found = list(wrong_with(one, raw))
        declared.wrong += (f"{where}: {one.name}{sentence}" for sentence in found)
        if found:
            unusable.append(one.name)
        else:
            given[one.name], judged[one.name] = raw, one_spelling(one, raw)
    declared.unusable = tuple(unusable)
    declared.wrong += (
        f"{where}: {name} is missing; it names the {noun.title}"
        for name in noun.key
        if name not in unusable and judged.get(name) in (None, "") and not noun.ordered
    )
    judged = noun.settled(judged, {})
    # A rule of a program is always declared whole; of other objects a part may be declared.
    sentences = problems(noun, judged, None, unusable) if noun.ordered else _problems(noun, judged)
    declared.doubts = [after(f"{where}: ", sentence) for sentence in sentences]


def _problems(noun: Noun, declared: Mapping[str, Any]) -> Iterator[str]:
    for one in noun.writable:
        if one.applies_with[0] in declared:
            yield from misplaced(one, declared, declared)
    yield from value_problems(noun, declared)
    for check in noun.checks:
        yield from check(declared, declared)


def _twice(found: Sequence[Declared], where: str) -> None:
    """Two objects of one name would be one object."""
    seen: dict[tuple[str, ...], Declared] = {}
    for one in found:
        named = [(one.noun.by_name[name], one.given.get(name)) for name in one.noun.key]
        try:
            key = tuple(str(one_spelling(part, value)) for part, value in named if value not in (None, ""))
        except ValueProblem:
            continue
        if len(key) < len(named):
            continue
        first = seen.setdefault(key, one)
        if first is not one:
            one.wrong.append(same_object(one, first, where))


def same_object(one: Declared, first: Declared, where: str) -> str:
    """The sentence for an object that stands twice in a list. where: the words that a sentence about the list begins
    with."""
    place = where.rsplit(" > ", 1)[-1] + first.where[len(where) :]
    return f"{one.where}: the same {one.noun.title} stands at {place} already"
