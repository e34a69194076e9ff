# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A report that one can sign: equal changes are listed once, risky ones first, and those without room are left out."""

from __future__ import annotations

import os
import re
from html import unescape
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._review.head import Head
from ansible_collections.telops.pbx.plugins.module_utils._review.markdown import MOST, markdown
from ansible_collections.telops.pbx.plugins.module_utils._review.page import MOST_BYTES, html
from ansible_collections.telops.pbx.plugins.module_utils._review.risk import OTHERS, risk
from ansible_collections.telops.pbx.plugins.module_utils._review.summary import Review
from ansible_collections.telops.pbx.plugins.module_utils._review.words import change_in_words
from ansible_collections.telops.pbx.plugins.module_utils._state.announced import AnnouncedStep, Change
from tests.unit.review.test_review import step

EQUAL = [step("update", "phone", f'extension "{100 + n}" > phone', ("hangup_timeout", 20, 30)) for n in range(13)]
SWAPPED = step("update", "did", 'DID "74950000101"', ("extension", "300", "103"))
NIGHT = step("update", "incom_rule", 'extension "300" > incoming rule "Night mode"', ("enabled", False, True))
MOVED = step("update", "ivr_rule", 'extension "300" > IVR rule "Night"', ("transfer_dst", "112", "111"))
HOLIDAY = step(
    "update",
    "interval",
    'extension "300" > interval "Opening hours"',
    (
        "conditions",
        [{"start_dow": 2, "end_dow": 6, "start_time": "08:00:00", "end_time": "12:30:00"}, {"month": 8}],
        [{"start_dow": 2, "end_dow": 6, "start_time": "08:00:00", "end_time": "12:00:00"}, {"month": 8}],
    ),
)


def fleet(special: dict[int, list[dict[str, Any]]], tenants: int = 20) -> Review:
    review = Review()
    for index in range(tenants):
        review.add(f"tenant-{index:04}", {"plan": [*EQUAL, *special.get(index, ())]}, True)
    review.finish([])
    return review


DANGERS = fleet({3: [SWAPPED], 7: [NIGHT], 11: [MOVED], 12: [HOLIDAY]})


def words(page: str) -> str:
    text = re.sub("(?s)<style>.*?</style>|<[^>]+>", "", page.replace("<li", " <li").replace("<ul", " <ul"))
    return unescape(re.sub(r"\s+", " ", text))


def test_what_is_equal_is_said_once() -> None:
    for text in (words(html(DANGERS)), markdown(DANGERS)):
        assert text.count("20 tenants get the same 13 changes") == 1
        assert text.count('extension "105" > phone') == 1
        assert "all tenants that change" in text


def test_planted_dangers_come_first() -> None:
    page = words(html(DANGERS))
    first = page[page.index("Look at these first") : page.index("20 tenants get the same")]
    places = [
        first.index(text) for text in ("Numbers that lead elsewhere", "Where calls go", "Hours", "Switched on or off")
    ]
    assert places == sorted(places)
    assert 'DID "74950000101" (tenant-0003) leads to extension: 300 → 103' in first
    assert "switched on: off → on" in first
    assert "destination: 112 → 111" in first
    assert "hours: Monday to Friday 08:00 to 12:30 → Monday to Friday 08:00 to 12:00 (1 more stays)" in first
    text = markdown(DANGERS)
    assert "- Numbers that lead elsewhere: 1 (`tenant-0003`)" in text
    assert text.index("Look at these first") < text.index("## `tenant-0003`") < text.index("20 tenants get the same")


