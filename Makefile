# The two commands are `make demo` and `make test`; each does all it needs by itself. `make help` lists the rest.

VENV ?= .venv
OUT ?= out
PYTHON ?=
WORKERS ?= 2
export VENV PYTHON

BIN = $(VENV)/bin
PYTEST = $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test lint types layers bench campaign lock format clean tools window tests-ready

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: window ## build the sample workspace, print its figures, draw its pages and open the window
	@$(BIN)/auditor demo --out $(OUT)/demo --render $(OUT)/demo/pages

test: tests-ready lint types layers ## check everything: style, types, layers, tests and their coverage
	@QT_QPA_PLATFORM=offscreen $(PYTEST) -n $(WORKERS) -m "not campaign and not benchmark" --cov --cov-report=term

lint: tools ## check style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: tools ## check the types
	@$(BIN)/mypy

layers: tools ## check that imports point downward
	@$(BIN)/lint-imports

bench: window ## measure speed against bare baselines; prints a table and writes JSON
	@mkdir -p $(OUT)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks --json $(OUT)/benchmarks.json

campaign: tests-ready ## search long for rare faults (minutes to hours)
	@QT_QPA_PLATFORM=offscreen HYPOTHESIS_PROFILE=campaign $(PYTEST) -n $(WORKERS) -m campaign

format: tools ## put the code into the common format
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

lock: ## resolve the dependencies anew into requirements.lock (needs uv; UPGRADE=1 takes newer versions)
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --quiet \
	    --no-emit-index-url --no-emit-find-links --no-header --no-annotate $(if $(UPGRADE),--upgrade) -o requirements.lock

clean: ## remove what the tools made, the virtual environment included
	@rm -rf $(VENV) $(OUT) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

tools:
	@scripts/setup tools

window:
	@scripts/setup window

tests-ready:
	@scripts/setup tests
