# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Why declared values cannot be sent, or should not be.

A value that is on the PBX already is always accepted: a sentence about a value that would not change is a warning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .field import Field
from .kind import Kind
from .sense import sense_problems
from .sentence import Odd, after
from .values import CLEAR_IT, same

# Stands for a declared value that made no sense, so that nobody says it is missing.
_UNKNOWN = object()
_KEPT = "; it is so on the PBX, and stays"


def problems(
    noun: Kind, declared: Mapping[str, Any], current: Mapping[str, Any] | None, unusable: Collection[str] = ()
) -> Iterator[str]:
    """One sentence for each reason why the declared values cannot be sent, or are odd.

    current: the object's values now, or None when it would be created. unusable: the fields whose declared values have
    been refused already.
    """
    found = list(_all_problems(noun, declared, current, unusable))
    if current is None or not any(not isinstance(sentence, Odd) for sentence in found):
        yield from found
        return
    about_changes = set(_all_problems(noun, changed(noun, declared, current), current, unusable))
    for sentence in found:
        yield sentence if sentence in about_changes or isinstance(sentence, Odd) else Odd(sentence + _KEPT)


def changed(noun: Kind, declared: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    """Return the declared values that differ from the current ones. An element of a list that is there already is
    None."""
    fields = noun.by_name
    found: dict[str, Any] = {}
    for name, value in declared.items():
        field = fields[name]
        if name in current and same(field, current[name], value):
            continue
        if field.type == "list" and isinstance(value, list) and isinstance(current.get(name), list):
            value = [
                None if any(same(field, [one], [element]) for one in current[name]) else element for element in value
            ]
        found[name] = value
    return found


def _all_problems(
    noun: Kind, declared: Mapping[str, Any], current: Mapping[str, Any] | None, unusable: Collection[str]
) -> Iterator[str]:
    merged = {**(current or {}), **declared, **dict.fromkeys(unusable, _UNKNOWN)}
    for field in noun.writable:
        if current is None and field.required and merged.get(field.name) is None:
            yield f"{field.name} is missing; a new {noun.title} needs it"
        elif field.required and field.name in declared and declared[field.name] is None:
            yield f"{field.name} cannot be cleared; a {noun.title} needs it"
        yield from misplaced(field, declared, merged)
    yield from value_problems(noun, declared)
    if current is None:
        yield from _padded(noun, declared)
    yield from _variant_problems(noun, declared, merged, new=current is None)
    for check in noun.checks:
        yield from check(declared, merged)


def _padded(noun: Kind, declared: Mapping[str, Any]) -> Iterator[str]:
    """Yield a warning about a new object whose name a PBX may store without its outer blanks."""
    for name in noun.key:
        value = declared.get(name)
        if isinstance(value, str) and value.strip() and value != value.strip():
            yield Odd(
                f'{name} "{value}" begins or ends with a blank; a PBX that stores it without would get another '
                f"{noun.title} from every run"
            )


def misplaced(field: Field, declared: Mapping[str, Any], merged: Mapping[str, Any]) -> Iterator[str]:
    """Yield the mistake in a field that has no meaning with the present value of another field."""
    controller, values = field.applies_with
    if controller and declared.get(field.name) is not None and merged.get(controller) not in (*values, _UNKNOWN):
        yield (
            f"{field.name} means something only while {controller} is {' or '.join(values)}, "
            f"and it is {merged.get(controller) or 'not set'}; declare {controller} too, or leave {field.name} out"
        )


def value_problems(noun: Kind, declared: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each value that its field cannot have, whatever the others are."""
    for field in noun.writable:
        value = declared.get(field.name)
        if value is None:
            continue
        if field.choices and value not in field.choices:
            yield f'{field.name} "{value}" is none of {", ".join(field.choices)}'
        if value == "" and noun.takes_no_empty_text(field):
            yield f"{field.name} is empty; give one{f', or {CLEAR_IT}' if field.name in noun.clearable else ''}"
        if field.name in noun.key and not noun.ordered and isinstance(value, str) and value and not value.strip():
            yield f"{field.name} is blank; it names the {noun.title}"
        yield from _senseless(field, value)


def _senseless(field: Field, value: Any) -> Iterator[str]:
    """The sentences of ``sense.py`` about a value and its parts."""
    if not isinstance(value, list):
        yield from (after(f"{field.name} ", sentence) for sentence in sense_problems(field, value))
        return
    for index, element in enumerate(value):
        place = f"{field.name}[{index}]"
        if not field.parts:
            yield from (after(f"{place} ", sentence) for sentence in sense_problems(field, element))
        elif element is not None:
            for part in field.parts:
                if part.required and element.get(part.name) is None:
                    yield f"{place} lacks {part.name}"
                found = sense_problems(part, element.get(part.name))
                yield from (after(f"{place}.{part.name} ", sentence) for sentence in found)


def _variant_problems(noun: Kind, declared: Mapping[str, Any], merged: Mapping[str, Any], new: bool) -> Iterator[str]:
    variant = str(merged.get(noun.variant))
    if variant not in noun.variants:
        return
    needed, optional = noun.variants[variant]
    for name in needed:
        if merged.get(name) in (None, "", []) and (new or name in declared or noun.variant in declared):
            yield f"{noun.variant} {variant} needs {name}"
    belongs = {name for pair in noun.variants.values() for names in pair for name in names}
    for name, value in declared.items():
        if value is not None and name in belongs and name not in needed + optional:
            takes = ", ".join(needed + optional) or "no parameter"
            yield f"{name} means nothing to {noun.variant} {variant}, which takes {takes}; leave it out"


def stale_parameters(noun: Kind, declared: Mapping[str, Any], current: Mapping[str, Any]) -> tuple[str, ...]:
    """The parameters that a change of the variant leaves without a meaning, and that should go with it."""
    before = str(current.get(noun.variant))
    after = str(declared.get(noun.variant, before))
    if before == after or before not in noun.variants or after not in noun.variants:
        return ()
    kept = noun.variants[after][0] + noun.variants[after][1]
    fields = noun.by_name
    return tuple(
        name
        for names in noun.variants[before]
        for name in names
        if name not in kept
        and name not in declared
        and fields[name].type != "bool"
        and not same(fields[name], current.get(name), None)
    )
