# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  prompt_command:
    description:
      - The program that speaks the C(text) of sounds, and its arguments, each as one word. No shell is involved.
      - The text is its standard input, and is also in the file C({text_file}). C({voice}) and C({language}) stand for
        those of the sound. Without C({output}), the program prints the sound.
      - For example V([piper, --model, '{voice}', --output_file, '{output}']).
    type: list
    elements: str
    default: [espeak-ng, -v, '{voice}', -w, '{output}', --stdin]
  prompt_folder:
    description:
      - The folder for the files of sounds with a C(text), on the host that the module runs on. Commit them, and other
        control nodes send the same bytes without speaking the text again.
    type: path
    default: prompts
"""
