# Every target sets itself up: a machine needs only git, make and a Python from 3.11 on.
# Environments come from the hashed lock files in requirements/; only `make lock` writes those.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14 python; do \
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header $(UPGRADE)

.PHONY: help venv schemas demo test lint format lock docs pictures bench build clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "error: no Python from 3.11 on was found; name one with make PYTHON=/path/to/python" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.runtime $@

SCHEMAS := tests/github/node_modules

# Where Node.js is not installed, the environment brings its own.
NODE := $(if $(shell command -v npm),,$(VENV)/.node)
export PATH := $(PATH):$(CURDIR)/$(BIN)

$(VENV)/.node: requirements/node.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/node.txt
	@touch $@

$(SCHEMAS)/.installed: tests/github/package-lock.json | $(NODE)
	npm ci --prefix tests/github --ignore-scripts --no-audit --no-fund --silent
	rm -f $(SCHEMAS)/@octokit/openapi/generated/{ghec,ghes,api.github.com.deref}*
	@touch $@

schemas: $(SCHEMAS)/.installed ## GitHub's published descriptions, which the tests' fake GitHub is held to

venv: $(VENV)/.dev ## the development environment in .venv

demo: $(VENV)/.runtime ## review the example project and a change of it; findings are the point, so exit code 1 is success
	@PYTHONPATH=$(CURDIR)/bot $(BIN)/python -m readiness check examples/readmission || [ $$? -eq 1 ]
	@PYTHONPATH=$(CURDIR)/bot $(BIN)/python examples/change.py || [ $$? -eq 1 ]

test: $(VENV)/.dev $(SCHEMAS)/.installed ## the tests, and the installation on every Python that is found
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report term:skip-covered -r fEs

lint: $(VENV)/.dev ## format, lint, types, generated files, and the bot's own opinion of itself
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/readiness rules docs --check
	$(BIN)/readiness check .

format: $(VENV)/.dev ## rewrite the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## write the lock files anew; UPGRADE=--upgrade takes newer versions
	$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) --group build --constraint requirements/runtime.txt --output-file requirements/build.txt
	$(COMPILE) pyproject.toml --all-extras --group dev --constraint requirements/runtime.txt --constraint requirements/build.txt \
	  --output-file requirements/dev.txt
	$(COMPILE) --group node --output-file requirements/node.txt

docs: $(VENV)/.dev ## write the generated documentation
	$(BIN)/readiness rules docs

pictures: $(VENV)/.dev $(SCHEMAS)/.installed ## draw the pictures of a review anew; takes Chromium
	$(BIN)/python docs/pictures/make.py

bench: $(VENV)/.dev $(SCHEMAS)/.installed ## measure speed and memory, and print the table that the README quotes
	$(BIN)/python -m benchmarks

build: $(VENV)/.dev ## source distribution and wheel in dist/
	$(BIN)/python -m build --no-isolation

clean: ## remove everything that these targets made
	rm -rf $(VENV) $(SCHEMAS) build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
