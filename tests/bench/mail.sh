#!/usr/bin/env bash
# Mails of real bookings, delivered by one instance, beside smtplib sending the same bytes over one connection to the
# same sink, in one run on one machine.
#   tests/bench/mail.sh [bookings, default 1000] [rounds, default 3] [--no-pipelining | "--server aiosmtpd"]
# Each booking is three mails: attendee, host, guest. Prints wanted and found; ends with 1 while the target is missed.
# Needs: cmake --preset bench, built; BENCH_BUILD names another build. MAIL_TRACE=1 counts system calls (slows it down).
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top"
bookings=${1:-1000} rounds=${2:-3} option=${3:-}
wanted=60
build=${BENCH_BUILD:-$top/build/bench}
work=$(mktemp -d); chmod 755 "$work"
pids=()
cleanup() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
mkdir "$work/sink"
# shellcheck disable=SC2086
python3 tests/bench/mail_sink.py "$work/sink" $option >"$work/sink/port" &
sink=$!; pids+=("$sink")
for _ in $(seq 100); do [ -s "$work/sink/port" ] && break; sleep 0.05; done
smtp=$(cat "$work/sink/port")
port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
base=http://127.0.0.1:$port
"$build/bin/crm-host" --port "$port" --data-dir "$work/data" --plugin-dir "$build/modules" --demo --development --secret-file "$work/key" \
  --smtp-url "smtp://127.0.0.1:$smtp" >"$work/host.log" 2>&1 &
host=$!; pids+=("$host")
for _ in $(seq 300); do curl -fs "$base/readyz" >/dev/null && break; sleep 0.1; done
tests/bench/raise_limits.sh "$base"
database=$(cat "$work/data/database-url")
ask() { psql -qAt "$database" -c "$1"; }
psql -q "$database" -v hosts=200 -f tests/bench/seed.sql
server=$(head -1 "$(find "$work/data" -name postmaster.pid)")
ticks() { awk '{print $14 + $15 + $16 + $17}' "/proc/$1/stat"; }
server_ticks() { local sum=0 pid; for pid in "$server" $(pgrep -P "$server"); do sum=$(( sum + $(awk '{print $14 + $15}' "/proc/$pid/stat" 2>/dev/null || echo 0) )); done; echo "$sum"; }
count() { cat "$work/sink/count"; }
HOSTS=200 EPOCH=$(( ($(date +%s) / 86400 + 2) * 86400 )) FIRST=0; export HOSTS EPOCH FIRST
# Nothing leaves while bookings are made: their mails are held, and released in one moment.
ask "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN NEW.status := 'held'; RETURN NEW; END \$\$;
     CREATE TRIGGER hold BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.due_at IS NULL) EXECUTE FUNCTION hold()"
ratios=()
for _ in $(seq "$rounds"); do
  kill -USR2 "$sink"
  until [ "$(ask "SELECT count(*) FROM outbox WHERE status = 'held'")" -ge $(( bookings * 3 )) ]; do
    line=$(wrk -t1 -c4 -d1s --latency -s tests/bench/bookings.lua "$base" | grep '^RESULT'); FIRST=$(( $(sed -n 's/.*last=\([0-9]*\).*/\1/p' <<<"$line") + 10 ))
  done
  ask "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE status = 'held' ORDER BY id OFFSET $(( bookings * 3 )))"
  ask "VACUUM ANALYZE outbox"
  n=$(( bookings * 3 ))
  if [ -n "${MAIL_TRACE:-}" ]; then strace -c -f -p "$host" -o "$work/trace" & tracer=$!; sleep 1; fi
  host_before=$(ticks "$host") server_before=$(server_ticks)
  ask "UPDATE outbox SET status = 'waiting' WHERE status = 'held'" >/dev/null
  first=; until [ "$(count)" -ge "$n" ]; do if [ -z "$first" ] && [ "$(count)" -gt 0 ]; then first=$(date +%s%N) begun=$(count); fi; sleep 0.02; done
  end=$(date +%s%N)
  host_used=$(( $(ticks "$host") - host_before )) server_used=$(( $(server_ticks) - server_before ))
  if [ -n "${MAIL_TRACE:-}" ]; then kill -INT "$tracer"; wait "$tracer" || true; echo "system calls a mail:"; awk -v n="$n" '$NF ~ /^(poll|sendto|recvfrom|write|read|openat|getrandom|futex|fdatasync)$/ {printf "  %s %.1f\n", $NF, $4 / n}' "$work/trace"; fi
  rm -f "$work/sink/mails"; kill -USR1 "$sink"; until [ -f "$work/sink/mails" ]; do sleep 0.05; done
  [ "$(count)" -eq "$n" ] || { echo "$(count) mails came, $n were written" >&2; exit 1; }
  ours=$(( (n - begun) * 1000000000 / (end - first) ))
  theirs=$(python3 tests/bench/mail_again.py "$work/sink/mails" "$smtp")
  ratios+=($(( ours * 100 / theirs )))
  printf 'mails by one instance %d/s, smtplib on one connection %d/s, %d %%; CPU a mail: host %d us, PostgreSQL %d us\n' \
    "$ours" "$theirs" "${ratios[-1]}" $(( host_used * 10000 / n )) $(( server_used * 10000 / n ))
done
found=$(printf '%s\n' "${ratios[@]}" | sort -n | sed -n "$(( (rounds + 1) / 2 ))p")
echo "mails by one instance / smtplib on one connection: wanted >= $wanted %, found $found %"
[ "$found" -ge "$wanted" ]
