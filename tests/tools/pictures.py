# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pictures of the documentation, below docs/pictures: the clinic's flows and who answers when, a change of them,
and a report of 20 tenants.

Graphviz draws the same a little differently on every machine, so that an image is current when it was made from the
same graph. ``--write`` makes all of them, and with Chromium also a picture of the report.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.tools.tree import ROOT, link

sys.path.insert(0, str(link()))

from ansible_collections.telops.pbx.plugins.module_utils._entry.flows import flows
from ansible_collections.telops.pbx.plugins.module_utils._entry.following import followed
from ansible_collections.telops.pbx.plugins.module_utils._entry.graphviz import laid_out
from ansible_collections.telops.pbx.plugins.module_utils._entry.review import html
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.build import picture
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.dot import dot
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.picture import Name, Picture, compared
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.sheet import sheet
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.sheet_forms import lines as sheet_lines
from ansible_collections.telops.pbx.plugins.module_utils._flow.draw.svg import svg
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.impact import impact
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.result import ImpactResult
from ansible_collections.telops.pbx.plugins.module_utils._model.document import parse
from ansible_collections.telops.pbx.plugins.module_utils._review.head import Head
from ansible_collections.telops.pbx.plugins.module_utils._review.markdown import markdown
from ansible_collections.telops.pbx.plugins.module_utils._review.summary import Review
from ansible_collections.telops.pbx.plugins.module_utils._state.document import of_document
from ansible_collections.telops.pbx.plugins.module_utils._state.snapshot import Snapshot
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import Mask
from tests.cases.mistakes import CLINIC

FOLDER = ROOT / "docs" / "pictures"
TODAY = date(2026, 11, 24)
WEEKS, DAY = 4, 86_400
MAIN, WEBER = ("number", "74950000101"), ("number", "74950000102")
_MARK = re.compile(r'data-graph="([0-9a-f]+)"')


def state(document: dict[str, Any]) -> Snapshot:
    return of_document(parse(document)[0], True)


def changed_clinic() -> dict[str, Any]:
    """Busy callers of Dr. Weber reach the office, and at closing time nobody waits for a mailbox any more."""
    document = copy.deepcopy(CLINIC)
    doctor = next(one for one in document["extensions"] if one["number"] == "103")
    doctor["intervals"] = copy.deepcopy(doctor["intervals"])
    doctor["intervals"][0]["conditions"][0]["end_time"] = "12:00:00"
    rules = doctor["incom_rules"] = copy.deepcopy(doctor["incom_rules"])
    rules[1]["transfer_dst"] = "111"
    return document


def clinic(starts: list[Name], opened: bool = False) -> Picture:
    return picture(state(CLINIC), starts, opened)


def images() -> Iterator[tuple[str, Picture]]:
    yield "clinic.svg", clinic([MAIN])
    yield "clinic-doctor.svg", clinic([WEBER])
    before, after = (picture(state(document), [WEBER]) for document in (CLINIC, changed_clinic()))
    yield "change.svg", compared(before, after)


def step(action: str, kind: str, title: str, *changes: tuple[str, Any, Any]) -> dict[str, Any]:
    method = {"update": "PUT", "delete": "DELETE"}[action]
    fields = [{"field": name, "from": before, "to": after} for name, before, after in changes]
    return {"action": action, "kind": kind, "object": title, "method": method, "path": f"/{kind}/", "changes": fields}


def noticed() -> dict[str, Any]:
    """The impact of the change of the clinic, as a task returns it."""
    before, after = state(CLINIC), state(changed_clinic())
    begin = int(datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).timestamp())
    found = impact(before, after, begin, begin + WEEKS * 7 * DAY, words=("fair",), depth=1)
    root, dummy = parse(changed_clinic())
    tenant = followed(root, after, before, None, str(TODAY), Mask(""), True)
    result = ImpactResult(found, Mask("")).as_dict(0)
    numbers = list(dict.fromkeys(number for group in found.groups for number in group.numbers))
    return {**result, **flows(before, tenant, numbers, str)}


