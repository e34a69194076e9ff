# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What this collection costs, in seconds and in requests: ``make bench``; how to read it stands in docs/performance.md.

Each subject is a module of its own (agents: many objects, one task each; noop: single modules) that measures with
measure.py and gives plain data to report.py.
"""
