//! What the tests share.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a model that fails says; it must fail.
pub(crate) fn failure_of(model: impl Fn() + Send + Sync + 'static) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| loom::model(model))).expect_err("the model fails");
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .expect("a message")
}
