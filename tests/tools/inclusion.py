# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make check-inclusion``: the requirements of the community package and of reviewers, and their proofs here.

docs/inclusion.md is written from this table, with the result of the last run of each command: `make inclusion`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.tools.ansible import environment
from tests.tools.check import Step, run
from tests.tools.tree import ROOT

PAGE = ROOT / "docs" / "inclusion.md"


@dataclass(frozen=True)
class Line:
    """One line of the checklist.

    command: a line for the shell, from the checkout, that is green when the line holds; without one, people look.
    note: who looks, when, and how it is at present; or a fact that a command cannot say.
    """

    level: str
    wants: str
    command: str = ""
    note: str = ""


SANITY = "make sanity"
MATRIX = "make matrix"
LINT = "make lint"
RELEASE = "make release-check"
REVIEW = "make review"
REPOSITORY = "pytest -q tests/unit/test_repository.py"
DOCUMENTED = "pytest -q tests/unit/test_module_docs.py"
MODULES = "pytest -q -n 2 tests/integration/test_modules.py"
SECRETS = "pytest -q tests/integration/test_secrets.py"
REQUESTS = "pytest -q tests/unit/modules/test_requests.py"
WORKFLOWS = "pytest -q tests/tooling/test_workflows.py"

_PLUGINS = (
    "action|become|cache|callback|cliconf|connection|doc_fragments|filter|httpapi|inventory|lookup|module_utils|modules"
    "|netconf|plugin_utils|shell|strategy|sub_plugins|terminal|test|vars"
)
_NEVER_IGNORED = (
    "doc-choices-do-not-match-spec|doc-default-does-not-match-spec|doc-missing-type|doc-required-mismatch"
    "|mutually_exclusive-unknown|no-log-needed|nonexistent-parameter-documented|parameter-list-no-elements"
    "|parameter-type-not-in-doc|undocumented-parameter"
)

