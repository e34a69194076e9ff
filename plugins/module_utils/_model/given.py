# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The values that people write in YAML, and whether YAML has changed them: it reads ``no`` as false, ``1.10`` as a
number and ``0101`` as 65."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Callable

from .field import Field
from .kind import Kind
from .nouns import NOUNS
from .sentence import Odd, kind_of, suggestion
from .values import CLEAR_IT, FALSE, TRUE, ValueProblem, normal

QUOTES = "write it in quotes"
LOST_ZEROS = (
    f"is an integer, where digits belong as text, since YAML reads 0101 as 65; {QUOTES}, "
    "or end a template with | string"
)
# Types whose values are text for a PBX and for people.
_HOLDERS = (Mapping, list, tuple, set, frozenset)
_TEXTS = ("str", "digits", "short_number", "file")


def one_spelling(one: Field, value: Any) -> Any:
    """The one spelling of a declared value; that of a reference is its text. Raises ValueProblem."""
    if one.type == "list":
        return _spelled_list(one, value)
    plain = "a name or an id" if one.refers_to else "a plain value"
    if one.kind != "json" and not isinstance(value, (str, int)) and isinstance(value, _HOLDERS):
        raise ValueProblem(f"is {kind_of(value)}, where {plain} belongs")
    if one.refers_to:
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            raise ValueProblem(f"is {kind_of(value)}, where {plain} belongs; {QUOTES}")
        if value == 0:
            raise ValueProblem(
                "is 0, and nothing has this id" + ("; name its target" if one.required else f"; {CLEAR_IT}")
            )
        if not str(value).strip():
            raise ValueProblem("is empty; name its target" + ("" if one.required else f", or {CLEAR_IT}"))
        return str(value)
    if one.type in _TEXTS:
        _check_text(one, value)
    return normal(one, value)


def _spelled_list(one: Field, value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        for inside, part, raw in leaves(one, value):
            if part.type in _TEXTS:
                try:
                    _check_text(part, raw)
                except ValueProblem as problem:
                    raise ValueProblem(str(problem), inside) from None
    return normal(one, value)


def _plain_parts(one: Field, element: Any) -> Iterator[tuple[str, Field]]:
    """The fields of an element of a list by name, or the element itself as a field without one."""
    if not one.parts:
        yield "", Field(one.name, one.elements or "str", kind=one.kind)
    elif isinstance(element, Mapping):
        yield from ((part.name, part) for part in one.parts)


def _check_text(one: Field, value: Any) -> None:
    """Raise ValueProblem for a value that YAML has not left as text."""
    if isinstance(value, str) or (one.kind == "json" and isinstance(value, (Mapping, list, tuple))):
        return
    if isinstance(value, bool):
        if not any(word in one.choices for word in (TRUE if value else FALSE)):
            raise ValueProblem(f"is true or false, where text belongs (YAML reads yes, no, on and off so); {QUOTES}")
    elif isinstance(value, int):
        # Where the number of something that exists is due, only the PBX knows whether these are its digits. The API
        # itself shows digits of the type ``digits`` as a number.
        if one.has_digits and not one.is_number and one.type != "digits":
            raise ValueProblem(LOST_ZEROS)
    elif isinstance(value, _HOLDERS):
        raise ValueProblem(f"is {kind_of(value)}, where a plain value belongs")
    else:
        raise ValueProblem(f"is {kind_of(value)}, where text belongs; {QUOTES}")


def leaves(one: Field, value: Any) -> Iterator[tuple[str, Field, Any]]:
    """Yield the parts of a declared value: each plain value with its place in there and its field; none for None."""
    if one.type == "list" and isinstance(value, (list, tuple)):
        for index, element in enumerate(value):
            for name, part in _plain_parts(one, element):
                found = element.get(name) if name else element
                if found is not None:
                    yield f"[{index}].{name}" if name else f"[{index}]", part, found
    elif value is not None:
        yield "", one, value


def check_integers(one: Field, value: Any, exists: Callable[[str], bool]) -> None:
    """Raise ValueProblem for an integer that stands for the number of an extension or a DID, unless it exists: then
    the integer has come out of a template, or YAML has read it as it was meant."""
    for inside, part, found in leaves(one, value):
        if part.is_number and isinstance(found, int) and not isinstance(found, bool) and not exists(str(found)):
            raise ValueProblem(f"{LOST_ZEROS}. No extension and no DID is {found}", inside)


def wrong_with(one: Field, value: Any) -> Iterator[str]:
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
                yield f"[{index}] has no field {name}; {suggestion(str(name), names)}"


def _refusal(one: Field, value: Any) -> Iterator[str]:
    """Why a value cannot be used; of a list, where its first element is wrong."""
    try:
        one_spelling(one, value)
    except ValueProblem as problem:
        yield f"{problem.inside} {problem}"


def uncleared(noun: Kind, one: Field) -> str:
    """The second half of a sentence about a field that is to be cleared and cannot be."""
    if noun.singleton and one.required:
        return "cannot be cleared: the API only takes another one in its place; give it a value"
    needed = one.name in noun.key or (noun.ordered and one.required)
    return "cannot be cleared; give it a value" + ("" if needed else ", or leave it out")


def emptied(one: Field) -> Iterator[str]:
    """Yield a warning about an empty field, where a comment may have swallowed its value."""
    if one.kind in ("key", "keys"):
        yield Odd(f'{one.name} is empty; the key # begins a comment in YAML, write it in quotes: "#"')


def unknown(
    noun: Kind, value: Collection[Any], names: Sequence[str], known: Collection[str] = (), kind: str | None = None
) -> Iterator[str]:
    """One sentence for each name that means nothing in an object.

    names: those to choose from. known: those that are dealt with elsewhere too. kind: the type of an extension.
    """
    for name in value:
        if name not in names and name not in known:
            owners = list(_owners(noun, str(name), kind))
            remedy = f"it belongs to {' or '.join(owners)}" if owners else suggestion(str(name), names)
            yield f"there is no {name}; {remedy}"


def _owners(noun: Kind, name: str, kind: str | None) -> Iterator[str]:
    """The sections inside of an object, and the object around it, that have a field of this name."""
    for section, inner in noun.contains:
        one = NOUNS[inner]
        fits = not (kind and one.extension_types) or kind in one.extension_types
        if fits and any(name == f.name for f in one.writable):
            yield section
    for parent in noun.parents:
        if any(name == f.name for f in NOUNS[parent].writable):
            yield f"the {NOUNS[parent].title}"


def as_text(value: Any) -> Any:
    """A value of YAML, its dates as the text that they were written as."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {name: as_text(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_text(part) for part in value]
    return str(value) if isinstance(value, date) else value
