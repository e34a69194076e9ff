# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A rule for incoming calls (operations.json ``.../incom_rule/``; semantics.md section 5, incom_rule)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..destination import parts_of
from ..field import choice, destination, destinations, flag, items, number, reference, sound, text
from ..noun import Noun

MOST_DESTINATIONS = 10

CASCADE_NUMBER = (number("delay", required=True), destination("number", required=True))


def check_destinations(declared: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    """At most ten numbers ring at once with ``transfer`` (semantics.md section 5, extension numbers)."""
    destinations = parts_of(declared.get("transfer_dst"))
    if merged.get("type", merged.get("action")) != "transfer" or len(destinations) <= MOST_DESTINATIONS:
        return ()
    return (
        f"transfer_dst has {len(destinations)} numbers; transfer takes {MOST_DESTINATIONS} at the most, "
        f"simple_transfer takes more",
    )


def check_caller_id(declared: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    """A caller_id and the action that uses it need each other (semantics.md section 5, incom_rule)."""
    matching = merged.get("caller_id_action") in ("matches", "not_matches")
    if declared.get("caller_id_action") and matching and not merged.get("caller_id"):
        return (f"caller_id_action {merged['caller_id_action']} needs a caller_id",)
    if declared.get("caller_id") and not matching:
        return ("caller_id is looked at only with caller_id_action matches or not_matches; set one of them",)
    return ()


_TRANSFER = (
    ("transfer_dst",),
    ("transfer_timeout", "ignore_early_media", "enable_call_screening", "allow_public_transfer"),
)
_CASCADE = (("cascade_numbers",), _TRANSFER[1])

INCOM_RULE = Noun(
    name="incom_rule",
    title="incoming rule",
    path="/extension/{extension}/incom_rule/",
    ordered=True,
    checks=(check_destinations, check_caller_id),
    variant="type",
    variants={
        "busy": ((), ()),
        "hangup": ((), ()),
        "voicemail": ((), ()),
        "transfer": _TRANSFER,
        "simple_transfer": _TRANSFER,
        "playfile": (("playfile_sound",), ()),
        "cascade": _CASCADE,
        "simple_cascade": _CASCADE,
    },
    fields=(
        text("name"),
        choice(
            "type",
            "busy",
            "transfer",
            "hangup",
            "playfile",
            "voicemail",
            "cascade",
            "simple_transfer",
            "simple_cascade",
            required=True,
        ),
        flag("enabled", defaults=(True,)),
        flag("final", defaults=(True,)),
        reference("interval", "interval"),
        choice("call_status", "no_answer", "busy", "any", defaults=("any",)),
        choice("extension_status", "registered", "unreachable", "any", defaults=("any",)),
        choice("extension_call_status", "no_answer", "busy", "any", defaults=("any",)),
        choice("caller_id_action", "matches", "not_matches", "anonymous", "any", defaults=("any",)),
        text("caller_id", kind="pattern"),
        destinations("transfer_dst"),
        number("transfer_timeout", defaults=(60,)),
        flag("ignore_early_media", defaults=(True, False)),
        flag("enable_call_screening", defaults=(False,)),
        flag("allow_public_transfer", defaults=(False,)),
        sound("playfile_sound"),
        items("cascade_numbers", CASCADE_NUMBER, ordered=False),
        text("control_code", kind="keys"),
        number("id", read_only=True),
    ),
)
