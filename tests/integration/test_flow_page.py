# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of call flows, in a real browser."""

from __future__ import annotations

from tests.cases.mistakes import CLINIC
from tests.tools.browser import browser, shown
from tests.unit.flow.test_draw_page import made


def test_a_page_of_flows_can_be_read_everywhere() -> None:
    page = made(CLINIC, form="html", numbers=["74950000101"])["diagram"]
    with browser() as running:
        for width, scheme in ((390, "dark"), (1280, "light")):
            with shown(running, page, width, color_scheme=scheme) as found:
                assert found.hindrances() == []
                assert (found.requests, found.complaints) == ([], [])
                # Pictures and tables scroll by themselves, and not the page.
                assert found.page.evaluate("document.documentElement.scrollWidth") == width
                box = found.page.locator("svg.flow").bounding_box()
                assert box
                assert box["width"] > width
        # An A4 page without its margins.
        with shown(running, page, 718) as found:
            found.page.emulate_media(media="print")
            for one in found.page.locator("svg.flow, table.sheet").all():
                box = one.bounding_box()
                assert box
                assert box["x"] + box["width"] <= 718
