# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The review as a page of its own, for the people who approve a change.

It needs no script, no other file and no network, and forbids the browser all of them. Names are isolated from the text
around them, so that one that is written from right to left turns nothing else around.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Union

from .._text.plain import plain, value
from .style import CSS
from .summary import OPERATION, WORDS, Change, Failure, Review, Step, Tenant, counts, told

# A list of more steps starts folded.
LONG = 20
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STATUS = {"failed": "failed", "changes": "changes", "unchanged": "no change"}


class Markup(str):
    """Text that is HTML already; every other is escaped when an element takes it."""


Content = Union[str, Iterable[str]]


def html(review: Review) -> str:
    """The whole page."""
    tenants = review.tenants
    summary = f"{review.outcome}: {review.counted}"
    head = [
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        Markup('<meta name="referrer" content="no-referrer">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        _element("title", f"PBX plan: {summary}"),
        _element("style", Markup(CSS)),
    ]
    body = [
        _element("header", [_element("h1", "PBX plan"), _element("p", summary, "summary")]),
        _overview(tenants),
        *(_tenant(number, tenant) for number, tenant in enumerate(tenants, 1) if _told_more(tenant)),
    ]
    page = [_element("head", head), _element("body", _element("main", body))]
    return f'<!DOCTYPE html>\n<html lang="en">{"".join(page)}</html>\n'


def _overview(tenants: list[Tenant]) -> Markup:
    """A table with a line for each tenant."""
    effects = [*WORDS] if any(step.effect == OPERATION for t in tenants for step in t.steps) else [*WORDS][:-1]
    heads = ["tenant", *(effect.replace("_", " ") for effect in effects), "status"]
    rows = [_element("tr", [_element("th", head, scope="col") for head in heads])]
    for number, tenant in enumerate(tenants, 1):
        name = _name(tenant.name)
        found = counts(tenant.steps)
        cells = [
            _element("th", _element("a", name, href=f"#tenant-{number}") if _told_more(tenant) else name, scope="row"),
            *(
                _element("td", str(found[effect]), f"number {effect if found[effect] else 'none'}")
                for effect in effects
            ),
            _element("td", STATUS[tenant.status], tenant.status),
        ]
        rows.append(_element("tr", cells))
    return _element("div", _element("table", rows), "overview")


def _told_more(tenant: Tenant) -> bool:
    return bool(tenant.status != "unchanged" or tenant.warnings or tenant.failures)


def _tenant(number: int, tenant: Tenant) -> Markup:
    parts = [
        _element("h2", _name(tenant.name), id=f"tenant-{number}"),
        _element("p", f"{'failed, ' if tenant.failed else ''}{tenant.counted}", tenant.status),
        *map(_failure, tenant.failures),
        *(_element("p", ["Warning: ", _name(text)], "warning") for text in tenant.warnings),
    ]
    numbers = {id(step): place for place, step in enumerate(tenant.steps, 1)}
    for kind, steps in tenant.kinds():
        items = [_step(step, numbers[id(step)]) for step in steps]
        fold = [_element("summary", [_element("h3", _name(kind)), " ", told(steps)]), _element("ol", items)]
        parts.append(_element("details", fold, open=len(steps) <= LONG))
    return _element("section", parts)


def _failure(failure: Failure) -> Markup:
    went_on = "The run went on after a failure in " if failure.passed else "Failed in "
    lines = [_element("p", plain(line), dir="auto") for line in failure.message.splitlines()]
    return _element("div", [_element("p", [went_on, _name(failure.task)]), *lines], "failure")


def _step(step: Step, number: int) -> Markup:
    effect = WORDS[step.effect][step.done]
    parts = [
        _element("span", f"{effect}: {plain(step.action)}" if step.effect == OPERATION else effect, "effect"),
        " ",
        _name(step.object, "object"),
        " ",
        _element("code", f"{plain(step.method)} {plain(step.path)}", "request", dir="ltr"),
    ]
    if step.changes:
        parts.append(_element("ul", [_element("li", _change(change)) for change in step.changes]))
    return _element("li", parts, step.effect, value=str(number))


def _change(change: Change) -> Iterator[str]:
    yield _element("code", plain(change.field))
    yield ": "
    if change.before is not None:
        yield _element("del", _name(value(change.before)))
        yield " \N{RIGHTWARDS ARROW} "
    if change.after is None:
        yield "removed"
    else:
        yield _element("ins", _name(value(change.after)))


def _name(text: str, style: str = "") -> Markup:
    return _element("bdi", plain(text), style)


def _element(tag: str, content: Content, style: str = "", **attributes: str | bool) -> Markup:
    """An element. style: its class. An attribute that is True has no value, one that is False is left out."""
    given: dict[str, str | bool] = {"class": style or False, **attributes}
    spelled = "".join(
        f" {name}" if text is True else f' {name}="{escape(str(text))}"'
        for name, text in given.items()
        if text is not False
    )
    parts = [content] if isinstance(content, str) else content
    inside = "".join(part if isinstance(part, Markup) else escape(part) for part in parts)
    return Markup(f"<{tag}{spelled}>{inside}</{tag}>")
