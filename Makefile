# One command each: set up, try, test. Only python3, pip and make are needed.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
BROWSER := $(shell command -v chromium chromium-browser google-chrome google-chrome-stable 2>/dev/null | head -n 1)
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: setup demo test check lock clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

demo: setup  ## draft a saved page into a copy of the fixture vault, without a model, and show the note
	rm -rf demo && mkdir demo && cp -R fixtures/vault demo/vault
	draft=$$(ENRICH_HOME=demo/home $(BIN)/enrich draft -m "" --vault demo/vault \
	  --url https://news.example.com/2023/07/18/demo --html fixtures/cases/model-release/page.html) \
	  && echo "$$draft" && echo && cat "$$draft"

test: check  ## every check and every test; those of the review page want a Chromium
ifeq ($(BROWSER),)
	@echo "no Chromium found: the browser tests are left out (apt-get install chromium, then make test again)" >&2
	$(BIN)/python -m pytest -m "not browser"
else
	$(BIN)/python -m pytest
endif

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: $(VENV)/.ready  ## renew requirements.lock from pyproject.toml
	$(BIN)/python -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-config \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate \
	  --extra dev --build-deps-for editable --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) demo dist build *.egg-info
