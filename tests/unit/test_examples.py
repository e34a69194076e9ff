# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Examples that make sense to a caller: no hole in an interval, no action that its extension lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from tests.emulator.seed import OTHERS, PHONES
from tests.tools.module_words import constant
from tests.tools.tree import ROOT, known_files

MIDNIGHT = ("00:00", "00:00:00")
BEFORE_MIDNIGHT = ("23:59", "23:59:59")
# The extensions that the examples of the modules find on the PBX, with their types.
SEEDED = {**dict.fromkeys(PHONES, "phone"), **{number: kind for number, (kind, dummy) in OTHERS.items()}}


@cache
def sources() -> dict[str, list[Any]]:
    """All YAML that a user may copy, by where it stands: files, blocks of pages, the examples of plugins."""
    found: dict[str, list[Any]] = {}
    for name in known_files():
        # The page of findings shows faults.
        if name.startswith(("tests/", "changelogs/", ".", "docs/api/", "docs/contributing/", "docs/checks.md")):
            continue
        path = ROOT / name
        if name.endswith(".md"):
            blocks = re.findall(r"^```yaml\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        elif name.endswith((".yml", ".yaml")):
            blocks = [path.read_text(encoding="utf-8")]
        elif re.fullmatch(r"plugins/(modules|inventory|callback|lookup|filter)/\w+\.py", name):
            text = path.read_text(encoding="utf-8")
            blocks = [constant(path, "EXAMPLES")] if "\nEXAMPLES = " in text else []
        else:
            continue
        parsed = [one for block in blocks for one in yaml.load_all(block, Loader=_Loader)]
        if parsed:
            found[name] = parsed
    return found


class _Loader(yaml.CSafeLoader):
    """Takes the tags of Ansible as text."""


_Loader.add_multi_constructor("!", lambda loader, tag, node: loader.construct_scalar(node))


def dictionaries(value: Any, number: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each dictionary within, with the number of the extension that it belongs to."""
    if isinstance(value, dict):
        number = str(value.get("number", value.get("extension", number)))
        yield number, value
        for inner in value.values():
            yield from dictionaries(inner, number)
    elif isinstance(value, list):
        for inner in value:
            yield from dictionaries(inner, number)


def rows(value: Any) -> list[dict[str, Any]]:
    """The dictionaries of a list; templates may stand for either."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def holes(value: Any) -> Iterator[str]:
    """The intervals that end before midnight, and do not go on after it."""
    for dummy, one in dictionaries(value):
        conditions = rows(one.get("conditions"))
        ends = any(condition.get("end_time") in BEFORE_MIDNIGHT for condition in conditions)
        if ends and not any(condition.get("start_time") in MIDNIGHT for condition in conditions):
            yield str(one.get("name"))


def misfits(value: Any) -> Iterator[str]:
    """Rules and events that extensions of this type have no use for."""
    types = {**SEEDED}
    for number, one in dictionaries(value):
        if "number" in one and "type" in one:
            types[number] = one["type"]
    for number, one in dictionaries(value):
        rules = [*rows(one.get("incom_rules")), *rows([one.get("telops.pbx.pbx_incom_rule")])]
        events = [*rows(one.get("events")), *rows([one.get("telops.pbx.pbx_event")])]
        for rule in rules:
            kind = types.get(str(rule.get("extension", number)))
            if rule.get("type") == "voicemail" and kind not in ("phone", None):
                yield f"a rule of the {kind} {number} answers with voicemail, which a phone has"
        for event in events:
            kind = types.get(str(event.get("extension", number)))
            if event.get("event_type", "hangup") != "hangup" and kind in ("queue", "ivr"):
                yield f"an event {event['event_type']} of the {kind} {number}, which sends hangup"


def test_e3_all_examples_are_looked_at() -> None:
    assert {"docs/cookbook.md", "plugins/modules/pbx_tenant.py", "playbooks/vars/clinic.yml"} <= sources().keys()
    assert sum(1 for one in sources().values() for dummy in dictionaries(one)) > 1000


def test_e3_an_interval_that_ends_before_midnight_goes_on_after_it() -> None:
    assert {name: found for name, parsed in sources().items() if (found := [*holes(parsed)])} == {}


def test_e3_an_action_fits_the_type_of_its_extension() -> None:
    assert {name: found for name, parsed in sources().items() if (found := [*misfits(parsed)])} == {}
