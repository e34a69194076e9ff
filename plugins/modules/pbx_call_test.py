# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pbx_call_test
short_description: Try calls, and see that callers reach whom they should
version_added: 0.1.0
author: telops.pbx contributors (@telops)
description:
  - Follows calls through a tenant, from the number that is dialled to whoever takes them, without making any. Each test
    names a call and the expected outcome.
  - The task fails if a test does, and returns for each test the expectation, the outcome, the time, and the rule that
    decided.
  - A test that expects nothing is a question. It never fails, and RV(results) answers it.
  - The page C(docs/calls.md) lists the simulated parts and the assumptions, and explains how to write tests.
options:
  tests:
    description:
      - The tests, as a list, or as a dictionary with the list in C(calls) and shared settings in C(timezone),
        C(world), C(assumptions), C(sounds) and C(today).
      - A test has C(call), the number that is called, and may have C(name), C(from), C(at), C(press), C(say),
        C(phones), C(agents) and more about the call, and C(expect) and C(never) about the outcome.
      - A test with C(compare) and C(unchanged) compares the calls with those to the PBX as it was read, or to another
        document, and fails where a caller notices a difference when there must be none.
      - A test may also be one call in its raw form, with C(to) in place of C(call), C(at) in seconds since 1970, and a
        C(world). Tens of thousands of them may stand in one task.
    type: raw
  trace:
    description:
      - Whether each result tells every event of its call. Leave it out where there are many thousand tests.
    type: bool
    default: true
  coverage:
    description:
      - Whether RV(coverage) tells which rules, options, changes of intervals and ways out of queues no test has met.
    type: bool
    default: false
  record:
    description:
      - A file on the host that the module runs on, to which it writes call tests of the tenant as it is, as a baseline
        before anybody changes anything. The module replaces the content of an existing file.
      - It holds the variable C(pbx_call_tests). There is one test for each way that calls take, of any caller, at any
        time, with any keys, with everybody there, with nobody there, and with one after the other away.
      - In check mode, it is not written.
    type: path
attributes:
  check_mode:
    description: Runs in check mode as it does otherwise.
    support: full
    details:
      - With O(record), it tells whether the file would be another one, and writes none.
  idempotent:
    description: Reports no change when everything is as declared.
    support: full
    details:
      - It reports a change when it writes a file.
extends_documentation_fragment:
  - telops.pbx.info
  - telops.pbx.connection
  - telops.pbx.following
  - telops.pbx.prompts
seealso:
  - module: telops.pbx.pbx_tenant
    description: Apply a document to a tenant.
  - module: telops.pbx.pbx_tenant_info
    description: Export a tenant as such a document.
"""

EXAMPLES = r"""
- name: Try the calls of a small office before anything is written
  telops.pbx.pbx_call_test:
    offline: true
    dids:
      - {name: "74950000101", extension: "103"}
    extensions:
      - number: "103"
        type: phone
        phone: {hangup_timeout: 20, vm_enabled: true}
        incom_rules:
          - {name: Closed, type: voicemail, interval: Night}
    intervals:
      - name: Night
        timezone: Europe/Berlin
        conditions:
          - {start_time: "18:00:00", end_time: "23:59:59"}
          - {start_time: "00:00:00", end_time: "07:59:59"}
    tests:
      - name: By day the phone rings
        call: "74950000101"
        at: 2026-11-24 10:00
        expect: {answered: "103", within: 10}
      - name: At night nobody is woken
        call: "74950000101"
        at: during Night
        expect: {rule: Closed, voicemail: "103"}
        never: {rings: any}
      - name: Whoever is not there has a mailbox
        call: any
        from: any
        at: any
        phones: [nobody, busy]
        expect: {voicemail: "103"}

- name: Try calls to the PBX as it is
  telops.pbx.pbx_call_test:
    tests:
      - name: Every line ends somewhere, whatever is pressed
        call: any
        at: 2026-11-24 10:00 Europe/Berlin
        press: any
        depth: 1
        phones: [fair, nobody]
        never: {endless: circle}

- name: Try what a change would make of the PBX, and change nothing
  telops.pbx.pbx_call_test:
    extensions:
      - number: "101"
        incom_rules:
          - {name: To the second desk, type: transfer, transfer_dst: "102", transfer_timeout: 15}
    tests:
      - {call: "101", expect: {rule: To the second desk, answered: "102"}}

- name: Change the hours so that only callers of the evening notice
  telops.pbx.pbx_call_test:
    extensions:
      - number: "300"
        intervals:
          - name: Opening hours
            timezone: Europe/Berlin
            conditions: [{start_dow: 2, end_dow: 6, start_time: "08:00:00", end_time: "19:00:00"}]
    tests:
      - compare: {with: exported}
        call: any
        from: any
        at: any
        press: any
        unchanged: outside 18:00-19:01

- name: Ask what happens to one call
  telops.pbx.pbx_call_test:
    offline: true
    extensions:
      - {number: "103", type: phone, phone: {hangup_timeout: 20, vm_enabled: true}, incom_rules: []}
    tests:
      - {call: "103", phones: {"103": busy}}
  register: answer

- name: Write down what calls come to, before anybody changes anything
  telops.pbx.pbx_call_test:
    offline: true
    extensions:
      - {number: "103", type: phone, phone: {hangup_timeout: 20, vm_enabled: true}, incom_rules: []}
    record: recorded_calls.yml

