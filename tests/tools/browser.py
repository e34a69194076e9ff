# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real browser without a window, for the pages that the collection writes. All that it may load is the page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.tools import node

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Tests run as root in containers, where Chromium's sandbox does not; the rest keeps it from calling home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADDRESS = "https://report.invalid/plan.html"

# The rules of axe-core that a page breaks, each with the elements.
_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 100)).join(" ")}`)"""

# The elements that stick out of the window to the right, or out of a part that scrolls.
_OVERFLOW = """() => [...document.querySelectorAll("*")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + .5 ||
    (e.clientWidth && e.scrollWidth > e.clientWidth + 1))
  .map((e) => e.outerHTML.slice(0, 100))"""


@dataclass
class Shown:
    """A page in the browser, and its actions beside loading itself.

    requests: the addresses that it has asked for. sent: those of them that the browser did not refuse. complaints: the
    messages of the browser on its console.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def overflowing(self) -> list[str]:
        return list(self.page.evaluate(_OVERFLOW))

    def hindrances(self) -> list[str]:
        """The rules of axe-core that the page breaks. axe-core runs beside the page, which allows no script."""
        self.page.evaluate((node.modules() / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        return list(self.page.evaluate(_AXE))


def executable() -> str:
    """The path of a Chromium. Raises LookupError with what to install."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise LookupError(f"no browser ({', '.join(NAMES)}) is on PATH; on Debian: apt-get install chromium")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """One browser for many pages."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            yield running
        finally:
            running.close()


@contextmanager
def shown(running: Browser, html: str, width: int = 1280, **options: Any) -> Iterator[Shown]:
    """A page in a window of ``width`` pixels. ``options`` as for Browser.new_context, such as color_scheme."""
    context = running.new_context(viewport={"width": width, "height": 900}, **options)
    found = Shown(context.new_page())

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            found.sent.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.on("console", lambda message: found.complaints.append(message.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    try:
        found.page.goto(ADDRESS)
        found.requests.remove(ADDRESS)
        yield found
    finally:
        context.close()
