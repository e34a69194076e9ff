# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of filters, run as they are printed: their templates by Ansible, their modules on the seeded tenant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from tests.cases.inprocess import call
from tests.emulator.server import Emulator
from tests.tools.module_words import constant
from tests.tools.tree import ROOT

FOLDER = ROOT / "plugins" / "filter"
# Filters that only the playbooks and roles of the collection use.
INTERNAL = ("in_host_words", "totals")
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20270101
RRULE:FREQ=YEARLY
SUMMARY:New Year
END:VEVENT
END:VCALENDAR
"""
FILES = {"holidays.ics": CALENDAR}


def documented() -> Iterator[tuple[str, str]]:
    """Each filter with its examples."""
    for path in sorted(FOLDER.glob("*.py")):
        if "\nEXAMPLES = " in path.read_text(encoding="utf-8"):
            yield path.stem, constant(path, "EXAMPLES")
    for path in sorted(FOLDER.glob("*.yml")):
        yield path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))["EXAMPLES"]


EXAMPLES = {name: text for name, text in documented() if name not in INTERNAL}


def test_there_are_examples() -> None:
    assert {"hours", "hours_in_words", "holidays", "calendar"} <= EXAMPLES.keys()


def test_examples_run_as_printed(emulator: Emulator, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    loader = DataLoader()
    loader.set_basedir(str(tmp_path))
    for name, examples in EXAMPLES.items():
        variables: dict[str, Any] = {}
        for task in loader.load(trust_as_template(examples)):
            items = Templar(loader, variables={**variables, **task.get("vars", {})}).template(task.get("loop", [None]))
            for item in items:
                templar = Templar(loader, variables={**variables, **task.get("vars", {}), "item": item})
                result = done(emulator, task, templar)
                assert not result.get("failed"), f"{name}: {result}"
                variables[task.get("register", "result")] = result


def done(emulator: Emulator, task: dict[str, Any], templar: Any) -> dict[str, Any]:
    """The result of a task: one of this collection is run, and another one shows that its templates are sound."""
    [module] = (key for key in task if "." in key)
    args = templar.template(task[module])
    if not module.startswith("telops.pbx."):
        assert "{{" not in str(args)
        return dict(args)
    return call(emulator, module.removeprefix("telops.pbx."), args)


@pytest.mark.parametrize("name", ["holidays", "calendar"])
def test_no_filter_file_hides_a_library(name: str) -> None:
    assert not (FOLDER / f"{name}.py").exists()
