#!/usr/bin/env bash
# loom 0.7.3, shuttle 0.9.9: what the standard library allows to fail or to wake early never does so in a model.
#
# The guess: a checker that looks at all executions looks at those in which a weak exchange fails without a cause, a wait
# ends by its timeout and a wait ends for no reason. Neither shows any of them. Code that must loop and does not passes, and
# a wait that only its timeout would end is a deadlock. A poisoned lock is an `Err` in shuttle; in loom, `lock` panics.
#
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2021"
[dependencies]
loom = "=0.7.3"
shuttle = "=0.9.9"
TOML
cat > src/main.rs <<'RUST'
use std::collections::BTreeSet;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::time::Duration;

type Seen = std::sync::Arc<std::sync::Mutex<BTreeSet<String>>>;

/// All answers of `ask` over the executions that `model` looks at, or what stops it.
fn answers<A, M>(question: &str, model: M, ask: A)
where
    A: Fn() -> String + Send + Sync + 'static,
    M: FnOnce(Box<dyn Fn() + Send + Sync>),
{
    let seen = Seen::default();
    let record = seen.clone();
    let run = move || {
        let answer = ask();
        record.lock().unwrap().insert(answer);
    };
    let stopped = catch_unwind(AssertUnwindSafe(|| model(Box::new(run)))).err();
    let told = stopped.map(|panic| match panic.downcast_ref::<String>() {
        Some(text) if text.starts_with("deadlock") => "deadlock",
        Some(text) if text.contains("PoisonError") => "lock panics",
        _ => "something else",
    });
    match told {
        Some(told) => println!("{question}: {told}"),
        None => println!("{question}: {:?}", seen.lock().unwrap()),
    }
}

macro_rules! questions {
    ($name:literal, $checker:ident, $model:expr) => {
        answers(concat!($name, ", a weak exchange alone"), $model, || {
            let word = $checker::sync::atomic::AtomicUsize::new(0);
            let result = word.compare_exchange_weak(0, 1, Relaxed, Relaxed);
            format!("{result:?}")
        });
        answers(concat!($name, ", a wait without a loop around it"), $model, || {
            let shared = $checker::sync::Arc::new(($checker::sync::Mutex::new(false), $checker::sync::Condvar::new()));
            let theirs = shared.clone();
            let other = $checker::thread::spawn(move || {
                *theirs.0.lock().unwrap() = true;
                theirs.1.notify_one();
            });
            let mut ready = shared.0.lock().unwrap();
            if !*ready {
                ready = shared.1.wait(ready).unwrap();
            }
            let answer = *ready;
            drop(ready);
            other.join().unwrap();
            answer.to_string()
        });
        answers(concat!($name, ", a timed wait that nobody ends"), $model, || {
            let lock = $checker::sync::Mutex::new(());
            let (_guard, result) = $checker::sync::Condvar::new()
                .wait_timeout(lock.lock().unwrap(), Duration::from_millis(1))
                .unwrap();
            result.timed_out().to_string()
        });
        answers(concat!($name, ", whether a poisoned lock is an error"), $model, || {
            let lock = $checker::sync::Mutex::new(());
            let _ = catch_unwind(AssertUnwindSafe(|| {
                let _guard = lock.lock();
                panic!("on purpose");
            }));
            let answer = lock.lock().is_err();
            answer.to_string()
        });
    };
}

fn main() {
    use std::sync::atomic::Ordering::Relaxed;
    std::panic::set_hook(Box::new(|_| {}));
    questions!("loom", loom, |run| loom::model(run));
    questions!("shuttle", shuttle, |run| shuttle::check_dfs(run, None));
}
RUST
cat > expected <<'TEXT'
loom, a weak exchange alone: {"Ok(0)"}
loom, a wait without a loop around it: {"true"}
loom, a timed wait that nobody ends: deadlock
loom, whether a poisoned lock is an error: lock panics
shuttle, a weak exchange alone: {"Ok(0)"}
shuttle, a wait without a loop around it: {"true"}
shuttle, a timed wait that nobody ends: deadlock
shuttle, whether a poisoned lock is an error: {"true"}
TEXT
cargo run --quiet 2> errors | tee seen || { cat errors; exit 1; }
diff expected seen && echo "as written"
