# Everything a person types to run Kapok or to work on it. `make help` lists it.
# PORT, HOST and DATA can be set: make demo PORT=9000 DATA=/srv/kapok

PYTHON3 := $(shell for name in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	"$$name" -c "" 2>/dev/null && echo "$$name" && break; done)
BIN := .venv/bin
export PORT HOST DATA

.DEFAULT_GOAL := help
.PHONY: help setup tools demo run test test-fast check fix bench messages screenshots lock clean

help: ## Say what can be done here
	@echo "Kapok: what make can do (PORT, HOST and DATA can be set)"
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null \
		|| grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

setup: ## Set up everything Kapok needs to run; leaves the command at .venv/bin/kapok
	@$(if $(PYTHON3),$(PYTHON3) scripts/setup.py run,echo "Kapok needs Python 3.11, 3.12 or 3.13: install one first." && false)

tools: # Set up everything needed to work on Kapok
	@$(if $(PYTHON3),$(PYTHON3) scripts/setup.py dev,echo "Kapok needs Python 3.11, 3.12 or 3.13: install one first." && false)

demo: setup ## Serve Kapok with demo data on http://127.0.0.1:8000
	@KAPOK_DEMO=1 $(BIN)/kapok demo

run: setup ## Serve Kapok, empty and real, on http://127.0.0.1:8000
	@$(BIN)/kapok run

test: tools ## Run all tests, on SQLite and on PostgreSQL
	@$(BIN)/python -m scripts.test

test-fast: tools ## Run the tests on SQLite only, without the browser
	@$(BIN)/pytest -n 2 -m "not browser and not slow"

check: tools ## Check style, types, layers, migrations, catalogues, documents and sizes
	@$(BIN)/python -m scripts.check

fix: tools ## Put the style right where a tool can do it
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

bench: tools ## Measure Kapok beside its peers; one JSON line per figure
	@$(BIN)/python -m benchmarks.run

messages: tools ## Gather every sentence into the catalogues of the six languages
	@$(BIN)/python -m scripts.messages

screenshots: tools ## Take the pictures of the README and of the documents
	@$(BIN)/python -m scripts.screenshots

lock: ## Write the lock files anew from pyproject.toml (needs uv)
	@scripts/lock.sh

clean: ## Remove the environment and what the tools left; data stays
	@rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
