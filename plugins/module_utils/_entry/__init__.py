# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The only place that knows Ansible."""

from __future__ import annotations

from .._model.addresses import NAMES
from .._text.plain import plain
from .bindings import Binding
from .hosts import shared_tenant
from .run import AMONG, Run, run_module, settings_of
from .specs import CONNECTION, CREDENTIALS, EXTENSION, mask_of, may_only_read, with_credentials
from .taken import Taken, take, with_raw
from .turns import Siblings

__all__ = [
    "AMONG",
    "Binding",
    "CONNECTION",
    "CREDENTIALS",
    "EXTENSION",
    "NAMES",
    "Run",
    "Siblings",
    "Taken",
    "mask_of",
    "may_only_read",
    "plain",
    "run_module",
    "settings_of",
    "shared_tenant",
    "take",
    "with_credentials",
    "with_raw",
]
