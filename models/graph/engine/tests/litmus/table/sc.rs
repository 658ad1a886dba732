//! Mixes of SC accesses, SC fences and weaker ones.

use super::{Entry, derived, published};

#[rustfmt::skip]
pub(super) const TABLE: &[Entry] = &[
    published("SC among relaxed observers", "Dat3M litmus/C11/manual/example1.litmus, after Batty, Donaldson, Wickerson, POPL 2016, example 1",
        "Wrlx x 1 || Rrlx x a; Rrlx x b || Wsc x 2; Rsc y c || Wsc y 1; Rsc x d", "a=1 b=2 c=0 d=1", "FAF"),
    published("WWmerge", "PLDI 2017, WWmerge; Dat3M benchmarks/rc11/WWmerge.c",
        "Racq x a; Rsc y b || Wsc x 1; Wsc x 2 || Wsc y 1; Rsc x c", "a=2 b=0 c=0", "FAAF"),
    published("SC fences release", "Miri 0weak_memory/consistency_sc.rs, test_sc_fence_release, by Lahav",
        "Wrlx x 1; Fsc; Wrlx s 1 || Wrlx y 1; Fsc; Wrlx z 1 || Racq s a; Rrlx y b || Racq z c; Rrlx x d", "a=1 b=0 c=1 d=0", "FAF"),
    published("SC accesses and a fence behind a release", "Miri 0weak_memory/consistency_sc.rs, test_sc_fence_access_relacq, by Lahav",
        "Wsc x 1; Rsc y a || Wrlx y 1; Wrel z 1 || Racq z b; Fsc; Rrlx x c", "a=0 b=1 c=0", "FAF"),
    published("SC accesses and two fences", "Miri 0weak_memory/consistency_sc.rs, test_sc_multi_fence, by Lahav",
        "Wsc x 1; Rsc y a || Wrlx y 1; Fsc; Rrlx z b || Wrlx z 1 || Rrlx z c; Fsc; Rrlx x d", "a=0 b=0 c=1 d=0", "FAF"),
    published("SC accesses, a fence and a relaxed read", "Miri 0weak_memory/consistency_sc.rs, test_sc_relaxed",
        "Wrlx y 1; Fsc; Rrlx x a; Facq; Rrlx z b || Wrlx z 1; Wsc x 1; Rsc y c", "b=0 c=0", "FAF"),
    published("The same without the relaxed read", "Miri 0weak_memory/consistency_sc.rs, test_sc_relaxed, comment",
        "Wrlx y 1; Fsc; Facq; Rrlx z b || Wrlx z 1; Wsc x 1; Rsc y c", "b=0 c=0", "FAA"),
    derived("WWmerge with an update", "an update strongly happens before what its thread releases later",
        "Racq x a; Rsc y b || Asc x 1; Wsc x 2 || Wsc y 1; Rsc x c", "a=2 b=0 c=0", "FAAF"),
    derived("WWmerge in one update", "the update's own write is no later operation, so po ; hb ; po does not begin at it",
        "Racq x a; Rsc y b || Asc x 2 p || Wsc y 1; Rsc x c", "a=2 b=0 c=0", "FAA"),
    derived("WWmerge behind a read of the same location", "a load strongly happens before what its thread releases later at the same location",
        "Racq x a; Rsc y b || Rsc x p; Wrel x 2 || Wsc y 1; Wsc x 1", "a=2 b=0 p=0 x=2", "FAA"),
    derived("SC does not make a relaxed read newest", "the relaxed read of y does not synchronize with the SC write",
        "Wsc x 1; Wsc y 1 || Rrlx y a; Rrlx x b", "a=1 b=0", "FFA"),
];
