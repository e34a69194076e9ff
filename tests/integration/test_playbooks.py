# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks for many tenants, by their names, on the example inventory of three shops."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.emulator.server import Emulator
from tests.tools.ansible import ROOT, Ansible, Run
from tests.tools.demo import same_requests

EXAMPLE = ROOT / "docs" / "examples" / "tenants"
SHOPS = ("lisbon", "porto", "faro")


@dataclass
class Shops:
    """A copy of the example, and an empty tenant for each of its hosts."""

    ansible: Ansible
    emulator: Emulator
    folder: Path
    clients: dict[str, dict[str, Any]]

    def play(self, name: str, *args: str, **env: str) -> Run:
        self.emulator.clear_log()
        run = self.ansible.playbook(f"telops.pbx.{name}", *args, inventory=self.folder / "inventory.yml", env=env)
        # Passwords never come back, and a run that writes down how to undo it says so.
        assert [one for one in run.warnings if "undo cannot bring back" not in one] == []
        for client in self.clients.values():
            for secret in ("app_secret", "access_token"):
                assert client[secret] not in run.output
        return run

    def good(self, name: str, *args: str, **env: str) -> Run:
        run = self.play(name, *args, **env)
        assert run.rc == 0, run.output
        return run

    def host(self, shop: str, **values: Any) -> None:
        """Change variables of one shop."""
        path = self.folder / "host_vars" / f"{shop}.yml"
        before = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump({**before, **values}), encoding="utf-8")

    def apps(self, **wrong: str) -> None:
        """Write the vault, and the address of the emulator. wrong: for some shops, another secret."""
        known = {
            shop: {"id": client["app_id"], "secret": wrong.get(shop, client["app_secret"])}
            for shop, client in self.clients.items()
        }
        # Files of a group are read in the order of their names, and the last one wins.
        path = self.folder / "group_vars" / "all" / "vault.yml"
        path.write_text(yaml.safe_dump({"pbx_api_url": self.emulator.url, "vault_pbx_apps": known}), encoding="utf-8")

    def writes(self) -> Counter[str]:
        """How many requests have changed the tenant of each shop."""
        shops = {client["client_id"]: shop for shop, client in self.clients.items()}
        return Counter(shops[entry["client_id"]] for entry in self.emulator.writes())


@pytest.fixture
def shops(ansible: Ansible, emulator: Emulator) -> Shops:
    emulator.reset(seed="empty")
    folder = ansible.folder / "shops"
    shutil.copytree(EXAMPLE, folder)
    clients = {shop: emulator.add_client() for shop in SHOPS}
    for shop, client in clients.items():
        own = yaml.safe_load((folder / "host_vars" / f"{shop}.yml").read_text(encoding="utf-8"))
        assert client["client_id"] == own["shop_client_id"]
        number = {"name": own["shop_number"], "domain": "sip.pbx.invalid", "extension_id": None,
                  "allow_message": False, "message_extension_id": None, "comment": None,
                  "create_date": "2026-01-01 00:00:00"}  # fmt: skip
        emulator.control("POST", "objects", {"kind": "did", "client_id": client["client_id"], "body": number})
    found = Shops(ansible, emulator, folder, clients)
    found.apps()
    return found


def steps(run: Run, shop: str) -> list[dict[str, Any]]:
    """The steps that the run announced, or took, for one shop."""
    return [step for task in run.tasks if task.host == shop for step in task.result.get("plan", [])]


def failed(run: Run) -> set[str]:
    """The hosts that the recap counts as failed."""
    rows = [line.split() for line in run.stdout.partition("PLAY RECAP")[2].splitlines() if " : " in line]
    return {row[0] for row in rows if "failed=0" not in row}