def test_outliers_come_before_what_most_have() -> None:
    few = step("update", "phone", 'extension "101" > phone', ("hold_music", "A", "B"))
    page = words(html(fleet({1: [few], 2: [few], 5: [few]})))
    assert page.index("3 tenants get the same change") < page.index("20 tenants get the same 13 changes")
    assert "all tenants that change" in page
    # A change that nearly all tenants have is shown with the tenants that do not have it.
    most = words(html(fleet({index: [few] for index in range(18)})))
    assert "all tenants that change but tenant-0018, tenant-0019" in most


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (step("delete", "phone", "x"), "Deletions"),
        (step("empty", "chat", "x"), "Deletions"),
        (SWAPPED, "Numbers that lead elsewhere"),
        (step("create", "did", "x"), "Numbers that lead elsewhere"),
        (MOVED, "Where calls go"),
        (step("order", "incom_rule", "x"), "Where calls go"),
        (step("update", "queue", "x", ("timeout_transfer_dst", "1", "2")), "Where calls go"),
        (step("update", "ivr", "x", ("entry_context", "a", "b")), "Where calls go"),
        (HOLIDAY, "Hours"),
        (step("update", "ivr_rule", "x", ("interval", "a", "b")), "Hours"),
        (NIGHT, "Switched on or off"),
        (step("update", "extension", "x", ("status", "active", "blocked")), "Switched on or off"),
        (step("update", "phone", "x", ("vm_enabled", True, False)), "Switched on or off"),
        (step("update", "phone", "x", ("hangup_timeout", 1, 2)), OTHERS),
        (step("update", "extension", "x", ("label", "a", "b")), OTHERS),
        (step("create", "phone", "x", ("vm_enabled", None, True)), OTHERS),
    ],
)
def test_every_change_has_its_risk(given: dict[str, Any], name: str) -> None:
    changes = tuple(Change(one["field"], one["from"], one["to"]) for one in given["changes"])
    assert risk(AnnouncedStep(False, given["action"], given["kind"], given["object"], changes=changes)) == name


@pytest.mark.parametrize(
    ("change", "before", "after", "alike"),
    [
        (Change("x", None, "a"), None, ("a",), 0),
        (Change("x", "a", None), ("a",), None, 0),
        (Change("x", [1, 2, 3], [1, 3, 4]), ("2",), ("4",), 2),
        (Change("x", ["a"], ["a", "b"]), (), ("b",), 1),
        # Another order of the same is no difference of elements.
        (Change("x", [1, 2], [2, 1]), ("1", "2"), ("2", "1"), 0),
        (Change("x", [1, 1], [1]), ("1", "1"), ("1",), 0),
        (Change("x", [], [1]), (), ("1",), 0),
        (Change("start_dow", 2, 6), ("Monday",), ("Friday",), 0),
        (Change("month", 12, 13), ("December",), ("13",), 0),
        (Change("enabled", True, False), ("on",), ("off",), 0),
        (
            Change("cascade_numbers", [{"number": "101", "delay": 0}], [{"number": "102", "delay": 5}]),
            ("101 after 0 s",),
            ("102 after 5 s",),
            0,
        ),
    ],
)
def test_changes_are_told_by_what_differs(change: Change, before: Any, after: Any, alike: int) -> None:
    found = change_in_words(change)
    assert (found.before, found.after, found.alike) == (before, after, alike)


def test_numbers_are_told_with_their_labels() -> None:
    review = Review()
    review.add("a", {"plan": [MOVED]}, True)
    review.label("a", [{"number": "111", "label": "Office"}, {"number": "300", "label": "Main"}, {"number": "112"}, 7])
    review.finish([])
    for text in (words(html(review)), markdown(review).replace("`", "")):
        assert 'extension "300" Main > IVR rule "Night"' in text
        assert "111 Office" in text
    # A change of several tenants shows only the labels that all of them have.
    review.add("b", {"plan": [MOVED]}, True)
    review.label("b", [{"number": "111", "label": "Office"}, {"number": "300", "label": "Menu"}])
    for text in (words(html(review)), markdown(review).replace("`", "")):
        assert "2 tenants get the same change" in text
        assert "111 Office" in text
        assert "Main" not in text


def test_what_callers_notice_comes_first() -> None:
    review = Review()
    sentence = "Callers of 7495 000 01 01, Monday to Friday 12:30 to 14:00: reach the voicemail of 300 | and more"
    for tenant in ("a", "b", "c"):
        review.add(tenant, {"plan": [MOVED]}, True)
        review.add(tenant, {"groups": [{"words": sentence}], "summary": {"words": "callers notice"}}, True)
    review.add("d", {"plan": [], "groups": [], "summary": {"words": "no caller notices"}}, True)
    review.finish([])
    for text in (words(html(review)), markdown(review).replace("`", "")):
        assert text.count(sentence) == 1
        assert text.index("Effects on callers") < text.index(sentence) < text.index("Look at these first")
        assert "all tenants whose calls were followed but d" in text
        assert "no caller notices (d)" in text
        assert "callers notice (" not in text.replace("no caller notices (", "")


