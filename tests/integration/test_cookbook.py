# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks of the cookbook and of the pages for beginners, run as they are printed, on the clinic of the demo."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cases.files import GOODBYE
from tests.cases.inprocess import call, connections, fits_in_any_order, planned
from tests.cases.mistakes import CLINIC
from tests.emulator.server import Emulator
from tests.integration.playbooks import items, outcomes
from tests.tools.ansible import ROOT, Ansible, Run, local_host

PAGE = "docs/cookbook.md"
SECRETS = {"NEW_USER_PASSWORD": "canary-of-a-user-81c5", "NEW_SIP_PASSWORD": "canary-of-a-phone-5d1c"}
FILES = {"sounds/welcome.wav": Path(GOODBYE), "order.pdf": ROOT / "LICENSE"}
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//clinic//EN
BEGIN:VEVENT
UID:1
SUMMARY:Company outing
DTSTART;VALUE=DATE:20270507
DTEND;VALUE=DATE:20270508
END:VEVENT
END:VCALENDAR
"""
# Recipes that need a tenant, or settings, of their own; each has a test of its own.
ALONE = ("review.yml", "drift.yml", "copy_tenant.yml", "offboard.yml")
# Tasks that change something each time, as their recipes say.
ALWAYS = {
    "Set the new password",
    "Park the first one",
    "Send the document",
    "Create a detour for new callers",
    "Try the detour before all other rules",
    "Open the queue again",
}


@dataclass
class Recipe:
    """A playbook, the text around it, and how many tasks it says to change."""

    text: str
    playbook: str
    changes: int

    @property
    def tasks(self) -> list[str]:
        return re.findall(r"^ +- name: (.+)$", self.playbook, re.MULTILINE)


def read(page: str) -> dict[str, Recipe]:
    """The recipes by the names of their files."""
    found = {}
    for section in re.split(r"^##+ ", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE):
        for name, playbook in re.findall(r"`(\w+\.yml)`:?\n\n```yaml\n(.*?)^```", section, re.MULTILINE | re.DOTALL):
            assert name not in found
            changes = re.search(r"`changed=(\d+)`", section)
            assert changes, name
            found[name] = Recipe(section, playbook, int(changes[1]))
    return found


RECIPES = read(PAGE)
START = read("docs/quickstart.md")
TAKE_OVER = read("docs/migrating.md")
TOGETHER = [name for name in RECIPES if name not in ALONE]


@dataclass
class Kitchen:
    """The clinic, with something going on, and a folder with all recipes."""

    ansible: Ansible
    emulator: Emulator

    def run(self, *args: str, inventory: dict[str, Any] | None = None, **env: str) -> Run:
        self.emulator.clear_log()
        login = {
            "PBX_API_URL": self.emulator.url,
            "PBX_APP_ID": self.emulator.app_id,
            "PBX_APP_SECRET": self.emulator.app_secret,
        }
        run = self.ansible.playbook(
            *args,
            inventory=inventory or {"all": {"hosts": {"localhost": local_host()}}},
            env={**login, **SECRETS, **env},
        )
        # The fax of the seeded tenant sends its faxes to nobody, and so does its copy.
        assert [one for one in run.warnings if "(V08 fax-to-nobody)" not in one] == []
        secrets = [value for name, value in env.items() if name.endswith("_SECRET")]
        for secret in (self.emulator.app_secret, *SECRETS.values(), *secrets):
            assert secret not in run.output
        return run

    def good(self, *args: str, **options: Any) -> Run:
        run = self.run(*args, **options)
        assert run.rc == 0, run.output
        return run

    @property
    def writes(self) -> Counter[int]:
        """How many requests have changed each tenant."""
        return Counter(entry["client_id"] for entry in self.emulator.writes())


@pytest.fixture
def kitchen(ansible: Ansible, emulator: Emulator) -> Iterator[Kitchen]:
    for name, recipe in (RECIPES | START | TAKE_OVER).items():
        (ansible.folder / name).write_text(recipe.playbook, encoding="utf-8")
    for name, source in FILES.items():
        (ansible.folder / name).parent.mkdir(exist_ok=True)
        (ansible.folder / name).write_bytes(source.read_bytes())
    (ansible.folder / "holidays.ics").write_text(CALENDAR, encoding="utf-8")
    found = Kitchen(ansible, emulator)
    assert not call(emulator, "pbx_tenant", CLINIC).get("failed")
    for number in ("107", "108"):
        extension = emulator.extension_id(number)
        emulator.insert("call", extension, call_api_id=f"{extension}-0c", extension_id=extension, real_call=True)
        emulator.insert("registration", extension, registration_id=f"uloc-{number}", device="A phone", expires=99)
    with connections():
        yield found


def changed(run: Run) -> Counter[str]:
    return Counter(task.name for task in run.tasks if task.changed)


def test_there_are_recipes_with_names_of_their_own() -> None:
    assert len(RECIPES) >= 30
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    playbooks = [block for block in re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
                 if isinstance(yaml.safe_load(block), list)]  # fmt: skip
    assert playbooks == [recipe.playbook for recipe in RECIPES.values()]
    for name, recipe in RECIPES.items():
        assert recipe.text.count("\n\n") >= 4, name


def test_recipes(kitchen: Kitchen) -> None:
    tasks = {name: RECIPES[name].tasks for name in TOGETHER}
    assert Counter(task for names in tasks.values() for task in names).most_common(1)[0][1] == 1
    preview = kitchen.good(*TOGETHER, "--check", "--diff")
    assert kitchen.writes == {}
    announced = outcomes(preview, kitchen.emulator.log())["localhost"]
    real = kitchen.good(*TOGETHER)
    done = outcomes(real, kitchen.emulator.log())["localhost"]
    for task, outcome in done.items():
        plan = [step for item in items(announced[task].result) if "plan" in item for step in planned(item)]
        assert fits_in_any_order(plan, outcome.writes), task
    changes = changed(real)
    counted = {name: sum(changes[task] for task in tasks[name]) for name in TOGETHER}
    assert counted == {name: RECIPES[name].changes for name in TOGETHER}
    again = kitchen.good(*TOGETHER)
    assert set(changed(again)) == ALWAYS
    says = {name for name in TOGETHER if "second run" in RECIPES[name].text}
    assert says == {name for name in TOGETHER if ALWAYS & set(tasks[name])}


def test_a_reviewed_plan(kitchen: Kitchen) -> None:
    kitchen.good("review.yml", "--check", "--diff")
    assert kitchen.writes == {}
    saved = kitchen.ansible.folder / "limits.plan.json"
    assert len(json.loads(saved.read_text(encoding="utf-8"))["steps"]) == 2
    assert sum(changed(kitchen.good("review.yml")).values()) == RECIPES["review.yml"].changes
    refused = kitchen.run("review.yml")
    assert (refused.rc, kitchen.writes) == (2, {})
    assert "is outdated, and nothing was changed" in refused.output


# tests/integration/test_playbooks.py tries telops.pbx.drift too.
@pytest.mark.long
def test_drift(kitchen: Kitchen) -> None:
    inventory = {"all": {"hosts": {"clinic": local_host()}}}
    (kitchen.ansible.folder / "tenants").mkdir()
    folder = ("-e", "pbx_tenant_folder=tenants/clinic")
    kitchen.good("telops.pbx.export", *folder, inventory=inventory)
    run = kitchen.good("drift.yml", *folder, inventory=inventory)
    assert sum(changed(run).values()) == RECIPES["drift.yml"].changes
    assert kitchen.writes == {}
    assert not call(kitchen.emulator, "pbx_phone", {"extension": "107", "hangup_timeout": 99}).get("failed")
    run = kitchen.run("drift.yml", *folder, inventory=inventory)
    assert (run.rc, kitchen.writes) == (2, {})
    assert "clinic does not match its document; the steps above would repair it" in run.output
    assert 'update extension "107" > phone' in run.output.replace('\\"', '"')


@pytest.mark.long
def test_a_copied_tenant(kitchen: Kitchen) -> None:
    new = kitchen.emulator.add_client(seed="empty")
    login = {
        "NEW_TENANT_APP_ID": new["app_id"],
        "NEW_TENANT_APP_SECRET": new["app_secret"],
        "NEW_TENANT_ID": str(new["client_id"]),
    }
    kitchen.good("copy_tenant.yml", "--check", "--diff", **login)
    assert kitchen.writes == {}
    shutil.rmtree(kitchen.ansible.folder / "sounds_of_the_model")
    real = kitchen.good("copy_tenant.yml", **login)
    assert sum(changed(real).values()) == RECIPES["copy_tenant.yml"].changes
    assert set(kitchen.writes) == {new["client_id"]}
    assert names(kitchen.emulator.state(new["client_id"])) == names(kitchen.emulator.state())
    assert changed(kitchen.good("copy_tenant.yml", **login)) == {}

    model = kitchen.emulator.state()
    wrong = kitchen.run("copy_tenant.yml", **{**login, "NEW_TENANT_ID": "100000"})
    assert (wrong.rc, kitchen.writes, kitchen.emulator.state()) == (2, {}, model)


def names(state: dict[str, Any]) -> dict[str, list[str]]:
    """The names of the objects in a tenant's state, by kind."""
    return {
        "sounds": sorted(one["title"] for one in state["sounds"]),
        "extensions": sorted(one["number"] for one in state["extensions"]),
        "menus": sorted(menu["name"] for one in state["extensions"] for menu in one["contexts"]),
        "agents": sorted(agent["name"] for one in state["extensions"] for agent in one["agents"]),
        "rules": sorted(rule["name"] for one in state["extensions"] for rule in one["incom_rules"]),
    }


@pytest.mark.long
def test_a_tenant_that_leaves(kitchen: Kitchen) -> None:
    kitchen.good("offboard.yml", "--check", "--diff")
    assert kitchen.writes == {}
    real = kitchen.good("offboard.yml")
    assert sum(changed(real).values()) == RECIPES["offboard.yml"].changes
    assert kitchen.emulator.state()["extensions"] == []
    assert (kitchen.ansible.folder / "left" / "clinic" / "pbx_extensions.yml").exists()
    kitchen.good("offboard.yml")
    assert kitchen.writes == {}


def test_the_first_steps_and_the_way_to_a_document(kitchen: Kitchen) -> None:
    kitchen.good(*START, "--check", "--diff")
    assert kitchen.writes == {}
    first = kitchen.good(*START, "export.yml")
    before = kitchen.emulator.state()
    for recipes in (START, {"export.yml": TAKE_OVER["export.yml"]}):
        for name, recipe in recipes.items():
            assert sum(changed(first)[task] for task in recipe.tasks) == recipe.changes, name
    assert changed(kitchen.good(*START, *TAKE_OVER)) == {}
    assert (kitchen.writes, kitchen.emulator.state()) == ({}, before)
