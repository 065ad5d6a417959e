#!/usr/bin/env bash
# Sets everything up and runs every kind of test with small counts: C++, HTTP, crash and browser.
# The big counts are in tests/long.sh. At the end stands the time each kind took, beside its budget (two cores).
#
#   packaging/test.sh                 all of them, plain build
#   packaging/test.sh --preset asan   only the C++ tests, under AddressSanitizer and UBSan (or: tsan)
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
. packaging/packages.sh

preset=release
while [ $# -gt 0 ]; do
  case $1 in
    --preset) preset=$2; shift 2 ;;
    *) echo "unknown argument: $1" >&2; exit 2 ;;
  esac
done

times=()
kind=
begun=0
end_kind() {
  [ -z "$kind" ] || times+=("$kind|$((SECONDS - begun))|$budget")
  kind=
}
begin_kind() { # name, budget in minutes or -
  end_kind
  kind=$1 budget=$2 begun=$SECONDS
  printf '\n== %s (%ss)\n' "$1" "$SECONDS"
}
# Also after a failure: what took long is then worth knowing too. The time itself never fails the run.
print_times() {
  local result=$? line name seconds minutes
  end_kind
  printf '\n%-28s %8s %10s\n' 'kind' 'seconds' 'budget'
  for line in "${times[@]}"; do
    IFS='|' read -r name seconds minutes <<<"$line"
    if [ "$minutes" = - ]; then
      printf '%-28s %8s %10s\n' "$name" "$seconds" -
    else
      printf '%-28s %8s %10s%s\n' "$name" "$seconds" "$((minutes * 60))" "$([ "$seconds" -le $((minutes * 60)) ] || echo '  over')"
    fi
  done
  [ "$result" = 0 ] && printf '\n== all tests passed (%ss)\n' "$SECONDS" || printf '\n== FAILED (%ss)\n' "$SECONDS"
  exit "$result"
}
trap print_times EXIT

begin_kind 'packages' -
need build run test
build=$top/build/$preset

begin_kind "build $preset" 8
mkdir -p "$build"
cmake --preset "$preset" -DCRM_BUILD_TESTS=ON >"$build/configure.log" 2>&1 || { cat "$build/configure.log"; exit 1; }
cmake --build --preset "$preset" >"$build/build.log" 2>&1 || { grep -E 'error|FAILED' -A5 "$build/build.log" | head -n 80; tail -n 20 "$build/build.log"; exit 1; }

begin_kind "C++ tests" 3
# Programs as wholes: a process for each test would cost more than the tests (tests/CMakeLists.txt).
# Two at a time: each has its own PostgreSQL and its own ports; what measures time asks to run alone.
ctest --test-dir "$build" --label-exclude '^single$' --output-on-failure --timeout 900 --parallel 2
[ "$preset" = release ] || exit 0

begin_kind 'node packages' -
for folder in web-assets tests/e2e; do
  stamp=$folder/node_modules/.installed
  if ! cmp -s "$folder/package-lock.json" "$stamp"; then
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
    cp "$folder/package-lock.json" "$stamp"
  fi
done

begin_kind 'web sources' 1
cd "$top/web-assets"
# Types beside all else: both take one core. What fails is told whole, after the other has ended.
npm run --silent check >"$build/web-types.log" 2>&1 & types=$!
result=0
{ npm run --silent lint && npm run --silent test && npm run --silent build -- --check && npm run --silent size; } || result=1
wait "$types" || result=1
cat "$build/web-types.log"
[ "$result" = 0 ] || exit 1
cd "$top/tests/e2e"

# What runs in a browser is "web", all else "end to end".
web=() others=()
for file in *.test.mjs; do
  case $file in browser*) web+=("$file") ;; *) others+=("$file") ;; esac
done
# Two files at a time: each has its own host, ports, data and browser.
begin_kind 'web' 4
CRM_BUILD=$build node --test --test-concurrency=2 "${web[@]}"

begin_kind 'end to end' 5
CRM_BUILD=$build node --test --test-concurrency=2 "${others[@]}"
