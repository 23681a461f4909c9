# make audit   audit the sample month (sets up .venv first)
# make test    run the tests
# make check   everything that CI runs: lint, types, import directions, docs, tests

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
OUT    := out/jieyuan-2026-10

.PHONY: audit test check lint types imports docs lock clean

audit: $(VENV)/.run
	@$(BIN)/auditor run samples/jieyuan-2026-10 -o $(OUT); code=$$?; test $$code -le 1

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

check: lint types imports docs test

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py --check

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# the locked versions, renewed from pyproject.toml with uv
lock:
	uv pip compile pyproject.toml --extra ocr --universal --generate-hashes --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --extra ocr --group dev -c requirements.lock --universal --generate-hashes --no-header --no-annotate -o requirements-dev.lock

clean:
	rm -rf $(VENV) out
