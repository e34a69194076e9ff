# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A voice menu: its options, the wait for keys, and its lifetime."""

from __future__ import annotations

from typing import Any

from .asks import MENU, Heard
from .call import Shown
from .connect import ring_group
from .guards import ANY
from .menus import Context, Menu, MenuRule, Option
from .numbers import EXTENSION, Group, Leg
from .plan import Extension
from .run import ANSWERED, Result, Run, Unknown

# The rules go on; or the call is now in an option, which follows with its context.
ON, GO = "on", "go"

START, TIMEOUT, INVALID = "start", "timeout", "invalid"
_MANDATORY = (START, TIMEOUT, INVALID)


class Expired(Exception):
    """The lifetime of the menu is over."""

    def __init__(self, t: int) -> None:
        super().__init__()
        self.t = t


class Visit:
    """One call in one menu. status: of the last transfer that failed. until: when the lifetime is over, or the caller
    is gone.

    seen: the caller as he came in. fresh: nothing of the option has been heard yet that keys can break into.
    """

    __slots__ = ("extension", "fresh", "menu", "run", "seen", "status", "until")

    def __init__(self, run: Run, extension: Extension, menu: Menu, t: int) -> None:
        self.run = run
        self.extension = extension
        self.menu = menu
        self.until = min(t + menu.lifetime, run.gone) if menu.lifetime else run.gone
        self.seen = run.caller
        self.status = ""
        self.fresh = True

    @property
    def so_far(self) -> tuple[Any, ...] | None:
        """The values that decide the rest of the call, beside context, keys and time; None if there may be others."""
        run = self.run
        if self.menu.lifetime or run.requests:
            return None
        variables = tuple(sorted(run.variables.items()))
        return self.extension.number, self.status, self.seen, run.caller, variables

    def passed(self, t: int) -> int:
        """A moment that time has come to. Raises Expired if the menu has let go of the caller before, or just then."""
        if t >= self.until:
            raise Expired(self.until)
        return t

    def failed(self, t: int, status: str) -> int:
        """A transfer has failed; return when. Raises Expired if the lifetime was over meanwhile."""
        self.status = status
        if t >= self.until:
            raise Expired(t)
        return t

    def sound(self, t: int, title: str, kind: str = "foreground") -> int:
        t = self.run.sound(t, title, kind, self.until)
        if t >= self.until:
            raise Expired(self.until)
        return t

    def silence(self, t: int, ms: int) -> int:
        self.run.events.append((t, "silence", min(ms, self.until - t)))
        return self.passed(t + ms)

    def hang_up(self, t: int, cause: str = "normal") -> Result:
        return self.run.hang_up(t, cause)

    def jump(self, t: int, name: str, option: str, place: str) -> Result:
        """Go to an option of a context."""
        context = self.menu.contexts.get(name)
        if context is None:
            raise Unknown(t, place)
        return (t, GO, (context, option)) if option in context.options else self.go(t, context, option)

    def go(self, t: int, context: Context, option: str) -> Result:
        if option not in context.options and option not in _MANDATORY:
            if context.others:
                raise Unknown(t, f"{context.place} > options")
            self.run.used.add("missing_option")
            if self.run.assume.missing_option == "hangup":
                return self.hang_up(t)
            option = INVALID
        return t, GO, (context, option)

    def wait(self, t: int, context: Context) -> Result:
        """Wait for keys."""
        keys, dummy, after = self.run.ask(t, MENU, context, self)
        if not keys or after >= context.timeout:
            self.run.events.append((t, "keys", MENU, ""))
            t += context.timeout
            if t >= self.until:
                raise Expired(self.until)
            return t, GO, (context, TIMEOUT)
        return self.typed(self.passed(t + after) if after else t, context, keys)

    def typed(self, t: int, context: Context, keys: str) -> Result:
        """Keys that are pressed now."""
        text, at = (keys[0], t) if context.digit_len == 1 else self.heard(t, context, keys)
        self.run.events.append((t, "keys", MENU, text))
        if at >= self.until:
            raise Expired(self.until)
        return self.chosen(at, context, text)

    def heard(self, t: int, context: Context, keys: str) -> Heard:
        """The part of some keys that the menu takes, and when it takes no more."""
        length = context.digit_len
        if not length:
            # Not 0: the menu itself is an extension.
            length = self.run.plan.numbers.length
            if length != 1:
                self.run.used.add("digit_len_default")
                if self.run.assume.digit_len_default == "one":
                    length = 1
        if length == 1:
            return Heard(keys[0], t)
        text = keys[:length]
        for end in range(1, min(len(text) + 1, length)):
            if text[:end] in context.unambiguous:
                self.run.used.add("early_match")
                if self.run.assume.early_match == "unambiguous":
                    return Heard(text[:end], t)
        return Heard(text, t if len(text) == length else t + context.inter_digit_timeout)

    def chosen(self, t: int, context: Context, text: str) -> Result:
        """Where an input leads."""
        if text in context.options:
            return t, GO, (context, text)
        if context.others:
            raise Unknown(t, f"{context.place} > options")
        if context.any_dial:
            run = self.run
            if text in run.plan.extensions:
                t, status, then = ring_group(run, Group((Leg(EXTENSION, text),)), t)
                if status == ANSWERED:
                    return t, ANSWERED, then
                t = self.failed(t, status)
            elif not run.plan.numbers.extensions_whole:
                raise Unknown(t, "extensions")
        return t, GO, (context, INVALID)

    def holds(self, rule: MenuRule, t: int) -> bool:
        """Whether the conditions of a rule hold."""
        guard = rule.guard
        if guard is not None:
            if (guard.schedule or guard.no_interval) and not self.run.active(guard, t):
                return False
            if guard.caller and not self.run.fits(guard, self._caller(), t):
                return False
            if guard.call_status != ANY and guard.call_status != self.status:
                return False
        return not rule.variable or self.run.variables.get(rule.variable, "") == rule.value

    def _caller(self) -> Shown:
        run = self.run
        if run.caller.number == self.seen.number:
            return self.seen
        run.used.add("set_caller_scope")
        return run.caller if run.assume.set_caller_scope == "everywhere" else self.seen


def rules_of(t: int, context: Context, option: Option | None) -> tuple[MenuRule, ...]:
    """The rules of an option that the context does not list, or lists without them: none, or they are not known."""
    if option is not None:
        raise Unknown(t, f"{option.place} > rules")
    if context.others:
        raise Unknown(t, f"{context.place} > options")
    return ()


def expire(visit: Visit, t: int) -> Result:
    """The lifetime is over."""
    group = visit.menu.expiry
    if group is not None and t <= visit.run.patience:
        t, status, then = ring_group(visit.run, group, t)
        if status == ANSWERED:
            return t, ANSWERED, then
    return visit.hang_up(t)