CHECKLIST: dict[str, tuple[Line, ...]] = {
    "Publication and community": (
        Line("M", "Galaxy has a version 1.0.0 or later.", note="The maintainers, with 1.0.0: not yet."),
        Line(
            "M",
            "The repository is public, and anybody may open an issue.",
            note="The maintainers, in the settings of the repository.",
        ),
        Line(
            "M",
            "There is a code of conduct, and it is easy to find.",
            "grep -q code_of_conduct CODE_OF_CONDUCT.md && grep -q CODE_OF_CONDUCT.md README.md",
        ),
        Line(
            "M",
            "The README says where to ask: the forum's place for help, a tag, and that one is welcome.",
            "grep -q forum.ansible.com/c/help README.md && grep -q forum.ansible.com/tag/ README.md"
            " && grep -q -i welcome README.md",
        ),
        Line(
            "M",
            "The forum has the tag.",
            note="The maintainers ask the forum for the tag `telops-pbx` before 1.0.0: not yet.",
        ),
        Line("S", "GitHub's own discussions are off.", note="The maintainers, in the settings of the repository."),
        Line(
            "M",
            "Nobody has to sign an agreement to contribute.",
            "grep -q 'no contributor licence agreement' CONTRIBUTING.md",
        ),
        Line(
            "M",
            "A release is built from a tag that names its version, in one spelling for all of them.",
            RELEASE,
        ),
        Line(
            "S",
            "There are a guide for contributors, and a policy for releases and deprecations.",
            "test -s CONTRIBUTING.md && grep -q '^## Deprecation' docs/releasing.md",
        ),
    ),
    "Repository and metadata": (
        Line("M", "`galaxy.yml` is valid and has tags, and there is a README.", RELEASE),
        Line("M", "`meta/runtime.yml` says which ansible-core is needed.", SANITY),
        Line("M", "Galaxy's importer has nothing against the tarball.", RELEASE),
        Line(
            "M",
            "`plugins/` has no folders but those that Ansible knows.",
            f"! ls plugins | grep -vxE '{_PLUGINS}'",
        ),
        Line(
            "M",
            "Plugins, roles and playbooks work with `meta`, `plugins`, `roles` and `playbooks` alone.",
            RELEASE,
        ),
        Line("M", "Utilities that are private say so, by name and in words.", REPOSITORY),
        Line(
            "M",
            "The collection depends on no others than those of the community package.",
            "grep -qx 'dependencies: {}' galaxy.yml",
            "It depends on none.",
        ),
        Line(
            "S",
            "There is a description for execution environments, with the libraries that are needed.",
            "grep -q 'python: requirements.txt' meta/execution-environment.yml && grep -q '^requests' requirements.txt",
        ),
        Line("S", "No temporary files, no programs, and less than 20 MB.", RELEASE),
        Line("M", "Roles have names of lower case letters and underscores, and contain no plugins.", LINT),
        Line(
            "M",
            "The `hosts` of a playbook can be chosen.",
            "! grep -hE '^( *|- )hosts:' playbooks/*.yml | grep -v '{{ pbx_hosts'",
        ),
    ),
    "Licences": (
        Line("M", "Every file has a licence that fits GPL-3.0-or-later, and every plugin has that one.", "reuse lint"),
        Line("M", "Every module begins with a copyright and one line that names the licence.", REPOSITORY),
    ),
    "Versions and changelog": (
        Line(
            "M",
            "Versions are semantic, and the README says it.",
            "grep -q 'semantic versioning' README.md && grep -q '^## Versions' docs/releasing.md",
            "That nothing is removed but in a major version is a part of `make sanity` (`validate-modules`).",
        ),
        Line(
            "M",
            "The changelog has antsibull's format and its sections.",
            "antsibull-changelog lint && antsibull-changelog lint-changelog-yaml changelogs/changelog.yaml",
        ),
        Line("M", "A change that users can notice brings a fragment.", WORKFLOWS, "A job looks at pull requests."),
        Line(
            "M",
            "Additions after the first release name their version.",
            "! grep -L '^version_added:' plugins/modules/*.py | grep .",
            "Reviewers look at new options and return values.",
        ),
        Line(
            "M",
            "A Python or an ansible-core is dropped in a major version, after a deprecation.",
            "grep -q '^## Python and ansible-core' docs/releasing.md",
            "The maintainers, when it comes to that.",
        ),
    ),
    "Documentation": (
        Line("M", "Modules document options, examples and results, and these match the code.", SANITY),
        Line("M", "Names are complete everywhere: `telops.pbx.` and `ansible.builtin.`.", LINT),
        Line("M", "The markup of options, values and modules leads somewhere.", LINT),
        Line("M", "Descriptions are sentences; options have types, elements, choices and defaults.", DOCUMENTED),
        Line("S", "Attributes tell of check mode, diff mode and the action group, and they are true.", SANITY),
        Line("M", "The Pythons are documented.", "grep -q 'Python 3.9 or newer' README.md"),
        Line("S", "The documentation can be built.", "make docs"),
    ),
    "Modules": (
        Line("M", "A second run changes nothing.", MODULES),
        Line("M", "`*_info` modules only read, in check mode too.", REQUESTS),
        Line("M", "No `state` that reads.", SANITY),
        Line("S", "Every module has check mode, and returns a diff.", MODULES),
        Line("M", "Secrets are marked, and options that only sound like secrets are marked as none.", SANITY),
        Line("M", "No secret appears anywhere.", SECRETS),
        Line(
            "S",
            "An object is called `name`; the variables of the environment have a prefix of their own.",
            DOCUMENTED,
            "Options have the names of the API; the variables begin with `PBX_`.",
        ),
        Line("S", "Imports from outside of Python's library are guarded, and listed.", SANITY),
        Line(
            "S",
            "No HTTP library in modules.",
            "! grep -rlE '^ *(import|from) requests' plugins --include=*.py | grep -v plugins/module_utils/_api/",
            "`requests` is behind the client, for its pool of connections.",
        ),
        Line("M", "A module answers in JSON only, and says something useful when nothing changed.", MODULES),
        Line(
            "S",
            "No caches in modules.",
            note="Reviewers. It is not so, on purpose: the items of a loop share connections and lookups, "
            "and a preview remembers what the tasks before it would create. Neither outlives the run.",
        ),
        Line(
            "M",
            "Names of modules are singular, in lower case, with underscores.",
            "! ls plugins/modules | grep -vxE 'pbx_[a-z]+(_[a-z]+)*[.]py'",
        ),
    ),
    "Tests": (
        Line("M", "`ansible-test sanity` of the newest stable ansible-core is green.", MATRIX),
        Line("M", "So it is on every ansible-core that is supported.", MATRIX),
        Line("M", "All tests run for every pull request, and every week.", WORKFLOWS, "Maintainers read the results."),
        Line("M", "Nothing is ignored that must not be.", f"! grep -nE '{_NEVER_IGNORED}' tests/sanity/ignore-*.txt"),
        Line("M", "Each ignored line has a reason.", "! grep -v ' # ' tests/sanity/ignore-*.txt"),
        Line("M", "The code compiles and can be imported on every Python of these ansible-core.", MATRIX),
        Line("S", "`ansible-test units` and `ansible-test integration` work.", REVIEW),
        Line("S", "Integration tests cover check mode, the state afterwards, and the result.", MODULES),
        Line(
            "M",
            "(only in the organisation ansible-collections) The default branch is `main`, without merge commits.",
            note="Does not apply.",
        ),
    ),
}

