# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import PHONE, Case, Refusal, Step, get, put

ANI = "/extension/5001/ani/"

CASE = Case(
    module="pbx_ani",
    extension=PHONE,
    steps=(
        Step("choose", {"ani_number": "74950000101"}, (get(ANI), put(ANI, ani_number="74950000101"))),
        Step("choose another", {"ani_number": "74950000102"}, (get(ANI), put(ANI, ani_number="74950000102"))),
    ),
    refusals=(
        Refusal({}, "missing required arguments: ani_number"),
        Refusal({"ani_number": ""}, 'extension "5001": ani_number is empty; give one'),
        Refusal(
            {"ani_number": "1", "unset": ["ani_number"]},
            "unset. Supported parameters include: access_token, ani_number, api_password, api_timeout, api_url, "
            "api_username, app_id, app_secret, ca_path, client, dialect, extension, extension_id, rate_limit_wait, "
            "token_url, validate_certs.",
        ),
    ),
)
