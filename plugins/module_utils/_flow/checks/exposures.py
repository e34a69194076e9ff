# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Parts that outsiders can reach or listen to and should not, and webhooks on which a whole call depends (S)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from ..answer import CONFERENCE, FAX
from ..calltest.seen import Seen
from ..explore_worlds import FAIR, NOBODY
from ..menus import Context, Menu, Transfer, Webhook
from ..plan import Conference
from ..world import Reply, World
from .claims import Shows, both, ends, runs
from .kinds import ERROR, NOTICE, WARNING, Candidate, Witness, check
from .seeking import seen, showing
from .subject import Subject
from .ways import Tried

_TENANT = """
dids: [{{name: "74950000101", extension: "300"}}]
sounds: [{{title: Welcome, file: welcome.wav}}]
extensions:
  - {{number: "101", type: phone, phone: {{{phone}}}}}
  - {{number: "500", type: conference, conference: {{{room}}}}}
  - number: "300"
    type: ivr
    ivr:
      entry_context: main
      vm_enabled: true
      vm_mailto: desk@example.com
      contexts:
        - name: main
          digit_len: {length}
          allow_any_dial: {any_dial}
          options:
            - {{digits: start, rules: [{{action: play_sound, sound: Welcome}}]}}
            - digits: "1"
              rules:
                - {rules}
            - {{digits: timeout, rules: [{{action: voicemail}}]}}
            - {{digits: invalid, rules: [{{action: jump_to_context, context: main, context_option: start}}]}}
"""
_CONTEXT = 'extensions[2] "300" > ivr > contexts[0] "main"'
_OPTION = f'{_CONTEXT} > options[1] "1"'
_TO_101 = '{action: transfer, transfer_dst: "101"}'
_ASKED = '{action: call_interactive, call_interactive_url: "https://crm.example.com/who", call_interactive_timeout: 3}'


def _tenant(rules: str, room: str = 'pin: "4711"', any_dial: bool = False) -> str:
    # One rule for each line.
    rules = rules.replace("}, {", "}\n                - {")
    phone = "vm_enabled: true, vm_mailto: a@example.com, hangup_timeout: 30"
    return _TENANT.format(
        phone=phone, rules=rules, room=room, any_dial=str(any_dial).lower(), length=3 if any_dial else 1
    )


@check(
    "S01",
    "plain-webhook",
    WARNING,
    title="The address of a webhook is not encrypted (http), or holds a user with a password.",
    remedy="Use https. Let the webhook check its callers in another way than by a password in its address.",
    example=_tenant(_ASKED.replace("https", "http") + f", {_TO_101}"),
    place=f"{_OPTION} > rules[0]",
    close=_tenant(f"{_ASKED}, {_TO_101}"),
)
def plain_webhook(subject: Subject) -> Iterator[Candidate]:
    for rule in subject.rules:
        message = _exposed(rule.text("call_interactive_url"))
        if message and rule.action == "call_interactive" and not rule.dead:
            yield Candidate(rule.place, message)
    for number in subject.plan.extensions:
        for event in subject.state.all("event", (number,)):
            if message := _exposed(str(event.values.get("url") or "")):
                yield Candidate(event.where, message)


def _exposed(url: str) -> str:
    try:
        parts = urlsplit(url)
        held = parts.username is not None
    except ValueError:
        return ""
    if parts.scheme.lower() == "http":
        return "requests to the webhook are not encrypted: its address begins with http"
    return "the address of the webhook holds a user or a password" if held else ""


@check(
    "S02",
    "dial-out",
    ERROR,
    title="A menu dials the digits that a caller types: any caller can make calls at the cost of the tenant.",
    remedy="Compare the typed digits with the allowed numbers, and dial these, or use allow_any_dial.",
    example=_tenant(
        "{action: record_digits, record_digits_variable: number, record_digits_timeout: 3000}, "
        "{action: transfer_from_variable, transfer_variable: number, final: false}, {action: voicemail}"
    ),
    place=f"{_OPTION} > rules[1]",
    close=_tenant(
        "{action: record_digits, record_digits_variable: number, record_digits_timeout: 3000}, "
        '{action: transfer, transfer_dst: "101", match_variable_name: number, match_variable_value: "1"}, '
        "{action: voicemail}"
    ),
)
def dial_out(subject: Subject) -> Iterator[Candidate]:
    typed = {rule.text("record_digits_variable") for rule in subject.rules if rule.action == "record_digits"}
    for rule in subject.rules:
        variable = rule.text("transfer_variable")
        if rule.action == "transfer_from_variable" and variable in typed:
            message = f"the menu dials the digits that a caller types into {variable}, also outside numbers"
            shows = both(runs(rule.place), _dials_out(rule.place, variable))
            yield Candidate(rule.place, message, showing(subject, (rule.number,), shows, (FAIR,)))


def _dials_out(place: str, variable: str) -> Shows:
    """The claim that a rule dials an outside number that the caller has typed into a variable."""

    def shows(found: Seen) -> bool:
        keys, value, since = "", "", -1
        for event in found.trace:
            details = event.details
            if event.event == "keys" and details["ask"] == "record":
                keys = str(details["keys"]).partition("#")[0]
            elif event.event == "variable" and details["name"] == variable:
                value = str(details["value"])
            elif event.event == "rule":
                since = event.t if details["place"] == place else -1
            elif event.event == "ring" and event.t == since and details["who"] == value == keys != "":
                return value not in found.subject.plan.extensions
        return False

    return shows


