# Torenwacht: set up, run and check, with nothing done by hand first.
#
# `make demo` and `make test` set up what they need. With uv on the machine that takes seconds; without it, venv and pip do
# the same from the same locks. `make UV= demo` does as if there were no uv, `make PYTHON=python3.12 demo` picks a Python.

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
LOCKS := requirements.lock requirements-dev.lock

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev demo serve test fuzz train check format lock system-packages clean

help: ## show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 22

setup: $(VENV)/.ready ## make the environment to run, and do nothing else
	@$(PY) -c 'import ctypes.util as c; print(end="" if c.find_library("pango-1.0") else "Pango is not on this machine: everything runs but the PDF of a briefing. Get it with: make system-packages\n")'

setup-dev: $(VENV)/.ready-dev ## make the environment to test and check too

demo: $(VENV)/.ready ## play the whole road on a site of invented sources; ARGS=--once stops when all is done
	@$(BIN)/torenwacht demo $(ARGS)

serve: $(VENV)/.ready ## watch the sources of sources.toml
	@$(BIN)/torenwacht serve $(ARGS)

# By file: what the tests of one file share, such as a browser, is made once. Four at most: each has a PostgreSQL of
# its own, or databases of its own on a given one.
test: $(VENV)/.ready-dev ## run every test, on SQLite and on PostgreSQL
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

fuzz: $(VENV)/.ready-dev ## seek new cases for the tests that hold for any input; what it finds becomes a test
	@TORENWACHT_TEST_CASES=seek $(PY) -m pytest -m hypothesis $(ARGS)

# In this order: the judge learns from texts as they are after redaction, and from the days and phases that the rules see.
train: $(VENV)/.ready-dev ## learn again from the texts of our own: names, periods, the judge; same texts, same files
	@$(PY) -m classifiers.training.names
	@$(PY) -m classifiers.training.periods
	@$(PY) -m classifiers.training.judgement

check: $(VENV)/.ready-dev ## format, lint, floors, types, locks, tables and documents
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@! grep -n '://' $(LOCKS) || { echo 'A lock names an address. Make it again: make lock' >&2; false; }
	@$(BIN)/torenwacht check
	@$(PY) -m pytest tests/house

format: $(VENV)/.ready-dev ## lay the code out, and mend what can be mended by rule
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lock: ## make the locks again after a change in pyproject.toml; ARGS=--upgrade takes newer versions
	@test -n "$(UV)" || { echo 'make lock needs uv: python3 -m pip install uv' >&2; false; }
	@for lock in "requirements.lock pyproject.toml --group build" "requirements-dev.lock --group dev -c requirements.lock"; do \
		set -- $$lock; file=$$1; shift; \
		$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
			--custom-compile-command 'make lock' --output-file $$file $(ARGS) "$$@" || exit; \
	done
	@! grep -n '://' $(LOCKS) || { echo 'A lock names an address.' >&2; false; }

system-packages: ## install with apt what Python cannot: Pango, which sets the PDF of a briefing
	@$$(test "$$(id -u)" = 0 || echo sudo) apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0

clean: ## throw away the environment and what the tools keep; never data/
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Both stamps carry the moment of a finished set-up: a second start compares dates and goes on.
$(VENV)/.ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
		echo 'There is no $(PYTHON) on this machine. On Debian and Ubuntu: sudo apt-get install python3 python3-venv' >&2; false; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Torenwacht needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; false; }
ifneq ($(UV),)
	@echo 'Setting up with uv …'
	@test -x $(PY) || $(UV) venv --quiet --allow-existing --no-python-downloads --python $(PYTHON) $(VENV)
	@$(UV) pip sync --quiet --python $(PY) --require-hashes requirements.lock
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
else
	@echo 'Setting up with venv and pip; a minute or two …'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Python lacks its venv module. On Debian and Ubuntu: sudo apt-get install python3-venv' >&2; false; }
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
ifneq ($(UV),)
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-dev.lock
else
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
endif
	@touch $@
