# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""What the callback needs: the review of a run, its forms, and how they are written."""

from __future__ import annotations

import os
from typing import Callable

from .._api import disk
from .._api.errors import FileFailed
from .._review.data import as_json
from .._review.markdown import markdown
from .._review.page import html
from .._review.summary import Review
from .._review.text import lines

__all__ = ["FORMS", "FileFailed", "Review", "form_of", "lines", "write"]

# The form of a report by the ending of its name.
FORMS: dict[str, Callable[[Review], str]] = {".html": html, ".json": as_json, ".md": markdown}


def form_of(path: str) -> Callable[[Review], str] | None:
    """The form that a file is written in; None for a name that tells none."""
    return FORMS.get(os.path.splitext(path)[1].lower())


def write(path: str, text: str) -> None:
    """Put the file in its place when it is complete, readable by its owner only. Raises FileFailed."""
    disk.written(path, text, f"the report {path}")
