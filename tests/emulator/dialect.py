# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions that the documentation leaves open, with one named switch each. The first value of each is the default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Switch(NamedTuple):
    """The values of a switch (default first), its meaning, and the section of semantics.md that leaves it open."""

    values: tuple[str, ...]
    meaning: str
    section: str


SWITCHES: dict[str, Switch] = {
    "accept_encoding": Switch(
        ("any", "gzip"),
        "Whether a request that does not ask for gzip, and for gzip alone, is refused.",
        "10.1",
    ),
    "action_parameters": Switch(
        ("unchecked", "checked"),
        "Whether a rule whose action lacks its parameter (transfer without transfer_dst) is refused.",
        "5",
    ),
    "agent_status": Switch(
        ("string", "object"),
        "Whether an agent's status is answered as sent, or as an object that holds it under `status`.",
        "5, 9.16",
    ),
    "answers": Switch(
        ("recent", "older"),
        "Whether extensions, queues, phones, calls and records have the keys, ids and times of recent answers, or "
        "those of the page and of old ones.",
        "10.6, 10.7, 10.9, 10.17",
    ),
    "array_query": Switch(("repeat", "comma"), "How a filter of several values is spelt in the query.", "3, 9.3"),
    "compression": Switch(
        ("gzip", "none"), "Whether JSON is answered in gzip to those who ask for it, or always as it is.", "10.1"
    ),
    "condition_unset": Switch(
        ("omitted", "null", "zero"), "How the parts of an interval's condition that are not set are answered.", "4"
    ),
    "delete_referenced": Switch(
        ("allowed", "refused", "cleared"),
        "Deleting what something refers to leaves the reference dangling, is a 409, or sets the reference to null.",
        "5, 9.12",
    ),
    "destinations": Switch(
        ("plain", "prefix"),
        "Whether the number of an extension in a destination is answered as it was sent, or as prefix*number.",
        "5",
    ),
    "duplicate_names": Switch(("allowed", "refused"), "Whether a second object of the same name is refused.", "5, 9.1"),
    "error_body": Switch(
        ("string", "map", "html"),
        "Whether an error's message is a sentence or a map by field, or the answer an HTML page.",
        "3, 9.1",
    ),
    "extension_name": Switch(
        ("plain", "domain"), "Whether an extension's name is answered as prefix*number or as prefix*number@domain.", "5"
    ),
    "extra_fields": Switch(("absent", "present"), "Whether answers carry fields that the contract does not list.", "7"),
    "file_name": Switch(("sent", "absent"), "Whether a downloaded file comes with a name in Content-Disposition.", "5"),
    "id_spelling": Switch(
        ("number", "text", "float"),
        "Whether the ids that the page types as integers are answered so, as text, or with a decimal point.",
        "3",
    ),
    "integer_spelling": Switch(
        ("string", "integer"),
        "How an answer spells an integer that the contract takes as integer and answers as string.",
        "5",
    ),
    "key_order": Switch(("contract", "shuffled"), "The order of keys in an answered object.", "3"),
    "list_order": Switch(("id", "shuffled"), "The order of lists that are sets.", "3"),
    "new_rule_position": Switch(("last", "first"), "Where a new rule goes in its program.", "5"),
    "null_choice": Switch(
        ("null", "none"),
        "Whether the unset value of a choice that includes 'None', or of an ANI, is JSON null or the string None.",
        "3, 9.5",
    ),
    "null_value": Switch(
        ("stored", "default"),
        "Whether a null that was written is answered as null or as the default printed for the answer.",
        "9.21",
    ),
    "option_default_rule": Switch(
        ("hidden", "visible"), "Whether the hangup of a new menu option is implicit or a rule in its list.", "5, 9.6"
    ),
    "option_reference": Switch(
        ("unchecked", "checked"), "Whether a jump to an option that its context does not have is refused.", "5"
    ),
    "order_position": Switch(("0", "1"), "The number of the first position in `order_position`.", "9.8"),
    "page_cap": Switch(("none", "50", "10"), "The most entries that a page holds, whatever was asked for.", "9.22"),
    "page_size": Switch(("20", "100"), "The entries of a page when `per_page` is absent.", "3, 9.2"),
    "query_time": Switch(
        ("utc", "user"), "Whether the times of a query are in UTC or in the time zone of the user who asks.", "3"
    ),
    "queue_agent_default": Switch(("0", "1"), "Level and position of a queue's agent created without them.", "5, 9.11"),
    "queue_agent_ref": Switch(
        ("agent", "extension"),
        "Whether a queue's local agent is answered with the agent's id or its extension's id.",
        "9.18",
    ),
    "rule_list_order": Switch(("program", "id"), "Whether lists of rules come in program order or by id.", "9.20"),
    "scheme": Switch(
        ("options", "flat", "absent"),
        "Contexts of an IVR's scheme: a list of options, a map from digits to rules, or no scheme (404).",
        "4, 9.9",
    ),
    "singleton_put": Switch(
        ("merge", "replace", "defaults"),
        "PUT of queue, phone, ivr, fax, conference keeps absent fields, resets them to null, "
        "or applies the defaults printed on its body.",
        "9.4, 9.19",
    ),
    "sound_content": Switch(
        ("kept", "converted"),
        "Whether the content of a sound is the file that was uploaded, or the same in another form.",
        "6",
    ),
    "sound_filename": Switch(
        ("random", "checksum"),
        "Whether the 40 hexadecimal digits that name a sound's file are random, or the SHA-1 of its content.",
        "5",
    ),
    "tenant_pages": Switch(
        ("taken", "refused"),
        "Whether lists of the tenant that are not documented to have pages take `page` and `per_page`, or come whole "
        "and refuse them.",
        "3, 9.2",
    ),
    "to_option": Switch(("number", "string"), "How a voice helper rule's option is answered.", "4"),
    "token_expires_in": Switch(("present", "absent"), "Whether a token answer tells its life.", "2"),
}


class Dialect:
    """The switches of one emulator, at `start` (or their defaults) until told otherwise. Raises ValueError like
    `set`.
    """

    def __init__(self, start: Mapping[str, str] | None = None) -> None:
        self._values: dict[str, str] = {}
        self._start = dict(start or {})
        self.reset()

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def set(self, values: Mapping[str, str]) -> None:
        """Take `values`, and the default for every switch not among them. Raises ValueError for an unknown switch
        or value.
        """
        for name, value in values.items():
            if name not in SWITCHES:
                raise ValueError(f"no dialect switch {name}; there are: {', '.join(SWITCHES)}")
            if value not in SWITCHES[name].values:
                raise ValueError(f"{name} is one of {', '.join(SWITCHES[name].values)}, not {value}")
        self._values = {name: values.get(name, switch.values[0]) for name, switch in SWITCHES.items()}

    def reset(self) -> None:
        """Back to the start."""
        self.set(self._start)

    def values(self) -> dict[str, str]:
        """Every switch with its value."""
        return dict(self._values)
