# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A tenant, or a part of one, as a document: every object by its name, in the sections where people look for it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .field import Field
from .noun import Noun
from .nouns import NOUNS
from .values import ValueProblem, misplaced, normal, problems, value_problems

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

# Stands in a document for a secret that is not told: such a field is left as it is.
PLACEHOLDER = "********"

MOST_NAMES = 12
_OR_NOT = ", or leave it out"


@dataclass(eq=False)
class Declared:
    """One object of a document.

    given: its declared values by field name; None clears. where: the words that a sentence about it begins with.
    untold: the secrets for which a placeholder stands. inside: what each declared section holds; a singleton's holds
    one object.
    """

    noun: Noun
    given: dict[str, Any]
    where: str
    untold: tuple[str, ...] = ()
    inside: dict[str, list[Declared]] = field(default_factory=dict)

    def sections(self) -> Iterator[tuple[str, Noun, list[Declared]]]:
        """What is declared inside: the name of each section, the noun of its objects, and the objects."""
        kinds = dict(self.noun.contains)
        return ((name, NOUNS[kinds[name]], objects) for name, objects in self.inside.items())

    def walk(self) -> Iterator[Declared]:
        """This object and all that is declared inside of it."""
        yield self
        for objects in self.inside.values():
            for one in objects:
                yield from one.walk()


def parse(document: Any, noun: Noun = TENANT) -> tuple[Declared, list[str]]:
    """A document of what one object holds, by default a tenant, and one sentence for everything wrong with it.

    Whether a name refers to anything, and what a new object lacks, only the PBX can tell.
    """
    wrong: list[str] = []
    root = Declared(noun, {}, "")
    if isinstance(document, Mapping):
        _unknown(document, [name for name, dummy in noun.contains], "", wrong)
        _inside(root, document, noun.contains, wrong)
    else:
        wrong.append(f"the document is {_kind(document)}, where a dictionary of sections belongs")
    return root, wrong


def sections_of(noun: Noun, extension_type: str | None = None) -> tuple[tuple[str, str], ...]:
    """What can be declared inside of an object; of an extension, what its type has."""
    return tuple(
        (section, kind)
        for section, kind in noun.contains
        if not extension_type or not NOUNS[kind].extension_types or extension_type in NOUNS[kind].extension_types
    )


def _inside(
    declared: Declared, value: Mapping[str, Any], sections: Sequence[tuple[str, str]], wrong: list[str]
) -> None:
    for section, kind in sections:
        if section not in value:
            continue
        noun = NOUNS[kind]
        where = f"{declared.where} > {section}" if declared.where else section
        if value[section] is None:
            what = "a list" if not noun.singleton else "its fields" if len(noun.writable) > 1 else "a value"
            wrong.append(f"{where} is empty; give it {what}, or leave it out")
        else:
            declared.inside[section] = _section(noun, value[section], where, wrong)


def _section(noun: Noun, value: Any, where: str, wrong: list[str]) -> list[Declared]:
    if noun.singleton:
        one = _object(noun, _whole(noun, value), where, wrong)
        return [one] if one else []
    if not isinstance(value, (list, tuple)):
        wrong.append(f"{where} is {_kind(value)}, where a list of {noun.plural_title} belongs")
        return []
    found = []
    for index, element in enumerate(value):
        name = _name(noun, element)
        one = _object(noun, element, f"{where}[{index}]" + (f' "{name}"' if name else ""), wrong)
        if one:
            found.append(one)
    if not noun.ordered:
        _twice(found, where, wrong)
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


def _object(noun: Noun, value: Any, where: str, wrong: list[str]) -> Declared | None:
    if not isinstance(value, Mapping):
        wrong.append(f"{where} is {_kind(value)}, where a dictionary of fields belongs")
        return None
    fields = {name: f for f in noun.writable for name in (f.sent_as, f.name)}
    types = noun.by_name["type"].choices if noun.name == "extension" else ()
    kind = value.get("type") if value.get("type") in types else None
    sections = sections_of(noun, kind)
    names = [*(f.name for f in noun.writable), *(section for section, dummy in sections)]
    _unknown(value, names, where, wrong, {*fields, *(section for section, dummy in noun.contains)})
    for section, child in noun.contains:
        if section in value and (section, child) not in sections:
            owners = " or ".join(NOUNS[child].extension_types)
            wrong.append(f"{where}: {section} belongs to extensions of type {owners}, and this one is of type {kind}")
    untold = tuple(one.name for name, one in fields.items() if _is_untold(one, value.get(name)))
    declared = Declared(noun, _values(noun, value, fields, where, wrong), where, untold)
    _inside(declared, value, sections, wrong)
    return declared


def _is_untold(one: Field, raw: Any) -> bool:
    return one.secret and bool(raw == PLACEHOLDER)


