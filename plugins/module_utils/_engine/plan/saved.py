# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A plan on disk: made in check mode, reviewed by people, and applied only as long as it is still the plan.

It belongs to one tenant. It keeps digests of hidden values, so that it is not applied with another password than the
reviewed one; they are keyed with the credentials, see Mask.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from ..._api import disk
from ..._api.errors import PbxError
from ..._api.identity import client_id
from ..._model.audio import FORESEEN
from ..._model.types import Json
from ..._text.mask import STARS, Mask, is_masked
from ..._text.plain import in_json
from ..._text.secret import Secret
from ..errors import InputError
from ..read.reader import Reader
from .report import counts, plan_of
from .steps import Step

FORMAT = 1
MOST_DIFFERENCES = 10


class SavedPlan:
    """A plan in a file of JSON without secrets: the same bytes wherever it is made from the same state."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._what = f"plan_file {path}"

    def save(self, steps: Sequence[Step], reader: Reader) -> None:
        """Write the file at once and whole; only its owner may read it. Raises FileFailed where that fails."""
        text = in_json(json.dumps(_content(steps, reader), indent=1, ensure_ascii=False, sort_keys=True)) + "\n"
        disk.write(self._path, text, self._what)

    def check(self, steps: Sequence[Step], reader: Reader) -> None:
        """Raise InputError, with the differences, unless these are just the steps in the file."""
        saved, now = self.load(), json.loads(json.dumps(_content(steps, reader)))
        if saved["format"] != FORMAT or "key" not in saved:
            raise InputError([f"{self._what} is of another version of this collection; plan again"])
        if saved.get("tenant") != now["tenant"]:
            here = _words(now["tenant"])
            raise InputError(
                [f"{self._what} is a plan for another tenant ({_words(saved.get('tenant'))}) than this one ({here})"]
            )
        unknown = now["tenant"]["client_id"] is None
        if saved.get("key") != now["key"] and (unknown or STARS in json.dumps([saved["steps"], now["steps"]])):
            raise InputError(
                [f"{self._what} was made with other credentials, and its hidden values can only be compared with the "
                 "same ones; make the plan again with the credentials of the real run"]
            )  # fmt: skip
        found = list(_differences(saved["steps"], now["steps"]))
        if found:
            more = [f"... and {len(found) - MOST_DIFFERENCES} more"] if len(found) > MOST_DIFFERENCES else []
            changed = f"{self._what} is outdated, and nothing was changed; make a new plan:"
            raise InputError([changed, *found[:MOST_DIFFERENCES], *more])

    def load(self) -> Json:
        """Return the content of the file. Raises FileFailed, and InputError for a file that is missing or no plan."""
        text = disk.read(self._path, self._what)
        if text is None:
            raise InputError([f"{self._what} is not there; run the same task in check mode to make it"])
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not _is_plan(found):
            raise InputError([f"{self._what} holds no plan; run the same task in check mode to make one"])
        return dict(found)


# The keys of each step of a plan, with their types.
_STEP = {"action": str, "object": str, "method": str, "path": str, "changes": list}


def _is_plan(found: object) -> bool:
    """Whether this is a saved plan, by this version of the collection or by another one."""
    return (
        isinstance(found, Mapping)
        and isinstance(found.get("format"), int)
        and isinstance(found.get("steps"), list)
        and (found["format"] != FORMAT or all(map(_is_step, found["steps"])))
    )


def _is_step(found: object) -> bool:
    return (
        isinstance(found, Mapping)
        and all(isinstance(found.get(name), kind) for name, kind in _STEP.items())
        and all(
            isinstance(change, Mapping) and isinstance(change.get("field"), str) and {"from", "to"} <= change.keys()
            for change in found["changes"]
        )
    )


def _content(steps: Sequence[Step], reader: Reader) -> Json:
    settings, mask = reader.client.settings, reader.client.mask
    listed = [
        {**shown, **({"sha256": _digest(step.file)} if step.file else {}), **_digest_of_hidden(step, mask)}
        for step, shown in zip(steps, plan_of(list(steps), reader))
    ]
    return {
        "format": FORMAT,
        "tenant": {"api_url": settings.api_url, "client": settings.client, "client_id": _client_id(reader)},
        "key": mask.digest(settings.api_url),
        "counts": counts(list(steps)),
        "steps": listed,
    }


def _client_id(reader: Reader) -> object:
    """Return the tenant of the credentials; None where the PBX does not tell, so that they stand for the tenant."""
    try:
        return client_id(reader.client)
    except PbxError:
        return None


def _words(tenant: object) -> str:
    """A tenant in a sentence: ``api_url https://pbx.example.com/api/ver1.0, client @me, client_id 100``."""
    return ", ".join(f"{name} {value}" for name, value in tenant.items()) if isinstance(tenant, Mapping) else "none"


def _digest_of_hidden(step: Step, mask: Mask) -> dict[str, str]:
    """Return a digest of the values that a step sends and does not show; empty where there are none."""
    addresses = {field.sent_as for field in step.noun.fields if field.address}
    # The digits in a shown address are few: whoever has the key finds another address with the same ones.
    hidden = {
        name: value
        for name, value in (step.body or {}).items()
        if isinstance(value, Secret) or (name in addresses and is_masked(mask.address(value)))
    }
    return {"hidden": mask.digest(hidden)} if hidden else {}


def _digest(path: str) -> str:
    content = FORESEEN.get(path) or disk.read(path, f"the file {path}") or b""
    return hashlib.sha256(content).hexdigest()


def _differences(saved: Sequence[Json], now: Sequence[Json]) -> Iterator[str]:
    """Yield the differences of two plans; steps belong together by their request."""
    before = {_key(step): step for step in saved}
    after = {_key(step): step for step in now}
    yield from (f"no longer to be done: {_sentence(step)}" for key, step in before.items() if key not in after)
    yield from (f"to be done besides: {_sentence(step)}" for key, step in after.items() if key not in before)
    for key, step in after.items():
        if key in before and before[key] != step:
            yield f"{_sentence(step)}: {_what(before[key], step)}"
    if before == after and list(before) != list(after):
        yield "the same steps stand in another order"


def _key(step: Json) -> tuple[str, str, str]:
    # New rules of one list share their path, and so may their name.
    body = json.dumps(step.get("body"), sort_keys=True) if step["action"] == "create" else ""
    return step["method"], step["path"], f"{step['object']} {body}"


def _sentence(step: Json) -> str:
    return f"{step['action']} {step['object']}"


def _what(before: Json, after: Json) -> str:
    old = {change["field"]: change for change in before["changes"]}
    new = {change["field"]: change for change in after["changes"]}
    found = [
        f"{name} was {_json(old[name]['from'])} and is {_json(change['from'])} now"
        for name, change in new.items()
        if name in old and old[name]["from"] != change["from"]
    ]
    found += [f"{name} is to change too" for name in new if name not in old]
    found += [f"{name} is as wanted already" for name in old if name not in new]
    found += [
        f"{name} was to become {_json(old[name]['to'])}, and {_json(change['to'])} is declared now"
        for name, change in new.items()
        if name in old and old[name]["to"] != change["to"]
    ]
    if before.get("hidden") != after.get("hidden"):
        found.append("a hidden value has changed")
    return "; ".join(found) or "the request body has changed"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
