# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""One task, on either execution path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any, Callable
from weakref import WeakKeyDictionary

from ansible.module_utils.basic import AnsibleModule, _load_params

from .._api.client import Client
from .._api.errors import PbxError
from .._api.identity import seen_tenant
from .._api.settings import Settings
from .._engine.apply.progress import Say
from .._engine.engine import Engine
from .._engine.read.logins import Logins
from .._engine.read.memory import Memory
from .._engine.read.reader import Lookups
from .._engine.read.recent import Recent
from .._model.addresses import NAMES, addresses_in
from .._model.dialect import Dialect
from .._model.types import Json
from .._text.mask import Mask, secrets_of
from .._text.plain import plain, shortened
from .bindings import Binding
from .specs import mask_of, may_only_read, with_credentials
from .taken import take, with_raw
from .turns import Overtaken, Siblings

# An option that only the action plugin gives to a process, with the deeds of earlier tasks, and a result that it takes
# out.
AMONG = "_among"
# The same words in every task, so that Ansible shows them once.
ONLY_READING = (
    "nothing is written, because read_only (pbx_read_only in an inventory) or PBX_READ_ONLY is set: the results are "
    "those of check mode"
)
HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"

# A loop runs in one worker, so that its items share a connection, a token, and the ids of names.
CLIENTS: dict[tuple[Settings, bool], Client] = {}
LOOKUPS: WeakKeyDictionary[Client, Lookups] = WeakKeyDictionary()


class Run:
    """One task: validated parameters in, Ansible's result out. A task that may only read is one in check mode.

    folder: the one that all tasks of the run share, where there is one. previews: the previews that the task is a part
    of, see Memory. progress: takes lines about the progress of a long task. recent: the deeds of earlier tasks, where
    there is no folder, see Recent.
    """

    def __init__(
        self,
        binding: Binding,
        params: Mapping[str, Any],
        check: bool,
        folder: str | None = None,
        previews: Sequence[str] = (),
        progress: Say | None = None,
        recent: Sequence[Json] = (),
    ) -> None:
        # The deeds of this task, for those that follow.
        self.deeds: list[Json] = []
        self._recent = recent
        self._binding = binding
        self._params = params
        self._read_only = may_only_read(params)
        self._check = check or self._read_only
        self._folder = folder
        self._previews = previews
        self._progress = progress
        self._client: Client | None = None

    def result(self) -> dict[str, Any]:
        """Return the result of the module, ``failed`` and ``msg`` included."""
        try:
            with self._binding.ready(self._params, self._check) as (self._params, besides):
                found = self._result()
        except PbxError as error:
            found, besides = self._failure(error, mask_of(self._params)), {}
        if besides and not found.get("failed"):
            diff = [*besides["diff"], *found.get("diff", [])] if self._binding.writes else None
            found.update(prompts=besides["prompts"], **({"diff": diff} if diff else {}))
        if self._read_only:
            found.update(read_only=True, warnings=[*found.get("warnings", []), ONLY_READING])
        return found

    def _result(self) -> dict[str, Any]:
        try:
            apart = self._binding.apart(self._params, self._check)
        except PbxError as error:
            return self._failure(error, mask_of(self._params))
        if apart is not None:
            return {"changed": False, "requests": {}, "warnings": [], **apart}
        try:
            self._client = self._connect()
            return self._in_turn(self._client, Siblings(self._folder, self._client.settings))
        except PbxError as error:
            return self._failure(error, self._client.mask if self._client else None)

    @property
    def tenant(self) -> str | None:
        """The tenant that the task turned out to be about."""
        return seen_tenant(self._client) if self._client else None

    def _in_turn(self, client: Client, siblings: Siblings) -> dict[str, Any]:
        """Return the result of the task, which waits for its turn if it may write."""
        if not self._binding.writes:
            return self._done(client, siblings)
        with siblings.turn() as others_had_turns:
            if others_had_turns:
                LOOKUPS.pop(client, None)
            try:
                try:
                    return self._done(client, siblings)
                except Overtaken:
                    LOOKUPS.pop(client, None)
                    return self._done(client, siblings)
            finally:
                siblings.learn(self.tenant)

    def _done(self, client: Client, siblings: Siblings) -> dict[str, Any]:
        engine = Engine(
            client,
            Dialect.of(self._params.get("dialect") or {}),
            self._check,
            self._memory(client),
            self._params.get("update_password") or "always",
            LOOKUPS.setdefault(client, {}),
            self._params.get("update_file") or "differs",
            self._progress,
            self._params.get("check_references", True),
            Recent([*self._recent, *siblings.recent()], client.sleep, partial(self._note, siblings)),
            partial(siblings.claim, client),
        )
        returned = self._binding.results(self._binding.perform(engine, self._params))
        if self._binding.writes:
            returned = client.mask.fields(returned, NAMES)
        return {**engine.report(self._binding.writes), **returned}

    def _note(self, siblings: Siblings, deeds: list[Json]) -> None:
        self.deeds += deeds
        siblings.note(deeds)

    def _memory(self, client: Client) -> Memory | None:
        if not self._folder:
            return None
        logins = Logins(self._folder)
        return Memory(self._folder, self._previews, lambda: logins.tenant(client))

    def _connect(self) -> Client:
        settings = settings_of(self._params)
        key = (settings, self._check)
        if key not in CLIENTS:
            CLIENTS[key] = Client(settings, read_only=self._check)
        client = CLIENTS[key]
        client.requests.clear()
        for address in addresses_in(self._params):
            client.mask.note(address)
            client.secrets.update(secrets_of(address))
        return client

    def _failure(self, error: PbxError, mask: Mask | None) -> dict[str, Any]:
        details = dict(error.details)
        done = details.setdefault("done", [])
        message = shortened(mask.text(str(error)) if mask else str(error))
        if done:
            message += f"\nDone before: {'; '.join(done)}."
        if details.get("left"):
            message += f"\nNot done: {'; '.join(details['left'])}."
        if details.get("unknown"):
            message += f"\nUnknown whether done: {'; '.join(details['unknown'])}."
        for other in details.pop("others", ()):
            message += f"\nFailed at the same time: {mask.text(other) if mask else other}"
        for sentence in details.pop("then", ()):
            message += f"\n{mask.text(sentence) if mask else sentence}"
        requests = dict(sorted(self._client.requests.items())) if self._client else {}
        if mask and "server_message" in details:
            details["server_message"] = mask.text(details["server_message"])
        return {"failed": True, "msg": message, "changed": bool(done), "requests": requests, **details}


