# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugin, as Ansible loads it."""

from __future__ import annotations

import json
import os
import sys

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.inventory.pbx import EXAMPLES
from tests.emulator.server import Emulator
from tests.integration.inventories import CACHE, SECRETS, STRICT, Inventory, leaks, paths, two_tenants
from tests.tools.ansible import Ansible

EXTENSIONS = 17


@pytest.fixture
def inventory(ansible: Ansible) -> Inventory:
    return Inventory(ansible)


@pytest.fixture
def pbx(emulator: Emulator) -> Emulator:
    emulator.reset(**SECRETS)
    return emulator


@pytest.fixture
def tenants(pbx: Emulator) -> list[dict[str, str]]:
    return two_tenants(pbx)


def of(number: str, tenant: str = "pbx") -> str:
    return f"{tenant}-{number}"


# -- the tenants


def test_one_tenant_out_of_the_environment(pbx: Emulator, inventory: Inventory) -> None:
    inventory.write()
    found = inventory.list(PBX_API_URL=pbx.url, PBX_ACCESS_TOKEN=pbx.access_token)
    assert found.run.warnings == []
    assert found.groups == {"pbx": [of(one["number"]) for one in pbx.state()["extensions"]]}
    assert len(found.hosts) == EXTENSIONS
    host = found.hosts[of("300")]
    assert (host["pbx_tenant"], host["pbx_number"], host["pbx_type"]) == ("pbx", "300", "ivr")
    assert host["pbx_id"] == pbx.extension_id("300")
    assert (host["pbx_api_url"], host["pbx_client"]) == (pbx.url, "@me")
    assert (host["ansible_connection"], host["ansible_python_interpreter"]) == ("local", sys.executable)


def test_tenants_with_the_same_numbers(pbx: Emulator, inventory: Inventory, tenants: list[dict[str, str]]) -> None:
    inventory.write(
        api_url=pbx.url,
        tenants=tenants,
        types=["phone", "ivr"],
        strict=True,
        keyed_groups=[{"prefix": "type", "key": "pbx_type"}, {"key": "pbx_tenant ~ pbx_type", "separator": ""}],
        groups={"desks": "'Reception' in pbx_label"},
        compose={"sip": "pbx_number ~ '@' ~ pbx_domain", "where": "pbx_api_url"},
    )
    found = inventory.list()
    assert found.run.warnings == []
    assert len(found.hosts) == 2 * 13
    assert found.groups["type_ivr"] == ["north-300", "south-300"]
    assert found.groups["northivr"] == ["north-300"]
    assert found.groups["desks"] == ["north-101", "north-102", "south-101", "south-102"]
    assert {found.hosts[host]["pbx_client_id"] for host in found.groups["north"]} == {pbx.client_id}
    assert {found.hosts[host]["pbx_client_id"] for host in found.groups["south"]} == {pbx.client_id + 1}
    assert found.hosts["south-101"]["sip"] == "101@sip.pbx.invalid"
    assert found.hosts["south-101"]["where"] == pbx.url
    assert pbx.writes() == []


def test_names_that_stand_for_two_extensions_are_refused(
    pbx: Emulator, inventory: Inventory, tenants: list[dict[str, str]]
) -> None:
    inventory.write(api_url=pbx.url, tenants=tenants, host_name="pbx_number")
    run = inventory.list(**STRICT).run
    assert run.rc != 0
    assert 'host_name makes "101" of extension 101 of north and of extension 101 of south' in " ".join(run.warnings)
    inventory.write(api_url=pbx.url, tenants=tenants[:1], host_name="pbx_number")
    assert "101" in inventory.list().hosts


@pytest.mark.parametrize(
    ("expression", "reason"),
    [("pbx_group", "is empty for extension 101 of pbx"), ("nowhere ~ 1", "cannot be made for extension 101 of pbx")],
)
def test_names_that_cannot_be_made_are_refused(
    pbx: Emulator, inventory: Inventory, expression: str, reason: str
) -> None:
    inventory.write(api_url=pbx.url, access_token=pbx.access_token, host_name=expression)
    run = inventory.list(**STRICT).run
    assert run.rc != 0
    assert f"host_name {reason}" in " ".join(run.warnings)


def test_filters(pbx: Emulator, inventory: Inventory) -> None:
    connection = {"api_url": pbx.url, "access_token": pbx.access_token}
    inventory.write(**connection, types=["queue"], statuses=["active"])
    assert list(inventory.list().hosts) == [of("200"), of("201")]
    inventory.write(**connection, statuses=["blocked"])
    assert inventory.list().hosts == {}
    inventory.write(**connection, types=["queues"])
    run = inventory.list(**STRICT).run
    assert run.rc != 0
    assert "queues" in run.output


