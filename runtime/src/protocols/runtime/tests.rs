//! Threads of one runtime that do everything at once.

use super::*;
use crate::protocols::critical_section;
use crate::protocols::object_lock::ObjectLock;
use crate::sync::cell;
use crate::sync::thread::spawn;

const STACK: usize = 256 * 1024;

struct Shared {
    lock: ObjectLock,
    other: ObjectLock,
    value: cell::Cell<u64>,
}

fn run(count: usize, body: fn(&ThreadState, &Shared)) -> u64 {
    let config = Config {
        slots: 1,
        ..Config::default()
    };
    // Both stay for ever: the threads borrow them.
    let runtime: &'static Runtime = Box::leak(Box::new(Runtime::new(config)));
    let shared: &'static Shared = Box::leak(Box::new(Shared {
        lock: ObjectLock::new(),
        other: ObjectLock::new(),
        value: cell::Cell::new("value", 0),
    }));
    let threads: Vec<_> = (0..count)
        .map(|_| {
            spawn("worker", STACK, move || {
                // SAFETY: the runtime is never freed.
                let ts = unsafe { runtime.create_thread(None) };
                ts.bind();
                ts.attach();
                body(&ts, shared);
                ts.exit(&mut |_| (), &mut || ());
                runtime.delete_thread(ts);
            })
            .expect("a thread")
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join());
    // SAFETY: all threads are gone.
    unsafe { runtime.finish() };
    // SAFETY: as above.
    shared.value.with(|value| unsafe { *value })
}

fn add(shared: &Shared) {
    // SAFETY: the test's lock is held.
    shared.value.with_mut(|value| unsafe { *value += 1 });
}

#[test]
fn sections_stops_and_retirement_mix() {
    let total = run(4, |ts, shared| {
        for round in 0..500 {
            critical_section::with_two(ts, &shared.lock, &shared.other, || add(shared));
            critical_section::with_two(ts, &shared.other, &shared.lock, || add(shared));
            let block = ts.local().alloc(Layout::new::<u64>(), Kind::Memory("test"));
            // SAFETY: nobody else knows the block.
            unsafe { qsbr::retire(ts, block) };
            safepoint(ts, |_| ());
            if round % 50 == 0 {
                ts.runtime().world().stop(Some(ts));
                add(shared);
                ts.runtime().world().restart(Some(ts));
            }
        }
    });
    assert_eq!(total, 4 * 1010);
}

#[test]
fn what_is_retired_is_freed_when_the_others_have_moved_on() {
    let pending = run(1, |ts, _| {
        let block = ts.local().alloc(Layout::new::<u64>(), Kind::Memory("test"));
        // SAFETY: nobody else knows the block.
        unsafe { qsbr::retire(ts, block) };
        qsbr::process(ts);
        assert_eq!(ts.retired.len(), 1);
        safepoint(ts, |_| ());
        qsbr::process(ts);
        assert!(ts.retired.is_empty());
    });
    assert_eq!(pending, 0);
}
