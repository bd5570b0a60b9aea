#!/usr/bin/env bash
# How fast event logs are dumped to JSON Lines, beside libevtx's evtxexport over the same files, run by turns.
# usage: bench/dump.sh FOLDER [ROUNDS]   FOLDER holds .evtx files; needs: evtxexport (Debian: libevtx-utils), GNU time
set -euo pipefail
folder=$(cd "$1" && pwd)
rounds=${2:-3}
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
du -sm "$folder" | cut -f1 | sed 's/$/ MB/'
for round in $(seq "$rounds"); do
  /usr/bin/time -f "$round tidemark   %e s wall, %U s user, %M KB" ./tidemark dump "$folder" --out "$work/events" 2>&1 | tail -n 1
  /usr/bin/time -f "$round evtxexport %e s wall, %U s user" \
    sh -c 'for f in "$1"/*.evtx; do evtxexport -f xml "$f"; done >/dev/null 2>&1' sh "$folder" 2>&1 | tail -n 1
done
