#!/usr/bin/env bash
# Starts a mailbox that takes every mail and shows it in the browser, to try the product out. Ctrl-C ends it.
#
#   packaging/mailbox.sh [--smtp-port 2525] [--http-port 2580]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/packages.sh"
need mailbox
exec /usr/bin/python3 "$here/mailbox.py" "$@"
