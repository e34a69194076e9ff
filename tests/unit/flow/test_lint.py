# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers would meet: menus that hold them, jumps to nowhere, rules that never run."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.telops.pbx.plugins.module_utils._flow.lint import (
    NEVER_RUNS,
    NO_WAY_OUT,
    SILENCE,
    UNREACHED,
    Finding,
    lint,
)
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.mistakes import CLINIC

CONTEXT = 'extensions[0] "300" > ivr > contexts[{}] "{}"'
REMEDY = "transfer the call, take a message or hang up, or give the IVR a lifetime"

PLAY = {"action": "play_sound", "sound": "Menu"}
VOICEMAIL = {"action": "voicemail"}
HANGUP = {"action": "hangup"}


def jump(context: str, option: str | None = "start", **more: Any) -> dict[str, Any]:
    return {"action": "jump_to_context", "context": context, "context_option": option, **more}


def context(name: str, options: dict[str, list[dict[str, Any]] | None], **more: Any) -> dict[str, Any]:
    """A context; None for the rules of an option that does not declare them."""
    listed = [
        {"digits": digits} if rules is None else {"digits": digits, "rules": rules} for digits, rules in options.items()
    ]
    return {"name": name, "options": listed, **more}


def ivr(*contexts: dict[str, Any], **more: Any) -> dict[str, Any]:
    entry = {"entry_context": contexts[0]["name"]}
    return {"extensions": [{"number": "300", "ivr": {**entry, **more, "contexts": list(contexts)}}]}


def judged(document: dict[str, Any]) -> list[Finding]:
    root, wrong = parse(document)
    assert wrong == []
    return lint(root)


