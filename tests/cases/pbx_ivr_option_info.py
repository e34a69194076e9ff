# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from tests.cases.case import IVR, Case, Refusal, Step, get

CONTEXTS = get("/extension/5015/ivr/context/")
READ = (CONTEXTS, get("/extension/5015/ivr/context/1/options/"))

CASE = Case(
    module="pbx_ivr_option_info",
    extension=IVR,
    setup=(
        ("pbx_ivr_context", {"extension": "300", "name": "main"}),
        ("pbx_ivr_option", {"extension": "300", "ivr_context": "main", "digits": "*#1"}),
    ),
    steps=(
        Step("read all", {"ivr_context": "main"}, READ, finds=("digits", "start", "timeout", "invalid", "*#1")),
        Step("read some", {"context": "main", "digits": ["*#1", "start"]}, READ, finds=("digits", "*#1", "start")),
    ),
    refusals=(
        Refusal({}, "missing required arguments: ivr_context"),
        Refusal({"ivr_context": "man"}, 'extension "5015": there is no IVR context "man"; did you mean "main"?'),
    ),
)
