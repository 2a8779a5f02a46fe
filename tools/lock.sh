#!/bin/sh
# Write the Python packages' versions with their hashes, for every Python that pyproject.toml allows.
# --upgrade: choose the newest; without it the locked ones stay where they still fit.
set -eu
upgrade=${1:-}

lock() { # the lock file, then uv's arguments
  file=$1
  shift
  cp "$file" "$file.new"
  .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
    ${upgrade:+"$upgrade"} -o "$file.new" "$@" >/dev/null
  # uv's closing remark is about what stands in another of these files
  { echo "# Written by: make lock" && sed '/^# The following packages were excluded/,$d' "$file.new"; } >"$file"
  rm "$file.new"
}

lock requirements-build.lock tools/build.in
# which rpy2-rinterface, R decides: docs/decisions/0001-rpy2-parts.md
lock requirements.lock --no-emit-package rpy2-rinterface --extra dev --extra dask pyproject.toml
touch requirements-docs.lock
lock requirements-docs.lock -c requirements.lock tools/docs.in
for r in r-4.5 r-below-4.5; do
  lock requirements-$r.lock --no-emit-package cffi --no-emit-package pycparser tools/$r.in
done
