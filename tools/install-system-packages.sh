#!/bin/sh
# Install from Debian what the machine lacks. Arguments: R packages needed besides nnet, chromium.
set -eu

missing=
need() {
  packages=$1
  shift
  "$@" >/dev/null 2>&1 || missing="$missing $packages"
}
r_has() { Rscript --vanilla -e "if (!requireNamespace('$1', quietly = TRUE)) quit(status = 1)"; }
python_headers() {
  "$PYTHON" -c 'import pathlib, sysconfig
assert pathlib.Path(sysconfig.get_path("include"), "Python.h").exists()'
}
compiler() { echo '#include <stdio.h>
int main(void) { return 0; }' | cc -x c - -o /dev/null; }
r_links() { # what rpy2 links with; without one of them it falls back, silently, to a slower mode
  flags=$(R CMD config --ldflags) && blas=$(R CMD config BLAS_LIBS) || return 1 # no R: not known yet
  # shellcheck disable=SC2086
  echo 'int main(void) { return 0; }' | cc -x c - -o /dev/null $flags $blas
}

: "${PYTHON:=python3}"
need python3-venv "$PYTHON" -c 'import ensurepip, venv'
need python3-dev python_headers
need "gcc libc6-dev" compiler
need r-base-core command -v R
need r-cran-nnet r_has nnet
need "libblas-dev libbz2-dev libicu-dev liblzma-dev libpcre2-dev libtirpc-dev zlib1g-dev" r_links
for package in "$@"; do
  case $package in
  chromium) need chromium command -v chromium ;;
  *) need "r-cran-$package" r_has "$package" ;;
  esac
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
  root=none
elif [ "$(id -u)" = 0 ]; then
  root=
elif sudo -n true 2>/dev/null; then
  root="sudo -n"
else
  root=none
fi
if [ "$root" = none ]; then
  echo "nnmirror needs these Debian packages: apt-get install$missing" >&2
  exit 2
fi
echo "Installing from Debian:$missing"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
# shellcheck disable=SC2086
$root apt-get install -qq -y --no-install-recommends $missing >/dev/null
