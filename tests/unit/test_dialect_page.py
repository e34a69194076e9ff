# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""docs/dialect.md describes every switch as the code has it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ansible_collections.telops.pbx.plugins.module_utils._model.dialect import SWITCHES, Dialect

PAGE = Path(__file__).parents[2] / "docs" / "dialect.md"


def test_the_page_lists_every_switch_with_its_values_and_its_meaning() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{name}` | {', '.join(f'`{value}`' for value in switch.values)} | {switch.meaning} |"
        for name, switch in SWITCHES.items()
    ]


def test_the_first_value_is_the_default() -> None:
    assert asdict(Dialect()) == {name: switch.values[0] for name, switch in SWITCHES.items()}
