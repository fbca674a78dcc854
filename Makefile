# The two commands of a newcomer are `make run` and `make test`: both set up what they need first.
# PYTHON picks the interpreter of the set-up (3.11 or newer): make run PYTHON=python3.13

PYTHON ?= python3
BIN := .venv/bin
SCENARIO ?= scenarios/department/scenario.yaml

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long check format bench docs architecture lock system-packages clean
.DELETE_ON_ERROR:

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
	    printf '  make %-16s %s\n' "$$name" "$$text"; done

setup: .venv/.done ## the virtual environment, as the lock says

.venv/.done: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	    echo "$(PYTHON) was not found. Install Python 3.11 or newer, or name one: make $(MAKECMDGOALS) PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "$(PYTHON) is $$($(PYTHON) -V 2>&1); planner needs 3.11 or newer. Name one: make $(MAKECMDGOALS) PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "$(PYTHON) lacks the modules venv and ensurepip. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || { echo "Setting up .venv; this takes about a minute."; $(PYTHON) -m venv --clear .venv; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: .venv/.done ## solve the department and say where the plan lies
	$(BIN)/planner run $(SCENARIO) --replace

test: .venv/.done system-packages ## the tests, skipped ones counted with their reasons
	$(BIN)/python -m pytest -n 2 --dist loadgroup -rs

test-long: .venv/.done system-packages ## the tests that take minutes
	$(BIN)/python -m pytest -n 2 --dist loadgroup -rs -m long

check: .venv/.done ## ruff, mypy --strict, import layers, deptry
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry planner

format: .venv/.done ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.done ## the measurements of benchmarks/RESULTS.md; QUICK=--quick prints the smallest only
	$(BIN)/python -m benchmarks $(QUICK)

docs: .venv/.done ## write docs/formats.md, docs/rules.md and docs/standards.md from schemas and content
	$(BIN)/python -m tools.formats
	$(BIN)/python -m tools.rules_doc
	$(BIN)/python -m tools.standards_doc

architecture: .venv/.done ## draw docs/architecture.svg from the imports
	$(BIN)/python -m tools.architecture

# Versions stay where they are unless UPGRADE says otherwise: make lock UPGRADE=--upgrade
lock: ## requirements.lock from pyproject.toml
	@test -x $(BIN)/uv || $(MAKE) setup
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --fork-strategy fewest \
	    --python-version 3.11 --extra notebook --group dev $(UPGRADE) \
	    --output-file requirements.lock pyproject.toml >/dev/null

# Some tests open what we write with LibreOffice. Without it they are skipped, and counted; in CI they must run.
system-packages: ## LibreOffice and poppler for the tests (Debian, as root)
	@if command -v soffice >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	        libreoffice-calc poppler-utils >/dev/null; then exit 0; fi; \
	echo "LibreOffice (soffice) or poppler (pdftoppm) is missing and was not installed: the tests that open files with them are skipped."; \
	[ "$(CI)" != true ]

clean: ## remove the set-up, caches and built packages; plans stay
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
