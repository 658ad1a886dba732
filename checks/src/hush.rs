//! Keeps the panics of executions off standard error: a failure is reported once, by its report.

use std::cell::Cell;
use std::panic::{self, PanicHookInfo};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use reports::plan::{Plan, Search, World};
use reports::scenario::{Bound, Broken, Pillar, Scenario};

use crate::worlds;

static INSTALL: Once = Once::new();
static EXPLORING: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// How many explorations the calling thread has begun and not ended; nothing if it never began one.
    static BEGUN: Cell<Option<usize>> = const { Cell::new(None) };
}

/// While one of these lives, a panic is taken to end an execution, unless the thread is the main one or one that has
/// ended its own explorations: its panics, a failed test's among them, are its own.
#[derive(Debug)]
pub(crate) struct Hush(());

impl Hush {
    /// Starts to keep quiet.
    #[must_use]
    pub(crate) fn start() -> Self {
        INSTALL.call_once(install);
        EXPLORING.fetch_add(1, Relaxed);
        BEGUN.set(Some(BEGUN.get().unwrap_or(0) + 1));
        Self(())
    }
}

impl Drop for Hush {
    fn drop(&mut self) {
        EXPLORING.fetch_sub(1, Relaxed);
        BEGUN.set(BEGUN.get().map(|begun| begun.saturating_sub(1)));
    }
}

fn install() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !ends_execution(info) {
            print(info);
        }
    }));
    // Only now: the hooks of the checkers must see a panic before this one keeps quiet about it.
    warm_up();
}

/// Runs nothing once in every model.
///
/// The checkers install panic hooks of their own on first use, and each replaces the one that it finds. Two that do so
/// at once, in two jobs, lose one of the hooks, and then every end of a coroutine is printed as a panic.
fn warm_up() {
    for world in worlds::MODELS {
        let search = match world {
            World::Shuttle => Search::Dfs { limit: 1 },
            World::Graph => Search::Graph {
                stale_reads: None,
                preemptions: None,
                shard: None,
            },
            World::Loom | World::Native => Search::Loom {
                complete: false,
                preemptions: Some(0),
            },
        };
        let plan = Plan::new(search, Duration::from_secs(60));
        let _ = worlds::explore(world, &plan, &NOTHING);
    }
}

const NOTHING: Scenario = Scenario {
    name: "nothing",
    pillar: Pillar::Refcount,
    question: "Do the checkers start?",
    always: "They do.",
    sometimes: &[],
    bound: Bound::Preemptions(0),
    body: |_| (),
};

fn ends_execution(info: &PanicHookInfo<'_>) -> bool {
    let exploring = EXPLORING.load(Relaxed) > 0 && !panics_for_itself();
    exploring || info.payload().is::<Broken>()
}

/// Whether a panic of the calling thread cannot be the end of an execution.
fn panics_for_itself() -> bool {
    BEGUN.get() == Some(0) || thread::current().name() == Some("main")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_fails_after_its_explorations_is_heard() {
        let _other = Hush::start();
        let on_its_own_thread = thread::spawn(|| {
            let before = panics_for_itself();
            let hush = Hush::start();
            let meanwhile = panics_for_itself();
            drop(hush);
            (before, meanwhile, panics_for_itself())
        });
        let heard = on_its_own_thread.join().expect("nothing panics");
        assert_eq!(heard, (false, false, true));
    }
}
