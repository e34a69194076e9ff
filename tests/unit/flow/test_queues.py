# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queues: calls computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.flow.calling import Case, agents, lines, menu, phone, queue

A, B, C = "101/A", "102/B", "103/C"
PHONES = [agents("101", "A"), agents("102", "B"), agents("103", "C")]
NOBODY = {"phones": {number: {"does": "no_answer"} for number in ("101", "102", "103")}}
FALLS = {"type": "transfer", "transfer_dst": "200", "transfer_timeout": 20, "final": False}
OUT = {name: {"status": "logged_out"} for name in (A, B, C)}


def q(*names: str | dict[str, Any], **settings: Any) -> list[dict[str, Any]]:
    return [queue("200", *names, **settings), *PHONES]


def at_level(agent: str, level: int, position: int = 1) -> dict[str, Any]:
    return {"agent": agent, "level": level, "position": position}


STAYS = [
    Case("an agent answers; the ring tells whose phone it is", q(A), "200",
         """0 queue 200
            0 ring 101 5000 answered 101/A
            5000 leave 200 answered 5000
            5000 answered_by 101/A""", "answered 101/A 200 @5000"),
    Case("the wait begins after start_sound", q(A, start_sound="Hi"), "200",
         """0 queue 200
            0 sound Hi 5000 foreground
            5000 ring 101 5000 answered 101/A
            10000 leave 200 answered 5000
            10000 answered_by 101/A""", "answered 101/A 200 @10000"),
    Case("an agent who does not answer has a pause of 10 s after his ring of 15 s",
         [queue("200", A, max_wait_time=30), agents("101", "A", call_timeout=15)], "200",
         """0 queue 200
            0 ring 101 15000 no_answer 101/A
            25000 ring 101 5000 no_answer 101/A
            30000 leave 200 timeout 30000
            30000 hangup normal""", "hangup normal @30000", world=NOBODY),
    Case("pauses by the result of a ring: busy 3 s, rejected 4 s, 0 is 1 s",
         [queue("200", A, B, C, max_wait_time=4, strategy="ring-all"), agents("101", "A", busy_delay_time=3),
          agents("102", "B", reject_delay_time=4), agents("103", "C", no_answer_delay_time=0)], "200",
         """0 queue 200
            0 ring 101 0 busy 101/A
            0 ring 102 0 rejected 102/B
            0 ring 103 0 unregistered 103/C
            1000 ring 103 0 unregistered 103/C
            2000 ring 103 0 unregistered 103/C
            3000 ring 101 0 busy 101/A
            3000 ring 103 0 unregistered 103/C
            4000 leave 200 timeout 4000
            4000 hangup normal""", "hangup normal @4000",
         world={"phones": {"101": {"does": "busy"}, "102": {"does": "reject"}, "103": {"registered": False}}}),
    Case("a blocked phone has no ring, and its agent the pause of no_answer",
         [queue("200", A, max_wait_time=15), {**agents("101", "A"), "status": "blocked"}], "200",
         """0 queue 200
            15000 leave 200 timeout 15000
            15000 hangup normal""", "hangup normal @15000"),
    Case("an agent's phone rings without its rules, and without its hangup_timeout",
         [queue("200", A), {**agents("101", "A", call_timeout=9), "incom_rules": [{"type": "busy"}],
                            "phone": {"hangup_timeout": 3}}], "200",
         """0 queue 200
            0 ring 101 5000 answered 101/A
            5000 leave 200 answered 5000
            5000 answered_by 101/A""", "answered 101/A 200 @5000"),
    Case("screening of the phone holds for agents", [queue("200", A, max_wait_time=9), {
        **agents("101", "A"), "phone": {"call_screening_enabled": True}}], "200",
        """0 queue 200
            0 ring 101 5000 rejected 101/A
            5000 screening
            9000 leave 200 timeout 9000
            9000 hangup normal""", "hangup normal @9000", world={"phones": {"101": {"accepts": False}}}),
    Case("skip_busy_agents: a busy one is not tried", q(A, B, skip_busy_agents=True), "200",
         """0 queue 200
            0 ring 102 5000 answered 102/B
            5000 leave 200 answered 5000
            5000 answered_by 102/B""", "answered 102/B 200 @5000", world={"phones": {"101": {"does": "dnd"}}}),
    Case("all busy and skipped, and nothing ends the wait: endless at once", q(A, skip_busy_agents=True), "200",
         "0 queue 200", "endless queue @0", world={"phones": {"101": {"does": "busy"}}}),
    Case("nobody logged in, and nothing ends the wait", q(A), "200", "0 queue 200", "endless queue @0",
         world={"agents": OUT}),
    Case("a silent agent for ever: the queue looks for the next one after 60 s, and 30 s are the limit", q(A), "200",
         """0 queue 200
            0 ring 101 60000 no_answer 101/A""", "endless queue @60000", world=NOBODY, assume={"max_seconds": 30}),
    Case("a logged-out agent of the document comes in by the world",
         [queue("200", A), agents("101", "A", status="logged_out")], "200",
         """0 queue 200
            0 ring 101 5000 answered 101/A
            5000 leave 200 answered 5000
            5000 answered_by 101/A""", "answered 101/A 200 @5000", world={"agents": {A: {"status": "available"}}}),
    Case("who served the caller 20 s ago comes first", q(A, B, try_same_agent_time=30), "200",
         """0 queue 200
            0 ring 102 5000 answered 102/B
            5000 leave 200 answered 5000
            5000 answered_by 102/B""", "answered 102/B 200 @5000",
         world={"queues": {"200": {"last_agent": B, "ago": 20}}}),
    Case("not after 30 s", q(A, B, try_same_agent_time=30), "200",
         """0 queue 200
            0 ring 101 5000 answered 101/A
            5000 leave 200 answered 5000
            5000 answered_by 101/A""", "answered 101/A 200 @5000",
         world={"queues": {"200": {"last_agent": B, "ago": 30}}}),
    Case("level 2 opens after 20 s, and is rung when nobody of level 1 is ready",
         q(at_level(A, 1), at_level(B, 2), tier_rules_apply=True, tier_rule_wait_second=20), "200",
         """0 queue 200
            0 ring 101 0 busy 101/A
            10000 ring 101 0 busy 101/A
            20000 ring 101 0 busy 101/A
            20000 ring 102 5000 answered 102/B
            25000 leave 200 answered 25000
            25000 answered_by 102/B""", "answered 102/B 200 @25000", world={"phones": {"101": {"does": "busy"}}}),
    Case("level 3 opens after 3 x 2 s", q(
        at_level(A, 1), at_level(B, 3), tier_rules_apply=True, tier_rule_wait_second=2,
        tier_rule_wait_multiply_level=True), "200",
        """0 queue 200
            0 ring 101 0 busy 101/A
            6000 ring 102 5000 answered 102/B
            11000 leave 200 answered 11000
            11000 answered_by 102/B""", "answered 102/B 200 @11000", world={"phones": {"101": {"does": "busy"}}}),
    Case("level 3 after level 2 had opened, if so assumed: 2 x 2 s + 3 x 2 s",
         q(at_level(A, 1), at_level(B, 2), at_level(C, 3), tier_rules_apply=True, tier_rule_wait_second=2,
           tier_rule_wait_multiply_level=True), "200",
         """0 queue 200
            0 ring 101 0 busy 101/A
            4000 ring 102 0 busy 102/B
            10000 ring 101 0 busy 101/A
            10000 ring 103 5000 answered 103/C
            15000 leave 200 answered 15000
            15000 answered_by 103/C""", "answered 103/C 200 @15000",
         world={"phones": {"101": {"does": "busy"}, "102": {"does": "busy"}}}, assume={"tier_clock": "level"}),
    Case("without tier_rules_apply all levels are open, the lowest first",
         q(at_level(B, 2), at_level(A, 1), tier_rule_wait_second=20), "200",
         """0 queue 200
            0 ring 101 0 busy 101/A
            0 ring 102 5000 answered 102/B
            5000 leave 200 answered 5000
            5000 answered_by 102/B""", "answered 102/B 200 @5000", world={"phones": {"101": {"does": "busy"}}}),
    Case("ring-all: who answers first has the call, at the same moment the first by position",
         q(A, B, C, strategy="ring-all", start_sound="Hi"), "200",
         """0 queue 200
            0 sound Hi 5000 foreground
            5000 ring 101 3000 cancelled 101/A
            5000 ring 102 3000 answered 102/B
            5000 ring 103 3000 cancelled 103/C
            8000 leave 200 answered 3000
            8000 answered_by 102/B""", "answered 102/B 200 @8000",
         world={"phones": {"102": {"does": 3}, "103": {"does": 3}}}),
    Case("ring-all: all pauses count from the end of the offer: 4 s + 3 s",
         [queue("200", A, B, strategy="ring-all", max_wait_time=8), agents("101", "A", busy_delay_time=3),
          agents("102", "B", call_timeout=4)], "200",
         """0 queue 200
            0 ring 101 0 busy 101/A
            0 ring 102 4000 no_answer 102/B
            7000 ring 101 0 busy 101/A
            8000 leave 200 timeout 8000
            8000 hangup normal""", "hangup normal @8000",
         world={"phones": {"101": {"does": "busy"}, "102": {"does": "no_answer"}}}),
    Case("in turn: both are ready at 12 s, and after the second comes the first",
         [queue("200", A, B, strategy="top-down", max_wait_time=13), agents("101", "A", call_timeout=2),
          agents("102", "B", call_timeout=2, no_answer_delay_time=8)], "200",
         """0 queue 200
            0 ring 101 2000 no_answer 101/A
            2000 ring 102 2000 no_answer 102/B
            12000 ring 101 1000 no_answer 101/A
            13000 leave 200 timeout 13000
            13000 hangup normal""", "hangup normal @13000", world=NOBODY),
    Case("at the limit itself a queue looks on; after its pause it is over", q(A), "200",
         """0 queue 200
            0 ring 101 60000 no_answer 101/A""", "endless queue @70000", world=NOBODY, assume={"max_seconds": 60}),
    Case("levels count from the end of start_sound: 5 s + 2 s",
         q(at_level(A, 1), at_level(B, 2), tier_rules_apply=True, tier_rule_wait_second=2, start_sound="Hi"), "200",
         """0 queue 200
            0 sound Hi 5000 foreground
            5000 ring 101 0 busy 101/A
            7000 ring 102 5000 answered 102/B
            12000 leave 200 answered 7000
            12000 answered_by 102/B""", "answered 102/B 200 @12000", world={"phones": {"101": {"does": "busy"}}}),
    Case("skip_busy_agents: at the limit of its calls, not below it",
         [queue("200", A, B, skip_busy_agents=True), {**agents("101", "A"), "phone": {"incoming_limit": 1}},
          {**agents("102", "B"), "phone": {"incoming_limit": 2}}], "200",
         """0 queue 200
            0 ring 102 5000 answered 102/B
            5000 leave 200 answered 5000
            5000 answered_by 102/B""", "answered 102/B 200 @5000",
         world={"phones": {"101": {"calls": 1}, "102": {"calls": 1}}}),
]  # fmt: skip

