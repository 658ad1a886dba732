//! Panics of the program under test: caught with their place, and kept off the terminal.

use std::any::Any;
use std::cell::RefCell;
use std::panic;
use std::sync::Once;

use crate::fiber;

thread_local! {
    /// Where the last panic of a fiber came from.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

static HOOK: Once = Once::new();

/// Makes panics inside of runs silent. Others go to the hook that was there before.
pub(crate) fn install_hook() {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !fiber::is_inside() {
                return before(info);
            }
            let place = info
                .location()
                .map(|place| format!("{}:{}", place.file(), place.line()));
            PLACE.set(place);
        }));
    });
}

/// What a panic said, and where.
pub(crate) fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_string());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    let text = text.unwrap_or_else(|| "a panic without a message".to_string());
    match PLACE.take() {
        Some(place) => format!("{text} ({place})"),
        None => text,
    }
}
