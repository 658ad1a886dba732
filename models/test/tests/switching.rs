//! `switch`: the same code on the standard library and in a model.

raddle_test::switch! {
    #[cfg(any())]
    pub(crate) mod plain;
}
raddle_test::switch! {
    #[cfg(all())]
    pub(crate) mod modelled;
}

/// A once-only hand-over, written once for both.
macro_rules! hand_over {
    ($primitives:ident) => {{
        use $primitives::cell::UnsafeCell;
        use $primitives::sync::Arc;
        use $primitives::sync::atomic::{AtomicBool, Ordering};
        use $primitives::{named, thread};

        struct Slot(UnsafeCell<u32>, AtomicBool);
        // SAFETY: the flag hands the cell over.
        unsafe impl Send for Slot {}
        // SAFETY: as above.
        unsafe impl Sync for Slot {}

        let slot = named("slot", || Slot(UnsafeCell::new(0), AtomicBool::new(false)));
        let slot = Arc::new(slot);
        let other = Arc::clone(&slot);
        let thread = thread::spawn(move || {
            // SAFETY: nobody reads before the flag is set.
            other.0.with_mut(|data| unsafe { *data = 7 });
            // ORDERING: with the load below.
            other.1.store(true, Ordering::Release);
        });
        // ORDERING: with the store above.
        if slot.1.load(Ordering::Acquire) {
            // SAFETY: the flag is set.
            assert_eq!(slot.0.with(|data| unsafe { *data }), 7);
        }
        thread.join().unwrap();
    }};
}

#[test]
fn it_works_outside_of_a_model() {
    hand_over!(plain);
}

#[raddle_test::test(expect = "exhaustive")]
fn it_holds_in_a_model() {
    hand_over!(modelled);
}
