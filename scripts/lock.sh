#!/bin/sh
# Write the lock files from pyproject.toml, with hashes, for every platform and Python we support.
set -eu
cd "$(dirname "$0")/.."
uv="$(command -v uv || echo .venv/bin/uv)"
compile() {
    "$uv" pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet "$@"
}
compile --output-file requirements/run.txt
compile --group dev --group bench --constraints requirements/run.txt --output-file requirements/dev.txt
