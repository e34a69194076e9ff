# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  _terms:
    description:
      - The names; for an extension its number, for a sound its title, for an agent C(number/name), for a DID its
        number.
    type: list
    elements: str
    required: true
  kind:
    description:
      - The kind of object that has these names.
    type: str
    choices: [extension, sound, interval, extension_group, did, agent, incom_rule, ivr_context, user]
    default: extension
  extension:
    description:
      - The number of the extension whose objects these are.
      - It is required for V(incom_rule), V(ivr_context) and V(user). Without it, an V(interval) is one of the tenant.
    type: str
  api_url:
    description: The address of the API, as in O(telops.pbx.pbx_tenant#module:api_url).
    type: str
    env: [{name: PBX_API_URL}]
  access_token:
    description:
      - As in O(telops.pbx.pbx_tenant#module:access_token).
      - All credentials are taken from one place, which is the lookup, else the variables of the host, else the
        environment.
    type: str
    env: [{name: PBX_ACCESS_TOKEN}]
  app_id:
    description: As in O(telops.pbx.pbx_tenant#module:app_id).
    type: str
    env: [{name: PBX_APP_ID}]
  app_secret:
    description: As in O(telops.pbx.pbx_tenant#module:app_secret).
    type: str
    env: [{name: PBX_APP_SECRET}]
  api_username:
    description: As in O(telops.pbx.pbx_tenant#module:api_username).
    type: str
    env: [{name: PBX_USERNAME}]
  api_password:
    description: As in O(telops.pbx.pbx_tenant#module:api_password).
    type: str
    env: [{name: PBX_PASSWORD}]
  renew_token:
    description: As in O(telops.pbx.pbx_tenant#module:renew_token).
    type: bool
    default: false
    env: [{name: PBX_RENEW_TOKEN}]
  token_url:
    description: As in O(telops.pbx.pbx_tenant#module:token_url).
    type: str
  client:
    description: As in O(telops.pbx.pbx_tenant#module:client).
    type: str
    default: "@me"
  validate_certs:
    description: As in O(telops.pbx.pbx_tenant#module:validate_certs).
    type: bool
    default: true
    env: [{name: PBX_VALIDATE_CERTS}]
  ca_path:
    description: As in O(telops.pbx.pbx_tenant#module:ca_path).
    type: path
    env: [{name: PBX_CA_PATH}]
  api_timeout:
    description: As in O(telops.pbx.pbx_tenant#module:api_timeout), in seconds.
    type: float
    default: 30.0
  rate_limit_wait:
    description: As in O(telops.pbx.pbx_tenant#module:rate_limit_wait), in seconds.
    type: float
    default: 60.0
  parallel:
    description: As in O(telops.pbx.pbx_tenant#module:parallel).
    type: int
    default: 8
notes:
  - The connection comes from the options of the lookup, else from the variables of the host that the playbooks of this
    collection use (C(pbx_api_url), C(pbx_app_id) and so on), else from the environment.
  - All lookups of one task share their lists. They send one list request for each kind of object, however many names
    they look up.
  - A name that no object has, or several, is an error that lists those that there are.
  - A preview does not know objects that an earlier task would create. Modules take names themselves, and do; use a
    lookup where something else needs the id.
"""
