//! Hints to the processor, which are hints to the checker here.

/// Ends a turn of a waiting loop, like [`thread::yield_now`](crate::thread::yield_now).
#[track_caller]
pub fn spin_loop() {
    crate::thread::yield_now();
}

/// Says that this place is never reached.
///
/// # Safety
/// It must not be reached.
///
/// # Panics
/// If it is.
#[track_caller]
pub unsafe fn unreachable_unchecked() -> ! {
    unreachable!("unreachable_unchecked was reached")
}
