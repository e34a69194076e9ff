# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""Modules that take a whole document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Callable, ClassVar, Protocol

from .._api.errors import PbxError
from .._engine.engine import Engine
from .._engine.errors import InputError
from .._engine.live.undo_file import (
    UndoFile,
    absent_of_undo,
    client_of_undo,
    created_of_undo,
    is_of_undo,
    sections_of_undo,
)
from .._engine.plan.guards import Limits
from .._engine.plan.outcome import Outcome
from .._model.document import TENANT, Declared, parse
from .._model.nouns import NOUNS
from .._model.sentence import Odd
from .._state.place import Place
from .backup import Backup
from .bindings import CHECK_REFERENCES, LIVE_TRAFFIC, UPDATE_FILE, UPDATE_PASSWORD, Binding, OneOf
from .documents import OfDocument, inside
from .flow_gate import FLOW_GATE, FlowGate
from .folder import Folder
from .impact_options import IMPACT
from .rollback import way_back
from .specs import EXTENSION, Spec

GUARDS: Spec = {
    "max_deletes": {"type": "int"},
    "max_delete_share": {"type": "int", "default": 30},
    "protect": {"type": "list", "elements": "str", "default": []},
    "expect_client_id": {"type": "int"},
    "live_traffic": LIVE_TRAFFIC,
}


class Examination(Protocol):
    """Judges the tenant after a plan, in sentences. result: the part of the task's result about it."""

    result: dict[str, Any]

    def __call__(self, outcome: Outcome) -> Sequence[str]:
        """One sentence for each reason to refuse the plan."""


# Few tasks try calls or look for what callers notice, and the code for it takes as long to import as all the rest.
def _trial() -> Callable[..., Examination]:
    from .call_test import Trial  # noqa: PLC0415

    return Trial


def _consequence() -> Callable[..., Examination]:
    from .consequence import Consequence  # noqa: PLC0415

    return Consequence


