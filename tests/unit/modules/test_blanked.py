# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The values that Ansible blanks out of results."""

from __future__ import annotations

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES


def test_an_empty_secret_blanks_out_nothing() -> None:
    params = {"access_token": "", "api_password": None, "app_secret": "emulator-app-secret"}
    assert MODULES["pbx_agent"].blanked(params) == {"emulator-app-secret"}
