# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`python -m tests.tools.figures`: how far a reader of the code has to walk, and how heavy the code is.

A stay: control enters a file, on the way from the call of a binding to the finished step. A return: that file had been
left before. A function counts where it is called for the first time, since a reader follows it once.
"""

from __future__ import annotations

import argparse
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

from tests.tools.tree import ROOT, link

UTILS = ROOT / "plugins" / "module_utils"
ENGINE = UTILS / "_engine"
# How a PBX spells its objects, and how HTTP works, is looked up and not walked through.
ASIDE = ("_api", "_entry", "_flow", "_model", "_text")
# Places, objects and held lists: a reader meets their properties on every page.
VALUES = "_state"
# Where a step goes into the plan.
STEP = ("steps.add", "plan.add")
LONGEST = 350
SIZES = (500, 2_000, 5_000)
ANY = re.compile(r"\bAny\b")
BRANCH = re.compile(r"noun\.name *(==|!=|in) ")


class Walk:
    """The files that control enters. until: the functions at whose end the walk ends, as ``file.function``."""

    def __init__(self, *until: str) -> None:
        self.files: list[str] = []
        self._until = until
        self._seen: set[tuple[str, int]] = set()
        self._begun = self._over = False

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Follow the code that runs inside of the block. Other threads wait for each other, so that two walks are
        alike."""
        threading.setprofile(self._step)
        sys.setprofile(self._step)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)

    def _step(self, frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        path = code.co_filename.partition("/telops/pbx/plugins/module_utils/")[2]
        self._begun |= path.startswith("_entry/") and code.co_name == "perform"
        if not self._begun or self._over or not path or path.partition("/")[0] in ASIDE:
            return
        if event == "return" and f"{Path(path).stem}.{code.co_name}" in self._until:
            self._over = True
        if event != "call" or code.co_name.startswith("<") or (path, code.co_firstlineno) in self._seen:
            return
        self._seen.add((path, code.co_firstlineno))
        if self.files[-1:] != [path]:
            self.files.append(path)

    def __str__(self) -> str:
        engine = [path for path, dummy in groupby(path for path in self.files if not path.startswith(VALUES))]
        return f"{_counted(self.files)}; without the values of {VALUES} {_counted(engine)}"


def _counted(files: list[str]) -> str:
    return f"{len(files)} stays, {len(files) - len(set(files))} returns"


def done(result: dict[str, Any]) -> None:
    """Raises SystemExit where a task failed."""
    if result.get("failed"):
        raise SystemExit(result["msg"])


def walks(verbose: bool) -> Iterator[str]:
    """One line for the walk of one rule, and one for that of a whole document."""
    from tests.bench.tenants import document
    from tests.cases.inprocess import call, connections
    from tests.emulator.server import Emulator

    wanted = document(100).extensions
    rules = [{"action": "play_silence", "silence_time": 700}, {"action": "hangup"}]
    menu = {"extension": "1000", "ivr_context": "menu 0"}
    rule = {**menu, "option_digits": "1", "name": "Pause", "action": "play_silence", "silence_time": 700}
    with Emulator(seed="empty", extension_len=4) as pbx, connections():
        whole, one, listed = Walk("tenant.plan"), Walk(*STEP), Walk(*STEP)
        with whole.followed():
            done(call(pbx, "pbx_tenant", {"extensions": wanted}, check=True))
        done(call(pbx, "pbx_tenant", {"extensions": wanted}))
        with one.followed():
            done(call(pbx, "pbx_ivr_rule", rule, check=True))
        with listed.followed():
            done(call(pbx, "pbx_ivr_option", {**menu, "digits": "1", "rules": rules}, check=True))
    for title, walk in (("one rule", one), ("a list of rules", listed), ("a whole document", whole)):
        yield f"{title}: {walk}"
        if verbose:
            yield from (f"    {path}" for path in walk.files)


def weights() -> Iterator[str]:
    """How much code there is, and how much of it leaves the rule that one place knows one thing."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(UTILS.rglob("*.py"))}
    engine = [text for path, text in texts.items() if ENGINE in path.parents]
    sizes = {path: text.count("\n") for path, text in texts.items()}
    long = [f"{path.relative_to(UTILS)} {lines}" for path, lines in sizes.items() if lines > LONGEST]
    lines = sum(lines for path, lines in sizes.items() if (UTILS / "_flow") not in path.parents)
    yield f"branches on the names of nouns in _engine: {sum(len(BRANCH.findall(text)) for text in engine)}"
    yield f"files of more than {LONGEST} lines: {', '.join(long) or 'none'}"
    yield f"lines of module_utils without _flow: {lines}"
    yield f"Any in _engine: {sum(len(ANY.findall(text)) for text in engine)}"


def times(sizes: tuple[int, ...]) -> Iterator[str]:
    """The processor time of a run that finds everything as declared; the emulator runs in a process of its own."""
    from tests.bench.process import EmulatorProcess
    from tests.bench.tenants import document
    from tests.cases.inprocess import call, connections

    with EmulatorProcess() as pbx, connections():
        for size in sizes:
            pbx.reset(extension_len=4)
            task = {"api_url": pbx.url, "access_token": pbx.access_token, "extensions": document(size).extensions}
            done(call(pbx, "pbx_tenant", task))
            before = time.process_time()
            done(call(pbx, "pbx_tenant", task))
            spent = time.process_time() - before
            yield f"a run of {size} objects that changes nothing: {spent:.2f} s of processor time"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.figures", description="Figures of the code.")
    parser.add_argument("--files", action="store_true", help="show the files of each walk")
    parser.add_argument("--times", action="store_true", help="measure runs, which takes minutes")
    arguments = parser.parse_args()
    _importable(link())
    parts: list[Callable[[], Iterator[str]]] = [lambda: walks(arguments.files), weights]
    parts += [lambda: times(SIZES)] if arguments.times else []
    for part in parts:
        for line in part():
            print(line, flush=True)


def _importable(base: Path) -> None:
    from ansible.utils.collection_loader._collection_finder import _AnsibleCollectionFinder

    _AnsibleCollectionFinder(paths=[str(base)], scan_sys_paths=False)._install()


if __name__ == "__main__":
    main()
