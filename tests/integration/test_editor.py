# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings for editors that the page about documents prints, in the language server that editors run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.tools.language_server import Editor, editor
from tests.tools.tree import ROOT

PAGE = (ROOT / "docs" / "tenant.md").read_text(encoding="utf-8")
INSTALLED = "collections/ansible_collections/telops/pbx"
PHONE = 'pbx_extensions:\n  - number: "101"\n    type: phone\n    '
# A part of the editor's message, by the text of the file.
WRONG = {
    f"{PHONE}label: No\n": "string",
    f"{PHONE}label: off\n": "string",
    f"{PHONE}lable: Anna\n": "lable",
    "pbx_extenions: []\n": "pbx_extenions",
    'pbx_protects: ["*"]\n': "pbx_protects",
    "pbx_exect_client_id: 7\n": "pbx_exect_client_id",
    "pbx_live_traffic: perhaps\n": "allow",
}
RIGHT = (
    f'{PHONE}label: "No"\n',
    f"{PHONE}label: !unsafe '{{{{ no template }}}}'\n",
    "pbx_app_secret: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\npbx_validate_certs: no\n",
    "pbx_protect: ['*Zoe*']\npbx_max_deletes: '{{ limit }}'\nshop_city: Faro\n",
)


def settings() -> dict[str, Any]:
    (text,) = re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.fixture(scope="module")
def open_editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """In a folder where the collection is installed."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / INSTALLED).parent.mkdir(parents=True)
    (folder / INSTALLED).symlink_to(ROOT)
    with editor(folder, settings()) as found:
        yield found


def of_texts(found: Editor, texts: Sequence[str], folder: str) -> dict[str, list[str]]:
    names = {f"{folder}/{number}.yml": text for number, text in enumerate(texts)}
    return {names[name]: said for name, said in found.marked(names).items()}


def test_v4_an_editor_marks_what_is_wrong(open_editor: Editor) -> None:
    found = of_texts(open_editor, list(WRONG), "host_vars/wrong")
    assert {text: said for text, said in found.items() if not any(WRONG[text] in one for one in said)} == {}


def test_v4_an_editor_marks_nothing_that_is_right(open_editor: Editor) -> None:
    examples = (ROOT / "docs" / "examples" / "tenants").rglob("*_vars/**/*.yml")
    texts = [*RIGHT, *(path.read_text(encoding="utf-8") for path in examples)]
    assert {text: said for text, said in of_texts(open_editor, texts, "host_vars/right").items() if said} == {}


def test_v4_an_editor_knows_the_schema_by_the_line_on_top_of_a_file(open_editor: Editor) -> None:
    (line,) = re.findall(r"^# yaml-language-server: .*$", PAGE, re.MULTILINE)
    address = re.sub(r"https://.*/main/", f"{ROOT.as_uri()}/", line)
    text = f"{address}\npbx_protects: []\n"
    assert of_texts(open_editor, [text], "elsewhere")[text] != []
