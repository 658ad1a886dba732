//! Signs of life: where the program of a worker is, for whoever watches from another thread.
//!
//! A program can leave the engine for good: it waits for a lock of the host, loops without an
//! operation, or uses up its stack. Its operating system thread cannot be ended from outside, and
//! the run on it can be asked nothing. So each step leaves a sign here before it is taken.
//!
//! # Invariants
//! 1. A worker's pulse lives until [`keep`] returns on its thread, which is later than anything
//!    that the thread does through [`OWN`].

use std::cell::Cell;
use std::panic::Location as Caller;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::event::ThreadId;
use crate::explore::FailureObserver;
use crate::failure::Failure;

/// The place of a step.
type Place = Caller<'static>;

thread_local! {
    /// The pulse of this operating system thread; null where nobody watches.
    static OWN: Cell<*const Pulse> = const { Cell::new(ptr::null()) };
}

/// What a worker shows of itself.
#[derive(Default)]
pub(crate) struct Pulse {
    /// Changes with every step of the program, and whenever one of its threads goes on.
    beats: AtomicUsize,
    /// The thread of the program that runs, counted from 1; 0 while the engine itself works.
    running: AtomicUsize,
    /// Where that thread has asked for its last step.
    place: AtomicPtr<Place>,
    /// It has used up its stack, and the worker waits for the end of the process.
    overflowed: AtomicBool,
    /// The number of a signal that says that the program has used memory that it does not have; the
    /// worker waits likewise. 0: none.
    signal: AtomicI32,
    /// The address that it has used.
    address: AtomicUsize,
    /// Where the worker's thread keeps its run.
    run: AtomicPtr<()>,
    /// The program has failed without a way back, and the worker waits likewise.
    failed: AtomicBool,
    /// That failure.
    failure: Mutex<Option<Box<Failure>>>,
    /// Who is told of failures.
    observer: Option<FailureObserver>,
}

/// What a watcher sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) beats: usize,
    /// None while the engine itself works.
    pub(crate) thread: Option<ThreadId>,
    pub(crate) place: Option<&'static Place>,
    pub(crate) overflowed: bool,
    pub(crate) signal: Option<Signal>,
}

/// What the system says of a program that has used memory that it does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signal {
    pub(crate) number: i32,
    pub(crate) address: usize,
    /// Where the worker's thread keeps its run. The thread waits for good.
    pub(crate) run: *const (),
}

impl Pulse {
    /// A pulse whose failures `observer` is told of.
    pub(crate) fn new(observer: Option<FailureObserver>) -> Pulse {
        Pulse {
            observer,
            ..Pulse::default()
        }
    }

    pub(crate) fn seen(&self) -> Seen {
        // ORDERING: Relaxed: a worker that goes on changes beats again, so what is seen of one that
        // does not is what it has written last; nothing else is ordered by it.
        let place = self.place.load(Ordering::Relaxed);
        Seen {
            // ORDERING: Relaxed, as above.
            beats: self.beats.load(Ordering::Relaxed),
            // ORDERING: Relaxed, as above.
            thread: self.running.load(Ordering::Relaxed).checked_sub(1),
            // SAFETY: null, or made of a reference that lives as long as the program (`step`).
            place: unsafe { place.as_ref() },
            // ORDERING: Relaxed: the flag carries nothing but itself.
            overflowed: self.overflowed.load(Ordering::Relaxed),
            signal: self.signal(),
        }
    }

    fn signal(&self) -> Option<Signal> {
        // ORDERING: Acquire, with the store of `faulted`: the run is seen as the worker has left it.
        let number = self.signal.load(Ordering::Acquire);
        (number != 0).then(|| Signal {
            number,
            // ORDERING: Relaxed: ordered by the load above.
            address: self.address.load(Ordering::Relaxed),
            // ORDERING: Relaxed, as above.
            run: self.run.load(Ordering::Relaxed),
        })
    }

    /// What has ended the program without a way back.
    pub(crate) fn take_failure(&self) -> Option<Box<Failure>> {
        let failure = self.failure.lock();
        failure.unwrap_or_else(PoisonError::into_inner).take()
    }

