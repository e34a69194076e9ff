# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML as the collection lays it out."""

from __future__ import annotations

from typing import Any

import yaml

_ONE_LINE = 90
_LONGEST = 120


class _Flow:
    """A value that is laid out on one line."""

    def __init__(self, value: Any) -> None:
        self.value = value


class Layout(yaml.SafeDumper):
    """Lists are indented, as everywhere in the collection."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _on_one_line(dumper: Layout, flow: _Flow) -> yaml.Node:
    node = dumper.represent_data(flow.value)
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = True
    return node


Layout.add_representer(_Flow, _on_one_line)


def laid_out(part: Any) -> str:
    """YAML as the collection writes it."""
    for width in range(110, 50, -10):
        # PyYAML ends a line after the word that crosses the width.
        text: str = yaml.dump(_samples(part), Dumper=Layout, sort_keys=False, width=width, allow_unicode=True)
        if max(map(len, text.splitlines())) <= _LONGEST:
            break
    return "\n" + text


def _samples(part: Any, sample: bool = False) -> Any:
    """The same, with short lists and dictionaries of samples, and lists of choices and aliases, on one line."""
    if sample and isinstance(part, dict | list) and len(str(part)) < _ONE_LINE:
        return _Flow(part)
    if isinstance(part, dict):
        return {name: _samples(one, sample or _is_short(name, one)) for name, one in part.items()}
    return [_samples(one, sample) for one in part] if isinstance(part, list) else part


def _is_short(name: str, part: Any) -> bool:
    return name == "sample" or (name in ("choices", "aliases") and isinstance(part, list))
