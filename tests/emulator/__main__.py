# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.emulator`, or `pbx-emulator` where it is installed: the emulator on its own."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from . import seed
from .app import BASE, Service
from .contract import Contract, load_document
from .dialect import SWITCHES
from .pbx import Pbx
from .server import listen, server


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A PBX to test against, on loopback only.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--exposed", action="store_true",
        help="let --host be another address than loopback; whoever reaches it controls the emulator",
    )  # fmt: skip
    parser.add_argument(
        "--database", default=":memory:", help="file that keeps the state; without it, the state is in memory"
    )
    parser.add_argument(
        "--dialect", nargs="*", default=[], metavar="NAME=VALUE", help=f"switches: {', '.join(SWITCHES)}"
    )
    parser.add_argument("--seed", choices=seed.SEEDS, default="demo", help="what each tenant of a new database has")
    tenants = parser.add_mutually_exclusive_group()
    tenants.add_argument("--clients", type=int, default=1, help="how many tenants a new database starts with")
    tenants.add_argument(
        "--tenant", action="append", default=[], metavar="HOST[=NUMBER,NUMBER]", dest="tenants",
        help="a tenant for a host of an inventory, and the public numbers that it has; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--variables", type=Path, metavar="FILE",
        help="file to write variables to that lead each host of --tenant to its tenant: ansible-playbook -e @FILE",
    )  # fmt: skip
    parser.add_argument(
        "--extension-len", type=int, choices=(2, 3, 4), default=3, help="digits of an extension's number"
    )
    parser.add_argument("--ready-file", type=Path, help="file to write the address to, once it serves")
    given = parser.parse_args()
    if given.variables and not given.tenants:
        parser.error("--variables needs a --tenant for each host")
    return given


def variables(address: str, clients: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Variables for ansible-playbook that lead each host to the tenant with these credentials, whatever its inventory
    says of its own.
    """
    fields = {"pbx_app_id": "app_id", "pbx_app_secret": "app_secret", "pbx_expect_client_id": "client_id"}
    found = {"pbx_api_url": address}
    for name, field in fields.items():
        values = {host: client[field] for host, client in clients.items()}
        found[name] = f"{{{{ {json.dumps(values)}[inventory_hostname] }}}}"
    others = ("access_token", "api_username", "api_password", "renew_token", "token_url", "client", "ca_path")
    return {**found, **{f"pbx_{name}": "{{ omit }}" for name in others}}


def _write(path: Path, text: str) -> None:
    partial = path.with_suffix(".partial")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)  # whoever waits for the file never sees half of it


def main() -> int:
    """Serve until told to stop."""
    arguments = _arguments()
    tenants = dict((*one.split("=", 1), "")[:2] for one in arguments.tenants)
    numbers = [[part for part in text.split(",") if part] for text in tenants.values()]
    start = {
        "seed": arguments.seed,
        "extension_len": arguments.extension_len,
        "clients": numbers or [[]] * arguments.clients,
    }
    try:
        switches = dict(pair.split("=", 1) for pair in arguments.dialect)
        pbx = Pbx(Contract(load_document()), arguments.database, switches)
        listener = listen(arguments.host, arguments.port, arguments.exposed)
    except (ValueError, OSError) as error:
        print(f"emulator: {error}", file=sys.stderr)
        return 2
    if not pbx.store.rows("client", None):
        seed.start(pbx, **start)
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}{BASE}"
    if arguments.variables:
        clients = [seed.credentials(row) for row in pbx.store.rows("client", None)]
        found = variables(address, dict(zip(tenants, clients, strict=False)))
        _write(arguments.variables, json.dumps(found, indent=2))
    if arguments.ready_file:
        _write(arguments.ready_file, address)
    print(address, flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server(Service(pbx, start)).run([listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
