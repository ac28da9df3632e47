# Everything a newcomer needs; `make` alone prints this list.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.kinbind-setup

.PHONY: help setup run test check format sbom clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

setup: $(STAMP) ## Install everything (system packages, own virtual environment), run nothing

$(STAMP): uv.lock pyproject.toml scripts/setup.sh
	@scripts/setup.sh
	@touch $(STAMP)

run: setup ## Draw invented applications, verify them, show every outcome
	@scripts/run_demo.sh

test: setup ## Run all tests in a browser and against real servers (T=path for some of them)
	@scripts/setup.sh --browser
	@$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(T)

check: setup ## Format, lint, types, direction of dependencies, unused code: read-only
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/unused_code.py
	@$(BIN)/deptry . --no-ansi

format: setup ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

sbom: setup ## Write dist/sbom.json: every package of the product, its digests and its licence
	@mkdir -p dist
	@set -o pipefail; .uv/bin/uv export --quiet --locked --no-dev --no-emit-project \
		--preview-features sbom-export --format cyclonedx1.5 | $(BIN)/python scripts/sbom.py > dist/sbom.json
	@echo dist/sbom.json

clean: ## Remove the demonstration and the virtual environment
	rm -rf demo $(VENV) .uv
