# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import FAX as EXTENSION
from tests.cases.case import Case, Refusal, Step, get, put

FAX, SOUND = "/extension/5016/fax/", "/extension/5016/sound/"
MAILS = ["a@example.com", "o'brien+büro#1%20@example.com"]

CASE = Case(
    module="pbx_fax",
    extension=EXTENSION,
    steps=(
        Step(
            "configure",
            {"fax_mailto": MAILS[1], "fax_out_greeting": "Welcome", "email_to_fax_accept": MAILS[::-1]},
            (
                get(SOUND),
                get(FAX),
                put(
                    FAX,
                    fax_in_format="tiff",
                    fax_mailto=MAILS[1],
                    fax_out_greeting=3001,
                    email_to_fax_accept=MAILS[::-1],
                ),
            ),
        ),
        Step("say the same otherwise", {"fax_in_format": "tiff", "email_to_fax_accept": MAILS}, (get(FAX),)),
        Step(
            "update",
            {"fax_in_format": "pdf", "email_to_fax_accept": []},
            (
                get(FAX),
                put(FAX, fax_in_format="pdf", fax_mailto=MAILS[1], fax_out_greeting=3001, email_to_fax_accept=[]),
            ),
        ),
        Step(
            "clear",
            {"unset": ["fax_out_greeting", "fax_mailto", "fax_in_format", "email_to_fax_accept"]},
            (
                get(FAX),
                put(FAX, fax_in_format=None, fax_mailto=None, fax_out_greeting=None, email_to_fax_accept=[]),
            ),
        ),
    ),
    refusals=(
        Refusal({"extension": "101"}, 'extension "101" is of type phone; this needs an extension of type fax'),
        Refusal(
            {"fax_out_greeting": "Welcom"},
            'extension "5016": fax_out_greeting: there is no sound "Welcom"; did you mean "Welcome"?',
        ),
        Refusal(
            {"fax_mailto": "a@example.com", "unset": ["fax_mailto"]},
            'extension "5016": fax_mailto has a value and stands in unset; remove the one or the other',
        ),
    ),
)
