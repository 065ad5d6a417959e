# Debian packages of the product, in groups. Sourced by run.sh and test.sh.
#
# need GROUP… : installs what is missing when root, else says what to install and stops.

packages_build=(
  g++ cmake ninja-build ccache pkg-config python3
  libpoco-dev libboost-dev libicu-dev libpq-dev libssl-dev zlib1g-dev libargon2-dev
  libcctz-dev libphonenumber-dev libical-dev libexpected-dev rapidjson-dev libkainjow-mustache-dev
)
# Certificates are for mail servers; curl is what README shows to try it with.
packages_run=(postgresql-15 tzdata util-linux ca-certificates curl)
# What packaging/mailbox.sh wants.
packages_mailbox=(python3-aiosmtpd)
packages_test=(
  libgtest-dev libgmock-dev python3-aiosmtpd openssl binutils git
  nodejs npm chromium fonts-dejavu-core
  radicale xandikos
  clang-format clang-tidy
)
packages_bench=(libbenchmark-dev wrk)

# Zone rules change several times a year; older rules than these give wrong hours in 2026.
tzdata_version_min=2026a

is_installed() {
  case $1 in
    # Node may be newer than Debian's and then is no Debian package.
    nodejs) command -v node >/dev/null && return 0 ;;
    npm) command -v npm >/dev/null && return 0 ;;
    tzdata)
      local version
      version=$(dpkg-query -W -f='${Version}' tzdata 2>/dev/null) || return 1
      dpkg --compare-versions "$version" ge "$tzdata_version_min" && return 0
      return 1
      ;;
  esac
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

need() {
  local group package missing=()
  for group in "$@"; do
    local -n members="packages_$group"
    for package in "${members[@]}"; do is_installed "$package" || missing+=("$package"); done
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    printf 'These Debian packages are missing. Install them as root, then start again:\n\n  apt-get install --no-install-recommends %s\n\n' "${missing[*]}" >&2
    return 1
  fi
  printf 'Installing: %s\n' "${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 || return 1
  is_installed tzdata || printf 'Note: the zone data found (%s) is older than %s.\n' \
    "$(dpkg-query -W -f='${Version}' tzdata)" "$tzdata_version_min" >&2
  return 0
}
