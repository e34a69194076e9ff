# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A document that would delete an object that another one still needs is refused, with a sentence about both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._model.document import sections_of
from ansible_collections.telops.pbx.plugins.module_utils._model.edges import BY_ID, EDGES, Edge
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns import NOUNS
from tests.cases.files import HELLO
from tests.cases.inprocess import call
from tests.emulator.server import Emulator

Args = dict[str, Any]

GO_ON = "to delete it all the same, set check_references to false"

AGENT = ("pbx_agent", {"extension": "101", "name": "Anna"})
MEMBER = ("pbx_queue_agent", {"extension": "200", "agent": "101/Anna"})
NIGHT = {"name": "Night", "timezone": "UTC", "conditions": [{"start_time": "20:00", "end_time": "23:00"}]}
AT_NIGHT = {"extension": "102", "name": "night", "type": "voicemail", "interval": "Night"}
TO_101 = {"name": "desk", "type": "transfer", "transfer_dst": "103 101"}
CASCADE = {"name": "all", "type": "cascade", "cascade_numbers": [{"number": "101", "delay": 0}]}
MENUS = (
    *(("pbx_ivr_context", {"extension": "300", "name": name}) for name in ("main", "sales")),
    *(("pbx_ivr_option", {"extension": "300", "ivr_context": "sales", "digits": digits}) for digits in "12"),
)
JUMP = {"name": "on", "action": "jump_to_context", "context": "sales", "context_option": "2"}
DIALS = {
    "extension": "300",
    "ivr_context": "sales",
    "digits": "1",
    "rules": [{"action": "transfer", "transfer_dst": "101"}],
}
IN_MAIN = {"extension": "300", "ivr_context": "main", "digits": "1", "rules": [JUMP]}


@dataclass(frozen=True)
class Purge:
    """The objects of a PBX, a document that takes some away, and every sentence against it, or how many it deletes."""

    name: str
    has: tuple[tuple[str, Args], ...]
    document: Args
    says: tuple[str, ...] = ()
    deletes: int = 1


def without(*numbers: str, purge: Sequence[str] = ("extensions",), **sections: Any) -> Args:
    """The extensions but these. ``sections``: of the menu where they are menus, else of the extension 102."""
    home = "300" if "ivr" in sections else "102"
    kept = [*(str(number) for number in range(101, 113)), "200", "201", "300", "400", "500"]
    extensions = [{"number": n, **(sections if n == home else {})} for n in kept if n not in numbers]
    return {"extensions": extensions, "purge": list(purge)}


def menus(*options: str, jump: Args | None = None) -> Args:
    """The menu main, and sales with these options, or no menu of that name."""
    contexts = [{"name": "main", "options": [{"digits": "1", "rules": [jump or JUMP]}]}]
    if options:
        contexts.append({"name": "sales", "options": [{"digits": digits} for digits in options]})
    return {"extensions": [{"number": "300", "ivr": {"contexts": contexts}}], "purge": ["contexts", "options"]}


