# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No variable of roles and playbooks is misspelled without a word."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

# Only the layer that needs Ansible knows the options of a tenant.
pytest.importorskip("ansible")

from ansible_collections.telops.pbx.plugins.module_utils._entry.inventory import Tenant, hosts_of, tenants_of
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._entry.variables import (
    KNOWN,
    ROLES,
    SECTIONS,
    in_host_words,
    mistakes,
)
from tests.emulator.server import Emulator
from tests.tools.tree import ROOT

LETTERS = string.ascii_lowercase + string.digits + "_"
DECLARED: dict[str, Any] = {SECTIONS[0]: []}
OWN = {name: role for role, names in ROLES.items() for name in names}
# A guard, a connection variable, a section, a setting of the playbooks, and a variable of another role.
SAMPLE = ["pbx_protect", "pbx_app_id", "pbx_dids", "pbx_hosts", "offboard_folder"]


def neighbours(name: str, letters: str = LETTERS) -> Iterator[str]:
    """Each name that one letter makes of a name, by leaving it out, adding, replacing or moving it."""
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
        yield from (name[:at] + letter + name[at + 1 :] for letter in letters)
    yield from (name[:at] + letter + name[at:] for at in range(len(name) + 1) for letter in letters)


def of_host(name: str) -> list[str]:
    """The messages about a host that has this variable beside a section."""
    return [*mistakes(OWN.get(name, "tenant"), {**DECLARED, name: 1})]


def accepted(name: str, letters: str) -> set[str]:
    """The neighbours of a name about which nothing is said, though nothing takes them."""
    role = OWN.get(name, "tenant")
    taken = KNOWN | ROLES.get(role, frozenset())
    return {
        one for one in neighbours(name, letters) if one not in taken and not [*mistakes(role, {**DECLARED, one: 1})]
    }


def in_files() -> set[str]:
    """The variables that roles and playbooks name; modules have names of the same kind."""
    files = [*ROOT.glob("roles/*/*/*.yml"), *ROOT.glob("playbooks/*.yml"), *ROOT.glob("playbooks/vars/*.yml")]
    found = {name for file in files for name in re.findall(r"\bpbx_[a-z_]+\b", file.read_text(encoding="utf-8"))}
    return found - MODULES.keys() - {"pbx_"}


def test_v4_what_roles_and_playbooks_name_is_known() -> None:
    unknown = sorted(in_files() - KNOWN)
    assert not unknown, f"add to PLAYBOOKS in plugins/module_utils/_entry/variables.py: {', '.join(unknown)}"
    for role, names in ROLES.items():
        text = (ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8")
        assert yaml.safe_load(text)["argument_specs"]["main"]["options"].keys() == names


@pytest.mark.parametrize("role", ["tenant", *ROLES])
def test_v4_every_role_checks_names_before_the_first_request(role: str) -> None:
    tasks = yaml.safe_load((ROOT / "roles" / role / "tasks" / "main.yml").read_text(encoding="utf-8"))
    names = [next(key for key in task if "." in key) for task in tasks]
    before = tasks[: next(at for at, name in enumerate(names) if name.startswith("telops.pbx."))]
    asked = f"query('telops.pbx.host_mistakes', '{role}', ignored=pbx_ignored_variables | default([], true))"
    assert any(asked in str(task) and "ansible.builtin.assert" in task for task in before)


def test_v4_every_playbook_checks_names_before_anything_else() -> None:
    """In the first play, itself or through a role. Those of the demo take no variables."""
    for file in ROOT.glob("playbooks/*.yml"):
        play = yaml.safe_load(file.read_text(encoding="utf-8"))[0]
        tasks = play.get("tasks", play.get("ansible.builtin.import_playbook"))
        asked = (
            "query('telops.pbx.host_mistakes', ",
            "'name': 'telops.pbx.tenant'",
            "'name': 'telops.pbx.offboard'",
            "plan.yml",
        )
        assert file.name.startswith("demo") or any(one in str(tasks) for one in asked), file.name


def test_v4_the_variables_of_the_inventory_plugin_are_known(emulator: Emulator) -> None:
    tenant: Tenant = tenants_of([{"name": "north", "api_url": emulator.url, "access_token": emulator.access_token}])[0]
    client = tenant.client()
    try:
        (host, *dummy) = hosts_of(client)
    finally:
        client.close()
    variables: dict[str, Any] = {**host, **tenant.variables, "pbx_tenant": tenant.name}
    assert variables.keys() - KNOWN == set()
    for role in ("tenant", "export", "offboard"):
        (sentence,) = mistakes(role, {**variables, "pbx_extensions": []})
        assert "this host is an extension" in sentence


@pytest.mark.parametrize("name", sorted(KNOWN | OWN.keys()))
def test_v4_no_variable_fails_open_when_a_letter_is_wrong(name: str) -> None:
    assert of_host(name) == []
    assert accepted(name, "s") == set()


@pytest.mark.parametrize("name", SAMPLE)
def test_v4_no_neighbour_of_a_variable_is_accepted(name: str) -> None:
    assert accepted(name, LETTERS) == set()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("pbx_extenions", "pbx_extensions"),
        ("pbx_exect_client_id", "pbx_expect_client_id"),
        ("pbx_max_delete", "pbx_max_deletes"),
        ("pbx_protects", "pbx_protect"),
        ("PBX_PROTECT", "pbx_protect"),
        ("pxb_live_traffic", "pbx_live_traffic"),
        ("pbx_extension_list", "pbx_extensions"),
    ],
)
def test_v4_the_right_variable_is_suggested(name: str, meant: str) -> None:
    (sentence,) = of_host(name)
    assert sentence == (
        f"nothing takes the variable {name}; did you mean {meant}? "
        f"If it is a variable of your own, name it in pbx_ignored_variables"
    )


def test_v4_a_variable_of_ones_own_is_named() -> None:
    assert [*mistakes("tenant", {**DECLARED, "pbx_zyx": 1})] == [
        "nothing takes the variable pbx_zyx; if it is a variable of your own, name it in pbx_ignored_variables"
    ]
    assert [*mistakes("tenant", {**DECLARED, "pbx_zyx": 1, "pbx_protects": 1}, ["pbx_zyx", "pbx_protects"])] == []
    # Roles share their first letters with variables of other people.
    assert [*mistakes("tenant", {**DECLARED, "ivr_context": 1, "ansible_host": "x", "site": 1})] == []
    assert [*mistakes("ivr", {"ivr_greeting": 1})] == []


@pytest.mark.parametrize("variables", [{}, {"pbx_api_url": "x"}, {"pbx_extensions": None}, {"pbx_purge": ["agents"]}])
def test_v4_a_host_without_a_section_is_a_mistake(variables: dict[str, Any]) -> None:
    (sentence,) = mistakes("tenant", variables)
    assert sentence.startswith("nothing is declared for this host: set one of pbx_")
    assert [*mistakes("export", variables)] == []


def test_v4_a_misspelled_section_is_one_mistake() -> None:
    (sentence,) = mistakes("tenant", {"pbx_extenions": []})
    assert "did you mean pbx_extensions?" in sentence


def test_a_message_names_the_variables_in_which_a_place_is() -> None:
    assert in_host_words(
        'extensions[0] "101" > intervals[0] "Night": is wrong\n'
        'Callers of 7: reach 101 (by dids[0] "7": extension; extensions[1] "102" > intervals[0]: times)'
    ) == [
        'pbx_extensions[0] "101" > intervals[0] "Night": is wrong',
        'Callers of 7: reach 101 (by pbx_dids[0] "7": extension; pbx_extensions[1] "102" > intervals[0]: times)',
    ]
