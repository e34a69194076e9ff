# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshots of a tenant as it was read, and as a plan leaves it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, reject, settings

from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.settings import Settings
from ansible_collections.telops.pbx.plugins.module_utils._engine.engine import Engine
from ansible_collections.telops.pbx.plugins.module_utils._engine.errors import InputError
from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.guards import Limits
from ansible_collections.telops.pbx.plugins.module_utils._engine.plan.outcome import Outcome
from ansible_collections.telops.pbx.plugins.module_utils._model.dialect import Dialect
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import document_of, of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.place import Place
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Key, NamedItem, Snapshot
from tests.cases.documents import Document, documents, purges
from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator

# How many pairs of tenants are tried.
EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "4"))
FREE = {"max_delete_share": 100, "live_traffic": "allow"}
tried = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
Lists = dict[Key, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def pbx() -> Iterator[Emulator]:
    with Emulator(seed="new") as running, connections():
        yield running


def engine(pbx: Emulator, check: bool = True) -> Engine:
    client = Client(Settings(api_url=pbx.url, access_token=pbx.access_token), read_only=check)
    return Engine(client, Dialect(), check)


def tenant(pbx: Emulator) -> Snapshot:
    return engine(pbx).snapshot(whole=True)


def contents(snapshot: Snapshot) -> Lists:
    """Everything but the words for the places of objects, and whether an omitted value is known to be unset."""
    found = {key: [shown(item) for item in items] for key, items in snapshot.lists.items()}
    return {key: items for key, items in found.items() if items}


def shown(item: NamedItem) -> dict[str, Any]:
    values = {name: value for name, value in item.values.items() if value not in (None, (), "")}
    return {"name": item.name, "hidden": sorted(item.hidden), **values}


def planned(pbx: Emulator, document: dict[str, Any], check: bool = True, **options: Any) -> Outcome:
    """The outcome of a document."""
    found: list[Outcome] = []
    root, wrong = parse(document)
    assert not wrong

    def examine(outcome: Outcome) -> list[str]:
        # A real run changes the lists that it holds, and a snapshot stays as it is.
        assert outcome.before.lists is not outcome.after.lists
        found.append(outcome)
        return []

    engine(pbx, check).converge(root, Place(), examine=examine, whole=True, **options)
    return found[0]


@pytest.mark.parametrize("seed", ["demo", "bare", "empty"])
def test_a_tenant_that_was_read_is_what_its_export_says(seed: str) -> None:
    with Emulator(seed=seed) as pbx:
        found = tenant(pbx)
        export = call(pbx, "pbx_tenant_info", {})["tenant"]
    wanted = of_document(parse(export)[0], complete=True)
    assert contents(found) == contents(wanted)
    assert found.ordered == wanted.ordered
    assert wanted.known - found.known == frozenset()
    assert document_of(found) == document_of(wanted) == export
    assert all(item.whole for items in found.lists.values() for item in items)


def test_what_was_not_read_is_not_known() -> None:
    with Emulator() as pbx:
        found = engine(pbx)
        found.reader.extensions()
        snapshot = found.snapshot()
    assert snapshot.known == {Key("extension", ())}
    assert not snapshot.knows("incom_rule", ("300",))


@tried
@given(documents(), documents(), purges())
def test_after_is_what_the_real_run_leaves(pbx: Emulator, before: Document, after: Document, purge: list[str]) -> None:
    pbx.reset(seed="new")
    assume(not call(pbx, "pbx_tenant", before | FREE).get("failed"))
    limits = Limits(max_delete_share=100, live_traffic="allow")
    try:
        preview = planned(pbx, after, purge=purge, limits=limits)
        outcome = planned(pbx, after, check=False, purge=purge, limits=limits)
    except InputError:
        reject()
    assert contents(preview.before) == contents(outcome.before)
    assert contents(preview.after) == contents(outcome.after)
    arrived = tenant(pbx)
    assert sorted(outcome.after.known - arrived.known) == []
    expect_within(outcome.after, arrived)
    assert document_of(arrived) == call(pbx, "pbx_tenant_info", {})["tenant"]


def expect_within(expected: Snapshot, arrived: Snapshot) -> None:
    """All that is expected is there, in its order; settings of new objects may hold more."""
    found = contents(arrived)
    for key, items in contents(expected).items():
        assert [one["name"] for one in found[key]] == [one["name"] for one in items], key
        for wanted, there in zip(items, found[key], strict=True):
            # A password cannot be read back.
            assert {**there, **wanted, "hidden": []} == {**there, "hidden": []}, key


def test_names_that_only_an_extension_tells_are_read_too(pbx: Emulator) -> None:
    pbx.reset(seed="demo")
    pbx.fault("status", method="GET", path="/client/@me/sound/", status=403, count=0)
    assert not call(pbx, "pbx_phone", {"extension": "101", "vm_greeting": "Welcome"}).get("failed")
    phone = tenant(pbx).settings("phone", ("101",))
    assert phone
    assert phone.value("vm_greeting") == "Welcome"
