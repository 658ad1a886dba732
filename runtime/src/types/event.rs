//! `threading.Event`

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::protocols::reset_event::{Looked, ResetEvent};
use crate::refs::Ref;
use crate::sync::event;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::exception::warn::deprecated;
use crate::types::lock::{accept, acquire_slow, refuse};
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::{Patience, optional_timeout};

/// `threading.Event`
pub(crate) struct Event(ResetEvent);

impl Event {
    pub(crate) fn new() -> Self {
        Self(ResetEvent::new())
    }

    pub(crate) fn is_set(&self, cx: &Cx) -> bool {
        event::looks(self);
        self.0.look(cx.lot()) == Looked::Set
    }

    pub(crate) fn set(&self, cx: &Cx) {
        event::signals(self);
        self.0.set(cx.lot());
    }

    pub(crate) fn clear(&self, cx: &Cx) {
        event::signals(self);
        self.0.clear(cx.lot());
    }

    /// Waits until it is set; says whether it was in time. A `clear` right after the `set` does not keep a waiter.
    pub(crate) fn wait(&self, cx: &Cx, patience: Patience) -> Outcome<bool> {
        wait_until(cx, &self.0, patience)
    }
}

/// Waits until an event is set that is never cleared; says whether it was in time.
pub(crate) fn wait_for_good(cx: &Cx, waited: &ResetEvent, patience: Patience) -> Outcome<bool> {
    let timed = patience != Patience::Forever;
    let unset = || waited.look(cx.lot()) != Looked::Set;
    cx.announce(|| event::awaits(waited, timed, &unset));
    wait_until(cx, waited, patience)
}

fn wait_until(cx: &Cx, waited: &ResetEvent, patience: Patience) -> Outcome<bool> {
    event::looks(waited);
    let seen = match waited.look(cx.lot()) {
        Looked::Set => return Ok(true),
        Looked::Unset(_) if patience == Patience::None => return Ok(false),
        Looked::Unset(seen) => seen,
    };
    acquire_slow(cx, patience, |sleep| waited.wait(cx.lot(), seen, sleep))
}

payload!(Event as Event, "Event", |_this, _visit| {});

class! {
    pub(crate) EVENT: Boxed<Event> = "Event" (Object) {
        with_dict;
        with_weak;
        module "threading";
        doc "A flag that threads can wait for.";
        slots { new: new, init: accept, repr: repr }
        /// Whether the flag is up.
        method is_set(self, /);
        /// Whether the flag is up.
        method isSet as is_set_too(self, /);
        /// Raise the flag and wake those who wait for it.
        method set(self, /);
        /// Lower the flag.
        method clear(self, /);
        /// Wait until the flag is up, at most timeout seconds; the result says whether it is.
        method wait(self, timeout = None);
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if class.is(TypeId::Event) {
        refuse(cx, "Event", args)?;
    }
    Ok(payload::new_in(cx, class, Event::new()))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let event = this.payload::<Event>().expect("an event");
    let state = if event.is_set(cx) { "set" } else { "unset" };
    let name = super::type_::qualified_name(cx, cx.class_of(this));
    let address = super::object::address(this);
    Ok(cx.str(&format!("<threading.{name} at {address}: {state}>")))
}

fn is_set(cx: &Cx, event: &Event) -> bool {
    event.is_set(cx)
}

fn is_set_too(cx: &Cx, event: &Event) -> Outcome<bool> {
    deprecated(cx, "isSet", "use is_set()")?;
    Ok(event.is_set(cx))
}

fn set(cx: &Cx, event: &Event) {
    event.set(cx);
}

fn clear(cx: &Cx, event: &Event) {
    event.clear(cx);
}

fn wait(cx: &Cx, event: &Event, timeout: Option<f64>) -> Outcome<bool> {
    let patience = optional_timeout(cx, timeout)?;
    event.wait(cx, patience)
}
