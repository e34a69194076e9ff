# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole tenants made up by hypothesis, from any state to any document, under any mixture of a PBX's behaviours."""

from __future__ import annotations

import difflib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from ansible_collections.telops.pbx.plugins.module_utils._engine.apply import pool
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.documents import Document, documents, purges
from tests.cases.inprocess import call, connections, fits_in_any_order, planned, sent
from tests.cases.shuffled import Shuffled
from tests.emulator.dialect import SWITCHES
from tests.emulator.server import Emulator
from tests.integration.invariants import broken, silent
from tests.integration.test_dialects import client_options

# How many tenants each property is tried on; a search for rare ones takes thousands.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "12"))
FREE = {"max_delete_share": 100, "live_traffic": "allow"}
SETTINGS = ("phone", "queue", "fax", "conference", "ivr")
DIALECTS = st.fixed_dictionaries({name: st.sampled_from(switch.values) for name, switch in SWITCHES.items()})

tried = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate] if EXAMPLES < 100 else list(Phase),
)


@pytest.fixture(scope="module")
def recorder() -> Iterator[Emulator]:
    with Emulator(seed="new", record_states=True) as running, connections():
        yield running


# How many requests may be under way, and which of them arrives next, or is answered next.
NETWORKS = st.tuples(st.sampled_from([8, 2, 1]), st.integers(0, 1 << 32))
STRAIGHT = pool.pool_of


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeats without the pauses between them."""
    monkeypatch.setattr(client_module, "BACKOFF", 0.0)


class Tenant:
    """One tenant of a PBX with a dialect of its own, in the state that a document made."""

    def __init__(self, pbx: Emulator, dialect: dict[str, str], folder: Path) -> None:
        self.pbx = pbx
        self._memory = folder / "memory"
        self._dialect = dialect
        self._options: dict[str, Any] = {"dialect": client_options(dialect)}
        self.start()

    def over(self, network: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
        """Let requests and answers overtake one another from here on."""
        self._options["parallel"] = network[0]
        chance = Random(network[1])  # noqa: S311
        monkeypatch.setattr(pool, "pool_of", lambda width: Shuffled(chance))

    def start(self, document: Document | None = None) -> None:
        """Begin anew. Hypothesis looks for another example where this document is refused."""
        pool.pool_of = STRAIGHT
        self.pbx.reset(seed="new")
        self.pbx.set_dialect(**self._dialect)
        if document:
            assume(not self.real(document).get("failed"))
        self.pbx.clear_log()

    def another(self) -> None:
        """Talk to a new tenant of the same PBX from here on."""
        self._options["access_token"] = self.pbx.add_client(seed="new")["access_token"]
        self.pbx.clear_log()

    def preview(self, document: Document, **more: Any) -> dict[str, Any]:
        shutil.rmtree(self._memory, ignore_errors=True)
        found = self._call(document, check=True, memory=str(self._memory), **more)
        assert self.pbx.writes() == []
        self.pbx.clear_log()
        return found

    def real(self, document: Document, **more: Any) -> dict[str, Any]:
        return self._call(document, **more)

    def undo(self, file: Path, **more: Any) -> dict[str, Any]:
        return self._call({}, undo_from=str(file), **more)

    def export(self) -> Document:
        found = call(self.pbx, "pbx_tenant_info", self._options)
        assert not found.get("failed"), found["msg"]
        assert found["unresolved"] == []
        return dict(found["tenant"])

    def settled(self, document: Document) -> None:
        """A document that is converged already costs no write."""
        self.pbx.clear_log()
        again = self.real(document)
        assert (again.get("msg"), again["changed"], planned(again)) == (None, False, [])
        assert self.pbx.writes() == []

    @staticmethod
    def noticed(result: dict[str, Any]) -> list[str]:
        """The warnings of a run, without those of documents that by chance dial extensions that they do not have, or
        give a rule a name with a blank at its end."""
        by_chance = ("no extension has the number", "begins or ends with a blank")
        return [warning for warning in result["warnings"] if not any(words in warning for words in by_chance)]

    def _call(self, document: Document, check: bool = False, memory: str | None = None, **more: Any) -> dict[str, Any]:
        return call(self.pbx, "pbx_tenant", {**document, **FREE, **self._options, **more}, check, memory)


FAULTS = ["cut_before", "cut_after", "cut_within", "status", "invalid_json"]


@tried
@given(documents(), documents(), purges(), DIALECTS, NETWORKS)
def test_any_state_becomes_any_document(
    recorder: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory,
    before: Document, after: Document,
    purge: list[str], dialect: dict[str, str], network: tuple[int, int],
) -> None:  # fmt: skip
    """The plan is the requests, nobody falls into a hole on the way, and there it stays."""
    tenant = Tenant(recorder, dialect, tmp_path_factory.getbasetemp())
    tenant.start(before)
    start = recorder.state()
    tenant.over(network, monkeypatch)
    preview = tenant.preview(after, purge=purge)
    real = tenant.real(after, purge=purge)
    assert real.get("msg") == preview.get("msg")
    writes = [request for request in sent(recorder) if request.method != "GET"]
    if real.get("failed"):
        assert writes == []
        return
    assert tenant.noticed(real) == tenant.noticed(preview) == []
    assert fits_in_any_order(planned(preview), writes)
    assert fits_in_any_order(planned(real), writes)
    assert [(one["action"], one["object"]) for one in real["plan"]] == [
        (one["action"], one["object"]) for one in preview["plan"]
    ]
    assert preview["diff"] == real["diff"]
    assert preview["counts"] == real["counts"]
    assert real["changed"] is bool(writes)
    states = recorder.states()
    assert len(states) == len(writes)
    answering = silent(start)
    for entry, state in states:
        assert broken(state) == [], entry
        emptied = {option for option in silent(state) - answering if option in places(start)}
        assert emptied <= silent(states[-1][1]), entry
    tenant.settled({**after, "purge": purge})


def places(state: dict[str, Any]) -> set[tuple[str, str, str]]:
    """All options of all menus."""
    return {
        (extension["number"], context["name"], option["digits"])
        for extension in state["extensions"]
        for context in extension["contexts"]
        for option in context["options"]
    }


@tried
@given(documents(), DIALECTS)
def test_an_export_is_the_tenant(
    recorder: Emulator, tmp_path_factory: pytest.TempPathFactory, document: Document, dialect: dict[str, str]
) -> None:
    """Applied it changes nothing, and on an empty tenant it makes one whose export is the same."""
    tenant = Tenant(recorder, dialect, tmp_path_factory.getbasetemp())
    tenant.start(document)
    export = tenant.export()
    assert list(export) == list(tenant.export())
    tenant.settled(export)
    tenant.another()
    made = tenant.real(export)
    assert made.get("msg") is None
    assert tenant.noticed(made) == []
    assert repr(tenant.export()) == repr(export)


@tried
@given(documents(), documents(), st.integers(1, 40), st.sampled_from(FAULTS), DIALECTS, NETWORKS)
def test_a_run_that_dies_is_finished_by_the_next(
    recorder: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory,
    before: Document, after: Document,
    nth: int, fault: str, dialect: dict[str, str], network: tuple[int, int],
) -> None:  # fmt: skip
    """Whichever request is the last one, and whether it arrived: no duplicates, and the same end."""
    tenant = Tenant(recorder, dialect, tmp_path_factory.getbasetemp())
    tenant.start(before)
    assume(not tenant.real(after).get("failed"))
    smooth = tenant.export()
    tenant.start(before)
    tenant.over(network, monkeypatch)
    recorder.fault(fault, method="[PD]*", nth=nth, count=1)
    recorder.fault("cut_before", method="[PD]*", nth=nth, count=0)
    planned_steps = len(tenant.preview(after)["plan"])
    died = tenant.real(after)
    if died.get("failed"):
        told_of = [*died["done"], *died["left"], *died.get("unknown", [])]
        assert len(told_of) == planned_steps or "option_default_rule" in str(died["warnings"])
        assert len(died["done"]) <= len(recorder.states()) <= len(died["done"]) + len(died.get("unknown", []))
    for entry, state in recorder.states():
        assert broken(state) == [], entry
    recorder.clear_faults()
    finished = tenant.real(after)
    assert finished.get("msg") is None
    # Nothing is left to do where the last requests, of which nobody knows, have arrived.
    assert finished["changed"] or not died.get("failed") or (died.get("unknown") and not died["left"])
    assert repr(clears_told_alike(tenant.export())) == repr(clears_told_alike(smooth))
    tenant.settled(after)


@tried
@given(documents(), documents(), purges(), st.integers(0, 40), st.sampled_from(FAULTS), NETWORKS)
def test_an_undo_brings_back_what_was_there(
    recorder: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory,
    before: Document, after: Document, purge: list[str], nth: int, fault: str, network: tuple[int, int],
) -> None:  # fmt: skip
    """After a run that failed at any request, or did not; and an undo of the undo is the run again."""
    folder = tmp_path_factory.mktemp("undo")
    tenant = Tenant(recorder, {name: switch.values[0] for name, switch in SWITCHES.items()}, folder)
    tenant.start(before)
    was = tenant.export()
    tenant.over(network, monkeypatch)
    if nth:
        recorder.fault(fault, method="[PD]*", nth=nth, count=1)
        recorder.fault("cut_before", method="[PD]*", nth=nth, count=0)
    run = tenant.real(after, purge=purge, undo_file=str(folder / "undo.json"))
    recorder.clear_faults()
    if not (folder / "undo.json").exists():
        assert run.get("failed") or not run["changed"]
        return
    lost = json.loads((folder / "undo.json").read_text(encoding="utf-8"))["lost"]
    changed = tenant.export()
    undone = tenant.undo(folder / "undo.json", undo_file=str(folder / "redo.json"))
    assert undone.get("msg") is None
    if not lost:
        assert not (found := differing(was, tenant.export())), "\n".join(found)
        if undone["changed"]:
            again = json.loads((folder / "redo.json").read_text(encoding="utf-8"))["lost"]
            redone = tenant.undo(folder / "redo.json")
            assert redone.get("msg") is None
            if not again:
                assert not (found := differing(changed, tenant.export())), "\n".join(found)


def differing(one: Document, other: Document) -> list[str]:
    """The lines in which two exports differ."""
    texts = [json.dumps(clears_told_alike(found), indent=1).splitlines() for found in (one, other)]
    return list(difflib.unified_diff(*texts, lineterm="", n=1))


def clears_told_alike(document: Document) -> Document:
    """The document with null for each setting that a PBX may answer with its printed default where it is cleared.

    A new extension is told to clear a setting; of one that an earlier run has made, the PBX says already that the
    setting has its default, and nothing is sent.
    """
    return {
        **document,
        "extensions": [
            {name: _clears(NOUNS[name], value) if name in SETTINGS else value for name, value in extension.items()}
            for extension in document.get("extensions", [])
        ],
    }


def _clears(noun: Noun, settings_: dict[str, Any]) -> dict[str, Any]:
    cleared = {field.name for field in noun.fields if settings_.get(field.name) in field.defaults}
    return {name: None if name in cleared & set(noun.clearable) else value for name, value in settings_.items()}