@check(
    "S03",
    "open-conference",
    WARNING,
    title="Callers from outside reach a conference that asks for no PIN.",
    remedy="Give the conference a PIN.",
    example=_tenant('{action: transfer, transfer_dst: "500"}', room="max_members: 5"),
    place=f"{_OPTION} > rules[0]",
    close=_tenant('{action: transfer, transfer_dst: "500"}'),
)
def open_conference(subject: Subject) -> Iterator[Candidate]:
    rooms = {
        number: extension
        for number, extension in subject.plan.extensions.items()
        if isinstance(extension.own, Conference) and not extension.own.pins and "own" not in extension.unknown
    }
    if not rooms:
        return
    for item in subject.state.all("did"):
        for tried in subject.ways.all(item.name, (FAIR, NOBODY)):
            end = tried.answer.outcome
            if end.kind == CONFERENCE and end.extension in rooms:
                place = _led_by(subject, seen(subject, tried), item.where)
                message = f"callers from outside come into conference {end.extension}, which asks for no PIN"
                shows = ends(CONFERENCE, extension=end.extension)
                yield Candidate(place, message, [Witness(tried.call, shows, tried.world)])


def _led_by(subject: Subject, found: Seen, did: str) -> str:
    """The place of the part that led a call to its end: a rule, a menu that dials any number, or the DID."""
    led = did
    for event in found.trace:
        details = event.details
        if event.event == "rule":
            led = str(details["place"])
        elif event.event == "queue":
            led = f"{subject.plan.extensions[details['number']].place} > queue"
        elif event.event == "menu":
            menu = subject.plan.extensions[details["extension"]].own
            if isinstance(menu, Menu) and details["context"] in menu.contexts:
                led = menu.contexts[details["context"]].place
    return led


@check(
    "S04",
    "any-dial-exposes",
    NOTICE,
    title="Callers can dial a fax, a conference or a blocked extension in a menu that has no option for it.",
    remedy="Switch allow_any_dial off, or give such extensions numbers of another length than callers can type.",
    example=_tenant(_TO_101, any_dial=True),
    place=_CONTEXT,
    close=_tenant(f'{_TO_101[:-1]}, final: false}}, {{action: transfer, transfer_dst: "500"}}', any_dial=True),
)
def any_dial_exposes(subject: Subject) -> Iterator[Candidate]:
    for number, menu, context in subject.contexts:
        if not context.any_dial or context.unknown:
            continue
        led = _led_to(menu)
        hidden = [
            one.number
            for one in subject.plan.extensions.values()
            if (one.type in (FAX, CONFERENCE) or one.blocked) and one.number not in (*led, *context.options)
        ]
        for other in hidden:
            message = f"callers can dial {', '.join(hidden)} here, and no option leads there"
            yield Candidate(context.place, message, _dialled(subject, number, context, other))


def _led_to(menu: Menu) -> set[str]:
    """The numbers to which the options of a menu lead."""
    rules = [rule for one in menu.contexts.values() for option in one.options.values() for rule in option.rules or ()]
    groups = [rule.action.group for rule in rules if isinstance(rule.action, Transfer)]
    return {leg.number for group in groups for leg in group.legs}


def _dialled(subject: Subject, number: str, context: Context, other: str) -> Iterator[Witness]:
    def shows(found: Seen) -> bool:
        here = ""
        for event in found.trace:
            if event.event == "menu":
                here = event.details["context"] if event.details["extension"] == number else ""
            elif event.event == "keys" and here == context.name and event.details["keys"] == other:
                blocked = subject.plan.extensions[other].blocked
                reached = any(one.details["number"] == other for one in found.events("extension"))
                return reached != blocked
        return False

    return showing(subject, (number,), shows, (FAIR,))


@check(
    "S05",
    "webhook-decides",
    WARNING,
    title="No rule follows a webhook: if the webhook fails, the caller hears nothing and waits.",
    remedy="Add a rule after the webhook for the case that it does not answer.",
    example=_tenant(_ASKED),
    place=f"{_OPTION} > rules[0]",
    close=_tenant(f"{_ASKED}, {_TO_101}"),
)
def webhook_decides(subject: Subject) -> Iterator[Candidate]:
    for rule in subject.rules:
        action = getattr(rule.compiled, "action", None)
        if not isinstance(action, Webhook):
            continue
        failing = World(webhooks={action.url: (Reply(None),)})
        message = "nothing follows the webhook: when it fails, the caller hears nothing and waits"
        tries = subject.ways.all(rule.number, (FAIR,))
        found = (tried for tried in tries if rule.place in tried.answer.fired)
        yield Candidate(rule.place, message, _left_waiting(rule.place, found, failing))


def _left_waiting(place: str, found: Iterator[Tried], world: World) -> Iterator[Witness]:
    """The calls in which a rule has run, with a webhook that fails."""

    def shows(found: Seen) -> bool:
        trace = found.trace
        for index, event in enumerate(trace):
            if event.event == "webhook" and event.details["result"] == "error":
                ran = [one.details["place"] for one in trace[:index] if one.event == "rule"]
                after = trace[index + 1 : index + 2]
                if ran[-1:] == [place] and after and after[0].event == "keys" and after[0].details["ask"] == "menu":
                    return True
        return False

    return (Witness(tried.call, shows, world) for tried in found)
