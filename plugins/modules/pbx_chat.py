# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_chat
short_description: Mark or delete the messages of a chat
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Marks all messages of a chat as read or unread, or deletes them.
options:
  chat_id:
    description: The chat, by its id.
    type: str
    required: true
  action:
    description:
      - V(mark) sets all messages of the chat to O(read).
      - V(delete) deletes all messages of the chat. They cannot be brought back. A chat without messages is no error.
    type: str
    required: true
    choices: [mark, delete]
  read:
    description:
      - Whether the messages count as read. It is needed with O(action=mark), and not taken with O(action=delete).
    type: bool
attributes:
  idempotent:
    description: Reports no change when nothing is to be done.
    support: partial
    details:
      - The API cannot list the messages of a chat, so that nobody can look beforehand. O(action=mark) is sent each time
        and reported as a change.
      - O(action=delete) is sent each time, too. Where the PBX answers that there is nothing, it is reported as no
        change. The preview cannot know of that, and announces the deletion.
extends_documentation_fragment:
  - telops.pbx.operation
  - telops.pbx.connection
  - telops.pbx.extension
seealso:
  - module: telops.pbx.pbx_event
    description: Be told about new messages.
"""

EXAMPLES = r"""
- name: Take the messages of a chat for read
  telops.pbx.pbx_chat:
    extension: "101"
    chat_id: chat-7f3a
    action: mark
    read: true

- name: Delete the messages of a chat
  telops.pbx.pbx_chat:
    extension: "101"
    chat_id: chat-7f3a
    action: delete
"""

RETURN = r"""
chat:
  description:
    - What the PBX answers about the chat, or in check mode what it would.
    - It is empty after O(action=delete).
  returned: success
  type: dict
  contains:
    id:
      description: Id of a message.
      type: str
      returned: when known
    read:
      description: Whether the messages count as read.
      type: bool
      returned: when known
  sample:
    id: "1"
    read: true
plan:
  description:
    - The request that does it, as a list with one element.
    - In check mode, this is the request that the real run would send.
    - It is empty when nothing is to be done.
  returned: success
  type: list
  elements: dict
  contains:
    action:
      description: What the request does, as O(action).
      type: str
      returned: always
    kind:
      description: What kind of thing the request is about.
      type: str
      returned: always
    object:
      description: What the request is about, with its place, by the names that people use.
      type: str
      returned: always
    method:
      description: The HTTP method of the request.
      type: str
      returned: always
    path:
      description: The path of the request below O(api_url), with its query.
      type: str
      returned: always
    body:
      description: The JSON body of the request, or nothing when it has none.
      type: dict
      returned: always
    changes:
      description: What is ordered or ends, with C(field), C(from), and C(to). References are names instead of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: mark
      kind: chat
      object: extension "101" > chat "chat-7f3a"
      method: PUT
      path: /extension/5001/chat/chat-7f3a/messages/
      body: {read: true}
      changes: [{field: read, from: null, to: true}]
diff:
  description: What is ordered, and what ends, with names instead of ids. It has one element, or none.
  returned: success
  type: list
  elements: dict
  contains:
    before_header:
      description: What the request is about, with its place.
      type: str
      returned: always
    after_header:
      description: The same as RV(diff[].before_header).
      type: str
      returned: always
    before:
      description: What ends, or was set otherwise before, in YAML.
      type: str
      returned: always
    after:
      description: What is ordered, in YAML.
      type: str
      returned: always
requests:
  description: How many requests were sent to the API, by HTTP method. Those that fetch tokens are not counted.
  returned: always
  type: dict
  sample:
    GET: 1
    PUT: 1
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_chat"])


if __name__ == "__main__":
    main()
