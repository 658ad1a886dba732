//! Natively the facade costs nothing: fast paths compile to the machine code of the same written by hand.

#![cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]

use std::slice;

use checks_native::cost;

/// The code of a function up to its first return, which ends the path that nothing slow is on.
fn code(function: *const ()) -> &'static [u8] {
    let start = function.cast::<u8>();
    let is_return: fn(&[u8]) -> bool = if cfg!(target_arch = "x86_64") {
        |bytes| bytes.ends_with(&[0xc3])
    } else {
        |bytes| bytes.len() % 4 == 0 && bytes.ends_with(&0xd65f_03c0_u32.to_le_bytes())
    };
    (1..4096)
        // SAFETY: the bytes belong to a function, which has not ended before its return.
        .map(|length| unsafe { slice::from_raw_parts(start, length) })
        .find(|bytes| is_return(bytes))
        .expect("a fast path returns soon")
}

#[test]
fn taking_a_reference_costs_what_it_costs_by_hand() {
    let facade = code(cost::incref as *const ());
    let by_hand = code(cost::incref_by_hand as *const ());
    assert_eq!(facade, by_hand);
}

#[test]
fn a_site_and_a_fault_cost_nothing() {
    let facade = code(cost::is_unique as *const ());
    let by_hand = code(cost::is_unique_by_hand as *const ());
    assert_eq!(facade, by_hand);
}

#[test]
fn names_labels_and_locks_in_traces_cost_nothing() {
    let facade = code(cost::named_addition as *const ());
    let by_hand = code(cost::addition_by_hand as *const ());
    assert_eq!(facade, by_hand);
}

#[test]
fn a_recorder_would_be_noticed() {
    let recorded = code(cost::incref_recorded as *const ());
    let by_hand = code(cost::incref_by_hand as *const ());
    assert_ne!(recorded, by_hand);
}
