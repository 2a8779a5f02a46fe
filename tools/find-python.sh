#!/bin/sh
# Print the Python that .venv is made with: python3 where it will do, else the newest python3.N.
# Argument: the one Python to try instead. Where none will do: one sentence each, and exit code 1.
set -eu

# A venv with pip in it needs ensurepip, which Debian has in python3-venv; rpy2 is compiled against
# Python.h. What is printed is the Python below an active venv: that venv may be the one to replace.
try='
import os, platform, sys, sysconfig
def no(reason):
    sys.exit("%s %s" % (sys.argv[1], reason))
if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    no("is Python %d.%d, not 3.11 to 3.14" % sys.version_info[:2])
if platform.python_implementation() != "CPython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
    no("is not the usual Python, with a global lock, for which rpy2 is written")
try:
    import ensurepip, venv
except ImportError:
    no("cannot make a venv (Debian: python3-venv)")
if not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
    no("has no Python.h to build against (Debian: python3-dev)")
print(getattr(sys, "_base_executable", None) or sys.executable)
'

attempt() {
  if found=$("$1" -c "$try" "$1" 2>&1) && [ -x "$found" ]; then
    echo "$found"
    exit 0
  fi
  case $found in
  "$1 "*) reasons="$reasons; $found" ;;
  *) reasons="$reasons; $1 does not run" ;; # a pyenv shim that is not active, a broken link
  esac
}

reasons=
if [ $# = 1 ]; then
  attempt "$1"
else
  first=$(command -v python3 || :)
  [ -z "$first" ] || attempt "$first"
  for name in python3.14 python3.13 python3.12 python3.11; do
    IFS=: # behind a shim that does not run there may be one that does
    for folder in $PATH; do
      file=$folder/$name
      [ ! -x "$file" ] || [ "$file" = "$first" ] || attempt "$file"
    done
    unset IFS
  done
fi
echo "Python 3.11 to 3.14 is needed that can make a venv and be built against${reasons:-; there is no python3}" >&2
exit 1
