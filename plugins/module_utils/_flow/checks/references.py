# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""References to what is not there (R)."""

from __future__ import annotations

from collections.abc import Iterator

from ..call import Call
from .claims import ends
from .kinds import ERROR, Candidate, Witness, check
from .subject import Subject


@check(
    "R08",
    "did-to-nowhere",
    ERROR,
    title="A DID leads to no extension, or to one that is not there.",
    remedy="Give the DID an extension that exists, or give the DID back.",
    example="""
dids: [{name: "74950000101"}]
extensions:
  - {number: "101", type: phone, phone: {vm_enabled: true, vm_mailto: a@example.com}}
""",
    place='dids[0] "74950000101"',
    close="""
dids: [{name: "74950000101", extension: "101"}]
extensions:
  - {number: "101", type: phone, phone: {vm_enabled: true, vm_mailto: a@example.com}}
""",
)
def did_to_nowhere(subject: Subject) -> Iterator[Candidate]:
    if not subject.known("extension"):
        return
    for item in subject.state.all("did"):
        extension = str(item.value("extension") or "")
        if item.value("extension") is None or extension not in subject.plan.extensions:
            told = f"there is no extension {extension}" if extension else "it has no extension"
            witness = Witness(Call(item.name), ends("hangup", cause="unallocated"))
            yield Candidate(item.where, f"callers are told that the number does not exist: {told}", [witness])
