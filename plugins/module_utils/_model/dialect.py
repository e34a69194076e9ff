# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The assumptions of the client about a server where its documentation is silent, and how to change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Switch:
    """One assumption: its possible values (the first is the default) and their meaning."""

    values: tuple[str, ...]
    meaning: str
    section: str


SWITCHES: dict[str, Switch] = {
    "singleton_put": Switch(
        ("merged", "changed"),
        "The body of PUT for a queue, phone, IVR, fax or conference: the whole writable object as it was read with "
        "the changes in it, or the changed fields alone.",
        "semantics.md sections 3 and 9 (4, 19)",
    ),
    "queue_agent_ref": Switch(
        ("auto", "agent", "extension"),
        "The id that a queue answers as agent_id: the agent's, or that of the agent's extension. With auto, "
        "it is concluded from the ids themselves, and the agent's id is preferred.",
        "semantics.md section 9 (18)",
    ),
    "scheme": Switch(
        ("auto", "never"),
        "Whether a whole IVR is read with one request, where the answer has the expected shape, or list by list.",
        "semantics.md sections 4 and 9 (9)",
    ),
    "null_choice": Switch(
        ("null", "none"),
        "How the unset value of an enumeration is sent: as JSON null, or as the text None.",
        "semantics.md sections 3 and 9 (5)",
    ),
    "option_default_rule": Switch(
        ("hidden", "visible"),
        "Whether the hangup that every new IVR option starts with is implicit, or a rule in the option's list.",
        "semantics.md sections 5 (ivr) and 9 (6)",
    ),
    "new_rule_position": Switch(
        ("unknown", "last", "first"),
        "Where a new rule lands. While it is unknown, the order is always written after rules were added to others, "
        "and the preview of later tasks takes it for the last place.",
        "semantics.md sections 5 (incom_rule) and 9 (8)",
    ),
    "rule_list_order": Switch(
        ("unknown", "program"),
        "Whether lists of rules come in the order in which the rules run. While that is unknown, the order of two "
        "rules or more is asked for.",
        "semantics.md section 9 (20)",
    ),
    "query_time": Switch(
        ("utc", "user"),
        "In which time zone records are asked for: UTC, which those of the answers are in, or the zone of the user "
        "of the token.",
        "semantics.md section 3 (dates)",
    ),
    "sound_content": Switch(
        ("auto", "kept", "converted"),
        "Whether a sound is kept as the file that was uploaded. With auto, only the lengths are compared where the "
        "PBX has another form of sound than the file. With kept, any difference is one; with converted, only another "
        "length is.",
        "semantics.md section 6 (sounds)",
    ),
}


@dataclass(frozen=True)
class Dialect:
    """One value for each of SWITCHES."""

    singleton_put: str = "merged"
    queue_agent_ref: str = "auto"
    scheme: str = "auto"
    null_choice: str = "null"
    option_default_rule: str = "hidden"
    new_rule_position: str = "unknown"
    rule_list_order: str = "unknown"
    query_time: str = "utc"
    sound_content: str = "auto"

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Dialect:
        """The dialect with the given overrides; absent and null ones keep their default."""
        return cls(**{f.name: given[f.name] for f in fields(cls) if given.get(f.name) is not None})
