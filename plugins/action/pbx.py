# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module of this collection inside the Ansible worker, where that means the same as running it as a process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from ansible import constants, context
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.vars import merge_hash

# The client imports requests: here, in the parent process, so that every forked worker inherits the import.
from ansible_collections.telops.pbx.plugins.module_utils._entry import (
    AMONG,
    NAMES,
    Binding,
    Run,
    Siblings,
    Taken,
    mask_of,
    may_only_read,
    plain,
    settings_of,
    shared_tenant,
    take,
    with_credentials,
    with_raw,
)
from ansible_collections.telops.pbx.plugins.module_utils._entry.history import note
from ansible_collections.telops.pbx.plugins.module_utils._entry.modules import MODULES


def prepare(module: str) -> None:
    """Import the code that the tasks of a module need: here, in the parent process, which loads the action plugin of
    each module by its name, so that every forked worker inherits it."""
    MODULES[module].argument_spec()
    MODULES[module].load()


class ActionModule(ActionBase):
    """Every ``pbx_*`` module has an action plugin of its name that is this one."""

    _supports_async = True

    def run(self, tmp: Any = None, task_vars: Any = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        name = self._task.action.rsplit(".", 1)[-1]
        # One place for both ways: an ordinary module would never see the type that YAML has given to a text.
        binding = MODULES[name]
        taken = take(binding, self._args())
        in_worker = self._in_worker(binding)
        # A process says the same by itself, unless JSON has made text of a date on the way.
        if taken.wrong and (in_worker or take(binding, taken.args).wrong != taken.wrong):
            return merge_hash(result, {"failed": True, "changed": False, "msg": "\n".join(map(plain, taken.wrong))})
        if in_worker:
            with self._environment():
                answer = self._as_function(binding, taken, task_vars)
        else:
            answer = self._as_process(name, taken, task_vars)
        if taken.args.get("history_file") and self._is_done(answer):
            history, undoes = self._near(str(taken.args["history_file"])), taken.args.get("undo_from")
            warnings = note(history, task_vars["inventory_hostname"], answer, undoes)
            answer["warnings"] = [*answer.get("warnings", []), *warnings]
        if taken.odd:
            answer["warnings"] = [plain(sentence) for sentence in taken.odd] + answer.get("warnings", [])
        self._hide_addresses(binding, taken, task_vars, answer)
        # Ansible shows every diff of a run with --diff, whatever the task says.
        if context.CLIARGS.get("diff") and not self._task.diff:
            answer.pop("diff", None)
        return merge_hash(result, answer)

    def _hide_addresses(self, binding: Binding, taken: Taken, task_vars: Any, answer: dict[str, Any]) -> None:
        """Have a result with whole addresses, which other tasks may need, shown with -v without their secrets."""
        # Without -v, Ansible shows no result, and an export is too long to look through it for nothing.
        if binding.writes or answer.get("failed") or not self._display.verbosity:
            return
        with self._environment():
            shown = mask_of(taken.args).fields(answer, NAMES)
        if shown == answer:
            return
        # Ansible does the same with facts.
        answer["_ansible_verbose_override"] = True
        if "json" not in constants.DEFAULT_STDOUT_CALLBACK:
            text = json.dumps(shown, indent=4, sort_keys=True, ensure_ascii=False)
            lines = f"{task_vars['inventory_hostname']}: the result, with secrets hidden: {text}".splitlines()
            self._display.v("\n".join(map(plain, lines)))

    def _args(self) -> Mapping[str, Any]:
        """The arguments of the task. Where Ansible runs under PBX_READ_ONLY, neither the task's ``environment`` nor
        another machine, which does not have this one's, switches that off."""
        found: Mapping[str, Any] = self._task.args
        return {**found, "read_only": True} if may_only_read({}) else found

    def _is_done(self, answer: Mapping[str, Any]) -> bool:
        """Whether this was a run that may have changed something, and has ended."""
        preview = self._task.check_mode or answer.get("read_only")
        return (
            not preview
            and not self._task.async_val
            and (not answer.get("failed") or bool(answer.get("done") or answer.get("unknown")))
        )

    def _near(self, path: str) -> str:
        """A path of this machine; a relative one begins in the folder of the playbook, as for an ordinary module."""
        return os.path.join(self._loader.get_basedir(), os.path.expanduser(os.path.expandvars(path)))

    def _in_worker(self, binding: Binding) -> bool:
        """Only a local task of the user's own runs the same in this process as in one of its own, and only a module
        there can set the attributes of files."""
        return (
            self._connection.transport == "local"
            and not self._play_context.become
            and not self._task.async_val
            and all(self._task.args.get(option) is None for option in binding.attributes)
            and os.environ.get("PBX_FAST_PATH", "1") != "0"
        )

    def _as_process(self, name: str, taken: Taken, task_vars: Any) -> dict[str, Any]:
        wrap_async = self._task.async_val and not self._connection.has_native_async
        siblings = self._siblings(MODULES[name], taken)
        args = dict(taken.args)
        with siblings.turn() if siblings and MODULES[name].writes else nullcontext():
            if siblings:
                args[AMONG] = siblings.recent()
            answer: dict[str, Any] = self._execute_module(
                module_name=f"telops.pbx.{name}", module_args=args, task_vars=task_vars, wrap_async=wrap_async
            )
            for_siblings = answer.pop(AMONG, None) or {}
            if siblings and for_siblings:
                siblings.learn(for_siblings["tenant"])
                siblings.note(for_siblings["deeds"])
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        shared = shared_tenant(constants.DEFAULT_LOCAL_TMP, for_siblings.get("tenant"), task_vars)
        if shared:
            answer["warnings"] = [*answer.get("warnings", []), *shared]
        return answer

    def _siblings(self, binding: Binding, taken: Taken) -> Siblings | None:
        """The other tasks of the run, for a process; None where it refuses its options, or goes on behind the run."""
        validated = ArgumentSpecValidator(**binding.argument_spec()).validate(taken.args)
        if self._task.async_val or validated.error_messages:
            return None
        with self._environment():
            return Siblings(constants.DEFAULT_LOCAL_TMP, settings_of(with_credentials(validated.validated_parameters)))

    def _as_function(self, binding: Binding, taken: Taken, task_vars: Any) -> dict[str, Any]:
        spec = binding.argument_spec()
        validated = ArgumentSpecValidator(**spec).validate(taken.args)
        if validated.error_messages:
            return {"failed": True, "changed": False, "msg": validated.error_messages[0]}
        params = with_credentials(with_raw(binding, validated.validated_parameters, taken.args))
        previews = self._previews(params) if self._task.check_mode or may_only_read(params) else []
        folder, progress = constants.DEFAULT_LOCAL_TMP, self._progress(task_vars)
        run = Run(binding, params, bool(self._task.check_mode), folder, previews, progress)
        result = run.result()
        shared = shared_tenant(folder, run.tenant, task_vars)
        if shared:
            result["warnings"] = [*result.get("warnings", []), *shared]
        twice = [f"Both option {one['option']} and its alias {one['alias']} are set." for one in validated._warnings]
        if twice:
            result["warnings"] = twice + result.get("warnings", [])
        if validated._deprecations:
            result["deprecations"] = validated._deprecations
        blanked = binding.blanked(params)
        # Ansible would copy everything, also where there is nothing to blank out.
        return remove_values(result, blanked) if blanked else result

    def _progress(self, task_vars: Mapping[str, Any]) -> Callable[[str], None] | None:
        """Return the function that shows a line through Ansible's queue; None where the output is for programs."""
        if "json" in constants.DEFAULT_STDOUT_CALLBACK:
            return None
        host = task_vars["inventory_hostname"]
        return lambda line: self._display.display(plain(f"{host}: {line}"), color=constants.COLOR_VERBOSE)

    def _previews(self, params: Mapping[str, Any]) -> list[str]:
        """The previews that a task in check mode is a part of, the outermost first: the whole run, and everything
        around the task that a playbook declares to be a preview. All that may only read is one."""
        if may_only_read(params):
            return ["run"]
        found = ["run"] if context.CLIARGS.get("check") else []
        for identity, declared in reversed(list(self._declarations())):
            # A part that runs for real inside a preview does not belong to that preview.
            found = [*found, identity] if boolean(self._templar.template(declared), strict=False) else []
        return found or [self._task._uuid]

    def _declarations(self) -> Iterator[tuple[str, Any]]:
        """Yield each setting of ``check_mode`` from the inside out: task, blocks, includes, roles, and the play."""
        one, play = self._task, None
        while one is not None:
            yield from _declared(one)
            if one._role is not None and (one._parent is None or one._parent._role is not one._role):
                for role in (one._role, *reversed(getattr(one, "_dep_chain", None) or [])):
                    yield from _declared(role)
            play = getattr(one, "_play", play)
            one = one._parent
        yield from _declared(play)

    @contextmanager
    def _environment(self) -> Iterator[None]:
        """The task's ``environment`` and the folder of the playbook, which an ordinary module would be in."""
        wanted: dict[str, Any] = {}
        self._compute_environment_string(wanted)
        before, folder = dict(os.environ), os.getcwd()
        os.environ.update({name: str(value) for name, value in wanted.items()})
        os.chdir(self._loader.get_basedir())
        try:
            yield
        finally:
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(before)


def _declared(one: Any) -> Iterator[tuple[str, Any]]:
    """Yield the ``check_mode`` that a part of a playbook sets itself; its attribute also holds an inherited value."""
    written = getattr(one, "_ds", None)
    if isinstance(written, Mapping):
        if "check_mode" in written:
            yield one._uuid, written["check_mode"]
    elif isinstance(getattr(one, "_check_mode", None), (bool, str)):
        # A role has only the settings beside its name in the play.
        yield one._uuid, one._check_mode
