# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Every module by its name."""

from __future__ import annotations

from .bindings import Binding
from .call_test import CallTest
from .flow_check import FlowCheck
from .flow_diagram import FlowDiagram
from .single import SINGLE
from .tenant import IvrScheme, Tenant, TenantInfo

# What looks at a tenant as a whole, or follows calls through it.
_WHOLE: dict[str, Binding] = {
    "pbx_call_test": CallTest(),
    "pbx_flow_check": FlowCheck(),
    "pbx_flow_diagram": FlowDiagram(),
    "pbx_ivr_scheme": IvrScheme(),
    "pbx_tenant": Tenant(),
    "pbx_tenant_info": TenantInfo(),
}

MODULES: dict[str, Binding] = dict(sorted({**SINGLE, **_WHOLE}.items()))
