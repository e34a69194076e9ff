# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module under every behaviour that documentation leaves open: it converges, and its preview is true."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases import CASES
from tests.cases.case import Case
from tests.cases.inprocess import MODULES, about, call, connections, finds, fits, planned, prepared, sent
from tests.emulator.dialect import SWITCHES
from tests.emulator.server import Emulator

DEFAULTS: dict[str, str] = {}
# All that is not the default, at once; a switch with a third value has it in the second one.
OTHERS = {name: switch.values[1] for name, switch in SWITCHES.items()}
LASTS = {name: switch.values[-1] for name, switch in SWITCHES.items()}
# Every module under everything that can differ takes minutes.
ALL = int(os.environ.get("PBX_TEST_EXAMPLES", "12")) >= 100
# How an answer travels, and how it spells ids, is the same for every module, and among all that differs at once.
SINGLE = [
    {name: value}
    for name, switch in SWITCHES.items()
    for value in switch.values[1:]
    if name not in ("accept_encoding", "compression", "id_spelling")
]

# Behaviours that no client can find out by itself: an option names each of them.
TOLD = {
    ("null_choice", "none"): {"null_choice": "none"},
    ("option_default_rule", "visible"): {"option_default_rule": "visible"},
    ("query_time", "user"): {"query_time": "user"},
    ("sound_content", "converted"): {"sound_content": "converted"},
}


def name_of(dialect: dict[str, str]) -> str:
    if len(dialect) == 1:
        return "-".join(*dialect.items())
    return {id(DEFAULTS): "default", id(OTHERS): "others", id(LASTS): "lasts"}[id(dialect)]


def client_options(dialect: dict[str, str]) -> dict[str, str]:
    """The client's option for a behaviour of the server."""
    return {name: value for pair in dialect.items() for name, value in TOLD.get(pair, {}).items()}


@pytest.fixture
def pbx(emulator: Emulator) -> Iterator[Emulator]:
    with connections():
        yield emulator


def rhythm(pbx: Emulator, case: Case, options: dict[str, object], folder: Path) -> None:
    """Preview, run and run again each step of a case."""
    for step in case.steps:
        args = {**case.args(step.args), **options}
        preview = call(pbx, case.module, args, check=True, memory=str(folder / "memory"))
        assert pbx.writes() == [], step.name
        shutil.rmtree(folder / "memory", ignore_errors=True)
        pbx.clear_log()
        real = call(pbx, case.module, args)
        assert not real.get("failed"), (step.name, real["msg"])
        writes = [request for request in sent(pbx) if request.method != "GET"]
        assert real["warnings"] == preview["warnings"] == [], step.name
        assert finds(case, step, real), step.name
        assert fits(planned(preview), writes), step.name
        assert fits(planned(real), writes), step.name
        assert preview.get("diff") == real.get("diff"), step.name
        assert preview["changed"] is real["changed"] is step.changes, step.name
        assert bool(writes) is bool(step.writes), step.name
        pbx.clear_log()
        again = call(pbx, case.module, args)
        assert again["changed"] is not step.settles, step.name
        assert len(pbx.writes()) == len([request for request in step.again if request.method != "GET"]), step.name
        assert again["warnings"] == [], step.name
        pbx.clear_log()


@pytest.mark.every_case
@pytest.mark.parametrize("dialect", [DEFAULTS, *SINGLE, OTHERS, LASTS], ids=name_of)
def test_every_module_converges(pbx: Emulator, dialect: dict[str, str], tmp_path: Path) -> None:
    """A read-only module runs under all differences at once, and not under each single one.

    A module that writes also runs under a sixth of the single differences, each module under another sixth, unless
    PBX_TEST_EXAMPLES asks for all.
    """
    options = {"dialect": client_options(dialect)}
    for number, case in enumerate(CASES.values()):
        if dialect in SINGLE and not (
            MODULES[case.module].writes and (ALL or (number + SINGLE.index(dialect)) % 6 == 0)
        ):
            continue
        pbx.reset(seed="bare")
        pbx.set_dialect(**dialect)
        prepared(pbx, case, **options)
        with about(case.module):
            rhythm(pbx, case, options, tmp_path)


def test_an_option_that_starts_with_a_rule_unasked_is_planned_anew(pbx: Emulator) -> None:
    """The one assumption whose failure shows only after the first write: the run goes on, and names the remedy."""
    pbx.reset(seed="bare")
    pbx.set_dialect(option_default_rule="visible")
    case = CASES["pbx_ivr_option"]
    prepared(pbx, case)
    args = case.args(case.steps[0].args)
    result = call(pbx, case.module, args)
    place = 'extension "5015" > IVR context "main" > IVR option "*#1"'
    assert result["warnings"] == [
        f"{place} started with 1 rule instead of 0, so its rules were planned again; "
        "set dialect option_default_rule to visible to have the preview say so beforehand"
    ]
    assert [rule["action"] for rule in result["ivr_option"]["rules"]] == ["play_sound", "jump_to_context"]
    pbx.clear_log()
    assert call(pbx, case.module, args)["changed"] is False
    assert pbx.writes() == []


def test_a_choice_is_cleared_in_the_spelling_that_the_server_takes(pbx: Emulator) -> None:
    pbx.reset(seed="bare")
    pbx.set_dialect(null_choice="none")
    args = {"extension_id": 5001, "record_format": "wav"}
    assert call(pbx, "pbx_phone", args)["changed"]
    clear = {"extension_id": 5001, "unset": ["record_format"]}
    refused = call(pbx, "pbx_phone", clear)
    assert "refused with 400, the server says: record_format: must be a string" in refused["msg"]
    assert refused["changed"] is False
    told_so = call(pbx, "pbx_phone", {**clear, "dialect": {"null_choice": "none"}})
    assert told_so["phone"]["record_format"] is None
