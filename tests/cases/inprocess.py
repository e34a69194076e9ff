# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules called in this process, as the fast path calls them, without the seconds that Ansible takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.telops.pbx.plugins.module_utils import _entry
from ansible_collections.telops.pbx.plugins.module_utils._engine.read.memory import Memory
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES
from ansible_collections.telops.pbx.plugins.module_utils._text.mask import Mask, is_masked
from tests.cases.case import NUMBERS, PHONE, Args, Case, Request, Step
from tests.cases.files import fresh
from tests.emulator.server import Emulator

MASK = "***"
HIDDEN = "********"
# How a plan spells the id of what an earlier step creates; a dial rule is called by the numbers that it makes.
PENDING = re.compile("<(?:->|[^<>])+>")


def call(
    emulator: Emulator,
    module: str,
    args: Args,
    check: bool = False,
    memory: str | None = None,
    shared: bool = False,
    previews: Sequence[str] = ("run",),
) -> dict[str, Any]:
    """The result of one task. ``args`` may replace the connection options, which by default fit the emulator, and send
    requests one by one, in the order of the plan; and flow_check, which is off.
    ``memory``: the folder of a run. ``previews``: those that a task in check mode is a part of; see Memory.
    ``shared``: as the next item of a loop, which knows the lookups of the item before it."""
    binding = MODULES[module]
    connection: dict[str, Any] = {"api_url": emulator.url, "access_token": emulator.access_token, "parallel": 1}
    if module == "pbx_tenant":
        # Most documents of tests are parts of a tenant, in which nobody has to reach anybody.
        connection["flow_check"] = "off"
    taken = _entry.take(binding, {**connection, **args})
    if taken.wrong:
        return {"failed": True, "changed": False, "msg": "\n".join(taken.wrong)}
    validated = ArgumentSpecValidator(**binding.argument_spec()).validate(taken.args)
    if validated.error_messages:
        return {"failed": True, "changed": False, "msg": validated.error_messages[0]}
    if not shared:
        _entry.run.LOOKUPS.clear()
    params = _entry.with_raw(binding, validated.validated_parameters, taken.args)
    result = _entry.Run(binding, params, check, memory, previews if check else ()).result()
    return {**result, "warnings": [*taken.odd, *result.get("warnings", [])]} if taken.odd else result


def calls(emulator: Emulator, tasks: Iterable[tuple[str, Args]], memory: Path | None = None) -> list[dict[str, Any]]:
    """The results of several tasks; with a memory, as one preview."""
    check = memory is not None
    return [call(emulator, module, args, check, str(memory) if memory else None) for module, args in tasks]


def remembered(memory: Path) -> tuple[Path, list[dict[str, Any]]]:
    """The file of the only preview of the only tenant in the folder of a run, and the steps that it holds."""
    [file] = memory.glob("*/*/*.jsonl")
    return file, Memory(str(memory), [file.stem], lambda: file.parent.name).steps()


def enliven(emulator: Emulator, case: Case, client_id: int | None = None) -> None:
    """Have at a tenant, the first one if absent, the events of a case; for a case of the whole tenant, at the first
    phone."""
    for live in case.live:
        tenant = client_id or emulator.client_id
        extension = emulator.extension_id(NUMBERS[case.extension or PHONE], tenant)
        emulator.control("POST", "objects", {**asdict(live), "client_id": tenant, "extension": extension})


def prepared(emulator: Emulator, case: Case, **options: Any) -> None:
    """Make the objects that a case builds on, and forget the requests for them. ``options`` as for every call."""
    fresh()
    enliven(emulator, case)
    for module, args in case.setup:
        result = call(emulator, module, {**args, **options})
        assert not result.get("failed"), result["msg"]
    emulator.clear_log()


@contextmanager
def connections() -> Iterator[None]:
    """Within this, calls share their connections, as the items of a loop do; afterwards these are closed."""
    try:
        yield
    finally:
        for client in _entry.run.CLIENTS.values():
            client.close()
        _entry.run.CLIENTS.clear()


def sent(emulator: Emulator) -> list[Request]:
    """Every request since the log was cleared, tokens left out."""
    return [
        Request(entry["method"], entry["path"] + query_of(entry), entry["body"])
        for entry in emulator.log()
        if not entry["path"].startswith("/oauth")
    ]


def query_of(entry: dict[str, Any]) -> str:
    """The query of a write as text; empty for a read, whose query only says which part of a list is wanted."""
    return f"?{urlencode(entry['query'], doseq=True)}" if entry["query"] and entry["method"] != "GET" else ""


def planned(result: dict[str, Any]) -> list[Request]:
    """The requests that a result announces."""
    return [Request(step["method"], step["path"], step["body"]) for step in result.get("plan", [])]


@contextmanager
def about(module: str) -> Iterator[None]:
    """Have an assertion that fails within this name the module, where one test is about several."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"in {module}")
        raise


def finds(case: Case, step: Step, result: dict[str, Any]) -> bool:
    """Whether a step has read the expected objects; those of a set come in any order."""
    if not step.finds:
        return True
    field, *wanted = step.finds
    binding: Any = MODULES[case.module]
    objects = result[binding.returned]
    found = [one[field] for one in (objects if isinstance(objects, list) else [objects])]
    return found == wanted if binding.noun.ordered else sorted(found, key=str) == sorted(wanted, key=str)


def fits(plan: Any, real: Any) -> bool:
    """Whether a planned request, or a part of it, is the real one: an id that is not known yet stands there as a
    placeholder, so do settings that cannot be read yet, a secret is hidden in either, and an address in a plan is
    masked."""
    if isinstance(plan, Request):
        return (
            isinstance(real, Request)
            and plan.method == real.method
            and re.fullmatch("[^/]+".join(map(re.escape, PENDING.split(plan.path))), real.path) is not None
            and fits(plan.body, real.body)
        )
    if isinstance(plan, dict) and isinstance(real, dict):
        known = {name: value for name, value in plan.items() if not PENDING.fullmatch(name)}
        same_names = known.keys() <= real.keys() if len(known) < len(plan) else known.keys() == real.keys()
        return same_names and all(fits(value, real[name]) for name, value in known.items())
    if isinstance(plan, (list, tuple)) and isinstance(real, (list, tuple)):
        return len(plan) == len(real) and all(map(fits, plan, real))
    if isinstance(plan, str) and PENDING.fullmatch(plan):
        return plan == real or isinstance(real, int)
    if is_masked(plan):
        return bool(real != plan and undigested(plan) == undigested(Mask("").address(real)))
    return bool(plan == real or (plan == HIDDEN and real == MASK))


def fits_in_any_order(plan: Sequence[Request], real: Sequence[Request]) -> bool:
    """Whether the planned requests are the real ones, which were under way at the same time: each of them one."""
    taken: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for at, request in enumerate(real):
            if at not in tried and fits(plan[one], request):
                tried.add(at)
                if at not in taken or place(taken[at], tried):
                    taken[at] = one
                    return True
        return False

    return len(plan) == len(real) and all(place(one, set()) for one in range(len(plan)))


def undigested(masked: str) -> str:
    """A masked address without its digest, which is another one with other credentials."""
    return masked.rpartition("#")[0]
