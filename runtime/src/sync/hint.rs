//! Waiting in a loop.

/// Tells the scheduler that the caller can only go on after another thread has.
///
/// Every waiting loop calls this once a round; a checker uses it to know that the loop waits.
#[inline]
pub fn spin() {
    std::hint::spin_loop();
}
