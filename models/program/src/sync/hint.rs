//! Waiting in a loop.

/// Lets others run; the caller goes on when no other thread can.
pub fn spin() {
    crate::engine::give_way();
}
