# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The effects of the rules of a list on the rules behind them, as far as they are known without a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..call import Call, Caller
from ..calltest.seen import Seen
from ..judging import holds as incoming_holds
from ..menu import Visit
from ..menus import HangUp, Jump, LeaveMessage, Menu, MenuRule, Transfer, Webhook
from ..numbers import DID, EXTENSION, Group, Leg
from ..plan import Conference, Extension, IncomingRule, Queue
from ..run import Run
from ..world import Device, World
from .claims import Shows
from .kinds import Witness
from .subject import CASCADES, TRANSFERS, Rule, RuleList, Subject
from .ways import Tried

# So many calls are tried to prove one suspicion.
_MOST_TRIES = 40


def mailbox(subject: Subject, number: str) -> bool | None:
    """Whether an extension has a mailbox; None where that is not known."""
    extension = subject.plan.extensions[number]
    if "mailbox" in extension.unknown:
        return None
    enabled = extension.mailbox.enabled
    return subject.assume.vm_default == "true" if enabled is None else enabled


def calls_others(rule: Rule) -> bool:
    """Whether it may leave a status of a call behind."""
    compiled = rule.compiled
    if isinstance(compiled, IncomingRule):
        return compiled.action in (*TRANSFERS, *CASCADES, "voicemail")
    return isinstance(compiled.action, (Transfer, LeaveMessage))


def ends(subject: Subject, rule: Rule) -> bool:
    """Whether no rule behind it runs once it has run, whatever becomes of the call."""
    compiled = rule.compiled
    if isinstance(compiled, IncomingRule):
        if compiled.action in ("busy", "hangup", "playfile"):
            return True
        if compiled.action == "voicemail":
            return compiled.final or mailbox(subject, rule.number) is True
        return compiled.group is not None and compiled.final
    if isinstance(compiled.action, LeaveMessage):
        return compiled.final or mailbox(subject, rule.number) is True
    return isinstance(compiled.action, (Jump, HangUp)) or (isinstance(compiled.action, Transfer) and compiled.final)


def counts(rule: Rule) -> bool:
    """Whether it can be relied on to be switched on."""
    return not isinstance(rule.compiled, IncomingRule) or (rule.compiled.enabled and not rule.compiled.code)


def group_of(rule: Rule) -> Group | None:
    """The group that a rule rings; None if it rings none, or if the document does not say which."""
    compiled = rule.compiled
    if isinstance(compiled, IncomingRule):
        return compiled.group
    action = compiled.action
    return action.group if isinstance(action, Transfer) and not action.variable else None


def inside(subject: Subject, leg: Leg) -> Extension | None:
    """The extension that a leg rings."""
    internal = leg.kind == EXTENSION or (leg.kind == DID and subject.assume.did_as_destination == "internal")
    return subject.plan.extensions.get(leg.number) if internal else None


def taker(subject: Subject, group: Group) -> Extension | None:
    """An extension of a group that always answers, and before the ringing ends."""
    limit = group.timeout or subject.assume.ring_seconds * 1000
    for leg in group.legs:
        extension = inside(subject, leg)
        if extension and leg.delay < limit and _always_answers(subject, extension, group.simple):
            return extension
    return None


def _always_answers(subject: Subject, extension: Extension, simple: bool) -> bool:
    refused = extension.blocked and subject.assume.blocked_extension == "refuse"
    if extension.unknown or refused:
        return False
    if not simple and any(rule.enabled or rule.code for rule in extension.rules):
        return False
    own = extension.own
    if isinstance(own, Queue):
        answers = subject.assume.queue_answers
        takes = answers == "always" or (answers == "unless_disabled" and not own.disable_answer)
        return takes and not own.exit_without_agents
    if isinstance(own, Conference):
        return not own.most
    return isinstance(own, Menu) or extension.type == "fax"


def own_conditions_hold(subject: Subject, rule: Rule, at: int | None, caller: Caller, registered: bool = True) -> bool:
    """Whether the conditions of a rule hold that are neither on the status of a call nor on a variable."""
    extension = subject.plan.extensions[rule.number]
    world = World(phones={rule.number: Device(registered=registered)})
    run = Run(subject.plan, Call(rule.number, caller, at), world, subject.assume, None)
    compiled = rule.compiled
    if isinstance(compiled, IncomingRule):
        return incoming_holds(run, extension, compiled, 0)
    own = extension.own
    if not isinstance(own, Menu):
        return False
    guard = replace(compiled.guard, call_status="any") if compiled.guard else None
    return Visit(run, extension, own, 0).holds(replace(compiled, guard=guard, variable=""), 0)


def witnesses(tried: Iterable[Tried], shows: Shows) -> Iterator[Witness]:
    """The calls that were tried, as proofs of the same claim, made by somebody who never hangs up."""
    for index, one in enumerate(tried):
        if index == _MOST_TRIES:
            return
        yield Witness(replace(one.call, hang_up_after=None), shows, one.world)


def taken_by(first: Rule, second: Rule) -> Shows:
    """A rule runs, and another one behind it does not."""

    def shows(seen: Seen) -> bool:
        fired = seen.answer.fired
        return first.place in fired and second.place not in fired

    return shows


def rule_name(rule: Rule) -> str:
    """A rule as a sentence about its list calls it."""
    name = f' "{rule.item.name}"' if rule.item.name else ""
    return f"rule {rule.index}{name} ({rule.action})"


def alive(one: RuleList) -> list[Rule]:
    """The rules of a list that are switched on, or can be."""
    return [rule for rule in one.rules if not rule.dead]


def status_before(subject: Subject, rule: Rule, rules: Sequence[Rule], leaving: Rule | None = None) -> bool:
    """Whether a call in a menu may have failed before a rule runs. leaving: a rule whose calls do not count."""
    menu = subject.plan.extensions[rule.number].own
    if not isinstance(menu, Menu):
        return True
    if any(_leaves_status(subject, one) for one in rules[: rules.index(rule)] if one is not leaving):
        return True
    for context in menu.contexts.values():
        if context.unknown or context.others or context.any_dial:
            return True
    # A call that failed anywhere may come back to this option.
    left = leaving.compiled if leaving else None
    return any(
        isinstance(one.action, Webhook)
        or (
            one is not left
            and may_go_on(subject, rule.number, one)
            and not any(_ends_all(subject, rule.number, behind) for behind in (option.rules or ())[index + 1 :])
        )
        for context in menu.contexts.values()
        for option in context.options.values()
        for index, one in enumerate(option.rules or ())
    )


def _ends_all(subject: Subject, number: str, rule: MenuRule) -> bool:
    """Whether a rule of a menu ends every call that comes to it."""
    message = isinstance(rule.action, LeaveMessage) and mailbox(subject, number) is True
    return not rule.conditional and (message or isinstance(rule.action, HangUp))


def may_go_on(subject: Subject, number: str, rule: MenuRule) -> bool:
    """Whether a rule of a menu may fail, and the menu goes on."""
    if rule.final and subject.assume.menu_final_failed == "hangup":
        return False
    if isinstance(rule.action, Transfer):
        return bool(rule.action.variable) or taker(subject, rule.action.group) is None
    return isinstance(rule.action, LeaveMessage) and mailbox(subject, number) is not True


def _leaves_status(subject: Subject, rule: Rule) -> bool:
    compiled = rule.compiled
    return isinstance(compiled, MenuRule) and may_go_on(subject, rule.number, compiled)
