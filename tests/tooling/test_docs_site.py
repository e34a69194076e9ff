# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The changes to the pages of the documentation site."""

from __future__ import annotations

import re

from tests.tools.docs_site import connection_last

ROW = """\
  <tr class="row-{}">
    <td><div class="ansibleOptionAnchor" id="parameter-{}"></div></td>
  </tr>
"""
PAGE = """\
.. raw:: html

  <table class="colwidths-auto ansible-option-table docutils align-default" style="width: 100%">
  <thead>
  <tr class="row-odd">
  </tr>
  </thead>
  <tbody>
{}  </tbody>
  </table>

After
"""


def page(*options: str) -> str:
    return PAGE.format("".join(ROW.format("odd" if n % 2 else "even", name) for n, name in enumerate(options)))


def test_the_connection_comes_behind_the_options_of_the_module() -> None:
    before = page("access_token", "conditions", "conditions/month", "dialect", "dialect/scheme", "name")
    after = page("conditions", "conditions/month", "name", "access_token", "dialect", "dialect/scheme")
    assert connection_last(before, {"access_token", "dialect"}) == after


def test_a_page_without_options_stays_as_it_is() -> None:
    assert connection_last("No options.\n", {"dialect"}) == "No options.\n"
    assert re.search("After", connection_last(page("name"), ()))
