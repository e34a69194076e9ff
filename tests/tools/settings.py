# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The variables of a host beside its document: connection, guards, and settings of the playbooks."""

from __future__ import annotations

from functools import cache
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._entry import CONNECTION
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._model.document import TENANT
from tests.tools.module_words import documentation, plain, role_documentation

PLAYBOOKS: dict[str, tuple[dict[str, Any], str]] = {
    "hosts": ({"type": "str"}, "The hosts that a playbook works on; all if not set. Given with `-e`."),
    "serial": (
        {"type": "str"},
        "How many tenants are a batch, or which share of them, or a list, such as `[1, 10%, 100%]`. Given with `-e`.",
    ),
    "max_fail_percentage": (
        {"type": "int"},
        "How many of a hundred tenants of a batch may fail; if more do, no further batch begins. Given with `-e`.",
    ),
    "throttle": ({"type": "int"}, "How many tenants are worked on at once, at most. Given with `-e`."),
    "export_contents": ({"type": "bool"}, "Whether `telops.pbx.export` writes the contents of sounds, too."),
    "history_since": (
        {"type": "str"},
        "The first day that `telops.pbx.history` shows, as 2026-01-31. Given with `-e`.",
    ),
    "history_until": ({"type": "str"}, "The last day that `telops.pbx.history` shows. Given with `-e`."),
    "new_tenant": ({"type": "str"}, "The host that `telops.pbx.new_tenant` writes. Given with `-e`."),
    "new_tenant_kind": (
        {"type": "str", "choices": ["office", "clinic", "hotel", "shop", "on_call"]},
        "The skeleton that `telops.pbx.new_tenant` writes. Given with `-e`.",
    ),
    "new_tenant_group": (
        {"type": "str"},
        "The group in whose variables `telops.pbx.new_tenant` keeps the document. Given with `-e`.",
    ),
    "compare_with": ({"type": "str"}, "The host with which `telops.pbx.compare` compares the document."),
    "history_all": ({"type": "bool"}, "Whether `telops.pbx.history` shows runs without changes. Given with `-e`."),
    "offline": ({"type": "bool"}, "Whether `telops.pbx.check` looks at the document alone, and asks no PBX."),
    "flow_accept": (
        {"type": "list", "elements": "dict"},
        "Findings of `telops.pbx.check` that are as they should be, each with `check`, `place` and `because`.",
    ),
    "connection": ({"type": "dict"}, "Options of the connection, instead of the variables for each of them."),
}


@cache
def settings() -> dict[str, tuple[dict[str, Any], str]]:
    """Each by its name without the prefix: the option that it becomes, and its description.

    Raises LookupError with the remedy if an option has none.
    """
    sections = {section for section, dummy in TENANT.contains}
    role = role_documentation("tenant")
    words = documentation("pbx_tenant")
    options = {name: one for name, one in MODULES["pbx_tenant"].options().items() if name not in sections}
    own = ("tenant_folder", "ignored_variables")
    if without := [name for name in options if name not in words]:
        raise LookupError(f"describe in DOCUMENTATION of plugins/modules/pbx_tenant.py: {', '.join(without)}")
    return {
        **{name: (option, plain(words[name])) for name, option in {**CONNECTION, **options}.items()},
        **{name: (role[f"pbx_{name}"], plain(role[f"pbx_{name}"])) for name in own},
        **PLAYBOOKS,
    }
