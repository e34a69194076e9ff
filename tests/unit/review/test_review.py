# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The summary of the results of tasks, and the forms in which it is shown, whatever the names are."""

from __future__ import annotations

import json
import os
import stat
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ansible_collections.telops.pbx.plugins.module_utils._api.errors import FileFailed
from ansible_collections.telops.pbx.plugins.module_utils._review.data import as_json
from ansible_collections.telops.pbx.plugins.module_utils._review.markdown import markdown
from ansible_collections.telops.pbx.plugins.module_utils._review.page import LONG, html
from ansible_collections.telops.pbx.plugins.module_utils._review.summary import Review
from ansible_collections.telops.pbx.plugins.module_utils._review.text import lines
from ansible_collections.telops.pbx.plugins.module_utils._text.plain import plain, value

METHODS = {"create": "POST", "update": "PUT", "order": "PUT", "replace": "POST", "delete": "DELETE", "empty": "DELETE"}

# Every kind of name: with markup, controls, halves of characters, other directions, and nothing.
NAMES = st.one_of(
    st.text(st.characters(), max_size=12),
    st.sampled_from(
        [
            "",
            " ",
            " a ",
            "`",
            "``` a ``",
            "a\nb\r\n\x85\u2028c",
            "\x1b[2J",
            "</title></style></bdi><script>alert(1)</script>",
            "&lt;b&gt;",
            '" onmouseover="alert(1)',
            "| - # * _ [x](http://x.invalid) <http://x.invalid>",
            "אנה כהן 12",
            "مرحبا",
            "\u202etxt.exe",
            "\ud800",
            "مى\u200cرود",
            "👩\u200d💻",
        ]
    ),
)


def step(action: str, kind: str, title: str, *changes: tuple[str, Any, Any]) -> dict[str, Any]:
    return {
        "action": action,
        "kind": kind,
        "object": title,
        "method": METHODS.get(action, "PUT"),
        "path": f"/{kind}/",
        "body": {"name": title},
        "changes": [{"field": name, "from": before, "to": after} for name, before, after in changes],
    }


def reviewed(result: dict[str, Any], check: bool = True, tenant: str = "north") -> Review:
    review = Review()
    review.add(tenant, result, check)
    review.finish([])
    return review


def shown(review: Review, most: int = 20) -> list[str]:
    return [line for line, dummy in lines(review, most)]


def data(review: Review) -> Any:
    return json.loads(as_json(review))


AGENTS = [step("create", "agent", f'extension "101" > agent "{name}"', ("name", None, name)) for name in ("A", "B")]
PHONE = step("update", "phone", 'extension "101" > phone', ("hangup_timeout", 20, 30), ("hold_music", "Hold", None))
ORDER = step("order", "ivr_rule", 'extension "300" > order of IVR rules')
RULE = step("delete", "ivr_rule", 'extension "300" > IVR rule "Bye"', ("action", "hangup", None))
CALL = step("hangup", "call", 'extension "101" > call "abc"')


def test_a_preview_says_what_is_to_come() -> None:
    assert shown(reviewed({"plan": [*AGENTS, PHONE]})) == [
        "north: 2 to create, 1 to change, 0 to delete",
        "    agent: 2 to create",
        '      + extension "101" > agent "A"',
        '      + extension "101" > agent "B"',
        "    phone: 1 to change",
        '      ~ extension "101" > phone',
    ]


def test_a_real_run_says_what_was_done() -> None:
    assert shown(reviewed({"plan": [RULE, ORDER, CALL]}, check=False)) == [
        "north: 0 created, 1 changed, 1 deleted, 1 carried out",
        "    call: 1 carried out",
        '      ! hangup: extension "101" > call "abc"',
        "    ivr_rule: 1 changed, 1 deleted",
        '      - extension "300" > IVR rule "Bye"',
        '      ~ extension "300" > order of IVR rules',
    ]


@pytest.mark.parametrize(
    ("action", "effect"),
    [
        ("create", "create"),
        ("update", "change"),
        ("replace", "change"),
        ("order", "change"),
        ("delete", "delete"),
        ("empty", "delete"),
        ("transfer", "carry_out"),
    ],
)
def test_every_action_counts_as_what_it_does(action: str, effect: str) -> None:
    review = data(reviewed({"plan": [step(action, "thing", "x")]}))
    expected = {"create": 0, "change": 0, "delete": 0, "carry_out": 0, effect: 1}
    assert review["counts"] == {"planned": expected, "done": dict.fromkeys(expected, 0)}
    assert review["tenants"]["north"]["kinds"]["thing"]["planned"] == expected


