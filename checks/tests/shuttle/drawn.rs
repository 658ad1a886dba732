//! Depth-first search skips schedules that come to the same; here is what it must not lose: every outcome of programs
//! that are drawn at random, as an enumeration of all their interleavings finds them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use checks_shuttle::rt::sync::atomic::{AtomicU64, Ordering};
use reports::plan::Coverage;
use reports::scenario::Claims;

use Ordering::Relaxed;

use crate::common::{run, spawn};

/// One operation of a drawn program.
#[derive(Clone, Copy, Debug)]
enum Op {
    Load(usize),
    Store(usize, u64),
    Add(usize),
    Exchange(usize, u64, u64),
}

type Program = Vec<Vec<Op>>;

thread_local! {
    static PROGRAM: RefCell<Program> = const { RefCell::new(Vec::new()) };
}

/// A small generator of numbers.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % bound
    }

    fn op(&mut self) -> Op {
        let place = self.below(3) as usize;
        match self.below(4) {
            0 => Op::Load(place),
            1 => Op::Store(place, 1 + self.below(3)),
            2 => Op::Add(place),
            _ => Op::Exchange(place, self.below(2), 5 + self.below(3)),
        }
    }

    fn program(&mut self) -> Program {
        let threads = 2 + self.below(2);
        let length = |draw: &mut Self| 1 + draw.below(if threads == 2 { 4 } else { 3 });
        (0..threads)
            .map(|_| (0..length(self)).map(|_| self.op()).collect())
            .collect()
    }
}

/// Runs one thread of the drawn program on the facade, and gives what it saw.
fn perform(ops: &[Op], words: &[AtomicU64]) -> Vec<u64> {
    let seen = ops.iter().map(|op| match *op {
        Op::Load(place) => words[place].load(Relaxed),
        Op::Store(place, value) => {
            words[place].store(value, Relaxed);
            0
        }
        Op::Add(place) => words[place].fetch_add(1, Relaxed),
        Op::Exchange(place, old, new) => {
            let exchanged = words[place].compare_exchange(old, new, Relaxed, Relaxed);
            exchanged.unwrap_or_else(|found| found)
        }
    });
    seen.collect()
}

fn run_drawn(claims: &Claims) {
    let words = Arc::new(["x", "y", "z"].map(|name| AtomicU64::new(name, 0)));
    let program = PROGRAM.with_borrow(Clone::clone);
    let start = |ops: Vec<Op>| {
        let words = Arc::clone(&words);
        spawn("drawn", move || perform(&ops, &*words))
    };
    let handles: Vec<_> = program.into_iter().map(start).collect();
    let seen: Vec<Vec<u64>> = handles.into_iter().map(|handle| handle.join()).collect();
    let last: Vec<u64> = words.iter().map(|word| word.load(Relaxed)).collect();
    claims.outcome(format_args!("{seen:?} {last:?}"));
}

/// What a program can come to, by trying every interleaving.
fn interleavings(program: &Program) -> BTreeSet<String> {
    let mut outcomes = BTreeSet::new();
    let seen = vec![Vec::new(); program.len()];
    interleave(program, [0; 3], seen, &mut outcomes);
    outcomes
}

fn interleave(
    program: &Program,
    words: [u64; 3],
    seen: Vec<Vec<u64>>,
    outcomes: &mut BTreeSet<String>,
) {
    let unfinished = |thread: &usize| seen[*thread].len() < program[*thread].len();
    let mut threads = (0..program.len()).filter(unfinished).peekable();
    if threads.peek().is_none() {
        outcomes.insert(format!("{seen:?} {words:?}"));
    }
    for thread in threads {
        let (mut words, mut after) = (words, seen.clone());
        let value = step(program[thread][seen[thread].len()], &mut words);
        after[thread].push(value);
        interleave(program, words, after, outcomes);
    }
}

fn step(op: Op, words: &mut [u64; 3]) -> u64 {
    let (place, new) = match op {
        Op::Load(place) => return words[place],
        Op::Store(place, value) => {
            words[place] = value;
            return 0;
        }
        Op::Add(place) => (place, words[place] + 1),
        Op::Exchange(place, old, new) if words[place] == old => (place, new),
        Op::Exchange(place, ..) => return words[place],
    };
    std::mem::replace(&mut words[place], new)
}

#[test]
fn drawn_programs_come_to_exactly_what_their_interleavings_do() {
    let mut draw = Draw(20);
    for _ in 0..300 {
        let program = draw.program();
        PROGRAM.set(program.clone());
        let exploration = run(run_drawn);
        assert_eq!(exploration.coverage, Coverage::Exhaustive);
        assert_eq!(exploration.outcomes, interleavings(&program), "{program:?}");
    }
}
