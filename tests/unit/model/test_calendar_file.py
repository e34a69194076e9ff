# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calendar files as conditions, in the forms in which programs and governments publish them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import chain
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.telops.pbx.plugins.filter.days_off import calendar
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns.interval import condition_problems

BERLIN = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""

# As Google publishes the holidays of a country: marked as free time, with observances among them.
GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Holidays in Germany
X-WR-TIMEZONE:UTC
BEGIN:VEVENT
DTSTART;VALUE=DATE:20271225
DTEND;VALUE=DATE:20271226
DTSTAMP:20261128T011500Z
UID:20271225_h@google.com
CLASS:PUBLIC
DESCRIPTION:Public holiday
SUMMARY:Christmas Day
TRANSP:TRANSPARENT
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20271224
DTEND;VALUE=DATE:20271225
UID:20271224_h@google.com
DESCRIPTION:Observance\\nTo hide observances\\, go to Google Calendar Settings
  > Holidays in Germany
SUMMARY:Christmas Eve
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""

# As Outlook exports it: names of zones that are Windows', a day that is written as midnight to midnight, an alarm.
OUTLOOK = f"""BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
X-MS-OLK-FORCEINSPECTOROPEN:TRUE
{BERLIN.format(name="W. Europe Standard Time")}
BEGIN:VEVENT
DTSTART;TZID="W. Europe Standard Time":20270510T140000
DTEND;TZID="W. Europe Standard Time":20270510T180000
RRULE:FREQ=MONTHLY;COUNT=4;BYDAY=2MO
EXDATE;TZID="W. Europe Standard Time":20270614T140000
SUMMARY;LANGUAGE=de:Betriebsversammlung
UID:040000008200E00074C5B7101A82E008
X-MICROSOFT-CDO-BUSYSTATUS:OOF
BEGIN:VALARM
TRIGGER:-PT15M
ACTION:DISPLAY
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID="W. Europe Standard Time":20270712T150000
DTEND;TZID="W. Europe Standard Time":20270712T160000
RECURRENCE-ID;TZID="W. Europe Standard Time":20270712T140000
SUMMARY;LANGUAGE=de:Betriebsversammlung\\, kurz
UID:040000008200E00074C5B7101A82E008
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID="W. Europe Standard Time":20270506T000000
DTEND;TZID="W. Europe Standard Time":20270508T000000
SUMMARY:Betriebsferien
UID:2
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
END:VEVENT
END:VCALENDAR
"""

# As Apple writes it: a zone by its IANA name, a series by a rule, of which one is moved and one cancelled.
APPLE = f"""BEGIN:VCALENDAR
CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 14.5//EN
VERSION:2.0
X-APPLE-CALENDAR-COLOR:#FF2968
{BERLIN.format(name="Europe/Berlin")}
BEGIN:VEVENT
CREATED:20261101T100000Z
DTSTART;TZID=Europe/Berlin:20270105T120000
DURATION:PT1H30M
RRULE:FREQ=WEEKLY;UNTIL=20270126T225959Z
SUMMARY:Lunch
UID:A1
X-APPLE-CREATOR-IDENTITY:com.apple.mobilecal
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER;VALUE=DATE-TIME:19760401T005545Z
X-APPLE-DEFAULT-ALARM:TRUE
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Berlin:20270113T120000
DTEND;TZID=Europe/Berlin:20270113T130000
RECURRENCE-ID;TZID=Europe/Berlin:20270112T120000
SUMMARY:Lunch
UID:A1
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Berlin:20270119T120000
DTEND;TZID=Europe/Berlin:20270119T133000
RECURRENCE-ID;TZID=Europe/Berlin:20270119T120000
STATUS:CANCELLED
SUMMARY:Lunch
UID:A1
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20200229
DTEND;VALUE=DATE:20200301
RRULE:FREQ=YEARLY
SUMMARY:Leap day
UID:A2
END:VEVENT
END:VCALENDAR
"""

