//! Ctrl-C and SIGTERM: the first one ends what is running in good order, the second one at once.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use crate::console;
use crate::stop;

/// A flag that the first Ctrl-C sets.
pub(crate) fn watch() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Without a thread for the handler, or where it is refused, Ctrl-C ends the process as it does by default.
    if gives_threads() {
        let _ = ctrlc::set_handler(move || interrupted(&flag));
    }
    stop
}

/// Whether the system gives threads: a handler that is installed and has none would swallow the signal.
fn gives_threads() -> bool {
    let one = thread::Builder::new().spawn(|| ());
    one.is_ok_and(|one| one.join().is_ok())
}

fn interrupted(flag: &AtomicBool) {
    if flag.swap(true, Relaxed) {
        process::exit(stop::INTERRUPTED);
    }
    console::note("raddle: stopping; Ctrl-C again ends it at once, without checkpoints");
}