PURGES = (
    Purge("an extension that nothing needs", (AGENT,), without("101")),
    Purge(
        "the home of an agent of a queue",
        (AGENT, MEMBER),
        without("101"),
        ('extension "200" > queue agent "101/Anna": agent lives in the extension "101", which would be deleted',),
    ),
    Purge("the home of an agent, and its queue", (AGENT, MEMBER), without("101", "200"), deletes=2),
    Purge(
        "what a rule dials",
        (("pbx_incom_rule", {"extension": "102", **TO_101}),),
        without("101", incom_rules=[TO_101]),
        (
            'extension "102" > incoming rule "desk": transfer_dst dials the extension "101", which would be deleted; '
            "change that number",
        ),
    ),
    Purge(
        "what a new rule would dial in turn",
        (),
        without("101", incom_rules=[CASCADE]),
        (
            'extension "102" > incoming rule "all": cascade_numbers dials the extension "101", which would be '
            "deleted; change that number",
        ),
    ),
    Purge(
        "what a rule is only called like",
        (("pbx_incom_rule", {"extension": "102", "name": "101", "type": "voicemail"}),),
        without("101", incom_rules=[{"name": "101", "type": "voicemail"}]),
    ),
    Purge(
        "what a rule dials no more",
        (("pbx_incom_rule", {"extension": "102", **TO_101}),),
        without("101", incom_rules=[{**TO_101, "transfer_dst": "103"}]),
    ),
    Purge(
        "what only itself needs",
        (("pbx_incom_rule", {"extension": "101", **TO_101}),),
        without("101"),
    ),
    Purge(
        "what a menu dials that goes as well",
        (*MENUS[:2], ("pbx_ivr_option", DIALS)),
        without("101", ivr={"contexts": [{"name": "main"}]}, purge=["extensions", "contexts"]),
        deletes=2,
    ),
    Purge(
        "an interval of the tenant that a rule needs",
        (("pbx_tenant_interval", NIGHT), ("pbx_incom_rule", AT_NIGHT)),
        {"intervals": [], "purge": ["intervals"]},
        (
            'extension "102" > incoming rule "night": interval refers to the tenant interval "Night", which would '
            "be deleted; declare it, or change the reference",
        ),
    ),
    Purge(
        "an interval of the tenant that a new rule would need",
        (("pbx_tenant_interval", NIGHT),),
        {
            "intervals": [],
            "purge": ["intervals"],
            "extensions": [
                {"number": "101", "incom_rules": [{"name": "day", "type": "voicemail"}]},
                {"number": "102", "incom_rules": [{k: v for k, v in AT_NIGHT.items() if k != "extension"}]},
            ],
        },
        (
            'extension "102" > incoming rule "night": interval refers to the tenant interval "Night", which would '
            "be deleted; declare it, or change the reference",
        ),
    ),
    Purge(
        "a sound that a queue plays",
        (("pbx_queue", {"extension": "200", "sound_type": "music", "sound": "Hold music"}),),
        {"sounds": [{"title": "Welcome"}], "purge": ["sounds"]},
        (
            'extension "200" > queue: sound refers to the sound "Hold music", which would be deleted; declare it, or '
            "change the reference",
        ),
    ),
    Purge(
        "a group that an extension is in",
        (("pbx_extension_group", {"name": "Desks"}), ("pbx_extension", {"number": "102", "extension_group": "Desks"})),
        {"extension_groups": [], "purge": ["extension_groups"]},
        (
            'extension "102": extension_group refers to the extension group "Desks", which would be deleted; declare '
            "it, or change the reference",
        ),
    ),
    Purge(
        "a menu that another one leads to",
        (*MENUS, ("pbx_ivr_option", IN_MAIN)),
        menus(),
        (
            'extension "300" > IVR context "main" > IVR option "1" > IVR rule "on": context refers to the IVR context '
            '"sales", which would be deleted; declare it, or change the reference',
        ),
    ),
    Purge(
        "an option that another menu leads to",
        (*MENUS, ("pbx_ivr_option", IN_MAIN)),
        menus("1"),
        (
            'extension "300" > IVR context "main" > IVR option "1" > IVR rule "on": context_option refers to the IVR '
            'option "2", which would be deleted; declare it, or change the reference',
        ),
    ),
    Purge(
        "an option of the name that another menu has, too",
        (
            *MENUS,
            ("pbx_ivr_option", IN_MAIN),
            ("pbx_ivr_option", {"extension": "300", "ivr_context": "main", "digits": "2"}),
        ),
        menus("1", "2"),
    ),
    Purge(
        "an option that no menu leads to",
        (*MENUS, ("pbx_ivr_option", IN_MAIN)),
        menus("2"),
    ),
    Purge(
        "an option that a menu leads to no more",
        (*MENUS, ("pbx_ivr_option", IN_MAIN)),
        menus("1", jump={**JUMP, "context_option": "1"}),
    ),
)


