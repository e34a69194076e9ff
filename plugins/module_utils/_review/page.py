# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The review as a page of its own, for the people who approve a change.

Changes that callers may notice come first, then changes of only one tenant, then those that several have in common.
Parts that do not fit into MOST_BYTES are left out, the least important first, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .._state.announced import OPERATION, WORDS, AnnouncedStep, Change, counts, counts_in_words
from .._text.markup import Markup, element, named, page
from .._text.plain import plain
from .flows import MOST as MOST_FLOWS
from .flows import picture, table
from .grouping import Groups, Shared, by_content, called, grouped, noticed
from .risk import OTHERS, RISKS, by_risk, risk
from .style import CSS
from .summary import Failure, Review, Tenant
from .tried import tried
from .words import Labels, change_in_words, common_labels, title

# A list of more steps starts folded.
LONG = 20
MOST_BYTES = 5_000_000
# So many tenants are named beside a change, and so many changes are told first.
NAMED, FIRST = 6, 60
# Those of which an impact was found out.
FOLLOWED, EVERYBODY = "all tenants whose calls were followed", "all tenants"
STATUS = {"failed": "failed", "changes": "changes", "unchanged": "no change"}


@dataclass(frozen=True)
class Detail:
    """How much a page tells. requests, changes: whether each step has them. steps: how many in a list; 0 for all.

    pictures: whether call flows are shown.
    """

    requests: bool = True
    changes: bool = True
    steps: int = 0
    left_out: str = ""
    pictures: bool = True


_REST = "the JSON report has them"
_DETAILS = (
    Detail(),
    Detail(left_out=f"Pictures are left out, because the page would be too large; {_REST}.", pictures=False),
    Detail(False, left_out=f"Pictures and requests are left out; {_REST}.", pictures=False),
    Detail(
        False, True, 200, f"Pictures, requests, and of long lists all changes but 200, are left out; {_REST}.", False
    ),
    Detail(False, False, 50, f"Pictures, fields, and of long lists all objects but 50, are left out; {_REST}.", False),
    Detail(False, False, 5, f"Pictures, fields, and of long lists all objects but 5, are left out; {_REST}.", False),
)


def html(review: Review) -> str:
    """The whole page."""
    text = ""
    for detail in _DETAILS:
        text = _page(review, detail)
        if len(text) <= MOST_BYTES and len(text.encode("utf-8", "backslashreplace")) <= MOST_BYTES:
            break
    return text


def _page(review: Review, detail: Detail) -> str:
    tenants = review.tenants
    changing = [tenant for tenant in tenants if tenant.steps]
    groups = grouped(changing)
    summary = f"{review.outcome}: {review.counted}"
    body = [
        element("header", [element("h1", "PBX plan"), element("p", summary, "summary")]),
        *([element("p", detail.left_out, "warning")] if detail.left_out else ()),
        *_head(review),
        *_noticed(tenants),
        *_first(groups, changing),
        *_flows(review, detail),
        *tried([(tenant.name, one) for tenant in tenants for one in tenant.tried]),
        _overview(tenants, groups),
        *(
            _tenant(number, tenant, groups, detail)
            for number, tenant in enumerate(tenants, 1)
            if groups.has_section(tenant)
        ),
        *(_shared(number, one, changing, detail) for number, one in enumerate(groups.shared)),
        *_left(tenants),
    ]
    return page(f"PBX plan: {summary}", CSS, body)


def _head(review: Review) -> Iterator[Markup]:
    if review.head:
        rows = [[element("dt", name), element("dd", named(text))] for name, text in review.head.lines()]
        yield element("dl", [part for row in rows for part in row], "head")


# -- the first part


def _noticed(tenants: Sequence[Tenant]) -> Iterator[Markup]:
    """The effects on callers, as far as the run has asked for them; an effect on several tenants stands there once."""
    holders = noticed(tenants)
    if holders:
        asked = [tenant for tenant in tenants if tenant.noticed]
        items = []
        for words, found in list(holders.items())[:FIRST]:
            who = [" ", element("span", ["(", *_called(found, asked, FOLLOWED), ")"], "who")] if len(asked) > 1 else []
            items.append(element("li", [named(words), *who]))
        if len(holders) > FIRST:
            items.append(element("li", f"and {len(holders) - FIRST} more"))
        yield element("section", [element("h2", "Effects on callers", id="noticed"), element("ul", items)], "look")


def _first(groups: Groups, changing: Sequence[Tenant]) -> Iterator[Markup]:
    """The risky changes, each once, with the tenants that have it."""
    by_name = {tenant.name: tenant for tenant in changing}
    found: dict[str, list[tuple[AnnouncedStep, tuple[Tenant, ...]]]] = {name: [] for name in RISKS}
    for name, steps in groups.own.items():
        for step in steps:
            if risk(step) != OTHERS:
                found[risk(step)].append((step, (by_name[name],)))
    for one in groups.shared:
        for step in one.steps:
            if risk(step) != OTHERS:
                found[risk(step)].append((step, one.tenants))
    parts: list[Markup] = []
    for name, risky in found.items():
        if risky:
            items = [
                element("li", list(_risky(step, tenants, changing)), step.effect) for step, tenants in risky[:FIRST]
            ]
            more = len(risky) - FIRST
            if more > 0:
                items.append(element("li", f"and {more} more below"))
            parts += [element("h3", name, "block"), element("ul", items)]
    if parts:
        yield element("section", [element("h2", "Look at these first", id="first"), *parts], "look")


