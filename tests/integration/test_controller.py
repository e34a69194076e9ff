# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files that docs/controller.md gives to an automation controller, and its example for ansible-navigator."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import jinja2
import yaml
from ansible.module_utils.common.text.converters import to_text
from ansible.parsing.dataloader import DataLoader

from ansible_collections.telops.pbx.plugins.doc_fragments.connection import ModuleDocFragment
from ansible_collections.telops.pbx.plugins.module_utils._entry.specs import CONNECTION
from tests.bench.slices import DOCUMENT
from tests.emulator.server import Emulator
from tests.tools.ansible import ROOT, Ansible, local_host
from tests.tools.demo import plan, same_requests

FOLDER = ROOT / "docs" / "examples" / "controller"
PAGE = (ROOT / "docs" / "controller.md").read_text(encoding="utf-8")
ANSWER = "CHG-0042/../x"
OPTIONS = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
# The environment variable of each option that has one, as the documentation says.
VARIABLES = {
    variable: name
    for name, option in OPTIONS.items()
    for variable in re.findall(r"E\((\w+)\)", str(option["description"]))
}


def loaded(name: str) -> Any:
    return DataLoader().load_from_file(str(FOLDER / name))


def given(module: str) -> dict[str, dict[str, Any]]:
    """The arguments that load.yml gives to one of the modules, by the name of the object that it makes."""
    tasks = [task[f"awx.awx.{module}"] for task in loaded("load.yml")[0]["tasks"] if f"awx.awx.{module}" in task]
    return {task["name"]: task for task in tasks}


def extra_variables() -> dict[str, str]:
    return {name: to_text(value) for name, value in loaded("load.yml")[0]["vars"]["plan_file"].items()}


def injected(**values: str) -> dict[str, str]:
    """The environment of a job whose credential has these values and no others."""
    jinja = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701
    injectors = loaded("credential_type.yml")["injectors"]["env"]
    return {name: jinja.from_string(text).render(values) for name, text in injectors.items()}


def test_a_credential_holds_the_whole_connection() -> None:
    credential = loaded("credential_type.yml")
    fields = {field["id"]: field for field in credential["inputs"]["fields"]}
    injectors = credential["injectors"]
    assert list(injectors) == ["env"]
    assert set(injectors["env"]) == set(VARIABLES)
    assert set(credential["inputs"]["required"]) == {"api_url"}

    marks = {name: f"value-of-{name}" for name in fields}
    rendered = injected(**marks)
    assert sorted(rendered.values()) == sorted(marks.values())
    for name, value in rendered.items():
        field = fields[value.removeprefix("value-of-")]
        assert field["type"] == "string"
        assert field.get("secret", False) == CONNECTION[VARIABLES[name]].get("no_log", False), name


def test_certificates_are_verified_unless_somebody_says_otherwise() -> None:
    url = "https://pbx.example.com/api/ver1.0"
    assert injected(api_url=url)["PBX_VALIDATE_CERTS"] == "true"
    assert injected(api_url=url, validate_certs="")["PBX_VALIDATE_CERTS"] == "true"
    assert injected(api_url=url, validate_certs="false")["PBX_VALIDATE_CERTS"] == "false"


def test_jobs_run_playbooks_of_the_project() -> None:
    jobs = given("job_template")
    for job in jobs.values():
        (play,) = yaml.safe_load((FOLDER / "project" / job["playbook"]).read_text(encoding="utf-8"))
        assert play["ansible.builtin.import_playbook"] == f"telops.pbx.{job['playbook'].removesuffix('.yml')}"
    assert {job["playbook"]: job["job_type"] for job in jobs.values()} == {
        "plan.yml": "check",
        "site.yml": "run",
        "drift.yml": "check",
    }
    assert {name for name, job in jobs.items() if "extra_vars" in job} == {"PBX plan", "PBX site"}


def test_the_survey_asks_for_what_the_jobs_use() -> None:
    questions = {question["variable"] for question in loaded("survey.yml")["spec"]}
    (text,) = extra_variables().values()
    used = set(re.findall(r"{{\s*(\w+)", text))
    assert used == questions | {"inventory_hostname"}
    options = yaml.safe_load((ROOT / "roles/tenant/meta/argument_specs.yml").read_text(encoding="utf-8"))
    assert set(extra_variables()) <= set(options["argument_specs"]["main"]["options"])


def test_the_run_follows_the_approval_and_the_approval_the_check() -> None:
    (change,) = given("workflow_job_template").values()
    nodes = {node["identifier"]: node for node in change["schema"]}
    order = ["plan"]
    while following := nodes[order[-1]]["related"]["success_nodes"]:
        order += [node["identifier"] for node in following]
    assert [nodes[name]["unified_job_template"]["type"] for name in order] == [
        "job_template",
        "workflow_approval",
        "job_template",
    ]
    jobs = given("job_template")
    first, last = (jobs[nodes[name]["unified_job_template"]["name"]] for name in (order[0], order[-1]))
    assert (first["job_type"], last["job_type"]) == ("check", "run")
    assert not [node for node in nodes.values() if node["related"]["failure_nodes"] or node["related"]["always_nodes"]]


def test_what_was_checked_is_what_is_applied(emulator: Emulator, ansible: Ansible, tmp_path: Path) -> None:
    emulator.reset(seed="empty")
    project = tmp_path / "project"
    shutil.copytree(FOLDER / "project", project)
    plans = tmp_path / "plans"
    plans.mkdir()
    inventory = {"all": {"hosts": {"lisbon": {**local_host(), **DOCUMENT}}}}
    variables = {name: text.replace("/plans/", f"{plans}/") for name, text in extra_variables().items()}
    arguments = ("-e", json.dumps(variables), "-e", json.dumps({"change_number": ANSWER}))
    env = injected(api_url=emulator.url, app_id=emulator.app_id, app_secret=emulator.app_secret)

    planned = ansible.playbook(project / "plan.yml", "--check", *arguments, inventory=inventory, env=env)
    assert (planned.rc, planned.warnings, emulator.writes()) == (0, [], []), planned.output
    assert [path.name for path in plans.iterdir()] == ["CHG-0042____x-lisbon.json"]
    applied = ansible.playbook(project / "site.yml", *arguments, inventory=inventory, env=env)
    assert (applied.rc, applied.warnings) == (0, []), applied.output
    assert len(emulator.writes()) == 4
    assert same_requests(plan(planned), emulator.writes())


def test_navigator_runs_as_the_page_says(emulator: Emulator, ansible: Ansible) -> None:
    emulator.reset(seed="empty")
    (line,) = re.findall(r"^    (ansible-navigator run .*)$", PAGE, re.MULTILINE)
    host = {**local_host(), "pbx_access_token": emulator.access_token, "pbx_api_url": emulator.url}
    inventory = {"all": {"hosts": {"lisbon": {**host, **DOCUMENT}}}}
    (ansible.folder / "inventory.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
    before = {path.name for path in ansible.folder.iterdir()}
    run = ansible.command(*shlex.split(line))
    assert run.rc == 0, run.output
    assert len(emulator.writes()) == 4
    left = {path.name for path in ansible.folder.iterdir()} - before
    assert {name for name in left if not name.startswith("results")} == {"ansible-navigator.log", ".pbx"}