def test_a_preview_inside_of_a_real_run_is_told_apart() -> None:
    review = Review()
    review.add("north", {"plan": [PHONE]}, True)
    review.add("north", {"plan": AGENTS}, False)
    review.finish([])
    assert shown(review)[0] == "north: 2 created, 0 changed, 0 deleted; 0 to create, 1 to change, 0 to delete"
    assert [step["done"] for step in data(review)["tenants"]["north"]["steps"]] == [False, True, True]


def test_the_items_of_a_loop_count_together() -> None:
    looped = {"changed": True, "results": [{"plan": AGENTS[:1]}, {"skipped": True}, {"plan": AGENTS[1:]}]}
    assert shown(reviewed(looped)) == shown(reviewed({"plan": AGENTS}))


def test_many_tenants_are_told_one_by_one_and_in_all() -> None:
    review = Review()
    for tenant in ("west", "east", "north"):
        review.add(tenant, {"plan": [PHONE] if tenant == "north" else []}, True)
    review.finish([])
    assert shown(review) == [
        "north: 0 to create, 1 to change, 0 to delete",
        "    phone: 1 to change",
        '      ~ extension "101" > phone',
        "no change: east, west",
        "1 of 3 tenants with changes: 0 to create, 1 to change, 0 to delete",
    ]
    assert list(data(review)["tenants"]) == ["east", "north", "west"]
    assert "No change: `east`, `west`" in markdown(review)


def test_more_names_than_asked_for_are_counted() -> None:
    plan = [step("create", "agent", f"agent {n}") for n in range(7)]
    assert shown(reviewed({"plan": plan}), most=5)[-2:] == ["      + agent 4", "      and 2 more"]
    assert shown(reviewed({"plan": plan}), most=7)[-1] == "      + agent 6"
    assert markdown(reviewed({"plan": plan})).count("`agent ") == 7


def test_objects_of_one_name_share_a_line() -> None:
    plan = [step("create", "ivr_rule", name) for name in ("hangup", "voicemail", "hangup", "hangup")]
    assert shown(reviewed({"plan": plan}))[2:] == ["      + hangup (3 times)", "      + voicemail"]
    assert shown(reviewed({"plan": plan}), most=0)[2:] == ["      and 4 more"]


def test_a_failed_tenant_is_named_with_its_message_and_what_was_done_before() -> None:
    review = Review()
    failure = {"msg": "the PBX refused\nDone before: create agent.", "plan": AGENTS[:1]}
    review.add("north", failure, False)
    review.fail("north", "Set up", failure)
    review.finish(["north"])
    assert shown(review) == [
        "north: failed, 1 created, 0 changed, 0 deleted",
        "    Set up: the PBX refused (and 1 more line)",
        "    agent: 1 created",
        '      + extension "101" > agent "A"',
    ]
    assert data(review)["tenants"]["north"]["failures"] == [
        {"task": "Set up", "message": failure["msg"], "passed": False}
    ]
    assert "Done before: create agent." in markdown(review)
    assert "Done before: create agent." in html(review)


def test_each_failed_item_of_a_loop_has_its_message() -> None:
    review = Review()
    items = [{"failed": True, "msg": "no A"}, {"plan": AGENTS}, {"failed": True, "msg": ["no", "C"]}, {"failed": True}]
    review.fail("north", "Set up", {"msg": "One or more items failed", "results": items})
    review.finish(["north"])
    found = [failure["message"] for failure in data(review)["tenants"]["north"]["failures"]]
    assert found == ["no A", '["no", "C"]', "no message"]


def test_a_failure_that_the_run_went_on_after_is_no_failed_tenant() -> None:
    review = Review()
    review.add("north", {"plan": []}, False)
    review.fail("north", "Try", {"msg": "not yet"})
    review.fail("other", "Ping", {"msg": "not ours"})
    review.finish([])
    assert [(tenant.name, tenant.status) for tenant in review.tenants] == [("north", "unchanged")]
    assert "Went on after a failure in `Try`: `not yet`" in markdown(review)


def test_a_host_that_failed_before_its_first_task_is_told() -> None:
    review = Review()
    review.fail("north", "Ping", {"msg": "unreachable"})
    review.finish(["north"])
    assert shown(review) == ["north: failed, nothing was done", "    Ping: unreachable"]


