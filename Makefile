# Each target is a thin call of build.py, which sets up all it needs on first use.
# Without make, type: python build.py help

python := $(firstword $(wildcard .venv/bin/python) $(shell command -v python3.11) python3)

.PHONY: pdf check check-kernel why doctor verify diff test test-fast stress fuzz clean help
.DEFAULT_GOAL := pdf

pdf check check-kernel why doctor clean help:
	@$(python) build.py $@

fuzz:
	@$(python) build.py run tests.fuzz $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

verify:
	@$(python) build.py verify $(FILE)

diff:
	@$(python) build.py diff $(OLD) $(NEW) $(if $(YES),--yes)

test:
	@$(python) build.py test

test-fast:
	@$(python) build.py test --fast

stress:
	@$(python) build.py run tests/stress/stress.py
