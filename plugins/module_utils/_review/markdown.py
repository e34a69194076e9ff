# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The review as Markdown, for a comment of a merge request, which has no room for more than MOST characters.

Parts that do not fit are left out, the least important first, and the text says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .._state.announced import WORDS, AnnouncedStep, Change, counts_in_words
from .._text.markup import code, fenced
from .grouping import Groups, Shared, by_content, called, grouped, noticed
from .risk import OTHERS, RISKS, by_risk, risk
from .summary import Failure, Review, Tenant
from .words import Labels, change_in_words, common_labels, title

MOST = 65_536
# So many tenants are named beside a change.
NAMED = 6
# Those of which an impact was found out.
FOLLOWED = "all tenants whose calls were followed"


@dataclass(frozen=True)
class Detail:
    """How much is told. steps, tenants: how many at most, 0 for all. changes: whether each step has its fields.

    pictures: whether call flows are drawn.
    """

    steps: int = 0
    changes: bool = True
    tenants: int = 0
    characters: int = 0
    pictures: bool = False


_DETAILS = (
    Detail(pictures=True),
    Detail(),
    Detail(50, True, 0, 2000),
    Detail(50, False, 0, 500),
    Detail(10, False, 0, 500),
    Detail(10, False, 50, 300),
    Detail(3, False, 10, 200),
)


def markdown(review: Review) -> str:
    """Every name is code, so that none of it is taken for markup."""
    text = ""
    for detail in _DETAILS:
        text = "\n".join(_lines(review, detail)) + "\n"
        if len(text) <= MOST:
            return text
    end = "\n\nThe rest is left out, because there is no room for it here; the HTML and JSON reports have it.\n"
    cut = text[: MOST - len(end)]
    return cut[: cut.rindex("\n")] + end


def _lines(review: Review, detail: Detail) -> Iterator[str]:
    tenants = review.tenants
    changing = [tenant for tenant in tenants if tenant.steps]
    groups = grouped(changing)
    yield "# PBX plan"
    yield ""
    yield f"{review.outcome}: **{review.counted}**"
    if detail != _DETAILS[0]:
        yield ""
        yield "Some of it is left out, because there is no room for it here; the HTML and JSON reports have it."
    yield from _items([f"{name}: {_code(text, detail)}" for name, text in (review.head.lines() if review.head else ())])
    unchanged = [tenant.name for tenant in tenants if tenant.status == "unchanged"]
    if unchanged:
        yield ""
        yield f"No change: {_listed(unchanged, detail.tenants or len(unchanged), detail)}"
    yield from _noticed(tenants, detail)
    yield from _first(groups, changing, detail)
    yield from _flows(tenants, detail)
    telling = [tenant for tenant in tenants if groups.has_section(tenant)]
    shown = telling[: detail.tenants] if detail.tenants else telling
    for tenant in shown:
        yield from _tenant(tenant, groups, detail)
    for one in groups.shared[: detail.tenants] if detail.tenants else groups.shared:
        yield from _shared(one, changing, detail)
    left = len(telling) - len(shown)
    if left:
        yield ""
        yield f"{left} more tenants are left out."
    objects = sum(len(tenant.left) for tenant in tenants)
    if objects:
        yield ""
        yield f"Not in the documents, and left as they are: {objects} objects."


def _noticed(tenants: Sequence[Tenant], detail: Detail) -> Iterator[str]:
    """The effects on callers, as far as the run has asked for them; an effect on several tenants stands there once."""
    holders = noticed(tenants)
    if holders:
        asked = [tenant for tenant in tenants if tenant.noticed]
        most = detail.steps or len(holders)
        yield ""
        yield "## Effects on callers"
        items = []
        for words, found in list(holders.items())[:most]:
            who = (
                f" ({_who(*called(found, asked, NAMED, 'all tenants whose calls were followed'), detail)})"
                if len(asked) > 1
                else ""
            )
            items.append(f"{_code(words, detail)}{who}")
        yield from _items([*items, *([f"and {len(holders) - most} more"] if len(holders) > most else [])])


def _flows(tenants: Sequence[Tenant], detail: Detail) -> Iterator[str]:
    """The call flows that change, as Mermaid, which the places where merge requests are read draw."""
    pictures = by_content((one, one.flows) for one in tenants)
    if pictures and not detail.pictures:
        yield ""
        yield "Pictures of the call flows that change are left out; the HTML report has them."
        return
    if pictures:
        yield ""
        yield "## Call flows that change"
    for flow, names in pictures:
        yield ""
        yield f"Calls to {_code(flow.number, detail)} of {_listed(names, NAMED, detail)}:"
        yield ""
        yield fenced(flow.mermaid, "mermaid")


