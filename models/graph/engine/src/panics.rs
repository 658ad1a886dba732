//! Panics of the program under test: caught with their place, and kept off the terminal.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, PanicHookInfo};
use std::sync::Once;

use crate::driver::{running, try_runner};
use crate::event::ThreadId;
use crate::failure::{Failure, Fault};
use crate::fiber;
use crate::pulse;
use crate::runner::Runner;

/// How the standard library calls a panic after which it ends the process.
const WITHOUT_RETURN: [&str; 2] = [
    "panic in a destructor during cleanup",
    "panic in a function that cannot unwind",
];

/// How panics begin that do not unwind: what the compiler checks in debug builds.
const CHECKS: [&str; 4] = [
    "null pointer dereference",
    "misaligned pointer dereference",
    "unsafe precondition",
    "trying to construct an enum from an invalid value",
];

/// A panic, as the hook has seen it.
struct Seen {
    message: String,
    place: String,
}

thread_local! {
    /// The panics of the run so far that nobody has asked for.
    static SEEN: RefCell<Vec<Seen>> = const { RefCell::new(Vec::new()) };
}

static HOOK: Once = Once::new();

/// Makes panics inside of runs silent. Others go to the hook that was there before.
pub(crate) fn install_hook() {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if is_inside() {
                panicked(info);
            } else {
                before(info);
            }
        }));
    });
}

/// Tells the engine of a panic; outside of a run it does nothing. A hook of the host's
/// ([`Config::panic_hook`](crate::Config::panic_hook)) that calls this lets an exploration end
/// with a report when a destructor panics while a panic unwinds, after which the standard
/// library would end the process and the first panic's message would be lost.
pub fn panicked(info: &PanicHookInfo<'_>) {
    if !is_inside() {
        return;
    }
    let message = info.payload_as_str().unwrap_or("a panic without a message");
    if WITHOUT_RETURN.contains(&message) {
        return end(fault(running()));
    }
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let seen = Seen {
        message: message.to_string(),
        place,
    };
    match running() {
        Some(thread) if CHECKS.iter().any(|check| message.starts_with(check)) => {
            end(Fault::Panic {
                thread,
                message: seen.told(),
            });
        }
        _ => SEEN.with_borrow_mut(|all| all.push(seen)),
    }
}

impl Seen {
    fn told(&self) -> String {
        format!("{} ({})", self.message, line(&self.place))
    }
}

/// Whether a thread of the program runs or is being unwound.
fn is_inside() -> bool {
    fiber::is_inside() || pulse::is_running()
}

/// A new run begins.
pub(crate) fn forget() {
    SEEN.with_borrow_mut(Vec::clear);
}

/// What a panic said, and where.
pub(crate) fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_string());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    let text = text.unwrap_or_else(|| "a panic without a message".to_string());
    match SEEN.take().pop() {
        Some(Seen { place, .. }) => format!("{text} ({})", line(&place)),
        None => text,
    }
}

/// File and line, without the column.
fn line(place: &str) -> &str {
    place.rsplit_once(':').map_or(place, |(line, _)| line)
}

/// The standard library is about to end the process, because this panic cannot unwind. If somebody
/// watches, the exploration ends instead, and this thread stays in `overflow`'s handler.
fn end(fault: Fault) {
    let failure = try_runner(|runner| runner.fail_without_return(fault));
    let Ok(Some(failure)) = failure else { return };
    let message = failure.message.clone();
    if !(cfg!(unix) && pulse::failed(failure)) {
        eprintln!("{message}");
    }
}

/// What has happened. No thread runs while a run that has ended is unwound.
fn fault(running: Option<ThreadId>) -> Fault {
    let seen = SEEN.take();
    let told = Seen::told;
    match (running, &seen[..]) {
        (Some(thread), [.., first, second]) => Fault::Panic {
            thread,
            message: format!(
                "{}, and a destructor panicked while that unwound: {}",
                told(first),
                told(second)
            ),
        },
        (Some(thread), rest) => Fault::Panic {
            thread,
            message: rest.iter().map(told).collect(),
        },
        (None, rest) => Fault::Unwinding {
            message: rest.last().map(told).unwrap_or_default(),
        },
    }
}

impl Runner {
    pub(crate) fn fail_without_return(&self, fault: Fault) -> Failure {
        fault.describe(self.trace(), self.search.path.clone())
    }
}
