//! The corpus: shapes of the literature, the places where loom is blind, and the races that CPython's authors modelled.

use reports::scenario::Claims;

use super::bad::{read_of_freed, size_too_small, torn};
use super::program::Op::{Add, Cas, Fence, Load, Store, Swap, WeakCas, When};
use super::program::Order::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use super::program::{Program, Verdict};
use super::{Litmus, run};

const X: usize = 0;
const Y: usize = 1;
const Z: usize = 2;

const POWER: &str = "Sarkar et al., Understanding POWER Multiprocessors, PLDI 2011";
const CATS: &str = "Alglave, Maranget, Tautschnig, Herding Cats, TOPLAS 2014";
const RC11: &str = "Lahav et al., Repairing Sequential Consistency in C/C++11, PLDI 2017";
const SEQLOCK: &str =
    "Boehm, Can Seqlocks Get Along with Programming Language Memory Models?, MSPC 2012";
const LOOM_166: &str = "tokio-rs/loom issues 166 and 392";
const LOOM_254: &str = "tokio-rs/loom issue 254";
const GH_112075: &str = "python/cpython issue 112075, modelled by its author for CDSChecker";
const PEP_703: &str = "PEP 703, modelled by its author for CDSChecker";

const NOTHING: &[&str] = &[];

const BASE: Program = Program {
    name: "",
    source: "",
    places: &["x", "y"],
    registers: 2,
    threads: &[],
    weak: NOTHING,
    missed: NOTHING,
    invented: NOTHING,
    bad: None,
};

macro_rules! corpus {
    ($($name:ident: $source:expr, { $($field:ident: $value:expr),+ $(,)? };)+) => {
        /// Every program.
        pub const ALL: &[Litmus] = &[$({
            const PROGRAM: Program = Program {
                name: stringify!($name),
                source: $source,
                $($field: $value,)+
                ..BASE
            };
            fn body(claims: &Claims) {
                run(&PROGRAM, claims);
            }
            Litmus { program: &PROGRAM, body }
        }),+];
    };
}

