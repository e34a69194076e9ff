# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The linter of prose finds sentences that break the style guide, and names their lines."""

from __future__ import annotations

from pathlib import Path

from tests.tools.prose import _TASKS, Text, _documented, _lines, _messages, _scalars, run, terms

PAGE = """\
# What a heading names

The module deletes the agent. Whose
agent it is does not matter. What happens?

Nothing waits for `what` in code, and [a link](what.md) is
no prose. It knows what to do. A body of
the request stays. Of two, one goes.

- It prints what it does.
"""
MODULE = '''
DOCUMENTATION = r"""
module: pbx_x
description:
  - The module is fine.
  - >-
    What it does
    is C(not).
options:
  what:
    description: Of two, one.
    default: what is this
"""
'''
TASKS = """
- name: Say what went wrong
  ansible.builtin.debug:
    msg: "{{ what }} is fine"
"""
CODE = """
raise ValueError(f"extension {1}: what is there is wrong, write anew")
"""


def test_what_the_linter_finds(tmp_path: Path) -> None:
    path = tmp_path / "pbx_x.py"
    path.write_text(MODULE, encoding="utf-8")
    code = tmp_path / "code.py"
    code.write_text(CODE, encoding="utf-8")
    texts = [
        Text("page.md", "pages", PAGE),
        _lines("pbx_x.py", "plugins", _documented(path)),
        _lines("code.py", "messages", _messages(code)),
        _lines("tasks.yml", "tasks", _scalars(TASKS, 0, _TASKS)),
    ]
    found = [
        [(text.line(line), message.split(";")[0]) for line, message in sorted(result["found"])]
        for text, result in zip(texts, run(texts), strict=True)
    ]
    noun = 'what: "what" stands for a noun'
    start = 'start: no sentence begins with "{}"'.format
    assert found == [
        [
            (1, start("What")),
            (1, noun),
            (3, start("Whose")),
            (7, 'term: write "request body" instead of "body of the request"'),
            (8, start("Of")),
            (10, noun),
        ],
        [(6, start("What")), (6, noun), (11, start("Of"))],
        [(2, 'term: write "again" instead of "anew"'), (2, noun)],
        [(2, noun)],
    ]


def test_the_words_are_those_of_the_style_guide() -> None:
    assert ("again", "anew") in terms()
    assert ("request body", "body of the request") in terms()
    assert all(wanted not in refused.split(", ") for wanted, refused in terms())