def test_strict_is_that_of_constructed(pbx: Emulator, inventory: Inventory) -> None:
    options = {"api_url": pbx.url, "access_token": pbx.access_token, "compose": {"twice": "nowhere * 2"}}
    inventory.write(**options)
    found = inventory.list(**STRICT)
    assert len(found.hosts) == EXTENSIONS
    assert "twice" not in found.hosts[of("101")]
    inventory.write(**options, strict=True)
    assert inventory.list(**STRICT).run.rc != 0


@pytest.mark.parametrize(("name", "ours"), [("north.pbx.yaml", True), ("pbx.yaml", True), ("phones.yml", False)])
def test_the_name_of_the_file(pbx: Emulator, inventory: Inventory, name: str, ours: bool) -> None:
    inventory.write(name, api_url=pbx.url, access_token=pbx.access_token)
    found = inventory.list(name=name)
    assert bool(found.hosts) is ours
    assert bool(paths(pbx)) is ours


def test_what_a_phone_is_called_does_not_run(pbx: Emulator, inventory: Inventory) -> None:
    label = "{{ lookup('ansible.builtin.pipe', 'touch run') }}"
    pbx.insert("extension", number="199", type="phone", status="active", label=label, create_date=None)
    path = inventory.write(api_url=pbx.url, access_token=pbx.access_token, compose={"copy": "pbx_label"})
    show = {"ansible.builtin.debug": {"msg": "{{ pbx_label }} {{ copy }}"}, "name": "show"}
    play = {"hosts": of("199"), "gather_facts": False, "tasks": [show]}
    run = inventory.ansible.playbook([play], inventory=path)
    assert run.task("show").result["msg"] == f"{label} {label}"
    assert not (inventory.ansible.folder / "run").exists()


# -- the cache


def test_a_second_run_asks_for_nothing(pbx: Emulator, inventory: Inventory, tenants: list[dict[str, str]]) -> None:
    options = {"api_url": pbx.url, "tenants": tenants}
    inventory.write(**options, **CACHE)
    first = inventory.list()
    assert paths(pbx) != []
    pbx.clear_log()
    assert inventory.list().run.stdout == first.run.stdout
    inventory.write(**options, **CACHE, types=["queue"], host_name="'q' ~ pbx_number ~ pbx_tenant")
    assert set(inventory.list().hosts) == {"q200north", "q201north", "q200south", "q201south"}
    assert paths(pbx) == []
    assert len(inventory.list("--flush-cache").hosts) == 4
    assert "/client/@me/extension/" in paths(pbx)
    pbx.clear_log()
    inventory.write(**options)
    assert inventory.list().hosts == first.hosts
    assert "/client/@me/extension/" in paths(pbx)


def test_only_a_new_tenant_is_read(pbx: Emulator, inventory: Inventory, tenants: list[dict[str, str]]) -> None:
    inventory.write(api_url=pbx.url, tenants=tenants[:1], **CACHE)
    inventory.list()
    pbx.clear_log()
    inventory.write(api_url=pbx.url, tenants=tenants, **CACHE)
    found = inventory.list()
    assert set(found.groups) == {"north", "south"}
    assert {entry["client_id"] for entry in pbx.log() if entry["client_id"]} == {pbx.client_id + 1}


def test_the_cache_of_one_tenant_is_not_used_for_another(pbx: Emulator, inventory: Inventory) -> None:
    other = pbx.add_client(seed="bare")
    inventory.write(api_url=pbx.url, **CACHE)
    for token, client in ((pbx.access_token, pbx.client_id), (other["access_token"], other["client_id"])):
        hosts = inventory.list(PBX_ACCESS_TOKEN=token).hosts
        assert {host["pbx_client_id"] for host in hosts.values()} == {client}


# -- tenants that cannot be read


@pytest.fixture
def half(pbx: Emulator, tenants: list[dict[str, str]]) -> list[dict[str, str]]:
    """The second tenant's PBX refuses every connection."""
    with Emulator() as gone:
        tenants[1]["api_url"] = gone.url
    return tenants


def test_a_tenant_that_cannot_be_reached_is_an_error(
    pbx: Emulator, inventory: Inventory, half: list[dict[str, str]]
) -> None:
    inventory.write(api_url=pbx.url, tenants=half)
    run = inventory.list(**STRICT).run
    assert run.rc != 0
    assert 'tenant "south": POST /oauth/token: 127.0.0.1' in " ".join(run.warnings)
    assert "refused" in " ".join(run.warnings)
    assert inventory.list().hosts == {}


