# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests made up from the contract: whatever it allows is answered as it says, and never with a server error."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.emulator.contract import METHODS, load_document
from tests.emulator.server import Emulator

from .conftest import Api
from .test_operations import CALL, RECORD, by_path, furnish

EXAMPLES = 6
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance, content_type_conformance]
# The ids of the objects that furnish() leaves behind: invented ids would only ever find 404.
KNOWN = {
    "client_id": "@me", "agent_id": 701, "did_id": 8001, "sound_id": 3001, "extension_group_id": 601,
    "dial_rule_id": 801, "user_id": 402, "id": 1, "rule_id": 1, "interval_id": 1, "context_id": 1, "option_digits": "1",
    "call_api_id": CALL, "record_uuid": RECORD, "chat_id": "chat-7f3a", "message_id": 1201,
    "registration_id": "uloc-572b0ffb-6d47-001",
}  # fmt: skip


def aimed_document() -> dict[str, Any]:
    """The contract of the API with path parameters that lead to objects which exist."""
    document = copy.deepcopy(load_document())
    document["paths"] = {path: item for path, item in document["paths"].items() if not path.startswith("/oauth")}
    for path, item in document["paths"].items():
        for method in METHODS:
            for parameter in item.get(method, {}).get("parameters", ()):
                name = parameter.get("name")
                if name == "extension_id" and parameter["in"] == "path":
                    number = by_path(path)
                    parameter["schema"] = {"enum": [str(number) if parameter["schema"]["type"] == "string" else number]}
                elif name in KNOWN and parameter["in"] == "path":
                    parameter["schema"] = {"enum": [KNOWN[name]]}
    return document


config = SchemathesisConfig()
config.projects.default.generation.update(modes=[GenerationMode.POSITIVE], deterministic=True)
schema = schemathesis.openapi.from_dict(aimed_document(), config=config)


@pytest.fixture
def fuzzed(api: Api) -> Emulator:
    furnish(api)
    return api.emulator


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_what_the_contract_allows_is_answered_as_it_says(case: schemathesis.Case[Any], fuzzed: Emulator) -> None:
    headers = {"Authorization": f"Bearer {fuzzed.access_token}"}
    response = case.call(base_url=fuzzed.url, headers=headers, timeout=10)
    case.validate_response(response, checks=CHECKS)