@pytest.mark.parametrize("purge", PURGES, ids=lambda purge: purge.name)
def test_what_is_needed_stays(pbx: Emulator, purge: Purge) -> None:
    for module, args in purge.has:
        made = call(pbx, module, args)
        assert not made.get("failed"), made["msg"]
    pbx.clear_log()
    result = call(pbx, "pbx_tenant", {**purge.document, "max_delete_share": 100})
    assert result.get("msg", "") == "\n".join([*purge.says, *([GO_ON] if purge.says else [])])
    assert [request["method"] for request in pbx.writes()].count("DELETE") == (0 if purge.says else purge.deletes)
    assert bool(pbx.writes()) is not bool(purge.says)


@pytest.mark.parametrize("employed", [True, False])
def test_queues_are_looked_at_for_the_sake_of_agents_only(pbx: Emulator, employed: bool) -> None:
    if employed:
        call(pbx, *AGENT)
    pbx.clear_log()
    assert call(pbx, "pbx_tenant", without("101"))["changed"]
    looked = [entry["path"] for entry in pbx.log() if entry["path"].endswith("/queue/agents/local/")]
    assert bool(looked) is employed


# One object of every section, in the extensions that have it, by its section.
HELD: dict[str, Args] = {
    "agents": {"name": "Zoe"},
    "intervals": NIGHT,
    "incom_rules": {"name": "away", "type": "voicemail"},
    "events": {"event_type": "hangup", "url": "https://crm.example.com/", "method": "GET"},
    "mail_notifications": {"event_type": "call_failed_mail", "mail": "a@example.com"},
    "users": {"login": "anna", "name": "Anna", "email": "a@example.com", "password": "not a real one"},
    "queue_agents": {"agent": "101/Anna"},
}
NUMBER_OF = {"phone": "102", "queue": "200", "ivr": "300", "fax": "400", "conference": "500"}
PAIRS = [
    (section, kind)
    for kind in NUMBER_OF
    for section, noun in sections_of(NOUNS["extension"], kind)
    if not NOUNS[noun].singleton
]


# Every field by which settings point at something while another field has a certain value, and how that one can change.
GIVEN_UP = [
    (edge, choice)
    for edge in EDGES
    for controller, needed in [edge.field.applies_with]
    if controller
    for choice in (*edge.noun.by_name[controller].choices, None)
    if choice not in needed and (choice or controller in edge.noun.clearable)
]


@pytest.mark.parametrize(("edge", "choice"), GIVEN_UP, ids=lambda one: getattr(one, "field", None) and one.field.name)
def test_nothing_points_by_a_field_that_means_nothing_any_more(
    pbx: Emulator, edge: Edge, choice: str | None, tmp_path: Path
) -> None:
    """Neither the plan that gives it up nor its undo is refused for its sake."""
    controller, needed = edge.field.applies_with
    kind, name = ("tenant_sound", "Menu") if edge.by == BY_ID else ("extension", "199")
    made = {"sounds": [{"title": "Menu", "file": HELLO}], "extensions": [{"number": "199", "type": "phone"}]}
    home = {"number": NUMBER_OF[edge.noun.name], edge.noun.name: {controller: needed[0], edge.field.name: name}}
    before = {"number": home["number"], edge.noun.name: {controller: choice}}
    gone = {"kind": kind, ("title" if kind == "tenant_sound" else "number"): name}
    assert call(pbx, "pbx_tenant", {"extensions": [before]}).get("msg") is None
    undo = str(tmp_path / "undo.json")
    for document in (
        {**made, "extensions": [*made["extensions"], home], "undo_file": undo},
        {"undo_from": undo},
        {**made, "extensions": [*made["extensions"], home]},
        {"extensions": [before], "absent": [gone]},
    ):
        result = call(pbx, "pbx_tenant", {**document, "max_delete_share": 100})
        assert (result.get("msg"), result["changed"]) == (None, True), document


