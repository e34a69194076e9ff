# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""How one field of the PBX's REST API is declared: everything that the rest of the collection derives from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class _Unset:
    """Marks a field that the user did not declare, where None means "cleared"."""

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET = _Unset()

# The types of operations.json, and the spellings of semantics.md section 4 that need care of their own.
TYPES = ("str", "int", "bool", "list", "time", "date", "datetime", "digits", "short_number", "file", "object")

# The kinds of texts; ``sense.py`` judges the form of each.
KINDS = (
    "destination",  # one number that is called
    "destinations",  # several of them, separated by spaces
    "number",  # a number that is shown or matched
    "caller_id",  # a number that the called person sees
    "countries",  # ISO 3166 codes of two letters, separated by spaces
    "own_number",  # one of the numbers of the tenant
    "did",  # the same where the PBX may know more numbers than the tenant has
    "option",  # an option of an IVR context
    "keys",  # keys that are pressed on a phone
    "key",  # one key of a phone
    "code",  # digits that mean something to people or to a PBX, in any spelling
    "password",
    "pattern",  # a regular expression (PCRE)
    "url",
    "mail",
    "sender",  # a mail address, or a text that a PBX takes for a part of one
    "zone",  # a time zone
    "weekday",  # a day of the week: its number, or its name
    "json",
)
# The kinds of which an extension or a DID can be the value.
NUMBERS = ("destination", "destinations", "number", "caller_id", "own_number", "did")
# The kinds that consist of digits, so that their zeros count.
OF_DIGITS = (*NUMBERS, "option", "keys", "key", "code", "password", "pattern")


@dataclass(frozen=True)
class Field:
    """One field of a noun.

    name: the option's name. It is the API's field name, less the suffix ``_id`` for a reference.
    type: one of TYPES. ``digits`` is text that is sent as a number where it is one (semantics.md section 4).
        ``short_number`` is the number that people dial inside their tenant, answered with the tenant's prefix. ``file``
        is the path of a file on this machine, whose content is sent.
    kind: the meaning of a text, or of each text of a list: one of KINDS, or nothing where any text will do.
    hint: the end of the sentence about a value of the wrong type.
    api_name: the name in request bodies and answers where it is not ``name``.
    answer_name: the name in answers where it differs from the one in requests (``ani_number`` / ``default``).
    choices: the values that operations.json enumerates, without its 'None'.
    null_choice: whether operations.json enumerates 'None', which is JSON null (semantics.md section 3), or an unset
        value may be answered as this word (section 5, ani).
    defaults: every default that operations.json prints for the field. They contradict each other, so they only tell
        which values a server may answer for a cleared field; nothing else is ever concluded from them.
    on_create: a value that is always sent on creation, because documented defaults contradict each other.
    refers_to: the name of the noun whose id the API wants here.
    within: for an option, the field that names its context; without one, the context is that of the object itself.
    or_home: the PBX may answer the id of the extension in which the object lives that it refers to.
    leaves_with: the PBX deletes the object together with the one that it refers to, unless this flag of the deletion is
    false.
    unlisted: an id that no list shows may be referred to, and is taken as it is.
    elements: for a list, the type of its elements, or the fields of its elements.
    ordered: whether the order of a list's elements means anything.
    may_be_empty: in a list's elements, empty text is a value like any other.
    applies_with: (field, values): the field means something only while that field has one of these values.
    volatile: changes by itself during the day, so that an export leaves it out.
    write_only: never answered. create_only: accepted by POST only. read_only: answered, never accepted.
    secret: never shown. address: may carry secrets, as webhooks do, and is shown without them.
    removed_in: the version of this collection that has the field no longer; until then, tasks that set it are warned.
    """

    name: str
    type: str = "str"
    kind: str = ""
    hint: str = ""
    api_name: str = ""
    answer_name: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    null_choice: bool = False
    defaults: tuple[Any, ...] = ()
    on_create: Any = UNSET
    refers_to: str = ""
    within: str = ""
    or_home: bool = False
    leaves_with: str = ""
    unlisted: bool = False
    elements: Any = ""
    ordered: bool = True
    may_be_empty: bool = False
    applies_with: tuple[str, tuple[str, ...]] = ("", ())
    volatile: bool = False
    write_only: bool = False
    create_only: bool = False
    read_only: bool = False
    secret: bool = False
    address: bool = False
    removed_in: str = ""

    @property
    def sent_as(self) -> str:
        """The field's name in request bodies."""
        return self.api_name or self.name

    @property
    def answered_as(self) -> str:
        """The field's name in answers."""
        return self.answer_name or self.sent_as

    @property
    def hidden(self) -> bool:
        """Whether its value is no part of any result: nobody is shown it, or the PBX does not answer it."""
        return self.secret or self.write_only

    @property
    def writable(self) -> bool:
        return not self.read_only

    def applies(self, values: Mapping[str, Any]) -> bool:
        """Whether the field means something beside the values of the fields of an object; see applies_with."""
        controller, needed = self.applies_with
        return not controller or values.get(controller) in needed

    @property
    def parts(self) -> tuple[Field, ...]:
        """The fields of a list's elements, or nothing when the elements are plain values."""
        return self.elements if isinstance(self.elements, tuple) else ()

    @property
    def is_number(self) -> bool:
        """Whether the value is the number of an extension or a DID, or may be."""
        return self.kind in NUMBERS or self.type == "short_number"

    @property
    def has_digits(self) -> bool:
        """Whether the value is text of digits, so that its zeros count. ``digits`` may be a number for the API too."""
        return self.is_number or self.kind in OF_DIGITS


def text(name: str, **more: Any) -> Field:
    return Field(name, "str", **more)


def address(name: str, **more: Any) -> Field:
    return Field(name, "str", kind="url", address=True, **more)


def number(name: str, **more: Any) -> Field:
    return Field(name, "int", **more)


def flag(name: str, **more: Any) -> Field:
    return Field(name, "bool", **more)


def choice(name: str, *choices: str, **more: Any) -> Field:
    return Field(name, "str", choices=choices, **more)


def reference(name: str, to: str, **more: Any) -> Field:
    return Field(name, "int", refers_to=to, **more)


def option(name: str, within: str = "", **more: Any) -> Field:
    """An option of the context that the field ``within`` names, or of the object's own context."""
    return Field(name, **{"type": "str", **more}, kind="option", within=within)


def destination(name: str, **more: Any) -> Field:
    """One number that is called."""
    return Field(name, "str", kind="destination", **more)


def destinations(name: str, **more: Any) -> Field:
    """Numbers that are called, separated by spaces."""
    return Field(name, "str", kind="destinations", **more)


def sound(name: str, **more: Any) -> Field:
    return reference(name, "sound", **more)


def extra_params() -> Field:
    """Return the field for the data that integrations keep with an object (semantics.md section 10 (8))."""
    return text("extra_params", kind="json")


def items(name: str, elements: Any, **more: Any) -> Field:
    return Field(name, "list", elements=elements, **more)


VOICEMAIL = (
    flag("vm_enabled", defaults=(False,)),
    sound("vm_greeting"),
    text("vm_mailto", kind="mail"),
    flag("vm_attach_file", defaults=(True,)),
    choice("vm_profile", "default", "record_silence", defaults=("default",)),
)
