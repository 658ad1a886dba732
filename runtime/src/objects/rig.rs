//! A thread for unit tests, and the count of what it leaves behind.

use std::ptr::NonNull;

use crate::objects::local::Local;
use crate::objects::no_code::NoCode;
use crate::objects::value::Value;
use crate::objects::{decref, end_thread};
use crate::protocols::runtime::Runtime;
use crate::protocols::thread_state::ThreadState;

/// Runs `body` on a thread of its own runtime; no object may be left.
pub(crate) fn with_thread(body: impl FnOnce(&ThreadState)) {
    with_hooks(&NoCode, body);
}

/// As [`with_thread`], with code behind the hooks.
pub(crate) fn with_hooks(hooks: &dyn super::Hooks, body: impl FnOnce(&ThreadState)) {
    let runtime = Runtime::default();
    // SAFETY: the hooks outlive this call.
    let local = unsafe { Local::new(hooks, 7) };
    // SAFETY: the runtime stays here until the thread is deleted.
    let thread = unsafe { runtime.create_thread(None) };
    thread.bind();
    thread.set_extension(Some(NonNull::from(&local).cast()));
    thread.attach();
    body(&thread);
    end_thread(&thread);
    runtime.delete_thread(thread);
    // SAFETY: the only thread is gone.
    unsafe { runtime.finish() };
    let mut left = 0;
    // SAFETY: nobody else knows the runtime.
    unsafe { runtime.heap.visit(|_| left += 1) };
    assert_eq!(left, 0, "objects left");
}

/// Gives back references.
pub(crate) fn drop_all(ts: &ThreadState, values: impl IntoIterator<Item = Value>) {
    for value in values {
        // SAFETY: the tests own what they give back.
        unsafe { decref(ts, value) };
    }
}

/// A small integer.
pub(crate) fn int(value: i64) -> Value {
    Value::small(value).expect("small")
}

/// The small integers among values.
pub(crate) fn ints(values: &[Value]) -> Vec<i64> {
    values.iter().filter_map(|value| value.as_small()).collect()
}
