# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Calls as tests: what a caller must come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._api.errors import PbxError
from .._flow.calltest.explored import Explored
from .._flow.calltest.subject import Subject
from .._flow.calltest.trying import Report, try_tests
from .following import Followed, Following
from .specs import Spec


class CallTestsFailed(PbxError):
    """Calls do not come to what was expected of them. trace: whether the details tell every event."""

    def __init__(self, report: Report, trace: bool = True) -> None:
        failed, tests = report.counts["failed"], report.counts["tests"]
        super().__init__(
            f"{failed} of {tests} call tests {'is' if failed == 1 else 'are'} not passed:",
            *report.message.splitlines(),
            **report.as_dict(trace),
        )


class CallTest(Following):
    """Tries calls, and fails where one does not come to what is expected of it."""

    returned = "results"
    beside = ("counts", "today")

    def options(self) -> Spec:
        # Tests hold what is pressed to get into a conference, and addresses of webhooks.
        return {
            **super().options(),
            "tests": {"type": "raw", "required": True, "no_log": True},
            "trace": {"type": "bool", "default": True},
        }

    @property
    def secrets(self) -> tuple[str, ...]:  # type: ignore[override]
        return (*super().secrets, "tests")

    def follow(self, tenant: Followed, params: Mapping[str, Any]) -> dict[str, Any]:
        report = tried(tenant, params["tests"], "tests")
        if report.failed:
            raise CallTestsFailed(report, params["trace"])
        return report.as_dict(params["trace"])


def tried(tenant: Followed, tests: Any, place: str) -> Report:
    """What becomes of the calls of tests. place: of the tests, as messages write it. Raises InputProblem."""
    explored = Explored()
    subject = Subject.of(tenant.state, tenant.sounds)
    report = try_tests(tests, subject, tenant.today, tenant.mask, explored, tenant.assume, place)
    tenant.warnings.extend(
        f"the pattern {tenant.mask.text(pattern)} is no simple regular expression, so that callers whom it tells apart "
        "may be missing where a test says any"
        for pattern in explored.not_exact
    )
    return report
