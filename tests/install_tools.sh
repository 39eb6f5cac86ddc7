#!/usr/bin/env bash
# Installs the Debian packages that the tests need and the machine lacks, and the programs named as arguments;
# without root or sudo, says which.
set -euo pipefail

postgres_found() {
    command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

missing=()
postgres_found || missing+=(postgresql)
command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || missing+=(chromium)
command -v java >/dev/null || missing+=(default-jre-headless)
command -v npm >/dev/null || missing+=(npm)
for program in "$@"; do
    command -v "$program" >/dev/null || missing+=("$program")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install=(env DEBIAN_FRONTEND=noninteractive apt-get)
[ "$(id -u)" -eq 0 ] || install=(sudo -n "${install[@]}")

if ! command -v apt-get >/dev/null || ! "${install[@]}" --version >/dev/null 2>&1; then
    echo "The tests need ${missing[*]}, which this machine lacks:" \
        "install with 'sudo apt-get install ${missing[*]}' and run make test again." >&2
    exit 1
fi

echo "Installing ${missing[*]} for the tests."
"${install[@]}" update --quiet
"${install[@]}" install --yes --quiet --no-install-recommends "${missing[@]}"
