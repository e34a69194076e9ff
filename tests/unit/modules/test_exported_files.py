# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The second export over the files of the first: nothing that people have put there is lost, and the diff shows it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader

from ansible_collections.telops.pbx.plugins.module_utils._entry import kept
from tests.cases import variables
from tests.cases.inprocess import call
from tests.emulator.server import Emulator
from tests.tools.tree import ROOT

VAULT = "$ANSIBLE_VAULT;1.1;AES256\n3061623263\n6465666768\n"
ANNA = {"login": "anna", "name": "Anna", "email": "anna@example.com", "password": "correct horse battery"}
PLACEHOLDER = '"********"  # not exported; set it for a new tenant, here it stays as it is'


@pytest.fixture
def tenant(pbx: Emulator) -> Emulator:
    call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "users": [ANNA]}]})
    call(pbx, "pbx_conference", {"extension": "500", "pin": "48151623"})
    return pbx


def export(pbx: Emulator, folder: Path, check: bool = False) -> dict[str, Any]:
    return call(pbx, "pbx_tenant_info", {"path": str(folder)}, check=check)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


# Texts that people write in place of a placeholder, and their spelling in the next export.
OWN = {
    "in clear": ("secret-1234", "secret-1234"),
    "in quotes": ('"0123"', '"0123"'),
    "in single quotes": ("'it''s'", '"it\'s"'),
    "a number": ("12345678", "12345678"),
    "a template": ('"{{ vault_anna }}"', '"{{ vault_anna }}"'),
    "no template": ('!unsafe "{{ x"', '!unsafe "{{ x"'),
    "encrypted": ("!vault |\n            " + VAULT.replace("\n", "\n            ").rstrip(), None),
    "on several lines": ("|\n            two\n            lines\n", '"two\\nlines\\n"'),
}


@pytest.mark.parametrize(("own", "spelled"), OWN.values(), ids=OWN)
def test_f2_a_secret_in_place_of_a_placeholder_is_kept(
    tenant: Emulator, tmp_path: Path, own: str, spelled: str | None
) -> None:
    assert export(tenant, tmp_path).get("msg") is None
    path = tmp_path / "pbx_extensions.yml"
    user = f"password: {PLACEHOLDER}"
    edit(path, user, f"password: {own}")
    before = loaded(path)
    call(tenant, "pbx_extension", {"number": "101", "label": "New"})
    result = export(tenant, tmp_path)
    assert result.get("msg") is None
    assert result["files"] == [str(path)]
    text = path.read_text(encoding="utf-8")
    assert spelled is None or f"password: {spelled}\n" in text
    assert user not in text
    after = loaded(path)
    assert after["users"][0]["password"] == before["users"][0]["password"]
    assert (before["label"], after["label"]) == ("Reception", "New")
    assert export(tenant, tmp_path)["files"] == []


def loaded(path: Path) -> dict[str, Any]:
    loader = type("Loader", (yaml.SafeLoader,), {})
    for tag in ("!vault", "!unsafe"):
        loader.add_constructor(tag, lambda loader, node: (node.tag, loader.construct_scalar(node)))  # type: ignore[attr-defined]
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), loader)["pbx_extensions"][0]  # noqa: S506
    return found


def test_f2_what_no_export_ever_writes_is_kept_too(tenant: Emulator, tmp_path: Path) -> None:
    """The password of a phone, and the file of a sound."""
    export(tenant, tmp_path)
    edit(tmp_path / "pbx_sounds.yml", "  - title: Welcome\n", '  - title: Welcome\n    file: "{{ dir }}/x.wav"\n')
    path = tmp_path / "pbx_extensions.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    phone:\n", "    phone:\n      password: canary-4711\n", 1), encoding="utf-8")
    call(tenant, "pbx_extension", {"number": "101", "label": "New"})
    pbx = tenant
    pbx.insert("sound", title="Another", dealer_id=None, filename=None)
    result = export(tenant, tmp_path)
    assert result.get("msg") is None
    assert loaded(path)["phone"]["password"] == "canary-4711"
    assert '    file: "{{ dir }}/x.wav"\n' in (tmp_path / "pbx_sounds.yml").read_text(encoding="utf-8")
    assert export(tenant, tmp_path)["files"] == []


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("text", [VAULT, f"\n{VAULT}"])
def test_f2_an_encrypted_file_is_not_replaced(tenant: Emulator, tmp_path: Path, text: str, check: bool) -> None:
    path = tmp_path / "pbx_extensions.yml"
    path.write_text(text, encoding="utf-8")
    result = export(tenant, tmp_path, check=check)
    assert result["msg"] == (
        f"path: {path} is encrypted with ansible-vault, and the export would replace it with plain text; "
        "export into another folder, or decrypt it first"
    )
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_text(encoding="utf-8") == text