class Whole(OfDocument):
    """All that one object holds, as one document."""

    returned = "counts"
    beside: ClassVar[tuple[str, ...]] = ("unmanaged",)

    def options(self) -> Spec:
        spec = self.section_options()
        held = dict(inside(self.noun, self.only))
        spec["purge"] = self.purge_option()
        kept = {f.type for one in held.values() for f in one.fields if f.write_only and not f.create_only}
        if "file" in kept:
            spec["update_file"] = dict(UPDATE_FILE)
        if kept - {"file"}:
            spec["update_password"] = dict(UPDATE_PASSWORD)
        spec["check_references"] = dict(CHECK_REFERENCES)
        spec["plan_file"] = {"type": "path"}
        guards = {name: dict(guard) for name, guard in GUARDS.items() if name != "live_traffic" or "queue" in held}
        return {**spec, **guards}

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        root = self.parsed(params)[0]
        self._at_work = (params, root)
        of_form = [sentence for one in root.walk() for sentence in one.wrong if not isinstance(sentence, Odd)]
        engine.warnings += _deprecations(root)
        guards = self.limits(params)
        # A part that cannot be understood may be the one that seems to be missing.
        examinations = () if of_form else self.examinations(engine, root, params)
        try:
            place = self.place(engine, params)
            counts, unmanaged = engine.converge(
                root,
                place,
                params["purge"],
                guards,
                params["plan_file"],
                **self.besides(params),
                examine=lambda outcome: [sentence for one in examinations for sentence in one(outcome)],
            )
        except PbxError as error:
            if not of_form or set(of_form) <= set(error.sentences):
                raise
            # The mistakes of the document are known even where the PBX cannot be asked about it.
            raise InputError([*of_form, *error.sentences]) from None
        result = {name: value for one in examinations for name, value in one.result.items()}
        return {"counts": counts, "unmanaged": unmanaged, **result}

    @staticmethod
    def limits(params: Mapping[str, Any]) -> Limits:
        """Return the limits of a run. Raises InputError for guards that would let everything pass."""
        found: dict[str, Any] = {name: params[name] for name in GUARDS if name in params}
        wrong = list(_fail_open(found))
        if wrong:
            raise InputError(wrong)
        return Limits(**{**found, "protect": tuple(found["protect"])})

    def examinations(self, engine: Engine, root: Declared, params: Mapping[str, Any]) -> Sequence[Examination]:
        """Return the examinations that look for mistakes in the tenant as a plan would make it."""
        return (FlowGate(engine, root, params),)

    def besides(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """More for Engine.converge."""
        return {}

    def results(self, returned: Any) -> dict[str, Any]:
        return dict(returned)

    def place(self, engine: Engine, params: Mapping[str, Any]) -> Place:
        return Place()


def _fail_open(guards: Mapping[str, Any]) -> Iterator[str]:
    """Yield the mistakes in guards that would let everything pass."""
    most, share = guards.get("max_deletes"), guards.get("max_delete_share")
    if most is not None and most < 0:
        yield f"max_deletes is {most}; it starts at 0"
    if share is not None and not 0 <= share <= 100:
        yield f"max_delete_share is {share}; it goes from 0 to 100 percent"
    for index, pattern in enumerate(guards["protect"]):
        if not pattern.strip():
            yield f'protect[{index}] is blank, and protects nothing; name objects, such as "queue *", or leave it out'


def _deprecations(root: Declared) -> Iterator[str]:
    """The same sentence wherever a field is declared that is going to be removed; modules leave theirs to Ansible."""
    for one in root.walk():
        for name in one.given:
            version = one.noun.by_name[name].removed_in
            if version:
                yield f"{name} of {one.noun.plural_title} is deprecated, and telops.pbx {version} will not know it"


class Tenant(Whole):
    """A whole tenant."""

    noun = TENANT
    beside = ("unmanaged", "call_tests", "findings", "flow_read", "impact", "undo_file", "prompts")

    def options(self) -> Spec:
        # Tests hold the keys that are pressed to get into a conference, and addresses of webhooks.
        tests: Spec = {"call_tests": {"type": "raw", "no_log": True}, "assumptions": {"type": "dict"}}
        gate = {name: dict(option) for name, option in {**FLOW_GATE, **IMPACT}.items()}
        kept: Spec = {
            "absent": {"type": "list", "elements": "dict", "default": []},
            "history_file": {"type": "path"},
            "rollback": {"type": "bool", "default": False},
            "undo_file": {"type": "path"},
            "undo_from": {"type": "path"},
            "undo_keep": {"type": "int", "default": 20},
        }
        return {**super().options(), **kept, **tests, **gate}

    @property
    def secrets(self) -> tuple[str, ...]:  # type: ignore[override]
        return (*super().secrets, "call_tests")

    def load(self) -> None:
        _trial()
        _consequence()

    def examinations(self, engine: Engine, root: Declared, params: Mapping[str, Any]) -> Sequence[Examination]:
        found = list(super().examinations(engine, root, params))
        if params["call_tests"] is not None:
            found.insert(0, _trial()(engine, root, params["call_tests"], params["assumptions"] or {}))
        if params["impact"] or params["intent"] is not None or params["impact_limit"]:
            found.append(_consequence()(engine, root, params))
        return found

    def parsed(self, params: Mapping[str, Any]) -> tuple[Declared, list[str]]:
        if not params.get("undo_from"):
            return super().parsed(params)
        with suppress(PbxError):
            return parse(sections_of_undo(params["undo_from"]), self.noun)
        return parse({}, self.noun)

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        given = [name for name in (*self.sections(), "purge", "absent") if params[name]]
        if params["undo_from"] and given:
            raise InputError([f"undo_from stands in place of a document; leave {', '.join(given)} out"])
        if params["undo_from"] and is_of_undo(params["undo_from"]):
            engine.warnings.append(
                f"undo_from {params['undo_from']} was written before an undo, so that it makes the change again that "
                "this undo has taken back"
            )
        if params["undo_from"] and params["expect_client_id"] is None:
            params = {**params, "expect_client_id": client_of_undo(params["undo_from"])}
        if params["rollback"] and not (params["undo_file"] or params["undo_from"]):
            raise InputError(["rollback needs undo_file, the path where it is written down how everything was"])
        try:
            return {**super().perform(engine, params), "undo_file": engine.undo_file}
        except PbxError as error:
            way_back(engine, error, params, self.limits(params))
            raise

    def besides(self, params: Mapping[str, Any]) -> dict[str, Any]:
        if params["undo_keep"] < 1:
            raise InputError([f"undo_keep is {params['undo_keep']}; it starts at 1"])
        source = params["undo_from"]
        return {
            "absent": absent_of_undo(source) if source else params["absent"],
            "undo": UndoFile(params["undo_file"], params["undo_keep"], bool(source)) if params["undo_file"] else None,
            "undoes": created_of_undo(source) if source else None,
        }


class IvrScheme(Whole):
    """A whole IVR, with the intervals that its rules refer to."""

    noun = NOUNS["extension"]
    only = ("ivr", "intervals")
    beside = ("unmanaged", "findings", "flow_read")

    def options(self) -> Spec:
        return {**EXTENSION, **super().options(), **{name: dict(option) for name, option in FLOW_GATE.items()}}

    def one_of(self) -> OneOf:
        return [("extension", "extension_id")]

    def exclusive(self) -> OneOf:
        return self.one_of()

    def place(self, engine: Engine, params: Mapping[str, Any]) -> Place:
        return engine.places.of(NOUNS["ivr"], params["extension"], params["extension_id"])


class TenantInfo(Binding):
    """A tenant as the document that would make it."""

    returned = "tenant"
    beside = ("complete", "unresolved", "files", "diff")
    writes = False

    def options(self) -> Spec:
        return {
            "extensions": {"type": "list", "elements": "str"},
            "sections": {"type": "list", "elements": "str", "choices": sorted(_exported())},
            "path": {"type": "path"},
            "contents": {"type": "bool", "default": False},
        }

    def perform(self, engine: Engine, params: Mapping[str, Any]) -> Any:
        if params["contents"] and not params["path"]:
            raise InputError(["contents needs path, the folder that the sounds are written to"])
        exporter = engine.exporter(params["extensions"], params["sections"])
        document, gaps = exporter.tenant(), exporter.gaps
        engine.warnings += exporter.warnings
        found: dict[str, Any] = {
            "tenant": document,
            "complete": not gaps,
            "unresolved": [gap.as_json() for gap in gaps],
        }
        if params["path"]:
            backup = Backup(engine, params["path"]) if params["contents"] else None
            said = backup.with_files(document) if backup else document
            files = Folder(params["path"]).written(said, gaps, engine.check)
            if backup:
                backup.lack(document, gaps)
            mask = engine.reader.client.mask
            diff = [{part: mask.text(text) for part, text in one.diff().items()} for one in files]
            paths = [*(one.path for one in files), *(backup.changed if backup else ())]
            found.update(files=paths, changed=bool(paths), diff=diff)
        return found

    def results(self, returned: Any) -> dict[str, Any]:
        return dict(returned)


def _exported() -> set[str]:
    """The sections of a tenant and of its extensions."""
    return {section for noun in (TENANT, NOUNS["extension"]) for section, dummy in noun.contains}
