#!/usr/bin/env bash
# How fast a scan is beside a plain search for the same literals (ripgrep) over the same files, run by turns.
# usage: bench/scan.sh [MEGABYTES] [ROUNDS]   needs: rg, GNU time; makes its files below $TMPDIR and deletes them
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-2048}
rounds=${2:-5}
jar=cli/target/tidemark.jar
[ -f "$jar" ] || { echo "build first: mvn -DskipTests package" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
java bench/src/main/java/dev/tidemark/bench/Traffic.java "$work/server" "$megabytes" >/dev/null
java -cp "$jar" bench/src/main/java/dev/tidemark/bench/Literals.java httpproxy iis >"$work/literals"
du -sm "$work/server" | cut -f1 | sed 's/$/ MB/'
wc -l <"$work/literals" | sed 's/$/ literals/'
find "$work/server" -type f -exec cat {} + >/dev/null
for round in $(seq "$rounds"); do
  /usr/bin/time -f "$round tidemark %e s wall, %U s user, %S s system, %M KB" ./tidemark scan "$work/server" --out "$work/case$round" --quiet >/dev/null || true
  /usr/bin/time -f "$round rg       %e s wall, %U s user, %S s system, %M KB" rg -F -i -c -f "$work/literals" "$work/server" >/dev/null || true
done
mkdir "$work/empty"
/usr/bin/time -f "empty scan %e s wall, %M KB" ./tidemark scan "$work/empty" --out "$work/none" --quiet >/dev/null || true
