//! The oracles of the code itself: its claims and its panics.

use std::sync::Arc;

use checks_shuttle::rt::sync::atomic::{AtomicU64, Ordering};
use reports::failure::FailureKind;

use Ordering::Relaxed;

use crate::common::{fails, run, threads};

#[test]
fn a_panic_of_the_code_is_a_failure_of_its_own_kind() {
    let exploration = run(|_| threads([Box::new(|| assert_eq!(1 + 1, 3, "sums"))]));
    let failure = fails(&exploration, FailureKind::Panic);
    assert!(failure.detail.contains("sums"), "{failure:#?}");
}

#[test]
fn a_broken_claim_is_a_claim() {
    let exploration = run(|claims| {
        let word = Arc::new(AtomicU64::new("word", 0));
        let other = Arc::clone(&word);
        let add = |word: &AtomicU64| {
            let old = word.load(Relaxed);
            word.store(old + 1, Relaxed);
        };
        threads([
            Box::new({
                let word = Arc::clone(&word);
                move || add(&word)
            }),
            Box::new(move || add(&other)),
        ]);
        let sum = word.load(Relaxed);
        claims.always("no update is lost", sum == 2, || {
            format!("the sum is {sum}")
        });
    });
    let failure = fails(&exploration, FailureKind::Claim);
    assert_eq!(failure.detail, "the sum is 1");
}
