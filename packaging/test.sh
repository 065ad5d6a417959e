#!/usr/bin/env bash
# Sets everything up and runs every test: C++, HTTP, crash and browser.
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

need build run test
build=$top/build/$preset
step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

step "configure $preset"
mkdir -p "$build"
cmake --preset "$preset" -DCRM_BUILD_TESTS=ON >"$build/configure.log" 2>&1 || { cat "$build/configure.log"; exit 1; }
step "build $preset"
cmake --build --preset "$preset" >"$build/build.log" 2>&1 || { grep -E 'error|FAILED' -A5 "$build/build.log" | head -n 80; tail -n 20 "$build/build.log"; exit 1; }
step 'C++ tests'
ctest --test-dir "$build" --output-on-failure --timeout 900
[ "$preset" = release ] || exit 0

step 'HTTP, crash and browser tests'
cd tests/e2e
stamp=node_modules/.installed
if ! cmp -s package-lock.json "$stamp"; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json "$stamp"
fi
CRM_BUILD=$build node --test .
step 'all tests passed'
