# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes down the processor time of each task, all its worker processes included."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: task_processor
type: aggregate
short_description: Writes the processor time of each task to a file
description:
    - One JSON object per line goes to the file that the environment variable E(TASK_PROCESSOR_FILE) names.
    - It holds C(name), that of the task, and C(seconds), the processor time of the control node for all its hosts.
"""


def _used() -> float:
    # A process that was not waited for yet counts for nobody; all results are in, so that each ends at once.
    for child in multiprocessing.active_children():
        child.join()
    found = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in found)


class CallbackModule(CallbackBase):
    """Notes a task when the next one begins."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "task_processor"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._path = os.environ["TASK_PROCESSOR_FILE"]
        self._begun: tuple[str, float] | None = None

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._end()
        self._begun = (str(task.get_name()), _used())

    def v2_playbook_on_stats(self, stats: Any) -> None:
        self._end()

    def _end(self) -> None:
        if self._begun is not None:
            name, before = self._begun
            with open(self._path, "a", encoding="utf-8") as file:
                file.write(json.dumps({"name": name, "seconds": _used() - before}) + "\n")
