# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The credentials of an inventory, which no output shows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.emulator.server import Emulator
from tests.integration.inventories import CACHE, SECRETS, STRICT, TOKEN, Inventory, leaks, paths, two_tenants
from tests.tools.ansible import Ansible

PASSPHRASE = "inventory-tests"


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


def test_credentials_are_shown_and_kept_nowhere(
    pbx: Emulator, inventory: Inventory, tenants: list[dict[str, str]]
) -> None:
    token = {"name": "token", "access_token": pbx.access_token}
    inventory.write(api_url=pbx.url, tenants=[*tenants, token], **CACHE)
    run = inventory.ansible.command("ansible-inventory", "-i", "pbx.yml", "--list", "-vvvv")
    assert run.rc == 0, run.output
    assert "token-101" in run.stdout
    assert leaks(run.output) == []
    cached = inventory.cached()
    assert len(cached) == 3
    assert leaks(json.dumps(cached) + "".join(cached.values())) == []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"access_token": TOKEN}, 'tenant "north": GET /client/@me/extension/ was refused with 401'),
        ({"app_id": "app", "app_secret": SECRETS["app_secret"]}, 'tenant "north": POST /oauth/token gave no token'),
        ({"app_id": "app", "api_password": SECRETS["password"]}, "app_id is given without app_secret"),
        ({"access_token": f"{TOKEN} "}, "access_token holds a space"),
        ({"access_token": TOKEN, "api_timeout": "long"}, "tenants[0]: argument 'api_timeout'"),
        ({"access_token": TOKEN, "app_secret": "{{ nowhere }}"}, "tenants[0].app_secret: 'nowhere' is undefined"),
        ({"access_token": TOKEN, "app_secret": "{{ 1 +"}, "tenants[0].app_secret: "),
        ({"access_token": TOKEN, "secret": SECRETS["app_secret"]}, "tenants[0]: there is no option secret"),
    ],
)
def test_errors_show_no_credentials(
    emulator: Emulator, inventory: Inventory, options: dict[str, str], reason: str
) -> None:
    inventory.write(api_url=emulator.url, tenants=[{**options, "name": "north"}])
    run = inventory.list("-vvvv", **STRICT).run
    assert run.rc != 0
    assert reason in " ".join(run.warnings)
    assert leaks(run.output) == []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"tenants": {"north": {"access_token": TOKEN}}}, "tenants must be a list"),
        ({"tenants": [f"north: {TOKEN}"]}, "tenants[0] must be a dictionary"),
        ({"access_token": {"north": TOKEN}}, "access_token must be a string"),
        ({"access_token": TOKEN, "validate_certs": "{{ nowhere }}"}, "validate_certs: 'nowhere' is undefined"),
    ],
)
def test_errors_at_the_top_show_no_credentials(
    emulator: Emulator, inventory: Inventory, options: dict[str, Any], reason: str
) -> None:
    inventory.write(api_url=emulator.url, **options)
    run = inventory.list("-vvvv", **STRICT).run
    assert run.rc != 0
    assert reason in " ".join(run.warnings)
    assert leaks(run.output) == []
    assert paths(emulator) == []


def test_wrong_credentials_say_what_to_check(emulator: Emulator, inventory: Inventory) -> None:
    app = {"name": "north", "app_id": emulator.app_id, "app_secret": SECRETS["app_secret"]}
    inventory.write(api_url=emulator.url, tenants=[app])
    run = inventory.list(**STRICT).run
    assert run.rc != 0
    assert 'tenant "north": POST /oauth/token gave no token' in " ".join(run.warnings)
    assert "check app_id and app_secret" in " ".join(run.warnings)


def test_credentials_of_two_tenants_never_mix(pbx: Emulator, inventory: Inventory) -> None:
    other = pbx.add_client(seed="bare")
    app = {"name": "south", "app_id": other["app_id"], "app_secret": other["app_secret"]}
    inventory.write(tenants=[app])
    found = inventory.list(PBX_API_URL=pbx.url, PBX_ACCESS_TOKEN=pbx.access_token)
    assert {host["pbx_client_id"] for host in found.hosts.values()} == {other["client_id"]}


def test_credentials_come_from_a_vault_and_from_extra_variables(pbx: Emulator, inventory: Inventory) -> None:
    folder = inventory.ansible.folder
    (folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    vault = ["--vault-password-file", "passphrase"]
    (folder / "vars.yml").write_text(json.dumps({"secret": pbx.app_secret}), encoding="utf-8")
    inventory.ansible.command("ansible-vault", "encrypt", *vault, "vars.yml")
    encrypted = inventory.ansible.command(
        "ansible-vault", "encrypt_string", *vault, "--name", "access_token", pbx.access_token
    ).stdout
    inventory.write(
        api_url="{{ lookup('ansible.builtin.env', 'WHERE') }}",
        tenants=[{"name": "app", "app_id": pbx.app_id, "app_secret": "{{ secret }}"}, {"name": "token"}],
    )
    text = (folder / "pbx.yml").read_text(encoding="utf-8")
    (folder / "pbx.yml").write_text(text + encrypted, encoding="utf-8")
    found = inventory.list(*vault, "-e", "@vars.yml", WHERE=pbx.url)
    assert found.run.warnings == []
    assert set(found.groups) == {"app", "token"}
    # Ansible itself shows extra variables, as variables of every host.
    assert leaks(json.dumps([{**host, "secret": None} for host in found.hosts.values()])) == []
