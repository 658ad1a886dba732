//! Futures.

mod atomic_waker;

use std::cell::Cell;
use std::future::Future;
use std::panic::Location as Caller;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use graph_engine::{Mode, Op, choice};

use crate::run;
use crate::word::Word;

pub use self::atomic_waker::AtomicWaker;

/// Polls a future until it is ready. It is polled once for no reason, which is a choice, as real
/// executors may do.
#[track_caller]
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let task = Arc::new(Task {
        word: Word::new("waker", 0, false),
        thread: graph_engine::current(),
        woke_itself: Cell::new(false),
        was_spurious: Cell::new(false),
    });
    let waker = Waker::from(Arc::clone(&task));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        task.wait();
    }
}

/// A future that a thread waits for.
struct Task {
    /// 1 once it has been woken.
    word: Word,
    thread: usize,
    /// Whether its own thread has woken it. Only that thread uses it.
    woke_itself: Cell<bool>,
    /// Whether it was polled for no reason. Only its thread uses it.
    was_spurious: Cell<bool>,
}

// SAFETY: the cells are used by the task's own thread only.
unsafe impl Sync for Task {}
// SAFETY: as above; nothing else belongs to a thread.
unsafe impl Send for Task {}

impl Task {
    #[track_caller]
    fn wait(&self) {
        let may_be_spurious = run::is_live()
            && !self.was_spurious.get()
            && run::with(|run| run.shared.spurious_wakes);
        if may_be_spurious && choice(2) == 1 {
            self.was_spurious.set(true);
            return;
        }
        if self.woke_itself.take() {
            // It is a turn of a loop that could go on for ever.
            run::pass_yield(Caller::caller());
        }
        self.word.at().wait(Op::Park, !0, 1, |_| 0);
    }
}

impl Wake for Task {
    #[track_caller]
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    #[track_caller]
    fn wake_by_ref(self: &Arc<Self>) {
        if run::is_live() {
            if graph_engine::current() == self.thread {
                self.woke_itself.set(true);
            }
            self.word.at().swap(1, Mode::Release);
        }
    }
}
