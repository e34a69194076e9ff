# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  state:
    description:
      - V(present) creates the object, or changes the options that are given.
      - V(absent) deletes it. An object that is not there is no error.
    type: str
    choices: [present, absent]
    default: present
"""

    ID = r"""
options:
  id:
    description:
      - Picks the object by its id, where several have the same name.
      - An object that is picked by its id can be renamed.
      - An id that does not exist is an error, unless O(state=absent) asks for just that.
    type: str
"""

    VOICEMAIL = r"""
options:
  vm_enabled:
    description: Whether a caller can leave a message where the call would otherwise fail.
    type: bool
  vm_greeting:
    description: The sound that callers hear before the beep, by its title or its id.
    type: str
  vm_mailto:
    description: The email address that is told about new messages.
    type: str
  vm_attach_file:
    description: Whether the email carries the message itself.
    type: bool
  vm_profile:
    description:
      - How messages are recorded. V(record_silence) keeps the pauses.
    type: str
    choices: [default, record_silence]
"""
