# Every command of the collection; `make help` lists them. Needs Python 3.11 or newer and make, nothing else.
# Paths are relative and programs are started with `python -m`, so that the folder may have any name.

# What each command takes. What it does not take would do nothing and not be missed, so it is refused.
override TAKES_report := PARAMS NOTEBOOKS
override TAKES_pdf := PARAMS NOTEBOOKS
override TAKES_read := TEXT
override TAKES_new := NOTEBOOK
override TAKES_why := ROW
override TAKES_sweep := CITIES SETS NOTEBOOKS LANGUAGES SCHEDULER
override TAKES_sweep-check := CITIES
override TAKES_bench := FIGURES
override TAKES_release := VERSION DATE
override TAKEN := $(sort $(foreach .goal,$(MAKECMDGOALS),$(TAKES_$(.goal))))
override EVERY := PARAMS CITIES FIGURES LANGUAGES NOTEBOOK NOTEBOOKS ROW SCHEDULER SETS TEXT VERSION DATE
override IDLE := $(filter-out $(TAKEN),$(foreach .v,$(EVERY),$(if $(filter command,$(origin $(.v))),$(.v))))
ifneq ($(IDLE),)
$(error $(strip make $(MAKECMDGOALS)) takes no $(IDLE) — it takes $(or $(TAKEN),no variable))
endif

# What a user writes is handed on as it is: make would expand a variable of its command line, and run what a
# $(shell …) in it says, where it uses it or puts it into the environment of a command.
$(foreach .v,$(.VARIABLES),$(if $(filter command,$(origin $(.v))),$(eval override $(.v) := $$(value $(.v)))))
override PARAMS := $(value PARAMS)
override FIGURES := $(value FIGURES)
override CITIES := $(value CITIES)
override LANGUAGES := $(value LANGUAGES)
override NOTEBOOK := $(value NOTEBOOK)
override NOTEBOOKS := $(value NOTEBOOKS)
override ROW := $(value ROW)
override SCHEDULER := $(value SCHEDULER)
override SETS := $(value SETS)
override TEXT := $(value TEXT)
override VERSION := $(value VERSION)
override DATE := $(value DATE)

# Also with `make -e`, and where the environment has a variable of that name.
override VENV := .venv
override PY := $(VENV)/bin/python
override READY := $(VENV)/installed.lock

export PARAMS CITIES FIGURES LANGUAGES NOTEBOOK NOTEBOOKS ROW SCHEDULER SETS TEXT VERSION DATE
export PYTHONUTF8 := 1
# Settings of another Python, which must neither hide nor change the packages of this one.
unexport PYTHONHOME PYTHONINSPECT PYTHONOPTIMIZE PYTHONPATH PYTHONSAFEPATH PYTHONSTARTUP PYTHONUSERBASE PYTHONWARNINGS
# Nor may it forbid to store compiled modules: uv compiles none, and each kernel would spend seconds to compile all.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help env report read pdf notebooks new test check why sweep sweep-check lab bench messages sentences release lock clean FORCE

help:
	@echo 'make COMMAND, one of'
	@awk -F ':[^#]*## ' '/^[a-z-]+:[^#]*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile
	@echo 'Another city: make report PARAMS="city=chengdu first_year=2010"'
	@echo 'Some of the notebooks: make report NOTEBOOKS="10 13"'

env: $(READY) ## make .venv from requirements.lock (the other commands do it when needed)

# A copy of the lock that was installed is the mark of a finished environment.
$(READY): requirements.lock $(if $(wildcard $(PY)),,FORCE)
	@if [ -x $(PY) ] && cmp -s requirements.lock $(READY); then touch $(READY); exit 0; fi; \
	python=; \
	for module in ensurepip venv; do \
	  for each in "$${PYTHON:-python3.11}" python3.11 python3.12 python3.13 python3.14 python3 python; do \
	    if [ -z "$$python" ] && "$$each" -c "import sys, venv, $$module; sys.exit(sys.version_info < (3, 11))" \
	      >/dev/null 2>&1; then python=$$each; with=$$module; fi; \
	  done; \
	done; \
	if [ -z "$$python" ]; then \
	  echo 'no Python 3.11 or newer with venv — install one (Debian, Ubuntu: apt install python3-venv)' >&2; exit 5; \
	fi; \
	if [ $$with = venv ] && ! "$$python" -m pip --version >/dev/null 2>&1; then \
	  echo "$$python has neither ensurepip nor pip — on Debian and Ubuntu: apt install python3-venv" >&2; exit 5; \
	fi; \
	echo "making $(VENV) with $$python"; \
	if [ $$with = venv ]; then \
	  set -- "$$python" -m pip --python $(PY); "$$python" -m venv --clear --without-pip $(VENV); \
	else \
	  set -- $(PY) -m pip; "$$python" -m venv --clear $(VENV); \
	fi && \
	$(PY) -I wuhan/execution/install.py "$$@" && \
	cp requirements.lock $(READY) || { echo 'the environment could not be made — see the lines above' >&2; exit 5; }

