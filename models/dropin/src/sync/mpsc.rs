//! A channel with many senders and one receiver.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError};
use std::time::Duration;

use graph_engine::{Mode, Op, choice};

use crate::run;
use crate::word::Word;

/// What the ends of a channel share.
struct Channel<T> {
    lock: Word,
    /// Put by whoever changes what the receiver waits for.
    token: Word,
    /// Only who has the lock uses it.
    state: RefCell<State<T>>,
}

struct State<T> {
    messages: VecDeque<T>,
    senders: usize,
    has_receiver: bool,
}

// SAFETY: the state is used by the one thread that has the lock.
unsafe impl<T: Send> Sync for Channel<T> {}
// SAFETY: nothing but the messages could belong to a thread.
unsafe impl<T: Send> Send for Channel<T> {}

/// The end that sends.
pub struct Sender<T>(std::sync::Arc<Channel<T>>);

/// The end that receives.
pub struct Receiver<T>(std::sync::Arc<Channel<T>>);

/// A channel without a bound.
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let channel = std::sync::Arc::new(Channel {
        lock: Word::new("mpsc", 0, false),
        token: Word::new("mpsc's wake-up", 0, false),
        state: RefCell::new(State {
            messages: VecDeque::new(),
            senders: 1,
            has_receiver: true,
        }),
    });
    (Sender(std::sync::Arc::clone(&channel)), Receiver(channel))
}

impl<T> Channel<T> {
    #[track_caller]
    fn locked<R>(&self, f: impl FnOnce(&mut State<T>) -> R) -> R {
        self.lock.lock();
        let result = f(&mut self.state.borrow_mut());
        self.lock.unlock();
        result
    }

    #[track_caller]
    fn wake(&self) {
        self.token.at().swap(1, Mode::Release);
    }
}

impl<T> Sender<T> {
    /// Sends a message.
    ///
    /// # Errors
    /// With the message, if there is no receiver any more.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        let refused = self.0.locked(|state| {
            if !state.has_receiver {
                return Some(message);
            }
            state.messages.push_back(message);
            None
        });
        if let Some(message) = refused {
            return Err(SendError(message));
        }
        self.0.wake();
        Ok(())
    }
}

impl<T> Clone for Sender<T> {
    #[track_caller]
    fn clone(&self) -> Sender<T> {
        self.0.locked(|state| state.senders += 1);
        Sender(std::sync::Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    #[track_caller]
    fn drop(&mut self) {
        if !run::is_live() {
            return;
        }
        let is_last = self.0.locked(|state| {
            state.senders -= 1;
            state.senders == 0
        });
        if is_last {
            self.0.wake();
        }
    }
}

impl<T> Receiver<T> {
    /// Waits for a message.
    ///
    /// # Errors
    /// If there is none, nor a sender any more.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        loop {
            match self.try_recv() {
                Ok(message) => return Ok(message),
                Err(TryRecvError::Disconnected) => return Err(RecvError),
                Err(TryRecvError::Empty) => self.0.token.at().wait(Op::Park, !0, 1, |_| 0),
            };
        }
    }

    /// Waits for a message, or until time runs out, which is a choice.
    ///
    /// # Errors
    /// If time has run out, or there is neither a message nor a sender.
    #[track_caller]
    pub fn recv_timeout(&self, _: Duration) -> Result<T, RecvTimeoutError> {
        loop {
            match self.try_recv() {
                Ok(message) => return Ok(message),
                Err(TryRecvError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
                Err(TryRecvError::Empty) if choice(2) == 1 => {
                    run::pass_yield(std::panic::Location::caller());
                    return Err(RecvTimeoutError::Timeout);
                }
                Err(TryRecvError::Empty) => self.0.token.at().wait(Op::TimedPark, !0, 1, |_| 0),
            };
        }
    }

    /// A message, if there is one.
    ///
    /// # Errors
    /// If there is none.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.0.locked(|state| match state.messages.pop_front() {
            Some(message) => Ok(message),
            None if state.senders == 0 => Err(TryRecvError::Disconnected),
            None => Err(TryRecvError::Empty),
        })
    }
}

impl<T> Drop for Receiver<T> {
    #[track_caller]
    fn drop(&mut self) {
        if !run::is_live() {
            return;
        }
        let left = self.0.locked(|state| {
            state.has_receiver = false;
            std::mem::take(&mut state.messages)
        });
        drop(left);
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}
