# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The process of Ansible loads the code that the processes of its hosts run: each of them would load it anew."""

from __future__ import annotations

import subprocess
import sys

import yaml

from tests.tools.tree import ROOT, link

COLLECTION = "ansible_collections.telops.pbx.plugins"
# How calls are tried and compared, and how the variables of a host are checked.
NEEDED = [f"{COLLECTION}.module_utils._entry.{name}" for name in ("call_test", "consequence", "modules", "specs")]
PROGRAM = f"""
import sys
sys.path.insert(0, {str(link())!r})
import {COLLECTION}.action.pbx_tenant
print([name for name in {NEEDED!r} if name not in sys.modules])
"""


def test_the_action_of_a_tenant_loads_all_that_its_options_need() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_batch_loads_the_modules_before_the_first_process_of_a_host() -> None:
    first = yaml.safe_load((ROOT / "playbooks" / "tasks" / "begin_batch.yml").read_text(encoding="utf-8"))[0]
    assert first == {**first, "telops.pbx.pbx_tenant": {}, "run_once": True, "when": False}
