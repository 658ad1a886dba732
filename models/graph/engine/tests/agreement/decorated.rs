//! Private steps change nothing: locations, blocks and threads that come and go inside of
//! threads leave the number of graphs as it is, although revisits delete and rebuild them.

use std::rc::Rc;

use graph_engine::{Config, Engine, Exploration, Model, Verdict, spawn};
use proptest::prelude::*;

use crate::oracle::engine::{Shared, execute, private};
use crate::oracle::program::{
    Instruction, Private, Program, programs, sc_programs, waiting_programs,
};

/// What a thread does before an instruction.
#[derive(Clone, Copy, Debug)]
enum Decoration {
    Nothing,
    Private(Private),
    /// Lets a thread do everything that is left, and joins it.
    Successor,
}

fn decorations() -> impl Strategy<Value = Vec<Decoration>> {
    use Decoration::{Nothing, Successor};
    use Private::{Block, Child, Choice, Location};
    let private = [Location, Block, Child, Choice].map(Decoration::Private);
    let all = [&[Nothing, Successor], &private[..]].concat();
    prop::collection::vec((0..all.len()).prop_map(move |i| all[i]), 5)
}

/// The rest of a thread from an instruction on.
fn go_on(shared: Shared, thread: Rc<[Instruction]>, at: usize, decorations: Rc<[Decoration]>) {
    for place in at..thread.len() {
        match decorations[place % decorations.len()] {
            Decoration::Successor if place > at && !is_bound(&thread) => {
                let (thread, decorations) = (Rc::clone(&thread), Rc::clone(&decorations));
                spawn(move || go_on(shared, thread, place, decorations)).join();
                return;
            }
            Decoration::Private(step) => private(step),
            Decoration::Nothing | Decoration::Successor => {}
        }
        execute(shared, &thread[place]);
    }
}

/// A fence orders the accesses of its own thread, and a lock is unlocked by the thread that has
/// it, so what has one of them stays one thread.
fn is_bound(thread: &[Instruction]) -> bool {
    let binds = |instruction: &Instruction| {
        matches!(instruction, Instruction::Fence(_) | Instruction::Lock(_))
    };
    thread.iter().any(binds)
}

fn explore(model: Model, program: &Program, decorations: &[Decoration]) -> Exploration {
    let (program, decorations) = (program.clone(), decorations.to_vec());
    // Spurious failures are counted by thread, and a decoration may make two of one.
    let config = Config {
        max_graphs: Some(5_000),
        spurious_failures: 0,
        ..Config::new(model)
    };
    Engine::explore(config, move || {
        let shared = Shared::new();
        let start = |thread: &Vec<Instruction>| {
            let (thread, decorations) = (Rc::from(thread.clone()), Rc::from(decorations.clone()));
            spawn(move || go_on(shared, thread, 0, decorations))
        };
        let handles: Vec<_> = program.0.iter().map(start).collect();
        for handle in handles {
            handle.join();
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn private_steps_change_nothing(program in prop_oneof![programs(), sc_programs(), waiting_programs()], decorations in decorations()) {
        for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20] {
            let plain = explore(model, &program, &[Decoration::Nothing]);
            let decorated = explore(model, &program, &decorations);
            let whole = plain.rest.is_none() && decorated.rest.is_none();
            prop_assert!(!whole || plain.verdict == decorated.verdict, "{}\n{}", plain, decorated);
            if whole && plain.verdict == Verdict::Exhaustive {
                let (plain, decorated) = (plain.counts.complete, decorated.counts.complete);
                // Between two SC accesses of one location, a step elsewhere gives RC11's psc a way
                // (po to other locations ; hb ; po to other locations), which may forbid a graph:
                // `engine_and_oracle_agree_on_private_steps`.
                let forbids = model == Model::Rc11 && decorated < plain;
                prop_assert!(forbids || plain == decorated, "{model:?}: {plain} and {decorated}");
            }
        }
    }
}
