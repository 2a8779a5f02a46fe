#!/bin/bash
# Run both of README's commands in fresh root file systems of Debian, from a clone of HEAD, and keep
# what they print in docs/debian.txt. Needs root, debootstrap and some 6 GB below .debian/.
# Arguments: the releases (default: 12 13), --keep to leave the root file systems for a look.
#
# Debian's packages and Python's come from where this machine has them from: the addresses of its
# apt and what its pip is configured with are copied at run time.
set -euo pipefail
cd -- "$(dirname -- "$0")/.."

declare -A codename=([12]=bookworm [13]=trixie)
keep=
releases=()
for argument in "$@"; do
  case $argument in
  --keep) keep=yes ;;
  12 | 13) releases+=("$argument") ;;
  *) echo "nnmirror: test-debian knows 12, 13 and --keep, not $argument" >&2 && exit 2 ;;
  esac
done
[ ${#releases[@]} -gt 0 ] || releases=(12 13)
[ "$(id -u)" = 0 ] || { echo "nnmirror: test-debian needs root" >&2 && exit 2; }
command -v debootstrap >/dev/null || { echo "nnmirror: test-debian needs: apt-get install debootstrap" >&2 && exit 2; }

site() { # where this machine has packages with that label from
  apt-get indextargets --format '$(SITE)' "Created-By: Packages" "Label: $1" | head -1
}
pip_settings() { # as variables, so that no file has to be written
  python3 -m pip config list 2>/dev/null | sed -nE "s/^(global|install)\.([a-z-]+)='(.*)'$/\2 \3/p" |
    while read -r name value; do
      echo "PIP_$(tr a-z- A-Z_ <<<"$name")=$value"
    done
  env | grep -E '^PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|CERT|PROXY|TRUSTED_HOST|DEFAULT_TIMEOUT)=' || :
}

fresh_root() {
  local release=$1 name=${codename[$1]} root=$2
  debootstrap --variant=minbase --include=ca-certificates,git,make "$name" "$root" "$(site Debian)" >&2
  echo "deb $(site Debian-Security) $name-security main" >>"$root/etc/apt/sources.list"
  apt-config dump | grep -E '^Acquire::(https?|Check-)' >"$root/etc/apt/apt.conf.d/90host" || :
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  git clone -q . "$root/nnmirror"
}

# In a mount namespace of its own, so that no mount outlives the command, however it ends.
inside() {
  local root=$1 settings
  shift
  mapfile -t settings < <(pip_settings)
  unshare --mount --pid --fork --kill-child bash -c '
    set -e
    root=$1
    shift
    mount --make-rprivate /
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    while read -r folder; do # folders of packages on this machine, where pip is told of some
      mkdir -p "$root$folder"
      mount --bind -o ro "$folder" "$root$folder"
    done < <(printf "%s\n" "$@" | sed -n "s/^PIP_[A-Z_]*=//p" | tr " " "\n" | sed "s|^file://||" |
      grep ^/ | sed "s|/simple/*$||" | sort -u | # an index has its files beside it
      while read -r path; do [ ! -d "$path" ] || echo "$path"; done)
    exec chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
  ' - "$root" "${settings[@]}" bash -c "cd /nnmirror && $*"
}

versions() {
  inside "$1" '
    . /etc/os-release && echo "$PRETTY_NAME ($(cat /etc/debian_version))"
    .venv/bin/python --version
    R --version | head -1
    .venv/bin/python -m pip list 2>/dev/null | grep -E "^(rpy2|numpy)" | tr -s " " | paste -sd, | sed "s/,/, /g"
    .venv/bin/python -m compare doctor | grep -E "mode|BLAS"'
}

record=docs/debian.txt
mkdir -p .debian
failed=0
{
  echo "Both commands in fresh root file systems, at commit $(git rev-parse --short HEAD): make test-debian"
} >.debian/record
for release in "${releases[@]}"; do
  root=$PWD/.debian/$release
  log=$PWD/.debian/$release.log
  rm -rf --one-file-system "$root"
  trap 'rm -rf --one-file-system "$root"' EXIT
  echo "Debian $release: making $root" >&2
  fresh_root "$release" "$root" 2>"$log" || { tail -3 "$log" >&2 && exit 2; }
  for command in "make verify" "make test"; do
    echo "Debian $release: $command" >&2
    code=0
    inside "$root" "$command" </dev/null >"$log" 2>&1 || code=$?
    [ "$code" = 0 ] || failed=1
    printf -- '---- Debian %s: %s ends with code %s ----\n' "$release" "$command" "$code"
    tail -25 "$log"
  done >"$log.both"
  {
    echo
    versions "$root" 2>&1 || :
    cat "$log.both"
  } | tee -a .debian/record
  [ -n "$keep" ] || rm -rf --one-file-system "$root"
  trap - EXIT
done
mv .debian/record "$record"
echo "kept in $record" >&2
exit $failed
