# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signs a collection as ``ansible-galaxy`` verifies it, and tries that a changed copy is refused.

The signature is a detached one of MANIFEST.json, which holds the checksum of FILES.json, which holds that of each file.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from tests.tools.ansible import environment
from tests.tools.galaxy_server import serving
from tests.tools.tree import PLACE, ROOT

MANIFEST = "MANIFEST.json"
# ansible-galaxy says so of a collection that is whole.
_ACCEPTED = "Successfully verified that checksums"


class Key:
    """A key without a passphrase in a home of its own, which goes with its folder."""

    def __init__(self, folder: Path, user: str) -> None:
        self.home = folder
        folder.mkdir(mode=0o700)
        self._gpg("--quick-generate-key", user, "ed25519", "sign", "1d")
        self.keyring = folder / "public.gpg"
        self.keyring.write_bytes(self._gpg("--export"))

    def sign(self, manifest: Path, signature: Path) -> None:
        """Write the detached signature of a manifest."""
        self._gpg("--armor", "--detach-sign", "--output", str(signature), str(manifest))

    def close(self) -> None:
        """End the agent that gpg has started for this home."""
        subprocess.run(["gpgconf", "--homedir", str(self.home), "--kill", "all"], check=False)

    def _gpg(self, *command: str) -> bytes:
        base = ["gpg", "--homedir", str(self.home), "--batch", "--quiet", "--yes", "--passphrase", ""]
        return subprocess.run([*base, "--pinentry-mode", "loopback", *command], check=True, capture_output=True).stdout


def manifest_of(tarball: Path, folder: Path) -> Path:
    """Take the manifest out of a tarball: the signature is about it."""
    with tarfile.open(tarball) as archive:
        found = archive.extractfile(MANIFEST)
        assert found, f"{tarball} has no {MANIFEST}"
        (folder / MANIFEST).write_bytes(found.read())
    return folder / MANIFEST


def _verify(collections: Path, keyring: Path, signature: Path) -> list[str]:
    command = ["ansible-galaxy", "collection", "verify", "telops.pbx", "--offline", "-p", str(collections)]
    return [*command, "--keyring", str(keyring), "--signature", signature.as_uri()]


def _environment(collections: Path, home: Path) -> dict[str, str]:
    return environment(home, {"ANSIBLE_COLLECTIONS_PATH": str(collections)})


