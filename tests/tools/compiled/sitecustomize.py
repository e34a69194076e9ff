# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cache of the compiled code of collections and of ordinary modules for the processes of a test session.

Ansible compiles a collection again in each process, and a module is compiled out of its archive: a third of the
processor time of a suite that starts a thousand processes. Python imports a module of this name by itself when it
starts; tests/conftest.py puts this folder on its path. The code that runs is the same: the cache finds it by its
source.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import sys
import zipimport
from collections.abc import Sequence
from contextlib import suppress
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any

_COLLECTIONS = "ansible.utils.collection_loader._collection_finder"
_PLACE = os.environ.get("TESTS_COMPILED", "")
_PYTHON = f"{sys.implementation.cache_tag} {sys.flags.optimize}"


def _compiled(source: str | bytes, filename: str, mode: str = "exec", **options: Any) -> CodeType:
    text = source.encode() if isinstance(source, str) else source
    # The archive of a module lies elsewhere for each task.
    name = filename.rpartition(".zip")[2]
    path = os.path.join(_PLACE, hashlib.sha256(b"\0".join([_PYTHON.encode(), name.encode(), text])).hexdigest())
    try:
        with open(path, "rb") as file:
            code: CodeType = marshal.load(file)  # noqa: S302
    except (OSError, EOFError, ValueError, TypeError):
        code = compile(source, filename, mode, dont_inherit=True)
        # A folder that cannot be written costs time, and nothing else.
        with suppress(OSError):
            os.makedirs(_PLACE, mode=0o700, exist_ok=True)
            part = f"{path}.{os.getpid()}"
            with open(part, "wb") as file:
                marshal.dump(code, file)
            os.replace(part, path)
    return code


class _Collections(MetaPathFinder):
    """Lets Ansible's loader of collections take code that is compiled."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _COLLECTIONS:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def with_compiled(module: ModuleType) -> None:
                execute(module)
                vars(module)["compile"] = _compiled

            vars(spec.loader)["exec_module"] = with_compiled
        return spec


def _from_archive(filename: str, source: bytes) -> CodeType:
    return _compiled(source.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), filename)


if _PLACE:
    sys.meta_path.insert(0, _Collections())
    vars(zipimport)["_compile_source"] = _from_archive
