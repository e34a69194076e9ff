# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from ansible_collections.telops.pbx.plugins.module_utils._api import errors
from ansible_collections.telops.pbx.plugins.module_utils._api.client import Client
from ansible_collections.telops.pbx.plugins.module_utils._api.settings import Settings
from tests.unit.api.conftest import Time
from tests.unit.api.scripted import Cut, Reply, Scripted


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_path(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def serve(authority: trustme.CA, name: str) -> Scripted:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return Scripted(tls=context)


@pytest.fixture
def tls(authority: trustme.CA) -> Iterator[Scripted]:
    server = serve(authority, "127.0.0.1")
    yield server
    server.stop()
    assert server.unexpected == []


def client(url: str, **settings: Any) -> Client:
    return Client(Settings(url, access_token="canary-token", api_timeout=5.0, **settings), sleep=Time().sleep)


def refused(url: str, advice: tuple[str, ...] = ("ca_path", "validate_certs"), **settings: Any) -> errors.TlsFailed:
    asking = client(url, **settings)
    with pytest.raises(errors.TlsFailed) as caught:
        asking.write("POST", "/x", {})
    asking.close()
    assert asking.requests == {}
    for option in ("ca_path", "validate_certs", "api_url"):
        assert (option in caught.value.message) == (option in advice)
    assert "canary" not in caught.value.message
    return caught.value


def test_a_trusted_authority(tls: Scripted, ca_path: str) -> None:
    tls.answers(Reply(json={"id": 1}))
    asking = client(tls.url, ca_path=ca_path)
    assert asking.get("/x") == {"id": 1}
    asking.close()


def test_an_unknown_authority_is_refused_before_anything_is_sent(tls: Scripted) -> None:
    assert "self" in refused(tls.url).message or "issuer" in refused(tls.url).message
    assert tls.seen == []
    # Never repeated: one connection for each of the two or three requests above.
    assert tls.connections <= 3


def test_a_tls_error_is_not_repeated(tls: Scripted) -> None:
    asking = client(tls.url)
    with pytest.raises(errors.TlsFailed):
        asking.get("/x")
    asking.close()
    assert tls.connections == 1


def test_a_certificate_for_another_host_is_refused(authority: trustme.CA, ca_path: str) -> None:
    server = serve(authority, "pbx.example.com")
    assert "mismatch" in refused(server.url, ca_path=ca_path).message
    server.stop()


def test_a_ca_path_that_is_no_certificate(tls: Scripted, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("nothing of the kind")
    refused(tls.url, ca_path=str(path))


def test_e2_a_plain_server_on_the_port_is_no_question_of_certificates(ca_path: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_plainly() -> None:
            connection, dummy = listening.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        listening.settimeout(5)
        thread = threading.Thread(target=answer_plainly)
        thread.start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}/api"
        assert "check the scheme and the port of api_url" in refused(url, ("api_url",), ca_path=ca_path).message
        thread.join()


def test_a_connection_cut_in_the_handshake_is_a_cut_that_may_pass(ca_path: str) -> None:
    accepted = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def hang_up() -> None:
            with contextlib.suppress(TimeoutError):
                while len(accepted) < 4:
                    connection, dummy = listening.accept()
                    with connection:
                        accepted.append(connection.recv(1000))

        # So that a client which gives up early fails this test instead of hanging it.
        listening.settimeout(5)
        thread = threading.Thread(target=hang_up)
        thread.start()
        asking = client(f"https://127.0.0.1:{listening.getsockname()[1]}/api", ca_path=ca_path)
        with pytest.raises(errors.ConnectionFailed, match=r"TLS connection was cut \(4 tries\)"):
            asking.get("/x")
        thread.join()
        asking.close()
    assert len(accepted) == 4


def test_unproven_servers_can_be_allowed_and_nothing_is_printed(tls: Scripted) -> None:
    tls.answers(Reply(json={"id": 1}))
    asking = client(tls.url, validate_certs=False)
    with warnings.catch_warnings(record=True) as printed:
        warnings.simplefilter("default")
        # The client says so itself, before the first request.
        asking = client(tls.url, validate_certs=False)
        assert asking.get("/x") == {"id": 1}
    asking.close()
    assert printed == []


def test_the_environment_cannot_overrule_the_options(
    tls: Scripted, ca_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
    tls.answers(Reply(json={}), Reply(json={}))
    for asking in (client(tls.url, ca_path=ca_path), client(tls.url, validate_certs=False)):
        asking.get("/x")
        asking.close()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ca_path)
    tls.answers(Reply(json={}))
    asking = client(tls.url)
    asking.get("/x")
    asking.close()


def test_a_cut_under_tls_is_a_cut_and_not_a_tls_error(tls: Scripted, ca_path: str) -> None:
    tls.answers(Cut("after"), Reply(json={"id": 1}), Cut("after"))
    asking = client(tls.url, ca_path=ca_path)
    assert asking.get("/x") == {"id": 1}
    with pytest.raises(errors.Ambiguous):
        asking.write("POST", "/x", {})
    asking.close()
    assert asking.requests == {"GET": 2, "POST": 1}


def test_another_scheme_of_the_same_host_is_another_connection(tls: Scripted, ca_path: str) -> None:
    tls.answers(Reply(json={"access_token": "canary-token", "expires_in": 3600}))
    plain = tls.url.replace("https://", "http://")
    app = {"app_id": "1", "app_secret": "canary-secret", "token_url": f"{tls.url}/oauth/token"}
    asking = Client(Settings(plain, api_timeout=5.0, ca_path=ca_path, **app), sleep=Time().sleep)
    with pytest.raises(errors.PbxError):
        asking.get("/x")
    asking.close()
    assert [request.path for request in tls.seen] == ["/oauth/token"]
