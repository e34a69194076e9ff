# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make release-check``: a release is built, installed, cut down to its own, and tried out."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from ansible.utils.version import SEMVER_RE, SemanticVersion

from tests.tools import signing
from tests.tools.ansible import environment
from tests.tools.check import Step, run
from tests.tools.pythons import environment_with, search_path
from tests.tools.tree import PLACE, ROOT, copy, known_files

# The folders that an installed collection's plugins, roles and playbooks may use, and the files that Galaxy adds.
OWN = ("meta", "plugins", "roles", "playbooks")
GALAXY_FILES = ("MANIFEST.json", "FILES.json")
_MOST_BYTES = 20_000_000
# Bytes of the installed files that are changed one by one.
_FLIPS = 20
_CACHE = ROOT / ".cache" / "release"
_LOGGED = re.compile(r"^(?:ERROR|CRITICAL)\b.*", re.MULTILINE)


@dataclass(frozen=True)
class History:
    """The releases according to the repository. ``here`` are the tags of the commit that is checked out."""

    version: str
    tags: Collection[str] = ()
    here: Collection[str] = ()
    changelog: Collection[str] = ()
    fragments: Collection[str] = ()


def _git(*command: str) -> list[str]:
    if not (ROOT / ".git").exists():
        return []
    return subprocess.run(["git", *command], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()


def _yaml(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / name).read_text(encoding="utf-8")))


def history() -> History:
    """Return the metadata of this checkout."""
    return History(
        version=str(_yaml("galaxy.yml")["version"]),
        tags=_git("tag", "--list"),
        here=_git("tag", "--points-at", "HEAD"),
        changelog=_yaml("changelogs/changelog.yaml")["releases"],
        fragments=[name for name in known_files() if name.startswith("changelogs/fragments/")],
    )


def version_problems(said: History) -> Iterator[str]:
    """Yield where galaxy.yml, the tags and the changelog contradict each other."""
    if not SEMVER_RE.match(said.version):
        yield f"galaxy.yml: {said.version} is not a semantic version"
        return
    versions = {tag: tag.removeprefix("v") for tag in said.tags if SEMVER_RE.match(tag.removeprefix("v"))}
    if len({tag.startswith("v") for tag in versions}) > 1:
        yield f"some tags have a leading v, and others have not: {', '.join(sorted(versions))}"
    for tag, version in versions.items():
        if tag in said.here and version != said.version:
            yield f"this commit is tagged {tag}, and galaxy.yml says {said.version}"
        elif tag not in said.here and SemanticVersion(version) >= SemanticVersion(said.version):
            yield f"{tag} is released: galaxy.yml must say a later version than {said.version}"
    released = said.version in said.changelog
    if said.version in [versions.get(tag) for tag in said.here] and not released:
        yield f"this commit is a release, and changelogs/changelog.yaml has no {said.version}"
    if released and said.fragments:
        yield f"the changelog of {said.version} is written, and fragments are left: {', '.join(said.fragments)}"
    if not released and not said.fragments:
        yield f"nothing says what {said.version} brings: there is no fragment in changelogs/fragments"


def built(folder: Path) -> Path:
    """Build the tarball of the files that git knows, and return it."""
    # Below a folder that is no part of another repository, as on the machine of a release manager.
    tree = copy(ROOT, folder / "tree")
    subprocess.run(
        ["ansible-galaxy", "collection", "build", str(tree), "--output-path", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (tarball,) = folder.glob("*.tar.gz")
    return tarball


def tarball_problems(tarball: Path) -> Iterator[str]:
    """Yield the files that should not be in the tarball, those that should be, and those that make it too large."""
    with tarfile.open(tarball) as archive:
        names = {member.name for member in archive.getmembers() if not member.isdir()}
    known = set(known_files())
    for name in sorted(names - known - set(GALAXY_FILES)):
        yield f"{name} is in the tarball, and git does not know it"
    for name in sorted(name for name in known - names if name.startswith(tuple(f"{folder}/" for folder in OWN))):
        yield f"{name} is not in the tarball"
    if tarball.stat().st_size > _MOST_BYTES:
        yield f"the tarball has {tarball.stat().st_size} bytes; {_MOST_BYTES} are allowed"


def _install(tarball: Path, folder: Path) -> None:
    subprocess.run(
        ["ansible-galaxy", "collection", "install", str(tarball), "--offline", "-p", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
        env=environment(folder.parent / "home", {"ANSIBLE_COLLECTIONS_PATH": str(folder)}),
    )


def installed(tarball: Path, folder: Path) -> Path:
    """Install into an empty folder, delete the files that plugins, roles and playbooks may not use, and return the
    folder."""
    _install(tarball, folder)
    for path in (folder / PLACE).iterdir():
        if path.name in OWN + GALAXY_FILES:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return folder


def importer_problems(tarball: Path, folder: Path) -> Iterator[str]:
    """Yield the objections of Galaxy to the tarball. Its importer ends with 0 even then."""
    python = environment_with(_CACHE / "importer", sys.executable, ROOT / "requirements" / "galaxy.txt")
    env = environment(folder / "importer-home", {"PATH": os.pathsep.join([str(python.parent), *search_path()])})
    command = [str(python), "-m", "galaxy_importer.main", str(tarball)]
    done = subprocess.run(
        command, cwd=folder, env=env, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    problems = _LOGGED.findall(done.stdout)
    if problems or done.returncode or "Importer processing completed successfully" not in done.stdout:
        yield "galaxy-importer: " + ("\n".join(problems) or "it did not complete")
        print(done.stdout)


def signature_problems(tarball: Path, folder: Path) -> Iterator[str]:
    """Yield how a signed copy can be changed without notice; PBX_TEST_EXAMPLES is how many bytes are tried."""
    if not shutil.which("gpg"):
        yield "there is no gpg, so that signatures were not tried; on Debian: apt install gnupg"
        return
    collections, signed = folder / "signed", folder / "s"
    signed.mkdir()
    _install(tarball, collections)
    yield from signing.problems(tarball, collections, signed, int(os.environ.get("PBX_TEST_EXAMPLES", _FLIPS)))


def works(folder: Path) -> bool:
    """Return whether the collection that is installed in a folder shows its documentation and runs the demo."""
    env = environment(folder.parent / "home", {"ANSIBLE_COLLECTIONS_PATH": str(folder)})
    demo = (sys.executable, "-m", "tests.tools.demo", "--collections", str(folder))
    steps = [
        Step("ansible-doc of what is installed", (sys.executable, "-m", "tests.tools.plugin_docs"), "documented"),
        Step("the demo from what is installed", demo),
    ]
    return not [step for step in steps if not run(step, env)]


def main() -> int:
    """Return 1 when this checkout should not be released."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--importer", action="store_true", help="sign it, try changed copies, and have galaxy-importer read it"
    )
    importer = parser.parse_args().importer
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tarball = built(folder)
        problems = [*version_problems(history()), *tarball_problems(tarball)]
        good = works(installed(tarball, folder / "installed"))
        if importer:
            problems += [*signature_problems(tarball, folder), *importer_problems(tarball, folder)]
        print("\n".join(problems) or f"{tarball.name}: {tarball.stat().st_size // 1000} kB, nothing against it")
    return 1 if problems or not good else 0


if __name__ == "__main__":
    sys.exit(main())
