# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes the collection importable from a checkout of any name, and provides the fixtures that every suite shares."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.tools.ansible import Ansible
from tests.tools.tree import link

if TYPE_CHECKING:
    from tests.emulator.server import Emulator


def _make_collection_importable() -> None:
    base = str(link())
    try:
        from ansible.utils.collection_loader._collection_finder import _AnsibleCollectionFinder
    except ImportError:
        # Everything below plugins/module_utils/_entry is plain Python and is tested without Ansible too.
        sys.path.insert(0, base)
    else:
        _AnsibleCollectionFinder(paths=[base], scan_sys_paths=False)._install()


_make_collection_importable()


def _keep_compiled_code() -> None:
    """Let the processes of this session share their compiled code: tests/tools/compiled says why."""
    folder = str(Path(__file__).with_name("tools") / "compiled")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH")]))
    os.environ["TESTS_COMPILED"] = str(Path(__file__).parents[1] / ".cache" / "compiled")


_keep_compiled_code()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--about", help="only what tests this module, or the modules of this noun: pbx_agent, agent")
    parser.addoption("--quick", action="store_true", help="only tests that answer soon, without an emulator")
    parser.addoption("--in-process", action="store_true", help="only tests that run no ansible-playbook")


def _about(config: pytest.Config) -> set[str]:
    name = config.getoption("--about")
    return {name} if name.startswith("pbx_") else {f"pbx_{name}", f"pbx_{name}_info"}


def pytest_configure(config: pytest.Config) -> None:
    # How long an example takes says something about the machine, and nothing about the code.
    untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("searching", untimed)
    # A commit is as red or green tomorrow as it is today. New examples are looked for where more are asked for.
    settings.register_profile("repeatable", untimed, derandomize=True, database=None, print_blob=True)
    settings.load_profile("searching" if "PBX_TEST_EXAMPLES" in os.environ else "repeatable")
    if config.getoption("--about"):
        from tests.cases import CASES

        for module in set(CASES) - _about(config):
            del CASES[module]
        if not CASES:
            raise pytest.UsageError(f"no table in tests/cases is about {config.getoption('--about')}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--about"):
        _keep(config, items, lambda item: _tests(item, _about(config)))
    if config.getoption("--quick"):
        _keep(config, items, _is_quick)
    if config.getoption("--in-process"):
        _keep(config, items, lambda item: "ansible" not in getattr(item, "fixturenames", ()))


def _keep(config: pytest.Config, items: list[pytest.Item], wanted: Callable[[pytest.Item], bool]) -> None:
    judged = [(item, wanted(item)) for item in items]
    config.hook.pytest_deselected(items=[item for item, kept in judged if not kept])
    items[:] = [item for item, kept in judged if kept]


def _is_quick(item: pytest.Item) -> bool:
    """Neither a test that starts an emulator, nor one that tries many examples, nor one that is long."""
    if item.get_closest_marker("long") is not None or _starts_a_pbx(item.path):
        return False
    if not isinstance(item, pytest.Function):
        return True
    return "emulator_process" not in item.fixturenames and not getattr(item.obj, "is_hypothesis_test", False)


@cache
def _starts_a_pbx(file: Path) -> bool:
    """Whether the tests of a file start an emulator of their own."""
    return "with Emulator(" in file.read_text(encoding="utf-8")


def _tests(item: pytest.Item, modules: set[str]) -> bool:
    """Whether an item is about one of the modules: by its parameters, or as it runs over all cases."""
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    about = {
        params.get("module"),
        getattr(params.get("case"), "module", None),
        f"pbx_{getattr(params.get('noun'), 'name', None)}",
    }
    return item.get_closest_marker("every_case") is not None or not modules.isdisjoint(about)


@pytest.fixture(scope="session")
def emulator_process() -> Iterator[Emulator]:
    """One emulator for the whole session; use ``emulator``, which hands it out clean."""
    from tests.emulator.server import Emulator

    with Emulator() as running:
        yield running


@pytest.fixture
def emulator(emulator_process: Emulator) -> Emulator:
    """The emulator as freshly started: the seeded tenant, the default dialect, no faults, an empty request log."""
    emulator_process.reset()
    return emulator_process


@pytest.fixture
def pbx(emulator: Emulator) -> Iterator[Emulator]:
    """The same with a bare tenant: extensions, sounds and numbers. Calls of modules share their connections."""
    from tests.cases.inprocess import connections

    emulator.reset(seed="bare")
    with connections():
        yield emulator


@pytest.fixture(scope="session")
def ansible_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ansible-home")


@pytest.fixture
def ansible(tmp_path: Path, ansible_home: Path) -> Ansible:
    """Runs real Ansible commands on this checkout; its files lie in the test's own folder."""
    return Ansible(tmp_path, ansible_home)
