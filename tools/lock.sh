#!/bin/sh
# Write the Python packages' versions with their hashes. --upgrade: choose the newest; without it
# the locked ones stay where they still fit.
set -eu
upgrade=${1:-}

lock() { # the lock file, then pip-compile's arguments
  file=$1
  shift
  cp "$file" "$file.new"
  .venv/bin/python -m piptools compile -q --no-header --strip-extras --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-emit-options ${upgrade:+"$upgrade"} \
    -o "$file.new" "$@" 2>"$file.log" || {
    cat "$file.log" >&2
    rm "$file.new" "$file.log"
    exit 2
  }
  # pip-compile's closing warning is about what stands in another of these files
  { echo "# Written by: make lock" && sed '/^# WARNING: /,$d' "$file.new"; } >"$file"
  rm "$file.new" "$file.log"
}

lock requirements-build.lock --allow-unsafe tools/build.in
# which rpy2-rinterface, R decides: docs/decisions/0001-rpy2-parts.md
lock requirements.lock --unsafe-package rpy2-rinterface --extra dev --extra dask pyproject.toml
for r in r-4.5 r-below-4.5; do
  lock requirements-$r.lock --unsafe-package cffi --unsafe-package pycparser tools/$r.in
done