    fn beat(&self) {
        // ORDERING: Relaxed: only this thread writes it, and `seen` reads it as it says there.
        let beats = self.beats.load(Ordering::Relaxed);
        self.beats.store(beats.wrapping_add(1), Ordering::Relaxed);
    }
}

/// Runs `work` with a pulse that others watch.
pub(crate) fn keep<T>(pulse: &Pulse, work: impl FnOnce() -> T) -> T {
    struct Reset(*const Pulse);
    impl Drop for Reset {
        fn drop(&mut self) {
            OWN.set(self.0);
        }
    }
    let _reset = Reset(OWN.replace(pulse));
    work()
}

fn own<T>(f: impl FnOnce(&Pulse) -> T) -> Option<T> {
    let own = OWN.get();
    // SAFETY: null, or this thread's pulse, by Invariant 1.
    unsafe { own.as_ref() }.map(f)
}

/// A thread of the program goes on.
pub(crate) fn goes_on(thread: ThreadId) {
    own(|pulse| {
        // ORDERING: Relaxed: read by `seen`, as it says there.
        pulse.running.store(thread + 1, Ordering::Relaxed);
        // ORDERING: Relaxed, as above.
        pulse.place.store(ptr::null_mut(), Ordering::Relaxed);
        pulse.beat();
    });
}

/// The thread has come back.
pub(crate) fn came_back() {
    // ORDERING: Relaxed: read by `seen`, as it says there.
    own(|pulse| pulse.running.store(0, Ordering::Relaxed));
}

/// Whether a thread of the program has gone on and not come back, where somebody watches.
pub(crate) fn is_running() -> bool {
    // ORDERING: Relaxed: the thread's own.
    own(|pulse| pulse.running.load(Ordering::Relaxed) > 0).unwrap_or_default()
}

/// The running thread asks for a step.
pub(crate) fn step(place: Option<&'static Place>) {
    own(|pulse| {
        let place = place.map_or(ptr::null(), ptr::from_ref);
        // ORDERING: Relaxed: read by `seen`, as it says there.
        pulse.place.store(place.cast_mut(), Ordering::Relaxed);
        pulse.beat();
    });
}

/// The running thread has used up its stack. False: nobody watches.
#[cfg(unix)]
pub(crate) fn overflowed() -> bool {
    // ORDERING: Relaxed: the flag carries nothing but itself, to `seen`.
    own(|pulse| pulse.overflowed.store(true, Ordering::Relaxed)).is_some()
}

/// The running thread's run is kept there.
pub(crate) fn runs(place: *const ()) {
    // ORDERING: Relaxed: `faulted` orders it.
    own(|pulse| pulse.run.store(place.cast_mut(), Ordering::Relaxed));
}

/// The program has used memory that it does not have. False: nobody watches.
#[cfg(unix)]
pub(crate) fn faulted(number: i32, address: usize) -> bool {
    own(|pulse| {
        // ORDERING: Relaxed: the store below orders it.
        pulse.address.store(address, Ordering::Relaxed);
        // ORDERING: Release, with the load of `signal`.
        pulse.signal.store(number, Ordering::Release);
    })
    .is_some()
}

/// Whether the program of this thread has failed without a way back.
#[cfg(unix)]
pub(crate) fn has_failed() -> bool {
    // ORDERING: Relaxed: the thread's own.
    own(|pulse| pulse.failed.load(Ordering::Relaxed)).unwrap_or_default()
}

/// The program has failed without a way back. False: nobody watches.
pub(crate) fn failed(failure: Failure) -> bool {
    own(|pulse| {
        if let Some(observer) = &pulse.observer {
            observer(&failure);
        }
        let slot = pulse.failure.lock();
        *slot.unwrap_or_else(PoisonError::into_inner) = Some(Box::new(failure));
        // ORDERING: Relaxed: only this thread reads it.
        pulse.failed.store(true, Ordering::Relaxed);
    })
    .is_some()
}
