# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An inventory file and the commands that read it, and two tenants to read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible, Run

PLUGIN = {"plugin": "telops.pbx.pbx"}
CACHE = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": "cache"}
STRICT = {"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1"}

# With characters that are spelled otherwise in a URL, in a form and in JSON.
SECRETS = {
    "access_token": "canary-token/A+b=9",
    "app_secret": 'canary-app&secret%"1',
    "password": "canary-login pass'word",
}
TOKEN = SECRETS["access_token"]


@dataclass
class Listing:
    """The output of ansible-inventory --list."""

    run: Run
    hosts: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Inventory:
    """A file in a folder of its own, and the commands that read it."""

    ansible: Ansible

    def write(self, name: str = "pbx.yml", **options: Any) -> Path:
        path = self.ansible.folder / name
        path.write_text(yaml.safe_dump({**PLUGIN, **options}, sort_keys=False), encoding="utf-8")
        return path

    def list(self, *args: str, name: str = "pbx.yml", **env: str) -> Listing:
        run = self.ansible.command("ansible-inventory", "-i", name, "--list", *args, env=env)
        if run.rc:
            return Listing(run)
        data = json.loads(run.stdout, object_hook=_plain)
        hosts = data.pop("_meta")["hostvars"]
        return Listing(run, hosts, {group: one["hosts"] for group, one in data.items() if "hosts" in one})

    def cached(self) -> dict[str, str]:
        return {path.name: path.read_text(encoding="utf-8") for path in (self.ansible.folder / "cache").iterdir()}


def _plain(one: dict[str, Any]) -> Any:
    """Values as they are: ansible-inventory marks those that are no templates."""
    return one.get("__ansible_unsafe", one)


def leaks(text: str) -> list[str]:
    spellings = {n: {s, json.dumps(s)[1:-1], repr(s)[1:-1]} for n, s in SECRETS.items()}
    return [name for name, found in spellings.items() if any(one in text for one in found)]


def paths(emulator: Emulator) -> list[str]:
    return [entry["path"] for entry in emulator.log()]


def two_tenants(pbx: Emulator) -> list[dict[str, str]]:
    """Two tenants of one PBX, with the same numbers, as an inventory file declares them."""
    other = pbx.add_client(seed="bare")
    pbx.clear_log()
    north = {"name": "north", "app_id": pbx.app_id, "app_secret": pbx.app_secret}
    login = {"api_username": pbx.username, "api_password": pbx.password}
    south = {"name": "south", "app_id": other["app_id"], "app_secret": other["app_secret"]}
    return [{**north, **login}, south]
