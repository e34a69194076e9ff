# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""The user's own git, which is asked and changes nothing."""

from __future__ import annotations

import subprocess

# The settings of a repository must start no program of its choice, and nothing waits for a lock.
_ONLY_ASKED = ("git", "--no-optional-locks", "-c", "core.fsmonitor=false")


def git(folder: str, *arguments: str, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder and return the finished process. seconds: the time limit.

    Raises OSError where there is no git, ValueError for an argument that no program can take, and
    subprocess.TimeoutExpired.
    """
    # pylint: disable-next=ansible-bad-function
    return subprocess.run(  # noqa: S603 - no shell, and the callers check the values of users
        [*_ONLY_ASKED, "-C", folder or ".", *arguments],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=seconds,
    )
