# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The variables that the roles and the playbooks take from a host, and the mistakes in those that a host has.

Ansible says nothing of a variable that nobody takes. A misspelled guard would be no guard.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .._model.document import TENANT
from .._text.plain import shortened
from .folder import PREFIX
from .inventory import VARIABLES
from .modules import MODULES
from .specs import CONNECTION

IGNORED = f"{PREFIX}ignored_variables"
SECTIONS = tuple(f"{PREFIX}{section}" for section, dummy in TENANT.contains)

# Settings of the playbooks, and their notes about a host.
PLAYBOOKS = (
    *("hosts", "serial", "throttle", "tenant_folder", "connection", "exported", "failure", "shown_plan"),
    *("export_contents", "max_fail_percentage", "batch_failed", "not_begun"),
    *("new_tenant", "new_tenant_kind", "new_tenant_group", "compare_with"),
    *("history_since", "history_until", "history_all", "offline", "flow_accept"),
)
# The inventory plugin sets these variables beside the connection.
INVENTORY = ("tenant", *VARIABLES, "group", "dids")
KNOWN = frozenset(
    {IGNORED, *(f"{PREFIX}{name}" for name in (*PLAYBOOKS, *INVENTORY, *CONNECTION, *MODULES["pbx_tenant"].options()))}
)

_FLOW = ("flow_check", "flow_check_severity", "flow_read", "flow_accept")
# Variables with the name of their role in front: hosts may well have others that begin in the same way.
ROLES = {
    "call_center": frozenset(f"call_center_{name}" for name in ("extensions", "update_password", *_FLOW)),
    "ivr": frozenset(f"ivr_{name}" for name in ("extension", "intervals", "contexts", "settings", *_FLOW)),
    "offboard": frozenset({"offboard_client_id", "offboard_folder", "offboard_live_traffic"}),
}

# A host that the inventory plugin made of an extension has these variables.
EXTENSION = frozenset(f"{PREFIX}{name}" for name in ("tenant", "number", "id", "type"))


def mistakes(role: str, variables: Mapping[str, Any], ignored: Collection[str] = ()) -> Iterator[str]:
    """Yield the mistakes in the variables of a host, as far as their names tell.

    role: the role that takes them; ``tenant`` takes a document. ignored: names of the user's own variables.
    """
    if variables.keys() >= EXTENSION:
        yield (
            "this host is an extension, made by the inventory plugin telops.pbx.pbx, and not a tenant; "
            "choose the hosts that are tenants with pbx_hosts or --limit"
        )
        return
    found = [*unknown(variables, ROLES.get(role, frozenset()), ignored)]
    yield from found
    # A section that is misspelled is one mistake.
    if role == "tenant" and not found and all(variables.get(section) is None for section in SECTIONS):
        yield (
            f"nothing is declared for this host: set one of {', '.join(SECTIONS)}, or pbx_tenant_folder; "
            f"choose the hosts that are tenants with pbx_hosts or --limit"
        )


def taken(role: str) -> frozenset[str]:
    """The variables that a role takes, and those that all playbooks know."""
    return KNOWN | ROLES.get(role, frozenset())


def without_value(name: str, error: str) -> str:
    """The sentence about a variable of which Ansible cannot make a value. error: the words of Ansible."""
    undefined = re.search(r"'([^']+)' is undefined", error)
    # ansible-core before 2.19 quotes the template, in which a secret may stand.
    words = " ".join(error.partition(". String: ")[0].split())
    why = f"{undefined[1]} is undefined" if undefined else shortened(words).rstrip(".")
    return f"{name} has no value, because {why}; give it one, or remove {name}"


def unknown(names: Collection[str], own: Collection[str], ignored: Collection[str]) -> Iterator[str]:
    """Sentences about names that nothing takes. own: names of the role, beside those that all playbooks know."""
    known = KNOWN.union(own)
    for name in sorted(names):
        if name in known or name in ignored:
            continue
        spelled = name.lower()
        meant = min((one for one in known if one_letter_apart(spelled, one)), default=None)
        if meant is None and spelled.startswith(PREFIX):
            meant = _similar(spelled)
        if meant is not None:
            hint = f"did you mean {meant}? If it is" if meant else "if it is"
            yield f"nothing takes the variable {name}; {hint} a variable of your own, name it in {IGNORED}"


# The options that are no words of English, and so can be told from the rest of a sentence.
_OPTIONS = "|".join(sorted(name for name in (*CONNECTION, *MODULES["pbx_tenant"].options()) if "_" in name))
_OPTION = re.compile(rf"(?<![\w./-])(?:{_OPTIONS})(?![\w/])")
# Where a sentence begins with a place in a document, or with an option that is a word as well. An effect on callers
# names the places of its causes at its end.
_SECTION = "|".join(section for section, dummy in TENANT.contains)
_PLACE = re.compile(rf"^(?:{_SECTION})(?=[\[:]| is )|(?:(?<=\(by )|(?<=; ))(?:{_SECTION})(?=\[\d)")
_GUARD = re.compile(r"\bprotect(?= holds )|\bpurge(?=: )|^(?:assumptions|intent)(?=[.:])")


def in_host_words(message: str) -> list[str]:
    """The lines of a module's message, with the names of host variables for those of options."""
    lines = []
    for line in message.splitlines():
        for pattern in (_PLACE, _OPTION, _GUARD):
            line = pattern.sub(lambda match: PREFIX + match[0], line)
        # Options of other modules than pbx_tenant.
        line = re.sub(r"^tests(?=[\[.:])", f"{PREFIX}call_tests", line)
        lines.append(re.sub(r"^path(?=: )", f"{PREFIX}tenant_folder", line))
    return lines


def _similar(name: str) -> str:
    """Return the known variable that is most like this one, or nothing. The prefix that they share is ignored."""
    endings = [one[len(PREFIX) :] for one in KNOWN]
    return "".join(PREFIX + one for one in difflib.get_close_matches(name[len(PREFIX) :], endings, n=1))


def one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter was added, left out or replaced, or has changed places with the next, or nothing differs."""
    # Most pairs need no closer look: one letter leaves the first or the last one as it is.
    if abs(len(one) - len(other)) > 1 or (one[:1] != other[:1] and one[-1:] != other[-1:]):
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1:2] + a[:1] == b[:2] and a[2:] == b[2:])
