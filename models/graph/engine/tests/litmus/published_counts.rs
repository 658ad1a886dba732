//! Numbers of executions that GenMC reports, as Miri's tests record them
//! (rust-lang/rust, `src/tools/miri/tests/genmc/pass/litmus`): the `.stderr` of the test, or
//! what a comment in it says. GenMC explores the same graphs under RC11, so the numbers must be
//! the same. One is not, `Z6_U`, and there GenMC is stricter than RC11: see the test.

use graph_engine::Mode::{self, Acquire, Relaxed, Release};
use graph_engine::{Config, Engine, Location, Model, fence, spawn};

use crate::{explored, notation};

/// The test, its program, and the number of its executions under RC11.
#[rustfmt::skip]
const COUNTS: &[(&str, &str, u64)] = &[
    ("2cowr", "Racq y a || Racq x b || Wrel x 1 || Wrel y 1", 4),
    ("2w2w_4rel", "Wrel y 1; Wrel x 2 || Wrel x 1; Wrel y 2", 4),
    ("2w2w_4sc", "Wsc x 1; Wsc y 2 || Wsc y 1; Wsc x 2", 3),
    ("2w2w_3sc_1rel, release1", "Wsc x 1; Wsc y 2 || Wrel y 1; Wsc x 2", 4),
    ("2w2w_3sc_1rel, release2", "Wsc x 1; Wsc y 2 || Wsc y 1; Wrel x 2", 4),
    ("IRIW-acq-sc", "Wsc x 1 || Racq x a; Rsc y b || Racq y c; Rsc x d || Wsc y 1", 16),
    ("IRIWish", "Wrlx x 1 || Rrlx x a; Wrel y a || Rrlx x b; Far; Rrlx y c || Rrlx y d; Far; Rrlx x p", 28),
    ("LB", "Racq y a; Wrel x 2 || Racq x b; Wrel y 1", 3),
    ("LB_incMPs", "Racq x a; Aar z 1 p || Aar z 1 q; Wrel y 1 || Racq y b; Aar s 1 r || Aar s 1 t; Wrel x 1", 15),
    ("Z6_acq", "Wrlx x 1; Fsc; Wrlx y 1 || Racq y a; Wrlx z 1 || Wrlx z 2; Fsc; Rrlx x b", 7),
    ("cii", "Crlx x 1 2 a || Arlx x 1 b || Arlx x 1 c", 6),
    ("corr1", "Wrel x 1 || Wrel x 2 || Racq x a; Racq x b || Racq x c", 36),
    ("corr2", "Wrel x 1 || Wrel x 2 || Racq x a; Racq x b || Racq x c; Racq x d", 72),
    ("cumul-release", "Wrlx x 1; Wrel y 1 || Rrlx y a; Wrlx z a || Rrlx z b; Far; Rrlx x c", 8),
    ("default", "Racq x a; Racq x b || Wrel x 1 || Wrel x 2", 12),
    ("fr_w_w_w_reads", "Wrlx x 1 || Wrlx x 2 || Wrlx x 3 || Rrlx x a; Rrlx x b; Rrlx x c; Rrlx x d", 210),
    ("inc_inc_RR_W_RR", "Arlx x 1 p || Arlx x 1 q || Rrlx x a; Rrlx x b || Wrlx x 42 || Rrlx x c; Rrlx x d", 600),
    ("viktor-relseq", "Aacq x 1 a; Arlx x 1 b || Arlx x 1 c; Arlx x 1 d || Arel x 1 p || Arlx x 1 q", 180),
];

#[test]
fn counts_are_those_of_genmc() {
    for &(name, program, expected) in COUNTS {
        let program = notation::program(program).expect(name);
        for model in [Model::Rc11, Model::Cpp20] {
            let found = explored::explore(model, &program, &Vec::new()).expect(name);
            assert_eq!(found.graphs, expected, "{name} in {model:?}");
        }
    }
}

fn explore_z6_u(model: Model, outcome: &str) -> explored::Found {
    let text = "Wsc x 1; Wrel y 1 || Asc y 1 b; Rrlx y c || Wsc y 3; Rsc x a";
    let program = notation::program(text).expect("a program");
    let outcome = notation::outcome(outcome).expect("an outcome");
    explored::explore(model, &program, &outcome).expect("an exploration")
}

/// GenMC finds 22 executions, and 18 without weak memory. herd7 finds 24 (gonzalobg/mmfix,
/// `tests/pldi17/z6.u.litmus.expected`), and so does this engine. The other two are those in
/// which the update reads 1, the store of 3 comes later, and x is read as 0. One of them is
/// the outcome that the paper on RC11 wants allowed. GenMC forbids both, because its psc has
/// `po ; hb ; po` where RC11 has po between different locations (MPI-SWS/kater,
/// `kat/rc11-genmc.kat`): an update's read and write are in po, too. In C++20 they
/// are one operation, so it has 24 as well.
#[test]
fn z6_u() {
    assert_eq!(explore_z6_u(Model::Sc, "").graphs, 18);
    for model in [Model::Rc11, Model::Cpp20] {
        assert_eq!(explore_z6_u(model, "").graphs, 22 + 2);
        for outcome in ["a=0 b=1 c=3 y=3", "a=0 b=1 c=2 y=3"] {
            assert!(explore_z6_u(model, outcome).outcome, "{outcome}");
        }
    }
}

/// Thread 1 of the `MPU` tests: its release is followed by a relaxed store.
fn publish(x: Location, y: Location) {
    x.store(1, Relaxed);
    y.store(0, Release);
    y.store(1, Relaxed);
}

fn graphs(body: impl Fn(Location, Location) + Send + Sync + 'static) -> u64 {
    let exploration = Engine::explore(Config::new(Model::Rc11), move || {
        body(Location::new("x", 0), Location::new("y", 0));
    });
    exploration.counts.graphs()
}

/// `MPU_rels_acq`. With the release sequences of C++11, the store of 2 would come after the
/// store of 1 whenever it is made, and there would be one execution less.
#[test]
fn mpu_rels_acq() {
    let found = graphs(|x, y| {
        spawn(move || publish(x, y));
        spawn(move || y.fetch_add(1, Relaxed));
        spawn(move || {
            if y.load(Acquire) > 1 {
                x.store(2, Relaxed);
            }
        });
    });
    assert_eq!(found, 13);
}

/// `MPU2_rels_acqf`, where two compare-exchanges follow each other.
#[test]
fn mpu2_rels_acqf() {
    let exchange = |y: Location, from, to| {
        move || {
            let _ = y.compare_exchange(from, to, Relaxed, Relaxed);
        }
    };
    let found = graphs(move |x, y| {
        spawn(move || publish(x, y));
        spawn(exchange(y, 2, 3));
        spawn(exchange(y, 1, 2));
        spawn(move || {
            if y.load(Acquire) > 2 {
                fence(Mode::Acquire);
                x.store(2, Relaxed);
            }
        });
    });
    assert_eq!(found, 36);
}
