//! The table: name, origin, program, outcome, and whether SC, release/acquire, RC11 and C++20
//! allow it (`A`) or forbid it (`F`). Where the last two agree, there is one letter for both.
//!
//! # Origins
//!
//! An entry is *published* when a source gives the verdict for this program under RC11, C11 or
//! a later standard, or release/acquire; *related* when the source gives it for another model, so that only the
//! shape and the verdict are confirmed; *derived* when no source was found, and then it names
//! the rule that it follows from. A source speaks for one column. The column SC is checked
//! against all interleavings, and the column release/acquire against RC11 with every access
//! strengthened, whatever the origin.
//!
//! | in a source | stands for | speaks for |
//! |-------------|------------|------------|
//! | Miri        | rust-lang/rust, `src/tools/miri/tests`; `genmc/..` are GenMC's litmus tests and their results, `0weak_memory/..` is `pass/0weak_memory` | RC11; C++20 |
//! | GenMC       | MPI-SWS/genmc, `tests`; a program in `wrong` has a data race in its plain accesses, one in `correct` has none | RC11 |
//! | Dat3M       | hernanponcedeleon/Dat3M; for `litmus/C11` the results are in `dartagnan/src/test/resources/RC11-expected.csv`, for `benchmarks/rc11` in `RC11Test.java` | RC11 of 2017 |
//! | herd        | gonzalobg/mmfix, `tests`, results of herd7 | RC11 of 2017; at commit 5b58d2d with the release sequences of C++20 |
//! | loom        | tokio-rs/loom, `tests` | C++20 |
//! | cppmem      | goodell/cppmem, the tool of Batty, Owens, Sarkar, Sewell, Weber, POPL 2011 | C++11 |
//! | CDSChecker  | bdemsky/cdschecker, `test` | C++11 |
//! | Rocker      | rymrg/rocker, `examples`; a program that is *not robust* has an execution that SC forbids | release/acquire |
//! | LKMM        | torvalds/linux, `tools/memory-model/litmus-tests` | the Linux kernel's model |
//! | CPython     | python/cpython | C11 |
//! | PLDI 2017   | Lahav, Vafeiadis, Kang, Hur, Dreyer, *Repairing Sequential Consistency in C/C++11*, by the name that it gives the test, as Dat3M, Miri and loom quote it | RC11 |
//!
//! # Where sources and this table differ
//!
//! * RC11 of 2017 lets a thread's own later stores continue a release sequence, C++20 does
//!   not, and neither does this table: see `release_sequences`.
//! * The letter of C++20 orders SC reads through a weaker write that they read; RC11 does not,
//!   and neither does this table's column C++20: see `IRIW+sc reads` and `SB+rfis`.
//! * RC11 wants other locations at both ends of po ; hb ; po, C++20 does not: see `WWmerge`.
//! * In *Taming Release-Acquire Consistency* (POPL 2016) and in Rocker, release/acquire has
//!   fences that restore SC. Here the model has none: an SC fence is one of acq_rel. The
//!   fences of that paper are updates of one location: `SB+updates of one location`.
//! * The Linux kernel's model allows load buffering.

mod buffering;
mod coherence;
mod many;
mod passing;
mod release_sequences;
mod sc;
mod seqlock;
mod writes;

/// Where a verdict comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// This source has the verdict.
    Published(&'static str),
    /// This source has the verdict for another memory model.
    Related(&'static str),
    /// This argument leads to it.
    Derived(&'static str),
}

/// A litmus test.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) origin: Origin,
    pub(crate) program: &'static str,
    pub(crate) outcome: &'static str,
    verdicts: &'static str,
}

impl Entry {
    /// Whether SC, release/acquire, RC11 and C++20 allow the outcome.
    pub(crate) fn allowed(&self) -> [bool; 4] {
        let verdicts: Vec<bool> = self
            .verdicts
            .chars()
            .map(|verdict| verdict == 'A')
            .collect();
        assert!((3..=4).contains(&verdicts.len()), "{}", self.name);
        [0, 1, 2, 3].map(|model: usize| verdicts[model.min(verdicts.len() - 1)])
    }
}

/// All tests.
pub(crate) fn table() -> impl Iterator<Item = &'static Entry> {
    [
        buffering::TABLE,
        passing::TABLE,
        many::TABLE,
        writes::TABLE,
        coherence::TABLE,
        release_sequences::TABLE,
        sc::TABLE,
        seqlock::TABLE,
    ]
    .into_iter()
    .flatten()
}

const fn published(
    name: &'static str,
    source: &'static str,
    program: &'static str,
    outcome: &'static str,
    verdicts: &'static str,
) -> Entry {
    entry(name, Origin::Published(source), program, outcome, verdicts)
}

const fn related(
    name: &'static str,
    source: &'static str,
    program: &'static str,
    outcome: &'static str,
    verdicts: &'static str,
) -> Entry {
    entry(name, Origin::Related(source), program, outcome, verdicts)
}

const fn derived(
    name: &'static str,
    because: &'static str,
    program: &'static str,
    outcome: &'static str,
    verdicts: &'static str,
) -> Entry {
    entry(name, Origin::Derived(because), program, outcome, verdicts)
}

const fn entry(
    name: &'static str,
    origin: Origin,
    program: &'static str,
    outcome: &'static str,
    verdicts: &'static str,
) -> Entry {
    Entry {
        name,
        origin,
        program,
        outcome,
        verdicts,
    }
}
