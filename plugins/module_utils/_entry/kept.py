# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The values that people have put into a file of an export and no export knows: passwords, and the files of sounds.

A new export takes them over as they are, whether in clear, as a template or encrypted with ansible-vault. Where it
cannot, the file is not replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._api import disk
from .._engine.errors import InputError
from .._model.document import PLACEHOLDER, TENANT
from .._model.field import Field
from .._model.noun import Noun
from .._model.nouns import NOUNS
from .._text.yaml_text import Verbatim, scalar

try:
    import yaml
except ImportError:
    yaml = None  # type: ignore[assignment]

VAULT = "$ANSIBLE_VAULT"
VAULT_TAG = "!vault"

# The sections and the names of objects that lead to one field.
Path = tuple[Any, ...]


class Kept:
    """One file as it is, or with ``text`` as it will be. Raises FileFailed, and InputError for one that must stay."""

    def __init__(self, path: str, section: str, text: str | None = None) -> None:
        self._what = f"path: {path}"
        self._section = section
        self.text = self._read(path) if text is None else text
        # A text that is still to be written holds nothing that would need it.
        self._root = self._composed(written=text is not None) if text is None or yaml else None
        self._noun = NOUNS[dict(TENANT.contains)[section]]
        self._own = dict(_own(self._noun, self._listed(), (section,))) if self._root else {}

    def _read(self, path: str) -> str:
        try:
            text = (disk.read(path, self._what) or b"").decode()
        except UnicodeDecodeError:
            raise InputError(
                [f"{self._what} is no text in UTF-8, so that no export has written it; move it away"]
            ) from None
        if text.lstrip().startswith(VAULT):
            raise InputError(
                [f"{self._what} is encrypted with ansible-vault, and the export would replace it with plain text; "
                 f"export into another folder, or decrypt it first"]
            )  # fmt: skip
        return text

    def _composed(self, written: bool) -> Any:
        """The file as a tree. written: an export wrote it just now."""
        if not self.text:
            return None
        if yaml is None:
            raise InputError(
                [f"{self._what} is there, and only with the Python library PyYAML shows the values that would be lost; "
                 f"install it, or export into an empty folder"]
            )  # fmt: skip
        try:
            # The loader in C takes a thirtieth of the time. Not every PyYAML has it, and it crashes where a file nests
            # too deep.
            fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            return yaml.compose(self.text, fast if written else yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError):
            raise InputError([f"{self._what} is no YAML, so that no export has written it; move it away"]) from None

    def _listed(self) -> Any:
        """The node of the section."""
        return _mapping(self._root).get(f"pbx_{self._section}")

    def taken_over(self, value: Any) -> Any:
        """A section of a new export with the file's own values. Raises InputError where that has no place."""
        left = dict(self._own)
        found = _with(self._noun, value, (self._section,), left)
        lost = [path for path, (field, node) in left.items() if field.secret or node.tag == VAULT_TAG]
        encrypted = {id(node) for dummy, node in self._own.values()}
        others = [node for node in _nodes(self._root) if node.tag == VAULT_TAG and id(node) not in encrypted]
        sentences = [f"{' > '.join(map(_word, path))}, which is not in the new export" for path in lost]
        sentences += [f"the encrypted value in line {node.start_mark.line + 1}" for node in others]
        if sentences:
            raise InputError(
                [f"{self._what} would lose {'; '.join(sentences)}; take it out, or export into another folder"]
            )
        return found

    def shown(self) -> str:
        """The text for a diff, with every secret hidden."""
        spans = [
            (node.start_mark.index, node.end_mark.index)
            for field, node in self._own.values()
            if field.secret and node.tag != VAULT_TAG
        ]
        text = self.text
        for start, end in sorted(spans, reverse=True):
            text = text[:start] + scalar(PLACEHOLDER) + text[end:]
        return text


def _own(noun: Noun, node: Any, path: Path) -> Iterator[tuple[Path, tuple[Field, Any]]]:
    """The values that no export knows, below the node of a section, by their path."""
    for inner, name in _objects(noun, node):
        here = (*path, name) if name else path
        values = _mapping(inner)
        for field in (*noun.writable, *noun.rendered):
            value = values.get(field.name, values.get(field.sent_as))
            if (
                (_is_own(field) or field in noun.rendered)
                and value is not None
                and getattr(value, "value", None) != PLACEHOLDER
            ):
                yield (*here, field.name), (field, value)
        for section, kind in noun.contains:
            if section in values:
                yield from _own(NOUNS[kind], values[section], (*here, section))


def _objects(noun: Noun, node: Any) -> Iterator[tuple[Any, Path]]:
    if noun.singleton:
        yield node, ()
        return
    for index, inner in enumerate(node.value if isinstance(node, yaml.SequenceNode) else ()):
        values = _mapping(inner)
        found = (values.get(name, values.get(noun.by_name[name].sent_as)) for name in noun.key)
        yield inner, tuple(str(getattr(one, "value", "")) for one in found) or (index,)


def _is_own(field: Field) -> bool:
    return field.secret or field.write_only


def _with(noun: Noun, value: Any, path: Path, own: dict[Path, tuple[Field, Any]]) -> Any:
    """The value of a section with the values that are taken over; those are taken out of ``own``."""
    if noun.singleton and isinstance(value, Mapping):
        return _one_with(noun, value, path, own)
    if not isinstance(value, list):
        return value
    return [
        _one_with(noun, one, (*path, tuple(str(one.get(name, "")) for name in noun.key) or (index,)), own)
        for index, one in enumerate(value)
    ]


def _one_with(noun: Noun, one: Mapping[str, Any], path: Path, own: dict[Path, tuple[Field, Any]]) -> dict[str, Any]:
    kinds = dict(noun.contains)
    found = {
        name: _with(NOUNS[kinds[name]], value, (*path, name), own) if name in kinds else value
        for name, value in one.items()
    }
    names = [f.name for f in (*noun.writable, *noun.rendered)]
    mine = {name: own.pop((*path, name))[1] for name in names if (*path, name) in own}
    taken = {name: _verbatim(node) for name, node in mine.items()}
    # Fields stand in front of sections.
    fields = {name: value for name, value in found.items() if name not in kinds}
    return {**fields, **taken, **{name: value for name, value in found.items() if name in kinds}}


def _verbatim(node: Any) -> Verbatim:
    if not isinstance(node, yaml.ScalarNode):
        raise InputError([f"line {node.start_mark.line + 1}: a value is no text where a password or a file belongs"])
    if node.tag == VAULT_TAG:
        return Verbatim((f"{VAULT_TAG} |", *node.value.split()))
    if node.style is None and not node.tag.startswith("!"):
        return Verbatim((node.value or "null",))
    tag = f"{node.tag} " if node.tag.startswith("!") else ""
    text = scalar(f" {node.value}")
    return Verbatim((f'{tag}"{text[2:]}',))


def _mapping(node: Any) -> dict[str, Any]:
    if yaml is None or not isinstance(node, yaml.MappingNode):
        return {}
    return {str(name.value): value for name, value in node.value}


def _nodes(node: Any) -> Iterator[Any]:
    if node is None:
        return
    yield node
    for one in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for inner in one if isinstance(one, tuple) else (one,):
            yield from _nodes(inner)


def _word(part: Any) -> str:
    return " ".join(map(str, part)) if isinstance(part, tuple) else str(part)
