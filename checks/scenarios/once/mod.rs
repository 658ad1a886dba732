//! Scenarios of what is done once.

mod circular_imports_end;
mod failed_import_is_tried_again;
mod failure_lets_another_try;
mod import_broken_off;
mod interned_text_is_immortal;
mod interned_text_is_one_object;
mod module_runs_once;
mod nested_import_waits;
mod runs_once;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use reports::scenario::Scenario;

use super::containers::{Stage, Work};
use crate::rt::objects::Value;
use crate::rt::objects::interned::Interned;
use crate::rt::protocols::once::Once;
use crate::rt::sync::cell::Cell;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    runs_once::SCENARIO,
    failure_lets_another_try::SCENARIO,
    module_runs_once::SCENARIO,
    circular_imports_end::SCENARIO,
    nested_import_waits::SCENARIO,
    failed_import_is_tried_again::SCENARIO,
    interned_text_is_one_object::SCENARIO,
    interned_text_is_immortal::SCENARIO,
    import_broken_off::SCENARIO,
];

/// A field that is made once.
struct Field {
    once: Once,
    value: Cell<u64>,
}

impl Field {
    fn new() -> Self {
        Self {
            once: Once::new(),
            value: Cell::new("field", 0),
        }
    }

    /// Makes the field, and says how often it was made by now.
    fn make(&self) -> u64 {
        // SAFETY: that the accesses are ordered is the scenario's question.
        self.value.with_mut(|value| unsafe {
            *value += 1;
            *value
        })
    }

    fn read(&self) -> u64 {
        // SAFETY: as above.
        self.value.with(|value| unsafe { *value })
    }
}

/// Interns one text in two threads, each of which looks at what it got; gives both, whose blocks are freed by then.
fn intern_twice(look: impl Fn(Value) + Clone + Send + 'static) -> [Value; 2] {
    let stage = Stage::<2>::new();
    let interned = Arc::new(Interned::new());
    let got = [(); 2].map(|()| Arc::new(Mutex::new(None)));
    let work = got.clone().map(|got| -> Work {
        let (interned, look) = (Arc::clone(&interned), look.clone());
        Box::new(move |ts| {
            let string = interned.get(ts, "text");
            look(string);
            *got.lock().expect("nobody panics") = Some(string);
        })
    });
    let stage = stage.run(work);
    let strings = got.map(|got| got.lock().expect("nobody panics").take().expect("a string"));
    let blocks: BTreeSet<_> = strings
        .iter()
        .filter_map(|string| string.header())
        .collect();
    for block in blocks {
        // SAFETY: the strings are immortal, and nobody uses them from here on.
        unsafe { stage.thread(0).local().free(block.cast()) };
    }
    stage.finish(&[]);
    strings
}
