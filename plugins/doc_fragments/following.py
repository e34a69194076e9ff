# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  sounds:
    description:
      - The sounds of the document, as in O(telops.pbx.pbx_tenant#module:sounds). A C(file) tells how long its sound
        is, and so does a C(text), which is spoken where its file is not there yet, and not written.
    type: list
    elements: dict
  intervals:
    description:
      - The time intervals of the document, as in O(telops.pbx.pbx_tenant#module:intervals).
    type: list
    elements: dict
  dial_rules:
    description:
      - The dial rules of the document, as in O(telops.pbx.pbx_tenant#module:dial_rules). They are not applied to
        calls.
    type: list
    elements: dict
  extension_groups:
    description:
      - The groups of the document, as in O(telops.pbx.pbx_tenant#module:extension_groups).
    type: list
    elements: dict
  extensions:
    description:
      - The extensions of the document, as in O(telops.pbx.pbx_tenant#module:extensions).
    type: list
    elements: dict
  dids:
    description:
      - The numbers of the document, as in O(telops.pbx.pbx_tenant#module:dids).
    type: list
    elements: dict
  purge:
    description:
      - The sections in which the module deletes undeclared objects, as in
        O(telops.pbx.pbx_tenant#module:purge).
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
  offline:
    description:
      - Whether the document is all there is. Then no request is sent, and no option of the connection is needed.
      - Otherwise, the whole tenant is read from the PBX, and the document is laid over it, as a plan of
        M(telops.pbx.pbx_tenant) would do. Without a document, it is the PBX as it is.
    type: bool
    default: false
  today:
    description:
      - The day that counts as today, in the form C(YYYY-MM-DD).
      - If not set, it is the day on which the module runs.
    type: str
  assumptions:
    description:
      - Assumptions where the documentation of the platform is silent, such as C(queue_answers=never), by its name.
      - The names, the values and the defaults are listed on the page about calls, C(docs/calls.md).
    type: dict
"""
