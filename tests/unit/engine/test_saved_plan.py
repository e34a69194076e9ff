# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A saved plan is applied as it was approved, or not at all, and then it lists the changes since."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._text import mask
from tests.cases.files import GOODBYE, HELLO
from tests.cases.inprocess import call, planned, sent
from tests.emulator.server import Emulator

Args = dict[str, Any]

ANNA = {"name": "Anna", "wrap_up_time": 10}
NO_PLAN = {"format": 1, "key": "1"}
NO_STEP = {"action": "update", "object": "a", "method": "PUT", "path": "/a/", "changes": [{"from": 1, "to": 2}]}


def agents(*listed: Args) -> Args:
    return {"extensions": [{"number": "101", "agents": list(listed)}]}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return tmp_path / "plan.json"


def run(pbx: Emulator, plan: Path, document: Args, check: bool = False) -> dict[str, Any]:
    return call(pbx, "pbx_tenant", {**document, "plan_file": str(plan)}, check=check)


def refused(plan: Path, *differences: str) -> str:
    first = f"plan_file {plan} is outdated, and nothing was changed; make a new plan:"
    return "\n".join((first, *differences))


def test_what_was_previewed_is_what_is_done(pbx: Emulator, plan: Path) -> None:
    preview = run(pbx, plan, agents(ANNA, {"name": "Bea"}), check=True)
    assert pbx.writes() == []
    pbx.clear_log()
    real = run(pbx, plan, agents(ANNA, {"name": "Bea"}))
    assert not real.get("failed"), real["msg"]
    assert [request for request in sent(pbx) if request.method != "GET"] == planned(preview) == planned(real)


def test_a_plan_holds_no_secret_and_is_for_its_owner(pbx: Emulator, plan: Path) -> None:
    document = {"extensions": [{"number": "101", "phone": {"password": "canary-4711"}}]}
    assert run(pbx, plan, document, check=True)["changed"]
    assert "password" in plan.read_text(encoding="utf-8")
    assert "canary" not in plan.read_text(encoding="utf-8")
    assert plan.stat().st_mode & 0o777 == 0o600
    assert list(plan.parent.iterdir()) == [plan]


@pytest.mark.parametrize(
    ("approved", "meanwhile", "declared", "differences"),
    [
        pytest.param(
            agents(ANNA),
            ANNA,
            agents(ANNA),
            ['no longer to be done: create extension "101" > agent "Anna"'],
            id="done already",
        ),
        pytest.param(
            agents(ANNA),
            {},
            agents(ANNA, {"name": "Bea"}),
            ['to be done besides: create extension "101" > agent "Bea"'],
            id="more is declared",
        ),
        pytest.param(
            agents({"name": "Zoe", "wrap_up_time": 5}),
            {"name": "Zoe", "wrap_up_time": 7},
            agents({"name": "Zoe", "wrap_up_time": 5}),
            ['update extension "101" > agent "101/Zoe": wrap_up_time was 3 and is 7 now'],
            id="changed by another hand",
        ),
        pytest.param(
            agents({"name": "Zoe", "wrap_up_time": 5}),
            {},
            agents({"name": "Zoe", "wrap_up_time": 6}),
            ['update extension "101" > agent "101/Zoe": wrap_up_time was to become 5, and 6 is declared now'],
            id="another value is declared",
        ),
        pytest.param(
            agents({"name": "Zoe", "wrap_up_time": 5, "call_timeout": 30}),
            {"name": "Zoe", "call_timeout": 30},
            agents({"name": "Zoe", "wrap_up_time": 5, "call_timeout": 30}),
            ['update extension "101" > agent "101/Zoe": call_timeout is as wanted already'],
            id="a field less",
        ),
        pytest.param(
            agents({"name": "Zoe", "wrap_up_time": 5}),
            {},
            agents({"name": "Zoe", "wrap_up_time": 5, "call_timeout": 30}),
            ['update extension "101" > agent "101/Zoe": call_timeout is to change too'],
            id="a field more",
        ),
        pytest.param(
            agents(),
            {},
            agents(*({"name": f"Agent {n:02}"} for n in range(12))),
            [
                *(f'to be done besides: create extension "101" > agent "Agent {n:02}"' for n in range(10)),
                "... and 2 more",
            ],
            id="too much to list",
        ),
    ],
)
def test_what_was_not_approved_is_not_done(
    pbx: Emulator, plan: Path, approved: Args, meanwhile: Args, declared: Args, differences: list[str]
) -> None:
    zoe = {"name": "Zoe", "wrap_up_time": 3}
    if "Zoe" in str(approved):
        assert call(pbx, "pbx_agent", {"extension": "101", **zoe})["changed"]
    assert not run(pbx, plan, approved, check=True).get("failed")
    if meanwhile:
        assert call(pbx, "pbx_agent", {"extension": "101", **meanwhile})["changed"]
    pbx.clear_log()
    result = run(pbx, plan, declared)
    assert (result["failed"], result["changed"]) == (True, False)
    assert result["msg"] == refused(plan, *differences)
    assert pbx.writes() == []


