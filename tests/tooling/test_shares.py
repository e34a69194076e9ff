# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shares of the longest tests: the reports of them."""

from __future__ import annotations

import re

import pytest

from tests.soak import shares


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["shares", *arguments])
    return shares.main()


def test_a_share_that_fails_is_told_with_all_it_said_and_the_command_that_runs_it_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = shares.Share("good", ("-c", "print('one'); print('two')"))
    bad = shares.Share("bad", ("-c", "import os; print('first\\nlast'); exit(int(os.environ['CODE']))"), {"CODE": "1"})
    monkeypatch.setattr(shares, "PARTS", {"good": lambda seed: [good], "bad": lambda seed: [bad]})

    assert run(monkeypatch, "--jobs", "1") == 1

    told = re.sub(r"\b\d+ s\b", "N s", capsys.readouterr().out)
    assert f"1/2 ok, N s: {good.command}\n    two\n" in told
    assert f"2/2 failed, N s: {bad.command}\n    first\nlast\n" in told
    assert bad.command.startswith("CODE=1 python -c ")
    assert told.endswith("1 of 2 shares passed in N s\n")


def test_the_commands_of_some_parts_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "undos", "--seed", "3", "--list") == 0

    listed = capsys.readouterr().out.splitlines()
    assert (len(listed), listed[0]) == (20, "python -m tests.soak.undos --seed 3000 --changes 50")


def test_every_fault_of_the_undo_test_has_a_share() -> None:
    from tests.integration.test_undo import FAULTS

    assert len(FAULTS) == shares.FAULTS
    assert len({share.command for share in shares.faults(0)}) == shares.FAULTS