def _first(groups: Groups, changing: Sequence[Tenant], detail: Detail) -> Iterator[str]:
    """The number of changes by risk, and the tenants that have them."""
    found: dict[str, tuple[int, dict[str, None]]] = {}
    for name, steps in groups.own.items():
        _count(found, steps, [name])
    for one in groups.shared:
        _count(found, one.steps, [tenant.name for tenant in one.tenants])
    items = []
    for name in RISKS:
        if name in found:
            count, names = found[name]
            words, listed = called([one for one in changing if one.name in names], changing, NAMED)
            items.append(f"{name}: {count}" + (f" ({_who(words, listed, detail)})" if len(changing) > 1 else ""))
    if items:
        yield ""
        yield "## Look at these first"
        yield from _items(items)


def _count(found: dict[str, tuple[int, dict[str, None]]], steps: Iterable[AnnouncedStep], names: list[str]) -> None:
    for step in steps:
        about = risk(step)
        if about != OTHERS:
            count, holders = found.get(about, (0, {}))
            holders.update(dict.fromkeys(names))
            found[about] = (count + len(names), holders)


def _who(words: str, names: Sequence[str], detail: Detail) -> str:
    return " ".join(filter(None, (words, ", ".join(_code(name, detail) for name in names))))


def _listed(names: Sequence[str], most: int, detail: Detail) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(_code(name, detail) for name in names[:most]) + more


def _tenant(tenant: Tenant, groups: Groups, detail: Detail) -> Iterator[str]:
    yield ""
    yield f"## {_code(tenant.name, detail)}"
    yield ""
    yield f"{'**Failed**, ' if tenant.failed else ''}{tenant.counted}"
    warnings = [f"Warning: {_code(text, detail)}" for text in tenant.warnings]
    yield from _items([*(_failure(one, detail) for one in tenant.failures), *warnings])
    shared = sum(len(groups.shared[number].steps) for number in groups.of.get(tenant.name, ()))
    if shared:
        yield ""
        yield f"{shared} of its changes are those of other tenants too, and told below."
    yield from _kinds(groups.own.get(tenant.name, []), detail, tenant.labels)


def _shared(one: Shared, changing: Sequence[Tenant], detail: Detail) -> Iterator[str]:
    count = len(one.steps)
    yield ""
    yield f"## {len(one.tenants)} tenants get the same {f'{count} changes' if count > 1 else 'change'}"
    yield ""
    words, names = called(one.tenants, changing, NAMED)
    yield _who(words, names, detail)
    yield from _kinds(one.steps, detail, common_labels(one.tenants))


def _kinds(steps: Sequence[AnnouncedStep], detail: Detail, labels: Labels) -> Iterator[str]:
    for name, found in by_risk(steps).items():
        kinds = sorted({step.kind for step in found}) if name == OTHERS else [name]
        for kind in kinds:
            listed = [step for step in found if step.kind == kind] if name == OTHERS else found
            yield ""
            yield f"### {_code(kind, detail)}: {counts_in_words(listed)}"
            shown = listed[: detail.steps] if detail.steps else listed
            more = [f"and {len(listed) - len(shown)} more"] if len(listed) > len(shown) else []
            yield from _items([*(_step(step, detail, labels) for step in shown), *more])


def _items(items: list[str]) -> Iterator[str]:
    if items:
        yield ""
    for item in items:
        yield f"- {item}"


def _failure(failure: Failure, detail: Detail) -> str:
    went_on = "Went on after a failure" if failure.passed else "Failure"
    lines = [_code(line, detail) for line in failure.message.splitlines()]
    text = "\n  - ".join(["", *lines]) if len(lines) > 1 else "".join(lines)
    return f"{went_on} in {_code(failure.task, detail)}: {text}"


def _step(step: AnnouncedStep, detail: Detail, labels: Labels) -> str:
    effect = WORDS[step.effect][step.done]
    action = f" {_code(step.action, detail)}" if step.effect not in ("create", "change", "delete") else ""
    changes = "".join(f"\n  - {_change(change, detail, labels)}" for change in step.changes) if detail.changes else ""
    return f"{effect}{action}: {_code(title(step.object, labels), detail)}{changes}"


def _change(change: Change, detail: Detail, labels: Labels) -> str:
    found = change_in_words(change, labels)
    alike = f" ({found.alike} more stay{'s' if found.alike == 1 else ''})" if found.alike else ""
    after = "removed" if found.after is None else _texts(found.after, detail) or "nothing"
    if not found.before:
        added = "added " if found.before is not None else ""
        return f"{_code(found.field, detail)}: {added}{after}{alike}"
    return f"{_code(found.field, detail)}: {_texts(found.before, detail)} to {after}{alike}"


def _texts(texts: Sequence[str], detail: Detail) -> str:
    return ", ".join(_code(text, detail) for text in texts)


def _code(text: str, detail: Detail) -> str:
    """Code; of a text that is too long, its beginning."""
    most = detail.characters
    return code(f"{text[:most]}…" if most and len(text) > most else text)
