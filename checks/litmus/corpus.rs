//! The corpus.

use reports::scenario::Claims;

use super::program::Op::{Load, Store};
use super::program::Order::Relaxed;
use super::program::Program;
use super::{Litmus, run};

const X: usize = 0;
const Y: usize = 1;

macro_rules! corpus {
    ($($name:ident: $source:literal, $places:expr, $registers:literal, $threads:expr, $weak:expr;)+) => {
        /// Every program.
        pub const ALL: &[Litmus] = &[$({
            const PROGRAM: Program = Program {
                name: stringify!($name),
                source: $source,
                places: &$places,
                registers: $registers,
                threads: &$threads,
                weak: &$weak,
            };
            fn body(claims: &Claims) {
                run(&PROGRAM, claims);
            }
            Litmus { program: &PROGRAM, body }
        }),+];
    };
}

corpus! {
    store_buffering: "Sarkar et al. 2011, SB", ["x", "y"], 2, [
        &[Store(X, 1, Relaxed), Load(0, Y, Relaxed)],
        &[Store(Y, 1, Relaxed), Load(1, X, Relaxed)],
    ], ["00 11"];
}