def test_shops_from_nothing_to_a_repaired_difference(shops: Shops) -> None:
    planned = shops.good("plan")
    assert re.search(
        r"3 of 3 tenants with changes: [1-9]\d* to create, [1-9]\d* to change, 0 to delete", planned.stdout
    )
    assert shops.writes() == {}
    assert shops.play("drift").rc == 2
    real = shops.good("site")
    assert re.search(r"3 of 3 tenants with changes: [1-9]\d* created, [1-9]\d* changed, 0 deleted", real.stdout)
    for shop in SHOPS:
        client = shops.clients[shop]["client_id"]
        sent = [entry for entry in shops.emulator.writes() if entry["client_id"] == client]
        assert len(sent) > 10
        assert same_requests(steps(planned, shop), sent)
    shops.good("site")
    assert shops.writes() == {}

    shops.host("porto", shop_closes="21:00:00")
    # The drift playbook names an object that the document does not list, and does not count it as a difference.
    lisbon = shops.clients["lisbon"]["client_id"]
    left = {"kind": "agent", "client_id": lisbon, "extension": shops.emulator.extension_id("101", lisbon)}
    shops.emulator.control("POST", "objects", {**left, "body": {"name": "Left over"}})
    drift = shops.play("drift")
    assert 'extension "101" > agent "101/Left over"' in drift.output.replace('\\"', '"')
    assert "1 object is not in the document" in drift.output
    assert "0 to delete; 1 object is not in their documents" in drift.output
    assert (drift.rc, failed(drift), shops.writes()) == (2, {"porto"}, {})
    assert "porto does not match its document" in drift.output
    assert "lisbon matches its document" in drift.output
    (step,) = steps(drift, "porto")
    assert (step["action"], "Opening hours" in step["object"]) == ("update", True)
    assert f"update {step['object']}" in drift.output.replace('\\"', '"')
    shops.good("site")
    assert shops.writes() == {"porto": 1}
    shops.good("drift")


@pytest.mark.long
def test_an_export_is_a_document_without_difference(shops: Shops) -> None:
    shops.good("site")
    shops.good("export", "--limit", "faro")
    folder = shops.folder / "tenants" / "faro"
    assert {path.name for path in folder.iterdir()} >= {"pbx_extensions.yml", "pbx_dids.yml", "pbx_intervals.yml"}
    assert not [task for task in shops.good("export", "--limit", "faro").tasks if task.changed]
    shops.good("drift", "--limit", "faro", "-e", f"pbx_tenant_folder={folder}")
    assert shops.writes() == {}

    # It is the folder that counts: the shop as it is differs from a variable of the inventory, and not from its export.
    shops.host("faro", shop_closes="21:00:00")
    shops.good("drift", "--limit", "faro", "-e", f"pbx_tenant_folder={folder}")
    assert shops.play("drift", "--limit", "faro").rc == 2
    empty = shops.play("site", "--limit", "faro", "-e", f"pbx_tenant_folder={shops.folder / 'sounds'}")
    assert empty.rc == 2
    assert "No file pbx_*.yml" in empty.output
    assert shops.writes() == {}


@pytest.mark.long
def test_passwords_are_no_difference(shops: Shops) -> None:
    canary = "canary-5d1c-secret"
    phone = {"number": "103", "type": "phone", "phone": {"password": canary}}
    shops.host("faro", shop_own_extensions=[phone])
    for run in (shops.good("site", "--limit", "faro"), shops.good("drift", "--limit", "faro", "-vvv")):
        assert canary not in run.output
        assert canary not in json.dumps([task.result for task in run.tasks])
    again = shops.good("site", "--limit", "faro")
    assert [step["object"] for step in steps(again, "faro")] == ['extension "103" > phone']


@pytest.mark.parametrize("batch", ["100%", pytest.param("1", marks=pytest.mark.long)])
def test_a_tenant_that_fails_stops_no_other(shops: Shops, batch: str) -> None:
    shops.apps(lisbon="not-the-secret-of-this-shop")
    run = shops.play("site", "-e", f"pbx_serial={batch}", "-e", "pbx_throttle=1")
    assert (run.rc, failed(run)) == (2, {"lisbon"})
    assert "not-the-secret-of-this-shop" not in run.output
    assert set(shops.writes()) == {"porto", "faro"}

    shops.emulator.clear_log()
    drift = shops.play("drift")
    assert (drift.rc, failed(drift), shops.writes()) == (2, {"lisbon"}, {})


