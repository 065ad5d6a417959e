#!/usr/bin/env bash
# Free times over HTTP beside the host's trivial route, in turns, in one run on one machine.
#   tests/bench/slots.sh [hosts, default 1000] [history of each, default 0] [seconds per point, default 4] [rounds, default 3]
# Every host has 100 meetings in the coming thirty days. Needs: cmake --preset bench, built. Stops all it started.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top"
hosts=${1:-1000} history=${2:-0} seconds=${3:-4} rounds=${4:-3}
build=${BENCH_BUILD:-$top/build/bench}
work=$(mktemp -d); chmod 755 "$work"
pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
"$build/bin/crm-host" --port "$port" --data-dir "$work/data" --plugin-dir "$build/modules" --demo --development --secret-file "$work/key" >"$work/host.log" 2>&1 &
pids+=($!); host_pid=$!
base=http://127.0.0.1:$port
for _ in $(seq 300); do curl -fs "$base/readyz" >/dev/null && break; sleep 0.1; done
tests/bench/raise_limits.sh "$base"
echo "seeding $hosts hosts with 100 meetings ahead and $history behind each"
psql -q "$(cat "$work/data/database-url")" -v hosts="$hosts" -v busy=100 -v history="$history" -f tests/bench/seed_calendars.sql >/dev/null
export HOSTS=$hosts
day=$(date -u -d 'next tuesday +7 days' +%F) first=$(date -u -d '+1 day' +%F) last=$(date -u -d '+30 days' +%F)
rss() { awk '/^VmRSS/ {print $2}' "/proc/$host_pid/status"; }
load() { TARGET=$1; export TARGET; wrk -t1 -c"$2" -d"${3}s" --latency -s tests/bench/get.lua "$base" | sed -n 's/^RESULT //p'; }
show() { printf '%-28s %s\n' "$1" "$2"; }
route_day="/schedule/cal-%d/call/slots?date=$day"
route_month="/schedule/cal-%d/call/slots?from=$first&to=$last"
echo "one day: $(curl -s "$base/schedule/cal-1/call/slots?date=$day" | grep -o '"start"' | wc -l) slots, month: $(curl -s "$base/schedule/cal-1/call/slots?from=$first&to=$last" | grep -o '"start"' | wc -l) slots, $(curl -s "$base/schedule/cal-1/call/slots?from=$first&to=$last" | wc -c) bytes; resident $(rss) KiB"
load /healthz 32 2 >/dev/null
# Cold: each host is asked about for the first time.
TARGET=$route_month; export TARGET
show "cold, each host once" "$(wrk -t1 -c8 -d"$(( 3 + hosts / 500 ))s" --latency -s tests/bench/once.lua "$base" 2>/dev/null | sed -n 's/^RESULT //p')"
echo "resident $(rss) KiB"
for round in $(seq "$rounds"); do
  show "hello c=32 round $round" "$(load /healthz 32 "$seconds")"
  show "slots of a day c=32" "$(load "$route_day" 32 "$seconds")"
  show "hello c=32" "$(load /healthz 32 "$seconds")"
  show "slots of a month c=32" "$(load "$route_month" 32 "$seconds")"
done
route_team="/schedule/cal-team/call/slots?from=$first&to=$last"
for c in 1 32; do
  show "one host, month c=$c" "$(load "/schedule/cal-1/call/slots?from=$first&to=$last" $c "$seconds")"
  show "team of 50, month c=$c" "$(load "$route_team" $c "$seconds")"
done
show "hello c=1" "$(load /healthz 1 "$seconds")"
show "slots of a day c=1" "$(load "$route_day" 1 "$seconds")"
show "slots of a month c=1" "$(load "$route_month" 1 "$seconds")"
echo "resident $(rss) KiB"
