# One recipe for people, hooks and CI. `make` alone lists what there is.

FITS   := import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
            $$p -c "$(FITS)" 2>/dev/null && { echo $$p; break; }; done)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools
INSTALL = PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable
VENDOR := assets/vendor/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz check bench docs fix clean

help:  ## List the recipes.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(READY) $(VENDOR)  ## Set everything up, ingest the demo portfolio and serve it.
	@$(BIN)/partnerlens demo $(ARGS)

test: $(TOOLS) $(VENDOR)  ## Set everything up and run all tests, browser included.
	@.ci/system-packages chromium:chromium chromedriver:chromium-driver redis-server:redis-server java:openjdk-17-jre-headless psql:postgresql
	@$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

fuzz: $(TOOLS)  ## Look for leaks between users by 10,000 requests; ARGS="-s", FUZZ_SEED=n.
	@FUZZ_REQUESTS=$${FUZZ_REQUESTS:-10000} $(BIN)/pytest -q tests/fuzz $(ARGS)

check: $(TOOLS)  ## Lint, types, layers, docs, catalogs.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports >$(VENV)/layers.txt || { cat $(VENV)/layers.txt; exit 1; }
	@$(BIN)/python -m docs.generate --check

bench: $(TOOLS) $(VENDOR)  ## Measure the budgets: ratios, both sides in one run.
	@.ci/system-packages chromium:chromium chromedriver:chromium-driver
	@$(BIN)/python -m bench $(ARGS)

docs: $(TOOLS)  ## Write the generated pages and message catalogs anew.
	@$(BIN)/python -m docs.generate

fix: $(TOOLS)  ## Let ruff repair what it can.
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:  ## Remove what was set up and generated, the data in var/ included.
	@rm -rf $(VENV) assets/vendor node_modules var

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 to 3.13 is needed, with its venv module"; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) with $(PYTHON)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the pinned Python packages"
	@$(INSTALL) '.[redis,postgresql]' 2>&1 | { grep -v '^WARNING' || true; }
	@$(BIN)/python -c 'import dashboard, dash' && touch $@

$(TOOLS): $(READY)
	@echo "Installing the pinned tools for tests and checks"
	@$(INSTALL) '.[redis,postgresql,object-store,spark,bench,test,check]' 2>&1 | { grep -v '^WARNING' || true; }
	@$(BIN)/python -c 'import pytest, ruff' && touch $@

# Without npm the app serves Plotly's own bundle, English grid texts and the system font.
$(VENDOR): package.json assets/vendor.mjs
	@mkdir -p assets/vendor
	@if command -v npm >/dev/null; then \
	  echo "Fetching the browser's files"; \
	  npm install --silent --ignore-scripts --no-audit --no-fund --no-package-lock && node assets/vendor.mjs; \
	else echo "npm is absent: going on without the slim bundle, the font and the Ukrainian grid texts"; fi
	@touch $@
