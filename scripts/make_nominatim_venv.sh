#!/bin/sh
# Make the Python that serves a Nominatim to tests/test_geocoder.py. Debian, as root; safe to repeat.
#   sh scripts/make_nominatim_venv.sh /tmp/nominatim
#   STRIKEMAP_NOMINATIM_PYTHON=/tmp/nominatim/bin/python python -m pytest tests/test_geocoder.py
# Apart from the project's own venv: Nominatim is GPL-3.0 and serves as a test tool only, and its SQLite back end needs mod_spatialite
# and an sqlite3 that loads extensions, which Debian's python3 has. PyICU has no wheel: Debian's python3-icu saves 80 s of building.
set -eu
venv=${1:?"usage: make_nominatim_venv.sh FOLDER"}
export DEBIAN_FRONTEND=noninteractive

missing() { ! dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q "ok installed"; }
wanted=""
for package in python3-venv python3-icu libsqlite3-mod-spatialite; do
    if missing "$package"; then wanted="$wanted $package"; fi
done
if [ -n "$wanted" ]; then
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of names, to be split
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
fi

[ -x "$venv/bin/python" ] || /usr/bin/python3 -m venv --system-site-packages "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    "nominatim-api==5.3.3" "aiosqlite==0.22.1" "falcon==4.4.0" "uvicorn==0.54.0"
"$venv/bin/python" -c "import aiosqlite, falcon, icu, nominatim_api, uvicorn"
echo "$venv/bin/python"
