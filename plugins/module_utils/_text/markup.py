# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""HTML and Markdown in which no name is ever taken for markup.

Pages need no script, no other file and no network, and forbid the browser all of them. Names are isolated from the text
around them, so that one that is written from right to left turns nothing else around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Union

from .plain import plain

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class Markup(str):
    """Text that is HTML already; every other is escaped when an element takes it."""


Content = Union[str, Iterable[str]]


def element(tag: str, content: Content, style: str = "", **attributes: str | bool) -> Markup:
    """An element. style: its class. An attribute that is True has no value, one that is False is left out."""
    given: dict[str, str | bool] = {"class": style or False, **attributes}
    spelled = "".join(
        f" {name.replace('_', '-')}" if text is True else f' {name.replace("_", "-")}="{escape(str(text))}"'
        for name, text in given.items()
        if text is not False
    )
    parts = [content] if isinstance(content, str) else content
    inside = "".join(part if isinstance(part, Markup) else escape(part) for part in parts)
    return Markup(f"<{tag}{spelled}>{inside}</{tag}>")


def named(text: str, style: str = "") -> Markup:
    """A name as a part of a sentence."""
    return element("bdi", plain(text), style)


def page(title: str, css: str, body: Iterable[str]) -> str:
    """A whole page of its own."""
    head = [
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        Markup('<meta name="referrer" content="no-referrer">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        element("title", plain(title)),
        element("style", Markup(css)),
    ]
    parts = [element("head", head), element("body", element("main", body))]
    return f'<!DOCTYPE html>\n<html lang="en">{"".join(parts)}</html>\n'


def code(text: str) -> str:
    """Markdown: the text as it is, between more backticks than it has in a row (CommonMark, code spans)."""
    text = plain(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    # One space on each side is taken off again, unless there is nothing else.
    padding = " " if text.strip(" ") and (text[0] in " `" or text[-1] in " `") else ""
    return f"{fence}{padding}{text}{padding}{fence}" if text else '`""`'


def fenced(text: str, language: str) -> str:
    """Markdown: a block of code, between more backticks than any of its lines has in a row."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def prose(text: str) -> str:
    """Markdown: the text as it is, as a part of a sentence or of a cell of a table."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~:@$^=])", _escaped, plain(text))


def _escaped(match: re.Match[str]) -> str:
    character = match[1]
    # Inside of words these mean nothing, and sentences stay readable.
    if character in ".-:()+=!@$^":
        return character
    return f"\\{character}"
