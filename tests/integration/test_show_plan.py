# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Saved plans, shown without a PBX."""

from __future__ import annotations

from tests.tools.ansible import Ansible, local_host
from tests.unit.review.test_review import AGENTS, PHONE
from tests.unit.review.test_saved import plan_file


def test_saved_plans_become_a_page(ansible: Ansible) -> None:
    files = {
        "north": plan_file(ansible.folder / "north.json", PHONE, *AGENTS),
        "south": plan_file(ansible.folder / "south.json", *AGENTS),
    }
    hosts = {name: {**local_host(), "pbx_plan_file": path} for name, path in files.items()}
    page = ansible.folder / "plan.html"
    inventory = {"all": {"hosts": hosts}}
    run = ansible.playbook("telops.pbx.show_plan", "-e", f"pbx_shown_plan={page}", inventory=inventory)
    assert run.rc == 0, run.output
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.endswith("</html>\n")
    assert "2 tenants get the same 2 changes" in text
    assert page.stat().st_mode & 0o777 == 0o600