# With 3 agents of one level, pauses of 1 s, rings of 2 s, nobody answers for 12 s.
TURNS = {
    "round-robin": "101 102 103 101 102 103",
    "top-down": "101 102 103 101 102 103",
    # 101 is ready again, after 3 s, before it is the turn of 103.
    "sequentially-by-agent-order": "101 102 101 102 101 102",
    "random": "101 102 101 102 101 102",
    # Idle for longest: 103, then 102; of those who were tried, the longest idle one who is ready.
    "longest-idle-agent": "103 102 101 103 102 103",
    "agent-with-least-talk-time": "102 103 102 103 102 103",
    "agent-with-fewest-calls": "103 101 103 101 103 101",
    "ring-all": "101 102 103 101 102 103 101 102 103 101 102 103",
}

EXITS = [
    Case("max_wait_time leads to 103, after its sound", q(
        A, max_wait_time=10, timeout_transfer_dst="103", timeout_transfer_dst_sound="Sorry"), "200",
        """0 queue 200
            0 ring 101 10000 no_answer 101/A
            10000 leave 200 timeout 10000
            10000 sound Sorry 5000 foreground
            15000 ring 103 5000 answered
            20000 answered_by 103""", "answered 103 @20000", world={"phones": {"101": {"does": "no_answer"}}}),
    Case("the sound does not play without a destination; the queue's mailbox takes the call",
         q(A, max_wait_time=10, timeout_transfer_dst_sound="Sorry", vm_enabled=True), "200",
         """0 queue 200
            0 ring 101 10000 no_answer 101/A
            10000 leave 200 timeout 10000
            10000 voicemail 200""", "voicemail 200 @10000", world=NOBODY),
    Case("or not, if so assumed", q(A, max_wait_time=10, vm_enabled=True), "200",
         """0 queue 200
            0 ring 101 10000 no_answer 101/A
            10000 leave 200 timeout 10000
            10000 hangup normal""", "hangup normal @10000", world=NOBODY,
         assume={"queue_without_destination": "hangup"}),
    Case("a destination that failed: hung up, normal", q(A, max_wait_time=10, timeout_transfer_dst="103"), "200",
         """0 queue 200
            0 ring 101 10000 no_answer 101/A
            10000 leave 200 timeout 10000
            10000 ring 103 0 busy
            10000 hangup normal""", "hangup normal @10000",
         world={"phones": {"101": {"does": "no_answer"}, "103": {"does": "busy"}}}),
    Case("without agents: after 7 s", q(A, max_wait_time=10, max_wait_time_with_no_agent=7,
                                        no_agent_timeout_transfer_dst="103"), "200",
         """0 queue 200
            7000 leave 200 no_agent_timeout 7000
            7000 ring 103 5000 answered
            12000 answered_by 103""", "answered 103 @12000", world={"agents": OUT}),
    Case("a busy agent counts", q(A, max_wait_time=8, max_wait_time_with_no_agent=7), "200",
         """0 queue 200
            0 ring 101 0 busy 101/A
            8000 leave 200 timeout 8000
            8000 hangup normal""", "hangup normal @8000", world={"phones": {"101": {"does": "busy"}}}),
    Case("or not, if so assumed", q(A, max_wait_time=8, max_wait_time_with_no_agent=7), "200",
         """0 queue 200
            0 ring 101 0 busy 101/A
            7000 leave 200 no_agent_timeout 7000
            7000 hangup normal""", "hangup normal @7000", world={"phones": {"101": {"does": "busy"}}},
         assume={"agents_count": "free"}),
    Case("an agent whose phone is not registered counts", q(A, exit_with_no_av_agents=True, max_wait_time=5), "200",
         """0 queue 200
            0 ring 101 0 unregistered 101/A
            5000 leave 200 timeout 5000
            5000 hangup normal""", "hangup normal @5000", world={"phones": {"101": {"registered": False}}}),
    Case("or not, if so assumed: refused, and the queue has not answered", q(A, exit_with_no_av_agents=True), "200",
         """0 queue 200
            0 leave 200 no_agents 0
            0 hangup no_answer""", "hangup no_answer @0", world={"phones": {"101": {"registered": False}}},
         assume={"agents_count": "registered"}),
    Case("refused, with a destination", q(A, exit_with_no_av_agents=True, no_agent_timeout_transfer_dst="103"), "200",
         """0 queue 200
            0 leave 200 no_agents 0
            0 ring 103 5000 answered
            5000 answered_by 103""", "answered 103 @5000", world={"agents": OUT}),
    Case("the exit key, 4 s after the wait began", q(A, start_sound="Hi", exit_key="0", exit_transfer_dst="103"), "200",
         """0 queue 200
            0 sound Hi 5000 foreground
            5000 ring 101 4000 no_answer 101/A
            9000 keys queue 0
            9000 leave 200 exit_key 4000
            9000 ring 103 5000 answered
            14000 answered_by 103""", "answered 103 @14000", call={"press": [{"keys": "90", "after": 4}]},
         world={"phones": {"101": {"does": "no_answer"}}}),
    Case("another key does nothing, and is spent", q(A, exit_key="0"), "200",
         """0 queue 200
            0 ring 101 5000 answered 101/A
            5000 leave 200 answered 5000
            5000 answered_by 101/A""", "answered 101/A 200 @5000", call={"press": ["1", "0"]}),
    Case("at the same moment: the key before the timeout", q(A, exit_key="0", max_wait_time=4), "200",
         """0 queue 200
            0 ring 101 4000 no_answer 101/A
            4000 keys queue 0
            4000 leave 200 exit_key 4000
            4000 hangup normal""", "hangup normal @4000", call={"press": [{"keys": "0", "after": 4}]}, world=NOBODY),
    Case("the timeout before that without agents", q(A, max_wait_time=4, max_wait_time_with_no_agent=4), "200",
         """0 queue 200
            4000 leave 200 timeout 4000
            4000 hangup normal""", "hangup normal @4000", world={"agents": OUT}),
    Case("after a conversation of 60 s with an agent who hangs up, a rating",
         q(A, agent_hangup_action="quality_rate", quality_rate_sound="Rate", quality_rate_finish_sound="Thanks"), "200",
         """0 queue 200
            0 ring 101 5000 answered 101/A
            5000 leave 200 answered 5000
            5000 answered_by 101/A
            65000 sound Rate 5000 foreground
            70000 keys rate 5
            70000 rating
            70000 sound Thanks 5000 foreground
            75000 hangup normal""", "hangup normal told @75000", call={"agent_hangs_up": True, "press": ["5"]}),
    Case("or a transfer", q(A, agent_hangup_action="transfer", agent_hangup_transfer_dst="103"), "200",
         """0 queue 200
            0 ring 101 5000 answered 101/A
            5000 leave 200 answered 5000
            5000 answered_by 101/A
            65000 ring 103 5000 answered
            70000 answered_by 103""", "answered 103 @70000", call={"agent_hangs_up": True}),
    Case("not if the caller hangs up first", q(A, agent_hangup_action="transfer", agent_hangup_transfer_dst="103"),
         "200",
         """0 queue 200
            0 ring 101 5000 answered 101/A
            5000 leave 200 answered 5000
            5000 answered_by 101/A""", "answered 101/A 200 @5000"),
    Case("a blocked phone is not free", [queue("200", A, exit_with_no_av_agents=True),
                                         {**agents("101", "A"), "status": "blocked"}], "200",
         """0 queue 200
            0 leave 200 no_agents 0
            0 hangup no_answer""", "hangup no_answer @0", assume={"agents_count": "free"}),
    Case("a phone with a static address is registered",
         [queue("200", A, exit_with_no_av_agents=True, max_wait_time=3), {
             **agents("101", "A"), "phone": {"static_reg_address": "192.0.2.1"}}], "200",
         """0 queue 200
            0 ring 101 3000 no_answer 101/A
            3000 leave 200 timeout 3000
            3000 hangup normal""", "hangup normal @3000", world={"phones": {"101": {"registered": False}}},
         assume={"agents_count": "registered"}),
]  # fmt: skip

