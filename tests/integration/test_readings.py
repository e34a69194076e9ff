# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The results of the reading modules, compared with those of the writing modules of the same nouns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._engine.read.named import OWNER, name_keys
from ansible_collections.telops.pbx.plugins.module_utils._model.addresses import NAMES
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import Mask
from tests.cases import CASES
from tests.cases.case import PHONE, Args
from tests.cases.inprocess import MODULES, call, prepared
from tests.emulator.recorded import NEWER
from tests.emulator.server import Emulator
from tests.integration.test_dialects import DEFAULTS, LASTS, OTHERS, client_options, name_of


def noun_of(module: str) -> Noun | None:
    return getattr(MODULES.get(module), "noun", None)


WRITERS = [name for name in CASES if noun_of(name) and noun_of(name) is noun_of(f"{name}_info")]


def place_of(module: str, args: Args) -> Args:
    """Those of the arguments that say where an object lives."""
    written, read = MODULES[module].options(), MODULES[f"{module}_info"].options()
    parents = [name for name, option in read.items() if option.get("required")]
    names = {n for name in parents for n in (name, *written[name].get("aliases", []))}
    names |= read.keys() & {"extension", "extension_id", "side"}
    return {name: value for name, value in args.items() if name in names}


def test_there_are_nouns_that_are_both_written_and_read() -> None:
    assert {"pbx_agent", "pbx_ivr_rule", "pbx_queue"} <= set(WRITERS)


def without_names(noun: Noun, one: dict[str, Any], args: Args) -> dict[str, Any]:
    """An object as it is read, without the names beside the ids.

    A name stands exactly where an id does, except that of the extension that the task has named by its id.
    """
    names = name_keys(noun)
    ids = {key: None if f.name == OWNER and OWNER in args else one[f.answered_as] for key, f in names.items()}
    assert {key: bool(one[key]) for key in names} == {key: bool(value) for key, value in ids.items()}
    return {key: value for key, value in one.items() if key not in names}


def check(pbx: Emulator, module: str, options: Args, **mode: Any) -> dict[str, Any]:
    """Whether the result of a module's first step is among the objects that are then read: the object as it is read."""
    case, noun = CASES[module], MODULES[module].noun
    prepared(pbx, case, **options)
    args = {**case.args(case.steps[0].args), **options}
    written = call(pbx, module, args, **mode)[MODULES[module].returned]
    for section, _kind in noun.contains:
        written.pop(section, None)
    reader = f"{module}_info"
    found = call(pbx, reader, {**place_of(module, args), **options}, **mode)[MODULES[reader].returned]
    assert written
    for one in [found] if noun.singleton else found:
        shown_values = without_names(noun, one, args)
        # Modules that write mask the addresses that they return.
        masked = Mask(pbx.access_token).fields(shown_values, NAMES)
        if shown_values.keys() >= written.keys() and {name: masked[name] for name in written} == written:
            # A preview returns null for a value that it does not know.
            assert all(value is None for name, value in shown_values.items() if name not in written)
            return dict(one)
    raise AssertionError((written, found))


@pytest.mark.parametrize("dialect", [DEFAULTS, OTHERS, LASTS], ids=name_of)
@pytest.mark.parametrize("module", WRITERS)
def test_what_was_written_is_read_the_same(pbx: Emulator, module: str, dialect: dict[str, str]) -> None:
    pbx.set_dialect(**dialect)
    check(pbx, module, {"dialect": client_options(dialect)})


@pytest.mark.parametrize("module", WRITERS)
def test_a_preview_reads_what_it_would_have_written(pbx: Emulator, module: str, tmp_path: Path) -> None:
    preview = check(pbx, module, {}, check=True, memory=str(tmp_path / "memory"))
    assert pbx.writes() == []
    pbx.reset(seed="bare")
    real = check(pbx, module, {})
    noun = MODULES[module].noun
    # A preview knows the keys that are documented.
    assert real.keys() == preview.keys() | set(NEWER.get(noun.name.capitalize(), ()))
    names = {key: f for key, f in name_keys(noun).items() if preview[f.answered_as]}
    assert {key: preview[key] for key in names} == {key: real[key] for key in names}


def test_a_preview_reads_nothing_that_it_would_have_deleted(pbx: Emulator, tmp_path: Path) -> None:
    agent = {"extension_id": PHONE, "name": "Anna"}
    identity = call(pbx, "pbx_agent", agent)["agent"]["id"]
    mode: dict[str, Any] = {"check": True, "memory": str(tmp_path / "memory")}
    call(pbx, "pbx_agent", {**agent, "wrap_up_time": 7}, **mode)
    one = {"extension_id": PHONE, "id": str(identity)}
    assert [a["wrap_up_time"] for a in call(pbx, "pbx_agent_info", one, **mode)["agents"]] == [7]
    call(pbx, "pbx_agent", {**agent, "state": "absent"}, **mode)
    for args in (one, {"extension_id": PHONE}):
        assert call(pbx, "pbx_agent_info", args, **mode)["agents"] == []
        assert len(call(pbx, "pbx_agent_info", args)["agents"]) == 1


def test_a_preview_reads_nothing_of_a_list_that_it_would_have_emptied(pbx: Emulator, tmp_path: Path) -> None:
    case = CASES["pbx_event"]
    prepared(pbx, case)
    args = case.args(case.steps[0].args)
    place = place_of("pbx_event", args)
    assert call(pbx, "pbx_event", args)["changed"]
    mode: dict[str, Any] = {"check": True, "memory": str(tmp_path / "memory")}
    call(pbx, "pbx_event", {**place, "state": "absent", "all": True}, **mode)
    assert call(pbx, "pbx_event_info", place, **mode)["events"] == []
    assert call(pbx, "pbx_event", args, **mode)["changed"]
    assert len(call(pbx, "pbx_event_info", place, **mode)["events"]) == 1