@pytest.mark.parametrize(("section", "kind"), PAIRS)
def test_s10_every_section_of_every_type_can_be_emptied(pbx: Emulator, section: str, kind: str) -> None:
    """The run looks for references to the section only where such an extension can have them."""
    call(pbx, *AGENT)
    document = {"extensions": [{"number": NUMBER_OF[kind], section: [HELD[section]]}]}
    made = call(pbx, "pbx_tenant", document)
    assert not made.get("failed"), made["msg"]
    pbx.clear_log()
    purge = [] if section == "incom_rules" else [section]
    gone = {"extensions": [{"number": NUMBER_OF[kind], section: []}], "purge": purge}
    result = call(pbx, "pbx_tenant", {**gone, "max_delete_share": 100})
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert not [entry for entry in pbx.log() if "/ivr/" in entry["path"]] or kind == "ivr"


@pytest.mark.parametrize("kind", NUMBER_OF)
def test_s10_an_interval_of_any_type_that_a_rule_needs_stays(pbx: Emulator, kind: str) -> None:
    rules = [{"name": "night", "type": "voicemail", "interval": "Night"}]
    number = NUMBER_OF[kind]
    call(pbx, "pbx_tenant", {"extensions": [{"number": number, "intervals": [NIGHT], "incom_rules": rules}]})
    result = call(pbx, "pbx_tenant", {"extensions": [{"number": number, "intervals": []}]})
    assert result["msg"] == (
        f'extension "{number}" > incoming rule "night": interval refers to the interval "Night", which would be '
        f"deleted; declare it, or change the reference\n{GO_ON}"
    )


@pytest.mark.parametrize(
    ("noun", "status", "told"),
    [
        ("incom_rule", 403, 'extension "101": incoming rules'),
        ("incom_rule", 404, 'extension "101": incoming rules'),
        ("did", 403, "DIDs"),
    ],
)
def test_what_may_not_be_looked_at_is_told_and_all_else_is_looked_at(
    pbx: Emulator, noun: str, status: int, told: str
) -> None:
    """The list of 101 comes before that of 102."""
    made = {"intervals": [NIGHT], "extensions": [{"number": "199", "type": "phone"}]}
    assert call(pbx, "pbx_tenant", made)["changed"]
    path = f"/extension/{pbx.extension_id('101')}/incom_rule/" if noun == "incom_rule" else "/client/@me/did/"
    pbx.fault("status", method="GET", path=path, status=status, count=0)
    gone = {"absent": [{"kind": "tenant_interval", "name": "Night"}, {"kind": "extension", "number": "199"}]}
    seen = call(pbx, "pbx_tenant", gone, check=True)
    assert [one for one in seen["warnings"] if one.startswith(f"{told} could not be looked at, which may point")]
    assert call(pbx, "pbx_incom_rule", AT_NIGHT)["changed"]
    assert call(pbx, "pbx_tenant", gone)["msg"] == (
        'extension "102" > incoming rule "night": interval refers to the tenant interval "Night", which would be '
        f"deleted; declare it, or change the reference\n{GO_ON}"
    )


@pytest.mark.parametrize("number", ["102", "199"])
def test_settings_that_change_or_come_point_as_well(pbx: Emulator, number: str) -> None:
    greeting = {"number": "102", "phone": {"vm_greeting": "Menu"}}
    assert call(pbx, "pbx_tenant", {"sounds": [{"title": "Menu", "file": HELLO}], "extensions": [greeting]})["changed"]
    pbx.clear_log()
    changed = {
        "102": {"number": "102", "phone": {"hangup_timeout": 5}},
        "199": {"number": "199", "type": "phone", "phone": {"vm_greeting": "Menu"}},
    }
    cleared = [{"number": "102", "phone": {"vm_greeting": None}}] if number == "199" else []
    document = {"extensions": [changed[number], *cleared], "absent": [{"kind": "tenant_sound", "title": "Menu"}]}
    assert call(pbx, "pbx_tenant", document)["msg"] == (
        f'extension "{number}" > phone: vm_greeting refers to the sound "Menu", which would be deleted; declare it, or '
        f"change the reference\n{GO_ON}"
    )
    assert pbx.writes() == []