LEGS = [
    Case("a queue answers at once: the rule behind the transfer never runs",
         [phone("104", FALLS, {"type": "busy"}), *q(A, max_wait_time=30)], "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 ring 101 30000 no_answer 101/A
            30000 leave 200 timeout 30000
            30000 hangup normal""", "hangup normal @30000", world=NOBODY),
    Case("one that does not answer is cut off after 20 s, and the next rule runs",
         [phone("104", FALLS, {"type": "busy"}), *q(A, max_wait_time=30, disable_answer=True)], "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 ring 101 20000 no_answer 101/A
            20000 rule incom_rules[1]
            20000 hangup busy""", "hangup busy @20000", world=NOBODY),
    Case("so too if none ever answers, as may be assumed",
         [phone("104", FALLS, {"type": "busy"}), *q(A, max_wait_time=30)], "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 ring 101 20000 no_answer 101/A
            20000 rule incom_rules[1]
            20000 hangup busy""", "hangup busy @20000", world=NOBODY, assume={"queue_answers": "never"}),
    Case("or all always do", [phone("104", FALLS, {"type": "busy"}),
         *q(A, max_wait_time=30, disable_answer=True)], "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 ring 101 30000 no_answer 101/A
            30000 leave 200 timeout 30000
            30000 hangup normal""", "hangup normal @30000", world=NOBODY, assume={"queue_answers": "always"}),
    Case("it is cut off in its sound too", [phone("104", {**FALLS, "transfer_timeout": 3}, {"type": "busy"}),
                                            *q(A, start_sound="Hi", disable_answer=True)], "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 sound Hi 3000 foreground
            3000 rule incom_rules[1]
            3000 hangup busy""", "hangup busy told @3000"),
    Case("and in the sound of its destination: 10 s of wait, 4 s of 5 s",
         [phone("104", {**FALLS, "transfer_timeout": 14}, {"type": "busy"}),
          *q(A, max_wait_time=10, timeout_transfer_dst="103", timeout_transfer_dst_sound="Sorry", disable_answer=True)],
         "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 ring 101 10000 no_answer 101/A
            10000 leave 200 timeout 10000
            10000 sound Sorry 4000 foreground
            14000 rule incom_rules[1]
            14000 hangup busy""", "hangup busy told @14000", world=NOBODY),
    Case("refused without agents, the rule behind the transfer runs",
         [phone("104", FALLS, {"type": "busy"}), *q(A, exit_with_no_av_agents=True)], "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 leave 200 no_agents 0
            0 rule incom_rules[1]
            0 hangup busy""", "hangup busy @0", world={"agents": OUT}),
    Case("two queues without agents that lead to each other: the first is on the stack still",
         [queue("200", exit_with_no_av_agents=True, no_agent_timeout_transfer_dst="201"),
          queue("201", exit_with_no_av_agents=True, no_agent_timeout_transfer_dst="200")], "200",
         """0 queue 200
            0 leave 200 no_agents 0
            0 queue 201
            0 leave 201 no_agents 0
            0 loop 200
            0 hangup no_answer""", "hangup no_answer @0"),
    Case("an agent of a queue in a group of two answers before the phone does",
         [phone("104", {**FALLS, "transfer_dst": "103 200"}), *q(A, disable_answer=True)], "104",
         """0 rule incom_rules[0]
            0 ring 103 3000 cancelled
            0 queue 200
            0 ring 101 3000 answered 101/A
            3000 leave 200 answered 3000
            3000 answered_by 101/A""", "answered 101/A 200 @3000", world={"phones": {"101": {"does": 3}}}),
    Case("an endless circle in a leg is not told: the menu has a rule, then nothing",
         [menu("300", {"main": {"start": [{"action": "transfer", "transfer_dst": "104"}]}}),
          phone("104", {**FALLS, "transfer_dst": "105"}), phone("105", {**FALLS, "transfer_dst": "106"}), phone("106")],
         "300",
         """0 menu 300 main start
            0 rule rules[0]""", "endless circle @0", assume={"max_steps": 3}),
    Case("its own end and that of whoever rings it at the same moment: it is cut off, and has not let go",
         [phone("104", FALLS, {"type": "busy"}), *q(A, max_wait_time=20, disable_answer=True)], "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 ring 101 20000 no_answer 101/A
            20000 rule incom_rules[1]
            20000 hangup busy""", "hangup busy @20000", world=NOBODY),
    Case("its mailbox comes too late when its destination has rung until then",
         [phone("104", FALLS, {"type": "busy"}),
          *q(A, max_wait_time=10, timeout_transfer_dst="103", disable_answer=True, vm_enabled=True)], "104",
         """0 rule incom_rules[0]
            0 queue 200
            0 ring 101 10000 no_answer 101/A
            10000 leave 200 timeout 10000
            10000 ring 103 10000 no_answer
            20000 rule incom_rules[1]
            20000 hangup busy""", "hangup busy @20000", world=NOBODY),
]  # fmt: skip


