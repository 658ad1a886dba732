#!/usr/bin/env bash
# ThreadSanitizer of GCC 12.2, valgrind 3.19.0: locks are reported to be out of order where they can never deadlock.
#
# The guess: the happens-before that these tools keep for races also rules out a deadlock of two threads of which one starts
# when the other has ended, and a third lock around both orders does too. Both report the order of locks, not a deadlock:
# joined threads, one thread alone, a lock around it and two readers are reported like the real one. helgrind also reports
# `trylock`, which never waits; DRD reports none of them, not even the real one.
#
# Needs Debian 12's package archive, GCC 12 and glibc.
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
# Downloads are made as another user than root where there is one for it.
chmod 755 .
apt-get download --quiet --quiet valgrind=1:3.19.0-1 2> errors || { cat errors; exit 1; }
dpkg-deb --extract valgrind_*.deb tree
export VALGRIND_LIB=$dir/tree/usr/libexec/valgrind
cat > order.c <<'C'
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t shared[2] = {PTHREAD_RWLOCK_INITIALIZER, PTHREAD_RWLOCK_INITIALIZER};
static int order[2] = {0, 1};
static const char *kind;

/* Takes two locks, in the order that the argument says. */
static void *both(void *first) {
    int one = *(int *)first;
    int other = 1 - one;
    if (!strcmp(kind, "readers")) {
        pthread_rwlock_rdlock(&shared[one]);
        pthread_rwlock_rdlock(&shared[other]);
        pthread_rwlock_unlock(&shared[other]);
        pthread_rwlock_unlock(&shared[one]);
        return NULL;
    }
    if (!strcmp(kind, "gate"))
        pthread_mutex_lock(&gate);
    pthread_mutex_lock(&locks[one]);
    if (strcmp(kind, "trylock") || !pthread_mutex_trylock(&locks[other])) {
        if (strcmp(kind, "trylock"))
            pthread_mutex_lock(&locks[other]);
        pthread_mutex_unlock(&locks[other]);
    }
    pthread_mutex_unlock(&locks[one]);
    if (!strcmp(kind, "gate"))
        pthread_mutex_unlock(&gate);
    return NULL;
}

int main(int count, char **words) {
    pthread_t threads[2];
    kind = words[count - 1];
    for (int n = 0; n < 2; n++) {
        if (!strcmp(kind, "alone")) {
            both(&order[n]);
            continue;
        }
        pthread_create(&threads[n], NULL, both, &order[n]);
        if (!strcmp(kind, "joined"))
            pthread_join(threads[n], NULL);
        else
            usleep(100000);
    }
    for (int n = 0; n < 2; n++)
        if (strcmp(kind, "alone") && strcmp(kind, "joined"))
            pthread_join(threads[n], NULL);
    return 0;
}
C
gcc-12 -g -O1 -o plain order.c -pthread
gcc-12 -g -O1 -fsanitize=thread -o watched order.c -pthread
reports() {
    grep -q "$1" log && echo reports || echo nothing
}
for kind in real joined alone gate readers trylock; do
    # Some kernels place the program where this ThreadSanitizer cannot look, unless addresses are fixed.
    setarch --addr-no-randomize ./watched $kind > log 2>&1 || true
    tsan=$(reports 'lock-order-inversion')
    tree/usr/bin/valgrind --tool=helgrind ./plain $kind > log 2>&1
    helgrind=$(reports 'lock order ".*" violated')
    tree/usr/bin/valgrind --tool=drd ./plain $kind > log 2>&1
    echo "$kind: ThreadSanitizer $tsan, helgrind $helgrind, DRD $(reports 'ERROR SUMMARY: [1-9]')"
done | tee seen
cat > expected <<'TEXT'
real: ThreadSanitizer reports, helgrind reports, DRD nothing
joined: ThreadSanitizer reports, helgrind reports, DRD nothing
alone: ThreadSanitizer reports, helgrind reports, DRD nothing
gate: ThreadSanitizer reports, helgrind reports, DRD nothing
readers: ThreadSanitizer reports, helgrind reports, DRD nothing
trylock: ThreadSanitizer nothing, helgrind reports, DRD nothing
TEXT
diff expected seen && echo "as written"
