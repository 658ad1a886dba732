//! Release sequences: in C++20, updates continue them and nothing else does.

use super::{Entry, derived, published};

#[rustfmt::skip]
pub(super) const TABLE: &[Entry] = &[
    published("Release sequence", "herd cpp17/mp-release-sequence-external-add.litmus: never",
        "Wrlx x 1; Wrel y 1 || Arlx y 1 a || Racq y b; Rrlx x c", "b=2 c=0", "FFF"),
    published("Release sequence of an own update", "herd cpp17/mp-release-sequence-add.litmus: never",
        "Wrlx x 1; Wrel y 1; Arlx y 1 p || Racq y b; Rrlx x c", "b=2 c=0", "FFF"),
    published("Release sequence of own and other updates", "herd cpp17/mp-release-sequence-add-and-external-add.litmus: never",
        "Wrlx x 1; Wrel y 1; Arlx y 1 p || Arlx y 1 q || Racq y b; Rrlx x c", "b=3 c=0", "FFF"),
    derived("Release sequence of two updates", "rs: rf ; rmw twice",
        "Wrlx x 1; Wrel y 1 || Arlx y 1 p || Arlx y 1 q || Racq y b; Rrlx x c", "b=3 c=0", "FFF"),
    published("MPU+relf+acq", "GenMC correct/litmus/MPU+relf+acq",
        "Wrlx x 1; Frel; Wrlx y 1 || Arlx y 1 a || Racq y b; Rrlx x c", "b=2 c=0", "FFF"),
    derived("MPU+rel+acqf", "rs, then sw to an acquire fence",
        "Wrlx x 1; Wrel y 1 || Arlx y 1 a || Rrlx y b; Facq; Rrlx x c", "b=2 c=0", "FFF"),
    published("MPU+rlx+acq", "GenMC wrong/MPU+rlx+acq",
        "Wrlx x 1; Wrlx y 1 || Arlx y 1 p || Racq y b; Rrlx x c", "b=2 c=0", "FFA"),
    published("MPU+rel+rlx", "GenMC wrong/MPU+rel+rlx",
        "Wrlx x 1; Wrel y 1 || Arlx y 1 p || Rrlx y b; Rrlx x c", "b=2 c=0", "FFA"),
    published("Release sequence ended by the same thread", "C++23 standard, annex C, [diff.cpp17.basic]; P0982R1. Forbidden in RC11 of 2017: herd cpp17/mp-release-sequence-store.litmus",
        "Wrlx x 1; Wrel y 1; Wrlx y 2 || Racq y b; Rrlx x c", "b=2 c=0", "FFA"),
    published("Release sequence ended by another thread", "herd cpp17/mp-release-sequence-external-store.litmus: sometimes",
        "Wrlx x 1; Wrel y 1 || Wrlx y 2 || Racq y a; Rrlx x b; Rrlx y c", "a=2 b=0", "AAA"),
    published("Update, then a store", "herd dat3m/manual/imm-R2.litmus at 5b58d2d: sometimes. Never in RC11 of 2017: the same, and Dat3M",
        "Wrlx y 1; Wrel x 1 || Aar x 1 a; Wrlx x 3 || Racq x b; Rrlx y c", "a=1 b=3 c=0", "FFA"),
    published("Fence, update, then a store", "Dat3M litmus/C11/manual/imm-R2-alt.litmus",
        "Wrlx y 1; Wrel x 1 || Frel; Aacq x 1 a; Wrlx x 3 || Racq x b; Rrlx y c", "a=1 b=3 c=0", "FFA"),
    derived("Release sequence from before the release", "the update is before the release, and of another location",
        "Wrlx x 1; Arlx y 1 p; Wrel z 1 || Racq y b; Rrlx x c", "b=1 c=0", "FFA"),
];
