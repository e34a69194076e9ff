# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A POST whose answer is lost, or late, is looked for and never sent twice, however the PBX has stored its fields."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.case import Args
from tests.cases.files import GOODBYE, HELLO
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

EVA = {"extension": "102", "name": "Eva"}
AGENTS = "/extension/5002/agent/"
CONDITION = {"start_time": "09:00:00", "end_time": "18:00:00"}
USER = {"login": "anna", "password": "correct-horse-9", "name": "Anna", "email": "a@x.invalid"}
CONTEXT: tuple[tuple[str, Args], ...] = (("pbx_ivr_context", {"extension": "300", "name": "main"}),)
OPTION = (*CONTEXT, ("pbx_ivr_option", {"extension": "300", "ivr_context": "main", "digits": "1"}))
AGENT: tuple[tuple[str, Args], ...] = (("pbx_agent", EVA),)


class Stored(NamedTuple):
    """A creation, one field of which the PBX stores as something else."""

    noun: str
    args: Args
    field: str
    stored: Any
    setup: tuple[tuple[str, Args], ...] = ()

    @property
    def module(self) -> str:
        return "pbx_sound" if self.noun == "tenant_sound" else f"pbx_{self.noun}"


STORED = (
    Stored("agent", {**EVA, "wrap_up_time": 10}, "wrap_up_time", 15),
    Stored("agent", {**EVA, "name": "Eva  Maria"}, "name", "Eva Maria"),
    Stored("dial_rule", {"dial_rules": [{"match_exp": "^8 ", "repl_exp": "7"}]}, "dial_rules", [
        {"match_exp": "^8", "repl_exp": "7"}]),
    Stored("event", {"extension": "101", "event_type": "hangup", "url": "https://h.invalid", "method": "GET"}, "url",
           "https://h.invalid/"),
    Stored("event", {"extension": "101", "event_type": "hangup", "url": "https://H.invalid/x", "method": "GET"}, "url",
           "https://h.invalid/x"),
    Stored("event", {"extension": "101", "event_type": "hangup", "url": "https://h.invalid", "method": "GET"}, "method",
           "POST"),
    Stored("extension", {"number": "190", "type": "phone", "label": "The  hall"}, "label", "The hall"),
    Stored("extension_group", {"name": "Sales  team"}, "name", "Sales team"),
    Stored("incom_rule", {"extension": "101", "name": "Two", "type": "transfer", "transfer_dst": "102",
                          "transfer_timeout": 20},
           "transfer_timeout", 25),
    Stored("interval", {"extension": "101", "name": "Day", "timezone": "UTC", "conditions": [CONDITION]}, "timezone",
           "Etc/UTC"),
    Stored("ivr_context", {"extension": "300", "name": "main", "description": "a  b"}, "description", "a b"),
    Stored("ivr_option", {"extension": "300", "ivr_context": "main", "digits": "1"}, "", None, CONTEXT),
    Stored("ivr_rule", {"extension": "300", "ivr_context": "main", "option_digits": "1", "name": "Rest",
                        "action": "play_silence", "silence_time": 150}, "silence_time", 100, OPTION),
    Stored("mail_notification", {"extension": "101", "event_type": "call_failed_mail", "mail": "Anna@X.invalid"},
           "mail", "anna@x.invalid"),
    Stored("queue_agent", {"extension": "200", "agent": "102/Eva", "level": 3}, "level", 1, AGENT),
    Stored("tenant_interval", {"name": "Day", "timezone": "UTC", "conditions": [CONDITION]}, "timezone", "Etc/UTC"),
    Stored("tenant_sound", {"title": "Hello  you", "file": HELLO}, "title", "Hello you"),
    Stored("user", {"extension": "101", **USER, "comment": "two  words"}, "comment", "two words"),
)  # fmt: skip
LOST: tuple[Args, ...] = ({"kind": "cut_after"}, {"kind": "status", "status": 504, "applied": True})


