# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What a document would do to callers that nobody wants: found without asking the PBX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .._model.document import Declared
from .._model.nouns.ivr import MANDATORY_OPTIONS
from .graph import ELSEWHERE, OUT, Graph, Spot, ends, spread, value

NO_WAY_OUT = "no-way-out"
SILENCE = "silence"
NO_SUCH_OPTION = "no-such-option"
UNREACHED = "unreached"
NEVER_RUNS = "never-runs"

MOST_NAMES = 5
_REMEDY = "transfer the call, take a message or hang up, or give the IVR a lifetime"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with what a caller experiences.

    code: for programs, one of the above. where: the object's place in the document. error: nobody can want it.
    """

    code: str
    where: str
    text: str
    error: bool = False

    @property
    def sentence(self) -> str:
        return f"{self.where}: {self.text}"


def lint(root: Declared) -> list[Finding]:
    """Everything that is found in a document, in its order.

    A context that declares its option ``start`` is taken to be declared as a whole.
    """
    found: list[Finding] = []
    for one in root.walk():
        if one.noun.name == "ivr":
            graph = Graph(one)
            found.extend(_loops(graph))
            found.extend(_unreached(graph))
            found.extend(_missing_options(graph))
        for dummy, noun, objects in one.sections():
            if noun.ordered:
                found.extend(_never_run(objects))
    return found


def _loops(graph: Graph) -> Iterator[Finding]:
    if graph.limited:
        return
    known = graph.entry is not None
    starts = [graph.entry] if graph.entry else [Spot(name, "start") for name in graph.contexts]
    reached = graph.reached(starts) - {OUT, ELSEWHERE}
    caught = reached - graph.leading([OUT, ELSEWHERE])
    for where, what, others in _circles(graph, caught, pressing=True):
        text = f"this {what} can never be left: every way leads back to it{others}; let an option {_REMEDY}"
        yield Finding(NO_WAY_OUT, where, text, error=known)
    silent = reached - caught - graph.leading([OUT, ELSEWHERE], pressing=False)
    for where, dummy, others in _circles(graph, silent, pressing=False):
        text = (
            f"a caller who presses nothing is never let go: without a key every way leads back to it{others}; "
            f"let the option timeout {_REMEDY}"
        )
        yield Finding(SILENCE, where, text)


def _circles(graph: Graph, spots: set[Spot], pressing: bool) -> Iterator[tuple[str, str, str]]:
    """The contexts in which calls go round within some spots, those together that hang together.

    Of each circle, the place of its first menu or option, which of the two it is, and the other contexts.
    """
    steps = {
        spot: [way.to for way in graph.ways[spot] if way.to in spots and (pressing or not way.pressed)]
        for spot in spots
    }
    for spot in _entered_only(steps):
        del steps[spot]
    near: dict[Spot, set[Spot]] = {Spot(spot.context): set() for spot in steps}
    for spot, targets in steps.items():
        for target in targets:
            near[Spot(spot.context)].add(Spot(target.context))
            near[Spot(target.context)].add(Spot(spot.context))
    position = {name: index for index, name in enumerate(graph.contexts)}
    seen: set[Spot] = set()
    for name, context in graph.contexts.items():
        if Spot(name) not in near or Spot(name) in seen:
            continue
        group = spread([Spot(name)], near)
        seen |= group
        place, what = context.declared, "menu"
        if Spot(name) not in steps and Spot(name, "start") not in steps:
            held = [one for digits, one in context.options.items() if Spot(name, digits) in steps]
            place, what = held[0], "option"
        yield place.where, what, _also(sorted((spot.context for spot in group), key=position.__getitem__)[1:])


def _entered_only(steps: dict[Spot, list[Spot]]) -> list[Spot]:
    """The spots that lead to a circle, and that no circle leads to."""
    coming = dict.fromkeys(steps, 0)
    for targets in steps.values():
        for target in targets:
            coming[target] += 1
    found = [spot for spot, count in coming.items() if not count]
    for spot in found:
        for target in steps[spot]:
            coming[target] -= 1
            if not coming[target]:
                found.append(target)
    return found


def _also(contexts: Sequence[str]) -> str:
    """The other contexts of a circle, as the rest of "leads back to it"."""
    names = [f'"{name}"' for name in contexts]
    if len(names) > MOST_NAMES:
        names = [*names[:MOST_NAMES], f"{len(names) - MOST_NAMES} more"]
    return "".join(f" or to {name}" for name in names)


def _unreached(graph: Graph) -> Iterator[Finding]:
    """Only where the document tells of everything that a call can come to."""
    reached = graph.reached([graph.entry] if graph.entry else [ELSEWHERE])
    if ELSEWHERE in reached:
        return
    contexts = {spot.context for spot in reached}
    for name, context in graph.contexts.items():
        if name not in contexts:
            yield Finding(UNREACHED, context.declared.where, "no call ever comes here: nothing that runs jumps to it")


def _missing_options(graph: Graph) -> Iterator[Finding]:
    for name, context in graph.contexts.items():
        for option in context.options.values():
            for rule in option.inside.get("rules", []):
                for field, target, digits in _targets(name, rule):
                    found = graph.contexts.get(target or "")
                    if digits and found and found.whole and digits not in (*found.options, *MANDATORY_OPTIONS):
                        offered = ", ".join(dict.fromkeys([*MANDATORY_OPTIONS, *found.options]))
                        text = f'{field} "{digits}" is no option of context "{target}"; there are: {offered}'
                        yield Finding(NO_SUCH_OPTION, rule.where, text)


def _targets(name: str, rule: Declared) -> Iterator[tuple[str, str | None, str | None]]:
    """The field that names an option, the option's context, and its digits."""
    if value(rule, "action") == "jump_to_context":
        yield "context_option", value(rule, "context"), value(rule, "context_option")
    for index, heard in enumerate(value(rule, "voice_helper_rules") or ()):
        yield f"voice_helper_rules[{index}].to_option", name, heard.get("to_option")


def _never_run(rules: Sequence[Declared]) -> Iterator[Finding]:
    for rule, following in zip(rules, rules[1:]):
        if ends(rule):
            does = value(rule, rule.noun.variant)
            yield Finding(NEVER_RUNS, following.where, f"never runs: the rule before it, {does}, always ends the list")
            return