def test_no_batch_begins_after_one_in_which_too_many_fail(shops: Shops) -> None:
    shops.apps(lisbon="not-the-secret-of-this-shop")
    waves = {"pbx_serial": [1, "100%"], "pbx_max_fail_percentage": 20}
    run = shops.play("site", "-e", json.dumps({"pbx_hosts": "lisbon,porto,faro", **waves}), "--limit", "all")
    assert (run.rc, failed(run), shops.writes()) == (2, set(SHOPS), {})
    [told] = [task.result["msg"] for task in run.tasks if task.name == "Print the tenants that were not begun"]
    why = "Not begun, because 100 % of the tenants of an earlier batch failed, and pbx_max_fail_percentage is 20."
    assert told == [why, "porto, faro"]
    assert run.output.count("check pbx_app_id and pbx_app_secret") == 1


# The mistakes in the variables of a host, and the words for each.
WRONG: dict[str, dict[str, tuple[dict[str, Any], str]]] = {
    "names": {
        "lisbon": ({"pbx_app_secret": "not-the-secret-of-this-shop"}, "check pbx_app_id and pbx_app_secret"),
        "porto": ({"pbx_protects": ["*"]}, "nothing takes the variable pbx_protects"),
        "faro": ({"pbx_api_url": ""}, "pbx_api_url is missing"),
    },
    "values": {
        "lisbon": ({"pbx_protect": "{{ nowhere }}"}, "pbx_protect has no value, because nowhere is undefined"),
        "porto": ({"pbx_app_secret": "{{ 1 | nofilter }}"}, "pbx_app_secret has no value, because "),
        "faro": ({"pbx_max_deletes": "many"}, "pbx_max_deletes is 'many', which is not a whole number"),
    },
    "documents": {
        "lisbon": ({"pbx_extensions": "none"}, "pbx_extensions is text, where a list belongs"),
        "porto": ({"pbx_tenant_folder": "{{ inventory_dir }}/sounds"}, "No file pbx_*.yml"),
        "faro": ({"pbx_max_deletes": "{{ nowhere }}"}, "pbx_max_deletes has no value, because nowhere is undefined"),
    },
}


@pytest.mark.parametrize(
    ("name", "kind"), [("plan", "names"), ("export", "names"), ("site", "values"), ("plan", "documents")]
)
def test_e5_a_failure_is_told_once_and_in_the_words_of_its_host(shops: Shops, name: str, kind: str) -> None:
    told = {shop: words for shop, (dummy, words) in WRONG[kind].items()}
    for shop, (variables, dummy) in WRONG[kind].items():
        shops.host(shop, **variables)
    report = shops.folder / "report.json"
    review = {"ANSIBLE_CALLBACKS_ENABLED": "telops.pbx.plan", "PBX_PLAN_SUMMARY": "0", "PBX_PLAN_REPORT": str(report)}
    run = shops.play(name, **review)
    assert (run.rc, failed(run)) == (2, set(told))
    for shop, message in told.items():
        assert run.output.count(message) == 1, run.output
        assert run.output.index(message) > run.output.rindex("TASK [Print the failures]")
        failures = json.loads(report.read_text(encoding="utf-8"))["tenants"][shop]["failures"]
        assert [message in one["message"] for one in failures] == [True]
    assert shops.writes() == {}


def test_credentials_of_another_shop_change_nothing(shops: Shops) -> None:
    shops.clients["lisbon"], shops.clients["porto"] = shops.clients["porto"], shops.clients["lisbon"]
    shops.apps()
    run = shops.play("site")
    assert (run.rc, failed(run)) == (2, {"lisbon", "porto"})
    assert set(shops.writes()) == {"faro"}


