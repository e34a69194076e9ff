# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs ``ansible-test sanity``, and does not believe it when it says nothing."""

from __future__ import annotations

import re
import sys

from tests.tools.ansible_test import AnsibleTest


def main() -> int:
    """Run it and return its exit code, or 1 when it did not do what it was asked to."""
    tool = AnsibleTest("sanity")
    done = tool.run("sanity", "--local", "--color", "no", *sys.argv[1:])
    print(done.stdout)
    if done.returncode:
        return done.returncode

    listed = tool.run("sanity", "--list-tests").stdout.splitlines() if "--test" not in sys.argv else []
    ran = set(re.findall(r"""^Running sanity test ["']([\w-]+)["']""", done.stdout, re.MULTILINE))
    missing = {line.split()[0] for line in listed if re.match(r"[\w-]+(?: \(|$)", line)} - ran
    if "All targets skipped" in done.stdout or not ran or missing:
        print(f"ansible-test sanity left out: {', '.join(sorted(missing)) or 'everything'}")
        return 1
    for line in sorted(set(re.findall(r"^WARNING: (Skipping .*)$", done.stdout, re.MULTILINE))):
        print(line)
    print(f"{len(ran)} sanity tests ran")
    return 0


if __name__ == "__main__":
    sys.exit(main())
