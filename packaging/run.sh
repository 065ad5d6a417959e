#!/usr/bin/env bash
# Builds what is needed and runs the reference CRM with the scheduling module, in the foreground.
# Arguments go to crm-host; without any it means --demo.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
. packaging/packages.sh

need build run
build=$top/build/release
log=$build/build.log
mkdir -p "$build"
echo 'Building (a few minutes the first time, seconds after that) …' >&2
if ! { [ -f "$build/build.ninja" ] || cmake --preset release -DCRM_BUILD_TESTS=OFF; } >"$log" 2>&1 ||
   ! cmake --build --preset release --target crm-host modules >>"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "The build failed; the whole log is in $log" >&2
  exit 1
fi

[ $# -gt 0 ] || set -- --demo
case " $* " in
  *" --plugin-dir"*) ;;
  *) set -- --plugin-dir "$build/modules" "$@" ;;
esac
exec "$build/bin/crm-host" "$@"
