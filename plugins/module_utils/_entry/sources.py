# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Documents of a tenant in files, in a folder of host variables, or in a commit of git."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .._api import disk
from .._engine.errors import InputError
from .._model.document import PLACEHOLDER, TENANT, Declared, impossible, parse
from .._text.yaml_text import is_template
from .folder import PREFIX
from .git import git

try:
    import yaml
except ImportError:
    yaml = None  # type: ignore[assignment]

_SECTIONS = tuple(section for section, dummy in TENANT.contains)
_NAMES = MappingProxyType({name: section for section in _SECTIONS for name in (section, f"{PREFIX}{section}")})
_ENDINGS = (".yml", ".yaml", ".json")
_REVISION = re.compile(r"[A-Za-z0-9_@^~{}/.+-]+", re.ASCII)
_GIT_SECONDS = 60


@dataclass(frozen=True)
class Source:
    """Where a document is. path: of a file or a folder. revision: of git, "" for the file as it is now."""

    option: str
    path: str
    revision: str = ""

    def document(self) -> dict[str, Any]:
        """The sections of the document. Raises InputError."""
        found: dict[str, Any] = {}
        for name, text in self._texts():
            for section, value in self._sections(name, text):
                if section in found:
                    raise InputError([f"{self.option}: {name} has {section}, which another file has too"])
                found[section] = value
        if not found:
            names = ", ".join(_SECTIONS)
            raise InputError([f"{self.option}: {self.path} is no document of a tenant; it has none of {names}"])
        return found

    def _texts(self) -> Iterator[tuple[str, str]]:
        if self.revision:
            yield from self._committed()
            return
        names = [self.path]
        if os.path.isdir(self.path):
            with disk.failing(f"{self.option}: {self.path}", "read"):
                names = sorted(os.path.join(self.path, name) for name in os.listdir(self.path))
            names = [name for name in names if name.endswith(_ENDINGS) and os.path.isfile(name)]
        for name in names:
            yield name, _text(self.option, name)

    def _committed(self) -> Iterator[tuple[str, str]]:
        if not _REVISION.fullmatch(self.revision) or self.revision.startswith("-"):
            raise InputError([f"{self.option}_revision: {self.revision!r} is no revision of git, such as HEAD~1"])
        folder, name = os.path.split(os.path.abspath(self.path))
        if os.path.isdir(self.path):
            folder, name = os.path.abspath(self.path), ""
        listed = [name]
        if not name:
            listed = self._git(folder, "ls-tree", "--name-only", self.revision, "./").splitlines()
            listed = [one.strip('"') for one in listed if one.endswith(_ENDINGS)]
        for one in listed:
            yield f"{one} of {self.revision}", self._git(folder, "show", f"{self.revision}:./{one}")

    def _git(self, folder: str, *arguments: str) -> str:
        try:
            done = git(folder, *arguments, seconds=_GIT_SECONDS)
            text = done.stdout.decode("utf-8")
        except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as error:
            raise InputError([f"{self.option}: git could not be run: {error}"]) from None
        if done.returncode:
            why = done.stderr.decode("utf-8", "replace").strip().splitlines()[:1]
            raise InputError([f"{self.option}: git has no {self.path} of {self.revision}: {' '.join(why)}"])
        return text

    def _sections(self, name: str, text: str) -> Iterator[tuple[str, Any]]:
        given = _loaded(self.option, name, text)
        if given is None:
            return
        if not isinstance(given, Mapping):
            raise InputError([f"{self.option}: {name} is no document of a tenant; it holds no dictionary"])
        for key, value in given.items():
            section = _NAMES.get(str(key))
            if section is not None:
                if _templated(value):
                    why = "holds a template, which only a play can fill in; give the document itself"
                    raise InputError([f"{self.option}: {key} in {name} {why}"])
                yield section, value


def _text(option: str, path: str) -> str:
    """Return the text of a file. Raises InputError, and FileFailed for no file or an unreadable one."""
    what = f"{option}: {path}"
    content = disk.read(path, what)
    if content is None:
        raise InputError([f"{what} cannot be read: {os.strerror(errno.ENOENT)}"])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError([f"{what} cannot be read: it is not text in UTF-8"]) from None


def read(option: str, given: Any, revision: str | None) -> Declared:
    """The document that an option gives: itself, or the path of a file or a folder. A PBX may hold values that a
    document must not declare, so that only impossible ones are refused. Raises InputError."""
    if isinstance(given, Mapping):
        if revision:
            raise InputError([f"{option}_revision needs the path of a file or a folder in {option}"])
        unknown = [str(name) for name in given if str(name) not in _NAMES]
        if unknown:
            raise InputError([f"{option}: there is no {unknown[0]}; there are: {', '.join(_SECTIONS)}"])
        document = {_NAMES[str(name)]: value for name, value in given.items()}
    elif isinstance(given, str):
        document = Source(option, os.path.expanduser(given), revision or "").document()
    else:
        raise InputError([f"{option} is neither pbx, nor a document, nor the path of a file or a folder"])
    root = parse(document)[0]
    if wrong := impossible(root):
        raise InputError([f"{option}: {sentence}" for sentence in wrong])
    return root


def listed(option: str, given: Any) -> Any:
    """Return the value of an option, or the list in the file whose path it is, perhaps under the name of the option.

    Raises InputError.
    """
    if not isinstance(given, str):
        return given
    path = os.path.expanduser(given)
    text = _text(option, path)
    try:
        found = json.loads(text)
    except ValueError:
        found = _loaded(option, path, text)
    found = found.get(option) if isinstance(found, Mapping) else found
    if not isinstance(found, list):
        raise InputError([f"{option}: {path} holds neither a list nor a dictionary with {option}"])
    return found


def _loaded(option: str, name: str, text: str) -> Any:
    """Return the value of a text in YAML. Raises InputError."""
    if yaml is None:
        raise InputError([f"{option}: reading a file needs the Python library PyYAML; install it"])
    try:
        found = yaml.load(text, Loader=_loader())
        # An anchor may lie in the value that it names, and nothing could walk through that.
        _templated(found)
        return found
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f", line {line + 1}"
        raise InputError([f"{option}: {name}{where} is no YAML"]) from None


class _Unsafe(str):
    """Text that is no template, whatever it looks like: an export marks it so."""


def _templated(value: Any) -> bool:
    if isinstance(value, _Unsafe):
        return False
    if isinstance(value, str):
        return is_template(value)
    if isinstance(value, Mapping):
        return any(map(_templated, value.values()))
    return isinstance(value, list) and any(map(_templated, value))


def _loader() -> Any:
    """A safe loader that takes the tags of Ansible. An encrypted value is as good as any secret."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!vault", lambda dummy, dummy2: PLACEHOLDER)
    Loader.add_constructor("!unsafe", lambda dummy, node: _Unsafe(node.value))
    return Loader