# As states publish their days: no ends, rules that move with the calendar, lines that end in many ways.
STATE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//gov//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260907
RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO
SUMMARY:Labor Day
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20261126
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH
RDATE;VALUE=DATE:20271126
SUMMARY:Thanksgiving
END:VEVENT
BEGIN:VTODO
UID:3
DUE;VALUE=DATE:20270101
SUMMARY:File taxes
END:VTODO
END:VCALENDAR
"""


def days(found: list[dict[str, Any]]) -> list[str]:
    """The conditions, short."""
    assert [str(problem) for one in found for problem in condition_problems(one)] == []
    return [f"{one['start_datetime']}/{one['end_datetime']}".replace(" 00:00:00/", "/").replace(" 23:59:59", "")
            for one in found]  # fmt: skip


def one(*lines: str, head: str = "", also: Sequence[str] = ()) -> str:
    """A calendar of one event, and of another one."""
    events = [["BEGIN:VEVENT", *event, "END:VEVENT"] for event in (["UID:1", *lines], also) if event]
    parts = ("BEGIN:VCALENDAR", "VERSION:2.0", *([head] if head else []), *chain(*events), "END:VCALENDAR", "")
    return "\n".join(parts)


def zone(name: str, offset: str) -> str:
    """A zone whose clocks are never changed, as a calendar defines it."""
    lines = ("DTSTART:16010101T000000", f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}", "END:STANDARD")
    return "\n".join(("BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", *lines, "END:VTIMEZONE"))


def test_google() -> None:
    assert days(calendar(GOOGLE, years=2027)) == ["2027-12-24/2027-12-25"]
    assert days(calendar(GOOGLE, years=2027, only=["public holiday"])) == ["2027-12-25/2027-12-25"]
    assert days(calendar(GOOGLE, years=2027, without=["observance"])) == ["2027-12-25/2027-12-25"]


def test_outlook() -> None:
    assert days(calendar(OUTLOOK, "Europe/Berlin", 2027)) == [
        "2027-05-06/2027-05-07",
        "2027-05-10 14:00:00/2027-05-10 17:59:59",
        "2027-07-12 15:00:00/2027-07-12 15:59:59",
        "2027-08-09 14:00:00/2027-08-09 17:59:59",
    ]
    # In another zone, times move, and whole days do not.
    assert days(calendar(OUTLOOK, "Europe/London", 2027))[:2] == [
        "2027-05-06/2027-05-07",
        "2027-05-10 13:00:00/2027-05-10 16:59:59",
    ]


def test_apple() -> None:
    assert days(calendar(APPLE, "Europe/Berlin", [2027, 2028])) == [
        "2027-01-05 12:00:00/2027-01-05 13:29:59",
        "2027-01-13 12:00:00/2027-01-13 12:59:59",
        "2027-01-26 12:00:00/2027-01-26 13:29:59",
        "2028-02-29/2028-02-29",
    ]


def test_states() -> None:
    wanted = ["2027-09-06/2027-09-06", "2027-11-25/2027-11-26"]
    assert days(calendar(STATE, years=2027)) == wanted
    for spelled in (STATE.replace("\n", "\r\n"), STATE.replace("\n", "\r"), "\ufeff" + STATE, STATE.rstrip(),
                    STATE.replace("BEGIN:VTODO", "\nBEGIN:VTODO"), STATE + STATE.replace("UID:", "UID:x")):  # fmt: skip
        assert days(calendar(spelled, years=2027)) == wanted


def test_lines_that_are_folded_within_a_character() -> None:
    text = one("DTSTART;VALUE=DATE:20270501", "SUMMARY:Fête du travail").encode()
    folded = text.replace("ê".encode(), b"\xc3\n \xaa").decode("utf-8", "surrogateescape")
    assert calendar(folded, years=2027, names=True)[0]["name"] == "Fête du travail"
    old = text.decode().encode("latin-1").decode("utf-8", "surrogateescape")
    assert calendar(old, years=2027, names=True)[0]["name"] == "Fête du travail"
    assert days(calendar("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTA\n RT;VALUE=DATE:2027\n\t0501\nEND:VEVENT\n"
                         "END:VCALENDAR", years=2027)) == ["2027-05-01/2027-05-01"]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        # Whole days: an end is not part of it, unless it is the only day.
        (["DTSTART;VALUE=DATE:20271224", "DTEND;VALUE=DATE:20271227"], ["2027-12-24/2027-12-26"]),
        (["DTSTART;VALUE=DATE:20271224", "DTEND;VALUE=DATE:20271224"], ["2027-12-24/2027-12-24"]),
        (["DTSTART;VALUE=DATE:20271224", "DURATION:P3D"], ["2027-12-24/2027-12-26"]),
        (["DTSTART;VALUE=DATE:20271230", "DTEND;VALUE=DATE:20280102"], ["2027-12-30/2028-01-01"]),
        (["DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270102"], ["2026-12-30/2027-01-01"]),
        (["DTSTART;TZID=Europe/Paris;VALUE=DATE:20271224"], ["2027-12-24/2027-12-24"]),
        (["DTSTART;VALUE=DATE;TZID=Europe/Paris:20271224", "RRULE:", "EXDATE:", "DTEND:", "SEQUENCE:"],
         ["2027-12-24/2027-12-24"]),
        (["DTSTART:20271224", "DTEND:20271226"], ["2027-12-24/2027-12-25"]),
        (["DTSTART;TZID=/mozilla.org/1/Europe/Rome:20270701T100000", "DURATION:PT1H"],
         ["2027-07-01 10:00:00/2027-07-01 10:59:59"]),
        # Times without a zone are on the clocks of the place, those of UTC are not.
        (["DTSTART:20270701T100000", "DTEND:20270701T120000"], ["2027-07-01 10:00:00/2027-07-01 11:59:59"]),
        (["DTSTART:20270701T100000Z", "DTEND:20270701T120000Z"], ["2027-07-01 12:00:00/2027-07-01 13:59:59"]),
        (["DTSTART:20270701T220000Z", "DTEND:20270702T220000Z"], ["2027-07-02/2027-07-02"]),
        (["DTSTART;TZID=America/New_York:20270701T200000", "DURATION:PT1H"],
         ["2027-07-02 02:00:00/2027-07-02 02:59:59"]),
        # The clocks are put back from 3:00 to 2:00 at 1:00 UTC.
        (["DTSTART:20271031T003000Z", "DTEND:20271031T011500Z"],
         ["2027-10-31 02:00:00/2027-10-31 02:14:59", "2027-10-31 02:30:00/2027-10-31 02:59:59"]),
        (["DTSTART:20271030T220000Z", "DTEND:20271031T230000Z"], ["2027-10-31/2027-10-31"]),
        # Put forward from 2:00 to 3:00 at 1:00 UTC.
        (["DTSTART:20270328T003000Z", "DTEND:20270328T013000Z"], ["2027-03-28 01:30:00/2027-03-28 03:29:59"]),
        # An hour that stays the same on clocks, over the summer.
        (["DTSTART;TZID=Europe/Berlin:20270322T080000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"],
         ["2027-03-22 08:00:00/2027-03-22 08:59:59", "2027-03-29 08:00:00/2027-03-29 08:59:59"]),
        # A day as the end of a series is the last day, and the end has the clocks of the series.
        (["DTSTART;TZID=Europe/Berlin:20270701T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20270708"],
         ["2027-07-01 10:00:00/2027-07-01 10:59:59", "2027-07-08 10:00:00/2027-07-08 10:59:59"]),
        (["DTSTART;TZID=America/New_York:20270701T200000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20270702T200000"],
         ["2027-07-02 02:00:00/2027-07-02 02:59:59", "2027-07-03 02:00:00/2027-07-03 02:59:59"]),
        (["DTSTART;VALUE=DATE:20270701", "RRULE:FREQ=DAILY;RSCALE=GREGORIAN;UNTIL=20270703T000000Z"],
         ["2027-07-01/2027-07-03"]),
        (["DTSTART:20270701T080000Z", "DURATION:PT1H",
          "RDATE;VALUE=PERIOD:20270702T080000Z/20270702T093000Z,20270703T080000Z/PT2H"],
         ["2027-07-01 10:00:00/2027-07-01 10:59:59", "2027-07-02 10:00:00/2027-07-02 11:29:59",
          "2027-07-03 10:00:00/2027-07-03 11:59:59"]),
        # Exceptions in another form than the series.
        (["DTSTART;TZID=Europe/Berlin:20270701T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3",
          "EXDATE;VALUE=DATE:20270702", "EXDATE:20270703T080000Z"], ["2027-07-01 10:00:00/2027-07-01 10:59:59"]),
        (["DTSTART;VALUE=DATE:20270701", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20270702T000000"],
         ["2027-07-01/2027-07-01", "2027-07-03/2027-07-03"]),
        # Spellings that the standard does not have, but programs do.
        (["DTSTART;TZID=W. Europe Standard Time:20270701T100000", "DURATION:PT1H  "],
         ["2027-07-01 10:00:00/2027-07-01 10:59:59"]),
        (["DTSTART;TZID=Europe/London:20270701T100000Z", "DURATION:PT1H"],
         ["2027-07-01 12:00:00/2027-07-01 12:59:59"]),
        (["DTSTART;VALUE=DATE:20270701", "DTEND:20270702T000000Z"], ["2027-07-01/2027-07-01"]),
        (["DTSTART;VALUE=DATE:20270701", "DTEND:20270702T235900"], ["2027-07-01/2027-07-02"]),
        (["DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin;VALUE=DATE-TIME:20270701T100000", "DURATION:PT1H",
          "EXDATE;TZID=Europe/Berlin:20270101T100000,20270102T100000"], ["2027-07-01 10:00:00/2027-07-01 10:59:59"]),
        (["DTSTART:20270701T000000", "DTEND:20270702T235959"], ["2027-07-01/2027-07-02"]),
        # A night of a series ends when clocks show six, also in the night in which they are changed.
        (["DTSTART;TZID=Europe/Berlin:20270327T220000", "DTEND;TZID=Europe/Berlin:20270328T060000",
          "RRULE:FREQ=WEEKLY;INTERVAL=31;COUNT=2"],
         ["2027-03-27 22:00:00/2027-03-28 05:59:59", "2027-10-30 22:00:00/2027-10-31 05:59:59"]),
        # Half past two in a night without it is half past three.
        (["DTSTART;TZID=Europe/Berlin:20270321T023000", "DURATION:PT15M", "RRULE:FREQ=WEEKLY;COUNT=2"],
         ["2027-03-21 02:30:00/2027-03-21 02:44:59", "2027-03-28 03:30:00/2027-03-28 03:44:59"]),
        (["DTSTART;TZID=America/New_York:20271018T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=5",
          "EXDATE:20271018T140000Z,20271115T150000Z", "RDATE;TZID=America/New_York:20271220T100000"],
         ["2027-10-25 16:00:00/2027-10-25 16:59:59", "2027-11-01 15:00:00/2027-11-01 15:59:59",
          "2027-11-08 16:00:00/2027-11-08 16:59:59", "2027-12-20 16:00:00/2027-12-20 16:59:59"]),
        # Days that follow each other are one condition.
        (["DTSTART;VALUE=DATE:20270802", "RRULE:FREQ=DAILY;COUNT=12"], ["2027-08-02/2027-08-13"]),
        (["DTSTART;VALUE=DATE:20270802", "RRULE:FREQ=YEARLY;UNTIL=20290101T000000Z"], ["2027-08-02/2027-08-02"]),
    ],
)  # fmt: skip
def test_one_event(lines: list[str], wanted: list[str]) -> None:
    head = BERLIN.format(name="(UTC+01:00) Amsterdam\\, Berlin") if "(UTC" in lines[0] else ""
    assert days(calendar(one(*lines, head=head), "Europe/Berlin", 2027)) == wanted


def test_events_that_share_a_uid_are_events_of_their_own() -> None:
    text = one("DTSTART;VALUE=DATE:20270101")
    second = "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20270501\nEND:VEVENT\nEND:VCALENDAR"
    assert days(calendar(text.replace("END:VCALENDAR", second), years=2027)) == [
        "2027-01-01/2027-01-01",
        "2027-05-01/2027-05-01",
    ]


DAYS = ("DTSTART;VALUE=DATE:20270701", "RRULE:FREQ=DAILY;COUNT=3")
TIMES = ("DTSTART;TZID=Europe/Berlin:20270701T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # A series of times, one of which is named by its day, and the other way round.
        (one(*TIMES, also=("UID:1", "RECURRENCE-ID;VALUE=DATE:20270702", "DTSTART:20270702T150000", "DURATION:PT1H")),
         ["2027-07-01 10:00:00/2027-07-01 10:59:59", "2027-07-02 15:00:00/2027-07-02 15:59:59",
          "2027-07-03 10:00:00/2027-07-03 10:59:59"]),
        (one(*DAYS, also=("UID:1", "RECURRENCE-ID:20270702T000000", "DTSTART;VALUE=DATE:20270709")),
         ["2027-07-01/2027-07-01", "2027-07-03/2027-07-03", "2027-07-09/2027-07-09"]),
        (one(*DAYS, also=("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20270702T000000", "STATUS:CANCELLED", DAYS[0])),
         ["2027-07-01/2027-07-01"]),
        # A series that is cancelled, with its exceptions; a later version; events without a UID.
        (one(*DAYS, "STATUS:CANCELLED", also=("UID:1", "RECURRENCE-ID;VALUE=DATE:20270702", DAYS[0])), []),
        (one(DAYS[0], "SEQUENCE:1", also=("UID:1", "SEQUENCE:2", "DTSTART;VALUE=DATE:20270709")),
         ["2027-07-09/2027-07-09"]),
        (one(DAYS[0], also=("DTSTART;VALUE=DATE:20270709",)).replace("UID:1\n", ""),
         ["2027-07-01/2027-07-01", "2027-07-09/2027-07-09"]),
        # Several calendars in one file: one changes a series of another, or cancels it.
        (one(*DAYS) + "\n\ufeff" + one("RECURRENCE-ID;VALUE=DATE:20270702", "DTSTART;VALUE=DATE:20270709"),
         ["2027-07-01/2027-07-01", "2027-07-03/2027-07-03", "2027-07-09/2027-07-09"]),
        (one(*DAYS) + one(DAYS[0], "SEQUENCE:1", head="METHOD:CANCEL"), []),
        (one(*DAYS, head="X-WR-TIMEZONE:Europe/Berlin") + one(DAYS[0], head="X-WR-TIMEZONE:UTC"),
         ["2027-07-01/2027-07-03"]),
        # Zones of one name, which each calendar defines for itself.
        (one("DTSTART;TZID=Local:20270701T100000", "DURATION:PT1H", head=zone("Local", "+0200"))
         + one("DTSTART;TZID=Local:20270701T100000", "DURATION:PT1H", head=zone("Local", "-0500")),
         ["2027-07-01 10:00:00/2027-07-01 10:59:59", "2027-07-01 17:00:00/2027-07-01 17:59:59"]),
        (one('DTSTART;TZID="(UTC) Here, There":20270701T100000', "DURATION:PT1H",
             head=zone("(UTC) Here\\, There", "+0000")), ["2027-07-01 12:00:00/2027-07-01 12:59:59"]),
        # The zone of the calendar by its name of Windows.
        (one("DTSTART:20270101T090000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;INTERVAL=6;COUNT=2",
             head="X-WR-TIMEZONE:W. Europe Standard Time"),
         ["2027-01-01 10:00:00/2027-01-01 10:59:59", "2027-07-01 10:00:00/2027-07-01 10:59:59"]),
        # Exchange names UTC with a colon, and writes it without quotes.
        (one("DTSTART;TZID=tzone://Microsoft/Utc:20270701T100000", "DURATION:PT1H",
             head=zone("tzone://Microsoft/Utc", "+0000")), ["2027-07-01 12:00:00/2027-07-01 12:59:59"]),
        (one(DAYS[0]).lower(), ["2027-07-01/2027-07-01"]),
    ],
)  # fmt: skip
def test_events_that_belong_together(text: str, wanted: list[str]) -> None:
    if wanted:
        assert days(calendar(text, "Europe/Berlin", 2027)) == wanted
    else:
        with pytest.raises(AnsibleFilterError, match="the calendar has no events in 2027"):
            calendar(text, "Europe/Berlin", 2027)


def test_times_that_google_gives_in_utc_follow_the_clocks_of_the_calendar() -> None:
    lines = ("DTSTART:20270322T070000Z", "DTEND:20270322T080000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
    found = days(calendar(one(*lines, head="X-WR-TIMEZONE:Europe/Berlin"), "Europe/Berlin", 2027))
    assert found == ["2027-03-22 08:00:00/2027-03-22 08:59:59", "2027-03-29 08:00:00/2027-03-29 08:59:59"]


def test_names_for_reports() -> None:
    assert [(event["name"], event["words"]) for event in calendar(OUTLOOK, "Europe/Berlin", 2027, names=True)] == [
        ("Betriebsferien", "2027-05-06 to 2027-05-07"),
        ("Betriebsversammlung", "2027-05-10 14:00 to 18:00"),
        ("Betriebsversammlung, kurz", "2027-07-12 15:00 to 16:00"),
        ("Betriebsversammlung", "2027-08-09 14:00 to 18:00"),
    ]


OUT_OF_DATE = (
    "no events in 2031; those that it has begin from 2027-07-01 to 2028-02-29; get a newer calendar, or set years"
)
WITH_ZONE = ("DTSTART:20270701T100000Z", "DURATION:PT2H", "SUMMARY:Talk")


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        (None, {}, "the calendar is empty; give the content of an .ics file"),
        ("holidays.ics", {}, "has no line BEGIN:VCALENDAR, so it is not a calendar; give the content"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", {}, "ends in the middle"),
        (one("no colon"), {}, "has no DTSTART"),
        ("no colon\n" + GOOGLE, {}, "the calendar cannot be read"),
        (one("SUMMARY:Fair"), {}, 'event "Fair" has no DTSTART'),
        (one("DTSTART:2027zz", "SUMMARY:Fair"), {}, 'event "Fair": DTSTART cannot be read'),
        (one("DTSTART;VALUE=DATE:20270701", "RRULE:FREQ=OFTEN", "SUMMARY:Fair"), {}, 'event "Fair": RRULE cannot'),
        (one("DTSTART:20270701T100000Z", "RRULE:FREQ=MINUTELY"), {}, "repeats every second or minute"),
        (one("DTSTART;VALUE=DATE:20270701", "RRULE:D1 #3"), {}, "it has no FREQ; export the calendar as iCalendar 2.0"),
        (one("DTSTART;VALUE=DATE:20270701", "RRULE:RSCALE=CHINESE;FREQ=YEARLY"), {}, "by the calendar CHINESE"),
        (one("DTSTART;VALUE=DATE:20270701", "EXRULE:FREQ=DAILY"), {}, "has an EXRULE, which is not supported"),
        (one("DTSTART;TZID=Foo/Bar:20270701T100000"), {}, 'the time zone "Foo/Bar", which is no known time zone'),
        (one(DAYS[0], head="X-WR-TIMEZONE:Foo"), {}, 'X-WR-TIMEZONE of the calendar is "Foo"'),
        (one("DTSTART:20270701T100000Z", "DURATION:-PT1H"), {}, "ends before it begins"),
        (one("DTSTART;VALUE=DATE:20270705", "DTEND;VALUE=DATE:20270701"), {}, "ends before it begins"),
        (one(*WITH_ZONE), {}, 'event "Talk" has times in a zone; name the time zone of the interval'),
        (one(*WITH_ZONE), {"timezone": "Europe/Berlni"}, "did you mean Europe/Berlin?"),
        (one(*WITH_ZONE), {"timezone": "UTC", "years": 2029}, "the calendar has no events in 2029"),
        (one(*WITH_ZONE), {"timezone": "UTC", "only": ["fair"]}, "that match only and without"),
        (one(*WITH_ZONE, "STATUS:CANCELLED"), {"timezone": "UTC"}, "the calendar has no events in 2027"),
        (one("DTSTART:20270701T100000"), {}, "no events with a length in 2027; give them an end, or make whole days"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", {}, "no events in 2027, because it holds none, or cancelled ones alone"),
        (one(DAYS[0], also=("UID:2", "DTSTART:20280229T100000Z")), {"timezone": "UTC", "years": 2031}, OUT_OF_DATE),
        # The library would count for ever.
        (one(DAYS[0], "RRULE:FREQ=DAILY;INTERVAL=0"), {}, 'of UID "1": RRULE cannot be read: INTERVAL is not 1 or'),
        (one(DAYS[0], "RRULE:FREQ=DAILY;COUNT=-2"), {}, "COUNT is not 1 or more; correct the calendar, or export it"),
        (one("DTSTART:20270101T240000"), {}, "cannot be read: Wrong datetime format: 20270101T240000; correct the"),
        (one(DAYS[0], "BEGIN:VALARM", "ACTION:DISPLAY"), {}, "a line that begins with END: is missing; fetch the"),
    ],
)
def test_mistakes(text: Any, options: Any, says: str) -> None:
    with pytest.raises(AnsibleFilterError) as refused:
        calendar(text, **{"years": 2027, **options})
    assert says in str(refused.value)


@pytest.mark.parametrize("library", ["icalendar", "recurring_ical_events"])
def test_without_a_library(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(AnsibleFilterError, match="pip install icalendar recurring-ical-events"):
        calendar(GOOGLE)
