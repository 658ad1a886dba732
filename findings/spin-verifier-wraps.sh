#!/usr/bin/env bash
# Spin 6.5.2 (Debian 12): the verifier says nothing of a number that overflows, and a search cut short ends with 0 errors.
#
# The guess: the verifier reports at least what a simulation of the same model reports, and a search that did not see all
# does not look like a passed one. A counter below zero ends the simulation with an error and status 1; the verifier lets it
# wrap to 255 and holds what is claimed of that. At depth 10,000 the search stops: the first line says so, the summary says
# "errors: 0" and the status is 0. With `-b` the depth is an error, and still the status is 0.
#
# Needs Debian 12's package archive and a C compiler.
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
# Downloads are made as another user than root where there is one for it.
chmod 755 .
apt-get download --quiet --quiet spin=6.5.2+dfsg-1 2> errors || { cat errors; exit 1; }
dpkg-deb --extract spin_*.deb tree
cat > wraps.pml <<'PROMELA'
byte room = 0;
active proctype taker() { room--; assert(room == 255) }
PROMELA
cat > deep.pml <<'PROMELA'
int steps = 0;
active proctype counter() { do :: steps < 50000 -> steps++ :: else -> assert(false) od }
PROMELA
verify() {
    local model=$1
    shift
    tree/usr/bin/spin -a "$model.pml"
    cc -O1 -w -o pan pan.c
    local status=0
    ./pan "$@" > log || status=$?
    echo "$(sed -n 's/.*\(errors: [0-9]*\).*/\1/p' log), status $status"
}
{
    status=0
    tree/usr/bin/spin wraps.pml > log || status=$?
    echo "overflow, simulated: $(sed -n 's/.*\(truncated in assignment\).*/\1/p' log), status $status"
    echo "overflow, verified: $(verify wraps)"
    echo "cut short: $(verify deep)"
    echo "cut short, -b: $(verify deep -b)"
    echo "deep enough: $(verify deep -m200000)"
} | tee seen
cat > expected <<'TEXT'
overflow, simulated: truncated in assignment, status 1
overflow, verified: errors: 0, status 0
cut short: errors: 0, status 0
cut short, -b: errors: 1, status 0
deep enough: errors: 1, status 0
TEXT
diff expected seen && echo "as written"
