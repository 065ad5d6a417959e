#!/bin/sh
# The host's hello route beside a bare Poco server, in one run on one machine, in turns.
# Usage: tests/bench/hello.sh [path to hello_bench] [connections] [seconds] [rounds]
set -eu
program=${1:-build/bench/bin/hello_bench}
connections=${2:-32}
seconds=${3:-4}
rounds=${4:-3}
work=$(mktemp -d)
mkfifo "$work/in"
"$program" 64 <"$work/in" >"$work/ports" 2>"$work/access.log" &
server=$!
exec 9>"$work/in"
trap 'exec 9>&-; wait "$server" || true; rm -rf "$work"' EXIT
while ! grep -q bare "$work/ports"; do sleep 0.1; done
rate() {
  port=$(awk -v n="$1" '$1 == n { print $2 }' "$work/ports")
  wrk -t1 -c"$connections" -d"${seconds}s" --latency "http://127.0.0.1:$port/hello" >"$work/wrk"
  if grep -q 'Non-2xx\|Socket errors' "$work/wrk"; then cat "$work/wrk" >&2; fi
  awk '/Requests\/sec/ { rate = $2 } /50%/ { p50 = $2 } /99%/ { p99 = $2 } END { print rate, p50, p99 }' "$work/wrk"
}
rate host >/dev/null
rate bare >/dev/null
round=1
while [ "$round" -le "$rounds" ]; do
  host=$(rate host)
  bare=$(rate bare)
  echo "$host $bare" | awk -v c="$connections" '{ printf "c=%s host %.0f req/s (p50 %s, p99 %s)  bare %.0f req/s (p50 %s, p99 %s)  host/bare %.0f %%\n", c, $1, $2, $3, $4, $5, $6, 100 * $1 / $4 }'
  round=$((round + 1))
done
echo "access log: $(wc -l <"$work/access.log") lines"
