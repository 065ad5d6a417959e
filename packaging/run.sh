#!/usr/bin/env bash
# Builds what is needed and runs the reference CRM with the scheduling module, in the foreground.
# Arguments go to crm-host; without any it means --demo. Relative paths are those of the folder it is called in.
# With CRM_BUILD=FOLDER it runs what was built there, and builds nothing.
set -euo pipefail
top=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${CRM_BUILD:-$top/build/release}
log=$build/build.log

# Asked for help or the version, nothing is installed or built.
for argument in "$@"; do
  case $argument in
    --help | -h)
      printf 'packaging/run.sh [ARGUMENT…]: builds crm-host and its module, then runs it with these arguments\n'
      printf '(without any: --demo, something to click through)\n\n'
      exec cat "$top/host-sdk/reference_host/settings/usage.txt"
      ;;
    --version)
      sed -n 's/^project(meeting_scheduler VERSION \([0-9.]*\).*/crm-host \1/p' "$top/CMakeLists.txt"
      exit 0
      ;;
  esac
done

. "$top/packaging/packages.sh"

# Shows how far the build is: in place on a terminal, else each tenth of the way. Reads ninja's "[3/230] …".
show_progress() {
  local line done all tenth shown=-1 terminal=
  [ -t 2 ] && terminal=1
  while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]} tenth=$((10 * BASH_REMATCH[1] / BASH_REMATCH[2]))
    if [ -n "$terminal" ]; then
      printf '\rBuilding: %s of %s steps ' "$done" "$all" >&2
    elif [ "$tenth" != "$shown" ]; then
      shown=$tenth
      printf 'Building: %s of %s steps\n' "$done" "$all" >&2
    fi
  done
  [ -z "$terminal" ] || printf '\r\033[K' >&2
}

build_all() {
  cd "$top"
  mkdir -p "$build"
  [ -f "$build/build.ninja" ] || cmake --preset release -DCRM_BUILD_TESTS=OFF >"$log" 2>&1 || return 1
  cmake --build --preset release --target crm-host modules 2>&1 | tee -a "$log" | show_progress
}

if [ -n "${CRM_BUILD:-}" ]; then
  need run
else
  need build run
  if [ -x "$build/bin/crm-host" ]; then
    echo 'Building what has changed …' >&2
  else
    echo 'Building: some ten minutes on two cores the first time, seconds after that …' >&2
  fi
  if ! (build_all); then
    grep -E 'error|FAILED' -A5 "$log" | tail -n 40 >&2 || tail -n 40 "$log" >&2
    echo "The build failed; the whole log is in $log" >&2
    exit 1
  fi
fi

[ $# -gt 0 ] || set -- --demo
case " $* " in
  *" --plugin-dir"*) ;;
  *) set -- --plugin-dir "$build/modules" "$@" ;;
esac
exec "$build/bin/crm-host" "$@"
