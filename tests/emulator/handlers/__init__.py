# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The handlers of the operations, by area. Importing this package registers every handler."""

from . import extension, ivr, live, media, queue, tenant

__all__ = ["extension", "ivr", "live", "media", "queue", "tenant"]
