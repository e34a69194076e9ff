# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Whether an object is the one that was meant, although the server may store its key in another spelling."""

from __future__ import annotations

import difflib
import html
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from .field import Field
from .kind import Kind

# From this similarity on, two texts may be one that the server has rewritten.
SIMILAR = 0.6


def folded(value: Any) -> Any:
    """A value without the parts of texts that servers are known to change: spaces, the form and the case of letters,
    escapes, and the slash behind an address."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", html.unescape(value)).casefold()
        return " ".join(text.split()).rstrip("/")
    if isinstance(value, Mapping):
        return {name: folded(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [folded(part) for part in value]
    return value


def alike(noun: Kind, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the key that was found is the wanted one, as far as it is told."""
    return all(_folded(noun, field, a) == _folded(noun, field, b) for field, a, b in _keys(noun, found, wanted))


def similar(noun: Kind, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the key that was found may be the wanted one, rewritten by the server."""
    return all(_resemble(noun, field, a, b) for field, a, b in _keys(noun, found, wanted))


def comparable(noun: Kind, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether anything of the wanted key can be compared."""
    return any(True for dummy in _keys(noun, found, wanted))


def _keys(noun: Kind, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[tuple[Field, Any, Any]]:
    """The fields of a key with both values. A rule is also known by its action, since it need not have a name."""
    names = (noun.variant, *noun.key) if noun.ordered else noun.key
    for name in names:
        if name in found and wanted.get(name) not in (None, ""):
            yield noun.by_name[name], found[name], wanted[name]


def _exact(noun: Kind, field: Field) -> bool:
    """Whether a server has no freedom in the spelling: a choice, a number, and a part of a path."""
    return bool(field.choices or field.refers_to) or field.type != "str" or noun.identity == field.name


def _folded(noun: Kind, field: Field, value: Any) -> Any:
    return value if _exact(noun, field) and field.type != "list" else folded(value)


def _resemble(noun: Kind, field: Field, found: Any, wanted: Any) -> bool:
    found, wanted = _folded(noun, field, found), _folded(noun, field, wanted)
    if found == wanted or _exact(noun, field):
        return bool(found == wanted)
    shorter, longer = sorted((str(found), str(wanted)), key=len)
    cut_off = bool(shorter) and longer.startswith(shorter)
    return cut_off or difflib.SequenceMatcher(None, shorter, longer).ratio() >= SIMILAR
