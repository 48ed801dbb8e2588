# Every command sets up what it needs; the logic is in scripts/setup.py, which runs on any system with Python alone.

PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11 python; do command -v $$p && break; done)

.PHONY: help run test check bench demo lock

help:
	@echo "make run    open the application (without a display: the demo, in a throw-away folder)"
	@echo "make test   ruff, mypy and every test"
	@echo "make check  ruff, formatting, mypy, import contracts, forms"
	@echo "make bench  measure, and write build/bench.json"
	@echo "make demo   walk a made-up patient through the windows, and leave everything in build/demo"
	@echo "make lock   write requirements/*.txt anew"

run test check bench demo lock:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: sudo apt-get install -y python3 python3-venv"; exit 1; }
	@$(PYTHON) scripts/setup.py $@
