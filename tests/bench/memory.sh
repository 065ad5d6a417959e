#!/usr/bin/env bash
# Resident memory of one host over mixed requests, and whose it is.
#   tests/bench/memory.sh [requests, default 108000]
# First the mixture with bookings, which add meetings to calendars that are kept; then as many requests that add none;
# then what the allocator holds without need is given back, to tell it from what is in use.
# Needs: cmake --preset bench, built; BENCH_BUILD names another build. The environment reaches the host, so that
# MALLOC_ARENA_MAX=2 tests/bench/memory.sh compares.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top"
wanted=${1:-108000}
build=${BENCH_BUILD:-$top/build/bench}
work=$(mktemp -d); chmod 755 "$work"
pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
base=http://127.0.0.1:$port
"$build/bin/crm-host" --port "$port" --data-dir "$work/data" --plugin-dir "$build/modules" --demo --development --secret-file "$work/key" >"$work/host.log" 2>&1 &
host=$!; pids+=("$host")
for _ in $(seq 300); do curl -fs "$base/readyz" >/dev/null && break; sleep 0.1; done
tests/bench/raise_limits.sh "$base"
psql -q "$(cat "$work/data/database-url")" -v hosts=1000 -f tests/bench/seed.sql
HOSTS=1000 EPOCH=$(( ($(date +%s) / 86400 + 2) * 86400 )); export HOSTS EPOCH
rss() { awk '/^VmRSS/ {print $2}' "/proc/$host/status"; }
run() { # what, script
  local first=${FIRST:-0} start=${FIRST:-0} next
  next=$(( start + wanted / 9 ))
  while [ $(( first - start )) -lt "$wanted" ]; do
    FIRST=$first; export FIRST
    first=$(( $(wrk -t1 -c16 -d1s -s "tests/bench/$2" "$base" 2>/dev/null | sed -n 's/^RESULT.*last=\([0-9]*\).*/\1/p') + 10 ))
    if [ "$first" -ge "$next" ]; then echo "$1 $(( first - start )): $(rss) KiB"; next=$(( first + wanted / 9 )); fi
  done
  FIRST=$first; export FIRST
}
echo "idle: $(rss) KiB"
run "with bookings" mixed.lua
MIXED_READS_ONLY=1; export MIXED_READS_ONLY
run "without bookings" mixed.lua
psql -qAt "$(cat "$work/data/database-url")" -c "SELECT 'meetings ' || count(*) FROM scheduled_meetings"
awk '/^Threads/ {print "threads: " $2}' "/proc/$host/status"
if command -v gdb >/dev/null; then
  gdb -p "$host" -batch -ex 'call (int)malloc_trim(0)' >/dev/null 2>&1 || true
  echo "after the allocator gave back what is free: $(rss) KiB"
fi