@pytest.mark.long
def test_a_saved_plan_is_what_is_applied(shops: Shops) -> None:
    plan_file = ("-e", "pbx_plan_file={{ inventory_dir }}/{{ inventory_hostname }}.json")
    shops.good("plan", *plan_file)
    saved = json.loads((shops.folder / "porto.json").read_text(encoding="utf-8"))
    shops.host("faro", shop_closes="21:00:00")
    run = shops.play("site", *plan_file)
    assert (run.rc, failed(run)) == (2, {"faro"})
    assert shops.writes()["porto"] == len(saved["steps"])
    assert set(shops.writes()) == {"lisbon", "porto"}


@pytest.mark.long
def test_a_tenant_leaves(shops: Shops) -> None:
    shops.good("site")
    folder = shops.folder / "left"
    given = ("-e", f"offboard_folder={folder}")
    before = shops.emulator.state(101)
    for confirmed in ((), ("-e", "offboard_client_id=102")):
        refused = shops.play("offboard", "--limit", "lisbon", *given, *confirmed)
        assert (refused.rc, failed(refused), shops.writes()) == (2, {"lisbon"}, {})
        assert not folder.exists()

    confirmed = ("-e", "offboard_client_id=101")
    preview = shops.good("offboard", "--limit", "lisbon", "--check", *given, *confirmed)
    assert shops.writes() == {}
    assert not folder.exists()
    assert shops.emulator.state(101) == before
    announced = steps(preview, "lisbon")
    assert announced[0]["object"] == 'DID "351210000101"'

    # An export of another state is not lost, as that of a run which did not come to its end.
    folder.mkdir()
    other = folder / "pbx_extensions.yml"
    other.write_text("pbx_extensions: []\n", encoding="utf-8")
    refused = shops.play("offboard", "--limit", "lisbon", *given, *confirmed)
    assert (refused.rc, failed(refused), shops.writes()) == (2, {"lisbon"}, {})
    assert "holds an export of another state of the tenant" in refused.output
    assert other.read_text(encoding="utf-8") == "pbx_extensions: []\n"
    other.unlink()

    # All others refuse: the confirmation is for one tenant.
    run = shops.play("offboard", *given, *confirmed)
    assert (run.rc, failed(run)) == (2, {"porto", "faro"})
    assert same_requests(announced, shops.emulator.writes())
    assert (folder / "pbx_extensions.yml").exists()
    left = shops.emulator.state(101)
    assert {name: rows for name, rows in left.items() if rows and name in ("extensions", "sounds", "intervals")} == {}
    assert [did["extension_id"] for did in left["dids"]] == [None]
    assert shops.emulator.state(102)["extensions"]

    exported = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    again = shops.good("offboard", "--limit", "lisbon", *given, *confirmed)
    assert (steps(again, "lisbon"), shops.writes()) == ([], {})
    assert [task.name for task in again.tasks if task.changed] == []
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == exported


def test_all_tenants_are_checked_and_told_in_one_table(shops: Shops) -> None:
    line = yaml.safe_load((shops.folder / "host_vars" / "porto.yml").read_text(encoding="utf-8"))["shop_number"]
    lost = [{"name": "Nobody is sent away", "call": line, "at": "2026-11-29 03:00", "expect": {"answered": "any"}}]
    shops.host("porto", pbx_call_tests=lost)
    run = shops.play("check", "-e", "pbx_offline=true")
    assert run.rc == 2
    assert failed(run) == {"porto"}
    table = re.findall(r'"(\w+) +(\d+|-) +(\d+|-) +(\d+|-) +(\d+|-) +(\d+|-)"', run.stdout)
    assert [(row[0], row[1], row[4], row[5]) for row in table] == [
        ("lisbon", "0", "-", "-"),
        ("porto", "0", "1", "1"),
        ("faro", "0", "-", "-"),
    ]
    assert "pbx_call_tests[0] Nobody is sent away: not passed" in run.stdout
    assert shops.emulator.log() == []
    shops.host("porto", pbx_call_tests=[{**lost[0], "expect": {"within": 600}}])
    shops.good("check")
    assert shops.writes() == {}
