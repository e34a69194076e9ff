# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The limits of a run: documents that they refuse before anything is written, and documents within them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.case import QUEUE, Case, Live
from tests.cases.inprocess import call, enliven
from tests.emulator.server import Emulator

Document = dict[str, Any]

AGENT = {"extension": "101", "name": "Anna"}
NUMBERS = [*(str(number) for number in range(101, 113)), "200", "201", "300", "400", "500"]

OF_QUEUE: Document = {"extensions": [{"number": "200", "queue": {"max_wait_time": 60}}]}
OF_ANOTHER: Document = {"extensions": [{"number": "201", "queue": {"max_wait_time": 60}}]}
OF_MEMBERS: Document = {"extensions": [{"number": "200", "queue_agents": [{"agent": "101/Anna"}]}]}
OF_LABEL: Document = {"extensions": [{"number": "200", "label": "Appointments by phone"}]}


def without(*numbers: str) -> Document:
    return {"extensions": [{"number": n} for n in NUMBERS if n not in numbers], "purge": ["extensions"]}


@pytest.fixture
def pbx(pbx: Emulator) -> Emulator:
    assert call(pbx, "pbx_agent", AGENT)["changed"]
    pbx.clear_log()
    return pbx


def waiting(pbx: Emulator, *states: str) -> None:
    members = (Live("queue_member", {"number": f"1555010{n}", "state": state}) for n, state in enumerate(states))
    enliven(pbx, Case("pbx_queue", QUEUE, (), (), live=tuple(members)))


@pytest.mark.parametrize(
    ("states", "document", "refused"),
    [
        pytest.param(["Waiting"], OF_QUEUE, True, id="settings"),
        pytest.param(["Waiting"], OF_MEMBERS, True, id="members"),
        pytest.param(["Waiting"], without("200"), True, id="the queue itself"),
        pytest.param(["Waiting"], OF_ANOTHER, False, id="another queue"),
        pytest.param(["Waiting"], OF_LABEL, False, id="a label"),
        pytest.param(["Waiting"], without("400"), False, id="another extension"),
        pytest.param(["Trying", "Answered"], OF_QUEUE, False, id="callers who talk"),
        pytest.param([], OF_QUEUE, False, id="nobody"),
    ],
)
def test_a_queue_in_which_callers_wait_is_left_alone(
    pbx: Emulator, states: list[str], document: Document, refused: bool
) -> None:
    waiting(pbx, *states)
    result = call(pbx, "pbx_tenant", document)
    says = (
        '1 caller is waiting in the queue of extension "200", which this plan changes; run this again when the queue '
        "is empty, or set live_traffic to allow"
    )
    assert result.get("msg", "") == (says if refused else "")
    assert bool(pbx.writes()) is not refused


@pytest.mark.parametrize(("live_traffic", "check"), [("allow", False), ("refuse", True)], ids=["allowed", "previewed"])
def test_who_waits_does_not_matter_when_told_so_or_in_a_preview(pbx: Emulator, live_traffic: str, check: bool) -> None:
    waiting(pbx, "Waiting")
    result = call(pbx, "pbx_tenant", {**OF_QUEUE, "live_traffic": live_traffic}, check=check)
    assert not result.get("failed"), result["msg"]
    assert result["changed"]
    assert bool(pbx.writes()) is not check


