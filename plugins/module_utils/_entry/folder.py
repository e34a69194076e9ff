# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The folder of a tenant: its document as files of host variables."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .._api import disk
from .._engine.read.export import Gap
from .._flow.checks.catalogue import CHECKS
from .._flow.checks.judge import judge
from .._flow.checks.subject import Subject
from .._model.addresses import addresses_in
from .._model.document import PLACEHOLDER, Declared, parse
from .._state.document import of_document
from .._text.hours import conditions_in_words
from .._text.mask import secrets_of
from .._text.yaml_text import Path, comment
from .._text.yaml_text import document as yaml_document
from .kept import Kept

# The names of host variables that hold a document begin with this.
PREFIX = "pbx_"
SECRET_ADDRESSES = (
    "Holds addresses that may carry secrets, so that only the owner of this file may read it; encrypt it with "
    "ansible-vault before it goes anywhere."
)
NOT_EXPORTED = "not exported; set it for a new tenant, here it stays as it is"
# The gaps of a section without a file of its own are told in this file.
FRAME = "extensions"
# The findings about menus that comments in the files tell; pbx_flow_check tells the others.
_IN_FILES = tuple(CHECKS[code] for code in ("R03", "L03", "L04", "U01", "U05"))


@dataclass(frozen=True)
class Written:
    """A file with another content than before. before and after: without secrets."""

    path: str
    before: str
    after: str

    def diff(self) -> dict[str, str]:
        return {"before_header": self.path, "after_header": self.path, "before": self.before, "after": self.after}


class Folder:
    """A file for each section of the tenant. It may hold addresses that are as good as a password, so that nobody but
    its owner may read it."""

    def __init__(self, path: str) -> None:
        self._path = path

    def written(self, document: Mapping[str, Any], gaps: Sequence[Gap], check: bool) -> list[Written]:
        """Write the sections, and give the files that differ from those on the disk. check: only tell.

        Raises FileFailed, and InputError for a file with values that would be lost; then none is written.
        """
        comments = _comments(document, gaps)
        changed: dict[str, str] = {}
        found = []
        for section, value in document.items():
            path = os.path.join(self._path, f"{PREFIX}{section}.yml")
            kept = Kept(path, section)
            mine = [gap for gap in gaps if _file_of(gap, document) == section]
            text = _head(mine, value) + yaml_document(
                f"{PREFIX}{section}", kept.taken_over(value), {PLACEHOLDER: NOT_EXPORTED}, comments, (section,)
            )
            if kept.text != text:
                changed[path] = text
                found.append(Written(path, kept.shown(), Kept(path, section, text).shown()))
        if changed and not check:
            disk.folder(self._path, f"path: {self._path}")
            for path, text in changed.items():
                disk.write(path, text, f"path: {path}")
        return found


def _head(gaps: Sequence[Gap], value: Any) -> str:
    """In front of everything, the decisions and secrets that a person has to add."""
    lines = [comment(SECRET_ADDRESSES)] if any(map(any, map(secrets_of, addresses_in(value)))) else []
    if gaps:
        lines.append(comment("To be decided, because this file cannot say all that the PBX holds:"))
    for gap in gaps:
        field = f": {gap.field}" if gap.field else ""
        lines.append(comment(f"- {gap.object}{field}: {gap.reason}; {gap.remedy}"))
    return "---\n" + "".join(lines)


def _file_of(gap: Gap, document: Mapping[str, Any]) -> str:
    section = str(gap.path[0])
    return section if section in document else FRAME


def _comments(document: Mapping[str, Any], gaps: Sequence[Gap]) -> dict[Path, list[str]]:
    """One for each place that a person should mend: its gaps, and its odd values."""
    found: dict[Path, list[str]] = {}
    for gap in gaps:
        found.setdefault(gap.path, []).append(f"{gap.field or gap.object}: {gap.reason}; {gap.remedy}")
    root = parse(document)[0]
    places = {one.where: path for one, path in _places(root, ())}
    for one, path in _places(root, ()):
        if one.given.get("conditions"):
            found.setdefault(path, []).extend(_when(one.given["conditions"]))
        found.setdefault(path, []).extend(sentence.removeprefix(f"{one.where}: ") for sentence in one.doubts)
    for finding in judge(Subject(of_document(root, complete=True), date.today()), checks=_IN_FILES).findings:
        found.setdefault(places[finding.place], []).append(finding.message)
    return found


def _when(conditions: Any) -> Iterator[str]:
    """The conditions of an interval in words, since days are numbers in them."""
    known = [one for one in conditions if isinstance(one, Mapping)] if isinstance(conditions, list) else []
    if known:
        yield f"when: {'; '.join(conditions_in_words(known))}"


def _places(one: Declared, path: Path) -> Iterator[tuple[Declared, Path]]:
    """Every object inside of another one, and where it stands."""
    for section, noun, objects in one.sections():
        for index, inner in enumerate(objects):
            here: Path = (*path, section) if noun.singleton else (*path, section, index)
            # A setting that is written as its value alone has no room for a comment.
            yield inner, path if noun.singleton and len(noun.writable) == 1 else here
            yield from _places(inner, here)
