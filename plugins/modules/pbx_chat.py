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
    - The answer of the PBX about the chat, or in check mode the expected answer.
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
  sample: {id: '1', read: true}
plan:
  description:
    - The request of the operation, as a list with one element.
    - In check mode, the list contains the request of the real run.
    - The list is empty when the module has nothing to do.
  returned: success
  type: list
  elements: dict
  contains:
    action:
      description: Kind of operation.
      type: str
      returned: always
    kind:
      description: Kind of object that the operation concerns.
      type: str
      returned: always
    object:
      description: Object with its place, by the names that people use.
      type: str
      returned: always
    method:
      description: HTTP method of the request.
      type: str
      returned: always
    path:
      description: Path of the request below O(api_url), with its query.
      type: str
      returned: always
    body:
      description: Request body, or the form with the name of the file, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: State that the operation starts or ends, with C(field), C(from), and C(to). References are names
        instead of ids.
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
  description: State that the operation starts or ends, with names instead of ids. The list has one element, or
    none.
  returned: success
  type: list
  elements: dict
  contains:
    before_header:
      description: Object with its place.
      type: str
      returned: always
    after_header:
      description: The same as RV(diff[].before_header).
      type: str
      returned: always
    before:
      description: State that ends or changes, in YAML.
      type: str
      returned: always
    after:
      description: State that starts, in YAML.
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 1, PUT: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_chat"])


if __name__ == "__main__":
    main()
