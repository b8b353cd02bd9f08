# Everything starts here: `make` lists the targets. Needs make and Python 3.11 or newer.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
UV_VERSION := 0.13.9
PORT ?= 8000
ARGS ?=
BIN := .venv/bin
PY := $(BIN)/python
LAUNCH := $(PY) -m gsp.launch
export PORT
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Tests and lint keep servers of their own, beside those of `make run`.
TEST_DATA := $(CURDIR)/.data/test
FOR_TESTS := GSP_DATA="$(TEST_DATA)" DJANGO_SETTINGS_MODULE=gsp.settings.test

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-slow fuzz test-setup lint bench bench-import lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: node_modules/.installed ## fetch everything the platform needs

run: setup ## run the platform on http://127.0.0.1:8000 (PORT= moves it) until Ctrl-C
	@$(LAUNCH) run

demo: setup ## build the three demonstration partnerships again
	@$(PY) manage.py demo

test: setup ## run the tests (ARGS= names some)
	@$(FOR_TESTS) $(LAUNCH) exec --careless -- pytest -n 2 --dist loadfile $(ARGS)

test-slow: setup ## the tests that take minutes: every migration against the models
	@$(FOR_TESTS) $(LAUNCH) exec --careless -- pytest -m slow $(ARGS)

fuzz: setup ## long lives of trainees against the laws of tracks and journeys
	@$(FOR_TESTS) $(LAUNCH) exec --careless -- pytest tests/trainees/test_lifecycle_laws.py --hypothesis-profile=fuzz $(ARGS)

test-setup: setup ## from a fresh clone to an answering platform, and again: measured
	@tests/scripts/first_start.sh

lint: setup ## style, format, import rules, checks, missing migrations, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	@$(FOR_TESTS) $(LAUNCH) exec --careless -- $(MAKE) --no-print-directory lint-project

.PHONY: lint-project
lint-project:
	$(PY) -W error manage.py check --fail-level WARNING
	$(PY) -W error manage.py makemigrations --check --dry-run
	$(PY) -W error manage.py lint_templates

bench: setup ## measure: esco import, the night, a page under row security
	@GSP_DATA="$(CURDIR)/.data/bench" $(LAUNCH) exec -- python -m benchmarks $(ARGS)

bench-import: setup ## measure: 100,000 rows of figures from file to applied, against a raw COPY
	@GSP_DATA="$(CURDIR)/.data/bench" $(LAUNCH) exec -- python -m benchmarks uploads

lock: setup ## turn requirements*.in and package.json into lock files
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt
	$(BIN)/npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## remove what set-up and tests made; the data of `make run` stays
	rm -rf .venv node_modules staticfiles .ruff_cache .import_linter_cache .hypothesis .data/test .data/bench
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up, each step once until what it reads changes -----------------------
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "$(PYTHON) lacks the venv module: install it (python3-venv on Debian and Ubuntu)."; exit 1; }
	$(PYTHON) -m venv .venv

$(BIN)/.installed: requirements-dev.txt requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --python $(PY) requirements-dev.txt
	@touch $@

node_modules/.installed: package-lock.json package.json $(BIN)/.installed
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