def test_w1_every_noun_that_can_be_created_is_tried() -> None:
    creatable = {noun.name for noun in NOUNS.values() if not noun.singleton and noun.creatable and noun.writable}
    assert {one.noun for one in STORED} == creatable - {"queue_agent_remote"}


@pytest.mark.parametrize(
    ("one", "lost"),
    [
        *[pytest.param(one, LOST[0], id=f"{one.noun}-{one.field}-cut") for one in STORED],
        pytest.param(STORED[0], LOST[1], id="agent-504"),
    ],
)
def test_w1_something_new_of_the_same_key_is_taken_for_what_was_sent(
    pbx: Emulator, one: Stored, lost: Args, naps: list[float]
) -> None:
    for module, args in one.setup:
        assert call(pbx, module, args)["changed"]
    pbx.clear_log()
    if one.field:
        pbx.fault("rewrite", method="POST", count=0, body={one.field: one.stored})
    pbx.fault(**lost, method="POST", count=0)
    result = call(pbx, one.module, one.args)
    assert (result.get("msg"), result["changed"], naps) == (None, True, [])
    assert [entry["method"] for entry in pbx.writes()] == ["POST"]
    told = [warning for warning in result["warnings"] if f": {one.field} was set and should be" in warning]
    assert (len(result["warnings"]), len(told)) == ((1, 1) if one.field else (0, 0))


def test_w1_a_rule_that_is_found_stored_otherwise_keeps_its_place(pbx: Emulator, naps: list[float]) -> None:
    rules = [{"action": "play_silence", "silence_time": time} for time in (100, 250)] + [{"action": "hangup"}]
    for module, args in CONTEXT:
        call(pbx, module, args)
    pbx.fault("rewrite", method="POST", path="*/rules/", nth=2, body={"silence_time": 200})
    pbx.fault("cut_after", method="POST", path="*/rules/", nth=2)
    option = {"extension": "300", "ivr_context": "main", "digits": "1", "rules": rules}
    result = call(pbx, "pbx_ivr_option", option)
    assert result.get("msg") is None
    assert "silence_time was set and should be 250, but the PBX answered 200" in result["warnings"][0]
    stored = [option for e in pbx.state()["extensions"] for c in e["contexts"] for option in c["options"]]
    found = next(option["rules"] for option in stored if option["digits"] == "1")
    assert [rule.get("silence_time") or rule["action"] for rule in found] == [100, 200, "hangup"]


def test_w1_what_a_gateway_did_not_wait_for_is_looked_for_longer(pbx: Emulator, naps: list[float]) -> None:
    pbx.fault("status", method="POST", status=504, applied=True)
    pbx.fault("json", method="GET", path=AGENTS, nth=2, count=4, body=[])
    assert call(pbx, "pbx_agent", EVA).get("msg") is None
    assert (len(pbx.writes()), naps) == (1, pytest.approx([0.4, 0.6, 2.0, 4.0]))


@pytest.mark.parametrize("ref", ["agent", "extension"])
def test_w1_a_new_agent_in_a_queue_is_found_by_whichever_id(pbx: Emulator, naps: list[float], ref: str) -> None:
    """The queue answers the id of the agent, or that of its extension; the agent is made by the same run."""
    pbx.set_dialect(queue_agent_ref=ref)
    pbx.fault("cut_after", method="POST", path="/extension/5013/queue/*")
    queue = {"number": "200", "queue_agents": [{"agent": "102/Eva"}]}
    document = {"extensions": [{"number": "102", "agents": [{"name": "Eva"}]}, queue]}
    assert call(pbx, "pbx_tenant", document).get("msg") is None
    assert len(pbx.writes()) == 2


def answers(*agents: Args) -> dict[str, Any]:
    return {"kind": "json", "method": "GET", "path": AGENTS, "nth": 2, "count": 0, "body": list(agents)}


