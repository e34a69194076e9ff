# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Words for the types of JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# The values of an object by the names of its fields, or an object as a PBX answers it; whoever gets them leaves them
# as they are.
Values = Mapping[str, Any]
# An object that is being made: a body, a result, a part of a document.
Json = dict[str, Any]
