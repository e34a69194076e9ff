#!/usr/bin/env bash
# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The tables of tests/cases as playbooks against the emulator, each step as a preview, for real, and again.
set -eux
# ansible-test copies only tests/integration to where this runs; the rest is where it found the collection.
cd "${ANSIBLE_COLLECTIONS_PATH%%:*}/ansible_collections/telops/pbx"
exec python -m pytest --quiet tests/integration/test_modules.py
