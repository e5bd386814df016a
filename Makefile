# Two commands on a fresh machine: `make run` and `make test`. Each installs what it needs.
PYTHON ?= python3
BIN := .venv/bin
DEMO := data/beispiele/synthetisch
export DAGSTER_HOME ?= $(CURDIR)/data/dagster_home
export TEILHABE_DAGSTER ?= $(CURDIR)/data/arbeit/dagster
# Many processes are started; without compiled modules each would compile all of them anew, for a second.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test dev bench haerte lock sauber

run: .venv/lauf
	@$(BIN)/teilhabe einreichen $(DEMO)/v1 $(DEMO)/v2
	@$(BIN)/teilhabe lauf

dev: .venv/lauf
	@mkdir -p $(TEILHABE_DAGSTER)
	$(BIN)/dagster dev -m pipeline.definitions

test: .venv/test
	@$(BIN)/python tests/voraussetzungen.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist worksteal

bench: .venv/test
	@$(BIN)/python -m tests.bench

haerte: .venv/test
	TEILHABE_HAERTE=50 $(BIN)/pytest -n 2 -m haerte

lock:
	uv pip compile --universal --generate-hashes --no-strip-extras --no-header pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-strip-extras --no-header --extra dev pyproject.toml -o requirements-dev.lock

sauber:
	rm -rf data/arbeit

.venv/lauf: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 oder neuer wird gebraucht.") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -e .venv/test || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ .venv/lauf