def test_a_tenant_that_cannot_be_reached_may_be_left_out(
    pbx: Emulator, inventory: Inventory, half: list[dict[str, str]]
) -> None:
    inventory.write(api_url=pbx.url, tenants=half, skip_failed_tenants=True, **CACHE)
    for dummy in range(2):
        found = inventory.list(**STRICT)
        assert list(found.groups) == ["north"]
        assert len(found.run.warnings) == 1
        assert 'tenant "south": POST /oauth/token: 127.0.0.1' in found.run.warnings[0]
        assert "Its extensions are left out." in found.run.warnings[0]
    half[1]["api_url"] = pbx.url
    inventory.write(api_url=pbx.url, tenants=half, skip_failed_tenants=True, **CACHE)
    found = inventory.list(**STRICT)
    assert (found.run.warnings, list(found.groups)) == ([], ["north", "south"])


def test_a_wrong_file_costs_no_request(pbx: Emulator, inventory: Inventory, tenants: list[dict[str, str]]) -> None:
    tenants[1]["app_secret"] = ""
    inventory.write(api_url=pbx.url, tenants=tenants, skip_failed_tenants=True)
    run = inventory.list(**STRICT).run
    assert run.rc != 0
    assert 'tenant "south": app_id is given without app_secret' in " ".join(run.warnings)
    assert paths(pbx) == []


# -- plays


def test_a_play_runs_once_for_each_extension(
    pbx: Emulator, inventory: Inventory, tenants: list[dict[str, str]]
) -> None:
    path = inventory.write(api_url=pbx.url, tenants=tenants, types=["phone"])
    variables = inventory.ansible.folder / "group_vars"
    variables.mkdir()
    for one in tenants:
        credentials = {name: one[name] for name in ("app_id", "app_secret")}
        (variables / f"{one['name']}.yml").write_text(json.dumps({"secrets": credentials}), encoding="utf-8")
    connection = {name: f"{{{{ secrets.{name} }}}}" for name in ("app_id", "app_secret")}
    connection |= {name: f"{{{{ pbx_{name} }}}}" for name in ("api_url", "token_url", "client", "validate_certs")}
    agent = {"extension": "{{ pbx_number }}", "name": "{{ inventory_hostname }}"}
    play = {
        "hosts": "north-101:~south-10[1-3]",
        "gather_facts": False,
        "module_defaults": {"group/telops.pbx.pbx": connection},
        "tasks": [{"name": "agent", "telops.pbx.pbx_agent": agent}],
    }
    run = inventory.ansible.playbook([play], inventory=path)
    assert run.rc == 0, run.output
    assert run.warnings == []
    assert leaks(run.output) == []
    assert [task.changed for task in run.tasks] == [True] * 4
    for client, names in ((pbx.client_id, ["Anna", "north-101"]), (pbx.client_id + 1, [f"south-10{n}" for n in "123"])):
        extensions = pbx.state(client)["extensions"]
        assert [agent["name"] for extension in extensions for agent in extension["agents"]] == names


def test_the_examples(pbx: Emulator, inventory: Inventory) -> None:
    other = pbx.add_client(seed="bare")
    env = {
        "PBX_API_URL": pbx.url,
        "NORTH_APP_ID": pbx.app_id,
        "NORTH_APP_SECRET": pbx.app_secret,
        "SOUTH_APP_ID": other["app_id"],
        "SOUTH_APP_SECRET": other["app_secret"],
        **STRICT,
    }
    file, playbook = inventory.ansible.folder / "pbx.yml", inventory.ansible.folder / "play.yml"
    # The first inventory and the play on it have their credentials out of the environment, the others not.
    tokens = [{"PBX_ACCESS_TOKEN": pbx.access_token}] * 2 + [{}] * 3
    groups = []
    for text, token in zip(EXAMPLES.split("\n---\n"), tokens, strict=True):
        if isinstance(yaml.safe_load(text), list):
            playbook.write_text(text, encoding="utf-8")
            for changed in (True, False):
                run = inventory.ansible.playbook(playbook, inventory=file, env={**env, **token})
                assert (run.rc, run.warnings) == (0, []), run.output
                assert {task.changed for task in run.tasks} == {changed}
        else:
            file.write_text(text, encoding="utf-8")
            found = inventory.list(**env, **token)
            assert found.run.warnings == []
            groups.append(set(found.groups))
    assert {"type_phone", "type_queue", "type_ivr"} <= groups[0]
    assert {"north_phone", "north_queue", "south_phone", "south_queue"} <= groups[1]
    assert "shops" in groups[2]
    assert os.listdir(inventory.ansible.folder / ".cache" / "inventory")
