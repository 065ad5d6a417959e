#!/usr/bin/env bash
# Random cases by the million: each is listed and judged by the plugin and by the oracle.
#   tests/oracle/long_run.sh [cases, default 1000000] [first seed, default from the clock]
# Two processes share the cases. Prints the range of seeds, every seed that fails, and how to play it again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=${ORACLE_PROGRAM:-build/release/bin/oracle}
cases=${1:-1000000}
first=${2:-$(date +%s)}
half=$((cases / 2))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

play() { # name, first seed, cases
  ORACLE_FIRST_SEED=$2 ORACLE_CASES=$3 nice "$program" --gtest_filter='Oracle.*:Properties.*' >"$work/$1" 2>&1
}
play first "$first" "$half" & one=$!
play second "$((first + half))" "$((cases - half))" & two=$!
failed=0
wait "$one" || failed=1
wait "$two" || failed=1

for part in first second; do
  grep -E '^(seeds|\[ RUN|\[  FAILED|seed |again:)|slots in|offered [0-9]' "$work/$part" || true
done
if [ "$failed" = 0 ]; then echo "nothing failed: seeds $first to $((first + cases - 1))"; else echo "FAILED"; fi
exit "$failed"
