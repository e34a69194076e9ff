# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_record_info
short_description: List the recorded calls of an extension
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Lists the records of an extension in a span of time, whatever its length.
  - The API takes spans up to the end of the month that follows the first day, so a longer one is read in pieces, at
    least one request for each further month.
  - M(telops.pbx.pbx_media) fetches a record.
options:
  start_datetime:
    description:
      - When the span begins, for example V(2026-01-31 08:00:00) or V(2026-01-31T08:00:00+01:00). Write it in quotes.
      - A date alone, such as V(2026-01-31), means the first second of the day.
    type: str
    required: true
  end_datetime:
    description:
      - When the span ends, in the same forms. A date alone means the last second of the day.
      - If not set, it is now.
    type: str
  timezone:
    description:
      - The time zone of O(start_datetime) and O(end_datetime) where these name none, for example V(Europe/Berlin).
      - The documentation of the PBX does not say in which zone it takes times. They are sent in UTC, as those of the
        records are, unless O(dialect) says otherwise with C(query_time).
    type: str
    default: UTC
  order:
    description:
      - Whether the newest records come first, V(desc), or the oldest, V(asc).
    type: str
    choices: [desc, asc]
    default: desc
  limit:
    description:
      - The most records to return. If not set, all of them are read, however many pages that takes.
    type: int
  stats:
    description:
      - Whether to count all records of the span as well, whatever O(limit) says.
    type: bool
    default: false
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.extension
  - telops.pbx.connection
seealso:
  - module: telops.pbx.pbx_media
    description: Fetch a record into a file.
"""

EXAMPLES = r"""
- name: List the records of a month
  telops.pbx.pbx_record_info:
    extension: "101"
    start_datetime: "2026-10-01"
    end_datetime: "2026-10-31"
    timezone: Europe/Berlin
    stats: true
  register: october

- name: Say how much there is
  ansible.builtin.debug:
    msg: "{{ october.stats.records_count }} records, {{ october.stats.files_size }} bytes"

- name: Find the last recorded call
  telops.pbx.pbx_record_info:
    extension: "101"
    start_datetime: "2026-11-01T00:00:00+01:00"
    limit: 1
  register: last

- name: Fetch it
  telops.pbx.pbx_media:
    extension: "101"
    record: "{{ item.record_uuid }}"
    dest: "{{ playbook_dir }}/last_call.wav"
  loop: "{{ last.records }}"
  loop_control:
    label: "{{ item.record_uuid }}"
"""

RETURN = r"""
records:
  description: The records, each once.
  returned: success
  type: list
  elements: dict
  contains:
    ani_number:
      description: Number that was shown to the called side.
      type: str
      returned: always
    application:
      description: 'Origin of the call: callcenter, callback, intercept, or null.'
      type: str
      returned: always
    call_uuid:
      description: Id of the call.
      type: str
      returned: always
    calls_hangup_disposition:
      description: Side that ended the whole call.
      type: str
      returned: always
    calls_result:
      description: How the whole call ended.
      type: str
      returned: always
    client_owner_id:
      description: Id of the tenant that owns the record.
      type: int
      returned: always
    dest_domain:
      description: Domain of the number that was called.
      type: str
      returned: always
    dest_number:
      description: Number that was called.
      type: str
      returned: always
    did_domain:
      description: Domain of the DID.
      type: str
      returned: always
    did_number:
      description: DID through which the call came in.
      type: str
      returned: always
    duration:
      description: How long the call lasted, in seconds.
      type: int
      returned: always
    ext_number_reg:
      description: Registered number of the extension.
      type: str
      returned: always
    extension:
      description: Number of the extension with the id in C(extension_id), or null where the id refers to nothing.
      type: str
      returned: always
    extension_group_owner_id:
      description: Id of the group that owns the record.
      type: int
      returned: always
    extension_id:
      description: Id of the extension that was recorded.
      type: int
      returned: always
    extension_name:
      description: Number of the extension, with the prefix of the tenant.
      type: str
      returned: always
    extension_type:
      description: Type of the extension.
      type: str
      returned: always
    flow:
      description: Whether the call came in or went out, in or out.
      type: str
      returned: always
    from_domain:
      description: Domain part of the SIP address of the caller.
      type: str
      returned: always
    from_screen_name:
      description: Name that the caller showed.
      type: str
      returned: always
    from_username:
      description: User part of the SIP address of the caller.
      type: str
      returned: always
    hangup_cause:
      description: Reason that the switch noted for the end.
      type: str
      returned: always
    hangup_disposition:
      description: Which side ended this leg, such as callee_bye or caller_cancel.
      type: str
      returned: always
    hangup_time_gmt:
      description: When the call ended, in UTC.
      type: str
      returned: always
    init_time_gmt:
      description: When the call began, in UTC; may carry fractions.
      type: str
      returned: always
    record_file_size:
      description: Size of the file, in bytes.
      type: int
      returned: always
    record_uuid:
      description: Id of the record, as telops.pbx.pbx_media takes it.
      type: str
      returned: always
    result:
      description: How this leg ended, such as answered, busy, failed, rejected or voicemail.
      type: str
      returned: always
    source_domain:
      description: Domain of the number that called.
      type: str
      returned: always
    source_number:
      description: Number of the caller.
      type: str
      returned: always
    start_time_gmt:
      description: When the talking began, in UTC.
      type: str
      returned: always
    to_domain:
      description: Domain part of the SIP address that was called.
      type: str
      returned: always
    to_username:
      description: User part of the SIP address that was called.
      type: str
      returned: always
stats:
  description: All records of the span together.
  returned: when O(stats=true)
  type: dict
  contains:
    files_size:
      description: Size of all files, in bytes.
      type: int
      returned: always
    records_count:
      description: Number of recordings.
      type: int
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
    run_module(SINGLE["pbx_record_info"])


if __name__ == "__main__":
    main()
