# TEC: what there is to run. `make help` lists it.
# A fresh machine needs Python 3.11 or newer, make and git; everything else is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# A set of packages is installed once for each content of the files that name it.
RUN_SET := $(VENV)/.run-$(shell cat requirements.txt pyproject.toml | cksum | tr ' ' '-')
DEV_SET := $(VENV)/.dev-$(shell cat requirements.txt requirements-dev.txt pyproject.toml | cksum | tr ' ' '-')

# What `make check` asks Django as it would run in production.
PRODUCTION := TEC_PUBLIC_URL=https://tec.example.org TEC_TRUSTED_PROXIES=1 TEC_VAR_DIR=$(VENV)/check \
	SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz

.PHONY: help run demo test check lint pictures lighthouse clean

help:  ## list what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1@/p' Makefile | awk -F@ '{printf "%-14s %s\n", $$1, $$2}'

run: $(RUN_SET)  ## start TEC with two example projects on http://localhost:3000 (PORT=… TEC_HOST=…)
	@exec env $(if $(PORT),PORT=$(PORT)) $(BIN)/python -m tec.run

demo: $(RUN_SET)  ## only create the demo account and the example projects, starting nothing
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo

test: $(DEV_SET)  ## run the tests; ARGS="…" goes to pytest, DATABASE_URL and REDIS_URL are used if set
	@$(BIN)/python -m pytest $(ARGS)

check: lint  ## everything that has to be clean before a change goes in, tests included
	@$(BIN)/python -m pytest $(ARGS)

lint: $(DEV_SET)  ## formatting, lint, types, Django's own checks, migrations, generated documents
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python manage.py check --fail-level WARNING
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py rule_docs --check

pictures: $(DEV_SET)  ## take the pictures of README and docs anew; needs chromium
	@$(BIN)/python benchmarks/screenshots.py

lighthouse: $(DEV_SET)  ## let Lighthouse judge the main pages, median of three runs; needs chromium and npx
	@$(BIN)/python benchmarks/lighthouse.py

clean:  ## remove what can be made again: the virtual environment and caches, not your data in var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build staticfiles *.egg-info
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "TEC needs Python 3.11 or newer, and “$(PYTHON)” is not one. Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making the virtual environment …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN_SET): | $(VENV)/.made
	@echo "Installing packages …"
	@$(PIP) install -r requirements.txt -e .
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_SET): | $(VENV)/.made
	@echo "Installing packages for development …"
	@$(PIP) install -r requirements-dev.txt -e .
	@rm -f $(VENV)/.dev-* && touch $@