def report() -> Review:
    """20 clinics of which all get the same 13 changes, and a few something else that somebody ought to look at."""
    hours = [
        {"start_dow": 2, "end_dow": 6, "start_time": "08:00:00", "end_time": end} for end in ("12:30:00", "12:00:00")
    ]
    open_hours = 'extension "300" > interval "Opening hours"'
    special = {
        "clinic-04": step("update", "did", 'DID "74950000104"', ("extension", "300", "103")),
        "clinic-08": step("update", "incom_rule", 'extension "300" > rule "Night mode"', ("enabled", False, True)),
        "clinic-12": step("update", "ivr_rule", 'extension "300" > rule "Night"', ("transfer_dst", "112", "111")),
        "clinic-13": step("update", "interval", open_hours, ("conditions", hours[:1], hours[1:])),
        "clinic-17": step("delete", "event", 'extension "200" > event "hangup"', ("method", "POST", None)),
    }
    review = Review()
    for number in range(1, 21):
        name = f"clinic-{number:02}"
        plan = [
            step("update", "phone", f'extension "{101 + index}" > phone', ("hangup_timeout", 20, 30))
            for index in range(13)
        ]
        shown = {"impact": noticed()} if name == "clinic-13" else {}
        review.add(name, {"plan": [*plan, *([special[name]] if name in special else [])], **shown}, True)
        review.label(name, CLINIC["extensions"])
    review.finish(())
    versions = {"telops.pbx": "0.1.0", "ansible-core": "2.19.14"}
    made = "2026-11-24 10:00 +0100"
    review.head = Head(made, "ann", ("inventory.yml",), "", "0a1b2c3d4e5f", True, False, versions, {})
    return review


def texts() -> Iterator[tuple[str, str]]:
    """The pages, which are the same on every machine."""
    there = state(CLINIC)
    numbers = [MAIN[1], WEBER[1]]
    page = [
        "# The clinic's call flows",
        "",
        "Drawn by `pbx_flow_diagram` out of the document of the demo, `playbooks/vars/clinic.yml`.",
        "",
        "## The main number",
        "",
        f"![Where calls to {MAIN[1]} go](clinic.svg)",
        "",
        "## The number of a doctor",
        "",
        f"![Where calls to {WEBER[1]} go](clinic-doctor.svg)",
        "",
        *sheet_lines(sheet(there, TODAY, numbers), level=2),
    ]
    yield "clinic.md", "\n".join(page) + "\n"
    yield "report.md", markdown(report())


def graph(shown: Picture) -> str:
    return hashlib.sha256(dot(shown).encode()).hexdigest()[:16]


def stale() -> list[str]:
    """The names of the files that are not current."""
    found = []
    for name, text in texts():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(name)
    for name, shown in images():
        path = FOLDER / name
        mark = _MARK.search(path.read_text(encoding="utf-8")) if path.exists() else None
        if not mark or mark[1] != graph(shown):
            found.append(name)
    return found


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for name, shown in images():
        drawn = svg(laid_out(dot(shown), len(shown.nodes)), len(shown.nodes), len(shown.edges))
        marked = drawn.replace("<svg ", f'<svg data-graph="{graph(shown)}" ', 1)
        # Alone, it has the size that it was drawn in.
        (FOLDER / name).write_text(re.sub(r' style="max-width[^"]*"', "", marked, count=1), encoding="utf-8")


def screenshot() -> None:
    """Take a picture of the report as a reader sees it first."""
    from tests.tools.browser import browser

    with browser() as running, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_text(html(report()), encoding="utf-8")
        page = running.new_page(viewport={"width": 900, "height": 900})
        page.goto(path.as_uri())
        page.screenshot(path=str(FOLDER / "report.png"))


def main() -> int:
    """Write the pictures, or with --check, expect that they are current; return an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--report", metavar="FILE", help="write the report of 20 tenants as a page, to look at")
    given = parser.parse_args()
    if given.report:
        Path(given.report).write_text(html(report()), encoding="utf-8")
    if given.write:
        write()
        screenshot()
    found = stale()
    if found:
        print(f"docs{os.sep}pictures: {', '.join(found)} not current; run python -m tests.tools.pictures --write")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
