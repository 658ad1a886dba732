//! Keeps the panics of executions off standard error: a failure is reported once, by its report.

use std::panic::{self, PanicHookInfo};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use reports::scenario::Broken;

static INSTALL: Once = Once::new();
static EXPLORING: AtomicUsize = AtomicUsize::new(0);

/// While one of these lives, a panic on any thread but the main one is taken to end an execution.
#[derive(Debug)]
pub(crate) struct Hush(());

impl Hush {
    /// Starts to keep quiet.
    #[must_use]
    pub(crate) fn start() -> Self {
        INSTALL.call_once(install);
        EXPLORING.fetch_add(1, Relaxed);
        Self(())
    }
}

impl Drop for Hush {
    fn drop(&mut self) {
        EXPLORING.fetch_sub(1, Relaxed);
    }
}

fn install() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !ends_execution(info) {
            print(info);
        }
    }));
}

fn ends_execution(info: &PanicHookInfo<'_>) -> bool {
    let exploring = EXPLORING.load(Relaxed) > 0 && thread::current().name() != Some("main");
    exploring || info.payload().is::<Broken>()
}
