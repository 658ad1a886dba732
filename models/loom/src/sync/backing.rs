//! What differs between loom's atomics of one type and of another.

use record::event::Form;

use super::atomic::Ordering;

/// A loom atomic, and how its values look in the recorder.
pub(super) trait Backing: Sized {
    type Value: Copy + PartialEq;
    const FORM: Form;
    fn new(value: Self::Value) -> Self;
    fn load(&self, order: Ordering) -> Self::Value;
    fn store(&self, value: Self::Value, order: Ordering);
    fn swap(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn compare_exchange(
        &self,
        current: Self::Value,
        new: Self::Value,
        success: Ordering,
        failure: Ordering,
    ) -> Result<Self::Value, Self::Value>;
    /// The value, when nobody else accesses the atomic.
    fn get(&mut self) -> Self::Value;
    /// Changes the value, when nobody else accesses the atomic.
    fn set(&mut self, value: Self::Value);
    fn bits(value: Self::Value) -> u64;
    fn value(bits: u64) -> Self::Value;
}
