#!/usr/bin/env bash
# valgrind 3.19.0 (Debian 12): helgrind and DRD report races in a counter that is only touched under `std::sync::Mutex`.
#
# The guess: a mutex is what these tools know best. They know the functions of pthreads; the standard library's mutex is a
# word and a futex since Rust 1.62, so its order is invisible and safe code is reported. A join is seen, since the library
# still joins by pthreads.
#
# Needs Debian 12's package archive, rustc and a C linker.
# Seen: the text at the end (rustc 1.95).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
# Downloads are made as another user than root where there is one for it.
chmod 755 .
apt-get download --quiet --quiet valgrind=1:3.19.0-1 2> errors || { cat errors; exit 1; }
dpkg-deb --extract valgrind_*.deb tree
export VALGRIND_LIB=$dir/tree/usr/libexec/valgrind
cat > counter.rs <<'RUST'
use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    if std::env::args().nth(1).as_deref() == Some("join") {
        let made = thread::spawn(|| vec![1, 2, 3]).join().unwrap();
        assert_eq!(made.len(), 3);
        return;
    }
    let counter = Arc::new(Mutex::new(0));
    let theirs = counter.clone();
    let add = |counter: &Mutex<i32>| (0..100).for_each(|_| *counter.lock().unwrap() += 1);
    let other = thread::spawn(move || add(&theirs));
    add(&counter);
    other.join().unwrap();
    assert_eq!(*counter.lock().unwrap(), 200);
}
RUST
rustc --edition 2021 -g -O counter.rs
for program in mutex join; do
    for tool in helgrind drd; do
        tree/usr/bin/valgrind --tool=$tool ./counter $program > log 2>&1
        errors=$(sed -n 's/.*ERROR SUMMARY: \([0-9]*\) errors.*/\1/p' log)
        echo "$program, $tool: $([ "$errors" = 0 ] && echo nothing || echo races)"
    done
done | tee seen
cat > expected <<'TEXT'
mutex, helgrind: races
mutex, drd: races
join, helgrind: nothing
join, drd: nothing
TEXT
diff expected seen && echo "as written"
