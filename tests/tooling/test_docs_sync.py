# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make docs-sync`` writes all of a module's documentation that follows from a new field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import yaml

from tests.tools.docs_sync import _with_stubs
from tests.tools.field_texts import schemas

from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import NounBinding  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES  # isort: skip
from ansible_collections.telops.pbx.plugins.module_utils._model.field import text  # isort: skip
from ansible_collections.telops.pbx.plugins.modules.pbx_agent import DOCUMENTATION  # isort: skip


def test_a_new_field_gets_its_option_behind_the_field_before_it_and_can_be_cleared() -> None:
    binding = MODULES["pbx_agent"]
    assert isinstance(binding, NounBinding)
    doc: dict[str, Any] = yaml.safe_load(DOCUMENTATION)
    known = schemas(binding.noun)
    assert not _with_stubs(doc, binding, known)

    name, *others = binding.noun.fields
    skilled = replace(binding, noun=replace(binding.noun, fields=(name, text("skill"), *others)))
    assert _with_stubs(doc, skilled, {**known, "skill": {"description": "The skill of the agent."}})
    assert list(doc["options"])[:2] == ["name", "skill"]
    assert doc["options"]["skill"] == {"description": ["The skill of the agent."], "type": "str"}
    assert "skill" in doc["options"]["unset"]["choices"]
