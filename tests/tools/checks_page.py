# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page about findings, docs/checks.md: every class of the registry with its example and its remedy."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from tests.tools.tree import link

sys.path.insert(0, str(link()))

from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.catalogue import CHECKS
from ansible_collections.telops.pbx.plugins.module_utils._flow.checks.kinds import Check

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
_FAMILIES = {
    "R": "References",
    "L": "Circles",
    "U": "Rules that never run",
    "H": "Hang-ups and silence",
    "Q": "Queues",
    "T": "Times",
    "C": "Callers",
    "V": "Mailboxes, cascades and faxes",
    "S": "Abuse by outsiders",
}
_SEVERITIES = {"E": "error", "W": "warning", "N": "notice"}
_HEAD = """\
# Findings in a tenant

A finding is a fault in a call flow: a queue in which callers wait for ever, a rule that never runs, holidays that have
run out. `pbx_flow_check` looks for {count} classes of findings. `pbx_tenant` looks for them in each plan, and refuses a
plan that adds an error.

```text
extensions[3] "200": after 120 s without an answer, callers are hung up on (Q09 queue-timeout-hangs-up)
```

Read a finding from left to right: the place in the document that needs a change, the fault, and the class. Look the
class up on this page. It has a remedy and an example.

| severity | meaning |
|---|---|
| error (`E`) | Callers are certainly lost or misrouted. |
| warning (`W`) | This is probably a mistake. |
| notice (`N`) | This may be intended. |

- Correct the document, or accept the finding with `accept` (`flow_accept` in `pbx_tenant`): give its class, its place,
  and your reason. Only names and the positions of rules count in a place, so you can insert other objects before it.
- Most classes need a proof: a call that the [simulator](calls.md) follows to the fault. This call is the *witness* in
  the result, and `pbx_call_test` replays it. A suspicion without a proof is not reported.
- If several classes have the same cause, only the first one is reported. Each class is reported once per place.
- An unknown value never counts as absent. A document with only a part of the tenant causes no false findings.
- Some findings depend on the day, such as holidays that run out. `today` sets it.

```yaml
- name: Fail where callers are lost
  telops.pbx.pbx_flow_check:
    offline: true
    extensions: "{{{{ pbx_extensions }}}}"
    dids: "{{{{ pbx_dids }}}}"
    fail_from: E
    accept:
      - {{check: H03, place: 'dids[0] "74950000101"', because: The line of the lift has no mailbox.}}
```

These larger examples have no findings: [a hotel](examples/calls/hotel.yml) with two houses in two time zones,
[a shop](examples/calls/shop.yml) whose queues help each other, and [three practices](examples/calls/doctors.yml) with a
shared service. [calls.md](calls.md#where-findings-leave-room) explains decisions about single classes.

This page is written by `python -m tests.tools.checks_page --write` from the classes in
`plugins/module_utils/_flow/checks/`.
"""


def page() -> str:
    """Return the text that the page should have."""
    parts = [_HEAD.format(count=len(CHECKS))]
    for letter, title in _FAMILIES.items():
        family = [check for code, check in CHECKS.items() if code[0] == letter]
        parts.append(
            f"## {title}\n\n" + "".join(_row(check) for check in family) + "\n" + "\n".join(map(_section, family))
        )
    return "\n".join(parts)


def _row(check: Check) -> str:
    anchor = f"{check.code} {check.name}".lower().replace(" ", "-")
    return f"- [{check.code} {check.name}](#{anchor}) ({_SEVERITIES[check.severity]}): {check.title}\n"


def _section(check: Check) -> str:
    told = (textwrap.fill(text, 120) for text in (check.title, f"*Remedy:* {check.remedy}"))
    lines = [f"### {check.code} {check.name}", "", "\n\n".join(told), ""]
    lines += list(_example(check))
    return "\n".join([*lines, ""])


def _example(check: Check) -> Iterator[str]:
    yield f"Found at `{check.place}`:"
    yield ""
    yield "```yaml"
    yield check.example.strip()
    yield "```"


def main() -> int:
    """Write the page or compare it; return 1 when it is not fresh."""
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="fail when the page does not fit the registry")
    mode.add_argument("--write", action="store_true", help="write the page")
    write = parser.parse_args().write
    wanted = page()
    fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted
    if write:
        PAGE.write_text(wanted, encoding="utf-8")
    elif not fresh:
        print("docs/checks.md does not fit the registry: run `python -m tests.tools.checks_page --write`")
    return 0 if fresh or write else 1


if __name__ == "__main__":
    sys.exit(main())
