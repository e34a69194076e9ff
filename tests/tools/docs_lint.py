# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs antsibull-docs, in whose reStructuredText the name of its temporary folder stands, and must not end like a
reference: with an underscore."""

from __future__ import annotations

import string
import sys
import tempfile

from antsibull_docs.cli.antsibull_docs import run


def main() -> int:
    """Lint the documentation of all plugins; return the exit code of antsibull-docs."""
    tempfile._RandomNameSequence.characters = string.ascii_lowercase  # type: ignore[attr-defined]
    command = ["lint-collection-docs", "--plugin-docs", "--validate-collection-refs=all"]
    return int(run(["antsibull-docs", *command, "--disallow-unknown-collection-refs", "."]))


if __name__ == "__main__":
    sys.exit(main())
