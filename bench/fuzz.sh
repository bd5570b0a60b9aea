#!/usr/bin/env bash
# A long coverage-guided run of every reader of evidence and rules (Jazzer); each failing input is kept and named.
# usage: bench/fuzz.sh [SECONDS [REAL [TARGET…]]]
#   SECONDS  of each target, 600 if not said
#   REAL     a folder with real/ in it: files to begin with, next to the made ones; none if not there
#   TARGET   evtx csv w3c sigma archive yara server_file; all if not said
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
real=${2:-/nonexistent}
shift $(($# < 2 ? $# : 2))
work=${TIDEMARK_FUZZ_WORK:-$(mktemp -d)}
mvn -B -q -o -pl engine test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" ||
  mvn -B -q -pl engine test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath"
echo "inputs that fail are kept in $work"
exec java -cp "engine/target/test-classes:engine/target/classes:$(cat "$work/classpath")" \
  dev.tidemark.fuzz.FuzzRun "$work" "$seconds" "$real" "$@"
