# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make events``: the rulebooks of docs/examples/events as printed, by the real ansible-rulebook, on the emulator.

Only the port is another one, because a program of this machine may hold the printed one. It takes a Java runtime, and
about a minute, in which one rulebook waits for its second poll. ``make test`` runs the sample, which waits for nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
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
# The environment of ansible-rulebook, which the Makefile makes.
PROGRAMS = ROOT / ".cache" / "rulebook" / "bin"
JAVA = 17
_LIMIT = 300
_READY = 0.2
# Rulebooks that run side by side.
_LANES = 2


@dataclass
class World:
    """The surroundings of a rulebook: the PBX, and the systems to which it sends messages."""

    emulator: Emulator
    folder: Path
    told: Queue[tuple[str, dict[str, Any]]]
    env: dict[str, str]

    def telling(self, path: str) -> dict[str, Any]:
        """Return the requests of the next playbook. Raises RuntimeError where it sends it elsewhere, or nothing."""
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


def lacking() -> str | None:
    """Return the programs that this machine lacks for ansible-rulebook, and how to get them; None where it lacks
    nothing."""
    if not (PROGRAMS / "ansible-rulebook").exists():
        return f"{PROGRAMS.relative_to(ROOT)} has no ansible-rulebook; run: make events"
    version = None
    # ansible-rulebook asks the same program, in the same order.
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    if shutil.which(java):
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=_LIMIT).stderr
        version = re.search(r'version "(\d+)', told)
    if version and int(version[1]) >= JAVA:
        return None
    found = f"{java} is version {version[1]}" if version else f"no program {java} here"
    remedy = "on Debian: apt install default-jre-headless"
    return f"ansible-rulebook needs Java {JAVA} or newer, and there is {found}; {remedy}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def rulebook(world: World, name: str) -> Iterator[int]:
    """Run a rulebook of the examples as its first line says. Yield the port on which it listens, if it does."""
    port = _free_port()
    path = world.folder / name
    text = re.sub(r"(?m)^( +port: )\d+$", rf"\g<1>{port}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    [command] = [line[2:] for line in text.splitlines() if line.startswith("# ansible-rulebook ")]
    words = [str(PROGRAMS / "ansible-rulebook"), *command.split()[1:]]
    log = world.folder / f"{name}.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(words, cwd=world.folder, env=world.env, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield port
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
    with rulebook(world, "voicemail.yml") as port:
        world.webhook("101", "voicemail", port, CallerIDName=PWN % pwned, CallerIDNum=HEADER % pwned)
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
    with rulebook(world, "emergency.yml") as port:
        world.webhook("300", "hangup", port, Bridged="no", CallerIDNum="+74950000123")
        told = world.telling("/pager")
    if told["summary"] != "Nobody took the emergency call of +74950000123":
        raise RuntimeError(f"the page is {told}")
    return "the pager was told"


SAMPLE = (voicemail, emergency, queue_overflow)
# The one that waits comes first.
RULEBOOKS = (phone_unregistered, *SAMPLE)


def _until(holds: Callable[[], bool]) -> None:
    for dummy in range(int(_LIMIT / _READY)):
        if holds():
            return
        time.sleep(_READY)
    raise RuntimeError("it did not come to that")


@contextmanager
def receiver() -> Iterator[tuple[str, Queue[tuple[str, dict[str, Any]]]]]:
    """Ticket system, chat and pager in one: its address, and its messages."""
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


def run(one: Callable[[World], str]) -> bool:
    """Run one rulebook and report it. Return whether it did its job."""
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
        env["PATH"] = os.pathsep.join([str(PROGRAMS), env["PATH"]])
        start = time.monotonic()
        try:
            done = one(World(emulator, here, told, env))
        except RuntimeError as error:
            print(f"FAILED {error}", flush=True)
            return False
        print(f"ok     {one.__name__}: {done} ({time.monotonic() - start:.1f} s)", flush=True)
        return True


def main() -> int:
    """Run all rulebooks, a sample, or those that are named; 0 if each of them did its job."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", action="store_true", help="only those that wait for nothing")
    parser.add_argument("names", nargs="*", help="some rulebooks")
    arguments = parser.parse_args()
    if reason := lacking():
        print(reason)
        return 1
    chosen = [
        one
        for one in (SAMPLE if arguments.sample else RULEBOOKS)
        if not arguments.names or one.__name__ in arguments.names
    ]
    # The sample has one core to itself, beside the other steps of make test.
    with ThreadPoolExecutor(1 if arguments.sample else _LANES) as lanes:
        return 0 if all(list(lanes.map(run, chosen))) else 1


if __name__ == "__main__":
    sys.exit(main())
