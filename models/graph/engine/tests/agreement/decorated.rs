//! Private steps change nothing: locations, blocks and threads that come and go inside of
//! threads leave the number of graphs as it is, although revisits delete and rebuild them.

use std::rc::Rc;

use graph_engine::Mode::Relaxed;
use graph_engine::{Block, Config, Engine, Exploration, Location, Model, Verdict, choice, spawn};
use proptest::prelude::*;

use crate::oracle::engine::{Shared, execute};
use crate::oracle::program::{Instruction, Program, programs, sc_programs, waiting_programs};

/// What a thread does before an instruction.
#[derive(Clone, Copy, Debug)]
enum Decoration {
    Nothing,
    /// Uses a location of its own.
    Location,
    /// Allocates a block, uses and frees it.
    Block,
    /// Starts a thread that uses a location of the first one, and joins it.
    Child,
    /// Lets a thread do everything that is left, and joins it.
    Successor,
    /// Chooses among one.
    Choice,
}

fn decorations() -> impl Strategy<Value = Vec<Decoration>> {
    use Decoration::{Block, Child, Choice, Location, Nothing, Successor};
    let all = [Nothing, Location, Block, Child, Successor, Choice];
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
            decoration => decorate(decoration),
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

fn decorate(decoration: Decoration) {
    match decoration {
        Decoration::Nothing | Decoration::Successor => {}
        Decoration::Location => {
            let own = Location::new("own", 1);
            own.write(2);
            assert_eq!(own.fetch_add(1, Relaxed), 2);
        }
        Decoration::Block => {
            let (block, inside) = (Block::alloc("block", 2, 7), Location::new("inside", 3));
            let lifetime = Block::alloc("lifetime", 0, 0);
            let sum = block.at(1).read() + inside.within(lifetime).load(Relaxed);
            assert_eq!(sum, 10);
            inside.within(block).store(sum, Relaxed);
            lifetime.free();
            block.free();
        }
        Decoration::Child => {
            let own = Location::new("own", 0);
            assert_eq!(spawn(move || own.swap(5, Relaxed)).join(), Some(0));
            assert_eq!(own.read(), 5);
        }
        Decoration::Choice => assert_eq!(choice(1), 0),
    }
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
                // (po to other locations ; hb ; po to other locations), which may forbid a graph.
                let forbids = model == Model::Rc11 && decorated < plain;
                prop_assert!(forbids || plain == decorated, "{model:?}: {plain} and {decorated}");
            }
        }
    }
}
