# What people do with this project. Each step installs what it needs; a second run repeats only what changed.

PYTHON  ?= python3.13 python3.12 python3.11 python3
PORT    ?= 8000
WORKERS ?= 2
ARGS    ?=
export PORT

PIP     := .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement
MANAGE  := .venv/bin/python manage.py
PYTEST  := .venv/bin/pytest --numprocesses $(WORKERS) --dist worksteal $(ARGS)
COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
           --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

TEMPLATES   = $(shell find templates -name '*.html' 2>/dev/null)
STATIC      = $(shell find static $(wildcard portal/static news/static offices/static) portal/settings/*.py portal/staticfiles.py 2>/dev/null)
TYPED       = $(wildcard offices/scope.py offices/roles.py offices/appointments.py news/states.py news/access.py \
                news/workflow.py news/effects.py news/scheduling.py news/readiness/*.py news/blocks.py news/html.py news/nesting.py \
                news/text.py news/search/*.py news/changes.py news/comparison.py news/contents.py news/sharelinks.py \
                news/related/*.py news/pointers.py news/recency.py news/sitemaps.py news/calendars.py news/feeds/addresses.py news/feeds/rss.py \
                news/archive.py news/event_months.py news/grid.py news/paging.py news/provinces.py \
                news/listings.py news/years.py \
                offices/freshness.py offices/structured.py news/structured.py news/social.py news/sharecards.py \
                news/owed.py news/renditions.py news/pictures.py news/cards/*.py portal/caching.py portal/compression.py \
                news/demands.py news/answering.py news/letters.py news/demand_form.py news/demand_audits.py \
                news/merging.py news/handover.py news/assigning.py news/trail.py \
                offices/trail.py offices/memberships.py offices/invitations.py \
                offices/programs.py offices/problems.py offices/rates.py news/embeds.py news/websub/*.py)
PRODUCTION := PRODUCTION=1 DEBUG= DEMO= SECRET_KEY=only-for-make-check-0123456789-abcdefghijklmnopqrstuvwxyz \
              ALLOWED_HOSTS=portal.example SITE_URL=https://portal.example

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test drill check bench lighthouse weigh lock map format clean tools

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: export DEMO = 1
demo: .venv/.runtime var/static/staticfiles.json ## Fill a portal with example news and serve it on 127.0.0.1, port 8000 or PORT
	@$(MANAGE) migrate --noinput --verbosity 0
	@$(MANAGE) import_regions
	@$(MANAGE) load_demo
	@exec .venv/bin/python deploy/serve_demo.py

test: .venv/.development tests/node_modules/.package-lock.json ## Run all tests on SQLite, then again on PostgreSQL
	$(PYTEST) -m "not drill"
	.venv/bin/python tests/postgres.py run -- $(PYTEST) -m "not browser and not drill"

drill: .venv/.development tests/node_modules/.package-lock.json ## Exercise what takes long: killed workers, every forbidden step, long random walks
	.venv/bin/pytest $(ARGS) -m drill
	.venv/bin/python tests/postgres.py run -- .venv/bin/pytest $(ARGS) -m "drill and not browser"

check: .venv/.development ## Judge style, layers, templates, types, migrations, deployment and the map
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo
	$(if $(TEMPLATES),.venv/bin/djade --check --target-version 5.2 $(TEMPLATES))
	$(if $(TEMPLATES),.venv/bin/djlint --lint --quiet templates)
	$(if $(TYPED),.venv/bin/mypy $(TYPED))
	$(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) map --check

bench: .venv/.development var/static/staticfiles.json ## Compare archives of 1,000 to 100,000 articles, and the newsroom's lists; fails above the limits
	@tests/install_tools.sh wrk
	.venv/bin/python -m tests.load.public_pages
	.venv/bin/python -m tests.load.newsroom_lists

lighthouse: .venv/.development var/static/staticfiles.json tests/load/lighthouse/node_modules/.package-lock.json ## Judge the demo's pages with Lighthouse, five times each
	.venv/bin/python -m tests.load.lighthouse_scores

weigh: .venv/.development var/static/staticfiles.json ## Weigh the demo's pages as a phone fetches them; fails above the budgets
	.venv/bin/python -m tests.load.page_weights

lock: .venv/.development ## Renew the lock files from *.in and package.json; ARGS=--upgrade moves to newer versions
	$(COMPILE) $(ARGS) --output-file requirements.txt requirements.in
	$(COMPILE) $(ARGS) --output-file requirements-dev.txt requirements-dev.in
	cd tests && npm install --package-lock-only
	cd tests/load/lighthouse && npm install --package-lock-only

map: .venv/.runtime ## Write docs/map.md from the first sentence of every module
	$(MANAGE) map

format: .venv/.development ## Put code and templates into the house's layout
	.venv/bin/ruff check --fix --exit-zero --quiet .
	.venv/bin/ruff format .
	$(if $(TEMPLATES),-.venv/bin/djade --target-version 5.2 $(TEMPLATES))

clean: ## Remove what can be made again; the demo's articles and photos stay
	rm -rf .venv var/static var/cache var/pg-* tests/node_modules tests/load/lighthouse/node_modules
	rm -rf .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@python=$$(deploy/find_python.sh $(PYTHON)) && "$$python" -m venv --clear .venv

.venv/.runtime: requirements.txt | .venv/bin/python
	@echo "Installing what the portal runs on."
	@$(PIP) requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt .venv/.runtime
	@echo "Installing what tests and checks need."
	@$(PIP) requirements-dev.txt
	@touch $@

var/static/staticfiles.json: .venv/.runtime $(STATIC)
	@echo "Collecting static files."
	@$(MANAGE) collectstatic --noinput --verbosity 0

tests/node_modules/.package-lock.json: tests/package-lock.json tests/.npmrc | tools
	@cd tests && npm ci --silent

tests/load/lighthouse/node_modules/.package-lock.json: tests/load/lighthouse/package-lock.json | tools
	@cd tests/load/lighthouse && npm ci --silent

tools:
	@tests/install_tools.sh
