//! A drawn program as the body of a scenario: what every explorer runs.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::rt::objects;
use super::rt::protocols::runtime::safepoint;
use super::rt::protocols::thread_state::ThreadState;
use super::stage::{Cast, Stage, Work};
use super::targets::{self, Target};
use crate::clock::Clock;
use crate::history::{Call, History};
use crate::program::Step;
use crate::running;
use crate::state::Answer;

/// What an explorer is given.
#[allow(dead_code, reason = "the native world has a stage of its own")]
pub(crate) const SCENARIO: Scenario = Scenario {
    name: "fuzz_program",
    pillar: Pillar::List,
    question: "Does some order of the calls explain what they answered?",
    always: "Every history is linearizable, and nothing is left on the heap.",
    sometimes: &[],
    bound: Bound::Preemptions(2),
    body,
};

/// Who acts: one thread among the cast.
pub(crate) struct Player<'a> {
    /// Its state.
    pub(crate) ts: &'a ThreadState,
    /// Its number.
    pub(crate) thread: usize,
    /// What the threads share.
    pub(crate) cast: &'a Cast,
}

#[allow(dead_code, reason = "as above")]
fn body(claims: &Claims) {
    let running = running::current();
    let program = Arc::clone(&running.program);
    let target = targets::find(program.target.name);
    let stage = Stage::new(program.threads.len(), target.hooks);
    let cast = Arc::new((target.build)(stage.thread(0), &program.start));
    let clock = Arc::new(Clock::new(running.clock_runs));
    let work = (program.threads.iter().enumerate()).map(|(thread, steps)| -> Work<Vec<Call>> {
        let (cast, clock, steps) = (Arc::clone(&cast), Arc::clone(&clock), steps.clone());
        Box::new(move |ts| {
            let player = Player {
                ts,
                thread,
                cast: &cast,
            };
            calls(&player, target, &steps, &clock)
        })
    });
    let (stage, done) = stage.run(work.collect());
    running.note_meetings();
    let after = (target.read)(stage.thread(0), &cast);
    let left = stage.finish(&cast);
    let history = History {
        program: Arc::clone(&program),
        before: program.start.clone(),
        calls: done.concat(),
        after,
    };
    running.judge(&history, claims);
    claims.always("nothing is left on the heap", left == 0, || {
        format!("{left} objects")
    });
}

/// Does the calls of one thread.
pub(crate) fn calls(
    player: &Player<'_>,
    target: &'static Target,
    steps: &[Step],
    clock: &Clock,
) -> Vec<Call> {
    let call = |step: &Step| {
        let begin = clock.tick();
        let answer = perform(player, target, step);
        let end = clock.tick();
        pass(player.ts);
        Call {
            thread: player.thread,
            step: step.clone(),
            answer,
            begin,
            end,
        }
    };
    steps.iter().map(call).collect()
}

/// Does one call.
fn perform(player: &Player<'_>, target: &'static Target, step: &Step) -> Answer {
    (target.operations[step.operation].real)(player, &step.args)
}

/// Passes a safepoint, as the evaluator does between two instructions.
pub(super) fn pass(ts: &ThreadState) {
    safepoint(ts, |_| objects::drain_merge_queue(ts));
}
