# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The risky changes, which a reader should look at first: callers notice it if they are wrong."""

from __future__ import annotations

from collections.abc import Iterable

from .._state.announced import AnnouncedStep

# In the order in which they are told.
DELETIONS, NUMBERS, DESTINATIONS, HOURS, SWITCHES, OTHERS = (
    "Deletions",
    "Numbers that lead elsewhere",
    "Where calls go",
    "Hours",
    "Switched on or off",
    "Other changes",
)
RISKS = (DELETIONS, NUMBERS, DESTINATIONS, HOURS, SWITCHES)

_RULES = ("incom_rule", "ivr_rule")
_TARGETS = {
    "cascade_numbers", "context", "context_option", "entry_context", "voice_helper_rules", "action", "external_number",
    "exit_key", "agent", "level", "position",
}  # fmt: skip
_SWITCHED = {"enabled", "control_code", "status", "vm_enabled"}


def risk(step: AnnouncedStep) -> str:
    """One of RISKS, or OTHERS."""
    fields = {change.field for change in step.changes}
    if step.effect == "delete":
        return DELETIONS
    if step.kind == "did":
        return NUMBERS
    if fields & _SWITCHED and step.effect == "change" and step.kind in (*_RULES, "extension", "agent"):
        return SWITCHES
    if step.kind in _RULES and step.effect in ("create", "change") and fields - {"name", "final"}:
        return HOURS if fields == {"interval"} else DESTINATIONS
    if step.action == "order" and step.kind in _RULES:
        return DESTINATIONS
    if any(name in _TARGETS or name.endswith("transfer_dst") for name in fields):
        return DESTINATIONS
    if step.kind in ("interval", "tenant_interval") or "interval" in fields:
        return HOURS
    return SWITCHES if fields & _SWITCHED and step.effect == "change" else OTHERS


def by_risk(steps: Iterable[AnnouncedStep]) -> dict[str, list[AnnouncedStep]]:
    """Steps by their risk, the worst first; a risk without steps is left out."""
    found: dict[str, list[AnnouncedStep]] = {}
    for step in steps:
        found.setdefault(risk(step), []).append(step)
    return {name: found[name] for name in (*RISKS, OTHERS) if name in found}
