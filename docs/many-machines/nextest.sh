#!/bin/sh
# One machine's share of a project's tests and of a check: `nextest.sh I/N FOLDER NEXTEST-ARGUMENTS..`.
#
# cargo-nextest divides the tests, each of which explores its model as a whole; part.sh divides every scenario, for those
# that are too large for one machine. CHECK, if set, is what `raddle check` gets; without it there are only tests.
set -eu

share=${1:?which share, like 2/16}
folder=${2:?where the results go}
shift 2
cargo nextest run --partition "slice:$share" "$@"
if [ -n "${CHECK:-}" ]; then
    # CHECK is several words.
    # shellcheck disable=SC2086
    PART=${share%/*} PARTS=${share#*/} exec "$(dirname "$0")/part.sh" "$folder" $CHECK
fi