@pytest.mark.parametrize(
    ("gone", "limits", "says"),
    [
        pytest.param(["400"], {"max_deletes": 1}, "", id="as many as allowed"),
        pytest.param(
            ["400", "500"],
            {"max_deletes": 1},
            "2 objects would be deleted, and max_deletes is 1; set it to 2 or more if the deletions are intended: "
            'extension "400", extension "500"',
            id="one too many",
        ),
        # The first phone has an agent, who goes along. 5 of 17 are 29.4 %, 6 of 17 are 35.3 %.
        pytest.param(NUMBERS[:5], {}, "", id="less than the share"),
        pytest.param(
            NUMBERS[1:7],
            {"max_delete_share": 35},
            "6 of 17 extensions would be deleted, that is 35 %, and max_delete_share is 35; set it to 36 or more if "
            "the deletions are intended",
            id="a little more than the share",
        ),
        pytest.param(NUMBERS[1:7], {"max_delete_share": 36}, "", id="the share that it names"),
        pytest.param(
            ["400"],
            {"protect": ["extension *"]},
            'extension "400" would be deleted, and protect holds "extension *"; remove this pattern if the deletion is '
            "intended",
            id="protected by its title",
        ),
        pytest.param(["400"], {"protect": ["40", "EXTENSION*"]}, "", id="protected are others"),
        pytest.param(
            NUMBERS[:5],
            {"max_deletes": 5},
            "6 objects would be deleted, 1 of them along with other objects, and max_deletes is 5; set it "
            "to 6 or more if the deletions are intended: "
            + ", ".join(f'extension "{number}"' for number in NUMBERS[:5])
            + " and 1 more",
            id="one that goes along",
        ),
        pytest.param(
            NUMBERS[1:6],
            {"max_deletes": 4, "max_delete_share": 100},
            "5 objects would be deleted, and max_deletes is 4; set it to 5 or more if the deletions are intended: "
            + ", ".join(f'extension "{number}"' for number in NUMBERS[1:6]),
            id="as many as are listed",
        ),
        pytest.param(
            NUMBERS[1:8],
            {"max_deletes": 4, "max_delete_share": 100},
            "7 objects would be deleted, and max_deletes is 4; set it to 7 or more if the deletions are intended: "
            + ", ".join(f'extension "{number}"' for number in NUMBERS[1:6])
            + " and 2 more",
            id="more than are listed",
        ),
    ],
)
def test_no_more_is_deleted_than_the_limits_allow(
    pbx: Emulator, gone: list[str], limits: dict[str, Any], says: str
) -> None:
    result = call(pbx, "pbx_tenant", {**without(*gone), **limits})
    assert result.get("msg", "") == says
    assert len(pbx.writes()) == (0 if says else len(gone))


@pytest.mark.parametrize("name", ["Anna", "101/Anna", "*/Anna", 'extension "101" > *'])
def test_an_agent_is_protected_by_its_own_name_too(pbx: Emulator, name: str) -> None:
    result = call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "agents": []}], "protect": [name]})
    assert result["msg"] == (
        f'extension "101" > agent "101/Anna" would be deleted, and protect holds "{name}"; remove this pattern if the '
        "deletion is intended"
    )
    assert pbx.writes() == []


@pytest.mark.parametrize(
    ("there", "gone", "says"),
    [
        pytest.param(10, 3, "", id="just the share"),
        pytest.param(
            10,
            4,
            '4 of 10 agents of extension "102" would be deleted, that is 40 %, and max_delete_share is 30; set it to '
            "40 or more if the deletions are intended",
            id="more of the fewest that count",
        ),
        pytest.param(8, 7, "", id="of a list that is too small to count"),
    ],
)
def test_the_share_is_counted_in_each_list(pbx: Emulator, there: int, gone: int, says: str) -> None:
    def agents(count: int) -> Document:
        return {"extensions": [{"number": "102", "agents": [{"name": f"Agent {n}"} for n in range(count)]}]}

    assert call(pbx, "pbx_tenant", agents(there))["changed"]
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", {**agents(there - gone), "purge": ["agents"]})
    assert result.get("msg", "") == says
    assert len(pbx.writes()) == (0 if says else gone)


def test_only_the_expected_tenant_is_changed(pbx: Emulator) -> None:
    refused = call(pbx, "pbx_tenant", {**OF_LABEL, "expect_client_id": pbx.client_id + 1})
    assert refused["msg"] == (
        f"these credentials belong to the tenant with the id {pbx.client_id}, and expect_client_id is "
        f"{pbx.client_id + 1}; nothing else was read, and nothing was changed; correct the credentials, or "
        "expect_client_id"
    )
    assert [entry["path"] for entry in pbx.log()] == ["/user/"]
    assert call(pbx, "pbx_tenant", {**OF_LABEL, "expect_client_id": pbx.client_id})["changed"]


