# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which module sends each operation of the API, and where each of its fields is an option or a return value.

The requests of a module stand in its table below tests/cases, and tests/unit/modules/test_requests.py compares the
tables with the log of the emulator. The options and return values of a module stand in its documentation.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from tests.tools.tree import ROOT

PAGE = ROOT / "docs" / "coverage.md"
DOCUMENT = ROOT / "docs" / "api" / "openapi.yaml"
MODULES = ROOT / "plugins" / "modules"
METHODS = ("get", "post", "put", "delete")
# Parameters that the modules set by themselves.
PAGING = {"page", "per_page"}
# Fields that a module has under a name of its own, or that it does without, each with the reason.
ELSEWHERE = {
    "order_position": "not used: `order/` decides, since its first value is not documented",
    "rules_ids": "`rules`, by name",
    "call_list": "`calls`",
    "action": "`show`",
    "contexts": "`ivr_scheme.contexts`",
}
HIDDEN = "hidden: a secret"


@dataclass
class Operation:
    """One operation. uses: for each module that sends it the options of one task that does."""

    method: str
    path: str
    summary: str
    documented: bool
    request: tuple[str, ...]
    answer: tuple[str, ...]
    uses: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"{self.method} {self.path}"


@cache
def document() -> dict[str, Any]:
    """The description of the API."""
    return dict(yaml.load(DOCUMENT.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def operations() -> list[Operation]:
    """Every operation, with the modules that send it. Raises KeyError for a request that the API does not have."""
    found = list(_described())
    by_request = {(one.method, one.path): one for one in found}
    from ansible_collections.telops.pbx.plugins.module_utils._model.media import MEDIA
    from tests.cases import CASES

    for case in CASES.values():
        for step in case.steps:
            for request in step.requests:
                path = described_as(request.method, urlsplit(request.path).path)
                options = tuple(name for name in step.args if name not in ("extension", "extension_id"))
                by_request[request.method, path].uses.setdefault(case.module, options)
    for medium in MEDIA.values():
        fetched = {medium.path: (), medium.basic_path: ("basic_auth",), medium.storage_path: ("storage_url",)}
        for path, options in fetched.items():
            if path:
                place = described_as("GET", re.sub(r"\{[^}]*\}", "1", path))
                by_request["GET", place].uses.setdefault("pbx_media", (medium.name, *options))
    return found


def _described() -> Iterator[Operation]:
    for path, methods in document()["paths"].items():
        for method in METHODS:
            if method in methods and not path.startswith(("/oauth", "/token")):
                one = methods[method]
                yield Operation(
                    method.upper(),
                    path,
                    one["summary"],
                    one.get("x-source") == "page",
                    tuple(sorted(set(_requested(one)) - PAGING)),
                    tuple(sorted(set(_answered(one)))),
                )


def _requested(operation: Mapping[str, Any]) -> Iterator[str]:
    yield from (p["name"] for p in operation.get("parameters", []) if p.get("in") == "query")
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from _told(_resolved(content["schema"]))


def _answered(operation: Mapping[str, Any]) -> Iterator[str]:
    for code, response in operation["responses"].items():
        schema = response.get("content", {}).get("application/json", {}).get("schema") if code[0] == "2" else None
        if schema:
            schema = _resolved(schema)
            yield from _told(_resolved(schema.get("items", schema)))


def _told(schema: Mapping[str, Any]) -> Iterator[str]:
    """The fields with a description; tests/contract/test_openapi_document.py reports the others, and alone."""
    yield from (name for name, field in schema.get("properties", {}).items() if _resolved(field).get("description"))


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in schema:
        found: Mapping[str, Any] = document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return found
    return schema


def described_as(method: str, path: str) -> str:
    """The path in the description that a request belongs to; a written part goes before a parameter."""
    fitting = [
        candidate
        for candidate, methods in document()["paths"].items()
        if method.lower() in methods and re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", candidate), path)
    ]
    return str(min(fitting, key=lambda candidate: candidate.count("{")))


@cache
def options_of(module: str) -> dict[str, str]:
    """The name of each option of a module, by its names and aliases, those inside of others as well."""
    found: dict[str, str] = {}

    def collect(options: Mapping[str, Any]) -> None:
        for name, option in options.items():
            for alias in (name, *option.get("aliases", [])):
                found.setdefault(alias, name)
            collect(option.get("suboptions") or {})

    collect(_documented(module)[0]["options"])
    return found


@cache
def returned_by(module: str) -> set[str]:
    """The names of everything that a module returns, however deep."""
    found: set[str] = set()

    def collect(values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            found.add(name)
            collect(value.get("contains") or {})

    collect(_documented(module)[1])
    return found


@cache
def _documented(module: str) -> tuple[dict[str, Any], dict[str, Any]]:
    from ansible.plugins.loader import fragment_loader
    from ansible.utils.plugin_docs import get_docstring

    doc, dummy, returned, _metadata = get_docstring(
        str(MODULES / f"{module}.py"), fragment_loader, collection_name="telops.pbx", plugin_type="module"
    )
    return doc, returned


def option_for(one: Operation, name: str) -> str | None:
    """The option that a request's field is, or why it is none; None where nothing of either is known."""
    spelled = (options_of(module).get(name) for module in one.uses)
    return next(filter(None, spelled), ELSEWHERE.get(name))


def returned_for(one: Operation, name: str) -> str | None:
    """The return value that an answer's field is, or why it is none; None where nothing of either is known."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    if any(name in returned_by(module) for module in one.uses):
        return name
    return HIDDEN if name in _secrets() else None


@cache
def _secrets() -> set[str]:
    from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS

    return {f.answered_as for noun in NOUNS.values() for f in noun.fields if f.secret}


def missing() -> list[str]:
    """Everything documented that no module sends, takes or returns."""
    found = []
    for one in operations():
        if not one.documented:
            continue
        if not one.uses:
            found.append(f"{one.title}: no module sends it")
        found += [f"{one.title}: {name} is no option" for name in one.request if option_for(one, name) is None]
        found += [f"{one.title}: {name} is not returned" for name in one.answer if returned_for(one, name) is None]
    return found


def text() -> str:
    """The page."""
    all_of_them = operations()
    documented = [one for one in all_of_them if one.documented]
    beside = [one for one in all_of_them if not one.documented]
    sent = [one for one in documented if one.uses]
    lines = [
        "# Coverage of the API",
        "",
        "Written by `python -m tests.tools.api_coverage --write` from the tables below tests/cases, which the tests",
        "compare with the sent requests, and from the documentation of the modules.",
        "",
        f"**{len(sent)} of {len(documented)}** documented operations are used by a module, and "
        f"{sum(bool(one.uses) for one in beside)} of the {len(beside)}",
        "operations of the tenant level. A field stands for itself where its option, or its return value, has its",
        "name.",
        "",
        "## Documented operations",
        "",
        *_table(documented),
        "",
        "## Operations of the tenant level",
        "",
        "Those without a module are not part of provisioning: the tenant's own settings, limits and events.",
        "",
        *_table(beside),
        "",
    ]
    return "\n".join(lines)


def _table(listed: list[Operation]) -> Iterator[str]:
    yield "| Operation | Module (options of a task that sends it) | Request | Answer |"
    yield "| --- | --- | --- | --- |"
    for one in listed:
        uses = "<br>".join(
            f"`{module}`" + (f" ({', '.join(options)})" if options else "")
            for module, options in sorted(one.uses.items())
        )
        request = ", ".join(_pair(name, option_for(one, name)) for name in one.request) if one.uses else ""
        answer = ", ".join(_pair(name, returned_for(one, name)) for name in one.answer) if one.uses else ""
        yield f"| `{one.title}` | {uses} | {request} | {answer} |"


def _pair(name: str, meant: str | None) -> str:
    if meant is None:
        return f"`{name}` (only looked at)"
    if meant == name:
        return f"`{name}`"
    return f"`{name}` ({meant if meant and ' ' in meant else f'`{meant}`'})"


def main() -> int:
    """Write the page or compare it; return 1 when it is not fresh or something is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="fail when the page does not fit, or something is missing")
    mode.add_argument("--write", action="store_true", help="write the page")
    write = parser.parse_args().write
    import tests.conftest  # noqa: F401 - makes the collection importable

    lacking = missing()
    print("\n".join(lacking))
    if write:
        Path(PAGE).write_text(text(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text():
        print(f"{PAGE.relative_to(ROOT)} does not fit: python -m tests.tools.api_coverage --write")
        return 1
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
