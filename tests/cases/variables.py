# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files of variables as Ansible reads them, and templates as it fills them in, in this process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

try:
    from ansible.template import trust_as_template
except ImportError:
    # Until ansible-core 2.18, every text is trusted that is not marked.
    def trust_as_template(value: str) -> str:
        return value


def read(folder: Path) -> dict[str, Any]:
    """All variables of the files in a folder."""
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yml")):
        found.update(DataLoader().load_from_file(str(path), cache="none"))
    return found


def filled_in(template: str, variables: Mapping[str, Any]) -> Any:
    """The value of a template, as a task would get it."""
    return Templar(DataLoader(), variables=dict(variables)).template(trust_as_template(template))


def document(folder: Path) -> dict[str, Any]:
    """The document in a folder, as the role ``tenant`` hands it to the module."""
    found = read(folder)
    return {
        name.removeprefix("pbx_"): filled_in("{{ " + name + " | default(omit) }}", {"omit": "", **found})
        for name in found
    }
