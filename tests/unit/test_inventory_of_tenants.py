# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tenants as hosts: each one checked, with its connection and no credential."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("ansible")

from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import inventory_loader

from ansible_collections.telops.pbx.plugins.module_utils._entry.variables import mistakes
from tests.emulator.server import Emulator


def parsed(folder: Path, **config: Any) -> InventoryData:
    file = folder / "pbx.yml"
    file.write_text(yaml.safe_dump({"plugin": "telops.pbx.pbx", **config}), encoding="utf-8")
    inventory = InventoryData()
    inventory_loader.get("telops.pbx.pbx").parse(inventory, DataLoader(), str(file), cache=False)
    return inventory


def two(emulator: Emulator) -> list[dict[str, Any]]:
    other = emulator.add_client(seed="empty")
    emulator.clear_log()
    first = {"name": "north", "api_url": emulator.url, "access_token": emulator.access_token}
    second = {"name": "south", "api_url": emulator.url}
    return [first, {**second, "app_id": other["app_id"], "app_secret": other["app_secret"]}]


def test_each_tenant_is_a_host_without_credentials(emulator: Emulator, tmp_path: Path) -> None:
    tenants = two(emulator)
    found = parsed(tmp_path, hosts="tenants", tenants=tenants, groups={"shops": "true"},
                   keyed_groups=[{"prefix": "client", "key": "pbx_client_id | string"}])  # fmt: skip
    assert list(found.hosts) == ["north", "south"]
    assert {"north", "south"}.isdisjoint(found.groups)
    assert [host.name for host in found.groups["shops"].get_hosts()] == ["north", "south"]
    assert [host.name for host in found.groups["client_101"].get_hosts()] == ["south"]
    for host, client in (("north", 100), ("south", 101)):
        variables = found.hosts[host].vars
        assert (variables["pbx_client_id"], variables["pbx_expect_client_id"]) == (client, client)
        assert variables["pbx_api_url"] == emulator.url
        assert variables["ansible_connection"] == "local"
        assert not {"pbx_app_id", "pbx_app_secret", "pbx_access_token"} & set(variables)
        assert not any(str(value) in str(variables) for one in tenants for name, value in one.items()
                       if name in ("access_token", "app_secret", "app_id"))  # fmt: skip
        assert [*mistakes("tenant", {**variables, "pbx_extensions": []})] == []
    assert [entry["path"] for entry in emulator.log() if not entry["path"].startswith("/oauth")] == ["/user/"] * 2


def test_wrong_files_are_refused_before_any_request(emulator: Emulator, tmp_path: Path) -> None:
    for config, said in (
        ({}, "list them under tenants"),
        ({"tenants": two(emulator), "types": ["phone"]}, "types is about extensions"),
        ({"tenants": two(emulator), "host_name": "pbx_tenant"}, "host_name is about extensions"),
    ):
        with pytest.raises(AnsibleParserError, match=said):
            parsed(tmp_path, hosts="tenants", **config)
    assert emulator.log() == []


def test_two_names_of_one_client_are_refused(emulator: Emulator, tmp_path: Path) -> None:
    first, dummy = two(emulator)
    with pytest.raises(AnsibleParserError, match='"north" and "again" lead to the same client 100'):
        parsed(tmp_path, hosts="tenants", tenants=[first, {**first, "name": "again"}])


def test_a_tenant_that_cannot_be_asked_is_left_out_where_that_is_wanted(emulator: Emulator, tmp_path: Path) -> None:
    first, second = two(emulator)
    wrong = {**second, "app_secret": "canary-of-a-secret-7e2b"}
    with pytest.raises(AnsibleParserError, match='tenant "south"') as error:
        parsed(tmp_path, hosts="tenants", tenants=[first, wrong])
    assert "canary" not in str(error.value)
    assert list(parsed(tmp_path, hosts="tenants", tenants=[first, wrong], skip_failed_tenants=True).hosts) == ["north"]