def verified(collections: Path, keyring: Path, signature: Path, home: Path) -> tuple[bool, str]:
    """Whether ``ansible-galaxy`` accepts the installed collection, and its output."""
    done = subprocess.run(
        _verify(collections, keyring, signature),
        env=_environment(collections, home),
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode == 0 and _ACCEPTED in done.stdout, done.stdout


@contextmanager
def flipped(path: Path, position: int) -> Iterator[None]:
    """A file with one bit of one byte changed, for as long as the block runs."""
    whole = path.read_bytes()
    try:
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        yield
    finally:
        path.write_bytes(whole)


def flips(installed: Path, count: int) -> Iterator[tuple[Path, int]]:
    """Random places in the installed files, the same ones in every run."""
    files = sorted(path for path in installed.rglob("*") if path.is_file() and path.stat().st_size)
    chance = random.Random(1)  # noqa: S311  # it picks places for a test
    for dummy in range(count):
        path = chance.choice(files)
        yield path, chance.randrange(path.stat().st_size)


def _accepted_flips(collections: Path, keyring: Path, signature: Path, home: Path, count: int) -> list[str]:
    """One line for each changed byte that is accepted. One process runs ansible-galaxy again and again."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.tools.signing", str(collections), str(keyring), str(signature), str(count)],
        cwd=ROOT,
        env=_environment(collections, home),
        check=True,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    return [line for line in lines if line.startswith("accepted: ")] + (
        [] if lines[-1:] == [f"{count} changes tried"] else ["the changes were not tried to the end"]
    )


def _installs(server: str, keyring: Path, folder: Path) -> tuple[bool, str]:
    """Whether ``ansible-galaxy`` installs the collection of a server that has a valid signature, and its output."""
    command = ["ansible-galaxy", "collection", "install", "telops.pbx", "-s", server, "-p", str(folder / "collections")]
    done = subprocess.run(
        [*command, "--keyring", str(keyring), "--required-valid-signature-count", "+1"],
        env=_environment(folder / "collections", folder / "home"),
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    there = (folder / "collections" / PLACE / MANIFEST).exists()
    return done.returncode == 0 and there, done.stdout


def _install_problems(tarball: Path, signature: str, keys: list[Key], folder: Path) -> Iterator[str]:
    """Yield the mistakes of ``install`` from a Galaxy server: a tarball accepted without a signature of the key, and
    the right one refused."""
    own, other = keys
    with serving(tarball, signature) as server:
        good, output = _installs(server, own.keyring, folder / "right")
        if not good:
            yield f"install refuses the signed collection: {output}"
        if _installs(server, other.keyring, folder / "wrong")[0]:
            yield "install accepts a signature of another key"
    changed = folder / tarball.name
    changed.write_bytes(_with_another_manifest(tarball.read_bytes()))
    with serving(changed, signature) as server:
        if _installs(server, own.keyring, folder / "changed")[0]:
            yield "install accepts another manifest with the signature"


def _with_another_manifest(tarball: bytes) -> bytes:
    """A tarball with a changed manifest, whose other files are as they were."""
    found = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(tarball)) as before, tarfile.open(fileobj=found, mode="w:gz") as after:
        for member in before.getmembers():
            stream = before.extractfile(member)
            content = stream.read() if stream else b""
            if member.name == MANIFEST:
                content = content.replace(b"GPL-3.0-or-later", b"GPL-2.0-or-later")
            member.size = len(content)
            after.addfile(member, io.BytesIO(content) if stream else None)
    return found.getvalue()


def problems(tarball: Path, collections: Path, folder: Path, count: int) -> Iterator[str]:
    """Yield each changed copy that is accepted, and the right one if it is refused. ``count`` bytes are flipped."""
    home, installed = folder / "home", collections / PLACE
    signature = folder / f"{MANIFEST}.asc"
    # The path of an agent's socket has to be short.
    keys = [Key(folder / name, f"{name} <{name}@example.com>") for name in ("own", "other")]
    own, other = keys
    try:
        own.sign(manifest_of(tarball, folder), signature)
        good, output = verified(collections, own.keyring, signature, home)
        if not good:
            yield f"the signed collection is refused: {output}"
        if verified(collections, other.keyring, signature, home)[0]:
            yield "a signature of another key is accepted"
        added = installed / "plugins" / "modules" / "added.py"
        added.write_text("", encoding="utf-8")
        if verified(collections, own.keyring, signature, home)[0]:
            yield "an added file is accepted"
        added.unlink()
        yield from _accepted_flips(collections, own.keyring, signature, home, count)
        yield from _install_problems(tarball, signature.read_text(encoding="utf-8"), keys, folder)
    finally:
        for key in keys:
            key.close()


def main() -> None:
    """Change one byte after the other, and print each change that is accepted."""
    from ansible.cli.galaxy import GalaxyCLI
    from ansible.utils.context_objects import GlobalCLIArgs

    collections, keyring, signature = (Path(name) for name in sys.argv[1:4])
    count = int(sys.argv[4])
    installed = collections / PLACE

    def accepted() -> bool:
        GlobalCLIArgs._Singleton__instance = None  # a process is meant to run one command
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            try:
                return bool(GalaxyCLI(_verify(collections, keyring, signature)).run() == 0)
            except Exception:  # a broken manifest is refused by an error
                return False

    for path, position in flips(installed, count):
        with flipped(path, position):
            if accepted():
                print(f"accepted: byte {position} of {path.relative_to(installed)}")
    if not accepted():
        sys.exit("the unchanged collection is refused")
    print(f"{count} changes tried")


if __name__ == "__main__":
    main()
