# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The longest tests in shares, several at a time: `python -m tests.soak.shares`. Each share is told as it ends.

A share is a process with seeds of its own, so that it can be run again by the command that is told with it.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from tests.tools.tree import ROOT

FAULTS = 16
# A test that hangs is an error after this many s; one of a share may take much longer than one of `make test`.
LIMIT = 14_400
# So much of the output of a share that fails is told.
TAIL = 6000


@dataclass(frozen=True)
class Share:
    """One process. part: of which part of the tests. arguments: those after the name of the interpreter."""

    part: str
    arguments: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)

    @property
    def command(self) -> str:
        """Its line in a shell."""
        return " ".join(
            [*(f"{name}={value}" for name, value in self.env.items()), "python", shlex.join(self.arguments)]
        )


def _pytest(part: str, *arguments: str, **env: str) -> Share:
    return Share(
        part,
        ("-m", "pytest", "-q", "-n", "0", "--show-capture=no", "-o", f"faulthandler_timeout={LIMIT}", *arguments),
        env,
    )


def read_only(seed: int) -> Iterator[Share]:
    """10,000 calls under read_only."""
    for number in range(seed, seed + 10):
        file = "tests/unit/modules/test_read_only.py::test_no_call_writes"
        yield _pytest("read_only", f"--hypothesis-seed={number}", file, PBX_TEST_EXAMPLES="1000")


def interleavings(seed: int) -> Iterator[Share]:
    """300 examples of each property of a tenant."""
    for number in range(seed, seed + 6):
        file = "tests/integration/test_tenant_properties.py"
        yield _pytest("interleavings", f"--hypothesis-seed={number}", file, PBX_TEST_EXAMPLES="50")


def names(seed: int) -> Iterator[Share]:
    """1,000 names in pictures, read back by Mermaid and by Graphviz."""
    yield _pytest("names", f"--hypothesis-seed={seed}", "tests/unit/flow/test_draw_forms.py", PBX_TEST_EXAMPLES="1000")


def undos(seed: int) -> Iterator[Share]:
    """1,000 changes that are taken back, and nobody notices."""
    for number in range(seed * 1000, seed * 1000 + 1000, 50):
        yield Share("undos", ("-m", "tests.soak.undos", "--seed", str(number), "--changes", "50"))


def faults(seed: int) -> Iterator[Share]:
    """A failure at each request, with each fault. Its change is always the same one, whatever the seed."""
    for number in range(FAULTS):
        test = f"tests/integration/test_undo.py::test_a_change_that_fails_at_any_request_is_taken_back[{number}]"
        yield _pytest("faults", test, PBX_TEST_EVERY="1", PBX_TEST_ROUNDS=str(FAULTS))


def tenants(seed: int) -> Iterator[Share]:
    """200 tenants in a bad network, 20 rounds."""
    for number in range(seed, seed + 8):
        size = ("--tenants", "25", "--rounds", "20", "--workers", "2")
        yield Share("tenants", ("-m", "tests.soak", *size, "--seed", str(number)))


PARTS = {part.__name__: part for part in (read_only, interleavings, names, undos, faults, tenants)}


def run(share: Share) -> tuple[int, float, str]:
    """Return the exit code of a share, the seconds that it took, and its output."""
    started = time.monotonic()
    command = [sys.executable, *share.arguments]
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env={**os.environ, **share.env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, time.monotonic() - started, done.stdout.strip()


def main() -> int:
    """Return 1 when a share has failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.shares", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of {', '.join(PARTS)}; all by default")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="shares at a time")
    parser.add_argument("--seed", type=int, default=0, help="other examples than those of 0")
    parser.add_argument("--list", action="store_true", help="only the commands")
    arguments = parser.parse_args()
    if unknown := [part for part in arguments.parts if part not in PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}")
    shares = [share for part in arguments.parts or PARTS for share in PARTS[part](arguments.seed)]
    if arguments.list:
        print("\n".join(share.command for share in shares))
        return 0
    failed, started = 0, time.monotonic()
    with ThreadPoolExecutor(arguments.jobs) as pool:
        under_way = {pool.submit(run, share): share for share in shares}
        for number, future in enumerate(as_completed(under_way), 1):
            share, (code, seconds, said) = under_way[future], future.result()
            failed += bool(code)
            verdict = "failed" if code else "ok"
            print(f"{number}/{len(shares)} {verdict}, {seconds:.0f} s: {share.command}", flush=True)
            print(f"    {said[-TAIL:] if code else said.splitlines()[-1]}", flush=True)
    print(f"{len(shares) - failed} of {len(shares)} shares passed in {time.monotonic() - started:.0f} s")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