def test_w1_what_may_be_the_new_object_in_another_spelling_is_never_doubled(pbx: Emulator, naps: list[float]) -> None:
    pbx.fault("status", method="POST", status=504)
    pbx.fault(**answers({"id": 9, "name": "Evá-Maria"}))
    result = call(pbx, "pbx_agent", {**EVA, "name": "Eva-Maria"})
    assert result["msg"].startswith(
        'extension "102" > agent "Eva-Maria": its creation was not answered, and there is "Evá-Maria" (id 9) now, '
        "which may be it in another spelling; compare them on the PBX before the next run"
    )
    assert len(pbx.writes()) == 1


def test_w1_what_another_hand_makes_meanwhile_does_not_stop_the_new_object(pbx: Emulator, naps: list[float]) -> None:
    pbx.fault("status", method="POST", status=503)
    pbx.fault(**answers({"id": 9, "name": "Ada"}))
    result = call(pbx, "pbx_agent", EVA)
    assert (result.get("msg"), len(pbx.writes())) == (None, 2)


def test_w1_a_server_that_refuses_the_second_one_had_the_first(pbx: Emulator, naps: list[float]) -> None:
    """Its lists lag so far behind that the first one was not to be seen before."""
    pbx.set_dialect(duplicate_names="refused")
    pbx.fault("cut_after", method="POST")
    pbx.fault("json", method="GET", path="/client/@me/extension_group/", nth=2, count=3, body=[])
    result = call(pbx, "pbx_extension_group", {"name": "Sales"})
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert [entry["status"] for entry in pbx.writes()][-1] == 400


def test_w1_lists_that_lag_are_looked_at_again_before_anything_is_sent_twice(pbx: Emulator, naps: list[float]) -> None:
    pbx.fault("cut_after", method="POST")
    pbx.fault("json", method="GET", path=AGENTS, nth=2, count=2, body=[])
    result = call(pbx, "pbx_agent", EVA)
    assert (result.get("msg"), len(pbx.writes())) == (None, 1)
    assert naps == pytest.approx([0.4, 0.6])


# A POST that outlives api_timeout

SHORT = 0.2


def test_o3_what_takes_effect_late_is_waited_for(pbx: Emulator, naps: list[float]) -> None:
    pbx.fault("timeout", method="POST", ms=400)
    pbx.fault("json", method="GET", path=AGENTS, nth=2, count=2, body=[])
    result = call(pbx, "pbx_agent", {**EVA, "api_timeout": SHORT})
    assert (result.get("msg"), result["changed"], len(pbx.writes())) == (None, True, 1)
    assert naps == pytest.approx([SHORT * 0.25, SHORT * 0.75])


def test_o3_what_stays_unknown_stops_the_run(pbx: Emulator, naps: list[float]) -> None:
    pbx.fault("timeout", method="POST", ms=400)
    pbx.fault("json", method="GET", path=AGENTS, nth=2, count=0, body=[])
    result = call(pbx, "pbx_agent", {**EVA, "api_timeout": SHORT})
    assert result["msg"] == (
        f"POST {AGENTS}: no answer within 0.2 s (127.0.0.1:{pbx.port}); it is unknown whether this took effect, and it "
        "was not sent again because the PBX may still be at it; raise api_timeout, and run this again: the next run "
        'will find out and go on from there\nUnknown whether done: create extension "102" > agent "Eva".'
    )
    assert (result["changed"], len(pbx.writes()), sum(naps)) == (False, 1, pytest.approx(2 * SHORT))


def test_o3_a_content_that_comes_late_is_not_sent_again(pbx: Emulator, naps: list[float]) -> None:
    sound = {"title": "Hello", "file": HELLO, "api_timeout": SHORT}
    assert call(pbx, "pbx_sound", sound)["changed"]
    pbx.clear_log()
    pbx.fault("timeout", method="POST", ms=400)
    result = call(pbx, "pbx_sound", {**sound, "file": GOODBYE})
    assert (result.get("msg"), result["changed"], len(pbx.writes())) == (None, True, 1)
