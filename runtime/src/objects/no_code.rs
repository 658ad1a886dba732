//! Hooks for threads without an evaluator, as those of the models and of tests are.

use crate::objects::compare;
use crate::objects::hooks::{Error, Hooks};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

/// Hooks for threads that run no Python code: instances have no code, so they compare and hash by identity.
#[derive(Clone, Copy, Debug)]
pub struct NoCode;

impl Hooks for NoCode {
    fn equal(&self, _ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        Ok(left == right)
    }

    fn hash(&self, _ts: &ThreadState, value: Value) -> Result<i64, Error> {
        Ok(compare::hash_identity(value))
    }

    fn finalize(&self, _ts: &ThreadState, _value: Value) {}
}
