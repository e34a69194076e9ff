# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.emulator`: the emulator on its own."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from . import seed
from .app import BASE, Service
from .contract import Contract, load_document
from .dialect import SWITCHES
from .pbx import Pbx
from .server import listen, server


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.emulator", description="A PBX to test against, on loopback only."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--database", default=":memory:", help="file that keeps the state; without it, the state is in memory"
    )
    parser.add_argument(
        "--dialect", nargs="*", default=[], metavar="NAME=VALUE", help=f"switches: {', '.join(SWITCHES)}"
    )
    parser.add_argument("--seed", choices=seed.SEEDS, default="demo", help="what a new database starts with")
    parser.add_argument("--clients", type=int, default=1, help="how many tenants a new database starts with")
    parser.add_argument(
        "--extension-len", type=int, choices=(2, 3, 4), default=3, help="digits of an extension's number"
    )
    parser.add_argument("--ready-file", type=Path, help="file to write the address to, once it serves")
    return parser.parse_args()


def main() -> int:
    """Serve until told to stop."""
    arguments = _arguments()
    start = {"seed": arguments.seed, "extension_len": arguments.extension_len}
    try:
        switches = dict(pair.split("=", 1) for pair in arguments.dialect)
        pbx = Pbx(Contract(load_document()), arguments.database, switches)
        listener = listen(arguments.host, arguments.port)
    except (ValueError, OSError) as error:
        print(f"emulator: {error}", file=sys.stderr)
        return 2
    if not pbx.store.rows("client", None):
        seed.start(pbx, **start)
        for dummy in range(arguments.clients - 1):
            seed.add_client(pbx, **start)
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}{BASE}"
    if arguments.ready_file:
        partial = arguments.ready_file.with_suffix(".partial")
        partial.write_text(address + "\n", encoding="utf-8")
        partial.replace(arguments.ready_file)  # whoever waits for the file never sees half of it
    print(address, flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server(Service(pbx, start)).run([listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
