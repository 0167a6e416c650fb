# Two commands matter: `make course` and `make test`. Each sets up what it needs.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The newest of the Pythons that the lock was made for.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && { echo $$p; break; }; done)
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: help setup course book serve lab derive test lint grade-demo lock clean questions bench-company calibration

help:
	@echo "make course      set up, build the book, serve it and open a browser"
	@echo "make test        set up and run all tests"
	@echo "make book        build the book without serving it"
	@echo "make lab         open the notebooks in JupyterLab, with nbgrader's buttons"
	@echo "make derive      make notebooks, checks and exercises from their sources"
	@echo "make questions   prove every question: right, untouched, wrong and lazy answers"
	@echo "make grade-demo  take a small class from release to feedback"
	@echo "make bench-company  how fast the simulated company is, as ratios"
	@echo "make lock        compile requirements.txt from pyproject.toml"

setup: $(READY)

$(READY): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; none was found. Install it, or"; \
		echo "name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) lacks the module venv. Debian and Ubuntu keep it apart:"; \
		echo "    sudo apt-get install python3-venv"; \
		echo "Then run make $(MAKECMDGOALS) again."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the course into $(VENV) (the first time takes a few minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

course: book
	$(BIN)/seat serve

book: derive
	$(BIN)/jupyter-book build . --toc book/_toc.yml --config _config.yml \
		--path-output build -n -W --keep-going

serve: $(READY)
	$(BIN)/seat serve

# Lab opens on copies in my-work/: it changes what it shows.
lab: $(READY)
	$(BIN)/seat workspace
	$(BIN)/jupyter lab --ip=127.0.0.1 $(AS_ROOT) --LabApp.default_url=/lab/tree/my-work

derive: $(READY)
	$(BIN)/seat derive

grade-demo: $(READY)
	$(BIN)/seat derive
	$(BIN)/seat grade-demo

# Seconds and peak memory at four sizes, as ratios; `--million` adds the largest.
bench-company: $(READY)
	$(BIN)/python benchmarks/bench_company.py --million

calibration: $(READY)
	$(BIN)/python -m seat.company.calibration > docs/company/calibration.md.part
	mv docs/company/calibration.md.part docs/company/calibration.md

lint: $(READY)
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/codespell README.md book data docs notebooks/*.md solutions/*/*.md src tests benchmarks
	$(BIN)/seat lint

questions: $(READY)
	$(BIN)/seat test-questions

test: lint
	$(BIN)/pytest -n 2 --dist loadgroup

lock: $(READY)
	@$(BIN)/python -m pip install --quiet uv
	@{ echo "# Exact versions for Python 3.11 to 3.13, compiled from pyproject.toml by 'make lock'."; \
	   echo "# The last line installs the course's own package."; \
	   $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras \
	     --no-emit-index-url --no-header pyproject.toml; \
	   echo "-e ."; } > requirements.txt.part
	@mv requirements.txt.part requirements.txt

clean:
	rm -rf build
