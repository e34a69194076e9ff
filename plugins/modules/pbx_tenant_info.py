# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_tenant_info
short_description: Export a tenant as a document
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Returns a tenant as the document that M(telops.pbx.pbx_tenant) takes. Applied to the same tenant, it
    changes nothing. Applied to an empty one, it makes an equal one, as far as the API can.
  - Objects refer to each other by their names only, and stand in an order of their own, so that two exports of an
    unchanged tenant are the same.
  - Passwords and PINs are V(********), which M(telops.pbx.pbx_tenant) leaves as they are. Sounds come without their
    files, which M(telops.pbx.pbx_tenant) needs where they do not exist yet.
  - A field that is not set is left out, unless the PBX may have a default of its own for it. It also omits values that
    change by themselves during the day, such as the status of an agent.
  - It omits objects that names cannot describe, so that a run leaves them as they are, and lists them in
    RV(unresolved). Such an object has no unique name, or refers to an object without one. A list of rules is left out
    if one of them cannot be said. So is a list that could not be read; a warning names it.
  - The export contains the current state, also values that M(telops.pbx.pbx_tenant) would refuse if it were new. Text
    that looks like a template of Ansible is never taken for one.
options:
  extensions:
    description:
      - The numbers of the extensions that are exported. If not set, all are. A number that is not there is an error.
      - The sections of the tenant itself are exported as well, unless O(sections) leaves them out.
    type: list
    elements: str
  sections:
    description:
      - The sections that are exported. Those of the tenant are V(sounds), V(intervals), V(dial_rules),
        V(extension_groups), V(extensions), and V(dids). The others stand inside of the extensions, and V(intervals)
        does in either place. If not set, all are.
      - A section inside of the extensions comes with the extensions that hold something of it. V(extensions) alone
        exports their own fields only.
    type: list
    elements: str
    choices:
      - agents
      - ani
      - conference
      - dial_rules
      - dids
      - events
      - extension_groups
      - extensions
      - fax
      - incom_rules
      - intervals
      - ivr
      - mail_notifications
      - phone
      - queue
      - queue_agents
      - sounds
      - users
  path:
    description:
      - A folder on the host that the module runs on, for example one of C(host_vars). Each section of the tenant is
        written there as a file of its own, such as C(pbx_extensions.yml) with the variable C(pbx_extensions), with
        comments where a person has to decide something.
      - The folder is created if need be. A file whose content would be the same is not written. Only its owner may
        read it, since addresses of webhooks stand in it in clear. Other files in the folder stay.
      - Passwords, PINs and the files of sounds that people have put into such a file are kept as they stand there, in
        clear, as a template, or as a value that C(ansible-vault) has encrypted. A file that is encrypted as a whole is
        never replaced, nor is one with a secret for something that is not there any more; this is an error.
    type: path
  contents:
    description:
      - Whether the contents of the sounds are written into the folder V(sounds) in O(path), and named in
        C(pbx_sounds.yml), so that the folder is a backup which the playbook C(telops.pbx.site) restores into an empty
        tenant, with the folder as C(pbx_tenant_folder).
      - A content is fetched only if it is another one than at the last export to the same folder. The PBX shows that by
        another C(filename).
      - The file C(LACKING.md) lists the values that a new tenant does not get from the folder, such as numbers,
        passwords, and PINs.
    type: bool
    default: false
attributes:
  check_mode:
    description: Runs in check mode as it does otherwise.
    support: full
    details:
      - With O(path), it tells which files would be written, and writes none.
  diff_mode:
    description: Shows the changed fields before and after.
    support: full
    details:
      - The module changes nothing on the PBX. With O(path), it shows the differences of the files, with secrets hidden.
  idempotent:
    description: Reports no change when everything is as declared.
    support: full
    details:
      - With O(path), it reports a change when it writes a file.
extends_documentation_fragment:
  - telops.pbx.connection
  - telops.pbx.info
seealso:
  - module: telops.pbx.pbx_tenant
    description: Apply such a document to a tenant.
  - module: telops.pbx.pbx_extension_info
    description: List the extensions only.
"""

EXAMPLES = r"""
- name: Export the whole tenant
  telops.pbx.pbx_tenant_info:
  register: pbx

- name: Show what a person has to decide
  ansible.builtin.debug:
    var: pbx.unresolved

- name: Prove that nothing has changed since
  telops.pbx.pbx_tenant:
    extensions: "{{ pbx.tenant.extensions }}"
    dids: "{{ pbx.tenant.dids }}"

- name: Back up the tenant with its sounds
  telops.pbx.pbx_tenant_info:
    path: backup/clinic
    contents: true

- name: Export the agents and the queues that they serve
  telops.pbx.pbx_tenant_info:
    sections: [agents, queue, queue_agents]

- name: Export one IVR, and have another one answer in the same way
  telops.pbx.pbx_tenant_info:
    extensions: ["300"]
    sections: [ivr, intervals]
  register: model

- name: Apply it to the other one
  telops.pbx.pbx_tenant:
    extensions: "{{ model.tenant.extensions | map('combine', {'number': '600'}) }}"
    flow_check: warn
"""

RETURN = r"""
tenant:
  description:
    - The document. Sections that hold nothing are left out.
    - Its form is that of the options of M(telops.pbx.pbx_tenant).
  returned: success
  type: dict
  sample:
    extension_groups: [{name: Reception}]
    extensions:
      - number: '101'
        type: phone
        status: active
        label: Reception
        ani_rfc3325: false
        phone: {hangup_timeout: 60, vm_enabled: false}
        agents: [{name: Anna, wrap_up_time: 0}]
complete:
  description: Whether the document says all that was asked for. If not, RV(unresolved) lists the missing parts.
  returned: success
  type: bool
  sample: false
unresolved:
  description:
    - The objects that are missing in the document, because they have no unique name or could not be read. It is
      not part of the document.
  returned: success
  type: list
  elements: dict
  contains:
    object:
      description: The object with its place.
      type: str
      returned: always
    field:
      description: The field that is left out, or the section that could not be read, or nothing where it is the
        object.
      type: str
      returned: always
    reason:
      description: Why it is left out.
      type: str
      returned: always
    remedy:
      description: The remedy.
      type: str
      returned: always
  sample:
    - object: extension "101" > agent "Anna"
      field: agent_sound
      reason: nothing that has a name of its own has the id 3077
      remedy: choose another sound, or none, on the PBX
diff:
  description: How the files change, one element for each, with secrets hidden.
  returned: when O(path) is set
  type: list
  elements: dict
  contains:
    before_header:
      description: The file.
      type: str
      returned: always
    after_header:
      description: The same as RV(diff[].before_header).
      type: str
      returned: always
    before:
      description: The old content.
      type: str
      returned: always
    after:
      description: The new content.
      type: str
      returned: always
files:
  description:
    - The files that were written because their content is another one, or in check mode, would be.
  returned: when O(path) is set
  type: list
  elements: str
  sample: [host_vars/clinic/pbx_extensions.yml]
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 40}
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module


def main() -> None:
    run_module(MODULES["pbx_tenant_info"])


if __name__ == "__main__":
    main()