# The objects that a guard can count: the number of an extension, its document, and the place of the object.
HOURS: Document = {"timezone": "UTC", "conditions": [{"month": 12}]}
HELD: dict[str, tuple[str, Document, str]] = {
    "agent": ("112", {"agents": [{"name": "Zoe"}]}, 'extension "112" > agent "112/Zoe"'),
    "interval": ("112", {"intervals": [{"name": "Zoe", **HOURS}]}, 'extension "112" > interval "Zoe"'),
    "incoming rule": (
        "400",
        {"incom_rules": [{"name": "Zoe", "type": "busy"}]},
        'extension "400" > incoming rule "Zoe"',
    ),
    "mail": (
        "500",
        {"mail_notifications": [{"event_type": "call_failed_mail", "mail": "Zoe@example.com"}]},
        'extension "500" > mail notification "call_failed_mail Zoe@example.com"',
    ),
    "user": (
        "201",
        {"users": [{"login": "Zoe", "name": "Z", "email": "z@example.com", "password": "not a real one"}]},
        'extension "201" > user "Zoe"',
    ),
    "menu": (
        "300",
        {"ivr": {"contexts": [{"name": "Zoe"}]}},
        'extension "300" > IVR context "Zoe"',
    ),
    "rule of a menu": (
        "300",
        {
            "ivr": {
                "contexts": [
                    {"name": "m", "options": [{"digits": "1", "rules": [{"name": "Zoe", "action": "voicemail"}]}]}
                ]
            }
        },
        'extension "300" > IVR context "m" > IVR option "1" > IVR rule "Zoe"',
    ),
}


@pytest.mark.parametrize("kind", HELD)
@pytest.mark.parametrize("check", [True, False], ids=["preview", "run"])
def test_s9_what_goes_along_is_protected(pbx: Emulator, kind: str, check: bool) -> None:
    number, inside, title = HELD[kind]
    made = call(pbx, "pbx_tenant", {"extensions": [{"number": number, **inside}]})
    assert not made.get("failed"), made["msg"]
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", {**without(number), "protect": ["*Zoe*"]}, check=check)
    assert result["msg"] == (
        f'{title} would be deleted along with extension "{number}", and protect holds "*Zoe*"; remove this pattern if '
        "the deletion is intended"
    )
    assert pbx.writes() == []


@pytest.mark.parametrize("kind", HELD)
def test_s9_what_goes_along_counts(pbx: Emulator, kind: str) -> None:
    number, inside, dummy = HELD[kind]
    call(pbx, "pbx_tenant", {"extensions": [{"number": number, **inside}]})
    result = call(pbx, "pbx_tenant", {**without(number), "max_deletes": 1}, check=True)
    assert "along with other objects, and max_deletes is 1; set it to" in result["msg"]


def each(section: str, *numbers: str, **one: Any) -> Document:
    return {"extensions": [{"number": number, section: [{**one}] if one else []} for number in numbers]}


@pytest.mark.parametrize(
    ("section", "one", "kind", "reads"),
    [
        ("agents", {"name": "Eva"}, "agents", 0),
        ("intervals", {"name": "Night", **HOURS}, "intervals", 5),
        ("mail_notifications", {"event_type": "call_failed_mail", "mail": "a@example.com"}, "mail notifications", 5),
    ],
)
def test_s9_a_kind_counts_in_the_whole_tenant(
    pbx: Emulator, section: str, one: Document, kind: str, reads: int
) -> None:
    """Lists that are not declared are read only before a refusal, to be sure of it."""
    phones = NUMBERS[:12]
    call(pbx, "pbx_agent", {**AGENT, "state": "absent"})
    call(pbx, "pbx_tenant", each(section, *phones, **one))
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", each(section, *phones))
    assert result["msg"] == (
        f"12 of 12 {kind} of the tenant would be deleted, that is 100 %, and max_delete_share is 30; set it to 100 or "
        "more if the deletions are intended"
    )
    assert pbx.writes() == []
    declared = {f"/extension/{pbx.extension_id(number)}/" for number in phones}
    besides = [entry["path"] for entry in pbx.log() if entry["path"].startswith("/extension/")]
    assert len([path for path in besides if path[: len("/extension/5001/")] not in declared]) in (reads, reads + 2)
    pbx.clear_log()
    few = call(pbx, "pbx_tenant", each(section, *phones[:3]))
    assert few.get("msg") is None
    assert len(pbx.writes()) == 3


def test_s9_agents_that_go_with_their_phones_count_in_the_whole_tenant(pbx: Emulator) -> None:
    many = [{"name": f"Agent {number}"} for number in range(9)]
    call(pbx, "pbx_tenant", {"extensions": [{"number": "112", "agents": many}]})
    result = call(pbx, "pbx_tenant", without("112"), check=True)
    assert result["msg"] == (
        "9 of 10 agents of the tenant would be deleted, 9 of them along with other objects, that is 90 %, and "
        "max_delete_share is 30; set it to 90 or more if the deletions are intended"
    )


