# `make run` starts the studio on this machine; `make test` checks everything. Each is the only set-up there is.
# `make test DOMAIN=captions` tests one domain and its screens; `make check` what was changed since the last whole `make test`.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
TESTED := $(VENV)/.tested
PYTEST := $(BIN)/pytest --dist loadscope --no-loadscope-reorder
SELECT := $(BIN)/python -m tests.selection
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

# Where compiled modules are not kept, each of the many processes would compile them all again.
unexport PYTHONDONTWRITEBYTECODE

# The commit, where nothing beside it is there to be tested.
COMMIT = $$([ -n "$$(git status --porcelain 2>&1)" ] || git rev-parse HEAD)

.PHONY: run test check lint unit chromium browser domain changed

run: $(VENV)/.app
	@SINGLE_USER=$${SINGLE_USER:-1} $(BIN)/python -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT) --server.fileWatcherType none

ifdef DOMAIN
test: domain
else
# Types are checked while the unit tests wait, and a browser comes; it wants the machine for itself.
test:
	@commit=$(COMMIT); \
	$(MAKE) --no-print-directory -j 3 lint unit chromium && \
	$(MAKE) --no-print-directory browser && \
	if [ -n "$$commit" ] && [ "$$commit" = "$(COMMIT)" ]; then echo "$$commit" > $(TESTED); fi
endif

check:
	@$(MAKE) --no-print-directory -j 2 lint changed

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# They are collected once before, so that what they import is compiled once and not by five at a time.
# Many of them wait: five keep two cores busy, and each more would import everything once more.
unit: $(VENV)/.dev
	@$(PYTEST) --ignore tests/browser --collect-only -q > /dev/null || true
	$(PYTEST) --ignore tests/browser -n 5

chromium: $(VENV)/.dev
	$(BIN)/python -m tests.browser.chromium

# Two cores draw two pages: a third browser makes the others late.
browser: chromium
	$(PYTEST) tests/browser -n 2

domain: $(VENV)/.dev
	@tests=$$($(SELECT) domain $(DOMAIN)) && echo "$$tests" && \
	case "$$tests" in *tests/browser/*) $(MAKE) --no-print-directory chromium;; esac && \
	$(PYTEST) -n 2 $$tests

changed: $(VENV)/.dev
	@tests=$$($(SELECT) changed $(TESTED)) && echo "$$tests" && $(PYTEST) -n 2 $$tests

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else f"Python 3.11, 3.12 or 3.13 is needed; this is {v[0]}.{v[1]}. Try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: requirements.txt | $(BIN)/python
	$(PIP) -r requirements.txt
	$(PIP) --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	$(PIP) -r requirements.txt -r requirements-dev.txt
	$(PIP) --no-deps -e .
	@touch $@
