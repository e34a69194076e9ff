# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The roles, run by ansible-playbook against the emulator."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.server import Emulator
from tests.tools.ansible import Ansible, Run
from tests.tools.demo import plan

CANARY = "canary-9f41-secret"
WORKING_HOURS = {
    "name": "Working hours",
    "timezone": "Europe/Berlin",
    "conditions": [{"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "18:00:00"}],
}


@pytest.fixture
def bare(emulator: Emulator) -> Emulator:
    emulator.reset(seed="bare")
    return emulator


def role(
    ansible: Ansible, emulator: Emulator, name: str, *args: str, env: dict[str, str] | None = None, **given: Any
) -> Run:
    emulator.clear_log()
    connection = {"api_url": emulator.url, "app_id": emulator.app_id, "app_secret": emulator.app_secret}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/telops.pbx.pbx": connection},
        "roles": [{"role": f"telops.pbx.{name}", **given}],
    }
    return ansible.playbook([play], *args, env=env)


def call_center(ansible: Ansible, emulator: Emulator, *extensions: dict[str, Any], args: tuple[str, ...] = ()) -> Run:
    run = role(ansible, emulator, "call_center", *args, call_center_extensions=list(extensions))
    assert run.rc == 0, run.output
    assert run.warnings == []
    return run


def refused(ansible: Ansible, emulator: Emulator, *extensions: Any) -> str:
    """The message of a run that fails before its first write."""
    run = role(ansible, emulator, "call_center", call_center_extensions=list(extensions))
    assert run.rc == 2, run.output
    assert emulator.writes() == []
    (message,) = [task.result["msg"] for task in run.tasks if task.status == "failed"]
    return str(message)


def objects(emulator: Emulator, number: str, kind: str) -> list[dict[str, Any]]:
    path = f"/extension/{emulator.extension_id(number)}/{kind}/"
    return get(emulator, path)


def get(emulator: Emulator, path: str) -> Any:
    import requests

    headers = {"Authorization": f"Bearer {emulator.access_token}"}
    answer = requests.get(emulator.url + path, headers=headers, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.json()


def rule(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "voicemail", "call_status": "busy", **more}


def phone(**sections: Any) -> dict[str, Any]:
    return {"number": "101", "type": "phone", **sections}


@pytest.mark.parametrize(
    ("extension", "words"),
    [
        ({"type": "phone"}, ["missing required arguments: number", "call_center_extensions"]),
        (phone(phone={"hangup_timout": 5}), ["hangup_timout", "phone", "hangup_timeout"]),
        (phone(incom_rules=[rule("A", transfer_to="102")]), ["transfer_to", "incom_rules"]),
        ({"number": "300", "type": "ivr", "ivr": {"contexts": [{"name": "a", "options": [{"rules": []}]}]}},
         ["missing required arguments: digits", "ivr -> contexts -> options"]),
        ({"number": "200", "type": "queue", "queue": {"strategy": "loudest"}}, ["strategy", "loudest", "top-down"]),
    ],
)  # fmt: skip
def test_a_wrong_document_names_the_place(ansible: Ansible, bare: Emulator, extension: Any, words: list[str]) -> None:
    message = refused(ansible, bare, extension)
    assert [word for word in words if word not in message] == [], message


def test_all_mistakes_of_a_document_are_named_at_once(ansible: Ansible, bare: Emulator) -> None:
    message = refused(
        ansible,
        bare,
        phone(queue={"strategy": "random"}, incom_rules=[{"type": "transfer"}]),
        {"number": "200", "type": "queue", "queue": {"max_wait_time": -5}},
        phone(agents=[{"name": "Anna"}]),
    )
    starts = [line.partition(": ")[0] for line in message.splitlines()]
    assert starts == [
        'extensions[0] "101"',
        'extensions[0] "101" > incom_rules[0]',
        'extensions[1] "200" > queue',
        'extensions[2] "101"',
    ], message


def test_an_extension_cannot_become_another(ansible: Ansible, bare: Emulator) -> None:
    message = refused(ansible, bare, {"number": "200", "type": "phone"})
    assert "200" in message
    assert "queue" in message


def test_an_extension_that_is_not_there_is_created(ansible: Ansible, bare: Emulator) -> None:
    call_center(ansible, bare, {"number": "113", "type": "phone", "label": "Archive", "agents": [{"name": "Zoe"}]})
    assert [agent["name"] for agent in objects(bare, "113", "agent")] == ["Zoe"]
    (made,) = [found for found in bare.state()["extensions"] if found["number"] == "113"]
    assert (made["label"], made["status"]) == ("Archive", "active")


def test_numbers_may_be_written_without_quotes(ansible: Ansible, bare: Emulator) -> None:
    call_center(ansible, bare, {"number": 101, "type": "phone", "phone": {"hangup_timeout": 33}})
    assert get(bare, f"/extension/{bare.extension_id('101')}/phone/")["hangup_timeout"] == 33


@pytest.mark.long
def test_rules_are_the_whole_list_in_that_order(ansible: Ansible, bare: Emulator) -> None:
    first = [rule("A", interval="Working hours"), rule("B"), rule("C")]
    call_center(ansible, bare, phone(intervals=[WORKING_HOURS], incom_rules=first))
    assert [found["name"] for found in objects(bare, "101", "incom_rule")] == ["A", "B", "C"]

    fewer = phone(incom_rules=[rule("C"), rule("A")])
    preview = call_center(ansible, bare, fewer, args=("--check", "--diff"))
    assert bare.writes() == []
    assert [(step["action"], step["object"]) for step in plan(preview)] == [
        ("order", 'extension "101" > order of incoming rules'),
        ("delete", 'extension "101" > incoming rule "B"'),
    ]
    call_center(ansible, bare, fewer)
    assert [request["method"] for request in bare.writes()] == ["PUT", "DELETE"]
    assert {found["name"] for found in objects(bare, "101", "incom_rule")} == {"A", "C"}
    ids = {found["name"]: found["id"] for found in objects(bare, "101", "incom_rule")}
    order = get(bare, f"/extension/{bare.extension_id('101')}/incom_rule/order/")
    assert order == {"rules_ids": [ids["C"], ids["A"]]}

    call_center(ansible, bare, fewer)
    assert bare.writes() == []


def test_an_absent_list_stays_and_an_empty_list_empties(ansible: Ansible, bare: Emulator) -> None:
    call_center(ansible, bare, phone(agents=[{"name": "Anna"}], incom_rules=[rule("A"), rule("B")]))
    call_center(ansible, bare, phone(phone={"hangup_timeout": 21}))
    assert len(objects(bare, "101", "incom_rule")) == 2

    call_center(ansible, bare, phone(incom_rules=[]))
    assert [request["method"] for request in bare.writes()] == ["DELETE", "DELETE"]
    assert objects(bare, "101", "incom_rule") == []
    assert [agent["name"] for agent in objects(bare, "101", "agent")] == ["Anna"]
    call_center(ansible, bare, phone(agents=[{"name": "Ben"}]))
    assert len(objects(bare, "101", "agent")) == 2
    call_center(ansible, bare, phone(agents=[]))
    assert objects(bare, "101", "agent") == []


@pytest.mark.long
def test_null_clears_a_field(ansible: Ansible, bare: Emulator) -> None:
    call_center(ansible, bare, phone(phone={"vm_mailto": "a@example.com", "hold_music": "Hold music"}))
    call_center(ansible, bare, phone(phone={"vm_mailto": None}))
    settings = get(bare, f"/extension/{bare.extension_id('101')}/phone/")
    assert settings["vm_mailto"] is None
    assert settings["hold_music"] is not None
    call_center(ansible, bare, phone(phone={"vm_mailto": None}))
    assert bare.writes() == []


MENUS = [
    {
        "name": "first",
        "options": [
            {"digits": "start", "rules": [{"action": "jump_to_context", "context": "second", "context_option": "7"}]},
            {"digits": "7", "rules": [{"action": "jump_to_context", "context": "second", "context_option": "start"}]},
        ],
    },
    {
        "name": "second",
        "options": [
            {"digits": "7", "rules": [{"action": "jump_to_context", "context": "first", "context_option": "7"}]},
            {"digits": "start", "rules": [{"action": "hangup", "name": "Bye", "interval": "Working hours"}]},
        ],
    },
]


@pytest.mark.long
def test_menus_jump_to_options_that_are_not_there_yet(ansible: Ansible, bare: Emulator) -> None:
    bare.set_dialect(option_reference="checked")
    given = {
        "ivr_extension": "300",
        "ivr_intervals": [WORKING_HOURS],
        "ivr_contexts": MENUS,
        "ivr_settings": {"entry_context": "first"},
    }
    preview = role(ansible, bare, "ivr", "--check", "--diff", **given)
    run = role(ansible, bare, "ivr", **given)
    # The flow check warns of a menu that is only there to be jumped to; the warning does no harm here.
    assert (run.rc, [one for one in run.warnings if "(H0" not in one]) == (0, []), run.output
    assert len(plan(preview)) == len(bare.writes())
    # The entry is the last to change: until then, callers know nothing of the new menus.
    assert bare.writes()[-1]["path"].endswith("/ivr/")

    again = role(ansible, bare, "ivr", **given)
    assert (again.rc, bare.writes()) == (0, [])


def test_a_jump_to_an_option_that_nobody_declared_is_refused(ansible: Ansible, bare: Emulator) -> None:
    jump = {"action": "jump_to_context", "context": "only", "context_option": "5"}
    contexts = [{"name": "only", "options": [{"digits": "start", "rules": [jump]}]}]
    run = role(ansible, bare, "ivr", ivr_extension="300", ivr_contexts=contexts)
    assert (run.rc, bare.writes()) == (2, [])
    assert 'context_option: there is no IVR option "5"' in run.output


def test_null_clears_a_field_of_a_menu_rule(ansible: Ansible, bare: Emulator) -> None:
    given = {"ivr_extension": "300", "ivr_intervals": [WORKING_HOURS]}
    rules = [{"action": "hangup", "name": "Bye", "interval": "Working hours"}]
    made = role(
        ansible, bare, "ivr", **given, ivr_contexts=[{"name": "a", "options": [{"digits": "1", "rules": rules}]}]
    )
    assert made.rc == 0, made.output
    rules = [{"action": "hangup", "name": "Bye", "interval": None}]
    run = role(
        ansible, bare, "ivr", **given, ivr_contexts=[{"name": "a", "options": [{"digits": "1", "rules": rules}]}]
    )
    assert run.rc == 0, run.output
    (step,) = plan(run)
    assert [change["field"] for change in step["changes"]] == ["interval"]


@pytest.mark.long
def test_an_empty_variable_empties_nothing(ansible: Ansible, bare: Emulator) -> None:
    settings = {"ivr_extension": "300", "ivr_settings": {"sleep_time": 500}}
    assert role(ansible, bare, "ivr", **settings, ivr_intervals=[WORKING_HOURS], ivr_contexts=MENUS).rc == 0
    assert role(ansible, bare, "ivr", **settings, ivr_intervals=[], ivr_contexts=[]).rc == 0
    assert bare.writes() == []
    assert role(ansible, bare, "ivr", ivr_extension="300").rc == 0
    assert bare.writes() == []


@pytest.mark.parametrize("fast", ["1", "0"])
def test_no_secret_is_shown(ansible: Ansible, bare: Emulator, fast: str) -> None:
    settings = {"password": CANARY, "conference_pin": f"{CANARY}-pin", "hangup_timeout": 44, "vm_enabled": True}
    given = {"call_center_extensions": [phone(phone=settings, agents=[{"name": "Anna"}], incom_rules=[rule("A")])]}
    for args in (("--check", "--diff", "-vvv"), ("--diff", "-vvv")):
        run = role(ansible, bare, "call_center", *args, env={"PBX_FAST_PATH": fast}, **given)
        assert run.rc == 0, run.output
        assert any("hangup_timeout" in str(step) for step in plan(run))
        for secret in (CANARY, bare.app_secret):
            assert secret not in run.output
            assert secret not in str(run.tasks)
    assert "PUT" in {request["method"] for request in bare.writes()}


@pytest.mark.long
def test_a_password_is_sent_once_or_always_as_told(ansible: Ansible, bare: Emulator) -> None:
    given = {"call_center_extensions": [phone(phone={"password": CANARY})]}
    for setting, writes in (("always", 1), ("always", 1), ("on_create", 0)):
        run = role(ansible, bare, "call_center", **given, call_center_update_password=setting)
        assert run.rc == 0, run.output
        assert len(bare.writes()) == writes
