# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE to this collection: may change at any time.
"""A server's words without the secrets that it may have echoed."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, quote_plus

# A shorter secret is likely to be part of other words, so only the whole word is taken for it.
SHORT_SECRET = 8


class Scrub:
    """secrets: they may become more as requests carry more of them."""

    def __init__(self, secrets: set[str]) -> None:
        self._secrets = secrets

    def __call__(self, text: str) -> str:
        """The text with each secret hidden, in any of the spellings that were sent."""
        # The copy is for other threads, which may add secrets meanwhile.
        for secret in sorted(filter(None, tuple(self._secrets)), key=len, reverse=True):
            for spelling in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]):
                if len(secret) < SHORT_SECRET:
                    text = re.sub(rf"(?<!\w){re.escape(spelling)}(?!\w)", "***", text)
                else:
                    text = text.replace(spelling, "***")
        return text
