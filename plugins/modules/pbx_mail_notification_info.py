# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_mail_notification_info
short_description: List the email notifications of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the addresses that the PBX writes to when something happens at an extension, or those that are asked for.
options:
  event_type:
    description:
      - Only the notifications of these events, such as V(call_failed_mail).
    type: list
    elements: str
  mail:
    description: Only the notifications that go to these addresses.
    type: list
    elements: str
  id:
    description:
      - Reads only the notification with this id.
      - An id that does not exist gives an empty list.
    type: str
  limit:
    description:
      - The most notifications to return. If not set, all of them are returned.
    type: int
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_mail_notification
    description: Manage the email notifications of an extension.
"""

EXAMPLES = r"""
- name: Tell the office about failed calls of the queue
  telops.pbx.pbx_mail_notification:
    extension: "200"
    event_type: call_failed_mail
    mail: office@example.com

- name: List all email notifications of the queue
  telops.pbx.pbx_mail_notification_info:
    extension: "200"
  register: told

- name: Show who is told
  ansible.builtin.debug:
    msg: "{{ told.mail_notifications | map(attribute='mail') }}"
"""

RETURN = r"""
mail_notifications:
  description:
    - The email notifications of the extension.
  returned: success
  type: list
  elements: dict
  contains:
    event_type:
      description:
        - Kind of event that the PBX reports by mail.
        - One of V(call_failed_mail).
      type: str
      returned: always
    id:
      description: Id of the notification.
      type: int
      returned: always
    mail:
      description: Address that the PBX writes to.
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_mail_notification_info"])


if __name__ == "__main__":
    main()
