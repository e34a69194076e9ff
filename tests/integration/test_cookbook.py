# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every recipe of the cookbook, run as it is printed on the clinic of the demo: previewed, run, and run again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cases.files import GOODBYE
from tests.cases.inprocess import fits, planned
from tests.emulator.server import Emulator
from tests.integration.playbooks import items, outcomes
from tests.tools.ansible import ROOT, Ansible, Run, local_host

PAGE = "docs/cookbook.md"
SECRETS = {"NEW_USER_PASSWORD": "canary-of-a-user-81c5", "NEW_SIP_PASSWORD": "canary-of-a-phone-5d1c"}
FILES = {"sounds/welcome.wav": Path(GOODBYE), "order.pdf": ROOT / "LICENSE"}
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
        for name, playbook in re.findall(r"^`(\w+\.yml)`\n\n```yaml\n(.*?)^```", section, re.MULTILINE | re.DOTALL):
            assert name not in found
            found[name] = Recipe(section, playbook, int(re.findall(r"`changed=(\d+)`", section)[0]))
    return found


RECIPES = read(PAGE)
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
        assert run.warnings == []
        for secret in (self.emulator.app_secret, *SECRETS.values(), *env.values()):
            assert "secret" not in secret or secret not in run.output
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
def kitchen(ansible: Ansible, emulator: Emulator) -> Kitchen:
    for name, recipe in RECIPES.items():
        (ansible.folder / name).write_text(recipe.playbook, encoding="utf-8")
    for name, source in FILES.items():
        (ansible.folder / name).parent.mkdir(exist_ok=True)
        (ansible.folder / name).write_bytes(source.read_bytes())
    found = Kitchen(ansible, emulator)
    found.good("telops.pbx.demo")
    for number in ("107", "108"):
        extension = emulator.extension_id(number)
        call = {"call_api_id": f"{extension}-0c", "extension_id": extension, "real_call": True}
        emulator.insert("call", extension, **call)
        emulator.insert("registration", extension, registration_id=f"uloc-{number}", device="A phone", expires=99)
    return found


def changed(run: Run) -> Counter[str]:
    return Counter(task.name for task in run.tasks if task.changed)


def test_there_are_recipes_with_names_of_their_own() -> None:
    assert len(RECIPES) >= 15
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
        assert fits(plan, outcome.writes), task
    changes = changed(real)
    counted = {name: sum(changes[task] for task in tasks[name]) for name in TOGETHER}
    assert counted == {name: RECIPES[name].changes for name in TOGETHER}
    again = kitchen.good(*TOGETHER)
    assert set(changed(again)) == ALWAYS
    says = {name for name in TOGETHER if "second run" in RECIPES[name].text}
    assert says == {name for name in TOGETHER if ALWAYS & set(tasks[name])}