def found(document: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return [(one.code, one.where.rsplit(" > ", 1)[-1], one.error) for one in judged(document)]


CAUGHT = [(NO_WAY_OUT, 'contexts[0] "main"', True)]

HOLDS = {
    "it starts again at once": ivr(context("main", {"start": [jump("main")]})),
    "nobody can choose anything": ivr(context("main", {"start": [PLAY], "timeout": [jump("main")]})),
    "every key leads back": ivr(
        context("main", {"start": [PLAY], "1": [jump("main")], "invalid": [jump("main")], "timeout": [jump("main")]})
    ),
    "two menus pass a caller on to each other": ivr(
        context("main", {"start": [PLAY], "1": [jump("other")], "timeout": [jump("other")]}),
        context("other", {"start": [PLAY], "*": [jump("main")], "timeout": [jump("main", "1")]}),
    ),
    "a condition only decides between two ways into it": ivr(
        context("main", {"start": [jump("main", "1", interval="Night"), jump("main")], "1": [jump("main", None)]})
    ),
    "an option jumps to the wait for a key by way of another": ivr(
        context("main", {"start": [PLAY], "timeout": [PLAY, jump("main", "1")], "1": [jump("main")]})
    ),
    "words lead back too": ivr(
        context(
            "main",
            {
                "start": [{"action": "voice_helper", "voice_helper_rules": [{"to_option": "1", "transcription": "yes"}]}],
                "1": [jump("main")],
                "timeout": [jump("main")],
            },
        )
    ),
    "what is behind a jump never runs": ivr(context("main", {"start": [jump("main")], "1": [HANGUP]})),
}


@pytest.mark.parametrize("document", HOLDS.values(), ids=HOLDS)
def test_a_menu_that_can_never_be_left_is_an_error(document: dict[str, Any]) -> None:
    assert [one for one in found(document) if one[2]] == CAUGHT
    assert SILENCE not in [code for code, dummy, dummy in found(document)]


LETS_GO = {
    "a key transfers": {"start": [PLAY], "1": [{"action": "transfer", "transfer_dst": "101"}], "timeout": [HANGUP]},
    "silence hangs up": {"start": [PLAY], "1": [jump("main")], "timeout": [HANGUP]},
    "silence hangs up by default": {"start": [PLAY], "1": [jump("main")]},
    "an option without rules hangs up": {"start": [PLAY], "1": [], "timeout": [VOICEMAIL]},
    "it takes a message": {"start": [PLAY, VOICEMAIL]},
    "it may take a message": {"start": [{**VOICEMAIL, "interval": "Night"}, jump("main")]},
    "it hangs up where the start has no rules": {"start": []},
    "a wrong key hangs up": {"start": [PLAY], "timeout": [VOICEMAIL], "invalid": [HANGUP]},
    "nobody knows what the rules do": {"start": [PLAY], "timeout": None},
    "the start is not declared": {"timeout": [jump("main")], "1": [jump("main")]},
    "a program may decide": {
        "start": [{"action": "call_interactive", "call_interactive_url": "http://x"}],
        "timeout": [jump("main")],
    },
    "a menu that is not declared": {"start": [jump("elsewhere")]},
    "an option that is not there": {"start": [jump("main", "7")]},
    "the rules of timeout may hang up where they end": {"start": [PLAY], "timeout": [PLAY]},
}


@pytest.mark.parametrize("options", LETS_GO.values(), ids=LETS_GO)
def test_a_menu_that_can_be_left(options: dict[str, Any]) -> None:
    codes = [code for code, dummy, dummy in found(ivr(context("main", options)))]
    assert NO_WAY_OUT not in codes
    assert SILENCE not in codes


def test_a_caller_may_dial_an_extension() -> None:
    options = {"start": [PLAY], "timeout": [jump("main")]}
    assert found(ivr(context("main", options, allow_any_dial=True))) == [(SILENCE, 'contexts[0] "main"', False)]


def test_a_lifetime_ends_everything() -> None:
    menu = context("main", {"start": [jump("main")]})
    assert found(ivr(menu, lifetime=600)) == []
    assert found(ivr(menu, lifetime=0)) == CAUGHT
    assert found(ivr(menu, lifetime=None)) == CAUGHT


def test_a_trap_that_no_call_comes_to_is_no_error() -> None:
    trap = context("trap", {"start": [jump("trap")]})
    assert found(ivr(context("main", {"start": [VOICEMAIL]}), trap)) == [(UNREACHED, 'contexts[1] "trap"', False)]


def test_without_an_entry_nobody_knows_whether_calls_come_to_a_trap() -> None:
    trap = context("trap", {"start": [jump("trap")]})
    warning = [(NO_WAY_OUT, 'contexts[0] "trap"', False)]
    assert found(ivr(trap, entry_context=None)) == warning
    assert found(ivr(trap, entry_context="another")) == warning


def test_the_sentence_names_the_menus_that_hold_together() -> None:
    """What only leads to them is not to blame, and two traps are two sentences."""
    circle = [context(name, {"start": [jump(to)]}) for name, to in zip("abcdefgh", "bcdefgha", strict=True)]
    document = ivr(
        context("main", {"start": [PLAY], "1": [jump("a")], "2": [jump("alone")], "timeout": [VOICEMAIL]}),
        context("hall", {"start": [jump("a")]}),
        *circle,
        context("alone", {"start": [PLAY], "timeout": [jump("alone")]}),
    )
    assert [one.sentence for one in judged(document) if one.error] == [
        CONTEXT.format(2, "a") + ': this menu can never be left: every way leads back to it or to "b" or to "c" or '
        f'to "d" or to "e" or to "f" or to 2 more; let an option {REMEDY}',
        CONTEXT.format(10, "alone")
        + f": this menu can never be left: every way leads back to it; let an option {REMEDY}",
    ]


def test_a_silent_caller_goes_round_for_ever() -> None:
    document = ivr(
        context("main", {"start": [PLAY], "1": [jump("sub")], "0": [VOICEMAIL], "timeout": [jump("main")]}),
        context("sub", {"start": [PLAY], "timeout": [jump("main")]}),
    )
    assert [one.sentence for one in judged(document)] == [
        CONTEXT.format(0, "main")
        + ": a caller who presses nothing is never let go: without a key every way leads back "
        f"to it; let the option timeout {REMEDY}"
    ]


def test_an_option_may_go_round_by_itself() -> None:
    main = context("main", {"start": [PLAY], "1": [jump("main", "2")], "2": [jump("main", "1")], "timeout": [HANGUP]})
    assert [one.sentence for one in judged(ivr(main))] == [
        CONTEXT.format(0, "main") + ' > options[1] "1": this option can never be left: every way leads back to it; '
        f"let an option {REMEDY}"
    ]


def test_menus_that_jump_back_to_each_other_are_normal() -> None:
    document = ivr(
        context("main", {"start": [PLAY], "1": [jump("sales")], "0": [VOICEMAIL], "timeout": [jump("main", "0")]}),
        context("sales", {"start": [PLAY], "1": [VOICEMAIL], "*": [jump("main")], "timeout": [jump("main", "0")]}),
    )
    assert judged(document) == []


def test_a_jump_to_an_option_that_is_not_there() -> None:
    document = ivr(
        context(
            "main", {"start": [PLAY], "1": [jump("sub", "7")], "2": [jump("sub", "invalid")], "3": [jump("sub", None)]}
        ),
        context("sub", {"start": [VOICEMAIL], "1": [jump("main", "1")]}),
    )
    assert [one.sentence for one in judged(document)] == [
        CONTEXT.format(0, "main") + ' > options[1] "1" > rules[0]: context_option "7" is no option of context "sub"; '
        "there are: start, timeout, invalid, 1"
    ]


def test_words_that_lead_to_an_option_that_is_not_there() -> None:
    heard = [{"to_option": "1", "transcription": "yes"}, {"to_option": "2", "transcription": "no"}]
    helper = {"action": "voice_helper", "voice_helper_rules": heard}
    document = ivr(context("main", {"start": [helper], "1": [VOICEMAIL]}))
    assert [one.sentence for one in judged(document)] == [
        CONTEXT.format(0, "main")
        + ' > options[0] "start" > rules[0]: voice_helper_rules[1].to_option "2" is no option '
        'of context "main"; there are: start, timeout, invalid, 1'
    ]


@pytest.mark.parametrize("target", ["elsewhere", "partial"])
def test_a_jump_into_what_is_not_declared_as_a_whole_is_left_alone(target: str) -> None:
    document = ivr(context("main", {"start": [jump(target, "7")]}), context("partial", {"1": [VOICEMAIL]}))
    assert judged(document) == []


def test_a_menu_that_nothing_reaches() -> None:
    main = context("main", {"start": [VOICEMAIL]})
    document = ivr(main, context("lost", {"start": [jump("friend")]}), context("friend", {"start": [jump("main")]}))
    assert [one.sentence for one in judged(document)] == [
        CONTEXT.format(1, "lost") + ": no call ever comes here: nothing that runs jumps to it",
        CONTEXT.format(2, "friend") + ": no call ever comes here: nothing that runs jumps to it",
    ]
    assert (
        judged({"extensions": [{"number": "300", "ivr": {"contexts": document["extensions"][0]["ivr"]["contexts"]}}]})
        == []
    )


@pytest.mark.parametrize(
    "options",
    [
        {"start": [jump("elsewhere")]},
        {"start": [PLAY], "1": None},
        {"1": [VOICEMAIL]},
        {"start": [{"action": "call_interactive", "call_interactive_url": "http://x"}]},
    ],
)
def test_whether_anything_reaches_a_menu_is_not_always_known(options: dict[str, Any]) -> None:
    assert judged(ivr(context("main", options), context("lost", {"start": [VOICEMAIL]}))) == []


def test_what_is_not_declared_of_a_menu_may_lead_anywhere() -> None:
    main = context("main", {"start": [jump("partial", "1")]})
    partial = context("partial", {"1": [PLAY], "timeout": [VOICEMAIL]})
    assert judged(ivr(main, partial, context("lost", {"start": [VOICEMAIL]}))) == []


NEVER = {
    "hangup": (HANGUP, True),
    "voicemail": (VOICEMAIL, True),
    "a jump": (jump("main", "1"), True),
    "for any status": ({**HANGUP, "call_status": "any", "caller_id_action": "any"}, True),
    "a transfer that is final": ({"action": "transfer", "transfer_dst": "101", "final": "yes"}, True),
    "a transfer that is not": ({"action": "transfer", "transfer_dst": "101", "final": False}, False),
    "a transfer that does not say": ({"action": "transfer", "transfer_dst": "101"}, False),
    "in an interval": ({**HANGUP, "interval": "Night"}, False),
    "for some status": ({**HANGUP, "call_status": "busy"}, False),
    "for some callers": ({**HANGUP, "caller_id_action": "anonymous"}, False),
    "for some value": ({**HANGUP, "match_variable_name": "a", "match_variable_value": "b"}, False),
    "a sound": ({**PLAY, "final": True}, False),
}


@pytest.mark.parametrize(("rule", "never"), NEVER.values(), ids=NEVER)
def test_rules_that_never_run(rule: dict[str, Any], never: bool) -> None:
    document = ivr(context("main", {"start": [PLAY], "1": [PLAY, rule, PLAY, rule, VOICEMAIL]}))
    expected = CONTEXT.format(0, "main") + ' > options[1] "1" > rules[2]: never runs: the rule before it, '
    assert [one.sentence for one in judged(document) if one.code == NEVER_RUNS] == (
        [f"{expected}{rule['action']}, always ends the list"] if never else []
    )


@pytest.mark.parametrize(
    ("rule", "never"),
    [
        ({"type": "busy"}, True),
        ({"type": "voicemail", "enabled": True}, True),
        ({"type": "transfer", "transfer_dst": "102", "final": True}, True),
        ({"type": "transfer", "transfer_dst": "102"}, False),
        ({"type": "voicemail", "enabled": False}, False),
        ({"type": "voicemail", "control_code": "*91"}, False),
        ({"type": "voicemail", "extension_status": "unreachable"}, False),
        ({"type": "voicemail", "extension_call_status": "busy"}, False),
    ],
)
def test_incoming_rules_that_never_run(rule: dict[str, Any], never: bool) -> None:
    rules = [{"name": "First", **rule}, {"name": "Second", "type": "voicemail"}]
    assert found({"extensions": [{"number": "101", "incom_rules": rules}]}) == (
        [(NEVER_RUNS, 'incom_rules[1] "Second"', False)] if never else []
    )


def test_numbers_and_words_as_people_write_them() -> None:
    """Numbers and names without quotes."""
    text = """
    extensions:
      - number: 300
        ivr:
          entry_context: 1
          contexts:
            - {name: 1, options: [{digits: start, rules: [{action: jump_to_context, context: 1, context_option: '2'}]},
                                  {digits: '2', rules: [{action: jump_to_context, context: 1}]}]}
    """
    assert found(yaml.safe_load(text)) == [(NO_WAY_OUT, 'contexts[0] "1"', True)]


def test_an_ivr_alone_is_judged_too() -> None:
    root, dummy = parse({"contexts": [context("main", {"start": [jump("main")]})]}, NOUNS["ivr"])
    assert [one.code for one in lint(root)] == [NO_WAY_OUT]


@pytest.mark.parametrize(
    "rule", [{"action": "transferr"}, {"action": ["hangup"]}, {}, jump("main", None) | {"context": []}]
)
def test_a_rule_that_makes_no_sense_is_no_trap_besides(rule: dict[str, Any]) -> None:
    root, wrong = parse(ivr(context("main", {"start": [PLAY], "timeout": [rule], "1": [jump("main")]})))
    assert len(wrong) == 1
    assert lint(root) == []


def test_the_clinic_lets_its_callers_go() -> None:
    assert lint(parse(CLINIC)[0]) == []


NAMES = "abcd"
KEYS = ("start", "timeout", "invalid", "1", "2")
RULE = st.one_of(
    st.just(PLAY),
    st.just(VOICEMAIL),
    st.just({"action": "transfer", "transfer_dst": "101"}),
    *[st.just(jump(name, key)) for name in NAMES for key in ("start", "timeout", "1")],
)
CONTEXTS = st.tuples(
    *[
        st.dictionaries(st.sampled_from(KEYS), st.lists(RULE, max_size=2), max_size=4).map(
            lambda options, name=name: context(name, {"start": [PLAY], **options})
        )
        for name in NAMES
    ]
)


Menus = dict[str, dict[str, list[dict[str, Any]]]]
WAIT = "wait"


def play(menus: Menus, name: str, key: str) -> tuple[set[tuple[str, str]], bool]:
    """Where calls come to from an option on, and whether any of them gets out."""
    seen = set()
    out = False
    calls = [(name, key)]
    while calls:
        name, key = calls.pop()
        if (name, key) in seen:
            continue
        seen.add((name, key))
        if key == WAIT:
            calls += [(name, one) for one in {*menus[name], "timeout"} - {"start"}]
            continue
        rules = menus[name].get(key, [])
        last = next((rule for rule in rules if rule["action"] in ("voicemail", "jump_to_context")), None)
        out = (
            out
            or not rules
            or any(
                rule["action"] in ("voicemail", "transfer") for rule in rules[: rules.index(last) + 1 if last else None]
            )
        )
        if last is None and rules:
            calls.append((name, WAIT))
            out = out or key != "start"
        elif last and last["action"] == "jump_to_context":
            calls.append((last["context"], last["context_option"]))
    return seen, out


@settings(deadline=None)
@given(CONTEXTS)
def test_an_error_is_a_menu_that_no_call_gets_out_of(contexts: tuple[dict[str, Any], ...]) -> None:
    menus = {one["name"]: {option["digits"]: option["rules"] for option in one["options"]} for one in contexts}
    errors = [one.where.split(" > ")[2:] for one in judged(ivr(*contexts)) if one.error]
    for context_, *option in errors:
        assert not play(menus, context_.split('"')[1], option[0].split('"')[1] if option else "start")[1]
    come_to, dummy = play(menus, "a", "start")
    assert bool(errors) == any(not play(menus, name, key)[1] for name, key in come_to)


def big(size: int) -> dict[str, Any]:
    """An IVR whose menus jump about wildly, and in circles that nobody gets out of."""
    return ivr(
        *(
            context(
                f"menu {index}",
                {
                    "start": [PLAY],
                    **{key: [PLAY, jump(f"menu {index * int(key) % size}", key)] for key in "12"},
                    "timeout": [jump(f"menu {(index + 1) % size}")],
                },
            )
            for index in range(size)
        )
    )


def work(document: dict[str, Any]) -> tuple[int, list[Finding]]:
    """How many functions are called for a judgement."""
    root, dummy = parse(document)
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        found = lint(root)
    finally:
        sys.setprofile(None)
    return calls, found


def test_a_thousand_menus_take_ten_times_the_work_of_a_hundred() -> None:
    few, dummy = work(big(100))
    many, found = work(big(1000))
    assert many < 12 * few
    assert found == lint(parse(big(1000))[0])
    assert [one.code for one in found if one.error] == [NO_WAY_OUT]
