# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of strangers, such as names on a PBX and cells of a list, which must not run as a template."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ansible import template

# Ansible from 2.19 on runs only text that is marked as a template; before, text had to be marked as none.
_MARKED = hasattr(template, "trust_as_template")


def as_data(value: Any) -> Any:
    """A value whose text is never a template."""
    return value if _MARKED else import_module("ansible.utils.unsafe_proxy").wrap_var(value)
