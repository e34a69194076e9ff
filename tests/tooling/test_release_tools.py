# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The instruments that decide about a release and about the checklist notice mistakes."""

from __future__ import annotations

import io
import os
import sys
import tarfile
from pathlib import Path

import pytest

from tests.tools import inclusion, matrix
from tests.tools.inclusion import CHECKLIST, Line
from tests.tools.pythons import interpreter, search_path
from tests.tools.release import GALAXY_FILES, OWN, History, history, tarball_problems, version_problems
from tests.tools.tree import known_files

NEW = ("changelogs/fragments/0.2.0.yml",)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (History("0.2.0", fragments=NEW), ""),
        (History("0.2.0", tags=("0.1.0",), changelog=("0.1.0",), fragments=NEW), ""),
        (History("0.2.0", tags=("0.2.0", "0.1.0"), here=("0.2.0",), changelog=("0.1.0", "0.2.0")), ""),
        (History("0.2.0", tags=("v0.2.0", "stable"), here=("v0.2.0", "stable"), changelog=("0.2.0",)), ""),
        (History("0.10.0", tags=("0.9.0",), fragments=NEW), ""),
        (History("0.2", fragments=NEW), "0.2 is not a semantic version"),
        (History("0.2.0", tags=("v0.1.0", "0.1.1"), fragments=NEW), "a leading v"),
        (History("0.2.0", tags=("0.3.0",), here=("0.3.0",), fragments=NEW), "this commit is tagged 0.3.0"),
        (History("0.2.0", tags=("0.2.0",), fragments=NEW), "0.2.0 is released"),
        (History("0.9.0", tags=("0.10.0",), fragments=NEW), "0.10.0 is released"),
        (History("0.2.0", tags=("0.2.0",), here=("0.2.0",), fragments=NEW), "has no 0.2.0"),
        (History("0.2.0", changelog=("0.2.0",), fragments=NEW), "fragments are left"),
        (History("0.2.0", changelog=("0.1.0",)), "nothing says what 0.2.0 brings"),
    ],
)
def test_versions_that_contradict_each_other_are_no_release(said: History, problem: str) -> None:
    found = list(version_problems(said))
    assert len(found) == bool(problem), found
    assert problem in "".join(found)


def test_this_checkout_does_not_contradict_itself() -> None:
    assert list(version_problems(history())) == []


@pytest.mark.parametrize(
    ("left_out", "added", "problem"),
    [
        ("", "", ""),
        ("README.md", "", ""),
        ("plugins/action/pbx.py", "", "plugins/action/pbx.py is not in the tarball"),
        ("", ".env", ".env is in the tarball, and git does not know it"),
    ],
)
def test_a_tarball_holds_what_git_knows(tmp_path: Path, left_out: str, added: str, problem: str) -> None:
    own = [name for name in known_files() if name.startswith(tuple(f"{folder}/" for folder in OWN))]
    names = {*own, *GALAXY_FILES, "README.md", added} - {left_out, ""}
    tarball = tmp_path / "telops-pbx.tar.gz"
    with tarfile.open(tarball, "w:gz") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    assert list(tarball_problems(tarball)) == ([problem] if problem else [])


def test_the_interpreters_behind_shims_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("shims/python3.96", "versions/3.96.1/bin/python3.96", "versions/3.8.1/bin/python3.8"):
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "shims"), "/nowhere"]))
    behind = tmp_path / "versions" / "3.96.1" / "bin"
    assert search_path() == [str(Path(sys.executable).parent), "/nowhere", str(behind)]
    assert interpreter("3.96") == str(behind / "python3.96")
    assert interpreter("3.97") is None


def test_a_cell_that_cannot_run_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    cells = tuple(
        matrix.Cell(f"2.{core}", python) for core, python in ((90, "3.97"), (91, here), (92, here), (93, here))
    )
    monkeypatch.setattr(matrix, "CELLS", cells)
    assert matrix.ends() == [cells[1], cells[3]]
    assert capsys.readouterr().out == "Skipped: ansible-core 2.90 on Python 3.97, since there is no python3.97 here\n"
    monkeypatch.setattr(sys, "argv", ["matrix", "2.90"])
    assert matrix.main() == 1


def test_every_line_of_the_checklist_is_verified_by_a_command_or_by_somebody() -> None:
    lines = [line for section in CHECKLIST.values() for line in section]
    assert {line.level for line in lines} == {"M", "S"}
    assert [line.wants for line in lines if not (line.command or line.note)] == []
    assert len({line.wants for line in lines}) == len(lines)


def test_a_line_that_does_not_hold_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The page keeps the result of each command until its next run."""
    lines = (
        Line("M", "Two is two.", "test 2 = 2"),
        Line("M", "One is two.", "test 1 = 2"),
        Line("S", "A look.", note="We."),
    )
    monkeypatch.setattr(inclusion, "CHECKLIST", {"Numbers": lines})
    monkeypatch.setattr(inclusion, "PAGE", tmp_path / "inclusion.md")
    assert inclusion.seen() == {}
    assert inclusion.verify() == 1
    assert [result.split(" on ")[0] for result in inclusion.seen().values()] == ["Held", "Did not hold"]
    assert inclusion.PAGE.read_text(encoding="utf-8") == inclusion.page(inclusion.seen())
    said = capsys.readouterr().out
    assert "By hand:\n  S  A look. We.\n" in said
    assert said.endswith("Do not hold:\n  M  One is two.\n")
    assert inclusion.verify(["2 = 2"]) == 0
    assert len(inclusion.seen()) == 2
    monkeypatch.setattr(inclusion, "CHECKLIST", {"Numbers": lines[:1]})
    assert inclusion.verify() == 0
