#!/bin/sh
# Build the wheel from a copy of what it needs: a build leaves folders behind, in which Python would
# find a second installation.
set -eu
out=$(pwd -P)/${1:-dist}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R pyproject.toml README.md LICENSE tools compare python_impl compiled oracles claims selftest r_impl "$copy"
mkdir -p "$out"
.venv/bin/python -m pip --disable-pip-version-check --no-input wheel -q --no-deps --no-index \
  --no-build-isolation -w "$out" "$copy"
ls "$out"/*.whl
