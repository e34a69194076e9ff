# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make draft-<name>`` drafts every noun, and takes its sentences from the declaration of that noun."""

from __future__ import annotations

import pytest

from tests.tools.draft import NounDraft

from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import NounBinding  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.noun import Noun  # isort: skip


def draft_of(module: str) -> NounDraft:
    binding = MODULES[module]
    assert isinstance(binding, NounBinding)
    return NounDraft(module, binding)


@pytest.mark.parametrize(
    ("module", "short", "description"),
    [
        ("pbx_agent", "Manage the agents of a phone", "Creates, changes, and deletes the agents of a phone."),
        ("pbx_event_info", "List the events of an extension", "Lists the events of an extension."),
        ("pbx_did", "Manage the DIDs of the tenant", "Creates, changes, and deletes the DIDs of the tenant."),
        ("pbx_ani_info", "Read the ANI of an extension", "Reads the ANI of an extension."),
        ("pbx_phone", "Configure a phone", "Changes a phone."),
    ],
)
def test_the_first_sentences_name_the_noun_and_its_owner(module: str, short: str, description: str) -> None:
    draft = draft_of(module).documentation()
    assert draft["short_description"] == short
    assert draft["description"] == [description]


def test_every_shape_of_noun_can_be_drafted() -> None:
    """Singletons, nouns of the tenant, and nouns with options that their model lacks."""
    for module, binding in MODULES.items():
        if isinstance(binding, NounBinding) and isinstance(binding.noun, Noun):
            options = draft_of(module).documentation()["options"]
            assert all(option["description"] for option in options.values()), module
