# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The run of the rulebooks on a machine that lacks something for them: one sentence says what to install."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import rulebooks


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ('openjdk version "17.0.15" 2025-04-15', None),
        ('openjdk version "25" 2025-09-16', None),
        ('openjdk version "11.0.2" 2019-01-15', "is version 11"),
        ('java version "1.8.0_292"', "is version 1"),
        ("no java at all", "and there is no program"),
    ],
)
def test_an_old_java_or_none_is_a_sentence(
    told: str, said: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "ansible-rulebook").touch()
    monkeypatch.setattr(rulebooks, "PROGRAMS", tmp_path / "programs")
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{told}' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    reason = rulebooks.lacking()
    if said is None:
        assert reason is None
    else:
        assert reason
        assert said in reason
        assert reason.endswith("on Debian: apt install default-jre-headless")


def test_without_the_environment_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebooks, "PROGRAMS", rulebooks.ROOT / "nowhere")
    assert rulebooks.lacking() == "nowhere has no ansible-rulebook; run: make events"
