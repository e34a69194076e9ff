# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pictures of the call flows that change, and who answers when, in the report."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._entry import review as forms
from ansible_collections.telops.pbx.plugins.module_utils._review.markdown import MOST, markdown
from ansible_collections.telops.pbx.plugins.module_utils._review.page import MOST_BYTES
from ansible_collections.telops.pbx.plugins.module_utils._review.page import html as page_without_pictures
from ansible_collections.telops.pbx.plugins.module_utils._review.summary import Review
from tests.tools.pictures import noticed
from tests.unit.review.test_grouping import EQUAL, MOVED

IMPACT = noticed()
NASTY = "</svg><script>alert(1)</script>```\n"


def review(tenants: int, impact: Any = IMPACT) -> Review:
    found = Review()
    for number in range(tenants):
        found.add(f"tenant-{number:04}", {"plan": [*EQUAL, MOVED], "impact": impact}, True)
    found.finish(())
    return found


def test_a_flow_that_changes_is_drawn_once_for_all_tenants_that_share_it() -> None:
    text = forms.html(review(3))
    # Before and after.
    assert text.count("<svg") == 2
    assert text.index("<h4>Before</h4>") < text.index("<h4>After</h4>")
    before, after = text.split("<h4>After</h4>")
    assert ("(gone)" in before, "(new)" in before, "(gone)" in after, "(new)" in after) == (True, False, False, True)
    assert "Calls to <bdi>74950000102</bdi>" in text
    assert text.count("Who answers when, after it") == 1
    assert text.index("Effects on callers") < text.index("Look at these first") < text.index("Call flows that change")
    assert markdown(review(3)).count("```mermaid\n") == 1


def test_effects_and_pictures_that_differ_in_numbers_and_labels_of_tenants_are_told_once() -> None:
    found = Review()
    for number in range(3):
        impact = json.loads(
            json.dumps(IMPACT).replace("74950000", f"7495000{number}").replace("Reception", f"R {number}")
        )
        found.add(f"tenant-{number:04}", {"plan": [MOVED], "impact": impact}, True)
        desks = (("101", f"R {number}"), ("102", f"R {number}, second desk"))
        found.label(f"tenant-{number:04}", [{"number": at, "label": label} for at, label in desks])
    found.finish(())
    text = forms.html(found)
    told = [words for words in found.tenants[1].noticed if "74950001" in words]
    assert told
    for words in told:
        assert words not in text
    assert text.count("<svg") == 2
    assert "Calls to <bdi>their number, such as 74950000102</bdi>" in text
    assert text.count("Callers of their number") == markdown(found).count("Callers of their number") > 0


def test_alike_effects_of_one_tenant_stay_apart() -> None:
    found = Review()
    groups = [{"words": f"Callers of {number}: reach nobody", "numbers": [number]} for number in ("74951", "74952")]
    found.add("tenant", {"plan": [MOVED], "impact": {"groups": groups}}, True)
    found.add("other", {"plan": [MOVED], "impact": {"groups": groups[:1]}}, True)
    found.finish(())
    text = markdown(found)
    assert text.count("Callers of 74951: reach nobody") == text.count("Callers of 74952: reach nobody") == 1


def test_a_number_whose_picture_shows_no_change_is_not_drawn() -> None:
    assert {one["number"] for one in IMPACT["flows"]} == {"74950000102"}
    assert "74950000101" in {number for group in IMPACT["groups"] for number in group["numbers"]}


def test_without_graphviz_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    text = forms.html(review(1))
    assert "<svg" not in text
    assert "1 picture is left out. The program dot of Graphviz draws them, and was not found." in text.replace(
        "more ", ""
    )


def test_nothing_of_a_name_is_markup_in_a_sheet_or_a_fence() -> None:
    sheet = {"about": NASTY, "heads": [NASTY], "rows": [[[NASTY]]], "endings": [["A", NASTY]]}
    graph = {"graph": NASTY, "nodes": 1, "edges": 0}
    impact = {"flows": [{"number": NASTY, "mermaid": NASTY, "before": graph, "after": None}], "sheet": sheet}
    assert "<script" not in page_without_pictures(review(1, impact))
    assert "````mermaid\n" in markdown(review(1, impact))


def test_a_fleet_with_pictures_stays_small() -> None:
    # PBX_TEST_EXAMPLES=1000 makes it so many tenants.
    found = review(int(os.environ.get("PBX_TEST_EXAMPLES", "200")))
    start = time.process_time()
    text = forms.html(found)
    assert time.process_time() - start < 10
    assert len(text.encode()) < MOST_BYTES
    assert text.count("<svg") == 2
    assert len(markdown(found)) <= MOST