def test_hidden_tasks_are_only_counted() -> None:
    review = Review()
    review.add("north", {"censored": "hidden", "changed": True, "plan": AGENTS, "warnings": ["secret"]}, False)
    review.add("north", {"censored": "hidden", "results": [{"changed": True}, {"changed": False}]}, False)
    review.add("north", {"censored": "hidden", "changed": False}, False)
    review.fail("north", "Set up", {"censored": "hidden", "msg": "secret"})
    review.finish(["north"])
    assert shown(review) == [
        "north: failed, 0 created, 0 changed, 0 deleted; 2 tasks with changes hidden by no_log",
        "    Set up: hidden, because of no_log",
    ]
    for form in (markdown, as_json, html):
        assert "agent" not in form(review)
        assert "secret" not in form(review)


def test_only_the_plan_is_used_of_a_result() -> None:
    secret = {"invocation": {"module_args": {"password": "canary"}}, "diff": {"after": "canary"}, "phone": "canary"}
    review = reviewed({**secret, "plan": [{**PHONE, "invocation": "canary"}], "msg": "canary"})
    for form in (markdown, as_json, html):
        assert "canary" not in form(review)
    assert "canary" not in "".join(shown(review))


def test_warnings_are_in_the_reports_once() -> None:
    review = reviewed({"warnings": ["look here"], "results": [{"plan": [], "warnings": ["look here", "and there"]}]})
    assert data(review)["tenants"]["north"]["warnings"] == ["look here", "and there"]
    assert markdown(review).count("`look here`") == 1
    assert html(review).count("look here") == 1


@pytest.mark.parametrize(
    "result", [{"plan": None}, {"plan": ["x", {}]}, {"results": ["x"]}, {"plan": [{"changes": [1]}]}]
)
def test_what_is_no_plan_does_no_harm(result: dict[str, Any]) -> None:
    review = reviewed(result)
    assert all((shown(review), markdown(review), as_json(review), html(review)))


def test_json_is_the_same_whatever_the_order_of_the_tenants() -> None:
    texts = set()
    for tenants in (("a", "b"), ("b", "a")):
        review = Review()
        for tenant in tenants:
            review.add(tenant, {"plan": [PHONE, *AGENTS]}, True)
        texts.add(as_json(review))
    (text,) = texts
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"
    steps = json.loads(text)["tenants"]["a"]["steps"]
    assert [{name: one[name] for name in PHONE} for one in steps] == [PHONE, *AGENTS]


# -- odd names


def odd(tenant: str, kind: str, title: str, field: str, before: Any, message: str) -> Review:
    """A review in which everything that comes from outside is given."""
    review = Review()
    given = step("update", kind, title, (field, before, title), ("gone", before, None))
    deed = {**step(field or "x", kind, title), "path": before}
    review.add(tenant, {"plan": [given, deed], "warnings": [message]}, True)
    review.fail(tenant, title, {"msg": message})
    review.finish([tenant])
    return review


PLAIN = odd("t", "k", "x", "f", "v", "m")


