# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The way back after a run that failed in the middle: it is taken, or told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._api.errors import PbxError, RunEnded
from .._engine.engine import Engine
from .._engine.live.undo_file import absent_of_undo, created_of_undo, lost_of_undo, sections_of_undo
from .._engine.plan.guards import Limits
from .._model.document import TENANT, parse
from .._state.place import Place


def way_back(engine: Engine, error: PbxError, params: Mapping[str, Any], limits: Limits) -> None:
    """Add to the error of a run how to get back from where it has stopped; with ``rollback``, go there.

    limits: those of the run. ``rolled_back`` in the details names the result, and ``then`` holds sentences.
    """
    file, details = engine.undo_file, error.details
    if file is None or not (details.get("done") or details.get("unknown")):
        return
    if params["undo_from"]:
        details["then"] = [f"Apply undo_from {params['undo_from']} again to finish the undo."]
        return
    # Where somebody has ended the run, nothing more is sent.
    if not params["rollback"] or isinstance(error, RunEnded):
        details["then"] = [f"Apply undo_from {file} to take the changes back."]
        return
    try:
        steps = _rolled_back(engine.anew(), file, limits)
    except PbxError as failure:
        details["rolled_back"] = False
        done = len(failure.details.get("done", ()))
        some = f", after {done} of its requests," if done else ""
        details["then"] = [
            f"Not rolled back{some} because {failure}",
            f"Apply undo_from {file} to take the changes back as soon as nothing stands in the way.",
        ]
        return
    details["rolled_back"] = True
    details["then"] = [
        f"Rolled back: the changes of this run have been taken back with {steps} requests.",
        *_lost(file, details),
    ]


def _rolled_back(engine: Engine, file: str, limits: Limits) -> int:
    """Bring everything back, and give with how many requests."""
    document = parse(sections_of_undo(file), TENANT)[0]
    engine.converge(document, Place(), (), limits, absent=absent_of_undo(file), undoes=created_of_undo(file))
    return len(engine.report()["plan"])


def _lost(file: str, details: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each change of the run that the rollback cannot bring back."""
    titles = [sentence.partition(" ")[2] for name in ("done", "unknown") for sentence in details.get(name, ())]
    for sentence in lost_of_undo(file):
        if any(title in sentence for title in titles):
            yield f"Not rolled back: {sentence.removeprefix('undo cannot bring back ')}."
