# A stranger needs Python 3.11 or newer and make, nothing else; .venv is made here.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# What a check of the production profile is told; nothing is connected to.
LIKE_PRODUCTION := SLOMIX_ENV_FILE=/dev/null BOT_ENVIRONMENT=production \
	SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF \
	LEDGER_KEY=check-only-9876543210-abcdefghijklmnopqrstuvwxyz-ABCDEF \
	DATABASE_URL=postgresql://slomix@db/slomix REDIS_URL=redis://redis/0 \
	FRONTEND_ORIGIN=https://slomix.example TRUSTED_HOSTS=slomix.example \
	DISCORD_CLIENT_ID=1098117716001062912 DISCORD_CLIENT_SECRET=check-only
CODE := accounts availability botworker planning promotions slomix tests conftest.py manage.py
ROWS ?= 1-10
SHOTS ?= var/shots
EXAMPLES ?= 200
# Taken once, so that what is told is what was used.
SEED := $(or $(SEED),$(shell date +%s))
FUZZ := tests/api/test_fuzz.py tests/security/test_fuzz_forms.py tests/security/test_fuzz_commands.py
URL ?=
TEST ?=

ifeq ($(SKIP_INSTALL),1)
RUNTIME :=
DEV :=
else
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
endif

.DEFAULT_GOAL := help
.PHONY: help dev dev-local test check rehearsal bench load fuzz security secrets sbom audit shots prod guide lock messages

help: ## show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

dev: $(RUNTIME) ## play an evening on this machine (SKIP_INSTALL=1, SKIP_HEALTHCHECK=1)
	@exec $(PY) manage.py demo

dev-local: dev

test: $(DEV) ## the quick suite: needs nothing but .venv
	$(PY) -m pytest -q -n 2 --timeout 120 -m "not slow and not browser and not postgresql and not redis" $(TEST)

check: $(DEV) ## lint, types, import directions, migrations, deployment, texts
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy $(CODE)
	$(PY) $(VENV)/bin/lint-imports --no-cache
	$(PY) manage.py makemigrations --check --dry-run
	$(LIKE_PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) manage.py messages --check

rehearsal: $(RUNTIME) ## play the evening's checklist by itself, about five minutes (ROWS=1-7)
	@exec $(PY) manage.py rehearse --rows $(ROWS)

bench: $(DEV) ## how fast, prompt and steady the ledger is, as JSON (SCENARIOS=evening, SIZE=--full)
	@$(PY) -m tests.benchmarks $(SCENARIOS) $(SIZE)

load: $(DEV) ## 200 open pages, answers from three doors and a call, five minutes (SIZE=--toy)
	@$(PY) -m tests.benchmarks load --strict $(or $(SIZE),--full)

fuzz: $(DEV) ## send what no person would, for long (EXAMPLES=200 each, SEED=a number that is told)
	@echo "SEED=$(SEED)"
	$(PY) -m pytest -q -n 2 -p no:cacheprovider $(FUZZ) --fuzz $(EXAMPLES) --hypothesis-seed=$(SEED)
	$(PY) -m tests.properties --steps 20000 --cases 5000 --sentences 5000 --seed $(SEED)

security: secrets sbom audit ## secrets, bill, known faults, the security tests; URL=https://… asks what runs there
	$(PY) -m pytest -q -n 2 -m "not browser and not postgresql" tests/security tests/whole/test_canaries.py
	@if [ -n "$(URL)" ]; then $(PY) manage.py security_check $(URL); \
	else echo "not run: security_check; name what runs with URL=http://127.0.0.1:7000"; fi

secrets: $(RUNTIME) ## look for keys and passwords in everything that was ever committed
	@$(PY) manage.py scan_secrets

sbom: $(RUNTIME) ## write what Slomix is made of into var/sbom.json (CycloneDX)
	@$(PY) manage.py sbom --output var/sbom.json

audit: $(DEV) ## ask whether a fault is known of a package that is pinned
	@$(PY) manage.py audit_packages

shots: $(DEV) ## pictures of every page and state in var/shots, and the README's (SHOTS=folder)
	$(PY) -m pytest -q -n 2 tests/browser/test_pages.py tests/browser/test_local_discord.py --shots $(SHOTS)
	@cp $(SHOTS)/readme.png docs/tonight.png
	@echo "The pictures are in $(SHOTS)."

prod: $(RUNTIME) ## run everything as in production, on PostgreSQL and Redis (docs/install.md)
	@exec $(PY) -m slomix.management.serving

guide: $(RUNTIME) ## run the commands of docs/install.md in an empty folder (SERVER=, REDIS=)
	@$(PY) -m slomix.management.guide docs/install.md $(if $(SERVER),--server $(SERVER)) $(if $(REDIS),--redis $(REDIS))

lock: $(DEV) ## pin everything below requirements*.in
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH: https://docs.astral.sh/uv/"; exit 1; }
	uv pip compile --quiet --universal --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 requirements.in -o requirements.txt
	uv pip compile --quiet --universal --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 requirements-dev.in -o requirements-dev.txt

messages: $(DEV) ## collect the texts from code and templates, and compile the catalogues
	$(PY) manage.py messages

# --- .venv: by uv where it works, else by venv and pip -------------------------------------------

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Slomix needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
		echo "Name another one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making $(VENV) …"
	@python=$$($(PYTHON) -c 'import sys; print(sys.executable)'); \
	{ uv --version && UV_PYTHON_DOWNLOADS=never uv venv --quiet --python "$$python" $(VENV); } \
		>/dev/null 2>&1 || { rm -rf $(VENV); "$$python" -m venv $(VENV); } || { \
		rm -rf $(VENV); echo "python3 -m venv failed; on Debian: apt install python3-venv"; exit 1; }

# $(call install,FILE): with uv into this very environment, or with its own pip.
define install
	@echo "Installing $(1) …"
	@{ uv --version && UV_PYTHON_DOWNLOADS=never uv pip install --quiet --python $(PY) -r $(1); } \
		>/dev/null 2>&1 || { { $(PY) -m pip --version || $(PY) -m ensurepip; } >/dev/null 2>&1; \
		$(PY) -m pip install --quiet --disable-pip-version-check -r $(1); }
endef

$(VENV)/.runtime: requirements.txt | $(PY)
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(call install,requirements-dev.txt)
	@touch $@
