# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An editor without a window: the real YAML language server, with settings as an editor has them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import IO, Any

from tests.tools.node import modules, program

# The catalogue of all schemas of the world comes from the network.
OFFLINE = {"yaml.schemaStore.enable": False}
# Seconds for all that one editor is asked.
LIMIT = 120


class Editor:
    """Speaks the language server protocol; ``settings`` as in settings.json, for files below ``folder``."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, settings: Mapping[str, Any]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in: IO[bytes] = process.stdin
        self._out: IO[bytes] = process.stdout
        self._settings = {**settings, **OFFLINE}
        self._folder = folder
        self._count = 0
        folders = [{"uri": folder.as_uri(), "name": folder.name}]
        able = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self._ask("initialize", processId=None, rootUri=folder.as_uri(), workspaceFolders=folders, capabilities=able)
        self._tell("initialized")
        self._tell("workspace/didChangeConfiguration", settings=self._section(""))

    def marked(self, files: Mapping[str, str]) -> dict[str, list[str]]:
        """The messages of the editor about the text of each file, by the names of the files. No name is used twice."""
        names = {(self._folder / name).as_uri(): name for name in files}
        for uri, name in names.items():
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": files[name]}
            self._tell("textDocument/didOpen", textDocument=document)
        found: dict[str, list[str]] = {}
        while len(found) < len(files):
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] in names:
                said = [one["message"] for one in message["params"]["diagnostics"]]
                found[names[message["params"]["uri"]]] = said
        return found

    def _section(self, name: str) -> Any:
        """The settings below a name, which has its parts in dictionaries of their own."""
        tree: dict[str, Any] = {}
        for key, value in self._settings.items():
            *parents, last = key.split(".", 2)
            branch = tree
            for parent in parents:
                branch = branch.setdefault(parent, {})
            branch[last] = value
        return tree.get(name, {}) if name else tree

    def _ask(self, method: str, **params: Any) -> Any:
        self._count += 1
        self._send(id=self._count, method=method, params=params)
        while (message := self._receive()).get("id") != self._count or "method" in message:
            pass
        return message.get("result")

    def _tell(self, method: str, **params: Any) -> None:
        self._send(method=method, params=params)

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._in.flush()

    def _receive(self) -> dict[str, Any]:
        """The next message; questions of the server are answered. Raises EOFError when it has ended."""
        length = 0
        while (line := self._out.readline()) != b"\r\n":
            if not line:
                raise EOFError("the language server has ended")
            name, dummy, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self._out.read(length))
        if "id" in message and "method" in message:
            asked = message["params"]["items"] if message["method"] == "workspace/configuration" else []
            answers = [self._section(item.get("section", "")) for item in asked]
            self._send(id=message["id"], result=answers if asked else None)
        return message


@contextmanager
def editor(folder: Path, settings: Mapping[str, Any]) -> Iterator[Editor]:
    """An editor whose workspace is ``folder``, until the end of the block."""
    server = modules() / "yaml-language-server" / "bin" / "yaml-language-server"
    command = [program("node"), str(server), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder) as process:
        # A server that says nothing ends, and the test with it.
        alarm = Timer(LIMIT, process.kill)
        alarm.start()
        try:
            yield Editor(process, folder, settings)
        finally:
            alarm.cancel()
            process.kill()
