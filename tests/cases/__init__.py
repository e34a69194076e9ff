# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One table for each module; the suites in tests/unit/modules and tests/integration run over all of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.cases.case import Case

CASES: dict[str, Case] = {
    case.module: case
    for path in sorted(Path(__file__).parent.glob("pbx_*.py"))
    for case in [import_module(f"{__name__}.{path.stem}").CASE]
}
