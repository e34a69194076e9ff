# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings: `python -m tests.bench.checks`.

The benchmark looks for all classes of findings in the tenant of `tests.bench.calls`: 50 menus, 500 rules and 60
intervals. It measures processor time, in one process, with the compilation of the tenant.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
from collections import Counter
from datetime import date

from tests.bench.calls import seconds, tenant
from tests.tools.tree import link

sys.path.insert(0, str(link()))

from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.catalogue import CHECKS
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.judge import Report, judge
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.subject import Subject
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document

TODAY = date(2026, 11, 24)


def judged() -> Report:
    """The report of all findings in the tenant."""
    root, wrong = parse(tenant(random.Random(1)))  # noqa: S311 - the same choices in each run
    if wrong:
        raise SystemExit("\n".join(wrong[:5]))
    return judge(Subject(of_document(root, complete=True), TODAY))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.checks", description="What findings cost.")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    report = judged()
    found = Counter(finding.severity for finding in report.findings)
    took = seconds(judged, arguments.runs)
    print(
        f"machine:  {os.cpu_count()} cores, {platform.system()}, load {os.getloadavg()[0]:.1f}\n"
        f"software: Python {platform.python_version()}\n\n"
        f"{len(CHECKS)} classes, {len(report.findings)} findings "
        f"({', '.join(f'{found[one]} {one}' for one in sorted(found))}): {took:.2f} s"
        + "".join(f"\nnot all was tried: {sentence}" for sentence in report.incomplete)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
