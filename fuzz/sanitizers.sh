#!/bin/sh
# Runs the native workloads of the fuzzer under valgrind's helgrind and memcheck, and under ThreadSanitizer where the
# toolchain has the source of its standard library; says of each what it could not do. Exit status 1 if one complains.
#
#   fuzz/sanitizers.sh [SECONDS]
set -u
cd "$(dirname "$0")/.." || exit 2
seconds=${1:-30}
status=0

say() { printf '%s\n' "sanitizers: $*"; }

binary() {
    cargo test -p fuzz --test native --no-run --message-format=short 2>&1 |
        sed -n 's/.*Executable.*(\(.*\))$/\1/p' | tail -1
}

under_valgrind() {
    tool=$1
    shift
    if ! command -v valgrind >/dev/null; then
        say "$tool: there is no valgrind here"
        return
    fi
    # The heap is mimalloc's, which valgrind does not know: memcheck sees blocks of the system only, and helgrind takes
    # atomics without a fence for races, so what it says of them is counted and not failed.
    if RADDLE_FUZZ_SECONDS=$seconds timeout $((seconds * 40 + 120)) \
        valgrind -q --tool="$tool" "$@" "$program" --nocapture; then
        say "$tool: nothing to complain of"
    else
        code=$?
        if [ "$code" = 124 ]; then
            say "$tool: not finished in time"
        else
            say "$tool: ended with $code"
            status=1
        fi
    fi
}

under_tsan() {
    source=$(rustc --print sysroot)/lib/rustlib/src/rust/library
    if [ ! -d "$source" ]; then
        say "thread: the toolchain has no source of its standard library (rustup component add rust-src)"
        return
    fi
    host=$(rustc -vV | sed -n 's/^host: //p')
    if RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=thread RADDLE_FUZZ_SECONDS=$seconds \
        cargo test -p fuzz --test native -Zbuild-std --target "$host" --target-dir target/tsan; then
        say "thread: nothing to complain of"
    else
        say "thread: it complains, or could not be built"
        status=1
    fi
}

program=$(binary)
if [ -z "$program" ]; then
    say "the native workloads do not build"
    exit 2
fi
under_valgrind memcheck --error-exitcode=9 --leak-check=no
under_valgrind helgrind --error-exitcode=0
under_tsan
exit $status