def _values(
    noun: Noun, value: Mapping[str, Any], fields: Mapping[str, Field], where: str, wrong: list[str]
) -> dict[str, Any]:
    given: dict[str, Any] = {}
    spelled: dict[str, Any] = {}
    for name, raw in value.items():
        one = fields.get(name)
        if one is None or _is_untold(one, raw):
            continue
        if one.name in given:
            wrong.append(f"{where}: {one.name} stands there twice, also as {one.sent_as}; remove one of them")
            continue
        given[one.name] = raw
        if raw is None:
            if one.name not in noun.clearable:
                needed = one.name in noun.key or (noun.ordered and one.required)
                wrong.append(f"{where}: {one.name} cannot be cleared; give it a value" + ("" if needed else _OR_NOT))
            continue
        found = list(_wrong_with(one, raw))
        wrong.extend(f"{where}: {one.name}{problem}" for problem in found)
        if not found:
            spelled[one.name] = _spelled(one, raw)
    cleared = {name: None for name in given if given[name] is None and name in noun.clearable}
    unusable = [name for name in given if name not in spelled and name not in cleared]
    declared = {**spelled, **cleared}
    # A rule of a program says what it does by itself; of other objects a part may be declared.
    if noun.ordered:
        found = list(problems(noun, declared, None, unusable))
    else:
        found = list(_problems(noun, declared, unusable))
    wrong.extend(f"{where}: {problem}" for problem in found)
    return given


def _problems(noun: Noun, declared: Mapping[str, Any], unusable: Collection[str]) -> Iterator[str]:
    for name in noun.key:
        if name not in unusable and declared.get(name) in (None, ""):
            yield f"{name} is missing; it names the {noun.title}"
    for one in noun.writable:
        if one.applies_with[0] in declared:
            yield from misplaced(one, declared, declared)
    yield from value_problems(noun, declared)
    for check in noun.checks:
        yield from check(declared, declared)


def _wrong_with(one: Field, value: Any) -> Iterator[str]:
    """Everything that is wrong with a value by itself: the rest of a sentence that begins with the field."""
    if one.type != "list" or not isinstance(value, (list, tuple)):
        yield from _refusal(one, value)
        return
    names = [part.name for part in one.parts]
    for index, element in enumerate(value):
        if not (names and isinstance(element, Mapping)):
            yield from (f"[{index}]{refusal[3:]}" for refusal in _refusal(one, [element]))
            continue
        for name in element:
            if name in names:
                yield from (f"[{index}]{refusal[3:]}" for refusal in _refusal(one, [{name: element[name]}]))
            else:
                yield f"[{index}] has no field {name}; {_suggestion(str(name), names)}"


def _refusal(one: Field, value: Any) -> Iterator[str]:
    """Why a value cannot be used; of a list, where its first element is wrong."""
    try:
        _spelled(one, value)
    except ValueProblem as problem:
        yield f"{problem.inside} {problem}"


def _unknown(
    value: Mapping[str, Any], names: Sequence[str], where: str, wrong: list[str], known: set[str] | None = None
) -> None:
    for name in value:
        if name not in (known or set(names)):
            prefix = f"{where}: there is no {name}" if where else f"there is no section {name}"
            wrong.append(f"{prefix}; {_suggestion(str(name), names)}")


def _suggestion(name: str, names: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"there are: {', '.join(names[:MOST_NAMES])}" + (", ..." if len(names) > MOST_NAMES else "")


def _twice(found: Sequence[Declared], where: str, wrong: list[str]) -> None:
    """Two objects of one name would be one object."""
    seen: dict[tuple[str, ...], Declared] = {}
    for one in found:
        named = [(one.noun.by_name[name], one.given.get(name)) for name in one.noun.key]
        try:
            key = tuple(str(_spelled(part, value)) for part, value in named if value not in (None, ""))
        except ValueProblem:
            continue
        if len(key) < len(named):
            continue
        first = seen.setdefault(key, one)
        if first is not one:
            wrong.append(same_object(one, first, where))


def same_object(one: Declared, first: Declared, where: str) -> str:
    """The sentence for an object that stands twice in a list. where: the words that a sentence about the list begins
    with."""
    place = where.rsplit(" > ", 1)[-1] + first.where[len(where) :]
    return f"{one.where}: the same {one.noun.title} stands at {place} already"


def _spelled(one: Field, value: Any) -> Any:
    """The one spelling of a declared value; that of a reference is its text, and a list keeps its order.

    Raises ValueProblem.
    """
    plain = "a name or an id" if one.refers_to else "a plain value"
    if one.type != "list" and isinstance(value, (Mapping, list, tuple)):
        raise ValueProblem(f"is {_kind(value)}, where {plain} belongs")
    if not one.refers_to:
        return normal(replace(one, ordered=True) if one.type == "list" else one, value)
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise ValueProblem(f"is {_kind(value)}, where {plain} belongs")
    if not str(value).strip():
        raise ValueProblem("is empty; name what it refers to")
    return str(value)


def _kind(value: Any) -> str:
    """What a value is, without the value, which may hold a secret."""
    names: tuple[tuple[Any, str], ...] = (
        (bool, "true or false"),
        ((int, float), "a number"),
        (str, "text"),
        (Mapping, "a dictionary"),
        ((list, tuple), "a list"),
    )
    if value is None:
        return "empty"
    return next((name for kind, name in names if isinstance(value, kind)), f"a {type(value).__name__}")
