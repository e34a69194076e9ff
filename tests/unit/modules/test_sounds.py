# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a sound is sent: never without need, never twice, and never silently on a guess."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.cases.files import GOODBYE, HELLO, MUSIC, keep
from tests.cases.inprocess import call
from tests.emulator.server import Emulator
from tests.emulator.sound_files import wav

SOUNDS = "/client/@me/sound/"
GUESSED = (
    'sound "Tune": the PBX has it in another form than "{path}", so that only their lengths were compared, which are '
    "equal; set update_file to always to send the file anyway, or the dialect's sound_content to converted to take "
    "this for good"
)
UNKNOWN = (
    'sound "{title}": its content cannot be read ({why}), so that every run sends its file; set update_file to '
    "on_create to send it only once"
)


def sound(pbx: Emulator, **args: Any) -> dict[str, Any]:
    """The result of a task that must go well, on an empty log."""
    pbx.clear_log()
    result = call(pbx, "pbx_sound", {"title": "Tune", **args})
    assert not result.get("failed"), result["msg"]
    return result


def paths(pbx: Emulator) -> list[str]:
    return [f"{entry['method']} {entry['path']}" for entry in pbx.log()]


def held(pbx: Emulator, title: str = "Tune") -> list[str]:
    """The checksums of the content of the sounds of a title."""
    return [one["content"] for one in pbx.state()["sounds"] if one["title"] == title]


def checksum(path: str) -> str:
    return hashlib.sha1(Path(path).read_bytes(), usedforsecurity=False).hexdigest()


def test_a_preview_knows_which_file_an_earlier_task_would_have_sent(pbx: Emulator, tmp_path: Path) -> None:
    sound(pbx, file=MUSIC)
    memory = str(tmp_path / "memory")
    files = [HELLO, HELLO, MUSIC, MUSIC]
    results = [call(pbx, "pbx_sound", {"title": "Tune", "file": file}, check=True, memory=memory) for file in files]
    assert [one["changed"] for one in results] == [True, False, True, False]


# Servers that keep something else than was sent


@pytest.mark.parametrize("path", [MUSIC, GOODBYE], ids=["music", "speech"])
def test_a_pbx_that_converts_gets_a_sound_once(pbx: Emulator, path: str) -> None:
    pbx.set_dialect(sound_content="converted")
    assert sound(pbx, file=path)["changed"]
    again = sound(pbx, file=path)
    assert (again["changed"], again["warnings"]) == (False, [GUESSED.format(path=path)])
    for content, changed in (("converted", False), ("kept", True)):
        told = sound(pbx, file=path, dialect={"sound_content": content})
        assert (told["changed"], told["warnings"]) == (changed, []), content


def test_a_pbx_that_converts_gets_what_is_of_another_length(pbx: Emulator) -> None:
    pbx.set_dialect(sound_content="converted")
    sound(pbx, file=MUSIC)
    replaced = sound(pbx, file=GOODBYE)
    assert (replaced["changed"], replaced["warnings"]) == (True, [])


def test_the_same_form_is_compared_byte_by_byte_even_if_the_length_is_the_same(pbx: Emulator) -> None:
    sound(pbx, file=HELLO)
    other = keep("other.wav", wav(b"\2\1" * 4000))
    assert sound(pbx, file=other)["changed"]
    assert sound(pbx, file=other)["changed"] is False
    assert sound(pbx, file=HELLO, dialect={"sound_content": "converted"})["changed"] is False


def test_a_name_that_is_the_checksum_saves_the_download(pbx: Emulator) -> None:
    pbx.set_dialect(sound_filename="checksum")
    sound(pbx, file=HELLO)
    assert sound(pbx, file=HELLO)["changed"] is False
    assert paths(pbx) == [f"GET {SOUNDS}"]
    assert sound(pbx, file=GOODBYE)["changed"]


# Contents that cannot be read


def test_a_tenant_without_extensions(pbx: Emulator) -> None:
    pbx.reset(seed="empty")
    assert sound(pbx, file=HELLO)["warnings"] == []
    again = sound(pbx, file=HELLO)
    why = "there is no extension to read it through"
    assert (again["changed"], again["warnings"]) == (True, [UNKNOWN.format(title="Tune", why=why)])
    once = sound(pbx, file=HELLO, update_file="on_create")
    assert (once["changed"], once["warnings"]) == (False, [])


@pytest.mark.parametrize("status", [403, 404])
def test_a_content_that_may_not_be_read(pbx: Emulator, status: int) -> None:
    sound(pbx, file=HELLO)
    pbx.fault("status", path="*/download/", status=status)
    again = sound(pbx, file=HELLO)
    assert again["changed"]
    assert again["warnings"][0].startswith('sound "Tune": its content cannot be read (GET /extension/5001/sound/')


@pytest.mark.parametrize("fault", [{"kind": "html"}, {"kind": "status", "status": 500}, {"kind": "cut_within"}])
def test_nothing_is_sent_where_comparing_failed(pbx: Emulator, fault: dict[str, Any]) -> None:
    sound(pbx, file=HELLO)
    pbx.fault(**fault, path="*/download/", count=0)
    pbx.clear_log()
    result = call(pbx, "pbx_sound", {"title": "Tune", "file": GOODBYE})
    assert (result["failed"], result["changed"], pbx.writes()) == (True, False, [])
    assert result["msg"].startswith("GET /extension/5001/sound/3009/download/")
    assert held(pbx) == [checksum(HELLO)]


