# What a newcomer needs: `make backtest` and `make test`. Everything is installed into $(VENV), nothing else is touched.
#   make backtest PYTHON=/path/to/python3.11      another interpreter (3.11 or newer)
#   make test PYTEST_ARGS="-n 2 tests/models"     arguments for pytest
#   make test CONSTRAINTS=                        newest releases instead of LEAN's pins

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3 python))
VENV ?= .venv
CONSTRAINTS ?= requirements/lean.txt
RESULTS ?= build/backtest
PYTEST_ARGS ?=

BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --prefer-binary $(addprefix -c ,$(CONSTRAINTS))
PROJECT_FILES := setup.cfg pyproject.toml stubs/setup.cfg stubs/pyproject.toml $(CONSTRAINTS)

.DEFAULT_GOAL := help
.PHONY: help backtest test lint types bench accuracy clean

help:
	@echo "make backtest   a regime backtest over 20 years of index data, its figures and $(RESULTS)/report.html"
	@echo "make test       the tests, on LEAN's exact pins"
	@echo "make lint | types | bench | accuracy | clean"

backtest: $(VENV)/.backtest
	$(BIN)/python -m lean_stubs run examples/regime_rotation.py --data index --results $(RESULTS)
	$(BIN)/regime-framework report $(RESULTS)

test: $(VENV)/.develop
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The second run is against LEAN's official type stubs: what passes there speaks LEAN's real API.
types: $(VENV)/.develop $(VENV)-lean-types/.installed
	$(BIN)/mypy
	$(BIN)/mypy -p lean_stubs
	$(BIN)/mypy --config-file= --strict --ignore-missing-imports --follow-imports=silent \
		--python-executable $(VENV)-lean-types/bin/python --cache-dir .mypy_cache/lean regime_framework/lean examples

bench: $(VENV)/.develop
	$(BIN)/regime-framework bench

accuracy: $(VENV)/.develop
	$(BIN)/python -m benchmarks.accuracy

clean:
	rm -rf $(VENV) $(VENV)-lean-types build .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info stubs/*.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, got '$(PYTHON)'. Name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.backtest: $(PROJECT_FILES) | $(BIN)/python
	@echo "Installing regime-framework and lean-stubs into $(VENV) ..."
	$(PIP_INSTALL) -e ".[cli]" -e "./stubs[index]"
	@touch $@

$(VENV)/.develop: $(PROJECT_FILES) requirements/tools.txt | $(BIN)/python
	@echo "Installing regime-framework, lean-stubs and the test tools into $(VENV) ..."
	$(PIP_INSTALL) -c requirements/tools.txt -e ".[cli,dask,bench,test,lint]" -e "./stubs[index,models,plot]"
	@touch $@ $(VENV)/.backtest

$(VENV)-lean-types/.installed: requirements/lean-types.txt
	@echo "Installing LEAN's official type stubs into $(VENV)-lean-types ..."
	$(PYTHON) -m venv $(VENV)-lean-types
	$(VENV)-lean-types/bin/python -m pip install --quiet --disable-pip-version-check --prefer-binary -r $<
	@touch $@
