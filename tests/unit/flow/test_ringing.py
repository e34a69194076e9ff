# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Phones, destinations and incoming rules: calls computed by hand."""

from __future__ import annotations

import pytest

from tests.unit.flow.calling import NOON, Case, agents, menu, phone, queue

TO_102 = {"type": "transfer", "transfer_dst": "102", "transfer_timeout": 20}
FALLS = {"final": False}
VOICEMAIL = {"type": "voicemail"}

CASES = [
    Case("a phone answers after 5 s", [phone("101")], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000"),
    Case("it rings 60 s, since it does not say how long", [phone("101")], "101",
         """0 ring 101 60000 no_answer
            60000 hangup no_answer""", "hangup no_answer @60000", world={"phones": {"101": {"does": "no_answer"}}}),
    Case("who would answer when the ringing ends has not answered", [phone("101", hangup_timeout=5)], "101",
         """0 ring 101 5000 no_answer
            5000 hangup no_answer""", "hangup no_answer @5000"),
    Case("a busy phone is busy at once", [phone("101")], "101",
         """0 ring 101 0 busy
            0 hangup busy""", "hangup busy @0", world={"phones": {"101": {"does": "busy"}}}),
    Case("as many calls as it may have: busy", [phone("101", incoming_limit=2)], "101",
         """0 ring 101 0 busy
            0 hangup busy""", "hangup busy @0", world={"phones": {"101": {"calls": 2}}}),
    Case("no limit is 0", [phone("101", incoming_limit=0)], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000", world={"phones": {"101": {"calls": 9}}}),
    Case("not registered fails at once", [phone("101")], "101",
         """0 ring 101 0 unregistered
            0 hangup no_answer""", "hangup no_answer @0", world={"phones": {"101": {"registered": False}}}),
    Case("a static address needs no registration", [phone("101", static_reg_address="192.0.2.1")], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000", world={"phones": {"101": {"registered": False}}}),
    Case("rejected after 3 s is no_answer, not busy", [phone("101")], "101",
         """0 ring 101 3000 rejected
            3000 hangup no_answer""", "hangup no_answer @3000", world={"phones": {"101": {"does": {"reject": 3}}}}),
    Case("a rejection after the ringing is none", [phone("101", hangup_timeout=2)], "101",
         """0 ring 101 2000 no_answer
            2000 hangup no_answer""", "hangup no_answer @2000", world={"phones": {"101": {"does": {"reject": 3}}}}),
    Case("do not disturb is busy", [phone("101")], "101",
         """0 ring 101 0 busy
            0 hangup busy""", "hangup busy @0", world={"phones": {"101": {"does": "dnd"}}}),
    Case("or, if so assumed, a rejection", [phone("101")], "101",
         """0 ring 101 0 rejected
            0 hangup no_answer""", "hangup no_answer @0", world={"phones": {"101": {"does": "dnd"}}},
         assume={"dnd": "no_answer"}),
    Case("a screened callee accepts", [phone("101", call_screening_enabled=True)], "101",
         """0 ring 101 5000 answered
            5000 screening
            5000 answered_by 101""", "answered 101 @5000"),
    Case("or does not, and the mailbox takes the call", [phone("101", call_screening_enabled=True, vm_enabled=True)],
         "101",
         """0 ring 101 5000 rejected
            5000 screening
            5000 voicemail 101""", "voicemail 101 @5000", world={"phones": {"101": {"accepts": False}}}),
    Case("after its own ringing, the mailbox with its greeting of 5 s",
         [phone("101", hangup_timeout=20, vm_enabled=True, vm_greeting="Hello")], "101",
         """0 ring 101 20000 no_answer
            20000 sound Hello 5000 foreground
            25000 voicemail 101""", "voicemail 101 @25000", world={"phones": {"101": {"does": "no_answer"}}}),
    Case("only a rule leads to the mailbox, if so assumed", [phone("101", hangup_timeout=20, vm_enabled=True)], "101",
         """0 ring 101 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000",
         world={"phones": {"101": {"does": "no_answer"}}}, assume={"phone_voicemail": "by_rule_only"}),
    Case("vm_enabled is not set: there is none", [{"number": "101", "type": "phone"}], "101",
         """0 ring 101 0 busy
            0 hangup busy""", "hangup busy @0", world={"phones": {"101": {"does": "busy"}}}),
    Case("vm_enabled is not set: there is one, if so assumed", [{"number": "101", "type": "phone"}], "101",
         """0 ring 101 0 busy
            0 voicemail 101""", "voicemail 101 @0", world={"phones": {"101": {"does": "busy"}}},
         assume={"vm_default": "true"}),
    Case("nobody has the number", [phone("101")], "109", "0 hangup unallocated", "hangup unallocated @0"),
    Case("a DID without an extension", [phone("101")], "7495", "0 hangup unallocated", "hangup unallocated @0",
         more={"dids": [{"name": "7495", "extension": "109"}]}),
    Case("a blocked extension refuses, whatever its rules say",
         [{**phone("101", {"type": "busy"}), "status": "blocked"}], "101",
         "0 hangup blocked", "hangup blocked @0"),
    Case("or not, if so assumed", [{**phone("101"), "status": "blocked"}], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000", assume={"blocked_extension": "normal"}),
]  # fmt: skip

RULES = [
    Case("forwarding of all calls: the phone itself never rings", [phone("101", TO_102), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring 102 5000 answered
            5000 answered_by 102""", "answered 102 @5000"),
    Case("a final rule that failed ends the list: the second never runs",
         [phone("101", TO_102, VOICEMAIL, vm_enabled=True), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring 102 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000", world={"phones": {"102": {"does": "no_answer"}}}),
    Case("or the mailbox takes the call, if so assumed",
         [phone("101", TO_102, vm_enabled=True), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 voicemail 101""", "voicemail 101 @0", world={"phones": {"102": {"does": "busy"}}},
         assume={"final_failed": "voicemail"}),
    Case("a rule that is not final lets the next one run",
         [phone("101", {**TO_102, **FALLS}, VOICEMAIL, vm_enabled=True), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 rule incom_rules[1]
            0 voicemail 101""", "voicemail 101 @0", world={"phones": {"102": {"does": "busy"}}}),
    Case("when the rules are exhausted, the phone rings itself",
         [phone("101", {**TO_102, **FALLS}), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000", world={"phones": {"102": {"does": "busy"}}}),
    Case("or the call fails as the last rule did, if so assumed",
         [phone("101", {**TO_102, **FALLS}), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 hangup busy""", "hangup busy @0", world={"phones": {"102": {"does": "busy"}}},
         assume={"rules_exhausted": "hangup"}),
    Case("a rule for busy has the phone called first; it answers, so that no rule runs",
         [phone("101", {**TO_102, "call_status": "busy"}), phone("102")], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000"),
    Case("it is busy: the rule runs",
         [phone("101", {**TO_102, "call_status": "busy"}), phone("102")], "101",
         """0 ring 101 0 busy
            0 rule incom_rules[0]
            0 ring 102 5000 answered
            5000 answered_by 102""", "answered 102 @5000", world={"phones": {"101": {"does": "busy"}}}),
    Case("it does not answer: the rule for busy is skipped, and the phone has rung already",
         [phone("101", {**TO_102, "call_status": "busy"}, hangup_timeout=20), phone("102")], "101",
         """0 ring 101 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000", world={"phones": {"101": {"does": "no_answer"}}}),
    Case("call_status judges the transfer before it, and the phone is not rung for it",
         [phone("101", {**TO_102, **FALLS}, {**VOICEMAIL, "call_status": "busy"}, vm_enabled=True), phone("102")],
         "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 rule incom_rules[1]
            0 voicemail 101""", "voicemail 101 @0", world={"phones": {"102": {"does": "busy"}}}),
    Case("extension_call_status judges the phone itself, whatever the transfer came to",
         [phone("101", {**TO_102, **FALLS}, {**VOICEMAIL, "extension_call_status": "no_answer"}, vm_enabled=True,
                hangup_timeout=10), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 ring 101 10000 no_answer
            10000 rule incom_rules[1]
            10000 voicemail 101""", "voicemail 101 @10000",
         world={"phones": {"102": {"does": "busy"}, "101": {"does": "no_answer"}}}),
    Case("when its interval is not active, the phone does not ring for a rule's sake",
         [{**phone("101", {**VOICEMAIL, "call_status": "busy", "interval": "Never"}, TO_102), "intervals": [
             {"name": "Never", "timezone": "UTC", "conditions": []}]}, phone("102")], "101",
         """0 rule incom_rules[1]
            0 ring 102 5000 answered
            5000 answered_by 102""", "answered 102 @5000", call={"at": NOON}),
    Case("or does, if so assumed",
         [{**phone("101", {**VOICEMAIL, "call_status": "busy", "interval": "Never"}, TO_102), "intervals": [
             {"name": "Never", "timezone": "UTC", "conditions": []}]}, phone("102")], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000", call={"at": NOON}, assume={"own_call": "eager"}),
    Case("busy ends the list, whatever final says", [phone("101", {"type": "busy", **FALLS}, TO_102)], "101",
         """0 rule incom_rules[0]
            0 hangup busy""", "hangup busy @0"),
    Case("hangup is 480", [phone("101", {"type": "hangup"})], "101",
         """0 rule incom_rules[0]
            0 hangup no_answer""", "hangup no_answer @0"),
    Case("a file is played to its end; the caller was told",
         [phone("101", {"type": "playfile", "playfile_sound": "Moved"})], "101",
         """0 rule incom_rules[0]
            0 sound Moved 7500 foreground
            7500 hangup normal""", "hangup normal told @7500", world={"sounds": {"Moved": 7.5}}),
    Case("a rule for a mailbox that is off fails with no_answer, and is final",
         [phone("101", VOICEMAIL, TO_102)], "101",
         """0 rule incom_rules[0]
            0 hangup no_answer""", "hangup no_answer @0"),
    Case("or records nevertheless, if so assumed", [phone("101", VOICEMAIL)], "101",
         """0 rule incom_rules[0]
            0 voicemail 101""", "voicemail 101 @0", assume={"voicemail_disabled": "record"}),
    Case("a disabled rule is skipped", [phone("101", {"type": "busy", "enabled": False})], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000"),
    Case("its control code switches it on",
         [phone("101", {"type": "busy", "enabled": False, "control_code": "*91"})], "101",
         """0 rule incom_rules[0]
            0 hangup busy""", "hangup busy @0", world={"codes": ["*91"]}),
    Case("and off again", [phone("101", {"type": "busy", "enabled": False, "control_code": "*91"})], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000", world={"codes": ["*91", "*91"]}),
    Case("the phone is unreachable", [phone("101", {"type": "busy", "extension_status": "unreachable"})], "101",
         """0 rule incom_rules[0]
            0 hangup busy""", "hangup busy @0", world={"phones": {"101": {"registered": False}}}),
    Case("registered holds for a static address",
         [phone("101", {"type": "busy", "extension_status": "registered"}, static_reg_address="192.0.2.1")], "101",
         """0 rule incom_rules[0]
            0 hangup busy""", "hangup busy @0", world={"phones": {"101": {"registered": False}}}),
    Case("a status condition never holds on a queue",
         [queue("200", incom_rules=[{"type": "busy", "call_status": "busy"}],
                exit_with_no_av_agents=True)], "200",
         """0 queue 200
            0 leave 200 no_agents 0
            0 hangup no_answer""", "hangup no_answer @0"),
    Case("or counts as any, if so assumed", [queue("200", incom_rules=[{"type": "busy", "call_status": "busy"}])],
         "200",
         """0 rule incom_rules[0]
            0 hangup busy""", "hangup busy @0", assume={"status_of_nonphone": "ignored"}),
    Case("a pattern is searched in the number",
         [phone("101", {"type": "busy", "caller_id_action": "matches", "caller_id": "4930"})], "101",
         """0 rule incom_rules[0]
            0 hangup busy""", "hangup busy @0", call={"from": {"number": "+004930"}}),
    Case("a hidden caller matches nothing, and not_matches holds",
         [phone("101", {"type": "hangup", "caller_id_action": "matches", "caller_id": ""},
                {"type": "busy", "caller_id_action": "not_matches", "caller_id": "7"})], "101",
         """0 rule incom_rules[1]
            0 hangup busy""", "hangup busy @0", call={"from": {"anonymous": True}}),
    Case("or not, if so assumed; anonymous does",
         [phone("101", {"type": "hangup", "caller_id_action": "not_matches", "caller_id": "7"},
                {"type": "busy", "caller_id_action": "anonymous"})], "101",
         """0 rule incom_rules[1]
            0 hangup busy""", "hangup busy @0", call={"from": {"number": ""}},
         assume={"anonymous_not_matches": "fails"}),
]  # fmt: skip

BOTH = {"type": "transfer", "transfer_dst": "102 103", "transfer_timeout": 20}
SIMPLE = {**BOTH, "type": "simple_transfer"}


def cascade(*numbers: tuple[int, str], **more: object) -> dict[str, object]:
    listed = [{"delay": delay, "number": number} for delay, number in numbers]
    return {"type": "cascade", "transfer_timeout": 20, "cascade_numbers": listed, **more}


GROUPS = [
    Case("who answers first has the call, the others are cancelled", [phone("101", BOTH), phone("102"), phone("103")],
         "101",
         """0 rule incom_rules[0]
            0 ring 102 3000 cancelled
            0 ring 103 3000 answered
            3000 answered_by 103""", "answered 103 @3000", world={"phones": {"103": {"does": 3}}}),
    Case("at the same moment the one that stands first", [phone("101", BOTH), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 5000 answered
            0 ring 103 5000 cancelled
            5000 answered_by 102""", "answered 102 @5000"),
    Case("all busy: busy, at once", [phone("101", BOTH), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 ring 103 0 busy
            0 hangup busy""", "hangup busy @0", world={"phones": {"102": {"does": "busy"}, "103": {"does": "busy"}}}),
    Case("one busy, one silent: no_answer at the end", [phone("101", BOTH), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 ring 103 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000",
         world={"phones": {"102": {"does": "busy"}, "103": {"does": "no_answer"}}}),
    Case("one busy is enough, if so assumed", [phone("101", BOTH), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            0 ring 103 20000 no_answer
            20000 hangup busy""", "hangup busy @20000",
         world={"phones": {"102": {"does": "busy"}, "103": {"does": "no_answer"}}},
         assume={"group_status": "any_busy"}),
    Case("or the status of the last; at the same moment the one that stands last",
         [phone("101", BOTH), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 unregistered
            0 ring 103 0 busy
            0 hangup busy""", "hangup busy @0",
         world={"phones": {"102": {"registered": False}, "103": {"does": "busy"}}}, assume={"group_status": "last"}),
    Case("a destination's mailbox may win: it answers at 10 s, while the mobile rings on",
         [phone("101", {**BOTH, "transfer_dst": "102 +491"}), phone("102", hangup_timeout=10, vm_enabled=True)], "101",
         """0 rule incom_rules[0]
            0 ring 102 10000 no_answer
            0 ring +491 10000 cancelled
            10000 voicemail 102""", "voicemail 102 @10000",
         world={"phones": {"102": {"does": "no_answer"}}, "external": {"+491": 15}}),
    Case("a simple transfer knows neither rules nor mailbox nor hangup_timeout",
         [phone("101", SIMPLE), phone("102", {"type": "busy"}, hangup_timeout=5, vm_enabled=True),
          phone("103", hangup_timeout=5)], "101",
         """0 rule incom_rules[0]
            0 ring 102 20000 no_answer
            0 ring 103 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000",
         world={"phones": {"102": {"does": "no_answer"}, "103": {"does": "no_answer"}}}),
    Case("a menu wins at once, and nobody else rings", [phone("101", {**BOTH, "transfer_dst": "102 300"}), phone("102"),
                                                        menu("300", {"main": {}})], "101",
         """0 rule incom_rules[0]
            0 menu 300 main start
            0 hangup normal""", "hangup normal @0"),
    Case("an outside number answers after 10 s", [phone("101", {**TO_102, "transfer_dst": "0049301234"})], "101",
         """0 rule incom_rules[0]
            0 ring 0049301234 10000 answered
            10000 answered_by 0049301234""", "answered 0049301234 @10000"),
    Case("an outside number is screened by the rule, and always accepts",
         [phone("101", {**TO_102, "transfer_dst": "0049301234", "enable_call_screening": True})], "101",
         """0 rule incom_rules[0]
            0 ring 0049301234 10000 answered
            10000 screening
            10000 answered_by 0049301234""", "answered 0049301234 @10000"),
    Case("a number as long as an extension that none has fails at once, and nobody rings",
         [phone("101", {**TO_102, "transfer_dst": "109"})], "101",
         """0 rule incom_rules[0]
            0 hangup no_answer""", "hangup no_answer @0"),
    Case("a tenant's prefix does not count", [phone("101", {**TO_102, "transfer_dst": "00500*0003*102"}), phone("102")],
         "101",
         """0 rule incom_rules[0]
            0 ring 102 5000 answered
            5000 answered_by 102""", "answered 102 @5000"),
    Case("a star code is an outside number", [phone("101", {**TO_102, "transfer_dst": "*8102"}), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring *8102 10000 answered
            10000 answered_by *8102""", "answered *8102 @10000"),
    Case("a DID of the tenant is its extension", [phone("101", {**TO_102, "transfer_dst": "7495"}), phone("102")],
         "101",
         """0 rule incom_rules[0]
            0 ring 102 5000 answered
            5000 answered_by 102""", "answered 102 @5000", more={"dids": [{"name": "7495", "extension": "102"}]}),
    Case("or an outside number, if so assumed", [phone("101", {**TO_102, "transfer_dst": "7495"}), phone("102")], "101",
         """0 rule incom_rules[0]
            0 ring 7495 10000 answered
            10000 answered_by 7495""", "answered 7495 @10000", more={"dids": [{"name": "7495", "extension": "102"}]},
         assume={"did_as_destination": "external"}),
    Case("a blocked destination fails at once, and nobody rings",
         [phone("101", TO_102), {**phone("102"), "status": "blocked"}], "101",
         """0 rule incom_rules[0]
            0 hangup no_answer""", "hangup no_answer @0"),
    Case("without a destination, the group fails at once", [phone("101", {**TO_102, "transfer_dst": " "})], "101",
         """0 rule incom_rules[0]
            0 hangup no_answer""", "hangup no_answer @0"),
    Case("a transfer without a timeout rings for 60 s",
         [phone("101", {"type": "transfer", "transfer_dst": "+49"})], "101",
         """0 rule incom_rules[0]
            0 ring +49 60000 no_answer
            60000 hangup no_answer""", "hangup no_answer @60000", world={"external": {"+49": "no_answer"}}),
    Case("a cascade: the first at 0, the second 5 s after the rule began",
         [phone("101", cascade((0, "102"), (5, "103"))), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 8000 cancelled
            5000 ring 103 3000 answered
            8000 answered_by 103""", "answered 103 @8000",
         world={"phones": {"102": {"does": 9}, "103": {"does": 3}}}),
    Case("the smallest delay is 0 whatever it says; the other stays as it is",
         [phone("101", cascade((3, "102"), (5, "103"))), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            5000 ring 103 5000 answered
            10000 answered_by 103""", "answered 103 @10000", world={"phones": {"102": {"does": "busy"}}}),
    Case("or all are shifted, if so assumed",
         [phone("101", cascade((3, "102"), (5, "103"))), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            2000 ring 103 5000 answered
            7000 answered_by 103""", "answered 103 @7000", world={"phones": {"102": {"does": "busy"}}},
         assume={"cascade_delays": "shifted"}),
    Case("whose turn would come at the end never rings, but the group waits for it",
         [phone("101", cascade((0, "102"), (20, "103"))), phone("102"), phone("103")], "101",
         """0 rule incom_rules[0]
            0 ring 102 0 busy
            20000 hangup no_answer""", "hangup no_answer @20000", world={"phones": {"102": {"does": "busy"}}}),
    Case("the own number in a cascade rings the phone itself, for as long as the rule says",
         [phone("101", cascade((0, "101"), (10, "+491")), hangup_timeout=5)], "101",
         """0 rule incom_rules[0]
            0 ring 101 20000 no_answer
            10000 ring +491 10000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000",
         world={"phones": {"101": {"does": "no_answer"}}, "external": {"+491": "no_answer"}}),
    Case("or its rules again, which goes in a circle, if so assumed", [phone("101", cascade((0, "101")))], "101",
         """0 rule incom_rules[0]
            0 loop 101
            0 hangup no_answer""", "hangup no_answer @0", assume={"own_number": "rules"}),
    Case("two phones that forward to each other",
         [phone("101", TO_102), phone("102", {**TO_102, "transfer_dst": "101", **FALLS})], "101",
         """0 rule incom_rules[0]
            0 rule incom_rules[0]
            0 loop 101
            0 ring 102 5000 answered
            5000 answered_by 102""", "answered 102 @5000"),
    Case("if they may be entered again, 2 lists deep: the third fails",
         [phone("101", TO_102), phone("102", {**TO_102, "transfer_dst": "101"})], "101",
         """0 rule incom_rules[0]
            0 rule incom_rules[0]
            0 rule incom_rules[0]
            0 loop 102
            0 hangup no_answer""", "hangup no_answer @0", assume={"reentry": "allow", "max_forwards": 2}),
    Case("whoever rings an extension has its patience: after 20 s no further rule runs",
         [phone("101", TO_102), phone("102", {"type": "transfer", "transfer_dst": "+49", **FALLS}, VOICEMAIL,
                                      vm_enabled=True)], "101",
         """0 rule incom_rules[0]
            0 rule incom_rules[0]
            0 ring +49 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000", world={"external": {"+49": "no_answer"}}),
    Case("before the mailbox too: 20 s are over just then",
         [phone("101", TO_102), phone("102", vm_enabled=True, hangup_timeout=20)], "101",
         """0 rule incom_rules[0]
            0 ring 102 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000", world={"phones": {"102": {"does": "no_answer"}}}),
    Case("a fax answers", [{"number": "101", "type": "fax"}], "101", "0 fax", "fax 101 @0"),
    Case("a conference plays its sound",
         [{"number": "101", "type": "conference", "conference": {"enter_sound": "Ding"}}], "101",
         """0 sound Ding 5000 foreground
            5000 conference""", "conference 101 @5000"),
    Case("a full conference is busy",
         [{"number": "101", "type": "conference", "conference": {"max_members": 3, "pin": "1"}}], "101",
         "0 hangup busy", "hangup busy @0", world={"conferences": {"101": 3}}),
    Case("three times no PIN, or a wrong one: 5 s of silence, then at once",
         [{"number": "101", "type": "conference", "conference": {"pin": "12"}}], "101",
         """0 keys pin -
            5000 keys pin 1
            7000 keys pin 123
            7000 hangup rejected_pin""", "hangup rejected_pin @7000",
         call={"press": ["", "1", {"keys": "123", "after": 2}]}),
    Case("the moderator's PIN is as good",
         [{"number": "101", "type": "conference", "conference": {"pin": "12", "moderator_pin": "34"}}], "101",
         """0 keys pin 34
            0 conference""", "conference 101 @0", call={"press": ["34"]}),
    Case("the caller hangs up while it rings", [phone("101")], "101",
         "0 ring 101 5000 cancelled", "abandoned ringing @5000", call={"hang_up_after": 5},
         world={"phones": {"101": {"does": "no_answer"}}}),
    Case("an answer at that very moment stands", [phone("101")], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000", call={"hang_up_after": 5}),
    Case("agents are no rules: who calls 101 rings it", [agents("101", "Anna")], "101",
         """0 ring 101 5000 answered
            5000 answered_by 101""", "answered 101 @5000"),
    Case("a rejection when the ringing ends is none", [phone("101", hangup_timeout=3)], "101",
         """0 ring 101 3000 no_answer
            3000 hangup no_answer""", "hangup no_answer @3000", world={"phones": {"101": {"does": {"reject": 3}}}}),
    Case("a rule is not judged by a phone that has rung until whoever called it has waited enough",
         [phone("101", TO_102), phone("102", {**VOICEMAIL, "call_status": "no_answer"}, vm_enabled=True)], "101",
         """0 rule incom_rules[0]
            0 ring 102 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000", world={"phones": {"102": {"does": "no_answer"}}}),
    Case("nor does the phone ring after its rules have taken all the time",
         [phone("101", TO_102), phone("102", {"type": "transfer", "transfer_dst": "+49", **FALLS})], "101",
         """0 rule incom_rules[0]
            0 rule incom_rules[0]
            0 ring +49 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000", world={"external": {"+49": "no_answer"}}),
    Case("nor does its mailbox take the call then, even if so assumed",
         [phone("101", TO_102), phone("102", {"type": "transfer", "transfer_dst": "+49"}, vm_enabled=True)], "101",
         """0 rule incom_rules[0]
            0 rule incom_rules[0]
            0 ring +49 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000", world={"external": {"+49": "no_answer"}},
         assume={"final_failed": "voicemail"}),
    Case("what fails when the time is over is no_answer: one busy is enough inside, not outside",
         [phone("101", TO_102), phone("102", BOTH), phone("103")], "101",
         """0 rule incom_rules[0]
            0 rule incom_rules[0]
            0 loop 102
            0 ring 103 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000", world={"phones": {"103": {"does": "no_answer"}}},
         assume={"group_status": "any_busy", "own_number": "rules"}),
    Case("the same with a busy one",
         [phone("101", TO_102), phone("102", {**BOTH, "transfer_dst": "103 104"}), phone("103"), phone("104")], "101",
         """0 rule incom_rules[0]
            0 rule incom_rules[0]
            0 ring 103 0 busy
            0 ring 104 20000 no_answer
            20000 hangup no_answer""", "hangup no_answer @20000",
         world={"phones": {"103": {"does": "busy"}, "104": {"does": "no_answer"}}},
         assume={"group_status": "any_busy"}),
    Case("no limit is reached after the caller has left: the rule that would run at 10 s, in a leg, never does",
         [phone("101", {"type": "transfer", "transfer_dst": "102"}),
          phone("102", {"type": "transfer", "transfer_dst": "103", "call_status": "no_answer"}, hangup_timeout=10)],
         "101",
         """0 rule incom_rules[0]
            0 ring 102 3000 cancelled""", "abandoned ringing @3000", call={"hang_up_after": 3},
         world={"phones": {"102": {"does": "no_answer"}}}, assume={"max_seconds": 5}),
    Case("who waits for a PIN as long as it may take has pressed nothing",
         [{"number": "101", "type": "conference", "conference": {"pin": "12"}}], "101",
         """0 keys pin -
            5000 keys pin 12
            5000 conference""", "conference 101 @5000", call={"press": [{"keys": "12", "after": 5}, "12"]}),
]  # fmt: skip


@pytest.mark.parametrize("case", [*CASES, *RULES, *GROUPS], ids=lambda case: case.why)
def test_the_call_is_as_computed_by_hand(case: Case) -> None:
    case.check()


def test_the_place_of_a_rule_is_that_of_the_document() -> None:
    case = next(case for case in RULES if case.why.startswith("a rule that is not final"))
    assert case.answer().fired == ('extensions[0] "101" > incom_rules[0]', 'extensions[0] "101" > incom_rules[1]')


def test_forwards_may_be_twenty_deep_and_no_deeper() -> None:
    ring = [phone(f"1{index:02}", {"type": "transfer", "transfer_dst": f"1{index + 1:02}"}) for index in range(25)]
    answer = Case("", ring, "100", "", "").answer()
    # 20 lists may be on the stack when an extension is reached; with the 21st, the next one fails.
    assert [event.details["extension"] for event in answer.trace if event.event == "loop"] == ["121"]
    assert len(answer.fired) == 21
