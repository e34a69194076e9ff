# Copyright (c) 2026, telops.pbx contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

PYTHON ?= python3
VENV ?= .venv
RUN := $(VENV)/bin/python
RULEBOOK := .cache/rulebook
PINS := $(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --no-annotate --generate-hashes --custom-compile-command "make pins"
# ansible-core's programs are looked up on PATH by tools that call one another.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test quick bench soak slices lint typecheck unit tooling contract emulator integration molecule cores release
.PHONY: sanity docs coverage events mutation runtime schema docs-sync matrix review release-check certify inclusion
.PHONY: check-inclusion format pins clean

help:  ## this list
	@sed -n 's/^\([a-z%-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.demo  ## a call center on the emulator: preview, apply, apply again
	@$(RUN) -m tests.tools.demo

bench: $(VENV)/.demo  ## wall time and requests of loops, modules and the fast path; simulated calls
	@$(RUN) -m tests.bench
	@$(RUN) -m tests.bench.tenants
	@$(RUN) -m tests.bench.network
	@$(RUN) -m tests.bench.fleet
	@$(RUN) -m tests.bench.pairs
	@$(RUN) -m tests.bench.preview
	@$(RUN) -m tests.bench.calls
	@$(RUN) -m tests.bench.impact
	@$(RUN) -m tests.bench.brute
	@$(RUN) -m tests.bench.checks

soak: $(VENV)/.test  ## 200 tenants over a bad network from two control nodes; undo at every request; 300 interleavings
	@$(RUN) -m tests.soak.shares

slices: $(VENV)/.test  ## 200 tenants in one job, and in slices as an automation controller runs them
	@$(RUN) -m tests.bench.slices

test: $(VENV)/.test $(RULEBOOK)/.made  ## everything below, lint to sanity, without the longest tests of integration and sanity
	@$(RUN) -m tests.tools.check all

quick lint typecheck unit tooling contract emulator integration molecule cores release sanity docs coverage: $(VENV)/.test
	@$(RUN) -m tests.tools.check $@

quick:        ## what answers soon: layout, style, types, and tests that need no emulator
lint:         ## ruff, yamllint, ansible-lint, changelog, documentation, licences, what is generated
typecheck:    ## mypy --strict
unit:         ## tests of plain Python
tooling:      ## tests of the benchmarks, the linters and the other tools
contract:     ## the model against the API description
emulator:     ## the emulator against the API description
integration:  ## real ansible-playbook runs against the emulator
molecule:     ## a molecule scenario for each role, on the emulator
cores:        ## the demo on the oldest and the newest supported ansible-core
release:      ## what a release would hold, installed and tried out
sanity:       ## ansible-test sanity
docs:         ## the documentation site, into build/site
coverage:     ## lines and branches of the plugins that unit, contract and integration tests reach

test-%: $(VENV)/.test  ## the tests of one module, or of a noun's modules: make test-pbx_agent, make test-agent
	@$(RUN) -m pytest -q --about $* $(addprefix tests/,unit/modules/test_requests.py unit/test_module_docs.py \
		contract/test_model.py integration/test_dialects.py integration/test_modules.py integration/test_examples.py)

events: $(VENV)/.test $(RULEBOOK)/.made  ## the rulebooks of docs/events.md with the real ansible-rulebook, which wants Java 17
	@$(RUN) -m tests.tools.rulebooks

mutation: $(VENV)/.test $(VENV)/.mutation  ## small changes of the engine that no test notices: make mutation MUTANTS="*.planner.*"
	@$(RUN) -m tests.tools.mutation $(MUTANTS)

draft-%: $(VENV)/.demo  ## the files of the modules of a new noun or operation, to go on with: make draft-agent
	@$(RUN) -m tests.tools.draft $*

matrix: $(VENV)/.test  ## sanity, documentation and demo on every supported ansible-core; CORES="2.16 2.20" for some
	@$(RUN) -m tests.tools.matrix $(CORES)

review: $(VENV)/.test  ## units and integration by ansible-test, as reviewers run them
	@$(RUN) -m tests.tools.ansible_test

release-check: $(VENV)/.test  ## may this be released? with signatures and galaxy-importer
	@$(RUN) -m tests.tools.release --importer

certify: $(VENV)/.test  ## what partner certification asks for: sanity on three versions of ansible-core, ansible-lint
	@$(RUN) -m tests.tools.matrix 2.16 2.18 2.20
	@$(RUN) -m tests.tools.check certify

check-inclusion: $(VENV)/.test  ## the checklist of the community package, command by command
	@$(RUN) -m tests.tools.inclusion

inclusion: $(VENV)/.demo  ## write docs/inclusion.md from the checklist
	@$(RUN) -m tests.tools.inclusion --write

runtime: $(VENV)/.demo  ## write what Ansible wants for each module: group and action plugin
	@$(RUN) -m tests.tools.runtime --write

schema: $(VENV)/.demo  ## write what editors know of the tenant document
	@$(RUN) -m tests.tools.schema --write

docs-sync: $(VENV)/.test  ## write the documentation that follows from the API description and the declarations
	@$(RUN) -m tests.tools.docs_sync --write

format: $(VENV)/.test  ## the layout of all Python files
	@ruff check --quiet --fix-only && ruff format --quiet

pins: $(VENV)/.made  ## resolve requirements/*.in again into the pinned lists, with a hash of each file
	$(PINS) -o requirements/uv.txt requirements/uv.in
	$(PINS) -o requirements/test.txt requirements/test.in
	$(PINS) -o requirements/demo.txt -c requirements/test.txt requirements/demo.in
	$(PINS) -o requirements/galaxy.txt requirements/galaxy.in
	$(PINS) -o requirements/events.txt -c requirements/test.txt requirements/events.in
	$(RUN) -m tests.tools.matrix --pins
	$(PINS) -o requirements/mutation.txt -c requirements/test.txt requirements/mutation.in

clean:  ## remove all that make has made
	rm -rf $(VENV) build .cache .ansible .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* tests/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(None if v >= (3, 11) else f"Python 3.11 or newer is needed, {sys.executable} is {v.major}.{v.minor}: make PYTHON=python3.x")'
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt install python3-venv" >&2; exit 1; }
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt || echo "No uv here: pip installs the rest, which takes longer."
	@touch $@

# uv installs in seconds, and pip in most of a minute; where uv does not run, pip installs the same pinned versions.
# uv writes no bytecode, nor does the first run where PYTHONDONTWRITEBYTECODE is set: without compileall, every start of
# Ansible would compile Ansible again.
$(VENV)/.%: requirements/%.txt | $(VENV)/.made
	@$(RUN) -m uv pip install --quiet --require-hashes --python $(RUN) -r $< || \
		$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@$(RUN) -m compileall -q $$($(RUN) -c 'import ansible; print(*ansible.__path__)')
	@touch $@

# ansible-rulebook has an environment of its own, as its users have; without bytecode, a rulebook takes three times as long.
$(RULEBOOK)/.made: requirements/events.txt | $(VENV)/.made
	@$(PYTHON) -m venv $(RULEBOOK)
	@$(RUN) -m uv pip install --quiet --require-hashes --python $(RULEBOOK)/bin/python -r $< || \
		$(RULEBOOK)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@$(RULEBOOK)/bin/python -m compileall -q $(RULEBOOK)/lib
	@touch $@
