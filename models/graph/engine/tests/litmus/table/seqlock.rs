//! A seqlock with one writer, after Boehm, *Can Seqlocks Get Along with Programming Language
//! Memory Models?*, MSPC 2012, figure 6. Location `s` is the sequence.

use super::{Entry, derived, published};

#[rustfmt::skip]
pub(super) const TABLE: &[Entry] = &[
    published("Seqlock", "Rocker submission/obs/seqlock_fence.tpl; colesbury/c11-model-checker test/seqlock.c",
        "Wrlx s 1; Frel; Wrlx x 1; Wrlx y 1; Wrel s 2 || Racq s a; Rrlx x b; Rrlx y c; Facq; Rrlx s d", "a=0 b=1 c=0 d=0", "FFF"),
    derived("Seqlock, old value after the end", "stronger than MP+rel+acq on s and x",
        "Wrlx s 1; Frel; Wrlx x 1; Wrlx y 1; Wrel s 2 || Racq s a; Rrlx x b; Rrlx y c; Facq; Rrlx s d", "a=2 b=0 d=2", "FFF"),
    published("Seqlock without the reader's fence", "CPython gh-121368: it was missing, and readers failed on arm64",
        "Wrlx s 1; Frel; Wrlx x 1; Wrlx y 1; Wrel s 2 || Racq s a; Rrlx x b; Rrlx y c; Rrlx s d", "a=0 b=1 d=0", "FFA"),
    published("Seqlock without the writer's fence", "CPython pull request 121388: its author's model needs it",
        "Wrlx s 1; Wrlx x 1; Wrlx y 1; Wrel s 2 || Racq s a; Rrlx x b; Rrlx y c; Facq; Rrlx s d", "a=0 b=1 d=0", "FFA"),
];
