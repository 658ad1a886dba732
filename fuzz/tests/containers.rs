//! Lists and dicts under drawn programs: nothing is found as they are.

use fuzz::draw;
use fuzz::program::Program;
use fuzz::race::Race;
use proptest::strategy::Strategy;
use reports::plan::World::{self, Native, Shuttle};

/// Draws programs in a world; the counterexample is the message.
fn hold(world: World, executions: u64, programs: impl Strategy<Value = Program>, count: u32) {
    let race = Race {
        world,
        executions,
        fault: None,
    };
    if let Some(found) = race.fuzz(programs, count) {
        panic!("{found}");
    }
}

#[test]
fn lists_are_linearizable_under_shuttle() {
    hold(Shuttle, 40, draw::on_list(), 150);
}

#[test]
fn dicts_are_linearizable_under_shuttle() {
    hold(Shuttle, 40, draw::on_dict(), 150);
}

#[test]
fn lists_are_linearizable_on_real_threads() {
    hold(Native, 50, draw::on_list(), 200);
}

#[test]
fn dicts_are_linearizable_on_real_threads() {
    hold(Native, 50, draw::on_dict(), 200);
}
