#!/usr/bin/env bash
# One honest table, in one run on one machine. Load generator, server and database share its cores.
#   tests/bench/run.sh [seconds per point, default 8]
# fsync and synchronous_commit are on throughout. Stops everything it started.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top"
. packaging/packages.sh
need build run test bench
seconds=${1:-8}
build=$top/build/bench
cmake --preset bench >/dev/null && cmake --build "$build" --target crm-host modules bare_insert_server hello_bench >/dev/null

work=$(mktemp -d); chmod 755 "$work"
pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
wait_for() { for _ in $(seq 300); do curl -fs "$1" >/dev/null && return 0; sleep 0.1; done; echo "$1 never answered" >&2; return 1; }

port=$(free_port)
"$build/bin/crm-host" --port "$port" --data-dir "$work/data" --plugin-dir "$build/modules" --demo --development --secret-file "$work/key" >"$work/host.log" 2>&1 &
pids+=($!); host_pid=$!
wait_for "http://127.0.0.1:$port/readyz"
database=$(cat "$work/data/database-url")
tests/bench/raise_limits.sh "http://127.0.0.1:$port"
psql -q "$database" -v hosts=1000 -f tests/bench/seed.sql
bare=$(free_port)
"$build/bin/bare_insert_server" "$bare" "$database" >"$work/bare.log" 2>&1 &
pids+=($!)
sleep 1

rss() { awk '/^VmRSS/ {print $2}' "/proc/$host_pid/status"; }
export HOSTS=1000
EPOCH=$(( ($(date +%s) / 86400 + 2) * 86400 )); export EPOCH
load() { # script connections url → prints the RESULT line
  wrk -t1 -c"$2" -d"${seconds}s" --latency -s "tests/bench/$1" "$3" 2>"$work/err" | grep '^RESULT' | cut -d' ' -f2-
  if [ -s "$work/err" ]; then head -3 "$work/err" >&2; fi
}
last() { sed -n 's/.*last=\([0-9]*\).*/\1/p' <<<"$1"; }

echo "idle resident: $(rss) KiB"
echo
printf '%-34s %s\n' case result
day=$(date -u -d "@$EPOCH" +%F)
for c in 1 8 32; do
  TARGET=/healthz;                                  export TARGET; printf '%-34s %s\n' "healthz c=$c" "$(load get.lua $c "http://127.0.0.1:$port")"
  TARGET="/schedule/bench-%d/call/slots?date=$day"; export TARGET; printf '%-34s %s\n' "slots, one day, 1000 hosts c=$c" "$(load get.lua $c "http://127.0.0.1:$port")"
done
first=0 bare_first=0
for round in 1 2 3 4 5; do
  for c in 1 8 32; do
    FIRST=$bare_first; export FIRST; line=$(load bare_insert.lua $c "http://127.0.0.1:$bare"); bare_first=$(( $(last "$line") + 100 )); printf '%-34s %s\n' "bare INSERT c=$c round $round" "$line"
    FIRST=$first;      export FIRST; line=$(load bookings.lua $c "http://127.0.0.1:$port");    first=$(( $(last "$line") + 100 ));      printf '%-34s %s\n' "whole booking c=$c round $round" "$line"
  done
done
psql -qAt "$database" -c "SELECT 'rows: meetings ' || (SELECT count(*) FROM scheduled_meetings) || ', contacts ' || (SELECT count(*) FROM module_records) || ', activities ' || (SELECT count(*) FROM activities) || ', outbox ' || (SELECT count(*) FROM outbox) || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')"
HOSTS=1; FIRST=$(( first / 1000 + 200 )); export HOSTS FIRST
printf '%-34s %s\n' "whole booking, one host c=32" "$(load bookings.lua 32 "http://127.0.0.1:$port")"
HOSTS=1000; export HOSTS
echo
echo 'resident KiB over 100,000 mixed requests (every 10,000):'
first=$(( first + 400000 ))
for _ in $(seq 10); do
  FIRST=$first; export FIRST
  start=$first
  while [ $(( first - start )) -lt 10000 ]; do
    line=$(wrk -t1 -c16 -d1s -s tests/bench/mixed.lua "http://127.0.0.1:$port" 2>/dev/null | grep '^RESULT'); first=$(( $(last "$line") + 10 )); FIRST=$first
  done
  printf '%s %s\n' "$(( first - start ))" "$(rss)"
done
