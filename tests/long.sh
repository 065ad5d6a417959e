#!/usr/bin/env bash
# The long runs: what packaging/test.sh does with small counts, with big ones. Takes hours on two cores.
#
#   tests/long.sh                      all of them
#   tests/long.sh --only NAME          one of them; may be given several times
#   tests/long.sh --list               their names
#   LONG_SEED=7 tests/long.sh …        plays the run of that seed again (the table says which it was)
#
# Prints a table of what ran, with which seed, how long and how it ended. Ends with 1 when something failed;
# the output of each run lies in build/long/NAME.log.
set -uo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

names=(oracle zones turns chaos team-kills mail calendar-servers calendar-kills calendar-weeks failover proxies clang-tidy asan tsan)
declare -A what=(
  [oracle]='1,000,000 random cases, plugin against the slow way'
  [zones]='every slot around every clock change of every zone, 2021 to 2044'
  [turns]='10,000 bookings of a team of 20: who gets them is the definition, and each has their share'
  [chaos]='2,000 bookings, 50 kills of crm-host, 20 of PostgreSQL'
  [team-kills]='1,000 team bookings with merges, 30 kills of crm-host, 10 of PostgreSQL'
  [mail]='1,000 reminders, 20 kills while mails are sent'
  [calendar-servers]='every CalDAV server that Debian has and a test can start: Radicale, Xandikos, Cyrus, sabre'
  [calendar-kills]='200 kills while calendars are read and written, at a double and at a real CalDAV server'
  [calendar-weeks]='2,000 random edits on both sides, at each calendar provider that runs here'
  [failover]='a replicated PostgreSQL fails over below two instances: switched, killed, frozen, asynchronous'
  [proxies]='the shipped configurations of nginx and Caddy, with both'
  [clang-tidy]='all C++ files'
  [asan]='all C++ tests under AddressSanitizer and UBSan, 10,000 random cases'
  [tsan]='all C++ tests under ThreadSanitizer, 10,000 random cases'
)

seed=${LONG_SEED:-$(date +%s)}
chosen=()
while [ $# -gt 0 ]; do
  case $1 in
    --only)
      [ -n "${2:-}" ] && [ -n "${what[$2]:-}" ] || { echo "--only wants one of: ${names[*]}" >&2; exit 2; }
      chosen+=("$2"); shift 2 ;;
    --list) for name in "${names[@]}"; do printf '%-16s %s\n' "$name" "${what[$name]}"; done; exit 0 ;;
    *) echo "unknown argument: $1" >&2; exit 2 ;;
  esac
done
[ ${#chosen[@]} -gt 0 ] || chosen=("${names[@]}")

build=$top/build/release
logs=$top/build/long
mkdir -p "$logs"

configure_release() { cmake --preset release -DCRM_BUILD_TESTS=ON; }
build_release() { configure_release && cmake --build --preset release --target "$@"; }
# Node's packages, as packaging/test.sh installs them.
node_packages() {
  (cd tests/e2e && { cmp -s package-lock.json node_modules/.installed ||
    { npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed; }; })
}
end_to_end() { build_release crm-host meeting_scheduler_folder && node_packages && cd tests/e2e && CRM_BUILD=$build node --test "$1"; }

run_oracle() { build_release oracle && tests/oracle/long_run.sh 1000000 "$((seed % 1000000000))"; }
run_zones() { build_release oracle && ZONE_SWEEP=all "$build/bin/oracle" --gtest_filter='ZoneSweep.*:OracleZone.*'; }
run_turns() {
  build_release scheduling_booking_test meeting_scheduler_folder
  TURN_BOOKINGS=10000 TURN_SEED=$((seed % 1000000000)) "$build/bin/scheduling_booking_test" --gtest_filter='TurnSimulation.*'
}
run_chaos() {
  export CHAOS_BOOKINGS=2000 CHAOS_HOST_KILLS=50 CHAOS_POSTGRES_KILLS=20 CHAOS_SEED=$((seed % 100000))
  end_to_end chaos.test.mjs
}
run_team-kills() {
  export TEAM_BOOKINGS=1000 TEAM_HOST_KILLS=30 TEAM_POSTGRES_KILLS=10 TEAM_SEED=$((seed % 100000))
  end_to_end team-kills.test.mjs
}
run_mail() {
  export MAIL_REMINDERS=1000 MAIL_KILLS=20
  end_to_end mail-reliability.test.mjs
}
run_calendar-servers() {
  # Not installed by us: the package of Cyrus starts a mail server, unless /usr/sbin/policy-rc.d forbids it.
  local package missing=()
  for package in cyrus-caldav cyrus-imapd sasl2-bin php-sabre-dav php-sqlite3; do is_installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] || { echo "missing: ${missing[*]}"; return 1; }
  end_to_end calendar-caldav.test.mjs
}
run_calendar-kills() {
  export CALENDAR_KILLS=200 CALENDAR_SEED=$((seed % 100000))
  end_to_end calendar-kills.test.mjs
}
run_calendar-weeks() {
  export CALENDAR_STEPS=2000 CALENDAR_SEED=$((seed % 100000))
  end_to_end calendar-weeks.test.mjs
}
# Says itself which packages are missing (patroni, etcd-server, haproxy): they start servers when they are installed.
run_failover() { end_to_end failover.long.mjs; }
run_proxies() {
  # Not installed by us: their packages start servers on ports 80 and 443.
  command -v nginx >/dev/null && command -v caddy >/dev/null || { echo 'nginx and caddy are missing'; return 1; }
  end_to_end proxies.long.mjs
}
run_clang-tidy() { build_release scheduling_sql && python3 tests/tidy/run_clang_tidy.py "$build"; }
run_asan() { ORACLE_CASES=10000 packaging/test.sh --preset asan; }
run_tsan() { ORACLE_CASES=10000 packaging/test.sh --preset tsan; }

# Only these choose at random.
seed_of() {
  case $1 in
    oracle | turns) echo "$((seed % 1000000000))" ;;
    chaos | team-kills | calendar-kills | calendar-weeks) echo "$((seed % 100000))" ;;
    *) echo - ;;
  esac
}

. packaging/packages.sh
need build run test || exit 1

failed=0
table=()
for name in "${chosen[@]}"; do
  printf '== %s: %s\n' "$name" "${what[$name]}"
  begun=$SECONDS
  result=passed
  (set -e; "run_$name") >"$logs/$name.log" 2>&1 || { result=FAILED; failed=1; tail -n 40 "$logs/$name.log"; }
  table+=("$(printf '%-16s %10s %8ss  %-6s  %s' "$name" "$(seed_of "$name")" "$((SECONDS - begun))" "$result" "${what[$name]}")")
  printf '%s\n' "${table[-1]}"
done

printf '\n%-16s %10s %9s  %-6s  %s\n' run seed duration result what
printf '%s\n' "${table[@]}"
[ "$failed" = 0 ] || printf '\nPlay it again with LONG_SEED=%s; outputs are in %s\n' "$seed" "$logs"
exit "$failed"