corpus! {
    store_buffering: POWER, {
        threads: &[
            &[Store(X, 1, Relaxed), Load(0, Y, Relaxed)],
            &[Store(Y, 1, Relaxed), Load(1, X, Relaxed)],
        ],
        weak: &["00 11"],
    };
    store_buffering_fenced: RC11, {
        threads: &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Load(0, Y, Relaxed)],
            &[Store(Y, 1, Relaxed), Fence(SeqCst), Load(1, X, Relaxed)],
        ],
    };
    store_buffering_half_fenced: RC11, {
        threads: &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Load(0, Y, Relaxed)],
            &[Store(Y, 1, Relaxed), Fence(AcqRel), Load(1, X, Relaxed)],
        ],
        weak: &["00 11"],
    };
    message_passing: POWER, {
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(0, Y, Relaxed), Load(1, X, Relaxed)],
        ],
        weak: &["10 11"],
    };
    message_passing_ordered: POWER, {
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release)],
            &[Load(0, Y, Acquire), Load(1, X, Relaxed)],
        ],
    };
    message_passing_fenced: POWER, {
        threads: &[
            &[Store(X, 1, Relaxed), Fence(Release), Store(Y, 1, Relaxed)],
            &[Load(0, Y, Relaxed), Fence(Acquire), Load(1, X, Relaxed)],
        ],
    };
    message_passing_unacquired: POWER, {
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release)],
            &[Load(0, Y, Relaxed), Load(1, X, Relaxed)],
        ],
        weak: &["10 11"],
    };
    load_buffering: POWER, {
        threads: &[
            &[Load(0, X, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(1, Y, Relaxed), Store(X, 1, Relaxed)],
        ],
    };
    // With independent writers it would take four threads, and loom has three.
    iriw_of_one_writer: POWER, {
        registers: 4,
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(0, X, Relaxed), Load(1, Y, Relaxed)],
            &[Load(2, Y, Relaxed), Load(3, X, Relaxed)],
        ],
        weak: &["0010 11", "0110 11", "1010 11", "1110 11"],
    };
    iriw_of_one_writer_fenced: RC11, {
        registers: 4,
        threads: &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Store(Y, 1, Relaxed)],
            &[Load(0, X, Relaxed), Fence(SeqCst), Load(1, Y, Relaxed)],
            &[Load(2, Y, Relaxed), Fence(SeqCst), Load(3, X, Relaxed)],
        ],
    };
    write_to_read_causality: POWER, {
        registers: 3,
        threads: &[
            &[Store(X, 1, Relaxed)],
            &[Load(0, X, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(1, Y, Relaxed), Load(2, X, Relaxed)],
        ],
        weak: &["110 11"],
    };
    write_to_read_causality_ordered: POWER, {
        registers: 3,
        threads: &[
            &[Store(X, 1, Relaxed)],
            &[Load(0, X, Relaxed), Store(Y, 1, Release)],
            &[Load(1, Y, Acquire), Load(2, X, Relaxed)],
        ],
    };
    coherence_read_read: CATS, {
        places: &["x"],
        threads: &[
            &[Store(X, 1, Relaxed), Store(X, 2, Relaxed)],
            &[Load(0, X, Relaxed), Load(1, X, Relaxed)],
        ],
    };
    coherence_read_write: CATS, {
        places: &["x"],
        registers: 1,
        threads: &[
            &[Load(0, X, Relaxed), Store(X, 1, Relaxed)],
            &[Store(X, 2, Relaxed)],
        ],
    };
    coherence_write_read: CATS, {
        places: &["x"],
        registers: 1,
        threads: &[
            &[Store(X, 1, Relaxed), Load(0, X, Relaxed)],
            &[Store(X, 2, Relaxed)],
        ],
    };
    coherence_write_write: CATS, {
        places: &["x"],
        registers: 1,
        threads: &[
            &[Store(X, 1, Relaxed), Store(X, 2, Relaxed)],
            &[Load(0, X, Relaxed)],
        ],
    };
    two_plus_two_writes: CATS, {
        registers: 0,
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 2, Relaxed)],
            &[Store(Y, 1, Relaxed), Store(X, 2, Relaxed)],
        ],
        weak: &[" 11"],
    };
    r: CATS, {
        registers: 1,
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Relaxed)],
            &[Store(Y, 2, Relaxed), Load(0, X, Relaxed)],
        ],
        weak: &["0 12"],
    };
    s: CATS, {
        registers: 1,
        threads: &[
            &[Store(X, 2, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(0, Y, Relaxed), Store(X, 1, Relaxed)],
        ],
        weak: &["1 21"],
    };
    s_ordered: CATS, {
        registers: 1,
        threads: &[
            &[Store(X, 2, Relaxed), Store(Y, 1, Release)],
            &[Load(0, Y, Acquire), Store(X, 1, Relaxed)],
        ],
    };
    release_sequence: "C++20, [atomics.order]", {
        registers: 3,
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release)],
            &[Add(0, Y, 1, Relaxed)],
            &[Load(1, Y, Acquire), Load(2, X, Relaxed)],
        ],
    };
    release_sequence_ended: "C++20, [atomics.order]: a store of the same thread ends it", {
        registers: 3,
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release), Store(Y, 3, Relaxed)],
            &[Load(0, Y, Acquire), When(0, 3, &[Load(1, X, Relaxed)])],
        ],
        weak: &["300 13"],
    };
    release_sequence_not_ended: "loom: a store by `swap`, since another thread adds, does not end it", {
        registers: 3,
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release), Store(Y, 3, Relaxed)],
            &[Load(0, Y, Acquire), When(0, 3, &[Load(1, X, Relaxed)])],
            &[Add(2, Y, 1, Relaxed)],
        ],
        weak: &["300 13", "301 13", "303 14"],
        missed: &["300 13", "301 13", "303 14"],
    };
    two_adders: "each of two read-modify-writes reads the other's or the initial value", {
        places: &["x"],
        threads: &[&[Add(0, X, 1, Relaxed)], &[Add(1, X, 1, Relaxed)]],
    };
    load_then_store: LOOM_166, {
        registers: 4,
        threads: &[
            &[Load(0, X, Acquire), Load(1, Y, Acquire)],
            &[Load(2, X, Relaxed), Load(3, Y, Relaxed), Store(X, 1, Release), Store(Y, 1, Release)],
        ],
    };
    load_then_cas: LOOM_166, {
        registers: 4,
        threads: &[
            &[Load(0, X, Acquire), Load(1, Y, Acquire)],
            &[Load(2, X, Relaxed), Cas(2, X, 0, 1, Release), Load(3, Y, Relaxed), Cas(3, Y, 0, 1, Release)],
        ],
    };
    load_then_store_three: LOOM_166, {
        registers: 4,
        threads: &[
            &[Load(0, X, Relaxed), Store(X, 1, Relaxed)],
            &[Load(1, X, Relaxed), Store(X, 2, Relaxed)],
            &[Load(2, X, Relaxed), Load(3, X, Relaxed)],
        ],
    };
    // 2 is overwritten by 1, since its thread reads 1 later, and 1 by 3: the last value is 3.
    third_store: "loom: what it learns about the order of two stores it does not carry on to a third", {
        places: &["x"],
        threads: &[
            &[Store(X, 1, Relaxed)],
            &[Store(X, 2, Relaxed), Load(0, X, Relaxed)],
            &[Load(1, X, Relaxed), Store(X, 3, Relaxed)],
        ],
        invented: &["11 1"],
    };
    swap_against_store: LOOM_254, {
        places: &["x"],
        registers: 1,
        threads: &[&[Store(X, 1, Relaxed)], &[Swap(0, X, 2, Relaxed)]],
    };
    nine_stores: "loom: seven stores of a location are remembered", {
        threads: &[
            &[
                Store(X, 1, Relaxed), Store(X, 2, Relaxed), Store(X, 3, Relaxed), Store(X, 4, Relaxed),
                Store(X, 5, Relaxed), Store(X, 6, Relaxed), Store(X, 7, Relaxed), Store(X, 8, Relaxed),
                Store(X, 9, Relaxed), Store(Y, 1, Relaxed),
            ],
            &[Load(0, Y, Relaxed), When(0, 1, &[Load(1, X, Relaxed)])],
        ],
        weak: &["10 91", "11 91", "12 91", "13 91", "14 91", "15 91", "16 91", "17 91", "18 91"],
        missed: &["10 91", "11 91", "12 91"],
    };
    cas_against_cas: "of two compare-exchanges one succeeds", {
        places: &["x"],
        threads: &[&[Cas(0, X, 0, 1, Relaxed)], &[Cas(1, X, 0, 2, Relaxed)]],
    };
    spurious_failure: "C++20, [atomics.types.operations]: the weak form may fail spuriously", {
        places: &["x"],
        threads: &[&[WeakCas(0, X, 0, 1, Relaxed)], &[WeakCas(1, X, 1, 2, Relaxed)]],
    };
    stale_failure: "C++20, [atomics.types.operations]: a failed compare-exchange is a load", {
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(0, Y, Relaxed), When(0, 1, &[Cas(1, X, 2, 3, Relaxed)])],
        ],
        weak: &["10 11"],
        missed: &["10 11"],
    };
    seqlock: SEQLOCK, {
        places: &["version", "low", "high"],
        registers: 4,
        threads: &[
            &[
                Store(X, 1, Relaxed), Fence(Release),
                Store(Y, 1, Relaxed), Store(Z, 1, Relaxed), Store(X, 2, Release),
            ],
            &[
                Load(0, X, Acquire), Load(1, Y, Relaxed), Load(2, Z, Relaxed),
                Fence(Acquire), Load(3, X, Relaxed),
            ],
        ],
        bad: Some((torn, Verdict::Never)),
    };
    seqlock_unfenced: SEQLOCK, {
        places: &["version", "low", "high"],
        registers: 4,
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Relaxed), Store(Z, 1, Relaxed), Store(X, 2, Release)],
            &[Load(0, X, Acquire), Load(1, Y, Relaxed), Load(2, Z, Relaxed), Load(3, X, Relaxed)],
        ],
        weak: &["0010 211", "0100 211", "0110 211"],
        bad: Some((torn, Verdict::Weak)),
    };
    dict_value: PEP_703, {
        places: &["value", "slot"],
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release)],
            &[Load(0, Y, Acquire), When(0, 1, &[Load(1, X, Relaxed)])],
        ],
        bad: Some((|r| r[0] == 1 && r[1] == 0, Verdict::Never)),
    };
    dict_value_relaxed: PEP_703, {
        places: &["value", "slot"],
        threads: &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(0, Y, Acquire), When(0, 1, &[Load(1, X, Relaxed)])],
        ],
        weak: &["10 11"],
        bad: Some((|r| r[0] == 1 && r[1] == 0, Verdict::Weak)),
    };
    usable_size: GH_112075, {
        places: &["entries", "taken"],
        registers: 4,
        threads: &[
            &[Load(2, X, Relaxed), Store(X, 1, Release), Load(3, Y, Relaxed), Store(Y, 1, Release)],
            &[Load(0, Y, Acquire), Load(1, X, Acquire)],
        ],
        bad: Some((size_too_small, Verdict::Never)),
    };
    usable_size_relaxed_store: GH_112075, {
        places: &["entries", "taken"],
        registers: 4,
        threads: &[
            &[Load(2, X, Relaxed), Store(X, 1, Release), Load(3, Y, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(0, Y, Acquire), Load(1, X, Acquire)],
        ],
        weak: &["1000 11"],
        bad: Some((size_too_small, Verdict::Weak)),
    };
    usable_size_relaxed_loads: GH_112075, {
        places: &["entries", "taken"],
        registers: 4,
        threads: &[
            &[Load(2, X, Relaxed), Store(X, 1, Release), Load(3, Y, Relaxed), Store(Y, 1, Release)],
            &[Load(0, Y, Relaxed), Load(1, X, Relaxed)],
        ],
        weak: &["1000 11"],
        bad: Some((size_too_small, Verdict::Weak)),
    };
    usable_size_swapped: GH_112075, {
        places: &["entries", "taken"],
        registers: 4,
        threads: &[
            &[Load(3, Y, Relaxed), Store(Y, 1, Release), Load(2, X, Relaxed), Store(X, 1, Release)],
            &[Load(0, Y, Acquire), Load(1, X, Acquire)],
        ],
        bad: Some((size_too_small, Verdict::Interleaved)),
    };
    quiescence: PEP_703, {
        places: &["attached", "unlinked", "freed"],
        registers: 3,
        threads: &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Load(0, Y, Acquire), When(0, 0, &[Load(1, Z, Relaxed)])],
            &[Store(Y, 1, Relaxed), Fence(SeqCst), Load(2, X, Relaxed), When(2, 0, &[Store(Z, 1, Relaxed)])],
        ],
        bad: Some((read_of_freed, Verdict::Never)),
    };
    quiescence_unfenced: PEP_703, {
        places: &["attached", "unlinked", "freed"],
        registers: 3,
        threads: &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Load(0, Y, Acquire), When(0, 0, &[Load(1, Z, Relaxed)])],
            &[Store(Y, 1, Relaxed), Load(2, X, Relaxed), When(2, 0, &[Store(Z, 1, Relaxed)])],
        ],
        weak: &["000 111", "010 111"],
        bad: Some((read_of_freed, Verdict::Weak)),
    };
    quiescence_ignored: PEP_703, {
        places: &["attached", "unlinked", "freed"],
        registers: 3,
        threads: &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Load(0, Y, Acquire), When(0, 0, &[Load(1, Z, Relaxed)])],
            &[Store(Y, 1, Relaxed), Fence(SeqCst), Store(Z, 1, Relaxed)],
        ],
        bad: Some((read_of_freed, Verdict::Interleaved)),
    };
}
