//! Programs that once failed, with a fault or without: they hold now, and each still fails with its fault.

use fuzz::program::DictOp::{Get as Look, Insert as Put, Pop as Take};
use fuzz::program::ListOp::{Append, Get, Pop, Set};
use fuzz::program::{Container, DictOp, ListOp, Op, Program};
use fuzz::race::Race;
use reports::plan::World::{Native, Shuttle};

fn on_list(items: &[u8], threads: [&[ListOp]; 2]) -> Program {
    Program {
        container: Container::List(items.to_vec()),
        threads: threads.map(|ops| ops.iter().copied().map(Op::List).collect()),
    }
}

fn on_dict(values: &[u8], threads: [&[DictOp]; 2]) -> Program {
    Program {
        container: Container::Dict((0..).zip(values.iter().copied()).collect()),
        threads: threads.map(|ops| ops.iter().copied().map(Op::Dict).collect()),
    }
}

/// Each with the fault that it was found with.
fn programs() -> [(&'static str, Program); 7] {
    [
        (
            "li1-writer-does-not-mark",
            on_list(&[1], [&[Get(0)], &[Append(10)]]),
        ),
        (
            "li2-reader-does-not-mark",
            on_list(&[1, 1], [&[Set(1, 10), Get(0)], &[Get(1)]]),
        ),
        (
            "li4-append-without-lock",
            on_list(&[], [&[Set(0, 10)], &[Append(10)]]),
        ),
        (
            "qs-array-freed-at-once",
            on_list(&[1], [&[Pop], &[Append(10), Get(0)]]),
        ),
        (
            "di1-key-not-tested",
            on_dict(&[1], [&[Put(3, 10), Take(0)], &[Look(0), Look(1)]]),
        ),
        (
            "di2-reader-does-not-mark",
            on_dict(&[1; 5], [&[Put(5, 10)], &[Look(0)]]),
        ),
        (
            "qs-keys-freed-at-once",
            on_dict(&[1; 5], [&[Put(5, 10)], &[Look(0)]]),
        ),
    ]
}

#[test]
fn they_hold_in_both_worlds() {
    for (fault, program) in programs() {
        for world in [Shuttle, Native] {
            let failure = Race {
                world,
                executions: 200,
                fault: None,
            }
            .run(&program);
            assert!(failure.is_none(), "{fault} in {world}: {failure:?}");
        }
    }
}

#[test]
fn each_still_fails_with_its_fault() {
    for (fault, program) in programs() {
        let race = Race {
            world: Shuttle,
            executions: 400,
            fault: Some(fault),
        };
        assert!(race.run(&program).is_some(), "{fault}");
    }
}