def _risky(step: AnnouncedStep, tenants: Sequence[Tenant], changing: Sequence[Tenant]) -> Iterator[str]:
    yield element("span", WORDS[step.effect][step.done], "effect")
    yield " "
    labels = common_labels(tenants)
    yield named(title(step.object, labels), "object")
    if len(changing) > 1:
        yield from (" ", element("span", ["(", *_called(tenants, changing), ")"], "who"))
    shown = [change for change in step.changes if step.effect == "change" and change.before != change.after]
    if shown:
        yield element("ul", [element("li", _change(change, labels)) for change in shown])


def _called(tenants: Sequence[Tenant], everybody: Sequence[Tenant], *whole: str) -> Iterator[str]:
    words, names = called(tenants, everybody, NAMED, *whole)
    yield f"{words} " if words and names else words
    for index, name in enumerate(names):
        yield from (", " if index else "", named(name))


def _flows(review: Review, detail: Detail) -> Iterator[Markup]:
    """The call flows that change, and who answers when after it."""
    tenants = review.tenants
    pictures = by_content((one, one.flows) for one in tenants)
    sheets = by_content((one, one.sheets) for one in tenants)
    if not detail.pictures or not (pictures or sheets):
        return
    followed = [tenant for tenant in tenants if tenant.flows or tenant.sheets]
    parts: list[Markup] = []
    drawn = 0
    for flow, names in pictures[:MOST_FLOWS]:
        pictures_of = picture(flow, review.draw, _of(names, followed))
        if pictures_of is not None:
            parts.append(pictures_of)
            drawn += 1
    if drawn < len(pictures):
        left = len(pictures) - drawn
        why = "" if drawn else " The program dot of Graphviz draws them, and was not found."
        parts.append(element("p", f"{left} more {'picture is' if left == 1 else 'pictures are'} left out.{why}", "who"))
    parts += [table(one, _of(names, followed)) for one, names in sheets[:MOST_FLOWS]]
    if len(sheets) > MOST_FLOWS:
        parts.append(element("p", f"{len(sheets) - MOST_FLOWS} more sheets are left out.", "who"))
    yield element("section", [element("h2", "Call flows that change", id="flows"), *parts])


def _of(names: Sequence[str], followed: Sequence[Tenant]) -> list[str]:
    if len(followed) < 2:
        return []
    mine = [tenant for tenant in followed if tenant.name in set(names)]
    return [" ", element("span", ["(", *_called(mine, followed, FOLLOWED), ")"], "who")]


# -- all tenants


def _overview(tenants: list[Tenant], groups: Groups) -> Markup:
    """A table with a line for each tenant."""
    effects = [*WORDS] if any(step.effect == OPERATION for t in tenants for step in t.steps) else [*WORDS][:-1]
    heads = ["tenant", *(effect.replace("_", " ") for effect in effects), "status"]
    rows = [element("tr", [element("th", head, scope="col") for head in heads])]
    for number, tenant in enumerate(tenants, 1):
        name = named(tenant.name)
        found = counts(tenant.steps)
        target = f"#tenant-{number}" if groups.has_section(tenant) else ""
        if not target and groups.of.get(tenant.name):
            target = f"#shared-{groups.of[tenant.name][0] + 1}"
        cells = [
            element("th", element("a", name, href=target) if target else name, scope="row"),
            *(element("td", str(found[effect]), f"number {effect if found[effect] else 'none'}") for effect in effects),
            element("td", STATUS[tenant.status], tenant.status),
        ]
        rows.append(element("tr", cells))
    return element("div", element("table", rows), "overview")


def _tenant(number: int, tenant: Tenant, groups: Groups, detail: Detail) -> Markup:
    parts = [
        element("h2", named(tenant.name), id=f"tenant-{number}"),
        element("p", f"{'failed, ' if tenant.failed else ''}{tenant.counted}", tenant.status),
        *map(_failure, tenant.failures),
        *(element("p", ["Warning: ", named(text)], "warning") for text in tenant.warnings),
    ]
    own = groups.own.get(tenant.name, [])
    shared = groups.of.get(tenant.name, [])
    if shared:
        words = "Only this tenant has the changes below." if own else "All of its changes are those of other tenants."
        parts.append(element("p", [f"{words} It shares ", *_links(shared, groups), "."]))
    numbers = {id(step): position for position, step in enumerate(tenant.steps, 1)}
    parts += _folds(own, numbers, detail, tenant.labels)
    return element("section", parts)


