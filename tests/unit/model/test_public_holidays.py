# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public holidays as conditions: of a country and its subdivisions, with the additions and omissions of an employer."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.telops.pbx.plugins.filter.days_off import holidays
from ansible_collections.telops.pbx.plugins.module_utils._model.nouns.interval import condition_problems

NEW_YEAR = {"start_datetime": "2027-01-01 00:00:00", "end_datetime": "2027-01-01 23:59:59"}


def days(found: list[dict[str, Any]]) -> list[str]:
    """The conditions, short: the date, the last date of several, and the time where it is not midnight."""
    assert [problem for one in found for problem in condition_problems(one)] == []
    words = []
    for one in found:
        (first, begin), (last, end) = (str(one[name]).split() for name in ("start_datetime", "end_datetime"))
        assert end == "23:59:59"
        begins = "" if begin == "00:00:00" else f" {begin[:5]}"
        words.append(f"{first[5:]}{begins}" + (f"/{last[5:]}" if last != first else ""))
    return words


def test_holidays_of_a_state() -> None:
    whole = ["01-01", "03-26", "03-29", "05-01", "05-06", "05-17", "10-03", "12-25/12-26"]
    assert days(holidays("DE", years=2027)) == whole
    bavaria = ["01-01", "01-06", "03-26", "03-29", "05-01", "05-06", "05-17", "05-27", "10-03", "11-01", "12-25/12-26"]
    for spelled in (holidays("de-by", years=2027), holidays("DE", "BY", 2027), holidays("DE", "Bayern", "2027")):
        assert days(spelled) == bavaria


@pytest.mark.parametrize(
    ("options", "there", "not_there"),
    [
        ({"add": {"2027-05-07": "Outing"}}, ["05-06/05-07"], ["05-06"]),
        ({"add": [date(2027, 2, 8), "07-05 to 07-09"]}, ["02-08", "07-05/07-09"], []),
        ({"add": ["12-27 to 01-02"]}, ["12-25/01-02"], []),
        ({"without": ["Heilige Drei"]}, [], ["01-06"]),
        ({"without": "2027-12-26"}, ["12-25"], ["12-25/12-26"]),
        ({"without": ["epiphany"], "language": "en_US"}, [], ["01-06"]),
        ({"bridge_days": True}, ["05-06/05-07", "05-27/05-28"], ["05-18"]),
        ({"bridge_days": True, "add": ["11-03"]}, ["11-01/11-03"], []),
        ({"half_days": {"12-24": "14:00", "2027-12-31": "13:30"}}, ["12-24 14:00/12-26", "12-31 13:30"], []),
        # A half day is no reason for a bridge.
        ({"bridge_days": True, "half_days": {"05-12": "12:00"}}, ["05-12 12:00"], ["05-13"]),
    ],
)
def test_what_an_employer_adds_and_leaves_out(options: Any, there: list[str], not_there: list[str]) -> None:
    found = days(holidays("DE-BY", years=2027, **options))
    assert set(there) <= set(found)
    assert set(not_there).isdisjoint(found)


def test_a_bridge_at_the_turn_of_the_year() -> None:
    # 1 January 2026 is a Thursday, 1 January 2030 a Tuesday: the Monday before it is still in 2029.
    assert "01-01/01-02" in days(holidays("DE", years=2026, bridge_days=True))
    assert "12-31" in days(holidays("DE", years=2029, bridge_days=True))
    assert "01-01" in days(holidays("DE", years=2030, bridge_days=True))


def test_half_holidays_that_the_library_knows() -> None:
    turkey = days(holidays("TR", years=2028, half_day_from="13:00"))
    assert {"02-25 13:00/02-28", "10-28 13:00/10-29"} <= set(turkey)
    assert "02-26/02-28" in days(holidays("TR", years=2028))


def test_text_for_yes_and_no_as_the_command_line_gives_it() -> None:
    assert holidays("US", years=2027, observed="no") == holidays("US", years=2027, observed=False)
    assert holidays("US", years=2027, names="false") == holidays("US", years=2027)


def test_years() -> None:
    this = date.today().year
    both = holidays("DE", years=2)
    assert both == [*holidays("DE", years=[this + 1, this])] == holidays("DE", years=f"{this}-{this + 1}")
    assert both == holidays("DE")
    assert {one["start_datetime"][:4] for one in both} == {str(this), str(this + 1)}
    assert len(holidays("DE", years="2027-2031")) == sum(len(holidays("DE", years=year)) for year in range(2027, 2032))


def test_names_for_reports() -> None:
    found = holidays("DE", years=2027, names=True, language="en_US", half_days={"12-24": "14:00"})
    assert found[0] == {"name": "New Year's Day", **NEW_YEAR, "words": "2027-01-01"}
    assert {"2027-12-24 14:00 to 2027-12-24": "Half day", "2027-12-25": "Christmas Day"}.items() <= {
        one["words"]: one["name"] for one in found
    }.items()
    # Not in the language of whoever runs it.
    assert holidays("DE", years=2027, names=True)[0]["name"] == "Neujahr"


@pytest.mark.parametrize(
    ("args", "options", "says"),
    [
        (["DX"], {}, 'does not know the country "DX"'),
        ([276], {}, "the country is a number; write its code in quotes, such as 'DE'"),
        (["DE-QQ"], {}, 'DE has no subdivision "QQ"; there are: BB, BE'),
        (["DE", "Bayrn"], {}, "did you mean Bayern?"),
        (["DE"], {"language": "fr"}, 'the holidays of DE have no names in "fr"; there are: de, en_US'),
        (["DE"], {"categories": ["publik"]}, 'no holidays of category "publik"; did you mean public?'),
        (["DE"], {"years": 2222}, "knows DE from 1991 to 2100; leave out 2222"),
        (["DE"], {"years": "next"}, "years is 'next'; write a number of years"),
        (["DE"], {"years": [27]}, "years has 27, which is not a year"),
        (["DE"], {"years": True}, "years is True"),
        (["DE"], {"add": ["24.12."]}, '"24.12." is not a date; write it as "2027-05-07"'),
        (["DE"], {"add": ["02-30"]}, 'the date "02-30" does not exist'),
        (["DE"], {"add": ["2027-05-07 to 2027-05-01"], "years": 2027}, "ends before it begins"),
        (["DE"], {"add": 12}, "add is a number, where days belong"),
        (["DE"], {"add": [{"12-24": "x"}]}, 'add has a dictionary, where a day belongs, such as "2027-05-07"'),
        (["DE"], {"observed": "perhaps"}, "observed is 'perhaps'; write true or false"),
        (["DE-BY", "BE"], {}, 'the subdivision is "BY" and "BE"; leave one of them out'),
        (["DE"], {"without": ["Weinachten"]}, 'without: no holiday is called "Weinachten"; there are: Christi'),
        (["DE"], {"half_days": ["12-24"]}, "half_days is not a dictionary"),
        (["DE"], {"half_days": {"12-24": "2 pm"}}, '"2 pm" is not a time of day'),
        (["DE"], {"half_day_from": "12:00"}, "the library knows no half holidays of DE; list them in half_days"),
    ],
)
def test_mistakes(args: list[Any], options: Any, says: str) -> None:
    with pytest.raises(AnsibleFilterError) as refused:
        holidays(*args, **options)
    assert says in str(refused.value)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(AnsibleFilterError, match="install it: pip install holidays"):
        holidays("DE")
