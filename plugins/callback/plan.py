# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: plan
type: aggregate
short_description: One summary of the changes of a run on all tenants
version_added: 0.1.0
author:
  - telops.pbx contributors (@telops)
description:
  - At the end of a run, lists the created, changed and deleted objects of each tenant, or with C(--check) the objects
    that would be. A tenant is a host of the inventory.
  - It collects the plans that the modules of this collection return, and names the objects by kind. Each step of a plan
    counts as one. So does a list of rules that gets another order.
  - On request, it writes the same as Markdown, as JSON, and as an HTML page for those who approve the change. Both
    begin with who ran it, on which files and versions, and with the changes that callers may notice. Equal changes of
    many tenants are listed once. Markdown fits a comment of a merge request, and names omitted parts.
requirements:
  - to be enabled, with C(telops.pbx.plan) in C(callbacks_enabled) in the section C(defaults) of C(ansible.cfg), or in
    the environment variable E(ANSIBLE_CALLBACKS_ENABLED)
notes:
  - A task with C(no_log) is only counted, by the results of it that say that something changes.
  - Secrets are hidden in the plans already. The report uses three options of a task, the numbers and labels of
    extensions and the path of the plan.
  - A tenant counts as failed when Ansible has given it up. Its message is shown, and the steps that were taken before.
  - The report does not contain a task with C(poll) set to V(0) in it.
  - There is no summary on the terminal where the name of the C(stdout_callback) contains C(json), so that programs
    can read its output.
options:
  summary:
    description: Whether the summary is shown on the terminal.
    type: bool
    default: true
    env:
      - name: PBX_PLAN_SUMMARY
    ini:
      - section: callback_pbx_plan
        key: summary
  names:
    description:
      - How many objects of one kind the terminal names for one tenant. The others are only counted.
      - Reports name all of them.
    type: int
    default: 20
    env:
      - name: PBX_PLAN_NAMES
    ini:
      - section: callback_pbx_plan
        key: names
  report:
    description:
      - The files to write, which replace older ones. The ending of a name tells the form, which is C(.md) for Markdown,
        C(.json), or C(.html) for a page that needs no other file, no script and no network.
      - Only the user who runs Ansible may read them.
      - A file that cannot be written is a warning.
    type: pathlist
    default: []
    env:
      - name: PBX_PLAN_REPORT
    ini:
      - section: callback_pbx_plan
        key: report
"""

EXAMPLES = r"""
# In ansible.cfg: the summary after every run, and the page of the last one.
# [defaults]
# callbacks_enabled = telops.pbx.plan
# [callback_pbx_plan]
# report = plan.html

# For one preview, with a page to approve and data for a program:
# ANSIBLE_CALLBACKS_ENABLED=telops.pbx.plan PBX_PLAN_REPORT=plan.html,plan.json ansible-playbook --check site.yml
"""

from collections.abc import Mapping
from typing import Any

from ansible import constants as C
from ansible import context
from ansible.plugins.callback import CallbackBase

from ansible_collections.telops.pbx.plugins.module_utils._entry.review import (
    FORMS,
    FileFailed,
    Review,
    form_of,
    head_of,
    lines,
    write,
)

OURS = "telops.pbx.pbx_"
# The fact in which the playbooks of this collection keep the lines of a failure for their end.
KEPT = "pbx_failure"
COLORS = {
    "create": C.COLOR_DIFF_ADD,
    "change": C.COLOR_CHANGED,
    "delete": C.COLOR_DIFF_REMOVE,
    "carry_out": C.COLOR_CHANGED,
    "unchanged": C.COLOR_OK,
    "changes": C.COLOR_CHANGED,
    "failed": C.COLOR_ERROR,
}


class CallbackModule(CallbackBase):
    """Collects results; ``_review`` sums them up and shows them."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "telops.pbx.plan"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._review = Review()
        self._folder = ""
        # Whether anything was done for real, and the file of the saved plan of each host.
        self._applied = False
        self._plans: dict[str, str] = {}

    def v2_playbook_on_start(self, playbook: Any) -> None:
        self._folder = str(getattr(playbook, "_basedir", ""))
        for path in self.get_option("report"):
            if not form_of(path):
                self._display.warning(f"telops.pbx.plan writes no report {path}: its name must end in {_endings()}")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._collect(result)

    def v2_runner_retry(self, result: Any) -> None:
        # An attempt that was not good enough may have changed something all the same.
        self._collect(result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._collect(result)
        self._fail(result, ignore_errors)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._fail(result, bool(_part(result, "task").ignore_unreachable))

    def v2_playbook_on_stats(self, stats: Any) -> None:
        self._review.finish({*stats.failures, *stats.dark})
        if self.get_option("report"):
            inventory, limit = context.CLIARGS.get("inventory") or (), context.CLIARGS.get("subset") or ""
            self._review.head = head_of(self._folder, map(str, inventory), str(limit), self._applied, self._plans)
        if self.get_option("summary") and self._review.tenants and "json" not in C.DEFAULT_STDOUT_CALLBACK:
            self._display.banner("PBX PLAN")
            for line, about in lines(self._review, self.get_option("names")):
                self._display.display(line, color=COLORS.get(about))
            self._display.display("")
        for path in self.get_option("report"):
            self._report(path)

    def _collect(self, result: Any) -> None:
        task = _part(result, "task")
        if str(task.resolved_action or task.action).startswith(OURS):
            fields = _fields(result)
            check = bool(fields.get("check_mode"))
            args = fields.get("args") or {}
            self._review.label(_part(result, "host").get_name(), args.get("extensions"))
            plan_file = args.get("plan_file")
            if isinstance(plan_file, str):
                self._plans[_part(result, "host").get_name()] = plan_file
            answer = _returned(result)
            self._applied |= not check and answer.get("changed") is True and answer.get("read_only") is not True
            self._review.add(_part(result, "host").get_name(), _returned(result), check)
        facts = _returned(result).get("ansible_facts")
        if isinstance(facts, Mapping) and isinstance(facts.get(KEPT), list):
            self._review.keep(_part(result, "host").get_name(), self._name(result), facts[KEPT])

    def _fail(self, result: Any, passed: bool) -> None:
        self._review.fail(_part(result, "host").get_name(), self._name(result), _returned(result), passed)

    @staticmethod
    def _name(result: Any) -> str:
        return str(_fields(result).get("name") or _part(result, "task").get_name())

    def _report(self, path: str) -> None:
        form = form_of(path)
        if not form:
            return
        try:
            write(path, form(self._review))
        except FileFailed as error:
            self._display.warning(f"telops.pbx.plan: {error}")


def _part(result: Any, name: str) -> Any:
    """Return a part of a result; ansible-core 2.16 to 2.18 keeps it under a name with an underscore."""
    return getattr(result, name) if hasattr(result, name) else getattr(result, f"_{name}")


def _fields(result: Any) -> Mapping[str, Any]:
    """The attributes of a task with their values. From 2.21 on, the name without an underscore is deprecated."""
    found: Mapping[str, Any] = result._task_fields
    return found


def _returned(result: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _part(result, "result")
    return found


def _endings() -> str:
    *others, last = sorted(FORMS)
    return f"{', '.join(others)} or {last}"
