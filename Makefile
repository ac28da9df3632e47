# Everything a newcomer needs; `make` alone prints this list.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.kinbind-setup
# Containers like to set it; then every process compiles what it imports anew, prefect for seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test check format sbom advisories release clean

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

check: setup ## Format, lint, types, direction of dependencies, unused code, licences: read-only
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/unused_code.py
	@$(BIN)/deptry . --no-ansi
	@$(BIN)/python scripts/dependency_review.py

format: setup ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

sbom: setup ## Write dist/sbom.json: every package of the product, its digests and its licence
	@mkdir -p dist
	@set -o pipefail; .uv/bin/uv export --quiet --locked --no-dev --no-emit-project \
		--preview-features sbom-export --format cyclonedx1.5 | $(BIN)/python scripts/sbom.py > dist/sbom.json
	@echo dist/sbom.json

advisories: setup ## Hold the locked packages against known advisories (OSV=folder or ZIP of OSV records)
	@$(BIN)/python scripts/dependency_review.py --advisories $(OSV)

release: sbom ## Write dist/VERSION: wheel, locked requirements, bill, SHA256SUMS, signed (KEY=an SSH key)
	@test -z "$$(git status --porcelain)" || { echo "有未提交的改动 uncommitted changes" >&2; exit 1; }
	@test -n "$(KEY)" || { echo "请指定签名密钥 name a key: make release KEY=…" >&2; exit 2; }
	@folder=dist/$$($(BIN)/hatchling version) && rm -rf "$$folder" && mkdir -p "$$folder" \
		&& $(BIN)/hatchling build -t wheel -d "$$folder" && cp dist/sbom.json "$$folder/" \
		&& .uv/bin/uv export --quiet --locked --no-dev --no-emit-project -o "$$folder/requirements.txt" > /dev/null \
		&& scripts/sign_release.sh "$$folder" "$(abspath $(KEY))"

clean: ## Remove the demonstration and the virtual environment
	rm -rf demo $(VENV) .uv
