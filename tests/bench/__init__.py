# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cost of this collection in seconds and in requests: ``make bench``; docs/performance.md explains the figures.

Each subject is a module of its own (agents: many objects, one task each; noop: single modules) that measures with
measure.py and gives plain data to report.py.
"""
