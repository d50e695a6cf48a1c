# `make` alone lists the targets. `make run` and `make test` set everything up by themselves.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PORT ?= 8790
VENV ?= .venv
BIN := $(VENV)/bin
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c '$(SUPPORTED)' >/dev/null 2>&1 && { echo $$p; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run serve test check lint format types imports policies unit bench bench-detectors soak train figures lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1m%-15s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(BIN)/.installed ## Set up, then start the guided demo on http://127.0.0.1:8790 (PORT=... changes it)
	@$(BIN)/airlock demo --port $(PORT)

serve: $(BIN)/.installed ## Start the gateway from airlock.yaml (`airlock init` writes one)
	@$(BIN)/airlock serve

# No two tests share a port, a folder, a database or a key of Redis, so files run side by side; plain `pytest` works, too.
test: $(BIN)/.developed ## Set up, then run all tests
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

check: lint types imports policies test ## What CI runs: linters, types, architecture, policies, tests

lint: $(BIN)/.developed ## Ruff: style, bugs, formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(BIN)/.developed ## Let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(BIN)/.developed ## mypy, strict
	$(BIN)/mypy

imports: $(BIN)/.developed ## The architecture's arrows (import-linter)
	$(BIN)/lint-imports --no-cache

policies: $(BIN)/.developed ## Rego: format, strict check, tests, cases (needs `opa` for all but the cases)
	@if [ -n "$$CI" ] || command -v "$${AIRLOCK_OPA:-opa}" >/dev/null; then $(BIN)/airlock policy check; \
	else echo "policies: no opa on PATH nor in AIRLOCK_OPA: format, strict check and Rego tests not run"; fi
	$(BIN)/airlock policy test

bench: $(BIN)/.developed ## Race a forwarder, LiteLLM and Portkey: calls, long prompts, streams; memory; the encoder (needs node, wrk)
	$(BIN)/python -m tests.bench --prompts plain,fresh,stream,long
	$(BIN)/python -m tests.bench.streams
	$(BIN)/python -m tests.bench.memory
	$(BIN)/python -m tests.bench.turns --markdown tests/bench/results/turns.md
	@if [ -d detectors/weights ]; then $(BIN)/python -m tests.bench.encoder --json tests/bench/results/encoder.json; \
	else echo "bench: no encoder in detectors/weights, so none is measured"; fi

bench-detectors: $(BIN)/.developed ## Race the encoder without padding against padded ones, on what this machine has (a card, or its cores)
	$(BIN)/python -m tests.bench.detectors

soak: $(BIN)/.developed ## Mask and restore 100,000 generated conversations, and tokens bent in every way (some minutes)
	$(BIN)/python -m tests.bench.pseudonyms --markdown tests/bench/results/pseudonyms.md

train: $(BIN)/.developed ## Train the encoder on the sets in DATA=/path/to/data (MINUTES=75 of training; goes on where it was cut off)
	@[ -d "$(DATA)/toxicity" ] || { echo "Name the folder of the data sets: make train DATA=/path/to/data"; exit 1; }
	$(BIN)/python -m detectors.training run --data $(DATA) --minutes $(or $(MINUTES),75)
	$(BIN)/python -m detectors.training ship --data $(DATA)
	[ ! -f detectors/weights/figures.json ] || $(BIN)/python -m detectors.training card

figures: $(BIN)/.developed ## Measure the shipped encoder on the sets in DATA=/path/to/data, for the tests and its model card
	@[ -d "$(DATA)/eval" ] || { echo "Name the folder of the data sets: make figures DATA=/path/to/data"; exit 1; }
	$(MEASURE) --json detectors/weights/figures.json
	$(MEASURE) --json detectors/weights/figures_sample.json --limit 150
	$(BIN)/python -m detectors.training card

MEASURE = $(BIN)/airlock detectors evaluate --data $(DATA) $(addprefix --skip ,$(wildcard $(DATA)/eval/near_copies*.json)) \
	$(patsubst $(DATA)/%,%,$(sort $(wildcard $(DATA)/eval/*/*.jsonl)))

lock: ## Renew constraints.txt from the newest versions that fit
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet -e '.[dev]'
	(echo "# Versions that the tests ran with; renewed by \`make lock\`."; \
	.venv-lock/bin/python -m pip freeze --exclude-editable) > constraints.txt
	rm -rf .venv-lock

clean: ## Remove what the other targets made, except data in .airlock/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage dist build

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Airlock needs Python 3.11 to 3.14; name one: make PYTHON=/path/to/python"; exit 1; }
	@echo "Making a virtual environment in $(VENV) ($$($(PYTHON) --version))"
	@$(PYTHON) -m venv $(VENV)

$(BIN)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Airlock (a minute or so)"
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(BIN)/.developed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Airlock and what its tests need (a minute or two)"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(BIN)/.installed
