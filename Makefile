# One command each: set up, try, test. Only python3, pip and make are needed.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
BROWSER := $(shell command -v chromium chromium-browser google-chrome google-chrome-stable 2>/dev/null | head -n 1)
export PIP_DISABLE_PIP_VERSION_CHECK = 1
unexport PYTHONDONTWRITEBYTECODE  # else each process of a test compiles all that it imports

export PIP_NO_WARN_SCRIPT_LOCATION = 1
INSTALL = $(BIN)/python -m pip install --quiet --no-deps
PYTEST = $(BIN)/python -m pytest --numprocesses auto --dist worksteal
LOCK = $(BIN)/python -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-config \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate

.PHONY: setup demo test check lock dist try-install clean

setup: $(VENV)/.ready

# In two stages: what enrich needs to draft without a model, then all that its checks and tests need.
$(VENV)/.runs: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --no-compile --require-hashes --requirement requirements.lock
	$(INSTALL) --no-build-isolation --editable .
	touch $@

$(VENV)/.ready: $(VENV)/.runs requirements-dev.lock
	$(INSTALL) --require-hashes --requirement requirements-dev.lock
	touch $@

demo: $(VENV)/.runs  ## draft a saved page into a copy of the fixture vault, without a model, and show the note
	rm -rf demo && mkdir demo && cp -R fixtures/vault demo/vault
	draft=$$(ENRICH_HOME=demo/home $(BIN)/enrich draft -m "" --vault demo/vault \
	  --url https://news.example.com/2023/07/18/demo --html fixtures/cases/model-release/page.html) \
	  && echo "$$draft" && echo && cat "$$draft"

test: check  ## every check and every test; those of the review page want a Chromium
ifeq ($(BROWSER),)
	@echo "no Chromium found: the browser tests are left out (apt-get install chromium, then make test again)" >&2
	$(PYTEST) -m "not browser"
else
	$(PYTEST)
endif

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: $(VENV)/.ready  ## renew both locks from pyproject.toml
	$(LOCK) --build-deps-for editable --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev --build-deps-for editable --constraint requirements.lock \
	  --output-file requirements-dev.lock pyproject.toml

dist:  ## build wheel and sdist, and check what PyPI would say of them
	rm -rf dist
	$(PYTHON) -m venv --clear $(VENV)/dist-tools
	$(VENV)/dist-tools/bin/python -m pip install --quiet build twine
	$(VENV)/dist-tools/bin/python -m build --outdir dist
	$(VENV)/dist-tools/bin/python -m twine check --strict dist/*
	@if grep -q 'enrich-notes\.example' pyproject.toml; then \
	  echo "pyproject.toml: has placeholder addresses; set the project's own before uploading" >&2; fi

try-install:  ## install the wheel with old and new pip, pipx and uv, and draft with each (minutes; needs the network)
	.ci/try-install

clean:
	rm -rf $(VENV) demo dist build *.egg-info
