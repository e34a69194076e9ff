# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes each task's result as a line of JSON, so that tests need not read Ansible's display."""

from __future__ import annotations

DOCUMENTATION = """
name: test_results
type: notification
short_description: Task results as lines of JSON
description: Writes one line per task, host and loop to the file named by the environment variable E(TEST_RESULTS_FILE).
requirements: []
"""

import json
import os

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "test_results"
    CALLBACK_NEEDS_ENABLED = True

    def _write(self, status, result):
        line = {
            "host": result._host.get_name(),
            "name": result._task.name or result._task.action,
            "action": result._task.action,
            "status": status,
            "result": result._result,
        }
        with open(os.environ["TEST_RESULTS_FILE"], "a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, default=str) + "\n")

    def v2_runner_on_ok(self, result):
        self._write("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._write("failed", result)

    def v2_runner_on_skipped(self, result):
        self._write("skipped", result)

    def v2_runner_on_unreachable(self, result):
        self._write("unreachable", result)
