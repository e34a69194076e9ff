# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookups of ids and objects: one request for each list of a task, and no secret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

pytest.importorskip("ansible")

from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import lookup_loader
from ansible.template import Templar

from ansible_collections.telops.pbx.plugins.doc_fragments.lookup import ModuleDocFragment
from ansible_collections.telops.pbx.plugins.module_utils._entry import CONNECTION, CREDENTIALS, lookups
from tests.cases.inprocess import call
from tests.emulator.server import Emulator


def look(name: str, *terms: Any, variables: dict[str, Any] | None = None, **options: Any) -> list[Any]:
    templar = Templar(loader=DataLoader(), variables=variables or {})
    return list(lookup_loader.get(f"telops.pbx.{name}", templar=templar).run(list(terms), variables or {}, **options))


def of(pbx: Emulator) -> dict[str, Any]:
    return {"api_url": pbx.url, "access_token": pbx.access_token}


def pages(pbx: Emulator) -> Counter[tuple[str, str]]:
    """How often each page of each list was read."""
    return Counter((entry["path"], str(entry["query"])) for entry in pbx.log())


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that one task has for itself."""

    class Process:
        name = "WorkerProcess-1"

    monkeypatch.setattr(lookups.multiprocessing, "current_process", Process)
    yield
    for one in lookups._OPEN.values():
        one.client.close()
    lookups._OPEN.clear()


def test_names_become_ids_and_objects(pbx: Emulator, worker: None) -> None:
    assert not call(pbx, "pbx_agent", {"extension": "101", "name": "Anna"}).get("failed")
    assert not call(pbx, "pbx_interval", {"extension": "300", "name": "Day", "timezone": "Europe/Berlin",
                                          "conditions": [{"start_dow": 2, "end_dow": 6}]}).get("failed")  # fmt: skip
    pbx.clear_log()
    ids = look("id", "101", ["200", 300], **of(pbx))
    assert ids == [pbx.extension_id(number) for number in ("101", "200", "300")]
    (found,) = look("object", "300", **of(pbx))
    assert (found["id"], found["type"], found["label"]) == (ids[2], "ivr", "Main menu")
    (sound,) = look("object", "Welcome", kind="sound", **of(pbx))
    assert look("id", "Welcome", kind="sound", **of(pbx)) == [sound["id"]]
    # Each page of each list once, however many lookups.
    assert {path for path, dummy in pages(pbx)} == {"/client/@me/extension/", "/client/@me/sound/"}
    assert max(pages(pbx).values()) == 1
    (anna,) = look("id", "101/Anna", kind="agent", **of(pbx))
    assert anna == pbx.state()["extensions"][0]["agents"][0]["id"]
    assert look("id", "Day", kind="interval", extension="300", **of(pbx)) == [1]
    assert max(pages(pbx).values()) == 1
    assert pbx.writes() == []


def test_in_the_main_process_nothing_is_kept(pbx: Emulator) -> None:
    for dummy in range(2):
        look("id", "101", "102", **of(pbx))
    assert set(pages(pbx).values()) == {2}
    assert lookups._OPEN == {}


def test_the_connection_is_that_of_the_lookup_of_the_host_or_of_the_environment(
    pbx: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [pbx.extension_id("101")]
    host = {"pbx_api_url": pbx.url, "pbx_app_id": pbx.app_id, "pbx_app_secret": pbx.app_secret, "pbx_client": "@me"}
    assert look("id", "101", variables=host) == wanted
    for name, value in (("PBX_API_URL", pbx.url), ("PBX_ACCESS_TOKEN", pbx.access_token)):
        monkeypatch.setenv(name, value)
    assert look("id", "101") == wanted
    # Credentials never mix, and the nearest ones are taken.
    assert look("id", "101", variables={**host, "pbx_app_secret": pbx.app_secret}) == wanted
    with pytest.raises(AnsibleError, match=r"401|refused|token"):
        look("id", "101", variables=host, access_token="wrong-token-9c1e")


@pytest.mark.parametrize(
    ("terms", "options", "said"),
    [
        (["10"], {}, 'there is no extension "10"; did you mean "1'),
        ([" "], {}, "the name of the extension to look up is empty"),
        (["x"], {"kind": "user"}, "extension is missing; each extension has its own user objects"),
        (["x"], {"kind": "did", "extension": "101"}, "leave extension out"),
        (["Nothing"], {"kind": "interval"}, "there is no tenant interval at all"),
    ],
)
def test_what_is_wrong_is_a_sentence(pbx: Emulator, terms: list[str], options: dict[str, str], said: str) -> None:
    with pytest.raises(AnsibleError) as error:
        look("id", *terms, **options, **of(pbx))
    assert said in str(error.value)
    assert pbx.access_token not in str(error.value)


def test_an_object_shows_no_secret(pbx: Emulator) -> None:
    login = {"login": "eva", "name": "Eva", "password": "canary-4c1f", "email": "eva@example.com"}
    made = call(pbx, "pbx_user", {"extension": "101", **login})
    assert not made.get("failed"), made
    (found,) = look("object", "eva", kind="user", extension="101", **of(pbx))
    assert found["login"] == "eva"
    assert "password" not in found
    assert "canary" not in str(found)


def test_the_options_of_the_connection_are_those_of_the_modules() -> None:
    documented = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
    assert set(lookups.OPTIONS) <= set(documented)
    assert documented["kind"]["choices"] == list(lookups.KINDS)
    for name in lookups.OPTIONS:
        option, spec = documented[name], CONNECTION[name]
        environment = [one["name"] for one in option.get("env", [])]
        assert (option["type"], option.get("default")) == (spec["type"], spec.get("default")), name
        wanted = [CREDENTIALS[name]] if name in CREDENTIALS else spec.get("fallback", (None, []))[1]
        assert environment == wanted, name
