# `make run` starts the studio on this machine; `make test` checks everything. Each is the only set-up there is.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

# Where compiled modules are not kept, each of the many processes would compile them all again.
unexport PYTHONDONTWRITEBYTECODE

# In each of the two runs, two tests that fail are tried once more; each is reported with its traceback.
AGAIN := --reruns 1 --max-suite-reruns 2 --rerun-show-tracebacks

.PHONY: run test lint unit browser

run: $(VENV)/.app
	@SINGLE_USER=$${SINGLE_USER:-1} $(BIN)/python -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT) --server.fileWatcherType none

# Types are checked while the unit tests wait; a browser wants the machine for itself.
test:
	@$(MAKE) --no-print-directory -j 2 lint unit
	@$(MAKE) --no-print-directory browser

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/pytest -m "not browser" -n 6 --dist loadscope --no-loadscope-reorder $(AGAIN)

browser: $(VENV)/.dev
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/pytest -m browser -n 2 --dist loadscope --no-loadscope-reorder $(AGAIN)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else f"Python 3.11, 3.12 or 3.13 is needed; this is {v[0]}.{v[1]}. Try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $@
