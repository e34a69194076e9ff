# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fleet of docs/closing-day.md, whose tenants are offices as telops.pbx.new_tenant writes them."""

from __future__ import annotations

import re
from typing import Any

from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from tests.tools.tree import ROOT

PAGE = ROOT / "docs" / "closing-day.md"
_SKELETON = ROOT / "playbooks" / "vars" / "new_tenant"
VARIABLES, DOCUMENT = ((_SKELETON / f"office_{part}.yml").read_text("utf-8") for part in ("variables", "document"))


def filled(*texts: str, **variables: Any) -> dict[str, Any]:
    """The options of pbx_tenant out of files of host variables; those of later files win, and then the variables."""
    loader = DataLoader()
    found: dict[str, Any] = {}
    for text in texts:
        found.update(loader.load(trust_as_template(text)))
    found.update(variables)
    templar = Templar(loader, variables=found)
    return {name.removeprefix("pbx_"): templar.template(value) for name, value in found.items() if name[:4] == "pbx_"}


def group_file() -> str:
    """The file of the page for all tenants, as printed."""
    [text] = re.findall(r"^`group_vars/all/closing.yml`\n\n```yaml\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    return str(text)


def tenant(number: str, **variables: Any) -> dict[str, Any]:
    """A tenant of the fleet: the page is of all tenants, and the skeleton of an office of one, which wins."""
    return filled(group_file(), VARIABLES, DOCUMENT, site_number=number, **variables)
