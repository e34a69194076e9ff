# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What new options start with is only assumed (semantics.md section 9 (6)): a wrong assumption is told and mended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.inprocess import call, fits, planned, sent
from tests.emulator.server import Emulator

MAIN = 'extension "300" > IVR context "main"'


def option(digits: str, *times: int) -> dict[str, Any]:
    return {"digits": digits, "rules": [{"action": "play_silence", "silence_time": time} for time in times]}


def menu(*options: dict[str, Any]) -> dict[str, Any]:
    context = {"name": "main", "options": list(options)}
    return {"extensions": [{"number": "300", "ivr": {"entry_context": "main", "contexts": [context]}}]}


DOCUMENT = menu(option("1", 100, 200), option("2", 300), option("3", 400, 500, 600))


def silences(pbx: Emulator) -> dict[str, list[int | None]]:
    """By option, how long each of its rules is silent; a hangup is not at all."""
    ivr = next(one for one in pbx.state()["extensions"] if one["number"] == "300")
    options = [found for context in ivr["contexts"] for found in context["options"] if found["digits"] in "123"]
    return {found["digits"]: [rule.get("silence_time") for rule in found["rules"]] for found in options}


def run(pbx: Emulator, assumed: str) -> dict[str, Any]:
    return call(pbx, "pbx_tenant", {**DOCUMENT, "dialect": {"option_default_rule": assumed}})


@pytest.mark.parametrize(
    ("starts", "assumed", "found", "expected"), [("visible", "hidden", 1, 0), ("hidden", "visible", 0, 1)]
)
def test_a_wrong_assumption_is_told_and_put_right(
    pbx: Emulator, starts: str, assumed: str, found: int, expected: int
) -> None:
    pbx.set_dialect(option_default_rule=starts)
    result = run(pbx, assumed)
    assert result.get("msg") is None
    told = [warning for warning in result["warnings"] if "started with" in warning]
    assert told == [
        f'{MAIN} > IVR option "1" and 2 more started with {found} rules instead of {expected}, so their rules were '
        f"planned anew; set dialect option_default_rule to {starts} to have the preview say so beforehand"
    ]
    assert silences(pbx) == {"1": [100, 200], "2": [300], "3": [400, 500, 600]}
    # What is planned anew keeps its place: everything that is pointed at is there before anything is deleted.
    phases = [request.method for request in sent(pbx) if request.method != "GET"]
    assert "DELETE" not in phases[: len(phases) - phases[::-1].index("PUT") - 1]
    assert fits(planned(result), [request for request in sent(pbx) if request.method != "GET"])
    pbx.clear_log()
    again = run(pbx, starts)
    assert (again["changed"], pbx.writes()) == (False, [])


@pytest.mark.parametrize("starts", ["visible", "hidden"])
def test_a_right_assumption_needs_no_word(pbx: Emulator, starts: str) -> None:
    pbx.set_dialect(option_default_rule=starts)
    preview = call(pbx, "pbx_tenant", {**DOCUMENT, "dialect": {"option_default_rule": starts}}, check=True)
    pbx.clear_log()
    result = run(pbx, starts)
    assert [warning for warning in result["warnings"] if "started with" in warning] == []
    assert silences(pbx) == {"1": [100, 200], "2": [300], "3": [400, 500, 600]}
    assert fits(planned(preview), [request for request in sent(pbx) if request.method != "GET"])


@pytest.mark.parametrize(("assumed", "orders"), [("unknown", 1), ("last", 0), ("first", 1)])
def test_an_order_is_sent_unless_new_rules_are_known_to_come_last(pbx: Emulator, assumed: str, orders: int) -> None:
    pbx.set_dialect(new_rule_position="first" if assumed == "first" else "last")
    options = {"dialect": {"new_rule_position": assumed}}
    for times in ((100,), (100, 200)):
        pbx.clear_log()
        result = call(pbx, "pbx_tenant", {**menu(option("1", *times)), **options})
        assert result.get("msg") is None
    assert silences(pbx) == {"1": [100, 200]}
    assert len([entry for entry in pbx.writes() if entry["path"].endswith("/order/")]) == orders
