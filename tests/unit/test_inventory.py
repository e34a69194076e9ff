# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tenants an inventory file declares, and the extensions of each."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml

# The options of tenants are checked as Ansible checks the options of modules.
pytest.importorskip("ansible")

from ansible_collections.telops.pbx.plugins.inventory import pbx as plugin
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.errors import PbxError, SettingsError, WriteRefused
from ansible_collections.telops.pbx.plugins.module_utils._entry import CONNECTION, CREDENTIALS
from ansible_collections.telops.pbx.plugins.module_utils._entry.inventory import OPTIONS, Tenant, hosts_of, tenants_of
from tests.emulator.dialect import SWITCHES
from tests.emulator.server import Emulator

URL = "https://pbx.example.com/api/ver1.0"
APP = {"app_id": "app", "app_secret": "secret"}
LOGIN = {**APP, "api_username": "user", "api_password": "password"}
TOKEN = {"access_token": "token"}
SINGLE = [{name: value} for name, switch in SWITCHES.items() for value in switch.values]
OTHERS = {name: switch.values[1] for name, switch in SWITCHES.items()}


def tenant(*layers: dict[str, Any]) -> Tenant:
    return tenants_of([{"name": "north", **layers[0]}], *layers[1:])[0]


def of(emulator: Emulator, **options: Any) -> Tenant:
    return tenant({"api_url": emulator.url, "access_token": emulator.access_token, **options})


def read(emulator: Emulator) -> dict[str, dict[str, Any]]:
    """The hosts' variables by number, in the order in which they come."""
    client = of(emulator).client()
    try:
        return {host["pbx_number"]: host for host in hosts_of(client)}
    finally:
        client.close()


def requests(emulator: Emulator) -> Counter[str]:
    return Counter(f"{entry['method']} {entry['path']}" for entry in emulator.log())


@pytest.fixture
def pbx(emulator: Emulator) -> Emulator:
    """Two groups, of which one is empty, and numbers of which one leads nowhere."""
    client = Client(of(emulator).settings)
    groups = client.tenant("extension_group/")
    desk, dummy = (client.write("POST", groups, {"name": name}) for name in ("Desk", "Other"))
    for number in ("101", "200"):
        path = client.tenant(f"extension/{emulator.extension_id(number)}")
        client.write("PUT", path, {"extension_group_id": desk["id"]})
    for did in client.get_list(client.tenant("did/")):
        client.write("PUT", client.tenant(f"did/{did['id']}"), {"extension_id": emulator.extension_id("300")})
    client.close()
    for name, number in (("74950000001", "300"), ("74950000103", "103"), ("74950000104", None)):
        add_did(emulator, name, number)
    emulator.clear_log()
    return emulator


def add_did(emulator: Emulator, name: str, number: str | None) -> None:
    extension = emulator.extension_id(number) if number else None
    emulator.insert("did", name=name, domain="sip.pbx.invalid", extension_id=extension, allow_message=False,
                    message_extension_id=None, comment=None, create_date="2026-01-02 03:04:05")  # fmt: skip


# -- options


def test_the_connection_options_are_those_of_the_modules() -> None:
    documented = yaml.safe_load(plugin.DOCUMENTATION)["options"]
    # It only reads, whatever is set.
    assert {*OPTIONS} == {*CONNECTION} - {"dialect", "read_only"}
    for name, spec in CONNECTION.items():
        if name not in OPTIONS:
            continue
        option = documented[name]
        environment = [variable["name"] for variable in option.get("env", [])]
        assert (option["type"], option.get("default")) == (spec["type"], spec.get("default")), name
        assert environment == ([CREDENTIALS[name]] if name in CREDENTIALS else spec.get("fallback", (None, []))[1]), (
            name
        )
    types = {name: {"type": option["type"]} for name, option in documented["tenants"]["suboptions"].items()}
    assert types == {"name": {"type": "str"}, **OPTIONS}


