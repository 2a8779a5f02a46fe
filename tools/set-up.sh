#!/bin/sh
# Install what verify needs and is missing: Debian's packages, then Python's into .venv, among them
# rpy2, compiled for the R on the PATH, and this project, so that .venv/bin/nnmirror is its command.
# Says and does nothing where everything is there.
# PYTHON: the Python to try instead of those on the PATH.
set -eu
tools=$(dirname "$0")
venv=.venv
run=$venv/bin/python
of_packages=$venv/.packages # what .venv was made from
of_rpy2=$venv/.rpy2         # which R rpy2 was compiled for: compare/run/doctor.py reads it too

stop() {
  echo "nnmirror: $*" >&2
  exit 2
}
locks() { cat requirements*.lock | cksum; }
r_is() { R RHOME 2>/dev/null && R --version 2>/dev/null | head -1; }
r_at_least_4_5() { [ "$(Rscript --vanilla -e 'cat(getRversion() >= "4.5")')" = TRUE ]; }
packages_are_there() { [ "$(cat $of_packages 2>/dev/null)" = "$(locks)" ] && "$run" -c 'import pip'; }
rpy2_is_there() { [ "$(cat $of_rpy2 2>/dev/null)" = "$(r_is)" ] && "$run" "$tools/check_rpy2.py"; }
project_is_there() { # not so where the folder was moved
  grep -qsF "$(pwd -P)/" $venv/bin/nnmirror && grep -qsxF "$(pwd -P)" $venv/lib/python*/site-packages/nnmirror.pth
}

stays_here() {
  elsewhere=$("$run" -m pip config list | grep -E "\.(target|prefix|root|python|dry-run)=" | head -1)
  [ -z "$elsewhere" ] ||
    stop "pip is configured to install elsewhere than into $venv: $elsewhere; take that line out of the file that pip config debug names"
}
# --no-cache-dir: a cached wheel of rpy2 may be of the slow kind, or of another R
pip_install() {
  stays_here
  "$run" -m pip --disable-pip-version-check --no-input install -qq --no-cache-dir --require-hashes \
    --no-user "$@" || stop "pip could not install into $venv"
}

# of this folder, as it stands: a wheel has compare/ as nnmirror, and with a copy nothing is changed
install_project() {
  here=$(pwd -P)
  for packages in $venv/lib/python*/site-packages; do
    echo "$here" >"$packages/nnmirror.pth"
  done
  # a first line with a path in it may neither be long nor have blanks
  cat >$venv/bin/nnmirror <<EOF
#!/bin/sh
'''exec' "$here/$run" "\$0" "\$@"
' '''
import sys

from compare.__main__ import main

if __name__ == "__main__":  # child processes import this file
    sys.exit(main())
EOF
  chmod +x $venv/bin/nnmirror
}

if packages_are_there >/dev/null 2>&1 && rpy2_is_there >/dev/null 2>&1; then
  project_is_there || install_project
  exit 0
fi
"$tools/install-system-packages.sh"
if packages_are_there >/dev/null 2>&1; then
  "$run" -m pip uninstall -q -y rpy2 rpy2-rinterface rpy2-robjects
  rm -f $venv/.tested $venv/.linted # another R has other packages
else
  python=$("$tools/find-python.sh" ${PYTHON:+"$PYTHON"})
  echo "Installing Python packages into $venv"
  rm -rf "$venv"
  "$python" -m venv "$venv" || stop "$python cannot make a venv"
  pip_install --only-binary :all: -r requirements-build.lock
fi
if r_at_least_4_5; then
  rinterface=requirements-r-4.5.lock
else
  rinterface=requirements-r-below-4.5.lock
fi
echo "Installing rpy2 for $(R --version | head -1)"
rm -f $of_rpy2
# without isolation: pip would fetch what builds it without hashes
RPY2_CFFI_MODE=API pip_install --no-build-isolation -r requirements.lock -r $rinterface
locks >$of_packages
if ! "$run" "$tools/check_rpy2.py" >/dev/null; then # macOS has wheels of it, for one R
  RPY2_CFFI_MODE=API pip_install --no-build-isolation --force-reinstall --no-deps \
    --no-binary rpy2-rinterface -r $rinterface
fi
reason=$("$run" "$tools/check_rpy2.py") || stop "$reason; make clean setup begins anew"
r_is >$of_rpy2
project_is_there || install_project
