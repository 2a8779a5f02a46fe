PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
RUN := $(VENV)/bin/python
SYSTEM := PYTHON=$(PYTHON) tools/install-system-packages.sh
PIP := $(RUN) -m pip --disable-pip-version-check install -qq --no-cache-dir --require-hashes

# make turns every failure into its own code 2, so say what it was
EXPLAIN = || { code=$$?; echo "$@ ended with exit code $$code (0 holds, 1 does not hold, 2 not everything was compared, else a crash)" >&2; exit $$code; }

.DEFAULT_GOAL := help
.PHONY: help setup verify report-open screenshots measure prove selftest claims bench doctor test browser lint format document lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.installed ## Install what is missing: R, Python packages (every target does this itself)

verify: setup ## Run every case in R and Python, judge, write report/ (ARGS="--full" for more)
	@$(RUN) -m compare verify $(ARGS) $(EXPLAIN)

report-open: setup ## Open the report in a browser (verify first, where there is none)
	@test -e report/index.html || $(MAKE) verify
	@$(RUN) -m webbrowser "file://$(CURDIR)/report/index.html" > /dev/null || echo "open report/index.html"

screenshots: verify ## Take the README's pictures of a real run's page (needs chromium)
	@$(RUN) tools/screenshots.py

measure: setup ## Measure again how far rounding moves each result (after a change of the networks)
	@$(RUN) -m compare measure $(ARGS) $(EXPLAIN)

prove: setup ## Prove again which digits are true (after a change of the networks; some minutes)
	@$(RUN) -m compare prove $(ARGS) $(EXPLAIN)

selftest: setup ## Plant deliberate faults and see that comparing values notices each
	@$(RUN) -m selftest $(EXPLAIN)

claims: setup ## Decide again what the sources claim, where that takes too long for every run
	@$(RUN) -m claims $(ARGS) $(EXPLAIN)

bench: setup ## Time make verify beside the bare training loops, in one run
	@$(RUN) -m bench $(EXPLAIN)

doctor: setup ## Show R, rpy2, BLAS and exp on both sides, and what is wrong
	@$(RUN) -m compare doctor $(EXPLAIN)

test: setup $(VENV)/.tested ## Run all tests, those of the R package included
	@$(RUN) -m pytest $(ARGS)

browser: ## Install chromium, for the tests of the report's page and for screenshots
	@$(SYSTEM) chromium

lint: setup $(VENV)/.linted ## Check style and types of Python and R
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/air format --check r_impl claims bench selftest
	Rscript --vanilla tools/lint.R

format: setup ## Format Python and R
	$(RUN) -m ruff check --fix-only .
	$(RUN) -m ruff format .
	$(VENV)/bin/air format r_impl claims bench selftest

document: $(VENV)/.linted ## Write the R package's help pages from its comments
	Rscript --vanilla -e 'roxygen2::roxygenise("r_impl")'

lock: setup ## Choose newest package versions and write them with their hashes
	$(RUN) -m piptools compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-options --allow-unsafe --upgrade -o requirements-build.lock tools/build.in
	$(RUN) -m piptools compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-options --allow-unsafe --upgrade --extra dev -o requirements.lock pyproject.toml

clean: ## Remove everything that was installed or made
	rm -rf $(VENV) .r-library report .report-* .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.installed: requirements-build.lock requirements.lock tools/install-system-packages.sh
	@$(SYSTEM)
	@echo "Installing Python packages into $(VENV)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --only-binary :all: -r requirements-build.lock
	@RPY2_CFFI_MODE=API $(PIP) --no-build-isolation -r requirements.lock
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@$(SYSTEM) testthat
	@touch $@

$(VENV)/.linted: $(VENV)/.installed
	@$(SYSTEM) lintr roxygen2
	@touch $@
