# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An export is inert: whatever text a PBX holds, nothing of it runs, and applied it changes nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases import variables
from tests.cases.inprocess import call, connections
from tests.emulator.server import Emulator

EXAMPLES = int(os.environ.get("PBX_TEST_EXAMPLES", "8"))

# One object of each kind with text, with every field of text that it can have.
RULES: list[dict[str, Any]] = [
    {"action": "play_silence", "silence_time": 1, "name": "x", "caller_id_action": "matches", "caller_id": "x",
     "match_variable_name": "x", "match_variable_value": "x"},
    {"action": "transfer_from_variable", "transfer_variable": "x"},
    {"action": "play_digits", "digits": "1"},
    {"action": "play_digits_from_variable", "play_digits_variable": "x"},
    {"action": "record_digits", "record_digits_variable": "x"},
    {"action": "set_variable", "set_variable_name": "x", "set_variable_value": "x"},
    {"action": "set_caller_id_name", "caller_id_name": "x"},
    {"action": "set_caller_id_number", "caller_id_number": "1"},
    {"action": "call_interactive", "call_interactive_url": "https://h.invalid/x"},
    {"action": "voicemail"},
]  # fmt: skip
HOURS = {"timezone": "UTC", "conditions": [{"start_dow": 2, "end_dow": 3}]}
DOCUMENT: dict[str, Any] = {
    "extension_groups": [{"name": "x", "extra_params": "x"}],
    "dial_rules": [{"dial_rules": [{"match_exp": "^0", "repl_exp": "1"}]}],
    "intervals": [{"name": "x", **HOURS}],
    "dids": [{"name": "74950000101", "comment": "x"}],
    "extensions": [
        {"number": "101", "type": "phone", "label": "x", "caller_id_name": "x", "extra_params": "x",
         "extension_group": "x", "dial_rule": "^0 -> 1", "agents": [{"name": "x", "extra_params": "x"}],
         "users": [{"login": "x", "name": "x", "email": "x@example.com", "password": "correct horse", "comment": "x"}],
         "events": [{"event_type": "dial-in", "url": "https://h.invalid/", "method": "GET"}],
         "mail_notifications": [{"event_type": "call_failed_mail", "mail": "x@example.com"}],
         "incom_rules": [{"type": "voicemail", "name": "x", "interval": "x"}], "phone": {"geo_list": "DE"}},
        {"number": "200", "type": "queue", "queue_agents": [{"agent": "101/x"}], "queue": {"max_wait_time": 30}},
        {"number": "300", "type": "ivr", "intervals": [{"name": "x", **HOURS}],
         "ivr": {"entry_context": "x", "contexts": [
             {"name": "x", "description": "x", "extra_params": "x", "options": [{"digits": "1", "rules": RULES}]}]}},
        {"number": "400", "type": "fax", "fax": {"fax_mailto": "x@example.com"}},
    ],
}  # fmt: skip
# The names of kinds on the PBX of the tests, where they differ.
KINDS = {"ivr_context": "context", "tenant_sound": "sound", "tenant_interval": "interval"}
# Fields that are only a part of a path, and not a text of their own.
PARTS_OF_PATHS = {("ivr_option", "digits"), ("extension", "number")}


def overwrite(pbx: Emulator, text: str) -> None:
    """Have a text in every field of text, of every object that the tenant has."""
    for noun in NOUNS.values():
        fields = {
            field.answered_as: text
            for field in noun.writable
            if field.type == "str" and not (field.choices or field.secret or field.write_only)
            if (noun.name, field.name) not in PARTS_OF_PATHS
        }
        if fields:
            pbx.overwrite(KINDS.get(noun.name, noun.name), **fields)
    pbx.overwrite("dial_rule", dial_rules=[{"match_exp": text, "repl_exp": text}])


@pytest.fixture(scope="module")
def tenant() -> Iterator[Emulator]:
    with Emulator(seed="empty") as running, connections():
        number = {"name": "74950000101", "domain": "sip.pbx.invalid", "extension_id": None, "allow_message": False,
                  "message_extension_id": None, "comment": None, "create_date": "2026-01-01 00:00:00"}  # fmt: skip
        running.insert("did", **number)
        made = call(running, "pbx_tenant", DOCUMENT)
        assert made.get("msg") is None
        running.insert("sound", title="x", dealer_id=None, filename=None)
        pbx = running
        for kind, field in (("queue", "timeout_transfer_dst_sound"), ("phone", "vm_greeting")):
            pbx.overwrite(kind, **{field: 3001})
        yield running


