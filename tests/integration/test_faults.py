# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A PBX and a network that fail: nothing is lost, nothing is sent twice, and the message says what to do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._api import client as client_module
from tests.cases import CASES
from tests.cases.case import Args, Case
from tests.cases.inprocess import call, connections, enliven, prepared
from tests.emulator.server import Emulator
from tests.integration.invariants import CHANCE, broken, silent, without
from tests.tools.ansible import Ansible

AGENT = {"extension_id": 5002, "name": "Eva"}
AGENTS = "/extension/5002/agent/"
TITLE = 'extension "5002" > agent "Eva"'
WRITES = "[PD]*"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repeats without the pauses between them."""
    monkeypatch.setattr(client_module, "BACKOFF", 0.0)


@pytest.fixture(scope="module")
def recorder() -> Iterator[Emulator]:
    with Emulator(seed="bare", record_states=True) as running:
        yield running


@pytest.fixture
def recording(recorder: Emulator) -> Iterator[Emulator]:
    """A PBX that keeps its state after every write."""
    recorder.reset()
    with connections():
        yield recorder


def agents(pbx: Emulator) -> list[str]:
    return [agent["name"] for extension in pbx.state()["extensions"] for agent in extension["agents"]]


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def fails(pbx: Emulator, args: Args, says: str, writes: int = 0, changed: bool = False) -> dict[str, Any]:
    """The result of a task that must fail with a sentence, after so many writes."""
    pbx.clear_log()
    result = call(pbx, "pbx_agent", {**AGENT, **args})
    assert result["msg"] == says
    assert (result["failed"], result["changed"]) == (True, changed)
    assert len(pbx.writes()) == writes
    return result


# Credentials and connections


def test_a_wrong_token(pbx: Emulator) -> None:
    fails(
        pbx,
        {"access_token": "not-a-token"},
        f"GET {AGENTS} was refused with 401: the credentials are not accepted, the server says: Unauthorized; "
        "check access_token (wrong or expired), or give app_id and app_secret instead, with which "
        "tokens are fetched and renewed",
    )


def test_a_wrong_secret(pbx: Emulator) -> None:
    fails(
        pbx,
        {"access_token": None, "app_id": pbx.app_id, "app_secret": "not-the-secret"},
        "POST /oauth/token gave no token (401): check app_id and app_secret; the server says: invalid_client",
    )


def test_no_credentials(pbx: Emulator) -> None:
    fails(
        pbx,
        {"access_token": None},
        "there are no credentials: set access_token (PBX_ACCESS_TOKEN), or app_id and app_secret (PBX_APP_ID, "
        "PBX_APP_SECRET), if the application needs it with api_username and api_password (PBX_USERNAME, PBX_PASSWORD); "
        "roles and playbooks take the variables pbx_access_token, pbx_app_id and so on",
    )
    assert pbx.log() == []


def test_an_unreachable_host(pbx: Emulator) -> None:
    host = f"127.0.0.1:{closed_port()}"
    result = fails(
        pbx,
        {"api_url": f"http://{host}/api/ver1.0"},
        f"GET {AGENTS}: {host}: Connection refused (4 tries); check api_url, and whether this machine reaches the host",
    )
    assert result["requests"] == {}


def test_tls() -> None:
    with Emulator(seed="bare", tls=True) as pbx, connections():
        host = f"127.0.0.1:{pbx.port}"
        fails(
            pbx,
            {},
            f"GET {AGENTS}: no trusted TLS connection to {host} (unable to get local issuer certificate): set ca_path "
            "(PBX_CA_PATH) to the certificate of its authority, or validate_certs to false if you accept an unproven "
            "server",
        )
        assert call(pbx, "pbx_agent", {**AGENT, "ca_path": pbx.ca_path})["changed"]
        assert not call(pbx, "pbx_agent", {**AGENT, "validate_certs": False})["changed"]


def test_another_tenant(pbx: Emulator) -> None:
    other = pbx.add_client(seed="bare")
    fails(
        pbx,
        {"access_token": other["access_token"]},
        f"GET {AGENTS} was denied: the user of these credentials has no right to this object, the server says: "
        "access_denied: No right to extension 5002",
    )


def test_an_extension_that_is_not_there(pbx: Emulator) -> None:
    fails(
        pbx,
        {"extension_id": 9999},
        "GET /extension/9999/agent/ found nothing, the server says: Extension 9999 not found",
    )


# Answers that are none


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"kind": "html"}, 'the answer (200) is not JSON but an HTML page titled "Emulated proxy"'),
        ({"kind": "invalid_json"}, 'the answer (200) is not JSON but "["'),
        ({"kind": "status", "status": 500}, "failed on the server with 500, the server says: {page}"),
        ({"kind": "status", "status": 503, "count": 0}, "failed on the server with 503, the server says: {page}"),
        ({"kind": "cut_before", "count": 0}, "{host}: the connection was cut before the answer (4 tries)"),
        ({"kind": "cut_after", "count": 0}, "{host}: the connection was cut before the answer (4 tries)"),
        (
            {"kind": "timeout", "count": 0, "ms": 400},
            "{host}: no answer within 0.1 s (4 tries); raise api_timeout if the PBX is slow",
        ),
        (
            {"kind": "rate_limit"},
            "was refused with 429: the hourly limit of requests is used up, the server says: rate_limit_exceeded: "
            "Rate limit exceeded; run this again in 3600 s, or set rate_limit_wait to 3600 or more so that it waits",
        ),
        (
            {"kind": "rate_limit", "headers": False},
            "was refused with 429: the hourly limit of requests is used up, the server says: rate_limit_exceeded: "
            "Rate limit exceeded; run this again later, or set rate_limit_wait to 1 or more so that it waits",
        ),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_nothing_is_written_where_reading_failed(pbx: Emulator, fault: dict[str, Any], says: str) -> None:
    pbx.fault(**fault)
    says = says.format(host=f"127.0.0.1:{pbx.port}", page='an HTML page titled "Emulated proxy"')
    between = ": " if says.startswith(("127", "the")) else " "
    fails(pbx, {"rate_limit_wait": 0, "api_timeout": 0.1}, f"GET {AGENTS}{between}{says}")
    assert agents(pbx) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 502, "count": 3},
        {"kind": "status", "status": 503},
        {"kind": "status", "status": 504},
        {"kind": "cut_before", "count": 3},
        {"kind": "rate_limit", "reset": 1},
    ],
    ids=lambda fault: f"{fault['kind']}-{fault.get('status', '')}",
)
def test_what_passes_is_waited_for(pbx: Emulator, fault: dict[str, Any]) -> None:
    pbx.fault(**fault)
    assert call(pbx, "pbx_agent", AGENT)["changed"]
    assert agents(pbx) == ["Eva"]


def test_a_plan_that_cannot_finish_does_not_start(pbx: Emulator) -> None:
    case = CASES["pbx_ivr_option"]
    prepared(pbx, case)
    pbx.fault("hourly_limit", limit=8, reset=600)
    call(pbx, "pbx_ivr_context_info", {"extension_id": 5015})
    result = call(pbx, case.module, {**case.args(case.steps[0].args), "rate_limit_wait": 0})
    assert result["msg"] == (
        "this run needs 5 more requests for its changes, but only 4 are left in this hour; nothing was changed: run it "
        "again in 600 s, or set rate_limit_wait to 600 or more so that it waits"
    )
    assert (result["failed"], result["changed"], pbx.writes()) == (True, False, [])


# Writes


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_server_that_keeps_failing(pbx: Emulator, method: str, status: int) -> None:
    if method != "POST":
        call(pbx, "pbx_agent", AGENT)
    before = pbx.state()
    pbx.fault("status", method=method, status=status, count=0)
    args = {"POST": {}, "PUT": {"wrap_up_time": 5}, "DELETE": {"state": "absent"}}[method]
    path = AGENTS if method == "POST" else f"{AGENTS}701"
    action = {"POST": "create", "PUT": "update", "DELETE": "delete"}[method]
    unknown = "; it is unknown whether this took effect, the next run will find out and go on from there"
    sent = 1 if status == 500 else {"POST": 3, "PUT": 4, "DELETE": 4}[method]
    fails(
        pbx,
        args,
        f"{method} {path} failed on the server with {status}, the server says: an HTML page titled "
        f'"Emulated proxy"{unknown if method == "POST" else ""}\nUnknown whether done: {action} {TITLE}.',
        writes=sent,
    )
    assert pbx.state() == before
    pbx.clear_faults()
    assert call(pbx, "pbx_agent", {**AGENT, **args})["changed"]
    assert agents(pbx) == ([] if method == "DELETE" else ["Eva"])


def states_of(pbx: Emulator, case: Case, fault: dict[str, Any] | None, nth: int) -> list[Any]:
    """The state after each step of a case, in each of which a fault struck the nth write."""
    pbx.reset(seed="bare")
    prepared(pbx, case)
    found = []
    for step in case.steps:
        struck = fault is not None and nth <= len(step.writes)
        if struck and fault:
            pbx.fault(**fault, method=WRITES, nth=nth)
        result = call(pbx, case.module, case.args(step.args))
        if struck and fault and step.once:
            arrived = fault["kind"] == "cut_after" or fault.get("applied")
            assert (result["failed"], result["changed"], len(pbx.writes())) == (True, False, 1), step.name
            assert "it is unknown whether this took effect" in result["msg"], step.name
            pbx.clear_faults()
            pbx.clear_log()
            if not arrived:
                assert call(pbx, case.module, case.args(step.args))["changed"], step.name
            found.append(without(pbx.state(), *CHANCE))
            pbx.clear_log()
            continue
        assert not result.get("failed"), (step.name, result["msg"])
        assert result["warnings"] == [], step.name
        assert result["changed"] is step.changes, step.name
        # One more only, and none at all for a POST that had arrived.
        assert len(pbx.writes()) <= len(step.writes) + struck, step.name
        found.append(without(pbx.state(), *CHANCE))
        pbx.clear_faults()
        pbx.clear_log()
    return found


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut_before"},
        {"kind": "cut_after"},
        {"kind": "status", "status": 503},
        {"kind": "status", "status": 503, "applied": True},
    ],
    ids=["cut before", "cut after", "503 before", "503 after"],
)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_write_of_unknown_outcome_is_done_exactly_once(pbx: Emulator, case: Case, fault: dict[str, Any]) -> None:
    smooth = states_of(pbx, case, None, 0)
    for nth in range(1, max(len(step.writes) for step in case.steps) + 1):
        assert states_of(pbx, case, fault, nth) == smooth


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_write_may_be_answered_with_nothing(pbx: Emulator, case: Case) -> None:
    smooth = states_of(pbx, case, None, 0)
    pbx.reset(seed="bare")
    prepared(pbx, case)
    for step, state in zip(case.steps, smooth, strict=True):
        pbx.fault("json", method=WRITES, count=0, applied=True)
        result = call(pbx, case.module, case.args(step.args))
        assert (result.get("msg"), result["changed"], result["warnings"]) == (None, step.changes, []), step.name
        assert len(pbx.writes()) == len(step.writes), step.name
        assert without(pbx.state(), *CHANCE) == state, step.name
        pbx.clear_faults()
        pbx.clear_log()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_an_answer_that_comes_too_late(pbx: Emulator, method: str) -> None:
    if method != "POST":
        call(pbx, "pbx_agent", AGENT)
    pbx.fault("timeout", method=method, ms=600)
    args = {"POST": {}, "PUT": {"wrap_up_time": 5}, "DELETE": {"state": "absent"}}[method]
    pbx.clear_log()
    result = call(pbx, "pbx_agent", {**AGENT, **args, "api_timeout": 0.2})
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert len(pbx.writes()) == (1 if method == "POST" else 2)
    assert agents(pbx) == ([] if method == "DELETE" else ["Eva"])


def test_a_token_that_ends_in_the_middle_is_renewed(pbx: Emulator) -> None:
    case = CASES["pbx_ivr_option"]
    prepared(pbx, case)
    pbx.fault("expire_token", path="/extension/*", nth=6)
    login = {"access_token": None, "app_id": pbx.app_id, "app_secret": pbx.app_secret}
    result = call(pbx, case.module, {**case.args(case.steps[0].args), **login})
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert len([entry for entry in pbx.log() if entry["path"] == "/oauth/token"]) == 2
    assert [entry["status"] for entry in pbx.writes()].count(401) == 1
    assert len(pbx.writes()) == len(case.steps[0].writes) + 1


# Programs


def option(*silences: int) -> Args:
    rules = [{"action": "play_silence", "silence_time": silence} for silence in silences]
    return {"extension_id": 5015, "ivr_context": "main", "digits": "1", "rules": rules}


def programs(state: dict[str, Any]) -> dict[str, list[int]]:
    """The rules of option 1 by extension."""
    return {
        extension["number"]: [rule["silence_time"] for rule in found["rules"]]
        for extension in state["extensions"]
        for context in extension["contexts"]
        for found in context["options"]
        if found["digits"] == "1"
    }


def test_a_failure_in_the_middle_says_what_was_done_and_what_was_not(pbx: Emulator) -> None:
    prepared(pbx, CASES["pbx_ivr_option"])
    wanted = option(100, 200, 300, 400, 500)
    pbx.fault("status", method="POST", path="*/rules/", nth=3, status=500)
    result = call(pbx, "pbx_ivr_option", wanted)
    place = 'extension "5015" > IVR context "main" > IVR option "1"'
    rule = f'create {place} > IVR rule "play_silence"'
    assert result["msg"] == (
        "POST /extension/5015/ivr/context/1/options/1/rules/ failed on the server with 500, the server says: an HTML "
        'page titled "Emulated proxy"; it is unknown whether this took effect, the next run will find out and go on '
        f"from there\nDone before: create {place}; {rule}; {rule}."
        f"\nNot done: {rule}; {rule}; order {place} > order of IVR rules.\nUnknown whether done: {rule}."
    )
    assert (result["failed"], result["changed"], len(pbx.writes())) == (True, True, 4)
    pbx.clear_faults()
    assert call(pbx, "pbx_ivr_option", wanted)["changed"]
    assert programs(pbx.state()) == {"300": [100, 200, 300, 400, 500]}
    assert call(pbx, "pbx_ivr_option", wanted)["changed"] is False


CHANGES = [
    (option(100), option(100, 200, 300)),
    (option(100, 200, 300), option(300, 100, 200)),
    (option(100, 200, 300), option(400, 200)),
    (option(100, 200), {**option(), "rules": [{"action": "hangup"}, {"action": "voicemail"}]}),
    (option(100, 200, 300), {**option(), "rules": [{"action": "voicemail"}]}),
]


@pytest.mark.parametrize(("before", "after"), CHANGES, ids=["more", "order", "fewer", "others", "one other"])
@pytest.mark.parametrize("arrives", [False, True], ids=["lost", "arrives"])
@pytest.mark.parametrize("position", ["last", "first"])
def test_killed_after_any_request(recording: Emulator, before: Args, after: Args, arrives: bool, position: str) -> None:
    """The caller always finds a program, nothing points nowhere, and the next run goes on to the same end."""
    died, nth, smooth = True, 0, None
    while died:
        recording.reset()
        recording.set_dialect(new_rule_position=position)
        prepared(recording, CASES["pbx_ivr_option"])
        assert call(recording, "pbx_ivr_option", before)["changed"]
        recording.clear_log()
        if nth:
            if arrives:
                recording.fault("cut_after", method=WRITES, nth=nth)
            recording.fault("cut_before", method=WRITES, nth=nth + arrives, count=0)
        died = bool(call(recording, "pbx_ivr_option", after).get("failed"))
        recording.clear_faults()
        # The request whose answer was lost may have been the only one left to send.
        assert call(recording, "pbx_ivr_option", after)["changed"] in {died, False}
        assert call(recording, "pbx_ivr_option", after)["changed"] is False
        end = without(recording.state(), "id", *CHANCE)
        for entry, state in recording.states():
            assert broken(state) == [], entry
            assert ("300", "main", "1") not in silent(state), entry
        smooth = smooth or end
        assert end == smooth
        died, nth = died or nth == 0, nth + 1
    assert nth > 2


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_nothing_points_nowhere_after_any_write(recording: Emulator, case: Case) -> None:
    writes = 0
    enliven(recording, case)
    for module, args in [*case.setup, *((case.module, case.args(step.args)) for step in case.steps)]:
        recording.clear_log()
        assert not call(recording, module, args).get("failed")
        for entry, state in recording.states():
            assert broken(state) == [], entry
            writes += 1
    assert writes >= sum(len(step.writes) for step in case.steps)


# The exit code


def test_a_fault_ends_the_playbook(emulator: Emulator, ansible: Ansible) -> None:
    emulator.fault("cut_before", method="POST", count=0)
    agent = {"api_url": emulator.url, "access_token": emulator.access_token, "extension": "102", "name": "Eva"}
    run = ansible.tasks({"name": "agent", "telops.pbx.pbx_agent": agent})
    assert run.rc == 2
    assert "POST /extension/5002/agent/: the connection was cut before the answer" in run.task("agent").result["msg"]
    assert len(emulator.writes()) == 3
    emulator.clear_faults()
    again = ansible.tasks({"name": "agent", "telops.pbx.pbx_agent": agent})
    assert (again.rc, agents(emulator)) == (0, ["Anna", "Eva"])
