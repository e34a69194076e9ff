# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of every module, run as they are written: on the seeded tenant, from top to bottom."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
import yaml

from tests.cases.files import EXAMPLES
from tests.cases.inprocess import about, fits_in_any_order, planned
from tests.emulator.server import Emulator
from tests.integration.playbooks import SHARES, Outcome, besides_findings, inventory, items, outcomes, play
from tests.tools.ansible import Ansible

# Examples that change something each time, as the documentation of the option says. Those of modules that cannot look
# beforehand do so too.
ALWAYS = {
    "Lock out a lost device with a password that nobody knows, a new one in every run",
    "Set a new password, in every run",
    "Put a call on hold",
    "Go on with the call",
    "Let the supervisor speak to the agent, unheard by the caller",
    "Put the customer on hold",
    "Take the messages of a chat for read",
    "Play a sound to all members",
    "Have what the caller says sent to the CRM",
    "Stop listening to the caller",
    "Park the call of the reception",
    "Ask for the places",
}
# Examples that find out only by trying that nothing is to do.
TRYING = {"Delete the messages of a chat"}
# Their examples look at documents, and ask no PBX.
OFFLINE = ("pbx_flow_check", "pbx_flow_diagram")
# Its examples name recordings and messages, which have nothing but ids.
BY_ID = "pbx_media"
# Its examples also show how the connection comes out of the environment.
CONNECTED = "pbx_agent"


def examples(module: str) -> list[dict[str, Any]]:
    text = import_module(f"ansible_collections.telops.pbx.plugins.modules.{module}").EXAMPLES
    return list(yaml.safe_load(text))


def named(tasks: list[dict[str, Any]], *prefixes: str) -> list[dict[str, Any]]:
    """Each task once for each prefix to its name; those inside of blocks as well."""
    found = []
    for one in tasks:
        if "block" in one:
            found.append({**one, "block": named(one["block"], *prefixes)})
        else:
            found += [{**one, "name": f"{prefix}{one['name']}"} for prefix in prefixes]
    return found


def leaves(tasks: list[dict[str, Any]]) -> list[str]:
    return [name for one in tasks for name in (leaves(one["block"]) if "block" in one else [one["name"]])]


@pytest.mark.every_case
@pytest.mark.parametrize("share", SHARES, ids=range(len(SHARES)))
def test_examples(emulator: Emulator, ansible: Ansible, share: list[str]) -> None:
    for name, content in EXAMPLES.items():
        (ansible.folder / name).parent.mkdir(exist_ok=True)
        (ansible.folder / name).write_bytes(content)
    hosts = inventory(emulator, sorted(share, key=BY_ID.__ne__), seed="demo", live=False)
    plays = []
    names_of = {}
    for module in share:
        tasks = examples(module)
        names = names_of[module] = leaves(tasks)
        assert any(f"telops.pbx.{module}" in str(one) for one in tasks)
        assert len(set(names)) == len(names) > 0
        plays.append(play(module, named(tasks, "preview: "), check_mode=True))
        plays.append(play(module, named(tasks, "real: ", "again: ")))
    run = ansible.playbook(plays, inventory=hosts, env=environment(hosts))
    assert run.rc == 0, run.output
    assert besides_findings(run.warnings) == []
    found = outcomes(run, emulator.log())
    for module, names in names_of.items():
        with about(module):
            check(found[module], names, ALWAYS.union(names if cannot_look(module) else ()))
            assert (module in OFFLINE) is not any(found[module][f"real: {name}"].requests for name in names)


def environment(hosts: dict[str, Any]) -> dict[str, str]:
    """The environment of the examples: only those of one module take the connection from it."""
    tokens = hosts["all"]["hosts"]
    if CONNECTED not in tokens:
        return {}
    return {"PBX_API_URL": hosts["all"]["vars"]["api_url"], "PBX_ACCESS_TOKEN": tokens[CONNECTED]["access_token"]}


def cannot_look(module: str) -> bool:
    """Whether each run of a module changes something, as its documentation says."""
    said = yaml.safe_load(import_module(f"ansible_collections.telops.pbx.plugins.modules.{module}").DOCUMENTATION)
    return bool(said.get("attributes", {}).get("idempotent", {}).get("support") == "none")


def check(found: dict[str, Outcome], names: list[str], always: set[str]) -> None:
    for name in names:
        preview, real, again = (found[f"{phase}: {name}"] for phase in ("preview", "real", "again"))
        assert preview.writes == [], name
        plan = [request for item in items(preview.result) if "plan" in item for request in planned(item)]
        assert fits_in_any_order(plan, real.writes), name
        assert preview.task.changed is real.task.changed, name
        assert again.task.changed is (name in always), name
        assert bool(again.writes) is (name in always | TRYING), name
