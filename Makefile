# Two commands do everything: `make run` and `make test`. They need Python >= 3.10 and make, and set up the rest.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Another Python than the first good one: make run PYTHON=python3.12
PYTHON ?=
# More for pip: make run PIP_ARGS="--index-url ..."
PIP_ARGS ?=
# More for pytest: make test PYTEST_ARGS="-k conftest -x"
PYTEST_ARGS ?=
# Files of tests go to as many processes as there are cores, at most 4, each of which holds torch and a window. The tests
# start many more: they share the compiled modules, whatever the shell says.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test check lint format types bench cards bundle deb tarball checksums clean system_libraries

help:
	@echo "make run     open AE Studio (sets itself up first)"
	@echo "make test    run the whole test suite (sets itself up first)"
	@echo "make check   ruff and mypy"
	@echo "make bench   measure the speed table of the README"
	@echo "make cards   typeset the formulas of the models' cards, and docs/models.md, anew"
	@echo "make bundle  a folder in dist/ that starts without Python, and its self-test"
	@echo "make deb     a Debian package of that folder; make tarball: a .tar.gz; make checksums: SHA256SUMS of them"
	@echo "make clean   remove everything that was made here; runs and data sets stay"

run: $(STAMP) system_libraries
	@$(BIN)/ae-studio

test: $(STAMP) system_libraries
	PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(SIDE_BY_SIDE) $(PYTEST_ARGS)

check: lint format types

lint: $(STAMP)
	$(BIN)/ruff check .

format: $(STAMP)
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

bench: $(STAMP) system_libraries
	@$(BIN)/python -m benchmarks

# What follows from resources/cards and the models' settings, and is kept in the repository.
cards: $(STAMP)
	@$(BIN)/python packaging/cards.py

# The torch in the bundle is the one in $(VENV). The self-test runs on the display, or in memory where there is none.
bundle: $(STAMP) system_libraries
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) --editable '.[bundle]'
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build packaging/ae_studio.spec
	@du -sm dist/ae-studio | awk '{ print $$1 " MB in dist/ae-studio" }'
	@if [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then export QT_QPA_PLATFORM=offscreen; fi; dist/ae-studio/ae-studio --self-test

# Of the bundle that is there, else of a new one.
deb: dist/ae-studio/ae-studio
	@sh packaging/deb.sh

tarball: dist/ae-studio/ae-studio
	@sh packaging/tarball.sh

checksums:
	@sh packaging/checksums.sh

dist/ae-studio/ae-studio:
	@$(MAKE) bundle

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
	find ae_studio tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

system_libraries: $(STAMP)
	@sh resources/system_libraries.sh $(VENV)/lib/python3*/site-packages/PySide6/Qt

# Anew whenever pyproject.toml changed. Only a whole installation leaves the stamp. On a terminal pip shows its progress.
$(STAMP): pyproject.toml $(BIN)/python
	@echo "Installing AE Studio into $(VENV); the first time this takes a few minutes."
	@$(BIN)/python -m pip install $$([ -t 1 ] || echo --quiet) --disable-pip-version-check $(PIP_ARGS) --editable '.[dev]'
	@touch $@

# A virtual environment whose Python is gone is made anew: make sees a dangling link as a missing file.
$(BIN)/python:
	@python=$$(sh packaging/find_python.sh $(PYTHON)) && \
	echo "Making $(VENV) with $$("$$python" --version) ($$python)" && \
	"$$python" -m venv --clear $(VENV)
