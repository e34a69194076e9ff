# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_user
short_description: Manage the users of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Creates, changes, and deletes the people who may log in to the PBX for one extension. Such a user sees and changes
    that extension alone.
options:
  login:
    description:
      - The name to log in with, by which the user is found.
      - It is unique on the whole platform, and fixed from the beginning.
      - It is needed for a new user. For others, O(id) can take its place.
    type: str
  password:
    description:
      - The password to log in with. See O(update_password) for when it is sent.
      - It is needed for a new user.
      - A password shorter than eight characters is hidden in the fields of the output, but not in other text.
    type: str
  name:
    description:
      - The name of the person. It is needed for a new user.
    type: str
  email:
    description:
      - The email address of the person. It is needed for a new user.
    type: str
  status:
    description:
      - Whether the login works.
    type: str
    choices: [active, blocked]
  access:
    description:
      - The rights of the user. V(read_only) allows to look, and nothing else.
    type: str
    choices: [full, read_only]
  timezone:
    description:
      - The time zone of the user, by its IANA name such as V(Europe/Berlin).
    type: str
  comment:
    description:
      - Free text about the user.
    type: str
  extra_params:
    description:
      - Data that integrations keep with the object, as JSON. A structure is sent as JSON text, and values are
        compared as JSON.
      - The PBX does not look into it.
    type: raw
  email_notify:
    description:
      - Whether the PBX sends the login and the password of a new user by email.
      - It matters at the moment of creation only. For a user who is there, it is never sent, and no second email goes
        out.
    type: bool
  email_for_notify:
    description:
      - The address that this email goes to. If not set, it goes to the user whose token creates this one.
      - As O(email_notify), it matters at the moment of creation only.
    type: str
  unset:
    description:
      - The fields to clear, so that the PBX has no value for them.
      - A field cannot have a value and stand here in the same task.
    type: list
    elements: str
    choices:
      - comment
      - extra_params
      - timezone
    default: []
  update_password:
    description:
      - When O(password) is sent. The PBX never returns a password, so it cannot be compared.
      - V(always) sends it in every run, and reports a change each time.
      - V(on_create) sends it only together with a new user, and leaves the password of others alone.
    type: str
    choices: [always, on_create]
    default: always
  id:
    description:
      - Picks the user by its id instead of O(login).
      - An id that does not exist is an error, unless O(state=absent) asks for just that.
    type: str
attributes:
  idempotent:
    support: partial
    details:
      - Options that are left out are neither compared nor sent.
      - With O(password) and O(update_password=always), every run sends the password and reports a change.
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.extension
  - telops.pbx.resource
seealso:
  - module: telops.pbx.pbx_user_info
    description: List the users of an extension.
  - module: telops.pbx.pbx_extension
    description: Manage the extensions.
"""

EXAMPLES = r"""
- name: Let somebody log in for a phone, and send the password by email
  telops.pbx.pbx_user:
    extension: "101"
    login: anna.bauer
    name: Anna Bauer
    email: anna.bauer@example.com
    password: "{{ lookup('ansible.builtin.password', '/dev/null', length=20) }}"
    update_password: on_create
    email_notify: true
    email_for_notify: anna.bauer@example.com

- name: Let the user look only
  telops.pbx.pbx_user:
    extension: "101"
    login: anna.bauer
    access: read_only
    comment: On leave until March

- name: Set a new password, in every run
  telops.pbx.pbx_user:
    extension: "101"
    login: anna.bauer
    password: "{{ lookup('ansible.builtin.password', '/dev/null', length=20) }}"

- name: Block the login, and clear the comment
  telops.pbx.pbx_user:
    extension: "101"
    login: anna.bauer
    status: blocked
    unset: [comment]

- name: Remove the user
  telops.pbx.pbx_user:
    extension: "101"
    login: anna.bauer
    state: absent
"""

RETURN = r"""
user:
  description:
    - The user as the PBX has it, or in check mode as it would have it. The password is left out.
    - It is empty after O(state=absent).
    - In check mode, the C(id) of a new object is a text that stands for it.
  returned: success
  type: dict
  contains:
    access:
      description:
        - 'Rights of the user: read_only allows nothing but GET.'
        - One of V(full) or V(read_only).
      type: str
      returned: when known
    comment:
      description: Free text about the user.
      type: str
      returned: when known
    email:
      description: Email address of the person.
      type: str
      returned: when known
    extension_id:
      description: Id of the extension that the user is limited to.
      type: int
      returned: when known
    extra_params:
      description: Free text for integrations. The PBX does not look into it.
      type: str
      returned: when known
    id:
      description: Id of the user.
      type: int
      returned: when known
    login:
      description: Name to log in with, unique on the platform and fixed once created.
      type: str
      returned: when known
    name:
      description: Name of the person.
      type: str
      returned: when known
    status:
      description: Whether the login works, active or blocked.
      type: str
      returned: when known
    timezone:
      description: Time zone of the user, an IANA name.
      type: str
      returned: when known
plan:
  description:
    - Steps that change the PBX, in the order in which the module sends them. Each step is one HTTP request.
    - In check mode, the list contains the steps of the real run.
    - The list is empty when the current state is the desired state.
    - After a failure, the list contains the steps before it.
  returned: success, or failure of a step
  type: list
  elements: dict
  contains:
    action:
      description: Kind of change, V(create), V(update), V(replace), V(delete) or V(order).
      type: str
      returned: always
    kind:
      description: Kind of object that the step changes.
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
      description: Path of the request below O(api_url). A placeholder with the object's name stands for an id that
        does not exist yet.
      type: str
      returned: always
    body:
      description: Request body with secrets hidden, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: Fields that change, with C(field), C(from), and C(to). References are names instead of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: update
      kind: user
      object: extension "101" > user "anna.bauer"
      method: PUT
      path: /extension/5001/user/extension/402
      body: {access: read_only}
      changes: [{field: access, from: full, to: read_only}]
diff:
  description: Changes, one element per object, with names instead of ids and with secrets hidden.
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
      description: Current values of the changed fields, in YAML.
      type: str
      returned: always
    after:
      description: Desired values of the changed fields, in YAML.
      type: str
      returned: always
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 2, PUT: 1}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module
from ansible_collections.telops.pbx.plugins.module_utils._entry.single import SINGLE


def main() -> None:
    run_module(SINGLE["pbx_user"])


if __name__ == "__main__":
    main()