def test_a_comparison_that_was_cut_is_repeated(pbx: Emulator) -> None:
    sound(pbx, file=HELLO)
    pbx.fault("cut_within", path="*/download/", count=2)
    assert sound(pbx, file=HELLO)["changed"] is False
    assert len([path for path in paths(pbx) if path.endswith("/download/")]) == 3


# Uploads of unknown outcome


def test_an_upload_that_nobody_can_tell_about_is_not_sent_twice(pbx: Emulator) -> None:
    sound(pbx, file=HELLO)
    pbx.fault("cut_before", method="POST")
    pbx.clear_log()
    result = call(pbx, "pbx_sound", {"title": "Tune", "file": GOODBYE, "update_file": "always"})
    assert "it is unknown whether this took effect" in result["msg"]
    assert (result["failed"], result["changed"], len(pbx.writes())) == (True, False, 1)
    assert sound(pbx, file=GOODBYE)["changed"]
    assert held(pbx) == [checksum(GOODBYE)]


def test_an_upload_that_left_something_unforeseen_is_not_sent_twice(pbx: Emulator) -> None:
    sound(pbx, file=HELLO)
    pbx.set_dialect(sound_content="converted")
    pbx.fault("cut_after", method="POST")
    pbx.clear_log()
    result = call(pbx, "pbx_sound", {"title": "Tune", "file": GOODBYE, "dialect": {"sound_content": "kept"}})
    assert "it is unknown whether this took effect" in result["msg"]
    assert (result["failed"], len(pbx.writes())) == (True, 1)


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
def test_an_upload_of_unknown_outcome_to_a_pbx_that_converts(pbx: Emulator, kind: str) -> None:
    pbx.set_dialect(sound_content="converted")
    sound(pbx, file=MUSIC)
    before = held(pbx)
    pbx.fault(kind, method="POST")
    assert sound(pbx, file=GOODBYE)["changed"]
    assert len(pbx.writes()) == (2 if kind == "cut_before" else 1)
    assert held(pbx) != before


# Which sound


def test_an_upload_of_unknown_outcome_is_looked_for_in_its_own_sound(pbx: Emulator) -> None:
    sound(pbx, title="Other", file=GOODBYE)
    sound(pbx, file=HELLO)
    pbx.fault("cut_before", method="POST")
    assert sound(pbx, file=GOODBYE)["changed"]
    assert held(pbx) == held(pbx, "Other") == [checksum(GOODBYE)]
    assert len(pbx.writes()) == 2


def test_an_upload_that_had_arrived_is_told_as_it_is_now(pbx: Emulator) -> None:
    pbx.set_dialect(sound_filename="checksum")
    sound(pbx, file=HELLO)
    pbx.fault("cut_after", method="POST")
    result = sound(pbx, file=GOODBYE)
    assert result["sound"]["filename"].partition(".")[0] == checksum(GOODBYE)
    assert len(pbx.writes()) == 1
    # The one download reads the old content; the name of the file tells the rest.
    assert len([path for path in paths(pbx) if path.endswith("/download/")]) == 1


def test_the_operator_s_sounds_are_none_of_the_tenant_s(pbx: Emulator) -> None:
    pbx.insert("sound", title="Tune", dealer_id=7, filename=None)
    assert sound(pbx, state="absent")["changed"] is False
    created = sound(pbx, file=HELLO)
    assert (created["changed"], held(pbx)) == (True, [None, checksum(HELLO)])
    assert sound(pbx, state="absent")["changed"]
    assert held(pbx) == [None]


def test_two_sounds_of_one_title_are_told_apart_by_their_ids(pbx: Emulator) -> None:
    pbx.insert("sound", title="Welcome", dealer_id=None, filename=None)
    result = call(pbx, "pbx_sound", {"title": "Welcome", "state": "absent"})
    assert result["msg"] == 'sound: there are 2 sounds "Welcome", ids 3001, 3009; pick one with id'
    assert call(pbx, "pbx_sound", {"id": "3009", "state": "absent"})["changed"]
    assert held(pbx, "Welcome") != []


def test_the_items_of_a_loop_ask_for_an_extension_once(pbx: Emulator) -> None:
    pbx.clear_log()
    for title in ("Welcome", "Menu", "Closed"):
        result = call(pbx, "pbx_sound", {"title": title, "file": HELLO}, shared=title != "Welcome")
        assert result["changed"]
    assert paths(pbx).count("GET /client/@me/extension/") == 1


# The texts in results


def test_the_diff_says_what_the_sound_holds(pbx: Emulator) -> None:
    sound(pbx, file=HELLO)
    replaced = sound(pbx, file=GOODBYE)
    assert replaced["diff"] == [
        {
            "before_header": 'sound "Tune"',
            "after_header": 'sound "Tune"',
            "before": f'file: "WAV, 8000 Hz, 0.50 s, SHA-1 {checksum(HELLO)}"\n',
            "after": f'file: "{GOODBYE}"\n',
        }
    ]
    [step] = replaced["plan"]
    assert (step["action"], step["body"]) == ("replace", {"file": "<file Auf Wiederhören.wav>"})
    assert replaced["sound"]["title"] == "Tune"


def test_the_diff_says_nothing_of_what_nobody_has_read(pbx: Emulator) -> None:
    sound(pbx, file=HELLO)
    result = sound(pbx, file=GOODBYE, update_file="always")
    assert [(one["before"], one["after"]) for one in result["diff"]] == [("", f'file: "{GOODBYE}"\n')]