@pytest.mark.parametrize("case", [*STAYS, *EXITS, *LEGS], ids=lambda case: case.why)
def test_the_call_is_as_computed_by_hand(case: Case) -> None:
    case.check()


@pytest.mark.parametrize("strategy", TURNS)
def test_who_is_rung_in_which_order(strategy: str) -> None:
    brief = {"call_timeout": 2, "no_answer_delay_time": 1}
    extensions = [queue("200", A, B, C, strategy=strategy, max_wait_time=12), *(
        agents(number, name, **brief) for number, name in (("101", "A"), ("102", "B"), ("103", "C")))]  # fmt: skip
    known = {
        A: {"idle": 10, "talk": 30, "calls": 2},
        B: {"idle": 20, "talk": 10, "calls": 3},
        C: {"idle": 30, "talk": 20, "calls": 1},
    }
    answer = Case("", extensions, "200", "", "", world={**NOBODY, "agents": known}).answer()
    rung = [event.details["who"] for event in answer.trace if event.event == "ring"]
    assert " ".join(rung) == TURNS[strategy]
    assert answer.random == (strategy == "random")


def test_chance_has_no_part_in_ringing_the_agent_of_the_last_call() -> None:
    extensions = [queue("200", A, B, strategy="random", try_same_agent_time=60), *PHONES]
    world = {"queues": {"200": {"last_agent": B, "ago": 30}}}
    answer = Case("", extensions, "200", "", "", world=world).answer()
    assert lines(answer)[1:2] == [f"0 ring 102 5000 answered {B}"]
    assert not answer.random


def test_positions_count_and_then_the_order_of_the_document() -> None:
    listed = [{"agent": A, "position": 2}, {"agent": B, "position": 1}, {"agent": C, "position": 2}]
    case = Case("", [queue("200", *listed, strategy="ring-all"), *PHONES], "200", "", "")
    assert [line.split()[2] for line in lines(case.answer()) if " ring " in line] == ["102", "101", "103"]
