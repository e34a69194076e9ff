# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Graphviz, which lays out pictures: a program of the machine that the module runs on."""

from __future__ import annotations

import shutil
import subprocess

from .._engine.errors import InputError

SECONDS = 60


def laid_out(dot: str, nodes: int) -> str:
    """Return the drawing of Graphviz as SVG. Raises InputError where Graphviz is missing, or takes too long."""
    program = shutil.which("dot")
    if program is None:
        raise InputError(
            [
                "svg and html are laid out by Graphviz, and there is no program dot here; install the package "
                "graphviz, or choose the form mermaid, markdown or dot, which need no program"
            ]
        )
    try:
        # pylint: disable-next=ansible-bad-function
        done = subprocess.run(  # noqa: S603 - the program that is called dot here, and nothing of the user's
            [program, "-Tsvg"], input=dot.encode("utf-8"), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            [f"Graphviz has not laid out {nodes} parts within {SECONDS} s; name some numbers, or choose another form"]
        ) from None
    except OSError as error:
        raise InputError([f"Graphviz cannot be run: {program}: {error.strerror}"]) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["nothing"]
        raise InputError([f"Graphviz has failed with status {done.returncode}, and says: {said[0]}"])
    return done.stdout.decode("utf-8")
