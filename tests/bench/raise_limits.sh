#!/usr/bin/env bash
# Sets every limit of public bookings to a million, so that a demo's bookings are counted as they are in use.
#   tests/bench/raise_limits.sh http://127.0.0.1:PORT
set -euo pipefail
base=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -fs -H 'Content-Type: application/json' -D "$work/headers" -o "$work/login" \
  -d '{"email":"admin@example.test","password":"admin-demo"}' "$base/api/v1/auth/login"
cookie=$(sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' "$work/headers" | paste -sd ';')
csrf=$(sed -n 's/.*"csrf_token":"\([^"]*\)".*/\1/p' "$work/login")
limits='{"bookings_per_network_max":1000000,"open_meetings_per_email_max":1000000,"guest_mails_per_network_max":1000000,
"first_mails_per_recipient_max":1000000,"guest_mails_per_page_hour_max":1000000}'
curl -fs -X PUT -H 'Content-Type: application/json' -H "Cookie: $cookie" -H "X-CSRF-Token: $csrf" -o /dev/null \
  -d "$limits" "$base/api/v1/modules/meeting_scheduler/settings"