@pytest.mark.parametrize(
    ("layers", "found"),
    [
        (({"client": "7"}, {"client": "8", "ca_path": "/tmp"}), {"client": "7", "ca_path": "/tmp"}),
        (({}, {**APP}, {**TOKEN}), {**APP}),
        (({**TOKEN}, {**APP}, {**LOGIN}), {**TOKEN}),
        (({**APP}, {"api_username": "u", "api_password": "p"}), {**APP}),
        (({"access_token": ""}, {**TOKEN}), {"access_token": ""}),
        (({"access_token": None}, {**TOKEN}), {**TOKEN}),
        (({"client": "7"}, {}, {**LOGIN}), {"client": "7", **LOGIN}),
        (({"validate_certs": "no", "api_timeout": "5"}, {}), {"validate_certs": False, "api_timeout": 5.0}),
        (({"token_url": "https://a.example/t"}, {"api_url": URL}), {"token_url": "https://a.example/t"}),
        (
            ({"api_url": URL}, {"token_url": "https://b.example/t"}),
            {"token_url": "https://pbx.example.com/oauth/token"},
        ),
    ],
)
def test_options_come_from_the_nearest_layer_and_credentials_from_one(
    layers: tuple[dict[str, Any], ...], found: dict[str, Any]
) -> None:
    settings = tenant(*layers, {"api_url": URL}).settings
    given = {name: getattr(settings, name) for name in OPTIONS}
    credentials = dict.fromkeys(LOGIN | TOKEN)
    assert {name: given[name] for name in {**credentials, **found}} == {**credentials, **found}


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ([{}], r"tenants\[0\]: .*name"),
        ([{"name": "a", "app_key": "canary"}], r"tenants\[0\]: there is no option app_key; there are: name, api_url"),
        ([{"name": "a"}, {"name": "b", "api_timeout": "soon"}], r"tenants\[1\]: .*api_timeout"),
        ([{"name": "a"}, {"name": "a"}], r'tenants\[1\]: name "a" is that of another'),
        *[([{"name": name}], f'name "{name}" cannot be') for name in ("", "a b", "a-b", "1a", "é", "all", "ungrouped")],
    ],
)
def test_what_is_wrong_with_a_tenant_is_said(declared: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(PbxError, match=sentence) as caught:
        tenants_of(declared, {"api_url": URL, **TOKEN})
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("layer", [{}, {"api_url": URL}, {"api_url": URL, "app_id": "a", "app_secret": ""}])
def test_a_connection_that_cannot_work_is_refused_without_a_request(layer: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        tenant(layer).client()


def test_credentials_are_no_variables() -> None:
    found = tenant({"api_url": URL, **LOGIN, **TOKEN, "ca_path": "/tmp"}).variables
    assert found == {
        "pbx_api_url": URL,
        "pbx_token_url": "https://pbx.example.com/oauth/token",
        "pbx_client": "@me",
        "pbx_validate_certs": True,
        "pbx_ca_path": "/tmp",
    }


def test_a_mark_is_that_of_the_tenant_and_not_of_the_day() -> None:
    base = {"api_url": URL, **LOGIN, **TOKEN}
    same = [{}, {"access_token": "new"}, {"app_secret": "new", "api_password": "new"}, {"api_timeout": 3}]
    others = [{"api_url": f"{URL}1"}, {"client": "7"}, {"app_id": "b"}, {"api_username": "b"}, {"app_id": ""}]
    assert len({tenant({**base, **change}).mark for change in same}) == 1
    marks = [tenant({**base, **change}).mark for change in [{}, *others]]
    assert len(set(marks)) == len(marks)
    assert {len(mark) for mark in marks} == {6}
    tokens = [tenant({"api_url": URL, "access_token": token}).mark for token in ("one", "two")]
    assert len(set(tokens)) == 2


# -- reading


def test_the_variables_of_an_extension(pbx: Emulator) -> None:
    hosts = read(pbx)
    assert list(hosts) == sorted(extension["number"] for extension in pbx.state()["extensions"])
    queue = next(one for one in pbx.state()["extensions"] if one["number"] == "200")
    assert hosts["200"] == {
        "pbx_number": "200",
        "pbx_id": pbx.extension_id("200"),
        "pbx_type": "queue",
        "pbx_status": "active",
        "pbx_label": "Appointments",
        "pbx_caller_id_name": None,
        "pbx_domain": "sip.pbx.invalid",
        "pbx_create_date": queue["create_date"],
        "pbx_client_id": pbx.client_id,
        "pbx_group": "Desk",
        "pbx_dids": [],
    }
    assert {number: host["pbx_group"] for number, host in hosts.items() if host["pbx_group"]} == {
        "101": "Desk",
        "200": "Desk",
    }
    assert {number: host["pbx_dids"] for number, host in hosts.items() if host["pbx_dids"]} == {
        "103": ["74950000103"],
        "300": ["74950000001", "74950000101", "74950000102"],
    }


@pytest.mark.parametrize("dialect", [*SINGLE, OTHERS], ids=str)
def test_every_dialect_gives_the_same_hosts(pbx: Emulator, dialect: dict[str, str]) -> None:
    expected = read(pbx)
    pbx.set_dialect(**dialect)
    assert list(read(pbx).items()) == list(expected.items())


# No pages are documented for DIDs, so that their list is first asked for without one.
@pytest.mark.parametrize(("cap", "pages"), [("none", (3, 1, 3)), ("50", (5, 1, 4))])
def test_each_list_is_read_once_and_to_its_end(pbx: Emulator, cap: str, pages: tuple[int, ...]) -> None:
    client = Client(of(pbx).settings)
    missing = 200 - len(pbx.state()["extensions"])
    for number in range(600, 600 + missing):
        body = {"name": str(number), "type": "phone", "status": "active"}
        client.write("POST", client.tenant("extension/"), body)
    client.close()
    for number in range(95):
        add_did(pbx, f"7495100{number:04}", "600")
    pbx.set_dialect(page_cap=cap)
    pbx.clear_log()
    hosts = read(pbx)
    assert len(hosts) == 200
    assert len(hosts["600"]["pbx_dids"]) == 95
    paths = [f"GET /client/@me/{name}/" for name in ("extension", "extension_group", "did")]
    assert requests(pbx) == dict(zip(paths, pages, strict=True))


def test_groups_are_not_asked_for_where_nothing_has_one(emulator: Emulator) -> None:
    assert {host["pbx_group"] for host in read(emulator).values()} == {None}
    assert "GET /client/@me/extension_group/" not in requests(emulator)


@pytest.mark.parametrize(("path", "variable"), [("extension_group", "pbx_group"), ("did", "pbx_dids")])
def test_a_list_that_is_denied_is_a_warning(pbx: Emulator, path: str, variable: str) -> None:
    pbx.fault("status", path=f"*/{path}/", status=403)
    client = of(pbx).client()
    hosts = hosts_of(client)
    client.close()
    assert {str(host[variable]) for host in hosts} == {"None"}
    assert len(client.warnings) == 1
    assert f"/client/@me/{path}/" in client.warnings[0]
    assert variable in client.warnings[0]


def test_a_tenant_is_only_read(emulator: Emulator) -> None:
    client = of(emulator).client()
    with pytest.raises(WriteRefused):
        client.write("POST", client.tenant("extension_group/"), {"name": "New"})
    client.close()