def unchanged(pbx: Emulator, folder: Path) -> dict[str, Any]:
    """Export, read the files as Ansible does, and apply them: nothing happens, and the next export is the same."""
    shutil.rmtree(folder, ignore_errors=True)
    first = call(pbx, "pbx_tenant_info", {"path": str(folder)})
    assert first.get("msg") is None
    pbx.clear_log()
    applied = call(pbx, "pbx_tenant", variables.document(folder))
    assert (applied.get("msg"), applied.get("plan"), pbx.writes()) == (None, [], [])
    assert call(pbx, "pbx_tenant_info", {"path": str(folder)})["files"] == []
    return first


SEEDS = (
    "{{ lookup('pipe', 'touch pwned; echo hi') }}",
    "Zimmer {# 5",
    "50 {% rabatt",
    "https://crm.example.com/{{caller}}/x",
    "{{ pbx_api_url }}{% raw %}",
    '{{ "\\n" }}\n{{ 1 }}',
    "evil\npbx_api_url: http://127.0.0.1:8912/api/ver1.0\n#x",
    "!unsafe x",
    "#jinja2: variable_start_string: '[['\n[[ 1 ]] {{ 1 }}",
    "__omit_place_holder__x",
    "\x85\u2028\ufeff\u202e\0\x1b[2K",
    "x" * 20_000,
    "010",
    "no",
    "190:20:30",
    "2027-01-01",
    " padded ",
    "'\"\\",
    "[1]",
    "{'a': 1}",
    "@x",
)
TEXTS = st.sampled_from(SEEDS) | st.text("{%#}! &*@-?|>`a:\n\t\r\x85'\"\\,[]~0", min_size=1) | st.text(min_size=1)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate] if EXAMPLES < 100 else list(Phase),
)
@given(text=TEXTS.filter(str.strip))
def test_s1_any_text_in_any_field(tenant: Emulator, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    overwrite(tenant, text)
    found = unchanged(tenant, tmp_path_factory.getbasetemp() / "inert")
    assert found["complete"], found["unresolved"]
    assert not Path("pwned").exists()


@pytest.mark.parametrize("text", ["{{ lookup('pipe', 'touch pwned; echo hi') }}", "Zimmer {# 5", "50 {% rabatt"])
def test_s1_what_looks_like_a_template_is_a_text(tenant: Emulator, tmp_path: Path, text: str) -> None:
    overwrite(tenant, text)
    found = unchanged(tenant, tmp_path / "x")
    assert found["tenant"]["extensions"][0]["label"] == text
    written = (tmp_path / "x" / "pbx_extensions.yml").read_text(encoding="utf-8")
    said = [line for line in written.splitlines() if not line.lstrip().startswith("#")]
    assert all("!unsafe " in line for line in said if re.search("{[{%#]", line))


def test_s1_half_a_character_changes_nothing_either(tenant: Emulator, tmp_path: Path) -> None:
    """Where it is read, it is another character already, since no file can hold it."""
    overwrite(tenant, "half \ud800")
    unchanged(tenant, tmp_path / "x")
    assert "half \ufffd" in (tmp_path / "x" / "pbx_extensions.yml").read_text(encoding="utf-8")


def test_s2_a_line_break_in_a_name_sets_no_variable(tenant: Emulator, tmp_path: Path) -> None:
    overwrite(tenant, "x")
    evil = "evil\npbx_api_url: http://127.0.0.1:8912/api/ver1.0\n#x"
    extension = tenant.extension_id("300")
    for dummy in (1, 2):
        tenant.insert("interval", extension, **{**HOURS, "name": evil, "client_id": None, "dealer_id": None})
    unchanged(tenant, tmp_path / "x")
    found = variables.read(tmp_path / "x")
    assert not [name for name in found if name.removeprefix("pbx_") not in DOCUMENT and name != "pbx_sounds"]
    text = (tmp_path / "x" / "pbx_extensions.yml").read_text(encoding="utf-8")
    assert text.count("several intervals have this name") >= 2
    assert not [line for line in text.splitlines() if line.startswith("pbx_api_url")]
