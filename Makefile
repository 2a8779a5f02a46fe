VENV := .venv
RUN := $(VENV)/bin/python
# which Python .venv is made with: only where it was asked for, as in make PYTHON=...; not from the
# environment, where other programs have such a name
ASKED := $(if $(filter command line,$(origin PYTHON)),$(PYTHON))
SYSTEM := PYTHON="$(ASKED)" tools/install-system-packages.sh

# What a shell may hold for other programs, and what would change what runs here: other packages,
# another R or profiles of it, folders of pip. Where pip's packages come from stays as it is set.
PIP_SOURCES := PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_NO_INDEX PIP_FIND_LINKS PIP_TRUSTED_HOST PIP_CERT \
  PIP_CLIENT_CERT PIP_PROXY PIP_RETRIES PIP_TIMEOUT PIP_DEFAULT_TIMEOUT PIP_CONFIG_FILE \
  PIP_KEYRING_PROVIDER PIP_USE_DEPRECATED PIP_USE_FEATURE
unexport $(filter-out $(PIP_SOURCES),$(filter PIP_%,$(.VARIABLES)))
unexport $(filter PYTHON% R_% _R_% RPY2_%,$(.VARIABLES)) VIRTUAL_ENV CDPATH BASH_ENV
# R reads no file where these are empty; its own and Debian's libraries are where packages are
export R_PROFILE :=
export R_PROFILE_USER :=
export R_ENVIRON :=
export R_ENVIRON_USER :=
export R_LIBS_USER := NULL
export PYTHONUTF8 := 1

# make turns every failure into its own code 2, so say what it was
EXPLAIN = || { code=$$?; echo "$@ ended with exit code $$code (0 holds, 1 does not hold, 2 not everything was compared, 70 an error of the program)" >&2; exit $$code; }

.DEFAULT_GOAL := help
.PHONY: help setup wheel verify report-open screenshots measure prove selftest mutants atlas nist claims bench doctor test test-slow test-elsewhere test-debian browser docs lint format document lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: ## Install what is missing: R, Python packages (every target does this itself)
	@PYTHON="$(ASKED)" tools/set-up.sh

verify: setup ## Run every case in R and Python, judge, write report/ (ARGS="--full" for more)
	@$(RUN) -m compare verify $(ARGS) $(EXPLAIN)

report-open: setup ## Open the report in a browser (verify first, where there is none)
	@test -e report/index.html || $(MAKE) verify
	@$(RUN) -m webbrowser "file://$(CURDIR)/report/index.html" > /dev/null || echo "open report/index.html"

screenshots: verify ## Take the README's pictures of a real run's page (needs chromium)
	@$(RUN) tools/screenshots.py

measure: setup ## Measure again how far rounding moves each result (after a change of the networks)
	@$(RUN) -m compare measure $(ARGS) $(EXPLAIN)

prove: setup ## Prove again which digits are correct (after a change of the networks; some minutes)
	@$(RUN) -m compare prove $(ARGS) $(EXPLAIN)

selftest: setup ## Mutate the networks and see that comparing values kills each mutant
	@$(RUN) -m selftest $(EXPLAIN)

mutants: setup ## Mutate judge/ and numbers/: their tests must kill each mutant (9 minutes)
	@$(RUN) -m tools.mutants

atlas: setup ## Verify functions that people take for the same, write docs/atlas.md (4 minutes)
	@$(RUN) -m tools.atlas > docs/atlas.md.new && mv docs/atlas.md.new docs/atlas.md

nist: setup ## Verify NIST's certified regressions, write docs/nist.md
	@$(RUN) -m tools.nist > docs/nist.md.new && mv docs/nist.md.new docs/nist.md

claims: setup ## Decide again what the sources claim, where that takes too long for every run
	@$(RUN) -m claims $(ARGS) $(EXPLAIN)

bench: setup ## Time make verify beside the bare training loops, in one run
	@$(RUN) -m bench $(EXPLAIN)

doctor: setup ## Show R, rpy2, BLAS and exp on both sides, and what is wrong
	@$(RUN) -m compare doctor $(EXPLAIN)

test: setup $(VENV)/.tested ## Run all tests, those of the R package included
	@$(RUN) -m pytest $(ARGS)

test-slow: setup ## Run the tests that take minutes: every mutant of the networks, every rule turned around
	@$(RUN) -m pytest -m slow $(ARGS)

test-elsewhere: setup $(VENV)/.tested ## Run the tests that compare numbers with another BLAS, another exp (ARGS="--list")
	@$(RUN) -m tools.elsewhere $(ARGS)

test-debian: ## Run verify and test in fresh Debian 12 and 13 (needs root and debootstrap; 40 minutes)
	@tools/test-debian.sh $(ARGS)

wheel: setup ## Build the wheel, dist/nnmirror-*.whl, to be installed elsewhere with pip
	@tools/build-wheel.sh

browser: ## Install chromium, for the tests of the report's page and for screenshots
	@$(SYSTEM) chromium

docs: setup $(VENV)/.documented ## Make one site of README, docs, API and R's help: site/index.html
	@$(RUN) -m tools.docs

lint: setup $(VENV)/.linted ## Check style and types of Python and R
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/air format --check r_impl claims bench selftest compare/run examples
	Rscript --vanilla tools/lint.R

format: setup ## Format Python and R
	$(RUN) -m ruff check --fix-only .
	$(RUN) -m ruff format .
	$(VENV)/bin/air format r_impl claims bench selftest compare/run examples

document: $(VENV)/.linted ## Write the R package's help pages from its comments
	Rscript --vanilla -e 'roxygen2::roxygenise("r_impl")'

lock: setup ## Choose newest package versions and write them with their hashes
	@tools/lock.sh --upgrade

clean: ## Remove everything that was installed or made
	rm -rf $(VENV) .r-library .compiled .debian report site .nnmirror-* dist .hypothesis .mypy_cache .pytest_cache .ruff_cache mutants *.egg-info

$(VENV)/.tested: | setup
	@$(SYSTEM) testthat knitr digest
	@touch $@

$(VENV)/.documented: requirements-docs.lock | setup
	@$(RUN) -m pip --disable-pip-version-check --no-input install -qq --no-cache-dir --require-hashes -r $<
	@touch $@

$(VENV)/.linted: | setup
	@$(SYSTEM) lintr roxygen2
	@touch $@