def test_s9_the_places_in_queues_of_agents_who_go_with_their_phone_count(pbx: Emulator) -> None:
    assert not call(pbx, "pbx_agent", {"extension": "101", "name": "Anna"}).get("failed")
    assert not call(pbx, "pbx_queue_agent", {"extension": "200", "agent": "101/Anna"}).get("failed")
    result = call(pbx, "pbx_tenant", {**without("101"), "max_deletes": 1, "check_references": False})
    assert result["msg"] == (
        "3 objects would be deleted, 2 of them along with other objects, and max_deletes is 1; set it to 3 or more "
        'if the deletions are intended: extension "101", extension "101" > agent "101/Anna", '
        'extension "200" > queue agent "101/Anna"'
    )


def test_s9_without_a_limit_nothing_is_read_to_count(pbx: Emulator) -> None:
    result = call(pbx, "pbx_tenant", {**without("102"), "max_delete_share": 100, "check_references": False}, check=True)
    assert result["changed"]
    assert not [entry["path"] for entry in pbx.log() if entry["path"].startswith("/extension/")]


def test_s9_a_list_that_cannot_be_read_is_told(pbx: Emulator) -> None:
    pbx.fault("status", path="/extension/*/mail_notification/", status=403, count=0)
    result = call(pbx, "pbx_tenant", without("112"), check=True)
    assert result["changed"]
    [warning] = result["warnings"]
    assert warning.startswith('extension "112": mail notifications could not be counted: ')


@pytest.mark.parametrize(
    ("guard", "says"),
    [
        ({"max_deletes": -1}, "max_deletes is -1; it starts at 0"),
        ({"max_delete_share": -1}, "max_delete_share is -1; it goes from 0 to 100 percent"),
        ({"max_delete_share": 101}, "max_delete_share is 101; it goes from 0 to 100 percent"),
        ({"protect": [""]}, "protect[0] is blank, and protects nothing; "),
        ({"protect": ["*Zoe*", " "]}, "protect[1] is blank, and protects nothing; "),
    ],
)
def test_v4_a_guard_that_would_guard_nothing_is_refused(pbx: Emulator, guard: Document, says: str) -> None:
    assert call(pbx, "pbx_tenant", {**without("400"), **guard})["msg"].startswith(says)
    assert pbx.log() == []


def test_s9_an_agent_who_leaves_queues_unasked_is_told(pbx: Emulator) -> None:
    call(pbx, "pbx_queue_agent", {"extension": "200", "agent": "101/Anna"})
    result = call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "agents": []}]}, check=True)
    assert result["warnings"] == [
        'extension "200" > queue agent "101/Anna" would be deleted along with extension "101" > agent "101/Anna"; no '
        "document says so"
    ]
    row = 'extension "200" > queue agent *'
    protected = call(pbx, "pbx_tenant", {"extensions": [{"number": "101", "agents": []}], "protect": [row]})
    assert "would be deleted along with" in protected["msg"]
    said = {"extensions": [{"number": "101", "agents": []}, {"number": "200", "queue_agents": []}]}
    assert call(pbx, "pbx_tenant", said)["warnings"] == []