def test_the_file_can_be_read_in_a_review(pbx: Emulator, plan: Path) -> None:
    assert run(pbx, plan, agents({"name": "Jörg", "wrap_up_time": 10}), check=True)["changed"]
    text = plan.read_text(encoding="utf-8")
    saved = json.loads(text)
    assert text == json.dumps(saved, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert "Jörg" in text
    assert saved["counts"] == {"agent": {"created": 1, "changed": 0, "deleted": 0}}
    assert [(step["action"], step["object"]) for step in saved["steps"]] == [
        ("create", 'extension "101" > agent "Jörg"')
    ]
    # It neither hides a value nor carries a file.
    assert {"hidden", "sha256"}.isdisjoint(saved["steps"][0])


def rules(*times: int) -> Args:
    listed = [{"action": "play_silence", "silence_time": time} for time in times]
    context = {"name": "main", "options": [{"digits": "1", "rules": listed}]}
    return {"extensions": [{"number": "300", "ivr": {"entry_context": "main", "contexts": [context]}}]}


@pytest.mark.parametrize(
    ("approved", "declared", "differences"),
    [
        pytest.param(
            (100, 200),
            (100, 300),
            ["no longer to be done: create {rule}", "to be done besides: create {rule}"],
            id="one of two rules that look alike",
        ),
        pytest.param((100, 200), (200, 100), ["the same steps stand in another order"], id="another order"),
    ],
)
def test_new_rules_of_one_list_are_told_apart(
    pbx: Emulator, plan: Path, approved: tuple[int, ...], declared: tuple[int, ...], differences: list[str]
) -> None:
    assert run(pbx, plan, rules(*approved), check=True)["changed"]
    rule = 'extension "300" > IVR context "main" > IVR option "1" > IVR rule "play_silence"'
    result = run(pbx, plan, rules(*declared))
    assert result["msg"] == refused(plan, *(sentence.format(rule=rule) for sentence in differences))
    assert pbx.writes() == []


def test_what_a_request_carries_besides_its_changes_is_part_of_the_plan(pbx: Emulator, plan: Path) -> None:
    document = {"extensions": [{"number": "200", "queue": {"max_wait_time": 60}}]}
    assert run(pbx, plan, document, check=True)["changed"]
    assert call(pbx, "pbx_queue", {"extension": "200", "tier_rule_wait_second": 7})["changed"]
    pbx.clear_log()
    result = run(pbx, plan, document)
    assert result["msg"] == refused(plan, 'update extension "200" > queue: the request body has changed')
    assert pbx.writes() == []


def test_several_differences_of_one_request_are_told_in_the_words_of_their_values(pbx: Emulator, plan: Path) -> None:
    def label(text: str, caller: str) -> Args:
        return {"extensions": [{"number": "101", "label": text, "caller_id_name": caller}]}

    assert run(pbx, plan, label("Nörd", "Ä"), check=True)["changed"]
    result = run(pbx, plan, label("Süd", "Ö"))
    label_now = 'label was to become "Nörd", and "Süd" is declared now'
    caller_now = 'caller_id_name was to become "Ä", and "Ö" is declared now'
    assert result["msg"] == refused(plan, f'update extension "101": {label_now}; {caller_now}')


def test_another_content_of_a_file_is_another_plan(pbx: Emulator, plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "hello.wav"
    file.write_bytes(Path(HELLO).read_bytes())
    document = {"sounds": [{"title": "Hello", "file": str(file)}]}
    assert run(pbx, plan, document, check=True)["changed"]
    [step] = json.loads(plan.read_text(encoding="utf-8"))["steps"]
    assert step["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_bytes(Path(GOODBYE).read_bytes())
    result = run(pbx, plan, document)
    assert result["msg"] == refused(plan, 'create sound "Hello": the request body has changed')
    file.write_bytes(Path(HELLO).read_bytes())
    assert run(pbx, plan, document)["changed"]


def test_a_plan_is_written_in_its_own_folder(
    pbx: Emulator, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes its place at once, which only works within one file system."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
    assert run(pbx, plan, agents(ANNA), check=True).get("msg") is None
    assert list(tmp_path.iterdir()) == [plan]


def test_just_as_many_differences_as_are_listed(pbx: Emulator, plan: Path) -> None:
    assert not run(pbx, plan, agents(), check=True).get("failed")
    result = run(pbx, plan, agents(*({"name": f"Agent {n}"} for n in range(10))))
    listed = (f'to be done besides: create extension "101" > agent "Agent {n}"' for n in range(10))
    assert result["msg"] == refused(plan, *listed)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(None, "is not there; run the same task in check mode to make it", id="absent"),
        pytest.param("[]", "holds no plan", id="a list"),
        pytest.param('{"steps": 1}', "holds no plan", id="no steps"),
        pytest.param('{"format": 0, "steps": []}', "is of another version of this collection; plan again", id="old"),
        pytest.param('{"format": 2, "key": "1", "steps": []}', "is of another version of this", id="to come"),
        pytest.param('{"format": 1, "steps": []}', "is of another version of this", id="without a key"),
        pytest.param('{"format": 1, "key": "1", "steps": []}', "is a plan for another tenant (none)", id="of nobody"),
        pytest.param(json.dumps({**NO_PLAN, "steps": [NO_STEP]}), "holds no plan", id="a change of no field"),
        pytest.param("{", "holds no plan", id="broken"),
    ],
)
def test_what_is_no_plan_is_not_applied(pbx: Emulator, plan: Path, text: str | None, says: str) -> None:
    if text is not None:
        plan.write_text(text, encoding="utf-8")
    result = run(pbx, plan, agents(ANNA))
    assert result["msg"].startswith(f"plan_file {plan} {says}")
    assert pbx.writes() == []


def test_the_plan_of_one_tenant_is_none_for_another(pbx: Emulator, plan: Path) -> None:
    assert run(pbx, plan, agents(ANNA), check=True)["changed"]
    saved = json.loads(plan.read_text(encoding="utf-8"))
    saved["tenant"]["client"] = "4711"
    plan.write_text(json.dumps(saved), encoding="utf-8")
    result = run(pbx, plan, agents(ANNA))
    here = f"api_url {pbx.url}, client"
    whose = f"client_id {pbx.client_id}"
    assert result["msg"] == (
        f"plan_file {plan} is a plan for another tenant ({here} 4711, {whose}) than this one ({here} @me, {whose})"
    )
    assert pbx.writes() == []


def test_a_plan_that_cannot_be_kept_is_an_error(pbx: Emulator, tmp_path: Path) -> None:
    plan = tmp_path / "absent" / "plan.json"
    result = run(pbx, plan, agents(ANNA), check=True)
    assert result["msg"] == f"plan_file {plan} cannot be written: No such file or directory"


def test_s4_a_plan_is_for_the_tenant_of_its_credentials_alone(pbx: Emulator, plan: Path) -> None:
    """The address is the same, and both are called @me."""
    south = pbx.add_client(seed="bare")
    assert run(pbx, plan, agents(ANNA), check=True)["changed"]
    result = run(pbx, plan, {**agents(ANNA), "access_token": south["access_token"]})
    assert result["msg"].startswith(f"plan_file {plan} is a plan for another tenant (")
    assert result["msg"].endswith(f"client_id {south['client_id']})")
    assert pbx.writes() == []


def phone(**settings: str) -> Args:
    return {"extensions": [{"number": "101", "phone": settings}]}


def room(**settings: str) -> Args:
    return {"extensions": [{"number": "500", "conference": settings}]}


def hook(url: str) -> Args:
    return {"extensions": [{"number": "101", "events": [{"event_type": "hangup", "method": "GET", "url": url}]}]}


@pytest.mark.parametrize(
    ("approved", "declared"),
    [
        (room(pin="111111"), room(pin="222222")),
        (room(pin="1"), room(pin="2")),
        (room(moderator_pin="111111"), room(moderator_pin="222222")),
        (phone(password="one-one"), phone(password="two-two")),
        (phone(conference_pin="1111"), phone(conference_pin="2222")),
        (hook("https://h.example/a/b?c=1"), hook("https://h.example/a/b?c=2")),
    ],
    ids=str,
)
def test_s4_a_hidden_value_counts(pbx: Emulator, plan: Path, approved: Args, declared: Args) -> None:
    assert run(pbx, plan, approved, check=True)["changed"]
    result = run(pbx, plan, declared)
    assert "is outdated" in result["msg"]
    assert pbx.writes() == []
    assert run(pbx, plan, approved)["changed"]


def test_s4_two_addresses_that_are_shown_alike_are_two(
    pbx: Emulator, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mask, "DIGITS", 1)
    alike: dict[str, list[Args]] = {}
    for number in range(17):
        document = hook(f"https://h.example/a/b?c={number}")
        alike.setdefault(json.dumps(run(pbx, plan, document, check=True)["plan"]), []).append(document)
    approved, declared, *dummy = next(documents for documents in alike.values() if len(documents) > 1)
    assert run(pbx, plan, approved, check=True)["changed"]
    create = 'create extension "101" > event'
    assert run(pbx, plan, declared)["msg"].startswith(refused(plan, create))
    assert run(pbx, plan, declared)["msg"].endswith(": a hidden value has changed")
    assert pbx.writes() == []


def test_s4_a_secret_that_another_hand_has_changed_counts(pbx: Emulator, plan: Path) -> None:
    """It is sent along, so that the run would bring the old one back."""
    assert call(pbx, "pbx_conference", {"extension": "500", "pin": "111111"})["changed"]
    assert run(pbx, plan, room(max_members="5"), check=True)["changed"]
    assert call(pbx, "pbx_conference", {"extension": "500", "pin": "222222"})["changed"]
    result = run(pbx, plan, room(max_members="5"))
    update = 'update extension "500" > conference'
    assert result["msg"] == refused(plan, f"{update}: a hidden value has changed")


def test_s4_a_secret_that_stays_is_no_difference(pbx: Emulator, plan: Path) -> None:
    assert run(pbx, plan, room(pin="111111", max_members="5"), check=True)["changed"]
    result = run(pbx, plan, room(pin="111111", max_members="6"))
    more = "max_members was to become 5, and 6 is declared now"
    assert result["msg"] == refused(plan, f'update extension "500" > conference: {more}')


def test_s4_nobody_can_try_out_a_short_secret(pbx: Emulator, plan: Path) -> None:
    """Its digest is another one with other credentials, and the same with the same ones."""
    texts = []
    for options in ({}, {}, {"app_id": pbx.app_id, "app_secret": pbx.app_secret, "access_token": None}):
        assert run(pbx, plan, {**room(pin="1"), **options}, check=True)["changed"]
        texts.append(plan.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    first, dummy, other = (json.loads(text)["steps"][0] for text in texts)
    assert first["hidden"] != other["hidden"]
    assert {**first, "hidden": ""} == {**other, "hidden": ""}


@pytest.mark.parametrize("told", [True, False], ids=["whose they are", "not whose they are"])
def test_s4_other_credentials_want_another_plan(pbx: Emulator, plan: Path, told: bool) -> None:
    """Where nothing is hidden, any credentials of the tenant will do, if they are known to be of the tenant."""
    if not told:
        pbx.fault("status", path="/user/", status=403, count=0)
    app = {"app_id": pbx.app_id, "app_secret": pbx.app_secret, "access_token": None}
    advice = (
        f"plan_file {plan} was made with other credentials, and its hidden values can only be compared with the same "
        "ones; make the plan again with the credentials of the real run"
    )
    assert run(pbx, plan, room(pin="111111"), check=True)["changed"]
    assert run(pbx, plan, {**room(pin="111111"), **app})["msg"] == advice
    assert run(pbx, plan, agents(ANNA), check=True)["changed"]
    assert run(pbx, plan, {**agents(ANNA), **app}).get("msg") == (None if told else advice)
