# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Every module by its name.

Ansible keeps no compiled code of a collection: each run compiles its imports. So those that look at a tenant as a
whole, or follow calls through it, are imported when a task asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from .bindings import Binding
from .single import SINGLE


def _call_test() -> Binding:
    from .call_test import CallTest  # noqa: PLC0415

    return CallTest()


def _flow_check() -> Binding:
    from .flow_check import FlowCheck  # noqa: PLC0415

    return FlowCheck()


def _flow_diagram() -> Binding:
    from .flow_diagram import FlowDiagram  # noqa: PLC0415

    return FlowDiagram()


def _flow_impact() -> Binding:
    from .flow_impact import FlowImpact  # noqa: PLC0415

    return FlowImpact()


def _ivr_scheme() -> Binding:
    from .tenant import IvrScheme  # noqa: PLC0415

    return IvrScheme()


def _tenant() -> Binding:
    from .tenant import Tenant  # noqa: PLC0415

    return Tenant()


def _tenant_info() -> Binding:
    from .tenant import TenantInfo  # noqa: PLC0415

    return TenantInfo()


_WHOLE: dict[str, Callable[[], Binding]] = {
    "pbx_call_test": cache(_call_test),
    "pbx_flow_check": cache(_flow_check),
    "pbx_flow_diagram": cache(_flow_diagram),
    "pbx_flow_impact": cache(_flow_impact),
    "pbx_ivr_scheme": cache(_ivr_scheme),
    "pbx_tenant": cache(_tenant),
    "pbx_tenant_info": cache(_tenant_info),
}


class _Modules(Mapping[str, Binding]):
    """The bindings by the names of their modules, in the order of the names."""

    def __getitem__(self, name: str) -> Binding:
        return SINGLE[name] if name in SINGLE else _WHOLE[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted([*SINGLE, *_WHOLE]))

    def __len__(self) -> int:
        return len(SINGLE) + len(_WHOLE)


MODULES: Mapping[str, Binding] = _Modules()
