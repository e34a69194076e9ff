# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark compares ways that do the same work; these tests do not look at durations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import noop, report
from tests.bench.agents import AGAIN, FROM_EMPTY, PHONES, WAYS, converge, prepare
from tests.bench.fleet import Fleet
from tests.bench.measure import Bench, BenchError, Sample, play
from tests.bench.process import EmulatorProcess
from tests.bench.tenants import expect_latency

COUNT = 2
# Fewer than the benchmark has: the uri loop starts a process for each.
FEW = PHONES[:COUNT]
# A loop on the fast path reads the extensions once; the others read them in each task.
READS = {"uri": 1 + len(FEW), "module": 2 * COUNT, "fast": 1 + COUNT, "tasks": 2 * COUNT}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with EmulatorProcess() as pbx:
        yield Bench(pbx, tmp_path_factory.mktemp("bench"))


@pytest.fixture(autouse=True)
def few_phones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.agents.PHONES", FEW)


def disturb(pbx: EmulatorProcess) -> None:
    """Change one agent behind Ansible's back."""
    phone = pbx.state()["extensions"][0]
    pbx.send("PUT", f"/extension/{phone['id']}/agent/{phone['agents'][0]['id']}", {"wrap_up_time": 99})


@pytest.mark.parametrize("name", WAYS)
def test_each_way_creates_what_is_missing_and_changes_what_differs_and_nothing_else(bench: Bench, name: str) -> None:
    way, reads = WAYS[name], READS[name]
    prepare(bench.pbx)

    assert converge(bench, way, COUNT).requests == {"GET": reads, "POST": COUNT}
    assert converge(bench, way, COUNT).requests == {"GET": reads}

    disturb(bench.pbx)
    assert converge(bench, way, COUNT).requests == {"GET": reads, "PUT": 1}


def test_a_run_that_leaves_other_agents_than_declared_is_no_measurement(bench: Bench) -> None:
    prepare(bench.pbx)
    converge(bench, WAYS["fast"], COUNT)

    with pytest.raises(BenchError, match=r"1 agents were declared, and 2 are there"):
        converge(bench, WAYS["fast"], COUNT - 1)


def test_a_run_that_fails_is_no_measurement(bench: Bench) -> None:
    bench.pbx.reset()

    with pytest.raises(BenchError, match=r"exit code 2[^$]*there is no extension"):
        bench.playbook([play({"telops.pbx.pbx_agent": {"extension": "101", "name": "Anna"}})])


def test_p1_every_request_of_the_fleet_has_its_latency(bench: Bench) -> None:
    Fleet(bench, tenants=2, objects=3).runs(forks=2, latency=5, hourly=0, bare=False)

    assert {entry["delay"] for entry in bench.pbx.log()} == {5}


def test_an_empty_task_and_a_tenant_as_declared_are_measured_in_pairs(bench: Bench) -> None:
    pairs = Fleet(bench, tenants=2, objects=3).pairs(2, forks=2)

    assert len(pairs) == 2
    assert all(empty > 0 and tenant > 0 for empty, tenant in pairs)


def test_p1_a_request_without_latency_is_no_measurement() -> None:
    log = [{"method": "GET", "path": "/extension/", "delay": delay} for delay in (5, 0)]

    with pytest.raises(BenchError, match=r"1 of 2 requests had no latency of 5 ms, first GET /extension/"):
        expect_latency(log, 5)


def test_a_module_with_nothing_to_do_reads_its_list_and_one_list_for_each_kind_of_name(bench: Bench) -> None:
    found = noop.measure(bench)

    assert _modules() <= {task.module for task in found}
    assert [(task.module, task.requests) for task in found] == [(task.module, {"GET": task.least}) for task in found]


def _modules() -> set[str]:
    """Those that configure one thing; the requests of a sound depend on its file
    (tests/unit/modules/test_sounds.py)."""
    from ansible_collections.telops.pbx.plugins.module_utils._entry.bindings import Items, Order, Singleton
    from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES

    return {name for name, one in MODULES.items() if isinstance(one, (Items, Order, Singleton))} - {"pbx_sound"}


def results() -> report.Results:
    found = report.Results({"date": "2026-01-02"}, baseline=[Sample(0.5, {}, 0.0)])
    for way, seconds in (("module", 30.5), ("fast", 2.5), ("tasks", 0.5)):
        samples = [Sample(seconds, {"GET": 101}, 0.25), Sample(seconds + 9, {"GET": 101}, 0.25)]
        found.cases.append(
            report.Case(way, 100, AGAIN, samples[:1] if way != "fast" else [samples[0]] * 2 + [samples[1]])
        )
    return found


def test_the_cost_of_an_object_is_the_median_without_the_empty_play() -> None:
    found = results()
    fast = found.case("fast", 100, AGAIN)

    assert fast is not None
    assert found.per_object(fast) == pytest.approx(0.02)
    assert found.ratio("module", "fast", 100, AGAIN) == pytest.approx(15)


def test_no_ratio_is_made_up_where_noise_hides_the_cost_or_nothing_was_measured() -> None:
    found = results()

    assert found.ratio("module", "tasks", 100, AGAIN) is None
    assert found.ratio("module", "fast", 100, FROM_EMPTY) is None


def test_new_numbers_replace_the_old_ones_and_leave_the_page_around_them(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n\n{report.BEGIN}\nold\n{report.END}\n\nafter\n", encoding="utf-8")

    report.write_docs(results(), page)
    once = page.read_text(encoding="utf-8")
    report.write_docs(results(), page)

    assert page.read_text(encoding="utf-8") == once
    assert once.startswith("before\n\n")
    assert once.endswith("\n\nafter\n")
    assert "old" not in once
    assert "2026-01-02" in once


def test_a_page_without_its_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("no marks\n", encoding="utf-8")

    with pytest.raises(BenchError, match="needs the marks"):
        report.write_docs(results(), page)
    assert page.read_text(encoding="utf-8") == "no marks\n"


def test_the_page_of_the_documentation_has_its_marks() -> None:
    from tests.bench.__main__ import PAGE

    page = PAGE.read_text(encoding="utf-8")
    assert page.count(report.BEGIN) == page.count(report.END) == 1
