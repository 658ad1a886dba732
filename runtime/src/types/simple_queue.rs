//! `queue.SimpleQueue`: what Python sees of a [`SimpleQueue`](crate::protocols::simple_queue::SimpleQueue).

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::protocols::gate::Slept;
use crate::protocols::simple_queue::SimpleQueue as Queue;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::exception::Exception;
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::{Interrupts, Patience, optional_timeout};

class! {
    pub(crate) EMPTY: Boxed<Exception> = "Empty" (Exception) {
        module "_queue";
        doc "There is nothing in the queue.";
        slots {}
    }
}

/// A queue without a bound.
pub(crate) struct SimpleQueue(Queue<Owned>);

payload!(
    SimpleQueue as SimpleQueue,
    "simple queue",
    |this, visit| this.0.alone(|items| {
        items.iter().for_each(|one| visit(one.borrow()));
    }),
    |gone, ts, _object| drop(gone.0.drain(&ts.runtime().parking.lot))
);

class! {
    pub(crate) SIMPLE_QUEUE: Boxed<SimpleQueue> = "SimpleQueue" (Object) {
        module "_queue";
        with_weak;
        doc "A queue without a bound: what is put in first is got first.";
        slots { new: new }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// Whether there is nothing in it; that may be different at once.
        method empty(self, /);
        /// Take out the first item, and wait for one if so wanted; Empty where none came in time.
        method get(self, block = true, timeout = None);
        /// Take out the first item; Empty where there is none.
        method get_nowait(self, /);
        /// Put an item in. The other arguments are for those who expect a queue with a bound.
        method put(self, item, block = true, timeout = Ref::NONE);
        /// Put an item in.
        method put_nowait(self, item);
        /// How many items there are; that may be different at once.
        method qsize(self, /);
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if class.is_builtin() && !args.is_empty() {
        let what = if args.names.is_empty() {
            "positional"
        } else {
            "keyword"
        };
        return Err(cx.type_error(format!("SimpleQueue() takes no {what} arguments")));
    }
    Ok(payload::new_in(cx, class, SimpleQueue(Queue::new())))
}

#[cold]
fn nothing(cx: &Cx) -> Raised {
    cx.error_with(TypeId::Empty, Vec::new())
}

fn put(cx: &Cx, this: &SimpleQueue, item: Owned, _block: bool, _timeout: Ref<'_>) {
    put_nowait(cx, this, item);
}

fn put_nowait(cx: &Cx, this: &SimpleQueue, item: Owned) {
    event::gives(this);
    this.0.put(cx.lot(), item);
}

fn get_nowait(cx: &Cx, this: &SimpleQueue) -> Outcome {
    event::signals(this);
    this.0.take(cx.lot()).ok_or_else(|| nothing(cx))
}

fn get(cx: &Cx, this: &SimpleQueue, block: bool, timeout: Option<f64>) -> Outcome {
    if !block {
        return get_nowait(cx, this);
    }
    if timeout.is_some_and(|timeout| timeout < 0.0) {
        return Err(cx.value_error("'timeout' must be a non-negative number"));
    }
    let patience = optional_timeout(cx, timeout)?;
    if patience == Patience::None {
        return get_nowait(cx, this);
    }
    let timed = patience != Patience::Forever;
    cx.announce(|| event::takes(this, timed, &|| this.0.len(cx.lot()) == 0));
    match this.0.take_or_announce(cx.lot()) {
        Some(item) => Ok(item),
        None => wait(cx, this, patience),
    }
}

/// Sleeps until there is an item. It is taken inside, where the world cannot be stopped.
#[cold]
fn wait(cx: &Cx, this: &SimpleQueue, patience: Patience) -> Outcome {
    let deadline = patience.deadline();
    loop {
        let slept = cx.blocking(|| {
            this.0
                .sleep(|gate, seen| gate.sleep(cx, seen, deadline, Interrupts::Heeded))
        });
        match this.0.wake(cx.lot(), slept) {
            None => {}
            Some(Ok(item)) => return Ok(item),
            Some(Err(Slept::Interrupted)) => {
                cx.check_interrupt()?;
                match this.0.take_or_announce(cx.lot()) {
                    Some(item) => return Ok(item),
                    None => continue,
                }
            }
            Some(Err(_)) => return Err(nothing(cx)),
        }
    }
}

fn qsize(cx: &Cx, this: &SimpleQueue) -> usize {
    event::looks(this);
    this.0.len(cx.lot())
}

fn empty(cx: &Cx, this: &SimpleQueue) -> bool {
    qsize(cx, this) == 0
}
