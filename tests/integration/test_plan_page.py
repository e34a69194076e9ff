# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page for a change review, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._entry.review import html as html_of
from ansible_collections.telops.pbx.plugins.module_utils._review.page import html
from ansible_collections.telops.pbx.plugins.module_utils._review.summary import Review
from tests.tools.browser import Shown, browser, executable, shown
from tests.tools.pictures import report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

WIDTHS = (390, 1280)
# An A4 page without its margins, in pixels.
PAPER = 718
HEBREW = "אנה כהן"
ARABIC = "الاستقبال"
MARKUP = '"><img src="http://elsewhere.invalid/x.png"><script src="//elsewhere.invalid/x.js"></script><b>'
STYLE = "</style><style>@import url(http://elsewhere.invalid/x.css)</style>"


def step(action: str, kind: str, title: str, *changes: tuple[str, Any, Any]) -> dict[str, Any]:
    method = {"create": "POST", "update": "PUT"}.get(action, "DELETE")
    fields = [{"field": name, "from": before, "to": after} for name, before, after in changes]
    return {"action": action, "kind": kind, "object": title, "method": method, "path": f"/{kind}/", "changes": fields}


LONG_LIST = [
    step("create", "agent", f'extension "101" > agent "No. {n}"', ("name", None, f"No. {n}")) for n in range(300)
]


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def page() -> str:
    review = Review()
    odd = [
        step("create", "interval", f'extension "300" > interval "{MARKUP}"', ("name", None, STYLE)),
        step("update", "queue_agent", f'extension "101" > agent "{HEBREW} 12"', ("name", ARABIC, HEBREW)),
        step("update", "user", "W" * 400, ("comment", "m" * 400, ["i" * 400])),
        step("delete", "user", "user Ann", ("name", "Ann", None)),
        step("hangup", "call", f'extension "{"1" * 200}" > call "abc"'),
    ]
    review.add("north", {"plan": [*LONG_LIST, *odd], "warnings": [MARKUP, "n" * 400]}, True)
    review.add(ARABIC, {"plan": [step("update", "phone", "phone", ("hangup_timeout", 20, 30))]}, True)
    review.fail(
        "a-tenant-with-a-very-long-name.of-a-domain.example.com", MARKUP, {"msg": f"first\n{'x' * 400}\n{STYLE}"}
    )
    review.add("south", {"plan": []}, True)
    review.finish(["a-tenant-with-a-very-long-name.of-a-domain.example.com"])
    return html(review)


@pytest.fixture(scope="module")
def drawn() -> str:
    """The report of 20 tenants, with pictures that Graphviz has laid out, and a sheet."""
    return html_of(report())


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found
    return dict(found)


def left(locator: Locator) -> float:
    return box(locator)["x"]


def test_a_missing_browser_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(LookupError, match="apt-get install chromium"):
        executable()


def test_the_page_asks_for_nothing_and_runs_nothing(running: Browser, page: str) -> None:
    with shown(running, page) as found:
        assert found.page.locator("img, script, iframe, object, embed, form, b").count() == 0
        assert found.page.locator("[src], [onclick], [onmouseover], link").count() == 0
        assert found.page.get_by_text(MARKUP).count() == 4
        assert (found.requests, found.complaints) == ([], [])
        # Even an element that got in would load nothing.
        with found.page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            found.page.evaluate("new Image().src = 'http://elsewhere.invalid/x.png'")
        assert found.sent == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out(running: Browser, page: str, width: int) -> None:
    with shown(running, page, width) as found:
        found.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        assert found.overflowing() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_list_opens_by_a_click_and_by_a_key(running: Browser, page: str, width: int) -> None:
    with shown(running, page, width) as found:
        fold = found.page.locator("details", has_text="300 to create")
        last = found.page.get_by_text('extension "101" > agent "No. 299"')
        assert not last.is_visible()
        fold.locator("summary").click()
        assert last.is_visible()
        assert found.page.locator("ol li.create:visible").count() == len(LONG_LIST) + 1
        fold.locator("summary").press("Enter")
        assert not last.is_visible()
        # A short list is open.
        assert found.page.locator("ol").get_by_text("user Ann").is_visible()


def test_paper_shows_what_is_folded(running: Browser, page: str) -> None:
    with shown(running, page) as found:
        first, last = (found.page.locator("li.create", has_text=f'agent "No. {n}"') for n in (0, 299))
        found.page.emulate_media(media="print")
        assert box(last)["y"] - box(first)["y"] >= 299 * box(first)["height"] > 0
        assert found.page.evaluate("document.documentElement.scrollHeight") > box(last)["y"]


@pytest.mark.parametrize("width", WIDTHS)
def test_names_from_right_to_left_stay_in_their_place(running: Browser, page: str, width: int) -> None:
    with shown(running, page, width) as found:
        tenant = found.page.get_by_role("heading", name=ARABIC).locator("bdi")
        assert tenant.inner_text() == ARABIC
        assert tenant.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
        assert left(tenant) < 50 if width == 390 else left(tenant) < 300
        # Both values are written from right to left, and still the old one is left of the new one.
        change = found.page.locator("li.change", has_text=HEBREW).locator("ul li")
        field, before, after = (change.locator(tag) for tag in ("code", "del", "ins"))
        assert (before.inner_text(), after.inner_text()) == (ARABIC, HEBREW)
        assert left(field) < left(before) < left(after)
        assert found.page.get_by_text(f'extension "101" > agent "{HEBREW} 12"').is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(running: Browser, page: str, scheme: Any) -> None:
    with shown(running, page, color_scheme=scheme) as found:
        back = found.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (back == "rgb(255, 255, 255)") is (scheme == "light")
        assert found.hindrances() == []


def test_the_table_leads_to_each_tenant(running: Browser, page: str) -> None:
    def window(found: Shown) -> float:
        return float(found.page.evaluate("scrollY"))

    with shown(running, page) as found:
        rows = found.page.locator("table tr")
        assert [row.split("\t") for row in rows.all_inner_texts()] == [
            ["tenant", "create", "change", "delete", "carry out", "status"],
            ["a-tenant-with-a-very-long-name.of-a-domain.example.com", "0", "0", "0", "0", "failed"],
            ["north", "301", "2", "1", "1", "changes"],
            ["south", "0", "0", "0", "0", "no change"],
            [ARABIC, "0", "1", "0", "0", "changes"],
        ]
        assert window(found) == 0
        found.page.get_by_role("link", name="north").click()
        assert found.page.get_by_role("heading", name="north").is_visible()
        assert window(found) > 0
        assert found.requests == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_and_sheets_can_be_read_everywhere(running: Browser, drawn: str, width: int, scheme: Any) -> None:
    with shown(running, drawn, width, color_scheme=scheme) as found:
        found.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        assert found.page.locator("svg.flow:visible, table.sheet:visible").count() == 3
        # Pictures and sheets scroll by themselves, and not the page.
        assert found.page.evaluate("document.documentElement.scrollWidth") == width
        assert found.hindrances() == []
        assert (found.requests, found.complaints) == ([], [])


def test_paper_cuts_no_picture_and_no_sheet(running: Browser, drawn: str) -> None:
    with shown(running, drawn, PAPER) as found:
        found.page.emulate_media(media="print")
        each = found.page.locator("svg.flow, table.sheet").all()
        assert len(each) == 3
        for one in each:
            assert box(one)["x"] >= 0
            assert box(one)["x"] + box(one)["width"] <= PAPER
        assert found.page.locator("table.sheet th", has_text="Other days").is_visible()
