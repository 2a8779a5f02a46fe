#!/bin/sh
# Install from Debian what the machine lacks for verify. Arguments: what is needed besides it, of
# testthat, digest, knitr, lintr, roxygen2, chromium. PYTHON: the Python to try instead of those on the PATH.
set -eu
tools=$(dirname "$0")

# All that verify, test and lint need together. README shows the same line.
EVERYTHING="python3 python3-venv python3-dev gcc libc6-dev r-base-core r-cran-nnet \
libblas-dev liblapack-dev libbz2-dev libdeflate-dev libicu-dev liblzma-dev libpcre2-dev libtirpc-dev \
libzstd-dev zlib1g-dev r-cran-testthat r-cran-digest r-cran-knitr r-cran-lintr r-cran-roxygen2 chromium git make"

# Which package brings a library that R was linked with. rpy2 links with all of them, and where one
# is missing it falls back, silently, to a slower mode.
brings() {
  case $1 in
  -lblas) echo libblas-dev ;;
  -llapack) echo liblapack-dev ;;
  -lbz2) echo libbz2-dev ;;
  -ldeflate) echo libdeflate-dev ;;
  -licu*) echo libicu-dev ;;
  -llzma) echo liblzma-dev ;;
  -lpcre2-*) echo libpcre2-dev ;;
  -ltirpc) echo libtirpc-dev ;;
  -lzstd) echo libzstd-dev ;;
  -lz) echo zlib1g-dev ;;
  esac
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
links() { # an empty program, with these flags
  echo 'int main(void) { return 0; }' >"$scratch/empty.c"
  cc "$scratch/empty.c" -o "$scratch/empty" "$@" 2>"$scratch/linker"
}
compiles() { [ "$(uname)" != Darwin ]; } # macOS has wheels of rpy2
r_flags() { R CMD config --ldflags && R CMD config BLAS_LIBS; }
r_has() { Rscript --vanilla -e "if (!requireNamespace('$1', quietly = TRUE)) quit(status = 1)"; }
need() { # packages, and the command that succeeds where they are there
  packages=$1
  shift
  "$@" >/dev/null 2>&1 || missing="$missing $packages"
}
need_libraries() {
  folders=
  for flag in $(r_flags); do
    package=$(brings "$flag")
    case " $missing " in *" $package "*) continue ;; esac
    case $flag in -L*) folders="$folders $flag" ;; esac
    # shellcheck disable=SC2086
    [ -z "$package" ] || need "$package" links $folders "$flag"
  done
}
look() { # sets missing
  missing=
  python=$("$tools/find-python.sh" ${PYTHON:+"$PYTHON"} 2>"$scratch/python") ||
    missing=" python3 python3-venv python3-dev"
  ! compiles || need "gcc libc6-dev" links
  need r-base-core R --version
  need r-cran-nnet r_has nnet
  case $missing in
  *gcc* | *r-base-core*) ;; # then nobody knows yet what R links with
  *) ! compiles || need_libraries ;;
  esac
  for package in "$@"; do
    case $package in
    chromium) need chromium command -v chromium ;;
    *) need "r-cran-$package" r_has "$package" ;;
    esac
  done
}
stop() {
  echo "nnmirror: $*" >&2
  exit 2
}
apt_python_will_do() {
  case $(apt-cache policy python3 | sed -n 's/^ *Candidate: //p') in
  3.11.* | 3.12.* | 3.13.* | 3.14.*) [ -z "${PYTHON:-}" ] ;;
  *) return 1 ;;
  esac
}

look "$@"
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
no_python=$(cat "$scratch/python")
if [ "$root" = none ]; then
  stop "missing:$missing${no_python:+ ($no_python)}; what verify, test and lint need together, on Debian: apt-get install $EVERYTHING"
fi
$root apt-get update -qq || :
[ -n "$python" ] || apt_python_will_do || stop "$no_python"

tries=0
while [ -n "$missing" ] && [ $tries -lt 2 ]; do # what R links with is known once R is there
  echo "Installing from Debian:$missing"
  # shellcheck disable=SC2086
  $root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends $missing >"$scratch/apt" 2>&1 ||
    stop "apt-get could not install$missing: $(grep '^E:' "$scratch/apt" | head -1)"
  look "$@"
  tries=$((tries + 1))
done
[ -z "$missing" ] ||
  stop "installed from Debian, and still missing:$missing; the first R ($(command -v R)) or python3 on the PATH is not Debian's: install the same for it, or put /usr/bin first on the PATH"
