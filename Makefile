# Two commands for newcomers: `make run` and `make test`. Needs Python 3.11+ with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check crash bench lock clean

run: $(VENV)/.runtime
	$(BIN)/hoidap serve

test: $(VENV)/.development
	$(BIN)/pytest

check: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_architecture.py

crash: $(VENV)/.development
	$(BIN)/python -m tests.crash.run --kills 200
	$(BIN)/python -m tests.crash.delivery --chats 10000 --kills 60
	$(BIN)/python -m tests.crash.ballots --kills 500 --voters 3000
	$(BIN)/python -m tests.crash.asking --chats 8000 --kills 200

bench: $(VENV)/.development
	for bench in match slips throughput telegram_http first_load; do $(BIN)/python -m bench.$$bench || exit 1; done
	$(BIN)/python -m bench.delivery --chats 1000

# Hashes of every file that may be installed, and no address to fetch it from: the machine's own package index is used.
lock:
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-options --no-header \
		-o requirements/runtime.lock requirements/build.in pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-options --no-header \
		--extra dev -c requirements/runtime.lock -o requirements/development.lock requirements/build.in pyproject.toml

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Hỏi Đáp needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.development: requirements/development.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.lock
	@touch $@

clean:
	rm -rf $(VENV)
