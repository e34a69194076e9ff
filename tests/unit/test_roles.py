# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The roles take the options of the modules, and hand all of them on."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ansible_collections.telops.pbx.plugins.module_utils._entry import CONNECTION, EXTENSION
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from tests.tools.module_words import documentation
from tests.tools.tree import ROOT

# Options that a role does not offer, because it decides by itself or has one setting for all.
PLACES = {*CONNECTION, *EXTENSION, "ivr_context", "state", "id", "update_password", "live_traffic", "check_references"}
FACTS = ("type", "elements", "choices", "no_log")
IVR = {"ivr_intervals": "pbx_interval", "ivr_contexts": "pbx_ivr_context", "ivr_settings": "pbx_ivr"}
CALL_CENTER = {
    "intervals": "pbx_interval",
    "phone": "pbx_phone",
    "agents": "pbx_agent",
    "queue": "pbx_queue",
    "queue_agents": "pbx_queue_agent",
    "ivr": "pbx_ivr",
    "incom_rules": "pbx_incom_rule",
    "events": "pbx_event",
}


def role_options(role: str) -> dict[str, Any]:
    text = (ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8")
    options: dict[str, Any] = yaml.safe_load(text)["argument_specs"]["main"]["options"]
    return options


def sections() -> dict[str, tuple[dict[str, Any], str]]:
    """For each section of a document the options that the role takes there, and the module that gets them."""
    found = {f"ivr: {name}": (role_options("ivr")[name]["options"], module) for name, module in IVR.items()}
    extension = role_options("call_center")["call_center_extensions"]["options"]
    found |= {f"call_center: {name}": (extension[name]["options"], module) for name, module in CALL_CENTER.items()}
    contexts = extension["ivr"]["options"]["contexts"]["options"]
    found["call_center: ivr contexts"] = (contexts, "pbx_ivr_context")
    found["call_center: ivr options"] = (contexts["options"]["options"], "pbx_ivr_option")
    found["ivr: options"] = (found["ivr: ivr_contexts"][0]["options"]["options"], "pbx_ivr_option")
    return found


def facts(options: dict[str, Any], skip: set[str]) -> dict[str, Any]:
    """The facts that validate: types, choices, suboptions; not descriptions.

    Null clears in a document, where a module has unset, so unset is left out.
    """
    return {
        name: {
            **{fact: spec[fact] for fact in FACTS if spec.get(fact)},
            "options": facts(spec.get("options", {}), set()),
        }
        for name, spec in options.items()
        if name not in skip | {"unset"}
    }


def described(spec: dict[str, Any], documented: dict[str, Any]) -> dict[str, Any]:
    """The options that have a description, however deep."""
    return {
        name: {**one, "options": described(one.get("options", {}), documented[name].get("suboptions", {}))}
        for name, one in spec.items()
        if name in documented
    }


SECTIONS = sections()
# Options for the things that a role never does: delete an object that it was not told of, or touch a part that its
# documentation leaves open.
NOT_OF_A_ROLE = {"all", "remove_from_queues", "side"}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_role_takes_what_its_module_takes(section: str) -> None:
    taken, module = SECTIONS[section]
    # Lists below an object are sections of their own. An option without a description is another test's.
    spec = MODULES[module].argument_spec()["argument_spec"]
    expected = facts(described(spec, documentation(module)), PLACES | NOT_OF_A_ROLE)
    assert facts(taken, {"options"} if module == "pbx_ivr_context" else {"contexts"}) == expected


@pytest.mark.parametrize("section", SECTIONS)
def test_a_role_requires_what_its_module_requires(section: str) -> None:
    taken, module = SECTIONS[section]
    spec = MODULES[module].argument_spec()["argument_spec"]
    needed = {name for name, option in spec.items() if option.get("required") and name not in PLACES}
    assert needed <= {name for name, option in taken.items() if option.get("required")}


def test_the_tenant_role_hands_on_every_option() -> None:
    spec = MODULES["pbx_tenant"].argument_spec()["argument_spec"]
    wanted = {f"pbx_{name}": option for name, option in spec.items() if name not in CONNECTION}
    taken = role_options("tenant")
    lacking = sorted(wanted.keys() - taken.keys())
    assert not lacking, f"add to roles/tenant/meta/argument_specs.yml: {', '.join(lacking)}"
    assert taken.keys() - wanted.keys() == {"pbx_tenant_folder", "pbx_ignored_variables"}
    # The role hides secrets by not showing them; a default is the module's.
    kept = ("type", "elements", "choices")
    assert {name: {fact: taken[name].get(fact) for fact in kept} for name in wanted} == {
        name: {fact: option.get(fact) for fact in kept} for name, option in wanted.items()
    }
    page = (ROOT / "roles" / "tenant" / "README.md").read_text(encoding="utf-8")
    unsaid = [name for name in taken if f"`{name}`" not in page]
    assert not unsaid, f"describe in roles/tenant/README.md: {', '.join(unsaid)}"
    tasks = yaml.safe_load((ROOT / "roles" / "tenant" / "tasks" / "main.yml").read_text(encoding="utf-8"))
    (given,) = [task["telops.pbx.pbx_tenant"] for task in tasks if "telops.pbx.pbx_tenant" in task]
    # The files that the playbooks keep beside the inventory have their defaults there.
    beside = {name for name in given if f"pbx_{name}" in wanted and "tenant__state" in given[name]}
    assert beside == {"history_file", "undo_file"}
    assert all(given.pop(name).startswith(f"{{{{ pbx_{name} | default(tenant__state ~ ") for name in beside)
    folder = given.pop("prompt_folder")
    assert folder == "{{ pbx_prompt_folder | default(lookup('telops.pbx.beside_inventory', 'prompts')) }}"
    # It is on in the playbook that plans.
    assert given.pop("impact") == "{{ pbx_impact | default(tenant__impact | default(omit)) }}"
    others = wanted.keys() - {f"pbx_{name}" for name in (*beside, "prompt_folder", "impact")}
    assert given == {name.removeprefix("pbx_"): f"{{{{ {name} | default(omit) }}}}" for name in others}


@pytest.mark.parametrize("playbook", ["site", "plan", "export", "offboard", "undo"])
def test_playbooks_connect_with_every_option(playbook: str) -> None:
    folder = ROOT / "playbooks"
    play = yaml.safe_load((folder / f"{playbook}.yml").read_text(encoding="utf-8"))[0]
    assert play["module_defaults"] == {"group/telops.pbx.pbx": "{{ pbx_connection }}"}
    (file,) = play["vars_files"]
    connection = yaml.safe_load((folder / file).read_text(encoding="utf-8"))["pbx_connection"]
    assert connection == {name: f"{{{{ pbx_{name} | default(omit) }}}}" for name in CONNECTION}


@pytest.mark.parametrize("role", ["ivr", "call_center", "offboard"])
def test_defaults_are_the_documented_ones(role: str) -> None:
    text = (ROOT / "roles" / role / "defaults" / "main.yml").read_text(encoding="utf-8")
    documented = {name: spec["default"] for name, spec in role_options(role).items() if "default" in spec}
    assert yaml.safe_load(text) == documented
