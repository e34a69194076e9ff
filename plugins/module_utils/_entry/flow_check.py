# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Findings: faults in the call flows of a tenant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._flow.checks.judge import Report, judge, read_acceptances
from .._flow.checks.kinds import SEVERITIES, Finding
from .._flow.checks.subject import Subject
from .._text.mask import Mask
from .following import Followed, Following, Refused
from .specs import Spec

ACCEPT: Spec = {
    "accept": {
        "type": "list",
        "elements": "dict",
        "default": [],
        "options": {
            "check": {"type": "str", "required": True},
            "place": {"type": "str", "required": True},
            "because": {"type": "str", "required": True},
        },
    }
}
_WORDS = {"E": "errors", "W": "warnings", "N": "notices"}


class FlowCheck(Following):
    """Judges the calls to a tenant."""

    returned = "findings"
    beside = ("counts", "unused", "today", "prompts")

    def options(self) -> Spec:
        return {
            **super().options(),
            **{name: dict(option) for name, option in ACCEPT.items()},
            "severity": {"type": "str", "choices": list(SEVERITIES), "default": "N"},
            "fail_from": {"type": "str", "choices": list(SEVERITIES)},
        }

    def follow(self, tenant: Followed, params: Mapping[str, Any]) -> dict[str, Any]:
        accept = read_acceptances(params["accept"])
        report = judge(Subject(tenant.state, tenant.today, tenant.assume, tenant.sounds), accept)
        result = as_dict(report, tenant, params["severity"])
        tenant.warnings.extend(said_besides(report, "accept"))
        refused = report.at_least(params["fail_from"]) if params["fail_from"] else ()
        if refused:
            raise Refused([finding.sentence for finding in refused], result)
        return result


def as_dict(report: Report, tenant: Followed, severity: str) -> dict[str, Any]:
    """A report as it is returned, with the findings as bad as this or worse."""
    shown = [one for one in report.findings if one.at_least(severity)]
    counts = {word: sum(one.severity == letter and not one.because for one in shown) for letter, word in _WORDS.items()}
    return {
        "findings": [masked(one, tenant.mask) for one in shown],
        "counts": {**counts, "accepted": sum(bool(one.because) for one in shown)},
        "unused": [one.as_dict() for one in report.unused],
        "today": tenant.today.isoformat(),
    }


def masked(finding: Finding, mask: Mask) -> dict[str, Any]:
    """A finding as it is returned, without the secrets of addresses."""
    found = finding.as_dict()
    found["message"], found["place"] = mask.text(finding.message), mask.text(finding.place)
    witness = found["witness"]
    if witness and "webhooks" in witness["world"]:
        hidden = {mask.address(url): replies for url, replies in witness["world"]["webhooks"].items()}
        found["witness"] = {**witness, "world": {**witness["world"], "webhooks": hidden}}
    return found


def said_besides(report: Report, option: str) -> list[str]:
    """Return the warnings besides the findings. option: the name of the option with the acceptances."""
    unused = [
        f"{option}: nothing is found any more that {one.check} at {one.place} accepts; take it out"
        for one in report.unused
    ]
    return [*unused, *(f"not everything was judged: {sentence}" for sentence in report.incomplete)]