- name: Try calls in their raw form, and assume that phones in do not disturb do not answer
  telops.pbx.pbx_call_test:
    offline: true
    extensions:
      - {number: "103", type: phone, phone: {hangup_timeout: 20}, incom_rules: []}
    assumptions: {dnd: no_answer}
    trace: false
    tests:
      - {to: "103", at: 1795510800, world: {phones: {"103": {does: dnd}}}, expect: {hangup: no_answer}}
"""

RETURN = r"""
results:
  description:
    - The outcome of each test, in the order of O(tests).
    - A task that fails returns it too.
  returned: when the tests make sense
  type: list
  elements: dict
  contains:
    name:
      description: The name of the test, or its place where it has none.
      type: str
      returned: always
    place:
      description: Where the test stands.
      type: str
      returned: always
    call:
      description:
        - The call that the result shows. For a test that stands for many calls, it is the failing call
          with the fewest keys, else the first call.
        - It has C(to), C(from), C(press), C(at) in seconds since 1970 and C(local) where it has a time,
          and other properties of the entry. Digits of a PIN are hidden.
      type: dict
      returned: always
    passed:
      description: Whether everything holds that the test expects. A question is always passed.
      type: bool
      returned: always
    outcome:
      description:
        - How the call ended. C(class) is V(answered), V(voicemail), V(fax), V(conference), V(hangup),
          V(abandoned), V(endless) or V(unknown), and C(at) is when that was certain, in milliseconds
          since the call arrived.
        - Beside them stand C(by) and C(queue), C(extension), C(cause) and C(told), C(in), or C(place).
      type: dict
      returned: always
    trace:
      description:
        - Every event of the call, each with C(t) in milliseconds, C(event), and its details.
        - Addresses of webhooks are masked.
      type: list
      elements: dict
      returned: when O(trace) is true
    fired:
      description: The places of the rules that ran, in order.
      type: list
      elements: str
      returned: always
    assumptions:
      description: The names of the assumptions that decided something in any call of the test.
      type: list
      elements: str
      returned: always
    unknown:
      description: The places of undeclared values that a call of the test needs.
      type: list
      elements: str
      returned: always
    not_modelled:
      description: The parts that a call of the test has reached and that are not simulated.
      type: list
      elements: str
      returned: always
    random:
      description: Whether chance decides in this call who is rung.
      type: bool
      returned: always
    calls:
      description: For how many calls the test stands.
      type: int
      returned: always
    failed:
      description: How many of them fail.
      type: int
      returned: always
    message:
      description:
        - Why the test is not passed, in lines.
        - The answer to a question, unless it is in the raw form. Else it is empty.
      type: str
      returned: always
    words:
      description: How the call ended, in words.
      type: str
      returned: always
  sample:
    - name: By day the phone rings
      place: tests[0]
      call:
        to: '74950000101'
        from: {number: '70000000000', anonymous: false}
        at: 1795510800
        local: Tue 2026-11-24 10:00 +01:00
        press: []
      passed: true
      outcome: {class: answered, by: '103', at: 5000}
      trace:
        - {t: 0, event: extension, number: '103', type: phone}
        - {t: 0, event: ring, who: '103', ms: 5000, result: answered}
        - {t: 5000, event: answered_by, who: '103'}
      fired: []
      assumptions: []
      unknown: []
      not_modelled: []
      random: false
      calls: 1
      failed: 0
      message: ''
      words: answered by 103 after 5 s
counts:
  description:
    - How many C(tests) there are, how many of them C(failed), and for how many C(calls) they stand.
    - A task that fails returns it too.
  returned: when the tests make sense
  type: dict
  sample: {tests: 3, failed: 0, calls: 2198}
coverage:
  description:
    - The parts that the calls of the tests have reached. Each of C(rules), C(options), C(interval_edges)
      and C(queue_exits) tells how many there are in C(total), how many were C(met), and the places of
      those that were C(missed).
    - Changes of intervals are those within a year. A call meets one when it asks in the last second before
      it, or in the first one after it.
  returned: when O(coverage) is true
  type: dict
  sample:
    rules: {total: 2, met: 1, missed: ['extensions[0] "103" > incom_rules[0] "Closed"']}
    options: {total: 0, met: 0, missed: []}
    interval_edges: {total: 0, met: 0, missed: []}
    queue_exits: {total: 0, met: 0, missed: []}
recorded:
  description: The C(path) of the file that was written, and how many C(tests) are in it.
  returned: when O(record) is given
  type: dict
  sample: {path: recorded_calls.yml, tests: 3}
today:
  description: The day that counted as today.
  returned: when a test asks for times within a year
  type: str
  sample: '2026-11-24'
requests:
  description: Number of requests to the API, by HTTP method. Requests for tokens are not counted.
  returned: always
  type: dict
  sample: {}
prompts:
  description:
    - The sounds that are spoken, each with C(title), C(text), C(voice), C(language) and its C(file).
    - C(rendered) says whether the file is still to be made. It is not written.
  returned: when a sound of the document has a C(text)
  type: list
  elements: dict
"""

from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._entry.run import run_module


def main() -> None:
    run_module(MODULES["pbx_call_test"])


if __name__ == "__main__":
    main()
