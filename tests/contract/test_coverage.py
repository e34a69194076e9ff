# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/coverage.md: every documented operation has a module, and every field an option or a return value."""

from __future__ import annotations

import pytest

# The modules' documentation is made of fragments that only Ansible puts together.
pytest.importorskip("ansible")

from tests.tools.api_coverage import PAGE, missing, operations, text


def test_nothing_documented_is_missing() -> None:
    assert missing() == []


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == text()


def test_there_are_103_documented_operations() -> None:
    assert len([one for one in operations() if one.documented]) == 103
