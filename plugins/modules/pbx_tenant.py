# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_tenant
short_description: Apply one document to a whole tenant
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Takes all that a tenant of the PBX holds, or any part of it, as one document, and applies the differences. A
    document of the same form is the result of M(telops.pbx.pbx_tenant_info) returns.
  - Objects refer to each other by their names, and may refer to objects that the same document declares, in any order.
    An id is accepted wherever a name is.
  - Values that a document omits are not managed. This holds for sections, for the objects of a section, and for the
    fields of an object. V(null) as the value of a field clears it.
  - An object of a list is recognized by its key, which each section below names. It is created where it is
    missing, and nothing is ever renamed.
  - Rules are the exception. A list of rules, once it is declared, is the whole list in that order, and other rules are
    deleted. This concerns C(incom_rules) of extensions and C(rules) of menu options. An empty list deletes all of them.
  - In every other list, an object that is not declared stays. O(purge) deletes those of the sections that it names, in
    every place where the document declares such a section. An empty list inside of an extension empties that list
    without it.
  - The module reads only declared objects and their references, each list once, and several lists at a time.
options:
  absent:
    description:
      - Objects that are to be absent, each with its C(kind), such as V(interval), with the names of its parents under
        their kinds, such as C(extension), and with the fields that name it.
      - Nothing else is deleted for that. An object that does not exist needs no deletion.
      - An undo document ends with such a list of all that the run has created.
    type: list
    elements: dict
    default: []
  undo_file:
    description:
      - Where a real run writes an undo document before its first write. It holds the current state of everything that
        the plan touches, and the names of objects that the run creates.
      - Addresses of webhooks and PINs stand in it in clear, so that it is for its owner alone, in a folder that is
        created where there is none. The sounds whose content is replaced or deleted lie beside it.
      - A warning names values that it cannot restore, such as a password, before the run and in check mode.
    type: path
  undo_from:
    description:
      - An undo document that is applied in place of a document. It is planned, previewed, and guarded like one.
      - Findings in it are warnings, because the tenant had them before. Limits on deletions do not apply to objects
        that the undone run has created; O(protect), O(expect_client_id) and O(live_traffic) do.
      - If others have put objects into these since then, the undo is refused and names them, unless O(max_deletes)
        allows as many of them to go.
    type: path
  undo_keep:
    description:
      - How many undo documents of one tenant stay in the folder of O(undo_file), where their names end in the time of
        the run, as in C(north-20261127T031500Z.json).
    type: int
    default: 20
  rollback:
    description:
      - Whether a run that fails after its first write takes back what it has done, by applying its undo document at
        once. It needs O(undo_file).
      - O(protect), O(expect_client_id) and O(live_traffic) hold for that, too. Where callers wait in a queue that would
        change, or where the PBX does not answer any more, nothing is rolled back; the message says what to do then.
      - A run that is interrupted is not rolled back; its undo document is there.
    type: bool
    default: false
  history_file:
    description:
      - A file to which each real run adds one line of JSON; when it was, who ran it on which machine, the commit of the
        files around it, the host of the inventory, the result, and a short name of the plan.
      - It is written on the control node, for its owner alone, in a folder that is created where there is none.
      - The playbook C(telops.pbx.history) shows it.
    type: path
  sounds:
    description:
      - The sounds of the tenant, each with its C(title), which names it, and with the path of a WAV or MP3 file in
        C(file). The path is one on the host that the module runs on.
      - A sound that exists already needs no C(file). With one, O(update_file) says when it is sent again.
      - Instead of C(file), C(text) may give the words to speak, with C(voice) and C(language). O(prompt_command)
        speaks it into a file of O(prompt_folder), whose name ends in a digest of text, voice, language and command.
        While such a file is there, nothing is spoken.
    type: list
    elements: dict
  intervals:
    description:
      - The time intervals of the tenant, which the rules of all extensions can refer to.
      - Each has a C(name), which names it, a C(timezone), and C(conditions). Their fields are the options of
        M(telops.pbx.pbx_tenant_interval).
    type: list
    elements: dict
  dial_rules:
    description:
      - The lists of rules that rewrite dialled numbers, each with its C(dial_rules), a list of dictionaries with
        C(match_exp) and C(repl_exp).
      - The PBX gives them no name. Their rules identify them, and an extension refers to one by its id, or in the
        form V(^00 -> +), with a semicolon and a space between several.
    type: list
    elements: dict
  extension_groups:
    description:
      - The groups of extensions, each with its C(name), which names it, and with C(extra_params).
    type: list
    elements: dict
  extensions:
    description:
      - The extensions, each with its C(number), which names it. Write numbers in quotes. A new extension needs its
        C(type), which is V(phone), V(queue), V(ivr), V(fax), or V(conference), and which cannot change later.
      - Further fields are C(status) (V(active) for a new extension unless it is V(blocked)), C(label),
        C(caller_id_name), C(extension_group), C(dial_rule), C(dial_rule_limit), C(did_as_transfer_caller_id),
        C(ani_rfc3325), C(message_did), and C(extra_params).
      - C(ani) is the number that others see when the extension calls out, as plain text.
      - C(phone), C(queue), C(ivr), C(fax), and C(conference) are dictionaries with the settings of an extension of
        that type. For the fields of the first three, see the options of M(telops.pbx.pbx_phone),
        M(telops.pbx.pbx_queue), and M(telops.pbx.pbx_ivr). A fax has C(fax_in_format), C(fax_mailto),
        C(fax_out_greeting), and C(email_to_fax_accept). A conference has C(pin), C(moderator_pin), C(max_members),
        C(enter_sound), C(music_on_hold_sound), C(announce_caller_name), C(mute_non_moderator), and C(record_enabled).
      - C(ivr) has C(contexts) beside its settings. Each context has a C(name), which names it, the options of
        M(telops.pbx.pbx_ivr_context), and C(options). Each of these has its C(digits), which name it, and its C(rules).
        Their fields are those of M(telops.pbx.pbx_ivr_option). Contexts may jump to each other in circles.
      - C(agents) is the list of agents of a phone, each with its C(name), which names it. For the fields, see
        M(telops.pbx.pbx_agent).
      - C(queue_agents) is the list of agents of a queue, each with C(agent), which names it in the form V(101/Anna) or,
        where the name alone is unique, V(Anna), and with C(level) and C(position).
      - C(intervals) is the list of time intervals of the extension alone. A rule finds these before those of the
        tenant. For the fields, see M(telops.pbx.pbx_interval).
      - C(incom_rules) is the list of rules for incoming calls. For the fields, see M(telops.pbx.pbx_incom_rule).
      - C(events) is the list of addresses that are told about events, which C(event_type) and C(url) name together. For
        the fields, see M(telops.pbx.pbx_event).
      - C(mail_notifications) is the list of mail addresses that are told about events, which C(event_type) and C(mail)
        name together.
      - C(users) is the list of people who may log in, each with C(login), which names the user and cannot change later,
        C(password), C(name), C(email), C(status), C(access), C(timezone), C(comment), C(extra_params), and for a new
        user C(email_notify) and C(email_for_notify).
      - A password or a PIN that is V(********), as an export writes it, is left as it is.
    type: list
    elements: dict
  dids:
    description:
      - The numbers of the tenant, each with its C(name), which names it, as the PBX lists it, with the C(extension)
        that takes its calls, and with C(allow_message), C(message_extension), and C(comment).
      - The PBX has no request that adds or deletes a number, so a number that is not there is an error.
    type: list
    elements: dict
  purge:
    description:
      - The sections in which undeclared objects are deleted. It takes effect wherever the document has such a section,
        so that V(agents) concerns those phones whose C(agents) are declared, and O(extensions) themselves only when it
        names V(extensions).
      - A section of the tenant is only emptied by a purge. An empty list alone does nothing there, because it may be no
        more than the default of a variable.
      - Rules need no purge, since a declared list of rules is the whole list.
    type: list
    elements: str
    choices:
      - agents
      - contexts
      - dial_rules
      - events
      - extension_groups
      - extensions
      - intervals
      - mail_notifications
      - options
      - queue_agents
      - sounds
      - users
    default: []
  update_file:
    description:
      - When the file of a sound that exists is sent.
      - V(differs) sends it if the PBX has another sound. To know, the module may have to fetch the sound.
      - V(always) sends it in every run, and reports a change each time.
      - V(on_create) sends it only together with a new sound.
    type: str
    choices: [differs, always, on_create]
    default: differs
  update_password:
    description:
      - When the password of a phone or of a user is sent. The PBX never returns a password, so it cannot be compared.
      - V(always) sends it in every run, and reports a change each time.
      - V(on_create) sends it only together with a new user, and to the phone of a new extension.
    type: str
    choices: [always, on_create]
    default: always
  live_traffic:
    description:
      - The reaction to a plan that changes a queue in which callers wait, blocks or deletes it, or takes its last
        agent. V(refuse) refuses the whole plan, V(allow) goes on.
      - Each queue that is about to change costs one more request with V(refuse). Where an agent goes or is logged
        out, the agents of all queues are looked at too. In check mode, nothing is refused, since other callers will
        wait when the real run comes.
    type: str
    choices: [refuse, allow]
    default: refuse
  check_references:
    description:
      - Whether to refuse a plan that deletes the target of a reference, or that leads callers to a missing option.
      - Where the plan deletes something, all that could lead there is read, as far as it was not yet; to
        delete an extension, that is one request for the DIDs, one for the agents, one for each queue and each
        IVR, and one for the incoming rules of each extension. With V(false), none of this is read, and the
        plan is not refused.
    type: bool
    default: true
  call_tests:
    description:
      - Calls and their expected outcomes, in the form of O(telops.pbx.pbx_call_test#module:tests). The module runs
        them on the planned tenant. A failed test refuses the whole plan, in check mode and in the real run.
      - The module reads only the parts that calls can reach. These requests come before the first write, so that they
        count where the plan is compared with the rest of the hourly limit.
    type: raw
  impact:
    description:
      - Whether to find out which callers notice the plan, as M(telops.pbx.pbx_flow_impact) does, for two years from
        today, and for 1 to 3 answers of callers, as deep as 2,000 simulated calls allow.
      - The module reads the parts that calls can reach.
      - It is found out as well where O(intent) or O(impact_limit) is set.
    type: bool
    default: false
  intent:
    description:
      - The intended effect on callers, as in O(telops.pbx.pbx_flow_impact#module:intent). A plan that does
        something else is refused before the first change, and so is one of which that cannot be told.
      - Where nothing is to be changed, it does not count.
    type: raw
  intent_mismatch:
    description: Whether such a plan is refused, or only told.
    type: str
    choices: [refuse, warn]
    default: refuse
  impact_limit:
    description: How much callers may notice. If they notice more, the task fails and changes nothing.
    type: dict
    suboptions:
      hung_up:
        description: The count of numbers whose callers may lose their answer.
        type: int
      numbers:
        description: The count of numbers whose callers may notice anything.
        type: int
  assumptions:
    description:
      - Assumptions of O(call_tests) and O(impact) where the documentation of the platform is silent, as in
        O(telops.pbx.pbx_call_test#module:assumptions).
    type: dict
attributes:
  idempotent:
    support: partial
    details:
      - An omitted value is neither compared nor sent.
      - With a password and O(update_password=always), every run sends the password and reports a change. The same holds
        for a sound with O(update_file=always).
extends_documentation_fragment:
  - telops.pbx.attributes
  - telops.pbx.connection
  - telops.pbx.document
  - telops.pbx.prompts
seealso:
  - module: telops.pbx.pbx_tenant_info
    description: Export a tenant as such a document.
  - module: telops.pbx.pbx_ivr_scheme
    description: The same for a single IVR.
"""

EXAMPLES = r"""
- name: A phone, a queue that it serves, and a menu in front of them
  telops.pbx.pbx_tenant:
    extension_groups:
      - name: Sales
    extensions:
      - number: "601"
        type: phone
        label: Ines Ferreira
        extension_group: Sales
        ani: "74950000101"
        phone: {hangup_timeout: 30, vm_enabled: true, vm_mailto: ines@example.com}
        agents:
          - {name: Ines, wrap_up_time: 10}
      - number: "602"
        type: queue
        label: Sales
        queue:
          strategy: round-robin
          sound_type: music
          sound: Hold music
          max_wait_time: 180
          timeout_transfer_dst: "601"
        queue_agents:
          - {agent: 601/Ines, level: 1, position: 1}
      - number: "603"
        type: ivr
        label: Sales menu
        intervals:
          - name: Working hours
            timezone: Europe/Lisbon
            conditions:
              - {start_dow: 2, end_dow: 6, start_time: "09:00:00", end_time: "18:00:00"}
        ivr:
          entry_context: main
          vm_enabled: true
          vm_mailto: sales@example.com
          contexts:
            - name: main
              timeout: 5000
              options:
                - digits: start
                  rules:
                    - {action: play_sound, sound: Welcome}
                - digits: "1"
                  rules:
                    - {action: transfer, transfer_dst: "602", interval: Working hours}
                    - {action: voicemail}
                - digits: "0"
                  rules:
                    - {action: jump_to_context, context: main, context_option: start}
                - digits: timeout
                  rules:
                    - {action: voicemail}
                - digits: invalid
                  rules:
                    - {action: jump_to_context, context: main, context_option: start}
    dids:
      - {name: "74950000101", extension: "603"}

- name: Change two fields, clear a third, and leave all else as it is
  telops.pbx.pbx_tenant:
    extensions:
      - number: "101"
        label: null
        phone: {hangup_timeout: 45}
        agents:
          - {name: Anna, wrap_up_time: 20}

- name: Have no other agents in the queue, and send its callers to the phone on duty at night
  telops.pbx.pbx_tenant:
    extensions:
      - number: "602"
        queue_agents:
          - {agent: 601/Ines}
        intervals:
          - name: Night
            timezone: Europe/Lisbon
            conditions:
              - {start_time: "20:00:00", end_time: "23:59:59"}
              - {start_time: "00:00:00", end_time: "07:59:59"}
        incom_rules:
          - {type: transfer, transfer_dst: "112", interval: Night}
    purge: [queue_agents]
    max_deletes: 3
    protect: ["601*"]

- name: Have the queue served, or change nothing
  telops.pbx.pbx_tenant:
    extensions:
      - number: "602"
        incom_rules:
          - {type: transfer, transfer_dst: "112", transfer_timeout: 20, interval: Night}
    call_tests:
      - name: Callers of the day reach Ines
        call: "602"
        at: 2026-11-24 10:00
        expect: {answered: 601/Ines, within: 30}
      - name: At night the phone on duty rings
        call: "602"
        at: during Night
        expect: {rings: "112"}
        never: {rings: "601"}

- name: Take the number off the menu, and the agent off the queue
  telops.pbx.pbx_tenant:
    extensions:
      - number: "602"
        queue_agents: []
    dids:
      - {name: "74950000101", extension: null}
    flow_check: 'off'
"""

RETURN = r"""
counts:
  description:
    - How many objects are created, changed and deleted, by their kind. Kinds of which none changes are
      left out.
    - In check mode, how many would be.
  returned: success
  type: dict
  sample:
    agent: {created: 1, changed: 0, deleted: 0}
    queue: {created: 0, changed: 1, deleted: 0}
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
      description: Path of the request below O(api_url). A placeholder with the object's name stands for
        an id that does not exist yet.
      type: str
      returned: always
    body:
      description: Request body with secrets hidden, or nothing when the request has none.
      type: dict
      returned: always
    changes:
      description: Fields that change, with C(field), C(from), and C(to). References are names instead
        of ids.
      type: list
      elements: dict
      returned: always
  sample:
    - action: update
      kind: agent
      object: extension "101" > agent "Anna"
      method: PUT
      path: /extension/5001/agent/701
      body: {wrap_up_time: 30}
      changes: [{field: wrap_up_time, from: 15, to: 30}]
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
undo_file:
  description: The undo document of this run, or nothing where none was written.
  returned: success
  type: str
  sample: /home/anna/tenants/.pbx/undo/north-20261127T031500Z.json
unmanaged:
  description:
    - The objects of declared lists that the document does not list. It stays as it is.
    - To take it into the document, export it with M(telops.pbx.pbx_tenant_info).
    - To delete it, name its section in O(purge).
    - Objects inside of such an object, and undeclared lists, are not returned.
    - This takes no request.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: The kind of the object, as in RV(plan[].kind).
      type: str
      returned: always
    object:
      description: The object with its place, as in RV(plan[].object).
      type: str
      returned: always
  sample:
    - kind: event
      object: extension "101" > event "https://crm.example.com/ hangup GET"
call_tests:
  description:
    - How many C(tests) were tried, how many of them C(failed), and how many C(calls) they stand for.
    - A task that fails by them also returns C(results), the outcome of each failed test, in the form
      of RV(telops.pbx.pbx_call_test#module:results).
  returned: when O(call_tests) are given
  type: dict
  sample: {tests: 2, failed: 0, calls: 1096}
findings:
  description:
    - Faults in call flows, in the form of RV(telops.pbx.pbx_flow_check#module:findings). With C(before),
      it tells whether they meet it already.
  returned: when something is found
  type: list
  elements: dict
  sample:
    - check: H03
      name: no-fallback
      severity: W
      place: dids[0] "74950000101"
      message: 'when nobody answers, callers are hung up on: no mailbox, no further rule'
      remedy: Switch a mailbox on, or add a rule for calls that nobody answers.
      witness:
        call: {to: '74950000101', at: 1795564800}
        world: {phones: {'103': {does: no_answer}}}
        outcome: {class: hangup, cause: no_answer, told: false, at: 20000}
        fired: []
      accepted: false
      before: false
flow_read:
  description: How many extensions, and how many requests, were read to check the calls to the DIDs.
  returned: when O(flow_read) is V(reachable), or O(call_tests) or O(intent) is given
  type: dict
  sample: {extensions: 12, requests: 31}
impact:
  description:
    - The callers who notice the plan, in C(words), and in C(groups) as in RV(telops.pbx.pbx_flow_impact#module:groups).
      Beside them stand the other results of that module, such as C(verdict), C(unknown) and C(not_modelled).
    - C(requests) counts the requests for it. C(flows) and C(sheet) hold the pictures for the report of
      a run.
    - A task that fails by it also returns it.
  returned: when O(impact) is true, or O(intent) or O(impact_limit) is set
  type: dict
  sample: {words: no caller notices, groups: []}
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {GET: 2, PUT: 1}
prompts:
  description:
    - The sounds that are spoken, each with C(title), C(text), C(voice), C(language) and its C(file).
    - C(rendered) says whether the file is new. In check mode, it would be new, and is not written.
  returned: when a sound of the document has a C(text)
  type: list
  elements: dict
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module


def main() -> None:
    run_module(MODULES["pbx_tenant"])


if __name__ == "__main__":
    main()