def test_the_head_says_what_was_run() -> None:
    review = fleet({}, 1)
    versions = {"telops.pbx": "0.1.0", "ansible-core": "2.19.14"}
    review.head = Head(
        "2026-11-24 10:00 +01:00", "ann", ("inventory/",), "berlin", "0a1b2c3", False, False, versions, {"a": "f00"}
    )
    for text in (words(html(review)), markdown(review).replace("`", "")):
        for part in (
            "2026-11-24 10:00 +01:00 by ann", "check mode, nothing was written", "inventory/", "berlin",
            "0a1b2c3, with changes that are not committed", "telops.pbx 0.1.0, ansible-core 2.19.14", "a: SHA-256 f00",
            "until anything on the PBX",
        ):  # fmt: skip
            assert part in text


def test_what_is_in_no_document_is_told() -> None:
    review = Review()
    for tenant in ("a", "b"):
        review.add(
            tenant, {"plan": [], "unmanaged": [{"kind": "event", "object": 'extension "200" > event "hangup"'}]}, True
        )
    review.finish([])
    page = words(html(review))
    assert "Not in the documents, and left as they are: 2" in page
    assert page.count('extension "200" > event "hangup"') == 1
    assert "left as they are: 2 objects" in markdown(review)


def large(tenants: int, equal: int, steps: int = 50) -> Review:
    """Tenants with so many steps each, of which some tenants have the same."""
    review = Review()
    for index in range(tenants):
        word = "same" if index < equal else f"own {index}"
        plan = [
            {
                **step(
                    "update",
                    "phone",
                    f'extension "{n}" > phone',
                    ("label", word, f"{word} {n}"),
                    ("hangup_timeout", n, 30),
                ),
                "path": f"/extension/{index * 1000 + n}/phone/",
            }
            for n in range(steps)
        ]
        review.add(f"tenant-{index:04}", {"plan": plan}, True)
    review.finish([])
    return review


def test_a_thousand_tenants_of_which_most_are_equal_fit() -> None:
    tenants = 1000 if os.environ.get("PBX_TEST_EXAMPLES") else 60
    equal = tenants - tenants // 20
    review = large(tenants, equal)
    page = html(review)
    assert len(page.encode()) < MOST_BYTES * tenants / 1000
    assert f"{equal} tenants get the same 50 changes" in page
    assert "left out" not in page
    text = markdown(review)
    assert len(text) <= MOST
    assert f"{equal} tenants get the same 50 changes" in text


def test_what_has_no_room_is_left_out_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    review = large(20, 0, 60)
    monkeypatch.setattr("ansible_collections.telops.pbx.plugins.module_utils._review.page.MOST_BYTES", 400_000)
    page = html(review)
    assert len(page.encode()) <= 400_000
    assert "left out; the JSON report has them." in page
    text = markdown(review)
    assert len(text) <= MOST
    assert "left out, because there is no room for it here; the HTML and JSON reports have it." in text
    # However little room there is, the summary is there.
    monkeypatch.setattr("ansible_collections.telops.pbx.plugins.module_utils._review.markdown.MOST", 1000)
    text = markdown(review)
    assert len(text) <= 1000
    assert text.startswith("# PBX plan\n\n20 of 20 tenants with changes")
    assert text.endswith("the HTML and JSON reports have it.\n")


def test_one_value_that_is_too_long_fits_as_well() -> None:
    review = Review()
    review.add("a", {"plan": [step("update", "phone", "x" * 70_000, ("label", "y" * 70_000, "z" * 70_000))]}, True)
    review.fail("b", "t", {"msg": "\n".join(["m" * 1000] * 100)})
    review.finish(["b"])
    assert len(markdown(review)) <= MOST
