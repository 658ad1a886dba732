//! The way back up: how the objects below run Python code, through one trait.

use std::ptr::NonNull;

use crate::eval::cx::Cx;
use crate::eval::ops::compare;
use crate::objects::Hooks;
use crate::objects::extras;
use crate::objects::hooks::Error;
use crate::objects::value::Value;
use crate::objects::weakref::Callback;
use crate::protocols::thread_state::ThreadState;
use crate::protocols::weakref::WeakSlot;
use crate::refs::Ref;

/// The evaluator of one thread, as the objects of that thread see it.
pub(crate) struct PythonHooks {
    cx: NonNull<Cx<'static>>,
}

impl PythonHooks {
    /// # Safety
    /// The evaluator stays where it is for as long as the objects of this thread can use the hooks.
    pub(crate) unsafe fn new(cx: &Cx<'_>) -> Self {
        Self {
            cx: NonNull::from(cx).cast(),
        }
    }

    fn cx(&self) -> &Cx<'static> {
        // SAFETY: the clause of `new`; the objects of a thread call their hooks on that thread. Nothing that is reached
        // through the evaluator leaves these functions.
        unsafe { self.cx.as_ref() }
    }
}

/// Both values are lent by whoever asks.
fn lent<'a>(value: &'a Value) -> Ref<'a> {
    // SAFETY: the caller keeps the value alive for the call.
    unsafe { Ref::from_value(*value) }
}

impl Hooks for PythonHooks {
    fn equal(&self, _ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
        compare::equal(self.cx(), lent(&left), lent(&right))
            .map_err(|raised| Error::Raised(raised.0.into_value()))
    }

    fn hash(&self, _ts: &ThreadState, value: Value) -> Result<i64, Error> {
        compare::hash(self.cx(), lent(&value))
            .map_err(|raised| Error::Raised(raised.0.into_value()))
    }

    fn weak_slot<'a>(&self, value: &'a Value) -> Option<&'a WeakSlot> {
        extras::weak(value.as_header()?)
    }

    fn weakref_callbacks(&self, ts: &ThreadState, callbacks: Vec<Callback>) {
        crate::types::weakref::run_callbacks(self.cx(), ts, callbacks);
    }

    fn thread_ends(&self, _ts: &ThreadState) {
        crate::types::thread::let_go(self.cx());
    }

    fn finalize(&self, _ts: &ThreadState, value: Value) {
        let cx = self.cx();
        let object = lent(&value);
        if let Some(finalize) = cx.class_of(object).slot(|slots| slots.finalize) {
            // A finalizer tells of its own exceptions.
            let _ = finalize(cx, object);
        }
    }
}
