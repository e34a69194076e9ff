# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call tests as a JSON schema for editors, made of the keys of their reader and of the page that explains them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ansible_collections.telops.pbx.plugins.module_utils._flow.assumptions import NUMBERS, SWITCHES
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.reading import FILE, RAW, SHORT
from ansible_collections.telops.pbx.plugins.module_utils._flow.calltest.words import WORDS
from ansible_collections.telops.pbx.plugins.module_utils._flow.impact.intent import CHANGE
from tests.tools.tree import ROOT

Schema = dict[str, Any]

_TEXTS: Schema = {"type": ["string", "array"], "errorMessage": "Numbers, keys and words stand in quotes."}
_SECONDS: Schema = {"type": ["number", "string"]}
_KINDS: dict[str, Schema] = {
    "name": {"type": "string"},
    "call": _TEXTS,
    "to": {"type": "string"},
    "from": {"type": ["string", "array", "object"]},
    "at": {"type": ["string", "array", "integer"]},
    "press": {"type": ["string", "array", "object", "null"]},
    "depth": {"type": ["integer", "string"]},
    "say": {"type": "string"},
    "phones": {"type": ["object", "string", "array"]},
    "external": {"type": ["object", "string", "array"]},
    "agents": {"type": ["object", "string", "array"]},
    "codes": {"type": ["array", "string"]},
    "patience": _SECONDS,
    "hang_up_after": _SECONDS,
    "impatient": {"type": ["boolean", "string"]},
    "agent_hangs_up": {"type": ["boolean", "string"]},
    "timezone": {"type": "string"},
    "today": {"type": "string"},
    "assumptions": {"$ref": "#/$defs/assumptions"},
    "calls": {"type": ["array", "string"], "items": {"$ref": "#/$defs/call_test"}},
    "expect": {"$ref": "#/$defs/call_words"},
    "never": {"$ref": "#/$defs/call_words"},
    "compare": {
        "type": ["object", "string"],
        "properties": {"with": {"type": "string"}},
        "additionalProperties": False,
    },
    "unchanged": {"type": ["string", "array"]},
}
_OBJECT: Schema = {"type": ["object", "string"]}
_WORDS: dict[str, Schema] = {
    **dict.fromkeys(("within", "silence", "waits", "waits_in_empty_queue"), _SECONDS),
    "told": {"type": ["boolean", "string"]},
    "one_of": {"type": "array", "items": {"$ref": "#/$defs/call_words"}},
}
_INTENDED: dict[str, Schema] = {
    "name": {"type": "string"},
    "from": _KINDS["from"],
    "press": _KINDS["press"],
    "before": {"$ref": "#/$defs/call_words"},
    "after": {"$ref": "#/$defs/call_words"},
}


def definitions(template: Schema) -> Schema:
    """The definitions of call tests. template: the schema of a text that Ansible fills in."""
    words = _closed({name: _WORDS.get(name, _TEXTS) for name in WORDS})
    return {
        "call_tests": {
            "if": template,
            "else": {
                "if": {"type": "array"},
                "then": {"items": {"$ref": "#/$defs/call_test"}},
                "else": _closed({name: _KINDS.get(name, _OBJECT) for name in FILE}),
            },
        },
        "call_test": {
            "if": template,
            "else": {
                "if": {"required": ["to"]},
                "then": _closed({name: _KINDS.get(name, _OBJECT) for name in RAW}),
                "else": {**_closed({name: _KINDS.get(name, _OBJECT) for name in SHORT}), "required": ["call"]},
            },
        },
        "call_words": {"if": {"type": "array"}, "then": {"items": words}, "else": {"if": template, "else": words}},
        "intent": {
            "if": template,
            "else": {
                "if": {"type": "array"},
                "then": {"items": {"$ref": "#/$defs/intended"}},
                "else": _closed(
                    {
                        "timezone": {"type": "string"},
                        "changes": {"type": "array", "items": {"$ref": "#/$defs/intended"}},
                    }
                ),
            },
        },
        "intended": {
            "if": template,
            "else": {**_closed({name: _INTENDED.get(name, _TEXTS) for name in CHANGE}), "required": ["call", "after"]},
        },
        "assumptions": {"if": template, "else": _closed({**_switches(), **_numbers()})},
    }


def _closed(properties: Schema) -> Schema:
    explained = {name: {**_about(name), **one} for name, one in properties.items()}
    return {"type": "object", "properties": explained, "additionalProperties": False}


def _switches() -> Schema:
    # YAML reads true and false without quotes as something else than words.
    truths = {"true": True, "false": False}
    return {
        name: {
            "description": f"It decides {one.decides}.",
            "enum": [*one.values, *(truths[word] for word in one.values if word in truths)],
        }
        for name, one in SWITCHES.items()
    }


def _numbers() -> Schema:
    return {
        name: {
            "description": f"The {one.means}; {one.default} if not set.",
            "type": ["integer", "string"],
            "minimum": one.least,
            "maximum": one.most,
        }
        for name, one in NUMBERS.items()
    }


def _about(name: str) -> Schema:
    return {"description": _explained()[name]} if name in _explained() else {}


@cache
def _explained() -> dict[str, str]:
    """The description of each key and of each word, from the tables of the page."""
    page = (ROOT / "docs" / "calls.md").read_text(encoding="utf-8")
    section = page.partition("## Call tests: the form\n")[2].partition("\n## ")[0]
    found: dict[str, str] = {}
    for keys, text in re.findall(r"^\| (`[^|]*) \| (.*) \|$", section, re.MULTILINE):
        for name in re.findall("`([a-z_]+)`", keys):
            found.setdefault(name, text[0].upper() + text[1:] + ".")
    return found
