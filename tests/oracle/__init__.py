# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A second, deliberately simple interpreter of calls, written from the specification alone.

It shares no code with the collection. Tests compare the two; where they differ, one of them is wrong.
"""

from tests.oracle.run import interpret

__all__ = ["interpret"]
