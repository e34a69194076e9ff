# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import EXTENSIONS, Case, Refusal, Step, get

CASE = Case(
    module="pbx_extension_info",
    extension=None,
    steps=(
        Step("read all", {}, EXTENSIONS),
        Step("read some", {"number": ["101", "200"], "status": ["active"]}, EXTENSIONS),
        Step("read a few", {"type": ["phone"], "limit": 5}, (get("/client/@me/extension/"),)),
        Step("read one", {"id": "5001"}, (get("/extension/5001/extension/"),), by_id=True),
        Step("read none", {"id": "1"}, (get("/extension/1/extension/"),), by_id=True),
    ),
    refusals=(
        Refusal(
            {"client": "101x"},
            "GET /client/101x/extension/ found nothing, the server says: client_not_found: Client "
            "101x not found; check the option client",
        ),
        Refusal({"limit": 0}, "limit is 0; it starts at 1"),
        Refusal(
            {"api_url": ""},
            "api_url is missing: set the option (roles and playbooks take the variable pbx_api_url) or PBX_API_URL, "
            "for example https://pbx.example.com/api/ver1.0",
        ),
        Refusal(
            {"api_url": "pbx.invalid"},
            "api_url must be a URL such as https://pbx.example.com/api/ver1.0 with http or https and "
            "a host, not 'pbx.invalid'",
        ),
        Refusal(
            {"access_token": ""},
            "there are no credentials: set access_token (PBX_ACCESS_TOKEN), or app_id and app_secret "
            "(PBX_APP_ID, PBX_APP_SECRET), if the application needs it with api_username and api_password "
            "(PBX_USERNAME, PBX_PASSWORD); "
            "roles and playbooks take the variables pbx_access_token, pbx_app_id and so on",
        ),
        Refusal(
            {"dialect": {"null_choice": "never"}},
            "value of null_choice must be one of: null, none, got: never found in dialect",
        ),
    ),
)