def _links(shared: Iterable[int], groups: Groups) -> Iterator[str]:
    for index, number in enumerate(shared):
        count = len(groups.shared[number].steps)
        words = f"{count} change{'' if count == 1 else 's'} of {len(groups.shared[number].tenants)} tenants"
        yield from (", " if index else "", element("a", words, href=f"#shared-{number + 1}"))


def _shared(number: int, one: Shared, changing: Sequence[Tenant], detail: Detail) -> Markup:
    words = f"{len(one.steps)} changes" if len(one.steps) > 1 else "change"
    numbers = {id(step): position for position, step in enumerate(one.steps, 1)}
    parts = [
        element("h2", f"{len(one.tenants)} tenants get the same {words}", id=f"shared-{number + 1}"),
        element("p", list(_called(one.tenants, changing))),
        *_folds(one.steps, numbers, detail, common_labels(one.tenants), one.tenants[0].name),
    ]
    return element("section", parts)


def _folds(
    steps: Sequence[AnnouncedStep], numbers: dict[int, int], detail: Detail, labels: Labels, example: str = ""
) -> Iterator[Markup]:
    """The steps: risky ones by their risk, all others by their kind. example: the tenant whose requests are shown."""
    for name, found in by_risk(steps).items():
        if name != OTHERS:
            yield _fold(name, found, numbers, detail, labels)
            continue
        for kind in sorted({step.kind for step in found}):
            yield _fold(kind, [step for step in found if step.kind == kind], numbers, detail, labels)
    requests = [f"{plain(step.method)} {plain(step.path)}" for step in steps if step.method]
    if requests and detail.requests:
        listed = [element("li", element("code", text, dir="ltr")) for text in requests]
        words = ["Requests, as they are sent", *([" to ", named(example), ", for example"] if example else ())]
        fold = [element("summary", words), element("ol", listed, "requests")]
        yield element("details", fold, "technical")


def _fold(name: str, steps: Sequence[AnnouncedStep], numbers: dict[int, int], detail: Detail, labels: Labels) -> Markup:
    shown = steps[: detail.steps] if detail.steps else steps
    items = [_step(step, numbers[id(step)], detail, labels) for step in shown]
    if len(steps) > len(shown):
        items.append(element("li", f"and {len(steps) - len(shown)} more"))
    fold = [element("summary", [element("h3", named(name)), " ", counts_in_words(steps)]), element("ol", items)]
    return element("details", fold, open=len(steps) <= LONG)


def _failure(failure: Failure) -> Markup:
    went_on = "The run went on after a failure in " if failure.passed else "Failed in "
    lines = [element("p", plain(line), dir="auto") for line in failure.message.splitlines()]
    return element("div", [element("p", [went_on, named(failure.task)]), *lines], "failure")


def _step(step: AnnouncedStep, number: int, detail: Detail, labels: Labels) -> Markup:
    effect = WORDS[step.effect][step.done]
    parts: list[str] = [
        element("span", f"{effect}: {plain(step.action)}" if step.effect == OPERATION else effect, "effect"),
        " ",
        named(title(step.object, labels), "object"),
    ]
    if step.changes and detail.changes:
        parts.append(element("ul", [element("li", _change(change, labels)) for change in step.changes]))
    return element("li", parts, step.effect, value=str(number))


def _change(change: Change, labels: Labels) -> Iterator[str]:
    found = change_in_words(change, labels)
    yield element("code", plain(found.field))
    yield ": "
    if found.before is not None:
        yield from _texts("del", found.before)
        yield " \N{RIGHTWARDS ARROW} " if found.before else ""
    if found.after is None:
        yield "removed"
    else:
        yield from _texts("ins", found.after)
        yield "" if found.after else "nothing"
    if found.alike:
        yield f" ({found.alike} more stay{'s' if found.alike == 1 else ''})"


def _texts(tag: str, texts: Sequence[str]) -> Iterator[str]:
    for index, text in enumerate(texts):
        yield from (", " if index else "", element(tag, named(text)))


def _left(tenants: Sequence[Tenant]) -> Iterator[Markup]:
    """The objects that are on the PBX and in no document; an object of several tenants stands there once."""
    holders: dict[tuple[str, str], list[Tenant]] = {}
    for tenant in tenants:
        for one in tenant.left:
            holders.setdefault(one, []).append(tenant)
    if holders:
        items = [
            element(
                "li", [named(one), " (", element("code", plain(kind)), "): ", *_called(found, tenants, "all tenants")]
            )
            for (kind, one), found in list(holders.items())[:LEFTOVERS]
        ]
        if len(holders) > LEFTOVERS:
            items.append(element("li", f"and {len(holders) - LEFTOVERS} more"))
        words = f"Not in the documents, and left as they are: {sum(map(len, holders.values()))}"
        fold = [element("summary", element("h2", words, "inline")), element("ul", items)]
        yield element("details", fold, "left")


# So many objects that are in no document are named.
LEFTOVERS = 500