def test_f2_a_secret_without_a_place_is_not_lost(tenant: Emulator, tmp_path: Path) -> None:
    export(tenant, tmp_path)
    path = tmp_path / "pbx_extensions.yml"
    edit(path, f"password: {PLACEHOLDER}", "password: canary-4711")
    call(tenant, "pbx_user", {"extension": "101", "login": "anna", "state": "absent"})
    before = path.read_text(encoding="utf-8")
    result = export(tenant, tmp_path)
    assert result["msg"] == (
        f"path: {path} would lose extensions > 101 > users > anna > password, which is not in the new export; "
        "take it out, or export into another folder"
    )
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "text",
    [
        "pbx_extensions: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  61\n",
        "pbx_extensions:\n  - number: '101'\n    label: !vault |\n      $ANSIBLE_VAULT;1.1;AES256\n      61\n",
    ],
)
def test_f2_what_is_encrypted_elsewhere_is_not_lost(tenant: Emulator, tmp_path: Path, text: str) -> None:
    path = tmp_path / "pbx_extensions.yml"
    path.write_text(text, encoding="utf-8")
    line = 1 + text[: text.index("!vault")].count("\n")
    assert f"would lose the encrypted value in line {line}; " in export(tenant, tmp_path)["msg"]
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "is no text in UTF-8"),
        (b"a: [", "is no YAML"),
        (b"[" * 50_000, "is no YAML"),
        (b"a: 1\n---\nb: 2\n", "is no YAML"),
    ],
)
def test_f2_what_no_export_has_written_is_not_replaced(
    tenant: Emulator, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "pbx_extensions.yml"
    path.write_bytes(content)
    assert export(tenant, tmp_path)["msg"] == f"path: {path} {says}, so that no export has written it; move it away"
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "text", ["", "---\n", "x", "- 1\n", "pbx_extensions: 1\n", "pbx_extensions: [1, [2], {a: b}]\n"]
)
def test_f2_other_contents_are_replaced_and_shown(tenant: Emulator, tmp_path: Path, text: str) -> None:
    path = tmp_path / "pbx_extensions.yml"
    path.write_text(text, encoding="utf-8")
    result = export(tenant, tmp_path)
    assert result.get("msg") is None
    assert [one["before"] for one in result["diff"] if one["before_header"] == str(path)] == [text]


def test_f2_without_pyyaml_only_new_files_are_written(
    tenant: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "yaml", None)
    assert export(tenant, tmp_path).get("msg") is None
    assert "only with the Python library PyYAML" in export(tenant, tmp_path)["msg"]


def test_f2_the_diff_shows_what_is_overwritten_and_no_secret(tenant: Emulator, tmp_path: Path) -> None:
    export(tenant, tmp_path)
    path = tmp_path / "pbx_extensions.yml"
    edit(path, f"password: {PLACEHOLDER}", "password: canary-4711")
    edit(path, "label: Reception\n", "label: Edited by hand\n")
    for check in (True, False):
        result = export(tenant, tmp_path, check=check)
        (diff,) = result["diff"]
        assert (result["changed"], diff["before_header"], diff["after_header"]) == (True, str(path), str(path))
        assert "canary" not in str(result)
        assert "label: Edited by hand\n" in diff["before"]
        assert diff["before"].replace("Edited by hand", "Reception") == diff["after"]
        assert 'password: "********"\n' in diff["after"]
    assert "canary-4711" in path.read_text(encoding="utf-8")


# -- where an export goes


def base(sources: list[str], folder: str | None) -> str:
    known = {"ansible_inventory_sources": sources, "inventory_dir": folder, "inventory_hostname": "north"}
    return str(
        variables.filled_in("{{ lookup('telops.pbx.beside_inventory', 'tenants/' ~ inventory_hostname) }}", known)
    )


def test_f2_an_export_goes_beside_the_inventory(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    for folder in (inventory, inventory / "inner"):
        folder.mkdir()
        (folder / "hosts.yml").write_text("all: {hosts: {north: }}\n", encoding="utf-8")
    file = str(tmp_path / "hosts.yml")
    beside = str(tmp_path / "tenants" / "north")
    assert base([file], str(tmp_path)) == beside
    assert base([str(inventory)], str(inventory)) == beside
    assert base([str(inventory)], str(inventory / "inner")) == beside
    assert base([file, str(inventory)], str(inventory)) == beside
    assert base([str(inventory), file], str(tmp_path)) == beside
    assert base(["north,"], None) == str(Path.cwd() / "tenants" / "north")


def test_f2_no_file_of_a_run_lies_in_an_inventory_folder() -> None:
    """Ansible would read it. The hidden folder .pbx alone may lie there."""
    texts = [
        path.read_text(encoding="utf-8") for name in ("playbooks", "roles") for path in (ROOT / name).rglob("*.yml")
    ]
    folders = [line for text in texts for line in text.splitlines() if re.search(r"\binventory_dir\b", line)]
    assert folders
    assert all("| realpath }}/.pbx" in line for line in folders)


def test_f2_an_export_is_no_inventory(tenant: Emulator, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    inventory.mkdir()
    (inventory / "hosts.yml").write_text("all: {hosts: {north: }}\n", encoding="utf-8")
    export(tenant, Path(base([str(inventory)], str(inventory))))
    found = InventoryManager(DataLoader(), [str(inventory)])
    assert [host.name for host in found.list_hosts()] == ["north"]
    assert set(found.groups) == {"all", "ungrouped"}


def test_f2_the_diff_shows_no_secret_of_an_address(tenant: Emulator, tmp_path: Path) -> None:
    """Neither of one that goes into the file, nor of one that is edited there."""
    address = "https://bot:hook-secret-77@hooks.example.com/services/T0/B0/SECRET?token=QSECRET"
    event = {"event_type": "dial-in", "url": address, "method": "GET"}
    call(tenant, "pbx_tenant", {"extensions": [{"number": "101", "events": [event]}]})
    for dummy in (1, 2):
        result = export(tenant, tmp_path)
        shown = str(result["diff"])
        assert "hooks.example.com" in shown
        assert not [secret for secret in ("hook-secret-77", "B0", "SECRET") if secret in shown]
        path = tmp_path / "pbx_extensions.yml"
        assert address in path.read_text(encoding="utf-8")
        edit(path, address, address + "2")
