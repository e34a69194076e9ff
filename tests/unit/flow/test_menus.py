# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Voice menus: calls computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.flow.calling import NOON, Case, menu, phone, queue

HELLO = {"action": "play_sound", "sound": "Hello"}
BYE: list[dict[str, Any]] = [{"action": "hangup"}]
BUSY: list[dict[str, Any]] = [{"action": "hangup", "hangup_cause": "busy"}]
FALLS = {"final": False}
TO_102 = {"action": "transfer", "transfer_dst": "102", "transfer_timeout": 20}


def rule(action: str, **more: Any) -> dict[str, Any]:
    return {"action": action, **more}


def one(*rules: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    """A menu of one context, whose options take one key each, and a phone."""
    return [menu("300", {"main": {"digit_len": 1, "start": list(rules), **options}}), phone("102")]


KEYS = [
    Case("nobody presses: 5 s after the sound, the option timeout; without rules it hangs up", one(HELLO), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu -
            10000 menu 300 main timeout
            10000 hangup normal""", "hangup normal told @10000"),
    Case("a key that is an option, pressed when the menu waits", one(HELLO, **{"1": BUSY}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 1
            5000 menu 300 main 1
            5000 rule rules[0]
            5000 hangup busy""", "hangup busy told @5000", call={"press": ["1"]}),
    Case("an impatient caller breaks into the sound, and the next rule does not run",
         one(HELLO, {**HELLO, "sound": "More"}, **{"1": BUSY}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 0 background
            0 keys menu 1
            0 menu 300 main 1
            0 rule rules[0]
            0 hangup busy""", "hangup busy @0", call={"press": [{"keys": "1", "after": 3}], "impatient": True}),
    Case("not into one in the foreground; into the silence after it",
         one({**HELLO, "sound_type": "foreground"}, rule("play_silence", silence_time=900), **{"1": BUSY}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 foreground
            5000 rule rules[1]
            5000 silence 0
            5000 keys menu 1
            5000 menu 300 main 1
            5000 rule rules[0]
            5000 hangup busy""", "hangup busy told @5000", call={"press": ["1"], "impatient": True}),
    Case("an impatient caller who has nothing to press listens", one(HELLO), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu -
            10000 menu 300 main timeout
            10000 hangup normal""", "hangup normal told @10000", call={"press": [""], "impatient": True}),
    Case("two keys of a menu that takes one: the second is dropped", one(HELLO, **{"1": BUSY}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 1
            5000 menu 300 main 1
            5000 rule rules[0]
            5000 hangup busy""", "hangup busy told @5000", call={"press": ["19"]}),
    Case("a key that is no option: invalid, which hangs up", one(HELLO), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 7
            5000 menu 300 main invalid
            5000 hangup normal""", "hangup normal told @5000", call={"press": ["7"]}),
    Case("digit_len is unset: as long as extension numbers, 3; one key waits 2 s for the next",
         [menu("300", {"main": {"start": [HELLO], "1": BUSY}})], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 1
            7000 menu 300 main 1
            7000 rule rules[0]
            7000 hangup busy""", "hangup busy told @7000", call={"press": ["1"]}),
    Case("or one key, if so assumed", [menu("300", {"main": {"start": [HELLO], "1": BUSY}})], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 1
            5000 menu 300 main 1
            5000 rule rules[0]
            5000 hangup busy""", "hangup busy told @5000", call={"press": ["12"]}, assume={"digit_len_default": "one"}),
    Case("an option with which no other begins is taken at once, if so assumed: 1 is 12's beginning, 2 is not",
         [menu("300", {"main": {"start": [HELLO], "1": BYE, "12": BYE, "2": BUSY}})], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 2
            5000 menu 300 main 2
            5000 rule rules[0]
            5000 hangup busy""", "hangup busy told @5000", call={"press": ["21"]},
         assume={"early_match": "unambiguous"}),
    Case("and the beginning of another is not",
         [menu("300", {"main": {"start": [HELLO], "1": BUSY, "12": BYE}})], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 1
            7000 menu 300 main 1
            7000 rule rules[0]
            7000 hangup busy""", "hangup busy told @7000", call={"press": ["1"]},
         assume={"early_match": "unambiguous"}),
    Case("pressed after 4 of 5 s", one(HELLO, timeout=5000, **{"1": BUSY}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            9000 keys menu 1
            9000 menu 300 main 1
            9000 rule rules[0]
            9000 hangup busy""", "hangup busy told @9000", call={"press": [{"keys": "1", "after": 4}]}),
    Case("pressed after 5 of 5 s is silence, and the key is spent",
         one(HELLO, **{"1": BUSY}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu -
            10000 menu 300 main timeout
            10000 hangup normal""", "hangup normal told @10000", call={"press": [{"keys": "1", "after": 5}, "1"]}),
    Case("any dial: the extension with this number rings",
         [menu("300", {"main": {"start": [HELLO], "allow_any_dial": True}}), phone("102")], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 102
            5000 ring 102 5000 answered
            10000 answered_by 102""", "answered 102 @10000", call={"press": ["102"]}),
    Case("any dial that fails leads to invalid, with the status remembered",
         [menu("300", {"main": {"start": [HELLO], "allow_any_dial": True,
                                "invalid": [{**BYE[0], "call_status": "no_answer"},
                                            {**BUSY[0], "call_status": "busy"}]}}),
             phone("102")], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu 102
            5000 ring 102 0 busy
            5000 menu 300 main invalid
            5000 rule rules[1]
            5000 hangup busy""", "hangup busy told @5000", call={"press": ["102"]},
         world={"phones": {"102": {"does": "busy"}}}),
    Case("the caller hangs up in the menu", one(HELLO), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 3000 background""", "abandoned menu @3000", call={"hang_up_after": 3}),
    Case("sleep_time before anything", [menu("300", {"main": {"start": BYE}}, sleep_time=1500)], "300",
         """0 silence 1500
            1500 menu 300 main start
            1500 rule rules[0]
            1500 hangup normal""", "hangup normal @1500"),
    Case("without entry_context it hangs up", [menu("300", {}, sleep_time=500)], "300",
         """0 silence 500
            500 hangup normal""", "hangup normal @500"),
]  # fmt: skip

ACTIONS = [
    Case("digits are read out, one second each", one(rule("play_digits", digits="123"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 digits 123 3000
            3000 rule rules[1]
            3000 hangup normal""", "hangup normal told @3000"),
    Case("a variable that is not set says nothing",
         one(rule("play_digits_from_variable", play_digits_variable="X"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 rule rules[1]
            0 hangup normal""", "hangup normal @0"),
    Case("one that is set", one(rule("play_digits_from_variable", play_digits_variable="X"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 digits 42 2000
            2000 rule rules[1]
            2000 hangup normal""", "hangup normal told @2000", world={"variables": {"X": "42"}}),
    Case("set_variable, and a rule on it",
         one(rule("set_variable", set_variable_name="X", set_variable_value="a"),
             rule("hangup", match_variable_name="X", match_variable_value="b"),
             rule("hangup", match_variable_name="X", match_variable_value="a", hangup_cause="busy")), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 variable X a
            0 rule rules[2]
            0 hangup busy""", "hangup busy @0"),
    Case("an unset variable is empty text", one(rule("hangup", match_variable_name="X", match_variable_value="")),
         "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 hangup normal""", "hangup normal @0"),
    Case("record: keys up to #, which ends the input at once",
         one(rule("record_digits", record_digits_variable="X", record_digits_sound="Say"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Say 5000 foreground
            6000 keys record 12#
            6000 variable X 12
            6000 rule rules[1]
            6000 hangup normal""", "hangup normal told @6000", call={"press": [{"keys": "12#3", "after": 1}]}),
    Case("record: as many keys as it takes",
         one(rule("record_digits", record_digits_variable="X", record_digits_max=2), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 keys record 12
            0 variable X 12
            0 rule rules[1]
            0 hangup normal""", "hangup normal @0", call={"press": ["123"]}),
    Case("record: fewer keys end 4 s after the last",
         one(rule("record_digits", record_digits_variable="X", record_digits_timeout=4000), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 keys record 12
            4000 variable X 12
            4000 rule rules[1]
            4000 hangup normal""", "hangup normal @4000", call={"press": ["12"]}),
    Case("record: silence gives empty text after 5 s",
         one(rule("record_digits", record_digits_variable="X"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 keys record -
            5000 variable X -
            5000 rule rules[1]
            5000 hangup normal""", "hangup normal @5000", call={"press": [{"keys": "1", "after": 5}]}),
    Case("a jump without an option goes to start",
         [menu("300", {"main": {"start": [rule("jump_to_context", context="other")]}, "other": {"start": BYE}})], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 menu 300 other start
            0 rule rules[0]
            0 hangup normal""", "hangup normal @0"),
    Case("a jump to an option that is not there hangs up, and nothing is entered",
         one(rule("jump_to_context", context="main", context_option="5")), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 hangup normal""", "hangup normal @0"),
    Case("or goes to invalid, if so assumed",
         one(rule("jump_to_context", context="main", context_option="5")), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 menu 300 main invalid
            0 hangup normal""", "hangup normal @0", assume={"missing_option": "invalid"}),
    Case("two options that jump to each other: the step after the 5th ends it",
         one(rule("jump_to_context", context="main", context_option="1"),
             **{"1": [rule("jump_to_context", context="main")]}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 menu 300 main 1
            0 rule rules[0]
            0 menu 300 main start""", "endless circle @0", assume={"max_steps": 5}),
    Case("a transfer that is answered ends the menu", one(TO_102), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 ring 102 5000 answered
            5000 answered_by 102""", "answered 102 @5000"),
    Case("a final transfer that failed hangs up with its cause", one(TO_102, HELLO), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 ring 102 0 busy
            0 hangup busy""", "hangup busy @0", world={"phones": {"102": {"does": "busy"}}}),
    Case("or the menu waits, if so assumed", one(TO_102, HELLO), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 ring 102 0 busy
            0 keys menu -
            5000 menu 300 main timeout
            5000 hangup normal""", "hangup normal @5000", world={"phones": {"102": {"does": "busy"}}},
         assume={"menu_final_failed": "wait"}),
    Case("not final: the next rule, whose status condition holds",
         one({**TO_102, **FALLS}, {**BYE[0], "call_status": "no_answer"}, {**BUSY[0], "call_status": "busy"}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 ring 102 0 busy
            0 rule rules[2]
            0 hangup busy""", "hangup busy @0", world={"phones": {"102": {"does": "busy"}}}),
    Case("before any transfer no status holds", one({**BYE[0], "call_status": "no_answer"}, *BUSY), "300",
         """0 menu 300 main start
            0 rule rules[1]
            0 hangup busy""", "hangup busy @0"),
    Case("a transfer to a variable", one(rule("transfer_from_variable", transfer_variable="X")), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 ring 102 5000 answered
            5000 answered_by 102""", "answered 102 @5000", world={"variables": {"X": "102"}}),
    Case("an empty one fails at once", one(rule("transfer_from_variable", transfer_variable="X")), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 hangup no_answer""", "hangup no_answer @0"),
    Case("a menu's mailbox", [menu("300", {"main": {"start": [rule("voicemail")]}}, vm_enabled=True)], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 voicemail 300""", "voicemail 300 @0"),
    Case("a menu without one: like a transfer that failed, not final",
         one(rule("voicemail", **FALLS), {**BUSY[0], "call_status": "no_answer"}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 rule rules[1]
            0 hangup busy""", "hangup busy @0"),
    Case("the caller's number is another for further redirects, not for the menu itself",
         [menu("300", {"main": {"start": [rule("set_caller_id_number", caller_id_number="49"),
                                          rule("hangup", caller_id_action="matches", caller_id="^49"), TO_102]}}),
          phone("102", {"type": "busy", "caller_id_action": "matches", "caller_id": "^49"})], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 caller 49 -
            0 rule rules[2]
            0 rule incom_rules[0]
            0 hangup busy""", "hangup busy @0"),
    Case("or for the menu too, if so assumed",
         one(rule("set_caller_id_number", caller_id_number="49"),
             rule("hangup", caller_id_action="matches", caller_id="^49")), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 caller 49 -
            0 rule rules[1]
            0 hangup normal""", "hangup normal @0", assume={"set_caller_scope": "everywhere"}),
    Case("an empty number hides the caller, a name does not show him",
         [menu("300", {"main": {"start": [rule("set_caller_id_number", caller_id_number=""),
                                          rule("set_caller_id_name", caller_id_name="Joe"), TO_102]}}),
          phone("102", {"type": "busy", "caller_id_action": "anonymous"})], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 caller - -
            0 rule rules[1]
            0 caller - Joe
            0 rule rules[2]
            0 rule incom_rules[0]
            0 hangup busy""", "hangup busy @0"),
    Case("a rating from 1 to 5", one(rule("quality_rate", sound="Rate"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Rate 5000 foreground
            6000 keys rate 4
            6000 rating
            6000 rule rules[1]
            6000 hangup normal""", "hangup normal told @6000", call={"press": [{"keys": "45", "after": 1}]}),
    Case("6 is none: 5 s pass", one(rule("quality_rate"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 keys rate 6
            5000 rule rules[1]
            5000 hangup normal""", "hangup normal @5000", call={"press": ["6"]}),
    Case("start_record is an event", one(rule("start_record"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 record
            0 rule rules[1]
            0 hangup normal""", "hangup normal @0"),
    Case("a sound from a variable lasts 5 s", one(rule("play_sound", play_sound_from_variable=True), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound $variable 5000 background
            5000 rule rules[1]
            5000 hangup normal""", "hangup normal told @5000"),
    Case("an interval", [{**menu("300", {"main": {"start": [{**BYE[0], "interval": "Shut"}, *BUSY]}}), "intervals": [
        {"name": "Shut", "timezone": "Europe/Berlin", "conditions": [
                 {"start_time": "10:00:01", "end_time": "23:00:00"}]}]}], "300",
         """0 menu 300 main start
            0 rule rules[1]
            0 hangup busy""", "hangup busy @0", call={"at": NOON}),
    Case("asked when the rule is judged: the sound ends after closing time",
         [{**menu("300", {"main": {"start": [HELLO, {**BYE[0], "interval": "Shut"}, *BUSY]}}), "intervals": [
             {"name": "Shut", "timezone": "Europe/Berlin", "conditions": [
                 {"start_time": "10:00:01", "end_time": "23:00:00"}]}]}], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[1]
            5000 hangup normal""", "hangup normal told @5000", call={"at": NOON}),
    Case("or when the call began, if so assumed",
         [{**menu("300", {"main": {"start": [HELLO, {**BYE[0], "interval": "Shut"}, *BUSY]}}), "intervals": [
             {"name": "Shut", "timezone": "Europe/Berlin", "conditions": [
                 {"start_time": "10:00:01", "end_time": "23:00:00"}]}]}], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[2]
            5000 hangup busy""", "hangup busy told @5000", call={"at": NOON}, assume={"interval_clock": "call_start"}),
]  # fmt: skip

HELPER = rule("voice_helper", sound="Speak", voice_helper_rules=[
    # The API itself shows these digits as a number.
    {"transcription": "sale|buy", "to_option": 1}, {"transcription": "help", "to_option": "8"}])  # fmt: skip
HOOK = rule("call_interactive", call_interactive_url="https://crm.example.com/", call_interactive_timeout=4)


def hook(why: str, reply: Any, rest: str, outcome: str, result: str = "ok", **more: Any) -> Case:
    """A menu that asks a webhook, and then hangs up busy."""
    trace = f"0 menu 300 main start\n0 rule rules[0]\n0 webhook https://crm.example.com/ {result}\n{rest}"
    world = {"webhooks": {"https://crm.example.com/": [reply]}, **more.pop("world", {})}
    return Case(why, one(HOOK, *BUSY, **{"1": BYE}), "300", trace, outcome, world=world, **more)


TALKS = [
    Case("a word in what is said leads to its option", one(HELPER, **{"1": BUSY}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Speak 5000 foreground
            6000 keys speech I want to BUY
            6000 menu 300 main 1
            6000 rule rules[0]
            6000 hangup busy""", "hangup busy told @6000", call={"press": [{"say": "I want to BUY", "after": 1}]}),
    Case("no word fits: the next rule, at once", one(HELPER, *BUSY), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Speak 5000 foreground
            5000 keys speech hm
            5000 rule rules[1]
            5000 hangup busy""", "hangup busy told @5000", call={"press": [{"say": "hm"}]}),
    Case("silence: the next rule after 5 s", one(HELPER, *BUSY), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Speak 5000 foreground
            5000 keys speech -
            10000 rule rules[1]
            10000 hangup busy""", "hangup busy told @10000"),
    Case("at least 3 s are listened; what comes then is silence", one({**HELPER, "voice_helper_timeout": 100}, *BUSY),
         "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Speak 5000 foreground
            5000 keys speech -
            8000 rule rules[1]
            8000 hangup busy""", "hangup busy told @8000", call={"press": [{"say": "buy", "after": 3}]}),
    Case("a key is the input of the menu", one(HELPER, **{"1": BUSY}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Speak 5000 foreground
            5000 keys speech 1
            5000 menu 300 main 1
            5000 rule rules[0]
            5000 hangup busy""", "hangup busy told @5000", call={"press": ["12"]}),
    Case("or only interrupts", one({**HELPER, "voice_helper_classic_term": False}, *BUSY), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Speak 5000 foreground
            5000 keys speech 1
            5000 rule rules[1]
            5000 hangup busy""", "hangup busy told @5000", call={"press": ["1"]}),
    Case("fewer keys than it takes end it after the whole time", one({**HELPER, "voice_helper_digits_max": 2}), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Speak 5000 foreground
            6000 keys speech 1
            10000 menu 300 main invalid
            10000 hangup normal""", "hangup normal told @10000", call={"press": [{"keys": "1", "after": 1}]}),
    Case("speech is silence to a menu", one(HELLO), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 keys menu -
            10000 menu 300 main timeout
            10000 hangup normal""", "hangup normal told @10000", call={"press": [{"say": "buy"}]}),
    hook("an empty reply: the next rule", [], "0 rule rules[1]\n0 hangup busy", "hangup busy @0"),
    hook("an error: the next rule", "error", "0 rule rules[1]\n0 hangup busy", "hangup busy @0", "error"),
    hook("or the end, if so assumed", "error", "0 hangup normal", "hangup normal @0", "error",
         assume={"webhook_failure": "hangup"}),
    hook("a late reply is none", {"after": 4, "verbs": ["hangup"]}, "4000 rule rules[1]\n4000 hangup busy",
         "hangup busy @4000", "timeout"),
    hook("verbs run in order, after the reply has come",
         {"after": 3, "verbs": [{"set": {"A": "1", "B": None}}, {"pause": 2}, {"caller": {"name": "Joe"}}, "hangup"]},
         """3000 variable A 1
            3000 variable B -
            3000 silence 2000
            5000 caller 70000000000 Joe
            5000 hangup normal""", "hangup normal @5000"),
    hook("a jump leaves", [{"jump": {"context": "main", "option": "1"}}, "hangup"],
         "0 menu 300 main 1\n0 rule rules[0]\n0 hangup normal", "hangup normal @0"),
    hook("a sound in the background with a variable asks for keys, 5 s after the last",
         [{"play": "Ask", "where": "background", "digitvar": "X"}],
         """0 sound Ask 5000 background
            5000 keys record 12
            10000 variable X 12
            10000 rule rules[1]
            10000 hangup busy""", "hangup busy told @10000", call={"press": ["12"]}),
    hook("one in the foreground does not", [{"play": "Ask", "digitvar": "X"}],
         "0 sound Ask 5000 foreground\n5000 rule rules[1]\n5000 hangup busy", "hangup busy told @5000"),
    hook("a transfer that fails: the next verb", [{"transfer": "102"}, {"simple_transfer": "+49"}],
         """0 ring 102 0 busy
            0 ring +49 10000 answered
            10000 answered_by +49""", "answered +49 @10000", world={"phones": {"102": {"does": "busy"}}}),
    hook("a pause without seconds is 10 s", [{"pause": None}],
         "0 silence 10000\n10000 rule rules[1]\n10000 hangup busy", "hangup busy @10000"),
]  # fmt: skip


def living(why: str, *rules: dict[str, Any], **more: Any) -> Case:
    """A menu with a lifetime of 4 s that then rings 102 for as long as it takes."""
    extensions = [menu("300", {"main": {"start": list(rules)}}, lifetime=4, lifetime_exp_action="transfer",
                       lifetime_exp_transfer_dst="102"), phone("102")]  # fmt: skip
    return Case(why, extensions, "300", **more)


LIFETIMES = [
    living("the sound is cut at 4 s", HELLO,
           trace="""0 menu 300 main start
                    0 rule rules[0]
                    0 sound Hello 4000 background
                    4000 ring 102 5000 answered
                    9000 answered_by 102""", outcome="answered 102 @9000"),
    living("a sound that ends just then: no further rule", HELLO, *BUSY, world={"sounds": {"Hello": 4}},
           trace="""0 menu 300 main start
                    0 rule rules[0]
                    0 sound Hello 4000 background
                    4000 ring 102 5000 answered
                    9000 answered_by 102""", outcome="answered 102 @9000"),
    living("a key at that very moment is not pressed any more", rule("play_silence", silence_time=1000),
           call={"press": [{"keys": "102", "after": 3}]},
           trace="""0 menu 300 main start
                    0 rule rules[0]
                    0 silence 1000
                    4000 ring 102 5000 answered
                    9000 answered_by 102""", outcome="answered 102 @9000"),
    living("not while a transfer rings, but right after it failed, before final",
           {"action": "transfer", "transfer_dst": "+49", "transfer_timeout": 20},
           world={"external": {"+49": "no_answer"}},
           trace="""0 menu 300 main start
                    0 rule rules[0]
                    0 ring +49 20000 no_answer
                    20000 ring 102 5000 answered
                    25000 answered_by 102""", outcome="answered 102 @25000"),
    living("the transfer fails: hung up, normal", HELLO, world={"phones": {"102": {"does": "busy"}}},
           trace="""0 menu 300 main start
                    0 rule rules[0]
                    0 sound Hello 4000 background
                    4000 ring 102 0 busy
                    4000 hangup normal""", outcome="hangup normal told @4000"),
    Case("without a transfer it hangs up, in a webhook too",
         [menu("300", {"main": {"start": [HOOK]}}, lifetime=2)], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 webhook https://crm.example.com/ ok
            2000 hangup normal""", "hangup normal @2000",
         world={"webhooks": {"https://crm.example.com/": [{"after": 3}]}}),
    Case("back in the same menu by a transfer, it begins anew; a circle takes 3 s each time, and 4 h in all",
         [menu("300", {"main": {"start": [rule("play_silence", silence_time=4_000_000),
                                          rule("transfer", transfer_dst="300")]}})], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 silence 4000000
            4000000 rule rules[1]
            4000000 menu 300 main start
            4000000 rule rules[0]
            4000000 silence 4000000
            8000000 rule rules[1]
            8000000 menu 300 main start
            8000000 rule rules[0]
            8000000 silence 4000000
            12000000 rule rules[1]
            12000000 menu 300 main start
            12000000 rule rules[0]
            12000000 silence 4000000""", "endless circle @16000000"),
    Case("an endless call that the caller leaves is abandoned then",
         [menu("300", {"main": {"start": [rule("jump_to_context", context="main")]}})], "300",
         """0 menu 300 main start
            0 rule rules[0]""", "abandoned menu @9000", call={"hang_up_after": 9}, assume={"max_steps": 2}),
    Case("a menu that leads to a queue: the last of queue and leave is queue",
         [menu("300", {"main": {"start": [rule("transfer", transfer_dst="200")]}}), queue("200", max_wait_time=30)],
         "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 queue 200""", "abandoned queue @9000", call={"hang_up_after": 9}),
    Case("a rule at the limit itself runs still; the one after it does not",
         one(HELLO, rule("start_record"), {**HELLO, "sound": "More"}, *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[1]
            5000 record
            5000 rule rules[2]
            5000 sound More 5000 background""", "endless circle @10000", assume={"max_seconds": 5}),
    Case("a transfer that fails just when the lifetime is over", [menu("300", {"main": {"start": [TO_102, *BUSY]}},
                                                                       lifetime=20), phone("102")], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 ring 102 20000 no_answer
            20000 hangup normal""", "hangup normal @20000", world={"phones": {"102": {"does": "no_answer"}}}),
    Case("silence and digits are cut by the lifetime", [menu("300", {"main": {"start": [
        rule("play_silence", silence_time=1000), rule("play_digits", digits="1"),
         rule("play_silence", silence_time=9000)
         ]}}, lifetime=3)], "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 silence 1000
            1000 rule rules[1]
            1000 digits 1 1000
            2000 rule rules[2]
            2000 silence 1000
            3000 hangup normal""", "hangup normal told @3000"),
    Case("digits too", [menu("300", {"main": {"start": [HELLO, rule("play_digits", digits="1234")]}}, lifetime=7)],
         "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[1]
            5000 digits 1234 2000
            7000 hangup normal""", "hangup normal told @7000"),
    Case("keys of an input that the lifetime ends are pressed, and lead nowhere",
         [menu("300", {"main": {"start": [rule("record_digits", record_digits_variable="X"), *BUSY]}}, lifetime=2)],
         "300",
         """0 menu 300 main start
            0 rule rules[0]
            1000 keys record 12
            2000 hangup normal""", "hangup normal @2000", call={"press": [{"keys": "12", "after": 1}]}),
    Case("those at the end of the lifetime are not",
         [menu("300", {"main": {"start": [rule("record_digits", record_digits_variable="X"), *BUSY]}}, lifetime=2)],
         "300",
         """0 menu 300 main start
            0 rule rules[0]
            2000 hangup normal""", "hangup normal @2000", call={"press": [{"keys": "12", "after": 2}]}),
    Case("nor is a rating", [menu("300", {"main": {"start": [rule("quality_rate"), *BUSY]}}, lifetime=2)], "300",
         """0 menu 300 main start
            0 rule rules[0]
            2000 hangup normal""", "hangup normal @2000", call={"press": [{"keys": "1", "after": 2}]}),
    Case("the caller hangs up in a silence", [menu("300", {"main": {"start": BYE}}, sleep_time=5000)], "300",
         "0 silence 3000", "abandoned ringing @3000", call={"hang_up_after": 3}),
    Case("and in digits", one(rule("play_digits", digits="1234")), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 digits 1234 2500""", "abandoned menu @2500", call={"hang_up_after": 2.5}),
    Case("the caller hangs up while a menu's transfer rings", one(HELLO, TO_102, TO_102), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[1]
            5000 ring 102 2000 cancelled""", "abandoned ringing @7000", call={"hang_up_after": 7},
         world={"phones": {"102": {"does": "no_answer"}}}),
    Case("or after it has rung", one({**TO_102, **FALLS}, HELLO), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 ring 102 1000 rejected
            1000 rule rules[1]
            1000 sound Hello 2000 background""", "abandoned menu @3000", call={"hang_up_after": 3},
         world={"phones": {"102": {"does": {"reject": 1}}}}),
    Case("two phones ring from 5 s on, and the first that answers cancels the other", [
        *one(HELLO, {**TO_102, "transfer_dst": "103 102"}), phone("103")], "300",
        """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[1]
            5000 ring 103 5000 cancelled
            5000 ring 102 5000 answered
            10000 answered_by 102""", "answered 102 @10000", world={"phones": {"103": {"does": 6}}}),
    Case("20 s from 5 s on", one(HELLO, TO_102), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[1]
            5000 ring 102 20000 no_answer
            25000 hangup no_answer""", "hangup no_answer @25000", world={"phones": {"102": {"does": "no_answer"}}}),
    Case("a simple transfer too; what was heard 11 s ago is not told any more",
         one(HELLO, rule("simple_transfer", transfer_dst="102", transfer_timeout=11)), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[1]
            5000 ring 102 11000 no_answer
            16000 hangup no_answer""", "hangup no_answer @16000", world={"phones": {"102": {"does": "no_answer"}}}),
    Case("10 s ago is", one(HELLO, rule("simple_transfer", transfer_dst="102", transfer_timeout=10)), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 sound Hello 5000 background
            5000 rule rules[1]
            5000 ring 102 10000 no_answer
            15000 hangup no_answer""", "hangup no_answer told @15000",
         world={"phones": {"102": {"does": "no_answer"}}}),
    Case("a rating that comes too late, and none", one(rule("quality_rate"), rule("quality_rate", max_rate=1),
                                                       rule("quality_rate"), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 keys rate -
            5000 rule rules[1]
            5000 keys rate 1
            5000 rating
            5000 rule rules[2]
            5000 keys rate 0
            10000 rule rules[3]
            10000 hangup normal""", "hangup normal @10000", call={"press": [{"keys": "1", "after": 5}, "1", "0"]}),
    Case("record: exactly as many keys as it takes",
         one(rule("record_digits", record_digits_variable="X", record_digits_max=2), *BYE), "300",
         """0 menu 300 main start
            0 rule rules[0]
            0 keys record 12
            0 variable X 12
            0 rule rules[1]
            0 hangup normal""", "hangup normal @0", call={"press": ["12"]}),
]  # fmt: skip


@pytest.mark.parametrize("case", [*KEYS, *ACTIONS, *TALKS, *LIFETIMES], ids=lambda case: case.why)
def test_the_call_is_as_computed_by_hand(case: Case) -> None:
    case.check()


def test_the_nth_request_gets_the_nth_reply_and_the_last_one_repeats() -> None:
    url = "https://crm.example.com/"
    replies = [[{"set": {"N": "1"}}], [{"set": {"N": "2"}}]]
    case = Case("", one(HOOK, HOOK, HOOK, *BYE), "300", "", "", world={"webhooks": {url: replies}})
    assert [event.details["value"] for event in case.answer().trace if event.event == "variable"] == ["1", "2", "2"]
