# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Patterns of callers: which pattern is found in which number, and which are refused."""

from __future__ import annotations

import time

import pytest

from ansible_collections.telops.pbx.plugins.module_utils._flow.pattern import PatternProblem, search

FOUND = [
    ("", "123"),
    ("4930", "+494930"),
    (r"^(\+|)4930555", "+49305551"),
    (r"^\+?[78](9|4)", "+79"),
    ("^7.{10}$", "71234567890"),
    (r"(?P<one>7)8", "78"),
    (r"^(\d)\1$", "55"),
    ("[[:digit:]]x", "5x"),
    ("[]a]", "]"),
    ("[+--]", ","),
    ("[a&&b]", "&"),
    ("a{,3}", "a{,3}"),
    ("1{2}+3", "113"),
    ("(?>1+)2", "112"),
    (r"\Q+7\E", "a+7"),
    (r"^\Q+7\E*1$", "+771"),
    (r"^\Q+7\E*1$", "+1"),
    (r"7\Q.+", "7.+"),
    (r"\x2b7", "+7"),
    (r"(?=12)1", "12"),
    ("x|y", "y"),
    (r"(1|)+$", "22"),
    ("7{2,}?8", "778"),
    (r"1\z", "21"),
]
NOT_FOUND = [
    (r"^(\+|)4930555", "04930555"),
    (r"^\d++5$", "12345"),
    (r"[^\d]", "1"),
    (r"\d", "\u0663"),
    ("(?>1|12)3", "123"),
    (r"^\w+$", "\u00e4"),
    ("A", "a"),
    (r"^\Q+7\E*1$", "+7+71"),
    (r"^\Q+7\E?1$", "1"),
]
REFUSED = ["^+7", "+7", "a**", "(?R)", "(a", "a)", "[a", "a\\", r"(\d+)*x", r"(?(1)a)"]
REFUSED += [r"\d*\d*\d*\d*\d*\d*\d*", r"a\Kb", "(?C1)a", "(*FAIL)", r"\2", "1{1001}"]


@pytest.mark.parametrize(("pattern", "number"), FOUND)
def test_a_pattern_that_is_found(pattern: str, number: str) -> None:
    assert search(pattern)(number)


@pytest.mark.parametrize(("pattern", "number"), NOT_FOUND)
def test_a_pattern_that_is_not_found(pattern: str, number: str) -> None:
    assert not search(pattern)(number)


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_is_no_pattern_or_not_supported_is_said_as_such(pattern: str) -> None:
    with pytest.raises(PatternProblem):
        search(pattern)


def test_no_number_takes_for_ever() -> None:
    start = time.process_time()
    assert not search(r"^\d*\d*\d*\d*\d*\d*x")("1" * 1000)
    assert time.process_time() - start < 2
