#!/usr/bin/env bash
# Prints the first of the given interpreters that really runs, is Python 3.11 or newer and can make an environment.
set -euo pipefail

usable='import sys; assert sys.version_info >= (3, 11); import ensurepip, venv'

for name in "$@"; do
    while IFS= read -r path; do
        if "$path" -c "$usable" >/dev/null 2>&1; then
            echo "$path"
            exit 0
        fi
    done < <(type -ap "$name")
done

echo "No Python 3.11 or newer with its venv module was found (tried: $*)." \
    "Install one, on Debian with 'apt-get install python3 python3-venv', or name it: make PYTHON=/path/to/python3." >&2
exit 1