def settings_of(params: Mapping[str, Any]) -> Settings:
    """The connection that the validated options of a task ask for."""
    return Settings(**{field.name: params[field.name] for field in fields(Settings)})


def run_module(binding: Binding, ansible_module: Callable[..., AnsibleModule] = AnsibleModule) -> None:
    """The whole main() of an ordinary module."""
    # As they came, before Ansible makes text of everything; ansible-test looks at a module that was given none.
    args = {option: value for option, value in (_load_params() or {}).items() if not option.startswith("_ansible_")}
    among = {AMONG: args.pop(AMONG)} if AMONG in args else {}
    taken = take(binding, args)
    if taken.wrong:
        _refuse(ansible_module, {**args, **among}, taken.wrong)
    spec = binding.argument_spec()
    # Ansible writes all other options to the log of the machine.
    hidden = {name: {"type": "list", "elements": "dict", "no_log": True} for name in among}
    spec["argument_spec"] = {**spec["argument_spec"], **hidden}
    module = ansible_module(supports_check_mode=True, **spec)
    recent = module.params.pop(AMONG, None) or []
    params = with_credentials(with_raw(binding, module.params, args))
    run = Run(binding, params, module.check_mode, recent=recent)
    result = run.result()
    if among:
        result[AMONG] = {"tenant": run.tenant, "deeds": run.deeds}
    module.no_log_values = binding.blanked(params)
    module.params.update({name: HIDDEN for name in binding.secrets if module.params.get(name) is not None})
    for warning in result.pop("warnings", []):
        module.warn(warning)
    if result.get("failed"):
        module.fail_json(**result)
    if binding.attributes and "path" in result[binding.returned]:
        wanted = module.load_file_common_arguments(module.params, path=result[binding.returned]["path"])
        result["changed"] = module.set_fs_attributes_if_different(wanted, result["changed"])
    module.exit_json(**result)


def _refuse(ansible_module: Callable[..., AnsibleModule], args: Mapping[str, Any], wrong: Sequence[str]) -> None:
    """Fail with all sentences, and show nothing of the arguments, of which it is not known which are secret."""
    hidden = {name: {"type": "raw", "no_log": True} for name in args}
    module = ansible_module(argument_spec=hidden, supports_check_mode=True)
    module.no_log_values = set()
    module.params.clear()
    module.fail_json(msg="\n".join(map(plain, wrong)))
