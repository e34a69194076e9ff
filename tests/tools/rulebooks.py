# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make events``: the rulebooks of docs/examples/events as printed, by the real ansible-rulebook, on the emulator.

It takes a Java runtime, and about a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from tests.emulator.server import Emulator
from tests.tools.ansible import environment
from tests.tools.tree import ROOT

EXAMPLES = ROOT / "docs" / "examples" / "events"
SECRET = "rulebooks-8d1f40c2-unguessable"
PWN = "{{ lookup('pipe', 'touch %s') }}"
# The same with brackets, which a text may choose in place of braces.
HEADER = "#jinja2: variable_start_string: '[[', variable_end_string: ']]'\n[[ lookup('pipe', 'touch %s') ]]"
_LIMIT = 300
_READY = 0.2


@dataclass
class World:
    """The surroundings of a rulebook: the PBX, and the systems to which it sends messages."""

    emulator: Emulator
    folder: Path
    told: Queue[tuple[str, dict[str, Any]]]
    env: dict[str, str]
    program: str

    def telling(self, path: str) -> dict[str, Any]:
        """Return what the next playbook sends. Raises RuntimeError where it sends it elsewhere, or nothing."""
        try:
            where, body = self.told.get(timeout=_LIMIT)
        except Empty:
            raise RuntimeError(f"nothing was sent to {path}") from None
        if where != path:
            raise RuntimeError(f"{body} was sent to {where}, not to {path}")
        return body

    def webhook(self, number: str, event_type: str, port: int, **fields: Any) -> None:
        """Have an extension tell its event as soon as somebody listens."""
        url = f"http://127.0.0.1:{port}/{SECRET}"
        extension = self.emulator.extension_id(number)
        self.emulator.insert("event", extension, event_type=event_type, url=url, method="POST")
        asked = {"extension": number, "event_type": event_type, "fields": fields}
        for dummy in range(int(_LIMIT / _READY)):
            (sent,) = self.emulator.control("POST", "webhooks", asked)
            if sent["status"] == 200:
                return
            time.sleep(_READY)
        raise RuntimeError(f"nobody listens on port {port}")


@contextmanager
def rulebook(world: World, name: str) -> Iterator[None]:
    """Run a rulebook of the examples as its first line says."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    [command] = [line[2:] for line in text.splitlines() if line.startswith("# ansible-rulebook ")]
    words = [world.program, *command.split()[1:]]
    log = world.folder / f"{name}.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(words, cwd=world.folder, env=world.env, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield
        except RuntimeError as error:
            raise RuntimeError(f"{name}: {error}\n{log.read_text(encoding='utf-8')}") from None
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def queue_overflow(world: World) -> str:
    """Five callers wait, and the agent of the second level is logged in."""
    emulator = world.emulator
    emulator.overwrite("agent", status="logged_out")
    emulator.overwrite("queue_agent", level=2)
    with rulebook(world, "queue_overflow.yml"):
        for number in range(5):
            emulator.insert("queue_member", emulator.extension_id("200"), number=f"1555010{number}", state="Waiting")
        for dummy in range(int(_LIMIT / _READY)):
            agents = [agent["status"] for one in emulator.state()["extensions"] for agent in one["agents"]]
            if agents == ["available"]:
                return "the agent of the second level was logged in"
            time.sleep(_READY)
        raise RuntimeError("nobody was logged in")


def voicemail(world: World) -> str:
    """A caller's name and number that are templates become a ticket, and nothing else."""
    pwned = world.folder / "pwned"
    with rulebook(world, "voicemail.yml"):
        world.webhook("101", "voicemail", 5000, CallerIDName=PWN % pwned, CallerIDNum=HEADER % pwned)
        ticket = world.telling("/ticket")
    if pwned.exists():
        raise RuntimeError("the name of the caller was run as a template")
    wanted = (f"Voicemail of {(PWN % pwned).replace('{{', '{ {')}", (HEADER % pwned).replace("#jinja2:", "# jinja2 :"))
    if (ticket["title"], ticket["number"]) != wanted:
        raise RuntimeError(f"the ticket is {ticket}")
    return "a ticket was opened, and the template in the caller's name did not run"


def phone_unregistered(world: World) -> str:
    """A phone that is gone is told."""
    emulator = world.emulator
    with rulebook(world, "phone_unregistered.yml"):
        _until(lambda: any(one["path"] == "/extension/registration/" for one in emulator.log()))
        rows = emulator._pbx.store.rows("registration", emulator.client_id)
        for row in rows:
            emulator._pbx.store.delete(row)
        told = world.telling("/chat")
    if not told["text"].startswith("Phone 101 is not registered since "):
        raise RuntimeError(f"the message is {told}")
    return "the chat was told"


def emergency(world: World) -> str:
    """A call of the menu that nobody took is paged."""
    with rulebook(world, "emergency.yml"):
        world.webhook("300", "hangup", 5001, Bridged="no", CallerIDNum="+74950000123")
        told = world.telling("/pager")
    if told["summary"] != "Nobody took the emergency call of +74950000123":
        raise RuntimeError(f"the page is {told}")
    return "the pager was told"


RULEBOOKS = (voicemail, emergency, queue_overflow, phone_unregistered)


def _until(holds: Callable[[], bool]) -> None:
    for dummy in range(int(_LIMIT / _READY)):
        if holds():
            return
        time.sleep(_READY)
    raise RuntimeError("it did not come to that")


@contextmanager
def receiver() -> Iterator[tuple[str, Queue[tuple[str, dict[str, Any]]]]]:
    """Ticket system, chat and pager in one: its address, and what it is told."""
    told: Queue[tuple[str, dict[str, Any]]] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.put((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", told
    finally:
        server.shutdown()
        server.server_close()


def main() -> int:
    """Run all rulebooks, or those that are named; 0 if each of them did what it is for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", type=Path, help="folder with the programs of ansible-rulebook's environment")
    parser.add_argument("names", nargs="*", help="some rulebooks")
    arguments = parser.parse_args()
    program = arguments.programs.resolve() / "ansible-rulebook"
    if not program.exists() or not shutil.which("java"):
        print("make events needs ansible-rulebook and Java 17; on Debian: apt install default-jre-headless")
        return 1
    failed = 0
    for one in RULEBOOKS:
        if arguments.names and one.__name__ not in arguments.names:
            continue
        with Emulator() as emulator, receiver() as (origin, told), tempfile.TemporaryDirectory() as folder:
            here = Path(folder, "rulebooks")
            shutil.copytree(EXAMPLES, here)
            env = {
                **environment(Path(folder, "home")),
                "PBX_API_URL": emulator.url,
                "PBX_APP_ID": emulator.app_id,
                "PBX_APP_SECRET": emulator.app_secret,
                "PBX_EVENTS_PATH": SECRET,
                **{f"{name}_URL": f"{origin}/{name.lower()}" for name in ("TICKET", "CHAT", "PAGER")},
            }
            env["PATH"] = os.pathsep.join([str(program.parent), env["PATH"]])
            start = time.monotonic()
            try:
                print(f"ok     {one.__name__}: {one(World(emulator, here, told, env, str(program)))} "
                      f"({time.monotonic() - start:.1f} s)", flush=True)  # fmt: skip
            except RuntimeError as error:
                failed += 1
                print(f"FAILED {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
