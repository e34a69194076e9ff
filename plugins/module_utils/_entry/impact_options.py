# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The options about the callers who notice a change, for the module of its own and for plans."""

from __future__ import annotations

from .specs import Spec

IMPACT: Spec = {
    "impact": {"type": "bool", "default": False},
    "intent": {"type": "raw"},
    "intent_mismatch": {"type": "str", "choices": ["refuse", "warn"], "default": "refuse"},
    "impact_limit": {"type": "dict", "options": {"hung_up": {"type": "int"}, "numbers": {"type": "int"}}},
}