# Changes that a caller in queue 200 would feel, whose only agent is Anna: as the task of a module or as a document.
ANSWERED = "which this plan changes"
LEFT = "which no agent would answer any more"
FELT: dict[str, tuple[str, Document, str]] = {
    "the queue changes": ("pbx_queue", {"extension": "200", "max_wait_time": 60}, ANSWERED),
    "its last agent goes": ("pbx_queue_agent", {"extension": "200", "agent": "101/Anna", "state": "absent"}, ANSWERED),
    "another agent comes": ("pbx_queue_agent", {"extension": "200", "agent": "102/Eva"}, ANSWERED),
    "it is blocked": ("pbx_extension", {"number": "200", "status": "blocked"}, ANSWERED),
    "it is deleted": ("pbx_extension", {"number": "200", "state": "absent"}, ANSWERED),
    "its only agent logs out": ("pbx_agent", {**AGENT, "status": "logged_out"}, LEFT),
    "its only agent is deleted": ("pbx_agent", {**AGENT, "state": "absent"}, LEFT),
    "its agent's phone is blocked": ("pbx_extension", {"number": "101", "status": "blocked"}, LEFT),
    "its agent's phone is deleted": (
        "pbx_extension",
        {"number": "101", "state": "absent", "check_references": False},
        LEFT,
    ),
    "a document blocks it": ("pbx_tenant", {"extensions": [{"number": "200", "status": "blocked"}]}, ANSWERED),
    "a document logs its agent out": (
        "pbx_tenant",
        {"extensions": [{"number": "101", "agents": [{"name": "Anna", "status": "logged_out"}]}]},
        LEFT,
    ),
    "a document deletes its agent": ("pbx_tenant", {"extensions": [{"number": "101", "agents": []}]}, LEFT),
    "a document blocks its agent's phone": (
        "pbx_tenant",
        {"extensions": [{"number": "101", "status": "blocked"}]},
        LEFT,
    ),
}
UNFELT: dict[str, tuple[str, Document]] = {
    "the other queue": ("pbx_queue", {"extension": "201", "max_wait_time": 60}),
    "another agent logs out": ("pbx_agent", {"extension": "102", "name": "Eva", "status": "logged_out"}),
    "a label": ("pbx_extension", {"number": "200", "label": "Appointments"}),
    "a phone without agents": ("pbx_extension", {"number": "103", "state": "absent"}),
    "another setting of its agent": ("pbx_agent", {**AGENT, "wrap_up_time": 5}),
    "its agent logs in": ("pbx_agent", {**AGENT, "status": "available"}),
}


@pytest.fixture
def served(pbx: Emulator) -> Emulator:
    """Queue 200, where somebody waits and Anna answers."""
    call(pbx, "pbx_agent", {"extension": "102", "name": "Eva", "status": "available"})
    call(pbx, "pbx_agent", {**AGENT, "status": "available"})
    call(pbx, "pbx_queue_agent", {"extension": "200", "agent": "101/Anna"})
    waiting(pbx, "Waiting")
    pbx.clear_log()
    return pbx


@pytest.mark.parametrize("name", FELT)
def test_s9_callers_who_wait_are_kept(served: Emulator, name: str) -> None:
    module, args, why = FELT[name]
    result = call(served, module, args)
    assert result["msg"] == (
        f'1 caller is waiting in the queue of extension "200", {why}; run this again when the queue is empty, or set '
        "live_traffic to allow"
    )
    assert served.writes() == []
    assert result["plan"]
    assert call(served, module, args, check=True).get("msg") is None
    assert call(served, module, {**args, "live_traffic": "allow"})["changed"]


@pytest.mark.parametrize("name", UNFELT)
def test_s9_what_no_caller_feels_is_done(served: Emulator, name: str) -> None:
    assert call(served, *UNFELT[name]).get("msg") is None


def test_s9_another_agent_of_the_queue_is_enough(served: Emulator) -> None:
    call(served, "pbx_queue_agent", {"extension": "200", "agent": "102/Eva", "live_traffic": "allow"})
    assert call(served, "pbx_agent", {**AGENT, "status": "logged_out"})["changed"]
    assert LEFT in call(served, "pbx_agent", {"extension": "102", "name": "Eva", "status": "logged_out"})["msg"]


@pytest.mark.parametrize(
    ("module", "args", "more"),
    [
        ("pbx_queue", {"extension": "200", "max_wait_time": 60}, 1),
        ("pbx_queue_agent", {"extension": "200", "agent": "102/Eva"}, 1),
        ("pbx_extension", {"number": "201", "status": "blocked"}, 1),
        ("pbx_extension", {"number": "103", "status": "blocked"}, 1),
        ("pbx_extension", {"number": "103", "label": "Desk"}, 0),
        ("pbx_agent", {"extension": "102", "name": "Eva", "wrap_up_time": 5}, 0),
        # Two queues, of which none is left.
        ("pbx_agent", {"extension": "102", "name": "Eva", "state": "absent"}, 3),
    ],
)
def test_s9_what_the_look_at_callers_costs(served: Emulator, module: str, args: Document, more: int) -> None:
    plain = call(served, module, args, check=True)["requests"]["GET"]
    served.clear_log()
    call(served, module, args)
    gets = [entry["path"] for entry in served.log() if entry["method"] == "GET"]
    assert len(gets) - plain == more, gets
