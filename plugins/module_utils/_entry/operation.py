# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The modules for operations, each out of the declaration of its operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._engine.engine import Engine
from .._model.operation import Operation
from .bindings import NounBinding, OneOf
from .specs import Spec, option_of


@dataclass(frozen=True)
class Operate(NounBinding[Operation]):
    """The binding of a module that operates on one kind of short-lived object, such as a call."""

    @property
    def returned(self) -> str:  # type: ignore[override]
        return self.noun.returned[0]

    def options(self) -> Spec:
        spec = super().options()
        for field in self.noun.writable:
            spec[field.name] = option_of(field)
            if field.required:
                spec[field.name]["required"] = True
        if self.noun.shows:
            spec["show"] = {"type": "list", "elements": "str", "choices": list(self.noun.shows)}
        return spec

    def one_of(self) -> OneOf:
        found = super().one_of()
        if self.noun.shows:
            orders = (f.name for f in self.noun.writable if f.name != self.noun.identity)
            found.append((*orders, "show"))
        return found

    def exclusive(self) -> OneOf:
        return super().one_of()

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        given = {f.name: params[f.name] for f in self.noun.writable if params[f.name] is not None}
        return engine.operate(self.noun, self.place(engine, params), given, params.get("show") or ())
