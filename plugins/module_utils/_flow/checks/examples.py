# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Documents for the examples, as YAML: the parts that an example is not about have no fault."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# A phone that takes messages, and one that does not.
ANNA = '- {number: "101", type: phone, phone: {hangup_timeout: 20, vm_enabled: true, vm_mailto: anna@example.com}}'
BARE = '- {number: "102", type: phone, phone: {hangup_timeout: 20, vm_enabled: false}}'
HOURS = (
    "- {name: Hours, timezone: Europe/Berlin, "
    'conditions: [{start_dow: 2, end_dow: 6, start_time: "09:00:00", end_time: "18:00:00"}]}'
)
HOLIDAYS = "- {name: Holidays, timezone: Europe/Berlin, conditions: [{month: 12, start_mday: 24, end_mday: 26}]}"
_RULES: Mapping[str, str] = MappingProxyType(
    {
        "start": "{action: play_sound, sound: Menu}",
        "1": '{action: transfer, transfer_dst: "101"}',
        "timeout": "{action: voicemail}",
        "invalid": "{action: jump_to_context, context: main}",
    }
)
_NOTHING_ELSE: Mapping[str, str] = MappingProxyType({})


def tenant(*extensions: str, did: str = "", intervals: str = "") -> str:
    """did: the extension that the only DID leads to."""
    parts = [f'dids: [{{name: "74950000{did}", extension: "{did}"}}]'] if did else []
    if intervals:
        parts += ["intervals:", _indented(intervals, 2)]
    return "\n".join([*parts, "extensions:", *(_indented(one, 2) for one in extensions)]) + "\n"


def phone(number: str, *rules: str, settings: str = "vm_enabled: false", more: str = "") -> str:
    """A phone with its incoming rules, each in braces."""
    head = f'- number: "{number}"\n  type: phone\n  phone: {{hangup_timeout: 20, {settings}}}'
    listed = "\n  incom_rules:\n" + "\n".join(f"    - {rule}" for rule in rules) if rules else ""
    return head + _more(more) + listed


def queue(number: str, *rules: str, settings: str, agents: str = "[{agent: 101/Anna}]") -> str:
    head = f'- number: "{number}"\n  type: queue\n  queue: {{{settings}}}\n  queue_agents: {agents}'
    return head + ("\n  incom_rules:\n" + "\n".join(f"    - {rule}" for rule in rules) if rules else "")


def agent(number: str, *names: str, status: str = "available") -> str:
    """A phone that takes messages, with agents."""
    listed = ", ".join(f"{{name: {name}, status: {status}}}" for name in names)
    return (
        f'- number: "{number}"\n  type: phone\n'
        f"  phone: {{hangup_timeout: 20, vm_enabled: true, vm_mailto: anna@example.com}}\n  agents: [{listed}]"
    )


def menu(
    options: Mapping[str, str | None],
    settings: str = "vm_enabled: true, vm_mailto: anna@example.com",
    context: str = "digit_len: 1",
    others: str = "",
    more: str = "",
    entry: str = "entry_context: main, ",
) -> str:
    """Menu 300 with the context main, whose usual options these replace, or leave out where they are None.

    An option is its rules without the brackets. others: more contexts.
    """
    found = {**_RULES, **options}
    lines = [
        '- number: "300"',
        "  type: ivr",
        *([more] if more else []),
        "  ivr:",
        *(f"    {part}" for part in f"{entry}{settings}".split(", ") if part),
        "    contexts:",
        "      - name: main",
        *(f"        {part}" for part in context.split(", ") if part),
        "        options:",
    ]
    for digits, rules in found.items():
        if rules is not None:
            name = digits if digits.isalpha() else f'"{digits}"'
            lines.append(f"          - {{digits: {name}, rules: [{rules}]}}")
    return "\n".join(lines) + (f"\n{_indented(others, 6)}" if others else "")


def context(name: str, options: Mapping[str, str], settings: str = "digit_len: 1") -> str:
    """One more context of a menu."""
    lines = [f"- name: {name}", *(f"  {part}" for part in settings.split(", ") if part), "  options:"]
    for digits, rules in options.items():
        key = digits if digits.isalpha() else f'"{digits}"'
        lines.append(f"    - {{digits: {key}, rules: [{rules}]}}")
    return "\n".join(lines)


def _more(text: str) -> str:
    return f"\n{_indented(text, 2)}" if text else ""


def _indented(text: str, columns: int) -> str:
    return "\n".join(" " * columns + line if line else line for line in text.splitlines())
