# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No name on a PBX forges the text that people read: it moves no cursor, begins no line, turns no text around, hides
nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._api.errors import PbxError
from ansible_collections.telops.pbx.plugins.module_utils._text.plain import in_json, plain
from ansible_collections.telops.pbx.plugins.module_utils._text.yaml_text import block, scalar
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

Args = dict[str, Any]

FORGED = "+++ after: nothing"
# A name that erases the lines above it, writes one of its own, and has one character of each kind that must not be
# shown.
EVIL = (
    f"x\x1b[2K\x1b[1A\rok\n{FORGED}\u202e\u2066\u200e\u200f\u061c\u200b\u200d\u2028\u2029\x85\x9b31m\ufeff\u00ad\u3164y"
)
ACTIVE = [
    *map(chr, (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    *"\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u2063\ufeff\ufff9\ufffe\ud800\udfff\u3164\u115f",
    "\U000e0041",
    "\U000e0101",
    "\U0001ffff",
]

RULE = {"name": EVIL, "action": "play_silence", "silence_time": 100}
MENU = {"name": EVIL, "options": [{"digits": "1", "rules": [RULE]}]}
DOCUMENT: Args = {
    "extension_groups": [{"name": EVIL}],
    "intervals": [{"name": EVIL, "timezone": "UTC", "conditions": [{"start_dow": 2, "end_dow": 3}]}],
    "extensions": [
        {
            "number": "101",
            "label": EVIL,
            "agents": [{"name": EVIL}],
            "incom_rules": [{"name": EVIL, "type": "busy", "interval": EVIL}],
        },
        {"number": "300", "ivr": {"entry_context": EVIL, "contexts": [MENU]}},
    ],
}
EMPTY: Args = {
    "extension_groups": [],
    "intervals": [],
    "extensions": [
        {"number": "101", "label": None, "agents": [], "incom_rules": []},
        {"number": "300", "ivr": {"entry_context": None, "contexts": []}},
    ],
    "purge": ["extension_groups", "intervals"],
    "max_delete_share": 100,
}


def lines_for_people(result: Args) -> Iterator[str]:
    """Every line of a result that is written for people; the others are data."""
    texts = [result.get("msg", ""), *result.get("done", []), *result.get("left", [])]
    texts += [step[part] for step in result.get("plan", []) for part in ("object", "path")]
    texts += [part for one in result.get("unresolved", []) for part in one.values()]
    for text in texts[1:]:
        assert "\n" not in text
    yield from "\n".join(texts).split("\n")
    yield from result.get("warnings", [])
    for one in result.get("diff", []):
        assert "\n" not in one["before_header"] + one["after_header"]
        yield from (one["before_header"], one["after_header"])
        yield from (one["before"] + one["after"]).split("\n")


def unprintable(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") or c in "\u3164\u115f"]


def assert_printable(result: Args, some: bool = True) -> None:
    found = list(lines_for_people(result))
    assert not any(map(unprintable, found)), [line for line in found if unprintable(line)]
    assert not [line for line in found if line.lstrip().startswith("+++")]
    assert not some or any(FORGED in line for line in found), found


@pytest.mark.parametrize("character", ACTIVE, ids=lambda one: f"U+{ord(one):04X}")
def test_s6_nothing_that_acts_is_shown(character: str) -> None:
    text = f"a{character}b"
    assert plain(text) == f"a{character.encode('unicode_escape').decode()}b"
    assert plain(plain(text)) == plain(text)
    assert not unprintable(scalar(text))
    assert yaml.safe_load(scalar(text)) == text
    shown = in_json(json.dumps([text], ensure_ascii=False))
    assert (json.loads(shown), unprintable(shown)) == ([text], [])
    assert str(PbxError(text)) == plain(text)


@given(st.text(st.characters(), max_size=12))
def test_s6_a_diff_body_has_one_line_for_each_field(text: str) -> None:
    body = block({"name": text, "rules": [{"name": text}, text], f"{text}!": 1})
    assert len(body.splitlines()) == body.count("\n") == 5
    assert not unprintable(body.replace("\n", ""))


def test_s6_a_text_of_several_lines_stays_readable_in_a_diff() -> None:
    assert scalar("Straße\n一行 👩\u200d💻 مى\u200cرود") == '"Straße\\n一行 👩\u200d💻 مى\u200cرود"'


def test_s6_names_on_a_pbx_forge_nothing(pbx: Emulator, tmp_path: Path) -> None:
    """From the first preview to the last deletion, and in refusals."""
    plan = {"plan_file": str(tmp_path / "plan.json")}
    assert_printable(call(pbx, "pbx_tenant", {**DOCUMENT, **plan}, check=True))
    text = Path(plan["plan_file"]).read_text(encoding="utf-8")
    assert not unprintable(text.replace("\n", ""))
    assert any(change["to"] == EVIL for step in json.loads(text)["steps"] for change in step["changes"])
    changed = {**DOCUMENT, "extensions": [{**DOCUMENT["extensions"][0], "label": f"{EVIL}!"}]}
    for args in ({**changed, **plan}, {**DOCUMENT, "max_deletes": 0}):
        assert_printable(call(pbx, "pbx_tenant", args))
    made = {one["name"] for one in pbx.state()["intervals"]}
    assert made == {EVIL}
    mistake = {"extension": "101", "name": "late", "type": "busy", "interval": "No such"}
    refused = [
        ("pbx_tenant", {**EMPTY, "max_deletes": 0}),
        ("pbx_tenant", {**EMPTY, "protect": ["x*"]}),
        ("pbx_tenant", {**DOCUMENT, "extension_groups": [{"name": EVIL, "no_such": 1}]}),
        ("pbx_incom_rule", mistake),
        ("pbx_incom_rule", {**mistake, "interval": EVIL + "x"}),
        ("pbx_incom_rule_order", {"extension": "101", "rules": [EVIL, EVIL]}),
        ("pbx_ivr_rule", {"extension": "300", "ivr_context": EVIL + "x", "option_digits": "1", "name": EVIL}),
        ("pbx_tenant", {"extensions": [{"number": "101", "incom_rules": [{"name": EVIL, "type": EVIL}]}]}),
    ]
    for module, args in refused:
        result = call(pbx, module, args)
        assert result.get("failed"), module
        assert_printable(result)
    assert_printable(call(pbx, "pbx_tenant_interval", {"name": EVIL, "state": "absent"}, check=True))
    pbx.set_dialect(option_default_rule="visible")
    for check in (True, False):
        assert_printable(call(pbx, "pbx_tenant", EMPTY, check=check))


def test_s6_a_run_that_dies_forges_nothing(pbx: Emulator) -> None:
    pbx.fault("status", method="POST", nth=4, status=400)
    result = call(pbx, "pbx_tenant", DOCUMENT)
    assert result["failed"]
    assert len(result["done"]) == 4
    assert_printable(result)


def test_s6_values_are_handed_back_as_they_are(pbx: Emulator) -> None:
    assert call(pbx, "pbx_extension", {"number": "101", "label": EVIL})["extension"]["label"] == EVIL
    assert call(pbx, "pbx_extension_info", {"number": ["101"]})["extensions"][0]["label"] == EVIL
