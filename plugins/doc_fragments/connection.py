# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - The address of the API including its version, for example V(https://pbx.example.com/api/ver1.0).
      - It is needed. The environment variable E(PBX_API_URL) is used where the option is not set.
    type: str
  access_token:
    description:
      - A token that is ready to use. It stands alone, unless O(renew_token) says otherwise.
      - Either O(access_token), or O(app_id) and O(app_secret) are needed.
      - This and the other credentials are taken from one place, which is the task with its C(module_defaults), else
        the environment. A task that sets one of O(access_token), O(app_id), O(app_secret), O(api_username), and
        O(api_password) uses none out of the environment, so that the credentials of two tenants never mix.
      - The environment variable E(PBX_ACCESS_TOKEN) is used where no option holds credentials.
    type: str
  app_id:
    description:
      - The App ID of an application that is registered with the PBX. Tokens are fetched and renewed with it.
      - The environment variable E(PBX_APP_ID) is used where no option holds credentials.
    type: str
  app_secret:
    description:
      - The App Secret of the application O(app_id).
      - The environment variable E(PBX_APP_SECRET) is used where no option holds credentials.
    type: str
  api_username:
    description:
      - The login of a user, for applications of the type C(password_credentials), beside O(app_id) and O(app_secret).
      - Its name has a prefix because that of O(api_password) needs one.
      - The environment variable E(PBX_USERNAME) is used where no option holds credentials.
    type: str
  api_password:
    description:
      - The password of the user O(api_username).
      - Its name has a prefix because C(password) is a field of phones.
      - The environment variable E(PBX_PASSWORD) is used where no option holds credentials.
    type: str
  renew_token:
    description:
      - Whether O(app_id) and O(app_secret) renew O(access_token) when it expires. Without this, a token together with
        an application is an error, because they may belong to two tenants.
      - At the first request and after each renewal, the PBX is asked whom the token belongs to, which is one request
        more. A token of another tenant is an error before anything else is sent with it.
      - The environment variable E(PBX_RENEW_TOKEN) is used where the option is not set.
    type: bool
    default: false
  token_url:
    description:
      - The address where tokens are fetched. If not set, it is C(/oauth/token) on the host of O(api_url).
    type: str
  client:
    description:
      - The id of the tenant, or V(@me) for the tenant that the token belongs to.
    type: str
    default: "@me"
  validate_certs:
    description:
      - Whether the TLS certificate of the PBX is verified.
      - The environment variable E(PBX_VALIDATE_CERTS) is used where the option is not set.
    type: bool
    default: true
  ca_path:
    description:
      - A file or a folder with the certificates of the authorities to trust, instead of the ones of the system.
      - The environment variable E(PBX_CA_PATH) is used where the option is not set.
    type: path
  api_timeout:
    description:
      - How long to wait for the connection and for each piece of an answer, in seconds, at most a day. A whole answer
        may take four times as long, and a file one second more for every 16 KiB.
      - Its name has a prefix because C(timeout) is a field of IVR contexts.
    type: float
    default: 30.0
  rate_limit_wait:
    description:
      - How long one task may wait in all for the request limit of the PBX to pass, in seconds. A PBX that is down, and
        says when it will be back, is waited for as well.
      - A limit that lasts longer is an error, which lists completed and skipped steps.
      - At most a year.
    type: float
    default: 60.0
  parallel:
    description:
      - How many requests may be under way at the same time, from V(1), which is one by one, to V(64). Reads and writes
        count together.
      - A write waits for the ones that it builds on, so that the announced requests are sent in an order in which no
        caller meets anything half done.
      - Where the PBX refuses requests because there are too many at the same time, one task goes on with half as many.
    type: int
    default: 8
  read_only:
    description:
      - Whether nothing is written, whatever check mode says. Every module then plans, and its result is that of check
        mode with C(read_only=true) beside it; live operations are not carried out. The client sends only GET
        and the request for a token.
      - The environment variable E(PBX_READ_ONLY) does the same with any value but V(0), V(false), V(no), V(off), or an
        empty one. Either is enough, and neither switches the other off.
    type: bool
    default: false
  dialect:
    description:
      - Assumptions about the PBX where its documentation is silent.
      - Leave it out unless the PBX is known to differ.
    type: dict
    suboptions:
      singleton_put:
        description:
          - The content of a request that changes the settings of a queue, a phone, or an IVR.
          - V(merged) sends all settings as they were read, with the changes in them. V(changed) sends the changes only.
          - If not set, it is V(merged).
        type: str
        choices: [merged, changed]
      queue_agent_ref:
        description:
          - The owner of the id in the list of a queue's agents, the agent or its extension.
          - V(agent) is the id of the agent. V(extension) is the id of the phone that the agent belongs to.
            V(auto) concludes it from the ids, and prefers the agent.
          - If not set, it is V(auto).
        type: str
        choices: [auto, agent, extension]
      scheme:
        description:
          - How the menus of an IVR are read where all of them are needed.
          - V(auto) reads them with one request, if the answer has the expected shape. V(never) reads list by list.
          - If not set, it is V(auto).
        type: str
        choices: [auto, never]
      null_choice:
        description:
          - How a choice is sent that is to be cleared. V(null) sends JSON null. V(none) sends the text C(None).
          - If not set, it is V(null).
        type: str
        choices: ["null", none]
      option_default_rule:
        description:
          - Whether the hangup that every new option of an IVR starts with is a rule in the list of its rules.
          - V(hidden) takes it for a behaviour without a rule. V(visible) expects the rule, and replaces it.
          - If not set, it is V(hidden).
        type: str
        choices: [hidden, visible]
      new_rule_position:
        description:
          - Where a new rule lands among the others.
          - With V(last) and V(first), the order is written only where it differs.
          - With V(unknown), the order is always written after rules were added to others, and the preview of later
            tasks takes new rules for the last ones.
          - If not set, it is V(unknown).
        type: str
        choices: [unknown, last, first]
      rule_list_order:
        description:
          - Whether lists of rules come in the order in which the rules run.
          - With V(unknown), the order of two rules or more is asked for. V(program) spares that request.
          - If not set, it is V(unknown).
        type: str
        choices: [unknown, program]
      query_time:
        description:
          - In which time zone the PBX is asked for records.
          - V(utc) is the zone that the times of records are in. V(user) is the zone of the user that the token belongs
            to, which takes one more request to find out.
          - If not set, it is V(utc).
        type: str
        choices: [utc, user]
      sound_content:
        description:
          - Whether the PBX keeps a sound as the file that was uploaded.
          - With V(auto), only the lengths are compared where the PBX has another form of sound than the file, and a
            warning says so.
          - With V(kept), every difference is one. With V(converted), only another length is.
          - If not set, it is V(auto).
        type: str
        choices: [auto, kept, converted]
"""