report: $(READY) ## run the notebooks that changed, write figures/ and build/report/index.html
	@$(PY) -m wuhan report --params "$$PARAMS" --notebooks "$$NOTEBOOKS"

read: $(READY) ## TEXT=article.txt: read an article (txt, md, saved HTML), hold its numbers against the tables
	@MAKEFLAGS= $(PY) -m wuhan report --params "text=\"$$TEXT\"" --notebooks 42

pdf: report ## print the report and each page as PDF into build/pdf/ (needs pango)
	@$(PY) -m wuhan pdf --params "$$PARAMS" --notebooks "$$NOTEBOOKS"

notebooks: $(READY) ## run every notebook in place, with its figures, and write the README's table
	@$(PY) -m wuhan notebooks
	@$(PY) -m wuhan readme

new: $(READY) ## NOTEBOOK=60_house_prices: write a short sound notebook, run it, add it to the README's table
	@$(PY) -m wuhan new -- "$$NOTEBOOK"
	@$(PY) -m wuhan notebooks "$$NOTEBOOK"
	@$(PY) -m wuhan readme

test: export MPLCONFIGDIR := $(CURDIR)/$(VENV)/var/matplotlib
test: export IPYTHONDIR := $(CURDIR)/build/ipython
test: export COVERAGE_FILE := $(CURDIR)/build/coverage
test: $(READY) ## prove that code, data, notebooks, figures and README agree; changes nothing that git tracks
	@$(PY) tests/stages.py

check: $(READY) ## check every table of data/, the rules of notebooks and the README's table
	@$(PY) -m wuhan check
	@$(PY) -m wuhan readme --check

why: $(READY) ## ROW=data/gdp.csv:35: every sentence, figure and verdict that rests on a row of the data
	@$(PY) -m wuhan why -- "$$ROW"

sweep: $(READY) ## CITIES=all: answers for every city side by side, in build/sweep/index.html
	@$(PY) -m wuhan sweep --cities "$$CITIES" --sets "$$SETS" --notebooks "$$NOTEBOOKS" --languages "$$LANGUAGES" \
	  --scheduler "$$SCHEDULER"

sweep-check: $(READY) ## run every notebook with other parameters, and the questions on cities for every city
	@$(PY) -m wuhan sweep-check --cities "$$CITIES"

lab: export JUPYTER_CONFIG_PATH := $(CURDIR)/.jupyter
lab: export JUPYTERLAB_SETTINGS_DIR := $(CURDIR)/build/lab/settings
lab: export JUPYTERLAB_WORKSPACES_DIR := $(CURDIR)/build/lab/workspaces
lab: export MPLCONFIGDIR := $(CURDIR)/$(VENV)/var/matplotlib
lab: $(READY) ## open JupyterLab on the README; notebooks/scratch/ is for notebooks of one's own
	@mkdir -p notebooks/scratch
	@$(PY) -m jupyterlab

bench: $(READY) ## time reports, checks and a fresh clone beside the peers (FIGURES="report check": some of it)
	@MAKEFLAGS= $(PY) benchmarks $$FIGURES

messages: $(READY) ## bring the catalogue of Chinese texts up to date, say what lacks a translation
	@$(PY) -m wuhan messages

sentences: $(READY) ## write what the notebooks say, in both languages, into tests/sentences/: read its diff
	@$(PY) -m pytest tests/test_sentences.py -q -n auto --regen-all

release: $(READY) ## VERSION=0.2.0 DATE=2026-12-01: write the version where it is named, keep what it says, commit, tag
	@$(PY) -m wuhan check
	@$(PY) -m wuhan release -- "$$VERSION" "$$DATE"

lock: $(READY) ## lock the requirements again after a change of pyproject.toml
	@$(PY) -m uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --no-emit-index-url --quiet -o requirements.lock
	@$(PY) -m wuhan environment

clean: ## remove build/ and caches; the environment stays
	@rm -rf build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find wuhan tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
