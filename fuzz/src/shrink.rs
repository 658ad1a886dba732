//! From a program that fails to the smallest that fails in the same way: first fewer threads, then fewer calls, then a
//! smaller start, then smaller numbers. The explorers shorten the schedule after that.

use std::sync::Arc;

use crate::program::Program;
use crate::spec::Row;

/// Makes the program smaller for as long as `fails` says that it still fails.
pub fn shrink(
    program: &Arc<Program>,
    mut fails: impl FnMut(&Arc<Program>) -> bool,
) -> Arc<Program> {
    let mut smallest = Arc::clone(program);
    loop {
        let before = Arc::clone(&smallest);
        for way in [threads, calls, start, numbers] {
            smallest = along(smallest, way, &mut fails);
        }
        if *before == *smallest {
            return smallest;
        }
    }
}

/// Takes the first smaller program of this way that fails, until none does.
fn along(
    mut program: Arc<Program>,
    way: fn(&Program) -> Vec<Program>,
    fails: &mut impl FnMut(&Arc<Program>) -> bool,
) -> Arc<Program> {
    loop {
        let all = way(&program).into_iter().map(Program::closed);
        let mut smaller = all.filter(|smaller| *smaller != *program).map(Arc::new);
        match smaller.find(|smaller| fails(smaller)) {
            Some(smaller) => program = smaller,
            None => return program,
        }
    }
}

/// One thread less.
fn threads(program: &Program) -> Vec<Program> {
    let without = |thread: usize| {
        let mut smaller = program.clone();
        smaller.threads.remove(thread);
        smaller
    };
    let count = program.threads.len();
    (0..count).filter(|_| count > 1).map(without).collect()
}

/// One call less; large parts are tried first.
fn calls(program: &Program) -> Vec<Program> {
    let mut all = Vec::new();
    for (thread, calls) in program.threads.iter().enumerate() {
        let mut size = calls.len();
        while size > 0 {
            for from in (0..calls.len()).step_by(size) {
                let mut smaller = program.clone();
                let to = (from + size).min(calls.len());
                smaller.threads[thread].drain(from..to);
                all.push(smaller);
            }
            size /= 2;
        }
    }
    all
}

/// A shorter start.
fn start(program: &Program) -> Vec<Program> {
    let mut all = Vec::new();
    for (at, row) in program.target.start.iter().enumerate() {
        let unit = match row {
            Row::Pairs(_) => 2,
            Row::Values(_) | Row::Keys(_) => 1,
            Row::Fixed(_) => continue,
        };
        let len = program.start.rows[at].len();
        for left in [0, len / (2 * unit) * unit, len.saturating_sub(unit)] {
            if left < len {
                let mut smaller = program.clone();
                smaller.start.rows[at].truncate(left);
                all.push(smaller);
            }
        }
    }
    all
}

/// A smaller number: the one nearest to zero that there may be, then halfway, then one less.
fn numbers(program: &Program) -> Vec<Program> {
    let mut all = Vec::new();
    for (thread, calls) in program.threads.iter().enumerate() {
        for (at, step) in calls.iter().enumerate() {
            let args = program.target.operations[step.operation].args;
            for (place, arg) in args.iter().enumerate() {
                let (least, greatest) = arg.range();
                let goal = 0.clamp(least, greatest);
                let number = step.args[place];
                let halfway = goal + (number - goal) / 2;
                let mut tried = vec![goal, halfway, number - (number - goal).signum()];
                tried.retain(|smaller| *smaller != number);
                tried.dedup();
                all.extend(tried.into_iter().map(|smaller| {
                    let mut program = program.clone();
                    program.threads[thread][at].args[place] = smaller;
                    program
                }));
            }
        }
    }
    all
}
