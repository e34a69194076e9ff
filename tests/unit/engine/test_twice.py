# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One object that stands twice in a document is an error, however it is named."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.document import TENANT, Declared, parse
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.documents import Document
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

NAMES = ("102/B", "B", "701")


def sections(noun: Any, path: tuple[str, ...] = ()) -> Any:
    for section, kind in noun.contains:
        yield (*path, section), NOUNS[kind]
        yield from sections(NOUNS[kind], (*path, section))


def test_w3_every_key_that_refers_is_tried() -> None:
    """Only such a key can be spelled in two ways that a document alone cannot tell to be one."""
    found = {path[-1] for path, noun in sections(TENANT) if any(noun.by_name[name].refers_to for name in noun.key)}
    assert found == {"queue_agents"}


@pytest.fixture
def pbx(pbx: Emulator) -> Emulator:
    made = call(pbx, "pbx_agent", {"extension": "102", "name": "B"})
    assert str(made["agent"]["id"]) == NAMES[-1]
    return pbx


def document(first: str, second: str) -> Document:
    rows = [{"agent": first, "level": 1}, {"agent": second, "level": 2}]
    return {"extensions": [{"number": "200", "queue_agents": rows}]}


@pytest.mark.parametrize(("first", "second"), list(permutations(NAMES, 2)))
@pytest.mark.parametrize("there", [True, False], ids=["there", "new"])
@pytest.mark.parametrize("check", [True, False], ids=["preview", "run"])
def test_w3_one_object_named_in_two_ways(pbx: Emulator, first: str, second: str, there: bool, check: bool) -> None:
    if there:
        call(pbx, "pbx_queue_agent", {"extension": "200", "agent": "B"})
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", document(first, second), check=check)
    assert result["msg"] == (
        f'extensions[0] "200" > queue_agents[1] "{second}": the same queue agent stands at queue_agents[0] "{first}" '
        "already"
    )
    assert pbx.writes() == []


def test_w3_the_sentence_is_that_for_equal_spellings() -> None:
    dummy: Declared
    dummy, wrong = parse(document("B", "B"))
    assert wrong == [
        'extensions[0] "200" > queue_agents[1] "B": the same queue agent stands at queue_agents[0] "B" already'
    ]


def test_w3_an_agent_that_the_document_itself_makes(pbx: Emulator) -> None:
    made: Document = {"number": "103", "agents": [{"name": "C"}]}
    rows = document("103/C", "C")["extensions"]
    result = call(pbx, "pbx_tenant", {"extensions": [made, *rows]}, check=True)
    assert result["msg"] == (
        'extensions[1] "200" > queue_agents[1] "C": the same queue agent stands at queue_agents[0] "103/C" already'
    )


def test_w3_namesakes_are_two(pbx: Emulator) -> None:
    call(pbx, "pbx_agent", {"extension": "103", "name": "B"})
    assert call(pbx, "pbx_tenant", document("102/B", "103/B"))["changed"]