class Tags(HTMLParser):
    """The elements and attributes of a page, and the texts of its isolated names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.names: list[str] = []
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))
        self._inside = tag == "bdi"
        if self._inside:
            self.names.append("")

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.names[-1] += data


def one_line(text: str) -> bool:
    return text == text.strip() and len(text.splitlines()) == 1


@settings(deadline=None)
@given(NAMES, NAMES, NAMES, NAMES, NAMES.filter(one_line))
def test_no_name_becomes_markup_of_the_page(tenant: str, kind: str, title: str, field: str, message: str) -> None:
    page = html(odd(tenant, kind, title, field, title, message))
    tags = Tags(page)
    assert tags.found == Tags(html(PLAIN)).found
    for text in (tenant, kind, title, message):
        assert plain(text) in tags.names
    page.encode()


@settings(deadline=None)
@given(NAMES, NAMES, NAMES, NAMES, NAMES.filter(one_line))
def test_no_name_becomes_markup_of_markdown(tenant: str, kind: str, title: str, field: str, message: str) -> None:
    def parts(review: Review) -> list[Any]:
        return [part for token in MarkdownIt().parse(markdown(review)) for part in (token, *(token.children or ()))]

    found = parts(odd(tenant, kind, title, field, title, message))
    assert [part.type for part in found] == [part.type for part in parts(PLAIN)]
    codes = [part.content for part in found if part.type == "code_inline"]
    for text in (tenant, kind, title, field, message):
        assert (plain(text) or '""') in codes


@settings(deadline=None)
@given(NAMES, NAMES, NAMES, NAMES, NAMES.filter(one_line))
def test_no_name_leaves_its_line_on_the_terminal(tenant: str, kind: str, title: str, field: str, message: str) -> None:
    found = shown(odd(tenant, kind, title, field, title, message))
    assert len(found) == len(shown(PLAIN))
    assert not [c for line in found for c in line if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]


@settings(deadline=None)
@given(NAMES, NAMES, st.recursive(st.none() | st.booleans() | st.integers() | NAMES, st.lists, max_leaves=4))
def test_json_keeps_every_name_as_it_is(tenant: str, title: str, before: Any) -> None:
    # As the file is written, in which half a character becomes an escape.
    text = as_json(odd(tenant, "k", title, "f", before, "m")).encode("utf-8", "backslashreplace")
    found = json.loads(text)["tenants"][tenant]["steps"][0]
    assert (found["object"], found["changes"][0]["from"]) == (title, before)


def test_what_can_be_seen_stays_as_it_is() -> None:
    for text in ("Anna", "אנה כהן", "مى\u200cرود", "👩\u200d💻", "a\\b", "A\N{COMBINING DIAERESIS}"):
        assert plain(text) == text
    assert plain("a\u202eb\u200b\x1b\n") == "a\\u202eb\\u200b\\x1b\\n"


@pytest.mark.parametrize(
    ("given_value", "text"),
    [("x", "x"), ("", '""'), ("  ", '"  "'), (None, "null"), (True, "true"), (["ä", 1], '["ä", 1]')],
)
def test_values_are_told_apart(given_value: Any, text: str) -> None:
    assert value(given_value) == text


def test_long_lists_start_folded() -> None:
    def fold(count: int) -> list[Any]:
        page = html(reviewed({"plan": [step("create", "agent", f"agent {n}") for n in range(count)]}))
        found = [attributes for tag, attributes in filter(lambda one: one[0] == "details", Tags(page).found)]
        assert found.pop() == [("class", "technical")]
        return found

    assert fold(LONG) == [[("open", None)]]
    assert fold(LONG + 1) == [[]]


# -- files


def test_a_report_is_for_its_owner_and_there_whole(tmp_path: Path) -> None:
    from ansible_collections.telops.pbx.plugins.module_utils._entry.review import form_of, write
    from ansible_collections.telops.pbx.plugins.module_utils._entry.review import html as with_pictures

    path = tmp_path / "plan.md"
    write(str(path), "first")
    link = tmp_path / "link.md"
    link.symlink_to(path)
    write(str(link), "a\ud800")
    assert path.read_text(encoding="utf-8") == "a\\ud800"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert link.is_symlink()
    with pytest.raises(AttributeError):
        write(str(path), None)  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "a\\ud800"
    with pytest.raises(FileFailed, match="No such file"):
        write(str(tmp_path / "nowhere" / "plan.md"), "x")
    with pytest.raises(FileFailed, match="is no file"):
        write(str(tmp_path), "x")
    assert sorted(os.listdir(tmp_path)) == ["link.md", "plan.md"]
    assert [form_of(name) for name in ("a.md", "a.JSON", "b/c.html", "md", "a.pdf")] == [
        markdown,
        as_json,
        with_pictures,
        None,
        None,
    ]


def test_call_tests_of_all_tenants_are_one_table() -> None:
    review = Review()
    for name, passed in (("north", True), ("south", False)):
        test = {
            "name": f"{name} is closed",
            "call": {"to": "74950000101", "local": "Fri 2027-12-24 14:01 +01:00"},
            "passed": passed,
            "failed": int(not passed),
            "words": "voicemail 300 after 0 s",
        }
        result = {"results": [test], "msg": "1 of 1 call tests is not passed", "read_only": True}
        review.add(name, result, True)
        if not passed:
            review.fail(name, "Try the calls", result)
    review.finish(())
    text = html(review)
    assert "Call tests: 2 tried, 1 not passed" in text
    assert text.index("south is closed") < text.index("north is closed")
    assert text.count("voicemail 300 after 0 s") == text.count("Fri 2027-12-24 14:01") == 2
    # A test is no item of a loop, which would have a message of its own.
    assert ("1 of 1 call tests is not passed" in text, "no message" in text) == (True, False)