_INTRODUCTION = """\
# The inclusion checklist

The [requirements](https://docs.ansible.com/ansible/latest/community/collection_contributors/collection_requirements.html)
of the Ansible community package and the guidelines for developers for a collection, line by line. M is a must, S is
advice.

`make check-inclusion` runs every command once, notes its result and the date here, lists the lines for people to check,
and fails when a line does not hold. `python -m tests.tools.inclusion lint` runs only the commands that contain "lint".
`make inclusion` writes this page again after a change of the table.
"""


def page(results: Mapping[str, str]) -> str:
    """Return the text that docs/inclusion.md should have. results: of the last run of each command."""
    parts = [_INTRODUCTION]
    for section, lines in CHECKLIST.items():
        parts.append(f"## {section}\n\n| | requirement | how it is verified | result |\n|---|---|---|---|")
        for line in lines:
            result = results.get(line.command, "Not run yet.") if line.command else ""
            told = f"{result} {line.note}".strip()
            parts.append(f"| {line.level} | {line.wants} | {_cell(line.command)} | {told} |")
        parts.append("")
    return "\n".join(parts).rstrip("\n") + "\n"


def seen() -> dict[str, str]:
    """Return the result of the last run of each command, which the page keeps."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    found = {}
    for command, dummy in commands():
        result = re.search(re.escape(f"| {_cell(command)} | ") + r"((?:Held|Did not hold) on [-\d]+\.)", text)
        if result:
            found[command] = result[1]
    return found


def _cell(command: str) -> str:
    return f"`{command}`".replace("|", "\\|") if command else "by hand"


def commands() -> Iterator[tuple[str, list[Line]]]:
    """Yield each command once, with the lines that it verifies, in their order."""
    found: dict[str, list[Line]] = {}
    for line in (line for lines in CHECKLIST.values() for line in lines if line.command):
        found.setdefault(line.command, []).append(line)
    yield from found.items()


def verify(only: Sequence[str] = ()) -> int:
    """Run the commands and note their results in the page; return 1 when a line does not hold.

    only: parts of the commands to run; all of them if it is empty.
    """
    env, failed, results = environment(ROOT / ".cache" / "ansible"), [], seen()
    for command, lines in commands():
        if only and not any(part in command for part in only):
            continue
        green = run(Step(command, ("bash", "-c", command), r"Skipped: ", 7200), env)
        results[command] = f"{'Held' if green else 'Did not hold'} on {date.today().isoformat()}."
        PAGE.write_text(page(results), encoding="utf-8")
        failed += [] if green else lines
    manual = [line for lines in CHECKLIST.values() for line in lines if not line.command]
    print("\nBy hand:", *(f"  {line.level}  {line.wants} {line.note}" for line in manual), sep="\n")
    verdict = "\nDo not hold:" if failed else "\nAll else holds."
    print(verdict, *(f"  {line.level}  {line.wants}" for line in failed), sep="\n")
    return 1 if failed else 0


def main() -> int:
    """Verify the checklist, or write or compare its page."""
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="fail when the page does not fit the table")
    mode.add_argument("--write", action="store_true", help="write the page")
    parser.add_argument("only", nargs="*", help="parts of the commands to run; all of them if none is given")
    arguments = parser.parse_args()
    if arguments.write:
        PAGE.write_text(page(seen()), encoding="utf-8")
    elif arguments.check:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(seen()):
            print(f"{PAGE.relative_to(ROOT)} does not fit the checklist: run `make inclusion`")
            return 1
    else:
        return verify(arguments.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
