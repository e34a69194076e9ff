# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The places of a tenant's objects, as messages write them."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.places import placed
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Snapshot
from tests.unit.state.test_document import MENU

TENANT = {**MENU, "extensions": [{**MENU["extensions"][0], "number": "101"}, MENU["extensions"][1]]}
PART = {
    "extensions": [{"number": "300", "ivr": {"contexts": [{"name": "main", "options": [{"digits": "2"}]}]}}],
    "dids": [{"name": "74950000101"}],
}


def unplaced() -> tuple[Snapshot, Snapshot]:
    """The whole tenant with the places of its document, and without any."""
    state = of_document(parse(TENANT)[0], complete=True)
    lists = {key: tuple(replace(item, where="") for item in items) for key, items in state.lists.items()}
    return state, replace(state, lists=lists)


def test_what_was_read_has_the_places_that_its_export_would_have() -> None:
    state, read = unplaced()
    assert placed(read) == state


def test_only_what_a_document_declares_has_a_position_in_it() -> None:
    found = placed(unplaced()[1], parse(PART)[0])
    assert sorted(item.where for items in found.lists.values() for item in items) == [
        'dids[0] "74950000101"',
        'extensions "101"',
        'extensions "101" > phone',
        'extensions[0] "300"',
        # Rules have no other place than their position.
        'extensions[0] "300" > incom_rules[0] "One"',
        'extensions[0] "300" > incom_rules[1]',
        'extensions[0] "300" > ivr',
        'extensions[0] "300" > ivr > contexts[0] "main"',
        'extensions[0] "300" > ivr > contexts[0] "main" > options "1"',
        'extensions[0] "300" > ivr > contexts[0] "main" > options "1" > rules[0]',
        'extensions[0] "300" > ivr > contexts[0] "main" > options[0] "2"',
        'intervals "Night"',
    ]
